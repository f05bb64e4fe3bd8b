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
}
