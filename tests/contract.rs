//! The JSON that programs rest on, by snapshot: a changed field is reviewed, not regenerated.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Outcome, run_in, sample};
use serde_json::Value;

/// One object with its keys in order of writing; `serde_json::Value` would sort them.
fn keys(line: &str) -> Vec<String> {
    let object: serde_json::Map<String, Value> = serde_json::from_str(line).unwrap();
    let mut keys: Vec<(usize, String)> =
        object.keys().map(|key| (line.find(&format!("\"{key}\":")).unwrap(), key.clone())).collect();
    keys.sort();
    keys.into_iter().map(|(_, key)| key).collect()
}

/// The records without the index's fingerprint, which every change of corpus or rules changes.
fn without_fingerprint(outcome: &Outcome) -> Vec<Value> {
    let mut records = outcome.json_lines();
    for record in &mut records {
        let fingerprint = record.as_object_mut().unwrap().remove("fingerprint").unwrap();
        assert_eq!(fingerprint.as_str().unwrap().len(), 64);
    }
    records
}

#[test]
fn a_search_record_has_its_fields_in_order() {
    let outcome = sample(&["search", "shepherd shopkeeper \"keep it open\"", "--top", "2", "--format", "jsonl"]);

    let line = outcome.stdout.lines().next().unwrap();
    assert_eq!(
        keys(line)[..8],
        ["rank", "score", "id", "text", "highlights", "kind", "speaker", "topics"].map(str::to_owned)
    );
    insta::assert_json_snapshot!("search", without_fingerprint(&outcome));
}

#[test]
fn a_record_of_a_page_without_a_date_says_what_is_inferred() {
    let outcome = sample(&["search", "apricots goats", "--top", "1", "--format", "jsonl"]);

    insta::assert_json_snapshot!("search_inferred", without_fingerprint(&outcome));
}

#[test]
fn a_cleaned_article_has_its_blocks() {
    let text = "A train waits in Alt-Bulak on June 16, 2025. Photo: Ke Ruo/LD\n\
                Editor's Note:Lanqing Daily (\nLD) reporter Wu Jiayi interviewed Daniyar Osmonov (\nOsmonov), director of an institute.\n\
                LD: What changed your mind?Osmonov: The line changed, and so did I.\n\
                We have a saying: \"A road that does not stop is only a wind.\"\n\
                LD: And when will it open?Osmonov: In 2027.\n";

    let outcome = run_in(std::env::temp_dir().as_path(), &["clean", "-", "--format", "jsonl"], text.as_bytes());

    assert_eq!(
        keys(&outcome.stdout),
        [
            "id",
            "source",
            "url",
            "title",
            "authors",
            "outlet",
            "published",
            "language",
            "text",
            "body",
            "blocks",
            "modified",
            "published_why",
            "modified_why",
            "disagreements",
            "section",
            "keywords",
            "paywalled",
            "syndication",
            "detected_language",
            "reasons"
        ]
    );
    insta::assert_json_snapshot!("clean", outcome.json_lines());
}

#[test]
fn attributed_quotes_have_spans_speakers_and_reasons() {
    let text = "“The railway is open,” said Ömer Kaldan, president of Kastria, “and it will stay so.” He added that water was next.";
    let record = serde_json::json!({"id": "a", "text": text}).to_string();

    let outcome = run_in(std::env::temp_dir().as_path(), &["attribute"], record.as_bytes());

    insta::assert_json_snapshot!("attribute", outcome.json_lines());
}
