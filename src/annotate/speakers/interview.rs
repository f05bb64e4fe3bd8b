//! Who interviews whom, as the article says it around its turns.
//!
//! For [`super::turns`], whose labels often name nobody: `Q`, `THE CHAIRMAN`, a question in bold.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::attribute::{Read, Source};
use super::cast::Cast;
use super::gazetteer::List;
use super::names::NameUse;
use super::parts::PartKind;
use super::turns;
use crate::model::fold_name;

/// What the article as a whole says of its interview.
#[derive(Debug, Default)]
pub(super) struct Interview<'a> {
    pub(super) outlet: Option<&'a str>,
    pub(super) authors: &'a [String],
    /// The one who is said to be interviewed.
    pub(super) interviewee: Option<usize>,
    /// Where nobody is said to be interviewed, the one whom the article is about.
    pub(super) subject: Option<usize>,
    /// The reporter who is said to interview.
    pub(super) interviewer: Option<usize>,
    /// Those who interview together, where two are named.
    pub(super) interviewers: Vec<usize>,
    /// The labels under which is asked, where they are so few that one person may stand behind them.
    pub(super) sole_asker: Option<Vec<String>>,
    /// Labels that name an office alone, and who says under them what her name is.
    pub(super) self_named: HashMap<String, usize>,
}

impl Interview<'_> {
    /// Everybody whom it knows to be a person.
    pub(super) fn persons(&self) -> impl Iterator<Item = usize> {
        let mut named: Vec<&usize> = self.self_named.values().collect();
        named.sort_unstable();
        self.interviewers.iter().chain(&self.interviewer).chain(&self.subject).chain(named).copied()
    }
}

/// What an article says of its interview; `headline` has the persons whom its headline names.
pub(super) fn of<'a>(
    cast: &Cast,
    parts: &[Read<'_>],
    source: Source<'a>,
    text: &str,
    headline: &[NameUse],
) -> Interview<'a> {
    let mut interview = stated(cast, parts, source);
    interview.self_named = self_named(cast, parts, text);
    let of_headline = || headline.iter().find_map(|name| cast.called(&name.text).first().copied());
    interview.subject = interview.subject.or_else(of_headline);
    let introduced = parts.iter().filter(|read| read.part.asks).filter_map(|read| {
        let (label, _) = read.part.label.as_ref()?;
        let name = turns::introduces_self(text.get(read.part.bytes.clone())?, label)?;
        cast.called(name).first().copied()
    });
    interview.interviewers.extend(introduced);
    interview
}

/// Who interviews whom, where the article says so.
fn stated<'a>(cast: &Cast, parts: &[Read<'_>], source: Source<'a>) -> Interview<'a> {
    let asking: BTreeSet<&str> = (parts.iter().filter(|read| read.part.kind == PartKind::Turn && read.part.asks))
        .filter_map(|read| Some(read.part.label.as_ref()?.0.as_str()))
        .collect();
    let mut interview = Interview {
        outlet: source.outlet,
        authors: source.authors,
        sole_asker: (asking.len() <= 2).then(|| asking.iter().map(|label| (*label).to_owned()).collect()),
        ..Interview::default()
    };
    for Read { paragraph, part, .. } in parts {
        for (at, token) in paragraph.tokens.iter().enumerate() {
            let Some(member) = cast.at(token.bytes.start) else { continue };
            let title =
                (at.saturating_sub(4)..at).rev().find(|at| !paragraph.is_capitalised(*at) && !paragraph.is_role(*at));
            let before = title.map_or("", |at| paragraph.lower(at));
            let earlier = title.and_then(|at| at.checked_sub(1)).map_or("", |at| paragraph.lower(at));
            let met = before == "interviewed"
                || matches!(earlier, "interview" | "spoke" | "talked" | "down" | "conversation")
                    && matches!(before, "with" | "to");
            if met {
                interview.interviewee.get_or_insert(member);
            }
            let words = cast.members[member].name.split(' ').count();
            let after = (at + words..at + words + 6)
                .take_while(|at| !paragraph.is_mark(*at, &['.', ',', ';']))
                .find(|at| turns::asks_whom(paragraph.lower(*at), paragraph.lower(at + 1)));
            let by = at >= 2
                && matches!(
                    (paragraph.lower(at - 2), paragraph.lower(at - 1)),
                    ("interview" | "interviewed" | "moderated" | "conducted", "by") | ("moderator", "was" | "is")
                );
            // `by Lorenz Haupt and Odile Normand`
            let second = (at + words + 1..at + words + 2)
                .filter(|second| by && paragraph.lower(second - 1) == "and")
                .find_map(|second| cast.at(paragraph.tokens.get(second)?.bytes.start));
            if let Some(second) = second {
                interview.interviewers = vec![member, second];
            }
            // `told Lorenz Haupt how he spends his day`
            let told =
                part.kind != PartKind::Turn && at > 0 && matches!(paragraph.lower(at - 1), "told" | "tells" | "tell");
            let asks = part.kind != PartKind::Turn && second.is_none() && (after.is_some() || by || told)
                || at > 0 && paragraph.is_listed(at - 1, &[List::Interviewer]);
            if asks && interview.interviewee != Some(member) {
                interview.interviewer.get_or_insert(member);
            }
        }
    }
    if interview.interviewee.is_none() && parts.iter().any(|read| read.part.kind == PartKind::Turn) {
        interview.subject = subject(cast, parts, source.authors, interview.interviewer);
    }
    interview
}

/// The labels under which somebody says what the name is, each with the one who says it.
fn self_named(cast: &Cast, parts: &[Read<'_>], text: &str) -> HashMap<String, usize> {
    let labelled = parts.iter().filter_map(|read| {
        let (label, _) = read.part.label.as_ref().filter(|(_, span)| span.is_some())?;
        let member = turns::names_himself(cast, label, text.get(read.part.bytes.clone())?)?;
        Some((fold_name(label), member))
    });
    let mut named = HashMap::new();
    for (label, member) in labelled {
        named.entry(label).or_insert(member);
    }
    named
}

/// Whom an interview is about that names nobody as interviewed: the person most often named outside the
/// turns, the first of equals.
fn subject(cast: &Cast, parts: &[Read<'_>], authors: &[String], interviewer: Option<usize>) -> Option<usize> {
    let first_turn = parts.iter().position(|read| read.part.kind == PartKind::Turn).unwrap_or(parts.len());
    let outside = |parts: &[Read<'_>]| -> Vec<Range<usize>> {
        let outside = parts.iter().filter(|read| read.part.kind != PartKind::Turn);
        let mut outside: Vec<Range<usize>> = outside.map(|read| read.part.bytes.clone()).collect();
        outside.sort_unstable_by_key(|part| part.start);
        outside
    };
    // Whom the introduction names, or else the rest.
    let (before, anywhere) = (outside(&parts[..first_turn]), outside(parts));
    let count = |member: usize, parts: &[Range<usize>]| {
        let inside = |mention: &&Range<usize>| {
            let after = parts.partition_point(|part| part.start <= mention.start);
            after.checked_sub(1).is_some_and(|last| parts[last].contains(&mention.start))
        };
        cast.members[member].mentions.iter().filter(inside).count()
    };
    let introduced = (0..cast.members.len()).any(|member| cast.members[member].is_person && count(member, &before) > 0);
    let named = |member: usize| count(member, if introduced { &before } else { &anywhere });
    // `Bahram Voss draws maps.`: nothing but his place says that he is a person.
    let opening = parts[..first_turn].iter().find_map(|read| begins_with_person(cast, read));
    let opens = |member: usize| opening == Some(member);
    let first = |member: usize| cast.members[member].mentions.first().map_or(usize::MAX, |mention| mention.start);
    let is_author = |name: &str| authors.iter().any(|author| fold_name(author) == fold_name(name));
    (0..cast.members.len())
        .filter(|member| Some(*member) != interviewer)
        .filter(|member| cast.members[*member].is_person || opens(*member))
        .filter(|member| !is_author(&cast.members[*member].name))
        .map(|member| (named(member), member))
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, member)| (*count, std::cmp::Reverse(first(*member))))
        .map(|(_, member)| member)
}

/// The member of several names with whom a paragraph begins as its subject: a word in lower case follows.
fn begins_with_person(cast: &Cast, read: &Read<'_>) -> Option<usize> {
    let paragraph = &read.paragraph;
    let member = cast.at(paragraph.tokens.first()?.bytes.start)?;
    let words = cast.members[member].name.split(' ').count();
    let verb = paragraph.tokens.get(words)?.text.starts_with(char::is_lowercase);
    let outlet = cast.outlets.contains_key(&fold_name(&cast.members[member].name));
    (words > 1 && verb && !outlet).then_some(member)
}
