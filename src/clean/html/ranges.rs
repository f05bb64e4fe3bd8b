//! Ranges of a line's text that its markup sets apart: links, bold, italics; and where the line is cut.
//!
//! For the reader of [`lines`](super::lines). All ranges are bytes of the gathered text, in order and apart.

use std::ops::Range;

use super::dom::Id;
use crate::clean::draft::Strong;

/// Adds `more` behind `ranges`, in one piece with the last where they touch.
pub(super) fn extend(ranges: &mut Vec<Range<usize>>, more: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == more.start => last.end = more.end,
        _ => ranges.push(more),
    }
}

/// Where a gathered line is cut: at single breaks after a sentence's end before a sentence's beginning.
pub(super) fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('\n') {
        let (before, after) = (text[from..at].trim_end(), text[at + 1..].trim_start());
        let ended =
            before.len() >= 30 && before.trim_end_matches(['"', '”', '’', '»', ')']).ends_with(super::lines::is_stop);
        if ended && begins_sentence(after) {
            parts.push(from..from + before.len());
            from = at + 1;
        }
    }
    parts.push(from..text.len());
    parts
}

fn begins_sentence(text: &str) -> bool {
    text.chars().find(|letter| letter.is_alphanumeric()).is_some_and(|letter| !letter.is_lowercase())
}

/// Bytes of the head of `part`: what is bold up to a single break, before a sentence in other type; 0 without one.
/// `<b>Omer Kaldan</b><br>The president …`
pub(super) fn head(bold: &[Range<usize>], part: &Range<usize>, text: &str) -> usize {
    let Some(at) = text[part.clone()].find('\n').map(|at| part.start + at) else { return 0 };
    let head = part.start..part.start + text[part.start..at].trim_end().len();
    let ends_there = !bold.iter().any(|range| range.start <= at && range.end > at + 1);
    let heads = ends_there && strong(bold, &head, text) == Strong::Whole && begins_sentence(&text[at + 1..part.end]);
    if heads { head.len() } else { 0 }
}

/// How many bytes of `part` lie in `ranges`.
pub(super) fn covered(ranges: &[Range<usize>], part: &Range<usize>) -> usize {
    let from = ranges.partition_point(|range| range.end <= part.start);
    let overlapping = ranges[from..].iter().take_while(|range| range.start < part.end);
    overlapping.map(|range| range.end.min(part.end) - range.start.max(part.start)).sum()
}

/// The anchors of `part`, counted from its beginning.
pub(super) fn within(anchors: &[(Range<usize>, Id)], part: &Range<usize>) -> Vec<(Range<usize>, Id)> {
    let from = anchors.partition_point(|(range, _)| range.end <= part.start);
    let overlapping = anchors[from..].iter().take_while(|(range, _)| range.start < part.end);
    let cut = |range: &Range<usize>| {
        range.start.saturating_sub(part.start)..range.end.min(part.end).saturating_sub(part.start)
    };
    overlapping.map(|(range, anchor)| (cut(range), *anchor)).collect()
}

/// How many bytes `part` begins with lie in ranges that only spaces part.
pub(super) fn lead(ranges: &[Range<usize>], part: &Range<usize>) -> usize {
    let from = ranges.partition_point(|range| range.end <= part.start);
    let mut end = part.start;
    for range in &ranges[from..] {
        if range.start > end + 1 || end >= part.end {
            break;
        }
        end = range.end.min(part.end);
    }
    end - part.start
}

/// How much of `part` the ranges `bold` set in bold.
pub(super) fn strong(bold: &[Range<usize>], part: &Range<usize>, text: &str) -> Strong {
    let from = bold.partition_point(|range| range.end <= part.start);
    let Some(first) = bold[from..].first().filter(|range| range.start <= part.start) else { return Strong::None };
    // Spaces between two bold words are not counted as bold; they end no bold beginning.
    let mut end = first.end;
    for next in &bold[from + 1..] {
        if end >= part.end || !text[end..next.start].trim().is_empty() {
            break;
        }
        end = next.end;
    }
    if end >= part.end { Strong::Whole } else { Strong::Lead(end - part.start) }
}
