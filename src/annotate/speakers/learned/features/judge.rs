//! Last stage: is a find right as a whole, beside the others of its paragraph.

use super::super::decode::Found;
use super::super::table::Sink;
use super::{Cue, Numbered, bucket, capped, flag, number};

/// The likeliest other find that gets in a find's way, by how it does.
#[derive(Debug, Clone, Copy, Default)]
pub(in super::super) struct Company {
    /// It reports the words around this one's cue.
    pub(in super::super) covered: f32,
    /// Its cue stands in this one's content.
    pub(in super::super) covers: f32,
    /// Its content overlaps this one's.
    pub(in super::super) overlaps: f32,
}

/// A probability in steps of half a logit, 0 to 28.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 28")]
fn odds(probability: f32) -> u32 {
    let probability = probability.clamp(0.001, 0.999);
    ((probability / (1.0 - probability)).ln() * 2.0 + 14.0).round().max(0.0) as u32
}

/// Describes `found`, a find around `cue`.
pub(in super::super) fn judge<S: Sink>(cue: &Cue<'_, '_, '_>, found: &Found, company: Company, sink: &mut S) {
    let mut sink = Numbered::new(sink, 8);
    let scene = cue.scene;
    let [is_cue, content, source] = found.odds.map(odds);
    let all = odds(found.likelihood());
    let frame = found.frame as u32;
    let (Some(first), Some(last)) = (found.content.first(), found.content.last()) else { return };
    let (first, last) = (first.start, last.end - 1);
    let tokens: usize = found.content.iter().map(ExactSizeIterator::len).sum();
    let share = quoted_share(cue, found, tokens);
    let named = found.source.map_or(0, |head| number(scene.tag(head, 0)));
    sink.put(&[]);
    sink.put(&[all]);
    sink.put(&[is_cue]);
    sink.put(&[content]);
    sink.put(&[source]);
    sink.put(&[is_cue, content]);
    sink.put(&[is_cue, source]);
    sink.put(&[all, frame, share]);
    sink.put(&[is_cue, frame, share]);
    sink.put(&[content, frame, share]);
    sink.put(&[all, named]);
    sink.put(&[source, named]);
    sink.put(&[all, cue.prior]);
    sink.put(&[cue.word]);
    sink.put(&[cue.word, frame]);
    sink.put(&[cue.word, share]);
    sink.put(&[cue.word, all / 3]);
    let (covered, covers, overlaps) = (odds(company.covered), odds(company.covers), odds(company.overlaps));
    sink.put(&[covered]);
    sink.put(&[covers]);
    sink.put(&[overlaps]);
    sink.put(&[covered, all]);
    sink.put(&[covered, is_cue]);
    sink.put(&[covers, all]);
    sink.put(&[overlaps, all]);
    sink.put(&[covered, cue.prior]);
    let length = bucket(tokens);
    sink.put(&[length, share, frame]);
    sink.put(&[length, all]);
    sink.put(&[length, content]);
    let agreement = agreement(cue, found);
    let by_rule = found.proposal;
    sink.put(&[agreement, cue.rule, by_rule]);
    sink.put(&[by_rule, all]);
    sink.put(&[by_rule, cue.rule, content / 3]);
    sink.put(&[agreement, all]);
    sink.put(&[agreement, content]);
    let (next, beyond) = (number(scene.tag(last, 1)), number(scene.tag(last, 2)));
    sink.put(&[next, beyond, share]);
    sink.put(&[next, content]);
    let closes = scene.quoted(last).map_or(0, |quoted| 1 + flag(quoted.last == last));
    let ends = (closes * 3 + share) * 3 + by_rule;
    let next_in = scene.quoted(last).map_or(next, |quoted| number(scene.tag(quoted.end, 0)));
    sink.put(&[ends, next_in]);
    sink.put(&[ends, next_in, cue.rule]);
    sink.put(&[ends, next_in, cue.word]);
    sink.put(&[ends, content]);
    sink.put(&[ends, content, next_in]);
    sink.put(&[ends, agreement]);
    let opening = number(scene.tag(first, 0));
    sink.put(&[opening, number(scene.tag(first, -1)), frame]);
    sink.put(&[scene.word(first, 0), frame]);
    sink.each(scene.meanings(cue.at), |meaning, sink| {
        sink.put(&[meaning, opening]);
        sink.put(&[meaning, all]);
        sink.put(&[meaning, named]);
    });
}

/// 0, 1 or 2: nothing of the content stands in quote marks, some does, nearly all does.
fn quoted_share(cue: &Cue<'_, '_, '_>, found: &Found, tokens: usize) -> u32 {
    let quoted = found.content.iter().flat_map(Clone::clone).filter(|at| cue.scene.is_quoted(*at)).count();
    match quoted {
        0 => 0,
        _ => 1 + flag(quoted * 10 >= tokens * 9),
    }
}

/// In which of beginning, end and source the rules agree.
fn agreement(cue: &Cue<'_, '_, '_>, found: &Found) -> u32 {
    let Some(report) = cue.report else { return 0 };
    let proposed = cue.scene.hull(report.content.iter());
    let start = found.content.first().map(|piece| piece.start);
    let end = found.content.last().map(|piece| piece.end);
    let source = match (&report.source, found.source) {
        (Some(source), Some(head)) => source.contains(&head),
        (None, None) => true,
        _ => false,
    };
    let same_start = proposed.as_ref().map(|piece| piece.start) == start;
    let same_end = proposed.as_ref().map(|piece| piece.end) == end;
    capped(usize::from(same_start) + 2 * usize::from(same_end) + 4 * usize::from(source), 7)
}
