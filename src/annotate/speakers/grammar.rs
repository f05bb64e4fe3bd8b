//! Closed classes of English words, from `data/word_classes.toml`.

use std::collections::HashMap;

use super::paragraph::Paragraph;
use super::tokens::{Token, TokenKind};
use super::words::{Word, lookup};

/// A class of words; a word can be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    SubjectPronoun,
    ObjectPronoun,
    Determiner,
    Possessive,
    Auxiliary,
    Be,
    Negation,
    Preposition,
    Conjunction,
    Subordinator,
    Question,
    Adverb,
    Day,
    /// A number in letters, from two.
    Numeral,
    /// After a comma: the content is over.
    Contrast,
}

impl Class {
    const NAMED: [(Self, &'static str); 15] = [
        (Self::SubjectPronoun, "subject_pronouns"),
        (Self::ObjectPronoun, "object_pronouns"),
        (Self::Determiner, "determiners"),
        (Self::Possessive, "possessives"),
        (Self::Auxiliary, "auxiliaries"),
        (Self::Be, "be_forms"),
        (Self::Negation, "negations"),
        (Self::Preposition, "prepositions"),
        (Self::Conjunction, "conjunctions"),
        (Self::Subordinator, "subordinators"),
        (Self::Question, "question_words"),
        (Self::Adverb, "adverbs"),
        (Self::Day, "days"),
        (Self::Numeral, "numerals"),
        (Self::Contrast, "contrasts"),
    ];

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Word → bits of its classes.
pub(super) fn read() -> HashMap<String, u16> {
    let lists: HashMap<String, Vec<String>> =
        toml::from_str(include_str!("../../../data/word_classes.toml")).unwrap_or_default();
    let mut classes = HashMap::new();
    for (class, name) in Class::NAMED {
        for word in lists.get(name).into_iter().flatten() {
            *classes.entry(word.clone()).or_insert(0) |= class.bit();
        }
    }
    classes
}

/// Whether an entry is in one of `classes`.
pub(super) fn has(word: &Word, classes: &[Class]) -> bool {
    let bits = classes.iter().fold(0, |bits, class| bits | class.bit());
    word.classes & bits != 0
}

/// Whether the lower-case `word` is in one of `classes`.
pub(super) fn is(word: &str, classes: &[Class]) -> bool {
    has(lookup(word), classes)
}

/// Whether `word` says how or when: one of the list, or an adverb in -ly.
pub(super) fn is_adverb(word: &str) -> bool {
    is(word, &[Class::Adverb]) || ends_as_adverb(word)
}

fn ends_as_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly") && !matches!(word, "family" | "italy" | "july")
}

impl Paragraph<'_> {
    /// Whether the word at `at` is in one of `classes`.
    pub(super) fn is(&self, at: usize, classes: &[Class]) -> bool {
        self.tokens.get(at).is_some_and(|token| has(token.word, classes))
    }

    /// Whether token `at` says how or when, as [`is_adverb`].
    pub(super) fn is_adverb(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_adverb)
    }

    /// Whether token `at` can stand in a noun phrase, apart from determiners and prepositions.
    pub(super) fn is_nominal(&self, at: usize) -> bool {
        use Class::{Auxiliary, Conjunction, Negation, Preposition, SubjectPronoun, Subordinator};
        self.tokens.get(at).is_some_and(|token| match token.kind {
            TokenKind::Word => {
                token.is_capitalised()
                    && !has(token.word, &[Auxiliary, Conjunction, Subordinator, Preposition, SubjectPronoun])
                    || !has(token.word, &[Auxiliary, Conjunction, Negation, Preposition, SubjectPronoun, Subordinator])
            }
            TokenKind::Number | TokenKind::Genitive => true,
            TokenKind::Mark => false,
        })
    }
}

impl Token<'_> {
    /// Whether it says how or when, as [`is_adverb`].
    pub(super) fn is_adverb(&self) -> bool {
        has(self.word, &[Class::Adverb]) || ends_as_adverb(&self.lower)
    }
}

/// Whether a word is a number, for phrases such as `on June 17`.
pub(super) fn is_number(token: &Token<'_>) -> bool {
    token.kind == TokenKind::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_words() {
        for (class, name) in Class::NAMED {
            assert!(read().values().any(|bits| bits & class.bit() != 0), "{name}");
        }
    }
}
