//! Bytes → objects, as files, object streams, content streams and CMaps write them (ISO 32000-1, 7.2 and 7.3).
//!
//! What is malformed is read as far as it goes: a mistake costs the object that it stands in.

use std::collections::BTreeMap;
use std::ops::Range;

/// Arrays and dictionaries in one another. Ten is much; what lies deeper is read as nothing.
const DEEPEST: usize = 64;

/// Objects within one object; what lies beyond is left out. The largest tables of widths have 70,000, and two bytes
/// of a file make an object of fifty.
const MOST_PARTS: usize = 1_000_000;

/// A dictionary. Names are text: bytes beyond UTF-8 in them are replaced.
pub(super) type Dict = BTreeMap<String, Object>;

/// An object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Bool(bool),
    Number(f64),
    Text(Vec<u8>),
    Name(String),
    Array(Vec<Object>),
    Dict(Dict),
    /// A stream's dictionary, and where its bytes lie.
    Stream(Dict, Range<usize>),
    /// Another object, by its number.
    Reference(u32),
}

impl Object {
    /// What copying it costs: the objects in it and their bytes.
    pub(super) fn weight(&self) -> u64 {
        match self {
            Self::Text(text) => 1 + text.len() as u64,
            Self::Array(items) => items.iter().fold(1, |sum, item| sum + item.weight()),
            Self::Dict(dict) | Self::Stream(dict, _) => dict.values().fold(1, |sum, item| sum + 1 + item.weight()),
            _ => 1,
        }
    }

    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(value) = self { Some(*value) } else { None }
    }

    /// A number that is a whole one from 0 on.
    pub(super) fn index(&self) -> Option<usize> {
        let value = self.number().filter(|value| *value >= 0.0 && *value <= 4e9)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
        Some(value as usize)
    }

    pub(super) fn name(&self) -> Option<&str> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The dictionary that it is, or that its stream has.
    pub(super) fn dict(&self) -> Option<&Dict> {
        if let Self::Dict(dict) | Self::Stream(dict, _) = self { Some(dict) } else { None }
    }
}

/// What stands next in the bytes.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'b> {
    Object(Object),
    ArrayEnd,
    DictEnd,
    /// A keyword or an operator.
    Word(&'b [u8]),
}

/// Reads tokens one after another.
#[derive(Debug, Clone)]
pub(super) struct Syntax<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
    /// Whether `7 0 R` is a reference: in files, not in content.
    references: bool,
    /// Objects made within the one that is being read.
    parts: usize,
}

impl<'b> Syntax<'b> {
    /// Reads a file from byte `at` on.
    pub(super) fn of_file(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at, references: true, parts: 0 }
    }

    /// Reads a content stream or a CMap.
    pub(super) fn of_content(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, references: false, parts: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Skips white space and comments.
    pub(super) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            } else if is_space(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// The next object; `None` at the end, and where something else stands, which is passed over.
    pub(super) fn object(&mut self) -> Option<Object> {
        if let Token::Object(object) = self.token()? { Some(object) } else { None }
    }

    /// The next token; `None` at the end.
    pub(super) fn token(&mut self) -> Option<Token<'b>> {
        self.parts = 0;
        self.token_within(0)
    }

    fn token_within(&mut self, depth: usize) -> Option<Token<'b>> {
        self.skip_space();
        let first = self.peek()?;
        let next = self.bytes.get(self.at + 1).copied();
        let object = match first {
            b'(' => self.literal(),
            b'<' if next == Some(b'<') => self.dict(depth),
            b'<' => self.hexadecimal(),
            b'[' => self.array(depth),
            b'/' => Object::Name(self.name()),
            b']' | b')' | b'{' | b'}' => {
                self.at += 1;
                return Some(if first == b']' { Token::ArrayEnd } else { Token::Word(&[]) });
            }
            b'>' => {
                self.at += if next == Some(b'>') { 2 } else { 1 };
                return Some(if next == Some(b'>') { Token::DictEnd } else { Token::Word(&[]) });
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_or_reference(),
            _ => return Some(self.word()),
        };
        Some(Token::Object(object))
    }

    fn word(&mut self) -> Token<'b> {
        let from = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        match &self.bytes[from..self.at] {
            b"true" => Token::Object(Object::Bool(true)),
            b"false" => Token::Object(Object::Bool(false)),
            b"null" => Token::Object(Object::Null),
            word => Token::Word(word),
        }
    }

    fn number_or_reference(&mut self) -> Object {
        let value = self.number();
        if self.references && value >= 0.0 && value.fract() == 0.0 {
            let after = self.at;
            if let Some(target) = self.reference(value) {
                return Object::Reference(target);
            }
            self.at = after;
        }
        Object::Number(value)
    }

    /// What follows the number of a reference: a generation and `R`.
    fn reference(&mut self, number: f64) -> Option<u32> {
        /// A generation has at most this many digits, with white space around them.
        const LONGEST: usize = 16;
        let rest = self.bytes.get(self.at..self.bytes.len().min(self.at + LONGEST))?;
        let digits = rest.iter().position(|byte| !is_space(*byte)).filter(|spaces| *spaces > 0)?;
        let after =
            digits + rest[digits..].iter().position(|byte| !byte.is_ascii_digit()).filter(|length| *length > 0)?;
        let mark = after + rest[after..].iter().position(|byte| !is_space(*byte)).filter(|spaces| *spaces > 0)?;
        let ends = self.bytes.get(self.at + mark + 1).is_none_or(|byte| !is_regular(*byte));
        if rest[mark] != b'R' || !ends || number > f64::from(u32::MAX) {
            return None;
        }
        self.at += mark + 1;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
        Some(number as u32)
    }

    /// A number; signs in the middle end it, and more digits than a number needs are passed over.
    fn number(&mut self) -> f64 {
        let (mut value, mut scale, mut negative) = (0.0_f64, 0.0_f64, false);
        let from = self.at;
        while let Some(byte) = self.peek() {
            match byte {
                b'-' | b'+' if self.at == from => negative = byte == b'-',
                // Some programs write two signs.
                b'-' if self.at == from + 1 => {}
                b'.' if scale == 0.0 => scale = 1.0,
                b'0'..=b'9' => {
                    if scale > 0.0 {
                        scale /= 10.0;
                        value += f64::from(byte - b'0') * scale;
                    } else {
                        value = value * 10.0 + f64::from(byte - b'0');
                    }
                    if !value.is_finite() {
                        value = 0.0;
                    }
                }
                _ => break,
            }
            self.at += 1;
        }
        if self.at == from {
            self.at += 1;
        }
        if negative { -value } else { value }
    }

    fn name(&mut self) -> String {
        self.at += 1;
        let from = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let raw = &self.bytes[from..self.at];
        if !raw.contains(&b'#') {
            return String::from_utf8_lossy(raw).into_owned();
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let [byte, after @ ..] = rest {
            let code = after.first().zip(after.get(1)).and_then(|(high, low)| Some(hex(*high)? << 4 | hex(*low)?));
            if let Some(code) = code.filter(|_| *byte == b'#') {
                name.push(code);
                rest = &after[2..];
            } else {
                name.push(*byte);
                rest = after;
            }
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    /// `(text)`, its parentheses balanced or escaped.
    fn literal(&mut self) -> Object {
        self.at += 1;
        let (mut text, mut open) = (Vec::new(), 1_usize);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    text.extend(self.escape());
                    continue;
                }
                b'\r' => {
                    self.at += usize::from(self.peek() == Some(b'\n'));
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        Object::Text(text)
    }

    /// What follows a backslash in a text.
    fn escape(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return None,
            b'\r' => {
                self.at += usize::from(self.peek() == Some(b'\n'));
                return None;
            }
            b'0'..=b'7' => {
                let mut code = byte - b'0';
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code.wrapping_mul(8).wrapping_add(digit - b'0');
                    self.at += 1;
                }
                code
            }
            byte => byte,
        })
    }

    fn hexadecimal(&mut self) -> Object {
        self.at += 1;
        let rest = &self.bytes[self.at..];
        let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        self.at += end + usize::from(end < rest.len());
        let mut digits = rest[..end].iter().copied().filter_map(hex);
        let mut text = Vec::new();
        while let Some(high) = digits.next() {
            text.push(high << 4 | digits.next().unwrap_or(0));
        }
        Object::Text(text)
    }

    fn array(&mut self, depth: usize) -> Object {
        self.at += 1;
        if depth >= DEEPEST {
            return Object::Null;
        }
        let mut items = Vec::new();
        loop {
            match self.token_within(depth + 1) {
                None | Some(Token::ArrayEnd) => return Object::Array(items),
                Some(Token::Object(item)) => {
                    self.parts += 1;
                    if self.parts <= MOST_PARTS {
                        items.push(item);
                    }
                }
                Some(Token::Word(word)) if is_end(word) => {
                    self.at -= word.len();
                    return Object::Array(items);
                }
                Some(_) => {}
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Object {
        self.at += 2;
        if depth >= DEEPEST {
            return Object::Null;
        }
        let mut dict = Dict::new();
        let mut key: Option<String> = None;
        loop {
            match self.token_within(depth + 1) {
                None | Some(Token::DictEnd) => return Object::Dict(dict),
                Some(Token::Object(object)) => match (key.take(), object) {
                    (Some(key), value) => {
                        self.parts += 1;
                        if self.parts <= MOST_PARTS {
                            dict.insert(key, value);
                        }
                    }
                    (None, Object::Name(name)) => key = Some(name),
                    (None, _) => {}
                },
                Some(Token::Word(word)) if is_end(word) => {
                    self.at -= word.len();
                    return Object::Dict(dict);
                }
                Some(_) => {}
            }
        }
    }
}

/// Words that end an object even where its brackets are not closed.
fn is_end(word: &[u8]) -> bool {
    matches!(word, b"endobj" | b"stream" | b"endstream" | b"obj")
}

pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0 | 12)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !b"()<>[]{}/%".contains(&byte)
}

pub(super) fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Object {
        Syntax::of_file(text.as_bytes(), 0).object().unwrap()
    }

    #[test]
    fn objects_are_read_as_the_standard_writes_them() {
        assert_eq!(object("-.5"), Object::Number(-0.5));
        assert_eq!(object("(a\\(b\\051 (c)\\\n\\101)"), Object::Text(b"a(b) (c)A".to_vec()));
        assert_eq!(object("<4B 6>"), Object::Text(vec![0x4b, 0x60]));
        assert_eq!(object("/A#20B"), Object::Name("A B".into()));
        assert_eq!(
            object("[1 2 0 R % no\n/X]"),
            Object::Array(vec![Object::Number(1.0), Object::Reference(2), Object::Name("X".into())])
        );
        assert_eq!(object("<</A<</B 1>>/C[]>>").dict().unwrap()["C"], Object::Array(Vec::new()));
    }

    #[test]
    fn what_nobody_closes_ends_with_the_object() {
        assert_eq!(object("<</A 1 /B [2 endobj"), {
            let entries = [("A".into(), Object::Number(1.0)), ("B".into(), Object::Array(vec![Object::Number(2.0)]))];
            Object::Dict(entries.into())
        });
        assert_eq!(object("(open"), Object::Text(b"open".to_vec()));
    }

    #[test]
    fn brackets_without_end_cost_no_stack() {
        let deep = "[".repeat(100_000);

        assert!(matches!(object(&deep), Object::Array(_)));
    }
}
