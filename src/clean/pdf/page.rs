//! One page → lines in reading order, in blocks: columns, and what runs across them.

use super::content::{Drawn, Glyph};
use super::runs::{self, RUN_GAP, Run};
use crate::model::DroppedBlock;

/// Runs on one line have baselines that differ by less than this part of the smaller size; words that a
/// program read off a scan stand unevenly.
const SAME_LINE: f64 = 0.25;
/// A gap wider than this part of the size, on two lines or more, parts cells of a table.
const CELL_GAP: f64 = 2.0;
/// Columns in columns.
const DEEPEST_SPLIT: usize = 3;
/// Lines that stand beside each other before there are columns, on each side.
const FEWEST_LINES: usize = 4;

/// A line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Bytes of `text` from its beginning that are bold.
    pub(super) bold: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) page: usize,
    /// Bytes of `text` at which cells after the first begin.
    pub(super) cells: Vec<usize>,
}

impl Line {
    pub(super) fn is_bold(&self) -> bool {
        self.bold >= self.text.len()
    }
}

/// Lines under one another, and the edges between which they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub(super) lines: Vec<Line>,
    pub(super) left: f64,
    pub(super) right: f64,
}

/// A page as it is read.
#[derive(Debug, Default)]
pub(super) struct Laid {
    pub(super) blocks: Vec<Block>,
    pub(super) dropped: Vec<DroppedBlock>,
    /// Letters, spaces aside, and those of them that no font names.
    pub(super) letters: usize,
    pub(super) unreadable: usize,
}

/// Lays out what is drawn on page `page` of this width and height.
pub(super) fn lay_out(drawn: Drawn, page: usize, (width, height): (f64, f64)) -> Laid {
    let mut laid = Laid::default();
    let pictures = drawn.pictures > 0;
    let mut glyphs = upright(drawn.glyphs, &mut laid);
    let visible = |glyph: &Glyph| !glyph.invisible || pictures;
    let outside = |glyph: &Glyph| {
        // An eighth of an inch beyond the edge is bleed.
        const BLEED: f64 = 9.0;
        let (x, y) = glyph.from;
        let side = width.max(height);
        x < -BLEED || y < -BLEED || x > side + BLEED || y > side + BLEED
    };
    set_apart(&mut glyphs, &mut laid, "invisible-text", |glyph| !visible(glyph));
    set_apart(&mut glyphs, &mut laid, "outside-the-page", outside);
    // Where most of a page is marked as no text, the mark means something else.
    let marked = glyphs.iter().filter(|glyph| glyph.artifact).count();
    if marked * 2 < glyphs.len() {
        set_apart(&mut glyphs, &mut laid, "page-furniture", |glyph| glyph.artifact);
    }
    let known = |glyph: &&Glyph| glyph.letters.as_deref().is_none_or(|letters| !letters.trim().is_empty());
    laid.letters = glyphs.iter().filter(known).count();
    laid.unreadable = glyphs.iter().filter(|glyph| glyph.letters.is_none()).count();
    let lines = rows(runs::read(&glyphs)).into_iter().map(|row| line(row, page, &mut laid)).collect();
    order(lines, 0, &mut laid.blocks);
    laid
}

/// Turns the page so that most of its text reads from left to right; text in other directions is left out.
fn upright(mut glyphs: Vec<Glyph>, laid: &mut Laid) -> Vec<Glyph> {
    let direction = |glyph: &Glyph| {
        let (right, up) = (glyph.to.0 - glyph.from.0, glyph.to.1 - glyph.from.1);
        // A tenth is some six degrees.
        if up.abs() <= right.abs() * 0.1 {
            Some(if right < 0.0 { 2 } else { 0 })
        } else if right.abs() <= up.abs() * 0.1 {
            Some(if up > 0.0 { 1 } else { 3 })
        } else {
            None
        }
    };
    let mut counts = [0_usize; 4];
    glyphs.iter().filter_map(direction).for_each(|direction| counts[direction] += 1);
    let most = (0..4).rev().max_by_key(|direction| counts[*direction]).unwrap_or(0);
    set_apart(&mut glyphs, laid, "rotated-text", |glyph| {
        glyph.from != glyph.to && direction(glyph).is_none_or(|direction| direction != most)
    });
    let turn = |(x, y): (f64, f64)| match most {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    };
    for glyph in &mut glyphs {
        (glyph.from, glyph.to) = (turn(glyph.from), turn(glyph.to));
    }
    // The corner of the turned page is elsewhere.
    let least = |side: fn(&Glyph) -> f64| glyphs.iter().map(side).fold(f64::INFINITY, f64::min);
    if most != 0 && !glyphs.is_empty() {
        let (x, y) = (least(|glyph| glyph.from.0), least(|glyph| glyph.from.1));
        for glyph in &mut glyphs {
            glyph.from = (glyph.from.0 - x, glyph.from.1 - y);
            glyph.to = (glyph.to.0 - x, glyph.to.1 - y);
        }
    }
    glyphs
}

/// Drops the glyphs that `apart` says, each run of them as one block.
fn set_apart(glyphs: &mut Vec<Glyph>, laid: &mut Laid, reason: &str, apart: impl Fn(&Glyph) -> bool) {
    if !glyphs.iter().any(&apart) {
        return;
    }
    let (dropped, kept): (Vec<Glyph>, Vec<Glyph>) = std::mem::take(glyphs).into_iter().partition(&apart);
    *glyphs = kept;
    let mut text = String::new();
    let mut before: Option<&Glyph> = None;
    for glyph in &dropped {
        let far = before.is_some_and(|before| {
            let (x, y) = (glyph.from.0 - before.to.0, glyph.from.1 - before.to.1);
            x.hypot(y) > glyph.size * 0.25
        });
        if far && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(glyph.letters.as_deref().unwrap_or("\u{fffd}"));
        before = Some(glyph);
    }
    let text = crate::clean::letters::collapse(&text);
    if !text.is_empty() {
        laid.dropped.push(DroppedBlock { text, reason: reason.into() });
    }
}

/// Groups runs by their baselines, from top to bottom, and parts each line at wide gaps.
fn rows(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    runs.sort_by(|a, b| b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left)));
    let on_one_line = |first: &Run, run: &Run| (first.base - run.base).abs() < SAME_LINE * first.size.min(run.size);
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match rows.last_mut().filter(|row| row.first().is_some_and(|first| on_one_line(first, &run))) {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    let mut pieces: Vec<Vec<Run>> = Vec::new();
    for mut row in rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut before = (f64::NEG_INFINITY, 0.0);
        for run in row {
            let joins = run.left - before.0 < RUN_GAP * run.size.min(before.1);
            before = (if joins { run.right.max(before.0) } else { run.right }, run.size);
            match pieces.last_mut().filter(|_| joins) {
                Some(piece) => piece.push(run),
                None => pieces.push(vec![run]),
            }
        }
    }
    with_raised(pieces)
}

/// Puts small raised or lowered pieces into the line that they touch.
fn with_raised(mut pieces: Vec<Vec<Run>>) -> Vec<Vec<Run>> {
    /// Pieces above and below that are looked at.
    const NEAR: usize = 24;
    for at in 0..pieces.len() {
        let [small] = pieces[at].as_slice() else { continue };
        let small = small.clone();
        // A bullet of another size stands a little off the line of its item.
        let is_bullet = small.text.chars().count() == 1 && !small.text.contains(char::is_alphanumeric);
        let heads = |piece: &Vec<Run>| {
            piece.first().is_some_and(|run| {
                let gap = run.left - small.right;
                (small.base - run.base).abs() < 0.5 * run.size && gap > 0.0 && gap < 4.0 * run.size
            })
        };
        let touches = |piece: &Vec<Run>| {
            piece
                .first()
                .is_some_and(|run| small.size < 0.85 * run.size && (small.base - run.base).abs() < 0.5 * run.size)
                && piece.iter().any(|run| small.left > run.left && (small.left - run.right).abs() < 0.3 * run.size)
        };
        let range = at.saturating_sub(NEAR)..pieces.len().min(at + NEAR);
        let into = range
            .filter(|other| *other != at)
            .find(|other| is_bullet && heads(&pieces[*other]) || touches(&pieces[*other]));
        if let Some(into) = into {
            pieces[at].clear();
            pieces[into].push(small);
            pieces[into].sort_by(|a, b| a.left.total_cmp(&b.left));
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Joins the runs of a line. Raised figures after a word are marks of footnotes.
fn line(runs: Vec<Run>, page: usize, laid: &mut Laid) -> Line {
    let mut line = Line { page, left: f64::INFINITY, ..Line::default() };
    // The size of most letters: that of a bullet or a raised figure is not the line's.
    let largest = runs.iter().max_by_key(|run| run.text.len()).map_or((0.0, 0.0), |run| (run.size, run.base));
    (line.size, line.base) = largest;
    let mut right = f64::NEG_INFINITY;
    for run in runs {
        if is_mark(&run, &line, largest) {
            laid.dropped.push(DroppedBlock { text: run.text.trim().to_owned(), reason: "footnote-mark".into() });
            right = run.right;
            continue;
        }
        let gap = (run.left - right) / run.size;
        let text = if line.text.is_empty() { run.text.trim_start() } else { run.text.as_str() };
        let whole = line.is_bold();
        if !line.text.is_empty() && gap > 0.2 && !line.text.ends_with(' ') && !text.starts_with(' ') {
            line.text.push(' ');
        }
        line.text.push_str(text);
        if whole && (run.bold || text.trim().is_empty()) {
            line.bold = line.text.len();
        }
        line.left = line.left.min(run.left);
        right = right.max(run.right);
    }
    line.right = right;
    line.text.truncate(line.text.trim_end().len());
    line.bold = line.bold.min(line.text.len());
    line
}

fn is_mark(run: &Run, line: &Line, (size, base): (f64, f64)) -> bool {
    let text = run.text.trim();
    let raised = run.base > base + 0.15 * size && run.size < 0.8 * size;
    // `km2` keeps its figure: units are short, words are not.
    let before = line.text.trim_end();
    let word = before.chars().rev().take_while(|letter| letter.is_alphabetic()).take(3).count();
    let after_word = word == 3 || before.ends_with(['.', ',', ';', ':', '”', '"', '’', ')', '»']);
    raised && after_word && text.len() <= 3 && text.chars().all(|letter| letter.is_ascii_digit() || letter == '*')
}

/// Puts lines into blocks in reading order: where a gutter runs through most of them, the columns beside it.
fn order(lines: Vec<Line>, depth: usize, blocks: &mut Vec<Block>) {
    let gutter = if depth < DEEPEST_SPLIT { gutter(&lines) } else { None };
    let Some(gutter) = gutter else {
        blocks.extend(block(lines));
        return;
    };
    let mut wide: Vec<Line> = Vec::new();
    let (mut left, mut right): (Vec<Line>, Vec<Line>) = (Vec::new(), Vec::new());
    // From top to bottom; a line across the gutter ends the columns above it.
    for line in lines {
        if line.left < gutter && line.right > gutter {
            if !left.is_empty() || !right.is_empty() {
                order(std::mem::take(&mut left), depth + 1, blocks);
                order(std::mem::take(&mut right), depth + 1, blocks);
            }
            wide.push(line);
            continue;
        }
        blocks.extend(block(std::mem::take(&mut wide)));
        if line.right <= gutter { left.push(line) } else { right.push(line) }
    }
    blocks.extend(block(wide));
    order(left, depth + 1, blocks);
    order(right, depth + 1, blocks);
}

/// The middle of a gutter that parts these lines, if one does: few lines cross it, and on either side stand
/// lines that fill their column. Cells of a table do not.
fn gutter(lines: &[Line]) -> Option<f64> {
    /// Places that are tried, over the width of the lines.
    const PLACES: usize = 200;
    let (left, right) = edges(lines)?;
    let step = (right - left) / 200.0;
    if step <= 0.0 || lines.len() < FEWEST_LINES * 2 {
        return None;
    }
    let size = lines.iter().map(|line| line.size).fold(f64::INFINITY, f64::min);
    let place = |x: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and PLACES")]
        let place = ((x - left) / step).clamp(0.0, 200.0) as usize;
        place.min(PLACES)
    };
    // How many lines cover each place, as differences.
    let mut covers = vec![0_isize; PLACES + 2];
    for line in lines {
        covers[place(line.left)] += 1;
        covers[place(line.right) + 1] -= 1;
    }
    for at in 1..covers.len() {
        covers[at] += covers[at - 1];
    }
    let allowed = isize::try_from(lines.len() / 5).ok()?;
    // The widest row of places that few lines cover, away from the edges.
    let (mut best, mut start) = ((0, 0), None);
    let inner = covers.iter().enumerate().skip(PLACES / 5).take(PLACES * 3 / 5 + 2);
    for (at, cover) in inner {
        let free = at <= PLACES * 4 / 5 && *cover <= allowed;
        match (free, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if at - from > best.1 - best.0 {
                    best = (from, at);
                }
                start = None;
            }
            _ => {}
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 400")]
    let (middle, width) = (left + step * (best.0 + best.1) as f64 / 2.0, step * (best.1 - best.0) as f64);
    let fills = |side: Vec<&Line>| {
        let Some((from, to)) = edges(side.iter().copied()) else { return false };
        let full = side.iter().filter(|line| line.right - line.left > 0.6 * (to - from)).count();
        side.len() >= FEWEST_LINES && full * 2 >= side.len()
    };
    let left_side = lines.iter().filter(|line| line.right <= middle).collect();
    let right_side = lines.iter().filter(|line| line.left >= middle).collect();
    (width >= 0.5 * size && fills(left_side) && fills(right_side)).then_some(middle)
}

fn edges<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Option<(f64, f64)> {
    lines.into_iter().fold(None, |edges: Option<(f64, f64)>, line| {
        let (left, right) = edges.unwrap_or((f64::INFINITY, f64::NEG_INFINITY));
        Some((left.min(line.left), right.max(line.right)))
    })
}

/// Lines of one column; pieces that stand on one line are joined, as cells where they stand far apart.
fn block(pieces: Vec<Line>) -> Option<Block> {
    let (left, right) = edges(&pieces)?;
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut().filter(|last| {
            (last.base - piece.base).abs() < SAME_LINE * last.size.min(piece.size) && piece.left >= last.right
        }) {
            Some(last) => {
                let gap = (piece.left - last.right) / piece.size;
                let whole = last.is_bold();
                last.text.push(' ');
                if gap >= CELL_GAP && !is_marker(&last.text) {
                    last.cells.push(last.text.len());
                }
                if whole {
                    last.bold = last.text.len() + piece.bold;
                }
                last.text.push_str(&piece.text);
                last.right = piece.right;
            }
            None => lines.push(piece),
        }
    }
    Some(Block { lines, left, right })
}

/// A number or a bullet before an item, which may stand well apart from it.
pub(super) fn is_marker(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 4 && (!text.contains(char::is_alphanumeric) || text.ends_with(['.', ')']))
}
