//! Turns of interviews, press conferences and transcripts.
//!
//! Two manners are found: labels (`LD:`, `Osmonov:`, `PRESIDENT KALDAN:`, `Q:`), also glued to the
//! sentence before (`…trade?Osmonov: The line`); and questions set apart by bold type, italics, a dash or the
//! quotation behind them. A label counts once others show it to be one: a colon alone makes no interview.

mod askers;
mod closing;
mod label;
mod manner;
mod speaking;
mod unlabelled;
mod voice;

use std::collections::BTreeSet;

use crate::clean::draft::{Piece, Strong};
use crate::model::BlockKind;
pub(super) use askers::Askers;
use closing::is_stage_direction;
use label::Label;
use manner::Manner;

/// A longer label, in bytes, opens no turn where nothing else says so.
const LONGEST_LABEL: usize = 40;

/// Whether a line begins with something that may be a turn's label.
pub(in crate::clean) fn opens_turn(line: &str) -> bool {
    Label::of(line).is_some_and(|label| label.name.len() <= LONGEST_LABEL)
}

/// Finds the turns and gives each paragraph of one its kind, and the first its label.
pub(super) fn find(pieces: &mut Vec<Piece>, askers: &Askers) {
    let manner = Manner::of(pieces);
    for piece in pieces.iter_mut() {
        if let Some(kind) = manner.kind_of_turn(piece) {
            piece.kind = kind;
        }
    }
    let labels = speaking::labels(&manner::lines(pieces, manner));
    if labels.is_empty() {
        if !unlabelled::dashes(pieces) {
            unlabelled::find(pieces);
        }
    } else {
        join_labels(pieces, manner, &labels);
        unglue(pieces, &labels);
        mark(pieces, manner, &labels, askers);
    }
    closing::find(pieces, &labels, askers);
}

fn mark(pieces: &mut [Piece], manner: Manner, labels: &BTreeSet<String>, askers: &Askers) {
    let questioners = speaking::questioners(&manner::lines(pieces, manner), labels, askers);
    // Where all labels ask, those who answer have none.
    let answers_bare = questioners.len() == labels.len();
    let mut open: Option<Open> = None;
    for piece in pieces.iter_mut() {
        if piece.kind.is_heading() || piece.after_rule || is_rule(&piece.text) {
            open = None;
        }
        if !is_running(piece) || is_rule(&piece.text) {
            continue;
        }
        let label = manner.label(piece).filter(|label| labels.contains(&label.key()));
        if label.as_ref().is_some_and(|label| label.casts(&piece.text).is_some()) {
            open = None;
        } else if let Some(label) = label {
            let kind = if questioners.contains(&label.key()) { BlockKind::Question } else { BlockKind::Answer };
            open = Some(Open { kind, set: piece.kind });
            piece.label = Some(label.turn());
            piece.kind = kind;
        } else if is_stage_direction(&piece.text)
            || piece.kind == BlockKind::Paragraph && closing::is_of_record(&piece.text)
        {
            piece.kind = BlockKind::Paragraph;
        } else if open.as_ref().is_some_and(|open| open.is_left_by(piece)) {
            open = None;
        } else if let Some(open) = &mut open {
            open.kind = if answers_bare { BlockKind::Answer } else { open.kind };
            piece.kind = open.kind;
        }
    }
}

/// The turn that is going on.
struct Open {
    kind: BlockKind,
    /// What the markup made of its first paragraph.
    set: BlockKind,
}

impl Open {
    /// Whether the paragraph stands outside the list or the quotation in which the turn began.
    fn is_left_by(&self, piece: &Piece) -> bool {
        matches!(self.set, BlockKind::ListItem | BlockKind::Quote) && piece.kind == BlockKind::Paragraph
    }
}

/// A label on a line of its own gets the paragraph that follows it.
fn join_labels(pieces: &mut Vec<Piece>, manner: Manner, labels: &BTreeSet<String>) {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut waits = false;
    for piece in pieces.drain(..) {
        let alone =
            manner.label(&piece).is_some_and(|label| label.words == piece.text.len() && labels.contains(&label.key()));
        match joined.last_mut() {
            Some(label) if waits && !alone && is_running(&piece) => {
                let lead = label.text.len();
                label.join(piece);
                // Set apart by its line, as others are by their type.
                label.strong = Strong::Lead(lead);
                waits = false;
            }
            _ => {
                joined.push(piece);
                waits = alone;
            }
        }
    }
    *pieces = joined;
}

fn is_running(piece: &Piece) -> bool {
    matches!(piece.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem)
}

/// `* * *`: marks that part what is said from what follows.
fn is_rule(text: &str) -> bool {
    !text.contains(char::is_alphanumeric)
}

/// Cuts paragraphs before each label that is glued to a sentence within them.
fn unglue(pieces: &mut Vec<Piece>, labels: &BTreeSet<String>) {
    let mut cut = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        if !is_running(&piece) {
            cut.push(piece);
            continue;
        }
        let glued = label::glued(&piece.text).filter(|(_, name, _)| labels.contains(&label::key(name)));
        let starts: Vec<usize> = glued.map(|(at, ..)| at.start).collect();
        let mut from = 0;
        for end in starts.iter().copied().chain([piece.text.len()]) {
            cut.extend(piece.part(from..end));
            from = end;
        }
    }
    *pieces = cut;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(paragraphs: &[&str]) -> Vec<(BlockKind, String)> {
        let mut pieces: Vec<Piece> = paragraphs.iter().map(|text| Piece::plain(Paragraph, *text)).collect();
        find(&mut pieces, &Askers::default());
        pieces.into_iter().map(|piece| (piece.kind, piece.text)).collect()
    }

    fn kinds(paragraphs: &[&str]) -> Vec<BlockKind> {
        turns(paragraphs).into_iter().map(|(kind, _)| kind).collect()
    }

    use BlockKind::{Answer, Paragraph, Question};

    #[test]
    fn an_answer_glued_to_its_question_is_cut_off() {
        let found = turns(&[
            "LD: What changed?Osmonov: The line changed.",
            "And so did I.",
            "LD: And the price?Osmonov: It rose.",
        ]);

        let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "LD: What changed?",
                "Osmonov: The line changed.",
                "And so did I.",
                "LD: And the price?",
                "Osmonov: It rose."
            ]
        );
        let kinds: Vec<BlockKind> = found.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, [Question, Answer, Answer, Question, Answer]);
    }

    #[test]
    fn a_transcript_in_capitals_has_its_questions_told() {
        assert_eq!(
            kinds(&[
                "MODERATOR: Good afternoon.",
                "PRESIDENT KALDAN*: Thank you.",
                "(Laughter.)",
                "QUESTION (Corridor Wire): Who will pay?",
                "DR SOLVANE: I will not.",
            ]),
            [Question, Answer, Paragraph, Question, Answer]
        );
    }

    #[test]
    fn a_list_with_colons_is_no_interview() {
        assert_eq!(
            kinds(&["Water: the reservoirs are full.", "Energy: the link is late.", "Trade: the gate is open."]),
            [Paragraph, Paragraph, Paragraph]
        );
    }

    #[test]
    fn bold_questions_have_plain_answers() {
        let bold = |text: &str| Piece { strong: Strong::Whole, ..Piece::plain(Paragraph, text) };
        let mut pieces = vec![
            bold("Who pays?"),
            Piece::plain(Paragraph, "We do."),
            bold("When?"),
            Piece::plain(Paragraph, "In May."),
        ];

        find(&mut pieces, &Askers::default());

        let kinds: Vec<BlockKind> = pieces.iter().map(|piece| piece.kind).collect();
        assert_eq!(kinds, [Question, Answer, Question, Answer]);
    }

    #[test]
    fn dashes_lead_questions_and_their_answers() {
        assert_eq!(
            kinds(&["She walked.", "– How far?", "– To the gate.", "It was shut.", "– And then?", "Home."]),
            [Paragraph, Question, Answer, Answer, Question, Answer]
        );
    }

    #[test]
    fn verses_and_frequent_questions_are_no_interviews() {
        let bold = |text: &str| Piece { strong: Strong::Whole, ..Piece::plain(Paragraph, text) };
        let plain = |text: &str| Piece::plain(Paragraph, text);
        let mut pieces =
            vec![bold("Who needs it?"), plain("Everybody."), bold("What does it cost?"), plain("Nine crowns.")];

        find(&mut pieces, &Askers::default());

        assert!(pieces.iter().all(|piece| piece.kind == Paragraph));
        assert_eq!(
            kinds(&["Winter: the seal is frozen.", "Spring: the clerk is gone.", "Winter: the seal again."]),
            [Paragraph; 3]
        );
    }

    #[test]
    fn a_label_on_its_own_line_gets_its_words() {
        let found = turns(&["Voss:", "Which knot?", "Moyle:", "This one.", "Voss:", "Why?", "Moyle:", "It holds."]);

        assert_eq!(found[0], (Question, "Voss: Which knot?".to_owned()));
        assert_eq!(found[1], (Answer, "Moyle: This one.".to_owned()));
    }

    fn kinds_of(mut pieces: Vec<Piece>) -> Vec<BlockKind> {
        find(&mut pieces, &Askers::default());
        pieces.into_iter().map(|piece| piece.kind).collect()
    }

    #[test]
    fn a_time_a_dash_or_a_line_may_end_a_label() {
        let asked = [Question, Answer, Question, Answer];

        assert_eq!(
            kinds(&["Hana 0:01 Who pays?", "Bror 0:04 I do.", "Hana 0:09 Since when?", "Bror 0:12 Since May."]),
            asked
        );
        assert_eq!(kinds(&["Krull — Who pays?", "Odum — I do.", "Krull — Since when?", "Odum — Since May."]), asked);
        assert_eq!(
            kinds(&["KRULL", "Who pays?", "ODUM", "I do.", "KRULL", "Since when?", "ODUM", "Since May."]),
            asked
        );
        assert_eq!(kinds(&["Velmar — the capital.", "Kesh — a depot.", "Arvelle — bells."]), [Paragraph; 3]);
    }

    #[test]
    fn a_table_of_turns_is_read_and_one_of_facts_is_not() {
        let row = |text: &str| Piece::plain(BlockKind::Table, text);
        let turns = ["Oake | Who pays?", "Carr | I do.", "Oake | Since when?", "Carr | Since May."];
        let facts = ["Kastria | 40 %", "Doruna | 20 %", "Kastria | 30 %", "Doruna | 10 %"];

        assert_eq!(kinds_of(turns.map(row).to_vec()), [Question, Answer, Question, Answer]);
        assert_eq!(kinds_of(facts.map(row).to_vec()), [BlockKind::Table; 4]);
    }

    #[test]
    fn questions_may_be_set_in_italics_in_capitals_or_as_quotations() {
        let italics = |text: &str| Piece { slanted: true, ..Piece::plain(Paragraph, text) };
        let quoted = |text: &str| Piece::plain(BlockKind::Quote, text);
        let plain = |text: &str| Piece::plain(Paragraph, text);

        for set in [&italics as &dyn Fn(&str) -> Piece, &quoted, &|text: &str| plain(&text.to_uppercase())] {
            let pieces = vec![set("Who pays?"), plain("I do."), set("Since when?"), plain("Since May.")];
            assert_eq!(kinds_of(pieces), [Question, Answer, Question, Answer]);
        }
    }

    #[test]
    fn the_narrators_words_are_no_answer() {
        let rule = |text: &str| Piece { after_rule: true, ..Piece::plain(Paragraph, text) };
        let italics = |text: &str| Piece { slanted: true, ..Piece::plain(Paragraph, text) };
        let plain = |text: &str| Piece::plain(Paragraph, text);
        let turns =
            || vec![plain("LD: Who pays?"), plain("Osmonov: I do."), plain("LD: When?"), plain("Osmonov: Now.")];

        for last in [plain("The hour lasted fifty minutes."), plain("Osmonov shut the door."), italics("It snows.")] {
            assert_eq!(kinds_of(turns().into_iter().chain([last]).collect()).last(), Some(&Paragraph));
        }
        assert_eq!(kinds_of(turns().into_iter().chain([rule("His book is out.")]).collect()).last(), Some(&Paragraph));
        assert_eq!(kinds_of(turns().into_iter().chain([plain("I shut the door.")]).collect()).last(), Some(&Answer));
    }

    #[test]
    fn a_line_that_says_who_moderates_is_no_turn() {
        assert_eq!(
            kinds(&[
                "MODERATOR: Ottoline Marsh (Advertiser)",
                "MARSH: Good evening.",
                "LIN: I am late.",
                "MARSH: Why?"
            ]),
            [Paragraph, Question, Answer, Question]
        );
    }

    #[test]
    fn who_asks_once_under_each_name_is_the_press() {
        assert_eq!(
            kinds(&[
                "Steppe Wire: Is it true?",
                "Bai Lianyu: We have noted it.",
                "Velmar Courier: And when?",
                "Bai Lianyu: In winter.",
                "Follow-up: Which one?",
                "Bai Lianyu: I have nothing to add.",
            ]),
            [Question, Answer, Question, Answer, Question, Answer]
        );
    }

    #[test]
    fn a_guest_who_asks_back_does_not_interview() {
        assert_eq!(
            kinds(&["Kimmel: Who built it?", "Lin: Not I.", "Kimmel: Who then?", "Lin: Who told you that?"]),
            [Question, Answer, Question, Answer]
        );
    }

    #[test]
    fn a_list_in_which_nobody_is_heard_is_no_conversation() {
        assert_eq!(
            kinds(&["Advantages: It is cheap.", "Accuracy: It varies.", "Advantages: It is quick.", "Accuracy: Good."]),
            [Paragraph; 4]
        );
    }
}
