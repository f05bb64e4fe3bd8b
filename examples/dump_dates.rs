//! temporary
use rapporteur::clean::html::{Options, date_statements, dates};
use regex::bytes::Regex;
use std::io::Read as _;
fn main() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/dates"));
    let truth = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    for line in truth.lines() {
        let page: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(
            std::fs::File::open(folder.join("html").join(format!("{}.html.gz", page["id"].as_str().unwrap()))).unwrap(),
        )
        .read_to_end(&mut bytes)
        .unwrap();
        let declared = Regex::new(r#"(?i)<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)"#).unwrap();
        let head = bytes.get(..4096).unwrap_or(&bytes);
        let label = declared.captures(head).and_then(|f| f.get(1)).map(|l| l.as_bytes());
        let declared = label.and_then(encoding_rs::Encoding::for_label);
        let enc = if std::str::from_utf8(&bytes).is_ok() { Some(encoding_rs::UTF_8) } else { declared };
        let html = enc.unwrap_or(encoding_rs::WINDOWS_1252).decode(&bytes).0.into_owned();
        let url = page["url"].as_str().unwrap();
        let given = dates(&html, Some(url), Options::default());
        let st: Vec<_> = date_statements(&html, Some(url))
            .into_iter()
            .map(|s| serde_json::json!([s.date, s.rule, s.place, s.text]))
            .collect();
        println!(
            "{}",
            serde_json::json!({"id": page["id"], "url": url, "truth": page["date"], "given": given.published.as_ref().map(|p| p.date), "rule": given.published.as_ref().map(|p| &p.why.rule), "modified": given.modified.as_ref().map(|p| p.date), "st": st})
        );
    }
}
