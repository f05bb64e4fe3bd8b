//! Why a text is no query, shown with a caret under the character.
//!
//! The parser's stages speak of a [`Fault`]; [`ParseError`] is a fault together with its query, for
//! people (`Display`) and for programs (`Serialize`). The text is hostile until proved otherwise: it
//! reaches a terminal only through [`single_line`], and a long one only as a window around the caret.

use std::fmt;

use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Place;
use crate::model::single_line;

/// Columns of the query that are shown before the caret, where it does not fit as a whole.
const COLUMNS_BEFORE: usize = 60;
/// Columns of the query that are shown from the caret on.
const COLUMNS_AFTER: usize = 40;
/// Code points shown on either side of the caret: characters without width would else never fill a column.
const LETTERS_ASIDE: usize = 200;
/// Code points of the query that a message repeats.
const LETTERS_REPEATED: usize = 40;

/// Why a text is no query: where, what is wrong there, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
pub struct ParseError {
    /// The text, as it was typed.
    pub query: String,
    /// What is wrong in it, in code points; empty, at its end, where something is missing there.
    pub at: Place,
    /// What is wrong.
    pub message: String,
    /// What was expected, or what to write instead.
    pub help: String,
}

/// A [`ParseError`] that does not know its query yet.
#[derive(Debug)]
pub(super) struct Fault {
    at: Place,
    message: String,
    help: String,
}

impl Fault {
    /// Something wrong at `at`.
    pub(super) fn new(at: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: help.into() }
    }

    /// The error of `query`.
    pub(super) fn in_query(self, query: &str) -> ParseError {
        ParseError { query: query.to_owned(), at: self.at, message: self.message, help: self.help }
    }
}

/// Typed text as a message may repeat it: harmless, on one line, and cut where it is long.
pub(super) fn shown(typed: &str) -> String {
    let mut letters = typed.chars();
    let mut kept: String = letters.by_ref().take(LETTERS_REPEATED).collect();
    if letters.next().is_some() {
        kept.push('…');
    }
    single_line(&kept).into_owned()
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, caret) = excerpt(&self.query, &self.at);
        writeln!(f, "{}", self.message)?;
        writeln!(f, "    {line}")?;
        writeln!(f, "    {caret}")?;
        write!(f, "help: {}", self.help)
    }
}

/// The query's line, or a window of it, and the line with the caret beneath.
fn excerpt(query: &str, at: &Place) -> (String, String) {
    // `single_line` gives one character for each, so that places stay what they are.
    let letters: Vec<char> = single_line(query).chars().collect();
    let caret = at.start.min(letters.len());
    let (before, after) = letters.split_at(caret);
    let whole = letters.len() <= LETTERS_ASIDE && columns(&letters) <= COLUMNS_BEFORE + COLUMNS_AFTER;
    let (kept_before, kept_after) = if whole {
        (before.len(), after.len())
    } else {
        (fitting(before.iter().rev(), COLUMNS_BEFORE), fitting(after.iter(), COLUMNS_AFTER))
    };
    let (before_cut, before) = before.split_at(before.len() - kept_before);
    let (after, after_cut) = after.split_at(kept_after);
    let ellipsis = |cut: &[char]| if cut.is_empty() { "" } else { "…" };
    let lead = format!("{}{}", ellipsis(before_cut), before.iter().collect::<String>());
    let line = format!("{lead}{}{}", after.iter().collect::<String>(), ellipsis(after_cut));
    let marked = at.end.saturating_sub(at.start).min(after.len());
    let carets = columns(after.split_at(marked).0).max(1);
    (line, format!("{}{}", " ".repeat(lead.width()), "^".repeat(carets)))
}

/// Columns that `letters` take on a terminal.
fn columns(letters: &[char]) -> usize {
    letters.iter().collect::<String>().width()
}

/// How many of `letters` fit into `columns`.
fn fitting<'l>(letters: impl Iterator<Item = &'l char>, columns: usize) -> usize {
    let mut used = 0;
    letters
        .take(LETTERS_ASIDE)
        .take_while(|letter| {
            used += letter.width().unwrap_or(0);
            used <= columns
        })
        .count()
}

#[cfg(test)]
mod tests {
    use super::super::{Reading, parse, parse_with};
    use super::*;

    fn rendered(query: &str, at: Place) -> Vec<String> {
        let error = Fault::new(at, "message", "help").in_query(query).to_string();
        error.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_caret_stands_under_its_character_whatever_the_width_of_those_before() {
        // Two columns for each of the first three letters, none for the accent.
        let lines = rendered("贺元市 e\u{301} *", 7..8);

        assert_eq!(lines[2], "             ^");
    }

    #[test]
    fn an_escape_sequence_reaches_no_terminal() {
        let lines = rendered("a\u{1b}[31m\n*", 7..8);

        assert_eq!(lines[1], "    a\u{fffd}[31m *");
        assert_eq!(lines[2], "           ^");
        assert_eq!(shown("b\u{202e}\n"), "b\u{fffd} ");
    }

    #[test]
    fn a_long_query_is_shown_around_the_caret() {
        let query = format!("{}*{}", "railway ".repeat(500), " water".repeat(500));

        let lines = rendered(&query, 4000..4001);

        assert!(lines[1].chars().count() <= 4 + COLUMNS_BEFORE + COLUMNS_AFTER + 2, "{}", lines[1]);
        assert_eq!(lines[1].chars().nth(lines[2].find('^').unwrap()), Some('*'));
        assert!(lines[1].starts_with("    …") && lines[1].ends_with('…'), "{}", lines[1]);
    }

    #[test]
    fn letters_without_width_are_not_shown_by_the_thousand() {
        let lines = rendered(&"\u{301}".repeat(5000), 2500..2501);

        assert!(lines[1].chars().count() < 3 * LETTERS_ASIDE);
    }

    #[test]
    fn an_error_is_json_with_its_place() {
        let error = parse("Ömer AND").unwrap_err();

        let json = serde_json::to_value(&error).unwrap();

        assert_eq!(json["at"], serde_json::json!({"start": 5, "end": 8}));
        assert_eq!(json["message"], "`AND` has nothing after it");
    }

    #[test]
    fn every_example_of_the_docs_is_what_they_say() {
        let now = Some(jiff::civil::date(2025, 6, 18));
        let mut fence = "";
        let mut read = 0;
        for line in include_str!("../../docs/query-language.md").lines() {
            if let Some(name) = line.strip_prefix("```") {
                fence = name;
            } else if matches!(fence, "query" | "wrong" | "now") {
                let query = line.split(" → ").next().unwrap().trim_end();
                let reading = Reading { now, ..Reading::default() };
                assert_eq!(parse_with(query, &reading).is_ok(), fence != "wrong", "{line}");
                assert!(fence != "now" || parse(query).unwrap_err().message.contains("counted from today"), "{line}");
                read += 1;
            }
        }
        assert!(read > 120, "{read} examples");
    }
}
