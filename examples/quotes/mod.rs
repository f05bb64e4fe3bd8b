//! What `eval_quotes` and `train_quotes` share: `PolNeAR`'s articles, and its scorer's measures.

#![allow(dead_code, reason = "each of the two uses a part")]

use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::Result;
use rapporteur::model::{CodePoints, Quote, QuoteKind, Span};
use regex::Regex;
use serde::Deserialize;

/// Where a part of the data lies, outside the project.
pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/quotes").join(name)
}

/// Reads articles from packed JSONL.
pub(crate) fn read(path: &Path) -> Result<Vec<Gold>> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_string(&mut text)?;
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| Ok(serde_json::from_str(line)?)).collect()
}

#[derive(Clone, Deserialize)]
/// An article with what is said in it.
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) quotes: Vec<GoldQuote>,
}

#[derive(Clone, Deserialize)]
/// One thing said, as annotated.
pub(crate) struct GoldQuote {
    pub(crate) spans: Vec<[usize; 2]>,
    pub(crate) kind: QuoteKind,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
    pub(crate) cue: Option<String>,
    pub(crate) cue_start: Option<usize>,
}

impl GoldQuote {
    /// The words that name its source.
    pub(crate) fn mention(&self) -> Option<Span> {
        self.speaker_start.zip(self.speaker_end).map(|(start, end)| Span::new(start, end))
    }
}

#[allow(clippy::expect_used, reason = "a constant pattern")]
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\w+(?:[’'.-]\w+)*").expect("a constant"));
const STOP: &str = "the a an of in for at by to and mr mrs ms dr sir gov sen rep president";

/// Counts of one row of the table.
#[derive(Default, Clone, Copy)]
struct Counts {
    gold: usize,
    predicted: usize,
    exact: usize,
    overlap: usize,
    attributed: usize,
}

/// Finds of one tenth of confidence.
#[derive(Default, Clone, Copy)]
struct Tenth {
    found: usize,
    right: usize,
    confidence: f64,
}

/// Sums up what was found in many articles.
#[derive(Default)]
pub(crate) struct Score {
    rows: BTreeMap<&'static str, Counts>,
    rules: BTreeMap<String, Counts>,
    tenths: [Tenth; 10],
    /// What was missed, invented or given to somebody else.
    pub(crate) errors: Vec<String>,
}

impl Score {
    /// Compares what was found in one article.
    pub(crate) fn add(&mut self, gold: &Gold, predicted: &[Quote]) {
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
        let mut right = vec![false; predicted.len()];
        for (index, quote) in gold.quotes.iter().enumerate() {
            let hit = matches.iter().find(|(gold, ..)| *gold == index);
            let same = hit.is_some_and(|(_, predicted_index, _)| {
                same_speaker(&points, quote.mention(), predicted[*predicted_index].mention.as_ref().map(|m| m.span))
            });
            if let Some((_, other, overlap)) = hit {
                gold_of[*other] = Some(index);
                right[*other] = same;
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
        for (quote, right) in predicted.iter().zip(&right) {
            self.weigh(quote.confidence.value(), *right);
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

    /// Prints the table.
    pub(crate) fn print(&self) {
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

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a tenth of a confidence from 0 to 1")]
    fn weigh(&mut self, confidence: f32, right: bool) {
        let tenth = &mut self.tenths[((confidence * 10.0) as usize).min(9)];
        tenth.found += 1;
        tenth.right += usize::from(right);
        tenth.confidence += f64::from(confidence);
    }

    /// Prints how often finds of each tenth of confidence are right, and the expected calibration error: the mean
    /// distance of the two, weighed by finds (Naeini, Cooper, Hauskrecht 2015).
    #[allow(clippy::cast_precision_loss, reason = "counts of quotations")]
    pub(crate) fn print_reliability(&self) {
        println!("\n{:12}{:>7}{:>12}{:>9}", "confidence", "found", "mean", "right");
        let all: usize = self.tenths.iter().map(|tenth| tenth.found).sum();
        let mut error = 0.0;
        for (place, tenth) in self.tenths.iter().enumerate().filter(|(_, tenth)| tenth.found > 0) {
            let found = tenth.found as f64;
            let (mean, right) = (tenth.confidence / found, tenth.right as f64 / found);
            error += (mean - right).abs() * found / all as f64;
            println!(".{place} to {:<6.1}{:>7}{mean:>12.3}{right:>9.3}", (place + 1) as f64 / 10.0, tenth.found);
        }
        println!("expected calibration error {error:.3} of {all} finds");
    }

    /// Prints each rule's share.
    pub(crate) fn print_rules(&self) {
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
