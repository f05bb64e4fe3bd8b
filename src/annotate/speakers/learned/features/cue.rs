//! First stage: is a token a cue, and on which side of it stands what is said.

use super::super::scene::{Scene, Tag};
use super::super::table::Sink;
use super::{Cue, Numbered, bucket, capped, flag, mix, number, rule};

/// How far a quotation is looked for within a sentence, in tokens.
const QUOTATION_WITHIN: usize = 40;
/// How far another cue is looked for within a sentence.
const OTHER_WITHIN: usize = 60;
/// Words from which a quotation is long.
const LONG: usize = 5;

/// Describes the token `at` in the few features by which most words are seen to be no cue.
pub(in super::super) fn hint<S: Sink>(scene: &Scene<'_, '_>, at: usize, sink: &mut S) {
    let mut sink = Numbered::new(sink, 11);
    let (word, prior) = (scene.word(at, 0), u32::from(scene.prior(at)));
    let rule = rule(scene.report_at(at));
    let w = |offset| scene.word_in(at, offset);
    let g = |offset| number(scene.tag_in(at, offset));
    sink.put(&[word]);
    sink.put(&[word, g(1)]);
    sink.put(&[word, g(-1)]);
    sink.put(&[word, rule]);
    sink.put(&[prior, g(-1), g(1)]);
    sink.put(&[prior, w(1)]);
    sink.put(&[prior, w(-1)]);
    sink.put(&[prior, rule]);
    sink.put(&[g(-1), g(0), g(1)]);
    sink.put(&[g(-2), g(-1), g(0)]);
    sink.put(&[w(-1), g(0), w(1)]);
    sink.put(&[w(1), g(2), rule]);
    let opens = [-2, -1, 1, 2].map(|offset| scene.tag_in(at, offset) == Tag::Open);
    let closes = [-2, -1].map(|offset| scene.tag_in(at, offset) == Tag::Close);
    let marks = opens.into_iter().chain(closes).fold(0, |bits, mark| bits * 2 + flag(mark));
    sink.put(&[marks, flag(scene.is_quoted(at)), prior]);
    sink.each(scene.meanings(at), |meaning, sink| {
        sink.put(&[meaning, g(-1), g(1)]);
        sink.put(&[meaning, w(1)]);
    });
}

/// Describes `cue` to `sink`.
pub(in super::super) fn cue<S: Sink>(cue: &Cue<'_, '_, '_>, sink: &mut S) {
    let mut sink = Numbered::new(sink, 1);
    words_around(cue, &mut sink);
    verb_group(cue, &mut sink);
    quotations(cue, &mut sink);
    lists(cue, &mut sink);
    company(cue, &mut sink);
    place(cue, &mut sink);
}

fn words_around<S: Sink>(cue: &Cue<'_, '_, '_>, sink: &mut Numbered<'_, S>) {
    let (scene, at, word, prior) = (cue.scene, cue.at, cue.word, cue.prior);
    let w = |offset| scene.word_in(at, offset);
    let g = |offset| number(scene.tag_in(at, offset));
    let [two, three, four] = cue.endings;
    sink.put(&[word]);
    sink.put(&[w(-3)]);
    sink.put(&[w(-2)]);
    sink.put(&[w(-1)]);
    sink.put(&[g(-3)]);
    sink.put(&[g(-2)]);
    sink.put(&[g(-1), g(0), g(1)]);
    sink.put(&[g(0), g(1), g(2)]);
    sink.put(&[g(-2), g(-1), g(0)]);
    sink.put(&[word, g(1)]);
    sink.put(&[word, g(-1)]);
    sink.put(&[word, w(1)]);
    sink.put(&[word, g(1), g(2)]);
    sink.put(&[word, g(-2), g(-1)]);
    sink.put(&[three]);
    sink.put(&[four]);
    sink.put(&[prior, g(-1), g(1)]);
    sink.put(&[prior, w(1)]);
    sink.put(&[prior, w(-1)]);
    sink.put(&[prior, two]);
}

/// The auxiliaries, and what stands before them.
fn verb_group<S: Sink>(cue: &Cue<'_, '_, '_>, sink: &mut Numbered<'_, S>) {
    let (scene, word, prior, auxiliaries) = (cue.scene, cue.word, cue.prior, cue.auxiliaries);
    let next = number(scene.tag_in(cue.at, 1));
    let before = scene.word_in(cue.group, -1);
    sink.put(&[prior, auxiliaries]);
    sink.put(&[word, cue.subject(-1)]);
    sink.put(&[prior, cue.subject(-1), next]);
    sink.put(&[before]);
    sink.put(&[cue.subject(-2), cue.subject(-1), prior]);
}

fn quotations<S: Sink>(cue: &Cue<'_, '_, '_>, sink: &mut Numbered<'_, S>) {
    let (scene, at, word, prior) = (cue.scene, cue.at, cue.word, cue.prior);
    let g = |offset| number(scene.tag_in(at, offset));
    let (left, right) = (quote_distance(scene, at, -1), quote_distance(scene, at, 1));
    sink.put(&[left, right]);
    sink.put(&[left, word]);
    sink.put(&[right, word]);
    sink.put(&[right, g(1), prior]);
    sink.put(&[left, right, prior]);
    sink.put(&[left, g(1), g(-1)]);
    let around = scene.quoted(at).map_or(0, |quoted| bucket(quoted.length) + 1);
    sink.put(&[around]);
    sink.put(&[around, prior]);
    sink.put(&[around, scene.word_in(at, 1)]);
    let (previous, next) = (previous_quotation(cue), next_quotation(cue));
    sink.put(&[previous, next]);
    sink.put(&[previous, next, prior]);
    sink.put(&[previous, next, pieces(cue)]);
    sink.put(&[next, word]);
    sink.put(&[previous, word]);
    sink.put(&[next, g(1), g(2)]);
    sink.each(scene.meanings(at), |meaning, sink| {
        sink.put(&[meaning, left, right]);
        sink.put(&[meaning, previous, next]);
    });
}

/// What the word lists and the rules say of the cue.
fn lists<S: Sink>(cue: &Cue<'_, '_, '_>, sink: &mut Numbered<'_, S>) {
    let (scene, at, word, prior) = (cue.scene, cue.at, cue.word, cue.prior);
    let w = |offset| scene.word_in(at, offset);
    let g = |offset| number(scene.tag_in(at, offset));
    let two = cue.endings[0];
    sink.each(scene.meanings(at), |meaning, sink| {
        sink.put(&[meaning, two]);
        sink.put(&[meaning, cue.rule]);
    });
    let senses = scene.paragraph.senses(at);
    let frames = senses.iter().flat_map(|sense| &sense.frames).fold(0, |bits, frame| bits | 1 << (*frame as u32));
    sink.put(&[frames, g(1)]);
    sink.put(&[frames, w(1)]);
    sink.put(&[frames, two, g(-1), g(1)]);
    sink.put(&[cue.rule, word]);
    sink.put(&[cue.rule, g(1)]);
    sink.put(&[pieces(cue), word]);
    let covers =
        |report: &&super::Report| !report.cue.contains(&at) && report.content.iter().any(|piece| piece.contains(&at));
    let covering = rule(scene.reports.iter().find(covers));
    sink.put(&[covering, cue.rule]);
    sink.put(&[covering, prior]);
}

/// Other words of the sentence that can be cues.
fn company<S: Sink>(cue: &Cue<'_, '_, '_>, sink: &mut Numbered<'_, S>) {
    let (scene, at, prior, sentence) = (cue.scene, cue.at, cue.prior, &cue.sentence);
    let earlier = sentence.start.max(at.saturating_sub(OTHER_WITHIN))..cue.group.min(at);
    let before = u32::from(scene.highest_prior(earlier.clone()));
    let behind = u32::from(scene.highest_prior(at + 1..sentence.end.min(at + OTHER_WITHIN)));
    sink.put(&[before, prior]);
    sink.put(&[behind, prior]);
    sink.put(&[before, behind, prior]);
    let nearest = earlier.rev().find(|at| scene.prior(*at) >= 3);
    let gap = nearest.map_or(0, |nearest| bucket(at - nearest) + 1);
    let follows = nearest.map_or(0, |nearest| number(scene.tag(nearest, 1)));
    sink.put(&[gap, follows, prior]);
    sink.put(&[nearest.map_or(0, |nearest| scene.word(nearest, 0)), prior]);
    let that = (1_u32..=6).zip(1_isize..).find(|(_, offset)| scene.tag_in(at, *offset) == Tag::That);
    let that = that.map_or(0, |(distance, _)| distance);
    sink.put(&[that, cue.word]);
}

fn place<S: Sink>(cue: &Cue<'_, '_, '_>, sink: &mut Numbered<'_, S>) {
    let (scene, at, prior, sentence) = (cue.scene, cue.at, cue.prior, &cue.sentence);
    let g = |offset| number(scene.tag_in(at, offset));
    let (from, to) = (bucket(at - sentence.start), bucket(sentence.end - at));
    sink.put(&[from, prior]);
    sink.put(&[to, prior, g(1)]);
    sink.put(&[number(scene.tag_in(sentence.start, 0)), prior]);
    let near = cue.group.saturating_sub(8).max(sentence.start)..cue.group;
    sink.put(&[scene.counts(near)[0].min(8), g(-1), g(1)]);
}

/// Tokens to the nearest quoted one on one side, within the sentence and 12 tokens; 13 for none.
fn quote_distance(scene: &Scene<'_, '_>, at: usize, step: isize) -> u32 {
    (1_u32..=12)
        .zip(1_isize..)
        .map(|(distance, offset)| (distance, offset * step))
        .take_while(|(_, offset)| scene.tag_in(at, *offset) != Tag::Outside)
        .find(|(_, offset)| at.checked_add_signed(*offset).is_some_and(|other| scene.is_quoted(other)))
        .map_or(13, |(distance, _)| distance)
}

/// What the quotation next behind the cue is like, in its sentence or at the next one's beginning.
fn next_quotation(cue: &Cue<'_, '_, '_>) -> u32 {
    let (scene, at, sentence) = (cue.scene, cue.at, &cue.sentence);
    let within = (at + 1..sentence.end.min(at + QUOTATION_WITHIN)).find(|at| scene.tag(*at, 0) == Tag::Open);
    let open = within.or_else(|| (scene.tag(sentence.end, 0) == Tag::Open).then_some(sentence.end));
    let Some((open, quoted)) = open.and_then(|open| Some((open, scene.quoted(open)?))) else { return 0 };
    let host = scene.sentence(open);
    let more = match quoted.end {
        end if end >= scene.len() => 0,
        end if end >= host.end => 1 + flag(scene.tag(end, 0) == Tag::Open),
        end => 3 + u32::from(scene.highest_prior(end..host.end.min(end + OTHER_WITHIN)).min(8)),
    };
    let stopped = open > 0 && scene.paragraph.lower(open - 1).ends_with('.');
    let before = number(scene.tag(open, -1));
    mix(2, &[flag(within.is_some()), before, flag(stopped), more, flag(quoted.length > LONG)])
}

/// What the quotation last before the cue is like.
fn previous_quotation(cue: &Cue<'_, '_, '_>) -> u32 {
    let (scene, at, sentence) = (cue.scene, cue.at, &cue.sentence);
    let near = sentence.start.max(at.saturating_sub(QUOTATION_WITHIN))..at;
    let within = near.rev().find(|at| scene.tag(*at, 0) == Tag::Close);
    let close = within.or_else(|| sentence.start.checked_sub(1).filter(|before| scene.tag(*before, 0) == Tag::Close));
    let Some((close, quoted)) = close.and_then(|close| Some((close, scene.quoted(close)?))) else { return 0 };
    let first = quoted.open == scene.sentence(close).start;
    let ends_with = number(scene.tag(quoted.end, -2));
    let gap = bucket(at - close).min(7);
    mix(
        3,
        &[flag(within.is_some()), ends_with, number(scene.tag(close, 1)), flag(first), flag(quoted.length > LONG), gap],
    )
}

/// On which sides, and in how many pieces, the rules see the content.
fn pieces(cue: &Cue<'_, '_, '_>) -> u32 {
    cue.report.map_or(0, |report| {
        let left = report.content.iter().filter(|piece| piece.start < cue.at).count();
        let right = report.content.iter().filter(|piece| piece.start > cue.at).count();
        1 + capped(left, 1) * 3 + capped(right, 2)
    })
}
