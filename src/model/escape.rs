//! Hostile text made harmless: what a terminal or a log may be given.

use std::borrow::Cow;

/// `text` without what could steer a terminal or disguise itself: control characters (but for line
/// breaks and tabs), and the bidirectional controls of Unicode Technical Report 36 (section 2.10)
/// become U+FFFD.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    replace(text, |letter| is_hostile(letter) && !matches!(letter, '\n' | '\t'))
}

/// `text` on one line: [`printable`], with each line break and tab as a space.
#[must_use]
pub fn single_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|letter| match letter {
                '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
                letter if is_hostile(letter) => char::REPLACEMENT_CHARACTER,
                letter => letter,
            })
            .collect(),
    )
}

fn replace(text: &str, hostile: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&hostile) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|letter| if hostile(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect())
}

fn is_hostile(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_becomes_inert() {
        assert_eq!(printable("a\u{1b}[31mb\nc"), "a\u{fffd}[31mb\nc");
        assert_eq!(single_line("a\u{202e}b\r\nc"), "a\u{fffd}b  c");
    }
}
