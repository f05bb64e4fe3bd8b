//! Publication days against the truth of the shared development pages, beside the anchors' figures.
//!
//! Reads `../shared/eval/dates` beside the project; measures as the set's own scorer does.
//!
//! ```text
//! cargo run --release --example eval_dates [-- --worst 20] [-- --predictions FILE] [-- --refused]
//! ```
//!
//! `--worst N` lists N misses, each with the dates that the page states and the grounds they stand on.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::path::Path;

use rapporteur::clean::html::{Options, date_statements, dates, read};
use regex::bytes::Regex;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/dates");

#[derive(serde::Deserialize)]
struct Truth {
    id: String,
    url: String,
    date: Option<String>,
}

/// One page's outcome.
struct Outcome {
    page: Truth,
    date: Option<String>,
    rule: String,
    why: String,
    confidence: String,
    html: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(FOLDER);
    let Ok(truth) = std::fs::read_to_string(folder.join("truth.jsonl")) else {
        println!("The development pages are absent: expected them in ../shared/eval/dates. Nothing was measured.");
        return Ok(());
    };
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let list_refused = arguments.iter().any(|argument| argument == "--refused");
    let mut outcomes = Vec::new();
    for line in truth.lines() {
        let page: Truth = serde_json::from_str(line)?;
        let mut bytes = Vec::new();
        let file = std::fs::File::open(folder.join("html").join(format!("{}.html.gz", page.id)))?;
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes)?;
        let html = decode(&bytes)?;
        if let Some(error) = list_refused.then(|| read(&html, Some(&page.url), Options::default()).err()).flatten() {
            println!("{}  {}\n  {error}", page.id, page.url);
        }
        outcomes.push(outcome(page, html));
    }
    if let Some(path) = value("--predictions") {
        let mut file = std::fs::File::create(path)?;
        for outcome in &outcomes {
            writeln!(file, "{}", serde_json::json!({"id": outcome.page.id, "date": outcome.date}))?;
        }
    }
    print_table(&outcomes);
    if let Some(count) = value("--worst") {
        for miss in outcomes.iter().filter(|o| o.date != o.page.date).take(count.parse()?) {
            print_miss(miss);
        }
    }
    Ok(())
}

fn decode(bytes: &[u8]) -> Result<String, Box<dyn Error>> {
    let declared = Regex::new(r#"(?i)<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)"#)?;
    let head = bytes.get(..4096).unwrap_or(bytes);
    let label = declared.captures(head).and_then(|found| found.get(1)).map(|label| label.as_bytes());
    let declared = label.and_then(encoding_rs::Encoding::for_label);
    let encoding = if std::str::from_utf8(bytes).is_ok() { Some(encoding_rs::UTF_8) } else { declared };
    Ok(encoding.unwrap_or(encoding_rs::WINDOWS_1252).decode(bytes).0.into_owned())
}

fn outcome(page: Truth, html: String) -> Outcome {
    match dates(&html, Some(&page.url), Options::default()).published {
        Some(found) => Outcome {
            date: Some(found.date.to_string()),
            rule: found.why.rule.to_string(),
            why: format!(
                "{} ({})",
                found.why.text,
                found.why.evidence.iter().map(|e| e.text.as_str()).collect::<String>()
            ),
            confidence: found.confidence.map(|confidence| confidence.to_string()).unwrap_or_default(),
            page,
            html,
        },
        None => Outcome {
            page,
            date: None,
            rule: "none".into(),
            why: "nothing found".into(),
            confidence: String::new(),
            html,
        },
    }
}

fn print_miss(miss: &Outcome) {
    let day = |date: &Option<String>| date.clone().unwrap_or_else(|| "none".into());
    println!("\n{}  {}", miss.page.id, miss.page.url);
    println!("  truth {}, given {}: {}", day(&miss.page.date), day(&miss.date), miss.why);
    let mut seen: Vec<(String, &str)> = Vec::new();
    for stated in date_statements(&miss.html, Some(&miss.page.url)) {
        let key = (stated.date.to_string(), stated.rule);
        if seen.contains(&key) || seen.len() >= MOST_SHOWN {
            continue;
        }
        let right = if Some(&key.0) == miss.page.date.as_ref() { '*' } else { ' ' };
        println!("  {right} {} {:<26} {:<24} {}", key.0, key.1, stated.place, stated.text);
        seen.push(key);
    }
}

/// So many of a page's dates are listed.
const MOST_SHOWN: usize = 12;

#[allow(clippy::cast_precision_loss, reason = "counts of pages")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn print_table(outcomes: &[Outcome]) {
    let dated: Vec<&Outcome> = outcomes.iter().filter(|o| o.page.date.is_some()).collect();
    let right = dated.iter().filter(|o| o.date == o.page.date).count();
    let given = dated.iter().filter(|o| o.date.is_some()).count();
    let invented = outcomes.iter().filter(|o| o.page.date.is_none() && o.date.is_some()).count();
    println!("system                  accuracy  precision  coverage   ({} dated pages)", dated.len());
    println!(
        "rapporteur                  {:.3}      {:.3}     {:.3}   dates on undated pages: {invented}",
        share(right, dated.len()),
        share(right, given),
        share(given, dated.len())
    );
    println!("htmldate 1.11 extensive      .892\n");
    let mut rules: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for outcome in &dated {
        let counts = rules.entry((&outcome.rule, &outcome.confidence)).or_default();
        counts.0 += usize::from(outcome.date == outcome.page.date);
        counts.1 += 1;
    }
    println!("{:<28} confidence  right", "ground");
    for ((rule, confidence), (right, all)) in rules {
        println!("{rule:<28} {confidence:<11} {right:>3} of {all:>3}  {:.3}", share(right, all));
    }
}
