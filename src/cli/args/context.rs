//! How far the context of a match reaches, as an argument.

use crate::view::Context;

/// More words than any table or spreadsheet cell is for.
const MOST_WORDS: usize = 1000;

/// `5`: so many words on each side; `3,0`: on the left and on the right; `sentence`.
pub(super) fn context(text: &str) -> Result<Context, String> {
    if text == "sentence" {
        return Ok(Context::Sentence);
    }
    let (left, right) = text.split_once(',').unwrap_or((text, text));
    match (left.trim().parse(), right.trim().parse()) {
        (Ok(left), Ok(right)) if left <= MOST_WORDS && right <= MOST_WORDS => Ok(Context::Words { left, right }),
        _ => Err(format!(
            "write a number of words up to {MOST_WORDS}, one for the left and one for the right such as `3,0`, or \
             `sentence`"
        )),
    }
}

/// The same, of a word at least.
pub(super) fn window(text: &str) -> Result<Context, String> {
    match context(text)? {
        Context::Words { left: 0, right: 0 } => Err("a window of no words holds none; write `1` or more".into()),
        window => Ok(window),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_is_words_on_both_sides_or_a_sentence() {
        assert_eq!(context("8"), Ok(Context::Words { left: 8, right: 8 }));
        assert_eq!(context("3,0"), Ok(Context::Words { left: 3, right: 0 }));
        assert_eq!(context("sentence"), Ok(Context::Sentence));
        for wrong in ["", "-1", "1,2,3", "paragraph", "1001"] {
            assert!(context(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_window_holds_a_word_at_least() {
        assert_eq!(window("0,1"), context("0,1"));
        assert!(context("0").is_ok() && window("0").is_err() && window("0,0").is_err());
    }
}
