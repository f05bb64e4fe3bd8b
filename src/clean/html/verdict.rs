//! Whether what was chosen as the body is an article at all, and what the page is instead.
//!
//! Two questions. A page of little text that names itself an error, a login or a wall is one; see
//! `data/no_article.toml`. A page of teasers is a list: signs of its structure and of what it
//! declares are added up, for and against. An article that is refused costs more than a list that is
//! read, so that one good sign of an article outweighs several of a list.

use std::collections::HashMap;
use std::sync::LazyLock;

use url::Url;

use super::HtmlError;
use super::candidates::Candidate;
use super::declared::Declared;
use super::dom::{Dom, Id, attr};
use super::lines::{Line, Lines};
use super::shown::Shown;
use crate::clean::letters::collapse;
use crate::model::{BlockKind, fold_name};

/// More running text than this, in bytes, is no error page, login or check.
const LONGEST_NOTICE: usize = 900;
/// The same for a consent page, whose partners and purposes take words.
const LONGEST_CONSENT: usize = 5000;
/// A shell's own text, in bytes: a menu, "loading".
const LONGEST_SHELL: usize = 600;
/// A page that leads on within so many seconds is not meant to be read.
const SOON: u32 = 10;
/// Signs of a list, added up, at which a page is one.
const ENOUGH: i32 = 4;

/// A page, as far as it is read when it is judged.
pub(super) struct Page<'p, 'h> {
    dom: &'p Dom<'h>,
    declared: &'p Declared,
    lines: &'p Lines,
    named: Named<'p>,
}

/// What a page calls itself.
#[derive(Clone, Copy)]
pub(super) struct Named<'p> {
    pub(super) title: Option<&'p str>,
    /// Where it shows its title.
    pub(super) shown: &'p Shown,
    pub(super) outlet: Option<&'p str>,
    pub(super) url: Option<&'p str>,
}

#[derive(serde::Deserialize)]
struct Phrases {
    headline: Vec<String>,
    text: Vec<String>,
}

static PHRASES: LazyLock<HashMap<String, Phrases>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a file of the program, read by its tests")]
    toml::from_str(include_str!("../../../data/no_article.toml")).expect("data/no_article.toml")
});

/// What is fed to readers and crawlers instead of a page, told by its root element.
pub(super) fn is_feed(html: &str) -> bool {
    let mut rest = html.trim_start_matches('\u{feff}').trim_start();
    while let Some((_, after)) = rest.starts_with("<?").then(|| rest.split_once("?>")).flatten() {
        rest = after.trim_start();
    }
    let root = rest.chars().take(16).collect::<String>().to_ascii_lowercase();
    ["<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex"].iter().any(|feed| root.starts_with(feed))
}

impl<'p, 'h> Page<'p, 'h> {
    pub(super) fn new(dom: &'p Dom<'h>, declared: &'p Declared, lines: &'p Lines, named: Named<'p>) -> Self {
        Self { dom, declared, lines, named }
    }

    /// Why `body` is no article, if it is none.
    pub(super) fn refusal_of(&self, body: &Candidate) -> Option<HtmlError> {
        let inside: Vec<&Line> = self.inside(body).collect();
        let prose: usize = inside.iter().map(|line| line.prose()).sum();
        if self.declares_article() {
            return None;
        }
        self.notice(prose, &inside).or_else(|| self.is_list(body, &inside).then_some(HtmlError::ListOfArticles))
    }

    /// Why a page in which no body was found has none.
    pub(super) fn refusal(&self) -> HtmlError {
        let all: Vec<&Line> = self.lines.all.iter().collect();
        let text: usize = all.iter().map(|line| line.letters).sum();
        let has = |names: &[&str]| self.dom.elements().any(|(_, element)| names.contains(&element.name()));
        if has(&["frameset"]) {
            return HtmlError::Frameset;
        }
        if let Some(notice) = self.notice(0, &all) {
            return notice;
        }
        if text < LONGEST_SHELL && has(&["script"]) {
            HtmlError::ScriptShell
        } else if text == 0 {
            HtmlError::Empty
        } else if all.iter().filter(|line| is_head(line)).count() >= 8 || all.iter().any(|line| many_links(line)) {
            HtmlError::ListOfArticles
        } else {
            HtmlError::NoRunningText
        }
    }

    fn inside<'l>(&'l self, body: &'l Candidate) -> impl Iterator<Item = &'l Line> {
        let lines = body.ranges.iter().flat_map(|range| self.lines.slice(range.clone()));
        lines.filter(|line| line.furniture.is_none())
    }

    /// Whether the page says for machines that it is one article.
    fn declares_article(&self) -> bool {
        self.declared.meta(&["article:published_time"]).next().is_some()
            || (self.declared.article_count() == 1 && !self.declared.is_collection())
    }

    /// The notice that the page is: its running text is short, and its words name it.
    fn notice(&self, prose: usize, lines: &[&Line]) -> Option<HtmlError> {
        if prose < LONGEST_NOTICE
            && let Some(to) = self.leads_to()
        {
            return Some(HtmlError::Redirect { to });
        }
        let headlines = self.headlines();
        let texts: Vec<(usize, String)> = lines
            .iter()
            .filter(|line| line.text.len() < LONGEST_NOTICE)
            .take(60)
            .map(|line| (line.text.len(), comparable(&line.text)))
            .collect();
        let all: usize = lines.iter().map(|line| line.prose()).sum();
        let names = |kind: &str| {
            let Some(phrases) = PHRASES.get(kind) else { return false };
            let begins = |headline: &String| phrases.headline.iter().any(|phrase| begins_with(headline, phrase));
            let has = |text: &str| phrases.text.iter().any(|phrase| text.contains(phrase.as_str()));
            let said: usize = texts.iter().filter(|(_, text)| has(text)).map(|(length, _)| length).sum();
            headlines.iter().any(begins) || (said > 0 && said * 2 > all)
        };
        let short = prose < LONGEST_NOTICE;
        if prose < LONGEST_CONSENT && names("consent") && (short || self.asks_in_text(&texts, all)) {
            return Some(HtmlError::ConsentWall);
        }
        if !short || self.declares_type("article") {
            return None;
        }
        let kinds =
            [("bot_check", HtmlError::BotCheck), ("parked", HtmlError::Parked), ("script", HtmlError::ScriptShell)];
        if let Some((_, error)) = kinds.into_iter().find(|(kind, _)| names(kind)) {
            return Some(error);
        }
        if names("error") {
            let words = headlines.first().map(|words| words.chars().take(80).collect()).unwrap_or_default();
            return Some(HtmlError::ErrorPage { words });
        }
        let asks = self.dom.elements().any(|(_, element)| attr(element, "type") == Some("password"));
        (asks && names("login")).then_some(HtmlError::LoginPage)
    }

    /// Whether most of a longer text is about consent.
    fn asks_in_text(&self, texts: &[(usize, String)], all: usize) -> bool {
        let words =
            ["cookie", "consent", "zustimm", "einwillig", "consentement", "consentimiento", "consenso", "соглас"];
        let said = texts.iter().filter(|(_, text)| words.iter().any(|word| text.contains(word)));
        !self.declares_type("article") && said.map(|(length, _)| length).sum::<usize>() * 2 > all
    }

    fn declares_type(&self, kind: &str) -> bool {
        self.declared.meta(&["og:type"]).any(|(_, stated)| stated.eq_ignore_ascii_case(kind))
    }

    /// Title and top headings, comparable.
    fn headlines(&self) -> Vec<String> {
        let texts = |tag: &'static str, most: usize| {
            let elements = self.dom.elements().filter(move |(_, element)| element.name() == tag).take(most);
            elements.filter(|(id, _)| self.dom.text_length(*id) < 300).map(|(id, _)| comparable(&self.text(id)))
        };
        texts("title", 1).chain(texts("h1", 2)).chain(texts("h2", 1)).filter(|text| !text.is_empty()).collect()
    }

    fn text(&self, id: Id) -> String {
        collapse(&self.dom.raw_text(id))
    }

    /// Where a page that is gone in a moment leads.
    fn leads_to(&self) -> Option<String> {
        let (_, content) = self.declared.meta(&["refresh"]).next()?;
        let (seconds, target) = content.split_once([';', ','])?;
        let soon = seconds.trim().split('.').next()?.parse::<u32>().is_ok_and(|seconds| seconds <= SOON);
        let at = target.to_ascii_lowercase().find("url")?;
        let target = target.get(at + 3..)?.trim_start().strip_prefix('=')?.trim().trim_matches(['"', '\'']);
        (soon && !target.is_empty()).then(|| target.chars().take(200).collect())
    }

    /// Whether the page is a list of articles.
    fn is_list(&self, body: &Candidate, inside: &[&Line]) -> bool {
        let teasers = Teasers::of(inside.iter().copied());
        let page_heads = self.lines.all.iter().filter(|line| is_head(line)).count();
        if teasers.run >= LONG_RUN || (teasers.heads < 3 && page_heads < 3 && !self.is_named_list()) {
            return false;
        }
        let structure = match (teasers.heads, teasers.share()) {
            (5.., 80..) if teasers.led * 2 > teasers.heads => 3,
            (4.., 80..) => 4,
            // Headlines with labels under them, and no sentence at all.
            (4.., _) if teasers.prose == 0 => 4,
            (3.., 60..) => 3,
            (3.., 40..) => 1,
            _ => 0,
        };
        let signs = [
            (page_heads >= 8, 1),
            (teasers.run < 450, 1),
            (teasers.run >= 700, -3),
            (self.declared.is_collection(), 3),
            (self.body_has(&["home", "homepage", "archive", "search-results", "front-page", "frontpage"]), 3),
            (self.declares_type("website") || self.declares_type("profile"), 1),
            (self.has_path_of_list(), 2),
            (self.has_next_page(), 1),
            (self.is_titled_as_outlet(), 2),
            (self.is_named_list(), 4),
            (self.declared.article_count() == 1, -4),
            (self.declares_type("article"), -2),
            (self.body_has(&["single", "single-post", "node-type-article", "page-node-type-article"]), -4),
            (self.has_headline(), -2),
            (body.ground == super::candidates::Ground::Named, -1),
        ];
        structure + signs.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum::<i32>() >= ENOUGH
    }

    fn is_named_list(&self) -> bool {
        let headlines = self.headlines();
        let is = |phrase: &String| headlines.iter().any(|headline| begins_with(headline, phrase));
        PHRASES.get("list").is_some_and(|list| list.headline.iter().any(is))
    }

    fn body_has(&self, names: &[&str]) -> bool {
        let body = self.dom.elements().find(|(_, element)| element.name() == "body");
        let class = body.and_then(|(_, element)| attr(element, "class")).unwrap_or_default();
        class.split_ascii_whitespace().any(|name| names.contains(&name))
    }

    /// Whether the address is that of a front page, or ends in a section, tag, author or search.
    fn has_path_of_list(&self) -> bool {
        let is_canonical = |element| attr(element, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        let link = self.dom.elements().find(|(_, element)| element.name() == "link" && is_canonical(element));
        let stated = link.and_then(|(_, element)| attr(element, "href"));
        let stated = stated.or_else(|| self.declared.meta(&["og:url"]).next().map(|(_, url)| url)).or(self.named.url);
        let Some(url) = stated.and_then(|url| Url::parse(url.trim()).ok()) else { return false };
        let segments: Vec<&str> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
        let listing =
            ["category", "tag", "tags", "topic", "topics", "author", "authors", "section", "search", "archive", "page"];
        let at = segments.iter().rposition(|segment| listing.contains(segment));
        (segments.is_empty() && url.query().is_none())
            || at.is_some_and(|at| {
                segments.len() <= at + 2 && segments.last().is_some_and(|last| last.matches('-').count() < 3)
            })
    }

    fn has_next_page(&self) -> bool {
        self.dom.elements().any(|(_, element)| {
            matches!(element.name(), "link" | "a") && attr(element, "rel") == Some("next")
                || attr(element, "class")
                    .is_some_and(|class| class.contains("pagination") || class.contains("page-numbers"))
        })
    }

    fn is_titled_as_outlet(&self) -> bool {
        match (self.named.title, self.named.outlet) {
            (Some(title), Some(outlet)) => fold_name(title).starts_with(&fold_name(outlet)),
            _ => false,
        }
    }

    /// Whether the title stands on the page as a heading that is no link, in more than a few words.
    fn has_headline(&self) -> bool {
        let is_long = self.named.title.is_some_and(|title| title.chars().count() >= 25);
        let is_heading = |line: &Line| line.kind == BlockKind::Heading && !line.is_link() && line.text.len() < 400;
        is_long && self.named.shown.all().filter_map(|at| self.lines.all.get(at)).any(is_heading)
    }
}

/// Running text of so many bytes without a linked headline in it is an article's.
const LONG_RUN: usize = 1200;

/// A shorter link, in bytes, is a section's name or an invitation to read on.
const SHORTEST_HEADLINE: usize = 18;

/// Linked headlines with a little text under each.
struct Teasers {
    heads: usize,
    /// How many of them stand in one line with the text.
    led: usize,
    /// Bytes of prose that follow closely upon one.
    under: usize,
    prose: usize,
    /// Bytes of the longest prose without one in between.
    run: usize,
}

impl Teasers {
    fn of<'l>(lines: impl Iterator<Item = &'l Line>) -> Self {
        let mut teasers = Self { heads: 0, led: 0, under: 0, prose: 0, run: 0 };
        let (mut run, mut since_head) = (0, usize::MAX);
        for line in lines {
            let prose = line.prose();
            if is_head(line) {
                teasers.heads += 1;
                (run, since_head) = (0, 0);
                if line.ends_sentence() {
                    teasers.under += line.text.len();
                    teasers.prose += line.text.len();
                }
            } else if prose > 0 && line.lead_link >= SHORTEST_HEADLINE {
                teasers.heads += 1;
                teasers.led += 1;
                (run, since_head) = (0, usize::MAX);
                teasers.under += prose;
                teasers.prose += prose;
            } else if prose > 0 {
                run += prose;
                teasers.prose += prose;
                if since_head < 1 {
                    teasers.under += prose;
                }
                since_head = since_head.saturating_add(1);
                teasers.run = teasers.run.max(run);
            }
        }
        teasers
    }

    /// In percent.
    fn share(&self) -> usize {
        self.under * 100 / self.prose.max(1)
    }
}

/// Whether a line is the headline of another page: a link, as long as a headline is.
fn is_head(line: &Line) -> bool {
    line.is_link() && line.letters >= SHORTEST_HEADLINE
}

/// Whether a line is a row of links.
fn many_links(line: &Line) -> bool {
    line.is_link() && line.letters >= 400
}

fn begins_with(text: &str, phrase: &str) -> bool {
    let ends_word = |rest: &str| {
        !rest.starts_with(char::is_alphanumeric)
            || phrase.ends_with(|last: char| last.is_ascii_digit() && phrase.len() > 3)
    };
    text.strip_prefix(phrase).is_some_and(ends_word)
}

/// Lower case, straight apostrophes.
fn comparable(text: &str) -> String {
    text.to_lowercase().replace(['’', '‘', '`'], "'")
}

#[cfg(test)]
mod tests {
    use super::super::{HtmlError, Options, read};
    use super::*;

    fn error(html: &str) -> Option<HtmlError> {
        read(html, None, Options::default()).err()
    }

    const TEASER: &str = "<h3><a href=/a>Kesh opens its locks to the grain barges</a></h3><p>The keepers say the water will last until May.</p>";

    #[test]
    fn teasers_are_a_list_unless_the_page_declares_an_article() {
        let list = TEASER.repeat(6);
        let declared = format!("<meta property=article:published_time content=2025-03-12>{list}");

        assert_eq!(error(&list), Some(HtmlError::ListOfArticles));
        assert_eq!(error(&declared), None);
    }

    #[test]
    fn a_long_text_under_the_words_of_an_error_is_an_article() {
        let page = |times: usize| {
            format!(
                "<title>404 Not Found</title><p>{}</p>",
                "The page of the treaty was never found again. ".repeat(times)
            )
        };

        assert!(matches!(error(&page(2)), Some(HtmlError::ErrorPage { .. })));
        assert_eq!(error(&page(60)), None);
    }

    #[test]
    fn a_feed_is_told_by_its_root() {
        assert!(is_feed("\u{feff}<?xml version='1.0'?>\n<rss version='2.0'>") && is_feed("<feed xmlns=a>"));
        assert!(!is_feed("<?xml version='1.0'?><html>") && !is_feed("<p>rss"));
    }
}
