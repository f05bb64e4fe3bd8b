//! CMaps: codes of one to four bytes → Unicode (ISO 32000-1, 9.10.3) or glyph numbers (9.7.5).
//!
//! Ranges are kept as ranges: a line of a CMap may name four thousand million codes.

use std::collections::HashMap;

use super::syntax::{Object, Syntax, Token};
use super::work::{Stop, Work};

/// Letters that one code stands for, at most, in UTF-16; a ligature has four.
const LONGEST_TARGET: usize = 64;
/// Entries of one CMap; the largest fonts have 65,536 glyphs.
const MOST_ENTRIES: usize = 200_000;

/// What a code stands for.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    Text(String),
    Glyph(u32),
}

/// A CMap.
#[derive(Debug, Clone, Default)]
pub(super) struct CMap {
    /// How many bytes codes of a first byte have: width, lowest and highest code.
    spaces: Vec<(usize, u32, u32)>,
    single: HashMap<u32, Target>,
    /// First code, last code, and what the first stands for; ordered by the first.
    ranges: Vec<(u32, u32, Target)>,
    pub(super) vertical: bool,
}

impl CMap {
    /// The CMap of two-byte codes that are glyph numbers.
    pub(super) fn identity() -> Self {
        Self { spaces: vec![(2, 0, 0xffff)], ranges: vec![(0, 0xffff, Target::Glyph(0))], ..Self::default() }
    }

    /// Reads a CMap's stream.
    pub(super) fn read(bytes: &[u8], work: &Work) -> Result<Self, Stop> {
        work.charge(bytes.len() as u64)?;
        let mut map = Self::default();
        let mut syntax = Syntax::of_content(bytes);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(token) = syntax.token() {
            match token {
                Token::Object(object) => operands.push(object),
                Token::Word(word) => {
                    map.section(word, &operands);
                    operands.clear();
                }
                _ => {}
            }
            if operands.len() > MOST_ENTRIES || map.single.len() + map.ranges.len() > MOST_ENTRIES {
                break;
            }
        }
        map.ranges.sort_by_key(|(first, ..)| *first);
        Ok(map)
    }

    /// Reads what stands before the word that ends a section.
    fn section(&mut self, word: &[u8], operands: &[Object]) {
        match word {
            b"endcodespacerange" => {
                for pair in operands.chunks_exact(2) {
                    if let [Object::Text(low), Object::Text(high)] = pair
                        && (1..=4).contains(&low.len())
                    {
                        self.spaces.push((low.len(), code(low), code(high)));
                    }
                }
            }
            b"endbfchar" | b"endcidchar" => {
                for pair in operands.chunks_exact(2) {
                    if let (Some(from), Some(to)) = (pair[0].text(), target(&pair[1])) {
                        self.single.insert(code(from), to);
                    }
                }
            }
            b"endbfrange" | b"endcidrange" => {
                for triple in operands.chunks_exact(3) {
                    self.range(triple);
                }
            }
            b"def" => {
                if let [Object::Name(key), Object::Number(value)] = operands
                    && key == "WMode"
                {
                    self.vertical = *value == 1.0;
                }
            }
            _ => {}
        }
    }

    fn range(&mut self, triple: &[Object]) {
        let (Some(first), Some(last)) = (triple[0].text().map(code), triple[1].text().map(code)) else { return };
        if let Object::Array(items) = &triple[2] {
            for (at, item) in items.iter().enumerate() {
                let Some(code) = u32::try_from(at).ok().and_then(|at| first.checked_add(at)) else { return };
                if let Some(target) = target(item).filter(|_| code <= last) {
                    self.single.insert(code, target);
                }
            }
        } else if let Some(target) = target(&triple[2]).filter(|_| first <= last) {
            if first == last {
                self.single.insert(first, target);
            } else {
                self.ranges.push((first, last, target));
            }
        }
    }

    /// Takes the next code off `bytes`, and gives how many bytes it has.
    pub(super) fn next_code(&self, bytes: &[u8]) -> Option<(u32, usize)> {
        if bytes.is_empty() {
            return None;
        }
        // A narrower code goes first; bytes that no code begins with have the width of the widest.
        for width in 1..=4.min(bytes.len()) {
            let value = code(&bytes[..width]);
            if self.spaces.iter().any(|(known, low, high)| *known == width && *low <= value && value <= *high) {
                return Some((value, width));
            }
        }
        let width = self.spaces.iter().map(|(width, ..)| *width).max().unwrap_or(1).min(bytes.len());
        Some((code(&bytes[..width]), width))
    }

    fn find(&self, code: u32) -> Option<(Target, u32)> {
        if let Some(target) = self.single.get(&code) {
            return Some((target.clone(), 0));
        }
        let after = self.ranges.partition_point(|(first, ..)| *first <= code);
        let (first, last, target) = self.ranges.get(after.checked_sub(1)?)?;
        (code <= *last).then(|| (target.clone(), code - first))
    }

    /// The text that `code` stands for.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        match self.find(code)? {
            (Target::Text(text), 0) => Some(text),
            // The last letter goes on with the code.
            (Target::Text(mut text), steps) => {
                let last = text.pop()?;
                text.push(char::from_u32(u32::from(last).checked_add(steps)?)?);
                Some(text)
            }
            (Target::Glyph(_), _) => None,
        }
    }

    /// The glyph's number that `code` stands for.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        match self.find(code)? {
            (Target::Glyph(first), steps) => first.checked_add(steps),
            (Target::Text(_), _) => None,
        }
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn target(object: &Object) -> Option<Target> {
    match object {
        Object::Text(bytes) => Some(Target::Text(utf16(&bytes[..bytes.len().min(LONGEST_TARGET)]))),
        Object::Name(name) => super::glyphs::named(name).map(Target::Text),
        number => number.index().and_then(|glyph| u32::try_from(glyph).ok()).map(Target::Glyph),
    }
}

/// UTF-16 of the higher byte first; a lone byte is itself.
pub(super) fn utf16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> CMap {
        CMap::read(text.as_bytes(), &Work::default()).unwrap()
    }

    #[test]
    fn single_codes_ranges_and_lists_are_read() {
        let map = map("1 begincodespacerange <0000> <ffff> endcodespacerange\n\
            2 beginbfchar <0003> <0020> <0011> <00660069> endbfchar\n\
            2 beginbfrange <0024> <0026> <0041> <0030> <0031> [<03b1> <03b2>] endbfrange");

        assert_eq!(map.next_code(&[0, 0x24, 0]), Some((0x24, 2)));
        let texts: Vec<_> = [3, 0x11, 0x26, 0x27, 0x31].map(|code| map.text(code)).into();
        assert_eq!(texts, [Some(" ".into()), Some("fi".into()), Some("C".into()), None, Some("β".into())]);
    }

    #[test]
    fn codes_of_one_and_two_bytes_are_told_apart() {
        let map = map("2 begincodespacerange <00> <7f> <8140> <fefe> endcodespacerange");

        assert_eq!(map.next_code(&[0x41, 0x81]), Some((0x41, 1)));
        assert_eq!(map.next_code(&[0x81, 0x40]), Some((0x8140, 2)));
    }

    #[test]
    fn a_range_of_all_codes_costs_one_entry() {
        let map = map("1 beginbfrange <00000000> <ffffffff> <0041> endbfrange");

        assert_eq!(map.text(2).as_deref(), Some("C"));
        assert_eq!(map.text(0xffff_ffff), None);
    }
}
