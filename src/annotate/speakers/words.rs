//! What is known of a word: its closed classes, its readings as a cue, and what it means as one.
//!
//! One look for each word of a text; the finders then ask its token.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::cues::{self, Sense};
use super::{gazetteer, grammar, meanings};

/// An entry of the word lists.
#[derive(Debug, Default)]
pub(super) struct Word {
    /// Bits of [`grammar::Class`].
    pub(super) classes: u16,
    /// Bits of [`gazetteer::List`].
    pub(super) lists: u16,
    /// Readings as a cue, those with more words first.
    pub(super) senses: Vec<Sense>,
    /// Numbers of its meanings, see [`meanings`].
    pub(super) meanings: Vec<u8>,
}

/// A word of no list.
pub(super) static UNKNOWN: Word = Word { classes: 0, lists: 0, senses: Vec::new(), meanings: Vec::new() };

/// Slots for each word: most words of a text stand in no list, and see so by the first slot, which is empty.
const SLOTS_EACH: usize = 4;

/// The word lists as one table with open addressing (Knuth 1973, volume 3, section 6.4): eight bytes for a slot, so
/// that all of them stay near.
struct Words {
    entries: Vec<(String, Word)>,
    /// The word's number, 0 where there is none, and its place among the entries.
    slots: Vec<(u32, u32)>,
    bits: u32,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words: HashMap<String, Word> = HashMap::new();
    for (word, classes) in grammar::read() {
        words.entry(word).or_default().classes = classes;
    }
    for (word, lists) in gazetteer::read() {
        words.entry(word).or_default().lists = lists;
    }
    for (word, senses) in cues::read(include_str!("../../../data/cue_verbs.toml")) {
        words.entry(word).or_default().senses = senses;
    }
    for (word, numbers) in meanings::read(include_str!("../../../data/cue_meanings.toml")) {
        words.entry(word).or_default().meanings = numbers;
    }
    Words::of(words)
});

impl Words {
    fn of(words: HashMap<String, Word>) -> Self {
        let size = (words.len() * SLOTS_EACH).next_power_of_two();
        let mut table =
            Self { entries: Vec::with_capacity(words.len()), slots: vec![(0, 0); size], bits: size.trailing_zeros() };
        for (place, (word, entry)) in (0..).zip(words) {
            let number = number(&word);
            let mut at = table.first_slot(number);
            while table.slots[at].0 != 0 {
                at = (at + 1) % size;
            }
            table.slots[at] = (number, place);
            table.entries.push((word, entry));
        }
        table
    }

    /// By the highest bits of a product (Knuth 1973, the same section: multiplicative hashing).
    fn first_slot(&self, number: u32) -> usize {
        (number.wrapping_mul(0x9e37_79b9) >> (u32::BITS - self.bits)) as usize
    }

    fn find(&self, word: &str, number: u32) -> &Word {
        let mut at = self.first_slot(number);
        loop {
            let (found, place) = self.slots[at];
            if found == 0 {
                return &UNKNOWN;
            }
            if found == number {
                let (known, entry) = &self.entries[place as usize];
                if known == word {
                    return entry;
                }
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }
}

/// A word as a number: FNV-1a, 32 bits (Fowler, Noll, Vo); never 0, which stands for no word.
#[inline]
pub(super) fn number(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)) | 1
}

/// What is known of a lower-case word.
pub(super) fn lookup(word: &str) -> &'static Word {
    numbered(word, number(word))
}

/// The same for a word whose number is known.
pub(super) fn numbered(word: &str, number: u32) -> &'static Word {
    WORDS.find(word, number)
}
