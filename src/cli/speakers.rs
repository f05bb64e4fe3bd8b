//! `rapporteur speakers`: who speaks in the index, and who of them has no entry in the authority file.

use super::Exit;
use super::args::{SpeakersArgs, SpeakersFormat};
use super::output::{say, width, words, write};
use crate::config::{Rules, Settings};
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{SpeakersView, provenance, speakers};

pub(super) fn run(settings: &Settings, args: &SpeakersArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let view = speakers(&engine, &folder, &Rules::load(settings)?, args.unresolved)?;
    let from = provenance(&folder, &words())?;
    let exit = write(|out| match args.format {
        SpeakersFormat::Table => render::speakers_table(out, &view, width()),
        SpeakersFormat::Json => render::stamped_json(out, &view, &from),
        SpeakersFormat::Jsonl => render::stamped_jsonl(out, &view.speakers, &from),
        SpeakersFormat::Csv => render::speakers_csv(out, &view, &from),
        SpeakersFormat::Toml => render::speakers_toml(out, &view),
    })?;
    tell_count(&view);
    Ok(exit)
}

fn tell_count(view: &SpeakersView) {
    let speakers = if view.total == 1 { "speaker" } else { "speakers" };
    let (verb, unresolved) = (if view.unresolved == 1 { "has" } else { "have" }, view.unresolved);
    say(&format!("{} {speakers}, {unresolved} of them {verb} no entry in the authority file", view.total));
    if view.stale {
        say("topics, speakers or settings have changed since; run `rapporteur index`");
    }
}
