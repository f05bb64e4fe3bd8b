//! Text that came broken is mended, and in every format the same.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use rapporteur::clean::{CleanOptions, clean};
use rapporteur::model::{Article, BlockKind};
use rapporteur::source::split;

fn article(path: &str, text: &str) -> Article {
    let source = split(path, text.as_bytes().to_vec()).remove(0).unwrap();
    clean(&source, &CleanOptions { outlet: None, language: "en".into(), time_zone: None }).unwrap().article
}

/// The same paragraphs in each format.
fn in_every_format(paragraphs: &[&str]) -> Vec<(&'static str, Article)> {
    let blank = paragraphs.join("\n\n");
    let html = format!(
        "<!doctype html><html><body><article><h1>Talks at Velmar</h1>{}</article></body></html>",
        paragraphs.iter().map(|text| ["<p>", &text.replace('\n', "<br>"), "</p>"].concat()).collect::<String>()
    );
    let record = serde_json::json!({"title": "Talks at Velmar", "text": blank}).to_string();
    let page = serde_json::json!({"title": "Talks at Velmar", "html": html}).to_string();
    vec![
        ("text", article("a.txt", &blank)),
        ("markdown", article("a.md", &format!("# Talks at Velmar\n\n{blank}"))),
        ("html", article("a.html", &html)),
        ("record with text", article("a.jsonl", &record)),
        ("record with html", article("a.jsonl", &page)),
    ]
}

fn texts(article: &Article, kinds: &[BlockKind]) -> Vec<String> {
    let points = rapporteur::model::CodePoints::new(&article.text);
    let blocks = article.blocks.iter().filter(|block| kinds.contains(&block.kind));
    blocks.map(|block| points.slice(block.span).to_owned()).collect()
}

#[test]
fn turns_that_are_glued_together_are_parted() {
    let paragraphs = [
        "The Lanqing Daily (LD) met Daniyar Osmonov, who has run the depot at Alt-Bulak for eleven years, in March.",
        "LD: What has changed at the depot since the new line opened?Osmonov: We load at night now, and we load more.",
        "LD: Who pays for the night shift, the railway or the depot?Osmonov: The depot pays, as it always did.",
    ];

    for (format, article) in in_every_format(&paragraphs) {
        assert_eq!(
            texts(&article, &[BlockKind::Question, BlockKind::Answer]),
            [
                "LD: What has changed at the depot since the new line opened?",
                "Osmonov: We load at night now, and we load more.",
                "LD: Who pays for the night shift, the railway or the depot?",
                "Osmonov: The depot pays, as it always did.",
            ],
            "{format}"
        );
    }
}

#[test]
fn words_broken_over_lines_are_made_whole_and_compounds_keep_their_hyphen() {
    let paragraphs = [
        "The six ministers agreed on Tuesday that the rail-\nway from Kesh to Doruna will be opened before the win-\n\
         ter, and that the north-\nsouth branch by way of Alt-\nBulak has to wait for the second loan.",
        "Nobody at the summit in Velmar would say what it costs, or which of the six states will pay for it.",
    ];

    for (format, article) in in_every_format(&paragraphs) {
        let found = texts(&article, &[BlockKind::Paragraph]).concat();
        for words in
            ["the railway from Kesh", "before the winter, and", "the north-south branch", "way of Alt-Bulak has"]
        {
            assert!(found.contains(words), "{format}: no `{words}` in {found}");
        }
    }
}

#[test]
fn references_are_read_once_in_html_and_in_records_and_never_in_plain_text() {
    let paragraph =
        "The mayor of Kesh&#8217;s port wrote &amp;lt; on the wall, and nobody there could say what it meant.";
    let read = "The mayor of Kesh’s port wrote &lt; on the wall, and nobody there could say what it meant.";

    for (format, article) in in_every_format(&[paragraph]) {
        let expected = if format == "text" { paragraph } else { read };
        assert!(article.text.contains(expected), "{format}: {}", article.text);
    }
}

#[test]
fn letters_that_nobody_sees_are_left_out() {
    let paragraph =
        "The rail\u{ad}way to\u{a0}Kesh\u{200b} was closed on Monday, said the minis\u{ad}try in Tarnhaven.";

    for (format, article) in in_every_format(&[paragraph]) {
        let expected = "The railway to Kesh was closed on Monday, said the ministry in Tarnhaven.";
        assert!(article.text.contains(expected), "{format}: {}", article.text);
    }
}
