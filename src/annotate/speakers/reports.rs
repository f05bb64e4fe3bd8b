//! Cues in running text: who says what around each, in one sentence.
//!
//! `She said that …`, `…, she said`, `"…," said Kaldan, "…"`, `according to her`: the cue is found
//! in the lexicon, its source beside it, its content before, behind or around.

use std::ops::Range;

use super::complements::{Cue, complement, content_end, skip_adverbials};
use super::cues::{Form, Frame, Sense, Trait};
use super::finding::{Report, pieces};
use super::grammar::Class;
use super::paragraph::Paragraph;
use super::rules::Rule;
use super::sources;
use super::tokens::{Token, TokenKind};

/// Words from which a quotation within a sentence is not a phrase of it.
const WHOLE_WORDS: usize = 7;

/// Classes whose words begin no predicate.
const NO_VERBS: &[Class] = &[
    Class::SubjectPronoun,
    Class::ObjectPronoun,
    Class::Determiner,
    Class::Possessive,
    Class::Preposition,
    Class::Conjunction,
    Class::Subordinator,
    Class::Question,
    Class::Day,
];

/// The reports of one sentence, by their cues.
pub(super) fn in_sentence(paragraph: &Paragraph<'_>, sentence: &Range<usize>) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        // `States` is no cue; at a sentence's beginning, or in a headline, a capital says nothing.
        let named = at > sentence.start && paragraph.is_capitalised(at) && !paragraph.is_capitalised(at + 1);
        let found = (!paragraph.is_quoted(at) && !named)
            .then(|| {
                according_to(paragraph, sentence, at)
                    .or_else(|| in_the_words_of(paragraph, sentence, at))
                    .or_else(|| paragraph.senses(at).iter().find_map(|sense| around(paragraph, sentence, at, sense)))
            })
            .flatten();
        match found {
            Some(report) => {
                at = report.cue.end.max(at + 1);
                reports.push(report);
            }
            None => at += 1,
        }
    }
    reports
}

fn around(paragraph: &Paragraph<'_>, sentence: &Range<usize>, at: usize, sense: &Sense) -> Option<Report> {
    let end = at + 1 + sense.particle.len();
    let fits = sense.particle.iter().zip(at + 1..).all(|(word, at)| paragraph.lower(at) == word);
    if !fits || end > sentence.end {
        return None;
    }
    if sense.form == Form::Noun {
        return noun(paragraph, sentence, at, sense);
    }
    let verb = Verb { sentence, cue: at..end, group: group_start(paragraph, sentence, at), sense };
    let passive = sense.form == Form::Past && (verb.group..at).any(|at| paragraph.is(at, &[Class::Be]));
    if passive != sense.has(Trait::Passive) {
        return None;
    }
    if passive || sense.has(Trait::Unsourced) {
        return expected(paragraph, &verb);
    }
    inverted(paragraph, &verb).or_else(|| with_source_before(paragraph, &verb))
}

/// A verb that may be a cue.
struct Verb<'s> {
    sentence: &'s Range<usize>,
    cue: Range<usize>,
    /// Where its auxiliaries and adverbs begin.
    group: usize,
    sense: &'s Sense,
}

impl Verb<'_> {
    fn as_cue(&self) -> Cue<'_> {
        Cue { sense: self.sense, end: self.cue.end, limit: self.sentence.end }
    }

    fn report(&self, rule: Rule, content: Vec<Range<usize>>, source: Option<Range<usize>>) -> Report {
        Report { content, cue: self.cue.clone(), source, rule, is_speech: self.sense.has(Trait::Speech) }
    }
}

/// Where the verb group begins that ends with the verb at `at`.
pub(super) fn group_start(paragraph: &Paragraph<'_>, sentence: &Range<usize>, at: usize) -> usize {
    let mut start = at;
    while start > sentence.start {
        let before = start - 1;
        let word = paragraph.lower(before);
        let adverb = !paragraph.is_capitalised(before) && paragraph.is_adverb(before);
        let has = matches!(word, "'s" | "'d" | "'ve")
            && before > sentence.start
            && paragraph.is(before - 1, &[Class::SubjectPronoun]);
        let to_say = word == "to" && before > sentence.start && governs(paragraph, before - 1);
        if paragraph.is_quoted(before)
            || !(adverb || has || to_say || paragraph.is(before, &[Class::Auxiliary, Class::Negation]))
        {
            break;
        }
        start = if to_say { before - 1 } else { before };
    }
    start
}

/// Whether the word at `at` is a verb that takes an infinitive: `declined to say`.
fn governs(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let word = paragraph.lower(at);
    matches!(
        word,
        "went" | "goes" | "continued" | "continues" | "began" | "tried" | "used" | "rushed" | "appeared" | "seemed"
    ) || paragraph.senses(at).iter().any(|sense| sense.allows(Frame::Infinitive) && sense.form != Form::Noun)
}

/// Whether what stands directly before token `at` can be the end of a content: a comma or a
/// quotation's end.
fn content_ends_before(paragraph: &Paragraph<'_>, sentence: &Range<usize>, at: usize) -> bool {
    at > sentence.start && (paragraph.is_quoted(at - 1) || paragraph.is_mark(at - 1, &[',', '—', '–']))
}

/// `"…," said Kaldan`.
fn inverted(paragraph: &Paragraph<'_>, verb: &Verb<'_>) -> Option<Report> {
    let Verb { sentence, cue, sense, .. } = verb;
    if !sense.allows(Frame::Before) || !matches!(sense.form, Form::Past | Form::Third) || sense.has(Trait::Addressee) {
        return None;
    }
    if cue.start == sentence.start {
        let source = sources::after(paragraph, cue.end, sentence.end, false)?;
        let mut quotation = source.end..sentence.end;
        let announced = quotation.any(|at| paragraph.is_mark(at, &[':', ',']) && paragraph.is_quoted(at + 1));
        let content = pieces(quotation.start..sentence.end, None);
        return announced.then(|| verb.report(Rule::CueThenQuote, content, Some(source)));
    }
    if verb.group != cue.start || !content_ends_before(paragraph, sentence, cue.start) {
        return None;
    }
    let after_quotation = paragraph.is_quoted(cue.start - 1)
        || cue.start >= 2 && paragraph.is_mark(cue.start - 1, &[',']) && paragraph.is_quoted(cue.start - 2);
    let source = sources::after(paragraph, cue.end, sentence.end, false)?;
    if paragraph.is(source.start, &[Class::ObjectPronoun]) && !paragraph.is(source.start, &[Class::SubjectPronoun]) {
        return None;
    }
    let closed = source.end >= sentence.end
        || paragraph.is_mark(source.end, &[',', '.', ';', '?', '!'])
        || paragraph.is_quoted(source.end)
        || paragraph.is(source.end, &[Class::Preposition, Class::Subordinator, Class::Day]);
    let named =
        (source.clone()).any(|at| paragraph.is_capitalised(at)) || paragraph.is(source.start, &[Class::Determiner]);
    let plain = closed && named && !has_apposition_comma(paragraph, sentence, cue.start - 1);
    if !after_quotation && !plain {
        return None;
    }
    let content = pieces(
        content_start(paragraph, sentence, cue.start)..cue.start,
        rest_of_quotation(paragraph, source.end, sentence.end),
    );
    Some(verb.report(before_rule(paragraph, &content), content, Some(source)))
}

/// Whether an earlier comma makes the one at `comma` look like the end of an apposition:
/// `Kaldan, the president, said`.
fn has_apposition_comma(paragraph: &Paragraph<'_>, sentence: &Range<usize>, comma: usize) -> bool {
    let Some(first) = (sentence.start..comma).find(|at| paragraph.is_mark(*at, &[','])) else { return false };
    let has_verb = (sentence.start..first).any(|at| paragraph.is(at, &[Class::Auxiliary]));
    !has_verb && first - sentence.start < 8
}

/// Where the content before a reporting clause begins: `As for the price, "it is high," she said` is
/// about the price in the reporter's words.
fn content_start(paragraph: &Paragraph<'_>, sentence: &Range<usize>, end: usize) -> usize {
    let last = (sentence.start..end).rev().take(2).find(|at| paragraph.is_quoted(*at));
    let Some(pair) = last.and_then(|last| paragraph.pair_at(last)) else { return sentence.start };
    let introduced = paragraph.is(sentence.start, &[Class::Preposition, Class::Subordinator])
        || paragraph.lower(sentence.start).ends_with("ing");
    let open = pair.outer.start;
    let comma = open > sentence.start && paragraph.is_mark(open - 1, &[',', ':']);
    if introduced && comma && !paragraph.is_quoted(sentence.start) { open } else { sentence.start }
}

fn before_rule(paragraph: &Paragraph<'_>, content: &[Range<usize>]) -> Rule {
    let quoted = content.iter().any(|piece| paragraph.count_words(piece).1 > 0);
    if quoted { Rule::QuoteThenCue } else { Rule::ReportBefore }
}

/// What goes on after the reporting clause that ends at `at`: `…," he said, "…"`.
///
/// Between the two may stand an apposition, but no other cue and no remark (`, adding, "…"`).
fn rest_of_quotation(paragraph: &Paragraph<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let start = (at..end.min(at + 30)).find(|at| paragraph.is_quoted(*at))?;
    let conjunction = start > at && paragraph.is(start - 1, &[Class::Conjunction]);
    let before = start - usize::from(conjunction);
    let follows = before == at
        && at > 0
        && (paragraph.is_capitalised(at - 1)
            || paragraph.is(at - 1, &[Class::Day, Class::SubjectPronoun])
            || paragraph.is_adverb(at - 1)
            || !paragraph.senses(at - 1).is_empty());
    let joined = follows || before > 0 && paragraph.is_mark(before - 1, &[',', ':', '—', '–', '-']);
    let remark = (at..start).any(|at| {
        let word = paragraph.lower(at);
        word.len() > 4 && word.ends_with("ing") || paragraph.senses(at).iter().any(|sense| sense.form != Form::Noun)
    });
    (joined && !remark).then_some(start..end)
}

fn with_source_before(paragraph: &Paragraph<'_>, verb: &Verb<'_>) -> Option<Report> {
    let Verb { sentence, cue, sense, group } = verb;
    let participle = sense.form == Form::Participle && *group == cue.start;
    if matches!(sense.form, Form::Base | Form::Third)
        && *group == cue.start
        && !looks_like_verb(paragraph, cue.start, sense.form)
    {
        return None;
    }
    if sense.form == Form::Past
        && *group == cue.start
        && paragraph.is(cue.start.wrapping_sub(1), &[Class::Determiner, Class::Preposition])
    {
        return None;
    }
    let source = sources::before(paragraph, sentence, *group, participle);
    let start = source.as_ref().map_or(*group, |source| source.start);
    let mention = source.map(|source| source.mention);
    mention.as_ref()?;
    let infinitive = sense.allows(Frame::Infinitive);
    let after = skip_adverbials(paragraph, cue.end, sentence.end, infinitive);
    // `…, he said.`
    if sense.allows(Frame::Before) && content_ends_before(paragraph, sentence, start) && !participle {
        let complement = complement(paragraph, &verb.as_cue(), after);
        let quoted = follows_quotation(paragraph, sentence, start);
        let backward = match complement {
            None => true,
            Some((Rule::ReportThat, at)) => quoted && at > cue.end,
            // `Asked about it, he said, "Late."`
            Some((Rule::CueThenQuote, at)) => quoted || continues_sentence(paragraph, at),
            Some(_) => quoted || is_parenthesis(paragraph, sentence, start, after),
        };
        let holds_quotation = paragraph.count_words(&(sentence.start..start)).1 > 0;
        if backward && (holds_quotation || sense.allows(Frame::Clause) || !sense.allows(Frame::Quote)) {
            let mut content = pieces(content_start(paragraph, sentence, start)..start, None);
            content.extend(rest_of_quotation(paragraph, after, sentence.end));
            if content.len() == 1 && paragraph.is_mark(after, &[',']) && !paragraph.is_quoted(start - 1) {
                content.extend(rest_of_clause(paragraph, after + 1, sentence.end));
            }
            return Some(verb.report(before_rule(paragraph, &content), content, mention));
        }
    }
    let (rule, from) = complement(paragraph, &verb.as_cue(), after)?;
    let limit = relative_clause_end(paragraph, verb, start, from)
        .or_else(|| whole_quotation_end(paragraph, from, sentence.end))
        .unwrap_or(sentence.end);
    let content = pieces(from..content_end(paragraph, from, limit), None);
    Some(verb.report(rule, content, mention))
}

/// Where a relative clause after the sentence's subject ends: `Vael, who said the port was old, left.`
///
/// A subject that begins the sentence still needs its verb, so that a comma before what looks like one
/// closes the clause.
fn relative_clause_end(paragraph: &Paragraph<'_>, verb: &Verb<'_>, source: usize, from: usize) -> Option<usize> {
    let Verb { sentence, group, .. } = verb;
    let relative =
        *group >= sentence.start + 2 && paragraph.lower(group - 1) == "who" && paragraph.is_mark(group - 2, &[',']);
    if !relative || source > sentence.start + 1 {
        return None;
    }
    let is_verb = |at: usize| {
        let at = (at..sentence.end).find(|at| !paragraph.is_adverb(*at)).unwrap_or(at);
        let word = paragraph.tokens.get(at).is_some_and(Token::is_word);
        word && !paragraph.is_capitalised(at) && !paragraph.lower(at).ends_with("ing") && !paragraph.is(at, NO_VERBS)
    };
    (from..sentence.end).find(|at| paragraph.is_mark(*at, &[',']) && !paragraph.is_quoted(*at) && is_verb(at + 1))
}

/// Where a quotation ends that begins a content and is a sentence of its own: `He said, “It holds,” and left.`
///
/// A phrase without a stop of its own goes on with the words after it: `He said “ice” was no cargo.`
fn whole_quotation_end(paragraph: &Paragraph<'_>, from: usize, end: usize) -> Option<usize> {
    let pair = paragraph.pair_at(from).filter(|pair| pair.outer.start == from)?;
    let stop = pair.inner.end.saturating_sub(1);
    let whole = paragraph.is_mark(stop, &[',', '.', '!', '?', '…']);
    let last = (pair.outer.end..end).all(|at| !paragraph.is_quoted(at));
    (whole && last).then_some(pair.outer.end)
}

/// Whether `…, he said, …` stands between commas.
fn is_parenthesis(paragraph: &Paragraph<'_>, sentence: &Range<usize>, start: usize, after: usize) -> bool {
    start > sentence.start + 1 && paragraph.is_mark(after, &[',']) && paragraph.is_mark(start - 1, &[','])
}

/// Whether a quotation of several words ends directly before `start`.
fn follows_quotation(paragraph: &Paragraph<'_>, sentence: &Range<usize>, start: usize) -> bool {
    let last = start
        - 1
        - usize::from(
            paragraph.is_mark(start - 1, &[',']) && start > sentence.start + 1 && !paragraph.is_quoted(start - 1),
        );
    paragraph.pair_at(last).is_some_and(|pair| {
        let end = pair.inner.end.saturating_sub(1);
        let stopped = paragraph.is_mark(end, &[',', '?', '!', '.', '—', '…']) || last + 1 < start;
        let open = pair.outer.start;
        let begins = open <= sentence.start + 1 || paragraph.is_mark(open - 1, &[',', ':', '—', '–', '-']);
        stopped && (begins || pair.inner.len() > WHOLE_WORDS)
    })
}

/// Whether the quotation at `at` goes on with a sentence begun before it: it begins in lower case.
fn continues_sentence(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.pair_at(at).is_some_and(|pair| !paragraph.is_capitalised(pair.inner.start))
}

/// The rest of a clause that a parenthesis breaks, unless it is a remark of its own.
fn rest_of_clause(paragraph: &Paragraph<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let remark = paragraph.lower(at).ends_with("ing")
        || paragraph.is(at, &[Class::Conjunction, Class::Subordinator, Class::Preposition])
        || paragraph.is_adverb(at) && paragraph.lower(at) != "there";
    (!remark && at < end).then_some(at..end)
}

/// Whether a form that can be a noun (`claims`, `plan`) is a verb here.
fn looks_like_verb(paragraph: &Paragraph<'_>, at: usize, form: Form) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let word = paragraph.lower(before);
    if paragraph.is(before, &[Class::SubjectPronoun]) || paragraph.is_mark(before, &[',', ')']) {
        return true;
    }
    if paragraph.is(before, &[Class::Determiner, Class::Preposition, Class::Possessive]) || matches!(word, "'s") {
        return false;
    }
    // `Six states closed the forum.`
    if paragraph.tokens[before].kind == TokenKind::Number || paragraph.is(before, &[Class::Numeral]) {
        return false;
    }
    match form {
        Form::Base => word.ends_with('s') || matches!(word, "people" | "to" | "and" | "voters"),
        _ => true,
    }
}

/// `according to her`, `according to the ministry`.
fn according_to(paragraph: &Paragraph<'_>, sentence: &Range<usize>, at: usize) -> Option<Report> {
    if paragraph.lower(at) != "according" || paragraph.lower(at + 1) != "to" {
        return None;
    }
    let source = sources::after(paragraph, at + 2, sentence.end, true)?;
    let opens = at == sentence.start
        || !(sentence.start..at).any(|at| {
            paragraph.tokens[at].is_word() && !paragraph.is_adverb(at) && !paragraph.is(at, &[Class::Conjunction])
        });
    let content = if opens {
        let comma = (source.end..sentence.end).find(|at| paragraph.is_mark(*at, &[',']))?;
        pieces(comma + 1..sentence.end, None)
    } else {
        // `The answer, according to the ministry, is two.`
        let within = paragraph.is_mark(at - 1, &[',']) && paragraph.is_mark(source.end, &[',']);
        let goes_on = within && paragraph.is(source.end + 1, &[Class::Auxiliary]);
        let rest = goes_on.then(|| source.end + 1..sentence.end);
        pieces(sentence.start..at, rest)
    };
    Some(Report { content, cue: at..at + 2, source: Some(source), rule: Rule::AccordingTo, is_speech: true })
}

/// `in the words of Farrow, “…”`: the quotation nearest behind, or else before it.
fn in_the_words_of(paragraph: &Paragraph<'_>, sentence: &Range<usize>, at: usize) -> Option<Report> {
    const PHRASE: [&str; 4] = ["in", "the", "words", "of"];
    if !PHRASE.iter().zip(at..).all(|(word, at)| paragraph.lower(at) == *word) {
        return None;
    }
    let end = at + PHRASE.len();
    let source = sources::after(paragraph, end, sentence.end, false)?;
    let pairs = paragraph.pairs_in(sentence);
    let behind = pairs.iter().find(|pair| pair.outer.start >= source.end);
    let pair = behind.or_else(|| pairs.iter().rev().find(|pair| pair.outer.end <= at))?;
    Some(Report {
        content: pieces(pair.inner.clone(), None),
        cue: at..end,
        source: Some(source),
        rule: Rule::AccordingTo,
        is_speech: true,
    })
}

/// `his claim that …`, `the suggestion that …`.
fn noun(paragraph: &Paragraph<'_>, sentence: &Range<usize>, at: usize, sense: &Sense) -> Option<Report> {
    let next = paragraph.lower(at + 1);
    let infinitive = sense.allows(Frame::Infinitive);
    if !(next == "that" && !infinitive || next == "to" && infinitive) || at + 2 >= sentence.end || at == sentence.start
    {
        return None;
    }
    let genitive = paragraph.lower(at - 1) == "'s";
    let possessive = paragraph.is(at - 1, &[Class::Possessive]);
    if infinitive && !genitive && !possessive {
        return None;
    }
    let source = if possessive {
        Some(at - 1..at)
    } else if genitive && at >= 2 {
        let mut start = at - 2;
        while start > sentence.start && paragraph.is_capitalised(start - 1) {
            start -= 1;
        }
        Some(start..at - 1)
    } else {
        None
    };
    let content = at + 1..content_end(paragraph, at + 1, sentence.end);
    Some(Report { content: pieces(content, None), cue: at..at + 1, source, rule: Rule::NounThat, is_speech: false })
}

/// `Kaldan is expected to …`: said by nobody in particular.
fn expected(paragraph: &Paragraph<'_>, verb: &Verb<'_>) -> Option<Report> {
    let at = verb.cue.end;
    (paragraph.lower(at) == "to" && verb.sense.allows(Frame::Infinitive)).then(|| {
        let content = at..content_end(paragraph, at, verb.sentence.end);
        verb.report(Rule::Expected, pieces(content, None), None)
    })
}
