//! One raw source → an article: blocks with kinds, and what the source says of itself.
//!
//! Each format's reader gives a [`draft::Draft`]; [`structure`] finds captions, editor's notes and
//! interview turns in it, the same for every format; [`assemble`] makes the [`Article`].

mod agency;
mod assemble;
mod byline;
mod docx;
pub mod draft;
mod entities;
pub mod html;
mod hyphens;
mod language;
mod letters;
mod markdown;
mod outlet;
mod pdf;
mod record;
mod stated;
mod structure;
mod text;
mod url;

pub use html::HtmlError;
pub use pdf::PdfError;

use jiff::tz::TimeZone;

use crate::model::{Article, Evidence, Reason, Why};
use crate::source::{Format, RawSource, SourceError};
use draft::Draft;

/// What sources that say nothing of themselves are taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct CleanOptions {
    /// Outlet of sources that name none.
    pub outlet: Option<String>,
    /// Language of sources that declare none.
    pub language: String,
    /// The zone of times that state none; without it they stay without one.
    pub time_zone: Option<TimeZone>,
}

/// Why a source gave no article.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CleanError {
    /// Its bytes cannot be read as text.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Its page holds no article.
    #[error("{path}: {reason}")]
    Page {
        /// The source.
        path: String,
        /// What it is instead.
        reason: HtmlError,
    },
    /// Its PDF document cannot be read as text.
    #[error("{path}: {reason}")]
    Pdf {
        /// The source.
        path: String,
        /// Why not, and what to do.
        reason: PdfError,
    },
    /// Nothing is left once captions, notes and furniture are told apart.
    #[error("{path}: no article found: the source holds no running text")]
    NoText {
        /// The source.
        path: String,
    },
}

/// Gives a reason for each field that its reader gave none for.
fn give_reasons(draft: &mut Draft, format: Format) {
    let (rule, sentence) = match format {
        Format::JsonRecord => ("record-field", "the record's own field states it, or else its text"),
        Format::Markdown => ("front-matter", "the front matter, the first heading or the byline states it"),
        Format::Docx => ("document-property", "the document's title, byline or properties state it"),
        Format::Pdf => ("document-head", "the head of the document's first page states it"),
        Format::Html | Format::Mhtml => ("page", "the page's text states it"),
        Format::Text => ("text-head", "the headline, the byline or the dateline at the text's head states it"),
    };
    let authors = (!draft.authors.is_empty()).then(|| draft.authors.join("; "));
    let fields = [
        ("title", draft.title.clone()),
        ("authors", authors),
        ("outlet", draft.outlet.clone()),
        ("url", draft.url.clone()),
    ];
    for (field, value) in fields {
        if let Some(value) = value.filter(|_| draft.metadata.reason(field).is_none()) {
            let why = Why::new(rule, sentence).with(Evidence::outside("stated", value));
            draft.metadata.because(Reason::new(field, why));
        }
    }
}

/// An article, and what a person should know of how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleaned {
    /// The article.
    pub article: Article,
    /// Guesses that were made.
    pub warnings: Vec<String>,
}

/// Reads, cleans and assembles one source.
pub fn clean(source: &RawSource, options: &CleanOptions) -> Result<Cleaned, CleanError> {
    let decoded = source.decode()?;
    let mut warnings: Vec<String> = decoded.warning.into_iter().collect();
    let page = |error: HtmlError| CleanError::Page { path: source.path.clone(), reason: error };
    let mut name = source.name.clone();
    let mut draft = match source.format {
        Format::Html | Format::Mhtml => {
            let options = html::Options { retrieved: source.retrieved, ..html::Options::default() };
            html::read(&decoded.text, source.url.as_deref(), options).map_err(page)?
        }
        Format::Docx => docx::read(source, &decoded.text)?,
        Format::Pdf => {
            pdf::read(source, &mut warnings).map_err(|reason| CleanError::Pdf { path: source.path.clone(), reason })?
        }
        Format::Text => text::read(&decoded.text),
        Format::Markdown => markdown::read(&decoded.text),
        Format::JsonRecord => {
            let record = crate::source::Record::parse(&source.path, &decoded.text)?;
            name = record.id.clone().unwrap_or(name);
            record::read(&source.path, record, source.retrieved, &mut warnings).map_err(page)?
        }
    };
    draft.retrieved = draft.retrieved.or(source.retrieved);
    stated::settle(&mut draft, options.time_zone.as_ref());
    structure::find(&mut draft);
    draft.outlet = draft.outlet.take().or_else(|| outlet::find(&draft));
    if draft.metadata.syndication.is_none()
        && let Some((agency, reason)) = agency::of_text(&draft)
    {
        draft.metadata.syndication = Some(agency);
        draft.metadata.because(reason);
    }
    give_reasons(&mut draft, source.format);
    language::settle(&mut draft, &options.language);
    if draft.pieces.is_empty() {
        return Err(CleanError::NoText { path: source.path.clone() });
    }
    Ok(Cleaned { article: assemble::assemble(draft, source, name, &decoded.text, options), warnings })
}
