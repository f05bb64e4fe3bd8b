//! What a finder gives: something said, with the words that introduce it and name its source.
//!
//! A finding knows words, not persons; [`super::resolve`] turns its mention into a person. Offsets
//! are bytes of the article's text.

use std::ops::Range;

use super::paragraph::Paragraph;
use super::rules::Rule;
use super::tokens::TokenKind;
use crate::model::QuoteKind;

/// Something said, before anybody knows by whom.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Finding {
    /// Direct, indirect or mixed, by the share of quoted words.
    pub(super) kind: QuoteKind,
    /// Where the words stand; in order, without overlap, never empty.
    pub(super) spans: Vec<Range<usize>>,
    /// The words that introduce it.
    pub(super) cue: Option<Range<usize>>,
    /// The words that name its source.
    pub(super) mention: Option<Range<usize>>,
    /// The rule that found it.
    pub(super) rule: Rule,
    /// Whether the cue is one of speech, not of belief, judgement or intention.
    pub(super) is_speech: bool,
    /// How likely its words and the words that name its source are right.
    pub(super) confidence: f32,
    /// What the model makes of its parts, where the model found it.
    pub(super) weighed: Option<Weighed>,
}

/// Probabilities that the model gives to the parts of a find.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighed {
    /// That the cue is one, on this side of its content.
    pub(super) cue: f32,
    /// That nearly all words of the content are right.
    pub(super) content: f32,
    /// That the source is right.
    pub(super) source: f32,
}

impl Finding {
    /// Goes on with words of the same speaker's.
    pub(super) fn go_on(&mut self, other: Self) {
        if self.kind == QuoteKind::Indirect {
            self.kind = QuoteKind::Mixed;
        }
        self.spans.extend(other.spans);
    }

    /// Why it was found, in words.
    pub(super) fn because(&self) -> String {
        let reason = self.rule.reason();
        self.weighed.map_or_else(
            || reason.to_owned(),
            |Weighed { cue, content, source }| {
                format!("{reason} (model: cue {cue:.2}, extent {content:.2}, source {source:.2})")
            },
        )
    }
}

/// The same in tokens of one paragraph.
#[derive(Debug, Clone)]
pub(super) struct Report {
    pub(super) content: Vec<Range<usize>>,
    pub(super) cue: Range<usize>,
    pub(super) source: Option<Range<usize>>,
    pub(super) rule: Rule,
    pub(super) is_speech: bool,
}

/// The share of quoted words from which a content counts as direct, as `PolNeAR`'s scorer counts.
const DIRECT_SHARE: f64 = 0.9;

/// Direct, mixed or indirect, by the share of the content's words that stand in quote marks.
#[allow(clippy::cast_precision_loss, reason = "a count of words")]
pub(super) fn kind_of(paragraph: &Paragraph<'_>, content: &[Range<usize>]) -> QuoteKind {
    let (all, quoted) = content.iter().fold((0, 0), |(all, quoted), piece| {
        let (a, q) = paragraph.count_words(piece);
        (all + a, quoted + q)
    });
    match quoted {
        0 => QuoteKind::Indirect,
        _ if quoted as f64 >= DIRECT_SHARE * all as f64 => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    }
}

/// The pieces of a content, mostly one.
pub(super) fn pieces(first: Range<usize>, rest: Option<Range<usize>>) -> Vec<Range<usize>> {
    std::iter::once(first).chain(rest).collect()
}

impl Report {
    /// The report in bytes; `None` where its content has no word.
    pub(super) fn into_finding(self, paragraph: &Paragraph<'_>) -> Option<Finding> {
        let content: Vec<Range<usize>> = self.content.iter().filter_map(|piece| trimmed(paragraph, piece)).collect();
        if content.is_empty() {
            return None;
        }
        Some(Finding {
            kind: kind_of(paragraph, &content),
            spans: content.iter().filter_map(|piece| paragraph.bytes(piece)).collect(),
            cue: paragraph.bytes(&self.cue),
            mention: self.source.and_then(|source| paragraph.bytes(&source)),
            rule: self.rule,
            is_speech: self.is_speech,
            confidence: self.rule.precision(),
            weighed: None,
        })
    }
}

/// A piece without the marks around it: quote marks, a comma or a full stop outside a quotation.
fn trimmed(paragraph: &Paragraph<'_>, piece: &Range<usize>) -> Option<Range<usize>> {
    let is_word = |at: &usize| paragraph.tokens.get(*at).is_some_and(super::tokens::Token::is_word);
    let first = piece.clone().find(is_word)?;
    let last = piece.clone().rev().find(is_word)?;
    // Marks that belong to the words: an opening bracket or mark of an inner quotation, the full stop
    // or question mark of a quoted sentence.
    let mut range = first..last + 1;
    match paragraph.pair_at(first) {
        Some(pair) if pair.outer.contains(&last) => {
            let stop = range.end < pair.inner.end.min(piece.end) && paragraph.is_mark(range.end, &['.', '!', '?', '…']);
            range.end += usize::from(stop);
        }
        Some(pair) if pair.inner.start == first && pair.outer.start >= piece.start => range.start = pair.outer.start,
        _ => {}
    }
    if let Some(pair) = paragraph.pair_at(last)
        && !pair.outer.contains(&first)
    {
        range.end = pair.outer.end.min(piece.end).max(range.end);
    }
    Some(with_signs(paragraph, piece, range))
}

/// Signs that stand before a number.
const BEFORE_NUMBERS: [char; 3] = ['-', '−', '+'];
/// Signs that stand before a word or a number.
const BEFORE: [char; 8] = ['$', '€', '£', '¥', '₹', '₽', '#', '§'];
/// Signs that stand behind a number.
const BEHIND: [char; 3] = ['%', '‰', '°'];
/// What opens a part, and what closes it.
const BRACKETS: [(char, char); 4] = [('[', ']'), ('(', ')'), ('\'', '\''), ('‘', '’')];

/// `range` with the signs that touch its ends and are said with them: `-5`, `$3`, `100%`, `[The railway]`.
fn with_signs(paragraph: &Paragraph<'_>, piece: &Range<usize>, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    let touch = |at: usize| match (paragraph.tokens.get(at), paragraph.tokens.get(at + 1)) {
        (Some(before), Some(behind)) => before.bytes.end == behind.bytes.start,
        _ => false,
    };
    let is_number = |at: usize| paragraph.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number);
    // Between quote marks the piece may begin at the first word; nothing but these signs is taken in.
    let bounds = match paragraph.pair_at(range.start) {
        Some(pair) if pair.inner.contains(&range.start) => pair.inner.clone(),
        _ => piece.start..paragraph.tokens.len(),
    };
    while end < bounds.end && touch(end - 1) && paragraph.is_mark(end, &BEHIND) && is_number(end - 1) {
        end += 1;
    }
    while let Some(before) = start.checked_sub(1).filter(|before| bounds.contains(before) && touch(*before)) {
        let opens = |(open, close): &(char, char)| {
            paragraph.is_mark(before, &[*open]) && (start..=end).any(|at| paragraph.is_mark(at, &[*close]))
        };
        let signs = paragraph.is_mark(before, &BEFORE)
            || (paragraph.is_mark(before, &BEFORE_NUMBERS) && (is_number(start) || paragraph.is_mark(start, &BEFORE)))
            || BRACKETS.iter().any(opens);
        if !signs {
            break;
        }
        start = before;
    }
    let closes = |(open, close): &(char, char)| {
        paragraph.is_mark(end, &[*close]) && (start..end).any(|at| paragraph.is_mark(at, &[*open]))
    };
    if bounds.contains(&end) && touch(end - 1) && BRACKETS.iter().any(closes) {
        end += 1;
    }
    start..end
}
