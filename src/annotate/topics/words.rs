//! Cuts a text into the words that topics are matched by: folded, singular, and stemmed.
//!
//! Words and stems are those of the index ([`crate::analysis`]), so that a passage found by a term is
//! matched by it here too.

use crate::analysis::{self, Analyzer};
use crate::model::{CodePoints, Span};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands, in code points of the text.
    pub(super) span: Span,
    /// Folded, without a plural's or a possessive's ending.
    pub(super) singular: String,
    /// Its term in the index.
    pub(super) stem: String,
}

/// The words of `text`.
pub(super) fn words(analyzer: &Analyzer, text: &str) -> Vec<Word> {
    let points = CodePoints::new(text);
    let word = |(bytes, folded): (std::ops::Range<usize>, String)| {
        let owner = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(&folded);
        let mut singular = singular(owner).to_owned();
        if let Some(stem) = singular.strip_suffix("ie") {
            singular = format!("{stem}y");
        }
        Word { span: points.span(&bytes), singular, stem: analyzer.term(&folded) }
    };
    analysis::words(text).map(word).collect()
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
        words(&Analyzer::default(), text).into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn words_are_folded_parted_and_stemmed() {
        assert_eq!(stems("Railways, RAILWAY’s"), ["railway", "railway"]);
        assert_eq!(stems("good-neighbourliness"), stems("Good Neighbourliness"));
        assert_eq!(stems("communiqués"), stems("communique"));
    }

    #[test]
    fn a_plural_is_known_apart_from_other_kin() {
        let words = words(&Analyzer::default(), "connectivity connects fisheries fishery important imports gas");
        let singular: Vec<&str> = words.iter().map(|word| word.singular.as_str()).collect();

        assert_eq!(singular, ["connectivity", "connect", "fishery", "fishery", "important", "import", "gas"]);
        assert_eq!(words[0].stem, words[1].stem);
    }

    proptest! {
        #[test]
        fn every_word_stands_where_its_span_says(text in "\\PC{0,60}") {
            let words = words(&Analyzer::default(), &text);
            for word in &words {
                prop_assert!(!word.stem.is_empty());
                let slice = word.span.slice(&text);
                prop_assert_eq!(slice.chars().count(), word.span.len());
            }
            prop_assert!(words.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
    }
}
