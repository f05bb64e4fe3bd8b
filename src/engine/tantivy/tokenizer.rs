//! The house's analyzer in the form that Tantivy asks for, and what else is indexed at its positions: words as
//! they are written, and where sentences and paragraphs begin.

use std::ops::Range;

use tantivy::tokenizer::{Token as TantivyToken, TokenStream, Tokenizer};

use crate::analysis::{Analyzer, cut_off, exact_form, words};
use crate::annotate::sentences::sentences;

/// Before a folded word that differs from the word as written: the two share a field.
pub(super) const FOLDED: char = '\u{1}';
/// The term at the first word of each sentence.
pub(super) const SENTENCE: &str = "s";
/// The term at the first word of each paragraph.
pub(super) const PARAGRAPH: &str = "p";

/// Gives Tantivy the tokens of [`Analyzer`].
#[derive(Clone)]
pub(super) struct IndexTokenizer {
    analyzer: Analyzer,
}

impl IndexTokenizer {
    pub(super) fn new(analyzer: Analyzer) -> Self {
        Self { analyzer }
    }
}

impl Tokenizer for IndexTokenizer {
    type TokenStream<'t> = Prepared<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Prepared<'t> {
        let tokens = self.analyzer.tokens(text).map(|found| token(found.position, &found.bytes, found.term));
        Prepared { tokens: Box::new(tokens), current: TantivyToken::default() }
    }
}

/// Gives at each position the word as it is written ([`exact_form`]) and, where that differs, [`FOLDED`] and the
/// folded word. An exact word is one term; a folded word is the union of two that never share a position.
#[derive(Clone)]
pub(super) struct WordTokenizer;

impl Tokenizer for WordTokenizer {
    type TokenStream<'t> = Prepared<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Prepared<'t> {
        let tokens = words(text).enumerate().flat_map(|(position, (bytes, folded))| {
            let raw = exact_form(&text[bytes.clone()]);
            let folded = cut_off(&folded);
            let other = (raw != folded).then(|| token(position, &bytes, format!("{FOLDED}{folded}")));
            [token(position, &bytes, raw)].into_iter().chain(other)
        });
        Prepared { tokens: Box::new(tokens), current: TantivyToken::default() }
    }
}

/// Gives [`SENTENCE`] and [`PARAGRAPH`] at the positions of the first words of each. Paragraphs end at line breaks,
/// and sentences with them; what holds no word is no unit.
#[derive(Clone)]
pub(super) struct BoundsTokenizer;

impl Tokenizer for BoundsTokenizer {
    type TokenStream<'t> = Prepared<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Prepared<'t> {
        let (mut paragraphs, mut starts) = (Vec::new(), Vec::new());
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            paragraphs.push(line_start);
            starts.extend(sentences(line).into_iter().map(|sentence| line_start + sentence.start));
            line_start += line.len();
        }
        let (mut next_paragraph, mut next_sentence) = (0, 0);
        let tokens = words(text).enumerate().flat_map(move |(position, (bytes, _))| {
            let paragraph = begins(&paragraphs, &mut next_paragraph, bytes.start);
            let sentence = begins(&starts, &mut next_sentence, bytes.start) || paragraph;
            let term = |begins: bool, term: &str| begins.then(|| token(position, &bytes, term.to_owned()));
            [term(paragraph, PARAGRAPH), term(sentence, SENTENCE)].into_iter().flatten()
        });
        Prepared { tokens: Box::new(tokens), current: TantivyToken::default() }
    }
}

/// Whether a unit begins between the word before and the one at byte `at`; steps over those that do.
fn begins(starts: &[usize], next: &mut usize, at: usize) -> bool {
    let before = *next;
    while starts.get(*next).is_some_and(|start| *start <= at) {
        *next += 1;
    }
    *next > before
}

fn token(position: usize, bytes: &Range<usize>, text: String) -> TantivyToken {
    TantivyToken { offset_from: bytes.start, offset_to: bytes.end, position, text, position_length: 1 }
}

/// Tokens in the form that Tantivy asks for.
pub(super) struct Prepared<'t> {
    tokens: Box<dyn Iterator<Item = TantivyToken> + 't>,
    current: TantivyToken,
}

impl TokenStream for Prepared<'_> {
    fn advance(&mut self) -> bool {
        self.tokens.next().map(|token| self.current = token).is_some()
    }

    fn token(&self) -> &TantivyToken {
        &self.current
    }

    fn token_mut(&mut self) -> &mut TantivyToken {
        &mut self.current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(tokenizer: &mut impl Tokenizer, text: &str) -> Vec<(usize, String)> {
        let mut stream = tokenizer.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push((stream.token().position, stream.token().text.clone()));
        }
        terms
    }

    #[test]
    fn a_word_is_indexed_as_written_and_folded_where_that_differs() {
        let found = terms(&mut WordTokenizer, "Rail O\u{308}mer’s rail");

        let expected = [(0, "Rail"), (0, "\u{1}rail"), (1, "Ömer's"), (1, "\u{1}omer's"), (2, "rail")];
        assert_eq!(found, expected.map(|(position, term)| (position, term.to_owned())));
    }

    #[test]
    fn paragraphs_end_sentences_and_empty_lines_are_none() {
        let found = terms(&mut BoundsTokenizer, "“The gate is open.” It stays so.\n\n…\nno full stop here\nlast");

        let at = |term: &str| -> Vec<usize> {
            found.iter().filter(|(_, found)| found == term).map(|(position, _)| *position).collect()
        };
        assert_eq!(at(PARAGRAPH), [0, 7, 11]);
        assert_eq!(at(SENTENCE), [0, 4, 7, 11]);
    }
}
