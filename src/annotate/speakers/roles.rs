//! What somebody is, from the words beside the name.

use std::ops::Range;

use super::gazetteer;
use super::grammar::{Class, is_adverb};
use super::paragraph::Paragraph;

/// The longest role, in tokens.
const LONGEST: usize = 22;
/// How far into an apposition its role word stands: `a retired senior customs officer`.
const ROLE_WITHIN: usize = 6;

/// A title in words: `Kastrian President` gives `Kastrian president`.
pub(super) fn in_words(paragraph: &Paragraph<'_>, tokens: &Range<usize>) -> String {
    let mut last_role = false;
    let words = tokens.clone().rev().filter_map(|at| {
        let token = paragraph.tokens.get(at)?;
        let role = token.is_role()
            || last_role
                && matches!(
                    &*token.lower,
                    "prime"
                        | "vice"
                        | "foreign"
                        | "former"
                        | "deputy"
                        | "acting"
                        | "interior"
                        | "transport"
                        | "energy"
                        | "commerce"
                        | "defence"
                        | "defense"
                        | "finance"
                );
        last_role |= role;
        Some(if role { token.lower.clone().into_owned() } else { token.text.to_owned() })
    });
    let mut words: Vec<String> = words.collect();
    words.reverse();
    words.join(" ")
}

/// The role in an apposition that begins with the comma at `comma`: `, director of the Institute,`.
pub(super) fn after(paragraph: &Paragraph<'_>, comma: usize) -> Option<(String, Range<usize>)> {
    // `Claire Dumonceau is the prime minister of Arvelle`, `has been mayor for a year`.
    let copula = matches!(paragraph.lower(comma), "is" | "was");
    let perfect = paragraph.lower(comma) == "has" && paragraph.lower(comma + 1) == "been";
    if !(copula || perfect || paragraph.is_mark(comma, &[',', '—', '–', '|'])) {
        return None;
    }
    // `was foreign minister and has been prime minister since`: what somebody is goes before what he was.
    if paragraph.lower(comma) == "was"
        && let Some(and) = (comma + 1..comma + 14).find(|at| {
            paragraph.lower(*at) == "and" && (paragraph.lower(*at + 1) == "is" || paragraph.lower(*at + 2) == "been")
        })
        && let Some(now) = after(paragraph, and + 1)
    {
        return Some(now);
    }
    let mut start = comma + 1 + usize::from(perfect);
    // An age: `, 56, the head of`.
    if paragraph.tokens.get(start).is_some_and(super::grammar::is_number) && paragraph.is_mark(start + 1, &[',']) {
        start += 2;
    }
    if matches!(paragraph.lower(start), "who") && matches!(paragraph.lower(start + 1), "is" | "was") {
        start += 2;
    }
    let article =
        matches!(paragraph.lower(start), "the" | "a" | "an" | "now") || paragraph.is(start, &[Class::Possessive]);
    start += usize::from(article);
    start += usize::from(matches!(paragraph.lower(start), "new" | "now"));
    let role = (start..start + ROLE_WITHIN)
        .take_while(|at| paragraph.is_nominal(*at) && !paragraph.is_adverb(*at))
        .find(|at| paragraph.is_role(*at))?;
    // A list of persons, not an apposition: `President Kaldan, Premier Lin and others`.
    if paragraph.is_capitalised(role) && paragraph.is_capitalised(role + 1) {
        return None;
    }
    let mut end = role + 1;
    while end < paragraph.tokens.len() && end - start < LONGEST && continues(paragraph, end) {
        end += 1;
    }
    while end > role + 1 && paragraph.is(end - 1, &[Class::Preposition, Class::Conjunction, Class::Determiner]) {
        end -= 1;
    }
    phrase(paragraph, start..end)
}

fn continues(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let word = paragraph.lower(at);
    let about_time = matches!(word, "about" | "after" | "before" | "during" | "by" | "with" | "on" | "since" | "until")
        || word == "for" && paragraph.tokens.get(at + 1).is_some_and(super::grammar::is_number)
        || paragraph.is(at, &[Class::Day]);
    let inner = paragraph.is(at, &[Class::Preposition, Class::Determiner]) || matches!(word, "and" | "&");
    let verb = !paragraph.is_capitalised(at)
        && paragraph.senses(at).iter().any(|sense| sense.allows(super::cues::Frame::Before));
    !about_time && !verb && !is_adverb(word) && (paragraph.is_nominal(at) || inner) && !paragraph.is_quoted(at)
}

/// The role before a name: `the prime minister of Arvelle, Claire Dumonceau`, or the outlet of a
/// reporter: `Lanqing Daily (LD) reporter Wu Jiayi`.
pub(super) fn before(paragraph: &Paragraph<'_>, name: usize) -> Option<(String, Range<usize>)> {
    let comma = name.checked_sub(1)?;
    if !paragraph.is_mark(comma, &[',']) {
        return None;
    }
    let start = (comma.saturating_sub(12)..comma).rev().find(|at| {
        (matches!(paragraph.lower(*at), "the" | "a" | "an") || paragraph.is(*at, &[Class::Possessive]))
            && paragraph.is_role(*at + 1)
            || paragraph.lower(*at) == "the" && paragraph.is_role(*at + 2)
    })?;
    let clean = (start + 1..comma)
        .all(|at| paragraph.is_nominal(at) || paragraph.is(at, &[Class::Preposition, Class::Determiner]));
    let (role, bytes) = clean.then(|| phrase(paragraph, start + 1..comma)).flatten()?;
    // `the Prime Minister of the Isles, Fiona Strandgaard`: a role is written as roles are.
    let words: Vec<String> = role
        .split(' ')
        .map(|word| {
            if gazetteer::is_role(&word.to_lowercase()) || word == "Prime" || word == "Foreign" {
                word.to_lowercase()
            } else {
                word.to_owned()
            }
        })
        .collect();
    Some((words.join(" "), bytes))
}

/// The body that somebody works for, before a title: `Lanqing Daily (LD) reporter`; its name, and
/// where it stands.
pub(super) fn outlet_before(paragraph: &Paragraph<'_>, title: usize) -> Option<(Range<usize>, Option<String>)> {
    let mut end = title;
    let mut short = None;
    if end > 0 && paragraph.is_mark(end - 1, &[')']) {
        let open = (end.saturating_sub(6)..end).rev().find(|at| paragraph.is_mark(*at, &['(']))?;
        short = super::names::bracket(paragraph, open).0;
        end = open;
    }
    let mut start = end;
    while start > 0
        && end - start < 6
        && paragraph.is_capitalised(start - 1)
        && !paragraph.is(start - 1, &[Class::Preposition, Class::Possessive, Class::Determiner])
    {
        start -= 1;
    }
    (start < end).then_some((start..end, short))
}

fn phrase(paragraph: &Paragraph<'_>, tokens: Range<usize>) -> Option<(String, Range<usize>)> {
    let bytes = paragraph.bytes(&tokens)?;
    let mut text = String::new();
    let mut end = bytes.start;
    for at in tokens {
        let token = paragraph.tokens.get(at)?;
        if token.bytes.start > end {
            text.push(' ');
        }
        text.push_str(token.text);
        end = token.bytes.end;
    }
    Some((text, bytes))
}
