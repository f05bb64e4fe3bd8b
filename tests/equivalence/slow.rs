//! The obvious answer to a query on one passage: every match listed, over lists of words.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;

use rapporteur::query::{Constraint, FieldName, Group, Near, Node, Pattern, Phrase, Slot, Unit};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Composed, with straight apostrophes.
    pub(crate) written: String,
    /// Code points in the text.
    pub(crate) span: (usize, usize),
    /// The number of its sentence and of its paragraph.
    pub(crate) sentence: usize,
    pub(crate) paragraph: usize,
}

/// Somebody who speaks: name, role, body.
pub(crate) type Voice = (&'static str, Option<&'static str>, Option<&'static str>);

/// What an evaluator could get wrong about highlights; planted, to see that it would be noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mistake {
    /// The first word that matches is not marked.
    FirstLost,
    /// Gaps of phrases are marked.
    Gaps,
    /// The words between the sides of `NEAR` are marked.
    Between,
    /// `WITHIN` marks also where it does not hold.
    OtherUnits,
    /// What stands beside a clause that does not match is marked.
    Unmatched,
    /// What is denied is marked.
    Denied,
    /// The whole phrase is one highlight.
    Joined,
}

impl Mistake {
    pub(crate) const ALL: [Self; 7] =
        [Self::FirstLost, Self::Gaps, Self::Between, Self::OtherUnits, Self::Unmatched, Self::Denied, Self::Joined];
}

thread_local! {
    /// The mistake that answers are given with.
    static PLANTED: Cell<Option<Mistake>> = const { Cell::new(None) };
}

fn planted(mistake: Mistake) -> bool {
    PLANTED.get() == Some(mistake)
}

/// The answer of an evaluator that makes a mistake.
pub(crate) fn answer_with(mistake: Mistake, root: &Node, entry: &Entry) -> Option<Vec<(usize, usize)>> {
    PLANTED.set(Some(mistake));
    let answer = answer(root, entry);
    PLANTED.set(None);
    answer
}

/// A passage, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) article: String,
    pub(crate) text: String,
    pub(crate) tokens: Vec<Token>,
    pub(crate) title: Vec<Token>,
    pub(crate) kind: &'static str,
    pub(crate) outlet: Option<&'static str>,
    pub(crate) author: Option<&'static str>,
    pub(crate) speakers: Vec<Voice>,
    pub(crate) mentioned: Vec<&'static str>,
    /// Those that it is about, and those that they are part of.
    pub(crate) topics: BTreeSet<&'static str>,
    pub(crate) dates: Vec<&'static str>,
    pub(crate) language: Option<&'static str>,
    /// Day of June 2025.
    pub(crate) published: Option<i8>,
    /// As a passage.
    pub(crate) record: serde_json::Value,
}

type Positions = BTreeSet<usize>;

/// First and last position, and those of its words.
type Match = (usize, usize, Positions);

/// The spans of the words that match; `None` where the query does not match.
pub(crate) fn answer(root: &Node, entry: &Entry) -> Option<Vec<(usize, usize)>> {
    let marks = holds(root, entry, 0..entry.tokens.len(), false)?;
    let mut spans: Vec<(usize, usize)> = marks.iter().map(|position| entry.tokens[*position].span).collect();
    if planted(Mistake::FirstLost) && !spans.is_empty() {
        spans.remove(0);
    }
    if planted(Mistake::Joined) {
        let neighbours = marks.iter().zip(marks.iter().skip(1)).map(|(one, other)| other - one == 1);
        let joins: Vec<bool> = neighbours.collect();
        for index in (0..joins.len()).rev().filter(|index| joins[*index]) {
            spans[index].1 = spans.remove(index + 1).1;
        }
    }
    Some(spans)
}

/// The marked positions of `node` among the positions `view`; side by side is all together `in_unit`.
fn holds(node: &Node, entry: &Entry, view: Range<usize>, in_unit: bool) -> Option<Positions> {
    let each = |nodes: &[Node]| -> Vec<Option<Positions>> {
        nodes.iter().map(|node| holds(node, entry, view.clone(), in_unit)).collect()
    };
    let union = |all: Vec<Option<Positions>>| all.into_iter().flatten().flatten().collect::<Positions>();
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) => {
            let found = matches(node, &entry.tokens, view);
            (!found.is_empty()).then(|| found.into_iter().flat_map(|(_, _, positions)| positions).collect())
        }
        Node::Within(within) => {
            let unit_of = |token: &Token| match within.unit {
                Unit::Sentence => token.sentence,
                Unit::Paragraph => token.paragraph,
            };
            let units: BTreeSet<usize> = entry.tokens.iter().map(unit_of).collect();
            let mut any = None;
            for unit in units {
                let first = entry.tokens.iter().position(|token| unit_of(token) == unit).unwrap();
                let last = entry.tokens.iter().rposition(|token| unit_of(token) == unit).unwrap();
                if let Some(positions) = holds(&within.clause, entry, first..last + 1, true) {
                    any.get_or_insert_with(Positions::new).extend(positions);
                }
            }
            if planted(Mistake::OtherUnits) && any.is_some() {
                any.get_or_insert_with(Positions::new).extend(words_of(&within.clause, entry));
            }
            any
        }
        Node::Field(clause) => field(&clause.constraint, entry).then(Positions::new),
        Node::Boost(boost) => holds(&boost.clause, entry, view, in_unit),
        Node::Not(node) => {
            let marks = if planted(Mistake::Denied) { words_of(node, entry) } else { Positions::new() };
            holds(node, entry, view, in_unit).is_none().then_some(marks)
        }
        Node::And(nodes) => {
            let all = each(nodes);
            all.iter().all(Option::is_some).then(|| union(all))
        }
        Node::Or(nodes) => {
            let all = each(nodes);
            let marks = if planted(Mistake::Unmatched) { words_of(node, entry) } else { Positions::new() };
            all.iter().any(Option::is_some).then(|| union(all).union(&marks).copied().collect())
        }
        Node::Group(Group { any, must, narrow, must_not }) => {
            let (any, must, narrow, must_not) = (each(any), each(must), each(narrow), each(must_not));
            let all = must.iter().chain(&narrow).all(Option::is_some) && must_not.iter().all(Option::is_none);
            let some = if in_unit {
                any.iter().all(Option::is_some)
            } else {
                any.is_empty() || !must.is_empty() || any.iter().any(Option::is_some)
            };
            (all && some).then(|| union(any.into_iter().chain(must).collect()))
        }
    }
}

/// Every word that a clause names, whether it matches or not.
fn words_of(node: &Node, entry: &Entry) -> Positions {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) => matches(node, &entry.tokens, 0..entry.tokens.len())
            .into_iter()
            .flat_map(|(_, _, positions)| positions)
            .collect(),
        node => node.children().into_iter().flat_map(|node| words_of(node, entry)).collect(),
    }
}

/// Every match of a clause of words.
fn matches(node: &Node, tokens: &[Token], view: Range<usize>) -> Vec<Match> {
    match node {
        Node::Word(word) => view
            .clone()
            .flat_map(|start| {
                ends(&word.pattern, tokens, start, view.end)
                    .into_iter()
                    .map(move |end| (start, end - 1, (start..end).collect()))
            })
            .collect(),
        Node::Phrase(words) => view
            .clone()
            .flat_map(|start| phrase(words, tokens, start..view.end))
            .map(|positions| (*positions.first().unwrap(), *positions.last().unwrap(), positions))
            .collect(),
        Node::Near(near) => pairs(near, tokens, view),
        Node::Or(nodes) => nodes.iter().flat_map(|node| matches(node, tokens, view.clone())).collect(),
        Node::Group(group) => group.any.iter().flat_map(|node| matches(node, tokens, view.clone())).collect(),
        other => panic!("no words: {other:?}"),
    }
}

fn pairs(near: &Near, tokens: &[Token], view: Range<usize>) -> Vec<Match> {
    let (left, right) = (matches(&near.left, tokens, view.clone()), matches(&near.right, tokens, view));
    let distance = near.distance as usize;
    let follows = |a: &Match, b: &Match| a.1 < b.0 && b.0 - a.1 <= distance;
    let mut found = BTreeSet::new();
    for l in &left {
        for r in &right {
            if follows(l, r) || (!near.ordered && follows(r, l)) {
                let (first, last) = (l.0.min(r.0), l.1.max(r.1));
                let words = l.2.union(&r.2).copied().collect();
                found.insert((first, last, if planted(Mistake::Between) { (first..=last).collect() } else { words }));
            }
        }
    }
    found.into_iter().collect()
}

/// The words of each way in which the phrase begins at the start of `range`.
fn phrase(phrase: &Phrase, tokens: &[Token], range: Range<usize>) -> BTreeSet<Positions> {
    let mut states: BTreeSet<(usize, usize, Positions)> = BTreeSet::from([(range.start, 0, Positions::new())]);
    for (index, slot) in phrase.slots.iter().enumerate() {
        let mut next = BTreeSet::new();
        for (at, used, positions) in states {
            let free = if index == 0 { 0 } else { phrase.slop as usize - used };
            for start in at..=(at + free).min(range.end) {
                for end in slot_ends(slot, tokens, start, range.end) {
                    let mut positions = positions.clone();
                    if !matches!(slot, Slot::Gap) || planted(Mistake::Gaps) {
                        positions.extend(start..end);
                    }
                    next.insert((end, used + (start - at), positions));
                }
            }
        }
        states = next;
    }
    states.into_iter().map(|(_, _, positions)| positions).collect()
}

fn slot_ends(slot: &Slot, tokens: &[Token], start: usize, end: usize) -> BTreeSet<usize> {
    match slot {
        Slot::Gap => (start < end).then_some(start + 1).into_iter().collect(),
        Slot::Words(alternatives) => {
            let run = |run: &Vec<Pattern>| {
                run.iter().fold(BTreeSet::from([start]), |at, pattern| {
                    at.into_iter().filter_map(|at| ends(pattern, tokens, at, end)).collect()
                })
            };
            alternatives.iter().flat_map(run).collect()
        }
    }
}

/// Where `pattern` ends if it begins at `start`: one word, or those of `rail-gate`.
fn ends(pattern: &Pattern, tokens: &[Token], start: usize, end: usize) -> Option<usize> {
    let parts: Vec<Pattern> = match pattern {
        Pattern::Stem(text) => text.split('-').map(|part| Pattern::Stem(part.into())).collect(),
        Pattern::Exact(text) => text.split('-').map(|part| Pattern::Exact(part.into())).collect(),
        Pattern::Wildcard(text) => text.split('-').map(|part| Pattern::Wildcard(part.into())).collect(),
        other => vec![other.clone()],
    };
    let stands = |(offset, part): (usize, &Pattern)| start + offset < end && is(part, &tokens[start + offset].written);
    parts.iter().enumerate().all(stands).then_some(start + parts.len())
}

fn is(pattern: &Pattern, written: &str) -> bool {
    let word = folded(written);
    match pattern {
        Pattern::Stem(text) => stem(&word) == stem(&folded(text)),
        Pattern::Exact(text) => text.replace('’', "'").replace("O\u{308}", "Ö") == written,
        Pattern::Wildcard(text) => glob(&folded(text).chars().collect::<Vec<_>>(), &word.chars().collect::<Vec<_>>()),
        Pattern::Fuzzy { word: text, edits } => distance(&folded(text), &word) <= usize::from(*edits),
        Pattern::Regex(text) => {
            let (_, matches) = super::draw::REGULAR.iter().find(|(pattern, _)| pattern == text).unwrap();
            matches(&word)
        }
    }
}

/// Lower case without diacritics, for the letters that the corpora have.
fn folded(word: &str) -> String {
    let plain = |letter: char| match letter {
        'ö' | 'Ö' => Some('o'),
        'á' | 'Á' => Some('a'),
        '’' => Some('\''),
        '\u{308}' => None,
        letter => Some(letter.to_ascii_lowercase()),
    };
    word.chars().filter_map(plain).collect()
}

/// The words of the corpora that have other forms among them, by the first of these.
fn stem(word: &str) -> &str {
    match word {
        "rails" | "rail's" => "rail",
        "gates" | "gated" => "gate",
        "traded" | "trading" | "trades" => "trade",
        "bridges" => "bridge",
        "omer's" => "omer",
        other => other,
    }
}

fn glob(pattern: &[char], word: &[char]) -> bool {
    match pattern.split_first() {
        None => word.is_empty(),
        Some(('*', rest)) => (0..=word.len()).any(|skipped| glob(rest, &word[skipped..])),
        Some(('?', rest)) => !word.is_empty() && glob(rest, &word[1..]),
        Some((letter, rest)) => word.first() == Some(letter) && glob(rest, &word[1..]),
    }
}

/// Letters inserted, deleted, changed or swapped with their neighbour, by the definition.
fn distance(a: &str, b: &str) -> usize {
    fn of(a: &[char], b: &[char]) -> usize {
        match (a.split_last(), b.split_last()) {
            (None, _) => b.len(),
            (_, None) => a.len(),
            (Some((last_a, rest_a)), Some((last_b, rest_b))) => {
                // Equal letters at the end are best left alone.
                if last_a == last_b {
                    return of(rest_a, rest_b);
                }
                let mut best = 1 + of(rest_a, b).min(of(a, rest_b)).min(of(rest_a, rest_b));
                if let ([before_a @ .., x, y], [before_b @ .., z, w]) = (a, b)
                    && (x, y) == (w, z)
                {
                    best = best.min(1 + of(before_a, before_b));
                }
                best
            }
        }
    }
    of(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
}

fn field(constraint: &Constraint, entry: &Entry) -> bool {
    match constraint {
        Constraint::Kind(kind) => kind.as_str() == entry.kind,
        Constraint::Outlet(name) => entry.outlet == Some(name),
        Constraint::Author(name) => {
            let name = name.to_lowercase();
            let author = entry.author.unwrap_or("").to_lowercase();
            author == name || author.split(' ').any(|word| word == name)
        }
        Constraint::SpeakerId(id) => {
            entry.speakers.iter().any(|(person, ..)| person.to_lowercase().replace(' ', "-") == *id)
        }
        Constraint::Speaker(name) => entry.speakers.iter().any(|(person, ..)| is_called(person, name)),
        Constraint::About(name) => entry.mentioned.iter().any(|person| is_called(person, name)),
        Constraint::Role(words) => entry.speakers.iter().any(|(_, role, _)| has_words(*role, words)),
        Constraint::Affiliation(words) => entry.speakers.iter().any(|(.., body)| has_words(*body, words)),
        Constraint::Topic(id) => entry.topics.contains(id.as_str()),
        Constraint::Lang(code) => entry.language.is_some_and(|tag| tag.split('-').next() == Some(&code.to_lowercase())),
        Constraint::Date(range) => entry.dates.iter().any(|date| {
            let (first, last) = days(date);
            range.from.is_none_or(|from| days(&from.to_string()).0 <= first)
                && range.to.is_none_or(|to| last <= days(&to.to_string()).1)
        }),
        Constraint::TitleWord(word) => {
            !matches(&Node::Word(word.clone()), &entry.title, 0..entry.title.len()).is_empty()
        }
        Constraint::TitlePhrase(words) => {
            !matches(&Node::Phrase(words.clone()), &entry.title, 0..entry.title.len()).is_empty()
        }
        Constraint::Published(range) => entry.published.is_some_and(|day| {
            let day = format!("2025-06-{day:02}");
            range.from.is_none_or(|from| from.to_string() <= day) && range.to.is_none_or(|to| day <= to.to_string())
        }),
        Constraint::Id(id) => *id == entry.id || *id == entry.article,
        Constraint::Exists(FieldName::Title) => !entry.title.is_empty(),
        Constraint::Exists(FieldName::Outlet) => entry.outlet.is_some(),
        Constraint::Exists(FieldName::Author) => entry.author.is_some(),
        Constraint::Exists(FieldName::Speaker) => !entry.speakers.is_empty(),
        Constraint::Exists(FieldName::Role) => entry.speakers.iter().any(|(_, role, _)| role.is_some()),
        Constraint::Exists(FieldName::Affiliation) => entry.speakers.iter().any(|(.., body)| body.is_some()),
        Constraint::Exists(FieldName::About) => !entry.mentioned.is_empty(),
        Constraint::Exists(FieldName::Topic) => !entry.topics.is_empty(),
        Constraint::Exists(FieldName::Date) => !entry.dates.is_empty(),
        Constraint::Exists(FieldName::Lang) => entry.language.is_some(),
        Constraint::Exists(FieldName::Published) => entry.published.is_some(),
        Constraint::Exists(FieldName::Kind | FieldName::Id) => true,
    }
}

/// Whether `name` is a person's name, a word of it, or their id.
fn is_called(person: &str, name: &str) -> bool {
    let (person, name) = (person.to_lowercase(), name.to_lowercase());
    person == name || person.replace(' ', "-") == name || person.split(' ').any(|word| word == name)
}

/// Whether `words` stand next to each other in `text`.
fn has_words(text: Option<&str>, words: &str) -> bool {
    let folded = |text: &str| format!(" {} ", text.to_lowercase());
    folded(text.unwrap_or("")).contains(&folded(words))
}

/// The first and the last day of a day, month or year, in ISO 8601, whose order is that of time.
fn days(date: &str) -> (String, String) {
    match date.len() {
        4 => (format!("{date}-01-01"), format!("{date}-12-31")),
        7 => {
            let last = match &date[5..] {
                "02" => 29, // Of 2024, the only February drawn.
                "04" | "06" | "09" | "11" => 30,
                _ => 31,
            };
            (format!("{date}-01"), format!("{date}-{last}"))
        }
        _ => (date.to_owned(), date.to_owned()),
    }
}
