//! Interviews without labels, whose questions are told by their type: bold, headings, italics, or a dash.

use super::{ends_asking, is_running, is_stage_direction};
use crate::clean::draft::{Piece, Strong};
use crate::model::BlockKind;

/// Fewest questions of one type that make an interview.
const FEWEST_QUESTIONS: usize = 2;

/// How questions are set off from answers.
#[derive(Clone, Copy)]
enum Type {
    BoldOrHeading,
    Italics,
}

impl Type {
    /// Whether a piece is set as questions are.
    fn sets(self, piece: &Piece) -> bool {
        let paragraph = piece.kind == BlockKind::Paragraph;
        match self {
            Self::BoldOrHeading => piece.kind == BlockKind::Heading || paragraph && piece.strong == Strong::Whole,
            Self::Italics => paragraph && piece.slanted,
        }
    }

    fn asks(self, piece: &Piece) -> bool {
        self.sets(piece) && ends_asking(&piece.text)
    }
}

/// Finds questions that are set apart by their type, each followed by its answer.
///
/// Somebody must answer in his own name: what nobody says is a list of frequent questions.
pub(super) fn find(pieces: &mut [Piece]) {
    for kind in [Type::BoldOrHeading, Type::Italics] {
        let mut after = pieces.iter().skip_while(|piece| !kind.asks(piece));
        let own = after.any(|piece| !kind.asks(piece) && is_running(piece) && says_i(&piece.text));
        if own && pieces.iter().filter(|piece| kind.asks(piece)).count() >= FEWEST_QUESTIONS {
            mark(pieces, kind);
            return;
        }
    }
}

fn mark(pieces: &mut [Piece], kind: Type) {
    let last = pieces.iter().rposition(|piece| kind.asks(piece)).unwrap_or(0);
    let mut answering = false;
    for (at, piece) in pieces.iter_mut().enumerate() {
        // `Thank you for the tea.` is set as the questions are, and stands among them.
        let remark = answering && at < last && piece.kind != BlockKind::Heading && piece.text.ends_with('.');
        if kind.asks(piece) || remark && kind.sets(piece) {
            piece.kind = BlockKind::Question;
            answering = true;
        } else if piece.kind == BlockKind::Heading {
            answering = false;
        } else if answering && is_running(piece) && !is_stage_direction(&piece.text) {
            piece.kind = BlockKind::Answer;
        }
    }
}

/// Whether somebody speaks of himself in `text`.
fn says_i(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| matches!(word, "I" | "We" | "we" | "my" | "My"))
}

/// Interviews whose turns begin with a dash: one asks, and the paragraphs up to the next question answer.
/// Says whether it was one.
pub(super) fn dashes(pieces: &mut [Piece]) -> bool {
    let led =
        |piece: &Piece| piece.kind != BlockKind::Heading && is_running(piece) && piece.text.starts_with(['–', '—']);
    let asks = |piece: &Piece| led(piece) && piece.text.ends_with('?');
    if pieces.iter().filter(|piece| asks(piece)).count() < FEWEST_QUESTIONS {
        return false;
    }
    let mut open: Option<BlockKind> = None;
    for piece in pieces.iter_mut() {
        if piece.kind.is_heading() {
            open = None;
        } else if is_running(piece) && !is_stage_direction(&piece.text) {
            // A question that follows a question is answered with one.
            open = match open {
                Some(BlockKind::Question) => Some(BlockKind::Answer),
                _ if asks(piece) => Some(BlockKind::Question),
                known => known,
            };
            piece.kind = open.unwrap_or(piece.kind);
        }
    }
    true
}
