//! A search: ranked passages, each with the speaker that the query asked for.

use super::explain::{self, Explanation};
use super::group::{self, GroupBy, HitGroup};
use super::{Asked, Copy, ViewError, collapse};
use crate::config::Rules;
use crate::engine::{By, Engine, Hit, Page};
use crate::model::{Attribution, Passage};
use crate::near_duplicates::Groups;
use crate::query::{Constraint, Node, Query};

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRequest {
    /// Which passages.
    pub asked: Asked,
    /// How many hits, of what, and in which order.
    pub page: Page,
    /// What the hits are put together by, where they are.
    pub group: Option<GroupBy>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchView {
    /// The query, as typed.
    pub query: String,
    /// What was ranked.
    pub by: By,
    /// How many passages (or articles) match in all.
    pub total: usize,
    /// The first of them in the order that was asked for; where they are grouped, group by group.
    pub hits: Vec<RankedHit>,
    /// Whether copies are collapsed.
    pub collapsed: bool,
    /// The groups, that of the first hit first; `None` where hits are not grouped.
    pub groups: Option<Vec<HitGroup>>,
    /// Why there is none, where there is none.
    pub explanation: Option<Explanation>,
}

/// A hit in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedHit {
    /// From 1.
    pub rank: usize,
    /// The passage and what matched.
    pub hit: Hit,
    /// Who speaks: the speaker that the query asks for where the passage quotes several, else the
    /// passage's own.
    pub speaker: Option<Attribution>,
    /// Where copies are collapsed, the articles that say the same, by publication; a hundred at the most.
    pub copies: Option<Vec<Copy>>,
    /// Where hits are grouped, the place of its group in [`SearchView::groups`].
    pub group: Option<usize>,
}

impl SearchView {
    /// The group of a hit, where hits are grouped.
    #[must_use]
    pub fn group_of(&self, hit: &RankedHit) -> Option<&HitGroup> {
        self.groups.as_ref()?.get(hit.group?)
    }
}

/// Searches `engine`; `rules` tell what an alias or a topic's label means.
pub fn search(engine: &dyn Engine, rules: &Rules, request: &SearchRequest) -> Result<SearchView, ViewError> {
    let query = request.asked.understood(rules)?;
    let found = engine.search(&query, request.page).map_err(|error| ViewError::engine(&query.text, error))?;
    let hits = found.hits.into_iter().map(|hit| (hit, None)).collect();
    ranked(engine, request, &query, found.total, (hits, false))
}

/// The same, with what copies of one article say shown once, by its best hit. `page.top` counts what is
/// shown, `total` all that matches.
pub fn search_collapsed(
    engine: &dyn Engine,
    rules: &Rules,
    groups: &Groups,
    request: &SearchRequest,
) -> Result<SearchView, ViewError> {
    let query = request.asked.understood(rules)?;
    let found = collapse::search(engine, groups, &query, request.page);
    let found = found.map_err(|error| ViewError::engine(&query.text, error))?;
    let hits = found.hits.into_iter().map(|(hit, copies)| (hit, Some(copies))).collect();
    ranked(engine, request, &query, found.total, (hits, true))
}

/// A hit with its copies, where they are collapsed.
type WithCopies = (Hit, Option<Vec<Copy>>);

fn ranked(
    engine: &dyn Engine,
    request: &SearchRequest,
    query: &Query,
    total: usize,
    (hits, collapsed): (Vec<WithCopies>, bool),
) -> Result<SearchView, ViewError> {
    let asked = asked_speakers(query);
    let mut hits: Vec<RankedHit> = (1..)
        .zip(hits)
        .map(|(rank, (hit, copies))| RankedHit {
            rank,
            speaker: speaker_shown(&hit.passage, &asked),
            hit,
            copies,
            group: None,
        })
        .collect();
    let groups = match request.group {
        Some(by) => {
            let groups = group::group(engine, query, &mut hits, by);
            Some(groups.map_err(|error| ViewError::engine(&query.text, error))?)
        }
        None => None,
    };
    let explanation = if total == 0 { Some(explain::explain(engine, query)?) } else { None };
    let (query, by) = (query.text.clone(), request.page.by);
    Ok(SearchView { query, by, total, hits, collapsed, groups, explanation })
}

/// Who speaks: the first of `asked`, else the passage's own speaker.
pub(super) fn speaker_shown(passage: &Passage, asked: &[&Constraint]) -> Option<Attribution> {
    let answers = |attribution: &Attribution| {
        asked.iter().any(|constraint| constraint.asks_for(&attribution.speaker) == Some(true))
    };
    let matching = if asked.is_empty() { None } else { passage.speakers().into_iter().find(answers) };
    matching.or_else(|| passage.speaker.clone())
}

/// The speakers that the query asks for; those it denies do not count.
pub(super) fn asked_speakers(query: &Query) -> Vec<&Constraint> {
    let mut asked = Vec::new();
    let mut open = vec![&query.root];
    while let Some(node) = open.pop() {
        match node {
            Node::Field(clause) => {
                if matches!(clause.constraint, Constraint::Speaker(_) | Constraint::SpeakerId(_)) {
                    asked.push(&clause.constraint);
                }
            }
            node => open.extend(node.asked()),
        }
    }
    asked
}
