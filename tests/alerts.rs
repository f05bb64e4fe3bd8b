//! Saved searches and what is new for them, through the program, on a small invented corpus.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, Outcome};
use serde_json::Value;

const SEARCHES: &str = "\
[[search]]
name = \"pass\"
query = 'Sarn pass'
all = true
note = \"For the desk of roads.\"

[[search]]
name = \"Solvane\"
speaker = \"Ingrid Solvane\"
";

const SAID: &str =
    "We will not close the Sarn pass to lorries before 2027, and the Zhemeria road may stay open all winter";

/// An article of several paragraphs, which quotes `said` in the second.
fn article(number: usize, day: &str, outlet: &str, said: &str) -> Value {
    serde_json::json!({
        "id": number,
        "url": format!("https://alerts.example/{number}"),
        "title": format!("The road, part {number}"),
        "outlet": outlet,
        "published": day,
        "text": format!(
            "Rain fell on Velmar all morning, and bus {number} was late.\n\n\
             \"{said},\" said Ingrid Solvane, the transport minister of Doruna.\n\n\
             The hall of delegation {number} was half empty by noon, and the interpreters went home."
        ),
    })
}

/// The first article under another address and headline, retouched by a word.
fn copy(number: usize, day: &str, outlet: &str) -> Value {
    let mut copy = article(1, day, outlet, &SAID.replace("all winter", "all the winter"));
    copy["url"] = Value::from(format!("https://alerts.example/{number}"));
    copy["title"] = Value::from("The minister and the pass");
    copy
}

fn write(home: &Home, path: &str, articles: &[Value]) {
    let lines: Vec<String> = articles.iter().map(ToString::to_string).collect();
    home.write(path, lines.join("\n"));
}

/// Two articles, of which one speaks of the pass, indexed.
fn home() -> Home {
    let home = Home::new();
    home.write("searches.toml", SEARCHES);
    let other = "We will not sell the harbour of Tarnhaven to anyone, and its pilots keep their pensions";
    write(&home, "corpus/a.jsonl", &[article(1, "2025-06-18", "Velmar Courier", SAID)]);
    write(&home, "corpus/b.jsonl", &[article(2, "2025-06-18", "Tarnhaven Post", other)]);
    index(&home);
    home
}

fn index(home: &Home) -> Value {
    let outcome = home.run(&["index", "--format", "json"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).unwrap()
}

fn alerts(home: &Home, args: &[&str]) -> Outcome {
    let outcome = home.run(&[&["alerts"], args].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome
}

/// Mark and outlet of each hit of the search for the pass.
fn marks(home: &Home, args: &[&str]) -> Vec<(String, String)> {
    let hits = alerts(home, &[&["pass", "--format", "jsonl"], args].concat()).json_lines();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    hits.iter().map(|hit| (text(&hit["mark"]), text(&hit["article"]["outlet"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(mark, outlet)| ((*mark).to_owned(), (*outlet).to_owned())).collect()
}

#[test]
fn what_is_new_is_printed_until_it_is_acknowledged() {
    let home = home();

    let first = alerts(&home, &[]);
    assert!(first.stdout.contains("pass: 1 new of 1 matching passage, never acknowledged"), "{}", first.stdout);
    assert!(first.stdout.contains("For the desk of roads."), "{}", first.stdout);
    assert_eq!(marks(&home, &[]), pairs(&[("new", "Velmar Courier")]), "printing marks nothing");
    let marked = alerts(&home, &["pass", "--acknowledge"]);
    assert!(marked.stdout.contains("1 new"), "{}", marked.stdout);
    assert!(marked.stderr.contains("acknowledged up to generation 1"), "{}", marked.stderr);

    let after = alerts(&home, &[]);
    assert!(after.stdout.contains("pass: nothing new of 1 matching passage since generation 1"), "{}", after.stdout);
    assert!(after.stdout.contains("Solvane: 2 new"), "another search stays as it was: {}", after.stdout);
    let further = "The Sarn pass gets a tunnel of nine kilometres, and nobody pays a toll in it";
    write(&home, "corpus/c.jsonl", &[article(3, "2025-06-20", "Kesh Monitor", further)]);
    index(&home);
    assert_eq!(marks(&home, &[]), pairs(&[("new", "Kesh Monitor")]));
    let hit = &alerts(&home, &["pass", "--format", "jsonl"]).json_lines()[0];
    assert_eq!((&hit["first_seen"], &hit["search"]), (&Value::from(2), &Value::from("pass")));
    assert_eq!(hit["speaker"]["name"], "Ingrid Solvane");
}

#[test]
fn what_is_fetched_again_renamed_or_edited_elsewhere_is_not_new() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    let none = pairs(&[]);

    std::fs::remove_file(home.path().join("corpus/a.jsonl")).unwrap();
    write(&home, "corpus/deep/z.jsonl", &[article(1, "2025-06-18", "Velmar Courier", SAID)]);
    index(&home);
    assert_eq!(marks(&home, &[]), none, "renamed");
    let mut edited = article(1, "2025-06-18", "Velmar Courier", SAID);
    edited["text"] = Value::from(format!(
        "Snow fell on Velmar.\n\nA paragraph was put in.\n\n{}",
        edited["text"].as_str().unwrap().replace("half empty", "full").replace("winter,", "winter long,")
    ));
    write(&home, "corpus/deep/z.jsonl", &[edited.clone()]);
    let report = index(&home);
    assert_eq!(report["changed"], 1);
    assert_eq!(marks(&home, &[]), none, "edited elsewhere, and by a word");
    edited["url"] = Value::from("https://alerts.example/elsewhere");
    write(&home, "corpus/deep/z.jsonl", &[edited.clone()]);
    index(&home);
    assert_eq!(marks(&home, &[]), none, "under another address");
    edited["text"] = Value::from(edited["text"].as_str().unwrap().replace("2027", "2029"));
    write(&home, "corpus/deep/z.jsonl", &[edited]);
    index(&home);
    assert_eq!(marks(&home, &[]), pairs(&[("new", "Velmar Courier")]), "another figure is news");
}

#[test]
fn what_comes_back_after_it_was_removed_is_not_new() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    std::fs::remove_file(home.path().join("corpus/a.jsonl")).unwrap();
    index(&home);

    write(&home, "corpus/a.jsonl", &[article(1, "2025-06-18", "Velmar Courier", SAID)]);
    index(&home);

    assert_eq!(marks(&home, &[]), pairs(&[]));
}

#[test]
fn a_copy_in_another_outlet_is_marked_as_one() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    write(&home, "corpus/c.jsonl", &[copy(3, "2025-06-19", "Corridor Wire")]);
    index(&home);

    assert_eq!(marks(&home, &[]), pairs(&[("copy", "Corridor Wire")]));
    let copy = &alerts(&home, &["pass", "--format", "jsonl"]).json_lines()[0]["copy_of"];
    assert_eq!((&copy["known"], &copy["first_seen"]), (&Value::from(true), &Value::from(1)));
    assert_eq!(copy["outlet"], "Velmar Courier");
    let text = alerts(&home, &["pass"]).stdout;
    assert!(text.contains("nothing new of 2 matching passages since generation 1, 1 copy of what is known"), "{text}");
    assert!(text.contains("Corridor Wire, 19 June 2025"), "{text}");
    // Where neither was known, the one that was published first is the new one.
    assert_eq!(marks(&home, &["--since", "0"]), pairs(&[("new", "Velmar Courier"), ("copy", "Corridor Wire")]));
}

#[test]
fn a_quotation_that_varies_a_known_one_is_marked() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    let altered = "We will close the Sarn pass to lorries before 2029, and the Zhemeria road stays open all winter";
    write(&home, "corpus/c.jsonl", &[article(3, "2025-06-20", "Kesh Monitor", altered)]);
    index(&home);

    assert_eq!(marks(&home, &[]), pairs(&[("variant", "Kesh Monitor")]));
    let variant = &alerts(&home, &["pass", "--format", "jsonl"]).json_lines()[0]["variant_of"];
    assert_eq!(variant["published"], "2025-06-18");
    let lineage = home.run(&["lineage", variant["quote"].as_str().unwrap(), "--format", "jsonl"]).json_lines();
    assert_eq!(lineage[0]["id"], variant["of"]);
    let text = alerts(&home, &["pass"]).stdout;
    assert!(
        text.contains(&format!("is a variant of {}, first published 18 June 2025", lineage[0]["id"].as_str().unwrap())),
        "{text}"
    );
}

#[test]
fn a_generation_is_asked_for_whatever_was_acknowledged() {
    let home = home();
    let further = "The Sarn pass gets a tunnel of nine kilometres, and nobody pays a toll in it";
    write(&home, "corpus/c.jsonl", &[article(3, "2025-06-20", "Kesh Monitor", further)]);
    index(&home);
    alerts(&home, &["--acknowledge"]);

    assert_eq!(marks(&home, &["--since", "1"]), pairs(&[("new", "Kesh Monitor")]));
    assert_eq!(marks(&home, &["--since", "0"]), pairs(&[("new", "Kesh Monitor"), ("new", "Velmar Courier")]));
    assert_eq!(marks(&home, &["--since", "2"]), pairs(&[]));
    let future = home.run(&["alerts", "--since", "3"]);
    assert_eq!((future.code, future.stdout.as_str()), (2, ""));
    assert!(future.stderr.contains("generation 3 is to come; the index is at 2"), "{}", future.stderr);
    assert_eq!(home.run(&["alerts", "--since", "1", "--acknowledge"]).code, 2);
}

#[test]
fn what_was_acknowledged_outlives_the_index() {
    let home = home();
    write(
        &home,
        "corpus/c.jsonl",
        &[article(3, "2025-06-20", "Kesh Monitor", "The toll of the Sarn pass is nine crowns a lorry")],
    );
    index(&home);
    alerts(&home, &["--acknowledge"]);
    std::fs::remove_dir_all(home.path().join("index")).unwrap();
    let further = "The Sarn pass gets a tunnel of nine kilometres, and nobody drives through it";
    write(&home, "corpus/d.jsonl", &[article(4, "2025-06-21", "Sunday Ledger", further)]);

    let report = index(&home);

    assert_eq!(report["generation"], 1);
    assert_eq!(marks(&home, &[]), pairs(&[("new", "Sunday Ledger")]));
    assert!(alerts(&home, &[]).stderr.contains("the index was built anew or replaced since"));
    // Acknowledged once more, the new history holds.
    alerts(&home, &["--acknowledge"]);
    assert_eq!(marks(&home, &[]), pairs(&[]));
    assert!(!alerts(&home, &[]).stderr.contains("built anew"));
}

#[test]
fn a_backup_in_the_place_of_the_index_loses_no_news() {
    let home = home();
    let folder = home.path().join("index");
    let backup = ["manifest.json", "first-seen.bin"].map(|file| (file, std::fs::read(folder.join(file)).unwrap()));
    let toll = "The toll of the Sarn pass is nine crowns a lorry";
    let path = home.path().join("corpus/c.jsonl");
    write(&home, "corpus/c.jsonl", &[article(3, "2025-06-20", "Kesh Monitor", toll)]);
    index(&home);
    alerts(&home, &["--acknowledge"]);

    std::fs::remove_file(path).unwrap();
    for (file, bytes) in backup {
        home.write(&format!("index/{file}"), bytes);
    }
    let further = "The Sarn pass gets a tunnel of nine kilometres, and nobody drives through it";
    write(&home, "corpus/d.jsonl", &[article(4, "2025-06-21", "Sunday Ledger", further)]);
    let report = index(&home);

    assert_eq!(report["generation"], 2, "as before, of another history");
    assert_eq!(marks(&home, &[]), pairs(&[("new", "Sunday Ledger")]));
}

#[test]
fn a_rebuild_that_keeps_the_record_goes_on_with_its_generations() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    let record = std::fs::read(home.path().join("index/first-seen.bin")).unwrap();
    std::fs::remove_dir_all(home.path().join("index")).unwrap();
    home.write("index/first-seen.bin", record);
    write(
        &home,
        "corpus/c.jsonl",
        &[article(3, "2025-06-20", "Kesh Monitor", "The toll of the Sarn pass is nine crowns a lorry")],
    );

    let report = index(&home);

    assert_eq!(report["generation"], 2);
    assert_eq!(marks(&home, &[]), pairs(&[("new", "Kesh Monitor")]));
    assert_eq!(marks(&home, &["--since", "1"]), pairs(&[("new", "Kesh Monitor")]));
}

#[test]
fn a_damaged_record_begins_anew_and_loses_no_news() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    home.write("index/first-seen.bin", "nonsense");
    let refused = home.run(&["alerts"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    assert!(refused.stderr.contains("run `rapporteur index`"), "{}", refused.stderr);
    write(
        &home,
        "corpus/c.jsonl",
        &[article(3, "2025-06-20", "Kesh Monitor", "The toll of the Sarn pass is nine crowns a lorry")],
    );

    let report = index(&home);

    assert_eq!(report["warnings"].as_array().unwrap().len(), 1, "{report}");
    assert_eq!(marks(&home, &[]), pairs(&[("new", "Kesh Monitor")]));
    assert_eq!(marks(&home, &["--since", "1"]), pairs(&[("new", "Kesh Monitor")]));
}

#[test]
fn a_run_that_changes_nothing_leaves_the_record() {
    let home = home();
    let before = std::fs::read(home.path().join("index/first-seen.bin")).unwrap();

    index(&home);

    assert_eq!(std::fs::read(home.path().join("index/first-seen.bin")).unwrap(), before);
}

#[test]
fn a_wrong_file_is_refused_with_line_column_and_caret_and_stops_nothing_else() {
    let home = home();
    let wrong = |text: &str| {
        home.write("searches.toml", text);
        let outcome = home.run(&["alerts"]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{text}: {}", outcome.stderr);
        outcome.stderr
    };

    let query =
        wrong("[[search]]\nname = \"fine\"\nquery = 'road'\n\n[[search]]\nname = \"pass\"\nquery = 'Sarn AND'\n");
    assert!(query.contains("searches.toml:7:15: `AND` has nothing after it"), "{query}");
    assert!(query.contains("    Sarn AND\n         ^^^"), "{query}");
    let topic = wrong("[[search]]\nname = \"a\"\nquery = 'road'\ntopic = \"raods\"\n");
    assert!(topic.contains("searches.toml:4:9: no topic `raods`; known: "), "{topic}");
    assert!(wrong("[[search]]\nname = \"a\"\nqery = 'road'\n").contains("searches.toml:3:1: "));
    assert!(wrong("").contains("holds no search"));
    std::fs::remove_file(home.path().join("searches.toml")).unwrap();
    assert_eq!(home.run(&["alerts"]).code, 2);
    home.write("searches.toml", "[[search]]\n");
    assert_eq!(home.run(&["search", "road"]).code, 0);
    assert_eq!(home.run(&["index"]).code, 0);
}

#[test]
fn an_unknown_name_gets_the_nearest_and_no_index_its_exit_code() {
    let home = home();
    let unknown = home.run(&["alerts", "pas"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("no saved search `pas`; nearest: pass, Solvane"), "{}", unknown.stderr);

    std::fs::remove_dir_all(home.path().join("index")).unwrap();
    assert_eq!(home.run(&["alerts"]).code, 10);
}

#[test]
fn a_search_that_finds_nothing_is_explained_and_one_that_was_changed_says_so() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    home.write("searches.toml", SEARCHES.replace("Sarn pass", "Sarn pas"));

    let outcome = alerts(&home, &["pass"]);

    assert!(outcome.stdout.contains("nothing new of 0 matching passages"), "{}", outcome.stdout);
    assert!(outcome.stderr.contains("pass asks something else than when it was acknowledged"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("nearest known: was, pass"), "{}", outcome.stderr);
}

#[test]
fn every_format_tells_the_same_hits() {
    let home = home();
    write(&home, "corpus/c.jsonl", &[copy(3, "2025-06-19", "=Corridor Wire")]);
    index(&home);

    let lines = alerts(&home, &["--format", "jsonl"]).json_lines();
    let json: Value = serde_json::from_str(&alerts(&home, &["--format", "json"]).stdout).unwrap();
    let csv = alerts(&home, &["--format", "csv"]).stdout;
    let markdown = alerts(&home, &["--format", "md"]).stdout;

    let hits: Vec<&Value> =
        json["alerts"].as_array().unwrap().iter().flat_map(|alert| alert["hits"].as_array().unwrap()).collect();
    assert_eq!(hits, lines.iter().collect::<Vec<_>>());
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert_eq!(
        (&json["generation"], &json["alerts"][0]["new"], &json["alerts"][0]["copies"]),
        (&2.into(), &1.into(), &1.into())
    );
    assert_eq!(json["alerts"][0]["since"], serde_json::json!({"from": "never"}));
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(csv.as_bytes()).records().collect::<Result<_, _>>().unwrap();
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(&lines) {
        assert_eq!(
            (&row[0], &row[1], &row[2]),
            (line["search"].as_str().unwrap(), line["mark"].as_str().unwrap(), line["id"].as_str().unwrap())
        );
        assert!(markdown.contains(&row[2]), "{markdown}");
        assert_eq!(line["fingerprint"], json["fingerprint"]);
    }
    assert!(rows.iter().any(|row| &row[12] == "'=Corridor Wire"), "{csv}");
}

#[test]
fn other_rules_make_no_news() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    home.write("speakers.toml", "[[speaker]]\nid = \"ingrid-solvane\"\nname = \"Ingrid Solvane\"\n");

    let report = index(&home);

    assert_eq!((&report["rules_changed"], &report["changed"]), (&Value::from(true), &Value::from(2)));
    assert!(!alerts(&home, &["--format", "json"]).stdout.contains("\"mark\""));
}

#[test]
fn what_a_run_put_before_it_was_cut_off_is_new_once_it_is_over() {
    let home = home();
    alerts(&home, &["--acknowledge"]);
    let kept =
        ["index/manifest.json", "index/first-seen.bin"].map(|file| (file, std::fs::read(home.path().join(file))));
    let further = "The toll of the Sarn pass is nine crowns a lorry";
    write(&home, "corpus/c.jsonl", &[article(3, "2025-06-20", "Kesh Monitor", further)]);
    index(&home);
    for (file, before) in kept {
        home.write(file, before.unwrap());
    }

    alerts(&home, &["--acknowledge"]);
    index(&home);

    assert_eq!(marks(&home, &[]), pairs(&[("new", "Kesh Monitor")]));
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_printed_is_not_acknowledged() {
    let home = home();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();

    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    program.args(["alerts", "--acknowledge"]).current_dir(home.path()).stdout(full).stderr(std::process::Stdio::null());
    let status = program.status().unwrap();

    assert_eq!(status.code(), Some(1));
    assert_eq!(marks(&home, &[]), pairs(&[("new", "Velmar Courier")]));
}
