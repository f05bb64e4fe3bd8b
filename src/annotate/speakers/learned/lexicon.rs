//! How often a word is a cue: learned from annotated articles, kept as one step for each word.

use std::collections::HashMap;

use foldhash::fast::FixedState;

/// Steps of how often a word is a cue, from rarely to nearly always.
const STEPS: [f32; 9] = [0.01, 0.03, 0.06, 0.12, 0.2, 0.35, 0.5, 0.7, 0.85];
/// Taken off a word's count as a cue, so that one sight of a rare word weighs little.
const DISCOUNT: f32 = 0.3;
/// What is left at least of a count.
const LEAST: f32 = 0.05;

/// How often a word was a cue, and how often it was seen outside quotations.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    pub(super) cue: u32,
    pub(super) seen: u32,
}

/// Word → counts.
pub(super) type Counts = HashMap<u32, Count, FixedState>;

/// Words that can be cues, by [`super::scene::hash_word`].
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    pub(super) steps: HashMap<u32, u8, FixedState>,
}

impl Lexicon {
    /// From counts.
    pub(super) fn learn(counts: &Counts) -> Self {
        let steps = counts.iter().map(|(word, count)| (*word, step(*count))).filter(|(_, step)| *step > 0).collect();
        Self { steps }
    }

    /// The step of a word; 0 for one that is no cue.
    pub(super) fn prior(&self, word: u32) -> u8 {
        self.steps.get(&word).copied().unwrap_or(0)
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn step(count: Count) -> u8 {
    if count.cue == 0 {
        return 0;
    }
    let share = (count.cue as f32 - DISCOUNT).max(LEAST) / (count.seen as f32 + 1.0);
    (0..).zip(STEPS).take_while(|(_, least)| share >= *least).last().map_or(0, |(step, _)| step + 1)
}
