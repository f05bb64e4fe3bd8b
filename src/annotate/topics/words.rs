//! Cuts a text into the words that topics are matched by: folded, singular, and stemmed.
//!
//! The stemmer is the English one of the index (Snowball, as Tantivy ships it), so that a passage found
//! by a term is matched by it here too.

use tantivy::tokenizer::{Language, Stemmer, TextAnalyzer, TokenStream, WhitespaceTokenizer};

use crate::model::{Span, fold};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands, in code points of the text.
    pub(super) span: Span,
    /// Folded, without a plural's ending.
    pub(super) singular: String,
    /// Its stem.
    pub(super) stem: String,
}

/// Cuts and stems; cheap to clone.
#[derive(Clone)]
pub(super) struct Analyzer(TextAnalyzer);

impl std::fmt::Debug for Analyzer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Analyzer")
    }
}

impl Analyzer {
    pub(super) fn english() -> Self {
        let stemmer = Stemmer::new(Language::English);
        Self(TextAnalyzer::builder(WhitespaceTokenizer::default()).filter(stemmer).build())
    }

    /// The words of `text`; hyphens part them, and `’s` belongs to none.
    pub(super) fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = cut(text);
        let joined = words.iter().map(|word| word.singular.as_str()).collect::<Vec<_>>().join(" ");
        let mut stems = self.0.token_stream(&joined);
        for word in &mut words {
            // A folded word holds no space, so that there is a stem for each.
            if !stems.advance() {
                break;
            }
            word.stem.clone_from(&stems.token().text);
        }
        drop(stems);
        for word in &mut words {
            word.singular.truncate(singular(&word.singular).len());
            if let Some(stem) = word.singular.strip_suffix("ie") {
                word.singular = format!("{stem}y");
            }
        }
        words
    }
}

/// Runs of letters and digits, folded; the stem is still empty.
fn cut(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut letters = String::new();
    let mut after_apostrophe = false;
    let mut count = 0;
    let mut take = |letters: &mut String, end: usize, possessive: bool| {
        let start = end - letters.chars().count();
        let singular: String = fold(letters).chars().filter(|c| c.is_alphanumeric()).collect();
        if !singular.is_empty() && !(possessive && matches!(singular.as_str(), "s" | "t" | "d" | "ll" | "re" | "ve")) {
            words.push(Word { span: Span::new(start, end), singular, stem: String::new() });
        }
        letters.clear();
    };
    for letter in text.chars() {
        if letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter) {
            letters.push(letter);
        } else {
            if !letters.is_empty() {
                take(&mut letters, count, after_apostrophe);
            }
            after_apostrophe = matches!(letter, '\'' | '’');
        }
        count += 1;
    }
    if !letters.is_empty() {
        take(&mut letters, count, after_apostrophe);
    }
    words
}

/// `word` without the ending of an English plural; `ies` leaves `ie`.
fn singular(word: &str) -> &str {
    let end = |suffix: &str| word.len() > suffix.len() + 1 && word.ends_with(suffix);
    if end("sses") || end("shes") || end("ches") || end("xes") {
        &word[..word.len() - 2]
    } else if end("s") && !end("ss") && !end("us") && !end("is") && word.len() > 3 {
        &word[..word.len() - 1]
    } else {
        word
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stems(text: &str) -> Vec<String> {
        Analyzer::english().words(text).into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn words_are_folded_parted_and_stemmed() {
        assert_eq!(stems("Railways, RAILWAY’s"), ["railway", "railway"]);
        assert_eq!(stems("good-neighbourliness"), stems("Good Neighbourliness"));
        assert_eq!(stems("communiqués"), stems("communique"));
    }

    #[test]
    fn a_plural_is_known_apart_from_other_kin() {
        let words = Analyzer::english().words("connectivity connects fisheries fishery important imports gas");
        let singular: Vec<&str> = words.iter().map(|word| word.singular.as_str()).collect();

        assert_eq!(singular, ["connectivity", "connect", "fishery", "fishery", "important", "import", "gas"]);
        assert_eq!(words[0].stem, words[1].stem);
    }

    proptest! {
        #[test]
        fn every_word_stands_where_its_span_says(text in "\\PC{0,60}") {
            let words = Analyzer::english().words(&text);
            for word in &words {
                prop_assert!(!word.stem.is_empty());
                let slice = word.span.slice(&text);
                prop_assert_eq!(slice.chars().count(), word.span.len());
                prop_assert!(!slice.contains(' '));
            }
            prop_assert!(words.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
    }
}
