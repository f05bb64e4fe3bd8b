//! How long the stations take: clean, attribute, annotate, index, search.
//!
//! Measured: the library's functions in one process, on the sample corpus and on 1,000 articles scaled from
//! it by a seeded generator. Not measured: starting the program, reading files from a cold disk. Raw Tantivy
//! on the same passages' text stands beside indexing, so that the figure to quote is the ratio of the two.
//!
//! `cargo bench`, or one group alone: `cargo bench -- search`.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod generator;

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use rapporteur::annotate::Annotator;
use rapporteur::annotate::speakers::{self, Finder};
use rapporteur::clean::clean;
use rapporteur::config::{Rules, Settings};
use rapporteur::engine::{By, Engine, Page, Sort, TantivyEngine};
use rapporteur::job;
use rapporteur::model::Passage;
use rapporteur::view::{Asked, SearchRequest, search};

const ARTICLES: usize = 1000;

fn settings() -> Settings {
    Settings::defaults(Path::new(env!("CARGO_MANIFEST_DIR")))
}

fn rules() -> Rules {
    Rules::load(&settings()).expect("the project's own files are checked by its tests")
}

fn finder(rules: &Rules) -> Finder {
    Finder::read(rules.model.as_ref()).expect("the project's own model is checked by its tests")
}

fn stations(c: &mut Criterion) {
    let (sources, articles, rules) = (generator::sample(), generator::articles(), rules());
    let finder = finder(&rules);
    let annotator = Annotator::new(rules.authority.clone(), finder.clone(), &rules.topics);
    let options = generator::options();

    let mut group = c.benchmark_group("clean");
    group.throughput(Throughput::Bytes(sources.iter().map(|source| source.bytes.len() as u64).sum()));
    group.bench_function("sample corpus", |b| {
        b.iter(|| sources.iter().filter_map(|source| clean(black_box(source), &options).ok()).count());
    });
    group.finish();

    let text = articles.iter().map(|article| article.text.len() as u64).sum();
    let mut group = c.benchmark_group("attribute");
    group.throughput(Throughput::Bytes(text));
    group.bench_function("sample corpus", |b| {
        b.iter(|| {
            let found =
                articles.iter().map(|article| speakers::annotate(black_box(article), &rules.authority, &finder, None));
            found.map(|found| found.quotes.len()).sum::<usize>()
        });
    });
    group.finish();

    let mut group = c.benchmark_group("annotate");
    group.throughput(Throughput::Bytes(text));
    group.bench_function("sample corpus", |b| {
        b.iter(|| articles.iter().map(|article| annotator.annotate(black_box(article)).passages.len()).sum::<usize>());
    });
    group.finish();
}

fn indexing(c: &mut Criterion) {
    let rules = rules();
    let jsonl = generator::jsonl(ARTICLES);
    let annotator = Annotator::new(rules.authority.clone(), finder(&rules), &rules.topics);
    let passages: Vec<Passage> =
        generator::articles().iter().flat_map(|article| annotator.annotate(article).passages).collect();
    let mut group = c.benchmark_group("index");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(jsonl.len() as u64));
    group.bench_function("1,000 articles, everything on", |b| {
        b.iter_batched(
            || {
                let home = tempfile::tempdir().expect("a temporary folder");
                std::fs::create_dir(home.path().join("corpus")).expect("a new folder");
                std::fs::write(home.path().join("corpus/feed.jsonl"), &jsonl).expect("a new file");
                home
            },
            |home| job::update(&Settings::defaults(home.path()), &rules, &[], &|_| ()).expect("the run succeeds"),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("1,000 articles, raw Tantivy, text alone", |b| {
        b.iter_batched(
            || tempfile::tempdir().expect("a temporary folder"),
            |home| raw_tantivy(home.path(), &passages),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// Indexes as many passages as the 1,000 articles have, their text alone, with Tantivy's own analyzer.
fn raw_tantivy(folder: &Path, passages: &[Passage]) {
    use tantivy::schema::{STORED, Schema, TEXT};

    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = tantivy::Index::create_in_dir(folder, schema.build()).expect("a new index");
    let mut writer = index.writer_with_num_threads(2, 100_000_000).expect("a writer");
    let per_article = passages.len() * ARTICLES / generator::articles().len();
    for passage in passages.iter().cycle().take(per_article) {
        writer.add_document(tantivy::doc!(text => passage.text.clone())).expect("a document");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges end");
}

fn searching(c: &mut Criterion) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let rules = rules();
    std::fs::create_dir(home.path().join("corpus")).expect("a new folder");
    std::fs::write(home.path().join("corpus/feed.jsonl"), generator::jsonl(ARTICLES)).expect("a new file");
    let settings = Settings::defaults(home.path());
    job::update(&settings, &rules, &[], &|_| ()).expect("the run succeeds");
    let engine = TantivyEngine::open(&settings.index.join("engine")).expect("it was just built");
    let engine: &dyn Engine = &engine;
    let mut group = c.benchmark_group("search");
    for (name, query, by) in [
        ("one word", "railway", By::Passage),
        ("two words", "railway connectivity", By::Passage),
        ("phrase", "\"good neighbourhood\"", By::Passage),
        ("boolean", "(water OR river) AND treaty -gas", By::Passage),
        ("speaker and topic", "railway speaker:Kaldan topic:transport", By::Passage),
        ("by article", "railway water", By::Article),
    ] {
        let request = SearchRequest {
            asked: Asked { query: Some(query.into()), ..Asked::default() },
            page: Page { top: 10, by, sort: Sort::Relevance },
            group: None,
        };
        group.bench_function(name, |b| b.iter(|| search(engine, &rules, black_box(&request)).expect("it answers")));
    }
    group.finish();
}

criterion_group!(benches, stations, indexing, searching);
criterion_main!(benches);
