//! What an engine cannot do, and why.

use std::path::PathBuf;

use crate::query::Place;

/// Why an engine gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is no index in the folder.
    #[error("no index in {}; run `rapporteur index` to build it", .0.display())]
    Missing(PathBuf),
    /// The index was written by another version of this program, or is not one of its indexes.
    #[error("the index in {} is of another version ({found}, this program writes {expected}); \
             remove the folder and run `rapporteur index`", path.display())]
    Version {
        /// The index folder.
        path: PathBuf,
        /// What it says of itself.
        found: String,
        /// What this program writes.
        expected: String,
    },
    /// Another process writes to the index.
    #[error("another process is writing to the index in {}; wait for it to finish", .0.display())]
    Locked(PathBuf),
    /// A clause that this engine cannot answer.
    #[error("{message}")]
    Unsupported {
        /// The clause's place in the query.
        at: Place,
        /// What is not possible, and what to write instead.
        message: String,
    },
    /// A stored passage cannot be read back.
    #[error("a stored passage is damaged ({0}); remove the index folder and run `rapporteur index`")]
    Damaged(String),
    /// The search library failed.
    #[error("the index failed: {0}")]
    Backend(String),
}
