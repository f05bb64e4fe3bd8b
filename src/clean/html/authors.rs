//! The persons who wrote the article, out of what the page states and of the byline that readers see.
//!
//! Statements (JSON-LD, meta tags) are exact where they name persons; a byline says more where a
//! statement names a desk, the outlet or only the first of several.

use std::collections::HashSet;
use std::ops::Range;

use serde_json::Value;

use super::declared::{Declared, text_of};
use super::dom::{Dom, Id, attr};
use super::lines::Lines;
use super::names;
use super::persons::{MOST, is_introduced, is_person, persons};
use super::remembered::Remembered;
use super::title::plain;
use crate::clean::draft::Strong;
use crate::clean::letters::collapse;
use crate::model::{Disagreement, Evidence, Reason, Why, fold_name};

/// A longer text is no byline.
const LONGEST: usize = 240;
/// A byline stands within so many lines below the headline …
const BELOW: usize = 14;
/// … or so few above it.
const ABOVE: usize = 3;

/// Persons, and what rests on their choice.
#[derive(Default)]
pub(super) struct Authors {
    /// The persons.
    pub(super) names: Vec<String>,
    /// Why it is they; `None` where there are none.
    pub(super) reason: Option<Reason>,
    /// Who is named elsewhere instead.
    pub(super) disagreements: Vec<Disagreement>,
}

impl Authors {
    fn new(names: Vec<String>, why: Why, disagreements: Vec<Disagreement>) -> Self {
        Self { names, reason: Some(Reason::new("authors", why)), disagreements }
    }
}

/// What one source says.
struct Statement {
    rule: &'static str,
    text: &'static str,
    tag: &'static str,
    words: String,
    names: Vec<String>,
}

impl Statement {
    fn why(&self) -> Why {
        Why::new(self.rule, self.text).with(Evidence::outside(self.tag, self.words.clone()))
    }
}

/// The persons that the page names as its authors; `title` is the headline's line, `body` the body's lines.
pub(super) fn authors(
    dom: &Dom<'_>,
    declared: &Declared,
    lines: &Lines,
    outlet: Option<&str>,
    title: Option<usize>,
    body: &Range<usize>,
) -> Authors {
    let stated = [by_statement(declared, outlet), by_meta(declared, lines, outlet)].into_iter().flatten().next();
    let zone = zone(lines, title, body);
    let seen = by_markup(dom, lines, &zone, outlet).or_else(|| by_words(dom, lines, &zone, outlet));
    // What stands farther off, or without a word that introduces it, contradicts no statement.
    let weak = || {
        by_name_alone(lines, &zone, outlet)
            .or_else(|| by_property(dom, lines, outlet))
            .or_else(|| by_closing_credit(lines, body, outlet))
    };
    let seen = if stated.is_none() { seen.or_else(weak) } else { seen };
    match (stated, seen) {
        (None, None) => Authors::default(),
        (Some(only), None) | (None, Some(only)) => {
            let why = only.why();
            Authors::new(only.names, why, Vec::new())
        }
        (Some(stated), Some(seen)) => elect(stated, seen),
    }
}

/// Of a statement and a byline that both name persons: the fuller one where one holds the other, else the
/// byline where they have nobody in common, since content systems name whoever pressed the button.
fn elect(stated: Statement, seen: Statement) -> Authors {
    let set = |statement: &Statement| statement.names.iter().map(|name| fold_name(name)).collect::<HashSet<_>>();
    let (of_stated, of_seen) = (set(&stated), set(&seen));
    if of_stated == of_seen {
        let why = stated.why().with(Evidence::outside(seen.tag, seen.words));
        return Authors::new(stated.names, why, Vec::new());
    }
    let fuller = of_seen.is_superset(&of_stated) || of_seen.is_disjoint(&of_stated);
    let (taken, other) = if fuller { (seen, stated) } else { (stated, seen) };
    let why = Why::new("authors-differ", "the page also names these").with(Evidence::outside(other.tag, other.words));
    let others = vec![Disagreement::new("authors", other.names.join(", "), why)];
    let why = taken.why();
    Authors::new(taken.names, why, others)
}

/// Authors by JSON-LD, organisations left out.
fn by_statement(declared: &Declared, outlet: Option<&str>) -> Option<Statement> {
    let author =
        declared.articles.iter().find_map(|article| article.get("author").or_else(|| article.get("creator")))?;
    let list = match author {
        Value::Array(list) => list.iter().take(MOST).collect(),
        other => vec![other],
    };
    let is_organisation = |kind: &Value| kind.as_str().is_some_and(|kind| kind.ends_with("Organization"));
    let name = |value: &Value| match declared.resolve(value) {
        Some(object) if object.get("@type").is_some_and(is_organisation) => None,
        Some(object) => object.get("name").and_then(text_of).map(plain),
        None => text_of(value).map(plain),
    };
    let texts: Vec<String> = list.into_iter().filter_map(name).collect();
    let names = persons(&texts, outlet);
    let words = texts.join("; ");
    let text = "the page states it for machines";
    (!names.is_empty()).then_some(Statement { rule: "authors-stated", text, tag: "json-ld author", words, names })
}

/// Authors by meta tags: those of the first tag that names persons.
fn by_meta(declared: &Declared, lines: &Lines, outlet: Option<&str>) -> Option<Statement> {
    const TAGS: [&str; 14] = [
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
    TAGS.into_iter().find_map(|tag| {
        let list = [tag];
        let texts = declared.meta(&list).take(MOST).map(|(_, name)| turned(plain(name), lines));
        let texts: Vec<String> = texts.filter(|text| !text.contains("://")).collect();
        let names = persons(&texts, outlet);
        let words = texts.join("; ");
        let text = "a meta tag states it";
        (!names.is_empty()).then_some(Statement { rule: "authors-meta", text, tag, words, names })
    })
}

/// `Aas, Solveig`, as libraries write it, where the page itself writes `Solveig Aas`.
fn turned(name: String, lines: &Lines) -> String {
    let Some((last, first)) = name.split_once(", ").filter(|(_, first)| !first.contains(',')) else { return name };
    let usual = format!("{first} {last}");
    let written = last.split(' ').count() <= 3 && lines.all.iter().any(|line| line.text.contains(&usual));
    if written || (!last.contains(' ') && !first.contains(' ')) { usual } else { name }
}

/// The lines around the headline in which a byline may stand: below it, or else above it.
struct Zone {
    below: Range<usize>,
    above: Range<usize>,
}

fn zone(lines: &Lines, title: Option<usize>, body: &Range<usize>) -> Zone {
    let from = title.unwrap_or(body.start);
    let first = if title.is_some() { from + 1 } else { from };
    let long = |at: &usize| lines.all.get(*at).is_some_and(|line| line.prose() > 120);
    let end =
        (first..lines.all.len().min(from + 1 + BELOW)).find(long).unwrap_or(from + 1 + BELOW).min(lines.all.len());
    // An old page has headline, byline and more in one line, broken within it.
    Zone { below: from..end.max(from), above: from.saturating_sub(ABOVE)..from }
}

/// Elements around the headline that are named as holding a byline.
fn by_markup(dom: &Dom<'_>, lines: &Lines, zone: &Zone, outlet: Option<&str>) -> Option<Statement> {
    let node = |line: usize| lines.all.get(line).map_or(dom.len(), |line| line.node);
    let below = node(zone.below.start)..node(zone.below.end);
    let above = node(zone.above.start).saturating_sub(3)..node(zone.above.end);
    [below, above].into_iter().find_map(|nodes| {
        let texts = marked_texts(dom, lines, nodes);
        statement("byline-markup", "an element beside the headline is named as the byline", "byline", &texts, outlet)
    })
}

/// The texts of bylines that begin within `nodes`, the outermost element of each.
fn marked_texts(dom: &Dom<'_>, lines: &Lines, nodes: Range<Id>) -> Vec<String> {
    let mut texts = Vec::new();
    let mut at = nodes.start;
    while at < nodes.end {
        let marked = (1..=LONGEST).contains(&dom.text_length(at)) && dom.element(at).is_some_and(is_byline);
        let text = if marked { spaced_text(dom, at) } else { String::new() };
        if text.is_empty() || text.len() > LONGEST {
            at += 1;
            continue;
        }
        if !is_teaser(dom, lines, at) {
            texts.push(text);
        }
        at = dom.end(at);
    }
    texts
}

/// Whether an element stands among links to other articles.
fn is_teaser(dom: &Dom<'_>, lines: &Lines, id: Id) -> bool {
    let furniture = lines.all.get(lines.at(dom, id)).and_then(|line| line.furniture);
    matches!(furniture, Some("related" | "navigation" | "comments" | "aside" | "sidebar"))
}

/// Lines around the headline that begin as bylines do.
fn by_words(dom: &Dom<'_>, lines: &Lines, zone: &Zone, outlet: Option<&str>) -> Option<Statement> {
    let short = |text: &&str| text.len() <= LONGEST;
    let text = "a line beside the headline names them";
    let said = |texts: Vec<String>| statement("byline-words", text, "byline", &texts, outlet);
    [&zone.below, &zone.above].into_iter().find_map(|range| {
        let texts = || lines.slice(range.clone()).iter().map(|line| line.text.as_str()).filter(short);
        let introduced: Vec<String> = texts().filter(|text| is_introduced(text)).map(str::to_owned).collect();
        let reporter = || texts().filter_map(|text| text.find("记者").map(|at| text[at..].to_owned())).collect();
        let nodes = || {
            let node = |line: usize| lines.all.get(line).map_or(dom.len(), |line| line.node);
            let texts = (node(range.start)..node(range.end)).filter_map(|id| dom.text(id)).map(collapse);
            texts.filter(|text| is_introduced(text) && text.len() <= LONGEST).take(2).collect()
        };
        said(introduced).or_else(|| said(reporter())).or_else(|| said(nodes()))
    })
}

/// A line below the headline that is set apart and begins with somebody's name.
fn by_name_alone(lines: &Lines, zone: &Zone, outlet: Option<&str>) -> Option<Statement> {
    let opens_with_name = |line: &&super::lines::Line| {
        let name = line.text.split([',', '|', '·', '•', '/']).next().unwrap_or("");
        let name = name.split(" in ").next().unwrap_or("").trim();
        let apart = line.strong != Strong::None || line.linked > 0 || line.furniture == Some("byline");
        apart && is_person(name) && line.text.len() <= 80 && name.split(' ').count() <= 4
    };
    let below = lines.slice(zone.below.clone()).iter().skip(1);
    let first = below.filter(opens_with_name).map(|line| line.text.clone()).next();
    // A name that stands on a line again and again is that of a speaker.
    let speaks = |name: &String| lines.all.iter().filter(|line| line.text == *name && line.linked == 0).count() > 1;
    let texts: Vec<String> = first.into_iter().filter(|name| !speaks(name)).collect();
    statement("byline-name", "a line below the headline is somebody's name", "byline", &texts, outlet)
}

/// Elements anywhere that are marked as the author, the first one: later ones are those of teasers.
fn by_property(dom: &Dom<'_>, lines: &Lines, outlet: Option<&str>) -> Option<Statement> {
    let marked = |(id, element): (Id, &scraper::node::Element)| {
        let is = |key: &str, names: &[&str]| {
            attr(element, key).is_some_and(|value| {
                value.split_ascii_whitespace().any(|name| names.iter().any(|n| name.eq_ignore_ascii_case(n)))
            })
        };
        let author = element.name() != "meta"
            && (is("rel", &["author"])
                || is("itemprop", &["author"])
                || is("property", &["author", "schema:author"])
                || is("class", &["byline", "byline-name", "author-name", "article-author", "post-author", "vcard"]));
        author.then_some(id)
    };
    let text =
        dom.elements().filter_map(marked).filter(|id| !is_teaser(dom, lines, *id)).map(|id| spaced_text(dom, id));
    let texts: Vec<String> = text.filter(|text| !text.is_empty() && text.len() <= LONGEST).take(1).collect();
    statement("authors-marked", "an element is marked as the author", "author", &texts, outlet)
}

/// `(Reporting by Pavel Orlo; Editing by Hal Brandt)` at the end.
fn by_closing_credit(lines: &Lines, body: &Range<usize>, outlet: Option<&str>) -> Option<Statement> {
    let last = body.end.saturating_sub(4).max(body.start)..lines.all.len().min(body.end + 2);
    let credit = lines.slice(last).iter().find(|line| {
        let text = line.text.trim_start_matches(['(', '[']).to_lowercase();
        line.text.len() <= LONGEST
            && ["reporting by ", "reported by ", "written by ", "story by ", "text by ", "words by "]
                .iter()
                .any(|by| text.starts_with(by))
    })?;
    let text = credit.text.trim_matches(['(', ')', '[', ']']).to_owned();
    statement("closing-credit", "a line at the end names them", "text", &[text], outlet)
}

fn statement(
    rule: &'static str,
    text: &'static str,
    tag: &'static str,
    texts: &[String],
    outlet: Option<&str>,
) -> Option<Statement> {
    let names = persons(texts, outlet);
    (!names.is_empty()).then(|| Statement { rule, text, tag, words: texts.join("; ").replace('\n', " "), names })
}

/// Parts of an address below which authors have their pages.
const AUTHORS_PAGES: [&str; 8] =
    ["author", "authors", "autor", "autores", "autoren", "auteur", "auteurs", "contributors"];

thread_local! {
    static BYLINES: Remembered<bool> = Remembered::new(names_byline);
    static ROLES: Remembered<bool> = Remembered::new(names_role);
}

/// Whether a class, id or test id names the byline, and not its picture or the author's life.
fn names_byline(value: &str) -> bool {
    const YES: [&str; 22] = [
        "-byline-",
        "-bylines-",
        "-by-",
        "-author-",
        "-authors-",
        "-contributor-",
        "-contributors-",
        "-writer-",
        "-autor-",
        "-autores-",
        "-auteur-",
        "-signature-",
        "-reporter-",
        "-fn-",
        "-byl-",
        "-authorname-",
        "-contributorname-",
        "-journalist-",
        "-firma-",
        "-yazar-",
        "-verfasser-",
        "-autore-",
    ];
    const NO: [&str; 23] = [
        "-bio-",
        "-box-",
        "-description-",
        "-avatar-",
        "-image-",
        "-img-",
        "-photo-",
        "-photos-",
        "-related-",
        "-job-",
        "-role-",
        "-social-",
        "-more-",
        "-card-",
        "-about-",
        "-follow-",
        "-preamble-",
        "-credit-",
        "-posts-",
        "-list-",
        "-page-",
        "-comment-",
        "-comments-",
    ];
    value.split_ascii_whitespace().take(12).any(|name| {
        let words = names::words(name);
        YES.iter().any(|yes| words.contains(yes)) && !NO.iter().any(|no| words.contains(no))
    })
}

/// Whether a class names somebody's role.
fn names_role(value: &str) -> bool {
    let words = names::words(value);
    ["-job-", "-role-", "-title-", "-position-", "-org-"].iter().any(|role| words.contains(role))
}

/// Whether an element's names say that it holds the byline.
fn is_byline(element: &scraper::node::Element) -> bool {
    if matches!(element.name(), "body" | "html" | "article" | "main" | "meta" | "img") {
        return false;
    }
    let value_is = |key: &str| {
        attr(element, key)
            .is_some_and(|value| value.split_ascii_whitespace().any(|name| matches!(name, "author" | "schema:author")))
    };
    let named = |key: &str| attr(element, key).is_some_and(|value| BYLINES.with(|names| names.of(value)));
    // Authors have pages of their own, and a byline links them.
    let leads = || {
        let href = attr(element, "href").filter(|_| element.name() == "a").unwrap_or("");
        let segments = href.split('/').filter(|segment| !segment.is_empty() && !segment.contains(':'));
        segments.count() >= 2 && href.split('/').any(|segment| AUTHORS_PAGES.contains(&segment))
    };
    leads()
        || value_is("rel")
        || value_is("itemprop")
        || value_is("property")
        || ["class", "id", "data-testid", "data-qa", "data-component"].into_iter().any(named)
}

/// The text inside `id`: blocks and breaks end a line, links and spans do not.
fn spaced_text(dom: &Dom<'_>, id: Id) -> String {
    let mut text = String::new();
    for at in id..dom.end(id) {
        if let Some(part) = dom.text(at) {
            let parent_is_script = part.contains('{') && part.contains('}');
            if !parent_is_script {
                text.push(' ');
                text.push_str(&collapse(part));
            }
        } else if matches!(dom.tag(at), "br" | "div" | "p" | "li" | "time" | "address" | "h3" | "h4" | "h5") && at > id
        {
            text.push('\n');
        }
        // A role beside a name is no part of it.
        if dom.element(at).is_some_and(is_role) {
            text.push('\n');
        }
    }
    let lines: Vec<String> = text.split('\n').map(collapse).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn is_role(element: &scraper::node::Element) -> bool {
    ["class", "itemprop"].iter().any(|key| attr(element, key).is_some_and(|value| ROLES.with(|roles| roles.of(value))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authors_of(html: &str) -> Authors {
        let html = scraper::Html::parse_document(html);
        let dom = Dom::new(&html);
        let mut lines = Lines::read(&dom);
        super::super::furniture::mark(&dom, &mut lines, None, super::super::Options::default());
        let title = lines.all.iter().position(|line| dom.tag(line.node.saturating_sub(1)) == "h1");
        let body = lines.all.iter().position(|line| line.prose() > 0).unwrap_or(lines.all.len());
        authors(&dom, &Declared::read(&dom), &lines, Some("Pass Radio"), title, &(body..lines.all.len()))
    }

    const TEXT: &str =
        "<p>The railway of Kastria will reach Kesh within two years, the minister said on Monday, and then on.</p>";

    #[test]
    fn an_organisation_is_no_author() {
        let html = r#"<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Organization","name":"Amber Bank"},{"@type":"Person","name":"Samira Holt"}]}</script>"#;

        assert_eq!(authors_of(html).names, ["Samira Holt"]);
    }

    #[test]
    fn a_byline_goes_before_a_desk() {
        let html = format!(
            r#"<meta name=author content="Pass Radio Newsroom"><h1>Pass closed</h1><p class=byline>By Wu Jiayi</p>{TEXT}"#
        );

        let found = authors_of(&html);

        assert_eq!(found.names, ["Wu Jiayi"]);
        assert_eq!(found.reason.unwrap().why.rule, "byline-markup");
    }

    #[test]
    fn persons_of_whom_statement_and_byline_differ_are_told() {
        let html = format!("<meta name=author content='Vita Lund'><h1>Pass closed</h1><p>By Wu Jiayi</p>{TEXT}");

        let found = authors_of(&html);

        assert_eq!(found.names, ["Wu Jiayi"]);
        assert_eq!(found.disagreements[0].value, "Vita Lund");
    }
}
