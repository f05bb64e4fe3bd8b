//! Raw sources: found, unpacked, told apart, decoded. Knows nothing of articles.
//!
//! A [`RawSource`] is the original of one article: a file, or a record inside one. Its bytes, after
//! decompression, are what the archive keeps and what [`RawSource::blake3`] names.

mod decode;
mod error;
mod find;
mod format;
mod mhtml;
mod office;
mod record;
mod restore;
mod unpack;

use std::path::Path;

use jiff::civil::Date;

pub use decode::Decoded;
pub use error::SourceError;
pub use find::{Found, SourceFile, find, shown_path};
pub use format::Format;
pub use record::{Record, RecordBody};
pub use restore::restore;

use crate::model::ContentHash;

/// The original of one article, not yet read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSource {
    /// As shown: the file's path, with `:<line>` for a record; `-` for standard input.
    pub path: String,
    /// What the source calls itself: the file's stem. A record may carry an id of its own.
    pub name: String,
    /// How the bytes are to be read.
    pub format: Format,
    /// The original bytes, decompressed.
    pub bytes: Vec<u8>,
    /// Their hash.
    pub blake3: ContentHash,
    /// The day on which it was fetched, where its container says so; never the clock's.
    pub retrieved: Option<Date>,
    /// The address from which it was fetched, where its container says so.
    pub url: Option<String>,
}

impl RawSource {
    fn new(path: String, name: String, format: Format, bytes: Vec<u8>) -> Self {
        let blake3 = ContentHash::of(&bytes);
        Self { path, name, format, bytes, blake3, retrieved: None, url: None }
    }

    /// The bytes as text: of a saved page its HTML, of a Word document the XML of its main part, of a PDF
    /// document, whose text is no run of its bytes, its hash.
    pub fn decode(&self) -> Result<Decoded, SourceError> {
        match self.format {
            Format::Mhtml => mhtml::read(&self.path, &self.bytes).map(|(decoded, _)| decoded),
            Format::Docx => office::document(&self.path, &self.bytes).map(Decoded::plain),
            Format::Pdf => Ok(Decoded::plain(self.blake3.to_string())),
            format => decode::decode(&self.path, format, &self.bytes),
        }
    }

    /// The text of a part of a Word document, such as `word/styles.xml`; `None` where it has no such part.
    pub fn part(&self, name: &str) -> Result<Option<String>, SourceError> {
        if self.format == Format::Docx { office::part(&self.path, &self.bytes, name) } else { Ok(None) }
    }
}

/// Splits a file's `bytes`, as they lie on disk, into sources: one for a page or a text, one a line for JSONL.
///
/// `path` is how the file is shown, and its name helps to tell the format where the content does not.
pub fn split(path: &str, bytes: Vec<u8>) -> Vec<Result<RawSource, SourceError>> {
    let bytes = match unpack::unpack(path, bytes) {
        Ok(bytes) => bytes,
        Err(error) => return vec![Err(error)],
    };
    let name = stem(path);
    match format::tell(path, &bytes) {
        Ok(Format::JsonRecord) => record::lines(path, &name, &bytes),
        Ok(format) => vec![restore(path, &name, format, bytes)],
        Err(error) => vec![Err(error)],
    }
}

/// The text of a file's `bytes`, as they lie on disk: unpacked and decoded. `path` is for errors.
pub fn plain_text(path: &str, bytes: Vec<u8>) -> Result<String, SourceError> {
    let bytes = unpack::unpack(path, bytes)?;
    Ok(decode::decode(path, Format::Text, &bytes)?.text)
}

/// The file's name without its folder, the ending of a compression and that of a format.
fn stem(path: &str) -> String {
    if path == "-" {
        return "stdin".into();
    }
    let name = Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
    let name = [".gz", ".zst"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && format::is_known_ending(ending) => stem.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_loses_known_endings_only() {
        assert_eq!(stem("corpus/a/opening.html.gz"), "opening");
        assert_eq!(stem("no.7-notes"), "no.7-notes");
        assert_eq!(stem("-"), "stdin");
    }

    #[test]
    fn a_compressed_page_has_the_hash_of_its_content() {
        let page = b"<!doctype html><p>Velmar</p>".to_vec();
        let packed = zstd::encode_all(page.as_slice(), 3).unwrap();

        let plain = split("a.html", page);
        let unpacked = split("a.html.zst", packed);

        assert_eq!(plain[0].as_ref().unwrap().blake3, unpacked[0].as_ref().unwrap().blake3);
        assert_eq!(unpacked[0].as_ref().unwrap().name, "a");
    }
}
