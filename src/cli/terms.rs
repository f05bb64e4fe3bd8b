//! `rapporteur terms`: the words of the index that begin with given letters.

use super::Exit;
use super::args::{ListFormat, TermsArgs};
use super::output::{say, words, write};
use crate::config::Settings;
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{TermsView, provenance, terms};

pub(super) fn run(settings: &Settings, args: &TermsArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let view = terms(&engine, &args.prefix, args.sort.into(), args.top as usize)?;
    let from = provenance(&folder, &words())?;
    let exit = write(|out| match args.format {
        ListFormat::Table => render::terms_table(out, &view),
        ListFormat::Json => render::stamped_json(out, &view, &from),
        ListFormat::Jsonl => render::stamped_jsonl(out, &view.terms, &from),
        ListFormat::Csv => render::terms_csv(out, &view, &from),
    })?;
    tell_count(&view);
    Ok(exit)
}

fn tell_count(view: &TermsView) {
    let words = if view.total == 1 { "word" } else { "words" };
    match (view.total, view.nearest.is_empty()) {
        (0, true) => say(&format!("no word begins with `{}`", view.prefix)),
        (0, false) => say(&format!("no word begins with `{}`; nearest: {}", view.prefix, view.nearest.join(", "))),
        (total, _) if view.terms.len() < total => {
            say(&format!("{} of {total} {words}; --top {total} shows all", view.terms.len()));
        }
        (total, _) => say(&format!("{total} {words}")),
    }
}
