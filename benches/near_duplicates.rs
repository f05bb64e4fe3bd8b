//! How long finding near-duplicates takes: a sketch of one article, and the groups of a whole archive.
//!
//! Measured: the library's functions in one process, on invented news with planted copies (three articles in
//! ten) from a seeded generator, at 10,000 and at 100,000 articles, so that the growth can be read off. Not
//! measured: reading, cleaning and indexing, which `pipeline` measures. Peak memory is printed once for each
//! size, where the system tells it.
//!
//! `cargo bench --bench near_duplicates`, or one group alone: `cargo bench --bench near_duplicates -- sketch`.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

#[path = "generator/news.rs"]
mod news;

use std::collections::HashMap;
use std::convert::Infallible;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use news::NewsArticle;
use rapporteur::model::ArticleId;
use rapporteur::near_duplicates::{Body, Sketch, Sketches};

const SEED: u64 = 0x5eed;
const SIZES: [usize; 2] = [10_000, 100_000];

fn body(article: &NewsArticle) -> Body {
    Body::of_texts(article.paragraphs.iter().map(String::as_str))
}

fn id(number: usize) -> ArticleId {
    ArticleId::derive("url", &number.to_string())
}

fn sketch(c: &mut Criterion) {
    let archive = news::archive(1_000, SEED);
    let mut group = c.benchmark_group("sketch");
    group.throughput(Throughput::Elements(archive.len() as u64));
    group.bench_function("1,000 articles", |b| {
        b.iter(|| archive.iter().map(|article| body(black_box(article)).sketch(id(0), None).shingles).sum::<u32>());
    });
    group.finish();
}

fn groups(c: &mut Criterion) {
    let mut group = c.benchmark_group("groups");
    group.sample_size(10);
    for size in SIZES {
        let archive = news::archive(size, SEED);
        let numbers: HashMap<ArticleId, usize> = (0..size).map(|number| (id(number), number)).collect();
        let made: Vec<Sketch> = archive.iter().zip(0..).map(|(article, n)| body(article).sketch(id(n), None)).collect();
        let fresh = || {
            let mut sketches = Sketches::default();
            sketches.extend(made.iter().cloned());
            sketches
        };
        let words = |article: ArticleId| Ok::<_, Infallible>(body(&archive[numbers[&article]]));
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(format!("{size} articles, all new"), |b| {
            b.iter_batched(fresh, |mut sketches| sketches.update(&words), BatchSize::PerIteration);
        });
        let mut known = fresh();
        let _ = known.update(&words);
        group.bench_function(format!("{size} articles, one new"), |b| {
            let one_new = || {
                let mut sketches = known.clone();
                sketches.put(made[0].clone());
                sketches
            };
            b.iter_batched(one_new, |mut sketches| sketches.update(&words), BatchSize::PerIteration);
        });
        if let Some(peak) = peak_memory() {
            println!("peak memory with {size} articles, their texts included: {peak}");
        }
    }
    group.finish();
}

fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|peak| peak.trim().to_owned())
}

criterion_group!(benches, sketch, groups);
criterion_main!(benches);
