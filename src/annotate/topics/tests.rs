//! What the tagger takes a passage to be about, by the built-in topics.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::config::BUILT_IN_TOPICS;

fn built_in() -> TopicTagger {
    TopicTagger::new(&TopicSet::parse(Path::new("topics.toml"), BUILT_IN_TOPICS).unwrap())
}

fn tagger(terms: &str) -> TopicTagger {
    let text = format!("[[topic]]\nid = \"trade\"\nlabel = \"Trade\"\n{terms}\n");
    TopicTagger::new(&TopicSet::parse(Path::new("topics.toml"), &text).unwrap())
}

fn ids(tagger: &TopicTagger, text: &str) -> Vec<String> {
    tagger.assign(text, 0).into_iter().map(|topic| topic.id.to_string()).collect()
}

#[test]
fn the_built_in_topics_are_read() {
    let topics = TopicSet::parse(Path::new("topics.toml"), BUILT_IN_TOPICS).unwrap();

    assert!(topics.topics().len() >= 18);
    for topic in topics.topics() {
        assert!(topic.terms.len() >= 15, "{}", topic.id);
        for (i, term) in topic.terms.iter().enumerate() {
            assert!(topic.terms[..i].iter().all(|other| other.text != term.text), "{}: {}", topic.id, term.text);
        }
    }
}

#[test]
fn one_naming_term_or_two_plain_ones_make_a_topic() {
    let tagger =
        tagger(r#"terms = [{ term = "tariff", weight = 3 }, "export", "levy", { term = "goods", weight = 1 }]"#);

    assert_eq!(ids(&tagger, "The tariffs fell."), ["trade"]);
    assert_eq!(ids(&tagger, "A levy on exports."), ["trade"]);
    assert_eq!(ids(&tagger, "Exports rose again in the last three months."), Vec::<String>::new());
    assert_eq!(ids(&tagger, "2. Exports"), ["trade"]);
    assert_eq!(ids(&tagger, "Goods, goods, goods, goods and goods."), Vec::<String>::new());
}

#[test]
fn a_word_of_the_same_stem_only_counts_half() {
    let tagger = tagger(r#"terms = [{ term = "connectivity", weight = 3 }]"#);

    assert_eq!(ids(&tagger, "Connectivity matters."), ["trade"]);
    assert_eq!(ids(&tagger, "It connects two rooms."), Vec::<String>::new());
}

#[test]
fn an_excluded_phrase_cancels_the_term_within_it_alone() {
    let tagger = tagger("terms = [{ term = \"trade\", weight = 3 }]\nexclude = [\"trade union\"]");

    assert_eq!(ids(&tagger, "The trade unions met."), Vec::<String>::new());
    assert_eq!(ids(&tagger, "The trade unions spoke of trade."), ["trade"]);
}

#[test]
fn the_longest_term_counts_once_and_is_shown_where_it_stands() {
    let tagger = tagger(r#"terms = [{ term = "free trade", weight = 3 }, { term = "trade", weight = 3 }]"#);

    let topics = tagger.assign("Ömer on free trade", 100);

    let why = &topics[0].why;
    assert_eq!(why.text, "`free trade` speaks for Trade");
    assert_eq!(why.evidence, [Evidence::at("term", "free trade", Span::new(108, 118))]);
}

#[test]
fn a_passage_has_the_topics_it_is_about_and_no_others() {
    let tagger = built_in();

    assert_eq!(ids(&tagger, "Leaders of six countries praised their cooperation at the summit."), Vec::<String>::new());
    assert_eq!(
        ids(&tagger, "Sand from the dunes has buried wells; desertification took two villages.")[0],
        "environment"
    );
    let topics = ids(&tagger, "The railway will carry freight to the port and cut poverty along the line.");
    assert_eq!(topics, ["transport", "poverty-reduction"]);
    assert!(!ids(&tagger, "It is an important question for the trade union.").contains(&"trade".to_owned()));
}

#[test]
fn more_terms_make_a_topic_surer() {
    let scores = [3.0, 4.0, 6.0, 12.0, 40.0].map(|score| confidence(score).value());

    assert!(scores.windows(2).all(|pair| pair[0] <= pair[1]) && scores[0] < scores[2] && scores[4] < 1.0, "{scores:?}");
}

proptest! {
    #[test]
    fn every_reason_slices_its_words(
        words in proptest::collection::vec(
            proptest::sample::select(vec!["trade", "Trade-union", "free", "water", "Ömer’s", "railways", "é", "—", "of", "customs", "gas"]),
            0..30,
        ),
    ) {
        let text = words.join(" ");
        for topic in built_in_once().assign(&text, 0) {
            for evidence in &topic.why.evidence {
                let words = evidence.span.unwrap().slice(&text);
                prop_assert!(!words.is_empty() && !words.starts_with(' ') && !words.ends_with(' '));
            }
        }
    }
}

fn built_in_once() -> &'static TopicTagger {
    static TAGGER: std::sync::LazyLock<TopicTagger> = std::sync::LazyLock::new(built_in);
    &TAGGER
}
