//! Whether somebody is heard in a text: who speaks says `I`, asks, or speaks to another.
//!
//! It tells conversations from lists and from articles that ask and answer themselves.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    first_person: BTreeSet<String>,
    first_persons: BTreeSet<String>,
    second_person: BTreeSet<String>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../data/interviews.toml")).unwrap_or_default());

/// Whether somebody speaks of himself alone, outside quote marks.
pub(super) fn says_i(text: &str) -> bool {
    has_word(text, |word| FILE.first_person.contains(word))
}

/// Whether somebody speaks of himself, alone or with others, outside quote marks.
pub(super) fn says_we(text: &str) -> bool {
    has_word(text, |word| FILE.first_person.contains(word) || FILE.first_persons.contains(word))
}

/// Whether somebody speaks of himself or to another, outside quote marks.
pub(super) fn says_i_or_you(text: &str) -> bool {
    says_we(text) || has_word(text, |word| FILE.second_person.contains(word))
}

fn has_word(text: &str, is: impl Fn(&str) -> bool) -> bool {
    let outside = outside_quotes(text);
    let mut rest = outside.as_str();
    let mut before = "";
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let word = &rest[start..];
        let end = word.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        if !is_initial(before, word, after) && is(&word.to_lowercase()) {
            return true;
        }
        (before, rest) = (word, after);
    }
    false
}

/// Whether a letter is no word: `I.` of a name (but not in `so did I.`), and `J` but for `J'ai`.
fn is_initial(before: &str, word: &str, after: &str) -> bool {
    match word {
        "I" => after.starts_with('.') && !before.starts_with(char::is_lowercase),
        "i" => true,
        "J" | "j" => !after.starts_with(['\'', '’']),
        _ => false,
    }
}

/// Whether `text` ends with a question mark, quote marks and brackets behind it left out.
pub(super) fn ends_asking(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')']).ends_with('?')
}

/// `text` without what stands in double quote marks. A mark that nothing closes quotes nothing, unless the text begins
/// with it: then the quotation goes on in the next paragraph.
pub(super) fn outside_quotes(text: &str) -> String {
    // Where each mark stands last: looking for one that is not there would cost the rest of the text each time.
    let last = CLOSING.map(|(_, close)| text.rfind(close));
    let mut outside = String::with_capacity(text.len());
    let mut from = 0;
    let mut begun = false;
    while let Some((at, kind)) = text[from..]
        .char_indices()
        .find_map(|(at, letter)| CLOSING.iter().position(|(open, _)| *open == letter).map(|kind| (from + at, kind)))
    {
        let (open, close) = CLOSING[kind];
        let after = at + open.len_utf8();
        outside.push_str(&text[from..at]);
        begun |= !text[from..at].trim().is_empty();
        let closed = last[kind].is_some_and(|last| last >= after);
        match text.get(after..).filter(|_| closed).and_then(|rest| rest.find(close)) {
            Some(end) => (from, begun) = (after + end + close.len_utf8(), true),
            None if !begun => return outside,
            None => from = after,
        }
        outside.push(' ');
    }
    outside.push_str(&text[from..]);
    outside
}

/// Opening quote marks and what closes them.
const CLOSING: [(char, char); 5] = [('"', '"'), ('“', '”'), ('„', '“'), ('«', '»'), ('»', '«')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_is_heard_outside_quote_marks() {
        assert!(
            says_i("That is why I set the clock.")
                && says_i("Das weiß ich nicht.")
                && says_i("J'ai soif.")
                && says_i("So did I.")
        );
        assert!(!says_i("Sadykova said: “I pay.”") && !says_i("Muller I. J. et al., part i"));
        assert!(says_we("Ours is older.") && !says_i("Ours is older."));
        assert!(says_i_or_you("Do you see it?") && !says_i_or_you("\"Do you see it?\""));
    }

    #[test]
    fn a_quotation_that_nothing_closes_hides_nothing() {
        assert!(says_i("Then “I have it, he said, and I keep it.") && !says_i("“I have it, and I keep it."));
        assert_eq!(outside_quotes("a “b” c \"d\" e"), "a   c   e");
    }
}
