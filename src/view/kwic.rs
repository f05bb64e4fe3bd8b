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

/// Words of a sentence that are shown on either side of a match at the most: of a page without the end of a sentence all
/// would be written once a match.
const MOST_WORDS: usize = 500;
/// Stands for what is left out beyond them.
const CUT: char = '…';
/// Words on a side that are compared, however many are shown: the order does not depend on what is.
const SORTED_WORDS: usize = 8;

/// What the lines of a concordance are sorted by; then by passage id, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KwicSort {
    /// Nothing else.
    #[default]
    Position,
    /// The eight words before the match, the nearest first, case and diacritics aside.
    Left,
    /// The eight words behind the match, likewise.
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

/// A match and what stands around it. `left`, `matched` and `right` together are one piece of the passage's text; a
/// side of more words than are shown is cut, which `…` marks.
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
    let voices = Voices::of(passage);
    let most = if request.context == Context::Sentence { MOST_WORDS } else { usize::MAX };
    let published = passage.published.as_ref().map(Publication::edtf);
    for span in &matched.matches {
        let around = surroundings.around(*span);
        let speaker = voices.speaker_at(*span);
        let key = key(request.sort, passage, &surroundings, &around, speaker.map(|(speaker, _)| speaker));
        let (left, right) = sides(&surroundings, &around, most);
        let line = KwicLine {
            id: passage.id,
            span: *span,
            left,
            matched: surroundings.slice(around.matched.clone()).to_owned(),
            right,
            confidence: speaker.map(|(_, confidence)| confidence),
            speaker: speaker.map(|(speaker, _)| speaker.clone()),
            published: published.clone(),
            outlet: passage.article.outlet.clone(),
            url: passage.article.url.clone(),
        };
        sorter.push(&key, &serde_json::to_vec(&line)?)?;
    }
    Ok(())
}

/// The text on either side of a match, of at most so many words; a cut is marked.
fn sides(surroundings: &Surroundings<'_>, around: &Around, most: usize) -> (String, String) {
    let Around { matched, whole, left, right } = around;
    let left = if left.len() > most {
        format!("{CUT} {}", surroundings.slice(surroundings.start_at(left.end - most)..matched.start))
    } else {
        surroundings.slice(whole.start..matched.start).to_owned()
    };
    let right = if right.len() > most {
        format!("{} {CUT}", surroundings.slice(matched.end..surroundings.end_after(right.start + most)))
    } else {
        surroundings.slice(matched.end..whole.end).to_owned()
    };
    (left, right)
}

/// Who says which words of a passage.
struct Voices<'p> {
    start: usize,
    turn: Option<&'p Attribution>,
    /// The shortest first, so that of two that hold a word the inner one is found.
    quotes: Vec<&'p Quote>,
}

impl<'p> Voices<'p> {
    fn of(passage: &'p Passage) -> Self {
        let mut quotes: Vec<&Quote> = passage.quotes.iter().collect();
        quotes.sort_by_key(|quote| quote.extent().len());
        Self { start: passage.span.start, turn: passage.turn(), quotes }
    }

    /// Who says the words at `span` of the passage's text, and how sure that is. A quotation of nobody that is named is
    /// nobody's, also within a turn.
    fn speaker_at(&self, span: Span) -> Option<(&'p Speaker, Confidence)> {
        let (first, last) = (self.start + span.start, self.start + span.end.saturating_sub(1));
        let holds = |quote: &&&Quote| {
            let within = |at: usize| quote.spans.iter().any(|span| (span.start..span.end).contains(&at));
            within(first) && within(last)
        };
        match self.quotes.iter().find(holds) {
            Some(quote) => quote.speaker.as_ref().map(|speaker| (speaker, quote.confidence)),
            None => self.turn.map(|turn| (&turn.speaker, turn.confidence)),
        }
    }
}

/// Bytes that compare as lines are to be sorted.
fn key(
    sort: KwicSort,
    passage: &Passage,
    surroundings: &Surroundings<'_>,
    around: &Around,
    speaker: Option<&Speaker>,
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
        KwicSort::Left => surroundings.words_before(around, SORTED_WORDS).rev().for_each(&mut push),
        KwicSort::Right => surroundings.words_behind(around, SORTED_WORDS).for_each(&mut push),
        KwicSort::Speaker => {
            let name = speaker.map(|speaker| fold_name(&speaker.name));
            // What nobody says goes behind all names, which begin with a letter or a digit.
            push(name.as_deref().unwrap_or("\u{10ffff}"));
            push(speaker.map_or("", |speaker| speaker.id.as_str()));
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
