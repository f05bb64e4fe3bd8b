//! Every quotation that matches, with little more than its id, so that all of an index can be looked at.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::permits::Voice;
use super::{LeftOut, QuotesBy, QuotesRequest, SaidId, SaidKind};
use crate::analysis::{self, Analyzer};
use crate::engine::{By, Engine, Matched, Page};
use crate::lineage::seconds;
use crate::model::{Attribution, Confidence, Passage, PassageId, QuoteId, Span, Speaker, SpeakerId};
use crate::near_duplicates::word_hash;
use crate::query::Query;
use crate::view::ViewError;
use crate::view::matches::asks_for_words;

/// Words from which on the same words of the same speaker are the same statement, as in `lineage`: shorter ones, such as
/// `Yes, of course`, are said twice.
const LEAST_WORDS: usize = 6;
/// Letters that may stand before the label of a turn: a bracket, a dash and a blank.
const MOST_BEFORE_LABEL: usize = 2;

/// What was found.
pub(super) struct Gathered {
    pub(super) found: Vec<Found>,
    /// Passages that match.
    pub(super) passages: usize,
    pub(super) left_out: LeftOut,
}

/// Who says something, if anybody is named, and the hash of the folded words.
pub(super) type Wording = (Option<SpeakerId>, u64);

/// A quotation that matches.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) id: SaidId,
    /// What it is put together by.
    pub(super) key: Option<String>,
    /// The place of its passage in the order that was asked for.
    pub(super) rank: usize,
    /// In seconds since 1970.
    pub(super) published: Option<i64>,
    /// Where the query matches within its words, in code points of the passage's text.
    pub(super) matches: Vec<Span>,
    /// Who says it in which words; `None` where it is short.
    pub(super) wording: Option<Wording>,
}

/// Something said in a passage.
pub(super) struct Spoken<'p> {
    pub(super) id: SaidId,
    pub(super) kind: SaidKind,
    pub(super) speaker: Option<&'p Speaker>,
    pub(super) confidence: Confidence,
    /// In code points of the article's text.
    pub(super) spans: Vec<Span>,
}

/// What is said in a passage: the whole of it where it is a turn, then each quotation.
pub(super) fn spoken(passage: &Passage) -> impl Iterator<Item = Spoken<'_>> {
    let turn = passage.turn().map(|own| Spoken {
        id: SaidId::Turn(passage.id),
        kind: SaidKind::of_turn(passage.kind),
        speaker: Some(&own.speaker),
        confidence: own.confidence,
        spans: vec![unlabelled(passage, own)],
    });
    let quotes = QuoteId::all_of(passage.id).zip(&passage.quotes).map(|(id, quote)| Spoken {
        id: SaidId::Quote(id),
        kind: SaidKind::of_quote(quote.kind),
        speaker: quote.speaker.as_ref(),
        confidence: quote.confidence,
        spans: quote.spans.clone(),
    });
    turn.into_iter().chain(quotes)
}

/// Where a turn's words stand, without the label that names its speaker.
fn unlabelled(passage: &Passage, turn: &Attribution) -> Span {
    let labels = turn.why.evidence.iter().filter(|evidence| evidence.part == "label");
    let spans = labels.filter_map(|label| label.span).filter(|span| passage.span.covers(*span));
    let whole = passage.span;
    let Some(label) = spans.filter(|span| span.start <= whole.start + MOST_BEFORE_LABEL).max_by_key(|span| span.end)
    else {
        return whole;
    };
    let rest = Span::new(label.end, whole.end).relative_to(whole.start).slice(&passage.text);
    let is_bound = |letter: &char| letter.is_whitespace() || ":.)]*_-–—".contains(*letter);
    let words = label.end + rest.chars().take_while(is_bound).count();
    // A turn of its label alone is left as it is.
    if words < whole.end { Span::new(words, whole.end) } else { whole }
}

pub(super) fn gather(engine: &dyn Engine, query: &Query, request: &QuotesRequest) -> Result<Gathered, ViewError> {
    let page = Page { top: usize::MAX, by: By::Passage, sort: request.sort };
    let refused = |error| ViewError::engine(&query.text, error);
    let names = engine.names(query, page).map_err(refused)?;
    let ranks: HashMap<PassageId, usize> =
        names.into_iter().enumerate().map(|(rank, name)| (name.passage, rank)).collect();
    let (analyzer, asks_words) = (Analyzer::default(), asks_for_words(&query.root));
    let mut gathered = Gathered { found: Vec::new(), passages: 0, left_out: LeftOut::default() };
    let mut visit = |matched: Matched| {
        let Matched { passage, matches } = matched;
        gathered.passages += 1;
        let left_out = &mut gathered.left_out;
        for said in spoken(&passage) {
            let within = within(&passage, &said.spans, &matches);
            if !Voice::new(said.speaker, &analyzer).permitted_by(&query.root) {
                left_out.other_speakers += 1;
            } else if asks_words && within.is_empty() {
                left_out.without_match += 1;
            } else if !request.kinds.contains(&said.kind) {
                left_out.other_kinds += 1;
            } else if request.min_confidence.is_some_and(|least| said.confidence.value() < least) {
                left_out.unsure += 1;
            } else {
                gathered.found.push(Found {
                    id: said.id,
                    key: key(&passage, said.speaker, request.group),
                    rank: ranks.get(&passage.id).copied().unwrap_or(usize::MAX),
                    published: passage.published.as_ref().map(seconds),
                    matches: within,
                    wording: wording(&passage, &said),
                });
            }
        }
        ControlFlow::Continue(())
    };
    engine.each_match(query, &mut visit).map_err(refused)?;
    Ok(gathered)
}

/// The matches whose first and last words stand in `spans`, which are of the article's text.
fn within(passage: &Passage, spans: &[Span], matches: &[Span]) -> Vec<Span> {
    let start = passage.span.start;
    let holds = |at: usize| spans.iter().any(|span| span.start <= at && at < span.end);
    let inside = |found: &&Span| !found.is_empty() && holds(start + found.start) && holds(start + found.end - 1);
    matches.iter().filter(inside).copied().collect()
}

fn key(passage: &Passage, speaker: Option<&Speaker>, by: QuotesBy) -> Option<String> {
    match by {
        QuotesBy::Speaker => speaker.map(|speaker| speaker.id.to_string()),
        QuotesBy::Topic => passage.topics.first().map(|topic| topic.id.to_string()),
        QuotesBy::Article => Some(passage.article.id.to_string()),
    }
}

fn wording(passage: &Passage, said: &Spoken<'_>) -> Option<Wording> {
    let texts = said.spans.iter().map(|span| span.relative_to(passage.span.start).slice(&passage.text));
    let words: Vec<String> = texts.flat_map(analysis::words).map(|(_, word)| word).collect();
    (words.len() >= LEAST_WORDS)
        .then_some((said.speaker.map(|speaker| speaker.id.clone()), word_hash(&words.join(" "))))
}
