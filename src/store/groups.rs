//! The groups of near-duplicates on disk, as JSON: small, and read by searches.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{StoreError, atomic};
use crate::near_duplicates::Groups;

/// Counts up whenever the layout changes.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    groups: Groups,
}

/// The groups at `path`; `None` where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Groups>, StoreError> {
    let Some(bytes) = atomic::read(path)? else { return Ok(None) };
    let refuse = |reason: String| StoreError::NearDuplicates { path: path.to_owned(), reason };
    let file: File = serde_json::from_slice(&bytes).map_err(|error| refuse(error.to_string()))?;
    if file.version != VERSION {
        return Err(refuse(format!("it is of version {}, not {VERSION}", file.version)));
    }
    Ok(Some(file.groups))
}

/// Puts `groups` in the place of the file at `path`.
pub(super) fn write(path: &Path, groups: &Groups) -> Result<(), StoreError> {
    atomic::write(path, |mut out| {
        serde_json::to_writer(&mut out, &File { version: VERSION, groups: groups.clone() })?;
        out.write_all(b"\n")
    })
}
