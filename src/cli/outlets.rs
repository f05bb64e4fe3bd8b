//! `rapporteur outlets`: who published what is in the index.

use super::Exit;
use super::args::{ListFormat, OutletsArgs};
use super::output::{say, width, words, write};
use crate::config::Settings;
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{outlets, provenance};

pub(super) fn run(settings: &Settings, args: &OutletsArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let view = outlets(&engine, settings.outlet.as_deref())?;
    let from = provenance(&folder, &words())?;
    let exit = write(|out| match args.format {
        ListFormat::Table => render::outlets_table(out, &view, width()),
        ListFormat::Json => render::stamped_json(out, &view, &from),
        ListFormat::Jsonl => render::stamped_jsonl(out, &view.outlets, &from),
        ListFormat::Csv => render::outlets_csv(out, &view, &from),
    })?;
    let number = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    say(&format!(
        "{}; {} in {} name none",
        number(view.outlets.len(), "outlet"),
        number(view.without.passages, "passage"),
        number(view.without.articles, "article")
    ));
    Ok(exit)
}
