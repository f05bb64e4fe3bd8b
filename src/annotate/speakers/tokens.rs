//! The words and marks of one paragraph, as attribution reads them.
//!
//! Abbreviations keep their point (`Mr.`, `U.S.`), so that a point token ends a sentence; the
//! genitive's `'s` is a token of its own, so that a name in the genitive is still that name.

use std::borrow::Cow;
use std::ops::Range;

use super::words::{self, Word};
use crate::annotate::abbreviations;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, with inner hyphens and apostrophes.
    Word,
    /// Digits, with inner points and commas.
    Number,
    /// `'s` or `’s` after a word.
    Genitive,
    /// One character that is neither.
    Mark,
}

/// A word or a mark.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    /// Bytes in the article's text.
    pub(super) bytes: Range<usize>,
    /// As written.
    pub(super) text: &'t str,
    /// In lower case, with a straight apostrophe.
    pub(super) lower: Cow<'t, str>,
    /// What it is.
    pub(super) kind: TokenKind,
    /// Its first character, past an article such as `al-`; of two apostrophes, the quote mark that they are.
    first: char,
    /// Its lower-case letters as a number, see [`words::number`].
    pub(super) number: u32,
    /// What the word lists say of it.
    pub(super) word: &'static Word,
}

/// Articles of Arabic names, before a hyphen: `al-Khatib` is a name however it begins.
const ARTICLES: [&str; 8] = ["al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "an-"];
/// Bytes of the longest of them, hyphen included.
const LONGEST_ARTICLE: usize = 4;

impl Token<'_> {
    /// Whether it begins with a capital letter (or a letter of a script without case).
    pub(super) fn is_capitalised(&self) -> bool {
        self.kind == TokenKind::Word && self.first.is_uppercase()
    }

    /// Whether it is this mark.
    #[inline]
    pub(super) fn is_mark(&self, marks: &[char]) -> bool {
        self.kind == TokenKind::Mark && marks.contains(&self.first)
    }

    /// Whether it is a word, a number or a genitive.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Number)
    }
}

/// Splits `text[range]` into tokens, whose offsets count in `text`.
pub(super) fn tokenise(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let Some(paragraph) = text.get(range.clone()) else { return Vec::new() };
    let mut tokens = Vec::with_capacity(paragraph.len() / 5);
    let mut at = 0;
    while let Some(letter) = paragraph.get(at..).and_then(|rest| rest.chars().next()) {
        let start = at;
        at += letter.len_utf8();
        if letter.is_whitespace() {
            continue;
        }
        if letter.is_alphanumeric() {
            let end = start + word_length(paragraph.get(start..).unwrap_or(""));
            push_word(&mut tokens, text, range.start + start..range.start + end);
            // An abbreviation's point belongs to its token.
            at = tokens.last().map_or(end, |token| token.bytes.end - range.start);
            continue;
        }
        // Two straight apostrophes are one quote mark in the texts of some archives.
        if letter == '\'' && paragraph.as_bytes().get(at) == Some(&b'\'') {
            at += 1;
        }
        push(&mut tokens, text, range.start + start..range.start + at, TokenKind::Mark);
    }
    tokens
}

/// Bytes of the word at the beginning of `rest`, which begins with a letter or digit.
fn word_length(rest: &str) -> usize {
    // Most letters are plain ones.
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let mut end = plain;
    let mut letters = rest[plain..].char_indices().map(|(at, letter)| (plain + at, letter)).peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let joins = matches!(letter, '\'' | '’' | '-' | '‐' | '‑' | '.' | '&' | ',')
            && next.is_some_and(|next| joins_words(letter, &rest[..at], next));
        if !(letter.is_alphanumeric() || joins || !letter.is_ascii() && is_combining(letter)) {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

/// Whether `letter` between `before` and `next` is inside a word.
fn joins_words(letter: char, before: &str, next: char) -> bool {
    let last = before.chars().next_back();
    let digits = last.is_some_and(|last| last.is_ascii_digit()) && next.is_ascii_digit();
    match letter {
        ',' => digits,
        // `U.S`, `D-N.C`, `1.5`, but not the missing space of `year.But`.
        '.' => {
            let letter = before.rsplit(['.', '-']).next().is_some_and(|part| part.chars().count() == 1);
            digits || letter && next.is_alphabetic()
        }
        _ => next.is_alphanumeric(),
    }
}

fn is_combining(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

fn push_word<'t>(tokens: &mut Vec<Token<'t>>, text: &'t str, mut bytes: Range<usize>) {
    let word = text.get(bytes.clone()).unwrap_or("");
    if word.chars().all(|letter| letter.is_numeric() || matches!(letter, '.' | ',')) {
        push(tokens, text, bytes, TokenKind::Number);
        return;
    }
    let genitive = || ["'s", "’s", "'S", "’S"].iter().find(|end| word.len() > end.len() && word.ends_with(**end));
    if let Some(end) = word.ends_with(['s', 'S']).then(genitive).flatten() {
        let cut = bytes.end - end.len();
        push(tokens, text, bytes.start..cut, TokenKind::Word);
        push(tokens, text, cut..bytes.end, TokenKind::Genitive);
        return;
    }
    if text.get(bytes.end..).is_some_and(|rest| rest.starts_with('.')) && keeps_point(word) {
        bytes.end += 1;
    }
    push(tokens, text, bytes, TokenKind::Word);
}

/// Whether a point after `word` belongs to it.
fn keeps_point(word: &str) -> bool {
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    initial || word.len() > 2 && abbreviations::is_dotted(word) || abbreviations::keeps_point(word)
}

fn push<'t>(tokens: &mut Vec<Token<'t>>, text: &'t str, bytes: Range<usize>, kind: TokenKind) {
    let slice = text.get(bytes.clone()).unwrap_or("");
    let lower = in_lower_case(slice, kind);
    let number = words::number(&lower);
    let word = if kind == TokenKind::Word { words::numbered(&lower, number) } else { &words::UNKNOWN };
    let hyphenated = slice.bytes().take(LONGEST_ARTICLE).any(|byte| byte == b'-');
    let article = || ARTICLES.iter().find_map(|article| slice.strip_prefix(article));
    let name = hyphenated.then(article).flatten().unwrap_or(slice);
    let first = if slice == "''" { '"' } else { name.chars().next().unwrap_or_default() };
    tokens.push(Token { bytes, text: slice, lower, kind, first, number, word });
}

/// Marks have no case, and most words are in lower case as written.
fn in_lower_case(slice: &str, kind: TokenKind) -> Cow<'_, str> {
    match kind {
        TokenKind::Genitive => Cow::Borrowed("'s"),
        TokenKind::Mark if slice == "’" => Cow::Borrowed("'"),
        TokenKind::Mark => Cow::Borrowed(slice),
        _ if slice.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) => Cow::Borrowed(slice),
        _ if slice.is_ascii() => Cow::Owned(slice.to_ascii_lowercase()),
        _ => Cow::Owned(slice.to_lowercase().replace('’', "'")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokenise(text, 0..text.len()).iter().map(|token| token.text).collect()
    }

    #[test]
    fn a_title_keeps_its_point_and_a_sentence_does_not() {
        assert_eq!(words("Mr. Vael left Kesh."), ["Mr.", "Vael", "left", "Kesh", "."]);
        assert_eq!(words("C. Dumonceau, not I."), ["C.", "Dumonceau", ",", "not", "I", "."]);
    }

    #[test]
    fn a_genitive_is_split_from_its_name() {
        assert_eq!(words("Kaldan’s good-neighbour don't"), ["Kaldan", "’s", "good-neighbour", "don't"]);
    }

    proptest! {
        #[test]
        fn tokens_stand_in_order_and_are_what_they_say(text in "\\PC{0,120}") {
            let mut end = 0;
            for token in tokenise(&text, 0..text.len()) {
                prop_assert!(token.bytes.start >= end && !token.bytes.is_empty());
                prop_assert_eq!(&text[token.bytes.clone()], token.text);
                end = token.bytes.end;
            }
        }
    }
}
