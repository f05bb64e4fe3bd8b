//! What is new for a saved search: passages that the index did not have when the search was last acknowledged.
//!
//! *New* is what nobody said before. A passage that its article, or another one in the same words, had already is not new;
//! what a syndicated copy says again is told apart, and a quotation that is another version of a known one is marked.

use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use serde::Serialize;

use super::copies::others_of;
use super::explain::{self, Explanation};
use super::search::{asked_speakers, speaker_shown};
use super::{Saved, ViewError};
use crate::analysis;
use crate::engine::{Engine, EngineError, Matched};
use crate::lineage::Statements;
use crate::model::{ArticleId, Attribution, Passage, PassageId, Publication, QuoteId, Span, TextMark};
use crate::near_duplicates::{Group, Groups, Said, Shingles};
use crate::query::{Constraint, Group as Clauses, Node, Query};
use crate::store::{Acknowledged, Acknowledgement, FirstSeen};

/// Words that two passages of articles that are no copies must have for one to be a copy of the other: shorter ones
/// are said alike by chance.
const FEWEST_WORDS: usize = 8;
/// Articles with something new that a search is narrowed to; of more, all that it finds is looked through.
const NARROWED_TO: usize = 500;

/// What an alert is looked up in.
#[derive(Clone, Copy)]
pub struct AlertIndex<'i> {
    /// The passages.
    pub engine: &'i dyn Engine,
    /// In which generation each came.
    pub first_seen: &'i FirstSeen,
    /// Which articles are copies of one another.
    pub groups: &'i Groups,
    /// Which quotations are versions of one another.
    pub statements: &'i Statements,
    /// The generation of the index: all before it is there.
    pub generation: u32,
}

/// What a search counts as known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "from", content = "generation", rename_all = "snake_case")]
pub enum Since {
    /// Nothing: it was never acknowledged.
    Never,
    /// What the index had by this generation, when it was acknowledged.
    Acknowledged(u32),
    /// What was acknowledged, by its words: the index was built anew or replaced since, so that generations say nothing.
    Rebuilt,
    /// What the index had by this generation, as was asked for.
    Generation(u32),
}

impl Since {
    fn generation(self) -> u32 {
        match self {
            Self::Never | Self::Rebuilt => 0,
            Self::Acknowledged(generation) | Self::Generation(generation) => generation,
        }
    }
}

/// What is new for a saved search.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertView {
    /// The search.
    pub search: Saved,
    /// What it counts as known.
    pub since: Since,
    /// Whether it asked something else when it was acknowledged: what it finds since of older passages is not new.
    pub changed: bool,
    /// How many passages match it in all.
    pub matching: usize,
    /// What is new, by day of publication, the newest first.
    pub hits: Vec<AlertHit>,
    /// What came since and says what is known, or what another of the new hits says.
    pub copies: Vec<AlertHit>,
    /// Why nothing in the index matches, where nothing does.
    pub explanation: Option<Explanation>,
}

/// A passage that came since.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertHit {
    /// The passage.
    pub passage: Passage,
    /// Each match, as code points of its text, in order.
    pub highlights: Vec<Span>,
    /// Who speaks: the speaker that the search asks for where the passage quotes several, else its own.
    pub speaker: Option<Attribution>,
    /// The generation in which it came.
    pub first_seen: u32,
    /// What it is a copy of, where it is one.
    pub copy_of: Option<Original>,
    /// The first of its quotations that is another version of a known one.
    pub variant_of: Option<Variant>,
}

/// What a copy is a copy of.
#[derive(Debug, Clone, PartialEq)]
pub struct Original {
    /// The article.
    pub article: ArticleId,
    /// The passage; `None` where it is no longer in the index.
    pub passage: Option<PassageId>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<Publication>,
    /// The generation in which it came.
    pub first_seen: u32,
    /// Whether it was known; otherwise it is one of the new hits.
    pub known: bool,
}

/// A quotation and the known one of which it is another version.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The quotation.
    pub quote: QuoteId,
    /// The first published of those that are known.
    pub of: QuoteId,
    /// When that was.
    pub published: Option<Publication>,
}

/// What is new for `search` since it was acknowledged, or since a generation, where one is given.
pub fn alert(
    index: AlertIndex<'_>,
    search: &Saved,
    acknowledged: &Acknowledged,
    since: Option<u32>,
) -> Result<AlertView, ViewError> {
    if let Some(asked) = since.filter(|since| *since > index.generation) {
        return Err(ViewError::NoGeneration { asked, current: index.generation });
    }
    let before = acknowledged.searches.get(&search.name);
    let since = match (since, before) {
        (Some(generation), _) => Since::Generation(generation),
        (None, None) => Since::Never,
        (None, Some(before)) if before.history == index.first_seen.stamp(before.generation) => {
            Since::Acknowledged(before.generation)
        }
        (None, Some(_)) => Since::Rebuilt,
    };
    let passages = before.filter(|_| since == Since::Rebuilt).map(|before| &before.passages);
    let known = Known { since: since.generation(), passages };
    let mut lookup = Lookup { index, known, articles: BTreeMap::new() };
    let failed = |error: EngineError| ViewError::engine(&search.query.text, error);
    let (hits, copies) = lookup.found(&search.query).map_err(failed)?;
    let matching = index.engine.count(&search.query, &search.query.root).map_err(failed)?;
    Ok(AlertView {
        search: search.clone(),
        since,
        changed: before.is_some_and(|before| before.asked != search.hash),
        matching,
        hits,
        copies,
        explanation: if matching == 0 { Some(explain::explain(index.engine, &search.query)?) } else { None },
    })
}

/// Marks what `alert` shows as known: it, and all that the index has by its generation.
pub fn acknowledge(alert: &AlertView, index: AlertIndex<'_>, acknowledged: &mut Acknowledged) {
    let (generation, history) = (index.generation, index.first_seen.stamp(index.generation));
    let before = acknowledged.searches.remove(&alert.search.name);
    let mut passages = before.map(|before| before.passages).unwrap_or_default();
    let shown = alert.hits.iter().chain(&alert.copies).filter(|hit| hit.first_seen <= index.generation);
    passages.extend(shown.map(|hit| TextMark::of_words(&hit.passage.text)));
    let one = Acknowledgement { generation, history, asked: alert.search.hash, passages };
    acknowledged.searches.insert(alert.search.name.clone(), one);
}

/// What a search counts as known.
#[derive(Clone, Copy)]
struct Known<'k> {
    /// What came in this generation or before.
    since: u32,
    /// What else, by its words.
    passages: Option<&'k BTreeSet<TextMark>>,
}

impl Known<'_> {
    fn holds(self, generation: u32, words: TextMark) -> bool {
        generation <= self.since || self.passages.is_some_and(|passages| passages.contains(&words))
    }
}

/// A passage that came since, and what comparing it with others needs.
struct Candidate<'c> {
    article: ArticleId,
    words: TextMark,
    said: Said,
    /// Whether it has words enough not to be said alike by chance.
    long: bool,
    /// The copies of its article.
    group: Option<&'c Group>,
}

impl<'c> Candidate<'c> {
    fn new(passage: &Passage, groups: &'c Groups) -> Self {
        Self {
            article: passage.id.article,
            words: TextMark::of_words(&passage.text),
            said: Said::of(&passage.text),
            long: analysis::words(&passage.text).nth(FEWEST_WORDS - 1).is_some(),
            group: groups.of(passage.id.article),
        }
    }

    /// Whether another article is a copy of this passage's.
    fn copied_in(&self, other: ArticleId) -> bool {
        other != self.article
            && self.group.is_some_and(|group| group.members.iter().any(|member| member.article == other))
    }

    /// Whether it is a copy of a passage of the same words in another article.
    fn repeats(&self, other: ArticleId) -> bool {
        other != self.article && (self.long || self.copied_in(other))
    }

    /// Whether it says nothing but what a passage of a copy of its article says.
    fn retells(&self, other: ArticleId, shingles: &Shingles) -> bool {
        self.copied_in(other) && self.said.adds_nothing_to(shingles)
    }
}

/// A passage of an article that was read.
struct Read {
    words: TextMark,
    shingles: Shingles,
    passage: PassageId,
    outlet: Option<String>,
    published: Option<Publication>,
}

/// A new hit that later ones may be copies of.
struct Kept {
    original: Original,
    words: TextMark,
    shingles: Shingles,
}

/// What is looked up for one search.
struct Lookup<'i> {
    index: AlertIndex<'i>,
    known: Known<'i>,
    /// Articles that were read.
    articles: BTreeMap<ArticleId, Vec<Read>>,
}

impl Lookup<'_> {
    /// What is new, and what came since as a copy.
    fn found(&mut self, query: &Query) -> Result<(Vec<AlertHit>, Vec<AlertHit>), EngineError> {
        let (mut hits, mut copies) = (Vec::new(), Vec::new());
        let mut kept: Vec<Kept> = Vec::new();
        for mut hit in self.since(query)? {
            let candidate = Candidate::new(&hit.passage, self.index.groups);
            hit.copy_of = match self.known_original(&candidate)? {
                None => kept_original(&candidate, &kept),
                original => original,
            };
            if hit.copy_of.is_some() {
                copies.push(hit);
                continue;
            }
            hit.variant_of = self.variant(&hit.passage)?;
            kept.push(Kept { original: original(&hit), words: candidate.words, shingles: candidate.said.shingles() });
            hits.push(hit);
        }
        for hits in [&mut hits, &mut copies] {
            hits.sort_by_key(|hit| (Reverse(day(&hit.passage)), hit.passage.id));
        }
        Ok((hits, copies))
    }

    /// Every passage that matches and came since, in the order in which they came, then as they were published.
    fn since(&self, query: &Query) -> Result<Vec<AlertHit>, EngineError> {
        let Some(query) = self.narrowed(query) else { return Ok(Vec::new()) };
        let asked = asked_speakers(&query);
        let mut hits = Vec::new();
        self.index.engine.each_match(&query, &mut |matched| {
            let Matched { passage, matches } = matched;
            let words = TextMark::of_words(&passage.text);
            // What a run that is under way, or was cut off, has put is new once it is recorded.
            let came = self.index.first_seen.generation(passage.id.article, words);
            if let Some(first_seen) = came.filter(|came| !self.known.holds(*came, words)) {
                let speaker = speaker_shown(&passage, &asked);
                let (highlights, copy_of, variant_of) = (matches, None, None);
                hits.push(AlertHit { passage, highlights, speaker, first_seen, copy_of, variant_of });
            }
            ControlFlow::Continue(())
        })?;
        hits.sort_by_key(|hit| (hit.first_seen, day(&hit.passage).is_none(), day(&hit.passage), hit.passage.id));
        Ok(hits)
    }

    /// The query asked of the few articles that have something new; `None` where none has.
    fn narrowed(&self, query: &Query) -> Option<Query> {
        let came = self.index.first_seen.all().iter().filter(|one| one.generation > self.known.since);
        let articles: BTreeSet<ArticleId> = came.map(|one| one.article).collect();
        if articles.is_empty() {
            return None;
        }
        if articles.len() > NARROWED_TO {
            return Some(query.clone());
        }
        let one = |article: ArticleId| Node::unplaced(Constraint::Id(article.to_string()));
        let narrow = vec![Node::Or(articles.into_iter().map(one).collect())];
        let root = Node::Group(Clauses { any: vec![query.root.clone()], narrow, ..Clauses::default() });
        Some(Query { text: query.text.clone(), root })
    }

    /// What is known and says the same: the same words in another article, or nearly the same in a copy of this one.
    fn known_original(&mut self, candidate: &Candidate<'_>) -> Result<Option<Original>, EngineError> {
        let (known, words) = (self.known, candidate.words);
        let same = self.index.first_seen.of(words).iter();
        let mut same = same.filter(|one| candidate.repeats(one.article) && known.holds(one.generation, words));
        if let Some(sighting) = same.next() {
            let read = self.read(sighting.article)?.iter().find(|read| read.words == words);
            return Ok(Some(known_as(read, sighting.article, sighting.generation)));
        }
        let first_seen = self.index.first_seen;
        for member in candidate.group.into_iter().flat_map(|group| others_of(group, candidate.article)) {
            for read in self.read(member.article)? {
                let came = first_seen.generation(member.article, read.words);
                if let Some(generation) = came.filter(|came| known.holds(*came, read.words))
                    && candidate.retells(member.article, &read.shingles)
                {
                    return Ok(Some(known_as(Some(read), member.article, generation)));
                }
            }
        }
        Ok(None)
    }

    /// The first quotation of a passage that is another version of a known one.
    fn variant(&mut self, passage: &Passage) -> Result<Option<Variant>, EngineError> {
        let (known, first_seen, statements) = (self.known, self.index.first_seen, self.index.statements);
        for (quote, _) in QuoteId::all_of(passage.id).zip(&passage.quotes) {
            let of = statements.of(quote).filter(|statement| statement.versions.contains(&quote));
            for version in of.flat_map(|statement| &statement.versions).filter(|version| **version != quote) {
                let article = version.passage.article;
                let Some(read) = self.read(article)?.iter().find(|read| read.passage == version.passage) else {
                    continue;
                };
                if first_seen.generation(article, read.words).is_some_and(|came| known.holds(came, read.words)) {
                    return Ok(Some(Variant { quote, of: *version, published: read.published.clone() }));
                }
            }
        }
        Ok(None)
    }

    /// The passages of an article; none where it is not in the index.
    fn read(&mut self, article: ArticleId) -> Result<&[Read], EngineError> {
        let passages = match self.articles.entry(article) {
            Entry::Occupied(read) => read.into_mut(),
            Entry::Vacant(unread) => {
                let passages = self.index.engine.article(article)?;
                unread.insert(passages.into_iter().map(Read::of).collect())
            }
        };
        Ok(passages)
    }
}

impl Read {
    fn of(passage: Passage) -> Self {
        Self {
            words: TextMark::of_words(&passage.text),
            shingles: Said::of(&passage.text).shingles(),
            passage: passage.id,
            outlet: passage.article.outlet,
            published: passage.published,
        }
    }
}

/// The new hit that came before and says the same.
fn kept_original(candidate: &Candidate<'_>, kept: &[Kept]) -> Option<Original> {
    let says_it = |kept: &&Kept| {
        let other = kept.original.article;
        (kept.words == candidate.words && candidate.repeats(other)) || candidate.retells(other, &kept.shingles)
    };
    kept.iter().find(says_it).map(|kept| kept.original.clone())
}

/// A known passage as an original; `None`: it is no longer in the index.
fn known_as(read: Option<&Read>, article: ArticleId, first_seen: u32) -> Original {
    Original {
        article,
        passage: read.map(|read| read.passage),
        outlet: read.and_then(|read| read.outlet.clone()),
        published: read.and_then(|read| read.published.clone()),
        first_seen,
        known: true,
    }
}

fn original(hit: &AlertHit) -> Original {
    Original {
        article: hit.passage.id.article,
        passage: Some(hit.passage.id),
        outlet: hit.passage.article.outlet.clone(),
        published: hit.passage.published.clone(),
        first_seen: hit.first_seen,
        known: false,
    }
}

fn day(passage: &Passage) -> Option<jiff::civil::Date> {
    passage.published.as_ref().map(|published| published.date.first())
}
