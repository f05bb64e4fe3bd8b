//! MHTML (RFC 2557): a page with all that it shows, in the form of an e-mail; "single file" in browsers.
//!
//! The page is the part that `start` names, or else the first one of HTML. Only that part is read.

use encoding_rs::Encoding;
use jiff::civil::Date;
use jiff::fmt::rfc2822;
use mailparse::{MailHeaderMap, ParsedMail};

use super::{Format, SourceError, decode};

/// How much of a file is looked at for its header, in bytes.
const LOOKED_AT: usize = 8192;
/// Headers that a mail has once it was sent, and a saved page has not.
const SENT: [&str; 4] = ["Received", "To", "Delivered-To", "Return-Path"];

/// What the container says of its page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct About {
    /// Where it was fetched.
    pub(super) url: Option<String>,
    /// The day on which it was saved, in the saver's zone.
    pub(super) retrieved: Option<Date>,
}

/// Whether a file begins as a saved page does. A mail that was sent is one only if its HTML has an address.
pub(super) fn is_mhtml(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii_start();
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let lower = head.to_ascii_lowercase();
    // The parser takes any text for headers; these words are cheap to look for.
    if !["mime-version:", "snapshot-content-location:", "content-type:"]
        .iter()
        .any(|name| lower.starts_with(name.as_bytes()))
        && memchr::memmem::find(&lower, b"\nmime-version:").is_none()
        && memchr::memmem::find(&lower, b"\nsnapshot-content-location:").is_none()
    {
        return false;
    }
    let Ok((headers, _)) = mailparse::parse_headers(head) else { return false };
    let named = |name: &str| headers.get_first_header(name).is_some();
    let related = headers
        .get_first_value("Content-Type")
        .is_some_and(|value| mailparse::parse_content_type(&value).mimetype == "multipart/related");
    if named("Snapshot-Content-Location") {
        return true;
    }
    related
        && named("MIME-Version")
        && (!SENT.iter().any(|name| named(name))
            || mailparse::parse_mail(bytes).ok().is_some_and(|mail| page(&mail).and_then(location).is_some()))
}

/// The page's text, decoded, and what is known of it.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<(decode::Decoded, About), SourceError> {
    let refused = |reason: String| SourceError::Damaged { path: path.to_owned(), kind: "saved page (MHTML)", reason };
    let mail = mailparse::parse_mail(bytes.trim_ascii_start()).map_err(|error| refused(error.to_string()))?;
    let page = page(&mail).ok_or_else(|| refused("none of its parts is HTML".into()))?;
    let body = page.get_body_raw().map_err(|error| refused(error.to_string()))?;
    let address = || mail.headers.get_first_value("Snapshot-Content-Location").filter(|url| is_web(url));
    let date = mail.headers.get_first_value("Date");
    let about = About {
        url: address().or_else(|| location(page)),
        retrieved: date.and_then(|date| Some(rfc2822::parse(date.trim()).ok()?.date())),
    };
    Ok((text(path, page, &body)?, about))
}

/// The part that `start` names, or else the first one of HTML.
fn page<'m>(mail: &'m ParsedMail<'m>) -> Option<&'m ParsedMail<'m>> {
    let is_html = |part: &&ParsedMail<'_>| {
        matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml") && part.subparts.is_empty()
    };
    let bare = |id: &str| id.trim().trim_matches(['<', '>']).to_owned();
    let start = mail.ctype.params.get("start").map(|start| bare(start));
    let named = start.and_then(|start| {
        mail.parts()
            .filter(is_html)
            .find(|part| part.headers.get_first_value("Content-ID").is_some_and(|id| bare(&id) == start))
    });
    named.or_else(|| mail.parts().find(is_html))
}

fn location(part: &ParsedMail<'_>) -> Option<String> {
    part.headers.get_first_value("Content-Location").filter(|url| is_web(url))
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// The part in the encoding that its header names, where the bytes are not plainly UTF-8 or marked otherwise.
fn text(path: &str, part: &ParsedMail<'_>, body: &[u8]) -> Result<decode::Decoded, SourceError> {
    let named = part.ctype.params.get("charset").and_then(|label| Encoding::for_label(label.as_bytes()));
    let marked = Encoding::for_bom(body).is_some();
    match named {
        // ISO-2022-JP looks like ASCII, and so like UTF-8.
        Some(encoding) if !marked && (std::str::from_utf8(body).is_err() || !encoding.is_ascii_compatible()) => {
            let (text, damaged) = encoding.decode_without_bom_handling(body);
            if damaged { decode::decode(path, Format::Html, body) } else { Ok(decode::plain(&text)) }
        }
        _ => decode::decode(path, Format::Html, body),
    }
}
