//! Words that begin sentences, from `data/sentence_openers.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize, Default)]
struct File {
    strong: Vec<String>,
    weak: Vec<String>,
}

/// Each word, and whether it is strong.
static OPENERS: LazyLock<HashMap<String, bool>> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/sentence_openers.toml")).unwrap_or_default();
    let weak = file.weak.into_iter().map(|word| (word, false));
    weak.chain(file.strong.into_iter().map(|word| (word, true))).collect()
});

/// The longest opener, in bytes; longer words are none.
const LONGEST: usize = 24;

/// Whether `text` begins with a capitalised word that begins sentences and is no part of a name.
pub(super) fn opens(text: &str) -> bool {
    let word = word(text);
    let rest = &text[word.len()..];
    // `A. Solvane`, `All-Kastrian`; and in a line of capitals each word looks like an opener.
    let initial = word.chars().count() == 1;
    let shouted = !initial && !word.chars().any(char::is_lowercase);
    if !word.starts_with(char::is_uppercase) || rest.starts_with('-') || initial && rest.starts_with('.') || shouted {
        return false;
    }
    match strength(word) {
        Some(true) => true,
        Some(false) => !rest.trim_start().starts_with(char::is_uppercase),
        None => false,
    }
}

/// The word at the beginning of `text`, apostrophes included.
pub(super) fn word(text: &str) -> &str {
    let letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
    let end = text.char_indices().find(|(_, found)| !letter(*found)).map_or(text.len(), |(end, _)| end);
    text[..end].trim_end_matches(['\'', '’'])
}

fn strength(word: &str) -> Option<bool> {
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_lowercase().replace('’', "'");
    OPENERS.get(&lower).or_else(|| OPENERS.get(lower.split('\'').next()?)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        let file: File = toml::from_str(include_str!("../../../data/sentence_openers.toml")).unwrap();
        assert!(file.strong.iter().chain(&file.weak).all(|word| *word == word.to_lowercase() && word.len() <= LONGEST));
    }

    #[test]
    fn a_pronoun_opens_a_sentence_and_an_office_does_not() {
        assert!(opens("He left.") && opens("It’s late.") && opens("A train came."));
        assert!(!opens("Senate leaders met.") && !opens("A. Solvane") && !opens("THE GATE"));
    }

    #[test]
    fn a_noun_opens_one_only_before_lower_case() {
        assert!(opens("Officials there object."));
        assert!(!opens("Trade Minister Vael"));
    }
}
