//! The topics, outlets and words of an index, as `topics`, `outlets` and `terms` list them.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, Outcome};
use serde_json::{Value, json};

const TOPICS: &str = r#"
[[topic]]
id = "water"
label = "Water"
terms = [{ term = "well", weight = 3 }]

[[topic]]
id = "ice"
label = "Ice"
broader = "water"
terms = [{ term = "glacier", weight = 3 }]

[[topic]]
id = "chess"
label = "Chess"
iptc = "medtop:20000884"
terms = [{ term = "gambit", weight = 3 }]
"#;

/// Four passages: of a glacier, of a glacier and a well, of a well, and of neither.
fn home() -> Home {
    let home = Home::new();
    home.write("topics.toml", TOPICS);
    let article = |id: &str, outlet: Option<&str>, published: &str, text: &str| {
        json!({"id": id, "title": "Notes of a day", "outlet": outlet, "published": published, "text": text}).to_string()
    };
    home.write(
        "corpus/a.jsonl",
        [
            article("a", Some("The Ferrin Gazette"), "2025-06-16", "The glacier above Ferrin lost a year's ice."),
            article("b", Some("The Ferrin Gazette"), "2025-06-17", "A glacier feeds the well where the Railway ends."),
            article("c", Some("Ferrin Gazette"), "2025-06-18", "The well at Kesh is dry, and the railways are full."),
        ]
        .join("\n"),
    );
    home.write("corpus/b.jsonl", article("d", None, "2025-06-20", "Rain fell on the rails and the railway all day."));
    index(&home);
    home
}

fn index(home: &Home) {
    let outcome = home.run(&["index"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
}

fn run(home: &Home, args: &[&str]) -> Outcome {
    let outcome = home.run(args);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome
}

fn lines(home: &Home, args: &[&str]) -> Vec<Value> {
    run(home, &[args, &["--format", "jsonl"]].concat()).json_lines()
}

#[test]
fn a_topic_counts_what_is_about_its_parts_and_what_is_about_itself() {
    let home = home();

    let found = lines(&home, &["topics"]);

    let counts: Vec<Value> =
        found.iter().map(|topic| json!([topic["id"], topic["passages"], topic["direct"], topic["articles"]])).collect();
    assert_eq!(counts, [json!(["water", 3, 2, 3]), json!(["ice", 2, 2, 2]), json!(["chess", 0, 0, 0])]);
    assert_eq!(found[0]["published"], json!(["2025-06-16", "2025-06-18"]));
    assert_eq!(found[1]["broader"], json!(["water"]));
    assert_eq!(found[2]["terms"], json!([{"term": "gambit", "weight": 3.0}]));
    let table = run(&home, &["topics"]);
    assert!(table.stdout.contains("medtop:20000884 · no passage has it"), "{}", table.stdout);
    assert_eq!(table.stderr, "3 topics from topics.toml, 1 without a passage; 1 passage without a topic\n");
}

#[test]
fn a_topic_that_the_file_no_longer_has_is_told() {
    let home = home();
    home.write("topics.toml", TOPICS.replace("\"ice\"", "\"frost\""));

    let outcome = run(&home, &["topics", "--format", "json"]);

    let json: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!((&json["undefined"], &json["unused"], &json["stale"]), (&1.into(), &2.into(), &true.into()));
    let topics = json["topics"].as_array().unwrap();
    let ice = topics.iter().find(|topic| topic["id"] == "ice").unwrap();
    assert_eq!((&ice["label"], &ice["passages"], &ice["direct"]), (&Value::Null, &2.into(), &2.into()));
    assert!(outcome.stderr.contains("1 of the index no longer in it"), "{}", outcome.stderr);
    assert!(run(&home, &["topics"]).stdout.contains("the topics file no longer has it"));
}

#[test]
fn spellings_of_an_outlet_count_as_one_and_are_named() {
    let home = home();

    let found = lines(&home, &["outlets"]);

    assert_eq!(found.len(), 1);
    let outlet = &found[0];
    assert_eq!((&outlet["key"], &outlet["name"]), (&"ferrin gazette".into(), &"The Ferrin Gazette".into()));
    assert_eq!((&outlet["passages"], &outlet["articles"]), (&3.into(), &3.into()));
    let spellings = json!([{"name": "The Ferrin Gazette", "passages": 2}, {"name": "Ferrin Gazette", "passages": 1}]);
    assert_eq!(outlet["spellings"], spellings);
    assert_eq!(outlet["published"], json!(["2025-06-16", "2025-06-18"]));
    let table = run(&home, &["outlets"]);
    assert!(table.stdout.contains("written The Ferrin Gazette (2), Ferrin Gazette (1)"), "{}", table.stdout);
    assert_eq!(table.stderr, "1 outlet; 1 passage in 1 article name none\n");
    let default = run(&home, &["outlets", "--default-outlet", "FERRIN GAZETTE"]);
    assert!(default.stdout.contains("by the settings"), "{}", default.stdout);
}

#[test]
fn words_are_counted_over_their_spellings_with_the_stem_that_finds_them() {
    let home = home();

    let found = lines(&home, &["terms", "RAIL"]);

    let counts: Vec<Value> =
        found.iter().map(|term| json!([term["word"], term["stem"], term["passages"], term["occurrences"]])).collect();
    let expected =
        [json!(["railway", "railway", 2, 2]), json!(["rails", "rail", 1, 1]), json!(["railways", "railway", 1, 1])];
    assert_eq!(counts, expected);
    let words: Vec<Value> =
        lines(&home, &["terms", "rail", "--sort", "alphabet"]).iter().map(|term| term["word"].clone()).collect();
    assert_eq!(words, ["rails", "railway", "railways"]);
    assert_eq!(run(&home, &["terms", "rail", "--top", "1"]).stderr, "1 of 3 words; --top 3 shows all\n");
}

#[test]
fn a_word_of_removed_articles_is_none() {
    let home = home();
    std::fs::remove_file(home.path().join("corpus/b.jsonl")).unwrap();
    index(&home);

    let found = lines(&home, &["terms", "rail"]);

    assert_eq!(found.iter().map(|term| &term["word"]).collect::<Vec<_>>(), ["railway", "railways"]);
    assert_eq!(found[0]["occurrences"], 1);
}

#[test]
fn letters_that_begin_no_word_get_the_nearest_and_several_words_are_refused() {
    let home = home();

    assert!(run(&home, &["terms", "railwey"]).stderr.contains("nearest: railway"));
    assert_eq!(run(&home, &["terms", "zzz"]).stderr, "no word begins with `zzz`\n");
    for wrong in ["rail way", "\u{1b}[…"] {
        let outcome = home.run(&["terms", wrong]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{wrong}: {}", outcome.stderr);
        assert!(!outcome.stderr.contains('\u{1b}'), "{}", outcome.stderr);
    }
}

#[test]
fn every_form_lists_the_same_values_with_the_index_that_they_are_from() {
    let home = home();
    for (command, list, key) in [("topics", "topics", "id"), ("outlets", "outlets", "key"), ("terms", "terms", "word")]
    {
        let json: Value = serde_json::from_str(&run(&home, &[command, "--format", "json"]).stdout).unwrap();
        let own = lines(&home, &[command]);
        let csv = run(&home, &[command, "--format", "csv"]).stdout;
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();

        let values = json[list].as_array().unwrap();
        assert_eq!((values.len(), own.len(), rows.len()), (own.len(), rows.len(), values.len()), "{command}");
        for ((value, line), row) in values.iter().zip(&own).zip(&rows) {
            assert_eq!((&value[key], &value[key]), (&line[key], &Value::from(&row[0])), "{command}");
            assert_eq!(json["fingerprint"], line["fingerprint"]);
            assert_eq!(json["fingerprint"], &row[row.len() - 1]);
        }
    }
}

#[test]
fn there_is_nothing_to_list_without_an_index() {
    for command in ["topics", "outlets", "terms"] {
        assert_eq!(Home::new().run(&[command]).code, 10, "{command}");
    }
}

#[test]
fn an_outlet_without_a_letter_has_no_key_that_nobody_could_ask_for() {
    let home = Home::new();
    let record = r#"{"url": "https://dots.example/1", "outlet": "•••", "published": "2025-06-18", "text": "The ferry to Ferrin was late again on Monday morning, and nobody waited for it on the quay."}"#;
    home.write("corpus/a.jsonl", format!("{record}\n"));
    assert_eq!(home.run(&["index"]).code, 0);

    let outlets: Value = serde_json::from_str(&home.run(&["outlets", "--format", "json"]).stdout).unwrap();
    let matrix = home.run(&["matrix", "ferry", "--rows", "outlet", "--columns", "topic", "--format", "json"]);

    assert_eq!(
        (&outlets["outlets"], &outlets["without"]["passages"]),
        (&Value::Array(Vec::new()), &1.into()),
        "{outlets}"
    );
    assert!(!matrix.stdout.contains("outlet:\\\"\\\""), "{matrix:?}");
}
