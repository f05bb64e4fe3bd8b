//! Sentence boundaries within a paragraph.
//!
//! Unicode Standard Annex 29 (`unicode-segmentation`) finds the places for every script. News has more:
//! sentences that begin with a digit or a name such as `iKesh`, ellipses, and sentences glued to the one
//! before. Each place is then judged by [`place`], which knows abbreviations, quotations and lists.

mod openers;
mod place;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use place::{Place, is_closing, is_opening};

/// Marks that end a sentence in the scripts of the corpus; Annex 29 knows the others.
pub(super) const TERMINATORS: [char; 5] = ['.', '!', '?', '…', '‽'];

/// The byte ranges of the sentences of `text`, in order, white space at their ends left out; together they
/// hold every letter of it.
///
/// A quotation that ends a sentence belongs to it, and so does the reporting clause after a quoted
/// question (`“Why?” Vael asked.`); within a quotation each sentence is one. The number of a list belongs to
/// its item. Time is linear in the text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut splitter =
        Splitter { text, start: begin(text, 0), seen: 0, token: 0..0, address: false, found: Vec::new() };
    for (at, piece) in text.split_sentence_bound_indices() {
        splitter.scan(at..at + piece.len());
        splitter.consider(at + piece.len());
    }
    splitter.finish()
}

/// What is known half-way through a text.
struct Splitter<'t> {
    text: &'t str,
    /// Where the open sentence begins.
    start: usize,
    /// Places before this byte have been judged.
    seen: usize,
    /// The run without white space that was looked at last, and whether it is an address.
    token: Range<usize>,
    address: bool,
    found: Vec<Range<usize>>,
}

impl Splitter<'_> {
    /// Judges the places after terminators in `bytes`.
    fn scan(&mut self, bytes: Range<usize>) {
        let mut at = bytes.start.max(self.seen);
        while at < bytes.end {
            // All terminators begin with one of these bytes, and no other letter's later bytes are among them.
            let Some(found) = self.text.as_bytes()[at..bytes.end]
                .iter()
                .position(|byte| matches!(byte, b'.' | b'!' | b'?' | 0xe2))
                .map(|found| found + at)
            else {
                return;
            };
            let rest = &self.text[found..];
            let run: usize = rest.chars().take_while(|letter| TERMINATORS.contains(letter)).map(char::len_utf8).sum();
            if run == 0 {
                at = found + rest.chars().next().map_or(1, char::len_utf8);
            } else {
                self.consider(found + run);
                at = found + run;
            }
        }
    }

    /// Ends the open sentence at `at`, marks that close included, where one ends there.
    fn consider(&mut self, at: usize) {
        if at <= self.seen {
            return;
        }
        let end = close(self.text, self.text[..at].trim_end().len());
        let next = begin(self.text, end);
        self.seen = end.max(at);
        if end <= self.start || next >= self.text.len() {
            return;
        }
        let glued = end == next;
        if glued && self.is_address(end) {
            return;
        }
        if (Place { text: self.text, start: self.start, end, next }).ends_sentence() {
            self.found.push(self.start..end);
            self.start = next;
        }
    }

    /// Whether byte `at` stands within an address: a URL, a mail, a path.
    fn is_address(&mut self, at: usize) -> bool {
        if !self.token.contains(&at) {
            let start = self.text[..at].char_indices().rev().find(|(_, letter)| letter.is_whitespace());
            let start = start.map_or(0, |(found, letter)| found + letter.len_utf8());
            let end = self.text[at..].find(char::is_whitespace).map_or(self.text.len(), |found| at + found);
            let token = &self.text[start..end];
            // `kesh.example/Map` is an address, `his/her.` is none.
            let path = token.split_once('/').is_some_and(|(host, _)| host.trim_end_matches('.').contains('.'));
            self.address = path || token.contains("://") || token.contains("www.") || token.contains('@');
            self.token = start..end;
        }
        self.address
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        let end = self.text.trim_end().len();
        if self.start < end {
            self.found.push(self.start..end);
        }
        self.found
    }
}

/// The first byte from `at` on that is no white space.
fn begin(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// Where a sentence that ends at `at` ends with the marks that close it: `”`, `)`, `[1]`, and after a space `»`.
fn close(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { return at };
        let after = &rest[first.len_utf8()..];
        if is_closing(first) && (!is_opening(first) || !after.starts_with(char::is_alphanumeric)) {
            at += first.len_utf8();
        } else if let Some(note) = note_mark(rest) {
            at += note;
        } else if first.is_whitespace() {
            let spaced = rest.trim_start();
            let stray = |mark: char| matches!(mark, '»' | '”' | '’' | '"' | '\'' | ')' | ']');
            let mut letters = spaced.chars();
            let closes = letters.next().is_some_and(stray) && letters.next().is_none_or(char::is_whitespace);
            if !closes {
                return at;
            }
            at = text.len() - spaced.len() + spaced.chars().next().map_or(0, char::len_utf8);
        } else {
            return at;
        }
    }
}

/// Bytes of a footnote's mark, `[12]`.
fn note_mark(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && inner[digits..].starts_with(']')).then_some(digits + 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn titles_and_initials_end_no_sentence() {
        assert_eq!(
            split("Dr. Solvane met Gen. P. Vael at 9.30 a.m. in Velmar. They spoke of water."),
            ["Dr. Solvane met Gen. P. Vael at 9.30 a.m. in Velmar.", "They spoke of water."]
        );
    }

    #[test]
    fn a_quotation_ends_with_its_mark() {
        assert_eq!(
            split("“We will build.” He left. \"Why?\" she asked."),
            ["“We will build.”", "He left.", "\"Why?\" she asked."]
        );
    }

    #[test]
    fn a_footnote_mark_belongs_to_the_sentence_before() {
        assert_eq!(split("The gate is shut.[12] Nobody asks."), ["The gate is shut.[12]", "Nobody asks."]);
    }

    #[test]
    fn a_sentence_glued_to_the_one_before_is_cut_off_and_an_address_is_not() {
        assert_eq!(split("It is shut.The gate rusts."), ["It is shut.", "The gate rusts."]);
        assert_eq!(split("See https://kesh.example/a?Id=1.Then"), ["See https://kesh.example/a?Id=1.Then"]);
    }

    #[test]
    fn a_script_without_capitals_has_sentences() {
        assert_eq!(split("大会は終わった。代表は帰った。"), ["大会は終わった。", "代表は帰った。"]);
    }

    /// Letters, marks and white space that meet at sentence ends.
    fn marks() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                Just("."),
                Just(". "),
                Just("?"),
                Just("!"),
                Just("…"),
                Just(" … "),
                Just("\""),
                Just("”"),
                Just("“"),
                Just("»"),
                Just(")"),
                Just("("),
                Just("[1]"),
                Just(" "),
                Just("\n"),
                Just("U.S."),
                Just("Mr."),
                Just("1."),
                Just("no."),
                Just("The "),
                Just("a.m."),
                Just("said"),
                Just("Vael "),
                Just("iKesh"),
                Just("–"),
                Just("。")
            ],
            0..40,
        )
        .prop_map(|parts| parts.concat())
    }

    fn check(text: &str) -> Result<(), TestCaseError> {
        let ranges = sentences(text);
        let joined: String = ranges.iter().map(|range| &text[range.clone()]).collect();
        let strip = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(strip(&joined), strip(text));
        prop_assert!(
            ranges.iter().all(|range| range.start < range.end && text[range.clone()].trim() == &text[range.clone()])
        );
        prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
        Ok(())
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_sentences_stand_in_order(text in "\\PC{0,120}") {
            check(&text)?;
        }

        #[test]
        fn nor_where_marks_meet(text in marks()) {
            check(&text)?;
        }
    }

    /// A quadratic splitter would not come back from these.
    #[test]
    fn text_that_is_nothing_but_marks_is_split_in_linear_time() {
        let hostile =
            [". ", ". \"", ".", "A.", "?Aa", "X?”", "“A.” ", ". ) ", "… ", "“\n", "1. ", "Mr. ", ". - ", "A… "];
        let texts = hostile.map(|unit| unit.repeat(50_000 / unit.len()));
        let megabytes = ["a. ", "\""].map(|unit| unit.repeat(1_000_000 / unit.len()));
        let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).count();
        for text in texts.into_iter().chain(megabytes) {
            let kept: usize = sentences(&text).into_iter().map(|range| letters(&text[range])).sum();

            assert_eq!(kept, letters(&text), "{:?}", &text.chars().take(8).collect::<String>());
        }
    }
}
