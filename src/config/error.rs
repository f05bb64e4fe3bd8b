//! What can be wrong with a settings file: always with the file and the line.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// Why a settings file was refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: {source}; check the path and its permissions", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file's TOML does not say what it should: bad syntax, an unknown key, a wrong type.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Toml {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in code points, from 1.
        column: usize,
        /// What is wrong, on one line.
        message: String,
    },
}

/// Reads TOML `text`; `path` is for the error.
pub(super) fn parse_toml<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join(" ");
        at(path, text, error.span().map_or(0, |span| span.start), message)
    })
}

/// An error at byte `offset` of `text`.
pub(super) fn at(path: &Path, text: &str, offset: usize, message: String) -> ConfigError {
    let before = text.get(..offset).unwrap_or(text);
    let line = line(text, offset);
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    ConfigError::Toml { path: path.to_owned(), line, column, message }
}

/// The line, from 1, that holds byte `offset` of `text`.
pub(super) fn line(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or(text).matches('\n').count() + 1
}

/// Reads a file.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, ConfigError> {
    std::fs::read(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })
}

/// Reads a file of UTF-8 text.
pub(super) fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })
}
