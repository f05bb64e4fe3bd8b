//! What a search of the sample corpus gives: names, fields, highlights, ranks.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Outcome, sample};
use rapporteur::model::Span;
use serde_json::Value;

fn hits(args: &[&str]) -> Vec<Value> {
    let mut all = vec!["search", "--format", "jsonl", "--top", "500"];
    all.extend(args);
    let outcome: Outcome = sample(&all);
    assert_eq!(outcome.code, 0, "{args:?}: {}", outcome.stderr);
    outcome.json_lines()
}

fn ids(hits: &[Value]) -> Vec<&str> {
    hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

#[test]
fn every_alias_of_a_speaker_gives_the_same_hits() {
    for aliases in [
        &["Ömer Kaldan", "Omer Kaldan", "OEMER KALDAN", "President Kaldan", "Kaldan", "omer-kaldan"][..],
        &["Askar Temirbek uulu", "Asqar Temirbek uulu", "Temirbekov", "President Temirbekov"],
        &["Fiona Strandgaard", "Fiona Strandgård", "PM Strandgaard", "Strandgård"],
        &["Lin Haoran", "Premier Lin", "Lin Hao-ran"],
    ] {
        let query = "railway OR sea OR water OR the";
        let first = hits(&[query, "--speaker", aliases[0]]);
        assert!(first.len() > 3, "{}: {}", aliases[0], first.len());
        for alias in aliases {
            let by_option = hits(&[query, "--speaker", alias]);
            let by_field = hits(&[&format!("({query}) speaker:\"{alias}\"")]);
            assert_eq!(ids(&by_option), ids(&first), "{alias}");
            assert_eq!(ids(&by_field), ids(&first), "{alias}");
        }
        let id = &first[0]["speaker"]["id"];
        assert!(first.iter().all(|hit| hit["speaker"]["id"] == *id), "the speaker asked for is the speaker shown");
    }
}

#[test]
fn two_persons_of_one_surname_stay_apart() {
    let premier = hits(&["the", "--speaker", "Lin Haoran"]);
    let minister = hits(&["the", "--speaker", "Lin Meixia"]);

    assert!(!premier.is_empty() && !minister.is_empty());
    let names: Vec<&Value> = premier.iter().map(|hit| &hit["speaker"]["name"]).collect();
    assert!(names.iter().all(|name| **name == "Lin Haoran"), "{names:?}");
}

#[test]
fn highlights_are_the_words_that_matched() {
    for hit in hits(&["railway \"good neighbour\" -tunnel"]) {
        let text = hit["text"].as_str().unwrap();
        let marked: Vec<String> = hit["highlights"]
            .as_array()
            .unwrap()
            .iter()
            .map(|span| {
                let at = |index: usize| usize::try_from(span[index].as_u64().unwrap()).unwrap();
                Span::new(at(0), at(1)).slice(text).to_lowercase()
            })
            .collect();
        assert!(!marked.is_empty(), "{text}");
        assert!(
            marked.iter().all(|word| [
                "railway",
                "railways",
                "railway’s",
                "railway's",
                "good",
                "neighbour",
                "neighbours"
            ]
            .contains(&word.as_str())),
            "{marked:?}"
        );
        assert!(!text.to_lowercase().contains("tunnel"));
    }
}

#[test]
fn diacritics_and_curly_quotes_do_not_matter() {
    assert_eq!(ids(&hits(&["Ömer"])), ids(&hits(&["omer"])));
    assert_eq!(ids(&hits(&["“good neighbour”"])), ids(&hits(&["\"good neighbour\""])));
}

#[test]
fn filters_narrow_as_fields_do() {
    for (option, value, field) in [
        ("--topic", "water", "topic:water"),
        ("--kind", "answer", "kind:answer"),
        ("--outlet", "Velmar Courier", "outlet:\"The Velmar Courier\""),
        ("--from", "2025-06-17", "published:>=2025-06-17"),
        ("--to", "2023", "published:<=2023"),
    ] {
        let all = hits(&["railway"]);
        let narrowed = hits(&["railway", option, value]);
        let by_field = hits(&[&format!("railway {field}")]);
        assert!(!narrowed.is_empty() && narrowed.len() < all.len(), "{option}: {} of {}", narrowed.len(), all.len());
        assert_eq!(ids(&narrowed), ids(&by_field), "{option}");
    }
}

#[test]
fn by_article_ranks_each_article_once() {
    let passages = hits(&["railway"]);
    let articles = hits(&["railway", "--by", "article"]);

    let mut seen: Vec<&str> = articles.iter().map(|hit| hit["article"]["id"].as_str().unwrap()).collect();
    let more: u64 = articles.iter().map(|hit| hit["more"].as_u64().unwrap()).sum();
    assert_eq!(articles.len() as u64 + more, passages.len() as u64);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), articles.len());
    assert_eq!(passages[0]["id"], articles[0]["id"]);
}

#[test]
fn the_passage_that_a_reader_would_choose_comes_first() {
    for (query, words) in [
        ("shepherd pass shopkeeper desert", "belongs to the shepherd"),
        ("sell the sea by the kilo", "sell the sea by the kilo"),
        ("thirty-four staff sceptre", "sceptre"),
        ("circus elephants", "three elephants"),
        ("\"asleep\" OR apricots milk goats", "goats"),
        ("gas cut Kastria denial", "gas"),
        ("observers hulls hake", "observer"),
        ("title:sleepers poverty", "poverty"),
    ] {
        let found = hits(&[query]);
        let text = found[0]["text"].as_str().unwrap().to_lowercase();
        assert!(text.contains(words), "{query}: {text}");
    }
}

#[test]
fn nothing_found_is_explained_and_nothing_is_rewritten() {
    let outcome = sample(&["search", "railway speaker:Kaldn"]);

    assert_eq!((outcome.code, outcome.stdout.as_str()), (0, ""));
    assert!(outcome.stderr.contains("speaker:Kaldn  no passage (nearest known: kaldan"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("railway  "), "{}", outcome.stderr);
}

#[test]
fn two_runs_give_the_same_bytes_in_every_format() {
    for format in ["table", "jsonl", "json", "csv", "md"] {
        let run = || sample(&["search", "railway water", "--format", format]);
        let (first, second) = (run(), run());
        assert_eq!(first.code, 0, "{}", first.stderr);
        assert!(!first.stdout.is_empty());
        assert_eq!(first.stdout, second.stdout, "{format}");
    }
}

#[test]
fn csv_reads_back_with_one_row_a_hit() {
    let outcome = sample(&["search", "railway", "--format", "csv", "--top", "25"]);

    let mut reader = csv::Reader::from_reader(outcome.stdout.as_bytes());
    assert_eq!(reader.headers().unwrap().get(0), Some("rank"));
    assert_eq!(reader.records().filter_map(Result::ok).count(), 25);
}

#[test]
fn a_passage_is_shown_in_its_context_with_the_reasons() {
    let hit = &hits(&["thirty-four staff sceptre"])[0];
    let id = hit["id"].as_str().unwrap();

    let shown = sample(&["show", id]);
    let article = sample(&["show", hit["article"]["id"].as_str().unwrap()]);
    let json = sample(&["show", id, "--format", "json"]);

    assert_eq!((shown.code, article.code, json.code), (0, 0, 0), "{}", shown.stderr);
    assert!(shown.stdout.contains("speaker ") && shown.stdout.contains("blake3"), "{}", shown.stdout);
    assert!(article.stdout.matches(hit["article"]["id"].as_str().unwrap()).count() > 5);
    let json: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["passage"]["id"], hit["id"]);
    assert_eq!(sample(&["show", "000000000000.1"]).code, 1);
}

#[test]
fn the_index_says_what_it_holds() {
    let outcome = sample(&["status", "--format", "json"]);

    let status: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert!(status["articles"].as_u64().unwrap() >= 40, "{status}");
    assert_eq!(status["quarantined"], 0);
    assert_eq!(status["published"][0], "2023-09-12");
    assert_eq!(status["fingerprint"].as_str().unwrap().len(), 64);
}

#[test]
fn why_marks_the_text_and_lists_the_reasons_of_each_quote() {
    let hit = &hits(&["thirty-four staff sceptre"])[0];
    let id = hit["id"].as_str().unwrap();

    let text = sample(&["show", id, "--why"]).stdout;
    let json: Value = serde_json::from_str(&sample(&["show", id, "--why", "--format", "json"]).stdout).unwrap();
    let plain: Value = serde_json::from_str(&sample(&["show", id, "--format", "json"]).stdout).unwrap();

    let reasons = &json["why"][0];
    assert_eq!(reasons["passage"], hit["id"]);
    let attributions = reasons["attributions"].as_array().unwrap();
    assert!(!attributions.is_empty(), "{json}");
    for attribution in attributions {
        assert!(text.contains(attribution["rule"].as_str().unwrap()), "{text}");
        for evidence in attribution["evidence"].as_array().unwrap() {
            assert!(text.contains(&format!("    {} “", evidence["part"].as_str().unwrap())), "{text}");
        }
    }
    for mark in reasons["marks"].as_array().unwrap() {
        assert!(text.contains(&format!("[{} {}| ", mark["part"].as_str().unwrap(), mark["n"])), "{text}");
        assert!(text.contains(&format!(" |{}]", mark["n"])), "{text}");
    }
    assert!(plain.get("why").is_none());
}

#[test]
fn evidence_that_stands_in_another_passage_is_quoted_with_its_place() {
    let home = common::Home::new();
    home.write(
        "corpus/a.txt",
        "A summit on rails\n\nSolveig Marr, the fisheries minister of Doruna, arrived on Monday with a large \
         delegation.\n\nNothing else was said on that day, and the delegations dined apart from one another.\n\n\
         “The [cue 7| rails |7] will be laid before the winter comes to the valley,” Marr said on Tuesday.\n",
    );
    assert_eq!(home.run(&["index"]).code, 0);
    let hit = &home.run(&["search", "rails laid", "--format", "jsonl"]).json_lines()[0];
    let id = hit["id"].as_str().unwrap();

    let text = home.run(&["show", id, "--why"]).stdout;
    let article = home.run(&["show", hit["article"]["id"].as_str().unwrap(), "--why"]).stdout;

    assert!(text.contains("\\[cue 7\\| rails \\|7\\]"), "the text's own brackets are no markers: {text}");
    assert!(text.contains("[cue 1| said |1]"), "{text}");
    let introduction = text.lines().find(|line| line.trim_start().starts_with("introduction ")).unwrap_or_default();
    assert!(introduction.contains("Solveig Marr") && introduction.contains('»'), "{text}");
    assert!(!introduction.contains(id), "{introduction}");
    assert!(article.contains("[cue 1| said |1]"), "{article}");
}
