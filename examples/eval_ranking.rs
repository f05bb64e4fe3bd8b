//! How well articles are ranked, on collections with judged queries that lie outside the project.
//!
//! Each collection is a folder with `corpus.jsonl.gz`, `queries.tsv.gz` and `qrels.txt.gz`. It is indexed and asked by
//! the functions behind `rapporteur index` and `rapporteur search --batch --format trec --by article`. `--ablations`
//! adds a line for each part of the ranking alone and left out; `--set k1=0.9` changes a setting of `[ranking]`;
//! `--indexes FOLDER` keeps the indexes for the next run.
//!
//! ```text
//! cargo run --release --example eval_ranking [-- --data ../shared/eval/ranking] [-- --ablations --halves]
//! ```

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]
#![allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
#![allow(clippy::format_push_string, reason = "lines for a person, a few a run")]

#[path = "ranking/mod.rs"]
mod ranking;

use std::path::{Path, PathBuf};
use std::time::Instant;

use ranking::{Judgements, Measures};
use rapporteur::config::{Ranking, Rules, Settings};
use rapporteur::engine::{By, Page, Sort, TantivyEngine};
use rapporteur::query::Reading;
use rapporteur::store::IndexFolder;
use rapporteur::view::{Asked, BatchQuery, SearchRequest, batch_queries, names};
use rayon::prelude::*;

/// nDCG@10 of the best and the usual peers on the collections' development queries, as measured outside.
const PEERS: &str = "\
    | Lucene BM25 (k1 1.2, b .75) | .728 | .868 | .397 |\n\
    | Lucene BM25 + RM3 | .623 | .825 | .416 |\n\
    | Lucene sequential dependence | .682 | .877 | .387 |\n\
    | Tantivy, en_stem | .723 | .870 | .397 |";

struct Collection {
    name: String,
    engine: Option<TantivyEngine>,
    rules: Rules,
    queries: Vec<BatchQuery>,
    judgements: Judgements,
}

struct Arguments {
    data: PathBuf,
    indexes: Option<PathBuf>,
    ablations: bool,
    halves: bool,
    sweep: Vec<(String, Vec<String>)>,
    settings: String,
}

fn main() {
    let arguments = arguments();
    let kept = tempfile::tempdir().unwrap();
    let home = arguments.indexes.clone().unwrap_or_else(|| kept.path().to_owned());
    let mut folders: Vec<PathBuf> = match std::fs::read_dir(&arguments.data) {
        Ok(folders) => folders.map(|folder| folder.unwrap().path()).filter(|path| path.is_dir()).collect(),
        Err(error) => {
            println!("no collections in {}: {error}", arguments.data.display());
            return;
        }
    };
    folders.sort();
    let mut collections: Vec<Collection> = folders.iter().map(|folder| open(folder, &home)).collect();
    println!("{PEERS}");
    let settings = arguments.settings.as_str();
    show("as set", settings, &mut collections, arguments.halves);
    for (key, values) in &arguments.sweep {
        for value in values {
            show(
                &format!("{key} = {value}"),
                &format!("{settings}\n{key} = {value}"),
                &mut collections,
                arguments.halves,
            );
        }
    }
    if arguments.ablations {
        for (name, changes) in ABLATIONS {
            show(name, &format!("{settings}\n{changes}"), &mut collections, arguments.halves);
        }
    }
}

/// What is measured beside the settings as they are.
const ABLATIONS: [(&str, &str); 9] = [
    (
        "plain BM25",
        "title=0\nspeaker=0\nheading=0\nrepeats=0\ndrop_function_words=false\nproximity=0\ncontext=0\n\
         best_passage=0\nfeedback=\"off\"",
    ),
    ("text alone", "title=0\nspeaker=0\nheading=0"),
    ("repeats count once", "repeats=0"),
    ("repeats count in full", "repeats=1"),
    ("function words kept", "drop_function_words=false"),
    ("without proximity", "proximity=0"),
    ("without context", "context=0"),
    ("without best passage", "best_passage=0"),
    ("feedback off", "feedback=\"off\""),
];

fn arguments() -> Arguments {
    let mut parsed = Arguments {
        data: "../shared/eval/ranking".into(),
        indexes: None,
        ablations: false,
        halves: false,
        sweep: Vec::new(),
        settings: String::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().expect("a value follows");
        match argument.as_str() {
            "--data" => parsed.data = value().into(),
            "--indexes" => parsed.indexes = Some(value().into()),
            "--ablations" => parsed.ablations = true,
            "--halves" => parsed.halves = true,
            "--set" => parsed.settings += &format!("{}\n", value().replacen('=', " = ", 1)),
            "--sweep" => {
                let sweep = value();
                let (key, values) = sweep.split_once('=').expect("key=value,value");
                parsed.sweep.push((key.to_owned(), values.split(',').map(str::to_owned).collect()));
            }
            other => panic!("unknown argument {other}"),
        }
    }
    parsed
}

/// Later settings override earlier ones.
fn settings(text: &str) -> Ranking {
    let mut table = toml::Table::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        table.extend(line.parse::<toml::Table>().unwrap());
    }
    table.try_into().unwrap()
}

fn open(folder: &Path, home: &Path) -> Collection {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let index = home.join(&name);
    let settings =
        Settings { corpus: folder.join("corpus.jsonl.gz"), index: index.clone(), ..Settings::defaults(home) };
    let rules = Rules::load(&settings).unwrap();
    let begun = Instant::now();
    let report = rapporteur::job::update(&settings, &rules, &[], &|_| {}).unwrap();
    println!(
        "{name}: {} articles, {} passages, {} quarantined, {} the same; {:.1} s",
        report.articles,
        report.passages,
        report.quarantined.len(),
        report.duplicates.len(),
        begun.elapsed().as_secs_f64()
    );
    let queries = batch_queries(&name, &ranking::text(&folder.join("queries.tsv.gz")));
    Collection {
        name,
        engine: Some(TantivyEngine::open(&IndexFolder::new(&index).engine()).unwrap()),
        rules,
        queries: queries.into_iter().map(Result::unwrap).collect(),
        judgements: ranking::judgements(&folder.join("qrels.txt.gz")),
    }
}

fn show(name: &str, text: &str, collections: &mut [Collection], halves: bool) {
    let ranking = settings(text);
    print!("| {name} |");
    let mut rest = String::new();
    for collection in collections {
        let begun = Instant::now();
        collection.engine = collection.engine.take().map(|engine| engine.ranked_by(ranking));
        let measures = collection.measure();
        let mean = Measures::mean(&measures);
        print!(" {:.4} |", mean.ndcg_10);
        if halves {
            let half = |odd: usize| -> f64 {
                let half: Vec<Measures> = measures.iter().copied().skip(odd).step_by(2).collect();
                Measures::mean(&half).ndcg_10
            };
            rest += &format!(" [{:.4} {:.4}]", half(0), half(1));
        }
        rest += &format!(
            " {}: {:.3} / {:.3} / {:.3} in {:.1} s;",
            collection.name,
            mean.map,
            mean.mrr_10,
            mean.recall_100,
            begun.elapsed().as_secs_f64()
        );
    }
    println!("{rest}");
}

impl Collection {
    /// Measures of the judged queries, in the order of their names.
    fn measure(&self) -> Vec<Measures> {
        let engine = self.engine.as_ref().unwrap();
        let mut measured: Vec<(&str, Measures)> = self
            .queries
            .par_iter()
            .filter_map(|query| {
                let grades = self.judgements.get(&query.id)?;
                let request = SearchRequest {
                    asked: Asked {
                        query: Some(query.query.clone()),
                        reading: Reading { plain: true, ..Reading::default() },
                        ..Asked::default()
                    },
                    group: None,
                    page: Page { top: 1000, by: By::Article, sort: Sort::Relevance },
                };
                let found = names(engine, &self.rules, &request).unwrap();
                let ranked: Vec<(String, f64)> = found
                    .into_iter()
                    .map(|found| (found.record.unwrap_or_else(|| found.passage.article.to_string()), found.score))
                    .collect();
                Some((query.id.as_str(), Measures::of(grades, &ranked)))
            })
            .collect();
        measured.sort_by_key(|(id, _)| *id);
        let missing = self.judgements.len() - measured.len();
        assert_eq!(missing, 0, "{}: judged queries without a text", self.name);
        measured.into_iter().map(|(_, measures)| measures).collect()
    }
}
