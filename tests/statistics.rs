//! The statistics that a commit keeps beside the index say what counting would say, and nothing depends on them.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::path::Path;

use rapporteur::engine::{By, Engine, Page, Sort, TantivyEngine};
use rapporteur::model::{ArticleId, ContentHash, Passage, Span};
use rapporteur::query::parse;
use serde_json::json;

/// The passages of an article.
fn article(key: &str, title: &str, texts: &[&str]) -> (ArticleId, Vec<Passage>) {
    let id = ArticleId::derive("content", key);
    let passage = |(number, text): (usize, &&str)| {
        let record = json!({
            "id": format!("{id}.{}", number + 1), "kind": "narration", "text": text,
            "span": Span::new(0, text.chars().count()),
            "speaker": null, "quotes": [], "topics": [], "dates": [], "published": null,
            "article": {
                "id": id.to_string(), "title": title, "outlet": "Kesh Courier", "url": null, "authors": [],
                "language": null,
            },
            "source": {"path": "made.txt", "blake3": ContentHash::of(key.as_bytes())},
        });
        serde_json::from_value(record).unwrap()
    };
    (id, texts.iter().enumerate().map(passage).collect())
}

/// What a freshly opened engine answers, to the last bit.
fn answers(folder: &Path) -> Vec<(String, u64)> {
    let engine = TantivyEngine::open(folder).unwrap();
    let mut answers = Vec::new();
    for by in [By::Passage, By::Article] {
        for text in ["ferry", "ferry treaty", "\"ferry treaty\" harb*"] {
            let hits = engine.search(&parse(text).unwrap(), Page { top: 10, by, sort: Sort::Relevance }).unwrap();
            answers.extend(hits.hits.iter().map(|hit| (hit.passage.id.to_string(), hit.parts.total.to_bits())));
        }
    }
    answers
}

/// An index of three commits, one of which takes an article out.
fn build(folder: &Path) -> TantivyEngine {
    let mut engine = TantivyEngine::open_or_create(folder).unwrap();
    let articles = [
        article("one", "The ferry treaty", &["The ferry treaty was signed.", "Harbours rejoiced.", "Doruna did not."]),
        article("two", "The ferry treaty", &["A second part tells of the harbour.", "No treaty without a ferry."]),
        article("three", "Weather", &["Rain over the ferry in Velmar, and a treaty with the wind."]),
    ];
    for (id, passages) in &articles {
        engine.put(*id, passages).unwrap();
    }
    engine.commit().unwrap();
    let (id, passages) =
        article("four", "Trams", &["The tram is no ferry.", "It never was one, said the harbour master."]);
    engine.put(id, &passages).unwrap();
    engine.commit().unwrap();
    engine.remove(articles[2].0).unwrap();
    engine.commit().unwrap();
    engine
}

#[test]
fn an_index_without_its_statistics_answers_the_same() {
    let home = tempfile::tempdir().unwrap();
    drop(build(home.path()));
    let file = home.path().join("statistics.json");
    let kept = answers(home.path());
    // By passage three, three and four; by article three each.
    assert_eq!(kept.len(), 19, "{kept:?}");

    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(answers(home.path()), kept);

    std::fs::remove_file(&file).unwrap();
    assert_eq!(answers(home.path()), kept);
}

#[test]
fn statistics_of_another_commit_are_not_believed() {
    let home = tempfile::tempdir().unwrap();
    let mut engine = build(home.path());
    let file = home.path().join("statistics.json");
    let old = std::fs::read(&file).unwrap();
    let (id, passages) = article("five", "Ferries", &["One ferry, two ferries, and a treaty on ferries in Kastria."]);
    engine.put(id, &passages).unwrap();
    engine.commit().unwrap();
    drop(engine);
    let kept = answers(home.path());

    std::fs::write(&file, old).unwrap();

    assert_eq!(answers(home.path()), kept);
}
