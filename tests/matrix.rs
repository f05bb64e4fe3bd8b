//! Passages by row and column, through the program: each count is what its command finds.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::path::Path;
use std::process::Command;

use common::{Home, sample};
use serde_json::{Value, json};

/// How many passages each of `commands` finds, run by a shell as they stand.
fn totals(folder: &Path, commands: &[&str]) -> Vec<u64> {
    let program = env!("CARGO_BIN_EXE_rapporteur");
    let lines: Vec<String> = commands.iter().map(|command| format!("{command} --top 1 --format json")).collect();
    let script = format!("rapporteur() {{ '{program}' \"$@\"; }}\nset -e\n{}\n", lines.join("\n"));
    let output = Command::new("sh").arg("-c").arg(&script).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = serde_json::Deserializer::from_slice(&output.stdout).into_iter::<Value>();
    found.map(|found| found.unwrap()["total"].as_u64().unwrap()).collect()
}

/// The counts of lines or cells, and those that their commands find.
fn counts(folder: &Path, records: &[Value], field: &str) -> (Vec<u64>, Vec<u64>) {
    let commands: Vec<&str> = records.iter().map(|record| record["command"].as_str().unwrap()).collect();
    let own = records.iter().map(|record| record[field].as_u64().unwrap()).collect();
    (own, totals(folder, &commands))
}

fn matrix(args: &[&str]) -> Value {
    let outcome = sample(&[&["matrix"], args, &["--format", "json"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).unwrap()
}

#[test]
fn each_cell_row_and_column_counts_what_its_command_finds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for args in [
        &[][..],
        &["railway OR -tunnel", "--rows", "outlet", "--columns", "month"],
        &["water toll", "--all", "--rows", "topic", "--columns", "outlet"],
        &["--plain", "What about NEAR and the railway?", "--kind", "quote", "--columns", "week", "--from", "2024"],
        &[
            "published:\"last 3 years\"",
            "--now",
            "2025-07-01",
            "--rows",
            "topic",
            "--columns",
            "year",
            "--topic",
            "Water",
        ],
    ] {
        let view = matrix(args);
        for part in ["cells", "rows", "columns"] {
            let (own, found) = counts(root, view[part].as_array().unwrap(), "passages");
            assert_eq!(own, found, "{args:?} {part}");
        }
        if args.is_empty() {
            assert!(view["cells"].as_array().unwrap().len() > 100, "{args:?}");
        }
    }
}

#[test]
fn with_copies_counted_once_the_command_finds_the_others_too() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let view = matrix(&["--rows", "outlet", "--copies", "once"]);

    let cells = view["cells"].as_array().unwrap();
    let (once, found) = counts(root, cells, "passages");
    let (each, _) = counts(root, cells, "with_copies");

    assert_eq!(each, found);
    assert!(once.iter().all(|passages| *passages > 0), "{once:?}");
    assert!(once.iter().sum::<u64>() < found.iter().sum::<u64>(), "{once:?}");
}

fn said(number: usize, outlet: &str, speaker: &str) -> Value {
    json!({
        "id": number,
        "url": format!("https://matrix.example/{number}"),
        "title": format!("Day {number} at the harbour"),
        "outlet": outlet,
        "published": "2025-06-18",
        "text": format!(
            "Rain fell on Tarnhaven all morning, and ferry number {number} was late again by half an hour.\n\n\
             \"We will keep the herring quota of the fishing fleet at {number} tonnes,\" said {speaker}."
        ),
    })
}

#[test]
fn a_command_is_of_its_cell_alone_whatever_names_share_or_hold() {
    let home = Home::new();
    let hostile = r#"O'Dale "Post" $(touch made) `touch made` * The"#;
    let articles = [
        said(1, hostile, "Pieter Vael, the minister of fisheries"),
        said(2, "The The Post", "Sofia Vael, the minister of trade"),
        said(3, hostile, "Vael"),
        said(4, "Kesh Monitor", "Vael"),
    ];
    home.write("corpus/a.jsonl", articles.map(|article| article.to_string()).join("\n"));
    assert_eq!(home.run(&["index"]).code, 0);

    for (rows, columns) in [("speaker", "outlet"), ("outlet", "topic")] {
        let args = ["matrix", "quota", "--rows", rows, "--columns", columns, "--format", "json"];
        let view: Value = serde_json::from_str(&home.run(&args).stdout).unwrap();
        let (own, found) = counts(home.path(), view["cells"].as_array().unwrap(), "passages");
        assert_eq!(own, found, "{view}");
        assert!(own.len() >= 3, "{view}");
    }
    assert!(!home.path().join("made").exists());
}

#[test]
fn every_format_has_the_same_cells() {
    let json = matrix(&["railway"]);
    let run = |format: &str| sample(&["matrix", "railway", "--format", format]);
    let lines = run("jsonl").json_lines();
    let csv = run("csv").stdout;
    assert!(csv.starts_with("row,row_name,column,column_name,passages,"), "{csv}");
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(csv.as_bytes()).records().map(Result::unwrap).collect();
    let markdown = run("md").stdout;

    let cells = json["cells"].as_array().unwrap();
    assert_eq!((cells.len(), cells.len()), (lines.len(), rows.len()));
    for ((cell, line), row) in cells.iter().zip(&lines).zip(&rows) {
        assert_eq!((&cell["command"], &cell["passages"]), (&line["command"], &line["passages"]));
        assert_eq!((&row[8], row[4].to_owned()), (line["command"].as_str().unwrap(), line["passages"].to_string()));
        assert_eq!(line["fingerprint"], json["fingerprint"]);
        assert!(markdown.contains(cell["row_name"].as_str().unwrap()), "{markdown}");
    }
}

#[test]
fn what_does_not_fit_is_summed_and_named() {
    let text = sample(&["matrix", "--top", "3"]).stdout;

    assert!(text.lines().nth(4).is_some_and(|line| line.starts_with("other: ")), "{text}");
    let notes: Vec<&str> = text.split_whitespace().collect();
    let notes = notes.join(" ");
    assert!(notes.contains("48 more speakers; ") && notes.contains(" and "), "{text}");
    assert!(notes.contains("In no row, passages in which nobody speaks: 288."), "{text}");
}

#[test]
fn what_finds_nothing_is_explained_and_an_absent_index_is_said() {
    let outcome = sample(&["matrix", "speaker:=omer-kaldn"]);

    assert_eq!((outcome.code, outcome.stdout.as_str()), (0, ""));
    assert!(outcome.stderr.contains("omer-kaldan"), "{}", outcome.stderr);
    assert_eq!(Home::new().run(&["matrix"]).code, 10);
}
