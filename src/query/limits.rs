//! How large a query may be, so that neither reading it nor dropping its tree can exhaust time or stack.

use super::error::Fault;

/// Code points of a query.
pub const MAX_LEN: usize = 10_000;
/// Parentheses, negations and `NEAR` within each other.
pub const MAX_DEPTH: usize = 50;
/// Words and fields of a query; each word of a phrase counts.
pub const MAX_CLAUSES: usize = 1_000;
/// Words that may stand in between, for `NEAR`, `BEFORE` and a phrase's slop: longer than any passage.
pub(super) const MAX_DISTANCE: u32 = 1_000;
/// The same of all in a query together.
pub(super) const MAX_DISTANCES: u32 = 10_000;
/// The largest weight that `^` gives, weights within each other multiplied; its inverse is the smallest.
pub(super) const MAX_WEIGHT: f32 = 1_000.0;
/// `*` and `?` in a word: automata grow exponentially with `?` behind `*`.
pub(super) const MAX_WILDCARDS: usize = 10;
/// Letters of the longest word that a regular expression spells out, its repetitions written out: no word is longer,
/// and compiling takes time and room in this number.
pub(super) const MAX_REGEX_LEN: u32 = 200;

/// Refuses a query that is too long to be read.
pub(super) fn check_length(text: &str) -> Result<(), Fault> {
    if text.chars().nth(MAX_LEN).is_none() {
        return Ok(());
    }
    let message = format!("the query is longer than {MAX_LEN} characters");
    Err(Fault::new(MAX_LEN..MAX_LEN + 1, message, "search for a few of its words or phrases"))
}
