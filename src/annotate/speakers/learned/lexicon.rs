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

/// Words that can be cues, by [`super::super::words::number`].
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    steps: HashMap<u32, u8, FixedState>,
    /// For the upper halves of words, whether one of them is in `steps`: most words are seen by one bit to be no cues.
    uppers: Vec<u64>,
}

impl Lexicon {
    /// From counts.
    pub(super) fn learn(counts: &Counts) -> Self {
        Self::of(counts.iter().map(|(word, count)| (*word, step(*count))).filter(|(_, step)| *step > 0))
    }

    /// From words and their steps.
    pub(super) fn of(words: impl IntoIterator<Item = (u32, u8)>) -> Self {
        let steps: HashMap<u32, u8, FixedState> = words.into_iter().collect();
        let mut uppers = vec![0; 1 << (u16::BITS - 6)];
        for word in steps.keys() {
            let (place, bit) = upper(*word);
            uppers[place] |= bit;
        }
        Self { steps, uppers }
    }

    /// Every word with its step, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = (u32, u8)> {
        self.steps.iter().map(|(word, step)| (*word, *step))
    }

    /// The step of a word; 0 for one that is no cue.
    pub(super) fn prior(&self, word: u32) -> u8 {
        let (place, bit) = upper(word);
        if self.uppers.get(place).is_none_or(|bits| bits & bit == 0) {
            return 0;
        }
        self.steps.get(&word).copied().unwrap_or(0)
    }
}

/// Where the bit of a word's upper half stands.
fn upper(word: u32) -> (usize, u64) {
    let half = word >> 16;
    ((half >> 6) as usize, 1 << (half & 63))
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn step(count: Count) -> u8 {
    if count.cue == 0 {
        return 0;
    }
    let share = (count.cue as f32 - DISCOUNT).max(LEAST) / (count.seen as f32 + 1.0);
    (0..).zip(STEPS).take_while(|(_, least)| share >= *least).last().map_or(0, |(step, _)| step + 1)
}
