//! Which labels speak in a text, and which of those ask.

use std::collections::{BTreeMap, BTreeSet};

use super::askers::Askers;
use super::is_running;
use super::label;
use super::manner::Manner;
use super::voice::{ends_asking, says_we};
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
    /// On a line of its own, without a colon.
    alone: bool,
    /// Whether a label that comes again stands before it: what stands before the first of those may be an outlet or
    /// an author.
    after_others: bool,
}

/// The keys of the labels that speak in these pieces: generic ones, those that stand twice, and, beside such, those
/// glued to a question or set apart from the text. `Brisk` stands for `Hana Brisk`.
pub(super) fn labels(pieces: &[Piece], manner: Manner) -> BTreeSet<String> {
    if goes_on_in_lower_case(pieces, manner) {
        return BTreeSet::new();
    }
    let mut seen = seen(pieces, manner);
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
        || seen.values().any(|seen| seen.after_question)
        || sure.iter().any(|key| answers_many(pieces, manner, key) || asks_alone(pieces, manner, key));
    if !talks {
        return BTreeSet::new();
    }
    let found: BTreeSet<String> = seen
        .iter()
        .filter(|(_, seen)| !seen.alone || seen.count > 1 || seen.after_others)
        .filter(|(key, seen)| {
            sure.contains(*key) || seen.marked || seen.after_question || seen.is_name || label::follows_up(key)
        })
        .map(|(key, _)| key.clone())
        .collect();
    if is_heard(pieces, manner, &found) { found } else { BTreeSet::new() }
}

/// Of this many turns one at least must be heard as speech.
const HEARD: usize = 4;

/// Whether those who bear the labels speak: they say `I`, or ask. A list of facts, results or parts does not.
fn is_heard(pieces: &[Piece], manner: Manner, labels: &BTreeSet<String>) -> bool {
    let mut turns: Vec<bool> = Vec::new();
    for piece in pieces.iter().filter(|piece| is_running(piece)) {
        let words = match manner.label(piece).filter(|label| labels.contains(&label.key())) {
            Some(label) => {
                turns.push(label::asks(&label.key()));
                &piece.text[label.words..]
            }
            None => &piece.text,
        };
        if let Some(heard) = turns.last_mut() {
            *heard |= says_we(words) || ends_asking(words);
        }
    }
    turns.iter().filter(|heard| **heard).count() * HEARD >= turns.len()
}

/// Fewest questions under labels of their own that one answerer answers.
const FEWEST_QUESTIONS: usize = 2;

/// Whether the bearer of a label answers those who ask once each: a spokesman and the press.
fn answers_many(pieces: &[Piece], manner: Manner, key: &str) -> bool {
    let running: Vec<&Piece> = pieces.iter().filter(|piece| is_running(piece)).collect();
    let is_his = |piece: &Piece| manner.label(piece).is_some_and(|label| label.key() == key);
    let asked = running.windows(2).filter(|pair| {
        ends_asking(&pair[0].text) && manner.label(pair[0]).is_some() && !is_his(pair[0]) && is_his(pair[1])
    });
    asked.count() >= FEWEST_QUESTIONS
}

/// Whether the bearer of a label asks whenever he speaks, and somebody answers without a label.
fn asks_alone(pieces: &[Piece], manner: Manner, key: &str) -> bool {
    let running: Vec<&Piece> = pieces.iter().filter(|piece| is_running(piece)).collect();
    let is_his = |piece: &Piece| manner.label(piece).is_some_and(|label| label.key() == key);
    let answered = |at: usize| running.get(at + 1).is_some_and(|next| manner.label(next).is_none());
    let turns: Vec<usize> = (0..running.len()).filter(|at| is_his(running[*at])).collect();
    turns.len() >= FEWEST_QUESTIONS
        && turns.iter().all(|at| ends_asking(&running[*at].text) && answered(*at))
        && turns.iter().any(|at| says_we(&running[at + 1].text))
}

fn seen(pieces: &[Piece], manner: Manner) -> BTreeMap<String, Seen> {
    let mut all: BTreeMap<String, Seen> = BTreeMap::new();
    for piece in pieces.iter().filter(|piece| is_running(piece)) {
        if let Some(label) = manner.label(piece).filter(|label| label.casts(&piece.text).is_none()) {
            let seen = all.entry(label.key()).or_default();
            seen.count += 1;
            let stamped = label.at.len() > label.name.len();
            let colon = piece.text[label.at.end..label.words].contains([':', '：']);
            seen.alone |= !colon && label.words == piece.text.len();
            seen.marked |= is_capitals(label.name) || matches!(piece.strong, Strong::Lead(_)) || stamped || !colon;
            let key = label.key();
            seen.is_name |= key.contains(' ') && !key.contains(char::is_numeric);
        }
        for (_, name, question) in label::glued(&piece.text) {
            let seen = all.entry(label::key(name)).or_default();
            seen.count += 1;
            seen.after_question |= question;
        }
    }
    let mut begun = false;
    for label in pieces.iter().filter(|piece| is_running(piece)).filter_map(|piece| manner.label(piece)) {
        if let Some(seen) = all.get_mut(&label.key()) {
            begun |= seen.count > 1;
            seen.after_others |= begun;
        }
    }
    all
}

/// `Winter: the seal is frozen`: speech begins a sentence, verse and lists go on.
fn goes_on_in_lower_case(pieces: &[Piece], manner: Manner) -> bool {
    let labelled =
        pieces.iter().filter(|piece| is_running(piece)).filter_map(|piece| Some((piece, manner.label(piece)?)));
    let starts: Vec<Option<char>> = labelled.map(|(piece, label)| piece.text[label.words..].chars().next()).collect();
    let lower = starts.iter().flatten().filter(|first| first.is_lowercase()).count();
    lower * 2 > starts.len()
}

fn is_capitals(name: &str) -> bool {
    let name = name.split(" (").next().unwrap_or(name);
    name.chars().count() > 1 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// The labels that ask: generic ones, or those with a post that asks, or else those whose turns mostly end with a
/// question mark while another label's do not. Where none asks, it is a transcript of statements.
///
/// Half of the turns are enough for whoever opens the conversation, or where nobody asks more: a guest may
/// ask back.
pub(super) fn questioners(
    pieces: &[Piece],
    manner: Manner,
    labels: &BTreeSet<String>,
    askers: &Askers,
) -> BTreeSet<String> {
    let full = label::full_names(&labels.iter().map(String::as_str).collect());
    let posted = posted(pieces, manner, &full);
    let named = named(pieces, manner);
    let asks = |key: &&String| {
        let whole = label::whole(&full, key);
        let is_named = |name: &String| *name == **key || name.ends_with(&format!(" {key}"));
        label::asks(key) || posted.contains(whole) || askers.has(whole) || askers.has(key) || named.iter().any(is_named)
    };
    let mut asking: BTreeSet<String> = labels.iter().filter(asks).cloned().collect();
    if asking.is_empty() {
        asking = by_habit(&habits(pieces, manner, labels, &full), labels, &full);
    }
    asking.extend(labels.iter().filter(|key| label::follows_up(key)).cloned());
    asking
}

/// The names of those who ask, where a line says who moderates, or a turn begins with its own label: `Rustam Tekin:
/// Rustam Tekin, Velmar Monitor. What …`
fn named(pieces: &[Piece], manner: Manner) -> Vec<String> {
    let labelled =
        pieces.iter().filter(|piece| is_running(piece)).filter_map(|piece| Some((piece, manner.label(piece)?)));
    let name = |(piece, label): (&Piece, label::Label<'_>)| {
        let introduces = piece.text[label.words..].starts_with(label.name) && label.name.contains(' ');
        label.casts(&piece.text).or_else(|| introduces.then(|| label.key()))
    };
    labelled.filter_map(name).collect()
}

/// Those whom a post behind the name calls a host or a reporter, by their whole keys.
fn posted(pieces: &[Piece], manner: Manner, full: &BTreeMap<&str, &str>) -> BTreeSet<String> {
    let labels = pieces.iter().filter(|piece| is_running(piece)).filter_map(|piece| manner.label(piece));
    let posted = labels.filter(|label| label::has_asking_post(label.name));
    posted.map(|label| label::whole(full, &label.key()).to_owned()).collect()
}

fn by_habit(
    habits: &BTreeMap<String, Habit>,
    labels: &BTreeSet<String>,
    full: &BTreeMap<&str, &str>,
) -> BTreeSet<String> {
    let mostly = habits.values().any(|habit| habit.questions * 2 > habit.turns);
    let asks = |key: &&String| {
        let habit = habits.get(label::whole(full, key)).copied().unwrap_or_default();
        let half = habit.questions * 2 == habit.turns && (habit.opens || !mostly);
        habit.questions > 0 && (habit.questions * 2 > habit.turns || half)
    };
    let asking: BTreeSet<String> = labels.iter().filter(asks).cloned().collect();
    // Where everybody asks, the answers are without labels, or nobody interviews.
    let answered = habits.values().all(|habit| habit.answered == habit.turns);
    if asking.len() == labels.len() && !answered { BTreeSet::new() } else { asking }
}

/// How many turns stand under a label, and how many of them end with a question mark.
#[derive(Default, Clone, Copy)]
struct Habit {
    turns: usize,
    questions: usize,
    /// Turns whose first paragraph asks and is followed by one without a label.
    answered: usize,
    /// Whether the first turn is its.
    opens: bool,
}

fn habits(
    pieces: &[Piece],
    manner: Manner,
    labels: &BTreeSet<String>,
    full: &BTreeMap<&str, &str>,
) -> BTreeMap<String, Habit> {
    let mut habits: BTreeMap<String, Habit> = BTreeMap::new();
    let mut open: Option<String> = None;
    let (mut last_asks, mut first_asks) = (false, false);
    for piece in pieces.iter().filter(|piece| is_running(piece)) {
        let key = manner.label(piece).map(|label| label.key()).filter(|key| labels.contains(key));
        let asks = ends_asking(&piece.text);
        let before = open.as_ref().and_then(|open| habits.get_mut(open));
        if let Some(key) = key {
            if let Some(habit) = before {
                habit.questions += usize::from(last_asks);
            }
            let key = label::whole(full, &key).to_owned();
            let opens = habits.is_empty();
            let habit = habits.entry(key.clone()).or_default();
            habit.turns += 1;
            habit.opens |= opens;
            open = Some(key);
            first_asks = asks;
        } else if let Some(habit) = before {
            habit.answered += usize::from(std::mem::take(&mut first_asks));
        }
        last_asks = asks;
    }
    if let Some(habit) = open.as_ref().and_then(|open| habits.get_mut(open)) {
        habit.questions += usize::from(last_asks);
    }
    habits
}
