//! A news page → a [`Draft`]: the body's paragraphs with kinds, and what the page says of itself.
//!
//! For the `clean` station. The way of one page, a file each: parse, mark furniture, lines,
//! candidates, choice, pieces; metadata beside it.

mod candidates;
mod choose;
mod depth;
mod dom;
mod furniture;
mod lines;
mod names;
mod phrases;
mod pieces;

use jiff::civil::Date;

use super::draft::Draft;

/// What is known of a page beside its markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The day on which the page was fetched; a publication date more than a day later is refused.
    pub retrieved: Option<Date>,
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
    /// Text, but none that reads like an article: a list of links, a login form.
    #[error("no article found: the page has no running text of its own")]
    NoRunningText,
}

/// Reads a page. `url` is where it was fetched, if known: it helps to find date and outlet.
pub fn read(html: &str, _url: Option<&str>, _options: Options) -> Result<Draft, HtmlError> {
    let parsed = scraper::Html::parse_document(&depth::tame(html));
    let dom = dom::Dom::new(&parsed);
    let mut lines = lines::Lines::read(&dom);
    furniture::mark(&dom, &mut lines);
    let candidates = candidates::candidates(&dom, &lines);
    let Some(body) = choose::choose(&candidates) else { return Err(HtmlError::NoRunningText) };
    let title = dom.elements().find(|(_, e)| e.name() == "h1").map(|(id, _)| dom::collapse(&dom.raw_text(id)));
    let sorted = pieces::sort(&lines, body, title.as_deref());
    Ok(Draft { title, pieces: sorted.pieces, dropped: sorted.dropped, ..Draft::default() })
}
