//! `collocates`: what is counted around matches, against texts in which it can be counted by hand.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, Outcome, sample};
use serde_json::{Value, json};

const TEXTS: [&str; 3] = [
    "Salt and water came by ferry to Kesh. The ferry and the Ferry master slept in the harbour that night.",
    "No salt was sold in Tarnhaven all winter; the salt of Kesh was gone, and the keepers of the locks knew it.",
    "Rain fell on the old town of Velmar, and the keepers of the locks had little else to do than to wait.",
];

fn write(home: &Home, texts: &[&str]) {
    let record = |(number, text): (usize, &&str)| {
        json!({"url": format!("https://company.example/{number}"), "outlet": "Kesh Courier", "text": text}).to_string()
    };
    let lines: Vec<String> = texts.iter().enumerate().map(record).collect();
    home.write("corpus/a.jsonl", lines.join("\n"));
    assert_eq!(home.run(&["index"]).code, 0);
}

fn home() -> Home {
    let home = Home::new();
    write(&home, &TEXTS);
    home
}

fn collocates(home: &Home, args: &[&str]) -> Outcome {
    let outcome = home.run(&[&["collocates"], args].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome
}

fn whole(home: &Home, args: &[&str]) -> Value {
    let all = [args, &["--min-count", "1", "--top", "1000", "--format", "json"]].concat();
    serde_json::from_str(&collocates(home, &all).stdout).unwrap()
}

/// Joint and total count of a word; `None` where it is no collocate.
fn counts(whole: &Value, word: &str) -> Option<(u64, u64)> {
    let found = whole["collocates"].as_array().unwrap().iter().find(|collocate| collocate["word"] == word)?;
    Some((found["joint"].as_u64().unwrap(), found["total"].as_u64().unwrap()))
}

fn words(texts: &[&str]) -> usize {
    texts.iter().map(|text| rapporteur::analysis::words(text).count()).sum()
}

#[test]
fn a_place_is_counted_once_and_a_match_never() {
    let whole = whole(&home(), &["ferry", "--window", "2"]);

    // came by | to Kesh The | and the | master slept: the windows of the three share places.
    assert_eq!((&whole["matches"], &whole["window_words"]), (&json!(3), &json!(9)));
    assert_eq!(whole["corpus_words"], words(&TEXTS) - 3);
    assert_eq!(counts(&whole, "kesh"), Some((1, 2)));
    assert_eq!(counts(&whole, "and"), Some((1, 4)));
    assert_eq!(counts(&whole, "the"), Some((2, 9)));
    assert_eq!(counts(&whole, "by"), Some((1, 1)));
    assert_eq!(counts(&whole, "ferry"), None);
    assert_eq!(counts(&whole, "salt"), None);
}

#[test]
fn windows_reach_as_far_as_asked() {
    let home = home();
    let joint = |window: &str, word: &str| counts(&whole(&home, &["sold", "--window", window]), word);

    assert_eq!(joint("2,0", "salt"), Some((1, 3)));
    assert_eq!(joint("0,2", "salt"), None);
    assert_eq!(joint("sentence", "salt"), Some((2, 3)));
    assert_eq!(joint("sentence", "rain"), None);
}

#[test]
fn words_between_the_ends_of_a_match_belong_to_it() {
    let whole = whole(&home(), &["salt NEAR/3 ferry OR \"salt and water\"", "--window", "10"]);

    assert_eq!(counts(&whole, "water"), None);
    assert_eq!(counts(&whole, "came"), Some((1, 1)));
}

#[test]
fn what_was_taken_out_of_the_index_is_not_counted() {
    let home = home();
    write(&home, &TEXTS[..2]);

    let whole = whole(&home, &["locks"]);

    assert_eq!(whole["corpus_words"], words(&TEXTS[..2]) - 1);
    assert_eq!(counts(&whole, "keepers"), Some((1, 1)));
}

#[test]
fn stems_join_what_forms_keep_apart() {
    let home = home();

    assert_eq!(counts(&whole(&home, &["knew"]), "keepers"), Some((1, 2)));
    assert_eq!(counts(&whole(&home, &["knew", "--stems"]), "keeper"), Some((1, 2)));
    assert_eq!(counts(&whole(&home, &["knew", "--no-function-words"]), "of"), None);
}

#[test]
fn scores_follow_from_the_counts() {
    let home = home();
    let score = |measure: &str, word: &str| {
        let whole = whole(&home, &["ferry", "--window", "2", "--measure", measure]);
        let found = whole["collocates"].as_array().unwrap().iter().find(|found| found["word"] == word).unwrap().clone();
        (found["expected"].as_f64().unwrap(), found["score"].as_f64().unwrap())
    };
    let near = |(expected, score): (f64, f64), wanted: (f64, f64)| {
        assert!((expected - wanted.0).abs() < 1e-9 && (score - wanted.1).abs() < 1e-9, "{expected} {score} {wanted:?}");
    };

    // `the` stands twice among the 9 words of windows, nine times among all but the 3 words of matches.
    let all = f64::from(u32::try_from(words(&TEXTS) - 3).unwrap());
    let expected = 9.0 * 9.0 / all;
    near(score("log-dice", "the"), (expected, 14.0 + (4.0_f64 / 12.0).log2()));
    near(score("pmi", "the"), (expected, (2.0 / expected).log2()));
    let g2: f64 = [(2.0, 9.0, 9.0), (7.0, 9.0, all - 9.0), (7.0, all - 9.0, 9.0), (all - 16.0, all - 9.0, all - 9.0)]
        .iter()
        .map(|(observed, row, column)| observed * (observed * all / (row * column)).ln())
        .sum();
    near(score("log-likelihood", "the"), (expected, 2.0 * g2));
}

#[test]
fn every_format_has_the_same_words() {
    let format = |format: &str| sample(&["collocates", "railway", "--top", "5", "--format", format]).stdout;

    let json: Value = serde_json::from_str(&format("json")).unwrap();
    let csv = format("csv");
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    let (table, markdown) = (format("table"), format("md"));

    let expected = json["collocates"].as_array().unwrap();
    assert_eq!((expected.len(), rows.len(), table.lines().count(), markdown.lines().count()), (5, 5, 6, 11));
    for (at, line) in format("jsonl").lines().enumerate() {
        let line: Value = serde_json::from_str(line).unwrap();
        let word = line["word"].as_str().unwrap();
        assert_eq!((&line["measure"], &line["fingerprint"]), (&json!("log-dice"), &json["fingerprint"]));
        assert_eq!(expected[at]["word"], word);
        assert_eq!((&rows[at][0], rows[at][1].parse().unwrap()), (word, line["joint"].as_u64().unwrap()));
        assert!(table.lines().nth(at + 1).unwrap().starts_with(word), "{table}");
        assert!(markdown.lines().nth(at + 2).unwrap().starts_with(&format!("| {word} |")), "{markdown}");
    }
    let scores: Vec<f64> = expected.iter().map(|found| found["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}

#[test]
fn nothing_found_is_explained() {
    let home = home();

    let rare = collocates(&home, &["ferry", "--min-count", "50"]);
    assert!(rare.stdout.is_empty() && rare.stderr.contains("--min-count"), "{rare:?}");
    let nothing = collocates(&home, &["tram"]);
    let of_tram: Vec<&str> =
        nothing.stderr.lines().filter_map(|line| line.trim_start().strip_prefix("tram ")).collect();
    assert!(
        nothing.stdout.is_empty() && of_tram.iter().any(|count| count.trim_start().starts_with('0')),
        "{nothing:?}"
    );
    assert_eq!(home.run(&["collocates", "outlet:\"Kesh Courier\""]).code, 2);
    assert_eq!(Home::new().run(&["collocates", "ferry"]).code, 10);
}

#[test]
fn the_examples_of_one_speaker_find_something_and_a_window_of_no_words_is_refused() {
    for args in [["collocates", "gas", "--speaker", "Brekovic"], ["kwic", "water", "--speaker", "Belhaour"]] {
        let outcome = sample(&args);
        assert!(outcome.code == 0 && outcome.stdout.lines().count() > 1, "{outcome:?}");
    }
    let refused = sample(&["collocates", "gas", "--window", "0,0"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("a window of no words"), "{}", refused.stderr);
}
