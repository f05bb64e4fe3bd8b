//! The life of a quotation, through the program, on a small invented corpus.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, Outcome};
use serde_json::Value;

const SAID: &str =
    "We will not close the Sarn pass to lorries before 2027, and the Zhemeria road may stay open all winter";

/// An article that quotes `said` word for word.
fn article(number: usize, day: &str, outlet: &str, said: &str) -> Value {
    serde_json::json!({
        "id": number,
        "url": format!("https://lineage.example/{number}"),
        "title": format!("The road, part {number}"),
        "outlet": outlet,
        "published": day,
        "text": format!(
            "Rain fell on Velmar all morning, and bus {number} was late.\n\n\
             \"{said},\" said Ingrid Solvane, the transport minister of Doruna.\n\n\
             The hall was half empty by noon, and the interpreters went home."
        ),
    })
}

fn home() -> Home {
    let home = Home::new();
    let cut = "We will not close the Sarn pass to lorries before 2027";
    let altered = "We will close the Sarn pass to lorries before 2029, and the Zhemeria road stays open all winter";
    let other = "We will not sell the harbour of Tarnhaven to anyone, and its pilots keep their pensions";
    let mut articles = vec![
        article(1, "2025-06-18", "Velmar Courier", SAID),
        article(2, "2025-06-19", "Corridor Wire", cut),
        article(3, "2025-06-20", "Kesh Monitor", altered),
        article(4, "2025-06-21", "Lanqing Daily", SAID),
        article(5, "2025-06-18", "Tarnhaven Post", other),
        article(6, "2025-06-22", "Sunday Ledger", &format!("{SAID}, and {}", other.replacen("We", "we", 1))),
    ];
    let mut told = article(7, "2025-06-19", "Ferrin Gazette", "x");
    told["text"] = Value::from(
        "Rain fell on Velmar all morning, and the buses were late.\n\n\
         Ingrid Solvane said that her ministry would not close the Sarn pass to lorries before 2027 and that the \
         Zhemeria road might stay open all winter.\n\nThe hall was half empty by noon.",
    );
    articles.push(told);
    let lines: Vec<String> = articles.iter().map(ToString::to_string).collect();
    let lines = lines.join("\n");
    home.write("corpus/roads.jsonl", lines);
    home
}

fn index(home: &Home) -> Value {
    let outcome = home.run(&["index", "--format", "json"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).unwrap()
}

fn article_id(number: usize) -> String {
    rapporteur::model::ArticleId::derive("url", &format!("https://lineage.example/{number}")).to_string()
}

/// The id of the only quotation of an article, as `show --why` names it.
fn quote_id(home: &Home, number: usize) -> String {
    let shown = home.run(&["show", &article_id(number), "--why", "--format", "json"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    let shown: Value = serde_json::from_str(&shown.stdout).unwrap();
    let passages = shown["why"].as_array().unwrap();
    let ids: Vec<&Value> =
        passages.iter().flat_map(|passage| passage["attributions"].as_array().unwrap()).map(|one| &one["id"]).collect();
    let ids: Vec<&str> = ids.into_iter().filter_map(Value::as_str).collect();
    assert_eq!(ids.len(), 1, "{shown}");
    ids[0].to_owned()
}

fn lineage(home: &Home, id: &str, format: &str) -> Outcome {
    let outcome = home.run(&["lineage", id, "--format", format]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome
}

/// Outlet and relation of each record of one statement.
fn lives(records: &[Value], statement: usize) -> Vec<(String, String)> {
    let of = records.iter().filter(|record| record["statement"] == statement);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    of.map(|record| (text(&record["article"]["outlet"]), text(&record["relation"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(outlet, relation)| ((*outlet).to_owned(), (*relation).to_owned())).collect()
}

#[test]
fn versions_stand_by_time_and_reports_apart() {
    let home = home();
    let report = index(&home);
    assert_eq!(report["statements"], 2, "{report}");

    let records = lineage(&home, &quote_id(&home, 2), "jsonl").json_lines();

    let expected = [
        ("Velmar Courier", "first"),
        ("Corridor Wire", "trimmed"),
        ("Kesh Monitor", "altered"),
        ("Lanqing Daily", "same"),
        ("Sunday Ledger", "longer"),
        ("Ferrin Gazette", "candidate"),
    ];
    assert_eq!(lives(&records, 1), pairs(&expected));
    assert_eq!(records[0]["speaker"]["name"], "Ingrid Solvane");
    assert_eq!(records[5]["kind"], "indirect");
    assert_eq!(records[5]["difference"], Value::Null);
}

#[test]
fn a_difference_gives_the_words_and_flags_what_they_are() {
    let home = home();
    index(&home);

    let records = lineage(&home, &quote_id(&home, 3), "jsonl").json_lines();

    let altered = &records[2];
    assert_eq!(altered["id"], quote_id(&home, 3));
    let changes = altered["difference"].as_array().unwrap();
    assert!(changes.contains(&serde_json::json!({"op": "deleted", "text": "not"})), "{changes:?}");
    assert!(changes.contains(&serde_json::json!({"op": "changed", "first": "2027,", "text": "2029,"})), "{changes:?}");
    let flags = serde_json::json!([
        {"kind": "negation", "dropped": ["not"], "added": []},
        {"kind": "number", "dropped": ["2027"], "added": ["2029"]},
        {"kind": "hedge", "dropped": ["may"], "added": []},
    ]);
    assert_eq!(altered["flags"], flags);
    // The first and its copy say the same.
    assert_eq!(records[3]["flags"], serde_json::json!([]));
    let text = lineage(&home, &quote_id(&home, 3), "text").stdout;
    assert!(text.contains("We will [-not-] close"), "{text}");
    assert!(text.contains("negation: drops not"), "{text}");
    assert!(text.contains(&format!("* 3 {}", quote_id(&home, 3))), "{text}");
}

#[test]
fn what_merges_two_statements_carries_both_and_ties_them_not_together() {
    let home = home();
    index(&home);

    let merged = lineage(&home, &quote_id(&home, 6), "jsonl").json_lines();
    let harbour = lineage(&home, &quote_id(&home, 5), "jsonl").json_lines();

    assert_eq!(merged.last().unwrap()["statement"], 2);
    assert_eq!(lives(&harbour, 1), pairs(&[("Tarnhaven Post", "first"), ("Sunday Ledger", "longer")]));
    assert_eq!(harbour[1]["also_of"], serde_json::json!([quote_id(&home, 1)]));
}

#[test]
fn a_report_shows_the_statement_that_it_may_be_of() {
    let home = home();
    index(&home);

    let records = lineage(&home, &quote_id(&home, 7), "jsonl").json_lines();

    assert_eq!(records[0]["id"], quote_id(&home, 1));
    assert_eq!(records[5]["id"], quote_id(&home, 7));
}

#[test]
fn every_format_tells_the_same_versions() {
    let home = home();
    index(&home);
    let id = quote_id(&home, 1);

    let json: Value = serde_json::from_str(&lineage(&home, &id, "json").stdout).unwrap();
    let csv = lineage(&home, &id, "csv").stdout;
    let markdown = lineage(&home, &id, "md").stdout;

    assert_eq!(json["quote"], Value::from(id.as_str()));
    assert_eq!(json["versions"].as_array().unwrap().len(), 6);
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(csv.as_bytes()).records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), 6);
    for (row, record) in rows.iter().zip(json["versions"].as_array().unwrap()) {
        assert_eq!(&row[2], record["id"].as_str().unwrap());
        assert_eq!(&row[5], record["text"].as_str().unwrap());
        assert!(markdown.contains(&row[2]), "{markdown}");
    }
    assert!(markdown.contains("~~not~~"), "{markdown}");
}

#[test]
fn an_unknown_id_gets_the_nearest_known_ones() {
    let home = home();
    index(&home);
    let id = quote_id(&home, 1);
    let refused = |id: &str, code: i32| -> String {
        let outcome = home.run(&["lineage", id]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (code, ""), "{id}: {}", outcome.stderr);
        outcome.stderr
    };

    assert!(refused(&id.replace(".q1", ".q9"), 1).contains(&id));
    assert!(refused(id.split(".q").next().unwrap(), 1).contains(&id));
    assert!(refused(&article_id(1), 1).contains(&id));
    let typo = format!("{}{}", if id.starts_with('0') { '1' } else { '0' }, &id[1..]);
    assert!(refused(&typo, 1).contains(&article_id(1)));
    let nonsense = refused("what was said\u{1b}[31m", 2);
    assert!(nonsense.contains("show ID --why") && !nonsense.contains('\u{1b}'), "{nonsense}");
}

#[test]
fn runs_in_steps_end_with_the_bytes_of_a_rebuild() {
    let (whole, steps) = (home(), home());
    let lines = std::fs::read_to_string(steps.path().join("corpus/roads.jsonl")).unwrap();
    let lines: Vec<&str> = lines.lines().collect();
    std::fs::remove_file(steps.path().join("corpus/roads.jsonl")).unwrap();
    index(&whole);

    steps.write("corpus/b.jsonl", lines[3..].join("\n"));
    index(&steps);
    steps.write("corpus/a.jsonl", lines[..5].join("\n"));
    index(&steps);
    steps.write("corpus/b.jsonl", lines[5..].join("\n"));
    index(&steps);

    for file in ["index/lineage.json", "index/lineage.bin"] {
        let read = |home: &Home| std::fs::read(home.path().join(file)).unwrap();
        assert_eq!(read(&whole), read(&steps), "{file}");
    }
}

#[test]
fn a_damaged_file_is_derived_anew_without_reading_a_source() {
    let home = home();
    index(&home);
    let path = home.path().join("index/lineage.bin");
    let before = std::fs::read(&path).unwrap();
    std::fs::write(&path, &before[..before.len() / 2]).unwrap();
    std::fs::write(home.path().join("index/lineage.json"), "{").unwrap();
    let refused = home.run(&["lineage", &quote_id(&home, 1)]);
    assert_eq!(refused.code, 1);
    assert!(refused.stderr.contains("rapporteur index"), "{}", refused.stderr);

    let report = index(&home);

    assert_eq!((&report["unchanged"], &report["statements"]), (&Value::from(1), &Value::from(2)));
    assert_eq!(report["warnings"].as_array().unwrap().len(), 2, "{report}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn a_quotation_that_nothing_else_carries_stands_alone() {
    let home = Home::new();
    home.write("corpus/a.jsonl", article(1, "2025-06-18", "Velmar Courier", SAID).to_string());
    index(&home);

    let outcome = lineage(&home, &quote_id(&home, 1), "text");

    assert!(outcome.stdout.contains("1 version, nothing else in the index carries it"), "{}", outcome.stdout);
}
