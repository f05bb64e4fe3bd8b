//! Interviews without labels, whose questions are told by their type: bold, headings, italics, or a dash.

use super::label::Label;
use super::{ends_asking, is_rule, is_running, is_stage_direction, says_i};
use crate::clean::draft::{Piece, Strong, TurnLabel};
use crate::model::BlockKind;

/// Fewest questions of one type that make an interview.
const FEWEST_QUESTIONS: usize = 2;

/// How questions are set off from answers.
#[derive(Clone, Copy, PartialEq)]
enum Type {
    BoldOrHeading,
    Italics,
    /// The answers are set as quotations.
    Quoted,
}

impl Type {
    /// Whether the piece at `at` is set as questions are.
    fn sets(self, pieces: &[Piece], at: usize) -> bool {
        let piece = &pieces[at];
        let paragraph = piece.kind == BlockKind::Paragraph;
        match self {
            Self::BoldOrHeading => piece.kind == BlockKind::Heading || paragraph && piece.strong == Strong::Whole,
            Self::Italics => paragraph && piece.slanted,
            Self::Quoted => paragraph && pieces.get(at + 1).is_some_and(|next| next.kind == BlockKind::Quote),
        }
    }

    fn asks(self, pieces: &[Piece], at: usize) -> bool {
        self.sets(pieces, at) && ends_asking(&pieces[at].text)
    }
}

/// Finds questions that are set apart by their type, each followed by its answer.
///
/// Somebody must answer in his own name: what nobody says is a list of frequent questions.
pub(super) fn find(pieces: &mut Vec<Piece>) {
    part_questions(pieces);
    for kind in [Type::BoldOrHeading, Type::Italics, Type::Quoted] {
        let asking: Vec<usize> = (0..pieces.len()).filter(|at| kind.asks(pieces, *at)).collect();
        let Some(first) = asking.first().filter(|_| asking.len() >= FEWEST_QUESTIONS) else { continue };
        let mut answers = (*first..pieces.len()).filter(|at| !kind.asks(pieces, *at) && is_running(&pieces[*at]));
        if answers.any(|at| says_i(&pieces[at].text)) {
            mark(pieces, kind, &asking);
            name_answers(pieces);
            return;
        }
    }
}

/// `<b>Why?</b><br>Because.`: a bold question at the beginning of a piece is parted from its answer.
fn part_questions(pieces: &mut Vec<Piece>) {
    let asks = |piece: &Piece| match piece.strong {
        Strong::Lead(lead) if piece.kind == BlockKind::Paragraph => {
            piece.text.get(..lead).filter(|question| ends_asking(question.trim_end())).map(|_| lead)
        }
        _ => None,
    };
    if pieces.iter().filter(|piece| asks(piece).is_some()).count() < FEWEST_QUESTIONS {
        return;
    }
    let mut parted = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        match asks(&piece) {
            Some(lead) => {
                let question = piece.part(0..lead).map(|part| Piece { strong: Strong::Whole, ..part });
                parted.extend(question.into_iter().chain(piece.part(lead..piece.text.len())));
            }
            None => parted.push(piece),
        }
    }
    *pieces = parted;
}

fn mark(pieces: &mut [Piece], kind: Type, asking: &[usize]) {
    let last = asking.last().copied().unwrap_or(0);
    let set: Vec<bool> = (0..pieces.len()).map(|at| kind.sets(pieces, at)).collect();
    let mut answering = false;
    for (at, piece) in pieces.iter_mut().enumerate() {
        // `Thank you for the tea.` is set as the questions are, and stands among them.
        let remark = answering && at < last && piece.kind != BlockKind::Heading && piece.text.ends_with('.');
        let outside = kind == Type::Quoted && piece.kind != BlockKind::Quote;
        if asking.binary_search(&at).is_ok() || remark && set[at] {
            piece.kind = BlockKind::Question;
            answering = true;
        } else if piece.kind == BlockKind::Heading || piece.after_rule || outside || is_rule(&piece.text) {
            answering = false;
        } else if answering && is_running(piece) && !is_stage_direction(&piece.text) {
            piece.kind = BlockKind::Answer;
        }
    }
}

/// Bold questions may have answers under a label: `Dumonceau: The desk.`
fn name_answers(pieces: &mut [Piece]) {
    let opens = |at: usize| pieces[at].kind == BlockKind::Answer && pieces[at - 1].kind == BlockKind::Question;
    let first: Vec<usize> = (1..pieces.len()).filter(|at| opens(*at)).collect();
    let labels: Vec<TurnLabel> =
        first.iter().filter_map(|at| Label::of(&pieces[*at].text)).map(|label| label.turn()).collect();
    if labels.len() >= FEWEST_QUESTIONS && labels.len() == first.len() {
        for (at, label) in first.into_iter().zip(labels) {
            pieces[at].label = Some(label);
        }
    }
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
