//! Sentence boundaries within a paragraph.
//!
//! Unicode Standard Annex 29 finds the candidates; one after an abbreviation, an initial or within a
//! quotation that goes on is taken back. A quotation that ends a sentence belongs to it.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations after which a sentence goes on, one a line, without their point.
static ABBREVIATIONS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!("../../data/abbreviations.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// The byte ranges of the sentences of `text`, white space at their ends left out; together they hold
/// every letter of it.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, piece) in text.split_sentence_bound_indices() {
        let trimmed = piece.trim_end();
        let start = at + piece.len() - piece.trim_start().len();
        let end = at + trimmed.len();
        if start >= end {
            continue;
        }
        match found.last_mut() {
            Some(open) if goes_on(&text[open.clone()], &text[start..end]) => open.end = end,
            _ => found.push(start..end),
        }
    }
    found
}

/// Whether `next` goes on with the sentence that `before` seemed to end.
fn goes_on(before: &str, next: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || "(\"“‘'[".contains(c)).next().unwrap_or("");
    if let Some(word) = word.strip_suffix('.') {
        let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        if initial || ABBREVIATIONS.contains(&word) {
            return true;
        }
    }
    // A closing mark that the segmenter left to the next piece, or a sentence that begins in lower case.
    next.starts_with(|first: char| first.is_lowercase() || ")]”’".contains(first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn titles_and_initials_end_no_sentence() {
        assert_eq!(
            split("Dr. Solvane met Gen. P. Vael at 9.30 a.m. in Velmar. They spoke of water."),
            ["Dr. Solvane met Gen. P. Vael at 9.30 a.m. in Velmar.", "They spoke of water."]
        );
    }

    #[test]
    fn a_quotation_ends_with_its_mark() {
        assert_eq!(
            split("“We will build.” He left. \"Why?\" she asked."),
            ["“We will build.”", "He left.", "\"Why?\" she asked."]
        );
    }

    proptest! {
        #[test]
        fn no_letter_is_lost(text in "\\PC{0,120}") {
            let joined: String = split(&text).concat();
            let strip = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(strip(&joined), strip(&text));
        }
    }
}
