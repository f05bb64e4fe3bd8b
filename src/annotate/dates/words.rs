//! The word lists of `data/dates.toml`, for whoever reads or dates a mention.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// The lists; what each is for stands in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) forward: HashSet<String>,
    pub(super) forward_infinitives: HashSet<String>,
    pub(super) past: HashSet<String>,
    pub(super) not_past: HashSet<String>,
    pub(super) open: HashSet<String>,
    pub(super) counted: HashSet<String>,
    pub(super) occasions: HashSet<String>,
}

/// The built-in lists; a test reads the file, so that the default is never needed.
pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/dates.toml")).unwrap_or_default());

/// The word that ends right before byte `at`, only spaces between.
pub(super) fn word_before(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?.trim_end_matches(is_space);
    let start = before.char_indices().rev().take_while(|(_, c)| is_word(*c)).last().map(|(start, _)| start)?;
    before.get(start..)
}

/// The word that begins right after byte `at`, only spaces between.
pub(super) fn word_after(text: &str, at: usize) -> Option<&str> {
    let after = text.get(at..)?.trim_start_matches(is_space);
    let end = after.char_indices().find(|(_, c)| !is_word(*c)).map_or(after.len(), |(end, _)| end);
    after.get(..end).filter(|word| !word.is_empty())
}

/// What joins the words of one date; a blank line does not, since it takes two of them.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

pub(super) fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        let words: Words = toml::from_str(include_str!("../../../data/dates.toml")).unwrap();

        assert!(words.forward.contains("will") && words.past.contains("met") && words.counted.contains("delegates"));
    }

    #[test]
    fn neighbouring_words_are_found_at_the_edges_of_a_text() {
        assert_eq!(word_before("he’d said Tuesday", 11), Some("said"));
        assert_eq!(word_before("Tuesday", 0), None);
        assert_eq!(word_before("(Tuesday", 1), None);
        assert_eq!(word_after("Sunday Times", 6), Some("Times"));
        assert_eq!(word_after("Sunday, Times", 6), None);
    }
}
