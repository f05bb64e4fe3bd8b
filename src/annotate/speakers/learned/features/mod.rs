//! What the model looks at, stage by stage: each feature is a number made of its kind and its values.

mod content;
mod cue;
mod judge;
mod source;

use std::cmp::Ordering;
use std::ops::Range;

use super::super::finding::Report;
use super::super::reports::group_start;
use super::super::words;
use super::scene::{Scene, Tag};
use super::table::Sink;

pub(super) use content::{any_end, left_end, left_start, right_end, right_start};
pub(super) use cue::{cue, hint};
pub(super) use judge::{Company, judge};
pub(super) use source::source;

/// A token looked at as a cue, with what every stage asks of it.
pub(super) struct Cue<'s, 'p, 't> {
    pub(super) scene: &'s Scene<'p, 't>,
    pub(super) at: usize,
    /// Where its verb group begins: `had not said`.
    pub(super) group: usize,
    pub(super) sentence: Range<usize>,
    /// What the rules make of it.
    pub(super) report: Option<&'p Report>,
    /// Where they see its content before it, and behind it.
    proposed: [Option<Range<usize>>; 2],
    word: u32,
    prior: u32,
    /// The words of the verb group before the cue, as one number.
    auxiliaries: u32,
    /// The rule's number, 0 for none.
    rule: u32,
    /// The word's last two, three and four letters.
    endings: [u32; 3],
}

impl<'s, 'p, 't> Cue<'s, 'p, 't> {
    pub(super) fn new(scene: &'s Scene<'p, 't>, at: usize) -> Self {
        let sentence = scene.sentence(at);
        let group = group_start(scene.paragraph, &sentence, at);
        let report = scene.report_at(at);
        let before = report.and_then(|report| scene.hull(report.content.iter().filter(|piece| piece.start < at)));
        let behind = report.and_then(|report| scene.hull(report.content.iter().filter(|piece| piece.start > at)));
        Self {
            proposed: [before, behind],
            scene,
            at,
            group,
            report,
            word: scene.word(at, 0),
            prior: u32::from(scene.prior(at)),
            auxiliaries: (group..at).fold(0, |hash, at| mix(hash, &[scene.word(at, 0)])),
            rule: rule(report),
            endings: [2, 3, 4].map(|letters| ending(scene, at, letters)),
            sentence,
        }
    }

    /// The class of the token `offset` from the verb group's beginning.
    fn subject(&self, offset: isize) -> u32 {
        number(self.scene.tag_in(self.group, offset))
    }
}

/// Two to the 64th, divided by the golden ratio, odd.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Gives each kind of feature its number, in the order in which they are put.
struct Numbered<'o, S> {
    sink: &'o mut S,
    kind: u32,
}

impl<'o, S: Sink> Numbered<'o, S> {
    fn new(sink: &'o mut S, stage: u32) -> Self {
        Self { sink, kind: stage * 1000 }
    }

    #[inline]
    fn put<const N: usize>(&mut self, values: &[u32; N]) {
        self.kind += 1;
        self.sink.put(mix(self.kind, values));
    }

    /// Goes on with the stage's `kind`, whatever was put before.
    fn skip_to(&mut self, kind: u32) {
        self.kind = self.kind / 1000 * 1000 + kind;
    }

    /// Puts the same kinds of features for each of `meanings`.
    fn each(&mut self, meanings: &[u8], put: impl Fn(u32, &mut Self)) {
        let kind = self.kind;
        for meaning in meanings {
            self.kind = kind;
            put(u32::from(*meaning), self);
        }
        // Kinds after it keep their numbers where there is no meaning.
        self.kind = kind + 100;
    }
}

/// Mixes a kind and values into one number by multiplication (Knuth 1973, volume 3, section 6.4), whose highest bits
/// depend on all of theirs: tables take their slots from those.
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "the upper half of 64 bits")]
fn mix<const N: usize>(kind: u32, values: &[u32; N]) -> u32 {
    let mut hash = u64::from(kind).wrapping_mul(MIXER);
    for value in values {
        hash = (hash.rotate_left(5) ^ u64::from(*value)).wrapping_mul(MIXER);
    }
    (hash >> 32) as u32
}

fn number(tag: Tag) -> u32 {
    tag as u32
}

fn flag(flag: bool) -> u32 {
    u32::from(flag)
}

/// A count as a feature's value, no more than `most`.
fn capped(count: usize, most: u32) -> u32 {
    u32::try_from(count).map_or(most, |count| count.min(most))
}

/// A length in steps.
fn bucket(length: usize) -> u32 {
    match length {
        0..=5 => capped(length, 5),
        6..=7 => 6,
        8..=10 => 7,
        11..=14 => 8,
        15..=20 => 9,
        21..=30 => 10,
        31..=45 => 11,
        _ => 12,
    }
}

/// The last `letters` of the word at `at`.
fn ending(scene: &Scene<'_, '_>, at: usize, letters: usize) -> u32 {
    let word = scene.paragraph.lower(at);
    let start = if word.is_ascii() {
        word.len().saturating_sub(letters)
    } else {
        word.char_indices().rev().nth(letters - 1).map_or(0, |(start, _)| start)
    };
    words::number(word.get(start..).unwrap_or(word))
}

fn rule(report: Option<&Report>) -> u32 {
    report.map_or(0, |report| report.rule as u32 + 1)
}

/// How a place lies to the one that the rules propose: before it, at it, behind it; 3 where they propose none.
fn against(place: usize, proposed: Option<usize>) -> u32 {
    proposed.map_or(3, |proposed| match place.cmp(&proposed) {
        Ordering::Less => 0,
        Ordering::Equal => 1,
        Ordering::Greater => 2,
    })
}
