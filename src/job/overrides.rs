//! How each correction of `overrides.toml` stands to the index: applied, waiting for the next run, or stale.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

use crate::config::{Overrides, Placed};
use crate::engine::{Engine, EngineError};
use crate::model::{ArticleId, Override, Passage, Target, TextMark};
use crate::store::{Manifest, SourceEntry};

/// What became of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OverrideState {
    /// The index holds it.
    Applied,
    /// The index is older than it.
    Pending,
    /// Its passage or quotation is gone, or has other words than it was made of: it is not applied.
    Stale,
}

impl OverrideState {
    /// Its name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Pending => "pending",
            Self::Stale => "stale",
        }
    }
}

/// A correction and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The entry with its line.
    pub placed: Placed,
    /// What became of it.
    pub state: OverrideState,
    /// Why it is stale, in a sentence without a full stop.
    pub reason: Option<String>,
}

/// All corrections, counted by what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OverridesTally {
    /// Entries that the index holds.
    pub applied: usize,
    /// Entries that it is older than.
    pub pending: usize,
    /// Entries that are not applied, each with the reason.
    pub stale: Vec<StaleOverride>,
}

/// A correction that is not applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaleOverride {
    /// Of what.
    pub id: Target,
    /// Its line in the file, from 1.
    pub line: usize,
    /// Why, in a sentence without a full stop.
    pub reason: String,
}

impl OverridesTally {
    /// Counts `standings`.
    #[must_use]
    pub fn of(standings: &[Standing]) -> Self {
        let count = |state| standings.iter().filter(|standing| standing.state == state).count();
        let stale = standings.iter().filter_map(|Standing { placed, reason, .. }| {
            Some(StaleOverride { id: placed.entry.id, line: placed.line, reason: reason.clone()? })
        });
        Self { applied: count(OverrideState::Applied), pending: count(OverrideState::Pending), stale: stale.collect() }
    }

    /// How many there are.
    #[must_use]
    pub fn total(&self) -> usize {
        self.applied + self.pending + self.stale.len()
    }
}

/// Counts in words, those of nothing left out.
impl fmt::Display for OverridesTally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [(self.applied, "applied"), (self.pending, "pending"), (self.stale.len(), "stale")];
        let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, state)| format!("{count} {state}"));
        f.write_str(&counts.collect::<Vec<_>>().join(", "))
    }
}

/// Whether a source's article was derived by the corrections that now hold of it.
pub(super) fn is_current(source: &SourceEntry, overrides: &Overrides) -> bool {
    source.overrides == overrides.hash_of(source.article)
}

/// Whether the index that `manifest` tells of was derived by just these corrections.
pub fn are_current(manifest: &Manifest, overrides: &Overrides) -> bool {
    manifest.sources().all(|source| is_current(source, overrides))
}

/// What became of each correction, in the file's order; reads its article for each, once for those that follow each
/// other.
pub fn standings(
    engine: &dyn Engine,
    manifest: &Manifest,
    overrides: &Overrides,
) -> Result<Vec<Standing>, EngineError> {
    let sources: HashMap<ArticleId, &SourceEntry> = manifest.indexed().map(|source| (source.article, source)).collect();
    let mut standings = Vec::with_capacity(overrides.all().len());
    let mut read: Option<(ArticleId, Vec<Passage>)> = None;
    for placed in overrides.all() {
        let article = placed.entry.id.article();
        let source = sources.get(&article);
        let passages = match read.take() {
            Some((last, passages)) if last == article => passages,
            _ if source.is_some() => engine.article(article)?,
            _ => Vec::new(),
        };
        let reason = match source {
            Some(_) => staleness(&passages, &placed.entry),
            None => Some(format!("article {article} is not in the index")),
        };
        read = Some((article, passages));
        let current = source.is_some_and(|source| is_current(source, overrides));
        let state = match (&reason, current) {
            (Some(_), _) => OverrideState::Stale,
            (None, true) => OverrideState::Applied,
            (None, false) => OverrideState::Pending,
        };
        standings.push(Standing { placed: placed.clone(), state, reason });
    }
    Ok(standings)
}

/// Why a correction has nothing to correct among the passages of its article, if so.
fn staleness(passages: &[Passage], entry: &Override) -> Option<String> {
    let id = entry.id;
    let wrong = match TextMark::all_of(passages).find(|(known, _)| *known == id) {
        Some((_, mark)) if mark == entry.text => return None,
        Some(_) => format!("its words have changed since {}", entry.on),
        None => none_numbered(passages, id),
    };
    let is_quote = |id: Target| matches!(id, Target::Quote(_));
    let moved = |(other, mark): &(Target, TextMark)| *mark == entry.text && is_quote(*other) == is_quote(id);
    Some(match TextMark::all_of(passages).find(moved) {
        Some((now, _)) => format!("its words are now {now}"),
        None => wrong,
    })
}

fn none_numbered(passages: &[Passage], id: Target) -> String {
    let (article, wanted) = (id.article(), id.passage());
    match (id, passages.iter().find(|passage| passage.id == wanted)) {
        (Target::Quote(quote), Some(passage)) => {
            format!("passage {wanted} has {} quotations and none numbered {}", passage.quotes.len(), quote.n)
        }
        _ => format!("article {article} has {} passages and none numbered {}", passages.len(), wanted.n),
    }
}
