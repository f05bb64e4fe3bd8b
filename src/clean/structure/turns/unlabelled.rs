//! Interviews without labels, whose questions are told by their type: bold, headings, italics, or a dash.

use super::label::Label;
use super::voice::{ends_asking, says_i, says_we};
use super::{is_rule, is_running, is_stage_direction};
use crate::clean::draft::{Piece, Said, Strong, TurnLabel};
use crate::model::BlockKind;

/// Fewest questions of one type that make an interview.
const FEWEST_QUESTIONS: usize = 2;

/// How questions are set off from answers.
#[derive(Clone, Copy, PartialEq)]
enum Type {
    BoldOrHeading,
    Italics,
    /// The markup's names say which are questions.
    Named,
    /// In capitals, in a text that has no other type.
    Capitals,
    /// The answers are set as quotations.
    QuotedAnswers,
    /// The questions are.
    QuotedQuestions,
}

impl Type {
    const ALL: [Self; 6] =
        [Self::BoldOrHeading, Self::Named, Self::Italics, Self::Capitals, Self::QuotedAnswers, Self::QuotedQuestions];

    /// Whether the piece at `at` is set as questions are.
    fn sets(self, pieces: &[Piece], at: usize) -> bool {
        let piece = &pieces[at];
        let paragraph = piece.kind == BlockKind::Paragraph;
        let next = pieces.get(at + 1).map(|next| next.kind);
        match self {
            Self::BoldOrHeading => {
                let item = paragraph || piece.kind == BlockKind::ListItem;
                piece.kind == BlockKind::Heading
                    || item && (piece.strong == Strong::Whole || question_before_signature(piece).is_some())
            }
            Self::Named => is_running(piece) && piece.said == Some(Said::Question),
            Self::Italics => paragraph && piece.slanted,
            Self::Capitals => paragraph && !piece.text.contains(char::is_lowercase),
            Self::QuotedAnswers => paragraph && next == Some(BlockKind::Quote),
            Self::QuotedQuestions => piece.kind == BlockKind::Quote && next == Some(BlockKind::Paragraph),
        }
    }

    fn asks(self, pieces: &[Piece], at: usize) -> bool {
        let text = &pieces[at].text;
        let question = question_before_signature(&pieces[at]).unwrap_or(text);
        self.sets(pieces, at) && ends_asking(question)
    }
}

/// Finds questions that are set apart by their type, each followed by its answer.
pub(super) fn find(pieces: &mut Vec<Piece>) {
    part_questions(pieces);
    for kind in Type::ALL {
        let asking: Vec<usize> = (0..pieces.len()).filter(|at| kind.asks(pieces, *at)).collect();
        if asking.len() >= FEWEST_QUESTIONS && is_answered(pieces, &asking) && !is_quiz(pieces, &asking) {
            mark(pieces, kind, &asking);
            name_answers(pieces);
            return;
        }
    }
}

/// Of this many answers one at least must be in its speaker's own name, or, of this many, in that of a group: an
/// article that asks and answers itself says `we` now and then.
const OWN: usize = 3;
/// Fewer will do where enough others speak for a group.
const OWN_AMONG_GROUP: usize = 4;
const OF_A_GROUP: usize = 2;
/// Of four headings among the questions three must ask: a guide or a column has others.
const ASKING_HEADINGS: (usize, usize) = (3, 4);

/// Whether somebody answers in his own name: what nobody says is a list of frequent questions, or a guide.
fn is_answered(pieces: &[Piece], asking: &[usize]) -> bool {
    let ends = asking.iter().skip(1).copied().chain([pieces.len()]);
    let (mut own, mut of_group) = (0, 0);
    for (at, end) in asking.iter().zip(ends) {
        let answer = pieces[at + 1..end].iter().take_while(|piece| piece.kind != BlockKind::Heading);
        let answer: Vec<&Piece> = answer.filter(|piece| is_running(piece)).collect();
        own += usize::from(answer.iter().any(|piece| says_i(&piece.text)));
        of_group += usize::from(answer.iter().any(|piece| says_we(&piece.text)));
    }
    let (first, last) = (asking.first().copied().unwrap_or(0), asking.last().copied().unwrap_or(0));
    let headings = pieces[first..=last].iter().filter(|piece| piece.kind == BlockKind::Heading).count();
    let asked = asking.iter().filter(|at| pieces[**at].kind == BlockKind::Heading).count();
    let (least, of) = ASKING_HEADINGS;
    // Headings that ask are a guide's, too, and a guide's `we` is its editors'.
    let group = asked == 0 && of_group * OF_A_GROUP >= asking.len();
    let some = own * OWN_AMONG_GROUP >= asking.len() && of_group * OWN >= asking.len();
    (own * OWN >= asking.len() || some || group) && asked * of >= headings * least
}

/// `Answer: none, but …`: a quiz labels its answers and goes on in lower case.
fn is_quiz(pieces: &[Piece], asking: &[usize]) -> bool {
    let lower = |at: &&usize| {
        let answer = pieces.get(*at + 1).and_then(|piece| Some(&piece.text[Label::of(&piece.text)?.words..]));
        answer.is_some_and(|words| words.starts_with(char::is_lowercase))
    };
    asking.iter().filter(lower).count() * 2 > asking.len()
}

/// The question in bold at the beginning of a piece.
fn bold_question(piece: &Piece) -> Option<&str> {
    let Strong::Lead(lead) = piece.strong else { return None };
    piece.text.get(..lead).filter(|question| ends_asking(question.trim_end()))
}

/// Longest name and place of a reader who asks, in code points.
const LONGEST_SIGNATURE: usize = 60;

/// The bold question of a piece that ends with the name of the one who asks: `<b>What next?</b> <i>Maud, Port
/// Reed</i>`.
fn question_before_signature(piece: &Piece) -> Option<&str> {
    let question = bold_question(piece)?;
    let rest = piece.text[question.len()..].trim();
    let signs = rest.chars().count() <= LONGEST_SIGNATURE && !rest.ends_with(['.', '!', '?', '…', ':', '”', '"']);
    signs.then_some(question.trim_end())
}

/// `<b>Why?</b><br>Because.`: a bold question at the beginning of a piece is parted from its answer.
fn part_questions(pieces: &mut Vec<Piece>) {
    let asks = |piece: &Piece| {
        let parted = question_before_signature(piece).is_none() && is_running(piece);
        bold_question(piece).filter(|_| parted).map(str::len)
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
    // What stands outside the list, or the elements, of which the questions are.
    let listed = asking.iter().all(|at| pieces[*at].kind == BlockKind::ListItem);
    let named = pieces.iter().any(|piece| piece.said == Some(Said::Answer));
    let mut answering = false;
    for (at, piece) in pieces.iter_mut().enumerate() {
        // `Thank you for the tea.` is set as the questions are, and stands among them.
        let remark = answering && at < last && piece.kind != BlockKind::Heading && piece.text.ends_with('.');
        let outside = kind == Type::QuotedAnswers && piece.kind != BlockKind::Quote
            || listed && piece.kind == BlockKind::Paragraph
            || kind == Type::Named && named && piece.said.is_none();
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
