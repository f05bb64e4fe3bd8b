//! Cuts text into terms: the one analyzer that index, queries and topics share.
//!
//! Word boundaries of Unicode Standard Annex 29, folded ([`crate::model::fold`]), then the English
//! Snowball stemmer (Porter 2001, "Snowball: a language for stemming algorithms"). No stop words are
//! left out, so that every word can be searched and every phrase keeps its positions.

use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::fold;

/// Terms longer than this, in bytes, are cut off: no word of a language is, and a postings key
/// should not grow with hostile input.
const LONGEST_TERM: usize = 120;

/// One occurrence of a term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Folded and stemmed.
    pub term: String,
    /// The word's bytes in the text.
    pub bytes: Range<usize>,
    /// How many tokens stand before it.
    pub position: usize,
}

/// Cuts texts into terms.
#[derive(Clone)]
pub struct Analyzer {
    stemmer: Stemmer,
}

impl Default for Analyzer {
    fn default() -> Self {
        Self { stemmer: Stemmer::new(Algorithm::English) }
    }
}

impl Analyzer {
    /// The tokens of `text`, in order.
    pub fn tokens<'t>(&self, text: &'t str) -> impl Iterator<Item = Token> + use<'t> {
        let analyzer = self.clone();
        words(text).enumerate().map(move |(position, (bytes, word))| Token {
            term: analyzer.term(&word),
            bytes,
            position,
        })
    }

    /// The term of a word that is folded already.
    pub fn term(&self, word: &str) -> String {
        cut_off(&self.stemmer.stem(word)).to_owned()
    }

    /// The terms of `text`, in order.
    pub fn terms(&self, text: &str) -> Vec<String> {
        self.tokens(text).map(|token| token.term).collect()
    }
}

/// The words of `text`, folded but not stemmed, with their bytes. `U.S` becomes `us` and `1,140` becomes
/// `1140`, as people search for them.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    text.unicode_word_indices().filter_map(|(at, word)| {
        let mut folded = if word.is_ascii() { word.to_ascii_lowercase() } else { fold(word) };
        if is_pointed_abbreviation(&folded) {
            folded.retain(|letter| letter != '.');
        } else if folded.starts_with(|first: char| first.is_ascii_digit()) {
            folded.retain(|letter| letter != ',');
        }
        // A lone combining mark folds to nothing.
        (!folded.is_empty()).then(|| (at..at + word.len(), folded))
    })
}

/// A word as it is written, for comparing with case and diacritics: composed (Unicode Standard Annex 15, NFC), with
/// straight apostrophes, so that one spelling has one form.
pub fn exact_form(word: &str) -> String {
    let plain = |letter| if matches!(letter, '’' | '‘' | 'ʼ' | 'ʻ' | '＇') { '\'' } else { letter };
    let form: String = if word.is_ascii() { word.to_owned() } else { word.nfc().map(plain).collect() };
    cut_off(&form).to_owned()
}

/// `term` as far as an index holds it.
pub fn cut_off(term: &str) -> &str {
    &term[..term.floor_char_boundary(LONGEST_TERM)]
}

/// Whether single letters are joined by points, as in `u.s` or `e.u`.
fn is_pointed_abbreviation(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terms(text: &str) -> Vec<String> {
        Analyzer::default().terms(text)
    }

    #[test]
    fn spellings_of_one_word_give_one_term() {
        assert_eq!(terms("Ömer"), terms("OMER"));
        assert_eq!(terms("Kaldan’s"), terms("Kaldan's"));
        assert_eq!(terms("railways"), terms("Railway"));
        assert_eq!(terms("U.S."), ["us"]);
        assert_eq!(terms("1,140 km"), ["1140", "km"]);
    }

    #[test]
    fn a_hyphenated_word_is_several_terms() {
        assert_eq!(terms("Kastria-Zhemeria").len(), 2);
    }

    proptest! {
        #[test]
        fn tokens_slice_the_text_in_order(text in "\\PC{0,80}") {
            let mut end = 0;
            for (index, token) in Analyzer::default().tokens(&text).enumerate() {
                prop_assert_eq!(token.position, index);
                prop_assert!(token.bytes.start >= end);
                prop_assert!(text.get(token.bytes.clone()).is_some());
                end = token.bytes.end;
            }
        }
    }
}
