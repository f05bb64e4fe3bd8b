//! Why nothing was found, for people.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::model::single_line;
use crate::view::{ClauseCount, Explanation, Part};

/// Columns of a clause at the most; longer ones push their counts aside.
const WIDEST: usize = 40;

/// A line a clause, with the passages that it finds alone and those that the query finds without it, then what leaves
/// nothing.
pub fn explanation(explanation: &Explanation) -> String {
    let text = format!("{}{}", clauses("no passage matches:", explanation), verdict(explanation));
    text.trim_end().to_owned()
}

/// A line a clause, under a line that says `what`.
pub(super) fn clauses(what: &str, explanation: &Explanation) -> String {
    let mut lines = vec![[what.to_owned(), "alone".to_owned(), "without it".to_owned(), String::new()]];
    for clause in &explanation.clauses {
        lines.push(line(clause));
        let part = |(part, passages): &(String, usize)| {
            [format!("    {}", single_line(part)), passages.to_string(), String::new(), String::new()]
        };
        lines.extend(clause.parts.iter().map(part));
    }
    let widest = lines.iter().map(|[clause, ..]| clause.width()).max().unwrap_or(0).min(WIDEST);
    let mut text = String::new();
    for [clause, alone, without, near] in lines {
        let clause = format!("{clause}{}", " ".repeat(widest.saturating_sub(clause.width())));
        let _ = writeln!(text, "{}", format!("{clause}  {alone:>13}  {without:>10}  {near}").trim_end());
    }
    if explanation.more > 0 {
        let _ = writeln!(text, "and {} more clauses, not counted here", explanation.more);
    }
    text
}

fn line(clause: &ClauseCount) -> [String; 4] {
    let filter = if clause.part == Part::Filter { " (filter)" } else { "" };
    let alone = match clause.part {
        Part::Excluded => format!("excludes {}", clause.passages),
        Part::Asked | Part::Filter => clause.passages.to_string(),
    };
    let near = match clause.nearest.as_slice() {
        [] => String::new(),
        near => format!("nearest known: {}", single_line(&near.join(", "))),
    };
    let without = clause.without.map(|without| without.to_string()).unwrap_or_default();
    [format!("  {}{filter}", single_line(&clause.clause)), alone, without, near]
}

fn verdict(explanation: &Explanation) -> String {
    let blamed: Vec<_> = explanation.to_blame().iter().map(|clause| single_line(&clause.clause)).collect();
    match blamed.as_slice() {
        [] if explanation.clauses.len() > 1 => "leaving out any one clause finds nothing still\n".to_owned(),
        [] => String::new(),
        [only] => format!("it is {only} that leaves nothing\n"),
        several => format!("leaving out any one of these finds something: {}\n", several.join("   ")),
    }
}
