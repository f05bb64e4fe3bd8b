//! Who wrote the article, by what the page states: JSON-LD, the byline that readers see, meta tags.
//!
//! Bylines are texts, read by [`persons`](super::persons). A statement that names nobody (a desk, the outlet,
//! an agency) leaves the word to the next.

use scraper::node::Element;
use serde_json::Value;

use super::declared::{Declared, text_of};
use super::dom::{Dom, Id, attr};
use super::facts::stated;
use super::lines::Lines;
use super::persons::{MOST, is_introduced, persons};
use super::remembered::Remembered;
use super::title::plain;
use crate::model::{Disagreement, Evidence, Reason, Why, fold_name};

/// A longer text, in bytes, is no byline.
const LONGEST: usize = 200;
/// Lines after the headline among which a byline without a name of its own stands.
const NEAR: usize = 10;
/// The same where there is no headline, from the page's top.
const NEAR_TOP: usize = 30;
/// Marked elements that are tried.
const MOST_TRIED: usize = 12;

const TAGS: &[&str] = &[
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
];

/// The authors, why, and who is named elsewhere instead.
#[derive(Default)]
pub(super) struct Authors {
    pub(super) names: Vec<String>,
    pub(super) reason: Option<Reason>,
    pub(super) disagreements: Vec<Disagreement>,
}

/// The persons that the page names as its authors: by JSON-LD, else by a byline, else by meta tags.
pub(super) fn authors(
    dom: &Dom<'_>,
    declared: &Declared,
    lines: &Lines,
    title: Option<&str>,
    outlet: Option<&str>,
) -> Authors {
    let headline = headline(dom, title);
    let meta: Vec<String> = TAGS
        .iter()
        .map(|tag| declared.meta(std::slice::from_ref(tag)).map(|(_, name)| plain(name)).collect::<Vec<_>>())
        .find(|names| !persons(names, outlet).is_empty())
        .unwrap_or_default();
    let sources = [
        ("JSON-LD author", statement(declared)),
        ("byline", byline(dom, headline, outlet)),
        ("byline near the headline", line_near_headline(dom, headline, lines).into_iter().collect()),
        ("meta author", meta),
    ];
    let mut found = sources.into_iter().map(|(place, texts)| (place, persons(&texts, outlet), texts.join("; ")));
    let Some((place, names, text)) = found.find(|(_, names, _)| !names.is_empty()) else { return Authors::default() };
    let same = |others: &[String]| {
        let folded = |names: &[String]| {
            let mut folded: Vec<String> = names.iter().map(|name| fold_name(name)).collect();
            folded.sort_unstable();
            folded
        };
        folded(others) == folded(&names)
    };
    let disagreements = found
        .filter(|(_, others, _)| !others.is_empty() && !same(others))
        .map(|(other, others, text)| {
            let why = Why::new("other-authors", format!("`{other}` names others; `{place}` goes before it"));
            Disagreement::new("authors", others.join("; "), why.with(Evidence::outside("stated", short(&text))))
        })
        .collect();
    let reason = Reason::new("authors", stated("authors-stated", place, &text));
    Authors { names, reason: Some(reason), disagreements }
}

/// The top heading that repeats the title, or else the first.
fn headline(dom: &Dom<'_>, title: Option<&str>) -> Option<Id> {
    let tops: Vec<Id> = dom
        .elements()
        .filter(|(id, element)| element.name() == "h1" && (1..500).contains(&dom.text_length(*id)))
        .map(|(id, _)| id)
        .take(40)
        .collect();
    let title = title.map(fold_name).unwrap_or_default();
    let repeats = |id: &&Id| fold_name(&dom.raw_text(**id)).contains(&title);
    tops.iter().find(repeats).or(tops.first()).copied()
}

fn short(text: &str) -> String {
    text.chars().take(160).collect()
}

/// Authors by JSON-LD, organisations left out.
fn statement(declared: &Declared) -> Vec<String> {
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

/// The text of the first element that is marked as naming the author and names somebody; those after the
/// headline first.
fn byline(dom: &Dom<'_>, headline: Option<Id>, outlet: Option<&str>) -> Vec<String> {
    let marked: Vec<Id> = dom
        .elements()
        .filter(|(_, element)| element.name() != "meta" && is_marked(element))
        .map(|(id, _)| id)
        .collect();
    let (before, after): (Vec<Id>, Vec<Id>) = marked.into_iter().partition(|id| headline.is_some_and(|h| *id < h));
    for id in after.into_iter().take(MOST_TRIED).chain(before.into_iter().take(MOST_TRIED)) {
        for id in [widened(dom, id), id] {
            let text = spaced_text(dom, id);
            if !text.is_empty() && text.len() <= LONGEST && !persons(std::slice::from_ref(&text), outlet).is_empty() {
                return vec![text];
            }
        }
    }
    Vec::new()
}

/// Whether an element says that it names the author: by a property, a class, or where it leads.
fn is_marked(element: &Element) -> bool {
    let is = |key: &str| {
        let author = |value: &str| matches!(value, "author" | "schema:author" | "dc:creator");
        attr(element, key).is_some_and(|value| value.split_ascii_whitespace().any(author))
    };
    let leads = || {
        let href = attr(element, "href").filter(|_| element.name() == "a").unwrap_or("");
        let segments = href.split('/').filter(|segment| !segment.is_empty() && !segment.contains(':'));
        segments.count() >= 2 && href.split('/').any(|segment| AUTHORS_PAGES.contains(&segment))
    };
    is("rel")
        || is("itemprop")
        || is("property")
        || attr(element, "class").is_some_and(|class| AUTHOR.with(|known| known.of(class)))
        || leads()
}

/// Parts of an address below which authors have their pages.
const AUTHORS_PAGES: &[&str] =
    &["author", "authors", "autor", "autores", "autoren", "auteur", "auteurs", "contributors"];

thread_local! {
    static AUTHOR: Remembered<bool> = Remembered::new(names_author);
}

/// Whether a class names an author's line, and not his picture or biography.
fn names_author(class: &str) -> bool {
    let lower = class.to_ascii_lowercase();
    let words = || lower.split(|letter: char| !letter.is_ascii_alphanumeric());
    let author = |word: &str| {
        matches!(
            word,
            "by" | "authors"
                | "autor"
                | "autoren"
                | "auteur"
                | "auteurs"
                | "writer"
                | "vcard"
                | "reporter"
                | "journalist"
        ) || ["author", "authorname", "contributorname", "contributor"].iter().any(|name| word.ends_with(name))
            || word.contains("byline")
    };
    let other = |word: &str| {
        matches!(
            word,
            "bio"
                | "biography"
                | "box"
                | "about"
                | "avatar"
                | "image"
                | "img"
                | "photo"
                | "picture"
                | "related"
                | "social"
                | "follow"
                | "comment"
                | "comments"
                | "card"
                | "teaser"
                | "more"
                | "widget"
                | "footer"
                | "sidebar"
        )
    };
    words().any(author) && !words().any(other)
}

/// The element around a link to an author, where it holds the whole byline: `By <a>A</a> and <a>B</a>`.
fn widened(dom: &Dom<'_>, id: Id) -> Id {
    let mut widest = id;
    for above in dom.ancestors(id).take(2) {
        let line =
            matches!(dom.tag(above), "p" | "div" | "span" | "address" | "li" | "td" | "b" | "em" | "i" | "small");
        if !line || dom.text_length(above) > LONGEST / 2 {
            break;
        }
        widest = above;
    }
    widest
}

/// A line right after the headline that begins as bylines do: `By Nadia Ferrol`. Old pages have no heading;
/// there it is one of the first lines.
fn line_near_headline(dom: &Dom<'_>, headline: Option<Id>, lines: &Lines) -> Option<String> {
    let (from, most) = headline.map_or((0, NEAR_TOP), |headline| (lines.at(dom, headline).saturating_sub(3), NEAR + 3));
    let near = lines.all.iter().skip(from).take(most);
    near.map(|line| line.text.as_str())
        .find(|text| text.len() <= LONGEST && is_introduced(text) && !text.ends_with(['.', '?', '!', ':']))
        .map(str::to_owned)
}

/// The text inside `id`, with a line's end between the pieces of different blocks.
fn spaced_text(dom: &Dom<'_>, id: Id) -> String {
    let texts: Vec<&str> =
        (id..dom.end(id)).filter_map(|id| dom.text(id)).map(str::trim).filter(|text| !text.is_empty()).collect();
    crate::clean::letters::collapse(&texts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors_of(html: &str) -> Authors {
        let html = scraper::Html::parse_document(html);
        let dom = Dom::new(&html);
        authors(&dom, &Declared::read(&dom), &Lines::read(&dom), None, Some("The Velmar Courier"))
    }

    #[test]
    fn an_organisation_is_no_author() {
        let page = r#"<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Organization","name":"Amber Bank"},{"@type":"Person","name":"Samira Holt"}]}</script>"#;

        assert_eq!(authors_of(page).names, ["Samira Holt"]);
    }

    #[test]
    fn a_byline_that_readers_see_names_whom_a_desk_does_not() {
        let page = r#"<script type="application/ld+json">{"@type":"NewsArticle","author":"Courier staff"}</script>
            <h1>Rail reaches Kesh</h1><p class=c-byline>By <a rel=author>Nadia Ferrol</a> and <a rel=author>Teodor Ashby</a></p>"#;

        assert_eq!(authors_of(page).names, ["Nadia Ferrol", "Teodor Ashby"]);
        assert_eq!(authors_of("<h1>Rail reaches Kesh</h1><div>By Ines Maro</div><p>Text.</p>").names, ["Ines Maro"]);
    }

    #[test]
    fn others_who_are_named_elsewhere_are_told() {
        let page = r#"<meta name=author content="Jonas Pell"><script type="application/ld+json">{"@type":"NewsArticle","author":"Samira Holt"}</script>"#;

        let found = authors_of(page);

        assert_eq!(found.names, ["Samira Holt"]);
        assert_eq!(found.disagreements[0].value, "Jonas Pell");
        assert!(found.reason.is_some());
    }
}
