//! `rapporteur alerts`: what is new for saved searches, and marking it as seen.

use anyhow::Context;

use super::Exit;
use super::args::{AlertsArgs, AlertsFormat, UsageError};
use super::output::{say, width, words, write};
use crate::config::{Rules, SavedSearches, Settings};
use crate::engine::{EngineError, TantivyEngine};
use crate::model::single_line;
use crate::render;
use crate::source::shown_path;
use crate::store::{Acknowledged, IndexFolder, StoreError, acknowledged_beside};
use crate::view::{AlertIndex, AlertView, Saved, Since, acknowledge, alert, named, provenance, saved};

pub(super) fn run(settings: &Settings, args: &AlertsArgs) -> anyhow::Result<Exit> {
    let searches = named(searches(settings, args)?, &args.names)?;
    let folder = IndexFolder::new(&settings.index);
    // The manifest is written last and read first: what it counts is in all that is read after it.
    let manifest = folder.manifest()?.ok_or_else(|| EngineError::Missing(folder.path().to_owned()))?;
    let engine = TantivyEngine::open(&folder.engine())?;
    let missing =
        || StoreError::FirstSeen { path: folder.path().to_owned(), reason: "it is not recorded yet".to_owned() };
    let first_seen = folder.first_seen()?.ok_or_else(missing)?;
    let groups = folder.groups()?.unwrap_or_default();
    let statements = folder.statements()?.unwrap_or_default();
    let generation = u32::try_from(manifest.generation).unwrap_or(u32::MAX);
    let index =
        AlertIndex { engine: &engine, first_seen: &first_seen, groups: &groups, statements: &statements, generation };
    let path = acknowledged_beside(&settings.searches);
    let acknowledged = Acknowledged::read(&path)?;
    let mut alerts: Vec<AlertView> = Vec::new();
    for search in &searches {
        let view = alert(index, search, &acknowledged, args.since);
        alerts.push(view.with_context(|| format!("the search `{}`", single_line(&search.name)))?);
    }
    let from = provenance(&folder, &words())?;
    write(|out| match args.format {
        AlertsFormat::Table => render::alerts_table(out, &alerts, width()),
        AlertsFormat::Json => render::alerts_json(out, &alerts, generation, &from),
        AlertsFormat::Jsonl => render::alerts_jsonl(out, &alerts, &from),
        AlertsFormat::Csv => render::alerts_csv(out, &alerts, &from),
        AlertsFormat::Md => render::alerts_markdown(out, &alerts, &from),
    })?;
    for alert in &alerts {
        // A table says it itself.
        if args.format != AlertsFormat::Table {
            say(&format!("{}: {}", single_line(&alert.search.name), render::alert_summary(alert)));
        }
        tell(alert);
    }
    let new: usize = alerts.iter().map(|alert| alert.hits.len()).sum();
    let noun = if alerts.len() == 1 { "search" } else { "searches" };
    say(&format!("{new} new for {} {noun}, generation {generation}", alerts.len()));
    if args.acknowledge {
        // Another process may have acknowledged other searches meanwhile.
        let mut acknowledged = Acknowledged::read(&path)?;
        for alert in &alerts {
            acknowledge(alert, index, &mut acknowledged);
        }
        acknowledged.write(&path)?;
        say(&format!("acknowledged up to generation {generation} in {}", shown_path(&path, &settings.root)));
    }
    Ok(Exit::Done)
}

/// The saved searches, of which there is one at least.
fn searches(settings: &Settings, args: &AlertsArgs) -> anyhow::Result<Vec<Saved>> {
    let path = &settings.searches;
    let none = |what: &str| {
        let shown = shown_path(path, &settings.root);
        UsageError(format!("{shown} {what}; write a `[[search]]` with `name` and `query` there"))
    };
    if !path.exists() {
        return Err(none("does not exist").into());
    }
    let file = SavedSearches::read(path)?;
    let now = args.now.unwrap_or_else(|| jiff::ZonedDateTime::now().date());
    let searches = saved(&file, &Rules::load(settings)?, now)?;
    if searches.is_empty() { Err(none("holds no search").into()) } else { Ok(searches) }
}

/// What a reader must know of one search, on standard error, and why where nothing in the index matches it.
fn tell(alert: &AlertView) {
    let name = single_line(&alert.search.name);
    if alert.changed && !matches!(alert.since, Since::Generation(_)) {
        say(&format!(
            "note: {name} asks something else than when it was acknowledged; `--since 0` lists what it finds of before"
        ));
    }
    if alert.since == Since::Rebuilt {
        say(&format!(
            "note: {name}: the index was built anew or replaced since; what was acknowledged is told by its words"
        ));
    }
    if let Some(explanation) = &alert.explanation {
        say(&format!("{name}:"));
        say(render::explanation(explanation).trim_end());
    }
}
