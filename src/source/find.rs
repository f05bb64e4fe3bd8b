//! Finds the files of a corpus, in an order that does not depend on the file system.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use ignore::WalkBuilder;

use super::SourceError;

/// A file that may hold sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it lies.
    pub path: PathBuf,
    /// How it is shown and remembered: see [`shown_path`].
    pub shown: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where the system does not say.
    pub modified: i64,
}

/// What a search for files gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The files, ordered by [`SourceFile::shown`].
    pub files: Vec<SourceFile>,
    /// What could not be looked at.
    pub errors: Vec<SourceError>,
}

/// Every file in `paths`, folders searched through; hidden files and `README` files are left out.
///
/// A file that is named itself is taken whatever its name. Symbolic links to folders are not followed.
pub fn find(paths: &[PathBuf], root: &Path) -> Found {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            walk(path, root, &mut found);
        } else {
            match describe(path, root) {
                Ok(file) => found.files.push(file),
                Err(error) => found.errors.push(error),
            }
        }
    }
    found.files.sort_by(|a, b| a.shown.cmp(&b.shown));
    found.files.dedup_by(|a, b| a.shown == b.shown);
    found
}

fn walk(folder: &Path, root: &Path, found: &mut Found) {
    let walk = WalkBuilder::new(folder).standard_filters(false).hidden(true).build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) || is_readme(entry.path()) => {}
            Ok(entry) => match describe(entry.path(), root) {
                Ok(file) => found.files.push(file),
                Err(error) => found.errors.push(error),
            },
            Err(error) => {
                found
                    .errors
                    .push(SourceError::Unreadable { path: shown_path(folder, root), reason: error.to_string() });
            }
        }
    }
}

fn describe(path: &Path, root: &Path) -> Result<SourceFile, SourceError> {
    let shown = shown_path(path, root);
    let metadata = std::fs::metadata(path)
        .map_err(|error| SourceError::Unreadable { path: shown.clone(), reason: error.to_string() })?;
    let modified = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_nanos()).ok())
        .unwrap_or(0);
    Ok(SourceFile { path: path.to_owned(), shown, size: metadata.len(), modified })
}

/// `path` relative to `root` where it lies below it, otherwise absolute; with `/` between its parts.
pub fn shown_path(path: &Path, root: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (path, root) = (absolute(path), absolute(root));
    let shown = path.strip_prefix(&root).unwrap_or(&path);
    shown.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn is_readme(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_order_without_hidden_ones_and_readmes() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.txt", "b/a.txt", "a.txt", ".hidden.txt", "README.md"] {
            std::fs::write(folder.path().join(name), "Kesh").unwrap();
        }

        let found = find(&[folder.path().to_owned()], folder.path());

        let shown: Vec<&str> = found.files.iter().map(|file| file.shown.as_str()).collect();
        assert_eq!(shown, ["a.txt", "b/a.txt", "c.txt"]);
    }

    #[test]
    fn a_missing_file_is_reported_by_its_path() {
        let found = find(&["nowhere.txt".into()], Path::new("."));

        assert!(found.errors[0].to_string().starts_with("nowhere.txt: cannot be read: "));
    }
}
