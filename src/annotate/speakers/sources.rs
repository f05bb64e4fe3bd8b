//! The words that name a cue's source: the noun phrase before or after it.
//!
//! No parser: a noun phrase is walked token by token, from the cue outward, until a word that cannot
//! stand in one.

use std::ops::Range;

use super::cues::{Form, Frame};
use super::gazetteer::List;
use super::grammar::Class;
use super::paragraph::Paragraph;
use super::tokens::TokenKind;

/// The longest noun phrase, in tokens.
const LONGEST: usize = 30;

/// A source before its cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Before {
    /// The words that name it.
    pub(super) mention: Range<usize>,
    /// Where its clause begins: with the mention, or before it.
    pub(super) start: usize,
}

/// The source of the verb group at `verb` within `sentence`.
///
/// `participle`: the cue is a form in -ing, whose subject is that of the main clause.
pub(super) fn before(
    paragraph: &Paragraph<'_>,
    sentence: &Range<usize>,
    verb: usize,
    participle: bool,
) -> Option<Before> {
    let last = verb.checked_sub(1).filter(|last| *last >= sentence.start && !paragraph.is_quoted(*last))?;
    let found = |mention: Range<usize>| Before { start: mention.start, mention };
    let word = paragraph.lower(last);
    if paragraph.is_mark(last, &[',', '—', '–', ')']) || matches!(word, "who" | "that" | "which") {
        if participle && paragraph.is_mark(last, &[',', '—', '–']) {
            return subject(paragraph, sentence, verb).map(found);
        }
        return past_apposition(paragraph, sentence, last);
    }
    if matches!(word, "and" | "but" | "then" | "or") {
        return subject(paragraph, sentence, verb).map(found);
    }
    if participle && paragraph.is(last, &[Class::Preposition, Class::Subordinator]) {
        return subject(paragraph, sentence, verb).map(found);
    }
    let phrase = ending_at(paragraph, sentence.start, last)?;
    // `an old saying`, `a warning` are nouns.
    let nominal = matches!(paragraph.lower(phrase.start), "a" | "an")
        || !(paragraph.is_capitalised(last) || word.ends_with('s') || paragraph.is_role(last));
    (!participle || !nominal).then(|| found(phrase))
}

/// The noun phrase before an apposition, a relative clause or a bracket that ends at `last`.
fn past_apposition(paragraph: &Paragraph<'_>, sentence: &Range<usize>, last: usize) -> Option<Before> {
    if paragraph.is_mark(last, &[','])
        && let Some(subject) = before_relative_clause(paragraph, sentence, last)
    {
        return Some(Before { start: subject.start, mention: subject });
    }
    let mut at = last;
    if paragraph.is_mark(at, &[')']) {
        at = (sentence.start..at).rev().take(LONGEST).find(|at| paragraph.is_mark(*at, &['(']))?;
    } else if paragraph.is_mark(at, &[',', '—', '–']) {
        let marks: &[char] = if paragraph.is_mark(at, &[',']) { &[','] } else { &['—', '–'] };
        at = (sentence.start..at)
            .rev()
            .take(LONGEST)
            .find(|at| paragraph.is_mark(*at, marks) && !paragraph.is_quoted(*at))?;
        // A list of appositions: `X, the head of Y, a bank, said`.
        if let Some(earlier) =
            (sentence.start..at).rev().take(12).find(|at| paragraph.is_mark(*at, marks) && !paragraph.is_quoted(*at))
            && earlier + 1 < at
            && !begins_with_name(paragraph, earlier + 1)
        {
            at = earlier;
        }
    }
    let mut end = at.checked_sub(1)?;
    if paragraph.is_mark(end, &[',']) {
        end = end.checked_sub(1)?;
    }
    // `Vael (no relation), who said`.
    if paragraph.is_mark(end, &[')']) {
        let open = (sentence.start..end).rev().take(LONGEST).find(|at| paragraph.is_mark(*at, &['(']))?;
        end = open.checked_sub(1)?;
    }
    if end < sentence.start || paragraph.is_quoted(end) {
        return None;
    }
    let mention = ending_at(paragraph, sentence.start, end)?;
    let start = mention.start;
    // `The mayor of Kesh, Salma Ouzri, said`: the name behind the office.
    let name = at + 1..last;
    let named = paragraph.is_mark(at, &[',']) && is_name(paragraph, &name) && is_office(paragraph, &mention);
    Some(Before { start, mention: if named { name } else { mention } })
}

/// The subject that begins a sentence and has a relative clause, up to the comma before its verb:
/// `Farrow, who lives on the quay, eight doors from the water, called it …`.
fn before_relative_clause(paragraph: &Paragraph<'_>, sentence: &Range<usize>, last: usize) -> Option<Range<usize>> {
    let window = sentence.start..last.min(sentence.start + LONGEST);
    let comma = window.clone().find(|at| paragraph.is_mark(*at, &[',']))?;
    let subject =
        (paragraph.lower(comma + 1) == "who").then(|| ending_at(paragraph, sentence.start, comma.checked_sub(1)?));
    subject.flatten().filter(|subject| subject.start == sentence.start && comma + 1 < last)
}

/// Whether nothing but the words of a name stands in `tokens`.
fn is_name(paragraph: &Paragraph<'_>, tokens: &Range<usize>) -> bool {
    let fits =
        |at: usize| paragraph.is_capitalised(at) && !paragraph.is_listed(at, &[List::Body, List::Role, List::Office]);
    (2..=4).contains(&tokens.len()) && tokens.clone().all(fits)
}

/// Whether a phrase is an office without a name: `the mayor of Kesh`.
fn is_office(paragraph: &Paragraph<'_>, phrase: &Range<usize>) -> bool {
    let head = phrase.clone().find(|at| paragraph.is(*at, &[Class::Preposition])).unwrap_or(phrase.end);
    let role = head.checked_sub(1).filter(|role| *role > phrase.start);
    paragraph.is(phrase.start, &[Class::Determiner]) && role.is_some_and(|role| paragraph.is_role(role))
}

fn begins_with_name(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.is_capitalised(at) || paragraph.is(at, &[Class::SubjectPronoun])
}

/// The noun phrase that the relative pronoun at `at` stands for: `the warden, who said …`; `None` for another word.
pub(super) fn antecedent(paragraph: &Paragraph<'_>, at: usize) -> Option<Range<usize>> {
    if !matches!(paragraph.lower(at), "who" | "which" | "that") {
        return None;
    }
    let after = paragraph.sentences.partition_point(|sentence| sentence.start <= at);
    let sentence = paragraph.sentences.get(after.checked_sub(1)?)?;
    let last = at.checked_sub(1)?;
    let last = if paragraph.is_mark(last, &[',']) { last.checked_sub(1)? } else { last };
    (last >= sentence.start && !paragraph.is_quoted(last)).then(|| ending_at(paragraph, sentence.start, last)).flatten()
}

/// The noun phrase whose last token is `last`.
pub(super) fn ending_at(paragraph: &Paragraph<'_>, floor: usize, last: usize) -> Option<Range<usize>> {
    if paragraph.is(last, &[Class::SubjectPronoun]) {
        return Some(last..last + 1);
    }
    let mut last = last;
    // `Kaldan on Tuesday said`, `he later said`.
    while last > floor && (paragraph.is(last, &[Class::Day]) || paragraph.tokens[last].text.parse::<u8>().is_ok()) {
        last -= 1;
        if paragraph.lower(last) == "on" {
            last = last.checked_sub(1)?;
        }
    }
    if !paragraph.is_nominal(last) && !paragraph.is(last, &[Class::SubjectPronoun]) || last < floor {
        return None;
    }
    let mut start = last;
    while start > floor && last - start < LONGEST && continues(paragraph, floor, start - 1) {
        start -= 1;
    }
    // `1.1 The Parties`: a clause's number.
    let numbered = start == floor && paragraph.tokens[start].kind == TokenKind::Number;
    if numbered && start < last && paragraph.is(start + 1, &[Class::Determiner]) {
        start += 1;
    }
    while start < last && (paragraph.is_adverb(start) || paragraph.is(start, &[Class::Day, Class::Preposition])) {
        start += 1;
    }
    Some(start..last + 1)
}

/// Whether the noun phrase that begins after `at` can be lengthened by `at`.
fn continues(paragraph: &Paragraph<'_>, floor: usize, at: usize) -> bool {
    let word = paragraph.lower(at);
    if paragraph.is_quoted(at) {
        return false;
    }
    if matches!(word, "of" | "for" | "in" | "at" | "from" | "on" | "with") {
        return at > floor && paragraph.is_nominal(at - 1) && !paragraph.is(at - 1, &[Class::Determiner]);
    }
    if word == "and" || word == "&" {
        return at > floor && paragraph.is_capitalised(at - 1) && paragraph.is_capitalised(at + 1);
    }
    // A determiner begins a phrase, unless the phrase is inside another.
    if paragraph.is(at + 1, &[Class::Determiner]) && !paragraph.is_capitalised(at + 1) {
        return paragraph.is(at, &[Class::Preposition]) && at > floor && paragraph.is_nominal(at - 1);
    }
    let says = !paragraph.is_capitalised(at)
        && paragraph
            .senses(at)
            .iter()
            .any(|sense| sense.allows(Frame::Before) && matches!(sense.form, Form::Past | Form::Third));
    paragraph.is_nominal(at) && !paragraph.is_adverb(at) && !says
}

/// The noun phrase that begins at `start`, for `said Kaldan` and `according to the ministry`.
///
/// `whole`: to the next comma, prepositions and all.
pub(super) fn after(paragraph: &Paragraph<'_>, start: usize, limit: usize, whole: bool) -> Option<Range<usize>> {
    if paragraph.is_quoted(start) {
        return None;
    }
    if paragraph.is(start, &[Class::SubjectPronoun, Class::ObjectPronoun]) {
        return Some(start..start + 1);
    }
    let mut end = start;
    while end < limit && end - start < LONGEST && !paragraph.is_quoted(end) {
        let word = paragraph.lower(end);
        let inner =
            matches!(word, "of" | "for" | "from") || word == "&" || whole && paragraph.is(end, &[Class::Preposition]);
        let joined =
            word == "and" && paragraph.is_capitalised(end.saturating_sub(1)) && paragraph.is_capitalised(end + 1);
        let fits = paragraph.is_nominal(end)
            && !paragraph.is(end, &[Class::Day])
            && (end == start || !paragraph.is_adverb(end));
        if !(fits || end > start && (inner || joined)) {
            break;
        }
        end += 1;
    }
    while end > start && paragraph.is(end - 1, &[Class::Preposition]) {
        end -= 1;
    }
    (end > start).then_some(start..end)
}

/// The subject of the main clause of `sentence`, before `limit`.
pub(super) fn subject(paragraph: &Paragraph<'_>, sentence: &Range<usize>, limit: usize) -> Option<Range<usize>> {
    let mut at = sentence.start;
    while at < limit && (paragraph.is_quoted(at) || paragraph.is_mark(at, &[',', '—', '–', '-', '(', '*', '•'])) {
        at += 1;
    }
    while at < limit && (paragraph.is(at, &[Class::Conjunction]) || paragraph.is_adverb(at)) {
        at += 1;
        at += usize::from(paragraph.is_mark(at, &[',']));
    }
    let introduced =
        paragraph.is(at, &[Class::Preposition, Class::Subordinator]) || paragraph.lower(at).ends_with("ing");
    if introduced {
        at = (at..limit).find(|at| paragraph.is_mark(*at, &[',']) && !paragraph.is_quoted(*at))? + 1;
        while at < limit && paragraph.is_quoted(at) {
            at += 1;
        }
    }
    if paragraph.is(at, &[Class::SubjectPronoun]) {
        return Some(at..at + 1);
    }
    let mut end = at;
    while end < limit && end - at < 12 {
        let word = paragraph.lower(end);
        let verb =
            end > at && !paragraph.is_capitalised(end) && (word.ends_with("ed") || !paragraph.senses(end).is_empty());
        let joined = end > at
            && (word == "of" || word == "and")
            && paragraph.is_capitalised(end + 1)
            && paragraph.is_capitalised(end - 1);
        if verb || !(joined || paragraph.is_nominal(end)) || paragraph.is_adverb(end) {
            break;
        }
        // After a name, a lower-case word is the verb.
        if end > at
            && paragraph.is_capitalised(end - 1)
            && !paragraph.is_capitalised(end)
            && !joined
            && paragraph.tokens[end].kind == TokenKind::Word
        {
            break;
        }
        end += 1;
    }
    (end > at).then_some(at..end)
}
