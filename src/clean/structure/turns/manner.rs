//! How a text sets its labels off: with a colon, and where nothing else can be meant, with a dash, in bold type, on a
//! line of their own or in the first cell of a table's row.

use std::collections::{BTreeMap, BTreeSet};

use super::label::{self, Label};
use crate::clean::draft::{Piece, Strong};
use crate::model::BlockKind;

/// Fewest labels without a colon that make a conversation, and fewest speakers among them who speak twice.
const FEWEST_LABELS: usize = 4;
const FEWEST_SPEAKERS: usize = 2;

/// Which ends of a label count in a text; a colon always does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Manner {
    dashed: bool,
    led: bool,
    alone: bool,
    rows: bool,
}

impl Manner {
    /// The manner of these pieces: names that come again and again, one like the other.
    pub(super) fn of(pieces: &[Piece]) -> Self {
        Self {
            dashed: talk(pieces, dashed),
            led: talk(pieces, led),
            alone: talk(pieces, alone),
            rows: talk(pieces, |piece| row(piece).filter(|_| piece.kind == BlockKind::Table)),
        }
    }

    /// The label that a piece begins with.
    pub(super) fn label<'p>(&self, piece: &'p Piece) -> Option<Label<'p>> {
        Label::of(&piece.text)
            .or_else(|| self.rows.then(|| row(piece)).flatten())
            .or_else(|| self.dashed.then(|| dashed(piece)).flatten())
            .or_else(|| self.led.then(|| led(piece)).flatten())
            .or_else(|| self.alone.then(|| alone(piece)).flatten())
    }

    /// Whether the piece is a row of a table of turns.
    pub(super) fn is_turn(&self, piece: &Piece) -> bool {
        self.rows && piece.kind == BlockKind::Table && row(piece).is_some()
    }
}

fn dashed(piece: &Piece) -> Option<Label<'_>> {
    Label::dashed(&piece.text).filter(|_| piece.kind != BlockKind::Table)
}

/// `Eluned Marsh (Port Reed North)` in bold before her words.
fn led(piece: &Piece) -> Option<Label<'_>> {
    let Strong::Lead(lead) = piece.strong else { return None };
    let label = Label::led(&piece.text, lead)?;
    piece.text[label.words..].starts_with(begins_sentence).then_some(label)
}

/// A name on a line of its own.
fn alone(piece: &Piece) -> Option<Label<'_>> {
    let running = matches!(piece.kind, BlockKind::Paragraph | BlockKind::ListItem);
    Label::led(&piece.text, piece.text.len()).filter(|label| running && label.words == piece.text.len())
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
