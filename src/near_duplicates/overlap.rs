//! How much two sets of shingles have in common, and whether that makes one a copy of the other.

use serde::{Deserialize, Serialize};

use crate::model::{ArticleId, Evidence, Why};

/// Shingles that an article must have of its own to be compared; one of fewer is a flash or a teaser, of
/// which two may be alike by chance.
pub const FEWEST: usize = 20;
/// Share of the smaller article that must stand in the larger one.
///
/// Half-way between what merely similar articles share (a third of quotations and formulas) and the least
/// that a copy keeps (a short article with another first paragraph, three fifths); see `docs/evaluation.md`.
pub const CONTAINED: f64 = 0.45;
/// Share that both must have of all their shingles: an excerpt of less than this in a long text is a
/// quotation, not a copy.
pub const RESEMBLES: f64 = 0.2;

/// The sizes of two sets and of their intersection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overlap {
    /// Shingles in both.
    pub shared: usize,
    /// Shingles in the one.
    pub left: usize,
    /// Shingles in the other.
    pub right: usize,
}

impl Overlap {
    /// Share of the smaller set that stands in the larger (Broder 1997), from 0 to 1.
    #[must_use]
    pub fn containment(self) -> f64 {
        ratio(self.shared, self.left.min(self.right))
    }

    /// Share of all that stands in both (Jaccard 1901), from 0 to 1.
    #[must_use]
    pub fn resemblance(self) -> f64 {
        ratio(self.shared, self.left + self.right - self.shared)
    }

    /// Whether one of the two is a copy of the other, whole or in part.
    #[must_use]
    pub fn is_copy(self) -> bool {
        self.left.min(self.right) >= FEWEST && self.containment() >= CONTAINED && self.resemblance() >= RESEMBLES
    }

    /// Why the article of the left set counts as a copy of `of`, the article of the right.
    #[must_use]
    pub fn why(self, of: ArticleId) -> Why {
        let width = super::SHINGLE_WORDS;
        let percent = |share: f64| format!("{:.0} %", share * 100.0);
        let (rule, text) = if self.shared == self.left && self.shared == self.right {
            ("same", format!("all of its {width}-word shingles are those of {of}"))
        } else if self.left <= self.right {
            let share = percent(ratio(self.shared, self.left));
            ("contained", format!("{share} of its {width}-word shingles stand in {of}"))
        } else {
            let share = percent(ratio(self.shared, self.right));
            ("contains", format!("{share} of the {width}-word shingles of {of} stand in it"))
        };
        let counts = format!("{} shared, {} of its own, {} of the other", self.shared, self.left, self.right);
        Why::new(rule, text).with(Evidence::outside("shingles", counts))
    }
}

#[allow(clippy::cast_precision_loss, reason = "a text has far fewer than 2^52 shingles")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_article_is_a_copy_and_a_shared_third_is_not() {
        assert!(Overlap { shared: 100, left: 100, right: 200 }.is_copy());
        assert!(!Overlap { shared: 70, left: 200, right: 200 }.is_copy());
        assert!(!Overlap { shared: 15, left: 15, right: 15 }.is_copy(), "too short to tell");
        assert!(!Overlap { shared: 100, left: 100, right: 900 }.is_copy(), "an excerpt");
    }

    #[test]
    fn the_reason_names_the_share_from_the_articles_side() {
        let of = ArticleId::derive("url", "x");
        let why = |shared, left, right| Overlap { shared, left, right }.why(of);

        assert_eq!(why(97, 100, 200).text, format!("97 % of its 5-word shingles stand in {of}"));
        assert_eq!(why(97, 200, 100).rule, "contains");
        assert_eq!(why(100, 100, 100).rule, "same");
    }
}
