//! What was acknowledged of each saved search: a file beside that of the searches, so that it outlives an index.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{StoreError, atomic};
use crate::model::{ContentHash, TextMark};

/// Counts up whenever the layout changes.
const VERSION: u32 = 1;

/// Each search that was ever acknowledged, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    version: u32,
    /// By the search's name.
    pub searches: BTreeMap<String, Acknowledgement>,
}

/// What was acknowledged of a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Everything that the index had by this generation.
    pub generation: u32,
    /// By which history of first sightings, see [`super::FirstSeen::stamp`].
    pub history: i64,
    /// Hash of what was asked.
    pub asked: ContentHash,
    /// The passages that were ever acknowledged, by their words: they stay known where the history is lost.
    pub passages: BTreeSet<TextMark>,
}

impl Default for Acknowledged {
    fn default() -> Self {
        Self { version: VERSION, searches: BTreeMap::new() }
    }
}

impl Acknowledged {
    /// The file at `path`; empty where there is none.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let Some(bytes) = atomic::read(path)? else { return Ok(Self::default()) };
        let refuse = |reason: String| StoreError::Acknowledged { path: path.to_owned(), reason };
        let read: Self = serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
        if read.version != VERSION {
            return Err(refuse(format!("it is of version {}, not {VERSION}", read.version)));
        }
        Ok(read)
    }

    /// Puts it in the place of the file at `path`, whole or not at all.
    pub fn write(&self, path: &Path) -> Result<(), StoreError> {
        let text = serde_json::to_string(self).map_err(|error| StoreError::io(path, error.into()))?;
        atomic::replace(path, &(text + "\n"))
    }
}

/// Where it is kept: `searches.acknowledged.json` beside `searches.toml`.
#[must_use]
pub fn acknowledged_beside(searches: &Path) -> PathBuf {
    searches.with_extension("acknowledged.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_back_and_a_cut_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = acknowledged_beside(&folder.path().join("searches.toml"));
        let mut written = Acknowledged::read(&path).unwrap();
        let passages = BTreeSet::from([TextMark::of_words("It leans.")]);
        let one = Acknowledgement { generation: 3, history: 7, asked: ContentHash::of(b"x"), passages };
        written.searches.insert("towers".into(), one);

        written.write(&path).unwrap();

        assert_eq!(path.file_name().unwrap(), "searches.acknowledged.json");
        assert_eq!(Acknowledged::read(&path).unwrap(), written);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &text[..text.len() / 2]).unwrap();
        assert!(matches!(Acknowledged::read(&path), Err(StoreError::Acknowledged { .. })));
    }
}
