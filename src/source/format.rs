//! What a source is: told by its content first, then by its name.

use std::path::Path;

use super::{SourceError, mhtml, office};

/// How a source's bytes are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A web page.
    Html,
    /// Plain text.
    Text,
    /// `CommonMark`.
    Markdown,
    /// A JSON object, one line of JSONL.
    JsonRecord,
    /// A Word document (ECMA-376).
    Docx,
    /// A PDF document (ISO 32000).
    Pdf,
    /// A web page with all that it shows, as browsers save it (RFC 2557).
    Mhtml,
}

/// How much of a source is looked at, in bytes.
const LOOKED_AT: usize = 8192;

/// First bytes of files that are no text.
const MAGIC: [(&[u8], &str); 7] = [
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old or locked office document (save it as .docx, without a password)"),
    (b"\x7fELF", "a program"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
];

/// The tags that a web page, or a fragment of one, begins with.
const HTML_STARTS: [&str; 19] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<meta",
    "<title",
    "<div",
    "<article",
    "<main",
    "<p>",
    "<h1",
    "<table",
    "<center",
    "<font",
    // Feeds and site maps are no pages; the reader of pages says so by name.
    "<rss",
    "<feed",
    "<rdf:rdf",
    "<urlset",
    "<sitemapindex",
];

/// The format of a file's unpacked `bytes`; `path` decides only where they do not.
pub(super) fn tell(path: &str, bytes: &[u8]) -> Result<Format, SourceError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(SourceError::Empty { path: path.to_owned() });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return office::tell(path, bytes);
    }
    if is_pdf(bytes) {
        return Ok(Format::Pdf);
    }
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(SourceError::Binary { path: path.to_owned(), kind });
    }
    let unmarked = super::decode::utf16_without_mark(bytes);
    let utf16 = unmarked.is_some() || bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    if let Some(encoding) =
        unmarked.or_else(|| encoding_rs::Encoding::for_bom(bytes).map(|(found, _)| found).filter(|_| utf16))
        && is_html(encoding.decode(head).0.trim_start().as_bytes())
    {
        return Ok(Format::Html);
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let ending = ending(path);
    if !utf16 && is_html(start) {
        return Ok(Format::Html);
    }
    if !utf16 && is_binary(head) {
        return Err(SourceError::Binary { path: path.to_owned(), kind: "binary data" });
    }
    if !utf16 && mhtml::is_mhtml(bytes) {
        return Ok(Format::Mhtml);
    }
    if start.first() == Some(&b'{') && (first_line_is_json(bytes) || is_json_ending(&ending)) {
        return Ok(Format::JsonRecord);
    }
    Ok(match ending.as_str() {
        "jsonl" | "ndjson" | "json" => Format::JsonRecord,
        "html" | "htm" | "xhtml" if start.contains(&b'<') || utf16 => Format::Html,
        "md" | "markdown" => Format::Markdown,
        _ if start.starts_with(b"# ") => Format::Markdown,
        _ => Format::Text,
    })
}

/// Whether a file name's ending says a format that [`tell`] knows.
pub(super) fn is_known_ending(ending: &str) -> bool {
    matches!(
        ending.to_ascii_lowercase().as_str(),
        "html"
            | "htm"
            | "xhtml"
            | "md"
            | "markdown"
            | "txt"
            | "text"
            | "json"
            | "jsonl"
            | "ndjson"
            | "docx"
            | "pdf"
            | "mht"
            | "mhtml"
    )
}

/// Whether the header of a PDF document stands in its first kilobyte, as viewers take it (ISO 32000-1, annex H.3,
/// note 13). Where something stands before it, an object must follow: a text may speak of PDF.
fn is_pdf(bytes: &[u8]) -> bool {
    const HEADER: &[u8] = b"%PDF-";
    /// How far into a file the header may stand, in bytes.
    const WITHIN: usize = 1024;
    let head = &bytes[..bytes.len().min(WITHIN + HEADER.len())];
    bytes.starts_with(HEADER)
        || memchr::memmem::find(head, HEADER).is_some_and(|at| {
            let line = at == 0 || matches!(bytes[at - 1], b'\n' | b'\r' | 0) || !head[..at].is_ascii();
            line && memchr::memmem::find(bytes, b"endobj").is_some()
        })
}

fn is_json_ending(ending: &str) -> bool {
    matches!(ending, "json" | "jsonl" | "ndjson")
}

fn ending(path: &str) -> String {
    let path = [".gz", ".zst"].iter().find_map(|packed| path.strip_suffix(packed)).unwrap_or(path);
    Path::new(path).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Whether the text begins as a page does, comments and XML declarations aside.
fn is_html(start: &[u8]) -> bool {
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let mut rest = text.as_str();
    loop {
        rest = rest.trim_start();
        let skipped = match rest {
            _ if rest.starts_with("<!--") => rest.split_once("-->"),
            _ if rest.starts_with("<?xml") => rest.split_once("?>"),
            _ => None,
        };
        match skipped {
            Some((_, after)) => rest = after,
            None => break,
        }
    }
    HTML_STARTS.iter().any(|tag| rest.starts_with(tag))
}

/// Whether there are bytes that no text has: NUL, or more than one control character in twenty.
fn is_binary(head: &[u8]) -> bool {
    let controls =
        head.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    head.contains(&0) || controls * 20 > head.len()
}

fn first_line_is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(tell("a.txt", b"<!-- x --><!DOCTYPE html><p>Velmar"), Ok(Format::Html));
        assert_eq!(tell("a.html", b"{\"text\":\"Velmar\"}\n"), Ok(Format::JsonRecord));
        assert_eq!(tell("a.html", b"Velmar, 12 September"), Ok(Format::Text));
        assert_eq!(tell("a", b"# Velmar\n"), Ok(Format::Markdown));
        assert_eq!(tell("a.md", b"Velmar"), Ok(Format::Markdown));
    }

    #[test]
    fn a_pdf_document_is_told_by_its_header_and_a_text_that_speaks_of_one_is_not() {
        assert_eq!(tell("a.txt", b"%PDF-1.7"), Ok(Format::Pdf));
        assert_eq!(tell("a", b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj null endobj"), Ok(Format::Pdf));
        assert_eq!(tell("a.txt", b"Such files begin with\n%PDF-1.4 and a line of signs."), Ok(Format::Text));
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        assert!(matches!(tell("a.txt", b"a\0\0\0"), Err(SourceError::Binary { .. })));
        assert!(matches!(tell("a.txt", b" \n"), Err(SourceError::Empty { .. })));
    }
}
