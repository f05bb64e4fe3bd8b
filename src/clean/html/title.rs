//! The headline, without the outlet's name.
//!
//! Pages state it up to four times: in the `h1`, for social networks, for search engines and in the
//! title element. The `h1` is what readers see; the others say which `h1` is the headline.

use super::declared::Declared;
use super::dom::Dom;
use super::lines::Lines;
use crate::clean::letters::collapse;
use crate::model::{fold_name, outlet_key};

/// What stands between a headline and the outlet's name.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " > ", " ~ ", " || "];
/// A longer heading is a paragraph.
const LONGEST: usize = 400;
/// Markup in a statement, in bytes, that is still read; it may nest as deeply as it is long.
const LONGEST_MARKUP: usize = 4096;

/// The headline, if the page has one.
pub(super) fn title(dom: &Dom<'_>, declared: &Declared, lines: &Lines, outlet: Option<&str>) -> Option<String> {
    let stated = stated_titles(dom, declared);
    let mut headings = headings(dom, lines);
    // A masthead is set as a heading too; it is the headline of no article but a home page.
    let is_outlet = |heading: &String| outlet.is_some_and(|outlet| outlet_key(outlet) == outlet_key(heading));
    if !headings.iter().all(is_outlet) {
        headings.retain(|heading| !is_outlet(heading));
    }
    let best = headings
        .iter()
        .map(|heading| (stated.iter().map(|title| likeness(heading, title)).max().unwrap_or(0), heading))
        .max_by_key(|(likeness, heading)| (*likeness, std::cmp::Reverse(headings.iter().position(|h| h == *heading))));
    match best {
        Some((likeness, heading)) if likeness >= 60 || stated.is_empty() => Some(heading.clone()),
        // A lone h1 that nothing confirms is the outlet's name as often as not.
        _ => stated.first().map(|title| without_outlet(title, outlet, &headings)).or_else(|| headings.first().cloned()),
    }
}

/// The page's titles for machines, the most carefully written first.
fn stated_titles(dom: &Dom<'_>, declared: &Declared) -> Vec<String> {
    let element = dom.elements().find(|(_, element)| element.name() == "title").map(|(id, _)| dom.raw_text(id));
    let meta = declared.meta(&["og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title"]);
    let mut titles: Vec<String> = declared.stated("headline").into_iter().map(plain).collect();
    titles.extend(meta.map(|(_, title)| plain(title)));
    titles.extend(element.map(|title| collapse(&title)));
    titles.retain(|title| !title.is_empty() && title.len() <= LONGEST);
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
    let furniture = |id| lines.slice(lines.of(dom, id)).iter().all(|line| line.furniture == Some("navigation"));
    let texts = |tag: &'static str| {
        dom.elements()
            .filter(move |(id, element)| element.name() == tag && !furniture(*id))
            .map(|(id, _)| collapse(&dom.raw_text(id)))
            .filter(|text| text.chars().filter(|letter| letter.is_alphanumeric()).count() > 1 && text.len() <= LONGEST)
            .take(40)
    };
    texts("h1").chain(texts("h2")).collect()
}

/// How much of the heading's words a stated title has, in percent.
fn likeness(heading: &str, title: &str) -> usize {
    let (heading, title) = (fold_name(heading), fold_name(title));
    let words: Vec<&str> = heading.split(' ').filter(|word| !word.is_empty()).collect();
    let title_words: std::collections::HashSet<&str> = title.split(' ').collect();
    let shared = words.iter().filter(|word| title_words.contains(*word)).count();
    let brief = words.len() * 3 < title_words.len();
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
        title(&dom, &Declared::read(&dom), &Lines::read(&dom), Some("The Velmar Courier"))
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
