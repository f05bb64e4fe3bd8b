//! The formula: BM25F in its simple form, in which occurrences are weighted by field and summed before they saturate
//! (Robertson, Zaragoza & Taylor 2004, "Simple BM25 extension to multiple weighted fields").

use super::{ByField, FIELDS};
use crate::config::Ranking;

/// The formula with its constants for one kind of thing: passages, articles or wholes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Formula {
    k1: f64,
    b: f64,
    weights: [f64; FIELDS],
    average: f64,
}

impl Formula {
    /// For things of `average` lengths by field.
    pub(super) fn new(ranking: &Ranking, average: [f64; FIELDS]) -> Self {
        let weights = [ranking.text, ranking.title, ranking.speaker, ranking.heading];
        let average: f64 = weights.iter().zip(average).map(|(weight, length)| weight * length).sum();
        Self { k1: ranking.k1, b: ranking.b, weights, average: average.max(f64::MIN_POSITIVE) }
    }

    /// What rarity is multiplied by, from 0 to below `k1 + 1`.
    pub(super) fn saturated(&self, counts: ByField, lengths: ByField) -> f64 {
        self.saturate(self.weighted(counts), lengths)
    }

    /// The same of occurrences that are weighted already.
    pub(super) fn saturate(&self, occurrences: f64, lengths: ByField) -> f64 {
        if occurrences <= 0.0 {
            return 0.0;
        }
        let norm = self.k1 * (1.0 - self.b + self.b * self.weighted(lengths) / self.average);
        (self.k1 + 1.0) * occurrences / (occurrences + norm)
    }

    /// What no number of occurrences surpasses.
    pub(super) fn ceiling(&self) -> f64 {
        self.k1 + 1.0
    }

    fn weighted(&self, counts: ByField) -> f64 {
        let mut sum = 0.0;
        for (weight, count) in self.weights.iter().zip(counts) {
            sum += weight * f64::from(count);
        }
        sum
    }
}

/// Inverse document frequency, never below zero (Lucene's form of Robertson & Spärck Jones 1976).
#[allow(clippy::cast_precision_loss, reason = "document counts are far below 2^52")]
pub(super) fn rarity(documents: u64, holding: u64) -> f64 {
    let holding = holding.min(documents) as f64;
    (1.0 + (documents as f64 - holding + 0.5) / (holding + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_one_field_it_is_bm25() {
        let formula = Formula::new(&Ranking { k1: 1.2, b: 0.75, ..Ranking::default() }, [100.0, 0.0, 0.0, 0.0]);

        let score = rarity(10, 2) * formula.saturated([3, 0, 0, 0], [100, 0, 0, 0]);

        assert!((score - (1.0_f64 + 8.5 / 2.5).ln() * 2.2 * 3.0 / 4.2).abs() < 1e-12, "{score}");
    }

    #[test]
    fn two_fields_saturate_together() {
        let formula = Formula::new(&Ranking { title: 1.0, ..Ranking::default() }, [50.0, 10.0, 0.0, 0.0]);

        assert_eq!(formula.saturated([1, 1, 0, 0], [50, 10, 0, 0]), formula.saturated([2, 0, 0, 0], [60, 0, 0, 0]));
        assert!(formula.saturated([999, 99, 0, 0], [50, 10, 0, 0]) < formula.ceiling());
    }
}
