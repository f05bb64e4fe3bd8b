//! Files of little-endian numbers: a mark and a version, the content, and BLAKE3 of all before it.

use std::path::Path;

use super::{StoreError, atomic};

/// Bytes of the checksum.
const CHECKSUM: usize = 32;

/// What a kind of file begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    pub(super) mark: &'static [u8],
    /// Counts up whenever the layout, or what is hashed, changes.
    pub(super) version: u8,
}

impl Kind {
    /// The beginning of a file, to which the content is to be added.
    pub(super) fn begin(self) -> Vec<u8> {
        [self.mark, &[self.version]].concat()
    }

    /// Puts `bytes`, sealed, in the place of the file at `path`.
    pub(super) fn write(path: &Path, mut bytes: Vec<u8>) -> Result<(), StoreError> {
        let checksum = blake3::hash(&bytes);
        bytes.extend(checksum.as_bytes());
        atomic::write(path, |file| file.write_all(&bytes))
    }

    /// What `read` makes of the content of the file at `path`; `None` where there is no file. A file that it makes
    /// nothing of, or not everything, contradicts itself; `refuse` makes an error of a reason.
    pub(super) fn read<T>(
        self,
        path: &Path,
        refuse: impl Fn(&str) -> StoreError,
        read: impl FnOnce(&mut Reader<'_>) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let Some(bytes) = atomic::read(path)? else { return Ok(None) };
        let (content, checksum) =
            bytes.split_at_checked(bytes.len().saturating_sub(CHECKSUM)).ok_or_else(|| refuse("it is cut off"))?;
        if blake3::hash(content).as_bytes() != checksum {
            return Err(refuse("its checksum is wrong"));
        }
        let content = content.strip_prefix(self.mark).ok_or_else(|| refuse("it is another kind of file"))?;
        let (version, content) = content.split_first().ok_or_else(|| refuse("it is empty"))?;
        if *version != self.version {
            return Err(refuse(&format!("it is of version {version}, not {}", self.version)));
        }
        let mut reader = Reader { rest: content };
        let value = read(&mut reader).filter(|_| reader.rest.is_empty());
        value.map(Some).ok_or_else(|| refuse("it contradicts itself"))
    }
}

/// Appends a number.
pub(super) fn number(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend(number.to_le_bytes());
}

/// Appends a count; no list of this program is as long as its limit.
pub(super) fn count(bytes: &mut Vec<u8>, count: usize) {
    number(bytes, u32::try_from(count).unwrap_or(u32::MAX));
}

/// Takes values off the beginning; `None` where there are not enough, or where they mean nothing.
#[derive(Debug)]
pub(super) struct Reader<'b> {
    rest: &'b [u8],
}

impl Reader<'_> {
    /// A count and so many values.
    pub(super) fn list<T>(&mut self, mut value: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number()?).map(|_| value(self)).collect()
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes()?))
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*bytes)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::fs;

    use super::*;

    /// Damages one byte after another of the file at `path`, every `step`th, and cuts it there; `refused` reads it and
    /// says whether it was refused.
    pub(in super::super) fn is_refused_wherever_damaged(path: &Path, step: usize, refused: impl Fn() -> bool) {
        let whole = fs::read(path).unwrap();
        for at in (0..whole.len()).step_by(step) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            fs::write(path, &damaged).unwrap();
            assert!(refused(), "byte {at}");
            fs::write(path, &whole[..at]).unwrap();
            assert!(refused(), "cut at {at}");
        }
    }
}
