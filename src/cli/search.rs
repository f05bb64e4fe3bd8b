//! `rapporteur search`: ranked passages; many queries at once are [`batch`]'s. Builds the index first where there is none.

use super::args::{ByArg, FeedbackArg, SearchArgs, SearchFormat, UsageError};
use super::output::{say, width, write};
use super::{Exit, batch, index};
use crate::config::{Feedback, Ranking, Rules, Settings};
use crate::engine::{By, EngineError, Page, TantivyEngine};
use crate::near_duplicates::Groups;
use crate::query::{Filters, parse};
use crate::render;
use crate::source::shown_path;
use crate::store::IndexFolder;
use crate::view::{SearchRequest, SearchView, ViewError, search, search_collapsed};

pub(super) fn run(settings: &Settings, args: &SearchArgs) -> anyhow::Result<Exit> {
    if let Some(path) = &args.batch {
        return batch::run(settings, args, path);
    }
    let query = args.query.as_deref().unwrap_or("");
    if args.format == SearchFormat::Trec {
        return Err(UsageError("a run in the form of TREC answers many queries; give them with --batch".into()).into());
    }
    // A query that means nothing is refused before an index is built for it.
    parse(query).map_err(ViewError::Query)?;
    let rules = Rules::load(settings)?;
    let request = request(args, query);
    let (engine, exit) = open_or_build(settings, args, &rules)?;
    let view = if args.collapse {
        search_collapsed(&engine, &rules, &groups(settings)?, &request)?
    } else {
        search(&engine, &rules, &request)?
    };
    write(|out| match args.format {
        SearchFormat::Table | SearchFormat::Trec => render::search_table(out, &view, width(), args.explain),
        SearchFormat::Jsonl => render::search_jsonl(out, &view, args.explain),
        SearchFormat::Json => render::search_json(out, &view, args.explain),
        SearchFormat::Csv => render::search_csv(out, &view),
        SearchFormat::Md => render::search_markdown(out, &view),
    })?;
    tell_count(&view, args.collapse);
    Ok(exit)
}

pub(super) fn request(args: &SearchArgs, query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        filters: Filters {
            speaker: args.speaker.clone(),
            topic: args.topic.clone(),
            outlet: args.outlet.clone(),
            kind: args.kind.map(|kind| kind.0),
            from: args.from,
            to: args.to,
        },
        page: Page { top: args.top as usize, by: by(args) },
    }
}

pub(super) fn by(args: &SearchArgs) -> By {
    match args.by {
        ByArg::Passage => By::Passage,
        ByArg::Article => By::Article,
    }
}

/// Opens the index; builds it from the corpus where there is none.
pub(super) fn open_or_build(
    settings: &Settings,
    args: &SearchArgs,
    rules: &Rules,
) -> anyhow::Result<(TantivyEngine, Exit)> {
    let feedback = args.feedback.map_or(settings.ranking.feedback, |when| match when {
        FeedbackArg::On => Feedback::On,
        FeedbackArg::Off => Feedback::Off,
        FeedbackArg::Auto => Feedback::Auto,
    });
    let ranking = Ranking { feedback, ..settings.ranking };
    let (engine, exit) = opened_or_built(settings, rules)?;
    Ok((engine.ranked_by(ranking), exit))
}

fn opened_or_built(settings: &Settings, rules: &Rules) -> anyhow::Result<(TantivyEngine, Exit)> {
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
