//! ZIP archives: which office document one is, and the parts of a Word document.
//!
//! An archive is hostile until read: its entries are counted before they are listed, unpacked under a
//! cap, in memory, and looked up by the names that the format gives them. No name of an entry is ever a path.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::{Format, SourceError};

/// The first bytes of an entry (PKWARE APPNOTE 6.3.10, 4.3.7), of its line in the directory (4.3.12).
const ENTRY: &[u8] = b"PK\x03\x04";
const LISTED: &[u8] = b"PK\x01\x02";

/// More entries than any document has: a picture is one, and a page rarely has more than a few.
const MOST_ENTRIES: usize = 10_000;
/// Bytes of one part, unpacked. A novel's text is 3 MB of XML.
const LARGEST_PART: u64 = 64 << 20;

/// Where a Word document's text lies (ECMA-376, part 1, 11.3.10); some programs number it.
const DOCUMENTS: [&str; 3] = ["word/document.xml", "word/document2.xml", "word/document1.xml"];
/// What every document of the standard has (ECMA-376, part 2).
const TYPES: &str = "[Content_Types].xml";

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// What a ZIP archive is; refused by its own name where it is no Word document.
pub(super) fn tell(path: &str, bytes: &[u8]) -> Result<Format, SourceError> {
    let mut archive = open(path, bytes)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has(TYPES) && DOCUMENTS.iter().any(|name| has(name)) {
        return Ok(Format::Docx);
    }
    let kind = if has("xl/workbook.xml") || has("xl/workbook.bin") {
        "an Excel workbook"
    } else if has("ppt/presentation.xml") {
        "a PowerPoint presentation"
    } else {
        // OpenDocument and EPUB name themselves in their first entry.
        match part_of(path, &mut archive, "mimetype").ok().flatten().unwrap_or_default().trim() {
            "application/vnd.oasis.opendocument.text" => "an OpenDocument text (save it as .docx)",
            mime if mime.starts_with("application/vnd.oasis.opendocument") => "an OpenDocument file",
            "application/epub+zip" => "an EPUB book",
            _ => "a ZIP archive",
        }
    };
    Err(SourceError::Binary { path: path.to_owned(), kind })
}

/// The text of a Word document's part, `None` where it has none of this name.
pub(super) fn part(path: &str, bytes: &[u8], name: &str) -> Result<Option<String>, SourceError> {
    part_of(path, &mut open(path, bytes)?, name)
}

/// The main part of a Word document: its XML, as text.
pub(super) fn document(path: &str, bytes: &[u8]) -> Result<String, SourceError> {
    let mut archive = open(path, bytes)?;
    for name in DOCUMENTS {
        if let Some(text) = part_of(path, &mut archive, name)? {
            return Ok(text);
        }
    }
    Err(damaged(path, &"it has no word/document.xml"))
}

fn open<'b>(path: &str, bytes: &'b [u8]) -> Result<Archive<'b>, SourceError> {
    if !bytes.starts_with(ENTRY) || memmem::find_iter(bytes, LISTED).nth(MOST_ENTRIES).is_some() {
        return Err(damaged(path, &format!("more than {MOST_ENTRIES} entries")));
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(path, &error))
}

fn part_of(path: &str, archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, SourceError> {
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let entry = archive.by_index(index).map_err(|error| damaged(path, &error))?;
    let mut unpacked = Vec::new();
    entry.take(LARGEST_PART + 1).read_to_end(&mut unpacked).map_err(|error| damaged(path, &error))?;
    if unpacked.len() as u64 > LARGEST_PART {
        return Err(SourceError::TooLarge { path: format!("{path}: {name}"), limit: LARGEST_PART });
    }
    match super::decode::decode(path, Format::Docx, &unpacked) {
        Ok(decoded) => Ok(Some(decoded.text)),
        Err(_) => Err(SourceError::Damaged {
            path: path.to_owned(),
            kind: "Word document",
            reason: format!("its {name} is not text"),
        }),
    }
}

fn damaged(path: &str, reason: &dyn std::fmt::Display) -> SourceError {
    SourceError::Compression { path: path.to_owned(), method: "ZIP", reason: reason.to_string() }
}
