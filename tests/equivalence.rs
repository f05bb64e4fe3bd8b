//! Random queries on random small corpora, answered by the index and by a slow, obvious evaluator: the same hits with
//! the same highlights. The evaluator shares no code with the engine.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

#[path = "equivalence/draw.rs"]
mod draw;
#[path = "equivalence/slow.rs"]
mod slow;

use std::collections::BTreeMap;

use draw::Draw;
use rapporteur::engine::{By, Engine, EngineError, Page, Sort, TantivyEngine};
use rapporteur::model::{ArticleId, Passage, Span};
use rapporteur::query::{Constraint, Node, Query, to_query_string};
use slow::{Entry, Mistake};

/// Queries on each corpus.
const QUERIES: usize = 60;

/// What a search gives: highlights by passage id.
type Found = BTreeMap<String, Vec<(usize, usize)>>;

#[test]
fn the_index_finds_what_the_slow_evaluator_finds() {
    let tally = compare(0..9);

    assert!(tally.pairs >= 500, "{tally:?}");
}

#[test]
#[ignore = "takes minutes; run it with --ignored"]
fn the_index_finds_what_the_slow_evaluator_finds_in_twenty_thousand_pairs() {
    let tally = compare(1_000..1_350);

    println!("{tally:?}");
    assert!(tally.pairs >= 20_000, "{tally:?}");
}

#[test]
fn a_planted_mistake_in_highlights_would_be_noticed() {
    let mut noticed: BTreeMap<Mistake, usize> = BTreeMap::new();
    each_pair(0..9, |pair| {
        for mistake in Mistake::ALL {
            let wrong = pair.expected(|root, entry| slow::answer_with(mistake, root, entry));
            let same_hits = wrong.keys().eq(pair.found.keys());
            *noticed.entry(mistake).or_default() += usize::from(same_hits && wrong != pair.found);
        }
    });

    println!("{noticed:?}");
    assert!(Mistake::ALL.iter().all(|mistake| noticed[mistake] >= 3), "{noticed:?}");
}

/// How much was compared; a test in which nothing is found says nothing.
#[derive(Debug, Default)]
struct Tally {
    pairs: usize,
    /// Pairs with some hits, but not every passage.
    telling: usize,
    highlighted: usize,
    by_construct: BTreeMap<&'static str, usize>,
}

/// A query on a corpus, and what the index found.
struct Pair<'p> {
    seed: u64,
    engine: &'p TantivyEngine,
    entries: &'p [Entry],
    root: &'p Node,
    found: Found,
}

impl Pair<'_> {
    /// What an evaluator finds.
    fn expected(&self, answer: impl Fn(&Node, &Entry) -> Option<Vec<(usize, usize)>>) -> Found {
        self.entries.iter().filter_map(|entry| Some((entry.id.clone(), answer(self.root, entry)?))).collect()
    }
}

fn each_pair(corpora: std::ops::Range<u64>, mut each: impl FnMut(Pair<'_>)) {
    for seed in corpora {
        let mut draw = Draw::new(seed);
        let folder = tempfile::tempdir().unwrap();
        let (engine, entries) = index(&mut draw, folder.path());
        for _ in 0..QUERIES {
            let root = draw.query();
            let found = ask(&engine, &root);
            let found = found.unwrap_or_else(|error| panic!("seed {seed}: {}\n{error}", to_query_string(&root)));
            each(Pair { seed, engine: &engine, entries: &entries, root: &root, found });
        }
    }
}

fn compare(corpora: std::ops::Range<u64>) -> Tally {
    let mut tally = Tally::default();
    each_pair(corpora, |pair| {
        let (seed, root, text) = (pair.seed, pair.root, to_query_string(pair.root));
        let expected = pair.expected(slow::answer);
        assert_eq!(pair.found, expected, "seed {seed}: {text}\n{root:#?}\n{}", texts(pair.entries));
        let query = Query { text: String::new(), root: root.clone() };
        assert_eq!(pair.engine.count(&query, root).unwrap(), expected.len(), "seed {seed}: {text}");
        tally.pairs += 1;
        tally.telling += usize::from(!expected.is_empty() && expected.len() < pair.entries.len());
        tally.highlighted += usize::from(expected.values().any(|spans| !spans.is_empty()));
        constructs(root, &mut |name| *tally.by_construct.entry(name).or_default() += 1);
    });
    assert!(tally.telling * 3 > tally.pairs && tally.highlighted * 4 > tally.pairs, "{tally:?}");
    tally
}

/// An index of several segments, some passages deleted and some replaced, and what it should hold.
fn index(draw: &mut Draw, folder: &std::path::Path) -> (TantivyEngine, Vec<Entry>) {
    let mut engine = TantivyEngine::open_or_create(folder).unwrap();
    let mut articles: BTreeMap<u64, Vec<Entry>> = BTreeMap::new();
    for _ in 0..draw.from(1, 3) {
        for _ in 0..draw.from(1, 4) {
            let number = draw.below(7);
            let id = ArticleId::derive("content", &format!("article {number}"));
            let entries = draw.article(&id.to_string());
            let passages: Vec<Passage> =
                entries.iter().map(|entry| serde_json::from_value(entry.record.clone()).unwrap()).collect();
            engine.put(id, &passages).unwrap();
            articles.insert(number, entries);
        }
        if draw.one_in(3) {
            let number = draw.below(7);
            engine.remove(ArticleId::derive("content", &format!("article {number}"))).unwrap();
            articles.remove(&number);
        }
        engine.commit().unwrap();
    }
    // What is put is seen by searchers that open the index after the commit.
    drop(engine);
    (TantivyEngine::open(folder).unwrap(), articles.into_values().flatten().collect())
}

fn ask(engine: &TantivyEngine, root: &Node) -> Result<Found, EngineError> {
    let query = Query { text: String::new(), root: root.clone() };
    let hits = engine.search(&query, Page { top: 1_000, by: By::Passage, sort: Sort::Relevance })?;
    assert_eq!(hits.total, hits.hits.len());
    let spans = |spans: &[Span]| spans.iter().map(|span| (span.start, span.end)).collect();
    Ok(hits.hits.iter().map(|hit| (hit.passage.id.to_string(), spans(&hit.highlights))).collect())
}

fn texts(entries: &[Entry]) -> String {
    let lines: Vec<String> = entries.iter().map(|entry| format!("{}: {:?}", entry.id, entry.text)).collect();
    lines.join("\n")
}

fn constructs(node: &Node, count: &mut impl FnMut(&'static str)) {
    if let Node::Field(clause) = node {
        count(match &clause.constraint {
            Constraint::Topic(_) => "topic:",
            Constraint::Date(_) => "date:",
            Constraint::Lang(_) => "lang:",
            Constraint::About(_) => "about:",
            Constraint::Affiliation(_) => "affiliation:",
            Constraint::Exists(_) => "field:*",
            _ => "other fields",
        });
    }
    count(match node {
        Node::Word(_) => "word",
        Node::Phrase(_) => "phrase",
        Node::Near(near) if near.ordered => "before",
        Node::Near(_) => "near",
        Node::Within(_) => "within",
        Node::Field(_) => "field",
        Node::Boost(_) => "boost",
        Node::And(_) => "and",
        Node::Or(_) => "or",
        Node::Not(_) => "not",
        Node::Group(_) => "group",
    });
    node.children().into_iter().for_each(|node| constructs(node, count));
}
