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
    /// The probability of each candidate that `fill` describes.
    pub(super) fn choose<C>(&self, candidates: &[C], fill: impl Fn(&C, &mut Sum<'_, 1>)) -> Vec<f32> {
        let mut scores: Vec<f32> = candidates
            .iter()
            .map(|candidate| {
                let mut sum = Sum::new(self);
                fill(candidate, &mut sum);
                sum.scores()[0]
            })
            .collect();
        softmax(&mut scores);
        scores
    }

    /// The probability of each of `N` classes of what `fill` describes.
    pub(super) fn classify<const N: usize>(&self, fill: impl Fn(&mut Sum<'_, N>)) -> [f32; N] {
        let mut sum = Sum::new(self);
        fill(&mut sum);
        let mut scores = sum.scores();
        softmax(&mut scores);
        scores
    }
}

/// Features whose weights are fetched together.
const TOGETHER: usize = 64;

/// Sums the weights of features.
///
/// Tables are larger than a core's cache, so that most weights come from afar: slots are kept until there are many,
/// and their weights fetched in a loop that does nothing else, where the processor waits for dozens at a time.
pub(super) struct Sum<'t, const N: usize> {
    weights: &'t [[i8; N]],
    scale: f32,
    mask: u32,
    sums: [i32; N],
    slots: [u32; TOGETHER],
    waiting: usize,
}

impl<'t, const N: usize> Sum<'t, N> {
    fn new(table: &'t Table) -> Self {
        Self {
            weights: table.weights.as_chunks().0,
            scale: table.scale,
            mask: (1 << table.bits) - 1,
            sums: [0; N],
            slots: [0; TOGETHER],
            waiting: 0,
        }
    }

    fn fetch(&mut self) {
        for slot in &self.slots[..self.waiting] {
            if let Some(weights) = self.weights.get(*slot as usize) {
                for (sum, weight) in self.sums.iter_mut().zip(weights) {
                    *sum += i32::from(*weight);
                }
            }
        }
        self.waiting = 0;
    }

    #[allow(clippy::cast_precision_loss, reason = "sums of bytes stay far below 2^23")]
    fn scores(mut self) -> [f32; N] {
        self.fetch();
        self.sums.map(|sum| sum as f32 * self.scale)
    }
}

impl<const N: usize> Sink for Sum<'_, N> {
    #[inline]
    fn put(&mut self, feature: u32) {
        self.slots[self.waiting] = feature & self.mask;
        self.waiting += 1;
        if self.waiting == TOGETHER {
            self.fetch();
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
