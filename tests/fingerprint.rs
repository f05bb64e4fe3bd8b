//! Equal inputs, in any order and on any number of threads, give equal fingerprints, ids and scores.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::process::Command;

use common::Home;
use serde_json::Value;

const PLACES: [&str; 7] = ["Velmar", "Kesh", "Tarnhaven", "Alt-Bulak", "Ferrin", "Lanqing", "Doruna"];

fn story(n: usize) -> String {
    let place = PLACES[n % PLACES.len()];
    let tail = "The railway was spoken of again, at some length. ".repeat(n % 5);
    format!(
        "Ministers meet in {place}\n\nThe ministers met in {place} for the {n}th time and spoke of the railway. {tail}\n\n\
         \"We will build the railway to {place},\" said Pieter Vael, the minister of roads number {n}.\n"
    )
}

/// Runs the program on `threads` threads.
fn run(home: &Home, threads: &str, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(args)
        .current_dir(home.path())
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Fingerprint, and every hit of three searches: id, score and text.
fn state(home: &Home, threads: &str) -> (String, Vec<(String, String, String)>) {
    let status: Value = serde_json::from_str(&run(home, threads, &["status", "--format", "json"])).unwrap();
    let fingerprint = status["fingerprint"].as_str().unwrap().to_owned();
    let mut hits = Vec::new();
    for query in ["railway ministers", "\"the railway\" OR Kesh", "speaker:\"Pieter Vael\" build"] {
        let found = run(home, threads, &["search", query, "--top", "1000", "--format", "jsonl"]);
        for line in found.lines() {
            let hit: Value = serde_json::from_str(line).unwrap();
            assert_eq!(hit["fingerprint"], fingerprint.as_str());
            let (id, text) = (hit["id"].to_string(), hit["text"].to_string());
            hits.push((id, hit["score"].to_string(), text));
        }
    }
    assert!(hits.len() > 60, "{}", hits.len());
    (fingerprint, hits)
}

#[test]
fn neither_order_nor_threads_show_in_fingerprint_ids_or_scores() {
    const COUNT: usize = 70;
    let (at_once, backwards, renamed) = (Home::new(), Home::new(), Home::new());
    for n in 0..COUNT {
        at_once.write(&format!("corpus/{n:03}.txt"), story(n));
        renamed.write(&format!("corpus/deep/{:03}.txt", (n * 31) % COUNT), story(n));
    }
    run(&at_once, "1", &["index"]);
    run(&renamed, "4", &["index"]);
    for batch in [50..COUNT, 20..50, 0..20] {
        for n in batch.rev() {
            backwards.write(&format!("corpus/{n:03}.txt"), story(n));
        }
        run(&backwards, "3", &["index"]);
    }

    let expected = state(&at_once, "4");

    assert_eq!(state(&at_once, "1"), expected);
    assert_eq!(state(&renamed, "2"), expected);
    assert_eq!(state(&backwards, "1"), expected);
}

#[test]
fn whatever_decides_what_is_derived_shows_in_the_fingerprint() {
    let fingerprint = |change: &dyn Fn(&Home), args: &[&str]| {
        let home = Home::new();
        home.write("corpus/a.txt", story(1));
        change(&home);
        run(&home, "2", &[args, &["index"]].concat());
        let status = run(&home, "2", &[args, &["status", "--format", "json"]].concat());
        serde_json::from_str::<Value>(&status).unwrap()["fingerprint"].as_str().unwrap().to_owned()
    };
    let kinds = [
        fingerprint(&|_| (), &[]),
        fingerprint(&|home| drop(home.write("corpus/b.txt", story(2))), &[]),
        fingerprint(&|home| drop(home.write("corpus/a.txt", story(3))), &[]),
        fingerprint(
            &|home| std::fs::rename(home.path().join("corpus/a.txt"), home.path().join("corpus/a.md")).unwrap(),
            &[],
        ),
        fingerprint(&|home| drop(home.write("speakers.toml", "[[speaker]]\nid = \"vael\"\nname = \"P. Vael\"\n")), &[]),
        fingerprint(
            &|home| {
                drop(home.write("topics.toml", "[[topic]]\nid = \"rail\"\nlabel = \"Rail\"\nterms = [\"railway\"]\n"));
            },
            &[],
        ),
        fingerprint(&|_| (), &["--no-model"]),
        fingerprint(&|_| (), &["--default-outlet", "Corridor Wire"]),
        fingerprint(&|_| (), &["--language", "de"]),
    ];

    for (place, one) in kinds.iter().enumerate() {
        assert!(!kinds[..place].contains(one), "{place} is named like one before");
    }
    assert_eq!(kinds[0], fingerprint(&|_| (), &[]));
}
