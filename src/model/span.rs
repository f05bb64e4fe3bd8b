//! Spans of Unicode code points, and the way between them and byte offsets.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A run of Unicode code points, `start` inclusive, `end` exclusive, in the text of one article
/// unless its owner says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point; never below `start`.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, put in order where they are not.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start.min(end), end: start.max(end) }
    }

    /// Its length in code points.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies within it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one code point.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same run counted from `origin`; what lies before `origin` is cut off.
    #[must_use]
    pub fn relative_to(self, origin: usize) -> Self {
        Self { start: self.start.saturating_sub(origin), end: self.end.saturating_sub(origin) }
    }

    /// The part of `text` that it covers; shorter where `text` ends before it.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        let mut offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let start = offsets.clone().nth(self.start).unwrap_or(text.len());
        let end = offsets.nth(self.end).unwrap_or(text.len());
        &text[start..end]
    }
}

/// Converts between byte offsets and code points of one text, in constant time.
///
/// Holds one `u32` for each 64 bytes of text, and nothing where the text is ASCII.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `64 * i`; empty for ASCII.
    before: Vec<u32>,
}

/// Bytes between two entries of the table.
const STRIDE: usize = 64;

impl<'t> CodePoints<'t> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            before.push(count);
            count += leading_bytes(chunk);
        }
        Self { text, before }
    }

    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many code points stand before byte `at` (the text's end where `at` lies past it).
    #[must_use]
    pub fn at(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        if self.before.is_empty() {
            return at;
        }
        let chunk = (at / STRIDE).min(self.before.len() - 1);
        self.before[chunk] as usize + leading_bytes(&self.text.as_bytes()[chunk * STRIDE..at]) as usize
    }

    /// The span of a byte range.
    #[must_use]
    pub fn span(&self, bytes: &Range<usize>) -> Span {
        Span::new(self.at(bytes.start), self.at(bytes.end))
    }

    /// The byte at which code point `index` begins (the text's end where there are fewer).
    #[must_use]
    pub fn byte(&self, index: usize) -> usize {
        if self.before.is_empty() {
            return index.min(self.text.len());
        }
        let chunk = self.before.partition_point(|before| *before as usize <= index).saturating_sub(1);
        let mut left = index - self.before[chunk] as usize;
        let start = chunk * STRIDE;
        for (offset, byte) in self.text.as_bytes()[start..].iter().enumerate() {
            if is_leading(*byte) {
                if left == 0 {
                    return start + offset;
                }
                left -= 1;
            }
        }
        self.text.len()
    }

    /// The byte range of a span.
    #[must_use]
    pub fn bytes(&self, span: Span) -> Range<usize> {
        self.byte(span.start)..self.byte(span.end)
    }

    /// The part of the text that a span covers.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'t str {
        &self.text[self.bytes(span)]
    }
}

/// Whether a byte begins a code point in UTF-8 (RFC 3629, section 3).
fn is_leading(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[allow(clippy::cast_possible_truncation, reason = "a chunk has at most 64 bytes")]
fn leading_bytes(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| is_leading(**byte)).count() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_and_code_points_convert_both_ways(text in "\\PC{0,200}") {
            let points = CodePoints::new(&text);
            for (index, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(at), index);
                prop_assert_eq!(points.byte(index), at);
            }
            let count = text.chars().count();
            prop_assert_eq!(points.at(text.len()), count);
            prop_assert_eq!(points.byte(count), text.len());
        }

        #[test]
        fn a_span_slices_as_its_table_does(text in "\\PC{0,200}", a in 0usize..220, b in 0usize..220) {
            let span = Span::new(a, b);
            prop_assert_eq!(span.slice(&text), CodePoints::new(&text).slice(span));
        }
    }

    #[test]
    fn a_span_past_the_end_slices_what_there_is() {
        assert_eq!(Span::new(3, 9).slice("Kesh"), "h");
        assert_eq!(Span::new(9, 12).slice("Kesh"), "");
    }
}
