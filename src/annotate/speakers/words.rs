//! What is known of a word: its closed classes, its readings as a cue, and what it means as one.
//!
//! One look for each word of a text; the finders then ask its token.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::cues::{self, Sense};
use super::{grammar, meanings};

/// An entry of the word lists.
#[derive(Debug, Default)]
pub(super) struct Word {
    /// Bits of [`grammar::Class`].
    pub(super) classes: u16,
    /// Readings as a cue, those with more words first.
    pub(super) senses: Vec<Sense>,
    /// Numbers of its meanings, see [`meanings`].
    pub(super) meanings: Vec<u8>,
}

/// A word of no list.
pub(super) static UNKNOWN: Word = Word { classes: 0, senses: Vec::new(), meanings: Vec::new() };

static WORDS: LazyLock<HashMap<String, Word, FixedState>> = LazyLock::new(|| {
    let mut words: HashMap<String, Word, FixedState> = HashMap::default();
    for (word, classes) in grammar::read() {
        words.entry(word).or_default().classes = classes;
    }
    for (word, senses) in cues::read(include_str!("../../../data/cue_verbs.toml")) {
        words.entry(word).or_default().senses = senses;
    }
    for (word, numbers) in meanings::read(include_str!("../../../data/cue_meanings.toml")) {
        words.entry(word).or_default().meanings = numbers;
    }
    words
});

/// What is known of a lower-case word.
pub(super) fn lookup(word: &str) -> &'static Word {
    WORDS.get(word).unwrap_or(&UNKNOWN)
}
