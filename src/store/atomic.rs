//! Writing a file whole or not at all, and reading one that may be absent.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::StoreError;

/// The bytes of the file at `path`; `None` where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(path, error)),
    }
}

/// Puts what `content` writes in the place of the file at `path`, durably: a reader, and a run that is cut
/// off, finds the old file or the new one.
pub(super) fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), StoreError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".tmp").tempfile_in(folder)?;
        content(&mut file)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        sync_folder(folder)
    };
    write().map_err(|error| StoreError::io(path, error))
}

/// Puts `text` in the place of the file at `path`, which people keep: as [`write`] does, with the permissions that the
/// file has, and where `path` is a link, behind it.
pub fn replace(path: &Path, text: &str) -> Result<(), StoreError> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        let before = fs::metadata(&target).ok().map(|metadata| metadata.permissions());
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.prefix(".tmp").tempfile_in(folder)?;
        if let Some(permissions) = before {
            file.as_file().set_permissions(permissions)?;
        }
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&target).map_err(|error| error.error)?;
        sync_folder(folder)
    };
    write().map_err(|error| StoreError::io(path, error))
}

/// Makes a rename in `folder` durable, on systems that can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
