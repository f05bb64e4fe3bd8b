//! What pages carry beside their text: running headers and footers, page numbers, footnotes, tables of contents.
//!
//! Each is left out with its reason. A running line stands at one height on three pages or more, its figures
//! aside; on two pages only where its figure counts the pages, or where these are all and it is outermost.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::page::{Block, Line};
use crate::model::DroppedBlock;

/// Lines from the top and from the foot of a page among which its running lines are.
const OUTERMOST: usize = 3;
/// Heights of one running line differ by less, in points.
const SAME_HEIGHT: f64 = 4.0;
/// Pages on which a line must stand.
const FEWEST_PAGES: usize = 3;
/// Footnotes are set smaller than this part of the text's size.
const SMALL: f64 = 0.93;

static PAGE_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)^ (?: page | p\. | seite | p[áa]g(?:ina|\.)? | страница | стр\. )? \s* [-–—|(]* \s* (?: \d{1,3} | [ivxl]{1,6} ) \s*
        (?: (?: of | von | de | sur | из | / ) \s* \d{1,3} )? \s* [-–—|)]* $",
    )
    .ok()
});
static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(?:\d{1,3}|[*†‡]{1,3})[.)]?\s*\S").ok());
static LEADERS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:\.{4,}|(?:\.\s){4,}|…{2,})\s*(?:\d{1,3}|[ivxl]{1,6})$").ok());

/// Where a line stands: page, block, line.
type Place = (usize, usize, usize);

/// A line that may be a running one.
struct Candidate<'l> {
    place: Place,
    line: &'l Line,
    /// Whether it stands in the upper half of its page's lines.
    top: bool,
    /// Whether no line stands beyond it.
    outermost: bool,
}

/// Takes the furniture out of `pages`; `body` is the size of the running text.
pub(super) fn take_out(pages: &mut [Vec<Block>], body: f64, dropped: &mut Vec<DroppedBlock>) {
    let mut reasons: HashMap<Place, &'static str> = HashMap::new();
    running(pages, &mut reasons);
    page_numbers(pages, &mut reasons);
    footnotes(pages, body, &mut reasons);
    for (page, blocks) in pages.iter_mut().enumerate() {
        for (at, block) in blocks.iter_mut().enumerate() {
            let mut note: Option<DroppedBlock> = None;
            let mut kept = Vec::with_capacity(block.lines.len());
            for (nth, line) in std::mem::take(&mut block.lines).into_iter().enumerate() {
                let contents = LEADERS.as_ref().is_some_and(|leaders| leaders.is_match(&line.text));
                let reason = reasons.get(&(page, at, nth)).copied().or(contents.then_some("table-of-contents"));
                match reason {
                    None => kept.push(line),
                    // The lines of a note are one block, unless the next begins another.
                    Some("footnote") if note.is_some() && !opens_note(&line.text) => {
                        if let Some(note) = &mut note {
                            note.text.push(' ');
                            note.text.push_str(&line.text);
                        }
                    }
                    Some(reason) => {
                        dropped.extend(note.take());
                        note = Some(DroppedBlock { text: line.text, reason: reason.into() });
                        if reason != "footnote" {
                            dropped.extend(note.take());
                        }
                    }
                }
            }
            dropped.extend(note);
            block.lines = kept;
        }
        blocks.retain(|block| !block.lines.is_empty());
    }
}

/// The lines of a page from top to bottom.
fn by_height(blocks: &[Block]) -> Vec<((usize, usize), &Line)> {
    let mut lines: Vec<_> = blocks
        .iter()
        .enumerate()
        .flat_map(|(at, block)| block.lines.iter().enumerate().map(move |(nth, line)| ((at, nth), line)))
        .collect();
    lines.sort_by(|(_, a), (_, b)| b.base.total_cmp(&a.base));
    lines
}

fn running(pages: &[Vec<Block>], reasons: &mut HashMap<Place, &'static str>) {
    let mut alike: HashMap<String, Vec<Candidate<'_>>> = HashMap::new();
    for (page, blocks) in pages.iter().enumerate() {
        let lines = by_height(blocks);
        let count = lines.len();
        for (nth, ((at, line_at), line)) in lines.into_iter().enumerate() {
            let top = nth < OUTERMOST;
            if top || nth + OUTERMOST >= count {
                let key = without_figures(&line.text);
                alike.entry(key).or_default().push(Candidate {
                    place: (page, at, line_at),
                    line,
                    top: nth * 2 < count,
                    outermost: nth == 0 || nth + 1 == count,
                });
            }
        }
    }
    for lines in alike.values_mut() {
        lines.sort_by(|a, b| a.line.base.total_cmp(&b.line.base).then(a.place.cmp(&b.place)));
        // Rows of lines at one height.
        for row in lines.chunk_by(|a, b| b.line.base - a.line.base < SAME_HEIGHT) {
            let on: HashSet<usize> = row.iter().map(|found| found.place.0).collect();
            let all = pages.len() == 2 && row.iter().all(|found| found.outermost && !found.line.text.ends_with('.'));
            if on.len() >= FEWEST_PAGES || on.len() == 2 && (all || counts_pages(row)) {
                for found in row {
                    reasons.insert(found.place, if found.top { "running-header" } else { "running-footer" });
                }
            }
        }
    }
}

/// Whether a figure in these lines grows by one with each page.
fn counts_pages(row: &[Candidate<'_>]) -> bool {
    let steps = |page: usize, line: &Line| -> HashSet<i64> {
        let figures =
            line.text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|part| part.parse::<i64>().ok());
        let page = i64::try_from(page).unwrap_or(0);
        figures.take(4).map(|figure| figure.saturating_sub(page)).collect()
    };
    let mut all = row.iter().map(|found| steps(found.place.0, found.line));
    let Some(first) = all.next() else { return false };
    !all.fold(first, |common, steps| &common & &steps).is_empty()
}

fn without_figures(text: &str) -> String {
    let mut key = String::new();
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        let letter = if letter.is_ascii_digit() { '#' } else { letter };
        if letter != '#' || !key.ends_with('#') {
            key.extend(letter.to_lowercase());
        }
    }
    key
}

/// A bare number that is the first or the last line of its page.
fn page_numbers(pages: &[Vec<Block>], reasons: &mut HashMap<Place, &'static str>) {
    for (page, blocks) in pages.iter().enumerate() {
        // What runs is already gone, so that the number below it is outermost.
        let lines: Vec<_> =
            by_height(blocks).into_iter().filter(|((at, nth), _)| !reasons.contains_key(&(page, *at, *nth))).collect();
        for ((at, nth), line) in [lines.first(), lines.last()].into_iter().flatten() {
            let bare = line.text.chars().count() <= 20;
            if bare && lines.len() > 1 && PAGE_NUMBER.as_ref().is_some_and(|number| number.is_match(line.text.trim())) {
                reasons.insert((page, *at, *nth), "page-number");
            }
        }
    }
}

fn opens_note(text: &str) -> bool {
    NOTE.as_ref().is_some_and(|note| note.is_match(text))
}

/// Small lines at the foot of a column of text, from the first that begins with a mark.
fn footnotes(pages: &[Vec<Block>], body: f64, reasons: &mut HashMap<Place, &'static str>) {
    for (page, blocks) in pages.iter().enumerate() {
        for (at, block) in blocks.iter().enumerate() {
            let free = |nth: usize| !reasons.contains_key(&(page, at, nth));
            let small = |nth: &usize| block.lines[*nth].size < SMALL * body || !free(*nth);
            let tail = (0..block.lines.len()).rev().take_while(small).last();
            let Some(tail) = tail else { continue };
            let Some(first) = (tail..block.lines.len()).find(|nth| free(*nth) && opens_note(&block.lines[*nth].text))
            else {
                continue;
            };
            let notes: Vec<usize> = (first..block.lines.len()).filter(|nth| free(*nth)).collect();
            reasons.extend(notes.into_iter().map(|nth| ((page, at, nth), "footnote")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, base: f64) -> Line {
        Line { text: text.into(), base, size: 10.0, ..Line::default() }
    }

    fn page(lines: &[(&str, f64)]) -> Vec<Block> {
        vec![Block { lines: lines.iter().map(|(text, base)| line(text, *base)).collect(), left: 0.0, right: 400.0 }]
    }

    fn reasons(mut pages: Vec<Vec<Block>>) -> Vec<(String, String)> {
        let mut dropped = Vec::new();
        take_out(&mut pages, 10.0, &mut dropped);
        dropped.into_iter().map(|block| (block.text, block.reason)).collect()
    }

    #[test]
    fn what_runs_over_three_pages_is_dropped_and_what_moves_is_not() {
        let of = |n: usize| {
            let (head, body) = (format!("Velmar Declaration | {n}"), format!("{}00 tonnes were agreed.", n * 3));
            #[expect(clippy::cast_precision_loss, reason = "small")]
            page(&[(&head, 800.0), (&body, 700.0 - 20.0 * n as f64), ("The Parties agreed.", 400.0 + 9.0 * n as f64)])
        };

        let dropped = reasons(vec![of(1), of(2), of(3)]);

        assert_eq!(dropped.len(), 3, "{dropped:?}");
        assert_eq!(dropped[1], ("Velmar Declaration | 2".into(), "running-header".into()));
    }

    #[test]
    fn page_numbers_are_told_at_the_edge_only() {
        let dropped =
            reasons(vec![page(&[("Six states met.", 700.0), ("12", 650.0), ("They spoke.", 600.0), ("- 4 -", 40.0)])]);

        assert_eq!(dropped, [("- 4 -".to_owned(), "page-number".to_owned())]);
    }
}
