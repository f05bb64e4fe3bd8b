//! Bytes → text: a byte-order mark, then UTF-8, then what the page declares, then a guess that must fit.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{Format, SourceError};

/// A source's text, and a warning where its encoding had to be guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark and without NUL characters.
    pub text: String,
    /// What a person should know of how it was read.
    pub warning: Option<String>,
}

impl Decoded {
    pub(super) fn plain(text: String) -> Self {
        Self { text, warning: None }
    }
}

/// How much of a page may stand before its declared encoding, in bytes (HTML Living Standard, 13.2.3.2).
const PRESCAN: usize = 1024;

pub(super) fn decode(path: &str, format: Format, bytes: &[u8]) -> Result<Decoded, SourceError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if damaged { Err(refused(path, bytes)) } else { Ok(plain(&text)) };
    }
    let at = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(plain(text)),
        Err(error) => error.valid_up_to(),
    };
    // JSON is UTF-8 (RFC 8259, 8.1), the parts of a document are UTF-8 or marked UTF-16 (ECMA-376, part 2, 9.1.1).
    if matches!(format, Format::JsonRecord | Format::Docx) {
        return Err(refused(path, bytes));
    }
    let declared = if format == Format::Html { declared(bytes) } else { None };
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok(plain(&text));
    }
    guessed(bytes)
        .map(|(encoding, text)| Decoded {
            text: without_nul(&text),
            warning: Some(format!("{path}: not UTF-8 from byte {at} on; read as {}", encoding.name())),
        })
        .ok_or_else(|| refused(path, bytes))
}

pub(super) fn plain(text: &str) -> Decoded {
    Decoded { text: without_nul(text), warning: None }
}

fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

fn refused(path: &str, bytes: &[u8]) -> SourceError {
    let at = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    SourceError::Encoding { path: path.to_owned(), at }
}

/// The encoding that a page's `<meta>` declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(['"', '\'', ' ', ';', '>', '/']).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end])
}

/// The likeliest older encoding and the text in it, where that text looks like text.
fn guessed(bytes: &[u8]) -> Option<(&'static Encoding, String)> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    [encoding, WINDOWS_1252].into_iter().find_map(|encoding| {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        (!damaged && reads_like_text(&text)).then(|| (encoding, text.into_owned()))
    })
}

/// Whether most letters beyond ASCII stand in words: next to another letter, and not thrice the same.
///
/// A wrong encoding gives lone accented capitals before brackets and signs, a right one gives words.
fn reads_like_text(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let (mut foreign, mut fitting) = (0_usize, 0_usize);
    for (index, letter) in letters.iter().enumerate() {
        if ('\u{80}'..='\u{9f}').contains(letter) {
            return false;
        }
        if letter.is_ascii() {
            continue;
        }
        foreign += 1;
        let before = index.checked_sub(1).and_then(|before| letters.get(before)).copied().unwrap_or(' ');
        let after = letters.get(index + 1).copied().unwrap_or(' ');
        let in_word = letter.is_alphabetic()
            && (before.is_alphabetic() || after.is_alphabetic() && after.is_lowercase())
            && !(before == *letter && after == *letter);
        fitting += usize::from(in_word || "–—‘’“”„…€£§°·•«»\u{a0}©®½".contains(*letter));
    }
    fitting * 10 >= foreign * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(format: Format, bytes: &[u8]) -> Result<Decoded, SourceError> {
        decode("a", format, bytes)
    }

    #[test]
    fn a_declared_encoding_is_followed() {
        let page = b"<meta charset=\"windows-1252\"><p>Port Sainte-Mire, caf\xe9 \x93ouvert\x94</p>";

        let decoded = text(Format::Html, page).unwrap();

        assert!(decoded.text.contains("café “ouvert”"), "{}", decoded.text);
        assert_eq!(decoded.warning, None);
    }

    #[test]
    fn a_guessed_encoding_is_said() {
        let decoded = text(Format::Text, b"The caf\xe9 in Velmar was closed.").unwrap();

        assert!(decoded.text.contains("café"));
        assert!(decoded.warning.unwrap().contains("from byte 7 on"));
    }

    #[test]
    fn bytes_that_fit_no_encoding_are_refused_with_their_place() {
        assert_eq!(text(Format::Text, b"Velmar \xc3\x28 said"), Err(SourceError::Encoding { path: "a".into(), at: 7 }));
        assert!(text(Format::JsonRecord, b"{\"text\":\"caf\xe9\"}").is_err());
    }

    #[test]
    fn utf_16_is_told_by_its_mark() {
        let bytes: Vec<u8> = [0xfeff_u16].into_iter().chain("Kesh".encode_utf16()).flat_map(u16::to_le_bytes).collect();

        assert_eq!(text(Format::Text, &bytes).unwrap().text, "Kesh");
    }
}
