//! How long it takes to say who said what, beside Tantivy, which indexes the same text.
//!
//! Measured: `speakers::annotate_text` with the built-in model and with the rules alone, and raw Tantivy (one text
//! field with positions, nothing stored, the default analyzer, one writer thread, an index in memory, the commit
//! included), over the same texts, in turns, so that all three meet the same machine; medians, and the ratio to
//! Tantivy, which is the figure to quote. Texts: 300 articles scaled from the sample corpus by a seeded generator,
//! with the quotations that news has; the same without quote marks and words that can be cues; and `PolNeAR`'s
//! development part, newswire chosen for its many sources, where it lies beside the project. Then texts made to cost
//! much, each at three lengths, one paragraph each: the time for a byte must not grow. Not measured: cleaning,
//! topics, dates, reading the model (which is read once).
//!
//! ```text
//! cargo bench --bench attribution [-- BEGINNING OF A TEXT'S NAME]
//! ```

#![allow(clippy::expect_used, reason = "a failure ends the bench, which is the report")]

mod generator;

use std::hint::black_box;
use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rapporteur::annotate::speakers::{Finder, annotate_text};
use rapporteur::config::{Authority, ModelFile};

const ARTICLES: usize = 300;
const ROUNDS: usize = 7;
/// The shortest of the texts made to cost much, in bytes.
const SHORTEST: usize = 1 << 16;

fn main() {
    // Criterion's and libtest's options are passed to every bench; this one takes none, but the beginning of a text's name.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let model = Finder::read(Some(&ModelFile::built_in())).expect("the project's own model is checked by its tests");
    println!(
        "{:<30}{:>7}{:>8}{:>9}{:>11}{:>11}{:>11}{:>8}{:>8}",
        "texts", "number", "KB", "quotes", "Tantivy ms", "model ms", "rules ms", "model", "rules"
    );
    let news = news();
    let silent = silent(&news, &model);
    let newswire = polnear();
    if newswire.is_none() {
        println!("PolNeAR is absent: expected in ../shared/eval/quotes");
    }
    let texts = [
        ("sample corpus, scaled", news),
        ("the same, nothing said", silent),
        ("PolNeAR, development part", newswire.unwrap_or_default()),
    ];
    for (name, texts) in texts.iter().filter(|(name, texts)| name.starts_with(&wanted) && !texts.is_empty()) {
        compare(name, texts, &model);
    }
    println!("\n{:<30}{:>12}{:>12}{:>12}{:>10}", "ns a byte, with the model", "64 KB", "256 KB", "1 MB", "growth");
    for (name, unit) in HOSTILE.iter().filter(|(name, _)| name.starts_with(&wanted)) {
        growth(name, unit, &model);
    }
}

/// The texts of several hundred articles, each paragraph a line.
fn news() -> Vec<String> {
    let record = |line: &str| -> serde_json::Value { serde_json::from_str(line).expect("the generator writes JSON") };
    let text = |record: serde_json::Value| record["text"].as_str().unwrap_or_default().to_owned();
    generator::jsonl(ARTICLES).lines().map(|line| text(record(line))).collect()
}

/// The lines of `texts` without quote marks in which the model finds nothing said, repeated to the length of all.
fn silent(texts: &[String], finder: &Finder) -> Vec<String> {
    const MARKS: [char; 8] = ['"', '“', '”', '‘', '’', '\'', '«', '»'];
    let says_nothing = |line: &&str| {
        !line.contains(MARKS) && annotate_text(line, &Authority::default(), finder, None).quotes.is_empty()
    };
    let lines: Vec<&str> = texts
        .iter()
        .take(40)
        .flat_map(|text| text.lines())
        .filter(|line| line.len() > 40)
        .filter(says_nothing)
        .collect();
    assert!(!lines.is_empty(), "the sample corpus has paragraphs without a cue");
    let mut lines = lines.into_iter().cycle();
    texts
        .iter()
        .map(|text| {
            let mut silent = String::with_capacity(text.len());
            while silent.len() < text.len() {
                silent.push_str(lines.next().unwrap_or_default());
                silent.push('\n');
            }
            silent
        })
        .collect()
}

/// The texts of the shared benchmark; `None` where it is absent.
fn polnear() -> Option<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/quotes/polnear-dev.jsonl.gz");
    let mut lines = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).ok()?).read_to_string(&mut lines).ok()?;
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned);
    Some(lines.lines().filter_map(text).collect())
}

/// Gives the number of quotes.
fn attribute(texts: &[String], finder: &Finder) -> usize {
    let authority = Authority::default();
    texts.iter().map(|text| annotate_text(black_box(text), &authority, finder, None).quotes.len()).sum()
}

fn raw_tantivy(texts: &[String]) {
    use tantivy::schema::{Schema, TEXT};

    let mut schema = Schema::builder();
    let field = schema.add_text_field("text", TEXT);
    let index = tantivy::Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 100_000_000).expect("a writer");
    for text in texts {
        writer.add_document(tantivy::doc!(field => text.clone())).expect("a document");
    }
    writer.commit().expect("a commit");
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[allow(clippy::cast_precision_loss, reason = "counts of bytes and quotes")]
fn compare(name: &str, texts: &[String], model: &Finder) {
    let rules = Finder::rules();
    // Once without a clock, so that word lists are read and memory is warm.
    raw_tantivy(texts);
    let quotes = attribute(texts, model);
    let (mut index, mut with_model, mut with_rules) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        index.push(time(|| raw_tantivy(texts)));
        with_model.push(time(|| attribute(texts, model)));
        with_rules.push(time(|| attribute(texts, &rules)));
    }
    let [index, with_model, with_rules] = [index, with_model, with_rules].map(|times| median(times).as_secs_f64());
    let bytes: usize = texts.iter().map(String::len).sum();
    println!(
        "{name:<30}{:>7}{:>8}{quotes:>9}{:>11.1}{:>11.1}{:>11.1}{:>8.2}{:>8.2}",
        texts.len(),
        bytes / 1024,
        index * 1e3,
        with_model * 1e3,
        with_rules * 1e3,
        with_model / index,
        with_rules / index
    );
}

/// What hostile texts repeat.
const HOSTILE: [(&str, &str); 13] = [
    ("straight quote marks", "\""),
    ("opening marks", "“"),
    ("opening marks, spaced", "“ "),
    ("single marks", "'a' ‘b’ "),
    ("names", "Omer Kaldan Claire Dumonceau "),
    ("no sentence end", "the harbour line of the old port and "),
    ("cues", "said "),
    ("sources and cues", "he said she claimed that "),
    ("according to", "according to Vael "),
    ("short quotations", "“a,” he said. “b,” she said. "),
    ("quotations, no cue", "“It is late and the port is cold.” "),
    ("one endless quotation", "“It is late, he said, and "),
    ("a mixture", "(“the Vaels” who said, ‘in the words of Mr Kaldan’, according to \"her\": — "),
];

/// Prints the time for a byte at three lengths, each four times the one before.
#[allow(clippy::cast_precision_loss, reason = "counts of bytes")]
fn growth(name: &str, unit: &str, model: &Finder) {
    let each: Vec<f64> = [1, 4, 16]
        .into_iter()
        .map(|times| {
            let texts = [unit.repeat(SHORTEST * times / unit.len())];
            let taken = (0..3).map(|_| time(|| attribute(&texts, model))).collect();
            median(taken).as_nanos() as f64 / texts[0].len() as f64
        })
        .collect();
    println!("{name:<30}{:>12.1}{:>12.1}{:>12.1}{:>10.2}", each[0], each[1], each[2], each[2] / each[0]);
}
