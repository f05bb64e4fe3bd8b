//! Bytes → text: a byte-order mark, then UTF-8, then what the page declares, then a guess that must fit.
//!
//! Whatever contradicts what the page says of itself is said in a warning.

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
    let warned =
        |text: &str, warning: String| Decoded { text: without_nul(text), warning: Some(format!("{path}: {warning}")) };
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return Ok(warned(&text, format!("UTF-16 without a byte-order mark; read as {}", encoding.name())));
    }
    let at = match std::str::from_utf8(bytes) {
        Ok(text) if format == Format::JsonRecord => return Ok(plain(text)),
        Ok(text) => {
            return Ok(match encoded_twice(text) {
                Some(once) => warned(&once, "the text was encoded as UTF-8 twice; one layer is taken off".into()),
                None => plain(text),
            });
        }
        Err(error) => error.valid_up_to(),
    };
    // JSON is UTF-8 (RFC 8259, 8.1), the parts of a document are UTF-8 or marked UTF-16 (ECMA-376, part 2, 9.1.1).
    if matches!(format, Format::JsonRecord | Format::Docx) {
        return Err(refused(path, bytes));
    }
    let read_as = |encoding: &'static Encoding| format!("not UTF-8 from byte {at} on; read as {}", encoding.name());
    let declared = if format == Format::Html { declared(bytes) } else { None };
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let guess = (encoding == WINDOWS_1252 && !reads_like_latin(&text)).then(|| guessed(bytes)).flatten();
        return Ok(match guess.filter(|(guess, _)| *guess != WINDOWS_1252) {
            Some((guess, text)) => warned(&text, format!("says {}, but is not; {}", encoding.name(), read_as(guess))),
            None => plain(&text),
        });
    }
    if let Some(text) = mixed(bytes) {
        return Ok(warned(
            &text,
            format!("mostly UTF-8, but not from byte {at} on; such bytes are read as windows-1252"),
        ));
    }
    guessed(bytes).map(|(encoding, text)| warned(&text, read_as(encoding))).ok_or_else(|| refused(path, bytes))
}

/// The byte order of UTF-16 that lacks its mark: markup and spaces are ASCII, whose other byte is NUL.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(PRESCAN) & !1];
    let nuls = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (nuls(0), nuls(1), head.len() / 2);
    if half < 8 {
        return None;
    }
    if odd * 10 > half * 6 && even * 20 < half {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 > half * 6 && odd * 20 < half {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// Text of UTF-8 into which somebody pasted bytes of windows-1252, those read as what they are.
fn mixed(bytes: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(bytes.len());
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        invalid += chunk.invalid().len();
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    (valid >= LEAST_SEQUENCES && valid >= invalid).then_some(text)
}

/// So many valid sequences are no accident of another encoding.
const LEAST_SEQUENCES: usize = 3;

/// The text before its bytes were taken for windows-1252 and encoded again; only where every run of
/// letters beyond ASCII says so.
fn encoded_twice(text: &str) -> Option<String> {
    let mut once = String::new();
    let (mut runs, mut rest) = (0_usize, text);
    while let Some(start) = rest.find(|letter: char| !letter.is_ascii()) {
        let length = rest[start..].find(|letter: char| letter.is_ascii()).unwrap_or(rest.len() - start);
        let (bytes, _, foreign) = WINDOWS_1252.encode(&rest[start..start + length]);
        let repaired = std::str::from_utf8(&bytes).ok().filter(|_| !foreign)?;
        once.push_str(&rest[..start]);
        once.push_str(repaired);
        runs += 1;
        rest = &rest[start + length..];
    }
    once.push_str(rest);
    (runs >= LEAST_SEQUENCES).then_some(once)
}

/// Whether accents stand alone, as in languages of the Latin script; Cyrillic or Greek that is taken
/// for windows-1252 gives whole words of them.
fn reads_like_latin(text: &str) -> bool {
    let (mut alone, mut in_rows, mut row) = (0_usize, 0_usize, 0_usize);
    for letter in text.chars().chain([' ']) {
        if !letter.is_ascii() && letter.is_alphabetic() {
            row += 1;
            continue;
        }
        if row >= 4 {
            in_rows += row;
        } else {
            alone += row;
        }
        row = 0;
    }
    in_rows <= alone
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

/// The encoding that a page's `<meta>` declares; comments and scripts declare nothing.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let skipped = [("<!--", "-->"), ("<script", "</script"), ("<style", "</style")];
        if let Some((_, end)) = skipped.iter().find(|(start, _)| rest.starts_with(start)) {
            rest = rest.split_once(end)?.1;
            continue;
        }
        let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
        if tag.starts_with("<meta")
            && let Some((_, after)) = tag.split_once("charset")
            && let Some(label) = after.trim_start().strip_prefix('=')
        {
            let label = label.trim_start_matches(|letter: char| matches!(letter, '"' | '\'') || letter.is_whitespace());
            let end = label.find(['"', '\'', ' ', ';', '>', '/']).unwrap_or(label.len());
            let encoding = Encoding::for_label(&label.as_bytes()[..end]);
            // A page whose statement can be read is in no UTF-16 (13.2.3.2, step "get an encoding").
            return encoding.filter(|encoding| encoding.is_ascii_compatible());
        }
        rest = &rest[1..];
    }
    None
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
    fn a_statement_in_a_comment_or_script_states_nothing() {
        let page = b"<!-- charset=utf-16 --><script>u='?charset=koi8-r'</script><meta charset=windows-1251><p>\xc2\xe5\xeb\xfc\xec\xe0\xf0";

        assert!(text(Format::Html, page).unwrap().text.ends_with("Вельмар"));
    }

    #[test]
    fn a_few_bytes_of_another_encoding_are_read_and_said() {
        let decoded = text(Format::Text, "Über Kesh – naß, caf\u{e9}".replace('é', "?").as_bytes()).unwrap();
        assert_eq!(decoded.warning, None);

        let mut bytes = "Über Kesh – naß, und ein Caf".as_bytes().to_vec();
        bytes.push(0xe9);
        let decoded = text(Format::Text, &bytes).unwrap();

        assert!(decoded.text.ends_with("naß, und ein Café"));
        assert!(decoded.warning.unwrap().contains("from byte 32 on"));
    }

    #[test]
    fn text_encoded_twice_is_repaired_only_where_all_of_it_is() {
        let twice = |text: &str| WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
        let page = twice("Café – “ouvert” à Velmar");

        assert_eq!(text(Format::Text, page.as_bytes()).unwrap().text, "Café – “ouvert” à Velmar");
        assert_eq!(text(Format::Text, format!("{page} né").as_bytes()).unwrap().text, format!("{page} né"));
    }

    #[test]
    fn utf_16_is_told_by_its_mark() {
        let bytes: Vec<u8> = [0xfeff_u16].into_iter().chain("Kesh".encode_utf16()).flat_map(u16::to_le_bytes).collect();

        assert_eq!(text(Format::Text, &bytes).unwrap().text, "Kesh");
    }
}
