//! A news page → a [`Draft`]: the body's paragraphs with kinds, and what the page says of itself.
//!
//! For the `clean` station. The way of one page, a file each: parse, mark furniture, lines,
//! candidates, choice, pieces; metadata beside it.

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
pub fn read(_html: &str, _url: Option<&str>, _options: Options) -> Result<Draft, HtmlError> {
    Err(HtmlError::Empty)
}
