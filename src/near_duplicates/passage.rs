//! Whether a passage says anything that a known one does not.
//!
//! Passages are short, so shingles are: of three words. A changed word breaks three of them; where four fifths are
//! left and none but single words changed, the passage is the known one, retouched or cut. A further clause is seen by the
//! words in a row that are new; figures and negations are looked at one by one, since one of them can turn the meaning of
//! a passage of any length.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::shingles::{Shingles, chained, short, windows, word_hash};
use crate::analysis;
use crate::model::fold;

/// Words in a shingle of a passage.
const SHINGLE_WORDS: usize = 3;
/// The share of a passage's shingles, in tenths, that a known text must hold for it to say nothing new; chosen, not
/// tuned.
const KNOWN_TENTHS: usize = 8;
/// New words in a row with which a passage says nothing new still: more are a clause of their own; chosen, not tuned.
const NEW_IN_A_ROW: usize = 4;

#[derive(Deserialize)]
struct File {
    negations: Vec<String>,
}

/// Folded, from the list that differences of quotations are flagged by.
static NEGATIONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    let file: File = toml::from_str(include_str!("../../data/quotation_words.toml")).expect("a list of words");
    file.negations.iter().map(|word| fold(word)).collect()
});

/// The words of a passage, hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its shingles in reading order.
    runs: Vec<u32>,
    /// Of each figure or negation, the shingles that hold it, as places in `runs`.
    telling: Vec<Range<usize>>,
}

impl Said {
    /// The words of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let (mut hashes, mut telling) = (Vec::new(), Vec::new());
        for (at, (_, word)) in analysis::words(text).enumerate() {
            if is_telling(&word) {
                telling.push(at);
            }
            hashes.push(word_hash(&word));
        }
        let runs: Vec<u32> = windows(&hashes, SHINGLE_WORDS).map(|run| short(chained(run))).collect();
        let holding = |at: usize| (at + 1).saturating_sub(SHINGLE_WORDS)..(at + 1).min(runs.len());
        Self { telling: telling.into_iter().map(holding).collect(), runs }
    }

    /// Its shingles as a set.
    #[must_use]
    pub fn shingles(&self) -> Shingles {
        Shingles::of_hashes(self.runs.clone())
    }

    /// How many of its shingles `known` holds.
    #[must_use]
    pub fn held_by(&self, known: &Shingles) -> usize {
        self.runs.iter().filter(|run| known.holds(**run)).count()
    }

    /// Whether `known` holds all but single words of it, each of its figures and negations among them.
    #[must_use]
    pub fn adds_nothing_to(&self, known: &Shingles) -> bool {
        let told = |holding: &Range<usize>| self.runs[holding.clone()].iter().any(|run| known.holds(*run));
        self.held_by(known) * 10 >= self.runs.len() * KNOWN_TENTHS
            && self.new_in_a_row(known) <= NEW_IN_A_ROW
            && self.telling.iter().all(told)
    }

    /// Of the words in a row that `known` does not hold, the most.
    fn new_in_a_row(&self, known: &Shingles) -> usize {
        let (mut start, mut most) = (0, 0);
        for broken in self.runs.split(|run| known.holds(*run)) {
            let end = start + broken.len();
            // Between known words a new one breaks also the shingles that begin before it.
            let beside = if start > 0 && end < self.runs.len() { SHINGLE_WORDS - 1 } else { 0 };
            most = most.max(broken.len().saturating_sub(beside));
            start = end + 1;
        }
        most
    }
}

fn is_telling(word: &str) -> bool {
    let figure = word.starts_with(|first: char| first.is_ascii_digit());
    figure || word.ends_with("n't") || word == "cannot" || NEGATIONS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &str = "The treaty to be signed on Wednesday would forbid either side to interrupt energy flows during a \
                         dispute before 2027, he said, and nobody in the room laughed for a while.";

    fn adds_nothing(text: &str) -> bool {
        Said::of(text).adds_nothing_to(&Said::of(KNOWN).shingles())
    }

    #[test]
    fn a_retouched_or_cut_passage_says_nothing_new() {
        assert!(adds_nothing(KNOWN));
        assert!(adds_nothing(&KNOWN.replace("Wednesday", "Thursday")));
        assert!(adds_nothing("the treaty to be signed on wednesday would forbid either side"));
    }

    #[test]
    fn another_figure_a_negation_and_a_further_sentence_are_new() {
        assert!(!adds_nothing(&KNOWN.replace("2027", "2029")));
        assert!(!adds_nothing(&KNOWN.replace("would forbid", "would not forbid")));
        assert!(!adds_nothing(&format!(
            "{KNOWN} Then the minister rose and said that he would resign in the morning."
        )));
        assert!(!adds_nothing("Nobody laughed"));
        let long =
            [KNOWN, "The hall was full of interpreters, and rain fell on its roof while they spoke of it."].join(" ");
        let said = Said::of(&format!("{long} By then he had gone home."));
        assert!(said.held_by(&Said::of(&long).shingles()) * 10 > said.runs.len() * KNOWN_TENTHS);
        assert!(!said.adds_nothing_to(&Said::of(&long).shingles()));
    }

    #[test]
    fn the_list_of_negations_is_read() {
        assert!(NEGATIONS.contains("not"));
    }
}
