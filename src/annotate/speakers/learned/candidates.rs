//! The places among which each stage of the model chooses.

use std::ops::Range;

use super::features::Cue;
use super::scene::{Scene, Tag};
use super::table::Borders;

/// On which side of a cue its content stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    /// `She said the line is late.`
    Behind = 1,
    /// `The line is late, she said.`
    Before = 2,
    /// `“The line,” she said, “is late.”`
    Around = 3,
}

impl Frame {
    pub(super) const ALL: [Self; 3] = [Self::Behind, Self::Before, Self::Around];
}

/// A word that can name a source, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) at: Option<usize>,
    /// Noun phrases between it and the cue.
    pub(super) phrases_between: usize,
}

/// What stands between a content's beginning and its end, counted while the ends are walked.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Passed {
    pub(super) commas: u32,
    pub(super) verbs: u32,
    pub(super) conjunctions: u32,
    pub(super) subordinators: u32,
    pub(super) quotations: u32,
    /// Tokens since the last quotation.
    pub(super) since: u32,
}

impl Passed {
    fn pass(&mut self, tag: Tag) {
        self.since = if tag == Tag::Open { 0 } else { self.since + 1 };
        match tag {
            Tag::Comma => self.commas += 1,
            tag if tag.is_verb() => self.verbs += 1,
            Tag::Conjunction => self.conjunctions += 1,
            Tag::Subordinator | Tag::Question | Tag::That => self.subordinators += 1,
            Tag::Open => self.quotations += 1,
            _ => {}
        }
    }
}

/// Between which classes of tokens each edge of a content was seen in training.
#[derive(Debug, Clone, Default)]
pub(super) struct Edges {
    pub(super) right_start: Borders,
    pub(super) right_end: Borders,
    pub(super) left_end: Borders,
    pub(super) left_start: Borders,
}

/// Tokens from a cue within which its content begins.
const START_WITHIN: usize = 40;
/// The longest piece of a content, in tokens outside quote marks.
const LONGEST: usize = 120;
/// Quoted sentences that can go on with a content after its own.
const MORE_SENTENCES: usize = 5;
/// Tokens from a cue within which its source is named, and its content ends before it.
const SOURCE_WITHIN: usize = 45;
/// The longest quotation in which cues are looked for, in tokens: longer ones are somebody's own speech.
const LONGEST_ASIDE: usize = 40;
/// Tokens from a quotation's end within which an unknown verb can report it.
const REPORTED_WITHIN: isize = 7;

/// Places that most stages choose among at the most; their list grows where there are more.
const USUAL_PLACES: usize = 32;

/// Whether the token at `at` is looked at as a cue.
pub(super) fn is_candidate(scene: &Scene<'_, '_>, at: usize) -> bool {
    let tag = scene.tag(at, 0);
    let known = match tag {
        Tag::Colon | Tag::Dash | Tag::Mark => scene.prior(at) > 0 || scene.report_at(at).is_some(),
        _ if !scene.is_word(at) => false,
        Tag::Cue | Tag::CueNoun => true,
        _ => {
            scene.prior(at) > 0
                || scene.report_at(at).is_some()
                || !scene.meanings(at).is_empty()
                || reports_a_quotation(scene, at)
        }
    };
    known && scene.quoted(at).is_none_or(|quoted| quoted.length <= LONGEST_ASIDE)
}

/// Whether a word that no list has stands where a cue stands: directly before a quotation, or soon after one.
fn reports_a_quotation(scene: &Scene<'_, '_>, at: usize) -> bool {
    if !matches!(scene.tag(at, 0), Tag::Past | Tag::Participle | Tag::Plural | Tag::Word) || scene.is_quoted(at) {
        return false;
    }
    let before = match scene.tag(at, 1) {
        Tag::Open => true,
        Tag::Comma | Tag::Colon => scene.tag(at, 2) == Tag::Open,
        _ => false,
    };
    before || (1..=REPORTED_WITHIN).any(|offset| scene.tag_in(at, -offset) == Tag::Close)
}

/// Where a content behind the cue can begin: with no word inside a quotation but its first.
pub(super) fn right_starts(cue: &Cue<'_, '_, '_>, edges: &Edges) -> Vec<usize> {
    let Cue { scene, at, sentence, .. } = cue;
    let places = (at + 1..sentence.end.min(at + START_WITHIN))
        .filter(|start| scene.is_word(*start))
        .filter(|start| {
            scene.quoted(*start).is_none_or(|quoted| quoted.first == *start) || scene.same_quotation(*at, *start)
        })
        .filter(|start| edges.right_start.allows(scene.tag(*start, -1), scene.tag(*start, 0)));
    let mut starts = Vec::with_capacity(USUAL_PLACES);
    starts.extend(places);
    if let Some(next) = scene.paragraph.sentences.get(scene.sentence_index(*at) + 1)
        && scene.tag(next.start, 0) == Tag::Open
    {
        starts.extend(scene.quoted(next.start).map(|quoted| quoted.first));
    }
    starts
}

/// Where a content that begins at `start`, behind the cue, can end, with what is passed on the way.
pub(super) fn right_ends(cue: &Cue<'_, '_, '_>, start: usize, edges: &Edges) -> Vec<(usize, Passed)> {
    let scene = cue.scene;
    let mut ends = Vec::with_capacity(USUAL_PLACES);
    let mut passed = Passed::default();
    let mut outside = 0;
    let index = scene.sentence_index(start);
    for (place, sentence) in scene.paragraph.sentences.iter().enumerate().skip(index).take(1 + MORE_SENTENCES) {
        if place > index && scene.tag(sentence.start, 0) != Tag::Open {
            break;
        }
        let mut end = start.max(sentence.start);
        while end < sentence.end {
            // Of a quotation, only the last word can be the end.
            if let Some(quoted) = scene.quoted(end).filter(|_| !scene.same_quotation(cue.at, end)) {
                passed.pass(Tag::Open);
                if quoted.last >= start {
                    ends.push((quoted.last, passed));
                }
                end = quoted.end;
                continue;
            }
            outside += 1;
            if outside > LONGEST {
                return ends;
            }
            let next = if end + 1 < sentence.end { scene.tag(end, 1) } else { Tag::Outside };
            if scene.is_word(end) && edges.right_end.allows(scene.tag(end, 0), next) {
                ends.push((end, passed));
            }
            passed.pass(scene.tag(end, 0));
            end += 1;
        }
    }
    ends
}

/// Where a content before the cue can end, the nearest first.
pub(super) fn left_ends(cue: &Cue<'_, '_, '_>, edges: &Edges) -> Vec<usize> {
    let Cue { scene, at, sentence, .. } = cue;
    let places = (sentence.start.max(at.saturating_sub(SOURCE_WITHIN))..*at)
        .rev()
        .filter(|end| scene.is_word(*end))
        .filter(|end| scene.quoted(*end).is_none_or(|quoted| quoted.last == *end))
        .filter(|end| edges.left_end.allows(scene.tag(*end, 0), scene.tag(*end, 1)));
    let mut ends = Vec::with_capacity(USUAL_PLACES);
    ends.extend(places);
    ends.extend(sentence.start.checked_sub(1).and_then(|before| scene.quoted(before)).map(|quoted| quoted.last));
    ends
}

/// Where a content that ends at `end`, before a cue, can begin, the nearest first.
pub(super) fn left_starts(scene: &Scene<'_, '_>, end: usize, edges: &Edges) -> Vec<usize> {
    let index = scene.sentence_index(end);
    let mut starts = Vec::with_capacity(USUAL_PLACES);
    for (place, sentence) in scene.paragraph.sentences[..=index].iter().enumerate().rev().take(1 + MORE_SENTENCES) {
        if place < index && scene.tag(sentence.end, -1) != Tag::Close {
            break;
        }
        let mut outside = 0;
        let mut after = sentence.end.min(end + 1);
        while after > sentence.start {
            let start = after - 1;
            if let Some(quoted) = scene.quoted(start) {
                if quoted.first <= end {
                    starts.push(quoted.first);
                }
                after = quoted.open.max(sentence.start);
                continue;
            }
            outside += 1;
            if outside > LONGEST {
                return starts;
            }
            let before = if start > sentence.start { scene.tag(start, -1) } else { Tag::Outside };
            if scene.is_word(start) && edges.left_start.allows(before, scene.tag(start, 0)) {
                starts.push(start);
            }
            after = start;
        }
    }
    starts
}

/// The words that can be the head of what names the source; the last stands for no source.
pub(super) fn heads(cue: &Cue<'_, '_, '_>, content: &[Range<usize>]) -> Vec<Head> {
    let Cue { scene, at, group, sentence, .. } = cue;
    let fits = |head: &usize| {
        let nominal = matches!(
            scene.tag(*head, 0),
            Tag::Subject
                | Tag::Object
                | Tag::Possessive
                | Tag::Determiner
                | Tag::Question
                | Tag::Name
                | Tag::Word
                | Tag::Plural
                | Tag::CueNoun
                | Tag::Cue
                | Tag::Past
                | Tag::Participle
                | Tag::Number
                | Tag::Day
        );
        (nominal || scene.is_role(*head))
            && !scene.is_quoted(*head)
            && !scene.is_bracketed(*head)
            && !content.iter().any(|piece| piece.contains(head))
    };
    let goes_on = |head: usize| {
        matches!(scene.tag_in(head, 1), Tag::Name | Tag::Word | Tag::Plural | Tag::Genitive | Tag::Number)
    };
    let mut heads = Vec::with_capacity(USUAL_PLACES);
    let mut walk = |places: &mut dyn Iterator<Item = usize>| {
        let mut phrases_between = 0;
        for head in places.filter(fits) {
            heads.push(Head { at: Some(head), phrases_between });
            phrases_between += usize::from(!goes_on(head));
        }
    };
    walk(&mut (sentence.start.max(at.saturating_sub(SOURCE_WITHIN))..*group).rev());
    walk(&mut (at + 1..sentence.end.min(at + SOURCE_WITHIN)));
    heads.push(Head { at: None, phrases_between: 0 });
    heads
}

/// The last word of the first phrase of what names a source: `Tamm` of `Rashid Tamm of the port office`.
pub(super) fn head_of(scene: &Scene<'_, '_>, source: &Range<usize>) -> usize {
    let ends = |at: &usize| {
        matches!(
            scene.tag(*at, 0),
            Tag::Preposition
                | Tag::Comma
                | Tag::Question
                | Tag::That
                | Tag::To
                | Tag::Bracket
                | Tag::Dash
                | Tag::Conjunction
                | Tag::Open
                | Tag::Subordinator
        )
    };
    let end = (source.start + 1..source.end).find(ends).unwrap_or(source.end);
    (source.start..end).rev().find(|at| scene.is_word(*at)).unwrap_or(source.start)
}
