//! Every construct of the query language inside and beside every other: taken as it says, or refused with a way out.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::fmt::Write as _;

use rapporteur::query::{parse, to_query_string};

/// One clause of each kind, and its name.
const CLAUSES: [(&str, &str); 16] = [
    ("word", "railway"),
    ("exact", "=Rail"),
    ("wildcard", "rail*"),
    ("fuzzy", "Kaldan~1"),
    ("regex", "/rail(way)?/"),
    ("phrase", "\"free (fair|open) * trade\"~5"),
    ("near", "(a1 NEAR/5 b1)"),
    ("within", "WITHIN SENTENCE (a2 b2)"),
    ("and", "(a3 AND b3)"),
    ("or", "(a4 OR b4)"),
    ("side by side", "(a5 b5)"),
    ("not", "NOT a6"),
    ("required", "+a7"),
    ("weight", "a8^2"),
    ("field", "speaker:kaldan"),
    ("field group", "title:(a9 OR b9)"),
];

/// What a clause can be put into: `□` is its place.
const FRAMES: [(&str, &str); 14] = [
    ("beside a word", "□ zz"),
    ("beside a field", "□ topic:trade"),
    ("under AND", "□ AND zz"),
    ("under OR", "□ OR zz"),
    ("under NOT", "NOT □"),
    ("under -", "-□"),
    ("under +", "+□ zz"),
    ("in parentheses", "(□ yy) zz"),
    ("with a weight", "(□)^2"),
    ("left of NEAR", "□ NEAR/5 zz"),
    ("right of BEFORE", "zz BEFORE/5 □"),
    ("in a sentence", "WITHIN SENTENCE (□ zz)"),
    ("in a title's parentheses", "title:(□ OR zz)"),
    ("in a speaker's parentheses", "speaker:(□ OR zz)"),
];

/// One line for each pair: what it is read as, or why it is refused.
#[test]
fn each_construct_combines_with_each_other_or_says_why_not() {
    let mut table = String::new();
    for (outer, frame) in FRAMES {
        for (inner, clause) in CLAUSES {
            let query = frame.replace('□', clause);
            let outcome = match parse(&query) {
                Ok(read) => {
                    let canonical = to_query_string(&read.root);
                    let again = parse(&canonical).unwrap_or_else(|error| panic!("{query}: {canonical}: {error}"));
                    assert_eq!(to_query_string(&again.root), canonical, "{query}");
                    canonical
                }
                Err(error) => {
                    assert!(error.help.len() > 20, "{query}: {}", error.help);
                    format!("! {} → {}", error.message, error.help)
                }
            };
            writeln!(table, "{inner} {outer}: {query}\n    {outcome}").unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
