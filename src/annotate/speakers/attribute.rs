//! One article from its parts to its turns, quotes and cast, in reading order.

use std::collections::HashSet;
use std::ops::Range;

use super::cast::{Cast, Register};
use super::find::{self, Finder};
use super::finding::Finding;
use super::interview;
use super::labels;
use super::names::{self, NameUse};
use super::nested;
use super::paragraph::Paragraph;
use super::parts::{Part, PartKind};
use super::roles;
use super::turns;
use super::writer::{Turn, Writer};
use super::{CastMember, SpeakerAnnotation};
use crate::model::{CodePoints, fold_name};

/// What an article says of itself that helps with its turns.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Source<'a> {
    pub(super) outlet: Option<&'a str>,
    pub(super) authors: &'a [String],
    /// Its headline, which often names the speakers in full.
    pub(super) title: Option<&'a str>,
    /// How many blocks the article has.
    pub(super) blocks: usize,
}

/// A part with its paragraph read and what is found in it.
pub(super) struct Read<'t> {
    pub(super) part: Part,
    pub(super) paragraph: Paragraph<'t>,
    pub(super) findings: Vec<Finding>,
}

/// Says who speaks in the `parts` of `text`.
pub(super) fn attribute(text: &str, parts: Vec<Part>, register: Register<'_>, source: Source<'_>) -> SpeakerAnnotation {
    let points = CodePoints::new(text);
    let parts = read(text, parts, register.finder);
    let mut uses: Vec<NameUse> = parts.iter().flat_map(uses_in).collect();
    // Whoever is spoken to by a name bears it wherever it stands.
    let called: HashSet<String> = uses.iter().filter(|name| name.is_spoken_to).map(|name| name.text.clone()).collect();
    for name in &mut uses {
        name.is_person |= called.contains(&name.text);
    }
    let mut labels = stated_labels(&parts);
    // `Doruna Dispatch` looks like a person; `the Doruna Dispatch` is none.
    let articled = articled(text, &labels);
    let outlet = source.outlet.map(fold_name);
    labels.retain(|label| outlet.as_ref() != Some(&fold_name(label)) && !articled.contains(label));
    let talks = parts.iter().any(|read| read.part.kind == PartKind::Turn);
    let headline = source.title.filter(|_| talks).map(turns::in_headline).unwrap_or_default();
    let mut introduced: Vec<NameUse> = labels.iter().copied().filter_map(turns::introduces).collect();
    introduced.extend(headline.iter().filter(|name| name.words.len() > 1).cloned());
    let mut cast = Cast::build(&uses, &introduced, register);
    for label in &labels {
        turns::recognise(&mut cast, label);
    }
    note_bodies(&mut cast, &parts);
    recognise_sources(&mut cast, &parts);
    for name in &headline {
        if let [only] = cast.called(&name.text) {
            let role = name.role.as_ref().map(|(role, _)| role).or(name.title.as_ref());
            cast.recognise_as(*only, role.map(String::as_str).filter(|role| !role.is_empty()));
        }
    }
    let interview = interview::of(&cast, &parts, source, text, &headline);
    for member in interview.persons() {
        cast.recognise(member);
    }
    let mut writer = Writer::new(text, &points, &cast, register, source.blocks);
    let mut turn: Option<Turn> = None;
    for (index, part) in parts.iter().enumerate() {
        turn = writer.turn_of(part, turn, &interview);
        let speaker = turn.as_ref().and_then(|turn| turn.speaker.as_ref());
        writer.part(&parts, index, speaker);
    }
    let Writer { quotes, turns, .. } = writer;
    SpeakerAnnotation { turns, quotes, cast: cast_of(&cast, &points) }
}

fn read<'t>(text: &'t str, parts: Vec<Part>, finder: &Finder) -> Vec<Read<'t>> {
    let following: Vec<Option<Range<usize>>> =
        parts.iter().skip(1).map(|part| Some(part.bytes.clone())).chain([None]).collect();
    parts
        .into_iter()
        .zip(following)
        .map(|(part, next)| {
            let paragraph = Paragraph::read(text, part.bytes.clone(), next);
            let mut findings = Vec::new();
            if part.kind != PartKind::NamesOnly {
                findings.extend(find::find(&paragraph, part.kind == PartKind::Turn, finder));
                findings.extend(nested::find(&paragraph));
                findings.sort_by_key(|finding| (finding.spans[0].start, finding.spans[0].end));
            }
            Read { part, paragraph, findings }
        })
        .collect()
}

/// The names used in a part.
fn uses_in(read: &Read<'_>) -> Vec<NameUse> {
    let label = read.part.label.as_ref().filter(|_| read.part.kind == PartKind::Turn);
    let within = label.map(|(label, _)| labels::bare(label));
    let mut uses = names::uses(&read.paragraph);
    for name in &mut uses {
        name.within.clone_from(&within);
        // What a chairman says before the first label is prose: `All right, Edie?`
        let asked = names::is_spoken_to(&read.paragraph, name);
        name.is_spoken_to = asked == Some('?') || asked.is_some() && read.part.kind == PartKind::Turn;
    }
    uses
}

/// The labels that stand before turns, each once, in reading order.
fn stated_labels<'p>(parts: &'p [Read<'_>]) -> Vec<&'p str> {
    let mut seen = HashSet::new();
    let stated = parts.iter().filter_map(|read| read.part.label.as_ref()).filter(|(_, span)| span.is_some());
    stated.map(|(label, _)| label.as_str()).filter(|label| seen.insert(*label)).collect()
}

/// Words of a label that is looked for in the text; longer ones are no outlet's name.
const LABEL_WORDS: usize = 8;

/// Those of the `labels` of several words that stand after `the` somewhere in `text`, found in one pass over it.
fn articled<'l>(text: &str, labels: &[&'l str]) -> HashSet<&'l str> {
    let known: HashSet<&str> = labels.iter().copied().filter(|label| label.contains(' ')).collect();
    let mut found = HashSet::new();
    if known.is_empty() {
        return found;
    }
    for (at, article) in text.match_indices("he ").filter(|(at, _)| text[..*at].ends_with(['t', 'T'])) {
        let rest = &text[at + article.len()..];
        let ends = rest.match_indices(|letter: char| !letter.is_alphanumeric()).map(|(end, _)| end);
        let prefixes = ends.chain([rest.len()]).take(LABEL_WORDS).map(|end| &rest[..end]);
        found.extend(prefixes.filter_map(|prefix| known.get(prefix)).copied());
    }
    found
}

/// Bodies that the text abbreviates in brackets: `Lanqing Daily (LD)`.
fn note_bodies(cast: &mut Cast, parts: &[Read<'_>]) {
    for Read { paragraph, .. } in parts {
        for open in (0..paragraph.tokens.len()).filter(|at| paragraph.is_mark(*at, &['('])) {
            let (Some(short), after) = names::bracket(paragraph, open) else { continue };
            let Some((body, _)) = roles::outlet_before(paragraph, after) else { continue };
            let Some(bytes) = paragraph.bytes(&body) else { continue };
            if cast.at(bytes.start).is_none() && short.chars().all(|letter| !letter.is_lowercase()) {
                let words: Vec<&str> = body.map(|at| paragraph.tokens[at].text).collect();
                cast.outlets.entry(fold_name(&short)).or_insert((words.join(" "), None));
            }
        }
    }
}

/// Whoever is a cue's source under two words or more is a person.
fn recognise_sources(cast: &mut Cast, parts: &[Read<'_>]) {
    let mentions = parts.iter().flat_map(|part| &part.findings).filter_map(|finding| finding.mention.as_ref());
    let sources: Vec<usize> = mentions.filter_map(|mention| cast.at(mention.start)).collect();
    for source in sources {
        cast.recognise(source);
    }
}

fn cast_of(cast: &Cast, points: &CodePoints<'_>) -> Vec<CastMember> {
    let mut persons: Vec<CastMember> = cast
        .members
        .iter()
        .filter(|member| member.is_person && !member.mentions.is_empty())
        .map(|member| CastMember {
            id: member.id.clone(),
            name: member.name.clone(),
            role: member.role.clone(),
            names: member.names.clone(),
            mentions: member.mentions.iter().map(|bytes| points.span(bytes)).collect(),
        })
        .collect();
    persons.sort_by_key(|member| member.mentions.first().copied());
    persons
}
