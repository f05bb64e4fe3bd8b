//! A concordance: every match of a query with what stands around it, one a line, sorted.
//!
//! Lines are sorted outside memory ([`RecordSorter`]), so that a million of them take no more than a thousand. Equal
//! keys go by passage id and place: the order depends on neither segments nor threads.

use std::io;

use serde::{Deserialize, Serialize};

use super::context::{Around, Context, Surroundings};
use super::explain::{self, Explanation};
use super::matches::{self, MatchCounts};
use super::{Asked, ViewError};
use crate::config::Rules;
use crate::engine::{Engine, Matched};
use crate::model::{
    Attribution, Confidence, Passage, PassageId, Publication, Quote, Span, Speaker, day_number, fold_name,
};
use crate::store::{RecordSorter, SortedRecords};

/// What the lines of a concordance are sorted by; then by passage id, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KwicSort {
    /// Nothing else.
    #[default]
    Position,
    /// The words before the match, the nearest first, case and diacritics aside.
    Left,
    /// The words behind the match, likewise.
    Right,
    /// The day of publication, undated ones last.
    Date,
    /// The folded name of who says it; what nobody says last.
    Speaker,
}

/// Which concordance is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct KwicRequest {
    /// Of which passages.
    pub asked: Asked,
    /// What is shown beside each match.
    pub context: Context,
    /// In which order.
    pub sort: KwicSort,
}

/// A match and what stands around it. `left`, `matched` and `right` together are one piece of the passage's text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KwicLine {
    /// The passage.
    pub id: PassageId,
    /// Where the match stands, in code points of the passage's text.
    pub span: Span,
    /// The text before it.
    pub left: String,
    /// The match, from its first word to its last.
    #[serde(rename = "match")]
    pub matched: String,
    /// The text behind it.
    pub right: String,
    /// Who says it: the speaker of the innermost quotation that it stands in, else of the turn; `None` where the
    /// article itself says it, or nobody is named.
    pub speaker: Option<Speaker>,
    /// How sure that is.
    pub confidence: Option<Confidence>,
    /// When the article was published, as EDTF: `2025-06-18`, or `2025-06-18/..` where the day is only a bound.
    pub published: Option<String>,
    /// Where it was published.
    pub outlet: Option<String>,
    /// The article's canonical URL.
    pub url: Option<String>,
}

/// A concordance, whose lines are read once.
#[derive(Debug)]
pub struct Concordance {
    /// The query, as typed.
    pub query: String,
    /// How many lines there are.
    pub counts: MatchCounts,
    /// Why there is none, where there is none.
    pub explanation: Option<Explanation>,
    /// The lines in the order that was asked for.
    pub lines: KwicLines,
}

/// The lines of a concordance. An error is one of the temporary files that they come from.
#[derive(Debug)]
pub struct KwicLines(SortedRecords);

impl Iterator for KwicLines {
    type Item = io::Result<KwicLine>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.0.next()?;
        Some(record.and_then(|record| serde_json::from_slice(&record).map_err(io::Error::from)))
    }
}

/// Every match in `engine`; `rules` tell what an alias or a topic's label means. A query without words is an error.
pub fn kwic(engine: &dyn Engine, rules: &Rules, request: &KwicRequest) -> Result<Concordance, ViewError> {
    let query = request.asked.understood(rules)?;
    let mut sorter = RecordSorter::default();
    let counts = matches::each(engine, &query, &mut |matched| add(&mut sorter, &matched, request))?;
    let explanation = if counts.matches == 0 { Some(explain::explain(engine, &query)?) } else { None };
    let lines = KwicLines(sorter.finish().map_err(ViewError::Sorting)?);
    Ok(Concordance { query: query.text, counts, explanation, lines })
}

/// Adds a line for each match of a passage.
fn add(sorter: &mut RecordSorter, matched: &Matched, request: &KwicRequest) -> io::Result<()> {
    let passage = &matched.passage;
    let surroundings = Surroundings::new(&passage.text, request.context);
    for span in &matched.matches {
        let around = surroundings.around(*span);
        let speaker = speaker_of(passage, *span);
        let key = key(request.sort, passage, &surroundings, &around, speaker.as_ref());
        let line = KwicLine {
            id: passage.id,
            span: *span,
            left: surroundings.slice(around.whole.start..around.matched.start).to_owned(),
            matched: surroundings.slice(around.matched.clone()).to_owned(),
            right: surroundings.slice(around.matched.end..around.whole.end).to_owned(),
            confidence: speaker.as_ref().map(|speaker| speaker.confidence),
            speaker: speaker.map(|attribution| attribution.speaker),
            published: passage.published.as_ref().map(Publication::edtf),
            outlet: passage.article.outlet.clone(),
            url: passage.article.url.clone(),
        };
        sorter.push(&key, &serde_json::to_vec(&line)?)?;
    }
    Ok(())
}

/// Who says the words at `span` of a passage's text.
fn speaker_of(passage: &Passage, span: Span) -> Option<Attribution> {
    let (first, last) = (passage.span.start + span.start, passage.span.start + span.end.saturating_sub(1));
    let holds = |quote: &&Quote| {
        let within = |at: usize| quote.spans.iter().any(|span| (span.start..span.end).contains(&at));
        within(first) && within(last)
    };
    let quoted = passage.quotes.iter().filter(holds).min_by_key(|quote| quote.extent().len());
    match quoted {
        Some(quote) => quote.attribution().or_else(|| passage.turn().cloned()),
        None => passage.turn().cloned(),
    }
}

/// Bytes that compare as lines are to be sorted.
fn key(
    sort: KwicSort,
    passage: &Passage,
    surroundings: &Surroundings<'_>,
    around: &Around,
    speaker: Option<&Attribution>,
) -> Vec<u8> {
    // Behind each word, so that a word goes before those that it begins; no word holds a control character.
    const WORD_END: u8 = 1;
    const END: u8 = 0;
    let mut key = Vec::new();
    let mut push = |word: &str| {
        key.extend_from_slice(word.as_bytes());
        key.push(WORD_END);
    };
    match sort {
        KwicSort::Position => {}
        KwicSort::Left => surroundings.words(around.left.clone()).rev().for_each(&mut push),
        KwicSort::Right => surroundings.words(around.right.clone()).for_each(&mut push),
        KwicSort::Speaker => {
            let name = speaker.map(|attribution| fold_name(&attribution.speaker.name));
            // What nobody says goes behind all names, which begin with a letter or a digit.
            push(name.as_deref().unwrap_or("\u{10ffff}"));
            push(speaker.map_or("", |attribution| attribution.speaker.id.as_str()));
        }
        KwicSort::Date => {
            let day = passage.published.as_ref().map_or(i64::MAX, |published| day_number(published.date.first()));
            // Flipping the sign's bit makes signed numbers compare as bytes.
            key.extend_from_slice(&(day ^ i64::MIN).to_be_bytes());
        }
    }
    key.push(END);
    key.extend_from_slice(&passage.id.article.bits().to_be_bytes());
    key.extend_from_slice(&passage.id.n.to_be_bytes());
    key.extend_from_slice(&(around.matched.start as u64).to_be_bytes());
    key.extend_from_slice(&(around.matched.end as u64).to_be_bytes());
    key
}
