//! `verify`: what holds is said to hold, and whatever was changed is named.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::path::PathBuf;

use common::{Home, run_in, sample};
use serde_json::Value;

const STORY: &str = "Keepers of the Kesh locks meet\n\nTARNHAVEN, June 17, 2025 - The keepers met for an hour.\n\n\
    \"The locks will stay open,\" said Ingrid Solvane, the minister of water, after the meeting in the old hall.\n";
const RECORDS: &str = "{\"text\": \"The ferry to Ferrin was late again, and nobody on the quay was surprised.\"}\n\
    {\"text\": \"The night train to Velmar was early for once, and nobody was on the platform.\"}\n";

fn home() -> Home {
    let home = Home::new();
    home.write("corpus/story.txt", STORY);
    home.write("corpus/feed.jsonl", RECORDS);
    assert_eq!(home.run(&["index"]).code, 0);
    home
}

fn export(home: &Home) -> String {
    home.run(&["search", "locks OR keepers OR ferry OR train", "--format", "jsonl"]).stdout
}

fn originals(home: &Home) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(home.path().join("index/archive")).unwrap();
    folders
        .flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap())
        .map(|file| file.unwrap().path())
        .collect()
}

fn verdicts(home: &Home, args: &[&str]) -> (i32, Vec<Value>) {
    let outcome = home.run(&[&["verify", "--format", "jsonl"], args].concat());
    (outcome.code, outcome.json_lines())
}

#[test]
fn every_passage_of_the_sample_corpus_is_what_its_original_gives() {
    let outcome = sample(&["verify", "--all", "--format", "json"]);

    let found: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(outcome.code, 0, "{}", outcome.stdout);
    assert!(found["findings"].as_array().unwrap().len() > 50, "{found}");
    assert_eq!(found["rules_changed"], false);
}

#[test]
fn ids_name_a_passage_or_all_of_an_article() {
    let home = home();
    let id = home.run(&["search", "ferry", "--format", "jsonl"]).json_lines()[0]["id"].as_str().unwrap().to_owned();

    assert_eq!(verdicts(&home, &[&id]).1.len(), 1);
    let (code, found) = verdicts(&home, &[id.split('.').next().unwrap()]);
    assert_eq!((code, &found[0]["verdict"]), (0, &"same".into()));
    assert_eq!(home.run(&["verify", "000000000000.1"]).code, 1);
    assert_eq!(home.run(&["verify", "nonsense"]).code, 2);
    assert_eq!(home.run(&["verify"]).code, 2);
}

#[test]
fn an_original_that_is_gone_is_said_to_be_missing() {
    let home = home();
    for path in originals(&home) {
        std::fs::remove_file(path).unwrap();
    }

    let (code, found) = verdicts(&home, &["--all"]);

    assert_eq!(code, 4);
    assert!(found.iter().all(|finding| finding["verdict"] == "not_archived"), "{found:?}");
}

#[test]
fn changed_bytes_are_told_from_missing_ones() {
    let home = home();
    let path = &originals(&home)[0];
    std::fs::write(path, zstd::encode_all(&b"The locks will stay shut."[..], 3).unwrap()).unwrap();

    let outcome = home.run(&["verify", "--all"]);

    assert_eq!(outcome.code, 4, "{outcome:?}");
    assert!(outcome.stdout.contains("has a damaged original"), "{outcome:?}");
    let (_, found) = verdicts(&home, &["--all"]);
    assert!(found.iter().any(|finding| finding["verdict"] == "same"), "the others hold: {found:?}");
}

#[test]
fn an_export_holds_until_a_word_a_speaker_or_a_hash_of_it_is_changed() {
    let home = home();
    let exported = export(&home);
    let check = |text: &str| {
        home.write("export.jsonl", text);
        verdicts(&home, &["--file", "export.jsonl"])
    };
    let fields = |found: &[Value]| -> Vec<String> {
        let differences = found.iter().flat_map(|finding| finding["differences"].as_array().unwrap());
        differences.map(|difference| difference["field"].as_str().unwrap().to_owned()).collect()
    };

    let (code, found) = check(&exported);
    assert_eq!((code, found.len()), (0, exported.lines().count()), "{found:?}");
    assert!(exported.contains("\"id\":\"ingrid-solvane\""), "{exported}");

    let (code, found) = check(&exported.replace("stay open", "stay shut"));
    assert_eq!((code, fields(&found)), (4, vec!["text".into()]), "{found:?}");
    let (code, found) = check(&exported.replace("\"id\":\"ingrid-solvane\"", "\"id\":\"omer-kaldan\""));
    assert_eq!((code, fields(&found)), (4, vec!["speaker".into()]), "{found:?}");
    let hash = exported.lines().next().unwrap().split("\"blake3\":\"").nth(1).unwrap()[..64].to_owned();
    let (code, found) = check(&exported.replace(&hash, &"0".repeat(64)));
    assert_eq!(code, 4);
    assert!(!fields(&found).is_empty() && fields(&found).iter().all(|field| field == "blake3"), "{found:?}");
    let first = exported.lines().next().unwrap();
    let id = serde_json::from_str::<Value>(first).unwrap()["id"].as_str().unwrap().to_owned();
    let (_, found) = check(&first.replace(&id, "000000000000.1"));
    assert_eq!(found[0]["verdict"], "unknown");
}

#[test]
fn an_export_is_read_from_standard_input_and_a_bad_line_is_named() {
    let home = home();
    let exported = export(&home);

    let outcome = run_in(home.path(), &["verify", "--file", "-"], exported.as_bytes());
    assert_eq!(outcome.code, 0, "{outcome:?}");
    home.write("bad.jsonl", format!("{exported}{{\"id\": 1}}\n"));
    let outcome = home.run(&["verify", "--file", "bad.jsonl"]);
    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert!(outcome.stderr.contains(&format!("bad.jsonl:{}: ", exported.lines().count() + 1)), "{outcome:?}");
}

#[test]
fn rules_that_changed_since_are_named_beside_what_they_change() {
    let home = home();
    home.write("speakers.toml", "[[speaker]]\nid = \"solvane-water\"\nname = \"Ingrid Solvane\"\naliases = []\n");

    let outcome = home.run(&["verify", "--all"]);

    assert_eq!(outcome.code, 4, "{outcome:?}");
    assert!(outcome.stdout.contains("speaker claimed: ingrid-solvane"), "{outcome:?}");
    assert!(outcome.stdout.contains("speaker derived: solvane-water"), "{outcome:?}");
    assert!(outcome.stdout.contains("rules, overrides, model or settings have changed"), "{outcome:?}");
    home.run(&["index"]);
    assert_eq!(home.run(&["verify", "--all"]).code, 0);
}
