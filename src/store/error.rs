//! What can go wrong on disk.

use std::path::{Path, PathBuf};

use crate::model::ContentHash;

/// Why something could not be stored or read back.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refuses.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Another process holds the writer's lock.
    #[error("another rapporteur is writing to this index ({} is locked); wait for it to finish", .0.display())]
    Locked(PathBuf),
    /// The manifest is not what this program writes.
    #[error("{}: not a manifest of this version ({reason}); remove the index folder's contents and run `rapporteur index`", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// What is known of near-duplicates is not what this program writes.
    #[error("{}: near-duplicates cannot be read ({reason}); run `rapporteur index`, which finds them anew", path.display())]
    NearDuplicates {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// What is known of quotations is not what this program writes.
    #[error("{}: the lineage of quotations cannot be read ({reason}); run `rapporteur index`, which finds it anew", path.display())]
    Lineage {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// When passages were first seen is not known.
    #[error("{}: when passages were first seen cannot be read ({reason}); run `rapporteur index`, which begins anew", path.display())]
    FirstSeen {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// What was acknowledged is not what this program writes.
    #[error("{}: not a file of acknowledged searches of this version ({reason}); restore it, or remove it: every hit is new then", path.display())]
    Acknowledged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// An original is not in the archive.
    #[error("the archive holds no original {0}; run `rapporteur index` with the source in place")]
    NotArchived(ContentHash),
    /// An original in the archive is not what its name says.
    #[error("the archived original {0} is damaged: its content has another hash")]
    Damaged(ContentHash),
}

impl StoreError {
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }
}
