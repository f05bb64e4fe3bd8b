//! What the order of hits must keep to, whatever it is tuned to: the same however the index came about, the same top
//! however much is asked for, scores that are the sum of what is said of them, and ties that dates and ids decide.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

#[path = "ranking/made.rs"]
mod made;

use made::{Dice, Story, Way, index, stories};
use rapporteur::config::{Feedback, Ranking};
use rapporteur::engine::{By, Engine, Hit, Hits, Page, Sort, TantivyEngine};
use rapporteur::query::{Query, Reading, parse, parse_with};
use tempfile::TempDir;

/// More than there is.
const ALL: usize = 100_000;

const QUERIES: [&str; 16] = [
    "railway",
    "railway water toll",
    "the railway of the minister",
    "what of the",
    "railway^3 (herring sceptre)^0.5 toll",
    "railway railway toll",
    "+railway water -toll",
    "railway AND (water OR toll)",
    "\"railway water\" toll",
    "railway NEAR/5 toll summit",
    "WITHIN SENTENCE (railway water) quota",
    "t* /s.+/ Kesj~1",
    "water speaker:\"Pieter Vael\"",
    "toll outlet:\"Lanqing Daily\" published:2025-06-02..2025-06-04",
    "title:railway -speaker:*",
    "kind:quote",
];

fn query(text: &str) -> Query {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn page(top: usize, by: By, sort: Sort) -> Page {
    Page { top, by, sort }
}

fn every_page(top: usize) -> Vec<Page> {
    let mut pages = Vec::new();
    for by in [By::Passage, By::Article] {
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            pages.push(page(top, by, sort));
        }
    }
    pages
}

fn with_feedback(feedback: Feedback) -> Ranking {
    Ranking { feedback, ..Ranking::default() }
}

/// An index of `stories` that came about in one go.
fn indexed(stories: &[Story]) -> (TempDir, TantivyEngine) {
    let folder = tempfile::tempdir().unwrap();
    let engine = index(folder.path(), stories, Way::OneCommit);
    (folder, engine)
}

/// Ids and the bits of scores.
fn ranks(hits: &Hits) -> Vec<(String, u64)> {
    hits.hits.iter().map(|hit| (hit.passage.id.to_string(), hit.parts.total.to_bits())).collect()
}

#[test]
fn scores_are_the_same_to_the_last_bit_however_the_index_came_about() {
    let made = stories(5, 60);
    let folders: Vec<TempDir> = (0..4).map(|_| tempfile::tempdir().unwrap()).collect();
    let ways = [Way::OneCommit, Way::ManyCommits, Way::Backwards, Way::Changed];
    let mut engines: Vec<TantivyEngine> =
        ways.into_iter().zip(&folders).map(|(way, folder)| index(folder.path(), &made, way)).collect();
    let mut found = 0;

    for feedback in [Feedback::Off, Feedback::On, Feedback::Auto] {
        engines = engines.into_iter().map(|engine| engine.ranked_by(with_feedback(feedback))).collect();
        for text in QUERIES {
            for page in every_page(20) {
                let asked = query(text);
                let first = engines[0].search(&asked, page).unwrap();
                let names = engines[0].names(&asked, page).unwrap();
                for (engine, way) in engines.iter().zip(ways).skip(1) {
                    let other = engine.search(&asked, page).unwrap();
                    assert_eq!(ranks(&other), ranks(&first), "{way:?} {text} {page:?} {feedback:?}");
                    assert!(other == first, "{way:?} {text} {page:?} {feedback:?}");
                    assert_eq!(engine.names(&asked, page).unwrap(), names, "{way:?} {text} {page:?}");
                }
                let of_names: Vec<(String, u64)> =
                    names.iter().map(|name| (name.passage.to_string(), name.score.to_bits())).collect();
                assert_eq!(of_names, ranks(&first), "names and hits agree: {text} {page:?}");
                found += usize::from(!first.hits.is_empty());
            }
        }
    }
    assert!(found > 200, "{found}");
}

#[test]
fn searches_at_once_give_what_they_give_one_by_one() {
    let (_folder, engine) = indexed(&stories(6, 60));
    let engine = engine.ranked_by(with_feedback(Feedback::Auto));
    let page = page(10, By::Article, Sort::Relevance);
    let one_by_one: Vec<Hits> = QUERIES.iter().map(|text| engine.search(&query(text), page).unwrap()).collect();

    // The first of them finds no statistics yet: the index is opened anew.
    let (_folder, fresh) = indexed(&stories(6, 60));
    let fresh = fresh.ranked_by(with_feedback(Feedback::Auto));
    std::thread::scope(|scope| {
        for start in 0..8 {
            let (fresh, one_by_one) = (&fresh, &one_by_one);
            scope.spawn(move || {
                for number in (0..QUERIES.len()).map(|number| (number + 2 * start) % QUERIES.len()) {
                    let hits = fresh.search(&query(QUERIES[number]), page).unwrap();
                    assert_eq!(hits, one_by_one[number], "{}", QUERIES[number]);
                }
            });
        }
    });
}

/// A union of weighted words and phrases, which is what is pruned; now and then narrowed, which is not.
fn drawn(dice: &mut Dice) -> String {
    let mut clauses: Vec<String> = (0..=dice.below(5))
        .map(|_| {
            let clause = match dice.below(6) {
                0 => format!("\"{} {}\"~3", dice.word(), dice.word()),
                1 => format!("({} NEAR/4 {})", dice.word(), dice.word()),
                _ => dice.word().to_owned(),
            };
            if dice.below(3) == 0 { format!("{clause}^{}", dice.pick(&["0.01", "0.5", "2", "40"])) } else { clause }
        })
        .collect();
    if dice.below(4) == 0 {
        clauses.push(dice.pick(&["kind:quote", "-herring", "speaker:*", "published:>=2025-06-03"]).into());
    }
    clauses.join(" ")
}

#[test]
fn the_top_is_the_same_however_many_are_asked_for() {
    let rankings = [
        Ranking::default(),
        // What prunes most: nothing is weighed a second time.
        Ranking { depth: 0, ..Ranking::default() },
        Ranking { depth: 7, drop_function_words: false, ..Ranking::default() },
        Ranking { depth: 5, ..with_feedback(Feedback::On) },
        with_feedback(Feedback::Auto),
    ];
    let mut compared = 0;
    for seed in 0..2 {
        let (_folder, mut engine) = indexed(&stories(100 + seed, 90));
        let mut dice = Dice::new(seed);
        for ranking in rankings {
            engine = engine.ranked_by(ranking);
            for _ in 0..10 {
                let text = drawn(&mut dice);
                for by in [By::Passage, By::Article] {
                    for sort in [Sort::Relevance, Sort::Newest] {
                        let all = engine.search(&query(&text), page(ALL, by, sort)).unwrap();
                        assert_eq!(all.total, all.hits.len(), "{text}");
                        for top in [1, 2, 10, 25] {
                            let few = engine.search(&query(&text), page(top, by, sort)).unwrap();
                            assert_eq!(few.total, all.total, "{text}");
                            let expected = &all.hits[..top.min(all.hits.len())];
                            let same = few.hits == expected;
                            let told = |hits: &[Hit]| {
                                hits.iter().map(|hit| (hit.passage.id.to_string(), hit.score)).collect::<Vec<_>>()
                            };
                            assert!(
                                same,
                                "{:?}\n{:?}\ntop {top} of {text}, {by:?}, {sort:?}, {ranking:?}",
                                told(&few.hits),
                                told(expected)
                            );
                            compared += usize::from(all.total > top);
                        }
                    }
                }
            }
        }
    }
    assert!(compared > 700, "{compared}");
}

#[test]
fn the_parts_sum_to_the_score() {
    let (_folder, mut engine) = indexed(&stories(7, 80));
    let (mut fed, mut nearby, mut whole) = (0, 0, 0);
    for feedback in [Feedback::Off, Feedback::On, Feedback::Auto] {
        engine = engine.ranked_by(with_feedback(feedback));
        for text in QUERIES {
            for page in every_page(ALL) {
                for hit in engine.search(&query(text), page).unwrap().hits {
                    let parts = &hit.parts;
                    let words: f64 = parts.words.iter().map(|word| word.score).sum();
                    let sum = words + parts.proximity + parts.context + parts.best_passage;
                    assert!((sum - parts.total).abs() < 1e-9, "{text} {page:?}: {sum} of {parts:?}");
                    #[allow(clippy::cast_possible_truncation, reason = "this is how it is shown")]
                    let shown = parts.total as f32;
                    assert_eq!(shown.to_bits(), hit.score.to_bits());
                    assert!(parts.total.is_finite() && parts.words.iter().all(|word| word.score >= 0.0), "{parts:?}");
                    assert_eq!(parts.best_passage > 0.0, page.by == By::Article && words > 0.0, "{parts:?}");
                    fed += usize::from(parts.words.iter().any(|word| word.feedback && word.score > 0.0));
                    nearby += usize::from(parts.proximity > 0.0);
                    whole += usize::from(parts.context > 0.0);
                }
            }
        }
    }
    assert!(fed > 100 && nearby > 100 && whole > 100, "{fed} {nearby} {whole}");
}

#[test]
fn equal_scores_go_by_date_and_then_by_id() {
    let text = "The ferry to Kesh was late on a calm morning.";
    let days =
        [("a", Some(3)), ("b", None), ("c", Some(9)), ("d", Some(3)), ("e", None), ("f", Some(1)), ("g", Some(3))];
    let made: Vec<Story> = days.into_iter().map(|(key, day)| Story::of(key, day, text)).collect();
    let (_folder, engine) = indexed(&made);
    let mut expected: Vec<(std::cmp::Reverse<Option<i8>>, String)> =
        made.iter().map(|story| (std::cmp::Reverse(story.day), format!("{}.1", story.id()))).collect();
    expected.sort();
    let expected: Vec<String> = expected.into_iter().map(|(_, id)| id).collect();

    for by in [By::Passage, By::Article] {
        for top in [1, 3, 7, 50] {
            let hits = engine.search(&query("ferry"), page(top, by, Sort::Relevance)).unwrap();
            let ids: Vec<String> = ranks(&hits).into_iter().map(|(id, _)| id).collect();
            assert_eq!(ids, expected[..top.min(7)], "{by:?}");
            assert!(hits.hits.iter().all(|hit| hit.score.to_bits() == hits.hits[0].score.to_bits()));
        }
    }
    let oldest = engine.search(&query("ferry"), page(9, By::Passage, Sort::Oldest)).unwrap();
    let days: Vec<Option<i8>> = oldest.hits.iter().map(day).collect();
    assert_eq!(days, [Some(1), Some(3), Some(3), Some(3), Some(9), None, None]);
    let ids: Vec<String> = oldest.hits[1..4].iter().map(|hit| hit.passage.id.to_string()).collect();
    assert!(ids.is_sorted(), "equal days and scores go by id: {ids:?}");
}

fn day(hit: &Hit) -> Option<i8> {
    hit.passage.published.as_ref().map(|published| published.date.first().day())
}

#[test]
fn sorted_by_date_what_fields_narrow_keeps_its_order() {
    let (_folder, engine) = indexed(&stories(8, 120));
    for text in [
        "water speaker:vael",
        "railway outlet:\"Tarnhaven Post\" -kind:heading",
        "kind:quote",
        "toll published:2025-06-02..2025-06-04",
    ] {
        for by in [By::Passage, By::Article] {
            let by_score = engine.search(&query(text), page(ALL, by, Sort::Relevance)).unwrap();
            let newest = engine.search(&query(text), page(ALL, by, Sort::Newest)).unwrap();
            let oldest = engine.search(&query(text), page(ALL, by, Sort::Oldest)).unwrap();
            assert!(newest.total > 5, "{text}");
            let mut expected: Vec<_> = ranks(&by_score).into_iter().zip(by_score.hits.iter().map(day)).collect();
            // By score already, which a stable sort keeps among equal days.
            expected.sort_by_key(|(_, day)| std::cmp::Reverse(*day));
            let set = |hits: &Hits| {
                hits.hits.iter().map(|hit| hit.passage.article.id).collect::<std::collections::BTreeSet<_>>()
            };
            assert_eq!(set(&newest), set(&by_score), "{text}");
            assert_eq!(set(&oldest), set(&by_score), "{text}");
            let days: Vec<Option<i8>> = newest.hits.iter().map(day).collect();
            assert_eq!(days, expected.iter().map(|(_, day)| *day).collect::<Vec<_>>(), "{text}");
            let mut dated: Vec<i8> = oldest.hits.iter().map_while(day).collect();
            assert!(oldest.hits[dated.len()..].iter().all(|hit| day(hit).is_none()), "undated ones are last");
            assert!(dated.is_sorted() && dated.len() > 3, "{dated:?}");
            dated.dedup();
            assert!(dated.len() > 1, "{text}: one day says nothing");
        }
    }
}

#[test]
fn function_words_do_not_score_beside_others_and_match_as_any_word() {
    let made = [
        Story::of("a", Some(1), "The quota of the herring was cut."),
        Story::of("b", Some(1), "The the the the of of of what what."),
        Story::of("c", Some(1), "Quota holders were silent all day long."),
    ];
    let (_folder, engine) = indexed(&made);
    let search = |text: &str| engine.search(&query(text), page(10, By::Passage, Sort::Relevance)).unwrap();

    let hits = search("what of the quota");
    assert_eq!(hits.total, 3, "what holds function words alone matches still");
    assert_eq!(hits.hits[0].parts.dropped, ["what", "of", "the"]);
    let last = &hits.hits[2];
    assert_eq!((last.passage.article.id, last.score), (made[1].id(), 0.0));
    assert_eq!(last.highlights.len(), 9);

    assert_eq!(search("+the quota").total, 2, "what is required is required");
    assert_eq!(search("\"the quota\"").total, 1, "a phrase keeps its words");
    assert_eq!(search("quota -the").total, 1, "what is excluded is excluded");
    let alone = search("what of the");
    assert!(alone.hits[0].score > 0.0 && alone.hits[0].parts.dropped.is_empty(), "{:?}", alone.hits[0].parts);
    assert_eq!(alone.hits[0].passage.article.id, made[1].id());
    let plain = parse_with("What of the quota?", &Reading { plain: true, ..Reading::default() }).unwrap();
    let plain = engine.search(&plain, page(10, By::Passage, Sort::Relevance)).unwrap();
    assert_eq!(ranks(&plain), ranks(&hits));
}

#[test]
fn no_setting_makes_a_score_that_is_no_number() {
    let (_folder, mut engine) = indexed(&stories(9, 30));
    let nothing = Ranking { text: 0.0, title: 0.0, speaker: 0.0, heading: 0.0, ..Ranking::default() };
    for ranking in [
        nothing,
        Ranking { b: 0.0, ..Ranking::default() },
        Ranking { b: 1.0, k1: 1e-9, ..Ranking::default() },
        Ranking { feedback_words: 0, ..with_feedback(Feedback::On) },
        Ranking { feedback_results: 0, ..with_feedback(Feedback::On) },
        Ranking { feedback_share: 0.999, ..with_feedback(Feedback::On) },
        Ranking { feedback: Feedback::On, ..nothing },
    ] {
        engine = engine.ranked_by(ranking);
        for text in QUERIES {
            for page in every_page(20) {
                let hits = engine.search(&query(text), page).unwrap();
                assert!(hits.hits.iter().all(|hit| hit.parts.total.is_finite()), "{text} {ranking:?}");
            }
        }
    }
}

#[test]
fn an_empty_index_and_more_than_there_is_are_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mut empty = TantivyEngine::open_or_create(folder.path()).unwrap().ranked_by(with_feedback(Feedback::On));
    let made = [Story::of("a", None, "A ferry."), Story::of("b", None, "A ferry, and no bridge.")];
    for text in QUERIES {
        for page in every_page(10) {
            let hits = empty.search(&query(text), page).unwrap();
            assert_eq!((hits.total, hits.hits.len()), (0, 0));
            assert!(empty.names(&query(text), page).unwrap().is_empty());
        }
    }
    for story in &made {
        empty.put(story.id(), &story.passages()).unwrap();
    }
    empty.commit().unwrap();
    for page in every_page(usize::MAX) {
        assert_eq!(empty.search(&query("ferry"), page).unwrap().hits.len(), 2, "{page:?}");
        let none = empty.search(&query("ferry"), Page { top: 0, ..page }).unwrap();
        assert_eq!((none.total, none.hits.len()), (2, 0));
    }
    // Emptied again: what was removed leaves no trace in the statistics.
    for story in &made {
        empty.remove(story.id()).unwrap();
    }
    empty.commit().unwrap();
    assert_eq!(empty.search(&query("ferry"), page(10, By::Article, Sort::Relevance)).unwrap().total, 0);
}
