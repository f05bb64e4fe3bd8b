//! From the words that name a source to the person: names, pronouns, descriptions, bodies.
//!
//! An anonymous source stays anonymous: `a senior Dorunan official` is a mention without a speaker.
//! A body that speaks (`the Amber Development Bank`) is a speaker of its own, by the slug of its name.

use std::ops::Range;

use super::antecedents::Recent;
use super::cast::{Cast, Register, same_office};
use super::gazetteer::{self, Gender, List};
use super::grammar::{self, Class};
use super::paragraph::Paragraph;
use crate::model::{Speaker, SpeakerId, fold_name, slug};

/// How a mention became a speaker.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    /// Who it is.
    pub(super) speaker: Speaker,
    /// The member of the cast, unless it is a body.
    pub(super) member: Option<usize>,
    /// How sure the step from the words to the person is.
    pub(super) confidence: f32,
    /// In words, to follow the finding's reason.
    pub(super) because: String,
}

/// Heads of a state or government, for `the Dorunan leader`; of ministers only the first.
const LEADERS: [&str; 9] =
    ["president", "premier", "minister", "chancellor", "king", "queen", "emir", "sultan", "leader"];

/// Where a mention stands.
pub(super) struct Place<'p, 't> {
    pub(super) paragraph: &'p Paragraph<'t>,
    /// The mention, in tokens.
    pub(super) tokens: Range<usize>,
    /// The sentence, counted through the article.
    pub(super) sentence: usize,
}

/// The speaker that the mention at `place` means.
pub(super) fn resolve(cast: &Cast, recent: &Recent, register: Register<'_>, place: &Place<'_, '_>) -> Option<Resolved> {
    let paragraph = place.paragraph;
    if place.tokens.len() == 1
        && paragraph.is(place.tokens.start, &[Class::SubjectPronoun, Class::ObjectPronoun, Class::Possessive])
    {
        return pronoun(cast, recent, place);
    }
    if is_anonymous(paragraph, &place.tokens) {
        return None;
    }
    by_name(cast, place)
        .or_else(|| description(cast, recent, place))
        .or_else(|| body(register, paragraph, &place.tokens))
}

/// The gender of a pronoun.
pub(super) fn gender_of(pronoun: &str) -> Option<Gender> {
    match pronoun {
        "he" | "him" | "his" => Some(Gender::Male),
        "she" | "her" => Some(Gender::Female),
        _ => None,
    }
}

/// A member of the cast as a speaker.
pub(super) fn speaker(cast: &Cast, member: usize) -> Speaker {
    let member = &cast.members[member];
    Speaker::new(member.id.clone(), member.name.clone(), member.role.clone())
}

fn pronoun(cast: &Cast, recent: &Recent, place: &Place<'_, '_>) -> Option<Resolved> {
    let word = place.paragraph.lower(place.tokens.start);
    let found = recent.pronoun(&cast.members, gender_of(word)?, place.sentence)?;
    let speaker = speaker(cast, found.member);
    let because = format!("“{word}” goes back to {}", speaker.name);
    Some(Resolved { speaker, member: Some(found.member), confidence: found.confidence, because })
}

/// Whether the mention describes somebody without saying who: `a spokesman for Kaldan`, `critics`.
fn is_anonymous(paragraph: &Paragraph<'_>, tokens: &Range<usize>) -> bool {
    let first = paragraph.lower(tokens.start);
    let indefinite = matches!(
        first,
        "a" | "an" | "some" | "many" | "several" | "one" | "another" | "two" | "three" | "few" | "most"
    );
    let named = tokens.clone().any(|at| paragraph.is_capitalised(at));
    // `a senior official named Vael` names him, `a Dorunan official` nobody.
    indefinite && !(named && ends_with_name(paragraph, tokens)) || !named && first != "the"
}

/// Whether the mention's last word is a capital after a role: `a spokesman, Pieter Vael`.
fn ends_with_name(paragraph: &Paragraph<'_>, tokens: &Range<usize>) -> bool {
    tokens.len() > 2
        && paragraph.is_capitalised(tokens.end - 1)
        && !paragraph.is(tokens.end - 2, &[Class::Preposition, Class::Determiner])
        && !tokens.clone().any(|at| matches!(paragraph.lower(at), "for" | "of" | "from" | "at" | "in"))
}

/// By a name of the cast within the mention, unless the name belongs to somebody or something else:
/// `Kaldan's spokesman`, `the office of Kaldan`.
fn by_name(cast: &Cast, place: &Place<'_, '_>) -> Option<Resolved> {
    let Place { paragraph, tokens, .. } = place;
    let mut inside = false;
    for at in tokens.clone() {
        let token = paragraph.tokens.get(at)?;
        inside |= matches!(&*token.lower, "for" | "of" | "from" | "at" | "in" | "on" | "with");
        let Some(index) = cast.at(token.bytes.start).filter(|_| !inside) else { continue };
        let member = &cast.members[index];
        let place = member.mentions.partition_point(|mention| mention.start < token.bytes.start);
        let end = member.mentions.get(place).map_or(token.bytes.end, |mention| mention.end);
        let after =
            (at..=tokens.end).find(|at| paragraph.tokens.get(*at).is_some_and(|token| token.bytes.start >= end));
        if after.is_some_and(|after| after < tokens.end && paragraph.lower(after) == "'s") {
            continue;
        }
        let speaker = speaker(cast, index);
        let written = fold_name(&speaker.name) == fold_name(&token_text(paragraph, at, end));
        let because = match (&member.alias, written) {
            (_, true) => format!("{} is named in full", speaker.name),
            (Some(_), false) => format!("the name is one of {} in the authority file or the article", speaker.name),
            (None, false) => format!("the name is short for {}", speaker.name),
        };
        let rivals =
            cast.called(&token_text(paragraph, at, end)).iter().filter(|rival| cast.members[**rival].is_person).count()
                > 1;
        let confidence = if written {
            0.99
        } else if rivals {
            0.75
        } else {
            0.96
        };
        return Some(Resolved { speaker, member: Some(index), confidence, because });
    }
    None
}

fn token_text(paragraph: &Paragraph<'_>, at: usize, end: usize) -> String {
    let words = paragraph.tokens.iter().skip(at).take_while(|token| token.bytes.end <= end).map(|token| token.text);
    words.collect::<Vec<_>>().join(" ")
}

/// `the president`, `the Dorunan leader`, `the foreign minister of Zhemeria`.
fn description(cast: &Cast, recent: &Recent, place: &Place<'_, '_>) -> Option<Resolved> {
    let Place { paragraph, tokens, .. } = place;
    if paragraph.lower(tokens.start) != "the" {
        return None;
    }
    let head_end = tokens.clone().find(|at| paragraph.is(*at, &[Class::Preposition])).unwrap_or(tokens.end);
    let role = paragraph.lower(head_end.checked_sub(1)?);
    if head_end < tokens.start + 2 || !gazetteer::is_role(role) {
        return None;
    }
    let leads = role == "leader";
    let qualifiers: Vec<String> = tokens
        .clone()
        .filter(|at| *at != tokens.start && paragraph.is_capitalised(*at) && *at + 1 != head_end)
        .map(|at| fold_name(paragraph.tokens[at].text))
        .collect();
    let prime = head_end >= 2 && paragraph.lower(head_end - 2) == "prime";
    let fits = |member: usize| {
        let member = &cast.members[member];
        let Some(held) = member.role.as_deref().map(fold_name).filter(|_| member.is_person) else { return false };
        let office = if leads {
            !held.split(' ').any(|word| word == "minister") || held.contains("prime minister")
        } else {
            same_office(&held, role) && prime == held.contains("prime minister")
        };
        office && qualifiers.iter().all(|qualifier| held.split(' ').any(|word| related(word, qualifier)))
    };
    let offices: &[&str] = if leads { &LEADERS } else { &[role] };
    let mut fitting: Vec<usize> =
        offices.iter().flat_map(|office| cast.in_office(office)).copied().filter(|member| fits(*member)).collect();
    fitting.sort_unstable();
    fitting.dedup();
    let member = match fitting.as_slice() {
        [] => return None,
        [only] => *only,
        _ => recent.latest(fits)?,
    };
    let confidence = if fitting.len() == 1 { 0.85 } else { 0.6 };
    let speaker = speaker(cast, member);
    let because = format!(
        "“{}” describes {}",
        token_text(paragraph, tokens.start, paragraph.tokens[head_end - 1].bytes.end),
        speaker.name
    );
    Some(Resolved { speaker, member: Some(member), confidence, because })
}

/// Whether a state and its adjective may be meant: `Doruna` and `Dorunan`, `Kyrgyzstan` and `Kyrgyz`.
fn related(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let shorter = a.chars().count().min(b.chars().count());
    common >= 4 && common + 1 >= shorter
}

/// A body by its name: capitals after an article.
fn body(register: Register<'_>, paragraph: &Paragraph<'_>, tokens: &Range<usize>) -> Option<Resolved> {
    let start = tokens.start + usize::from(paragraph.lower(tokens.start) == "the");
    let mut end = start;
    while end < tokens.end {
        let joined = matches!(paragraph.lower(end), "of" | "for" | "and" | "&")
            && paragraph.is_capitalised(end + 1)
            && end > start;
        if !(paragraph.is_capitalised(end) || joined) {
            break;
        }
        end += 1;
    }
    // `Dorunan officials` are not Doruna, `Kaldan's aide` is not Kaldan.
    let whole = end == tokens.end || paragraph.is(end, &[Class::Preposition]);
    let pronoun = grammar::is(paragraph.lower(start), &[Class::SubjectPronoun, Class::Determiner, Class::Possessive]);
    // `The Parties`, `the Bank`: a common noun in capitals, or a group.
    let common = end == start + 1
        && (paragraph.lower(start).ends_with('s')
            || paragraph.is_listed(start, &[List::Body, List::Role, List::Indefinite]));
    if end == start || !whole || pronoun || common {
        return None;
    }
    let range = paragraph.bytes(&(start..end))?;
    let name = token_text(paragraph, start, range.end);
    let person = register.authority.find(&name);
    let id = person.map_or_else(|| SpeakerId::new(slug(&name)), |person| person.id.clone());
    if id.as_str().is_empty() {
        return None;
    }
    let role = person.and_then(|person| person.role_on(register.on)).map(str::to_owned);
    let speaker = Speaker::new(id, person.map_or(name, |person| person.name.clone()), role);
    let because = format!("{} is named", speaker.name);
    Some(Resolved { speaker, member: None, confidence: if person.is_some() { 0.97 } else { 0.85 }, because })
}
