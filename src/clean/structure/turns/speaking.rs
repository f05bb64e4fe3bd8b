//! Which labels speak in a text, and which of those ask.

use std::collections::{BTreeMap, BTreeSet};

use super::askers::Askers;
use super::label;
use super::manner::Line;
use super::voice::{ends_asking, says_we};
use crate::clean::draft::Strong;

/// What is known of a label.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is seen, or not, by itself")]
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
pub(super) fn labels(lines: &[Line<'_>]) -> BTreeSet<String> {
    if goes_on_in_lower_case(lines) {
        return BTreeSet::new();
    }
    let mut seen = seen(lines);
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
        || lines.iter().any(|line| line.label.as_ref().is_some_and(|label| label.casts(&line.piece.text).is_some()))
        || answers_many(lines, &sure)
        || asks_alone(lines, &sure);
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
    if is_heard(lines, &found) { found } else { BTreeSet::new() }
}

/// Of this many turns one at least must be heard as speech.
const HEARD: usize = 4;

/// Whether those who bear the labels speak: they say `I`, or ask. A list of facts, results or parts does not.
fn is_heard(lines: &[Line<'_>], labels: &BTreeSet<String>) -> bool {
    let mut turns: Vec<bool> = Vec::new();
    for line in lines {
        let words = if labels.contains(&line.key) {
            turns.push(label::asks(&line.key));
            line.words()
        } else {
            &line.piece.text
        };
        if let Some(heard) = turns.last_mut().filter(|heard| !**heard) {
            *heard = says_we(words) || ends_asking(words);
        }
    }
    turns.iter().filter(|heard| **heard).count() * HEARD >= turns.len()
}

/// Fewest questions under labels of their own that one answerer answers.
const FEWEST_QUESTIONS: usize = 2;

/// Whether one of the labels that come again answers those who ask once each: a spokesman and the press.
fn answers_many(lines: &[Line<'_>], sure: &BTreeSet<String>) -> bool {
    let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in lines.windows(2) {
        let (question, answer) = (&pair[0], &pair[1]);
        if question.asks && question.label.is_some() && question.key != answer.key && sure.contains(&answer.key) {
            *asked.entry(answer.key.as_str()).or_default() += 1;
        }
    }
    asked.values().any(|count| *count >= FEWEST_QUESTIONS)
}

/// Whether the bearer of a label asks whenever he speaks, and somebody answers without a label.
fn asks_alone(lines: &[Line<'_>], sure: &BTreeSet<String>) -> bool {
    let mut turns: BTreeMap<&str, (usize, usize, bool)> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| sure.contains(&line.key)) {
        let answer = lines.get(at + 1).filter(|next| line.asks && next.label.is_none());
        let (all, answered, own) = turns.entry(line.key.as_str()).or_default();
        *all += 1;
        *answered += usize::from(answer.is_some());
        *own |= answer.is_some_and(|answer| says_we(&answer.piece.text));
    }
    turns.values().any(|(all, answered, own)| *all >= FEWEST_QUESTIONS && all == answered && *own)
}

fn seen(lines: &[Line<'_>]) -> BTreeMap<String, Seen> {
    let mut all: BTreeMap<String, Seen> = BTreeMap::new();
    for line in lines {
        let text = &line.piece.text;
        if let Some(label) = line.label.as_ref().filter(|label| label.casts(text).is_none()) {
            let seen = all.entry(line.key.clone()).or_default();
            seen.count += 1;
            let stamped = label.at.len() > label.name.len();
            let colon = text[label.at.end..label.words].contains([':', '：']);
            let bold = matches!(line.piece.strong, Strong::Lead(_));
            seen.alone |= !colon && label.words == text.len();
            seen.marked |= is_capitals(label.name) || bold || stamped || !colon;
            seen.is_name |= line.key.contains(' ') && !line.key.contains(char::is_numeric);
        }
        for (_, name, question) in label::glued(text) {
            let seen = all.entry(label::key(name)).or_default();
            seen.count += 1;
            seen.after_question |= question;
        }
    }
    let mut begun = false;
    for line in lines {
        if let Some(seen) = all.get_mut(&line.key) {
            begun |= seen.count > 1;
            seen.after_others |= begun;
        }
    }
    all
}

/// `Winter: the seal is frozen`: speech begins a sentence, verse and lists go on.
fn goes_on_in_lower_case(lines: &[Line<'_>]) -> bool {
    let labelled: Vec<&Line<'_>> = lines.iter().filter(|line| line.label.is_some()).collect();
    let lower = labelled.iter().filter(|line| line.words().starts_with(char::is_lowercase)).count();
    lower * 2 > labelled.len()
}

fn is_capitals(name: &str) -> bool {
    let name = name.split(" (").next().unwrap_or(name);
    name.chars().count() > 1 && name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase)
}

/// The labels that ask: generic ones, or those with a post that asks, or else those whose turns mostly end with a
/// question mark while another label's do not. Where none asks, it is a transcript of statements.
///
/// Half of the turns are enough for whoever opens the conversation, or bears the title of another who asks (`Senator
/// BRANDT`, `Senator MAAS`), or where nobody asks more: a guest may ask back.
pub(super) fn questioners(lines: &[Line<'_>], labels: &BTreeSet<String>, askers: &Askers) -> BTreeSet<String> {
    let full = label::full_names(&labels.iter().map(String::as_str).collect());
    let known = known(lines, &full);
    // Where a label says only that somebody asks, others who ask for an outlet have it, too, not their names.
    let generic = labels.iter().any(|key| label::asks(key));
    let asks = |key: &&String| {
        let whole = label::whole(&full, key);
        let own = !generic && (askers.has(whole) || askers.has(key));
        label::asks(key) || known.contains(*key) || known.contains(whole) || own
    };
    let mut asking: BTreeSet<String> = labels.iter().filter(asks).cloned().collect();
    if asking.is_empty() {
        asking = by_habit(&habits(lines, labels, &full), labels, &full);
    }
    asking.extend(labels.iter().filter(|key| label::follows_up(key)).cloned());
    asking
}

/// The keys, and the surnames, of those who are known to ask: a post behind the name calls them hosts or reporters, they
/// say what hosts say, a line says that they moderate, or a turn begins with its own label: `Rustam Tekin: Rustam Tekin, Velmar Monitor.`
fn known(lines: &[Line<'_>], full: &BTreeMap<&str, &str>) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for line in lines {
        let Some(label) = &line.label else { continue };
        if label::has_asking_post(label.name) || label::hosts(line.words()) {
            known.insert(label::whole(full, &line.key).to_owned());
        }
        let introduces = label.name.contains(' ') && line.words().starts_with(label.name);
        if let Some(name) = label.casts(&line.piece.text).or_else(|| introduces.then(|| line.key.clone())) {
            known.extend(name.rsplit(' ').next().map(str::to_owned));
            known.insert(name);
        }
    }
    known
}

fn by_habit(
    habits: &BTreeMap<String, Habit>,
    labels: &BTreeSet<String>,
    full: &BTreeMap<&str, &str>,
) -> BTreeSet<String> {
    let mostly = habits.values().any(|habit| habit.questions * 2 > habit.turns);
    let title = |key: &str| key.split_once(' ').map(|(first, _)| first.to_owned());
    let titles: BTreeSet<String> = (habits.iter().filter(|(_, habit)| habit.questions * 2 > habit.turns))
        .filter_map(|(key, _)| title(key))
        .collect();
    let asks = |key: &&String| {
        let habit = habits.get(label::whole(full, key)).copied().unwrap_or_default();
        let peer = title(key).is_some_and(|title| titles.contains(&title));
        let half = habit.questions * 2 == habit.turns && (habit.opens || !mostly || peer);
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

fn habits(lines: &[Line<'_>], labels: &BTreeSet<String>, full: &BTreeMap<&str, &str>) -> BTreeMap<String, Habit> {
    let mut habits: BTreeMap<String, Habit> = BTreeMap::new();
    let mut open: Option<String> = None;
    let (mut last_asks, mut first_asks) = (false, false);
    for line in lines {
        let before = open.as_ref().and_then(|open| habits.get_mut(open));
        if labels.contains(&line.key) {
            let key = label::whole(full, &line.key).to_owned();
            if let Some(habit) = before {
                habit.questions += usize::from(last_asks);
            }
            let opens = habits.is_empty();
            let habit = habits.entry(key.clone()).or_default();
            habit.turns += 1;
            habit.opens |= opens;
            open = Some(key);
            first_asks = line.asks;
        } else if let Some(habit) = before {
            habit.answered += usize::from(std::mem::take(&mut first_asks));
        }
        last_asks = line.asks;
    }
    if let Some(habit) = open.as_ref().and_then(|open| habits.get_mut(open)) {
        habit.questions += usize::from(last_asks);
    }
    habits
}
