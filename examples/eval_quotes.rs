//! Measures attribution on `PolNeAR`'s development part, as the evaluation's own scorer does.
//!
//!     cargo run --release --example eval_quotes [-- --errors N] [--rules] [--data FILE] [--predictions FILE]
//!
//! The data lie outside the project, in `../shared/eval/quotes`; without them it says so and ends.

use std::collections::{BTreeMap, HashSet};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};
use rapporteur::annotate::speakers::annotate_text;
use rapporteur::config::Authority;
use rapporteur::model::{CodePoints, Quote, QuoteKind, Span};
use regex::Regex;
use serde::Deserialize;

const ANCHORS: &str = "\
for comparison (attributed F1 on the same articles)       all   direct  mixed  indirect
  60 lines of regular expressions                         .153   .318   .078   .066
  better regular expressions                              .245   .385   .222   .180
  Gender Gap Tracker on full parses                       .295   .325   .414   .261
  linear-chain CRF, words and shapes                      .441   .775   .629   .321
  human against human                                     .704   .955   .787   .640";

#[derive(Deserialize)]
struct Gold {
    id: String,
    text: String,
    quotes: Vec<GoldQuote>,
}

#[derive(Deserialize)]
struct GoldQuote {
    spans: Vec<[usize; 2]>,
    kind: QuoteKind,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
    cue: Option<String>,
}

impl GoldQuote {
    fn mention(&self) -> Option<Span> {
        self.speaker_start.zip(self.speaker_end).map(|(start, end)| Span::new(start, end))
    }
}

/// Counts of one row of the table.
#[derive(Default, Clone, Copy)]
struct Counts {
    gold: usize,
    predicted: usize,
    exact: usize,
    overlap: usize,
    attributed: usize,
}

#[derive(Default)]
struct Options {
    errors: usize,
    rules: bool,
    data: Option<PathBuf>,
    predictions: Option<PathBuf>,
}

fn main() -> Result<()> {
    let options = options()?;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/quotes/polnear-dev.jsonl.gz");
    let data = options.data.clone().unwrap_or(data);
    if !data.exists() {
        println!("{} is absent: nothing to measure", data.display());
        return Ok(());
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(&data)?).read_to_string(&mut text)?;
    let mut score = Score::default();
    let mut predictions = String::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let gold: Gold = serde_json::from_str(line)?;
        let quotes = annotate_text(&gold.text, &Authority::default(), None).quotes;
        predictions.push_str(&prediction(&gold.id, &quotes));
        score.add(&gold, &quotes);
    }
    if let Some(path) = &options.predictions {
        std::fs::File::create(path)?.write_all(predictions.as_bytes())?;
    }
    score.print();
    println!("\n{ANCHORS}");
    if options.rules {
        score.print_rules();
    }
    for error in score.errors.iter().take(options.errors) {
        println!("{error}");
    }
    Ok(())
}

fn options() -> Result<Options> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--errors" => options.errors = value()?.parse().context("--errors needs a number")?,
            "--rules" => options.rules = true,
            "--data" => options.data = Some(value()?.into()),
            "--predictions" => options.predictions = Some(value()?.into()),
            other => anyhow::bail!("unknown argument `{other}`"),
        }
    }
    Ok(options)
}

/// One line as `rapporteur attribute` prints it, as far as the scorer reads it.
fn prediction(id: &str, quotes: &[Quote]) -> String {
    let quotes: Vec<serde_json::Value> = quotes
        .iter()
        .map(|quote| {
            let cue = quote.why.evidence.iter().find(|evidence| evidence.part == "cue").map(|evidence| &evidence.text);
            let spans: Vec<[usize; 2]> = quote.spans.iter().map(|span| [span.start, span.end]).collect();
            serde_json::json!({
                "start": quote.extent().start, "end": quote.extent().end, "spans": spans, "kind": quote.kind,
                "cue": cue, "rule": quote.why.rule,
                "speaker_text": quote.mention.as_ref().map(|mention| &mention.text),
                "speaker_start": quote.mention.as_ref().map(|mention| mention.span.start),
                "speaker_end": quote.mention.as_ref().map(|mention| mention.span.end),
            })
        })
        .collect();
    format!("{}\n", serde_json::json!({"id": id, "quotes": quotes}))
}

#[allow(clippy::expect_used, reason = "a constant pattern")]
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\w+(?:[’'.-]\w+)*").expect("a constant"));
const STOP: &str = "the a an of in for at by to and mr mrs ms dr sir gov sen rep president";

#[derive(Default)]
struct Score {
    rows: BTreeMap<&'static str, Counts>,
    rules: BTreeMap<String, Counts>,
    errors: Vec<String>,
}

impl Score {
    fn add(&mut self, gold: &Gold, predicted: &[Quote]) {
        let points = CodePoints::new(&gold.text);
        let tokens: Vec<Span> = WORD.find_iter(&gold.text).map(|word| points.span(&word.range())).collect();
        let gold_words: Vec<HashSet<usize>> = gold
            .quotes
            .iter()
            .map(|quote| words_in(&tokens, &quote.spans.iter().map(|[s, e]| Span::new(*s, *e)).collect::<Vec<_>>()))
            .collect();
        let words: Vec<HashSet<usize>> = predicted.iter().map(|quote| words_in(&tokens, &quote.spans)).collect();
        let matches = matches(&gold_words, &words);
        let mut gold_of = vec![None; predicted.len()];
        for (index, quote) in gold.quotes.iter().enumerate() {
            let hit = matches.iter().find(|(gold, ..)| *gold == index);
            let same = hit.is_some_and(|(_, predicted_index, _)| {
                same_speaker(&points, quote.mention(), predicted[*predicted_index].mention.as_ref().map(|m| m.span))
            });
            if let Some((_, other, overlap)) = hit {
                gold_of[*other] = Some(index);
                let rule = self.rules.entry(predicted[*other].why.rule.to_string()).or_default();
                rule.overlap += 1;
                rule.exact += usize::from(*overlap >= 1.0);
                rule.attributed += usize::from(same);
            }
            for row in ["all", row_of(quote.kind)] {
                let counts = self.rows.entry(row).or_default();
                counts.gold += 1;
                counts.overlap += usize::from(hit.is_some());
                counts.exact += usize::from(hit.is_some_and(|(_, _, overlap)| *overlap >= 1.0));
                counts.attributed += usize::from(same);
            }
            self.note(&points, quote, hit.map(|(_, other, _)| &predicted[*other]), same);
        }
        for (index, quote) in predicted.iter().enumerate() {
            self.rules.entry(quote.why.rule.to_string()).or_default().predicted += 1;
            let kind = gold_of[index].map_or(quote.kind, |gold_index: usize| gold.quotes[gold_index].kind);
            for row in ["all", row_of(kind)] {
                self.rows.entry(row).or_default().predicted += 1;
            }
            if gold_of[index].is_none() {
                let mention = quote.mention.as_ref().map_or("-", |mention| mention.text.as_str());
                let error = format!(
                    "SPURIOUS {} {} <{mention}> {}",
                    row_of(quote.kind),
                    quote.why.rule,
                    shown(&points, &quote.spans)
                );
                self.errors.push(error);
            }
        }
    }

    fn note(&mut self, points: &CodePoints<'_>, gold: &GoldQuote, hit: Option<&Quote>, same: bool) {
        let spans: Vec<Span> = gold.spans.iter().map(|[s, e]| Span::new(*s, *e)).collect();
        let source = gold.mention().map_or("-", |span| points.slice(span));
        let cue = gold.cue.as_deref().unwrap_or("-");
        match hit {
            None => {
                self.errors.push(format!("MISSED {} [{cue}] <{source}> {}", row_of(gold.kind), shown(points, &spans)));
            }
            Some(quote) if !same => {
                let mention = quote.mention.as_ref().map_or("-", |mention| mention.text.as_str());
                let error = format!(
                    "SPEAKER {} [{cue}] <{source}> got <{mention}> {}",
                    row_of(gold.kind),
                    shown(points, &spans)
                );
                self.errors.push(error);
            }
            Some(_) => {}
        }
    }

    fn print(&self) {
        println!("{:10}{:>7}{:>7}   {:^21}{:^21}{:^21}", "", "gold", "found", "exact", "overlap", "attributed");
        for row in ["all", "direct", "mixed", "indirect"] {
            let counts = self.rows.get(row).copied().unwrap_or_default();
            let cells: String = [counts.exact, counts.overlap, counts.attributed]
                .map(|hits| {
                    let (p, r, f) = measures(hits, counts.predicted, counts.gold);
                    format!(" {p:.3} {r:.3} {f:.3}   ")
                })
                .concat();
            println!("{row:10}{:>7}{:>7}  {cells}", counts.gold, counts.predicted);
        }
    }

    fn print_rules(&self) {
        println!("\n{:24}{:>7}{:>9}{:>12}", "rule", "found", "overlap", "attributed");
        for (rule, counts) in &self.rules {
            let share = |hits: usize| measures(hits, counts.predicted, counts.predicted).0;
            println!(
                "{rule:24}{:>7}{:>9.3}{:>12.3}",
                counts.predicted,
                share(counts.overlap),
                share(counts.attributed)
            );
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of quotations")]
fn measures(hits: usize, predicted: usize, gold: usize) -> (f64, f64, f64) {
    let share = |of: usize| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
    let (p, r) = (share(predicted), share(gold));
    (p, r, if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 })
}

fn row_of(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "mixed",
        QuoteKind::Indirect => "indirect",
    }
}

fn shown(points: &CodePoints<'_>, spans: &[Span]) -> String {
    spans.iter().map(|span| points.slice(*span)).collect::<Vec<_>>().join(" […] ")
}

fn words_in(tokens: &[Span], spans: &[Span]) -> HashSet<usize> {
    let inside = |token: &Span| spans.iter().any(|span| span.covers(*token));
    tokens.iter().enumerate().filter(|(_, token)| inside(token)).map(|(index, _)| index).collect()
}

/// One-to-one matches of Jaccard overlap at least 0.8, best first.
#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn matches(gold: &[HashSet<usize>], predicted: &[HashSet<usize>]) -> Vec<(usize, usize, f64)> {
    let mut pairs = Vec::new();
    for (g, a) in gold.iter().enumerate() {
        for (p, b) in predicted.iter().enumerate() {
            let common = a.intersection(b).count();
            let overlap = common as f64 / (a.len() + b.len() - common).max(1) as f64;
            if overlap >= 0.8 {
                pairs.push((g, p, overlap));
            }
        }
    }
    pairs.sort_by(|x, y| y.2.total_cmp(&x.2).then(y.0.cmp(&x.0)).then(y.1.cmp(&x.1)));
    let mut matches: Vec<(usize, usize, f64)> = Vec::new();
    for pair in pairs {
        if matches.iter().all(|(g, p, _)| *g != pair.0 && *p != pair.1) {
            matches.push(pair);
        }
    }
    matches
}

fn same_speaker(points: &CodePoints<'_>, gold: Option<Span>, predicted: Option<Span>) -> bool {
    let words = |span: Span| -> HashSet<String> {
        let lower = points.slice(span).to_lowercase();
        let all: HashSet<String> = WORD
            .find_iter(&lower)
            .map(|word| word.as_str().trim_end_matches("'s").trim_end_matches("’s").to_owned())
            .collect();
        let kept: HashSet<String> =
            all.iter().filter(|word| !STOP.split(' ').any(|stop| stop == word.as_str())).cloned().collect();
        if kept.is_empty() { all } else { kept }
    };
    match (gold, predicted) {
        (None, None) => true,
        (Some(gold), Some(predicted)) => !words(gold).is_disjoint(&words(predicted)),
        _ => false,
    }
}
