//! Why a PDF document gave no article: each reason with its remedy.

use super::work::{MOST_WORK, Stop};

/// What keeps a PDF document from being read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// Its container holds no pages that can be found.
    #[error("the PDF document cannot be read: {0}; fetch the file again, or print it anew from its program")]
    Damaged(&'static str),
    /// Encrypted, be it with a password to open it or with one to change it.
    #[error("the PDF document is encrypted; decrypt it first, for instance with qpdf --decrypt")]
    Encrypted,
    /// Pictures of pages.
    #[error(
        "the PDF document's pages are pictures without text, as of a scan; run OCR first, for instance with ocrmypdf"
    )]
    Scanned,
    /// Nothing stands on its pages.
    #[error("no article found: the PDF document's pages hold no text")]
    Empty,
    /// Its fonts do not say which letters they draw.
    #[error(
        "{unreadable} of the PDF document's {letters} letters are drawn by fonts that do not say which letters they \
         are; print it anew with its text, or run OCR, for instance with ocrmypdf --force-ocr"
    )]
    Undecodable {
        /// Letters without a known value.
        unreadable: usize,
        /// All letters.
        letters: usize,
    },
    /// One stream is larger than any page's.
    #[error("a stream of the PDF document unpacks to more than {0} bytes; no page needs that")]
    Stream(usize),
    /// More of something than is read.
    #[error("the PDF document has more than {limit} {what}; split it, for instance with qpdf --split-pages")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// All that is done for one document, added up.
    #[error(
        "reading the PDF document takes more than {MOST_WORK} steps; split it, for instance with qpdf --split-pages"
    )]
    Work,
}

impl From<Stop> for PdfError {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Work => Self::Work,
            Stop::Letters(limit) => Self::TooMany { what: "letters on one page", limit },
            Stop::Stream(limit) => Self::Stream(limit),
        }
    }
}
