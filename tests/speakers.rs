//! Who speaks in an index, as `speakers` lists them, and what may be pasted into the authority file.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::path::Path;

use common::{Home, Outcome, sample};
use rapporteur::config::Authority;
use serde_json::Value;

const AUTHORITY: &str = r#"
[[speaker]]
id = "omer-kaldan"
name = "Ömer Kaldan"
aliases = ["President Kaldan"]

[[speaker]]
id = "rashid-tamm"
name = "Rashid Tamm"
"#;

/// Two articles: Kaldan, known; Bela Kaldan and Rashed Tamm, who are not, but nearly; Keren Moyle, whom nobody is like.
fn home() -> Home {
    let home = Home::new();
    home.write("speakers.toml", AUTHORITY);
    home.write(
        "corpus/pier.jsonl",
        [
            serde_json::json!({"id": "a", "published": "2025-06-16", "text": "\
                “The pier will be mended,” said Keren Moyle, chair of the Ferrin guild. “It is a promise,” Moyle said.\n\n\
                Ömer Kaldan said that the pier was old. “It leans,” said Bela Kaldan.\n"}),
            serde_json::json!({"id": "b", "published": "2025-06-18", "text": "\
                “No boat has left the harbour,” said Keren Moyle, a skipper from Ferrin.\n\n\
                “The harbour is open,” said Rashed Tamm.\n"}),
        ]
        .map(|record| record.to_string() + "\n")
        .concat(),
    );
    assert_eq!(home.run(&["index"]).code, 0);
    home
}

fn speakers(home: &Home, args: &[&str]) -> Vec<Value> {
    let mut all = vec!["speakers", "--format", "jsonl"];
    all.extend(args);
    let outcome = home.run(&all);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    outcome.json_lines()
}

fn ids(speakers: &[Value]) -> Vec<&str> {
    speakers.iter().map(|speaker| speaker["id"].as_str().unwrap()).collect()
}

fn toml(outcome: &Outcome) -> Authority {
    assert_eq!(outcome.code, 0, "{outcome:?}");
    Authority::parse(Path::new("snippet.toml"), &outcome.stdout).unwrap()
}

#[test]
fn who_says_most_stands_first_with_articles_days_and_roles() {
    let speakers = speakers(&home(), &[]);

    assert_eq!(ids(&speakers), ["keren-moyle", "bela-kaldan", "omer-kaldan", "rashed-tamm"]);
    let moyle = &speakers[0];
    assert_eq!(moyle["names"], serde_json::json!(["Keren Moyle"]));
    assert_eq!(moyle["quotes"], 3);
    assert_eq!(moyle["turns"], 0);
    assert_eq!(moyle["articles"], 2);
    assert_eq!(moyle["published"], serde_json::json!(["2025-06-16", "2025-06-18"]));
    let roles: Vec<&str> = moyle["roles"].as_array().unwrap().iter().map(|role| role.as_str().unwrap()).collect();
    assert_eq!(roles, ["chair of the Ferrin guild", "skipper from Ferrin"]);
}

#[test]
fn whom_the_authority_file_does_not_know_has_no_entry_and_those_it_may_be() {
    let home = home();
    let unresolved = speakers(&home, &["--unresolved"]);

    assert_eq!(ids(&unresolved), ["keren-moyle", "bela-kaldan", "rashed-tamm"]);
    assert!(unresolved.iter().all(|speaker| speaker["entry"].is_null()), "{unresolved:?}");
    let perhaps: Vec<Value> = unresolved.iter().map(|speaker| speaker["perhaps"][0]["id"].clone()).collect();
    assert_eq!(perhaps, [Value::Null, "omer-kaldan".into(), "rashid-tamm".into()]);

    let table = home.run(&["speakers", "--unresolved"]);
    assert!(table.stdout.contains("perhaps an alias of Ömer Kaldan [omer-kaldan]"), "{}", table.stdout);
    assert_eq!(table.stderr, "4 speakers, 3 of them have no entry in the authority file\n");
}

#[test]
fn the_snippet_pasted_into_the_authority_file_leaves_nobody_unresolved() {
    let home = home();
    let outcome = home.run(&["speakers", "--unresolved", "--format", "toml"]);
    let pasted = toml(&outcome);
    let moyle = pasted.find("Keren Moyle").unwrap();
    assert_eq!(moyle.id.as_str(), "keren-moyle");
    assert_eq!(moyle.role_on(None), Some("chair of the Ferrin guild"));
    assert!(outcome.stdout.contains("\n# 2 articles, 0 turns, 3 quotes\n[[speaker]]\n"), "{}", outcome.stdout);

    home.write("speakers.toml", AUTHORITY.to_owned() + &outcome.stdout);

    // Before the next run the names tell, and it is said that the index is older than the file.
    let before = home.run(&["speakers", "--unresolved"]);
    assert_eq!((before.code, before.stdout.as_str()), (0, ""));
    assert!(before.stderr.contains("run `rapporteur index`"), "{}", before.stderr);
    assert_eq!(home.run(&["index"]).code, 0);
    let after = home.run(&["speakers", "--unresolved"]);
    assert_eq!(after.stderr, "4 speakers, 0 of them have no entry in the authority file\n");
}

#[test]
fn every_form_lists_the_same_speakers() {
    let home = home();
    let lines = speakers(&home, &[]);

    let mut json: Value = serde_json::from_str(&home.run(&["speakers", "--format", "json"]).stdout).unwrap();
    let fingerprint = json["fingerprint"].clone();
    assert_eq!(fingerprint.as_str().map(str::len), Some(64));
    for speaker in json["speakers"].as_array_mut().unwrap() {
        speaker["fingerprint"] = fingerprint.clone();
    }
    assert_eq!(json["speakers"], Value::from(lines.clone()));
    assert_eq!((&json["total"], &json["unresolved"]), (&4.into(), &3.into()));

    let csv = home.run(&["speakers", "--format", "csv"]).stdout;
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows[0], "id,names,roles,articles,turns,quotes,first,last,entry,perhaps,aliases,fingerprint");
    let kaldan = "omer-kaldan,Ömer Kaldan,,1,0,1,2025-06-16,2025-06-16,omer-kaldan,,President Kaldan";
    assert_eq!(rows[3], format!("{kaldan},{}", fingerprint.as_str().unwrap()));
    assert_eq!(rows.len(), lines.len() + 1);
}

#[test]
fn the_turns_of_an_interview_count_once_each() {
    let home = Home::new();
    home.write(
        "corpus/interview.txt",
        "A talk about the pier\n\nQ: Will the pier hold?\n\nKeren Moyle: It will hold for another year, and then we shall \
         see what is left of it.\n\nQ: And the boats?\n\nKeren Moyle: They stay where they are until the wind turns.\n",
    );
    assert_eq!(home.run(&["index"]).code, 0);

    let speakers = speakers(&home, &[]);

    assert_eq!(speakers[0]["id"], "keren-moyle");
    assert_eq!((&speakers[0]["turns"], &speakers[0]["quotes"]), (&2.into(), &0.into()), "{speakers:?}");
    assert_eq!(speakers[0]["published"], Value::Null);
}

#[test]
fn an_index_without_articles_has_no_speakers() {
    let home = Home::new();
    home.write("corpus/empty.html", "");
    assert_eq!(home.run(&["index"]).code, 3);

    for format in ["table", "jsonl", "toml"] {
        let outcome = home.run(&["speakers", "--format", format]);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (0, ""), "{format}: {outcome:?}");
    }
    let json: Value = serde_json::from_str(&home.run(&["speakers", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["speakers"], serde_json::json!([]));
}

#[test]
fn without_an_index_nothing_is_built_and_an_unknown_form_is_a_usage_error() {
    let home = Home::new();
    home.write("corpus/good.txt", "“The pier leans,” said Keren Moyle.\n");

    let outcome = home.run(&["speakers", "--unresolved"]);
    assert_eq!(outcome.code, 10, "{outcome:?}");
    assert!(outcome.stderr.contains("run `rapporteur index`"), "{outcome:?}");
    assert!(!home.path().join("index").exists());

    let outcome = home.run(&["speakers", "--format", "yaml"]);
    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert!(outcome.stderr.contains("toml"), "{outcome:?}");
}

#[test]
fn a_hostile_name_is_harmless_in_every_form() {
    let home = Home::new();
    // Cleaning leaves no control character in an article's own names; an authority file may bring some.
    let hostile = r#"[[speaker]]
id = "keren-moyle"
name = "=Keren\u001b[31m\u202e Moyle\n[[speaker]]"
aliases = ["Keren Moyle"]
roles = [{ title = "\u0007chair\r\n# of nothing" }]
"#;
    home.write("speakers.toml", hostile);
    home.write("corpus/pier.txt", "“The pier leans and will lean until the wind turns,” said Keren Moyle.\n");
    assert_eq!(home.run(&["index"]).code, 0);
    assert_eq!(speakers(&home, &[])[0]["entry"], "keren-moyle");

    for format in ["table", "json", "jsonl", "csv", "toml"] {
        let outcome = home.run(&["--speakers", "none.toml", "speakers", "--format", format]);

        assert_eq!(outcome.code, 0, "{outcome:?}");
        assert!(outcome.stdout.contains("Moyle"), "{format}: {outcome:?}");
        // A spreadsheet shows control characters and obeys none; what it would obey is a formula.
        let harmless = if format == "csv" {
            outcome.stdout.contains("\"'=Keren")
        } else {
            !outcome.stdout.contains(['\u{1b}', '\u{7}'])
        };
        assert!(harmless, "{format}: {outcome:?}");
    }
    let table = home.run(&["--speakers", "none.toml", "speakers"]).stdout;
    assert!(!table.contains('\u{202e}') && table.contains("Moyle [[speaker]] [keren-moyle]"), "{table}");
    let pasted = toml(&home.run(&["--speakers", "none.toml", "speakers", "--format", "toml"]));
    assert_eq!(pasted.persons()[0].name, "=Keren\u{1b}[31m\u{202e} Moyle\n[[speaker]]");
}

#[test]
fn the_snippet_of_the_sample_corpus_reads_back_whole() {
    let json: Value = serde_json::from_str(&sample(&["speakers", "--format", "json"]).stdout).unwrap();

    let snippet = toml(&sample(&["speakers", "--format", "toml"]));

    assert!(snippet.persons().len() > 20, "{}", snippet.persons().len());
    assert_eq!(snippet.persons().len() as u64, json["unresolved"].as_u64().unwrap());
}
