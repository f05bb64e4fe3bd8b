//! What ends a run. A source that cannot be read does not: it is counted and reported.

use std::path::PathBuf;

use crate::annotate::speakers::ModelError;
use crate::config::ConfigError;
use crate::engine::EngineError;
use crate::store::StoreError;

/// Why a run ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// There is nothing to index.
    #[error("no corpus: {} does not exist; name files or folders, or set `corpus` in rapporteur.toml", .0.display())]
    NoCorpus(PathBuf),
    /// There is a folder, and no file in it.
    #[error("no corpus: {} holds no file; put HTML, text, Markdown or JSONL files there", .0.display())]
    EmptyCorpus(PathBuf),
    /// The corrections cannot be read.
    #[error(transparent)]
    Overrides(#[from] ConfigError),
    /// The index folder could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The model of who said what cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] EngineError),
}
