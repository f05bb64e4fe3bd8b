//! Article bodies against the truth of the shared development pages, beside the anchors' figures.
//!
//! Reads `../shared/eval/extraction` beside the project. Measures as the set's own scorer does:
//! runs of four `\w+` tokens, precision and recall as means over pages.
//!
//! ```text
//! cargo run --release --example eval_extraction [-- --worst 10] [-- --predictions FILE] [-- --ablation]
//! ```

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::collections::HashMap;
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::path::Path;

use rapporteur::clean::html::{Options, Part, read};
use regex::Regex;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/eval/extraction");

#[derive(serde::Deserialize)]
struct Truth {
    id: String,
    url: String,
    body: String,
}

/// One page's outcome.
struct Outcome<'p> {
    page: &'p Truth,
    body: String,
    error: Option<String>,
    hits: usize,
    extra: usize,
    missing: usize,
    exact: bool,
}

impl Outcome<'_> {
    fn f1(&self) -> f64 {
        ratio(2 * self.hits, 2 * self.hits + self.extra + self.missing)
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(FOLDER);
    let Ok(truth) = std::fs::read_to_string(folder.join("truth.jsonl")) else {
        println!("The development pages are absent: expected them in ../shared/eval/extraction. Nothing was measured.");
        return Ok(());
    };
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    let word = Regex::new(r"\w+")?;
    let mut pages = Vec::new();
    for line in truth.lines() {
        let page: Truth = serde_json::from_str(line)?;
        let html = gunzip(&folder.join("html").join(format!("{}.html.gz", page.id)))?;
        pages.push((page, String::from_utf8_lossy(&html).into_owned()));
    }
    if arguments.iter().any(|argument| argument == "--ablation") {
        print_ablation(&pages, &word);
        return Ok(());
    }
    let mut outcomes = outcomes(&pages, &word, Options::default());
    if let Some(path) = value("--predictions") {
        let mut file = std::fs::File::create(path)?;
        for outcome in &outcomes {
            writeln!(file, "{}", serde_json::json!({"id": outcome.page.id, "body": outcome.body}))?;
        }
    }
    print_table(&outcomes);
    if let Some(count) = value("--worst") {
        outcomes.sort_by(|a, b| a.f1().total_cmp(&b.f1()));
        outcomes.iter().take(count.parse()?).for_each(print_differences);
    }
    Ok(())
}

fn gunzip(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn outcomes<'p>(pages: &'p [(Truth, String)], word: &Regex, options: Options) -> Vec<Outcome<'p>> {
    pages.iter().map(|(page, html)| outcome(page, html, word, options)).collect()
}

fn outcome<'p>(page: &'p Truth, html: &str, word: &Regex, options: Options) -> Outcome<'p> {
    let (body, error) = match read(html, Some(&page.url), options) {
        Ok(draft) => (draft.body(), None),
        Err(error) => (String::new(), Some(error.to_string())),
    };
    let (truth, found) = (words(word, &page.body), words(word, &body));
    let exact = truth == found;
    let mut left = shingles(&truth);
    let mut hits = 0;
    let (wanted, given) = (left.values().sum::<usize>(), shingles(&found).values().sum::<usize>());
    for (shingle, count) in shingles(&found) {
        if let Some(left) = left.get_mut(&shingle) {
            hits += count.min(*left);
        }
    }
    Outcome { body, error, hits, extra: given - hits, missing: wanted - hits, exact, page }
}

fn words<'t>(word: &Regex, text: &'t str) -> Vec<&'t str> {
    word.find_iter(text).map(|found| found.as_str()).collect()
}

fn shingles<'t>(words: &[&'t str]) -> HashMap<Vec<&'t str>, usize> {
    let mut shingles = HashMap::new();
    if words.is_empty() {
        return shingles;
    }
    for run in words.windows(words.len().min(4)) {
        *shingles.entry(run.to_vec()).or_insert(0) += 1;
    }
    shingles
}

/// Precision, recall, F1, share of exact pages, pages without a body.
fn measures(outcomes: &[Outcome]) -> (f64, f64, f64, f64, usize) {
    let mean = |shares: Vec<f64>| shares.iter().sum::<f64>() / ratio(shares.len().max(1), 1);
    let given = outcomes.iter().filter(|o| o.hits + o.extra > 0);
    let precision = mean(given.map(|o| ratio(o.hits, o.hits + o.extra)).collect());
    let wanted = outcomes.iter().filter(|o| o.hits + o.missing > 0);
    let recall = mean(wanted.map(|o| ratio(o.hits, o.hits + o.missing)).collect());
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
    let exact = ratio(outcomes.iter().filter(|o| o.exact).count(), outcomes.len());
    let empty = outcomes.iter().filter(|o| o.body.trim().is_empty()).count();
    (precision, recall, f1, exact, empty)
}

/// What each part gains: the measures without it.
fn print_ablation(pages: &[(Truth, String)], word: &Regex) {
    println!("{:<24}precision  recall     F1  exact  empty", "without");
    let without = std::iter::once(None).chain(Part::ALL.into_iter().map(Some));
    for part in without {
        let options = Options { without: part, ..Options::default() };
        let (precision, recall, f1, exact, empty) = measures(&outcomes(pages, word, options));
        let name = part.map_or_else(|| "nothing".to_owned(), |part| format!("{part:?}"));
        println!("{name:<24}    {precision:.3}   {recall:.3}  {f1:.3}   {:.0} %  {empty:>5}", 100.0 * exact);
    }
}

fn print_table(outcomes: &[Outcome]) {
    let (precision, recall, f1, exact, empty) = measures(outcomes);
    println!("system                            precision  recall     F1  exact  empty   ({} pages)", outcomes.len());
    println!(
        "rapporteur                            {precision:.3}   {recall:.3}  {f1:.3}   {:.0} %  {empty:>5}",
        100.0 * exact
    );
    for (anchor, f1) in [
        ("rust-trafilatura 2.2.8", ".963"),
        ("trafilatura 0.6 (Rust), fallback", ".963"),
        ("trafilatura 2.3.1, precision", ".956"),
        ("dom_smoothie 0.19", ".950"),
    ] {
        println!("{anchor:<32}                       {f1:>5}");
    }
}

fn print_differences(outcome: &Outcome) {
    println!("\n== {:.3}  {}  {}", outcome.f1(), outcome.page.id, outcome.page.url);
    if let Some(error) = &outcome.error {
        println!("   {error}");
    }
    let keys = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|l| !l.is_empty())
            .collect()
    };
    let (wanted, found) = (keys(&outcome.page.body), keys(&outcome.body));
    let (whole_wanted, whole_found) = (wanted.join(" "), found.join(" "));
    for line in found.iter().filter(|line| !whole_wanted.contains(line.as_str())) {
        println!("   + {}", shortened(line));
    }
    for line in wanted.iter().filter(|line| !whole_found.contains(line.as_str())) {
        println!("   - {}", shortened(line));
    }
}

fn shortened(line: &str) -> String {
    let mut short: String = line.chars().take(220).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}
