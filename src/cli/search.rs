//! `rapporteur search`: ranked passages. Builds the index first where there is none.

use super::args::{ByArg, SearchArgs, SearchFormat};
use super::output::{say, width, words, write, write_bytes};
use super::{Exit, index};
use crate::config::{Rules, Settings};
use crate::engine::{By, EngineError, Page, TantivyEngine};
use crate::near_duplicates::Groups;
use crate::query::{Filters, parse};
use crate::render;
use crate::source::shown_path;
use crate::store::IndexFolder;
use crate::view::{SearchRequest, SearchView, ViewError, provenance, search, search_collapsed};

pub(super) fn run(settings: &Settings, args: &SearchArgs) -> anyhow::Result<Exit> {
    // A query that means nothing is refused before an index is built for it.
    parse(&args.query).map_err(ViewError::Query)?;
    let rules = Rules::load(settings)?;
    let request = request(args);
    let (engine, exit) = open_or_build(settings, &rules)?;
    let view = if args.collapse {
        search_collapsed(&engine, &rules, &groups(settings)?, &request)?
    } else {
        search(&engine, &rules, &request)?
    };
    print(settings, args.format, &view)?;
    tell_count(&view, args.collapse);
    Ok(exit)
}

fn print(settings: &Settings, format: SearchFormat, view: &SearchView) -> anyhow::Result<Exit> {
    if format == SearchFormat::Table {
        return write(|out| render::search_table(out, view, width()));
    }
    let from = provenance(&IndexFolder::new(&settings.index), &words())?;
    if format == SearchFormat::Parquet {
        return write_bytes(|out| render::search_parquet(out, view, &from));
    }
    write(|out| match format {
        SearchFormat::Table | SearchFormat::Parquet => Ok(()),
        SearchFormat::Jsonl => render::search_jsonl(out, view, &from),
        SearchFormat::Json => render::search_json(out, view, &from),
        SearchFormat::Csv => render::search_csv(out, view, &from),
        SearchFormat::Md => render::search_markdown(out, view, &from),
        SearchFormat::Bibtex => render::search_bibtex(out, view, &from),
        SearchFormat::CslJson => render::search_csl_json(out, view, &from),
    })
}

fn request(args: &SearchArgs) -> SearchRequest {
    SearchRequest {
        query: args.query.clone(),
        filters: Filters {
            speaker: args.speaker.clone(),
            topic: args.topic.clone(),
            outlet: args.outlet.clone(),
            kind: args.kind.map(|kind| kind.0),
            from: args.from,
            to: args.to,
        },
        page: Page {
            top: args.top as usize,
            by: match args.by {
                ByArg::Passage => By::Passage,
                ByArg::Article => By::Article,
            },
        },
    }
}

/// Opens the index; builds it from the corpus where there is none.
fn open_or_build(settings: &Settings, rules: &Rules) -> anyhow::Result<(TantivyEngine, Exit)> {
    let folder = IndexFolder::new(&settings.index);
    match TantivyEngine::open(&folder.engine()) {
        // Without a manifest the first build was cut off before it ended.
        Ok(engine) if folder.manifest()?.is_some() => Ok((engine, Exit::Done)),
        Ok(_) | Err(EngineError::Missing(_)) => {
            let shown = |path| shown_path(path, &settings.root);
            say(&format!("no index in {}; building it from {}", shown(&settings.index), shown(&settings.corpus)));
            let report = index::update(settings, rules, &[])?;
            index::complain(&report);
            say(&index::summary(&report));
            Ok((TantivyEngine::open(&folder.engine())?, index::exit(&report)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The groups of near-duplicates. An index of a version that looked for none has none until it is next
/// brought up to date.
fn groups(settings: &Settings) -> anyhow::Result<Groups> {
    let groups = IndexFolder::new(&settings.index).groups()?;
    if groups.is_none() {
        say("note: near-duplicates were not looked for yet; run `rapporteur index`");
    }
    Ok(groups.unwrap_or_default())
}

fn tell_count(view: &SearchView, collapsed: bool) {
    if let Some(explanation) = &view.explanation {
        say(render::explanation(explanation).trim_end());
    } else {
        let noun = match (view.by, view.total) {
            (By::Passage, 1) => "passage matches",
            (By::Passage, _) => "passages match",
            (By::Article, 1) => "article matches",
            (By::Article, _) => "articles match",
        };
        let copies = if collapsed { ", copies collapsed" } else { "" };
        say(&format!("{} of {} {noun}{copies}", view.hits.len(), view.total));
    }
}
