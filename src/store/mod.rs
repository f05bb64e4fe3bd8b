//! What lies on disk in an index folder: the archive of originals, the manifest, near-duplicates, the
//! writer's lock.
//!
//! ```text
//! index/
//!   README.md              what is in it
//!   lock                   held by the process that writes
//!   manifest.json          every source file with its size, time, hash, articles; generation and fingerprint
//!   near-duplicates.json   the groups of articles that are copies of one another
//!   near-duplicates.bin    what finding them in the next run needs
//!   lineage.json           which quotations carry the same statement
//!   lineage.bin            what finding that in the next run needs
//!   first-seen.bin         in which generation each passage first came
//!   archive/ab/…           the original bytes of each source, zstd, named by their BLAKE3 hash
//!   engine/                the search engine's own files
//! ```

mod acknowledged;
mod archive;
mod atomic;
mod error;
mod first_seen;
mod groups;
mod lineage;
mod lock;
mod manifest;
mod packed;
mod sketches;
mod sorted;

use std::path::{Path, PathBuf};

pub use acknowledged::{Acknowledged, Acknowledgement, acknowledged_beside};
pub use archive::Archive;
pub use atomic::replace;
pub use error::StoreError;
pub use first_seen::{FirstSeen, Sighting};
pub use lock::Lock;
pub use manifest::{FileEntry, Manifest, SourceEntry};
pub use sorted::{RecordSorter, SortedRecords};

use crate::lineage::{Statements, Wordings};
use crate::near_duplicates::{Groups, Sketches};

/// An index folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexFolder {
    path: PathBuf,
}

impl IndexFolder {
    /// The folder at `path`, which need not exist yet.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the engine keeps its files.
    pub fn engine(&self) -> PathBuf {
        self.path.join("engine")
    }

    /// The archive of originals.
    pub fn archive(&self) -> Archive {
        Archive::new(self.path.join("archive"))
    }

    /// The manifest; `None` where no index was built yet.
    pub fn manifest(&self) -> Result<Option<Manifest>, StoreError> {
        Manifest::read(&self.manifest_path())
    }

    /// Puts `manifest` in place of the one before, whole or not at all.
    pub fn write_manifest(&self, manifest: &Manifest) -> Result<(), StoreError> {
        manifest.write(&self.manifest_path())
    }

    /// The groups of near-duplicates; `None` where none were looked for yet.
    pub fn groups(&self) -> Result<Option<Groups>, StoreError> {
        groups::read(&self.path.join("near-duplicates.json"))
    }

    /// What finding near-duplicates of new articles needs; `None` where none were looked for yet.
    pub fn sketches(&self) -> Result<Option<Sketches>, StoreError> {
        sketches::read(&self.path.join("near-duplicates.bin"))
    }

    /// Puts both in place of those before, each whole or not at all.
    pub fn write_near_duplicates(&self, sketches: &Sketches, groups: &Groups) -> Result<(), StoreError> {
        sketches::write(&self.path.join("near-duplicates.bin"), sketches)?;
        groups::write(&self.path.join("near-duplicates.json"), groups)
    }

    /// Which quotations carry the same statement; `None` where that was not looked for yet.
    pub fn statements(&self) -> Result<Option<Statements>, StoreError> {
        lineage::read_statements(&self.path.join("lineage.json"))
    }

    /// What finding that for new quotations needs; `None` where it was not looked for yet.
    pub fn wordings(&self) -> Result<Option<Wordings>, StoreError> {
        lineage::read_wordings(&self.path.join("lineage.bin"))
    }

    /// Puts both in place of those before, each whole or not at all.
    pub fn write_lineage(&self, wordings: &Wordings, statements: &Statements) -> Result<(), StoreError> {
        lineage::write_wordings(&self.path.join("lineage.bin"), wordings)?;
        lineage::write_statements(&self.path.join("lineage.json"), statements)
    }

    /// In which generation each passage first came; `None` where that is not recorded yet.
    pub fn first_seen(&self) -> Result<Option<FirstSeen>, StoreError> {
        first_seen::read(&self.path.join("first-seen.bin"))
    }

    /// Puts it in place of the one before, whole or not at all.
    pub fn write_first_seen(&self, first_seen: &FirstSeen) -> Result<(), StoreError> {
        first_seen::write(&self.path.join("first-seen.bin"), first_seen)
    }

    /// Makes the folder where it does not exist, and takes the writer's lock.
    pub fn lock(&self) -> Result<Lock, StoreError> {
        std::fs::create_dir_all(&self.path).map_err(|error| StoreError::io(&self.path, error))?;
        Lock::take(&self.path.join("lock"))
    }

    /// Bytes of all files in the folder.
    pub fn bytes(&self) -> Result<u64, StoreError> {
        let mut bytes = 0;
        let mut open = vec![self.path.clone()];
        while let Some(folder) = open.pop() {
            let entries = std::fs::read_dir(&folder).map_err(|error| StoreError::io(&folder, error))?;
            for entry in entries {
                let entry = entry.map_err(|error| StoreError::io(&folder, error))?;
                // A file that a merge takes away meanwhile counts for nothing.
                let Ok(metadata) = entry.metadata() else { continue };
                if metadata.is_dir() {
                    open.push(entry.path());
                } else {
                    bytes += metadata.len();
                }
            }
        }
        Ok(bytes)
    }

    fn manifest_path(&self) -> PathBuf {
        self.path.join("manifest.json")
    }
}
