//! What pages say of themselves, on a test set of pages in the manner of many publishers.
//!
//! `tests/data/metadata` holds the pages, and `truth.jsonl` what a reader would write down of each.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rapporteur::clean::{CleanOptions, clean};
use rapporteur::model::Article;
use rapporteur::source;

#[derive(serde::Deserialize)]
struct Truth {
    id: String,
    title: Option<String>,
    authors: Vec<String>,
    outlet: Option<String>,
    section: Option<String>,
    keywords: Option<Vec<String>>,
    paywalled: Option<bool>,
    syndication: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
}

/// Each page's truth with its article.
fn pages() -> Vec<(Truth, Article)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/metadata");
    let truth = fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    let options = CleanOptions { outlet: None, language: "und".into(), time_zone: None };
    let page = |line: &str| {
        let truth: Truth = serde_json::from_str(line).unwrap();
        let bytes = fs::read(folder.join(format!("{}.html", truth.id))).unwrap();
        let source = source::split(&format!("{}.html", truth.id), bytes).remove(0).unwrap();
        let article = clean(&source, &options).unwrap_or_else(|error| panic!("{}: {error}", truth.id)).article;
        (truth, article)
    };
    truth.lines().map(page).collect()
}

/// Asserts that at least `least` in a hundred of the pages have what `right` says, and prints those that have not.
fn assert_share(what: &str, least: usize, compare: impl Fn(&Truth, &Article) -> Option<(String, String)>) {
    let pages = pages();
    let mut wrong = 0;
    let mut judged = 0;
    for (truth, article) in &pages {
        let Some((expected, found)) = compare(truth, article) else { continue };
        judged += 1;
        if expected != found {
            wrong += 1;
            println!("{what} of {}:\n  expected {expected}\n  found    {found}", truth.id);
        }
    }
    println!("{what}: {} of {judged} right", judged - wrong);
    assert!(judged > 0 && (judged - wrong) * 100 >= judged * least, "{what}: {wrong} of {judged} are wrong");
}

fn shown<T: std::fmt::Debug>(value: &T) -> String {
    format!("{value:?}")
}

fn set(names: &[String]) -> String {
    shown(&names.iter().collect::<BTreeSet<_>>())
}

#[test]
fn titles_are_the_headlines_that_readers_see() {
    assert_share("title", 90, |truth, article| Some((shown(&truth.title), shown(&article.title))));
}

#[test]
fn authors_are_the_persons_of_the_byline() {
    assert_share("authors", 85, |truth, article| Some((set(&truth.authors), set(&article.authors))));
}

#[test]
fn outlets_are_named_as_they_name_themselves() {
    assert_share("outlet", 90, |truth, article| Some((shown(&truth.outlet), shown(&article.outlet))));
}

#[test]
fn sections_are_the_outlets_own() {
    assert_share("section", 90, |truth, article| Some((shown(&truth.section), shown(&article.metadata.section))));
}

#[test]
fn keywords_are_those_that_the_page_lists() {
    assert_share("keywords", 90, |truth, article| {
        truth.keywords.as_ref().map(|keywords| (shown(keywords), shown(&article.metadata.keywords)))
    });
}

#[test]
fn what_costs_money_is_told_from_what_does_not() {
    assert_share("paywalled", 90, |truth, article| Some((shown(&truth.paywalled), shown(&article.metadata.paywalled))));
}

#[test]
fn agencies_are_credited_by_their_usual_names() {
    assert_share("syndication", 90, |truth, article| {
        Some((shown(&truth.syndication), shown(&article.metadata.syndication)))
    });
}

#[test]
fn languages_are_those_of_the_text() {
    let primary = |tag: &Option<String>| tag.as_ref().and_then(|tag| tag.split('-').next()).map(str::to_owned);
    assert_share("language", 90, |truth, article| {
        Some((shown(&primary(&truth.language)), shown(&primary(&article.language))))
    });
}

#[test]
fn addresses_are_canonical() {
    let without_tracking = |url: &str| url.split("?utm_").next().unwrap_or(url).to_owned();
    assert_share("url", 90, |truth, article| {
        Some((shown(&truth.canonical.as_deref().map(without_tracking)), shown(&article.url)))
    });
}

#[test]
fn every_field_that_has_a_value_has_a_reason() {
    for (truth, article) in pages() {
        let metadata = &article.metadata;
        let fields = [
            ("title", article.title.is_some()),
            ("authors", !article.authors.is_empty()),
            ("outlet", article.outlet.is_some()),
            ("url", article.url.is_some()),
            ("language", article.language.as_deref() != Some("und")),
            ("section", metadata.section.is_some()),
            ("keywords", !metadata.keywords.is_empty()),
            ("paywalled", metadata.paywalled.is_some()),
            ("syndication", metadata.syndication.is_some()),
        ];
        for (field, has_value) in fields {
            assert_eq!(metadata.reason(field).is_some(), has_value, "{field} of {}", truth.id);
        }
    }
}
