//! What was said, through the program: on a small invented corpus, and on the sample corpus.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::collections::BTreeSet;

use common::{Home, Outcome, sample};
use serde_json::Value;

const SAID: &str =
    "We will not close the Sarn pass to lorries before 2027, and the Zhemeria road may stay open all winter";

fn article(number: usize, day: &str, outlet: &str, text: &str) -> String {
    let article = serde_json::json!({
        "id": number,
        "url": format!("https://quotes.example/{number}"),
        "title": format!("The road, part {number}"),
        "outlet": outlet,
        "published": day,
        "text": text,
    });
    article.to_string()
}

/// One statement in three outlets, once cut; and a paragraph that quotes two persons.
fn home() -> Home {
    let carried = |number: usize, said: &str| {
        format!(
            "Rain fell on Velmar all morning, and bus {number} was late.\n\n\
             \"{said},\" said Ingrid Solvane, the transport minister of Doruna.\n\n\
             The hall was half empty by noon, and the interpreters went home."
        )
    };
    let two = "The talks on lorries went on for nine hours in a cold hall.\n\n\
               \"Nobody sleeps on a bridge,\" said Ingrid Solvane, the transport minister of Doruna, as the lorries waited \
               outside. \"Then build a longer bridge,\" said Pieter Vael, the mayor of Velmar.\n\n\
               The hall was half empty by noon, and the interpreters went home.";
    let articles = [
        article(1, "2025-06-18", "Velmar Courier", &carried(1, SAID)),
        article(
            2,
            "2025-06-19",
            "Corridor Wire",
            &carried(2, "We will not close the Sarn pass to lorries before 2027"),
        ),
        article(3, "2025-06-21", "Lanqing Daily", &carried(3, SAID)),
        article(4, "2025-06-20", "Tarnhaven Post", two),
    ];
    let home = Home::new();
    home.write("corpus/roads.jsonl", articles.join("\n"));
    let outcome = home.run(&["index"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    home
}

fn quotes(home: &Home, args: &[&str]) -> Outcome {
    let outcome = home.run(&[&["quotes"], args].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome
}

fn records(home: &Home, args: &[&str]) -> Vec<Value> {
    quotes(home, &[args, &["--format", "jsonl"]].concat()).json_lines()
}

fn texts(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["text"].as_str().unwrap().trim_end_matches(',')).collect()
}

#[test]
fn a_statement_is_one_entry_by_its_first_publication_and_opens() {
    let home = home();

    let found = records(&home, &["lorries", "--expand"]);

    assert_eq!(texts(&found), [SAID]);
    let entry = &found[0];
    assert_eq!((&entry["versions"], &entry["matching"], &entry["outlets"]), (&3.into(), &3.into(), &3.into()));
    assert_eq!((&entry["published"], &entry["first"]), (&"2025-06-18".into(), &entry["id"]));
    assert_eq!(entry["speaker"]["role"], "transport minister of Doruna");
    let outlets: Vec<&Value> =
        entry["others"].as_array().unwrap().iter().map(|other| &other["article"]["outlet"]).collect();
    assert_eq!(outlets, ["Corridor Wire", "Lanqing Daily"]);
    let outcome = quotes(&home, &["lorries"]);
    assert!(outcome.stdout.contains("3 versions in 3 outlets: `rapporteur lineage"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains("Lanqing Daily"), "{}", outcome.stdout);
    assert_eq!(outcome.stderr, "1 of 1 quotation, 3 with their versions, under 1 of 1 heading\n");
}

#[test]
fn an_entry_says_where_it_was_published_first_where_that_does_not_match() {
    let home = home();

    let found = records(&home, &["\"Zhemeria road\"", "--outlet", "Lanqing Daily"]);

    assert_eq!((&found[0]["versions"], &found[0]["matching"]), (&3.into(), &1.into()));
    assert_eq!((&found[0]["published"], &found[0]["first_published"]), (&"2025-06-21".into(), &"2025-06-18".into()));
    let markdown = quotes(&home, &["\"Zhemeria road\"", "--format", "md"]).stdout;
    assert!(markdown.contains(": `rapporteur lineage "), "{markdown}");
    let text = quotes(&home, &["\"Zhemeria road\"", "--outlet", "Lanqing Daily"]).stdout;
    assert!(
        text.contains("3 versions in 3 outlets, 1 of them matches; first in Velmar Courier, 18 June 2025"),
        "{text}"
    );
}

#[test]
fn only_what_matches_in_its_own_words_and_by_whom_is_asked_for_counts() {
    let home = home();

    assert_eq!(texts(&records(&home, &["bridge", "--speaker", "Vael"])), ["Then build a longer bridge"]);
    assert_eq!(texts(&records(&home, &["bridge", "--role", "transport minister"])), ["Nobody sleeps on a bridge"]);
    assert_eq!(records(&home, &["bridge"]).len(), 2);
    let nothing = quotes(&home, &["lorries", "--outlet", "Tarnhaven Post"]);
    assert_eq!(nothing.stdout, "");
    assert!(nothing.stderr.contains("2 without a match in the quoted words"), "{}", nothing.stderr);
}

#[test]
fn kinds_and_confidence_narrow_and_what_they_leave_out_is_counted() {
    let home = home();

    let none = quotes(&home, &["bridge", "--quote-kind", "indirect,turn"]);
    assert!(none.stderr.contains("2 of other kinds"), "{}", none.stderr);
    let unsure = quotes(&home, &["bridge", "--min-confidence", "1"]);
    assert!(unsure.stderr.contains("2 less sure"), "{}", unsure.stderr);
    assert_eq!(home.run(&["quotes", "--min-confidence", "2"]).code, 2);
    assert_eq!(home.run(&["quotes", "--quote-kind", "direct,sung"]).code, 2);
}

#[test]
fn what_no_passage_has_is_explained() {
    let outcome = quotes(&home(), &["lorries", "--speaker", "Solvana"]);

    assert_eq!(outcome.stdout, "");
    assert!(outcome.stderr.contains("nearest known: solvane"), "{}", outcome.stderr);
}

#[test]
fn order_is_by_date_or_by_the_rank_of_the_passage() {
    let days = |sort: &str| -> Vec<String> {
        let found = records(&home(), &["--sort", sort, "--group", "article"]);
        found.iter().map(|record| record["published"].as_str().unwrap().to_owned()).collect()
    };

    assert_eq!(days("oldest"), ["2025-06-18", "2025-06-20", "2025-06-20"]);
    assert_eq!(days("newest"), ["2025-06-20", "2025-06-20", "2025-06-18"]);
}

#[test]
fn a_reason_comes_with_its_evidence() {
    let home = home();

    let found = records(&home, &["bridge", "--speaker", "Vael", "--why"]);

    assert_eq!(found[0]["why"]["rule"], "quote-then-cue");
    let evidence = found[0]["why"]["evidence"].as_array().unwrap();
    assert!(evidence.iter().any(|piece| piece["part"] == "cue" && piece["text"] == "said"), "{evidence:?}");
    let text = quotes(&home, &["bridge", "--why"]).stdout;
    assert!(text.contains("cue “said”"), "{text}");
}

#[test]
fn every_format_tells_the_same_quotations() {
    let home = home();
    let args = |format| ["lorries OR bridge", "--expand", "--format", format];

    let json: Value = serde_json::from_str(&quotes(&home, &args("json")).stdout).unwrap();
    let lines = records(&home, &["lorries OR bridge", "--expand"]);
    let csv = quotes(&home, &args("csv")).stdout;
    let markdown = quotes(&home, &args("md")).stdout;

    assert_eq!((&json["total"], &json["quotations"]), (&3.into(), &5.into()));
    assert_eq!(json["quotes"].as_array().unwrap(), &lines);
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(csv.as_bytes()).records().collect::<Result<_, _>>().unwrap();
    // Two entries alone, and one with its two other versions.
    assert_eq!(rows.len(), 5);
    assert_eq!(rows.iter().filter(|row| row[2].is_empty()).count(), 3);
    for record in &lines {
        let (id, text) = (record["id"].as_str().unwrap(), record["text"].as_str().unwrap());
        assert!(rows.iter().any(|row| &row[1] == id && &row[5] == text), "{csv}");
        assert!(markdown.contains(&format!("`{id}`")), "{markdown}");
    }
    assert!(markdown.contains(json["fingerprint"].as_str().unwrap()), "{markdown}");
}

#[test]
fn a_turn_is_said_too_and_a_question_where_it_is_asked_for() {
    let kinds = |args: &[&str]| -> BTreeSet<String> {
        let found = sample(&[&["quotes", "--top", "5000", "--format", "jsonl"], args].concat()).json_lines();
        found.iter().map(|record| record["kind"].as_str().unwrap().to_owned()).collect()
    };

    assert_eq!(kinds(&[]), ["direct", "indirect", "mixed", "turn"].map(str::to_owned).into());
    assert_eq!(kinds(&["--quote-kind", "question"]), ["question".to_owned()].into());
    let tunnel = sample(&["quotes", "tunnel", "--speaker", "Osmonov", "--quote-kind", "turn", "--format", "jsonl"]);
    assert!(tunnel.stdout.contains("\"text\":\"Water, then people, then rock."), "{}", tunnel.stdout);
}

#[test]
fn every_statement_is_under_one_heading_and_the_headings_count_all() {
    for group in ["speaker", "topic", "article"] {
        let outcome = sample(&["quotes", "--group", group, "--top", "5000", "--format", "json"]);
        let json: Value = serde_json::from_str(&outcome.stdout).unwrap();

        let total = json["total"].as_u64().unwrap();
        let totals: u64 = json["groups"].as_array().unwrap().iter().map(|one| one["total"].as_u64().unwrap()).sum();
        assert_eq!(totals, total, "{group}");
        let quotes = json["quotes"].as_array().unwrap();
        let ids: BTreeSet<&str> = quotes.iter().map(|quote| quote["id"].as_str().unwrap()).collect();
        assert_eq!((quotes.len(), ids.len()), (usize::try_from(total).unwrap(), ids.len()), "{group}");
        assert!(outcome.stderr.ends_with("headings\n"), "{}", outcome.stderr);
    }
}

#[test]
fn what_a_source_writes_reaches_neither_terminal_nor_spreadsheet_as_a_command() {
    let home = Home::new();
    let text = "Rain fell on Velmar all day.\n\n\"Nobody sleeps on a \u{1b}[2J bridge,\" said Pieter Vael, the mayor of Velmar.";
    home.write("corpus/a.jsonl", article(1, "2025-06-18", "=HYPERLINK(\u{1b}[31m)", text));
    assert_eq!(home.run(&["index"]).code, 0);

    for args in [&["bridge"][..], &["bridge", "--why"], &["bridge", "--format", "md"]] {
        let outcome = quotes(&home, args);
        assert!(outcome.stdout.contains("Pieter Vael"), "{}", outcome.stdout);
        assert!(!outcome.stdout.contains('\u{1b}'), "{}", outcome.stdout);
    }
    let csv = quotes(&home, &["bridge", "--format", "csv"]).stdout;
    assert!(csv.contains(",'=HYPERLINK("), "{csv}");
    assert!(!home.run(&["outlets"]).stdout.contains('\u{1b}'));
    assert!(home.run(&["outlets", "--format", "csv"]).stdout.contains("'=HYPERLINK("));
}

#[test]
fn there_is_nothing_to_read_without_an_index() {
    assert_eq!(Home::new().run(&["quotes", "lorries"]).code, 10);
}
