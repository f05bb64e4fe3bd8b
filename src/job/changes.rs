//! What has changed since the last run: files told by size and time first.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::overrides;
use crate::config::Overrides;
use crate::source::{Found, SourceFile, shown_path};
use crate::store::{FileEntry, Manifest};

/// What a run has to do.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Files to read, in the order of their paths.
    pub(super) to_read: Vec<SourceFile>,
    /// Files that are as they were.
    pub(super) unchanged: usize,
    /// Files of the manifest that are gone.
    pub(super) removed: Vec<String>,
}

/// Compares what was found below `paths` with the manifest. Files elsewhere are left alone.
///
/// A duplicate is read again where the source that stood for it changes or goes, and a file where other corrections
/// hold of one of its articles than when it was read; with `derive_anew`, every file.
pub(super) fn compare(
    found: Found,
    manifest: &Manifest,
    paths: &[PathBuf],
    root: &Path,
    overrides: &Overrides,
    derive_anew: bool,
) -> Changes {
    let scopes: Vec<String> = paths.iter().map(|path| shown_path(path, root)).collect();
    let present: BTreeSet<String> = found.files.iter().map(|file| file.shown.clone()).collect();
    let refused: BTreeSet<&str> = found.errors.iter().filter_map(|error| path_of(error)).collect();
    let removed: Vec<String> = manifest
        .files
        .keys()
        .filter(|path| scopes.iter().any(|scope| lies_below(path, scope)))
        .filter(|path| !present.contains(*path) && !refused.contains(path.as_str()))
        .cloned()
        .collect();
    let mut changes = Changes { removed, ..Changes::default() };
    let (mut same, mut different) = (Vec::new(), Vec::new());
    for file in found.files {
        let entry = manifest.files.get(&file.shown);
        if !derive_anew && entry.is_some_and(|entry| is_same(entry, &file) && is_corrected(entry, overrides)) {
            same.push(file);
        } else {
            different.push(file);
        }
    }
    let leaving: BTreeSet<&str> = different
        .iter()
        .map(|file| file.shown.as_str())
        .chain(changes.removed.iter().map(String::as_str))
        .filter_map(|path| manifest.files.get(path))
        .flat_map(|entry| entry.sources.iter().map(|source| source.path.as_str()))
        .collect();
    let orphaned = |file: &SourceFile| {
        manifest.files.get(&file.shown).is_some_and(|entry| {
            entry.sources.iter().filter_map(|source| source.duplicate_of.as_deref()).any(|of| leaving.contains(of))
        })
    };
    let (again, same): (Vec<SourceFile>, Vec<SourceFile>) = same.into_iter().partition(orphaned);
    changes.unchanged = same.len();
    changes.to_read = different;
    changes.to_read.extend(again);
    changes.to_read.sort_by(|a, b| a.shown.cmp(&b.shown));
    changes
}

fn is_same(entry: &FileEntry, file: &SourceFile) -> bool {
    entry.size == file.size && entry.modified == file.modified && file.modified != 0
}

/// Whether the corrections that hold of a file's articles are those by which they were derived.
pub(super) fn is_corrected(entry: &FileEntry, overrides: &Overrides) -> bool {
    entry.sources.iter().all(|source| overrides::is_current(source, overrides))
}

fn path_of(error: &crate::source::SourceError) -> Option<&str> {
    match error {
        crate::source::SourceError::Unreadable { path, .. } => Some(path),
        _ => None,
    }
}

/// Whether `path` is `scope` or lies in it.
fn lies_below(path: &str, scope: &str) -> bool {
    scope.is_empty() || path.strip_prefix(scope).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_holds_itself_and_what_lies_in_it() {
        assert!(lies_below("corpus/a.txt", "corpus"));
        assert!(lies_below("corpus/a.txt", ""));
        assert!(lies_below("corpus", "corpus"));
        assert!(!lies_below("corpus-2/a.txt", "corpus"));
    }
}
