//! How strongly a word is bound to a query's matches: measures over one contingency table.
//!
//! Every word of the corpus that is no part of a match is counted once, by whether it stands in the window of any match
//! and whether it is the word in question (Evert 2008, "Corpora and collocations", surface cooccurrence):
//!
//! ```text
//!                     the word   other words
//! in a window           O11          O12        R1 = words in windows
//! elsewhere             O21          O22
//!                       C1                      N  = words outside of matches
//! ```
//!
//! Where nothing binds them, O11 is expected to be E11 = R1 · C1 / N; the other cells likewise.

use serde::Serialize;

/// Which measure of association.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// 14 + log2(2 · joint / (matches + total)): Rychlý (2008), "A lexicographer-friendly association score". It
    /// does not depend on the corpus's size; 14 where each stands only with the other (more only where a word stands
    /// in the windows more often than there are matches), one point less for half as often.
    #[default]
    LogDice,
    /// G² = 2 · Σ O · ln(O / E) over the four cells: Dunning (1993), "Accurate methods for the statistics of surprise
    /// and coincidence". Negative where the word is rarer than expected.
    LogLikelihood,
    /// log2(O11 / E11): pointwise mutual information, Church and Hanks (1990), "Word association norms, mutual
    /// information, and lexicography". They expect matches · total / N, without the size of windows; for all words of
    /// one query the difference is the same. Rare words score high.
    Pmi,
}

impl Measure {
    /// Its name in arguments and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LogDice => "log-dice",
            Self::LogLikelihood => "log-likelihood",
            Self::Pmi => "pmi",
        }
    }
}

/// What is counted of a word and the matches of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Contingency {
    /// O11: how often the word stands in windows.
    pub(super) joint: u64,
    /// R1: words in windows.
    pub(super) window: u64,
    /// C1: how often the word stands outside of matches.
    pub(super) word: u64,
    /// N: words outside of matches.
    pub(super) all: u64,
}

#[allow(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
impl Contingency {
    /// E11.
    pub(super) fn expected(self) -> f64 {
        self.window as f64 * self.word as f64 / self.all as f64
    }

    /// Dunning's G², negative where O11 is below E11.
    pub(super) fn log_likelihood(self) -> f64 {
        let Self { joint, window, word, all } = self;
        let (rows, columns) = ([window, all.saturating_sub(window)], [word, all.saturating_sub(word)]);
        let cells = [
            [joint, window.saturating_sub(joint)],
            [word.saturating_sub(joint), (all + joint).saturating_sub(window + word)],
        ];
        let mut sum = 0.0;
        for (row, cells) in rows.iter().zip(cells) {
            for (column, observed) in columns.iter().zip(cells) {
                if observed > 0 {
                    let expected = *row as f64 * *column as f64 / all as f64;
                    sum += observed as f64 * (observed as f64 / expected).ln();
                }
            }
        }
        let sign = if (self.joint as f64) < self.expected() { -2.0 } else { 2.0 };
        sign * sum
    }

    /// Pointwise mutual information, in bits.
    pub(super) fn pmi(self) -> f64 {
        (self.joint as f64 / self.expected()).log2()
    }
}

/// Rychlý's logDice of a word that stands `joint` times in the windows of `matches` and `total` times in all.
#[allow(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
pub(super) fn log_dice(joint: u64, matches: u64, total: u64) -> f64 {
    14.0 + (2.0 * joint as f64 / (matches as f64 + total as f64)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 10 of the 20 occurrences stand among the 100 words of windows, in a corpus of 10,000.
    const BOUND: Contingency = Contingency { joint: 10, window: 100, word: 20, all: 10_000 };

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 5e-4
    }

    #[test]
    fn measures_are_as_computed_by_hand() {
        // E11 = 100 · 20 / 10,000, and 10 / 0.2 = 50 = 2^5.6439.
        assert!(near(BOUND.expected(), 0.2));
        assert!(near(BOUND.pmi(), 5.6439));
        // 2 · (10 ln 50 + 90 ln(90 / 99.8) + 10 ln(10 / 19.8) + 9,890 ln(9,890 / 9,880.2))
        // = 2 · (39.1202 - 9.3023 - 6.8310 + 9.8049)
        assert!(near(BOUND.log_likelihood(), 65.5837), "{}", BOUND.log_likelihood());
        // 14 + log2(2 · 10 / (25 + 20)) = 14 - 1.1699
        assert!(near(log_dice(10, 25, 20), 12.8301));
    }

    #[test]
    fn what_is_as_frequent_as_expected_is_not_bound() {
        let free = Contingency { joint: 2, window: 100, word: 200, all: 10_000 };

        assert!(near(free.pmi(), 0.0) && near(free.log_likelihood(), 0.0));
    }

    #[test]
    fn what_is_rarer_than_expected_is_repelled() {
        let repelled = Contingency { joint: 1, window: 100, word: 2_000, all: 10_000 };

        assert!(repelled.log_likelihood() < -10.0 && repelled.pmi() < -4.0);
    }

    #[test]
    fn empty_cells_add_nothing() {
        // Every occurrence is in the windows, which hold nothing else.
        let only = Contingency { joint: 5, window: 5, word: 5, all: 10 };

        // 2 · (5 ln 2 + 5 ln 2)
        assert!(near(only.log_likelihood(), 13.8629));
        assert!(near(log_dice(5, 5, 5), 14.0));
    }
}
