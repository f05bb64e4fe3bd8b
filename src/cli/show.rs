//! `rapporteur show`: a passage in its context, or an article.

use super::Exit;
use super::args::{ShowArgs, ShowFormat};
use super::output::{marking, width, write};
use crate::config::Settings;
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{show, why};

pub(super) fn run(settings: &Settings, args: &ShowArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let shown = show(&engine, &folder.groups()?.unwrap_or_default(), folder.manifest()?.as_ref(), &args.id)?;
    let reasons = if args.why { Some(why(&engine, &shown)?) } else { None };
    write(|out| match args.format {
        ShowFormat::Text => {
            render::shown_text(out, &shown, reasons.as_deref().map(|reasons| (reasons, marking())), width())
        }
        ShowFormat::Json => render::shown_json(out, &shown, reasons.as_deref()),
    })
}
