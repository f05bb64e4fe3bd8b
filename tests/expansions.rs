//! What one pattern may stand for, and what cannot be combined: refused by name and place, never answered in part.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use rapporteur::engine::{By, Engine, EngineError, Page, Sort, TantivyEngine};
use rapporteur::model::{ArticleId, ContentHash, Passage, Span};
use rapporteur::query::{Boost, Near, Node, Pattern, Query, Unit, Within, Word};
use serde_json::json;

fn word(pattern: Pattern) -> Node {
    Node::Word(Word { pattern, at: 3..8 })
}

fn passage(key: &str, text: &str) -> (ArticleId, Passage) {
    let id = ArticleId::derive("content", key);
    let record = json!({
        "id": format!("{id}.1"), "kind": "narration", "text": text, "span": Span::new(0, text.chars().count()),
        "speaker": null, "quotes": [], "topics": [], "dates": [], "published": null,
        "article": {"id": id.to_string(), "title": null, "outlet": null, "url": null, "authors": [], "language": null},
        "source": {"path": "made.txt", "blake3": ContentHash::of(b"made")},
    });
    (id, serde_json::from_value(record).unwrap())
}

fn total(engine: &TantivyEngine, root: Node) -> Result<usize, EngineError> {
    Ok(engine
        .search(&Query { text: String::new(), root }, Page { top: 10, by: By::Passage, sort: Sort::Relevance })?
        .total)
}

/// What the refusal says, and of which place.
fn refusal(engine: &TantivyEngine, root: Node) -> (String, std::ops::Range<usize>) {
    match total(engine, root) {
        Err(EngineError::Unsupported { at, message }) => (message, at),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pattern_for_too_many_words_names_the_limit_and_the_count() {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = TantivyEngine::open_or_create(folder.path()).unwrap();
    let many: Vec<String> = (0..1_024).map(|number| format!("kesh{number}x")).collect();
    for (key, text) in [("many", many.join(" ")), ("one", "A kesh1024x stands alone.".to_owned())] {
        let (id, passage) = passage(key, &text);
        engine.put(id, &[passage]).unwrap();
    }
    engine.commit().unwrap();
    drop(engine);
    let mut engine = TantivyEngine::open(folder.path()).unwrap();

    for pattern in [Pattern::Wildcard("kesh*".into()), Pattern::Regex("kesh[0-9]+x".into())] {
        let (message, at) = refusal(&engine, word(pattern));

        assert!(message.contains("1025 words") && message.contains("may stand for 1024"), "{message}");
        assert_eq!(at, 3..8);
    }
    assert_eq!(total(&engine, word(Pattern::Wildcard("kesh102*".into()))).unwrap(), 2);

    // A word that no passage holds any more does not count.
    engine.remove(ArticleId::derive("content", "one")).unwrap();
    engine.commit().unwrap();
    drop(engine);
    let engine = TantivyEngine::open(folder.path()).unwrap();
    assert_eq!(total(&engine, word(Pattern::Wildcard("kesh*".into()))).unwrap(), 1);
}

#[test]
fn what_cannot_be_combined_says_what_to_write_instead() {
    let folder = tempfile::tempdir().unwrap();
    let engine = TantivyEngine::open_or_create(folder.path()).unwrap();
    let rail = || Box::new(word(Pattern::Stem("rail".into())));
    let near = |left, distance| Node::Near(Near { left, right: rail(), distance, ordered: false, at: 5..9 });
    let within = |clause| Node::Within(Within { unit: Unit::Sentence, clause, at: 0..20 });
    let far = (0..6).fold(*rail(), |left, _| near(Box::new(left), 1_000));

    for (node, place, says) in [
        (near(Box::new(Node::Not(rail())), 5), 5..9, "joined by AND"),
        (far, 5..9, "5000 is the most"),
        (within(Box::new(within(rail()))), 0..20, "join the two by AND"),
        (within(Box::new(Node::Boost(Boost { clause: rail(), factor: 2.0, at: 7..9 }))), 7..9, "behind the closing"),
        (word(Pattern::Fuzzy { word: "rail-gate".into(), edits: 1 }), 3..8, "\"rail~1 …\""),
        (word(Pattern::Regex("(rail".into())), 3..8, "cannot be read: unclosed group"),
        (word(Pattern::Regex("(a{1000}){1000}".into())), 3..8, "smaller repetitions"),
        (word(Pattern::Exact("…".into())), 3..8, "holds no word"),
    ] {
        let (message, at) = refusal(&engine, node);

        assert!(message.contains(says), "{message}");
        assert_eq!(at, place, "{message}");
    }
}
