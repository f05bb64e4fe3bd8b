//! How many planted copies are grouped, how many articles that are merely similar, and at what cost.
//!
//! The archive is generated (see `benches/generator/news.rs`): needs no data, gives the same figures
//! everywhere but for time. `--margins` adds how the pairs that were compared lie about the threshold,
//! `--formula` the worst case for candidates, one formula in every article, and `--share` what finding
//! near-duplicates takes of a whole run of indexing.
//!
//! ```text
//! cargo run --release --example eval_near_duplicates [-- 10000 30000 100000] [-- --margins --formula --share]
//! ```

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]
#![allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]

#[path = "../benches/generator/news.rs"]
mod news;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;
use std::time::{Duration, Instant};

use news::{Kind, NewsArticle};
use rapporteur::model::ArticleId;
use rapporteur::near_duplicates::{Body, Groups, Overlap, Sketches};
use rayon::prelude::*;

/// Not one of the seeds that the thresholds were chosen with; see `docs/evaluation.md`.
const SEED: u64 = 0x6665_7272_696e;

/// What one size took.
struct Cost {
    elapsed: Duration,
    /// Seconds of processor time, over all threads.
    sketching: f64,
    grouping: f64,
    /// Bytes that the process held at the most, beyond those of the archive.
    peak: Option<u64>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 30_000, 100_000];
    }
    println!("| articles | groups | precision | recall | elapsed | processor, sketching | grouping | peak memory |");
    println!("|---|---|---|---|---|---|---|---|");
    let mut last = None;
    for size in sizes {
        let archive = news::archive(size, SEED);
        let (sketches, groups, cost) = run(&archive);
        let (precision, recall) = pairs(&archive, &groups);
        println!(
            "| {size} | {} | {precision:.4} | {recall:.4} | {:.1} s | {:.1} s | {:.1} s | {} |",
            groups.all().len(),
            cost.elapsed.as_secs_f64(),
            cost.sketching,
            cost.grouping,
            cost.peak.map_or("unknown".into(), |bytes| format!("{} MB", bytes / 1_000_000)),
        );
        last = Some((archive, sketches, groups));
    }
    let Some((archive, mut sketches, groups)) = last else { return };
    by_kind(&archive, &groups);
    one_more(&archive, &mut sketches, &groups);
    let asked = |option: &str| arguments.iter().any(|argument| argument == option);
    if asked("--margins") {
        margins(&archive, &sketches);
    }
    if asked("--formula") {
        formula();
    }
    if asked("--share") {
        share();
    }
}

/// What an article costs that changes in an archive of known ones.
fn one_more(archive: &[NewsArticle], sketches: &mut Sketches, groups: &Groups) {
    let copy = archive.iter().position(|article| article.kind == Kind::Half).unwrap();
    let sketch = sketches.sketches().find(|sketch| sketch.article == id(copy)).unwrap().clone();
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let numbers: HashMap<ArticleId, usize> = (0..archive.len()).map(|number| (id(number), number)).collect();
    let start = Instant::now();
    sketches.put(sketch);
    let again = sketches.update(&|article| {
        asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok::<_, Infallible>(Body::of_texts(archive[numbers[&article]].paragraphs.iter().map(String::as_str)))
    });
    assert_eq!(again.as_ref(), Ok(groups));
    println!("\nOne article put again: {:.2} s, {} articles read", start.elapsed().as_secs_f64(), asked.into_inner());
}

/// Articles of which two fifths are one formula, with a name in each sentence that keeps it from being
/// known as common: every pair shares so much.
fn formula() {
    println!(
        "\n| articles with one formula | pairs compared | a pair for an article | grouping | groups |\n|---|---|---|---|---|"
    );
    for size in [5_000, 10_000, 20_000, 40_000] {
        let mut archive = news::archive(size, SEED + 1);
        let standing: Vec<String> =
            archive[0].paragraphs.iter().flat_map(|p| p.split(". ")).map(str::to_owned).collect();
        for (number, article) in archive.iter_mut().enumerate() {
            article.kind = Kind::Original;
            article.family = u32::try_from(number).unwrap();
            let kept = article.paragraphs.len().min(3);
            article.paragraphs.truncate(kept);
            let formula = standing.iter().take(8).map(|sentence| format!("{sentence} name{number}."));
            article.paragraphs.push(formula.collect::<Vec<_>>().join(" "));
        }
        let (sketches, groups, cost) = run(&archive);
        println!(
            "| {size} | {} | {:.1} | {:.1} s | {} |",
            sketches.shared().len(),
            sketches.shared().len() as f64 / size as f64,
            cost.grouping,
            groups.all().len()
        );
    }
}

/// The share that near-duplicates have of a whole run of indexing, and what the program finds in it.
fn share() {
    const ARTICLES: usize = 10_000;
    let archive = news::archive(ARTICLES, SEED);
    let (_, _, cost) = run(&archive);
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("corpus")).unwrap();
    let line = |(number, article): (usize, &NewsArticle)| {
        let url = format!("https://news.example/{number}");
        format!("{}\n", serde_json::json!({"url": url, "title": article.title, "text": article.text()}))
    };
    for (file, articles) in archive.chunks(100).enumerate() {
        let lines: String = (file * 100..).zip(articles).map(line).collect();
        std::fs::write(home.path().join(format!("corpus/{file}.jsonl")), lines).unwrap();
    }
    let settings = rapporteur::config::Settings::defaults(home.path());
    let rules = rapporteur::config::Rules::load(&settings).unwrap();
    let cpu = processor();
    let report = rapporteur::job::update(&settings, &rules, &[], &|_| ()).unwrap();
    let all = processor() - cpu;
    let near = cost.sketching + cost.grouping;
    let (precision, recall) = pairs(&archive, &report.near_duplicates.into());
    let bytes = std::fs::metadata(home.path().join("index/near-duplicates.bin")).unwrap().len();
    println!("\nThe program on {ARTICLES} articles: precision {precision:.4}, recall {recall:.4}");
    println!(
        "processor time {all:.1} s; of the library's sketching and grouping {near:.1} s, {:.1} %",
        100.0 * near / all
    );
    println!("near-duplicates.bin: {} bytes an article", bytes / ARTICLES as u64);
}

fn id(number: usize) -> ArticleId {
    ArticleId::derive("url", &format!("https://news.example/{number}"))
}

fn run(archive: &[NewsArticle]) -> (Sketches, Groups, Cost) {
    let numbers: HashMap<ArticleId, usize> = (0..archive.len()).map(|number| (id(number), number)).collect();
    let body = |number: usize| Body::of_texts(archive[number].paragraphs.iter().map(String::as_str));
    let first = jiff::civil::date(2024, 1, 1);
    let before = memory("VmRSS:");
    forget_peak();
    let (start, cpu) = (Instant::now(), processor());
    let made: Vec<_> = (0..archive.len())
        .into_par_iter()
        .map(|number| {
            let day = first.checked_add(jiff::Span::new().days(i64::from(archive[number].day))).unwrap();
            body(number).sketch(id(number), Some(day))
        })
        .collect();
    let sketched = processor();
    let mut sketches = Sketches::default();
    sketches.extend(made);
    let groups = sketches.update(&|article| Ok::<_, Infallible>(body(numbers[&article]))).unwrap();
    let cost = Cost {
        elapsed: start.elapsed(),
        sketching: sketched - cpu,
        grouping: processor() - sketched,
        peak: memory("VmHWM:").zip(before).map(|(peak, before)| peak.saturating_sub(before)),
    };
    (sketches, groups, cost)
}

/// Precision and recall over pairs of articles.
fn pairs(archive: &[NewsArticle], groups: &Groups) -> (f64, f64) {
    let numbers: HashMap<ArticleId, usize> = (0..archive.len()).map(|number| (id(number), number)).collect();
    let of = |count: usize| count * count.saturating_sub(1) / 2;
    let mut families: BTreeMap<u32, usize> = BTreeMap::new();
    for article in archive {
        *families.entry(article.family).or_default() += 1;
    }
    let planted: usize = families.values().map(|size| of(*size)).sum();
    let (mut found, mut right) = (0, 0);
    for group in groups.all() {
        let mut inside: BTreeMap<u32, usize> = BTreeMap::new();
        for member in &group.members {
            *inside.entry(archive[numbers[&member.article]].family).or_default() += 1;
        }
        found += of(group.members.len());
        right += inside.values().map(|size| of(*size)).sum::<usize>();
    }
    (right as f64 / found.max(1) as f64, right as f64 / planted.max(1) as f64)
}

/// For each kind of copy, how many stand in one group with their original.
fn by_kind(archive: &[NewsArticle], groups: &Groups) {
    let originals: HashMap<u32, usize> = (0..archive.len())
        .filter(|number| archive[*number].kind == Kind::Original)
        .map(|number| (archive[number].family, number))
        .collect();
    println!("\n| copy | planted | with its original |\n|---|---|---|");
    for kind in Kind::COPIES {
        let copies = (0..archive.len()).filter(|number| archive[*number].kind == kind);
        let outcomes: Vec<bool> = copies
            .filter_map(|number| Some((number, *originals.get(&archive[number].family)?)))
            .map(|(copy, original)| {
                let group = groups.of(id(copy));
                group.is_some_and(|group| group.members.iter().any(|member| member.article == id(original)))
            })
            .collect();
        let found = outcomes.iter().filter(|found| **found).count();
        println!("| {} | {} | {:.4} |", kind.name(), outcomes.len(), found as f64 / outcomes.len().max(1) as f64);
    }
}

/// The containments of the pairs that were compared, copies and others apart, in twentieths.
fn margins(archive: &[NewsArticle], sketches: &Sketches) {
    let numbers: HashMap<ArticleId, usize> = (0..archive.len()).map(|number| (id(number), number)).collect();
    let sizes: HashMap<ArticleId, u32> = sketches.sketches().map(|sketch| (sketch.article, sketch.shingles)).collect();
    let common: BTreeSet<u32> = sketches.sketches().flat_map(|sketch| sketch.common.iter().copied()).collect();
    let mut bins = [[0_usize; 2]; 21];
    for ((left, right), shared) in sketches.shared() {
        let overlap = Overlap { shared: shared as usize, left: sizes[&left] as usize, right: sizes[&right] as usize };
        let same = archive[numbers[&left]].family == archive[numbers[&right]].family;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 1")]
        let bin = (overlap.containment() * 20.0) as usize;
        bins[bin][usize::from(same)] += 1;
    }
    println!("\n{} common sentences; {} pairs compared\n", common.len(), sketches.shared().len());
    println!("| containment from | other pairs | copies |\n|---|---|---|");
    for (bin, [other, same]) in bins.iter().enumerate() {
        println!("| {:.2} | {other} | {same} |", bin as f64 / 20.0);
    }
}

/// A figure of `/proc/self/status`, in bytes; `None` where the system has none.
fn memory(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1000)
}

/// Seconds of processor time that the process has used; 0 where the system does not tell.
fn processor() -> f64 {
    /// Linux counts these in hundredths of a second, whatever the kernel's own clock (proc(5), `sysconf`).
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default();
    fields.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// Lets the peak of memory begin anew.
fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}
