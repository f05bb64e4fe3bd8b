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

/// What stands before a label: a dash, a time in the recording, the number of a question.
const BEFORE: &str = r"^(?:[–—-]\s*|[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*|\d{1,2}[.)]\s+)?";

static AT_START: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"{BEFORE}{LABEL}\s?[:：]\s*")).ok());
/// `T A M M:`, letters spaced for emphasis.
static SPACED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"{BEFORE}(?P<label>\p{{Lu}}(?: \p{{Lu}}){{2,}})\s?:\s*")).ok());
/// The manner of records: `The CHAIR.`, `Mr. TAMM.`, and `Q` without any mark.
static RECORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<label>(?:The|Mr\.|Mrs\.|Ms\.|Miss|Dr\.|Prof\.|Senator|Chairman|Chairwoman|Chair) \p{Lu}[\p{Lu}'’-]+(?: \p{Lu}[\p{Lu}'’-]+)?)\.\s+|^(?P<bare>Q)(?:\.\s*|\s+)\b|^(?P<answer>A)\.\s+\b").ok()
});
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
    let found = [&AT_START, &SPACED, &RECORD].into_iter().find_map(|manner| manner.as_ref()?.captures(text))?;
    let label = found.name("label").or_else(|| found.name("bare")).or_else(|| found.name("answer"))?.as_str();
    (!is_no_speaker(label)).then(|| (label, found.get(0).map_or(0, |all| all.end())))
}

/// Finds the turns and gives each paragraph of one its kind.
pub(super) fn find(pieces: &mut Vec<Piece>) {
    let labels = labels(pieces);
    if labels.is_empty() {
        if !dashes(pieces) {
            bold_questions(pieces);
        }
        return;
    }
    join_labels(pieces, &labels);
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
    // `END 3:31 P.M.` closes the record of a press conference.
    let end = text.strip_prefix("END").is_some_and(|rest| !rest.contains(char::is_lowercase));
    (enclosed || end) && text.chars().count() <= 60
}

/// A label as labels are compared: without its gloss, in lower case.
fn key(label: &str) -> String {
    label.split(" (").next().unwrap_or(label).to_lowercase()
}

fn is_no_speaker(label: &str) -> bool {
    NO_SPEAKERS.contains(&label.to_lowercase().replace('’', "'").as_str())
}

/// The labels that speak in these pieces: generic ones, those that stand twice, and, beside such, those
/// glued to a question or written in capitals. `Brisk` stands for `Hana Brisk`.
fn labels(pieces: &[Piece]) -> BTreeSet<String> {
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for piece in pieces.iter().filter(|piece| is_running(piece)) {
        if let Some((label, _)) = split_label(&piece.text) {
            let seen = seen.entry(key(label)).or_default();
            seen.count += 1;
            seen.capitals |= is_capitals(label) || matches!(piece.strong, Strong::Lead(_));
            seen.is_name |= label.contains(' ') && !label.contains(char::is_numeric);
        }
        for (label, question) in glued(&piece.text) {
            let seen = seen.entry(key(label)).or_default();
            seen.count += 1;
            seen.after_question |= question;
        }
    }
    // `Winter: the seal is frozen`: speech begins a sentence, verse and lists go on.
    let starts: Vec<bool> = (pieces.iter().filter(|piece| is_running(piece)))
        .filter_map(|piece| piece.text.get(split_label(&piece.text)?.1..)?.chars().next())
        .map(char::is_lowercase)
        .collect();
    if starts.iter().filter(|lower| **lower).count() * 2 > starts.len() {
        return BTreeSet::new();
    }
    // A lone `A.` is an initial or the first of a list.
    if !seen.keys().any(|label| QUESTION_LABELS.contains(&label.as_str())) {
        seen.remove("a");
    }
    let generic = |label: &str| is_question_label(label) || ANSWER_LABELS.contains(&label);
    let full = full_names(&seen.keys().map(String::as_str).collect());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (label, seen) in &seen {
        *counts.entry(whole(&full, label)).or_default() += seen.count;
    }
    let count = |label: &str| counts.get(whole(&full, label)).copied().unwrap_or(0);
    let sure: BTreeSet<String> = seen.keys().filter(|label| count(label) >= 2 || generic(label)).cloned().collect();
    // One recurring label alone is a list's habit, not a conversation, unless it asks.
    let talks = sure.iter().map(|label| whole(&full, label)).collect::<BTreeSet<_>>().len() >= 2
        || sure.iter().any(|label| generic(label))
        || seen.values().any(|seen| seen.after_question);
    if !talks {
        return BTreeSet::new();
    }
    seen.iter()
        .filter(|(label, seen)| sure.contains(*label) || seen.capitals || seen.after_question || seen.is_name)
        .map(|(label, _)| label.clone())
        .collect()
}

/// Label → the longer label that ends or begins with it, where there is exactly one.
fn full_names<'l>(labels: &BTreeSet<&'l str>) -> BTreeMap<&'l str, &'l str> {
    let mut full: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for label in labels {
        let words: Vec<&str> = label.split(' ').collect();
        for cut in 1..words.len() {
            for part in [words[cut..].join(" "), words[..cut].join(" ")] {
                if let Some(part) = labels.get(part.as_str()) {
                    full.entry(part).and_modify(|known| *known = None).or_insert(Some(label));
                }
            }
        }
    }
    full.into_iter().filter_map(|(part, label)| Some((part, label?))).collect()
}

/// The label that `label` is short for, or itself.
fn whole<'l>(full: &BTreeMap<&'l str, &'l str>, label: &'l str) -> &'l str {
    full.get(label).copied().unwrap_or(label)
}

fn is_question_label(label: &str) -> bool {
    QUESTION_LABELS.contains(&label) || label.split(" from ").next().is_some_and(|first| first == "reporter")
}

/// A label on a line of its own gets the paragraph that follows it.
fn join_labels(pieces: &mut Vec<Piece>, labels: &BTreeSet<String>) {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut waits = false;
    for piece in pieces.drain(..) {
        let alone = split_label(&piece.text)
            .is_some_and(|(label, words)| words == piece.text.len() && labels.contains(&key(label)));
        match joined.last_mut() {
            Some(label) if waits && !alone && is_running(&piece) => {
                label.join(piece);
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

/// What is known of a label.
#[derive(Default)]
struct Seen {
    count: usize,
    capitals: bool,
    after_question: bool,
    /// Of two words or more, which begin with capitals.
    is_name: bool,
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
        (!is_no_speaker(label.as_str()) && ends_sentence(text, whole.start()))
            .then(|| (label.as_str(), whole.as_str().starts_with('?')))
    })
}

/// Whether the mark at byte `at` ends a sentence: a point after a title or an initial does not.
fn ends_sentence(text: &str, at: usize) -> bool {
    const TITLES: [&str; 9] = ["mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "st"];
    let word = text[..at].rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    !text[at..].starts_with('.') || word.chars().count() > 1 && !TITLES.contains(&word.to_lowercase().as_str())
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
            .filter(|found| found.get(0).is_some_and(|whole| ends_sentence(&piece.text, whole.start())))
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
    let generic: BTreeSet<String> = labels.iter().filter(|label| is_question_label(label)).cloned().collect();
    if !generic.is_empty() {
        return generic;
    }
    let full = full_names(&labels.iter().map(String::as_str).collect());
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
            open = Some(whole(&full, &key(label)).to_owned());
        }
        last_asks = piece.text.trim_end_matches(['"', '”', '’', ')']).ends_with('?');
    }
    close(&mut open, last_asks);
    let asks =
        |label: &String| turns.get(whole(&full, label)).is_some_and(|(all, asking)| asking * 2 >= *all && *asking > 0);
    let asking: BTreeSet<String> = labels.iter().filter(|label| asks(label)).cloned().collect();
    if asking.len() == labels.len() { BTreeSet::new() } else { asking }
}

/// Interviews without labels: a paragraph that is bold as a whole, or a heading, and asks, then its answer.
///
/// Somebody must answer in his own name: what nobody says is a list of frequent questions.
fn bold_questions(pieces: &mut [Piece]) {
    let asks = |piece: &Piece| {
        (piece.strong == Strong::Whole && piece.kind == BlockKind::Paragraph || piece.kind == BlockKind::Heading)
            && piece.text.trim_end_matches(['"', '”', '’']).ends_with('?')
    };
    let answers = pieces.iter().skip_while(|piece| !asks(piece)).filter(|piece| !asks(piece) && is_running(piece));
    let own = answers.filter(|piece| says_i(&piece.text)).count();
    if pieces.iter().filter(|piece| asks(piece)).count() < FEWEST_BOLD_QUESTIONS || own == 0 {
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

/// Whether somebody speaks of himself in `text`.
fn says_i(text: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| matches!(word, "I" | "We" | "we" | "my" | "My"))
}

/// Fewest questions after dashes that make an interview.
const FEWEST_DASHES: usize = 2;

/// Interviews whose turns begin with a dash: one asks, and the paragraphs up to the next question answer.
/// Says whether it was one.
fn dashes(pieces: &mut [Piece]) -> bool {
    let led =
        |piece: &Piece| piece.kind != BlockKind::Heading && is_running(piece) && piece.text.starts_with(['–', '—']);
    let asks = |piece: &Piece| led(piece) && piece.text.ends_with('?');
    if pieces.iter().filter(|piece| asks(piece)).count() < FEWEST_DASHES {
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
    fn dashes_lead_questions_and_their_answers() {
        assert_eq!(
            kinds(&["She walked.", "– How far?", "– To the gate.", "It was shut.", "– And then?", "Home."]),
            [Paragraph, Question, Answer, Answer, Question, Answer]
        );
    }

    #[test]
    fn records_name_who_speaks_before_a_point() {
        let found = ["The CHAIR. Order.", "Mr. TAMM. Yes.", "Q Who pays?", "[00:01:02] Hana Brisk: Welcome."];

        let labels: Vec<Option<&str>> = found.iter().map(|text| split_label(text).map(|(label, _)| label)).collect();

        assert_eq!(labels, [Some("The CHAIR"), Some("Mr. TAMM"), Some("Q"), Some("Hana Brisk")]);
    }

    #[test]
    fn verses_and_frequent_questions_are_no_interviews() {
        let bold = |text: &str| Piece { strong: Strong::Whole, ..Piece::plain(Paragraph, text) };
        let plain = |text: &str| Piece::plain(Paragraph, text);
        let mut pieces =
            vec![bold("Who needs it?"), plain("Everybody."), bold("What does it cost?"), plain("Nine crowns.")];

        find(&mut pieces);

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

    #[test]
    fn a_time_or_a_photo_label_is_no_speaker() {
        assert_eq!(split_label("Photo: Ke Ruo"), None);
        assert_eq!(split_label("10:42 The train left."), None);
        assert_eq!(split_label("Temirbek uulu: Yes."), Some(("Temirbek uulu", 15)));
    }
}
