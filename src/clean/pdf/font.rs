//! A font: the codes of a shown text → letters and widths (ISO 32000-1, 9.5 to 9.10).
//!
//! What a code stands for is said by the ToUnicode CMap, or else by the glyph's name, or else by the
//! encoding. A code of which none of them says anything has no letters: it is counted, never guessed.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::cmap::CMap;
use super::file::File;
use super::glyphs::{self, Base};
use super::syntax::{Dict, Object};
use super::work::Stop;

/// Widths of a font's glyphs that are kept.
const MOST_WIDTHS: usize = 70_000;
/// A stroke this wide, in thousandths of the size, is bold; text faces have 70 to 100.
const BOLD_STEM: f64 = 130.0;
/// The flags of a font's descriptor (9.8.2): it has signs of its own; it is to be drawn bold.
const SYMBOLIC: usize = 1 << 2;
const FORCE_BOLD: usize = 1 << 18;

/// Widths of the fonts that every viewer has.
#[derive(Deserialize, Default)]
struct Core {
    sans: Vec<f64>,
    sans_bold: Vec<f64>,
    serif: Vec<f64>,
    serif_bold: Vec<f64>,
}

static CORE: LazyLock<Core> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/pdf_widths.toml")).unwrap_or_default());

/// One code of a shown text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// Its letters, where the font says them.
    pub(super) letters: Option<String>,
    /// How far the pen moves, in parts of the font's size.
    pub(super) advance: f64,
    /// Whether it is the one byte 32, which word spacing widens.
    pub(super) is_space: bool,
}

/// A font as far as text needs it.
pub(super) struct Font {
    to_unicode: CMap,
    codes: Codes,
    widths: HashMap<u32, f64>,
    default_width: f64,
    pub(super) bold: bool,
    pub(super) vertical: bool,
}

/// How codes are told apart and what they are.
enum Codes {
    /// One byte each.
    Simple(Box<[Option<String>; 256]>),
    /// By a CMap; whether its codes are themselves Unicode.
    Composite { map: CMap, unicode: bool },
}

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn read(file: &File<'_>, dict: &Dict) -> Result<Self, Stop> {
        let to_unicode = match dict.get("ToUnicode") {
            Some(Object::Reference(number)) => CMap::read(&file.data(*number)?, &file.work)?,
            _ => CMap::default(),
        };
        let composite = file.entry(dict, "Subtype")?.name() == Some("Type0");
        let descendant = match file.entry(dict, "DescendantFonts")? {
            Object::Array(items) => items.first().map(|first| file.resolve(first)).transpose()?,
            _ => None,
        };
        let inner = descendant.as_ref().and_then(Object::dict).filter(|_| composite).unwrap_or(dict);
        let descriptor = file.dict(inner, "FontDescriptor")?;
        let name = file.entry(dict, "BaseFont")?.name().unwrap_or_default().to_owned();
        let mut font = Self {
            to_unicode,
            codes: Codes::Composite { map: CMap::default(), unicode: false },
            widths: HashMap::new(),
            default_width: 0.0,
            bold: is_bold(&name, &descriptor),
            vertical: false,
        };
        if composite {
            font.read_composite(file, dict, inner)?;
        } else {
            font.read_simple(file, dict, &descriptor, &name)?;
        }
        Ok(font)
    }

    fn read_composite(&mut self, file: &File<'_>, dict: &Dict, inner: &Dict) -> Result<(), Stop> {
        let encoding = dict.get("Encoding").cloned().unwrap_or(Object::Null);
        let (map, unicode) = match (&encoding, file.resolve(&encoding)?) {
            (Object::Reference(number), Object::Stream(..)) => (CMap::read(&file.data(*number)?, &file.work)?, false),
            (_, Object::Name(name)) => {
                let unicode = name.contains("UCS2") || name.contains("UTF16");
                let mut map = CMap::identity();
                map.vertical = name.ends_with("-V");
                (map, unicode)
            }
            _ => (CMap::identity(), false),
        };
        self.vertical = map.vertical;
        self.default_width = file.entry(inner, "DW")?.number().unwrap_or(1000.0);
        let widths = file.entry(inner, "W")?;
        self.read_cid_widths(file, widths.array().unwrap_or_default())?;
        self.codes = Codes::Composite { map, unicode };
        Ok(())
    }

    /// `first [w w w]` and `first last w`, mixed (9.7.4.3).
    fn read_cid_widths(&mut self, file: &File<'_>, items: &[Object]) -> Result<(), Stop> {
        let mut rest = items;
        while let [first, second, after @ ..] = rest {
            let Some(first) = first.index().and_then(|first| u32::try_from(first).ok()) else { break };
            match file.resolve(second)? {
                Object::Array(widths) => {
                    for (glyph, width) in (first..).zip(widths.iter().take(MOST_WIDTHS)) {
                        self.widths.insert(glyph, width.number().unwrap_or(0.0));
                    }
                    rest = after;
                }
                last => {
                    let ([width, after @ ..], Some(last)) = (after, last.index()) else { break };
                    let last = u32::try_from(last).unwrap_or(first).min(first.saturating_add(0xffff));
                    file.work.charge(u64::from(last.saturating_sub(first)))?;
                    for glyph in first..=last {
                        self.widths.insert(glyph, width.number().unwrap_or(0.0));
                    }
                    rest = after;
                }
            }
            if self.widths.len() > MOST_WIDTHS {
                break;
            }
        }
        Ok(())
    }

    fn read_simple(&mut self, file: &File<'_>, dict: &Dict, descriptor: &Dict, name: &str) -> Result<(), Stop> {
        let encoding = file.entry(dict, "Encoding")?;
        let (base, differences) = match &encoding {
            Object::Name(name) => (base(name), Object::Null),
            Object::Dict(dict) => {
                (file.entry(dict, "BaseEncoding")?.name().and_then(base), file.entry(dict, "Differences")?)
            }
            _ => (None, Object::Null),
        };
        let flags = file.entry(descriptor, "Flags")?.index().unwrap_or(0);
        let embedded = ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| descriptor.contains_key(*key));
        let signs = ["Symbol", "Dingbats", "Wingdings", "Webdings"].iter().any(|sign| name.contains(sign));
        let type3 = file.entry(dict, "Subtype")?.name() == Some("Type3");
        // The codes of an embedded font of its own signs are known to its program alone.
        let own = type3 || embedded && flags & SYMBOLIC != 0 && matches!(encoding, Object::Null);
        let mut letters = Box::new(std::array::from_fn(|code| {
            let code = u8::try_from(code).unwrap_or(0);
            match base {
                None if signs => glyphs::sign(name, code).map(str::to_owned),
                None if own => None,
                None => Base::Standard.letters(code),
                Some(base) => base.letters(code),
            }
        }));
        name_differences(file, &differences, &mut letters)?;
        self.read_simple_widths(file, dict, descriptor, name, &letters)?;
        if type3 {
            // Widths of such a font are in its own space, whose matrix mostly is one in a thousand.
            let scale = match file.entry(dict, "FontMatrix")? {
                Object::Array(matrix) => matrix.first().and_then(Object::number).unwrap_or(0.001) * 1000.0,
                _ => 1.0,
            };
            self.widths.values_mut().for_each(|width| *width *= scale);
        }
        self.codes = Codes::Simple(letters);
        Ok(())
    }

    fn read_simple_widths(
        &mut self,
        file: &File<'_>,
        dict: &Dict,
        descriptor: &Dict,
        name: &str,
        letters: &[Option<String>; 256],
    ) -> Result<(), Stop> {
        let first = file.entry(dict, "FirstChar")?.index().unwrap_or(0);
        if let Object::Array(widths) = file.entry(dict, "Widths")? {
            for (code, width) in (first..256).zip(&widths) {
                let width = file.resolve(width)?.number().unwrap_or(0.0);
                self.widths.insert(u32::try_from(code).unwrap_or(0), width);
            }
            self.default_width = file.entry(descriptor, "MissingWidth")?.number().unwrap_or(0.0);
            return Ok(());
        }
        for (code, letters) in (0..).zip(letters) {
            if let Some(letter) = letters.as_ref().and_then(|letters| letters.chars().next()) {
                self.widths.insert(code, core_width(name, self.bold, letter));
            }
        }
        self.default_width = 500.0;
        Ok(())
    }

    /// The codes of `text`, in order.
    pub(super) fn decode(&self, text: &[u8]) -> Vec<Shown> {
        let shown = |code: u32, letters: Option<String>, width: Option<u32>, is_space| {
            let width = width.and_then(|glyph| self.widths.get(&glyph)).copied().unwrap_or(self.default_width);
            let letters = self.to_unicode.text(code).filter(|text| is_text(text)).or(letters);
            Shown { letters: letters.filter(|letters| is_text(letters)), advance: width / 1000.0, is_space }
        };
        match &self.codes {
            Codes::Simple(letters) => text
                .iter()
                .map(|byte| {
                    let code = u32::from(*byte);
                    shown(code, letters[usize::from(*byte)].clone(), Some(code), *byte == b' ')
                })
                .collect(),
            Codes::Composite { map, unicode } => {
                let (mut rest, mut all) = (text, Vec::new());
                while let Some((code, width)) = map.next_code(rest) {
                    let own = if *unicode { char::from_u32(code).map(String::from) } else { None };
                    all.push(shown(code, own, map.glyph(code), width == 1 && code == 32));
                    rest = &rest[width..];
                }
                all
            }
        }
    }
}

/// Whether a mapping says something: fonts map what they do not know to NUL, U+FFFD or private letters.
fn is_text(letters: &str) -> bool {
    !letters.is_empty()
        && letters.chars().all(|letter| !matches!(letter, '\0'..='\u{8}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}'))
}

fn base(name: &str) -> Option<Base> {
    match name {
        "WinAnsiEncoding" => Some(Base::WinAnsi),
        "MacRomanEncoding" => Some(Base::MacRoman),
        "StandardEncoding" => Some(Base::Standard),
        _ => None,
    }
}

/// A code, then the names of the glyphs from it on (9.6.6.1).
fn name_differences(file: &File<'_>, differences: &Object, letters: &mut [Option<String>; 256]) -> Result<(), Stop> {
    let mut code = 0_usize;
    for item in differences.array().unwrap_or_default() {
        match file.resolve(item)? {
            Object::Name(name) => {
                if let Some(place) = letters.get_mut(code) {
                    *place = glyphs::named(&name);
                }
                code = code.saturating_add(1);
            }
            other => code = other.index().unwrap_or(code),
        }
    }
    Ok(())
}

fn is_bold(name: &str, descriptor: &Dict) -> bool {
    const WORDS: [&str; 7] = ["bold", "black", "heavy", "semibold", "demi", "cmbx", "medi"];
    // A subset's name begins with six letters and a plus.
    let name = name.split_once('+').map_or(name, |(_, name)| name).to_lowercase();
    let number = |key: &str| descriptor.get(key).and_then(Object::number).unwrap_or(0.0);
    let forced = descriptor.get("Flags").and_then(Object::index).is_some_and(|flags| flags & FORCE_BOLD != 0);
    let named = WORDS.iter().any(|word| if *word == "medi" { name.ends_with("-medi") } else { name.contains(word) });
    named || forced || number("StemV") > BOLD_STEM || number("FontWeight") >= 600.0
}

/// The width of `letter` where the document does not say it: that of the standard font that is most like it.
fn core_width(font: &str, bold: bool, letter: char) -> f64 {
    use unicode_normalization::UnicodeNormalization;

    /// Fonts of one width have this one; so has a letter of which nothing is known.
    const USUAL: f64 = 600.0;
    let is = |name: &str| font.contains(name);
    if is("Courier") || is("Mono") {
        return USUAL;
    }
    let serif = is("Times") || is("Serif") || is("Roman") || is("Garamond") || is("Georgia");
    let table = match (serif, bold) {
        (false, false) => &CORE.sans,
        (false, true) => &CORE.sans_bold,
        (true, false) => &CORE.serif,
        (true, true) => &CORE.serif_bold,
    };
    let base = match letter {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        '–' => '0',
        '—' | '…' => return 1000.0,
        '\u{a0}' => ' ',
        letter => std::iter::once(letter).nfd().next().unwrap_or(letter),
    };
    let place = u32::from(base).checked_sub(32).and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| table.get(place)).copied().unwrap_or(USUAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font(text: &str) -> Font {
        let file = File::open(text.as_bytes()).unwrap();
        let dict = file.get(1).unwrap().dict().unwrap().clone();
        Font::read(&file, &dict).unwrap()
    }

    fn letters(font: &Font, text: &[u8]) -> String {
        font.decode(text).into_iter().map(|shown| shown.letters.unwrap_or("?".into())).collect()
    }

    #[test]
    fn differences_go_before_the_encoding_and_a_cmap_before_both() {
        let plain = "1 0 obj <</Subtype/Type1/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[65/eacute 1/fi/g7]>>>> endobj";
        let mapped = "1 0 obj <</Subtype/Type1/Encoding/WinAnsiEncoding/ToUnicode 2 0 R>> endobj
            2 0 obj <<>> stream\n1 beginbfchar <41> <0416> endbfchar\nendstream endobj";

        assert_eq!(letters(&font(plain), b"A\x01\x02B\x93"), "éfi?B“");
        assert_eq!(letters(&font(mapped), b"AB"), "ЖB");
    }

    #[test]
    fn glyph_numbers_without_a_cmap_are_no_letters() {
        let dict =
            "1 0 obj <</Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 500/W[3[250]5 9 600]>>]>> endobj";

        let shown = font(dict).decode(&[0, 3, 0, 7, 0, 1]);

        assert!(shown.iter().all(|shown| shown.letters.is_none()));
        assert_eq!(shown.iter().map(|shown| shown.advance).collect::<Vec<_>>(), [0.25, 0.6, 0.5]);
    }

    #[test]
    fn a_standard_font_has_its_own_widths() {
        let shown = font("1 0 obj <</Subtype/Type1/BaseFont/Helvetica>> endobj").decode(b"iW");

        assert_eq!([shown[0].advance, shown[1].advance], [0.222, 0.944]);
    }
}
