//! How fast pages are cleaned, beside the bare parse that no cleaner can do without.
//!
//! Measured: pages per second of `scraper::Html::parse_document` and of `clean::html::read` on the same pages,
//! in turns, one thread; the same with the pages made 2, 4, 8 and 16 times as long; and the speed-up of two
//! threads over one. Not measured: reading files, decoding, annotation. Pages: those of the sample corpus, and
//! the shared development pages where they lie beside the project. Figures are medians of one run.
//!
//! ```text
//! cargo bench --bench cleaning
//! ```

#![allow(clippy::expect_used, reason = "a failure ends the bench, which is the report")]

use std::hint::black_box;
use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rapporteur::clean::html::{Options, read};
use rapporteur::source::{self, Format};
use rayon::prelude::*;

const ROUNDS: usize = 7;

fn main() {
    // Criterion's and libtest's arguments are passed to every bench; this one takes none.
    println!("{:<34}{:>9}{:>12}{:>12}{:>9}", "pages", "number", "parse /s", "clean /s", "share");
    let sample = sample();
    compare("sample corpus", &sample);
    let shared = [("development bodies", "extraction"), ("development dates", "dates")];
    let shared: Vec<(&str, Vec<String>)> =
        shared.into_iter().map(|(name, folder)| (name, shared_pages(folder))).collect();
    for (name, pages) in shared.iter().filter(|(_, pages)| !pages.is_empty()) {
        compare(name, pages);
    }
    if shared.iter().all(|(_, pages)| pages.is_empty()) {
        println!("the shared development pages are absent: expected in ../shared/eval");
    }
    let longest = shared.into_iter().map(|(_, pages)| pages).find(|pages| !pages.is_empty()).unwrap_or(sample);
    growth(&longest);
    threads(&longest);
}

/// The pages of the sample corpus.
fn sample() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = source::find(&[root.join("corpus")], root);
    let bytes = |path: &Path| std::fs::read(path).expect("the sample corpus is part of the project");
    let sources = found.files.iter().flat_map(|file| source::split(&file.shown, bytes(&file.path)));
    let pages = sources.filter_map(Result::ok).filter(|source| source.format == Format::Html);
    pages.filter_map(|source| source.decode().ok()).map(|decoded| decoded.text).collect()
}

/// The pages of a shared benchmark; none where it is absent.
fn shared_pages(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval").join(folder).join("html");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let mut bytes = Vec::new();
            let file = std::fs::File::open(path).expect("a listed file opens");
            flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("a whole gzip file");
            String::from_utf8_lossy(&bytes).into_owned()
        })
        .collect()
}

fn parse(pages: &[String]) {
    for page in pages {
        black_box(scraper::Html::parse_document(black_box(page)));
    }
}

fn clean(pages: &[String]) {
    for page in pages {
        let _ = black_box(read(black_box(page), None, Options::default()));
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Medians of parsing and of cleaning, in turns, so that both meet the same machine.
fn in_turns(pages: &[String]) -> (Duration, Duration) {
    clean(pages);
    let rounds = (0..ROUNDS).map(|_| (time(|| parse(pages)), time(|| clean(pages))));
    let (parses, cleans) = rounds.unzip();
    (median(parses), median(cleans))
}

#[allow(clippy::cast_precision_loss, reason = "counts of pages")]
fn compare(name: &str, pages: &[String]) {
    let (parse, clean) = in_turns(pages);
    let rate = |time: Duration| pages.len() as f64 / time.as_secs_f64();
    let share = parse.as_secs_f64() / clean.as_secs_f64();
    println!("{name:<34}{:>9}{:>12.0}{:>12.0}{share:>9.2}", pages.len(), rate(parse), rate(clean));
}

/// Time for each byte as pages grow: their bodies repeated.
#[allow(clippy::cast_precision_loss, reason = "counts of bytes")]
fn growth(pages: &[String]) {
    let pages: Vec<&String> = pages.iter().take(40).collect();
    let mut first = None;
    println!("\n{:<34}{:>12}{:>12}", "length of the page", "ns a byte", "ratio");
    for times in [1, 2, 4, 8, 16] {
        let long: Vec<String> = pages.iter().map(|page| page.repeat(times)).collect();
        let bytes: usize = long.iter().map(String::len).sum();
        let taken = median((0..3).map(|_| time(|| clean(&long))).collect());
        let each = taken.as_nanos() as f64 / bytes as f64;
        let ratio = each / *first.get_or_insert(each);
        println!("{:<34}{each:>12.2}{ratio:>12.2}", format!("{times} times"));
    }
}

fn threads(pages: &[String]) {
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        let work = || pool.install(|| pages.par_iter().for_each(|page| clean(std::slice::from_ref(page))));
        work();
        median((0..ROUNDS).map(|_| time(work)).collect())
    };
    let (one, two) = (run(1), run(2));
    println!("\ntwo threads over one: {:.2}", one.as_secs_f64() / two.as_secs_f64());
}
