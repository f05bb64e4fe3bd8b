//! The words of a text as names are cut, and which of them stand together.

use std::ops::Range;

use super::super::gazetteer::{self, List};
use super::super::grammar::{self, Class};

/// Letters of a word that may keep its point within a name: `C.`, `Prof.`.
const LONGEST_ABBREVIATION: usize = 4;

/// A word of the text.
pub(super) struct Word {
    /// Without a genitive's `'s`.
    pub(super) bytes: Range<usize>,
    /// Whether it may go on with a name that the word before begins.
    pub(super) joined: bool,
}

/// The words of `bytes`, cut as `fold_name` cuts them.
pub(super) fn words(text: &str, bytes: &Range<usize>) -> Vec<Word> {
    let is_inner = |letter: char| matches!(letter, '\'' | '’' | 'ʼ' | '‘');
    let parts = |letter: char| !letter.is_alphanumeric() && !is_inner(letter) && !is_mark(letter);
    let mut words: Vec<Word> = Vec::new();
    let mut genitive = false;
    let mut last_end = bytes.start;
    let mut next = bytes.start;
    for part in text[bytes.clone()].split_inclusive(parts) {
        let begin = next;
        next += part.len();
        let part = part.trim_end_matches(parts);
        let from_word = part.trim_start_matches(is_inner);
        let start = begin + part.len() - from_word.len();
        let trimmed = from_word.trim_end_matches(is_inner);
        if trimmed.is_empty() {
            continue;
        }
        let stem = ["'s", "’s"].iter().find_map(|end| trimmed.strip_suffix(end)).unwrap_or(trimmed);
        let joined = !genitive
            && words.last().is_some_and(|before| {
                let short = text[before.bytes.clone()].chars().count() <= LONGEST_ABBREVIATION;
                match &text[last_end..start] {
                    " " | "-" | "\u{a0}" | "\u{2011}" => true,
                    ". " | "." | ".\u{a0}" => short,
                    _ => false,
                }
            });
        words.push(Word { bytes: start..start + stem.len(), joined });
        genitive = stem.len() < trimmed.len();
        last_end = start + trimmed.len();
    }
    words
}

/// Combining marks belong to the letter before them.
fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// Whether a name is all of the capitals that stand together: not `Kaldan` of `Kaldan Bridge`, nor `Development
/// Bank` of `Polar Development Bank`.
pub(super) fn stands_alone(text: &str, words: &[Word], name: Range<usize>) -> bool {
    let capital = |word: &Word| text[word.bytes.clone()].chars().next().is_some_and(char::is_uppercase);
    let lower = |word: &Word| text[word.bytes.clone()].to_lowercase();
    let follows = words.get(name.end).filter(|next| next.joined && capital(next));
    let goes_on = follows.is_some_and(|next| !gazetteer::is_role(&lower(next)));
    let before =
        name.start.checked_sub(1).map(|at| &words[at]).filter(|before| words[name.start].joined && capital(before));
    let begins_before = before.is_some_and(|before| {
        let word = lower(before);
        let title = gazetteer::is(&word, &[List::Office, List::Male, List::Female, List::Neutral])
            || gazetteer::is_role(&word)
            || word.strip_suffix('s').is_some_and(gazetteer::is_role);
        let function = grammar::is(
            &word,
            &[
                Class::Determiner,
                Class::Preposition,
                Class::Conjunction,
                Class::Subordinator,
                Class::Auxiliary,
                Class::Adverb,
            ],
        );
        !title && !function
    });
    !goes_on && !begins_before
}
