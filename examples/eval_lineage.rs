//! How many planted versions of quotations are gathered, how many that are merely similar, and at what cost.
//!
//! The archive is generated (see `benches/generator/quotes.rs`): needs no data, gives the same figures everywhere but
//! for time. Precision and recall are over pairs: a pair is right where one is made of the other, or both of one
//! original. `--errors` prints some of the pairs that are wrong and some that were missed, `--formula` the worst case
//! for candidates, one formula in every quotation.
//!
//! ```text
//! cargo run --release --example eval_lineage [-- 25000 50000 100000] [-- --errors --formula]
//! ```

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]

#[path = "../benches/generator/news.rs"]
mod news;
#[path = "../benches/generator/quotes.rs"]
mod quotes;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use quotes::{Kind, PlantedQuote};
use rapporteur::analysis::Analyzer;
use rapporteur::lineage::{Statements, Wording, Wordings};
use rapporteur::model::{ArticleId, PassageId, QuoteId};
use rayon::prelude::*;

/// Not the seed that the thresholds were chosen with; see `docs/evaluation.md`.
const SEED: u64 = 0x7361_726e;
/// Pairs of each sort that `--errors` prints.
const SHOWN: usize = 12;

/// A pair of quotations, by number, the lesser first.
type Pair = (u32, u32);

/// What one size took.
struct Cost {
    elapsed: Duration,
    /// Bytes that the process held at the most, beyond those of the archive.
    peak: Option<u64>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let asked = |option: &str| arguments.iter().any(|argument| argument == option);
    let seed = arguments.iter().find_map(|argument| argument.strip_prefix("--seed=")?.parse().ok()).unwrap_or(SEED);
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![25_000, 50_000, 100_000];
    }
    println!(
        "| quotations | statements | pairs | precision | recall | F1 | merely similar joined | elapsed | peak memory |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (number, size) in sizes.iter().enumerate() {
        let archive = quotes::archive(*size, seed);
        let (statements, cost) = run(&archive);
        let (truth, found) = (planted(&archive), gathered(&archive, &statements));
        let right = found.intersection(&truth).count();
        let (precision, recall) = (share(right, found.len()), share(right, truth.len()));
        let is_similar = |pair: &&Pair| is_similar(&archive, **pair);
        println!(
            "| {size} | {} | {} | {precision:.4} | {recall:.4} | {:.4} | {} | {:.1} s | {} |",
            statements.all().len(),
            truth.len(),
            2.0 * precision * recall / (precision + recall),
            found.difference(&truth).filter(is_similar).count(),
            cost.elapsed.as_secs_f64(),
            cost.peak.map_or("unknown".into(), |bytes| format!("{} MB", bytes / 1_000_000)),
        );
        if number + 1 == sizes.len() {
            by_kind(&archive, &truth, &found);
            if asked("--errors") {
                errors(&archive, &truth, &found);
            }
        }
    }
    if asked("--formula") {
        formula();
    }
}

fn id(number: usize) -> QuoteId {
    QuoteId { passage: PassageId { article: ArticleId::derive("quote", &number.to_string()), n: 1 }, n: 1 }
}

fn run(archive: &[PlantedQuote]) -> (Statements, Cost) {
    let analyzer = Analyzer::default();
    let before = memory("VmRSS:");
    forget_peak();
    let start = Instant::now();
    let made: Vec<(ArticleId, Vec<Wording>)> = archive
        .par_iter()
        .enumerate()
        .map(|(number, quote)| {
            let wording = Wording::of(id(number), true, &quote.text, &analyzer);
            let speaker = quote.speaker.map(|speaker| speaker as u32);
            let published = Some(i64::from(quote.day) * 86_400);
            (id(number).passage.article, vec![Wording { published, speaker, ..wording }])
        })
        .collect();
    let mut wordings = Wordings::default();
    wordings.extend(made);
    let statements = wordings.statements();
    let cost = Cost {
        elapsed: start.elapsed(),
        peak: memory("VmHWM:").zip(before).map(|(peak, before)| peak.saturating_sub(before)),
    };
    (statements, cost)
}

/// The pairs that are versions of one original.
fn planted(archive: &[PlantedQuote]) -> HashSet<Pair> {
    let mut families: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (number, quote) in (0..).zip(archive) {
        for family in &quote.families {
            families.entry(*family).or_default().push(number);
        }
    }
    families.values().flat_map(|members| pairs(members)).collect()
}

/// The pairs that stand in one statement.
fn gathered(archive: &[PlantedQuote], statements: &Statements) -> HashSet<Pair> {
    let numbers: HashMap<QuoteId, u32> = (0..archive.len()).map(|number| (id(number), number as u32)).collect();
    let members = |versions: &[QuoteId]| -> Vec<u32> { versions.iter().map(|quote| numbers[quote]).collect() };
    statements.all().iter().flat_map(|statement| pairs(&members(&statement.versions))).collect()
}

fn pairs(members: &[u32]) -> Vec<Pair> {
    let pair = |one: u32, other: u32| (one.min(other), one.max(other));
    members.iter().enumerate().flat_map(|(at, one)| members[..at].iter().map(move |other| pair(*one, *other))).collect()
}

fn is_similar(archive: &[PlantedQuote], (one, other): Pair) -> bool {
    [one, other].iter().any(|number| Kind::SIMILAR.contains(&archive[*number as usize].kind))
}

/// For each kind of version, how many of the pairs with its originals are gathered; for each kind of what is merely
/// similar, how many pairs are.
fn by_kind(archive: &[PlantedQuote], truth: &HashSet<Pair>, found: &HashSet<Pair>) {
    let is_of = |number: u32, kind: Kind| archive[number as usize].kind == kind;
    println!("\n| version | pairs with an original | gathered |\n|---|---|---|");
    for kind in Kind::VERSIONS {
        let own = |pair: &&Pair| {
            (is_of(pair.0, kind) && is_of(pair.1, Kind::Original))
                || (is_of(pair.1, kind) && is_of(pair.0, Kind::Original))
        };
        let planted: Vec<&Pair> = truth.iter().filter(own).collect();
        let right = planted.iter().filter(|pair| found.contains(pair)).count();
        println!("| {} | {} | {:.4} |", kind.name(), planted.len(), share(right, planted.len()));
    }
    println!("\n| merely similar | planted | joined with another |\n|---|---|---|");
    for kind in Kind::SIMILAR {
        let planted = archive.iter().filter(|quote| quote.kind == kind).count();
        let wrong = found.difference(truth).filter(|pair| is_of(pair.0, kind) || is_of(pair.1, kind)).count();
        println!("| {} | {planted} | {wrong} |", kind.name());
    }
}

fn errors(archive: &[PlantedQuote], truth: &HashSet<Pair>, found: &HashSet<Pair>) {
    let mut kinds: BTreeMap<(bool, Kind, Kind), usize> = BTreeMap::new();
    for (wrong, set) in [(true, found.difference(truth)), (false, truth.difference(found))] {
        let mut set: Vec<&Pair> = set.collect();
        set.sort_unstable();
        for (one, other) in &set {
            let (one, other) = (archive[*one as usize].kind, archive[*other as usize].kind);
            *kinds.entry((wrong, one.min(other), one.max(other))).or_default() += 1;
        }
        let (similar, others): (Vec<&Pair>, Vec<&Pair>) = set.into_iter().partition(|pair| is_similar(archive, **pair));
        for (one, other) in similar.into_iter().chain(others.into_iter().step_by(7)).take(SHOWN) {
            println!("\n{}", if wrong { "joined wrongly" } else { "missed" });
            for quote in [&archive[*one as usize], &archive[*other as usize]] {
                println!(
                    "  {:?} day {} {:?} {:?}: {}",
                    quote.families, quote.day, quote.speaker, quote.kind, quote.text
                );
            }
        }
    }
    for ((wrong, one, other), count) in kinds {
        println!("{} {one:?} {other:?}: {count}", if wrong { "joined wrongly" } else { "missed" });
    }
}

/// Quotations of which each says the same twelve words, and others of its own.
fn formula() {
    println!("\n| quotations with one formula | elapsed | statements |\n|---|---|---|");
    for size in [12_500, 25_000, 50_000, 100_000] {
        let mut archive = quotes::archive(size, SEED + 1);
        let formula = archive[0].text.split(' ').take(12).collect::<Vec<_>>().join(" ");
        for quote in &mut archive {
            quote.text = format!("{formula} {}", quote.text);
        }
        let (statements, cost) = run(&archive);
        println!("| {size} | {:.1} s | {} |", cost.elapsed.as_secs_f64(), statements.all().len());
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// A figure of `/proc/self/status`, in bytes; `None` where the system has none.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1000)
}

/// Lets the peak of memory begin anew.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
