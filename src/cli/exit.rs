//! How a command ended, as its exit code tells. The codes are a contract: scripts rest on them.

use std::io::ErrorKind;
use std::process::ExitCode;

use crate::annotate::speakers::ModelError;
use crate::config::ConfigError;
use crate::engine::EngineError;
use crate::job::JobError;
use crate::store::StoreError;
use crate::view::ViewError;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well; also where the reader of a pipe went away.
    Done = 0,
    /// It failed.
    Failed = 1,
    /// The arguments, the query or a settings file mean nothing.
    Usage = 2,
    /// Done, and some sources were set aside because they could not be read, or some queries of a batch were wrong.
    Quarantined = 3,
    /// `verify`: something is not what its original gives.
    Differs = 4,
    /// There is no index and no corpus to build it from.
    NoIndex = 10,
    /// Another process writes to the index.
    Locked = 11,
    /// The index is of another version of the program.
    Version = 12,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    /// The code of an error.
    pub(super) fn of(error: &anyhow::Error) -> Self {
        error.chain().find_map(Self::of_cause).unwrap_or(Self::Failed)
    }

    fn of_cause(cause: &(dyn std::error::Error + 'static)) -> Option<Self> {
        let engine = |error: &EngineError| match error {
            EngineError::Missing(_) => Self::NoIndex,
            EngineError::Version { .. } => Self::Version,
            EngineError::Locked(_) => Self::Locked,
            _ => Self::Failed,
        };
        let store = |error: &StoreError| match error {
            StoreError::Locked(_) => Self::Locked,
            StoreError::Manifest { .. } => Self::Version,
            _ => Self::Failed,
        };
        if let Some(error) = cause.downcast_ref::<std::io::Error>() {
            return (error.kind() == ErrorKind::BrokenPipe).then_some(Self::Done);
        }
        if cause.is::<ConfigError>() || cause.is::<ModelError>() || cause.is::<super::args::UsageError>() {
            return Some(Self::Usage);
        }
        if let Some(error) = cause.downcast_ref::<EngineError>() {
            return Some(engine(error));
        }
        if let Some(error) = cause.downcast_ref::<StoreError>() {
            return Some(store(error));
        }
        if let Some(error) = cause.downcast_ref::<JobError>() {
            return Some(match error {
                JobError::NoCorpus(_) | JobError::EmptyCorpus(_) => Self::NoIndex,
                JobError::Engine(error) => engine(error),
                JobError::Model(_) | JobError::Overrides(_) => Self::Usage,
                JobError::Store(error) => store(error),
            });
        }
        cause.downcast_ref::<ViewError>().map(|error| match error {
            ViewError::Query(_)
            | ViewError::UnknownTopic { .. }
            | ViewError::NoId(_)
            | ViewError::NoQuoteId(_)
            | ViewError::Correction(_)
            | ViewError::NoPrefix(..)
            | ViewError::NoWords
            | ViewError::NoPeriod { .. }
            | ViewError::Config(_)
            | ViewError::UnknownSearch(_)
            | ViewError::NoGeneration { .. } => Self::Usage,
            ViewError::UnknownId(_) | ViewError::TooManyPeriods { .. } | ViewError::Sorting(_) => Self::Failed,
            ViewError::Engine(error) => engine(error),
            ViewError::Store(error) => store(error),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_within_another_keeps_its_code() {
        let error = anyhow::Error::from(JobError::Engine(EngineError::Locked("index".into()))).context("indexing");

        assert_eq!(Exit::of(&error), Exit::Locked);
    }

    #[test]
    fn a_closed_pipe_is_success() {
        let error = anyhow::Error::from(std::io::Error::from(ErrorKind::BrokenPipe));

        assert_eq!(Exit::of(&error), Exit::Done);
    }
}
