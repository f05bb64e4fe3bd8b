//! What a page states beside headline, byline and dates: section, keywords, price, credit; each with its tag.

use serde_json::Value;

use super::declared::{Declared, text_of};
use super::dom::{Dom, attr};
use super::remembered::Remembered;
use super::title::plain;
use crate::clean::agency;
use crate::model::{Evidence, Metadata, Reason, Why, fold_name};

/// A longer name, in bytes, is no section's.
const LONGEST_SECTION: usize = 60;
/// More keywords than these are stuffing.
const MOST_KEYWORDS: usize = 40;

/// Reads them all.
pub(super) fn read(dom: &Dom<'_>, declared: &Declared, title: Option<&str>) -> Metadata {
    let mut metadata = Metadata::default();
    if let Some((section, why)) = section(dom, declared, title) {
        metadata.section = Some(section);
        metadata.because(Reason::new("section", why));
    }
    if let Some((keywords, why)) = keywords(declared) {
        metadata.keywords = keywords;
        metadata.because(Reason::new("keywords", why));
    }
    if let Some((paywalled, why)) = paywalled(dom, declared) {
        metadata.paywalled = Some(paywalled);
        metadata.because(Reason::new("paywalled", why));
    }
    if let Some((agency, why)) = syndication(declared) {
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

fn section(dom: &Dom<'_>, declared: &Declared, title: Option<&str>) -> Option<(String, Why)> {
    let names = [
        "article:section",
        "og:article:section",
        "parsely-section",
        "sailthru.section",
        "section",
        "category",
        "cxenseparse:recs:category",
        "cxenseparse:category",
    ];
    let fits = |text: &String| !text.is_empty() && text.len() <= LONGEST_SECTION;
    let meta =
        declared.meta(&names).map(|(tag, text)| (format!("meta {tag}"), plain(text))).find(|(_, text)| fits(text));
    let named = |name: &str, text: Option<String>| text.filter(fits).map(|text| (name.to_owned(), text));
    let (tag, text) = meta
        .or_else(|| named("articleSection", declared.stated("articleSection").map(plain)))
        .or_else(|| named("itemprop", marked(dom, &["articleSection", "article:section"])))
        .or_else(|| named("breadcrumb", breadcrumb(dom, declared, title)))
        .or_else(|| named("kicker", kicker_of_headline(dom)))?;
    let name = text.split([',', '|', ';']).next().unwrap_or(&text).trim().to_owned();
    let why = stated("section-stated", &tag, &text);
    Some((name, why))
}

/// The text of the first element that a property marks.
fn marked(dom: &Dom<'_>, names: &[&str]) -> Option<String> {
    let is = |value: Option<&str>| value.is_some_and(|value| names.contains(&value));
    dom.elements()
        .filter(|(_, element)| element.name() != "meta")
        .find(|(_, element)| is(attr(element, "itemprop")) || is(attr(element, "property")))
        .map(|(id, _)| plain(&dom.raw_text(id)))
}

thread_local! {
    static WAY: Remembered<bool> = Remembered::new(names_way);
    static WALL: Remembered<bool> = Remembered::new(names_wall);
}

/// Whether a class, id or label names the way from the front page.
fn names_way(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("breadcrumb") || name.split(' ').any(|word| matches!(word, "crumb" | "crumbs" | "path"))
}

/// Whether a class or id names what asks for a subscription.
fn names_wall(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["paywall", "regwall", "upgrade-cta", "subscriber-only", "premium-content", "piano-offer", "meteredcontent"]
        .iter()
        .any(|wall| name.contains(wall))
}

/// The last step of the way to the article, the article itself and the front page left out.
fn breadcrumb(dom: &Dom<'_>, declared: &Declared, title: Option<&str>) -> Option<String> {
    let mut steps = declared.breadcrumbs();
    let own = title.map(fold_name);
    if steps.last().is_some_and(|last| Some(fold_name(last)) == own) || steps.len() > 2 {
        steps.pop();
    }
    let visible = || {
        let is_way = |element| {
            ["class", "id", "aria-label"]
                .iter()
                .any(|key| attr(element, key).is_some_and(|name| WAY.with(|w| w.of(name))))
        };
        let (id, _) = dom.elements().find(|(_, element)| is_way(element))?;
        let links: Vec<String> = (id..dom.end(id))
            .filter(|id| dom.tag(*id) == "a")
            .map(|id| plain(&dom.raw_text(id)))
            .filter(|text| !text.is_empty())
            .collect();
        links.get(1..)?.last().cloned()
    };
    steps.get(1..).and_then(<[String]>::last).cloned().or_else(visible)
}

/// A label set over the headline: a short link or text with a name that says so.
fn kicker_of_headline(dom: &Dom<'_>) -> Option<String> {
    let (headline, _) = dom.elements().find(|(_, element)| element.name() == "h1")?;
    let end = dom.end(headline);
    let named = |element| {
        attr(element, "class").is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            ["kicker", "eyebrow", "section", "rubric", "rubrik", "category", "-tag", "cat-", "channel", "ressort"]
                .iter()
                .any(|name| class.contains(name))
        })
    };
    let before =
        dom.elements().filter(|(id, element)| *id < end && *id > headline.saturating_sub(60) && named(element));
    let texts = before.map(|(id, _)| plain(&dom.raw_text(id)));
    texts.filter(|text| (2..=30).contains(&text.chars().count()) && text.split(' ').count() <= 3).last()
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
