//! The persons who wrote the article: no "By", no desks, no agencies, no dates.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

use super::declared::{Declared, text_of};
use super::dom::{Dom, attr};
use super::title::plain;
use crate::clean::letters::collapse;
use crate::model::fold_name;

/// More names than this are a list of something else.
const MOST: usize = 12;
/// A longer text is no byline.
const LONGEST: usize = 200;

/// The persons that the page names as its authors: by statements, else by meta tags, else by a byline.
pub(super) fn authors(dom: &Dom<'_>, declared: &Declared, outlet: Option<&str>) -> Vec<String> {
    let meta = declared.meta(&[
        "author",
        "article:author",
        "article:author_name",
        "byl",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "dcsext.author",
        "citation_author",
        "cxenseparse:author",
        "og:article:author",
        "twitter:creator:name",
        "mediator_author",
    ]);
    let meta = meta.map(|(_, name)| plain(name)).collect();
    let sources = [
        stated(declared),
        meta,
        bylines(dom, &["author", "byline-name"]),
        bylines(dom, &["byline", "author-name", "article-author", "post-author", "vcard"]),
    ];
    sources.iter().map(|names| persons(names, outlet)).find(|persons| !persons.is_empty()).unwrap_or_default()
}

/// Authors by JSON-LD, organisations left out.
fn stated(declared: &Declared) -> Vec<String> {
    let Some(author) =
        declared.articles.iter().find_map(|article| article.get("author").or_else(|| article.get("creator")))
    else {
        return Vec::new();
    };
    let list = match author {
        Value::Array(list) => list.iter().take(MOST).collect(),
        other => vec![other],
    };
    let name = |value: &Value| match declared.resolve(value) {
        Some(object)
            if object.get("@type").and_then(Value::as_str).is_some_and(|kind| kind.ends_with("Organization")) =>
        {
            None
        }
        Some(object) => object.get("name").and_then(text_of).map(plain),
        None => text_of(value).map(plain),
    };
    list.into_iter().filter_map(name).collect()
}

/// Texts of elements that are marked as naming the author.
fn bylines(dom: &Dom<'_>, names: &[&str]) -> Vec<String> {
    let marked = |element| {
        let is = |key: &str| {
            attr(element, key).is_some_and(|value| {
                value.split_ascii_whitespace().any(|name| names.iter().any(|n| name.eq_ignore_ascii_case(n)))
            })
        };
        is("rel") || is("itemprop") || is("class")
    };
    let texts = dom.elements().filter(|(_, element)| element.name() != "meta" && marked(element));
    let mut texts =
        texts.map(|(id, _)| collapse(&spaced_text(dom, id))).filter(|text| !text.is_empty() && text.len() <= LONGEST);
    // The first byline is the article's, later ones are those of teasers and comments.
    texts.next().into_iter().collect()
}

/// The text inside `id`, with a line's end between its pieces.
fn spaced_text(dom: &Dom<'_>, id: usize) -> String {
    let texts: Vec<&str> =
        (id..dom.end(id)).filter_map(|id| dom.text(id)).map(str::trim).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

/// The persons among the names of bylines, each once.
pub(super) fn persons(bylines: &[String], outlet: Option<&str>) -> Vec<String> {
    let outlet = outlet.map(fold_name);
    let mut persons: Vec<String> = Vec::new();
    for name in bylines.iter().flat_map(|byline| split(byline)) {
        let folded = fold_name(&name);
        let known = persons.iter().any(|person| fold_name(person) == folded);
        if !known && is_person(&name) && outlet.as_deref() != Some(folded.as_str()) && persons.len() < MOST {
            persons.push(name);
        }
    }
    persons
}

/// The names of one byline.
fn split(byline: &str) -> Vec<String> {
    let byline = byline.split(['(', '[']).next().unwrap_or("").trim();
    let byline = without_introduction(byline);
    let mut names = Vec::new();
    for part in byline.split([',', ';', '|', '/', '•', '·', '–', '—', '\u{2022}']) {
        let mut name: Vec<&str> = Vec::new();
        for word in part.split_whitespace() {
            if WORDS.joints.iter().any(|joint| joint == word) {
                names.push(name.join(" "));
                name.clear();
            } else {
                name.push(word);
            }
        }
        names.push(name.join(" "));
    }
    names.iter().map(|name| spelled(without_introduction(name.trim()))).filter(|name| !name.is_empty()).collect()
}

fn without_introduction(text: &str) -> &str {
    let lower = text.to_lowercase();
    let length = |word: &String| {
        let rest = lower.strip_prefix(word.as_str())?;
        let ends = word.ends_with(':') || rest.starts_with([' ', ':', '\u{a0}']);
        // Lower case may change lengths; then nothing is cut.
        (ends && text.is_char_boundary(word.len()) && lower.len() == text.len()).then_some(word.len())
    };
    let longest = WORDS.introductions.iter().filter_map(length).max().unwrap_or(0);
    text[longest..].trim_start_matches([':', ' ', '-']).trim()
}

/// A name in capitals as it is written elsewhere.
fn spelled(name: &str) -> String {
    let capitals = name.chars().filter(|letter| letter.is_alphabetic()).all(char::is_uppercase);
    if !capitals || name.chars().filter(|letter| letter.is_alphabetic()).count() < 6 {
        return name.to_owned();
    }
    let mut spelled = String::with_capacity(name.len());
    let mut inside = false;
    for letter in name.chars() {
        if inside {
            spelled.extend(letter.to_lowercase());
        } else {
            spelled.push(letter);
        }
        inside = letter.is_alphabetic();
    }
    spelled
}

/// Whether a text looks like somebody's name.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let lower = name.to_lowercase();
    let desk = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .any(|word| WORDS.desks.iter().any(|desk| desk == word));
    let lettered = name.chars().filter(|letter| letter.is_alphabetic()).count() >= 3;
    let begins_large =
        |word: &&str| word.chars().find(|letter| letter.is_alphabetic()).is_none_or(|letter| !letter.is_lowercase());
    let latin = name.is_ascii() || name.chars().any(char::is_lowercase);
    (2..=6).contains(&words.len().max(if latin { 1 } else { 2 }))
        && lettered
        && !desk
        && !name.contains(['@', '!', '?', '#', '='])
        && !name.contains("://")
        && !lower.contains("www.")
        && !name.bytes().any(|byte| byte.is_ascii_digit())
        && words.iter().filter(|word| begins_large(word)).count() * 2 >= words.len()
        && words.first().is_some_and(begins_large)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    introductions: Vec<String>,
    joints: Vec<String>,
    desks: Vec<String>,
}

#[expect(clippy::expect_used, reason = "the embedded table is checked by the tests of this file")]
static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/byline_words.toml")).expect("the table is TOML"));

#[cfg(test)]
mod tests {
    use super::*;

    fn persons_of(byline: &str) -> Vec<String> {
        persons(&[byline.to_owned()], Some("The Velmar Courier"))
    }

    #[test]
    fn a_byline_gives_its_persons() {
        assert_eq!(persons_of("By Nadia Ferrol and Teodor Ashby"), ["Nadia Ferrol", "Teodor Ashby"]);
        assert_eq!(persons_of("Von NADIA FERROL, Velmar Courier Staff"), ["Nadia Ferrol"]);
        assert_eq!(persons_of("Oskar Lindqvist-Ray (Tarnhaven)"), ["Oskar Lindqvist-Ray"]);
    }

    #[test]
    fn a_desk_is_nobody() {
        for byline in [
            "By Courier staff",
            "The Velmar Courier",
            "newsdesk@velmarcourier.example",
            "Foreign Desk",
            "https://x.example/a",
        ] {
            assert!(persons_of(byline).is_empty(), "{byline}");
        }
    }

    #[test]
    fn an_organisation_is_no_author() {
        let html = scraper::Html::parse_document(
            r#"<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Organization","name":"Amber Bank"},{"@type":"Person","name":"Samira Holt"}]}</script>"#,
        );
        let dom = Dom::new(&html);

        assert_eq!(authors(&dom, &Declared::read(&dom), None), ["Samira Holt"]);
    }
}
