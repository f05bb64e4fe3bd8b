//! What an engine gives of every matching passage: each match with its ends, and the columns that are counted.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::ops::ControlFlow;

use rapporteur::engine::{Engine, TantivyEngine};
use rapporteur::model::{ArticleId, ContentHash, Passage, Span};
use rapporteur::query::{Node, Query, parse};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A passage of an article of its own.
fn passage(key: &str, text: &str, more: &Value) -> (ArticleId, Passage) {
    let id = ArticleId::derive("content", key);
    let mut record = json!({
        "id": format!("{id}.1"), "kind": "narration", "text": text, "span": Span::new(0, text.chars().count()),
        "speaker": null, "quotes": [], "topics": [], "dates": [], "published": null,
        "article": {
            "id": id.to_string(), "title": null, "outlet": "Kesh Courier", "url": null, "authors": [], "language": null,
        },
        "source": {"path": "made.txt", "blake3": ContentHash::of(b"made")},
    });
    for (name, value) in more.as_object().unwrap() {
        record[name] = value.clone();
    }
    (id, serde_json::from_value(record).unwrap())
}

fn engine(passages: &[(ArticleId, Passage)]) -> (TempDir, TantivyEngine) {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = TantivyEngine::open_or_create(folder.path()).unwrap();
    for (id, passage) in passages {
        engine.put(*id, std::slice::from_ref(passage)).unwrap();
    }
    engine.commit().unwrap();
    (folder, engine)
}

/// The texts of all matches.
fn matches(engine: &TantivyEngine, query: &Query) -> Vec<String> {
    let mut found = Vec::new();
    engine
        .each_match(query, &mut |matched| {
            let text: Vec<char> = matched.passage.text.chars().collect();
            found.extend(matched.matches.iter().map(|span| text[span.start..span.end].iter().collect::<String>()));
            ControlFlow::Continue(())
        })
        .unwrap();
    found.sort();
    found
}

#[test]
fn each_match_has_its_first_and_its_last_word() {
    let text = "Żar ferry treaty; the ferry, a toll and the toll. The treaty of the ferry.";
    let (_folder, engine) = engine(&[passage("one", text, &json!({})), passage("two", "A tram.", &json!({}))]);
    let found = |query: &str| matches(&engine, &parse(query).unwrap());

    assert_eq!(found("ferry"), ["ferry", "ferry", "ferry"]);
    assert_eq!(found("\"ferry treaty\""), ["ferry treaty"]);
    // The second toll would hold the first match.
    assert_eq!(found("ferry BEFORE/5 toll"), ["ferry, a toll"]);
    assert_eq!(found("treaty NEAR/3 ferry"), ["ferry treaty", "treaty of the ferry", "treaty; the ferry"]);
    assert_eq!(found("WITHIN SENTENCE (treaty AND toll)"), ["toll", "toll", "treaty"]);
    assert_eq!(found("tram OR \"the treaty\""), ["The treaty", "tram"]);
    assert_eq!(found("ferry AND nobody"), [""; 0]);
    assert_eq!(found("outlet:\"Kesh Courier\""), [""; 0]);
}

#[test]
fn the_stream_ends_where_its_reader_breaks_off() {
    let passages: Vec<_> = (0..5).map(|number| passage(&format!("a{number}"), "A ferry.", &json!({}))).collect();
    let (_folder, engine) = engine(&passages);

    let mut seen = 0;
    let visit = &mut |_| {
        seen += 1;
        if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    engine.each_match(&parse("ferry").unwrap(), visit).unwrap();

    assert_eq!(seen, 2);
}

#[test]
fn facts_are_those_of_the_passages() {
    let why = json!({"rule": "made", "text": "made"});
    let speaker = json!({"id": "ada-kesh", "name": "Ada Kesh", "role": null, "confidence": 0.9, "why": why});
    let published = json!({"date": "2025-06", "inferred": true, "why": why});
    let (id, full) = passage("one", "A ferry.", &json!({"speaker": speaker, "published": published}));
    let (_folder, mut engine) = engine(&[(id, full), passage("two", "A tram.", &json!({}))]);
    let facts = |engine: &TantivyEngine, query: Option<&Query>| {
        let mut all = Vec::new();
        engine.each_fact(query, &mut |facts| all.push(facts)).unwrap();
        all
    };

    let [fact] = facts(&engine, Some(&parse("ferry").unwrap())).try_into().unwrap();
    assert_eq!(fact.passage.to_string(), format!("{id}.1"));
    let (first, last) = fact.published.unwrap();
    assert_eq!((first.to_string(), last.to_string(), fact.inferred), ("2025-06-01".into(), "2025-06-30".into(), true));
    assert_eq!((fact.speakers[0].key.as_str(), fact.speakers[0].name.as_str()), ("ada-kesh", "Ada Kesh"));
    assert_eq!(fact.outlet.unwrap().name, "Kesh Courier");
    assert_eq!(facts(&engine, None).len(), 2);
    let everything = Query { text: String::new(), root: Node::And(Vec::new()) };
    assert_eq!(facts(&engine, Some(&everything)).len(), 2);

    engine.remove(id).unwrap();
    engine.commit().unwrap();
    let [left] = facts(&engine, None).try_into().unwrap();
    assert_eq!((left.published, left.speakers.len()), (None, 0));
}
