//! The stages between: where what is said begins and ends, behind its cue and before it.

use std::ops::Range;

use super::super::candidates::{Frame, Passed};
use super::super::scene::{Scene, Tag};
use super::super::table::Sink;
use super::{Cue, Numbered, against, bucket, capped, ending, flag, mix, number};

/// How far behind an end a verb, a comma or a cue is looked for, in tokens.
const AHEAD: usize = 12;
/// The same for a cue.
const CUE_AHEAD: usize = 9;
/// How far back in its sentence a beginning looks, in tokens.
const BACK: usize = 60;

/// Describes the token `start` as the first of a content behind the cue.
pub(in super::super) fn right_start<S: Sink>(cue: &Cue<'_, '_, '_>, frame: Frame, start: usize, sink: &mut S) {
    let mut sink = Numbered::new(sink, 2);
    let (scene, at, frame) = (cue.scene, cue.at, frame as u32);
    let near = bucket(start - at);
    let s = |offset| number(scene.tag(start, offset));
    let w = |offset| scene.word(start, offset);
    sink.put(&[near, frame]);
    sink.put(&[near, cue.word]);
    sink.put(&[w(0), near]);
    sink.put(&[w(-1), w(0)]);
    sink.put(&[s(-1), s(0), frame]);
    sink.put(&[s(-1), s(0), s(1)]);
    sink.put(&[s(-2), s(-1), s(0)]);
    sink.put(&[w(-1), near]);
    sink.put(&[cue.word, s(-1), s(0)]);
    sink.put(&[number(scene.tag(at, 0)), number(scene.tag(at, 1)), near]);
    sink.put(&[scene.word(at, 1), near, s(0)]);
    let words = (at + 1..start).take(3).fold(0, |hash, at| mix(hash, &[scene.word(at, 0)]));
    sink.put(&[words, near]);
    let opens =
        scene.quoted(start).map_or(0, |quoted| if quoted.first == start { 1 + flag(quoted.length > 5) } else { 3 });
    sink.put(&[opens, s(-1), s(-2)]);
    sink.each(scene.meanings(at), |meaning, sink| {
        sink.put(&[meaning, near, s(0)]);
        sink.put(&[meaning, s(-1), s(0)]);
    });
    let [.., quoted, that] = scene.counts(at + 1..start);
    sink.put(&[flag(quoted > 0), flag(that > 0), opens]);
    let proposed = cue.proposed[1].as_ref();
    let against = against(start, proposed.map(|piece| piece.start));
    sink.put(&[against, cue.rule]);
    sink.put(&[against, cue.rule, near]);
    sink.put(&[against, cue.word]);
    sink.put(&[against, cue.prior, s(0)]);
}

/// The class of the token behind an end, and whether a word of its sentence is still to come.
fn edge_behind(scene: &Scene<'_, '_>, end: usize) -> u32 {
    let sentence = scene.sentence_end(end);
    let last = (end + 1..sentence).all(|at| !scene.is_word(at));
    let next = if end + 1 >= sentence { Tag::Outside } else { scene.tag(end, 1) };
    number(next) * 2 + flag(last)
}

/// Describes the content from `content.start` to its last token `content.end`, behind the cue, beside what
/// [`any_end`] says of its end.
pub(in super::super) fn right_end<S: Sink>(
    cue: &Cue<'_, '_, '_>,
    frame: Frame,
    content: Range<usize>,
    passed: Passed,
    sink: &mut S,
) {
    let mut sink = Numbered::new(sink, 3);
    let scene = cue.scene;
    let Range { start, end } = content;
    let w = |offset| scene.word(end, offset);
    let length = bucket(end - start);
    let edge = edge_behind(scene, end);
    let (p1, p2) = (number(scene.tag(end, 1)), number(scene.tag(end, 2)));
    let first = number(scene.tag(start, 0));
    let first_word = scene.word(start, 0);
    sink.put(&[cue.word, edge]);
    sink.put(&[first, edge]);
    sink.put(&[first, p1, p2]);
    sink.put(&[first, length, edge]);
    sink.put(&[first_word, edge]);
    sink.put(&[first_word, p1, p2]);
    sink.put(&[length, edge]);
    sink.put(&[length, p1, p2]);
    sink.put(&[length, w(1)]);
    let (commas, verbs) = (passed.commas.min(3), passed.verbs.min(3));
    sink.put(&[commas, edge]);
    sink.put(&[verbs, edge]);
    sink.put(&[verbs, p1, p2]);
    sink.put(&[verbs, w(1)]);
    sink.put(&[commas, verbs, p1, p2]);
    sink.put(&[passed.conjunctions.min(2), verbs, p1]);
    sink.put(&[passed.subordinators.min(2), verbs, p1]);
    sink.each(scene.meanings(cue.at), |meaning, sink| {
        sink.put(&[meaning, edge, first]);
        sink.put(&[meaning, p1, p2]);
        sink.put(&[meaning, w(1)]);
        sink.put(&[meaning, length, edge]);
    });
    // The same beginnings on both sides of `and`: a subject, a verb in the past.
    sink.put(&[w(1), flag(scene.word(end, 2) == first_word), p2]);
    let proposed = cue.proposed[1].as_ref();
    let against = against(end + 1, proposed.map(|piece| piece.end));
    sink.put(&[against, cue.rule]);
    sink.put(&[against, edge]);
    sink.put(&[against, p1, p2]);
    quotations(cue, frame, &content, passed, [edge, against], &mut sink);
}

/// Describes the token `end` as the last of any content behind its cue: what stands around it, and what comes
/// after it, an apposition, a remark, another clause, another cue.
pub(in super::super) fn any_end<S: Sink>(scene: &Scene<'_, '_>, end: usize, sink: &mut S) {
    let mut sink = Numbered::new(sink, 9);
    let e = |offset| number(scene.tag(end, offset));
    let w = |offset| scene.word(end, offset);
    let (p1, p2) = (e(1), e(2));
    sink.put(&[w(1)]);
    sink.put(&[w(1), w(2)]);
    sink.put(&[w(1), w(2), w(3)]);
    sink.put(&[p1, p2, e(3)]);
    sink.put(&[p1, p2]);
    sink.put(&[w(1), p2]);
    sink.put(&[w(1), w(2), e(3)]);
    sink.put(&[e(0), p1, p2]);
    sink.put(&[w(0), p1]);
    sink.put(&[w(0), w(1)]);
    sink.put(&[e(-1), e(0), p1]);
    sink.put(&[ending(scene, end, 3), p1, p2]);
    sink.put(&[p1, ending(scene, end + 2, 3)]);
    sink.put(&[w(1), p2, e(3), e(4)]);
    sink.put(&[p1, p2, e(3), e(4)]);
    sink.put(&[p1, w(2), e(3)]);
    let sentence = scene.sentence_end(end);
    let ahead = end + 2..sentence.min(end + AHEAD);
    let comma = ahead.clone().find(|at| scene.tag(*at, 0) == Tag::Comma);
    let (gap, beyond) = comma.map_or((0, 0), |comma| (bucket(comma - end), number(scene.tag(comma, 1))));
    sink.put(&[w(1), gap, beyond]);
    sink.put(&[p1, p2, gap, beyond]);
    let verb = ahead.clone().find(|at| scene.tag(*at, 0).is_verb());
    let verb_gap = verb.map_or(0, |verb| bucket(verb - end));
    sink.put(&[w(1), verb_gap]);
    sink.put(&[p1, p2, verb_gap]);
    let rest = bucket(sentence.saturating_sub(end + 1));
    let verb_left = flag(verb.is_some() || scene.tag_in(end, 1).is_verb());
    sink.put(&[rest, p1]);
    sink.put(&[verb_left, p1, p2]);
    sink.put(&[rest, verb_left, edge_behind(scene, end)]);
    let near = end + 1..sentence.min(end + CUE_AHEAD);
    let strongest = u32::from(scene.highest_prior(near.clone()));
    let distance = near.clone().position(|at| scene.prior(at) >= 3).map_or(9, |distance| capped(distance, 9));
    sink.put(&[strongest, p1]);
    sink.put(&[distance, strongest, w(1)]);
}

/// How a content with quoted words lies to its quotations: a cue of such a content is read otherwise than one of
/// reported words.
fn quotations<S: Sink>(
    cue: &Cue<'_, '_, '_>,
    frame: Frame,
    content: &Range<usize>,
    passed: Passed,
    [edge, against]: [u32; 2],
    sink: &mut Numbered<'_, S>,
) {
    let scene = cue.scene;
    let Range { start, end } = *content;
    let here = scene.quoted(end);
    let place = match (scene.is_quoted(start), here) {
        (false, None) => 0,
        (true, Some(_)) if scene.same_quotation(start, end) => 1,
        (_, Some(_)) => 2,
        (true, None) => 3,
    };
    let quotes = place * 2 + flag(here.is_some_and(|quoted| quoted.last <= end));
    let crosses = capped(scene.sentence_index(end) - scene.sentence_index(start), 2);
    sink.put(&[quotes, passed.quotations.min(2), edge]);
    sink.put(&[quotes, crosses, edge]);
    if quotes == 0 && passed.quotations == 0 {
        return;
    }
    // Past the closing mark, where the content ends with one.
    let mark = here.filter(|quoted| quoted.last <= end).map_or(end, |quoted| quoted.end - 1);
    let e = |offset| number(scene.tag_in(mark, offset));
    let w = |offset| scene.word_in(mark, offset);
    let since = here.map_or(1 + passed.since.min(9), |_| 0);
    let whole = (quotes * 4 + passed.quotations.min(3)) * 4 + frame as u32;
    let inner = here.map_or(0, |quoted| number(scene.tag(quoted.end, -2)));
    let length = here.map_or(0, |quoted| bucket(quoted.length) + 1);
    sink.put(&[quotes, crosses, e(1), e(2)]);
    sink.put(&[quotes, length, edge]);
    sink.put(&[whole, w(1)]);
    sink.put(&[quotes, w(1), e(2)]);
    sink.put(&[whole, e(1), e(2)]);
    sink.put(&[quotes, since, e(1)]);
    sink.put(&[quotes, since, number(scene.tag(end, 0)), e(1)]);
    sink.put(&[quotes, inner, e(1)]);
    sink.put(&[whole, against, cue.rule]);
    sink.put(&[quotes, cue.word, e(1)]);
    sink.put(&[quotes, number(scene.tag(start, 0)), e(1)]);
    sink.put(&[quotes, passed.verbs.min(3), e(1), e(2)]);
    let rest = scene.sentence_end(mark).saturating_sub(mark + 1);
    sink.put(&[whole, bucket(rest), inner]);
    let again = (mark + 1..mark + 1 + rest).find(|at| scene.tag(*at, 0) == Tag::Open);
    sink.put(&[whole, again.map_or(0, |again| bucket(again - mark)), e(1)]);
    let [_, verbs, subjects, ..] = scene.counts(mark + 1..mark + 1 + rest);
    sink.put(&[whole, verbs.min(2), subjects.min(1), e(1)]);
}

/// Describes the token `end` as the last of a content before the cue.
pub(in super::super) fn left_end<S: Sink>(cue: &Cue<'_, '_, '_>, frame: Frame, end: usize, sink: &mut S) {
    let mut sink = Numbered::new(sink, 4);
    let (scene, at, frame) = (cue.scene, cue.at, frame as u32);
    let near = bucket(at - end);
    let e = |offset| number(scene.tag(end, offset));
    let w = |offset| scene.word(end, offset);
    let gap = bucket(cue.group.saturating_sub(end));
    let (before, earlier) = (number(scene.tag(cue.group, -1)), number(scene.tag(cue.group, -2)));
    sink.put(&[near, frame]);
    sink.put(&[near, cue.word]);
    sink.put(&[gap, e(1)]);
    sink.put(&[gap, e(1), e(2)]);
    sink.put(&[gap, before, earlier]);
    sink.put(&[e(0), e(1), e(2)]);
    sink.put(&[e(1), e(2), e(3)]);
    sink.put(&[w(1), e(2)]);
    sink.put(&[w(0), w(1)]);
    sink.put(&[w(1), e(2), gap]);
    sink.put(&[w(0), e(1)]);
    sink.put(&[cue.word, e(1), gap]);
    let closes = scene.quoted(end).map_or(0, |quoted| 1 + flag(quoted.last <= end));
    let later = flag((end + 1..at).any(|at| scene.is_quoted(at) && scene.is_word(at)));
    sink.put(&[closes, later, frame]);
    sink.put(&[closes, near]);
    sink.put(&[closes, later, gap, e(1)]);
    let commas = scene.counts(end + 1..cue.group)[0].min(4);
    sink.put(&[commas, gap, e(1)]);
    sink.put(&[commas, closes, before]);
    let proposed = cue.proposed[0].as_ref();
    let against = against(end + 1, proposed.map(|piece| piece.end));
    sink.put(&[against, cue.rule]);
    sink.put(&[against, e(1), gap]);
}

/// Describes the content from `content.start` to its last token `content.end`, before the cue.
pub(in super::super) fn left_start<S: Sink>(cue: &Cue<'_, '_, '_>, frame: Frame, content: Range<usize>, sink: &mut S) {
    let mut sink = Numbered::new(sink, 5);
    let (scene, at, frame) = (cue.scene, cue.at, frame as u32);
    let Range { start, end } = content;
    let s = |offset| number(scene.tag(start, offset));
    let w = |offset| scene.word(start, offset);
    let sentence = scene.sentence(start);
    let back = sentence.start.max(start.saturating_sub(BACK))..start;
    let first = back.start == sentence.start && back.clone().all(|at| !scene.is_word(at));
    let length = bucket(end - start);
    let edge = s(-1) * 2 + flag(first);
    let crosses = capped(scene.sentence_index(at) - scene.sentence_index(start), 3);
    sink.put(&[edge, frame]);
    sink.put(&[edge, length]);
    sink.put(&[edge, crosses]);
    sink.put(&[s(-1), s(0), s(1)]);
    sink.put(&[s(-2), s(-1), s(0)]);
    sink.put(&[w(-1), w(0)]);
    sink.put(&[w(-1), s(0)]);
    sink.put(&[w(0), edge]);
    sink.put(&[w(0), s(1), edge]);
    sink.put(&[w(-1), s(-2)]);
    sink.put(&[number(scene.tag(sentence.start, 0)), edge]);
    sink.put(&[scene.word(sentence.start, 0), edge]);
    sink.put(&[cue.word, edge]);
    let (open, here) = (scene.quoted(start), scene.quoted(end));
    let place = match (open, here) {
        (None, None) => 0,
        (Some(_), Some(_)) if scene.same_quotation(start, end) => 1,
        (Some(_), Some(_)) => 2,
        (Some(_), None) => 3,
        (None, Some(_)) => 4,
    };
    let quotes = place * 2 + flag(open.is_some_and(|quoted| start <= quoted.first));
    sink.put(&[quotes, crosses, edge]);
    sink.put(&[quotes, frame]);
    sink.put(&[quotes, here.map_or(0, |quoted| bucket(quoted.length) + 1), edge]);
    sink.put(&[quotes, bucket(start - sentence.start), edge]);
    if place > 0 {
        sink.put(&[quotes, w(-1), s(0)]);
        sink.put(&[quotes, s(-2), s(-1), s(0)]);
        sink.put(&[quotes, cue.word, edge]);
    }
    sink.skip_to(50);
    let commas = scene.counts(back.clone())[0].min(3);
    let is_verb = |at: usize| matches!(scene.tag(at, 0), Tag::Be | Tag::Auxiliary | Tag::Past);
    let verbs = (start..=end).take(BACK).filter(|at| is_verb(*at)).count();
    sink.put(&[commas, edge]);
    sink.put(&[capped(verbs, 2), edge, length]);
    let earlier_verb = flag(back.clone().any(|at| scene.tag(at, 0).is_verb()));
    sink.put(&[earlier_verb, edge, quotes]);
    sink.put(&[u32::from(scene.highest_prior(back)), edge]);
    let proposed = cue.proposed[0].as_ref();
    let against = against(start, proposed.map(|piece| piece.start));
    sink.put(&[against, cue.rule]);
    sink.put(&[against, edge]);
}
