//! Which labels speak in a text, and which of those ask.

use std::collections::{BTreeMap, BTreeSet};

use super::is_running;
use super::label::{self, Label};
use crate::clean::draft::{Piece, Strong};

/// What is known of a label.
#[derive(Default)]
struct Seen {
    count: usize,
    /// Written in capitals, set in bold or followed by a time.
    marked: bool,
    after_question: bool,
    /// Of two words or more, which begin with capitals.
    is_name: bool,
}

/// The keys of the labels that speak in these pieces: generic ones, those that stand twice, and, beside such, those
/// glued to a question or set apart from the text. `Brisk` stands for `Hana Brisk`.
pub(super) fn labels(pieces: &[Piece]) -> BTreeSet<String> {
    if goes_on_in_lower_case(pieces) {
        return BTreeSet::new();
    }
    let mut seen = seen(pieces);
    // A lone `A.` is an initial or the first of a list.
    if !seen.keys().any(|key| label::asks(key)) {
        seen.remove("a");
    }
    let generic = |key: &str| label::asks(key) || label::answers(key);
    let full = label::full_names(&seen.keys().map(String::as_str).collect());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (key, seen) in &seen {
        *counts.entry(label::whole(&full, key)).or_default() += seen.count;
    }
    let count = |key: &str| counts.get(label::whole(&full, key)).copied().unwrap_or(0);
    let sure: BTreeSet<String> = seen.keys().filter(|key| count(key) >= 2 || generic(key)).cloned().collect();
    // One recurring label alone is a list's habit, not a conversation, unless it asks.
    let talks = sure.iter().map(|key| label::whole(&full, key)).collect::<BTreeSet<_>>().len() >= 2
        || sure.iter().any(|key| generic(key))
        || seen.values().any(|seen| seen.after_question);
    if !talks {
        return BTreeSet::new();
    }
    seen.iter()
        .filter(|(key, seen)| sure.contains(*key) || seen.marked || seen.after_question || seen.is_name)
        .map(|(key, _)| key.clone())
        .collect()
}

fn seen(pieces: &[Piece]) -> BTreeMap<String, Seen> {
    let mut all: BTreeMap<String, Seen> = BTreeMap::new();
    for piece in pieces.iter().filter(|piece| is_running(piece)) {
        if let Some(label) = Label::of(&piece.text) {
            let seen = all.entry(label.key()).or_default();
            seen.count += 1;
            let stamped = label.at.len() > label.name.len();
            seen.marked |= is_capitals(label.name) || matches!(piece.strong, Strong::Lead(_)) || stamped;
            seen.is_name |= label.name.contains(' ') && !label.name.contains(char::is_numeric);
        }
        for (_, name, question) in label::glued(&piece.text) {
            let seen = all.entry(label::key(name)).or_default();
            seen.count += 1;
            seen.after_question |= question;
        }
    }
    all
}

/// `Winter: the seal is frozen`: speech begins a sentence, verse and lists go on.
fn goes_on_in_lower_case(pieces: &[Piece]) -> bool {
    let starts: Vec<bool> = (pieces.iter().filter(|piece| is_running(piece)))
        .filter_map(|piece| piece.text.get(Label::of(&piece.text)?.words..)?.chars().next())
        .map(char::is_lowercase)
        .collect();
    starts.iter().filter(|lower| **lower).count() * 2 > starts.len()
}

fn is_capitals(name: &str) -> bool {
    let name = name.split(" (").next().unwrap_or(name);
    name.len() > 1 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// How many turns stand under a label, and how many of them end with a question mark.
#[derive(Default, Clone, Copy)]
struct Habit {
    turns: usize,
    questions: usize,
    /// Whether the first turn is its.
    opens: bool,
}

/// The labels that ask: generic ones, or else those whose turns mostly end with a question mark while another
/// label's do not. Where none asks, it is a transcript of statements.
///
/// Half of the turns are enough for whoever opens the conversation, or where nobody asks more: a guest may
/// ask back.
pub(super) fn questioners(pieces: &[Piece], labels: &BTreeSet<String>) -> BTreeSet<String> {
    let generic: BTreeSet<String> = labels.iter().filter(|key| label::asks(key)).cloned().collect();
    if !generic.is_empty() {
        return generic;
    }
    let full = label::full_names(&labels.iter().map(String::as_str).collect());
    let habits = habits(pieces, labels, &full);
    let mostly = habits.values().any(|habit| habit.questions * 2 > habit.turns);
    let asks = |key: &String| {
        let habit = habits.get(label::whole(&full, key)).copied().unwrap_or_default();
        habit.questions > 0
            && (habit.questions * 2 > habit.turns || habit.questions * 2 == habit.turns && (habit.opens || !mostly))
    };
    let asking: BTreeSet<String> = labels.iter().filter(|key| asks(key)).cloned().collect();
    if asking.len() == labels.len() { BTreeSet::new() } else { asking }
}

fn habits(pieces: &[Piece], labels: &BTreeSet<String>, full: &BTreeMap<&str, &str>) -> BTreeMap<String, Habit> {
    let mut habits: BTreeMap<String, Habit> = BTreeMap::new();
    let mut open: Option<String> = None;
    let mut last_asks = false;
    for piece in pieces.iter().filter(|piece| is_running(piece)) {
        let key = Label::of(&piece.text).map(|label| label.key()).filter(|key| labels.contains(key));
        if let Some(key) = key {
            if let Some(habit) = open.as_ref().and_then(|open| habits.get_mut(open)) {
                habit.questions += usize::from(last_asks);
            }
            let key = label::whole(full, &key).to_owned();
            let opens = habits.is_empty();
            let habit = habits.entry(key.clone()).or_default();
            habit.turns += 1;
            habit.opens |= opens;
            open = Some(key);
        }
        last_asks = super::ends_asking(&piece.text);
    }
    if let Some(habit) = open.as_ref().and_then(|open| habits.get_mut(open)) {
        habit.questions += usize::from(last_asks);
    }
    habits
}
