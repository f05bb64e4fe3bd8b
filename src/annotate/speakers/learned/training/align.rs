//! What people annotated, in tokens of a paragraph, and whether a find is the same.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::super::finding::Finding;
use super::super::super::paragraph::Paragraph;
use super::super::candidates::Frame;
use super::AnnotatedQuote;
use crate::model::CodePoints;

/// What is said, as annotated; bytes of the article's text.
#[derive(Debug, Clone)]
pub(super) struct Gold {
    spans: Vec<Range<usize>>,
    pub(super) cue: Range<usize>,
    mention: Option<Range<usize>>,
}

/// The same in tokens of one paragraph.
#[derive(Debug, Clone)]
pub(super) struct Aligned {
    pub(super) cue: Range<usize>,
    pub(super) left: Option<Range<usize>>,
    pub(super) right: Option<Range<usize>>,
    pub(super) mention: Option<Range<usize>>,
}

/// Share of words by which two contents are the same, as `PolNeAR`'s scorer counts.
const SAME: usize = 80;
/// Words of a mention that name nobody by themselves, as that scorer counts.
const EMPTY: [&str; 19] = [
    "the",
    "a",
    "an",
    "of",
    "in",
    "for",
    "at",
    "by",
    "to",
    "and",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "gov",
    "sen",
    "rep",
    "president",
];

impl Gold {
    pub(super) fn new(quote: &AnnotatedQuote, points: &CodePoints<'_>) -> Self {
        Self {
            spans: quote.spans.iter().map(|span| points.bytes(*span)).collect(),
            cue: points.bytes(quote.cue),
            mention: quote.mention.map(|span| points.bytes(span)),
        }
    }

    /// Its tokens in `paragraph`; `None` where its cue or its content lies elsewhere.
    pub(super) fn align(&self, paragraph: &Paragraph<'_>) -> Option<Aligned> {
        let cue = tokens(paragraph, &self.cue)?;
        let words: Vec<usize> = self
            .spans
            .iter()
            .filter_map(|span| tokens(paragraph, span))
            .flatten()
            .filter(|at| paragraph.tokens[*at].is_word() && !cue.contains(at))
            .collect();
        let hull = |words: Vec<usize>| Some(*words.first()?..*words.last()? + 1);
        let left = hull(words.iter().copied().filter(|at| *at < cue.start).collect());
        let right = hull(words.iter().copied().filter(|at| *at >= cue.end).collect());
        let mention = self.mention.as_ref().and_then(|mention| tokens(paragraph, mention));
        (left.is_some() || right.is_some()).then_some(Aligned { cue, left, right, mention })
    }

    /// Whether `finding` has nearly the same words and the same source.
    pub(super) fn is(&self, paragraph: &Paragraph<'_>, finding: &Finding) -> bool {
        let far = |a: &[Range<usize>], b: &[Range<usize>]| {
            a.last().map_or(0, |last| last.end) <= b.first().map_or(0, |first| first.start)
        };
        if far(&self.spans, &finding.spans) || far(&finding.spans, &self.spans) {
            return false;
        }
        let words = |spans: &[Range<usize>]| -> BTreeSet<usize> {
            let tokens = spans.iter().filter_map(|span| tokens(paragraph, span)).flatten();
            tokens.filter(|at| paragraph.tokens[*at].is_word()).collect()
        };
        let (gold, found) = (words(&self.spans), words(&finding.spans));
        let common = gold.intersection(&found).count();
        common * 100 >= SAME * (gold.len() + found.len() - common)
            && common > 0
            && same_source(paragraph, self.mention.as_ref(), finding.mention.as_ref())
    }
}

impl Aligned {
    pub(super) fn frame(&self) -> Frame {
        match (&self.left, &self.right) {
            (Some(_), Some(_)) => Frame::Around,
            (Some(_), None) => Frame::Before,
            _ => Frame::Behind,
        }
    }

    pub(super) fn content(&self) -> Vec<Range<usize>> {
        self.left.iter().chain(&self.right).cloned().collect()
    }
}

/// The tokens that `bytes` touches.
fn tokens(paragraph: &Paragraph<'_>, bytes: &Range<usize>) -> Option<Range<usize>> {
    let start = paragraph.tokens.partition_point(|token| token.bytes.end <= bytes.start);
    let end = paragraph.tokens.partition_point(|token| token.bytes.start < bytes.end);
    (start < end).then_some(start..end)
}

fn same_source(paragraph: &Paragraph<'_>, gold: Option<&Range<usize>>, found: Option<&Range<usize>>) -> bool {
    let words = |mention: &Range<usize>| -> BTreeSet<&str> {
        let tokens = tokens(paragraph, mention).unwrap_or(0..0);
        let all =
            tokens.filter(|at| paragraph.tokens[*at].is_word()).map(|at| paragraph.lower(at).trim_end_matches('.'));
        let all: BTreeSet<&str> = all.collect();
        let kept: BTreeSet<&str> = all.iter().copied().filter(|word| !EMPTY.contains(word)).collect();
        if kept.is_empty() { all } else { kept }
    };
    match (gold, found) {
        (None, None) => true,
        (Some(gold), Some(found)) => !words(gold).is_disjoint(&words(found)),
        _ => false,
    }
}
