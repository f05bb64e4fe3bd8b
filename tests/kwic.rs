//! `kwic`: every match on a line of its own, in an order that depends on nothing but the lines.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, Outcome, sample};
use rapporteur::model::CodePoints;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

fn article(number: usize, published: Option<&str>, text: &str) -> String {
    let record = json!({
        "url": format!("https://kwic.example/{number}"), "title": format!("Article {number}"),
        "outlet": "Kesh Courier", "published": published, "text": text,
    });
    record.to_string()
}

const TEXTS: [(Option<&str>, &str); 4] = [
    (Some("2025-06-19"), "The ferry to Kesh was late, and no other ferry came that day or on the day after."),
    (
        Some("2025-06-18"),
        "\"The old ferry stays,\" said Ingrid Solvane, the minister of water. The ferry is a wreck, others hold.",
    ),
    (None, "An ancient ferry lies in the mud of the harbour of Tarnhaven, where children play on it."),
    (Some("2024"), "Nobody wrote of it in the papers of Velmar, and nobody will, the keepers of the locks said."),
];

/// The texts as one index, put in as many steps as there are `steps`.
fn home(steps: usize) -> Home {
    let home = Home::new();
    let lines: Vec<String> =
        (1..).zip(TEXTS).map(|(number, (published, text))| article(number, published, text)).collect();
    for (step, lines) in lines.chunks(lines.len().div_ceil(steps)).enumerate() {
        home.write(&format!("corpus/{step}.jsonl"), lines.join("\n"));
        assert_eq!(home.run(&["index"]).code, 0);
    }
    home
}

fn kwic(home: &Home, args: &[&str]) -> Outcome {
    let outcome = home.run(&[&["kwic"], args].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    outcome
}

/// The lines as JSON, in order.
fn lines(home: &Home, args: &[&str]) -> Vec<Value> {
    kwic(home, &[args, &["--format", "jsonl"]].concat()).json_lines()
}

/// How the right sides of the lines begin.
fn rights(lines: &[Value]) -> Vec<String> {
    lines.iter().map(|line| line["right"].as_str().unwrap().chars().take(8).collect()).collect()
}

#[test]
fn each_match_has_a_line_that_is_a_piece_of_its_passage() {
    let home = home(1);

    let lines = lines(&home, &["ferry", "--context", "3,2"]);

    assert_eq!(lines.len(), 5);
    for line in &lines {
        let id = line["id"].as_str().unwrap();
        let shown: Value = serde_json::from_str(&home.run(&["show", id, "--format", "json"]).stdout).unwrap();
        let text = shown["passage"]["text"].as_str().unwrap();
        let span = serde_json::from_value(line["span"].clone()).unwrap();
        assert_eq!(CodePoints::new(text).slice(span), line["match"]);
        let side = |name: &str| line[name].as_str().unwrap().to_owned();
        let piece = side("left") + &side("match") + &side("right");
        assert!(text.contains(&piece), "{piece}");
        assert!(rapporteur::analysis::words(&side("left")).count() <= 3, "{line}");
        assert!(rapporteur::analysis::words(&side("right")).count() <= 2, "{line}");
    }
    assert!(lines.iter().any(|line| line["left"] == "and no other " && line["right"] == " came that"), "{lines:?}");
}

#[test]
fn the_context_may_be_the_sentence() {
    let lines = lines(&home(1), &["wreck", "--context", "sentence"]);

    assert_eq!((&lines[0]["left"], &lines[0]["right"]), (&json!("The ferry is a "), &json!(", others hold.")));
}

#[test]
fn the_speaker_is_who_says_the_match_and_nobody_else() {
    let home = home(1);

    let lines = lines(&home, &["ferry", "--speaker", "Solvane", "--sort", "right"]);

    let speakers: Vec<(&Value, &Value)> = lines.iter().map(|line| (&line["left"], &line["speaker"]["name"])).collect();
    assert_eq!(speakers.len(), 2);
    assert_eq!(speakers[1], (&json!("\"The old "), &json!("Ingrid Solvane")));
    assert_eq!(speakers[0].1, &Value::Null, "the article says it");
}

#[test]
fn lines_are_sorted_as_asked() {
    let home = home(1);
    let sorted = |by: &str| lines(&home, &["ferry", "--sort", by]);

    // ancient, old, other, “to Kesh was late” and “water. The”: by the words before, the nearest first.
    let lefts: Vec<String> =
        sorted("left").iter().map(|line| line["left"].as_str().unwrap().trim().to_lowercase()).collect();
    let ends = ["ancient", "old", "other", "the", "the"];
    assert!(lefts.iter().zip(ends).all(|(left, end)| left.ends_with(end)), "{lefts:?}");
    assert_eq!(lefts[3], "the", "nothing before the word goes before something");
    assert_eq!(rights(&sorted("right")), [" came th", " is a wr", " lies in", " stays,\"", " to Kesh"]);
    let dates: Vec<Value> = sorted("date").iter().map(|line| line["published"].clone()).collect();
    assert_eq!(
        dates,
        [json!("2025-06-18"), json!("2025-06-18"), json!("2025-06-19"), json!("2025-06-19"), Value::Null]
    );
    let speakers = sorted("speaker");
    assert_eq!(speakers[0]["speaker"]["id"], "ingrid-solvane");
    assert!(speakers[1..].iter().all(|line| line["speaker"].is_null()));
}

#[test]
fn the_order_does_not_depend_on_how_the_index_was_made() {
    let (whole, steps) = (home(1), home(4));

    for by in ["position", "left", "right", "date", "speaker"] {
        let of = |home: &Home| -> Vec<Value> {
            let mut lines = lines(home, &["ferry OR nobody OR the", "--sort", by]);
            for line in &mut lines {
                line["fingerprint"] = Value::Null;
            }
            lines
        };
        assert_eq!(of(&whole), of(&steps), "{by}");
    }
    let lines = lines(&whole, &["the"]);
    let places: Vec<(String, u64)> =
        lines.iter().map(|line| (line["id"].to_string(), line["span"]["start"].as_u64().unwrap())).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn every_format_has_the_same_lines() {
    let home = home(1);
    let args = ["ferry", "--sort", "date"];
    let format = |format: &str| kwic(&home, &[&args[..], &["--format", format]].concat());

    let expected = lines(&home, &args);
    let json: Value = serde_json::from_str(&format("json").stdout).unwrap();
    let csv = format("csv").stdout;
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    let markdown = format("md").stdout;

    assert_eq!((&json["matches"], &json["passages"]), (&json!(5), &json!(3)));
    assert_eq!((rows.len(), markdown.lines().count()), (5, 11));
    for (at, line) in expected.iter().enumerate() {
        let text = |name: &str| line[name].as_str().unwrap();
        assert_eq!(json["lines"][at]["id"], line["id"]);
        assert_eq!((&rows[at][0], &rows[at][3], &rows[at][4]), (text("id"), text("left"), text("match")));
        assert_eq!(rows[at][13], *line["fingerprint"].as_str().unwrap());
        let row = markdown.lines().nth(at + 2).unwrap();
        assert!(row.contains(&format!("**{}**", text("match"))) && row.contains(text("id")), "{row}");
    }
}

#[test]
fn matches_are_aligned_and_no_line_is_too_wide() {
    let home = Home::new();
    let wide = "鉄道は東の港から西の峠まで The ferry 鉄道は東の港から西の峠まで続くと大臣は述べた and stays there for a long time.";
    home.write("corpus/a.jsonl", [article(1, None, TEXTS[0].1), article(2, None, wide)].join("\n"));
    assert_eq!(home.run(&["index"]).code, 0);

    let table = kwic(&home, &["ferry"]).stdout;

    let columns: Vec<usize> = table.lines().map(|line| line[..line.find("ferry").unwrap()].width()).collect();
    assert_eq!(columns.len(), 3);
    assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
    assert!(table.lines().all(|line| line.width() <= 100), "{table}");
    assert!(table.contains('…'), "{table}");
}

#[test]
fn hostile_text_is_made_harmless_on_every_way_out() {
    let home = Home::new();
    let text = "The keepers met.\u{202e} =cmd|ferry| <b>[x](y)</b> and `the` rest of the *long* evening was quiet.";
    home.write("corpus/a.jsonl", article(1, None, text));
    assert_eq!(home.run(&["index"]).code, 0);
    let format = |format: &str| kwic(&home, &["ferry", "--context", "1", "--format", format]).stdout;

    assert!(!format("table").contains('\u{202e}'));
    let csv = format("csv");
    let row = csv::Reader::from_reader(csv.as_bytes()).records().next().unwrap().unwrap();
    assert!(row.iter().all(|cell| !cell.starts_with('=')), "{row:?}");
    let markdown = format("md");
    let row = markdown.lines().nth(2).unwrap();
    assert_eq!(row.replace("\\|", "").matches('|').count(), 8, "{row}");
    assert!(!row.contains("<b>"), "{row}");
}

#[test]
fn what_cannot_match_is_told_from_what_does_not() {
    let home = home(1);

    let fields = home.run(&["kwic", "outlet:\"Kesh Courier\" -ferry"]);
    assert_eq!((fields.code, fields.stdout.as_str()), (2, ""));
    assert!(fields.stderr.contains("no words"), "{}", fields.stderr);

    let nothing = kwic(&home, &["tram speaker:Solvaine"]);
    assert_eq!(nothing.stdout, "");
    assert!(nothing.stderr.lines().any(|line| line.starts_with("  tram  ")), "{}", nothing.stderr);
    assert!(nothing.stderr.contains("solvane"), "the nearest known name: {}", nothing.stderr);

    let beside = kwic(&home, &["outlet:\"Kesh Courier\" OR tram"]);
    assert_eq!(beside.stdout, "");
    assert!(beside.stderr.starts_with("none of the 4 passages found holds a word"), "{}", beside.stderr);

    let wrong = home.run(&["kwic", "ferry", "--context", "paragraph"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.stderr.contains("`sentence`"), "{}", wrong.stderr);

    assert_eq!(Home::new().run(&["kwic", "ferry"]).code, 10);
}

#[test]
fn the_sample_corpus_gives_as_many_lines_as_are_counted() {
    let outcome = sample(&["kwic", "railway*", "--format", "jsonl"]);

    let counted = format!("{} matches in ", outcome.stdout.lines().count());
    assert!(outcome.stderr.starts_with(&counted), "{}", outcome.stderr);
}

#[test]
fn a_page_without_the_end_of_a_sentence_is_not_shown_whole_beside_each_match() {
    let home = Home::new();
    let words = |from: usize| (from..from + 700).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    home.write("corpus/a.jsonl", article(1, None, &format!("The long list {} ferry {}", words(0), words(1000))));
    assert_eq!(home.run(&["index"]).code, 0);

    let line = &lines(&home, &["ferry", "--context", "sentence"])[0];

    let side = |name: &str| line[name].as_str().unwrap().to_owned();
    assert!(side("left").starts_with("… w200 ") && side("left").ends_with(" w699 "), "{line}");
    assert!(side("right").starts_with(" w1000 ") && side("right").ends_with(" w1499 …"), "{line}");
}

#[test]
fn the_order_does_not_depend_on_how_much_is_shown() {
    let home = home(1);
    for by in ["left", "right"] {
        let spans = |context: &str| -> Vec<(Value, Value)> {
            let lines = lines(&home, &["ferry OR the", "--sort", by, "--context", context]);
            lines.iter().map(|line| (line["id"].clone(), line["span"].clone())).collect()
        };
        assert_eq!(spans("0"), spans("8"), "{by}");
        assert_eq!(spans("sentence"), spans("8"), "{by}");
    }
}
