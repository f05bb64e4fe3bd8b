//! Why a question has no answer.

use crate::config::ConfigError;
use crate::engine::EngineError;
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
    /// An id that nothing in the index has.
    #[error("{0}")]
    UnknownId(String),
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
