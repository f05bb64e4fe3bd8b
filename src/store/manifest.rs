//! The manifest: which sources the index was made of, so that the next run reads only what changed.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{StoreError, atomic};
use crate::model::{ArticleId, ContentHash};
use crate::source::Format;

/// Counts up whenever the manifest's or the engine's layout changes.
const VERSION: u32 = 1;

/// What the index was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// Hash of the rules in force, see [`crate::config::Rules::hash`].
    pub rules: ContentHash,
    /// Counts the runs that changed the index.
    pub generation: u64,
    /// The files, by the path shown.
    pub files: BTreeMap<String, FileEntry>,
}

/// A file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Size in bytes.
    pub size: u64,
    /// Last change, in nanoseconds since 1970.
    pub modified: i64,
    /// The sources in it that gave an article.
    pub sources: Vec<SourceEntry>,
    /// Why the others gave none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quarantined: Vec<String>,
}

/// A source that gave an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// As shown: the file, with `:<line>` for a record.
    pub path: String,
    /// What it calls itself.
    pub name: String,
    /// How it is read.
    pub format: Format,
    /// Hash of its original bytes.
    pub blake3: ContentHash,
    /// The article that it gave.
    pub article: ArticleId,
    /// How many passages the article has.
    pub passages: usize,
    /// Hash of the corrections by which it was derived, see [`crate::config::Overrides::hash_of`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<ContentHash>,
    /// The source whose article is indexed in its stead, where two give the same one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<String>,
}

impl Manifest {
    /// A manifest of an index without sources.
    pub fn empty(rules: ContentHash) -> Self {
        Self { version: VERSION, rules, generation: 0, files: BTreeMap::new() }
    }

    /// Every source that gave an article, duplicates included.
    pub fn sources(&self) -> impl Iterator<Item = &SourceEntry> {
        self.files.values().flat_map(|file| &file.sources)
    }

    /// Every source whose article is in the index.
    pub fn indexed(&self) -> impl Iterator<Item = &SourceEntry> {
        self.sources().filter(|source| source.duplicate_of.is_none())
    }

    /// BLAKE3 over the rules and the sorted hashes of the indexed sources: equal for equal inputs,
    /// whatever the order of files and the number of threads. The rules' hash is over settings, authority file,
    /// topics, model and the rules' version, see [`crate::config::Rules::hash`]. A source's format counts, since
    /// a file's name may decide how the same bytes are read, and so do the corrections that hold of its article.
    pub fn fingerprint(&self) -> ContentHash {
        let line = |source: &SourceEntry| {
            let corrected = source.overrides.map(|overrides| format!(" {overrides}")).unwrap_or_default();
            format!("{} {:?}{corrected}", source.blake3, source.format)
        };
        let mut hashes: Vec<String> = self.indexed().map(line).collect();
        hashes.sort_unstable();
        ContentHash::of(format!("{VERSION}\n{}\n{}", self.rules, hashes.join("\n")).as_bytes())
    }

    pub(super) fn read(path: &Path) -> Result<Option<Self>, StoreError> {
        let Some(bytes) = atomic::read(path)? else { return Ok(None) };
        let refuse = |reason: String| StoreError::Manifest { path: path.to_owned(), reason };
        let manifest: Self = serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
        if manifest.version != VERSION {
            return Err(refuse(format!("it is of version {}, not {VERSION}", manifest.version)));
        }
        Ok(Some(manifest))
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), StoreError> {
        atomic::write(path, |mut file| {
            serde_json::to_writer(&mut file, self)?;
            file.write_all(b"\n")
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn manifest(hashes: &[&[u8]]) -> Manifest {
        let mut manifest = Manifest::empty(ContentHash::of(b"rules"));
        for (index, bytes) in hashes.iter().enumerate() {
            let source = SourceEntry {
                path: format!("{index}.txt"),
                name: index.to_string(),
                format: Format::Text,
                blake3: ContentHash::of(bytes),
                article: ArticleId::derive("content", &index.to_string()),
                passages: 1,
                overrides: None,
                duplicate_of: None,
            };
            let entry = FileEntry { size: 1, modified: 0, sources: vec![source], quarantined: Vec::new() };
            manifest.files.insert(format!("{index}.txt"), entry);
        }
        manifest
    }

    #[test]
    fn the_fingerprint_depends_on_sources_and_not_on_their_order() {
        assert_eq!(manifest(&[b"a", b"b"]).fingerprint(), manifest(&[b"b", b"a"]).fingerprint());
        assert_ne!(manifest(&[b"a", b"b"]).fingerprint(), manifest(&[b"a"]).fingerprint());
    }

    #[test]
    fn a_manifest_reads_back_and_one_of_another_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.json");
        let written = manifest(&[b"a"]);

        written.write(&path).unwrap();
        assert_eq!(Manifest::read(&path).unwrap(), Some(written));

        fs::write(&path, fs::read_to_string(&path).unwrap().replace("\"version\":1", "\"version\":99")).unwrap();
        assert!(Manifest::read(&path).unwrap_err().to_string().contains("version 99"));
    }
}
