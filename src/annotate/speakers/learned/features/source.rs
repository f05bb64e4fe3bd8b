//! The stage of the source: which word names who says it.

use super::super::candidates::{Frame, Head};
use super::super::table::Sink;
use super::{Cue, Numbered, bucket, capped, flag, number};

/// Describes `head` as what names the cue's source, or that nothing does.
pub(in super::super) fn source<S: Sink>(cue: &Cue<'_, '_, '_>, frame: Frame, head: &Head, sink: &mut S) {
    match head.at {
        Some(at) => named(cue, frame as u32, at, head.phrases_between, &mut Numbered::new(sink, 6)),
        None => unnamed(cue, frame as u32, &mut Numbered::new(sink, 7)),
    }
}

fn unnamed<S: Sink>(cue: &Cue<'_, '_, '_>, frame: u32, sink: &mut Numbered<'_, S>) {
    let scene = cue.scene;
    let (before, earlier) = (cue.subject(-1), cue.subject(-2));
    let proposed = cue.report.is_some_and(|report| report.source.is_some());
    sink.put(&[frame]);
    sink.put(&[cue.word]);
    sink.put(&[cue.word, frame]);
    sink.put(&[cue.auxiliaries, frame]);
    sink.put(&[cue.auxiliaries, cue.prior]);
    sink.put(&[cue.word, cue.auxiliaries]);
    sink.put(&[before, earlier]);
    sink.put(&[before, cue.word]);
    sink.put(&[number(scene.tag_in(cue.at, 1)), frame, before]);
    sink.put(&[cue.rule, flag(proposed)]);
    sink.put(&[cue.endings[1], cue.auxiliaries]);
    sink.put(&[scene.word_in(cue.group, -1)]);
}

fn named<S: Sink>(cue: &Cue<'_, '_, '_>, frame: u32, head: usize, phrases: usize, sink: &mut Numbered<'_, S>) {
    let (scene, at) = (cue.scene, cue.at);
    let side = flag(head > at);
    let between = if head < at { head + 1..cue.group } else { at + 1..head };
    let near = bucket(between.len()) * 2 + side;
    let h = |offset| number(scene.tag(head, offset));
    let w = |offset| scene.word(head, offset);
    let capital = flag(scene.paragraph.is_capitalised(head));
    let role = flag(scene.is_role(head));
    let phrases = capped(phrases, 6) * 2 + side;
    let before = cue.subject(-1);
    sink.put(&[near, frame]);
    sink.put(&[near, h(0)]);
    sink.put(&[near, capital, frame]);
    sink.put(&[near, h(1)]);
    sink.put(&[near, h(-1), h(0)]);
    sink.put(&[h(0), h(1), side]);
    sink.put(&[h(-1), h(0), h(1)]);
    sink.put(&[h(0), h(1), h(2), side]);
    sink.put(&[w(0), side]);
    sink.put(&[w(0), near]);
    sink.put(&[w(1), side]);
    sink.put(&[w(-1), side]);
    sink.put(&[role, capital, phrases]);
    sink.put(&[role, near]);
    sink.put(&[phrases, frame]);
    sink.put(&[phrases, before, h(0)]);
    let [commas, verbs, subjects, ..] = scene.counts(between);
    let (commas, verbs, subjects) = (commas.min(3), verbs.min(3), subjects.min(2));
    sink.put(&[commas, verbs, side]);
    sink.put(&[commas, verbs, subjects, h(0)]);
    sink.put(&[commas, verbs, number(scene.tag(at, 0)), before]);
    sink.put(&[commas, verbs, cue.endings[1]]);
    let from = bucket(head - scene.sentence(head).start);
    sink.put(&[from, side]);
    sink.put(&[from, capital, verbs]);
    let within = cue.report.and_then(|report| report.source.as_ref()).map_or(0, |source| match () {
        () if source.end == head + 1 => 1,
        () if source.contains(&head) => 2,
        () => 3,
    });
    sink.put(&[within, near]);
    sink.put(&[within, h(0), side]);
}
