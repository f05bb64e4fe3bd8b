//! Colours and line breaks for a terminal. Styles are written always; the stream that leads elsewhere
//! than to a terminal strips them.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use crate::model::{Span, single_line};

/// What matched.
pub(super) const MATCH: Style = AnsiColor::Yellow.on_default().bold();
/// Who speaks.
pub(super) const SPEAKER: Style = AnsiColor::Cyan.on_default().bold();
/// What stands aside: scores, ids, reasons.
pub(super) const ASIDE: Style = Style::new().dimmed();
/// Ranks and headings.
pub(super) const STRONG: Style = Style::new().bold();

/// `text` in `style`, harmless and on one line.
pub(super) fn styled(style: Style, text: &str) -> String {
    format!("{style}{}{style:#}", single_line(text))
}

/// `text` broken at spaces into lines of at most `width` columns, each after `indent`, with `marks` (code
/// points, in order, without overlap) in the style of a match. A longer word has a line of its own.
pub(super) fn wrapped(text: &str, marks: &[Span], width: usize, indent: &str) -> String {
    wrapped_in(MATCH, text, marks, width, indent)
}

/// The same with `marks` in `style`.
pub(super) fn wrapped_in(style: Style, text: &str, marks: &[Span], width: usize, indent: &str) -> String {
    let mut lines = String::from(indent);
    let (mut column, mut at) = (0, 0);
    for word in text.split_inclusive(char::is_whitespace) {
        let shown = word.trim_end();
        let columns = single_line(shown).width();
        if column > 0 && column + 1 + columns > width {
            let _ = write!(lines, "\n{indent}");
            column = 0;
        } else if column > 0 && !shown.is_empty() {
            lines.push(' ');
            column += 1;
        }
        push_marked(&mut lines, (shown, at), marks, style);
        column += columns;
        at += word.chars().count();
    }
    lines
}

/// Appends a word that begins at code point `at`, its marked letters in `style`.
fn push_marked(lines: &mut String, (word, at): (&str, usize), marks: &[Span], style: Style) {
    let mut marked = false;
    for (index, letter) in (at..).zip(single_line(word).chars()) {
        let mark = marks.iter().any(|mark| mark.start <= index && index < mark.end);
        if mark != marked {
            let _ = if mark { write!(lines, "{style}") } else { write!(lines, "{style:#}") };
            marked = mark;
        }
        lines.push(letter);
    }
    if marked {
        let _ = write!(lines, "{style:#}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_marks_survive() {
        let text = "The railway is open";
        let lines = wrapped(text, &[Span::new(4, 11)], 11, "  ");

        assert_eq!(lines, format!("  The {MATCH}railway{MATCH:#}\n  is open"));
    }

    #[test]
    fn an_escape_sequence_does_not_reach_the_terminal() {
        assert!(!wrapped("a\u{1b}[2Jb", &[], 80, "").contains('\u{1b}'));
    }
}
