//! Multinomial logistic regression, learned by `AdaGrad` (Duchi, Hazan, Singer 2011), averaged over its last
//! passes, and rounded to bytes.

use super::super::table::{Table, slot, softmax};

/// How a table is learned.
#[derive(Clone, Copy)]
pub(super) struct Learning {
    /// Slots are two to this power.
    pub(super) bits: u32,
    /// Passes over all choices.
    pub(super) epochs: u16,
}

/// Step of the first pass; later ones are shorter.
const RATE: f32 = 0.03;
/// How much shorter, for each pass.
const SLOWING: f32 = 0.5;
/// Sum of squares that every weight begins with.
const FIRST_SQUARE: f32 = 1e-3;
/// Passes at the end whose weights are averaged.
const AVERAGED: u16 = 3;
/// Errors smaller than this teach nothing.
const LEAST_ERROR: f32 = 1e-4;
/// Share of the weights that one byte holds without being cut.
const WITHIN: f64 = 0.9998;
const SEED: u64 = 0x2545_f491;

/// Candidates of many choices, with the one that is right.
#[derive(Default)]
pub(super) struct Choices {
    features: Vec<u32>,
    /// Where each candidate's features begin.
    candidates: Vec<usize>,
    all: Vec<Choice>,
}

struct Choice {
    first: usize,
    end: usize,
    /// The place of the right candidate, or the right class.
    right: usize,
    fold: usize,
}

impl Choices {
    /// Adds a choice among candidates, each given by its features.
    pub(super) fn push(&mut self, candidates: &[Vec<u32>], right: usize, fold: usize) {
        let first = self.candidates.len();
        for features in candidates {
            self.candidates.push(self.features.len());
            self.features.extend(features);
        }
        self.all.push(Choice { first, end: self.candidates.len(), right, fold });
    }

    /// Adds a choice among candidates that `describe` gives the features of; nothing where none is right.
    pub(super) fn add<C>(
        &mut self,
        candidates: &[C],
        right: Option<usize>,
        fold: usize,
        describe: impl Fn(&C, &mut Vec<u32>),
    ) {
        let Some(right) = right else { return };
        let described = candidates.iter().map(|candidate| {
            let mut features = Vec::new();
            describe(candidate, &mut features);
            features
        });
        self.push(&described.collect::<Vec<_>>(), right, fold);
    }

    fn of(&self, candidate: usize) -> &[u32] {
        let end = self.candidates.get(candidate + 1).copied().unwrap_or(self.features.len());
        &self.features[self.candidates[candidate]..end]
    }
}

/// Weights while they are learned.
struct Weights {
    bits: u32,
    classes: usize,
    values: Vec<f32>,
    squares: Vec<f32>,
    sums: Vec<f32>,
}

impl Weights {
    fn new(bits: u32, classes: usize) -> Self {
        let zeros = vec![0.0; classes << bits];
        let squares = vec![FIRST_SQUARE; zeros.len()];
        Self { bits, classes, sums: zeros.clone(), values: zeros, squares }
    }

    fn slot(&self, feature: u32) -> usize {
        slot(feature, self.bits) * self.classes
    }

    fn score(&self, features: &[u32], class: usize) -> f32 {
        features.iter().map(|feature| self.values[self.slot(*feature) + class]).sum()
    }

    fn correct(&mut self, features: &[u32], class: usize, error: f32, rate: f32) {
        if error.abs() < LEAST_ERROR {
            return;
        }
        for feature in features {
            let slot = self.slot(*feature) + class;
            self.squares[slot] += error * error;
            self.values[slot] -= rate * error / self.squares[slot].sqrt();
        }
    }
}

/// Learns to choose among candidates, but for those of the fold `held_out`.
pub(super) fn candidates(choices: &Choices, learning: Learning, held_out: Option<usize>) -> Table {
    let mut scores = Vec::new();
    passes(choices, learning, 1, held_out, |weights, choice, rate| {
        scores.clear();
        scores.extend((choice.first..choice.end).map(|candidate| weights.score(choices.of(candidate), 0)));
        softmax(&mut scores);
        for (place, probability) in scores.iter().enumerate() {
            let error = probability - f32::from(u8::from(place == choice.right));
            weights.correct(choices.of(choice.first + place), 0, error, rate);
        }
    })
}

/// Learns one of `N` classes from one candidate's features.
pub(super) fn classes<const N: usize>(choices: &Choices, learning: Learning, held_out: Option<usize>) -> Table {
    passes(choices, learning, N, held_out, |weights, choice, rate| {
        let features = choices.of(choice.first);
        let mut scores: [f32; N] = std::array::from_fn(|class| weights.score(features, class));
        softmax(&mut scores);
        for (class, probability) in scores.iter().enumerate() {
            let error = probability - f32::from(u8::from(class == choice.right));
            weights.correct(features, class, error, rate);
        }
    })
}

fn passes(
    choices: &Choices,
    learning: Learning,
    classes: usize,
    held_out: Option<usize>,
    mut teach: impl FnMut(&mut Weights, &Choice, f32),
) -> Table {
    let mut weights = Weights::new(learning.bits, classes);
    let mut order: Vec<&Choice> = choices.all.iter().filter(|choice| Some(choice.fold) != held_out).collect();
    let mut random = Random(SEED);
    for epoch in 0..learning.epochs {
        random.shuffle(&mut order);
        let rate = RATE / (1.0 + f32::from(epoch) * SLOWING);
        for choice in &order {
            teach(&mut weights, choice, rate);
        }
        if learning.epochs - epoch <= AVERAGED {
            for (sum, weight) in weights.sums.iter_mut().zip(&weights.values) {
                *sum += weight / f32::from(learning.epochs.min(AVERAGED));
            }
        }
    }
    rounded(&weights.sums, learning.bits, classes)
}

/// Weights as bytes; the few largest are cut.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "within a byte; a place in a list"
)]
fn rounded(weights: &[f32], bits: u32, classes: usize) -> Table {
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let place = (sizes.len() as f64 * WITHIN) as usize;
    let most = sizes.get(place.min(sizes.len().saturating_sub(1))).copied().unwrap_or(1.0);
    let scale = most / f32::from(i8::MAX);
    let weights = weights.iter().map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8).collect();
    Table { bits, classes, scale, weights }
}

/// Xorshift (Marsaglia 2003): the same order on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffle<T>(&mut self, order: &mut [T]) {
        for at in (1..order.len()).rev() {
            let other = usize::try_from(self.next() % (at as u64 + 1)).unwrap_or(0);
            order.swap(at, other);
        }
    }
}
