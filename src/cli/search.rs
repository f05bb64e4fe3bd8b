//! `rapporteur search`: ranked passages; many queries at once are [`batch`]'s. Builds the index first where there is none.
//!
//! With `--parse` it says how the query was understood instead, and looks at no index.

use super::args::{ByArg, FeedbackArg, GroupArg, SearchArgs, SearchFormat, UsageError};
use super::output::{refuse_terminal, say, width, words_of, write, write_bytes};
use super::{Exit, batch, index};
use crate::config::{Feedback, Ranking, Rules, Settings};
use crate::engine::{By, EngineError, Page, TantivyEngine};
use crate::near_duplicates::Groups;
use crate::query::parse_with;
use crate::render;
use crate::source::shown_path;
use crate::store::IndexFolder;
use crate::view::{Copies, GroupBy, SearchRequest, SearchView, ViewError, provenance, search, search_collapsed};

pub(super) fn run(settings: &Settings, args: &SearchArgs) -> anyhow::Result<Exit> {
    if let Some(path) = &args.batch {
        return batch::run(settings, args, path);
    }
    // The parser lets it pass where a query stands, with which --batch cannot stand.
    if args.syntax.is_some() {
        return Err(UsageError("--syntax is for --batch; a single query takes --plain".into()).into());
    }
    let query = args.query.as_deref().unwrap_or("");
    if args.format == SearchFormat::Trec {
        return Err(UsageError("a run in the form of TREC answers many queries; give them with --batch".into()).into());
    }
    // A query that means nothing is refused before an index is built for it.
    let request = request(args, query);
    parse_with(query, &request.asked.reading).map_err(ViewError::Query)?;
    let rules = Rules::load(settings)?;
    if args.parse {
        return tell_understood(args.format, &rules, &request);
    }
    if args.format == SearchFormat::Parquet {
        refuse_terminal()?;
    }
    let (engine, exit) = open_or_build(settings, args, &rules)?;
    let view = if args.no_collapse {
        search(&engine, &rules, &request)?
    } else {
        search_collapsed(&engine, &rules, &groups(settings)?, &request)?
    };
    print(settings, args, (&request, &view))?;
    tell_count(&view);
    if view.explanation.is_some() && is_stale(settings, &rules)? {
        say("topics, speakers or settings have changed since the index was built; run `rapporteur index`");
    }
    Ok(exit)
}

/// Whether the index was built by other rules.
fn is_stale(settings: &Settings, rules: &Rules) -> anyhow::Result<bool> {
    let manifest = IndexFolder::new(&settings.index).manifest()?;
    Ok(manifest.is_some_and(|manifest| manifest.rules != rules.hash))
}

fn print(
    settings: &Settings,
    args: &SearchArgs,
    (request, view): (&SearchRequest, &SearchView),
) -> anyhow::Result<Exit> {
    if args.format == SearchFormat::Table {
        return write(|out| render::search_table(out, view, width(), args.explain));
    }
    let from = provenance(&IndexFolder::new(&settings.index), &words_of(&request.asked))?;
    if args.format == SearchFormat::Parquet {
        return write_bytes(|out| render::search_parquet(out, view, &from));
    }
    write(|out| match args.format {
        SearchFormat::Json => render::search_json(out, view, args.explain, &from),
        SearchFormat::Csv => render::search_csv(out, view, &from),
        SearchFormat::Md => render::search_markdown(out, view, &from),
        SearchFormat::Bibtex => render::search_bibtex(out, view, &from),
        SearchFormat::CslJson => render::search_csl_json(out, view, &from),
        // The others are written or refused before.
        SearchFormat::Jsonl | SearchFormat::Table | SearchFormat::Parquet | SearchFormat::Trec => {
            render::search_jsonl(out, view, args.explain, &from)
        }
    })
}

/// How the query was understood.
fn tell_understood(format: SearchFormat, rules: &Rules, request: &SearchRequest) -> anyhow::Result<Exit> {
    let query = request.asked.understood(rules)?;
    match format {
        SearchFormat::Table => write(|out| render::understood_text(out, &query)),
        SearchFormat::Json => write(|out| render::understood_json(out, &query)),
        _ => Err(UsageError("--parse prints an outline, or JSON with --format json".into()).into()),
    }
}

pub(super) fn request(args: &SearchArgs, query: &str) -> SearchRequest {
    SearchRequest {
        asked: args.asked.asked(Some(query)),
        page: Page {
            top: args.top as usize,
            by: match args.by {
                ByArg::Passage => By::Passage,
                ByArg::Article => By::Article,
            },
            sort: args.sort.into(),
        },
        group: args.group.map(|group| match group {
            GroupArg::Speaker => GroupBy::Speaker,
            GroupArg::Article => GroupBy::Article,
            GroupArg::Outlet => GroupBy::Outlet,
        }),
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

/// The groups of near-duplicates where they decide what counts.
pub(super) fn groups_for(settings: &Settings, copies: Copies) -> anyhow::Result<Groups> {
    if copies == Copies::Once { groups(settings) } else { Ok(Groups::default()) }
}

fn tell_count(view: &SearchView) {
    if let Some(explanation) = &view.explanation {
        say(&render::explanation(explanation));
    } else {
        let noun = match (view.by, view.total) {
            (By::Passage, 1) => "passage matches",
            (By::Passage, _) => "passages match",
            (By::Article, 1) => "article matches",
            (By::Article, _) => "articles match",
        };
        let collapsed = view.hits.iter().filter_map(|hit| hit.copies.as_ref()).any(|copies| !copies.is_empty());
        let copies = if collapsed { ", copies collapsed" } else { "" };
        say(&format!("{} of {} {noun}{copies}", view.hits.len(), view.total));
    }
}
