//! Lines → paragraphs: by the gap between lines, by indentation, by a last line that ends early, by size and weight.

use super::page::{Block, Line, is_marker};
use crate::clean::draft::{Piece, Strong};
use crate::clean::hyphens::{Hyphens, breaks_word};
use crate::clean::letters::collapse;
use crate::clean::{structure, text};
use crate::model::BlockKind;

/// Sizes that differ by more than this part are two sizes.
const OTHER_SIZE: f64 = 0.08;
/// A gap this much wider than that between the lines of a paragraph parts paragraphs.
const WIDER: f64 = 1.3;
/// A first line is set in by this part of the size at least.
const INDENT: f64 = 0.8;
/// Headings are larger than the text by this factor.
pub(super) const LARGER: f64 = 1.12;
/// A heading has no more letters and no more words than this.
const LONGEST_HEADING: usize = 200;
const MOST_WORDS: usize = 15;

/// A paragraph, and how it is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) piece: Piece,
    pub(super) size: f64,
    pub(super) page: usize,
}

/// What holds for the whole document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The size of the running text.
    pub(super) body: f64,
    /// From one line of a paragraph to the next, in parts of the size.
    leading: f64,
    /// Whether the running text is bold.
    bold: bool,
    /// Whether paragraphs begin with an indented line.
    indents: bool,
}

impl Setting {
    /// Reads it off all lines.
    pub(super) fn of(pages: &[Vec<Block>]) -> Self {
        let lines = || pages.iter().flatten().flat_map(|block| &block.lines);
        // The size of most letters, in tenths of a point.
        let mut sizes: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
        let (mut bold, mut all) = (0, 0);
        for line in lines() {
            #[expect(clippy::cast_possible_truncation, reason = "sizes of fonts; what is out of range saturates")]
            let size = (line.size * 10.0).round() as i64;
            *sizes.entry(size).or_default() += line.text.len();
            bold += line.bold;
            all += line.text.len();
        }
        #[expect(clippy::cast_precision_loss, reason = "sizes of fonts")]
        let body = sizes.iter().max_by_key(|(_, letters)| **letters).map_or(10.0, |(size, _)| *size as f64 / 10.0);
        let pairs = || {
            pages.iter().flatten().flat_map(|block| block.lines.windows(2).map(move |pair| (block, &pair[0], &pair[1])))
        };
        let body_pairs = || pairs().filter(move |(_, a, b)| same_size(a.size, body) && same_size(b.size, body));
        let mut gaps: Vec<f64> =
            body_pairs().map(|(_, a, b)| (a.base - b.base) / body).filter(|gap| *gap > 0.5).collect();
        gaps.sort_by(f64::total_cmp);
        // Of the gaps the lower quarter: those between paragraphs may be as many as those within.
        let leading = gaps.get(gaps.len() / 4).copied().unwrap_or(1.2).min(3.0);
        let indented = body_pairs().filter(|(block, a, b)| is_indented(b, a, block) && ends_sentence(&a.text)).count();
        let lines = body_pairs().count();
        Self { body, leading, bold: bold * 2 > all, indents: indented * 30 > lines && indented > 1 }
    }
}

fn same_size(a: f64, b: f64) -> bool {
    (a - b).abs() <= OTHER_SIZE * a.max(b)
}

fn is_indented(line: &Line, before: &Line, block: &Block) -> bool {
    let indent = line.left - block.left;
    indent > INDENT * line.size && indent < 6.0 * line.size && before.left < line.left - INDENT / 2.0 * line.size
}

/// Whether a line stands in the middle of its block, apart from both edges.
fn is_centred(line: &Line, block: &Block) -> bool {
    let (left, right) = (line.left - block.left, block.right - line.right);
    left > line.size && (left - right).abs() < line.size * 2.0
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', '»']).ends_with(['.', '!', '?', ':', ';', '…'])
}

/// Whether the first word of `next` had room at the end of `line`.
fn ends_early(line: &Line, next: &Line, block: &Block) -> bool {
    let letters = next.text.split(' ').next().unwrap_or("").chars().count();
    #[expect(clippy::cast_precision_loss, reason = "letters of a word")]
    // Half the size is a letter's width at most times, and a space is half of that.
    let word = (letters as f64 + 1.0) * 0.5 * line.size;
    line.right + word < block.right
}

/// A bullet, a dash or a private letter that fonts of signs use for one.
fn bullet(text: &str) -> Option<&str> {
    const BULLETS: [char; 17] =
        ['•', '·', '▪', '◦', '●', '■', '○', '➢', '✓', '►', '–', '—', '-', '*', '➔', '→', '\u{fffd}'];
    let rest = text.strip_prefix(BULLETS).or_else(|| text.strip_prefix("o "))?;
    let apart = rest.starts_with(' ') || text.starts_with("o ") || text.starts_with('•');
    Some(rest.trim_start()).filter(|rest| apart && !rest.is_empty())
}

/// `1.`, `(a)`, `iv)` before a paragraph.
fn is_numbered(text: &str) -> bool {
    let Some((mark, rest)) = text.split_once(' ') else { return false };
    let inner = mark.trim_start_matches('(').trim_end_matches(['.', ')']);
    let number = inner.len() <= 5
        && !inner.is_empty()
        && (inner.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
            || inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic)
            || inner.chars().all(|letter| "ivxIVX".contains(letter)));
    number && mark != inner && is_marker(mark) && !rest.trim().is_empty()
}

/// A paragraph as far as it is read.
struct Open<'l> {
    text: String,
    bold: usize,
    first: &'l Line,
    last: &'l Line,
    block: &'l Block,
    lines: usize,
    is_row: bool,
}

/// Joins the lines of all pages.
pub(super) fn paragraphs(pages: &[Vec<Block>], setting: Setting) -> Vec<Told> {
    let hyphens =
        Hyphens::of_pieces(pages.iter().flatten().flat_map(|block| &block.lines).map(|line| line.text.as_str()));
    let mut told = Vec::new();
    let mut open: Option<Open<'_>> = None;
    for block in pages.iter().flatten() {
        for (nth, line) in block.lines.iter().enumerate() {
            let row = is_row(&block.lines, nth);
            match &mut open {
                Some(before) if !row && !before.is_row && goes_on(before, line, block, setting) => {
                    let whole = before.bold == before.text.len();
                    hyphens.append(&mut before.text, &line.text);
                    if whole {
                        before.bold = before.text.len() - (line.text.len() - line.bold);
                    }
                    (before.last, before.block) = (line, block);
                    before.lines += 1;
                }
                _ => {
                    told.extend(open.take().and_then(|open| open.tell(setting)));
                    let text = if row { cells(line) } else { line.text.clone() };
                    let bold = if row { 0 } else { line.bold };
                    open = Some(Open { text, bold, first: line, last: line, block, lines: 1, is_row: row });
                }
            }
        }
    }
    told.extend(open.and_then(|open| open.tell(setting)));
    told
}

/// A line of cells next to another.
fn is_row(lines: &[Line], nth: usize) -> bool {
    let has_cells = |nth: Option<usize>| nth.and_then(|nth| lines.get(nth)).is_some_and(|line| !line.cells.is_empty());
    has_cells(Some(nth)) && (has_cells(nth.checked_sub(1)) || has_cells(Some(nth + 1)))
}

fn cells(line: &Line) -> String {
    let (mut text, mut from) = (String::new(), 0);
    for cell in line.cells.iter().copied().chain([line.text.len()]) {
        if !text.is_empty() {
            text.push_str(" | ");
        }
        text.push_str(line.text.get(from..cell).unwrap_or("").trim());
        from = cell;
    }
    text
}

fn goes_on(open: &Open<'_>, line: &Line, block: &Block, setting: Setting) -> bool {
    let before = open.last;
    let whole = open.bold >= open.text.len();
    let ends = ends_sentence(&before.text);
    if !same_size(before.size, line.size) || whole && line.bold == 0 || !whole && line.is_bold() && ends {
        return false;
    }
    let same_block = std::ptr::eq(open.block, block);
    let early = ends_early(before, line, open.block);
    let centred = is_centred(before, open.block) && is_centred(line, block);
    let hyphen = before.text.trim_end().strip_suffix(['-', '\u{2010}']);
    let compound = hyphen.is_some_and(|stem| stem.ends_with(char::is_alphanumeric));
    if breaks_word(before.text.trim_end(), &line.text) || compound && line.text.starts_with(char::is_alphanumeric) {
        return true;
    }
    if bullet(&line.text).is_some() || is_numbered(&line.text) && (ends || early && !centred) {
        return false;
    }
    if ends && structure::opens_turn(&line.text) {
        return false;
    }
    let lower = line.text.starts_with(char::is_lowercase);
    if !same_block {
        // At the head of a column or page a paragraph begins, unless the sentence goes on.
        let flush = setting.indents && !is_indented(line, before, block) && line.left - block.left < INDENT * line.size;
        return if ends { flush && !early } else { lower || !early && same_size(line.size, setting.body) };
    }
    let gap = (before.base - line.base) / line.size.max(1.0);
    // Larger text is set tighter than small text, in parts of its size.
    let usual = if line.size > setting.body * LARGER { setting.leading.max(1.25) } else { setting.leading };
    if gap > usual * WIDER || gap < -0.5 {
        return false;
    }
    if bullet(&open.text).is_some() || is_numbered(&open.text) {
        // An item's lines hang below its text; what stands flush with its mark is the next paragraph.
        let hangs = line.left > open.first.left + 0.3 * line.size;
        return hangs || !ends && !early || lower;
    }
    if is_indented(line, before, block) && !centred {
        return lower && !ends;
    }
    if early && !centred {
        let very = before.right - block.left < 0.7 * (block.right - block.left);
        return !(ends || very && !lower);
    }
    true
}

impl Open<'_> {
    fn tell(self, setting: Setting) -> Option<Told> {
        let text = collapse(&self.text);
        if text.is_empty() {
            return None;
        }
        let bold = collapse(self.text.get(..self.bold).unwrap_or("")).len();
        let strong = match bold {
            _ if setting.bold => Strong::None,
            0 => Strong::None,
            bold if bold >= text.len() => Strong::Whole,
            bold => Strong::Lead(bold),
        };
        let kind = self.kind(&text, strong, setting);
        let text = match (kind, bullet(&text)) {
            (BlockKind::ListItem, Some(rest)) => format!("• {rest}"),
            _ => text,
        };
        let strong = if kind == BlockKind::ListItem { Strong::None } else { strong };
        Some(Told { piece: Piece { strong, ..Piece::plain(kind, text) }, size: self.first.size, page: self.first.page })
    }

    fn kind(&self, text: &str, strong: Strong, setting: Setting) -> BlockKind {
        if self.is_row {
            return BlockKind::Table;
        }
        if bullet(text).is_some() {
            return BlockKind::ListItem;
        }
        let words = text.split(' ').count();
        let short = text.chars().count() <= LONGEST_HEADING && self.lines <= 4;
        let sentence = text.ends_with(['.', ';', ',']) && words > 6;
        let large = self.first.size > setting.body * LARGER;
        let bold = strong == Strong::Whole && words <= MOST_WORDS && !text.ends_with(['?', ':', '.', ',', ';']);
        if short && !sentence && (large || bold) || self.lines == 1 && text::is_subhead(text) {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        }
    }
}
