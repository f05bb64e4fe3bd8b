//! What follows a cue: where its content begins, which frame it fits, and where it ends.

use super::cues::{Form, Frame, Sense, Trait};
use super::grammar::{Class, is_number};
use super::paragraph::Paragraph;
use super::rules::Rule;

/// How far into a clause its verb stands.
const VERB_WITHIN: usize = 10;
/// How far past a cue its content is looked for across an adverbial.
const REACH: usize = 16;

/// A cue whose content is looked for behind it.
pub(super) struct Cue<'s> {
    pub(super) sense: &'s Sense,
    /// The token after it.
    pub(super) end: usize,
    /// Where the sentence ends.
    pub(super) limit: usize,
}

/// The first token after `at` that is not how, when or where; `infinitive`: `to` begins the content.
pub(super) fn skip_adverbials(paragraph: &Paragraph<'_>, at: usize, end: usize, infinitive: bool) -> usize {
    let mut at = at;
    while at < end && !paragraph.is_quoted(at) {
        let word = paragraph.lower(at);
        let date = paragraph.is(at.saturating_sub(1), &[Class::Day]);
        let day = paragraph.is(at, &[Class::Day]) || date && paragraph.tokens.get(at).is_some_and(is_number);
        let when = matches!(word, "last" | "this" | "next" | "earlier")
            && matches!(
                paragraph.lower(at + 1),
                "week"
                    | "month"
                    | "year"
                    | "night"
                    | "morning"
                    | "evening"
                    | "afternoon"
                    | "day"
                    | "weekend"
                    | "summer"
                    | "spring"
                    | "fall"
                    | "winter"
            );
        let on_day = word == "on" && paragraph.is(at + 1, &[Class::Day]);
        at += match () {
            () if when || on_day => 2,
            () if day || paragraph.is_adverb(at) && word != "there" => 1,
            () if infinitive && word == "to" => return at,
            () => {
                let after = past_phrase(paragraph, at, end).unwrap_or(at);
                return past_parenthesis(paragraph, after, end).unwrap_or(after);
            }
        };
    }
    at
}

/// Past a phrase between commas that a that-clause follows: `said, after six hours of talks, that …`.
fn past_parenthesis(paragraph: &Paragraph<'_>, at: usize, end: usize) -> Option<usize> {
    if !paragraph.is_mark(at, &[',']) || !paragraph.is(at + 1, &[Class::Preposition, Class::Subordinator]) {
        return None;
    }
    let comma = (at + 1..end.min(at + REACH)).find(|at| paragraph.is_quoted(*at) || paragraph.is_mark(*at, &[',']))?;
    (!paragraph.is_quoted(comma) && paragraph.lower(comma + 1) == "that").then_some(comma + 1)
}

/// Past a phrase such as `in a statement`, `at a rally in Kesh`, where a content or the end follows it.
fn past_phrase(paragraph: &Paragraph<'_>, at: usize, end: usize) -> Option<usize> {
    if !matches!(
        paragraph.lower(at),
        "in" | "on"
            | "at"
            | "during"
            | "to"
            | "after"
            | "from"
            | "before"
            | "via"
            | "through"
            | "as"
            | "when"
            | "while"
            | "of"
            | "about"
            | "with"
            | "by"
    ) {
        return None;
    }
    let stop = end.min(at + REACH);
    (at + 1..stop.max(at + 1))
        .find(|at| {
            paragraph.is_quoted(*at)
                || paragraph.is_mark(*at, &[',', ':', '.', ';'])
                || paragraph.lower(*at) == "that"
                || paragraph.is(*at, &[Class::SubjectPronoun])
                    && !paragraph.is(*at - 1, &[Class::Preposition, Class::Subordinator])
        })
        .or((end <= at + REACH).then_some(end))
}

/// Where the content begins after a cue, and under which rule; `None` where nothing fits the verb.
pub(super) fn complement(paragraph: &Paragraph<'_>, cue: &Cue<'_>, after: usize) -> Option<(Rule, usize)> {
    let end = cue.limit;
    if cue.sense.has(Trait::Addressee) {
        let at = past_addressee(paragraph, cue.end, end);
        let at = skip_adverbials(paragraph, at, end, cue.sense.allows(Frame::Infinitive));
        return frame_at(paragraph, cue, at);
    }
    frame_at(paragraph, cue, after)
}

fn frame_at(paragraph: &Paragraph<'_>, cue: &Cue<'_>, at: usize) -> Option<(Rule, usize)> {
    let sense = cue.sense;
    let end = cue.limit;
    if at >= end {
        return None;
    }
    // A comma or colon may stand before quoted words.
    let quoted =
        if paragraph.is_mark(at, &[',', ':', '—', '–', '-']) && paragraph.is_quoted(at + 1) { at + 1 } else { at };
    if quoted < end && paragraph.is_quoted(quoted) {
        let frame = sense.allows(Frame::Quote) || sense.allows(Frame::Object) || sense.allows(Frame::Clause);
        return frame.then_some((Rule::CueThenQuote, quoted));
    }
    if paragraph.is_mark(at, &[':']) {
        return (sense.allows(Frame::Quote) && at + 1 < end).then_some((Rule::ReportClause, at + 1));
    }
    if paragraph.is_mark(at, &[',', '.', ';', '?', '!', ')', '—', '–']) {
        return None;
    }
    let word = paragraph.lower(at);
    if word == "that" {
        let quoted = paragraph.is_quoted(at + 1) && sense.allows(Frame::That);
        return sense.allows(Frame::That).then_some((if quoted { Rule::CueThenQuote } else { Rule::ReportThat }, at));
    }
    if paragraph.is(at, &[Class::Question]) {
        return sense.allows(Frame::Question).then_some((Rule::ReportQuestion, at));
    }
    if word == "to" && matches!(paragraph.lower(at + 2), "named" | "identified" | "quoted") {
        return None;
    }
    if word == "to" {
        return sense.allows(Frame::Infinitive).then_some((Rule::ReportInfinitive, at));
    }
    if paragraph.is(at, &[Class::Preposition, Class::Conjunction])
        && !matches!(word, "about" | "over" | "under" | "after")
    {
        return None;
    }
    if sense.allows(Frame::Clause) && (!sense.has(Trait::Doubtful) || shows_verb(paragraph, at, end)) {
        return Some((Rule::ReportClause, at));
    }
    sense.allows(Frame::Object).then_some((Rule::ReportObject, at))
}

/// Whether a clause begins at `at`: with its subject, and a verb soon after.
fn shows_verb(paragraph: &Paragraph<'_>, at: usize, end: usize) -> bool {
    if paragraph.is(at, &[Class::ObjectPronoun]) && !paragraph.is(at, &[Class::SubjectPronoun]) {
        return false;
    }
    let window = at + 1..end.min(at + VERB_WITHIN);
    window.take_while(|at| !paragraph.is_mark(*at, &[',', ';', '.'])).any(|at| paragraph.is(at, &[Class::Auxiliary]))
}

/// The first token after the person spoken to: `told reporters that`.
fn past_addressee(paragraph: &Paragraph<'_>, at: usize, end: usize) -> usize {
    if paragraph.is(at, &[Class::ObjectPronoun]) {
        return at + 1;
    }
    // `asked whether`: nobody is spoken to.
    if paragraph.is(at, &[Class::Question]) {
        return at;
    }
    let mut to = at;
    while to < end && to - at < 10 && !paragraph.is_quoted(to) {
        let word = paragraph.lower(to);
        let starts_clause = word == "that"
            || to > at && paragraph.is(to, &[Class::SubjectPronoun, Class::Question, Class::Determiner])
            || paragraph.is(to, &[Class::Preposition, Class::Day]) && word != "of"
            || word == "to";
        if starts_clause || paragraph.is_mark(to, &[',', ':', '.', '—']) {
            break;
        }
        // `reporters Kaldan …`: a plain noun is the whole addressee.
        if to > at
            && !paragraph.is_capitalised(to - 1)
            && !paragraph.is(to - 1, &[Class::Determiner])
            && word != "of"
            && paragraph.lower(to - 1) != "of"
            && (paragraph.is_capitalised(to) || paragraph.lower(to - 1).ends_with('s'))
        {
            break;
        }
        to += 1;
    }
    to
}

/// Where a content that begins at `from` ends: with the sentence, or before another cue or a remark.
pub(super) fn content_end(paragraph: &Paragraph<'_>, from: usize, end: usize) -> usize {
    let ends = |at: &usize| {
        // `… and said`: another report begins.
        let says = matches!(paragraph.lower(*at), "and" | "but")
            && paragraph.senses(at + 1).iter().any(|sense| {
                sense.has(Trait::Speech)
                    && matches!(sense.form, Form::Past | Form::Third)
                    && sense.allows(Frame::Clause)
            });
        if says && !paragraph.is_quoted(*at) {
            return true;
        }
        if paragraph.is_quoted(*at) || !paragraph.is_mark(*at, &[',', ';', '—', '–']) {
            return false;
        }
        let next = paragraph.lower(at + 1);
        let cue = next.ends_with("ing") && paragraph.senses(at + 1).iter().any(|sense| sense.form == Form::Participle);
        let and_cue = matches!(next, "and" | "but" | "then")
            && paragraph.senses(at + 2).iter().any(|sense| matches!(sense.form, Form::Past | Form::Third));
        cue || and_cue || paragraph.is(at + 1, &[Class::Contrast])
    };
    (from + 3..end).find(ends).unwrap_or(end)
}
