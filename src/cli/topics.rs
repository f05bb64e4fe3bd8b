//! `rapporteur topics`: what passages can be about, and how many are.

use super::Exit;
use super::args::{ListFormat, TopicsArgs};
use super::output::{say, width, words, write};
use crate::config::{Rules, Settings};
use crate::engine::TantivyEngine;
use crate::render;
use crate::source::shown_path;
use crate::store::IndexFolder;
use crate::view::{TopicsView, provenance, topics};

pub(super) fn run(settings: &Settings, args: &TopicsArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let view = topics(&engine, &folder, &Rules::load(settings)?)?;
    let from = provenance(&folder, &words())?;
    let exit = write(|out| match args.format {
        ListFormat::Table => render::topics_table(out, &view, width()),
        ListFormat::Json => render::stamped_json(out, &view, &from),
        ListFormat::Jsonl => render::stamped_jsonl(out, &view.topics, &from),
        ListFormat::Csv => render::topics_csv(out, &view, &from),
    })?;
    tell_count(settings, &view);
    Ok(exit)
}

fn tell_count(settings: &Settings, view: &TopicsView) {
    let file = if settings.topics.exists() {
        shown_path(&settings.topics, &settings.root)
    } else {
        "the built-in topics".into()
    };
    let topics = if view.defined == 1 { "topic" } else { "topics" };
    let undefined = match view.undefined {
        0 => String::new(),
        more => format!("; {more} of the index no longer in it"),
    };
    let passages = if view.without == 1 { "passage" } else { "passages" };
    say(&format!(
        "{} {topics} from {file}, {} without a passage{undefined}; {} {passages} without a topic",
        view.defined, view.unused, view.without
    ));
    if view.stale {
        say("topics, speakers or settings have changed since; run `rapporteur index`");
    }
}
