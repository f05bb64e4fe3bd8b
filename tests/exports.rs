//! Exports read back by the programs that they are for: bibliographies, spreadsheets, data frames.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::process::{Command, Stdio};

use biblatex::{Bibliography, ChunksExt, DateValue, PermissiveType};
use common::Home;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::Value;

const HOSTILE: &str = "=cmd {Kesh} & 50% of \\ $locks_ #1 ~ ^ \"quoted\" @online{x, y}";

/// A dated page with authors, a dated one with hostile text, one of a month, and one that only bounds its date.
fn home() -> Home {
    let home = Home::new();
    let records = [
        serde_json::json!({"url": "https://velmarcourier.example/locks", "title": "Locks & quotas of Kesh", "authors": ["Samira Holt", "Kim Ha-eun"],
            "outlet": "Velmar Courier", "published": "2025-06-18",
            "text": "\"The locks will stay open,\" said Ingrid Solvane, the minister of water, after the meeting in the old hall."}),
        serde_json::json!({"url": "https://corridorwire.example/a{b}c?x=%20", "title": HOSTILE, "authors": [HOSTILE, "'=1+1"], "outlet": "-Corridor Wire",
            "published": "2025-06", "text": format!("{HOSTILE} said the keepers of the locks, who met for an hour.")}),
        serde_json::json!({"text": "The locks of Ferrin were opened on 3 May 2024, and nobody was surprised by it at all."}),
    ];
    home.write("corpus/feed.jsonl", records.map(|record| record.to_string()).join("\n"));
    assert_eq!(home.run(&["index"]).code, 0);
    home
}

fn export(home: &Home, format: &str) -> String {
    let outcome = home.run(&["search", "locks", "--format", format]);
    assert_eq!(outcome.code, 0, "{outcome:?}");
    outcome.stdout
}

fn records(home: &Home) -> Vec<Value> {
    export(home, "jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn fingerprint(home: &Home) -> String {
    let status: Value = serde_json::from_str(&home.run(&["status", "--format", "json"]).stdout).unwrap();
    status["fingerprint"].as_str().unwrap().to_owned()
}

#[test]
fn every_export_carries_the_fingerprint_that_status_prints() {
    let home = home();
    let fingerprint = fingerprint(&home);

    for format in ["jsonl", "json", "csv", "md", "bibtex", "csl-json"] {
        assert!(export(&home, format).contains(&fingerprint), "{format}");
    }
}

#[test]
fn bibtex_parses_back_to_what_was_found() {
    let home = home();
    let text = export(&home, "bibtex");

    let parsed = Bibliography::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));

    let records = records(&home);
    assert_eq!(parsed.len(), records.len());
    for record in &records {
        let entry = parsed.get(record["id"].as_str().unwrap()).unwrap();
        let field = |name: &str| entry.get(name).map(ChunksExt::format_verbatim);
        let article = &record["article"];
        assert_eq!(field("title").as_deref(), article["title"].as_str());
        assert_eq!(field("organization").as_deref(), article["outlet"].as_str());
        assert_eq!(field("abstract").as_deref(), record["text"].as_str());
        assert_eq!(field("fingerprint").unwrap(), record["fingerprint"].as_str().unwrap());
        assert_eq!(field("passage").unwrap(), record["id"].as_str().unwrap());
        let authors: Vec<String> = entry.author().unwrap_or_default().into_iter().map(|person| person.name).collect();
        let stated: Vec<&str> =
            article["authors"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(authors, stated, "{:?}", (entry.author(), entry.get("author")));
        match (record["published"].as_str(), entry.date()) {
            (None, date) => assert!(date.is_err()),
            (Some(edtf), Ok(PermissiveType::Typed(date))) => {
                assert_eq!(edtf.ends_with("/.."), matches!(date.value, DateValue::After(_)), "{edtf}");
            }
            (Some(edtf), other) => panic!("{edtf}: {other:?}"),
        }
    }
    let hostile = parsed.iter().find(|entry| entry.url().is_ok_and(|url| url.contains("corridorwire"))).unwrap();
    assert!(!hostile.url().unwrap().contains(['{', '}']));
}

#[test]
fn csl_json_is_what_its_schema_asks() {
    // Of csl-data.json 1.0.2: what an item of these exports may have; other names are refused there.
    const NAMES: [&str; 11] = [
        "id",
        "type",
        "author",
        "title",
        "container-title",
        "issued",
        "URL",
        "abstract",
        "archive_location",
        "note",
        "custom",
    ];
    let home = home();

    let items: Vec<Value> = serde_json::from_str(&export(&home, "csl-json")).unwrap();

    let records = records(&home);
    assert_eq!(items.len(), records.len());
    for (item, record) in items.iter().zip(&records) {
        let fields = item.as_object().unwrap();
        assert!(fields.keys().all(|name| NAMES.contains(&name.as_str())), "{item}");
        assert_eq!(item["id"], record["id"]);
        assert_eq!(item["custom"]["fingerprint"], record["fingerprint"]);
        assert!(["webpage", "document"].contains(&item["type"].as_str().unwrap()));
        assert!(fields.iter().all(|(name, value)| match name.as_str() {
            "author" => value.as_array().unwrap().iter().all(|name| name["literal"].is_string()),
            "issued" | "custom" => value.is_object(),
            _ => value.is_string(),
        }));
        let parts = &item["issued"]["date-parts"][0];
        match record["published"].as_str() {
            None => assert!(fields.get("issued").is_none()),
            Some(edtf) if edtf.ends_with("/..") => assert!(item["issued"]["literal"].is_string(), "{item}"),
            Some(edtf) => {
                let parts: Vec<String> =
                    parts.as_array().unwrap().iter().map(|part| format!("{:02}", part.as_i64().unwrap())).collect();
                assert_eq!(parts.join("-"), edtf);
            }
        }
    }
}

#[test]
fn csv_is_harmless_in_a_spreadsheet_and_gives_every_text_back() {
    let home = home();
    let text = export(&home, "csv");

    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();

    let records = records(&home);
    assert_eq!(rows.len(), records.len());
    for (row, record) in rows.iter().zip(&records) {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
        let cell = |name: &str| {
            let cell = &row[header.iter().position(|column| column == name).unwrap()];
            let formula = cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
            cell.strip_prefix('\'').filter(|_| formula).unwrap_or(cell).to_owned()
        };
        assert_eq!(cell("text"), record["text"].as_str().unwrap());
        assert_eq!(cell("title"), record["article"]["title"].as_str().unwrap_or_default());
        assert_eq!(cell("outlet"), record["article"]["outlet"].as_str().unwrap_or_default());
        assert_eq!(cell("fingerprint"), record["fingerprint"].as_str().unwrap());
    }
}

fn json(row: &Row) -> Value {
    row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect::<serde_json::Map<_, _>>().into()
}

fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Int(number) | Field::Date(number) => (*number).into(),
        Field::Float(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        Field::Str(text) => text.clone().into(),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn parquet_reads_back_with_types_lists_and_the_command_that_repeats_it() {
    let home = home();
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["search", "locks", "--format", "parquet"])
        .current_dir(home.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let path = home.write("hits.parquet", &output.stdout);

    let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();

    let said = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let said = |key: &str| said.iter().find(|pair| pair.key == key).and_then(|pair| pair.value.clone()).unwrap();
    assert_eq!(said("rapporteur.fingerprint"), fingerprint(&home));
    assert_eq!(said("rapporteur.command"), "rapporteur search locks --format parquet");
    let rows: Vec<Value> = reader.get_row_iter(None).unwrap().map(|row| json(&row.unwrap())).collect();
    let records = records(&home);
    assert_eq!(rows.len(), records.len());
    for (row, record) in rows.iter().zip(&records) {
        for (column, field) in [
            ("rank", "/rank"),
            ("id", "/id"),
            ("text", "/text"),
            ("kind", "/kind"),
            ("speaker_id", "/speaker/id"),
            ("published", "/published"),
            ("title", "/article/title"),
            ("authors", "/article/authors"),
            ("url", "/article/url"),
            ("blake3", "/source/blake3"),
            ("fingerprint", "/fingerprint"),
        ] {
            assert_eq!(row[column], *record.pointer(field).unwrap_or(&Value::Null), "{column}");
        }
        let dates: Vec<&Value> = record["dates"].as_array().unwrap().iter().map(|mention| &mention["date"]).collect();
        assert_eq!(row["dates"].as_array().unwrap().iter().collect::<Vec<_>>(), dates);
        assert_eq!(row["published_first"].is_null(), record["published"].is_null());
    }
}

#[test]
fn quotations_are_cited_by_their_own_ids() {
    let home = home();
    let said = |format: &str| home.run(&["quotes", "locks", "--format", format]).stdout;
    let quote: Value = serde_json::from_str(said("jsonl").lines().next().unwrap()).unwrap();
    let id = quote["id"].as_str().unwrap();
    assert!(id.contains(".q"), "{quote}");

    let bibliography = Bibliography::parse(&said("bibtex")).unwrap();
    let entry = bibliography.get(id).unwrap();
    assert_eq!(entry.get_as::<String>("quotation").unwrap(), id);
    assert_eq!(entry.get_as::<String>("speaker").unwrap(), "Ingrid Solvane, minister of water");
    assert_eq!(entry.get_as::<String>("abstract").unwrap(), quote["text"].as_str().unwrap());
    assert_eq!(entry.get_as::<String>("fingerprint").unwrap().len(), 64);

    let items: Vec<Value> = serde_json::from_str(&said("csl-json")).unwrap();
    assert_eq!((&items[0]["id"], &items[0]["custom"]["quotation"]), (&id.into(), &id.into()));
    assert_eq!(items[0]["URL"], "https://velmarcourier.example/locks");
}
