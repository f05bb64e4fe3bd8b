//! A news page → a [`Draft`]: the body's paragraphs with kinds, and what the page says of itself.
//!
//! For the `clean` station. The way of one page, a file each: parse, mark furniture, lines,
//! candidates, choice, pieces; metadata beside it.

mod authors;
mod candidates;
mod choose;
mod dates;
mod declared;
mod dom;
mod facts;
mod furniture;
mod lines;
mod mend;
mod names;
mod outlet;
mod parts;
mod persons;
mod phrases;
mod pieces;
mod ranges;
mod remembered;
mod saved;
mod section;
mod shown;
mod stated;
mod tame;
mod teasers;
mod title;
mod verdict;

use jiff::civil::Date;
use url::Url;

use super::draft::Draft;
use crate::model::{Evidence, Reason, Why};
pub use dates::{DateStatement, PageDates};
use declared::Declared;
use dom::Dom;
use lines::Lines;
pub use parts::Part;
use shown::Shown;
use verdict::{Named, Page};

/// What is known of a page beside its markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The day on which the page was fetched; a publication date more than a day later is refused.
    pub retrieved: Option<Date>,
    /// A part of the search for the body to leave out, see [`Part`].
    pub without: Option<Part>,
}

impl Options {
    fn uses(self, part: Part) -> bool {
        self.without != Some(part)
    }
}

/// Why a page gave no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HtmlError {
    /// There is no text in it at all.
    #[error("no article found: the page is empty")]
    Empty,
    /// Its text stands in other pages.
    #[error("no article found: the page is a frameset; give the page of its main frame instead")]
    Frameset,
    /// A browser would have to run it first.
    #[error("no article found: the page is a script shell; save it from a browser, as shown there")]
    ScriptShell,
    /// More markup than a page of text has.
    #[error("no article found: the page has more than {limit} tags; give the article's own page instead")]
    TooManyTags {
        /// The limit.
        limit: usize,
    },
    /// Teasers of other pages.
    #[error(
        "no article found: the page is a list of articles or links, such as a home, section or search page; give the articles' own pages instead"
    )]
    ListOfArticles,
    /// The server had none to give.
    #[error("no article found: the page is an error page (“{words}”); fetch it again, or leave it out")]
    ErrorPage {
        /// What the page calls itself.
        words: String,
    },
    /// The article stands behind a login.
    #[error("no article found: the page asks for a login; save it from a browser that is logged in")]
    LoginPage,
    /// The article stands behind a question.
    #[error("no article found: the page asks for consent to cookies; save it from a browser after answering")]
    ConsentWall,
    /// The fetcher was taken for a robot.
    #[error("no article found: the page checks for robots; save it from a browser")]
    BotCheck,
    /// Nobody's page any more.
    #[error("no article found: the domain is for sale, and the article is gone; look for it in a web archive")]
    Parked,
    /// The page is gone in a moment.
    #[error("no article found: the page leads on to {to}; fetch that one")]
    Redirect {
        /// As the page writes it.
        to: String,
    },
    /// Entries for readers, not a page.
    #[error("no article found: the page is a feed or site map; fetch the pages that it names")]
    Feed,
    /// Text, but none that reads like an article: a list of links, a login form.
    #[error("no article found: the page has no running text of its own")]
    NoRunningText,
}

/// Reads a page. `url` is where it was fetched, if known: it helps to find date and outlet.
pub fn read(html: &str, url: Option<&str>, options: Options) -> Result<Draft, HtmlError> {
    if verdict::is_feed(html) {
        return Err(HtmlError::Feed);
    }
    let parsed = parse(html)?;
    let dom = Dom::new(&parsed);
    let declared = Declared::read(&dom);
    let mut lines = Lines::read(&dom);
    let stated = stated::lines(&declared, &lines).filter(|_| options.uses(Part::Statement));
    furniture::mark(&dom, &mut lines, stated.as_deref(), options);
    let saved = saved::address(html);
    let address = address(&dom, &declared, url.or(saved.as_deref()));
    let outlet = outlet::outlet(&dom, &declared, address.as_deref());
    let headline = title::title(&dom, &declared, &lines, outlet.as_deref());
    let title = headline.as_ref().map(|(title, _)| title.clone());
    let shown = Shown::find(&lines, title.as_deref());
    let mut candidates = candidates::candidates(&dom, &lines, stated.as_deref(), options);
    let named = Named { title: title.as_deref(), shown: &shown, outlet: outlet.as_deref(), url: address.as_deref() };
    let Some(body) = choose::choose(&candidates, options) else {
        return Err(Page::new(&dom, &declared, &lines, named).refusal());
    };
    if let Some(refusal) = Page::new(&dom, &declared, &lines, named).refusal_of(body) {
        return Err(refusal);
    }
    // A page is judged with its teasers, for they make it a list; an article is read without them.
    if options.uses(Part::Teasers) && teasers::mark(&dom, &mut lines) {
        furniture::mark(&dom, &mut lines, stated.as_deref(), options);
        candidates = candidates::candidates(&dom, &lines, stated.as_deref(), options);
    }
    let Some(body) = choose::choose(&candidates, options) else {
        return Err(Page::new(&dom, &declared, &lines, named).refusal());
    };
    let base = base(&dom, address.as_deref());
    let sorted = pieces::sort(&lines, body, &shown, &|anchor| link(&dom, base.as_ref(), anchor), options);
    if !sorted.pieces.iter().any(|piece| piece.kind.is_body()) {
        return Err(Page::new(&dom, &declared, &lines, named).refusal());
    }
    let language = language(&dom, &declared);
    let about = dates::About {
        shown: &shown,
        body: body.extent(),
        url: address.as_deref(),
        order: dates::order(language.as_deref(), address.as_deref()),
    };
    let retrieved = options.retrieved.or_else(|| saved::day(html));
    let dates = dates::read(&dom, &declared, &lines, &about, retrieved);
    let extent = body.extent().unwrap_or_default();
    let line = shown.above(&lines, extent.start);
    let authors = authors::authors(&dom, &declared, &lines, outlet.as_deref(), line, &extent);
    let (title_reason, other_titles) = title::reasons(&dom, &declared, headline.as_ref(), outlet.as_deref());
    let mut metadata = facts::read(
        &dom,
        &declared,
        &lines,
        &section::About { title: title.as_deref(), outlet: outlet.as_deref(), line, body: extent },
    );
    for reason in title_reason.into_iter().chain(authors.reason) {
        metadata.because(reason);
    }
    for (field, value, sentence) in [
        ("outlet", &outlet, "the page names its site or publisher so"),
        ("url", &address, "the page links it as its canonical address, or it was fetched from there"),
    ] {
        if let Some(value) = value {
            let why = Why::new("stated-by-page", sentence).with(Evidence::outside("stated", value.clone()));
            metadata.because(Reason::new(field, why));
        }
    }
    let mut disagreements = dates.disagreements;
    disagreements.extend(other_titles);
    disagreements.extend(authors.disagreements);
    Ok(Draft {
        published: dates.published,
        authors: authors.names,
        metadata,
        url: address,
        title,
        outlet,
        language,
        pieces: sorted.pieces,
        dropped: sorted.dropped,
        disagreements,
        modified: dates.modified,
        retrieved,
        record: None,
    })
}

/// The dates alone, also of a page on which [`read`] finds no article: a video, a gallery.
pub fn dates(html: &str, url: Option<&str>, options: Options) -> PageDates {
    let retrieved = options.retrieved.or_else(|| saved::day(html));
    with_dates(html, url, |dom, declared, lines, about| dates::read(dom, declared, lines, about, retrieved))
}

/// Every date that the page states and that [`dates`] chooses from.
pub fn date_statements(html: &str, url: Option<&str>) -> Vec<DateStatement> {
    with_dates(html, url, dates::statements)
}

/// Reads as much of a page as its dates need.
fn with_dates<T: Default>(
    html: &str,
    url: Option<&str>,
    read: impl FnOnce(&Dom<'_>, &Declared, &Lines, &dates::About<'_>) -> T,
) -> T {
    let options = Options::default();
    let Ok(parsed) = parse(html) else { return T::default() };
    let dom = Dom::new(&parsed);
    let declared = Declared::read(&dom);
    let mut lines = Lines::read(&dom);
    teasers::mark(&dom, &mut lines);
    furniture::mark(&dom, &mut lines, None, options);
    let saved = saved::address(html);
    let address = address(&dom, &declared, url.or(saved.as_deref()));
    let title = title::title(&dom, &declared, &lines, None).map(|(title, _)| title);
    let language = language(&dom, &declared);
    let about = dates::About {
        shown: &Shown::find(&lines, title.as_deref()),
        body: choose::choose(&candidates::candidates(&dom, &lines, None, options), options)
            .and_then(candidates::Candidate::extent),
        url: address.as_deref(),
        order: dates::order(language.as_deref(), address.as_deref()),
    };
    read(&dom, &declared, &lines, &about)
}

/// The page's tree, as far as it is read.
fn parse(html: &str) -> Result<scraper::Html, HtmlError> {
    Ok(scraper::Html::parse_document(&tame::tame(html)?))
}

/// The canonical address: as the page links it, else as it was fetched.
fn address(dom: &Dom<'_>, declared: &Declared, url: Option<&str>) -> Option<String> {
    let base = url.and_then(|url| Url::parse(url).ok());
    let canonical = dom.elements().find_map(|(_, element)| {
        let canonical = element.name() == "link"
            && dom::attr(element, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        canonical.then(|| dom::attr(element, "href")).flatten()
    });
    let stated = canonical.into_iter().chain(declared.meta(&["og:url"]).map(|(_, url)| url));
    let mut addresses = stated.filter_map(|stated| match &base {
        Some(base) => base.join(stated.trim()).ok(),
        None => Url::parse(stated.trim()).ok(),
    });
    // A canonical address that is the site's front page is a mistake of the page.
    let page = addresses.find(|address| {
        matches!(address.scheme(), "http" | "https") && (address.path().len() > 1 || address.query().is_some())
    });
    page.or(base).map(String::from)
}

/// What the page's relative addresses are relative to: its `base`, else its own address.
fn base(dom: &Dom<'_>, address: Option<&str>) -> Option<Url> {
    let own = address.and_then(|address| Url::parse(address).ok());
    let stated = dom.elements().find(|(_, element)| element.name() == "base");
    let stated = stated.and_then(|(_, element)| dom::attr(element, "href"));
    match (stated, own) {
        (Some(stated), Some(own)) => own.join(stated).ok().or(Some(own)),
        (Some(stated), None) => Url::parse(stated).ok(),
        (None, own) => own,
    }
}

/// A longer address, in bytes, is a program or a picture in disguise.
const LONGEST_ADDRESS: usize = 2048;

/// Where an anchor leads: an address of the web, and not a place on the same page.
fn link(dom: &Dom<'_>, base: Option<&Url>, anchor: dom::Id) -> Option<String> {
    let stated = dom::attr(dom.element(anchor)?, "href")?.trim();
    if stated.is_empty() || stated.starts_with('#') || stated.len() > LONGEST_ADDRESS {
        return None;
    }
    let url = base.map_or_else(|| Url::parse(stated), |base| base.join(stated)).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.into())
}

/// The declared language.
fn language(dom: &Dom<'_>, declared: &Declared) -> Option<String> {
    let root = dom.elements().find(|(_, element)| element.name() == "html").map(|(_, element)| element);
    let of_root = root.and_then(|root| dom::attr(root, "lang").or_else(|| dom::attr(root, "xml:lang")));
    let stated = declared.stated("inLanguage");
    let meta =
        declared.meta(&["content-language", "language", "og:locale", "dc.language"]).map(|(_, language)| language);
    of_root.into_iter().chain(stated).chain(meta).find_map(language_tag)
}

/// `en_US.UTF-8` as `en-US`; nothing where it is no tag.
fn language_tag(text: &str) -> Option<String> {
    let tag = text.split([',', ';', '.', ' ']).next()?.trim().replace('_', "-");
    crate::config::language_refusal(&tag).is_none().then_some(tag)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::BlockKind;

    fn body(html: &str) -> Result<String, HtmlError> {
        read(html, None, Options::default()).map(|draft| draft.body())
    }

    #[test]
    fn a_page_gives_its_article_and_tells_what_it_left_out() {
        let html = r#"<html lang="en-GB"><head><title>Rail reaches Kesh | The Velmar Courier</title>
            <meta property="og:site_name" content="The Velmar Courier">
            <meta name="author" content="By Nadia Ferrol"></head><body>
            <nav><a href="/">Home</a> <a href="/rail">Rail</a></nav>
            <article><h1>Rail reaches Kesh</h1><div class="byline">By Nadia Ferrol</div>
            <div class="share-bar"><a>Share</a></div>
            <p>The Amber railway will reach Kesh by the end of the year, Pieter Vael said on Monday.</p>
            <figure><img src="a.jpg"><figcaption>The yard at Velmar. Photo: Jonas Pell</figcaption></figure>
            <h2>A long way</h2><p>The line is 1,140 km long and crosses three states, among them Doruna.</p>
            <p><a href="/b">Read more: water in Doruna</a></p></article>
            <footer>All rights reserved</footer></body></html>"#;

        let draft = read(html, Some("https://velmarcourier.example/rail?x=1"), Options::default()).unwrap();

        let kinds: Vec<BlockKind> = draft.pieces.iter().map(|piece| piece.kind).collect();
        assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Caption, BlockKind::Heading, BlockKind::Paragraph]);
        assert_eq!(draft.title.as_deref(), Some("Rail reaches Kesh"));
        assert_eq!(draft.authors, ["Nadia Ferrol"]);
        assert_eq!(draft.language.as_deref(), Some("en-GB"));
        let reasons: Vec<&str> = draft.dropped.iter().map(|block| block.reason.as_str()).collect();
        assert_eq!(reasons, ["outside-body", "title", "byline", "share-bar", "read-more", "outside-body"]);
    }

    #[test]
    fn a_live_blog_keeps_the_times_of_its_entries() {
        let entry = |time: &str| {
            format!(
                "<div class=e><span class=timestamp>{time}</span><h3>News at {time}</h3>\
                 <p>The board of the bank is still sitting, and the waiters have gone home for the night.</p></div>"
            )
        };
        let html = format!("<h1>Live</h1><main>{}{}{}</main>", entry("21:10"), entry("19:35"), entry("17:50"));

        let mut draft = read(&html, None, Options::default()).unwrap();
        crate::clean::structure::find(&mut draft);

        let heads: Vec<&str> = draft
            .pieces
            .iter()
            .filter(|piece| piece.kind == BlockKind::LiveEntry)
            .filter_map(|piece| piece.entry.as_ref().map(|entry| entry.time.as_str()))
            .collect();
        assert_eq!(heads, ["21:10", "19:35", "17:50"]);
    }

    #[test]
    fn the_picture_over_the_body_has_its_caption() {
        let text = "The line is 1,140 km long and crosses three states, among them Doruna. ".repeat(4);
        let html = format!(
            "<h1>Rail reaches Kesh</h1><figure><img><figcaption>The yard at Velmar</figcaption></figure>\
             <div class=article-body><p>{text}</p><p>{text} It ends in Kesh.</p></div>\
             <figure><img><figcaption>Another story</figcaption></figure>"
        );

        let draft = read(&html, None, Options::default()).unwrap();

        assert_eq!(draft.pieces[0], crate::clean::draft::Piece::plain(BlockKind::Caption, "The yard at Velmar"));
        assert_eq!(draft.pieces.len(), 3);
    }

    #[test]
    fn links_are_kept_with_their_absolute_address() {
        let html = "<base href=/rail/><article><p>The minister read <a href='t.html'>the <i>treaty</i></a>, a \
                    <a href='javascript:x()'>map</a> and <a href=#n>a note</a> to the assembled press.</p></article>";

        let draft = read(html, Some("https://velmar.example/a/b"), Options::default()).unwrap();

        let piece = &draft.pieces[0];
        let links: Vec<(&str, &str)> =
            piece.links.iter().map(|(at, url)| (&piece.text[at.clone()], url.as_str())).collect();
        assert_eq!(links, [("the treaty", "https://velmar.example/rail/t.html")]);
    }

    #[test]
    fn a_page_without_an_article_says_why() {
        assert_eq!(body(""), Err(HtmlError::Empty));
        assert_eq!(body("<frameset><frame src=a></frameset>"), Err(HtmlError::Frameset));
        assert_eq!(body("<div id=root></div><script>load()</script>"), Err(HtmlError::ScriptShell));
        assert_eq!(body(&"<a href=a>Rail</a> ".repeat(200)), Err(HtmlError::ListOfArticles));
        assert_eq!(body("<h1>Rail</h1><p>Kesh, Velmar"), Err(HtmlError::NoRunningText));
    }

    #[test]
    fn deep_nesting_does_no_harm() {
        for open in ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<font color=a>", "<blockquote><p>"] {
            let html = open.repeat(20_000) + "The railway will reach Kesh by the end of the year, Vael said.";

            assert!(body(&html).is_ok(), "{open}");
        }
    }

    proptest! {
        #[test]
        fn no_page_panics(html in "(<(/)?(div|p|table|tr|td|li|a|b|br|h1|time|nav|article|script|figure|figcaption)( class=\"(ad|date|caption|article-body)\")?>|[a-zA-Zäß ,.:\u{a0}\u{ad}0-9]{0,30}){0,60}") {
            if let Ok(draft) = read(&html, Some("https://velmarcourier.example/2025/06/18"), Options::default()) {
                for piece in &draft.pieces {
                    prop_assert!(!piece.text.trim().is_empty() && !piece.text.contains('\n'));
                }
            }
        }
    }
}
