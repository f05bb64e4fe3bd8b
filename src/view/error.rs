//! Why a question has no answer.

use jiff::civil::Date;

use super::PeriodLength;
use crate::config::ConfigError;
use crate::engine::EngineError;
use crate::model::PartialDate;
use crate::query::ParseError;
use crate::store::StoreError;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The query means nothing, or asks for what does not exist; shown with a caret.
    #[error(transparent)]
    Query(#[from] ParseError),
    /// A filter names a topic that `topics.toml` does not have.
    #[error("no topic `{name}`; known: {known}")]
    UnknownTopic {
        /// As it was given.
        name: String,
        /// The topics' ids.
        known: String,
    },
    /// An id that is neither an article's nor a passage's in form.
    #[error("`{0}` is no id; write an article's (12 letters and digits) or a passage's (`<article>.<n>`)")]
    NoId(String),
    /// An id that is no quotation's in form, and like none that is known.
    #[error("`{0}` is no quotation's id; write `<article>.<n>.q<m>`, as `show ID --why` names them")]
    NoQuoteId(String),
    /// A correction that means nothing.
    #[error("{0}")]
    Correction(String),
    /// What no word begins with: not one word.
    #[error("`{0}` {1}; write the first letters of one word")]
    NoPrefix(String, &'static str),
    /// A file of settings is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// No saved search has this name.
    #[error("{0}")]
    UnknownSearch(String),
    /// A generation that the index has not reached.
    #[error("generation {asked} is to come; the index is at {current}, give that or an earlier one")]
    NoGeneration {
        /// As asked for.
        asked: u32,
        /// The index's.
        current: u32,
    },
    /// A period that ends before it begins.
    #[error("--from {from} is later than --to {to}; give the earlier one first")]
    NoPeriod {
        /// Its first day, month or year.
        from: PartialDate,
        /// Its last one.
        to: PartialDate,
    },
    /// An id that nothing in the index has.
    #[error("{0}")]
    UnknownId(String),
    /// Dates lie so far apart that a chart of them would hide what it shows.
    #[error(
        "from {first} to {last} there are more than {most} {}s; narrow them with --from and --to, or count by a longer period",
        length.as_str()
    )]
    TooManyPeriods {
        /// How long one is.
        length: PeriodLength,
        /// The first day.
        first: Date,
        /// The last day.
        last: Date,
        /// How many are counted at the most.
        most: usize,
    },
    /// Matches are asked for, and the query asks for no words that could match.
    #[error(
        "the query asks for no words of the text, so that nothing in it matches; write a word or phrase beside its fields"
    )]
    NoWords,
    /// A temporary file for sorting could not be written or read.
    #[error("cannot sort the matches in a temporary file: {0}; set TMPDIR to a folder that has room")]
    Sorting(std::io::Error),
    /// The engine gave no answer.
    #[error(transparent)]
    Engine(EngineError),
    /// The index folder could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ViewError {
    /// An engine's error; one with a place in `query` becomes an error of the query.
    pub(super) fn engine(query: &str, error: EngineError) -> Self {
        match error {
            EngineError::Unsupported { at, message } => Self::Query(ParseError {
                query: query.to_owned(),
                at,
                message,
                help: "change the clause, or leave it out".into(),
            }),
            error => Self::Engine(error),
        }
    }
}
