//! The outlet's section in which an article stands: as it is stated, by the page's path, by a label.

use std::ops::Range;

use super::declared::Declared;
use super::dom::{Dom, Id, attr};
use super::lines::Lines;
use super::names;
use super::remembered::Remembered;
use super::title::plain;
use crate::clean::letters::collapse;
use crate::model::{Evidence, Reason, Why, fold_name, outlet_key};

/// A longer name is a headline.
const LONGEST: usize = 50;
/// Links of a path that lead to no section.
const HOMES: [&str; 16] = [
    "home",
    "homepage",
    "start",
    "startseite",
    "front page",
    "accueil",
    "inicio",
    "portada",
    "início",
    "главная",
    "首页",
    "الرئيسية",
    "home page",
    "ana sayfa",
    "anasayfa",
    "news home",
];

/// Meta tags that name a section, the most carefully written first.
const TAGS: [&str; 10] = [
    "article:section",
    "parsely-section",
    "articlesection",
    "section",
    "cxenseparse:section",
    "cxenseparse:recs:category",
    "dcsext.contentchannel",
    "sailthru.section",
    "category",
    "og:section",
];

/// What is known of a page when its section is asked for.
pub(super) struct About<'p> {
    /// The headline.
    pub(super) title: Option<&'p str>,
    /// The outlet's name.
    pub(super) outlet: Option<&'p str>,
    /// The headline's line.
    pub(super) line: Option<usize>,
    /// The body's lines.
    pub(super) body: Range<usize>,
}

/// The section, with its reason.
pub(super) fn section(
    dom: &Dom<'_>,
    declared: &Declared,
    lines: &Lines,
    about: &About<'_>,
) -> Option<(String, Reason)> {
    let fits = |name: &String| is_section(name, about);
    let found = |rule: &'static str, text: &'static str, tag: &'static str, name: String| {
        let why = Why::new(rule, text).with(Evidence::outside(tag, name.clone()));
        (name, Reason::new("section", why))
    };
    let stated = declared.stated("articleSection").map(plain).filter(fits);
    if let Some(name) = stated {
        return Some(found("section-stated", "the page states it for machines", "json-ld articleSection", name));
    }
    let meta = TAGS.into_iter().find_map(|tag| {
        let list = [tag];
        let name = declared.meta(&list).map(|(_, name)| plain(name)).find(fits);
        name.map(|name| (tag, name))
    });
    if let Some((tag, name)) = meta {
        return Some(found("section-meta", "a meta tag states it", tag, name));
    }
    let path = declared.breadcrumbs().into_iter().rev().find(fits);
    if let Some(name) = path {
        return Some(found("section-path", "the page's path states it", "json-ld breadcrumb", name));
    }
    let path = of_breadcrumbs(dom).into_iter().rev().find(fits);
    if let Some(name) = path {
        return Some(found("section-path", "the page's path shows it", "breadcrumbs", name));
    }
    let label = of_label(dom, lines, about.line).into_iter().find(fits);
    label.map(|name| found("section-label", "a label above the headline names it", "label", name))
}

fn is_section(name: &str, about: &About<'_>) -> bool {
    let folded = fold_name(name);
    let same = |other: Option<&str>| other.is_some_and(|other| outlet_key(other) == outlet_key(name));
    !folded.is_empty()
        && name.len() <= LONGEST
        && name.chars().any(char::is_alphabetic)
        && !HOMES.contains(&folded.as_str())
        && !same(about.title)
        && !same(about.outlet)
        && !name.contains("://")
        // A path through an archive leads by days.
        && !name.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() == 4)
}

thread_local! {
    static PATHS: Remembered<bool> = Remembered::new(names_path);
    static LABELLED: Remembered<bool> = Remembered::new(|label| label.to_lowercase().contains("breadcrumb"));
}

/// Whether a class or id names the way from the front page.
fn names_path(value: &str) -> bool {
    value.split_ascii_whitespace().take(24).any(|name| {
        let words = names::words(name);
        ["-breadcrumb-", "-breadcrumbs-", "-crumbs-", "-path-", "-crumb-"].iter().any(|name| words.contains(name))
    })
}

/// The links of the page's path, outermost first.
fn of_breadcrumbs(dom: &Dom<'_>) -> Vec<String> {
    let is_path = |element: &scraper::node::Element| {
        let named = ["class", "id"].iter().filter_map(|key| attr(element, key)).any(|name| PATHS.with(|p| p.of(name)));
        let labels = ["aria-label", "aria-labelledby"];
        named || labels.iter().filter_map(|key| attr(element, key)).any(|label| LABELLED.with(|l| l.of(label)))
    };
    let Some((path, _)) = dom.elements().find(|(id, element)| is_path(element) && dom.text_length(*id) < 300) else {
        return Vec::new();
    };
    let links = (path..dom.end(path)).filter(|id| dom.tag(*id) == "a");
    links.map(|id| collapse(&dom.raw_text(id))).filter(|text| !text.is_empty()).collect()
}

/// Labels beside the headline that are named as a section, and links marked as a category.
fn of_label(dom: &Dom<'_>, lines: &Lines, title: Option<usize>) -> Vec<String> {
    const NAMES: [&str; 17] = [
        "-kicker-",
        "-eyebrow-",
        "-section-",
        "-category-",
        "-rubric-",
        "-rubrik-",
        "-channel-",
        "-topic-",
        "-label-",
        "-tag-",
        "-surtitre-",
        "-overline-",
        "-ressort-",
        "-cat-",
        "-antetitulo-",
        "-occhiello-",
        "-dachzeile-",
    ];
    let named = |element: &scraper::node::Element| {
        attr(element, "class").is_some_and(|class| {
            class.split_ascii_whitespace().take(24).any(|name| {
                let words = names::words(name);
                NAMES.iter().any(|label| words.contains(label))
            })
        })
    };
    let node = |line: usize| lines.all.get(line).map(|line| line.node);
    let Some(at) = title else { return Vec::new() };
    let from = node(at.saturating_sub(4)).unwrap_or(0).saturating_sub(3);
    let end = node(at + 1).unwrap_or(dom.len());
    let text = |id: Id| collapse(&dom.raw_text(id));
    let beside = (from..end).filter(|id| dom.element(*id).is_some_and(named) && dom.text_length(*id) <= LONGEST);
    let mut labels: Vec<String> = beside.map(text).filter(|label| !label.is_empty()).collect();
    let marked = |element: &scraper::node::Element| {
        attr(element, "rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel == "category"))
    };
    labels.extend(dom.elements().filter(|(_, element)| marked(element)).map(|(id, _)| text(id)).take(1));
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section_of(html: &str) -> Option<String> {
        let html = scraper::Html::parse_document(html);
        let dom = Dom::new(&html);
        let about =
            About { title: Some("Rail reaches Kesh"), outlet: Some("The Velmar Courier"), line: None, body: 0..0 };
        section(&dom, &Declared::read(&dom), &Lines::read(&dom), &about).map(|(name, _)| name)
    }

    #[test]
    fn a_path_names_the_section_before_the_headline() {
        let html =
            "<ol class=breadcrumb><li><a href=/>Home</a><li><a href=/b>Business</a><li><a>Rail reaches Kesh</a></ol>";

        assert_eq!(section_of(html).as_deref(), Some("Business"));
        assert_eq!(section_of("<nav><a href=/>Business</a></nav>"), None);
    }
}
