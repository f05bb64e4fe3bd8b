//! The words that keep company with a query's matches.
//!
//! A place in a text is counted once, in however many windows it lies, and the words of matches are no collocates, not
//! even of another match (so do the IMS Open Corpus Workbench's tools; others count a place once a match, which lets a
//! word stand in windows more often than in the corpus). Totals are those of the whole index, whatever the filters.

use std::ops::Range;

use foldhash::HashMap;
use serde::Serialize;

use super::association::{Contingency, Measure, log_dice};
use super::context::{Context, Surroundings};
use super::explain::{self, Explanation};
use super::matches::{self, MatchCounts};
use super::{Asked, ViewError};
use crate::analysis::{Analyzer, cut_off};
use crate::config::Rules;
use crate::engine::{Engine, Matched, WordForm};
use crate::lineage::is_function_word;

/// Which collocates are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct CollocatesRequest {
    /// Of which query.
    pub asked: Asked,
    /// How near a word must stand to a match.
    pub window: Context,
    /// What they are ranked by.
    pub measure: Measure,
    /// How often a word must stand in windows.
    pub min_count: u64,
    /// How many at the most.
    pub top: usize,
    /// Whether words are told apart by form or stem.
    pub form: WordForm,
    /// Whether words such as `the` are ranked too.
    pub function_words: bool,
}

/// The collocates of a query.
#[derive(Debug, Clone, PartialEq)]
pub struct CollocatesView {
    /// The query, as typed.
    pub query: String,
    /// How much matches.
    pub counts: MatchCounts,
    /// Why nothing matches, where nothing does.
    pub explanation: Option<Explanation>,
    /// What they are ranked by.
    pub measure: Measure,
    /// Words in windows (R1).
    pub window_words: u64,
    /// Words in the corpus, without those of matches (N).
    pub corpus_words: u64,
    /// How many words stand in windows often enough.
    pub total: usize,
    /// The first of them, the most strongly bound first; equal scores by joint count, then by the word.
    pub collocates: Vec<Collocate>,
}

/// A word near the matches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Collocate {
    /// Folded, or its stem.
    pub word: String,
    /// How often it stands in windows (O11).
    pub joint: u64,
    /// How often it stands in the whole index.
    pub total: u64,
    /// How often it would stand in windows by chance (E11).
    pub expected: f64,
    /// By the measure asked for.
    pub score: f64,
}

/// Ranks the words around the matches in `engine`; `rules` tell what an alias or a topic's label means. A query without
/// words is an error.
pub fn collocates(
    engine: &dyn Engine,
    rules: &Rules,
    request: &CollocatesRequest,
) -> Result<CollocatesView, ViewError> {
    let query = request.asked.understood(rules)?;
    let mut counted = Counted::new(request.form);
    let counts = matches::each(engine, &query, &mut |matched| {
        counted.add(&matched, request.window);
        Ok(())
    })?;
    let explanation = if counts.matches == 0 { Some(explain::explain(engine, &query)?) } else { None };
    let ranked = |word: &str| request.function_words || !is_function_word(word);
    let mut near: Vec<(String, Places)> = counted.words.into_iter().collect();
    near.retain(|(word, places)| places.near > 0 && places.near >= request.min_count && ranked(word));
    near.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let (words, places): (Vec<String>, Vec<Places>) = near.into_iter().unzip();
    let frequencies = engine.frequencies(request.form, &words).map_err(ViewError::Engine)?;
    let corpus_words = frequencies.words.saturating_sub(counted.matched);

    let of = |((word, places), total): ((String, Places), u64)| {
        let table = Contingency {
            joint: places.near,
            window: counted.near,
            word: total.saturating_sub(places.matched).max(places.near),
            all: corpus_words,
        };
        let score = match request.measure {
            Measure::LogDice => log_dice(places.near, counts.matches, total),
            Measure::LogLikelihood => table.log_likelihood(),
            Measure::Pmi => table.pmi(),
        };
        Collocate { word, joint: places.near, total, expected: table.expected(), score }
    };
    let mut collocates: Vec<Collocate> = words.into_iter().zip(places).zip(frequencies.of_each).map(of).collect();
    let total = collocates.len();
    // Stable: equal ones stay in the order of the words.
    collocates.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.joint.cmp(&a.joint)));
    collocates.truncate(request.top);
    Ok(CollocatesView {
        query: query.text,
        counts,
        explanation,
        measure: request.measure,
        window_words: counted.near,
        corpus_words,
        total,
        collocates,
    })
}

/// How often a word stands in windows, and in matches.
#[derive(Debug, Clone, Copy, Default)]
struct Places {
    near: u64,
    matched: u64,
}

/// What is counted over all matches.
struct Counted {
    stemmer: Option<Analyzer>,
    words: HashMap<String, Places>,
    /// Words in windows.
    near: u64,
    /// Words in matches.
    matched: u64,
}

impl Counted {
    fn new(form: WordForm) -> Self {
        let stemmer = (form == WordForm::Stem).then(Analyzer::default);
        Self { stemmer, words: HashMap::default(), near: 0, matched: 0 }
    }

    /// Counts the words in and around the matches of a passage.
    fn add(&mut self, found: &Matched, window: Context) {
        let surroundings = Surroundings::new(&found.passage.text, window);
        let around: Vec<_> = found.matches.iter().map(|span| surroundings.around(*span)).collect();
        let matched = union(around.iter().map(|around| around.left.end..around.right.start));
        let whole = union(around.iter().map(|around| around.left.start..around.right.end));
        for range in &matched {
            for word in surroundings.words(range.clone()) {
                self.matched += 1;
                self.places(word).matched += 1;
            }
        }
        for number in whole.into_iter().flatten() {
            let next = matched.partition_point(|range| range.end <= number);
            if matched.get(next).is_none_or(|range| number < range.start) {
                for word in surroundings.words(number..number + 1) {
                    self.near += 1;
                    self.places(word).near += 1;
                }
            }
        }
    }

    fn places(&mut self, word: &str) -> &mut Places {
        let word = match &self.stemmer {
            Some(stemmer) => stemmer.term(word),
            None => cut_off(word).to_owned(),
        };
        self.words.entry(word).or_default()
    }
}

/// The numbers that any of `ranges` holds, as ranges in order that do not meet.
fn union(ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = ranges.collect();
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_meet_are_one() {
        assert_eq!(union([5..7, 0..2, 1..3, 3..4].into_iter()), [0..4, 5..7]);
    }
}
