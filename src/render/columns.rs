//! Text fitted into columns of a terminal, by the width that its letters take there.
//!
//! What is cut says so by an ellipsis; words stay whole where there is a space to cut at.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const ELLIPSIS: &str = "…";

/// The beginning of `text` in at most `columns`.
pub(super) fn beginning(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(ELLIPSIS.width());
    let kept = &text[..fitting(text.grapheme_indices(true).map(|(at, letter)| (at + letter.len(), letter)), room)];
    // A word that was cut goes, unless it is all that there is.
    let cut_word = !text[kept.len()..].starts_with(char::is_whitespace);
    let whole = kept.rfind(char::is_whitespace).filter(|_| cut_word).map_or(kept, |space| &kept[..space]);
    let kept = if whole.trim().is_empty() { kept } else { whole };
    if columns == 0 { String::new() } else { format!("{}{ELLIPSIS}", kept.trim_end()) }
}

/// The end of `text` in at most `columns`.
pub(super) fn ending(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(ELLIPSIS.width());
    let start = fitting(text.grapheme_indices(true).rev(), room);
    let kept = &text[if start == 0 { text.len() } else { start }..];
    let cut_word = !text[..text.len() - kept.len()].ends_with(char::is_whitespace);
    let whole = kept.find(char::is_whitespace).filter(|_| cut_word).map_or(kept, |space| &kept[space..]);
    let kept = if whole.trim().is_empty() { kept } else { whole };
    if columns == 0 { String::new() } else { format!("{ELLIPSIS}{}", kept.trim_start()) }
}

/// The bound of the last of `letters` that fits into `room` columns with those before it; 0 where none does.
fn fitting<'t>(letters: impl Iterator<Item = (usize, &'t str)>, room: usize) -> usize {
    let mut columns = 0;
    let mut bound = 0;
    for (at, letter) in letters {
        columns += letter.width();
        if columns > room {
            break;
        }
        bound = at;
    }
    bound
}

/// `text` with spaces behind it, up to `columns`.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// `text` with spaces before it, up to `columns`.
pub(super) fn aligned_right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_stay_whole_and_the_cut_is_marked() {
        assert_eq!(beginning("the locks of Kesh", 17), "the locks of Kesh");
        assert_eq!(beginning("the locks of Kesh", 12), "the locks…");
        assert_eq!(beginning("the locks of Kesh", 13), "the locks of…");
        assert_eq!(beginning("interconnection", 6), "inter…");
        assert_eq!(ending("the locks of Kesh", 9), "…of Kesh");
        assert_eq!(ending("the locks of Kesh", 7), "…Kesh");
        assert_eq!(ending("the locks of Kesh ", 7), "…Kesh ");
        assert_eq!(ending("interconnection", 6), "…ction");
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(beginning("日本語", 5), "日本…");
        assert_eq!(ending("日本語", 4), "…語");
        assert_eq!(padded("日", 4), "日  ");
        assert_eq!(aligned_right("日", 4), "  日");
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_columns(text in "\\PC{0,30}", columns in 0usize..20) {
            prop_assert!(beginning(&text, columns).width() <= columns);
            prop_assert!(ending(&text, columns).width() <= columns);
        }
    }
}
