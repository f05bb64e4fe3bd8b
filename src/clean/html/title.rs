//! The headline, without the outlet's name.
//!
//! Pages state it up to four times: in the `h1`, for social networks, for search engines and in the
//! title element. The `h1` is what readers see; the others say which `h1` is the headline.

use std::collections::HashSet;

use scraper::node::Element;

use super::declared::Declared;
use super::dom::{Dom, Id, attr};
use super::lines::Lines;
use crate::clean::letters::collapse;
use crate::model::{Disagreement, Reason, Why, fold_name, outlet_key};

/// What stands between a headline and the outlet's name.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " > ", " ~ ", " || "];
/// A longer heading is a paragraph.
const LONGEST: usize = 400;
/// Markup in a statement, in bytes, that is still read; it may nest as deeply as it is long.
const LONGEST_MARKUP: usize = 4096;

/// The headline and the place where it stands, if the page has one.
pub(super) type Headline = (String, &'static str);

/// Why `title` is the headline, and what the page calls itself elsewhere in other words.
pub(super) fn reasons(
    dom: &Dom<'_>,
    declared: &Declared,
    headline: Option<&Headline>,
    outlet: Option<&str>,
) -> (Option<Reason>, Vec<Disagreement>) {
    let Some((title, place)) = headline else { return (None, Vec::new()) };
    let headings = [title.clone()];
    let mut others: Vec<Disagreement> = Vec::new();
    for (tag, text) in stated_titles(dom, declared) {
        let text = without_outlet(&text, outlet, &headings);
        let known = |other: &Disagreement| fold_name(&other.value) == fold_name(&text);
        if likeness(title, &text) < ALIKE && likeness(&text, title) < ALIKE && !others.iter().any(known) {
            let why = Why::new("other-title", format!("`{tag}` words it differently; readers see another headline"));
            others.push(Disagreement::new("title", text, why));
        }
    }
    (Some(Reason::new("title", super::facts::stated("headline", place, title))), others)
}

/// Chooses it.
pub(super) fn title(dom: &Dom<'_>, declared: &Declared, lines: &Lines, outlet: Option<&str>) -> Option<Headline> {
    let all = stated_titles(dom, declared);
    let stated: Vec<&String> = all.iter().map(|(_, title)| title).collect();
    let mut headings = headings(dom, lines);
    // A masthead is set as a heading too; it is the headline of no article but a home page.
    let outlet_key_of = outlet.map(outlet_key);
    let is_outlet = |heading: &String| outlet_key_of.as_ref().is_some_and(|outlet| *outlet == outlet_key(heading));
    if !headings.iter().all(is_outlet) {
        headings.retain(|heading| !is_outlet(heading));
    }
    let folded: Vec<String> = stated.iter().map(|title| fold_name(title)).collect();
    let words: Vec<HashSet<&str>> = folded.iter().map(|title| title.split(' ').collect()).collect();
    let most_alike = |heading: &str| {
        let heading = fold_name(heading);
        words.iter().map(|title| shared_words(&heading, title)).max().unwrap_or(0)
    };
    let best = headings
        .iter()
        .enumerate()
        .map(|(at, heading)| (most_alike(heading), at, heading))
        .max_by_key(|(likeness, at, _)| (*likeness, std::cmp::Reverse(*at)));
    match best {
        Some((likeness, _, heading)) if likeness >= ALIKE || stated.is_empty() => {
            Some((cased(heading.clone(), &stated), "heading"))
        }
        // A lone h1 that nothing confirms is the outlet's name as often as not, unless it is a sentence long:
        // then the others are written for search engines.
        _ => lone_headline(dom, lines, &headings).map(|heading| (heading, "h1")).or_else(|| {
            let stated = all.first().map(|(tag, title)| (without_outlet(title, outlet, &headings), *tag));
            stated.or_else(|| headings.first().map(|heading| (heading.clone(), "heading")))
        }),
    }
}

/// Share of words, in percent, from which two titles say the same.
const ALIKE: usize = 60;
/// A headline that nothing confirms has so many words.
const FEWEST_WORDS: usize = 4;

/// The one top heading of the page, where it is long enough to be nothing but a headline.
fn lone_headline(dom: &Dom<'_>, lines: &Lines, headings: &[String]) -> Option<String> {
    let own = texts_of(dom, lines, "h1");
    let [only] = own.as_slice() else { return None };
    (headings.contains(only) && only.split_whitespace().count() >= FEWEST_WORDS).then(|| only.clone())
}

/// The page's titles for machines, the most carefully written first.
fn stated_titles(dom: &Dom<'_>, declared: &Declared) -> Vec<(&'static str, String)> {
    let element = dom.elements().find(|(_, element)| element.name() == "title").map(|(id, _)| dom.raw_text(id));
    let mut titles: Vec<(&'static str, String)> =
        declared.stated("headline").into_iter().map(|title| ("JSON-LD headline", plain(title))).collect();
    for tag in ["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title"] {
        titles.extend(declared.meta_named(tag).map(|title| (tag, plain(title))));
    }
    titles.extend(element.map(|title| ("title element", collapse(&title))));
    titles.retain(|(_, title)| !title.is_empty() && title.len() <= LONGEST);
    titles
}

/// Without markup, which statements sometimes carry, and with its entities read.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) || text.len() > LONGEST_MARKUP {
        return collapse(text);
    }
    let fragment = scraper::Html::parse_fragment(text);
    collapse(&Dom::new(&fragment).raw_text(0))
}

/// The texts of the top headings that are no furniture.
fn headings(dom: &Dom<'_>, lines: &Lines) -> Vec<String> {
    let mut headings = texts_of(dom, lines, "h1");
    headings.extend(texts_of(dom, lines, "h2"));
    if headings.is_empty() {
        headings = texts_of(dom, lines, "h3");
    }
    headings
}

/// The texts of the headings of one rank that are no furniture, labels and hidden words in them left out.
fn texts_of(dom: &Dom<'_>, lines: &Lines, tag: &str) -> Vec<String> {
    let furniture = |id| lines.slice(lines.of(dom, id)).iter().all(|line| line.furniture == Some("navigation"));
    dom.elements()
        .filter(|(id, element)| element.name() == tag && !furniture(*id) && !leads_home(dom, *id))
        .map(|(id, _)| heading_text(dom, id))
        .filter(|text| text.chars().filter(|letter| letter.is_alphanumeric()).count() > 1 && text.len() <= LONGEST)
        .take(40)
        .collect()
}

/// Whether a heading is a link to the front page: the site's own name.
fn leads_home(dom: &Dom<'_>, id: Id) -> bool {
    let links = (id..dom.end(id)).chain(dom.ancestors(id)).filter(|id| dom.tag(*id) == "a");
    let mut addresses = links.filter_map(|id| attr(dom.element(id)?, "href")).map(str::trim);
    addresses.any(|address| {
        let path = address.split_once("://").map_or(address, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
        !address.is_empty() && matches!(path, "/" | "index.html" | "/index.html")
    })
}

/// A heading as readers take it: without the kicker that is set apart in it, and without hidden words.
fn heading_text(dom: &Dom<'_>, id: Id) -> String {
    let mut text = String::new();
    let mut at = id + 1;
    while at < dom.end(id) {
        if let Some(piece) = dom.text(at) {
            text.push_str(piece);
        } else if dom.element(at).is_some_and(is_set_apart) && dom.text_length(at) * 2 < dom.text_length(id) {
            text.push(' ');
            at = dom.end(at);
            continue;
        } else if matches!(dom.tag(at), "br" | "div" | "p") {
            text.push(' ');
        }
        at += 1;
    }
    collapse(&text)
}

/// Whether an element within a heading is a label of its own, or is not shown.
fn is_set_apart(element: &Element) -> bool {
    let class = attr(element, "class").unwrap_or("").to_ascii_lowercase();
    let hidden = attr(element, "hidden").is_some() || attr(element, "aria-hidden") == Some("true");
    let names = [
        "kicker",
        "eyebrow",
        "label",
        "badge",
        "hidden",
        "sr-only",
        "screen-reader",
        "flag",
        "tag",
        "overline",
        "prefix",
        "rubric",
        "intro",
        "category",
        "section",
        "dachzeile",
        "surtitle",
        "topline",
        "icon",
        "vignette",
    ];
    hidden || names.iter().any(|name| class.contains(name))
}

/// Capitals for show, where a statement has the same words in ordinary letters.
fn cased(text: String, stated: &[&String]) -> String {
    let capitals = |text: &str| {
        let letters = || text.chars().filter(|letter| letter.is_alphabetic());
        letters().count() > 8 && !letters().any(char::is_lowercase)
    };
    if !capitals(&text) {
        return text;
    }
    let folded = fold_name(&text);
    let ordinary = stated.iter().find_map(|title| {
        let found = fold_name(title) == folded && !capitals(title);
        found.then(|| (*title).clone())
    });
    ordinary.unwrap_or(text)
}

/// How much of the heading's words a stated title has, in percent.
fn likeness(heading: &str, title: &str) -> usize {
    shared_words(&fold_name(heading), &fold_name(title).split(' ').collect())
}

/// How many of a folded heading's words are among those of a title, in percent.
fn shared_words(heading: &str, title: &HashSet<&str>) -> usize {
    let words: Vec<&str> = heading.split(' ').filter(|word| !word.is_empty()).collect();
    let shared = words.iter().filter(|word| title.contains(*word)).count();
    let brief = words.len() * 3 < title.len();
    if words.is_empty() || brief { 0 } else { shared * 100 / words.len() }
}

/// `title` without the outlet's name, and what may stand around it, at either end.
pub(super) fn without_outlet(title: &str, outlet: Option<&str>, headings: &[String]) -> String {
    let mut title = title.trim();
    let names = outlet.map(fold_name).unwrap_or_default();
    let is_outlet = |part: &str| {
        let part = fold_name(part);
        !part.is_empty()
            && !names.is_empty()
            && (part == names
                || part.replace(' ', "") == names.replace(' ', "")
                || names.starts_with(&part)
                || part.starts_with(&names))
    };
    for _ in 0..3 {
        if headings.iter().any(|heading| fold_name(heading) == fold_name(title)) {
            break;
        }
        let last = SEPARATORS.iter().filter_map(|separator| Some((title.rfind(separator)?, separator.len()))).max();
        let first = SEPARATORS.iter().filter_map(|separator| Some((title.find(separator)?, separator.len()))).min();
        let shorter = match (first, last) {
            (_, Some((at, length))) if is_outlet(&title[at + length..]) => &title[..at],
            (Some((at, length)), _) if is_outlet(&title[..at]) => &title[at + length..],
            _ if title.split_once(": ").is_some_and(|(site, rest)| is_outlet(site) && !rest.is_empty()) => {
                title.split_once(": ").map_or(title, |(_, rest)| rest)
            }
            // A bar stands between titles and sites, hardly ever within a title.
            (_, Some((at, length))) if title[at..at + length].contains('|') && at * 2 > title.len() => &title[..at],
            _ => break,
        };
        title = shorter.trim();
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title_of(html: &str) -> Option<String> {
        let html = scraper::Html::parse_document(html);
        let dom = Dom::new(&html);
        title(&dom, &Declared::read(&dom), &Lines::read(&dom), Some("The Velmar Courier")).map(|headline| headline.0)
    }

    #[test]
    fn the_heading_that_the_page_repeats_is_the_headline() {
        let html = "<title>Rail reaches Kesh | The Velmar Courier</title><h1>The Velmar Courier</h1><h1>Rail reaches Kesh</h1>";

        assert_eq!(title_of(html).as_deref(), Some("Rail reaches Kesh"));
    }

    #[test]
    fn without_a_heading_the_outlet_is_cut_off() {
        for title in
            ["Rail reaches Kesh - The Velmar Courier", "Velmar Courier | Rail reaches Kesh | The Velmar Courier"]
        {
            assert_eq!(
                without_outlet(title, Some("The Velmar Courier"), &[]).rsplit(" | ").next(),
                Some("Rail reaches Kesh"),
                "{title}"
            );
        }
        assert_eq!(
            without_outlet("Water – a summit's theme", Some("The Velmar Courier"), &[]),
            "Water – a summit's theme"
        );
    }
}
