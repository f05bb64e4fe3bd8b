//! One paragraph made ready for attribution: its tokens, quote marks and sentences.

use std::ops::Range;

use super::cues::{Sense, follows_quotation};
use super::grammar::Class;
use super::marks::{self, Marked};
use super::tokens::{Token, TokenKind, tokenise};

/// A paragraph with its tokens; every index counts tokens unless it says bytes.
#[derive(Debug)]
pub(super) struct Paragraph<'t> {
    /// The tokens.
    pub(super) tokens: Vec<Token<'t>>,
    /// Pairs of quote marks, in order, none within another.
    pub(super) marked: Vec<Marked>,
    /// Sentences, in order, without gaps; a quoted sentence with its own point is one only where the
    /// text outside goes on with a new sentence.
    pub(super) sentences: Vec<Range<usize>>,
    /// For each token, the pair that it stands in, marks included.
    pair_of: Vec<Option<u32>>,
    /// For each token, and for the end: how many words stand before it, and how many of them in quote marks.
    words_before: Vec<(u32, u32)>,
}

/// Tokens within which a source after a quotation comes to its cue.
const LONGEST_SOURCE: usize = 12;

/// Tokens outside quote marks after which a sentence is cut: what follows is no prose, and looking
/// through a sentence for each of its cues stays linear in the text.
const LONGEST_SENTENCE: usize = 300;
/// Bytes of a line past which it is read in stretches: nobody writes a paragraph of two thousand words, and looking
/// through a paragraph for each of its cues and quotations stays linear in the text.
const LONGEST_PARAGRAPH: usize = 1 << 14;
/// The longest dateline, in tokens.
const DATELINE: usize = 16;

impl<'t> Paragraph<'t> {
    /// Reads the paragraph at `bytes` of `text`; `next` is the paragraph after it.
    pub(super) fn read(text: &'t str, bytes: Range<usize>, next: Option<Range<usize>>) -> Self {
        let mut tokens = tokenise(text, bytes);
        tokens.drain(..dateline_end(&tokens));
        let goes_on = next.is_some_and(|next| {
            if !marks::may_begin_with_mark(text.get(next.clone()).unwrap_or("")) {
                return false;
            }
            let beginning = text.get(next.clone()).map_or(0, |next| next.chars().take(40).map(char::len_utf8).sum());
            marks::begins_with_mark(&tokenise(text, next.start..next.start + beginning))
        });
        Self::of(tokens, goes_on)
    }

    /// The words of a quotation as a paragraph, with the marks that stand in it.
    pub(super) fn inside(&self, pair: &Marked) -> Self {
        Self::of(self.tokens.get(pair.inner.clone()).unwrap_or_default().to_vec(), false)
    }

    /// `goes_on`: the next paragraph begins with a mark.
    fn of(tokens: Vec<Token<'t>>, goes_on: bool) -> Self {
        let marked = marks::pairs(&tokens, goes_on);
        let mut pair_of = vec![None; tokens.len()];
        for (index, pair) in marked.iter().enumerate() {
            for place in &mut pair_of[pair.outer.clone()] {
                *place = u32::try_from(index).ok();
            }
        }
        let words_before = words_before(&tokens, &pair_of);
        let mut paragraph = Self { tokens, marked, sentences: Vec::new(), pair_of, words_before };
        paragraph.sentences = paragraph.split();
        paragraph
    }

    /// The pair of marks that token `at` stands in.
    pub(super) fn pair_at(&self, at: usize) -> Option<&Marked> {
        self.marked.get((*self.pair_of.get(at)?)? as usize)
    }

    /// The pairs of marks that begin within `tokens`.
    pub(super) fn pairs_in(&self, tokens: &Range<usize>) -> &[Marked] {
        let from = self.marked.partition_point(|pair| pair.outer.start < tokens.start);
        let to = self.marked.partition_point(|pair| pair.outer.start < tokens.end);
        &self.marked[from..to]
    }

    /// Whether token `at` stands in quote marks, or is one.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.pair_of.get(at).copied().flatten().is_some()
    }

    /// Whether the token that begins at `byte` of the article stands in quote marks.
    pub(super) fn is_quoted_at(&self, byte: usize) -> bool {
        let at = self.tokens.partition_point(|token| token.bytes.start < byte);
        self.is_quoted(at) && self.tokens.get(at).is_some_and(|token| token.bytes.start == byte)
    }

    /// The token that `byte` stands in, or the one after it.
    pub(super) fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.bytes.end <= byte)
    }

    /// The token's word in lower case; empty past the end.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.lower)
    }

    /// The readings of token `at` as a cue.
    pub(super) fn senses(&self, at: usize) -> &'static [Sense] {
        self.tokens.get(at).map_or(&[], |token| &token.word.senses)
    }

    /// Whether token `at` is one of these marks.
    pub(super) fn is_mark(&self, at: usize, marks: &[char]) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_mark(marks))
    }

    /// Whether token `at` is capitalised.
    pub(super) fn is_capitalised(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_capitalised)
    }

    /// The bytes from the first to the last of these tokens; `None` where there are none.
    pub(super) fn bytes(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let slice = self.tokens.get(tokens.clone())?;
        Some(slice.first()?.bytes.start..slice.last()?.bytes.end)
    }

    /// How many words stand in `tokens`, and how many of them in quote marks.
    pub(super) fn count_words(&self, tokens: &Range<usize>) -> (usize, usize) {
        let before = |at: usize| self.words_before.get(at).or(self.words_before.last()).copied().unwrap_or_default();
        let (first, last) = (before(tokens.start), before(tokens.end));
        (last.0.saturating_sub(first.0) as usize, last.1.saturating_sub(first.1) as usize)
    }

    fn split(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        let mut outside = 0;
        for at in 0..self.tokens.len() {
            outside += usize::from(!self.is_quoted(at));
            if self.ends_sentence(at) || outside > LONGEST_SENTENCE {
                sentences.push(start..at + 1);
                (start, outside) = (at + 1, 0);
            }
        }
        if start < self.tokens.len() {
            sentences.push(start..self.tokens.len());
        }
        sentences
    }

    /// Whether a clause such as `Vael asked.` begins at `start`, after a quotation.
    ///
    /// `stopped`: the quotation ends with a full stop, so that only a clause without anything more
    /// belongs to it.
    fn reporting_clause_at(&self, start: usize, stopped: bool) -> bool {
        for at in start..self.tokens.len().min(start + LONGEST_SOURCE) {
            if self.is_quoted(at) || !(self.is_nominal(at) || self.is_mark(at, &[',', '(', ')']) || at == start) {
                return false;
            }
            let cue = at > start && !self.is_capitalised(at) && follows_quotation(self.lower(at));
            if cue {
                let next = at + 1;
                let ends = next >= self.tokens.len() || self.is_mark(next, &['.']) || self.is(next, &[Class::Day]);
                let goes_on = self.is_quoted(next)
                    || self.is_mark(next, &[','])
                    || self.is(next, &[Class::Preposition, Class::Subordinator, Class::Conjunction])
                    || self.is_adverb(next);
                return ends || goes_on && !stopped;
            }
        }
        false
    }

    /// Whether a sentence of the text outside the quote marks ends with token `at`.
    fn ends_sentence(&self, at: usize) -> bool {
        let next_begins = self.tokens.get(at + 1).is_none_or(|next| {
            next.is_capitalised()
                || next.kind == TokenKind::Number
                || next.kind == TokenKind::Mark
                    && !next.is_mark(&[',', ';', ':', '.', '!', '?', '’', '\'', ')', ']', '”'])
        });
        let numbered = at > 0
            && matches!(self.lower(at - 1), "no" | "nos")
            && self.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number);
        if !next_begins || numbered {
            return false;
        }
        match self.pair_at(at) {
            None => {
                self.is_mark(at, &['.', '!', '?', '…'])
                    || self.is_mark(at, &[')', ']']) && at > 0 && self.is_mark(at - 1, &['.', '!', '?'])
            }
            // The closing mark of a pair that ends with a full stop.
            Some(pair) => {
                let stop = pair.inner.end.saturating_sub(1);
                pair.outer.end == at + 1
                    && self.is_mark(stop, &['.', '!', '?', '…'])
                    && !self.reporting_clause_at(at + 1, self.is_mark(stop, &['.']))
            }
        }
    }
}

fn words_before(tokens: &[Token<'_>], pair_of: &[Option<u32>]) -> Vec<(u32, u32)> {
    let mut before = (0, 0);
    let mut counts = Vec::with_capacity(tokens.len() + 1);
    counts.push(before);
    counts.extend(tokens.iter().zip(pair_of).map(|(token, pair)| {
        before.0 += u32::from(token.is_word());
        before.1 += u32::from(token.is_word() && pair.is_some());
        before
    }));
    counts
}

/// Tokens of a dateline such as `VELMAR, Sept. 13 (Corridor Wire) —` at the beginning, dash included.
fn dateline_end(tokens: &[Token<'_>]) -> usize {
    let shouted = tokens.first().is_some_and(|first| {
        first.text.chars().count() > 2
            && first.text.chars().all(|letter| !letter.is_lowercase())
            && first.is_capitalised()
    });
    let dash = tokens.iter().take(DATELINE).position(|token| {
        token.is_mark(&['—', '–', '-']) && tokens.first().is_some_and(|first| first.bytes.end < token.bytes.start)
    });
    dash.filter(|_| shouted)
        .map_or(0, |dash| dash + usize::from(tokens.get(dash + 1).is_some_and(|next| next.is_mark(&['-']))) + 1)
}

/// The lines of `text` that hold anything, as bytes.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_end();
        if !trimmed.trim_start().is_empty() {
            lines.extend(stretches(trimmed).into_iter().map(|bytes| start + bytes.start..start + bytes.end));
        }
        start += line.len();
    }
    lines
}

/// The stretches in which a line is read, as bytes: nearly always one.
pub(super) fn stretches(line: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut stretches = Vec::new();
    while line.len() - start > LONGEST_PARAGRAPH {
        let end = start + cut(&line[start..]);
        stretches.push(start..end);
        start = end;
    }
    stretches.push(start..line.len());
    stretches
}

/// Where a line of more than [`LONGEST_PARAGRAPH`] bytes is cut: behind the last full stop before that, or else
/// before a space, or else anywhere.
fn cut(line: &str) -> usize {
    let most = line.floor_char_boundary(LONGEST_PARAGRAPH);
    let window = line.floor_char_boundary(most / 4 * 3)..most;
    let tail = &line[window.clone()];
    let stop = [". ", ".” ", ".\" "].iter().filter_map(|stop| Some(tail.rfind(stop)? + stop.len())).max();
    stop.or_else(|| tail.rfind(char::is_whitespace)).map_or(most, |end| window.start + end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let paragraph = Paragraph::read(text, 0..text.len(), None);
        paragraph.sentences.iter().map(|tokens| text[paragraph.bytes(tokens).unwrap()].to_owned()).collect()
    }

    #[test]
    fn a_dateline_is_no_part_of_the_first_sentence() {
        assert_eq!(sentences("VELMAR, Sept. 13 (Corridor Wire) — Kastria agreed."), ["Kastria agreed."]);
        assert_eq!(sentences("KESH was quiet."), ["KESH was quiet."]);
    }

    #[test]
    fn a_line_without_end_is_read_in_stretches() {
        for unit in ["The port is late. ", "“The port is late.” ", "late ", "…", "“"] {
            let line = unit.repeat(5 * LONGEST_PARAGRAPH / unit.len());
            let stretches = lines(&line);

            assert!(stretches.iter().all(|bytes| bytes.len() <= LONGEST_PARAGRAPH), "{unit}");
            assert!(stretches.windows(2).all(|pair| pair[0].end == pair[1].start), "{unit}");
            assert!(
                stretches.iter().skip(1).all(|bytes| line[bytes.start..].trim_start().starts_with(unit.trim_end()))
            );
        }
        assert_eq!(lines("Late.\nLater. \n"), [0..5, 6..12]);
    }

    #[test]
    fn a_full_stop_within_marks_ends_no_sentence_outside() {
        assert_eq!(
            sentences("“It is late. We wait,” said Mr. Vael. “We always wait.” He left."),
            ["“It is late. We wait,” said Mr. Vael.", "“We always wait.”", "He left."]
        );
        assert_eq!(sentences("“Why wait?” she asked. Nobody knew."), ["“Why wait?” she asked.", "Nobody knew."]);
        assert_eq!(sentences("“Why wait?” Vael asked. He left."), ["“Why wait?” Vael asked.", "He left."]);
        assert_eq!(
            sentences("“We wait.” Vael said the line was late."),
            ["“We wait.”", "Vael said the line was late."]
        );
    }
}
