//! How a text sets its labels off: with a colon, and where nothing else can be meant, with a dash, in bold type, on a
//! line of their own or in the first cell of a table's row.

use std::collections::{BTreeMap, BTreeSet};

use super::is_running;
use super::label::{self, Label};
use super::voice::ends_asking;
use crate::clean::draft::{Piece, Strong};
use crate::model::BlockKind;

/// Fewest labels without a colon that make a conversation, and fewest speakers among them who speak twice.
const FEWEST_LABELS: usize = 4;
const FEWEST_SPEAKERS: usize = 2;

/// A longer line, in bytes, is no name.
const LONGEST_NAME: usize = 160;

const CHEVRON: &str = ">>";

/// Which ends of a label count in a text; a colon always does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each manner stands or falls by itself")]
pub(super) struct Manner {
    dashed: bool,
    led: bool,
    alone: bool,
    rows: bool,
    /// Captions put chevrons before each speaker: `>> ESKO: Who else?`
    chevrons: bool,
}

impl Manner {
    /// The manner of these pieces: names that come again and again, one like the other.
    pub(super) fn of(pieces: &[Piece]) -> Self {
        Self {
            dashed: talk(pieces, dashed),
            led: talk(pieces, led),
            alone: talk(pieces, alone),
            chevrons: pieces.iter().filter(|piece| piece.text.starts_with(CHEVRON)).count() >= FEWEST_LABELS,
            rows: talk(pieces, |piece| row(piece).filter(|_| piece.kind == BlockKind::Table)),
        }
    }

    /// The label that a piece begins with.
    pub(super) fn label(self, piece: &Piece) -> Option<Label<'_>> {
        if self.chevrons && !piece.text.starts_with(CHEVRON) {
            return None;
        }
        Label::of(&piece.text)
            .or_else(|| posted(piece))
            .or_else(|| self.rows.then(|| row(piece)).flatten())
            .or_else(|| self.dashed.then(|| dashed(piece)).flatten())
            .or_else(|| (self.led || self.alone).then(|| led(piece)).flatten())
            .or_else(|| self.alone.then(|| alone(piece)).flatten())
    }

    /// What a piece that is a label by its place alone counts as: a table's row, a name set as a heading.
    pub(super) fn kind_of_turn(self, piece: &Piece) -> Option<BlockKind> {
        match piece.kind {
            BlockKind::Table if self.rows && row(piece).is_some() => Some(BlockKind::ListItem),
            BlockKind::Heading if self.alone && alone(piece).is_some() => Some(BlockKind::Paragraph),
            _ => None,
        }
    }
}

/// A running piece, read once: the label that it begins with, and whether it asks.
pub(super) struct Line<'p> {
    pub(super) piece: &'p Piece,
    pub(super) label: Option<Label<'p>>,
    /// The label's key; empty without one.
    pub(super) key: String,
    pub(super) asks: bool,
}

impl<'p> Line<'p> {
    /// The words behind the label, or all.
    pub(super) fn words(&self) -> &'p str {
        self.label.as_ref().map_or(self.piece.text.as_str(), |label| &self.piece.text[label.words..])
    }
}

/// The running pieces as lines.
pub(super) fn lines(pieces: &[Piece], manner: Manner) -> Vec<Line<'_>> {
    let line = |piece| {
        let label = manner.label(piece);
        let key = label.as_ref().map(Label::key).unwrap_or_default();
        Line { piece, label, key, asks: ends_asking(&piece.text) }
    };
    pieces.iter().filter(|piece| is_running(piece)).map(line).collect()
}

fn dashed(piece: &Piece) -> Option<Label<'_>> {
    let dash = piece.kind != BlockKind::Table && piece.text.contains(['—', '–']);
    dash.then(|| Label::dashed(&piece.text)).flatten()
}

fn posted(piece: &Piece) -> Option<Label<'_>> {
    let Strong::Lead(lead) = piece.strong else { return None };
    Label::posted(&piece.text, lead)
}

/// `Eluned Marsh (Port Reed North)` in bold before her words.
fn led(piece: &Piece) -> Option<Label<'_>> {
    let Strong::Lead(lead) = piece.strong else { return None };
    let label = Label::led(&piece.text, lead)?;
    piece.text[label.words..].starts_with(begins_sentence).then_some(label)
}

/// A name on a line of its own.
fn alone(piece: &Piece) -> Option<Label<'_>> {
    let running = matches!(piece.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading);
    // `Since May.` is a sentence, `B.J.` a name.
    let last = piece.text.rsplit(['.', ' ']).nth(1).unwrap_or("");
    let sentence = piece.text.ends_with('.') && last.chars().count() > 2;
    let short = running && !sentence && piece.text.len() <= LONGEST_NAME;
    short.then(|| Label::led(&piece.text, piece.text.len())).flatten().filter(|label| label.words == piece.text.len())
}

fn row(piece: &Piece) -> Option<Label<'_>> {
    let label = Label::cell(&piece.text)?;
    let words = &piece.text[label.words..];
    words.ends_with(['.', '?', '!', '”', '"', '…', ')']).then_some(label)
}

fn begins_sentence(first: char) -> bool {
    first.is_uppercase() || first.is_numeric() || "“\"‘'([…".contains(first)
}

/// Whether what `read` takes for labels are those of a conversation.
fn talk<'p>(pieces: &'p [Piece], read: impl Fn(&'p Piece) -> Option<Label<'p>>) -> bool {
    let keys: Vec<String> = pieces.iter().filter_map(|piece| read(piece).map(|label| label.key())).collect();
    if keys.len() < FEWEST_LABELS {
        return false;
    }
    let full = label::full_names(&keys.iter().map(String::as_str).collect::<BTreeSet<_>>());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for key in &keys {
        *counts.entry(label::whole(&full, key)).or_default() += 1;
    }
    let again = counts.values().filter(|count| **count >= 2);
    again.clone().count() >= FEWEST_SPEAKERS && again.sum::<usize>() * 2 > keys.len()
}
