//! Glyph names → letters, and the codes of the encodings that simple fonts name.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Names of glyphs that follow no rule.
static NAMES: LazyLock<HashMap<&str, String>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/pdf_glyphs.txt").lines().filter(|line| !line.starts_with("# "));
    let letters = |text: &str| match text.strip_prefix("U+") {
        Some(code) => from_hex(code).map(String::from),
        None => Some(text.to_owned()),
    };
    lines.filter_map(|line| line.split_once(' ')).filter_map(|(name, text)| Some((name, letters(text)?))).collect()
});

/// Ends of names of letters with an accent, and the mark that joins the letter.
const ACCENTS: [(&str, char); 13] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30a}'),
    ("hungarumlaut", '\u{30b}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// The letters that a glyph's name stands for (Adobe Glyph List Specification, section 2).
pub(super) fn named(name: &str) -> Option<String> {
    // A variant is written like its letter: `a.sc`; a ligature names its parts: `f_i`.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    if let Some(letters) = NAMES.get(name) {
        return Some(letters.clone());
    }
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return Some(letter.to_string()).filter(|_| letter.is_alphabetic());
    }
    if name.contains('_') && name.len() <= 64 {
        return name.split('_').map(named_part).collect();
    }
    named_part(name)
}

fn named_part(name: &str) -> Option<String> {
    if let Some(letters) = NAMES.get(name) {
        return Some(letters.clone());
    }
    if name.chars().count() == 1 {
        return Some(name.to_owned()).filter(|name| name.chars().all(char::is_alphabetic));
    }
    if let Some(codes) =
        name.strip_prefix("uni").filter(|codes| codes.is_ascii() && codes.len() % 4 == 0 && codes.len() <= 32)
    {
        let text: Option<String> = (0..codes.len()).step_by(4).map(|at| from_hex(&codes[at..at + 4])).collect();
        if text.is_some() {
            return text;
        }
    }
    if let Some(letter) = name.strip_prefix('u').filter(|code| (4..=6).contains(&code.len())).and_then(from_hex) {
        return Some(letter.to_string());
    }
    if let Some(letter) = name.strip_prefix("afii").and_then(|number| number.parse().ok()).and_then(cyrillic) {
        return Some(letter.to_string());
    }
    accented(name)
}

/// `eacute`, `Scaron`, `gcommaaccent`.
fn accented(name: &str) -> Option<String> {
    // What is named a comma is encoded as a cedilla, but for the letters of Romanian.
    let (base, mark) = match name.strip_suffix("commaaccent") {
        Some(base) => (base, if matches!(base, "S" | "s" | "T" | "t") { '\u{326}' } else { '\u{327}' }),
        None => ACCENTS.iter().find_map(|(end, mark)| Some((name.strip_suffix(end)?, *mark)))?,
    };
    let base = if base == "dotlessi" { "i" } else { base };
    let mut letters = base.chars();
    let letter = letters.next().filter(|letter| letter.is_alphabetic() && letters.next().is_none())?;
    Some([letter, mark].into_iter().nfc().collect())
}

/// The Cyrillic letters of the Adobe list, whose numbers follow the alphabet with Ё in its place.
fn cyrillic(number: u32) -> Option<char> {
    let letter = |first: char, place: u32, yo: char| match place {
        0..=5 => char::from_u32(u32::from(first) + place),
        6 => Some(yo),
        _ => char::from_u32(u32::from(first) + place - 1),
    };
    match number {
        10017..=10049 => letter('А', number - 10017, 'Ё'),
        10065..=10097 => letter('а', number - 10065, 'ё'),
        10050 => Some('Ґ'),
        10098 => Some('ґ'),
        10053 => Some('Є'),
        10101 => Some('є'),
        10055 => Some('І'),
        10103 => Some('і'),
        10056 => Some('Ї'),
        10104 => Some('ї'),
        _ => None,
    }
}

fn from_hex(code: &str) -> Option<char> {
    code.bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(code, 16).ok())
        .flatten()
        .and_then(char::from_u32)
}

/// An encoding that a font may name (ISO 32000-1, annex D).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Standard,
    WinAnsi,
    MacRoman,
}

/// Standard encoding beyond ASCII, from 0xa1 on; `-` where there is no glyph (annex D.2).
const STANDARD: &str = "exclamdown cent sterling fraction yen florin section currency quotesingle quotedblleft \
    guillemotleft guilsinglleft guilsinglright fi fl - endash dagger daggerdbl periodcentered - paragraph bullet \
    quotesinglbase quotedblbase quotedblright guillemotright ellipsis perthousand - questiondown - grave acute \
    circumflex tilde macron breve dotaccent dieresis - ring cedilla - hungarumlaut ogonek caron emdash - - - - - - - - \
    - - - - - - - - AE - ordfeminine - - - - Lslash Oslash OE ordmasculine - - - - - ae - - - dotlessi - - lslash \
    oslash oe germandbls";

impl Base {
    /// The letters of `code`.
    pub(super) fn letters(self, code: u8) -> Option<String> {
        let by = |encoding: &'static encoding_rs::Encoding| {
            let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&code));
            text.into_owned()
        };
        let letters = match (self, code) {
            (_, 0..0x20) | (Self::Standard, 0x7f..=0xa0) => return None,
            (Self::WinAnsi, 0xad) => "-".into(),
            // Unused codes are bullets in this encoding.
            (Self::WinAnsi, 0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) => "•".into(),
            (Self::WinAnsi, _) => by(encoding_rs::WINDOWS_1252),
            (Self::MacRoman, 0xde) => "fi".into(),
            (Self::MacRoman, 0xdf) => "fl".into(),
            (Self::MacRoman, _) => by(encoding_rs::MACINTOSH),
            (Self::Standard, 0x27) => "’".into(),
            (Self::Standard, 0x60) => "‘".into(),
            (Self::Standard, 0x20..0x7f) => char::from(code).to_string(),
            (Self::Standard, 0xa1..) => named(STANDARD.split_whitespace().nth(usize::from(code - 0xa1))?)?,
        };
        Some(letters)
    }
}

/// What codes of fonts of signs mostly stand for, in text: bullets and arrows before items.
pub(super) fn sign(font: &str, code: u8) -> Option<&'static str> {
    let symbol = font.contains("Symbol");
    match code {
        0x20 | 0xa0 => Some(" "),
        0xb7 if symbol => Some("•"),
        0xbe if symbol => Some("—"),
        0xae if symbol => Some("→"),
        0xb3 if symbol => Some("≥"),
        0xa3 if symbol => Some("≤"),
        0xb0 if symbol => Some("°"),
        0xb4 if symbol => Some("×"),
        0x30..=0x39 if symbol => {
            ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"].get(usize::from(code - 0x30)).copied()
        }
        0x2d if symbol => Some("−"),
        0x2e if symbol => Some("."),
        0x2c if symbol => Some(","),
        0x28 if symbol => Some("("),
        0x29 if symbol => Some(")"),
        _ if symbol => None,
        0xfc | 0x33 | 0x34 if font.contains("Wingdings") || font.contains("Dingbats") => Some("✓"),
        _ => Some("•"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_their_letters() {
        for (name, letters) in [
            ("A", "A"),
            ("eacute", "é"),
            ("Scaron", "Š"),
            ("scommaaccent", "ș"),
            ("quoteright", "’"),
            ("f_f_i", "ffi"),
            ("uni041A", "К"),
            ("u1F600", "😀"),
            ("afii10023", "Ё"),
            ("afii10097", "я"),
            ("a.sc", "a"),
            ("numbersign", "#"),
            ("space", " "),
        ] {
            assert_eq!(named(name).as_deref(), Some(letters), "{name}");
        }
        assert_eq!(named("g123"), None);
        assert_eq!(named(".notdef"), None);
    }

    #[test]
    fn encodings_differ_where_the_standard_says() {
        let letters = |code| [Base::Standard, Base::WinAnsi, Base::MacRoman].map(|base| base.letters(code));

        assert_eq!(letters(0x27), [Some("’".into()), Some("'".into()), Some("'".into())]);
        assert_eq!(letters(0xe1), [Some("Æ".into()), Some("á".into()), Some("·".into())]);
        assert_eq!(letters(0xfb)[0].as_deref(), Some("ß"));
        assert_eq!(letters(0xd0), [Some("—".into()), Some("Ð".into()), Some("–".into())]);
    }
}
