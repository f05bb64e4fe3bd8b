//! How long a search takes, operator by operator, beside raw Tantivy answering the like of it on the same index.
//!
//! Measured: the engine's answer to parsed queries (how many match, the best ten as passages with their highlights),
//! and what raw Tantivy takes on the very same segments for the nearest query that it has: its own queries over the
//! same fields, its own BM25, the best ten by `TopDocs` and the number of all by `Count` in one search, each of the ten
//! loaded, read from its JSON and marked by its `SnippetGenerator` with its own English analyzer. Counting costs Tantivy
//! its pruning by blocks; without a count its answers would be other answers. What ours does besides and Tantivy does
//! not: four fields scored, a hundred candidates weighed by proximity and context, ties by date and id.
//! Both take turns, so that both meet the same machine; medians of the rounds, and the ratio, which is the figure to
//! quote. Where Tantivy has no such operator the nearest thing stands beside it, and the row's name says so.
//! Each row is a set of queries whose words are drawn from the index by frequency: common (in more than 5 % of the
//! passages), middling (.5 to 5 %) and rare ones (less). The index: invented news by a seeded generator, through the
//! real job, in as many segments as the job leaves. The last lines tell what the first query after opening costs, which a command
//! that answers one query pays. Not measured: starting the program, printing.
//!
//! ```text
//! cargo bench --bench search [-- BEGINNING OF A ROW'S NAME]
//! ```

#![allow(clippy::expect_used, reason = "a failure ends the bench, which is the report")]

#[path = "generator/news.rs"]
mod news;

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use news::Random;
use rapporteur::config::{Rules, Settings};
use rapporteur::engine::{By, Engine, Page, Sort, TantivyEngine};
use rapporteur::job;
use rapporteur::model::Passage;
use rapporteur::query::{Query, parse};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery, Query as RawQuery, RangeQuery, RegexQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};
use tantivy::{Index, Searcher, TantivyDocument, Term};

const ARTICLES: usize = 8_000;
const SEED: u64 = 0x5eed;
const ROUNDS: usize = 9;
/// Queries of one row.
const QUERIES: usize = 24;
const TOP: usize = 10;

type Boxed = Box<dyn RawQuery>;

fn main() {
    // Criterion's and libtest's options are passed to every bench; this one takes none, but the beginning of a row's name.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let home = tempfile::tempdir().expect("a temporary folder");
    let engine_folder = build(home.path());
    let engine = TantivyEngine::open(&engine_folder).expect("it was just built");
    let raw = Raw::open(&engine_folder);
    println!("{} passages in {} segments", raw.searcher.num_docs(), raw.searcher.segment_readers().len());
    println!("{:<52}{:>9}{:>13}{:>13}{:>8}", "operator", "matches", "Tantivy µs", "ours µs", "ratio");
    for row in rows(&raw).iter().filter(|row| row.name.starts_with(&wanted)) {
        compare(row, &engine, &raw);
    }
    opening(&engine_folder, &raw);
}

/// What one query takes with opening the index, and the same query again.
fn opening(folder: &Path, raw: &Raw) {
    let word = raw.terms(0.05, 1.1).swap_remove(0);
    let query = parse(&word).expect("a word");
    let page = Page { top: TOP, by: By::Passage, sort: Sort::Relevance };
    let (mut opened, mut first, mut second) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let engine = TantivyEngine::open(folder).expect("it was just built");
        opened.push(start.elapsed());
        first.push(time(|| drop(black_box(engine.search(&query, page)))));
        second.push(time(|| drop(black_box(engine.search(&query, page)))));
    }
    let [opened, first, second] = [opened, first, second].map(|times| median(times) * 1e3);
    println!("opening {opened:.2} ms, its first query {first:.2} ms, the same again {second:.2} ms");
}

/// Builds the index; gives the engine's folder.
fn build(home: &Path) -> std::path::PathBuf {
    let mut lines = String::new();
    for (number, article) in news::archive(ARTICLES, SEED).iter().enumerate() {
        lines.push_str(&article.record(number).to_string());
        lines.push('\n');
    }
    std::fs::create_dir(home.join("corpus")).expect("a new folder");
    std::fs::write(home.join("corpus/feed.jsonl"), lines).expect("a new file");
    let settings = Settings::defaults(home);
    let rules = Rules::load(&settings).expect("the project's own files are checked by its tests");
    job::update(&settings, &rules, &[], &|_| ()).expect("the run succeeds");
    settings.index.join("engine")
}

/// The same index without this program's engine.
struct Raw {
    searcher: Searcher,
    text: Field,
    words: Field,
    outlet: Field,
    published: Field,
    passage: Field,
}

impl Raw {
    fn open(folder: &Path) -> Self {
        let index = Index::open_in_dir(folder).expect("it was just built");
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(LowerCaser)
            .filter(Stemmer::new(Language::English))
            .build();
        index.tokenizers().register("rapporteur", analyzer);
        let schema = index.schema();
        let field = |name| schema.get_field(name).expect("the engine has this field");
        Self {
            searcher: index.reader().expect("a reader").searcher(),
            text: field("text"),
            words: field("word"),
            outlet: field("outlet"),
            published: field("published_first"),
            passage: field("passage"),
        }
    }

    /// The best ten: loaded, read and marked.
    fn answer(&self, query: &dyn RawQuery) -> usize {
        let collectors = (TopDocs::with_limit(TOP).order_by_score(), Count);
        let (found, _) = black_box(self.searcher.search(query, &collectors).expect("it answers"));
        let snippets = SnippetGenerator::create(&self.searcher, query, self.text).expect("a generator");
        let marked = |(_, address)| {
            let document: TantivyDocument = self.searcher.doc(address).expect("a stored document");
            let json = document.get_first(self.passage).and_then(|value| value.as_bytes()).expect("a passage");
            let passage: Passage = serde_json::from_slice(json).expect("a passage");
            snippets.snippet(&passage.text).highlighted().len()
        };
        found.into_iter().map(marked).sum()
    }

    /// Terms of the text by the share of passages that hold them, from `low` to `high`, in the dictionary's order.
    fn terms(&self, low: f64, high: f64) -> Vec<String> {
        #[allow(clippy::cast_precision_loss, reason = "counts of passages")]
        let share = |term: &str| {
            let term = Term::from_field_text(self.text, term);
            self.searcher.doc_freq(&term).unwrap_or(0) as f64 / self.searcher.num_docs() as f64
        };
        let mut terms = std::collections::BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.text).expect("an inverted index");
            let mut stream = inverted.terms().stream().expect("a dictionary");
            while stream.advance() {
                let term = String::from_utf8_lossy(stream.key()).into_owned();
                if term.len() > 2 && term.chars().all(|letter| letter.is_ascii_lowercase()) {
                    terms.insert(term);
                }
            }
        }
        terms.into_iter().filter(|term| (low..high).contains(&share(term))).collect()
    }

    fn term(&self, word: &str) -> Boxed {
        Box::new(TermQuery::new(Term::from_field_text(self.text, word), IndexRecordOption::WithFreqs))
    }

    fn phrase(&self, words: &[&str], slop: u32) -> Boxed {
        let terms = words.iter().map(|word| Term::from_field_text(self.text, word)).collect();
        let mut query = PhraseQuery::new(terms);
        query.set_slop(slop);
        Box::new(query)
    }
}

/// An operator, with queries in both forms.
struct Row {
    name: &'static str,
    queries: Vec<(Query, Boxed)>,
}

/// Draws words by frequency.
struct Draw {
    random: Random,
    common: Vec<String>,
    middling: Vec<String>,
    rare: Vec<String>,
}

impl Draw {
    fn one(&mut self, from: fn(&Self) -> &Vec<String>) -> String {
        let len = from(self).len();
        let at = self.random.below(len);
        from(self)[at].clone()
    }
}

/// Words that stand next to each other in the text of many passages.
fn neighbours(archive: &[news::NewsArticle]) -> Vec<[String; 3]> {
    let mut counts = std::collections::BTreeMap::<[&str; 3], usize>::new();
    let texts: Vec<String> = archive.iter().take(300).map(news::NewsArticle::text).collect();
    for text in &texts {
        let words: Vec<&str> = text.split_whitespace().collect();
        for run in words.windows(3) {
            if run.iter().all(|word| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_lowercase())) {
                *counts.entry([run[0], run[1], run[2]]).or_default() += 1;
            }
        }
    }
    let mut runs: Vec<_> = counts.into_iter().map(|(run, count)| (count, run)).collect();
    runs.sort_unstable_by(|a, b| b.cmp(a));
    runs.into_iter().take(QUERIES).map(|(_, run)| run.map(str::to_owned)).collect()
}

#[allow(clippy::too_many_lines, clippy::type_complexity, reason = "a table")]
fn rows(raw: &Raw) -> Vec<Row> {
    let mut draw = Draw {
        random: Random(SEED),
        common: raw.terms(0.05, 1.1),
        middling: raw.terms(0.005, 0.05),
        rare: raw.terms(0.0, 0.005),
    };
    let archive = news::archive(300, SEED);
    let runs = neighbours(&archive);
    let stem = |word: &str| rapporteur::analysis::Analyzer::default().term(word);
    let outlets: Vec<&str> = archive.iter().map(|article| article.outlet.as_str()).collect();
    let common: fn(&Draw) -> &Vec<String> = |draw| &draw.common;
    let middling: fn(&Draw) -> &Vec<String> = |draw| &draw.middling;
    let rare: fn(&Draw) -> &Vec<String> = |draw| &draw.rare;
    let mut rows = Vec::new();
    let mut row = |name, mut make: Box<dyn FnMut(usize, &mut Draw) -> (String, Boxed) + '_>| {
        let queries = (0..QUERIES).map(|number| {
            let (text, raw) = make(number, &mut draw);
            (parse(&text).unwrap_or_else(|error| panic!("{error}")), raw)
        });
        rows.push(Row { name, queries: queries.collect() });
    };
    let union = |words: &[String]| -> Boxed {
        Box::new(BooleanQuery::union(words.iter().map(|word| raw.term(word)).collect()))
    };
    let both = |clauses: Vec<Boxed>| -> Boxed {
        Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Must, clause)).collect()))
    };
    let unscored = |query: Boxed| -> Boxed { Box::new(ConstScoreQuery::new(query, 0.0)) };
    row(
        "one word, common",
        Box::new(|_, draw| {
            let word = draw.one(common);
            (word.clone(), raw.term(&word))
        }),
    );
    row(
        "one word, rare",
        Box::new(|_, draw| {
            let word = draw.one(rare);
            (word.clone(), raw.term(&word))
        }),
    );
    row(
        "two words, common and middling",
        Box::new(|_, draw| {
            let words = [draw.one(common), draw.one(middling)];
            (words.join(" "), union(&words))
        }),
    );
    row(
        "two words, middling",
        Box::new(|_, draw| {
            let words = [draw.one(middling), draw.one(middling)];
            (words.join(" "), union(&words))
        }),
    );
    row(
        "five words, mixed",
        Box::new(|_, draw| {
            let words = [draw.one(common), draw.one(middling), draw.one(middling), draw.one(rare), draw.one(common)];
            (words.join(" "), union(&words))
        }),
    );
    row(
        "a AND b",
        Box::new(|_, draw| {
            let words = [draw.one(common), draw.one(middling)];
            (words.join(" AND "), both(words.iter().map(|word| raw.term(word)).collect()))
        }),
    );
    row(
        "a -b",
        Box::new(|_, draw| {
            let words = [draw.one(middling), draw.one(common)];
            let denied =
                BooleanQuery::new(vec![(Occur::Must, raw.term(&words[0])), (Occur::MustNot, raw.term(&words[1]))]);
            (words.join(" -"), Box::new(denied))
        }),
    );
    let words_of = |number: usize| -> Vec<String> { runs[number % runs.len()].iter().map(|word| stem(word)).collect() };
    row(
        "phrase of two",
        Box::new(|number, _| {
            let words = words_of(number);
            (format!("\"{}\"", runs[number % runs.len()][..2].join(" ")), raw.phrase(&[&words[0], &words[1]], 0))
        }),
    );
    row(
        "phrase of three",
        Box::new(|number, _| {
            let words = words_of(number);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            (format!("\"{}\"", runs[number % runs.len()].join(" ")), raw.phrase(&words, 0))
        }),
    );
    row(
        "phrase with a gap (Tantivy: the same, offsets)",
        Box::new(|number, _| {
            let [first, _, last] = &runs[number % runs.len()];
            let terms = [(0, first), (2, last)].map(|(at, word)| (at, Term::from_field_text(raw.text, &stem(word))));
            (format!("\"{first} * {last}\""), Box::new(PhraseQuery::new_with_offset(terms.to_vec())))
        }),
    );
    row(
        "phrase with slop 3",
        Box::new(|number, _| {
            let words = words_of(number);
            let run = &runs[number % runs.len()];
            (format!("\"{} {}\"~3", run[0], run[2]), raw.phrase(&[&words[0], &words[2]], 3))
        }),
    );
    row(
        "a NEAR/5 b (Tantivy: phrase, slop 5)",
        Box::new(|_, draw| {
            let words = [draw.one(common), draw.one(middling)];
            (words.join(" NEAR/5 "), raw.phrase(&[&words[0], &words[1]], 5))
        }),
    );
    row(
        "WITHIN SENTENCE (a AND b) (Tantivy: a AND b)",
        Box::new(|_, draw| {
            let words = [draw.one(common), draw.one(middling)];
            let raw = both(words.iter().map(|word| raw.term(word)).collect());
            (format!("WITHIN SENTENCE ({})", words.join(" AND ")), raw)
        }),
    );
    row(
        "prefix (Tantivy: regular expression)",
        Box::new(|_, draw| {
            let prefix: String = draw.one(rare).chars().take(5).collect();
            let raw = RegexQuery::from_pattern(&format!("{prefix}.*"), raw.words).expect("a pattern");
            (format!("{prefix}*"), Box::new(raw))
        }),
    );
    row(
        "fuzzy, one letter",
        Box::new(|_, draw| {
            let word = draw.one(rare);
            let raw = FuzzyTermQuery::new(Term::from_field_text(raw.words, &word), 1, true);
            (format!("{word}~1"), Box::new(raw))
        }),
    );
    row(
        "regular expression",
        Box::new(|_, draw| {
            let word: String = draw.one(rare).chars().take(4).collect();
            let pattern = format!("{word}(a|e).?");
            let raw = RegexQuery::from_pattern(&pattern, raw.words).expect("a pattern");
            (format!("/{pattern}/"), Box::new(raw))
        }),
    );
    row(
        "exact form",
        Box::new(|number, _| {
            let word = &runs[number % runs.len()][0];
            let raw = TermQuery::new(Term::from_field_text(raw.words, word), IndexRecordOption::WithFreqs);
            (format!("={word}"), Box::new(raw))
        }),
    );
    row(
        "two words, one outlet",
        Box::new(|number, draw| {
            let words = [draw.one(common), draw.one(middling)];
            let outlet = outlets[number % outlets.len()];
            let key = Term::from_field_text(raw.outlet, &rapporteur::model::outlet_key(outlet));
            let filter = unscored(Box::new(TermQuery::new(key, IndexRecordOption::Basic)));
            (format!("{} outlet:\"{outlet}\"", words.join(" ")), both(vec![union(&words), filter]))
        }),
    );
    row(
        "two words, three months",
        Box::new(|_, draw| {
            let words = [draw.one(common), draw.one(middling)];
            let day = |text: &str| {
                let date: jiff::civil::Date = text.parse().expect("a date");
                std::ops::Bound::Included(Term::from_field_i64(
                    raw.published,
                    i64::from((date - jiff::civil::date(1970, 1, 1)).get_days()),
                ))
            };
            let filter = unscored(Box::new(RangeQuery::new(day("2024-03-01"), day("2024-05-31"))));
            (format!("{} published:2024-03..2024-05", words.join(" ")), both(vec![union(&words), filter]))
        }),
    );
    rows
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

#[allow(clippy::cast_precision_loss, reason = "counts of queries and matches")]
fn compare(row: &Row, engine: &dyn Engine, raw: &Raw) {
    let ours = |query: &Query| {
        engine.search(query, Page { top: TOP, by: By::Passage, sort: Sort::Relevance }).expect("it answers")
    };
    let matches: usize = row.queries.iter().map(|(query, _)| ours(query).total).sum();
    let counted = |query: &Boxed| raw.searcher.search(&**query, &Count).expect("it counts");
    let raw_matches: usize = row.queries.iter().map(|(_, query)| counted(query)).sum();
    let (mut our_times, mut raw_times) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        raw_times.push(time(|| {
            for (_, query) in &row.queries {
                black_box(raw.answer(&**query));
            }
        }));
        our_times.push(time(|| {
            for (query, _) in &row.queries {
                black_box(ours(query));
            }
        }));
    }
    let each = 1e6 / row.queries.len() as f64;
    let (theirs, own) = (median(raw_times) * each, median(our_times) * each);
    let note = if matches == raw_matches { String::new() } else { format!("  (Tantivy finds {raw_matches})") };
    println!("{:<52}{matches:>9}{theirs:>13.0}{own:>13.0}{:>8.2}{note}", row.name, own / theirs);
}
