//! Turns of interviews, press conferences and transcripts.
//!
//! Three manners are found: labels (`LD:`, `Osmonov:`, `PRESIDENT KALDAN:`, `Q:`), also glued to the
//! sentence before (`…trade?Osmonov: The line`); and questions in bold type, each followed by its
//! answer. A label counts once others show it to be one: a colon alone makes no interview.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::clean::draft::{Piece, Strong};
use crate::model::BlockKind;

/// A label before a colon: one to six words that begin with a capital, with a role or outlet in
/// parentheses, and the asterisk of interpreted speech.
const LABEL: &str = r"(?P<label>\p{Lu}[\p{L}\p{M}\d.'’-]*(?:\s+(?:\p{Lu}|(?:de|van|von|der|al|bin|uulu|kyzy|of|the)\b)[\p{L}\p{M}\d.'’-]*){0,5}(?:\s+\((?P<gloss>[^()]{1,60})\))?)\*?";

static AT_START: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"^[–—-]?\s*{LABEL}\s?[:：]\s*")).ok());
/// Glued to the end of a sentence, with or without a space.
static GLUED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r#"[?!.…]["”’)]*\s?{LABEL}[:：]\s?"#)).ok());

/// Labels that mean a turn by themselves.
const QUESTION_LABELS: [&str; 8] =
    ["q", "question", "questioner", "interviewer", "reporter", "journalist", "moderator", "host"];
const ANSWER_LABELS: [&str; 3] = ["a", "answer", "interviewee"];

/// Words before a colon that label something else than a speaker.
const NO_SPEAKERS: [&str; 30] = [
    "photo",
    "photos",
    "image",
    "picture",
    "credit",
    "source",
    "sources",
    "note",
    "update",
    "correction",
    "read more",
    "related",
    "see also",
    "editor's note",
    "editors' note",
    "topics",
    "tags",
    "example",
    "caption",
    "location",
    "date",
    "time",
    "contact",
    "more",
    "panel",
    "panellists",
    "panelists",
    "participants",
    "speakers",
    "present",
];

/// Fewest bold questions that make an interview.
const FEWEST_BOLD_QUESTIONS: usize = 2;

/// Whether a line begins with something that may be a turn's label.
pub(in crate::clean) fn opens_turn(line: &str) -> bool {
    split_label(line).is_some_and(|(label, _)| label.len() <= 40)
}

/// The label at the beginning of `text` and the byte at which its words begin; `None` without one.
pub(in crate::clean) fn split_label(text: &str) -> Option<(&str, usize)> {
    let found = AT_START.as_ref()?.captures(text)?;
    let label = found.name("label")?.as_str();
    (!is_no_speaker(label)).then(|| (label, found.get(0).map_or(0, |all| all.end())))
}

/// Finds the turns and gives each paragraph of one its kind.
pub(super) fn find(pieces: &mut Vec<Piece>) {
    let labels = labels(pieces);
    if labels.is_empty() {
        bold_questions(pieces);
        return;
    }
    unglue(pieces, &labels);
    let questioners = questioners(pieces, &labels);
    let mut open: Option<BlockKind> = None;
    for piece in pieces.iter_mut() {
        match piece.kind {
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem => {}
            BlockKind::Heading | BlockKind::LiveEntry => {
                open = None;
                continue;
            }
            _ => continue,
        }
        if let Some((label, _)) = split_label(&piece.text).filter(|(label, _)| labels.contains(&key(label))) {
            let kind = if questioners.contains(&key(label)) { BlockKind::Question } else { BlockKind::Answer };
            open = Some(kind);
            piece.kind = kind;
        } else if is_stage_direction(&piece.text) {
            piece.kind = BlockKind::Paragraph;
        } else if let Some(kind) = open {
            piece.kind = kind;
        }
    }
}

/// `(Laughter.)`, `[Applause]`: nobody says it.
fn is_stage_direction(text: &str) -> bool {
    let enclosed = text.starts_with('(') && text.ends_with(')') || text.starts_with('[') && text.ends_with(']');
    enclosed && text.chars().count() <= 60
}

/// A label as labels are compared: without its gloss, in lower case.
fn key(label: &str) -> String {
    label.split(" (").next().unwrap_or(label).to_lowercase()
}

fn is_no_speaker(label: &str) -> bool {
    NO_SPEAKERS.contains(&label.to_lowercase().replace('’', "'").as_str())
}

/// The labels that speak in these pieces: generic ones, those that stand twice, and, beside such, those
/// glued to a question or written in capitals.
fn labels(pieces: &[Piece]) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for piece in pieces.iter().filter(|piece| is_running(piece)) {
        if let Some((label, _)) = split_label(&piece.text) {
            let seen = seen.entry(key(label)).or_default();
            seen.count += 1;
            seen.capitals |= is_capitals(label) || matches!(piece.strong, Strong::Lead(_));
        }
        for (label, question) in glued(&piece.text) {
            let seen = seen.entry(key(label)).or_default();
            seen.count += 1;
            seen.after_question |= question;
        }
    }
    let generic = |label: &str| QUESTION_LABELS.contains(&label) || ANSWER_LABELS.contains(&label);
    let sure: BTreeSet<String> =
        seen.iter().filter(|(label, seen)| seen.count >= 2 || generic(label)).map(|(label, _)| label.clone()).collect();
    // One recurring label alone is a list's habit, not a conversation, unless it asks.
    let talks =
        sure.len() >= 2 || sure.iter().any(|label| generic(label)) || seen.values().any(|seen| seen.after_question);
    if !talks {
        return BTreeSet::new();
    }
    seen.into_iter()
        .filter(|(label, seen)| sure.contains(label) || seen.capitals || seen.after_question)
        .map(|(label, _)| label)
        .collect()
}

/// What is known of a label.
#[derive(Default)]
struct Seen {
    count: usize,
    capitals: bool,
    after_question: bool,
}

fn is_running(piece: &Piece) -> bool {
    matches!(piece.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem)
}

fn is_capitals(label: &str) -> bool {
    let name = label.split(" (").next().unwrap_or(label);
    name.len() > 1 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// The labels glued to sentence ends within `text`, and whether the sentence is a question.
fn glued(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let found = GLUED.as_ref().into_iter().flat_map(move |glued| glued.captures_iter(text));
    found.filter_map(|found| {
        let (whole, label) = (found.get(0)?, found.name("label")?);
        (!is_no_speaker(label.as_str())).then(|| (label.as_str(), whole.as_str().starts_with('?')))
    })
}

/// Cuts paragraphs before each label that is glued to a sentence within them.
fn unglue(pieces: &mut Vec<Piece>, labels: &BTreeSet<String>) {
    let mut cut = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        if !is_running(&piece) {
            cut.push(piece);
            continue;
        }
        let starts: Vec<usize> = GLUED
            .as_ref()
            .into_iter()
            .flat_map(|glued| glued.captures_iter(&piece.text))
            .filter_map(|found| found.name("label"))
            .filter(|label| labels.contains(&key(label.as_str())))
            .map(|label| label.start())
            .collect();
        let mut from = 0;
        for end in starts.iter().copied().chain([piece.text.len()]) {
            cut.extend(piece.part(from..end));
            from = end;
        }
    }
    *pieces = cut;
}

/// The labels that ask: generic ones, or else those of which at least half of the turns end with a question
/// mark while another label's do not. Where none asks, it is a transcript of statements.
fn questioners(pieces: &[Piece], labels: &BTreeSet<String>) -> BTreeSet<String> {
    let mut turns: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut open: Option<String> = None;
    let mut last_asks = false;
    let mut close = |open: &mut Option<String>, asks: bool| {
        if let Some(label) = open.take() {
            let (all, asking) = turns.entry(label).or_default();
            *all += 1;
            *asking += usize::from(asks);
        }
    };
    for piece in pieces.iter().filter(|piece| is_running(piece)) {
        if let Some((label, _)) = split_label(&piece.text).filter(|(label, _)| labels.contains(&key(label))) {
            close(&mut open, last_asks);
            open = Some(key(label));
        }
        last_asks = piece.text.trim_end_matches(['"', '”', '’', ')']).ends_with('?');
    }
    close(&mut open, last_asks);
    let asks = |label: &String| turns.get(label).is_some_and(|(all, asking)| asking * 2 >= *all && *asking > 0);
    let generic: BTreeSet<String> =
        labels.iter().filter(|label| QUESTION_LABELS.contains(&label.as_str())).cloned().collect();
    if !generic.is_empty() {
        return generic;
    }
    let asking: BTreeSet<String> = labels.iter().filter(|label| asks(label)).cloned().collect();
    if asking.len() == labels.len() { BTreeSet::new() } else { asking }
}

/// Interviews without labels: a paragraph that is bold as a whole and asks, then its answer.
fn bold_questions(pieces: &mut [Piece]) {
    let asks = |piece: &Piece| {
        piece.strong == Strong::Whole
            && matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading)
            && piece.text.trim_end_matches(['"', '”', '’']).ends_with('?')
    };
    if pieces.iter().filter(|piece| asks(piece)).count() < FEWEST_BOLD_QUESTIONS {
        return;
    }
    let mut answering = false;
    for piece in pieces.iter_mut() {
        if asks(piece) {
            piece.kind = BlockKind::Question;
            answering = true;
        } else if piece.kind == BlockKind::Heading {
            answering = false;
        } else if answering && is_running(piece) {
            piece.kind = BlockKind::Answer;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(paragraphs: &[&str]) -> Vec<(BlockKind, String)> {
        let mut pieces: Vec<Piece> = paragraphs.iter().map(|text| Piece::plain(Paragraph, *text)).collect();
        find(&mut pieces);
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

        find(&mut pieces);

        let kinds: Vec<BlockKind> = pieces.iter().map(|piece| piece.kind).collect();
        assert_eq!(kinds, [Question, Answer, Question, Answer]);
    }

    #[test]
    fn a_time_or_a_photo_label_is_no_speaker() {
        assert_eq!(split_label("Photo: Ke Ruo"), None);
        assert_eq!(split_label("10:42 The train left."), None);
        assert_eq!(split_label("Temirbek uulu: Yes."), Some(("Temirbek uulu", 15)));
    }
}
