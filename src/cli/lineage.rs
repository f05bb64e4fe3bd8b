//! `rapporteur lineage`: the versions of a quotation, by time.

use super::Exit;
use super::args::{LineageArgs, LineageFormat};
use super::output::{say, width, words, write};
use crate::config::Settings;
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{lineage, provenance};

pub(super) fn run(settings: &Settings, args: &LineageArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let statements = folder.statements()?;
    if statements.is_none() {
        say("note: versions of quotations were not looked for yet; run `rapporteur index`");
    }
    let view = lineage(&engine, &statements.unwrap_or_default(), folder.manifest()?.as_ref(), &args.id)?;
    let from = provenance(&folder, &words())?;
    write(|out| match args.format {
        LineageFormat::Text => render::lineage_text(out, &view, width()),
        LineageFormat::Json => render::lineage_json(out, &view, &from),
        LineageFormat::Jsonl => render::lineage_jsonl(out, &view, &from),
        LineageFormat::Csv => render::lineage_csv(out, &view, &from),
        LineageFormat::Md => render::lineage_markdown(out, &view, &from),
    })
}
