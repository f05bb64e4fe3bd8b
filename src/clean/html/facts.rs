//! What a page states beside headline, byline and dates: section, keywords, price, credit; each with its tag.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::declared::{Declared, text_of};
use super::dom::{Dom, attr};
use super::lines::{Line, Lines};
use super::remembered::Remembered;
use super::section;
use super::title::plain;
use crate::clean::agency;
use crate::model::{Evidence, Metadata, Reason, Why};

/// More keywords than these are stuffing.
const MOST_KEYWORDS: usize = 40;

/// Reads them all.
pub(super) fn read(dom: &Dom<'_>, declared: &Declared, lines: &Lines, about: &section::About<'_>) -> Metadata {
    let mut metadata = Metadata::default();
    if let Some((section, reason)) = section::section(dom, declared, lines, about) {
        metadata.section = Some(section);
        metadata.because(reason);
    }
    if let Some((keywords, why)) = keywords(declared) {
        metadata.keywords = keywords;
        metadata.because(Reason::new("keywords", why));
    }
    if let Some((paywalled, why)) = paywalled(dom, declared).or_else(|| wall_in_words(lines)) {
        metadata.paywalled = Some(paywalled);
        metadata.because(Reason::new("paywalled", why));
    }
    if let Some((agency, why)) = syndication(declared).or_else(|| credit_in_lines(lines, about)) {
        metadata.syndication = Some(agency);
        metadata.because(Reason::new("syndication", why));
    }
    metadata
}

/// The reason that a tag states something.
pub(super) fn stated(rule: &'static str, tag: &str, text: &str) -> Why {
    let text: String = text.chars().take(160).collect();
    Why::new(rule, format!("the page states it in `{tag}`")).with(Evidence::outside("stated", text))
}

fn keywords(declared: &Declared) -> Option<(Vec<String>, Why)> {
    let split = |text: &str| -> Vec<String> {
        text.split([',', ';', '，', '、', '،'])
            .map(plain)
            .filter(|keyword| !keyword.is_empty())
            .take(MOST_KEYWORDS)
            .collect()
    };
    let tag = |name: &'static str| {
        let all: Vec<&str> = declared.meta_named(name).collect();
        (!all.is_empty()).then(|| (name, all.join(", ")))
    };
    let meta = ["news_keywords", "keywords", "parsely-tags", "sailthru.tags", "article:tag", "dc.subject"]
        .into_iter()
        .find_map(tag)
        .map(|(name, text)| (split(&text), stated("keywords-stated", &format!("meta {name}"), &text)));
    let statement = || {
        let value = declared.articles.iter().find_map(|article| article.get("keywords"))?;
        let words: Vec<String> = match value {
            Value::Array(list) => list.iter().filter_map(text_of).map(plain).take(MOST_KEYWORDS).collect(),
            value => split(text_of(value)?),
        };
        let why = stated("keywords-stated", "JSON-LD keywords", &words.join(", "));
        Some((words, why))
    };
    meta.or_else(statement).filter(|(words, _)| !words.is_empty())
}

thread_local! {
    static WALL: Remembered<bool> = Remembered::new(names_wall);
}

/// Whether a class or id names what asks for a subscription.
fn names_wall(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["paywall", "regwall", "upgrade-cta", "subscriber-only", "premium-content", "piano-offer", "meteredcontent"]
        .iter()
        .any(|wall| name.contains(wall))
}

fn paywalled(dom: &Dom<'_>, declared: &Declared) -> Option<(bool, Why)> {
    let free = declared.articles.iter().find_map(|article| match article.get("isAccessibleForFree")? {
        Value::Bool(free) => Some(*free),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "http://schema.org/true" | "https://schema.org/true" => Some(true),
            "false" | "no" | "http://schema.org/false" | "https://schema.org/false" => Some(false),
            _ => None,
        },
        _ => None,
    });
    if let Some(free) = free {
        return Some((!free, stated("price-stated", "isAccessibleForFree", if free { "true" } else { "false" })));
    }
    let tiers =
        ["article:content_tier", "content_tier", "article.content_tier", "access", "paywall", "cxenseparse:paywall"];
    let tier = declared.meta(&tiers).find_map(|(tag, text)| {
        let paid = match text.to_ascii_lowercase().as_str() {
            "free" | "open" | "none" | "false" | "no" | "public" => false,
            "metered" | "locked" | "paid" | "premium" | "subscriber" | "subscribers" | "true" | "yes" | "hard" => true,
            _ => return None,
        };
        Some((paid, stated("price-stated", &format!("meta {tag}"), text)))
    });
    tier.or_else(|| {
        let mut names = dom.elements().flat_map(|(id, element)| {
            ["class", "id"].into_iter().filter_map(move |key| Some((id, attr(element, key)?)))
        });
        let (id, name) = names.find(|(_, name)| WALL.with(|wall| wall.of(name)))?;
        // A wall that stands ready, with nothing in it, is for another reader.
        (dom.text_length(id) >= 20 && !matches!(dom.tag(id), "html" | "body" | "script")).then(|| {
            let why = Why::new("price-asked", "an element asks for a subscription");
            (true, why.with(Evidence::outside("element", name.to_owned())))
        })
    })
}

/// A longer line, in bytes, asks for no subscription.
const LONGEST_WALL: usize = 240;

/// A line that stops those who have not paid.
fn wall_in_words(lines: &Lines) -> Option<(bool, Why)> {
    let phrases = WALLS.as_ref()?;
    let wall = lines.all.iter().find(|line| line.text.len() <= LONGEST_WALL && phrases.is_match(&line.text))?;
    let why = Why::new("price-asked", "the page stops for those who have not paid");
    Some((true, why.with(Evidence::outside("text", wall.text.clone()))))
}

/// The phrases of `data/paywall_phrases.txt`, whichever apostrophe is typed.
static WALLS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/paywall_phrases.txt").lines();
    let phrases = lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let phrases: Vec<String> = phrases.map(|phrase| regex::escape(phrase).replace('\'', "['’]")).collect();
    Regex::new(&format!("(?i){}", phrases.join("|"))).ok()
});

/// Lines above the headline in which a credit may stand.
const CREDIT_ABOVE: usize = 2;
/// Lines below it in which one may.
const CREDIT_BELOW: usize = 10;
/// Lines past the body in which one may.
const CREDIT_AFTER: usize = 4;

/// The agency that a line beside the headline or at the body's end credits.
fn credit_in_lines(lines: &Lines, about: &section::About<'_>) -> Option<(String, Why)> {
    let (body, all) = (&about.body, lines.all.len());
    let at = about.line.unwrap_or(body.start);
    let head = at.saturating_sub(CREDIT_ABOVE)..(at + CREDIT_BELOW).min(body.start.max(at + 1) + 3).min(all);
    let tail = body.end.saturating_sub(3).max(body.start)..(body.end + CREDIT_AFTER).min(all);
    let short = |line: &&Line| line.prose() < 160 && !matches!(line.furniture, Some("related" | "navigation"));
    let beside =
        |line: &Line| agency::source(&line.text).or_else(|| agency::credited(&line.text).filter(|_| line.prose() == 0));
    let last = |line: &Line| {
        let lower = line.text.to_lowercase();
        let signed = ["copyright", "©", "(", "[", "—", "–"].iter().any(|sign| lower.starts_with(sign));
        agency::source(&line.text)
            .or_else(|| agency::known(&line.text).map(str::to_owned))
            .or_else(|| agency::credited(&line.text).filter(|_| signed))
    };
    let find = |range: std::ops::Range<usize>, read: &dyn Fn(&Line) -> Option<String>, text: &'static str| {
        let mut found = lines.slice(range).iter().filter(short);
        found.find_map(|line| {
            let why = Why::new("agency-credit", text).with(Evidence::outside("text", line.text.clone()));
            Some((read(line)?, why))
        })
    };
    find(head, &beside, "a line beside the headline credits it")
        .or_else(|| find(tail, &last, "a line at the end credits it"))
}

/// The agency that the page's statements credit.
fn syndication(declared: &Declared) -> Option<(String, Why)> {
    for key in ["sourceOrganization", "provider", "creditText", "isBasedOn", "author", "creator"] {
        let Some(value) = declared.articles.iter().find_map(|article| article.get(key)) else { continue };
        let values = value.as_array().map_or_else(|| vec![value], |list| list.iter().collect());
        for value in values {
            let name = declared.resolve(value).and_then(|object| object.get("name")).or(Some(value)).and_then(text_of);
            let Some(name) = name.map(plain) else { continue };
            let agency = agency::known(&name).map(str::to_owned).or_else(|| agency::credited(&name));
            if let Some(agency) = agency {
                return Some((agency, stated("agency-stated", key, &name)));
            }
        }
    }
    let mut meta = declared.meta(&[
        "author",
        "byl",
        "parsely-author",
        "article:author",
        "dc.source",
        "source",
        "syndication-source",
        "original-source",
    ]);
    meta.find_map(|(tag, text)| {
        Some((agency::credited(&plain(text))?, stated("agency-stated", &format!("meta {tag}"), text)))
    })
}
