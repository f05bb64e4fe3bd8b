//! Weights of features, and the probabilities that their sums give.
//!
//! Features are hashed into a table without being kept (Weinberger et al. 2009, "Feature hashing for large
//! scale multitask learning"); weights are rounded to one byte.

/// Takes features one after the other: to sum their weights, or to keep them for training.
pub(super) trait Sink {
    fn put(&mut self, feature: u32);
}

impl Sink for Vec<u32> {
    fn put(&mut self, feature: u32) {
        self.push(feature);
    }
}

/// Weights for each slot and class.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Slots are two to this power.
    pub(super) bits: u32,
    pub(super) classes: usize,
    /// What one step of a weight is worth.
    pub(super) scale: f32,
    /// Slot by slot, class by class.
    pub(super) weights: Vec<i8>,
}

impl Table {
    /// The probability of each candidate that `fill` describes, beside the weights that `known` has of it.
    pub(super) fn choose<C>(
        &self,
        candidates: &[C],
        known: impl Fn(&C) -> i32,
        fill: impl Fn(&C, &mut Sum<'_, 1>),
    ) -> Vec<f32> {
        let score = |candidate| self.score(known(candidate) + self.sum(|sum| fill(candidate, sum))[0]);
        let mut scores: Vec<f32> = candidates.iter().map(score).collect();
        softmax(&mut scores);
        scores
    }

    /// The probability of each of `N` classes of what `fill` describes.
    pub(super) fn classify<const N: usize>(&self, fill: impl Fn(&mut Sum<'_, N>)) -> [f32; N] {
        let mut scores = self.sum(fill).map(|sum| self.score(sum));
        softmax(&mut scores);
        scores
    }

    /// The weights of what `fill` describes, added up for each class.
    pub(super) fn sum<const N: usize>(&self, fill: impl Fn(&mut Sum<'_, N>)) -> [i32; N] {
        let mut sum = Sum::new(self);
        fill(&mut sum);
        sum.sums
    }

    #[allow(clippy::cast_precision_loss, reason = "sums of bytes stay far below 2^23")]
    fn score(&self, sum: i32) -> f32 {
        sum as f32 * self.scale
    }
}

/// The slot of a feature in a table of two to the power of `bits`: its highest bits.
#[inline]
pub(super) fn slot(feature: u32, bits: u32) -> usize {
    ((u64::from(feature) << bits) >> 32) as usize
}

/// Sums the weights of features.
pub(super) struct Sum<'t, const N: usize> {
    weights: &'t [[i8; N]],
    bits: u32,
    sums: [i32; N],
}

impl<'t, const N: usize> Sum<'t, N> {
    fn new(table: &'t Table) -> Self {
        Self { weights: table.weights.as_chunks().0, bits: table.bits, sums: [0; N] }
    }
}

impl<const N: usize> Sink for Sum<'_, N> {
    #[inline]
    fn put(&mut self, feature: u32) {
        if let Some(weights) = self.weights.get(slot(feature, self.bits)) {
            for (sum, weight) in self.sums.iter_mut().zip(weights) {
                *sum += i32::from(*weight);
            }
        }
    }
}

/// Scores to probabilities.
pub(super) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// Pairs of neighbouring classes between which a content was seen to begin or end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Borders {
    /// For the class before, the bits of the classes behind.
    pub(super) rows: Vec<u64>,
}

impl Borders {
    pub(super) fn allows(&self, before: super::scene::Tag, behind: super::scene::Tag) -> bool {
        self.rows.get(before as usize).is_some_and(|row| row >> (behind as u32) & 1 == 1)
    }
}
