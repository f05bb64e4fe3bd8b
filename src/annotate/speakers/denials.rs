//! Cues by which nothing was said: `Vael did not say that …`, `if Vael says that …`.
//!
//! Whoever finds a report, its words are nobody's where the cue is denied or only supposed. A quotation is another
//! thing: `He never said “stop”` has somebody's word in it.

use super::finding::Finding;
use super::grammar::{Class, is_adverb};
use super::paragraph::Paragraph;
use crate::model::QuoteKind;

/// How far a negation stands before its verb: `did not, even then, say`.
const REACH: usize = 4;

/// Whether the report says that something was not said, or asks what if it were.
pub(super) fn is_nobodys(paragraph: &Paragraph<'_>, finding: &Finding) -> bool {
    if finding.kind != QuoteKind::Indirect || !finding.is_speech {
        return false;
    }
    let token_at = |byte: usize| paragraph.tokens.partition_point(|token| token.bytes.start < byte);
    let denied = finding.cue.as_ref().is_some_and(|cue| is_denied(paragraph, token_at(cue.start)));
    denied || finding.mention.as_ref().is_some_and(|mention| is_supposed(paragraph, token_at(mention.start)))
}

/// Whether a negation belongs to the verb at `cue`.
fn is_denied(paragraph: &Paragraph<'_>, cue: usize) -> bool {
    let of_verb = |at: &usize| {
        let word = paragraph.lower(*at);
        paragraph.is(*at, &[Class::Auxiliary, Class::Negation]) || is_adverb(word)
    };
    // `He did not just say that …`: he said it.
    let denies = |at: usize| {
        let negation = paragraph.is(at, &[Class::Negation]) || paragraph.lower(at).ends_with("n't");
        negation && !matches!(paragraph.lower(at + 1), "only" | "just" | "merely" | "simply")
    };
    (cue.saturating_sub(REACH)..cue).rev().take_while(of_verb).any(denies)
}

/// Whether the source at `mention` is that of a condition.
fn is_supposed(paragraph: &Paragraph<'_>, mention: usize) -> bool {
    mention.checked_sub(1).is_some_and(|before| matches!(paragraph.lower(before), "if" | "unless"))
}
