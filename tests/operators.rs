//! Every operator of the query language from the command line, on the sample corpus, alone and beside filters.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::collections::BTreeSet;

use common::sample;

/// What Kaldan says of the railway; most operators can find it.
const ROAD: &str = "This railway is not a road for one country";
const CHEQUE: &str = "The cheque is on the train";

/// Operator, query, and words of a hit that is known to be right.
const OPERATORS: [(&str, &str, &str); 40] = [
    ("word", "railway", ROAD),
    ("side by side", "railway shopkeeper", ROAD),
    ("AND", "railway AND shepherd", ROAD),
    ("OR", "sceptre OR shepherd", ROAD),
    ("NOT", "shepherd NOT locomotive", ROAD),
    ("-", "railway -water", ROAD),
    ("+", "+shepherd railway", ROAD),
    ("parentheses", "(shepherd OR sceptre) AND railway", ROAD),
    ("weight", "shepherd^3 railway", ROAD),
    ("phrase", "\"road for one\"", ROAD),
    ("hyphen", "one-country", ROAD),
    ("gap", "\"a * for one\"", ROAD),
    ("slop", "\"railway road\"~5", ROAD),
    ("alternatives", "\"(road|path) for one\"", ROAD),
    ("prefix in a phrase", "\"a road for one countr*\"", ROAD),
    ("NEAR", "goods NEAR/9 railway", "road for one country"),
    ("BEFORE", "road BEFORE/5 goods", ROAD),
    ("WITHIN SENTENCE", "WITHIN SENTENCE (railway goods)", ROAD),
    ("WITHIN PARAGRAPH", "WITHIN PARAGRAPH (railway shepherd)", ROAD),
    ("prefix", "shopkeep*", ROAD),
    ("suffix", "*herd", ROAD),
    ("any letter", "wom?n", "men and women"),
    ("similar", "sheperd~1", ROAD),
    ("similar by two", "shperd~2", ROAD),
    ("regular expression", "/shep.+d/", ROAD),
    ("exact", "=railway", ROAD),
    ("speaker:", "speaker:kaldan", CHEQUE),
    ("role:", "role:\"transport minister\"", "Pieter Vael"),
    ("affiliation:", "affiliation:Kastria", "64 inspectors"),
    ("about:", "about:kaldan", "For President Kaldan"),
    ("topic:", "topic:environment", "Desertification and climate"),
    ("outlet:", "outlet:\"Lanqing Daily\" connectivity", "carton of medicine"),
    ("title:", "title:railway shepherd", ROAD),
    ("title's parentheses", "title:(summit OR railway) shepherd", ROAD),
    ("author:", "author:* shepherd", "shepherd"),
    ("kind:", "kind:answer sceptre", "sceptre"),
    ("lang:", "lang:en shepherd", ROAD),
    ("date:", "date:2025-06-18", "Wednesday"),
    ("published:", "published:2025-06-17..2025-06-19 shepherd", ROAD),
    ("any value", "speaker:* shepherd", ROAD),
];

/// Texts by id.
fn hits(args: &[&str]) -> Vec<(String, String)> {
    let mut all = vec!["search", "--format", "jsonl", "--top", "1000", "--no-collapse", "--now", "2025-06-30"];
    all.extend(args);
    let outcome = sample(&all);
    assert_eq!(outcome.code, 0, "{args:?}: {}", outcome.stderr);
    let text = |hit: &serde_json::Value, key: &str| hit[key].as_str().unwrap().to_owned();
    outcome.json_lines().iter().map(|hit| (text(hit, "id"), text(hit, "text"))).collect()
}

fn ids(hits: &[(String, String)]) -> BTreeSet<String> {
    hits.iter().map(|(id, _)| id.clone()).collect()
}

#[test]
fn every_operator_finds_what_it_should_alone_and_beside_filters() {
    let filters = ["--speaker", "Kaldan", "--topic", "transport", "--from", "2025-06-17"];
    let passing = ids(&hits(&["speaker:kaldan topic:transport published:>=2025-06-17"]));
    assert!(passing.len() > 3, "{passing:?}");
    let mut narrowed_to_some = 0;

    for (operator, query, words) in OPERATORS {
        let found = hits(&[query]);
        assert!(found.iter().any(|(_, text)| text.contains(words)), "{operator}: {query}: {} hits", found.len());
        assert!(found.len() < 600, "{operator}: {query} finds nearly everything");

        let narrowed: Vec<&str> = [query].into_iter().chain(filters).collect();
        let narrowed = ids(&hits(&narrowed));
        let expected: BTreeSet<String> = ids(&found).intersection(&passing).cloned().collect();
        assert_eq!(narrowed, expected, "{operator}: {query} with filters");
        narrowed_to_some += usize::from(!narrowed.is_empty());
    }
    assert!(narrowed_to_some > 25, "{narrowed_to_some}");
}
