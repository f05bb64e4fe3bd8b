//! What stands around a match: so many words on each side, or its sentence.

use std::ops::Range;

use crate::analysis::words;
use crate::annotate::sentences::sentences;
use crate::model::{CodePoints, Span};

/// How far the context of a match reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// So many words before and behind it, over the ends of sentences.
    Words {
        /// Words before it.
        left: usize,
        /// Words behind it.
        right: usize,
    },
    /// The sentence that it stands in; from the first to the last one where it stands in several.
    Sentence,
}

/// The words of a text, and its sentences where they are asked for. Ranges are of bytes.
pub(super) struct Surroundings<'t> {
    points: CodePoints<'t>,
    words: Vec<(Range<usize>, String)>,
    sentences: Vec<Range<usize>>,
    context: Context,
}

/// A match in its context.
pub(super) struct Around {
    /// The bytes of the match.
    pub(super) matched: Range<usize>,
    /// The bytes of the match and its context.
    pub(super) whole: Range<usize>,
    /// The words of the context before the match, by their number in the text.
    pub(super) left: Range<usize>,
    /// The words of the context behind the match.
    pub(super) right: Range<usize>,
}

impl<'t> Surroundings<'t> {
    pub(super) fn new(text: &'t str, context: Context) -> Self {
        let sentences = if context == Context::Sentence { sentences_of(text) } else { Vec::new() };
        Self { points: CodePoints::new(text), words: words(text).collect(), sentences, context }
    }

    /// The folded words of these numbers.
    pub(super) fn words(&self, numbers: Range<usize>) -> impl DoubleEndedIterator<Item = &str> {
        self.words.get(numbers).unwrap_or_default().iter().map(|(_, word)| word.as_str())
    }

    /// The folded words before a match, `most` at the most, whatever its context is; the nearest is the last.
    pub(super) fn words_before(&self, around: &Around, most: usize) -> impl DoubleEndedIterator<Item = &str> {
        self.words(around.left.end.saturating_sub(most)..around.left.end)
    }

    /// The folded words behind a match, likewise; the nearest is the first.
    pub(super) fn words_behind(&self, around: &Around, most: usize) -> impl DoubleEndedIterator<Item = &str> {
        self.words(around.right.start..around.right.start.saturating_add(most).min(self.words.len()))
    }

    pub(super) fn slice(&self, bytes: Range<usize>) -> &'t str {
        &self.points.text()[bytes]
    }

    /// What stands around a match, given in code points of the text.
    pub(super) fn around(&self, matched: Span) -> Around {
        let matched = self.points.bytes(matched);
        let first = self.words.partition_point(|(word, _)| word.end <= matched.start);
        let last = self.words.partition_point(|(word, _)| word.start < matched.end);
        let whole = match self.context {
            Context::Sentence => self.sentence(&matched),
            Context::Words { left, right } => {
                let start = self.start_at(first.saturating_sub(left)).min(matched.start);
                start..self.end_after(last.saturating_add(right)).max(matched.end)
            }
        };
        let from = self.words.partition_point(|(word, _)| word.start < whole.start);
        let to = self.words.partition_point(|(word, _)| word.end <= whole.end);
        Around { matched, left: from.min(first)..first, right: last..to.max(last), whole }
    }

    fn sentence(&self, matched: &Range<usize>) -> Range<usize> {
        let first = self.sentences.partition_point(|sentence| sentence.end <= matched.start);
        let last = self.sentences.partition_point(|sentence| sentence.start < matched.end);
        let start = self.sentences.get(first).map_or(matched.start, |sentence| sentence.start);
        let end = last.checked_sub(1).and_then(|last| self.sentences.get(last)).map_or(matched.end, |last| last.end);
        start.min(matched.start)..end.max(matched.end)
    }

    /// Where word `number` begins, with the quotation mark or parenthesis that opens before it.
    pub(super) fn start_at(&self, number: usize) -> usize {
        let text = self.points.text();
        let start = self.words.get(number).map_or(text.len(), |(word, _)| word.start);
        let before = number.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |(word, _)| word.end);
        match text[before..start].rfind(char::is_whitespace) {
            Some(space) => before + space + text[before + space..].chars().next().map_or(1, char::len_utf8),
            None if before == 0 => 0,
            None => start,
        }
    }

    /// Where the words before `number` end, with the marks that close behind them.
    pub(super) fn end_after(&self, number: usize) -> usize {
        let text = self.points.text();
        let next = self.words.get(number).map(|(word, _)| word.start);
        let end = number.min(self.words.len()).checked_sub(1).and_then(|last| self.words.get(last));
        let end = end.map_or(0, |(word, _)| word.end);
        match text[end..next.unwrap_or(text.len())].find(char::is_whitespace) {
            Some(space) => end + space,
            None if next.is_none() => text.len(),
            None => end,
        }
    }
}

/// The sentences of a text, which end with its lines.
fn sentences_of(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        found.extend(sentences(line).into_iter().map(|sentence| at + sentence.start..at + sentence.end));
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "It rained. “The (old) lock of Kesh-Velmar is open,” she said. Nobody came.";

    /// Left side, match and right side of `word` in [`TEXT`].
    fn sides(word: &str, context: Context) -> [&'static str; 3] {
        let surroundings = Surroundings::new(TEXT, context);
        let start = CodePoints::new(TEXT).at(TEXT.find(word).unwrap());
        let Around { matched, whole, .. } = surroundings.around(Span::new(start, start + word.chars().count()));
        [&TEXT[whole.start..matched.start], &TEXT[matched.clone()], &TEXT[matched.end..whole.end]]
    }

    fn words(left: usize, right: usize) -> Context {
        Context::Words { left, right }
    }

    #[test]
    fn words_come_with_the_marks_around_them() {
        assert_eq!(sides("lock", words(2, 1)), ["“The (old) ", "lock", " of"]);
        assert_eq!(sides("lock", words(1, 5)), ["(old) ", "lock", " of Kesh-Velmar is open,”"]);
        assert_eq!(sides("lock", words(0, 0)), ["", "lock", ""]);
    }

    #[test]
    fn a_hyphen_belongs_to_the_word_that_is_there() {
        assert_eq!(sides("lock", words(0, 2)), ["", "lock", " of Kesh"]);
        assert_eq!(sides("is", words(1, 0)), ["Velmar ", "is", ""]);
    }

    #[test]
    fn more_words_than_there_are_give_the_whole_text() {
        let [left, _, right] = sides("lock", words(100, 100));

        assert_eq!((left, right), ("It rained. “The (old) ", " of Kesh-Velmar is open,” she said. Nobody came."));
    }

    #[test]
    fn the_sentence_is_the_whole_one_and_no_other() {
        assert_eq!(sides("lock", Context::Sentence), ["“The (old) ", "lock", " of Kesh-Velmar is open,” she said."]);
        assert_eq!(sides("rained. “The", Context::Sentence)[0], "It ");
    }

    #[test]
    fn the_words_of_the_context_are_those_beside_the_match() {
        let surroundings = Surroundings::new(TEXT, words(2, 3));
        let start = CodePoints::new(TEXT).at(TEXT.find("lock").unwrap());

        let around = surroundings.around(Span::new(start, start + 4));

        assert_eq!(surroundings.words(around.left).collect::<Vec<_>>(), ["the", "old"]);
        assert_eq!(surroundings.words(around.right).collect::<Vec<_>>(), ["of", "kesh", "velmar"]);
    }
}
