//! One article from its parts to its turns, quotes and cast, in reading order.

use std::collections::HashMap;
use std::ops::Range;

use super::antecedents::Recent;
use super::cast::{Cast, Register};
use super::find;
use super::finding::Finding;
use super::gazetteer::{self, List};
use super::grammar::Class;
use super::names::{self, NameUse};
use super::paragraph::Paragraph;
use super::parts::{Part, PartKind};
use super::resolve::{self, Place, Resolved};
use super::roles;
use super::rules::Rule;
use super::turns::{self, Interview, TurnSpeaker};
use super::{CastMember, SpeakerAnnotation};
use crate::model::{Attribution, CodePoints, Confidence, Evidence, Mention, Quote, QuoteKind, Speaker, Why, fold_name};

/// What an article says of itself that helps with its turns.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Source<'a> {
    pub(super) outlet: Option<&'a str>,
    pub(super) authors: &'a [String],
    /// How many blocks the article has.
    pub(super) blocks: usize,
}

/// A part with its paragraph read.
struct Read<'t> {
    part: Part,
    paragraph: Paragraph<'t>,
    findings: Vec<Finding>,
}

/// Says who speaks in the `parts` of `text`.
pub(super) fn attribute(text: &str, parts: Vec<Part>, register: Register<'_>, source: Source<'_>) -> SpeakerAnnotation {
    let points = CodePoints::new(text);
    let parts = read(text, parts);
    let uses: Vec<NameUse> = parts.iter().flat_map(|part| names::uses(&part.paragraph)).collect();
    let mut cast = Cast::build(&uses, register);
    note_bodies(&mut cast, &parts);
    recognise_sources(&mut cast, &parts);
    let interview = interview(&cast, &parts, source);
    let mut writer = Writer {
        text,
        points: &points,
        cast: &cast,
        register,
        recent: Recent::default(),
        sentence: 0,
        quotes: Vec::new(),
        turns: vec![None; source.blocks],
        last_quote: None,
    };
    let mut turn: Option<Turn> = None;
    for (index, part) in parts.iter().enumerate() {
        turn = writer.turn_of(part, turn, &interview);
        let speaker = turn.as_ref().and_then(|turn| turn.speaker.as_ref());
        writer.part(&parts, index, speaker);
    }
    let Writer { quotes, turns, .. } = writer;
    SpeakerAnnotation { turns, quotes, cast: cast_of(&cast, &points) }
}

fn read(text: &str, parts: Vec<Part>) -> Vec<Read<'_>> {
    let following: Vec<Option<Range<usize>>> =
        parts.iter().skip(1).map(|part| Some(part.bytes.clone())).chain([None]).collect();
    parts
        .into_iter()
        .zip(following)
        .map(|(part, next)| {
            let paragraph = Paragraph::read(text, part.bytes.clone(), next);
            let findings = if part.kind == PartKind::NamesOnly {
                Vec::new()
            } else {
                find::find(&paragraph, part.kind == PartKind::Turn)
            };
            Read { part, paragraph, findings }
        })
        .collect()
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

/// Who interviews whom, where the article says so.
fn interview<'a>(cast: &Cast, parts: &[Read<'_>], source: Source<'a>) -> Interview<'a> {
    let mut interview = Interview { outlet: source.outlet, authors: source.authors, ..Interview::default() };
    for Read { paragraph, .. } in parts {
        for (at, token) in paragraph.tokens.iter().enumerate() {
            let Some(member) = cast.at(token.bytes.start) else { continue };
            let title = (at.saturating_sub(4)..at)
                .rev()
                .find(|at| !paragraph.is_capitalised(*at) && !gazetteer::is_role(paragraph.lower(*at)));
            let before = title.map_or("", |at| paragraph.lower(at));
            let earlier = title.and_then(|at| at.checked_sub(1)).map_or("", |at| paragraph.lower(at));
            let met = before == "interviewed"
                || matches!(earlier, "interview" | "spoke" | "talked" | "down" | "conversation")
                    && matches!(before, "with" | "to");
            if met {
                interview.interviewee.get_or_insert(member);
            }
            let words = cast.members[member].name.split(' ').count();
            let asks = paragraph.lower(at + words) == "interviewed"
                || at > 0 && gazetteer::is(paragraph.lower(at - 1), &[List::Interviewer]);
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

/// Whom an interview is about that names nobody as interviewed: the person most often named outside the
/// turns, the first of equals.
fn subject(cast: &Cast, parts: &[Read<'_>], authors: &[String], interviewer: Option<usize>) -> Option<usize> {
    let outside: Vec<Range<usize>> =
        parts.iter().filter(|read| read.part.kind != PartKind::Turn).map(|read| read.part.bytes.clone()).collect();
    let named = |member: usize| {
        let begins_outside = |mention: &&Range<usize>| outside.iter().any(|part| part.contains(&mention.start));
        cast.members[member].mentions.iter().filter(begins_outside).count()
    };
    let is_author = |name: &str| authors.iter().any(|author| fold_name(author) == fold_name(name));
    (0..cast.members.len())
        .filter(|member| Some(*member) != interviewer)
        .filter(|member| cast.members[*member].is_person && !is_author(&cast.members[*member].name))
        .map(|member| (named(member), member))
        .filter(|(count, _)| *count > 0)
        .max_by_key(|(count, member)| (*count, std::cmp::Reverse(cast.members[*member].introduction.start)))
        .map(|(_, member)| member)
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

/// The turn that is going on.
struct Turn {
    /// The block that it began in.
    block: usize,
    label: String,
    speaker: Option<TurnSpeaker>,
}

/// What is known so far while the article is read.
struct Writer<'a> {
    text: &'a str,
    points: &'a CodePoints<'a>,
    cast: &'a Cast,
    register: Register<'a>,
    recent: Recent,
    /// Sentences so far.
    sentence: usize,
    quotes: Vec<Quote>,
    turns: Vec<Option<Attribution>>,
    /// The quote that a following paragraph can go on with: its part and its place in `quotes`.
    last_quote: Option<(usize, usize)>,
}

impl Writer<'_> {
    /// The speaker of the turn that `part` stands in, after the turn before it.
    fn turn_of(&mut self, read: &Read<'_>, before: Option<Turn>, interview: &Interview<'_>) -> Option<Turn> {
        let part = &read.part;
        let Some((label, span)) = &part.label else {
            if before.is_some() {
                self.recent.clear();
            }
            return None;
        };
        // A turn's later paragraphs carry its label without a span.
        let turn = match before {
            Some(before) if before.block == part.block || span.is_none() && before.label == *label => before,
            _ => {
                self.recent.clear();
                let words = self.text.get(part.bytes.clone()).unwrap_or("");
                let speaker = turns::speaker(self.cast, self.register, interview, label, words);
                Turn { block: part.block, label: label.clone(), speaker }
            }
        };
        let attribution = turn.speaker.as_ref().map(|found| {
            let mut why = Why::new(found.rule, found.because.clone());
            why.evidence.push(match span {
                Some(span) => Evidence::at("label", self.points.slice(*span), *span),
                None => Evidence::outside("label", label.clone()),
            });
            why.evidence.extend(self.introduction(found.member, None));
            Attribution { speaker: found.speaker.clone(), confidence: Confidence::new(found.confidence), why }
        });
        if let Some(slot) = self.turns.get_mut(part.block) {
            *slot = attribution;
        }
        Some(turn)
    }

    fn part(&mut self, parts: &[Read<'_>], index: usize, turn: Option<&TurnSpeaker>) {
        let read = &parts[index];
        let resolved = self.walk(read);
        let first = self.quotes.len();
        for (finding, resolved) in read.findings.iter().zip(resolved) {
            let quote = if finding.mention.is_some() {
                self.sourced(read, finding, resolved, turn)
            } else {
                self.unsourced(parts, index, finding, turn)
            };
            self.quotes.extend(quote);
        }
        if read.part.kind == PartKind::SetApart {
            self.set_apart(parts, index, first);
        }
        let quoting = |quote: &Quote| quote.mention.is_some() && quote.kind != QuoteKind::Indirect;
        self.last_quote = (first..self.quotes.len()).rev().find(|at| quoting(&self.quotes[*at])).map(|at| (index, at));
    }

    /// Reads a paragraph token by token: remembers who is named, resolves each finding's mention.
    fn walk(&mut self, read: &Read<'_>) -> Vec<Option<Resolved>> {
        let Read { paragraph, findings, .. } = read;
        let mut resolved = vec![None; findings.len()];
        let mut by_start: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, finding) in findings.iter().enumerate() {
            if let Some(mention) = &finding.mention {
                by_start.entry(mention.start).or_default().push(index);
            }
        }
        for sentence in &paragraph.sentences {
            self.sentence += 1;
            for at in sentence.clone() {
                let start = paragraph.tokens[at].bytes.start;
                if let Some(members) = by_start.get(&start) {
                    let found: Vec<Option<Resolved>> =
                        members.iter().map(|index| self.resolve(paragraph, &findings[*index])).collect();
                    if let Some(member) = found.iter().flatten().find_map(|found| found.member) {
                        self.recent.name(member, self.sentence, true);
                    }
                    for (index, found) in members.iter().zip(found) {
                        resolved[*index] = found;
                    }
                } else if !paragraph.is_quoted(at) {
                    self.remember(paragraph, sentence, at);
                }
            }
        }
        resolved
    }

    fn remember(&mut self, paragraph: &Paragraph<'_>, sentence: &Range<usize>, at: usize) {
        let near =
            at - sentence.start <= 4 && !paragraph.is(sentence.start, &[Class::Preposition, Class::Subordinator]);
        if let Some(member) = self.cast.at(paragraph.tokens[at].bytes.start) {
            let genitive = paragraph.lower(at + 1) == "'s";
            self.recent.name(member, self.sentence, near && !genitive);
        } else if at - sentence.start <= 1
            && matches!(paragraph.lower(at), "he" | "she")
            && let Some(gender) = resolve::gender_of(paragraph.lower(at))
            && let Some(found) = self.recent.pronoun(&self.cast.members, gender, self.sentence)
        {
            self.recent.name(found.member, self.sentence, true);
        }
    }

    fn resolve(&self, paragraph: &Paragraph<'_>, finding: &Finding) -> Option<Resolved> {
        let mention = finding.mention.as_ref()?;
        let start = paragraph.tokens.partition_point(|token| token.bytes.start < mention.start);
        let end = paragraph.tokens.partition_point(|token| token.bytes.end <= mention.end);
        let place = Place { paragraph, tokens: start..end.max(start), sentence: self.sentence };
        resolve::resolve(self.cast, &self.recent, self.register, &place)
    }

    /// A quote whose source the text names.
    fn sourced(
        &self,
        read: &Read<'_>,
        finding: &Finding,
        resolved: Option<Resolved>,
        turn: Option<&TurnSpeaker>,
    ) -> Option<Quote> {
        let mention = finding.mention.as_ref()?;
        let word = self.text.get(mention.clone())?;
        // What somebody says of himself in his own turn is no report.
        let first_person = matches!(word.to_lowercase().as_str(), "i" | "we" | "me" | "us" | "my" | "our");
        if read.part.kind == PartKind::Turn && first_person {
            let quoted = finding.kind != QuoteKind::Indirect;
            return turn.filter(|_| quoted).map(|turn| self.within_turn(finding, turn));
        }
        // A body speaks by verbs of speech; what it `believes` or `rejects` names no speaker.
        let resolved = resolved.filter(|found| found.member.is_some() || finding.is_speech);
        // In a turn all is its speaker's words; a report in it counts where it names whose words it gives.
        if read.part.kind == PartKind::Turn
            && finding.kind == QuoteKind::Indirect
            && !(finding.is_speech && resolved.as_ref().is_some_and(|found| found.member.is_some()))
        {
            return None;
        }
        let mut why = Why::new(finding.rule.name(), finding.rule.reason());
        if let Some(resolved) = &resolved {
            why.text = format!("{}; {}", finding.rule.reason(), resolved.because);
        }
        why.evidence.extend(self.evidence(finding));
        let member = resolved.as_ref().and_then(|resolved| resolved.member);
        why.evidence.extend(self.introduction(member, Some(mention)));
        let confidence = finding.rule.precision() * resolved.as_ref().map_or(1.0, |resolved| resolved.confidence);
        Some(self.quote(finding, finding.mention.clone(), resolved.map(|resolved| resolved.speaker), confidence, why))
    }

    /// A quotation that no words nearby ascribe to anybody.
    fn unsourced(
        &self,
        parts: &[Read<'_>],
        index: usize,
        finding: &Finding,
        turn: Option<&TurnSpeaker>,
    ) -> Option<Quote> {
        let read = &parts[index];
        if read.part.kind == PartKind::Turn {
            return turn.filter(|_| finding.rule == Rule::Unattributed).map(|turn| self.within_turn(finding, turn));
        }
        if read.part.kind == PartKind::SetApart {
            return None;
        }
        if let Some(quote) = self.announced_quote(parts, index, finding) {
            return Some(quote);
        }
        if let Some(quote) = self.continued(parts, index, finding) {
            return Some(quote);
        }
        let mut why = Why::new(finding.rule.name(), finding.rule.reason());
        why.evidence.extend(self.evidence(finding));
        Some(self.quote(finding, None, None, finding.rule.precision(), why))
    }

    /// `She said:` at the end of the paragraph before.
    fn announced_quote(&self, parts: &[Read<'_>], index: usize, finding: &Finding) -> Option<Quote> {
        let before = parts.get(index.checked_sub(1)?)?;
        let first = parts[index].findings.first()?;
        if first != finding || finding.rule != Rule::Unattributed {
            return None;
        }
        let (cue, source) = find::announcement(&before.paragraph)?;
        let found = Finding {
            cue: before.paragraph.bytes(&cue),
            mention: before.paragraph.bytes(&source),
            rule: Rule::CueThenQuote,
            ..finding.clone()
        };
        let resolved = self.resolve(&before.paragraph, &found);
        self.sourced(&parts[index], &found, resolved, None)
    }

    /// A paragraph that is nothing but a quotation goes on with the one before it.
    fn continued(&self, parts: &[Read<'_>], index: usize, finding: &Finding) -> Option<Quote> {
        let (part, quote) = self.last_quote?;
        let earlier = self.quotes.get(quote)?;
        let read = &parts[index];
        let (all, quoted) = read.paragraph.count_words(&(0..read.paragraph.tokens.len()));
        if finding.rule != Rule::Unattributed || part + 1 != index || all != quoted {
            return None;
        }
        let goes_on = parts[part].paragraph.marked.last().is_some_and(|pair| pair.goes_on);
        let rule = Rule::ContinuedParagraph;
        let mut why = Why::new(rule.name(), rule.reason());
        why.evidence.extend(
            earlier.mention.as_ref().map(|mention| Evidence::at("mention", mention.text.clone(), mention.span)),
        );
        let share = if goes_on { 1.2 } else { 1.0 };
        let confidence = Confidence::new(rule.precision() * share);
        Some(Quote {
            mention: earlier.mention.clone(),
            confidence,
            ..self.quote(finding, None, earlier.speaker.clone(), 1.0, why)
        })
    }

    fn within_turn(&self, finding: &Finding, turn: &TurnSpeaker) -> Quote {
        let rule = Rule::WithinTurn;
        let mut why = Why::new(rule.name(), rule.reason());
        why.evidence.extend(self.introduction(turn.member, None));
        self.quote(finding, None, Some(turn.speaker.clone()), rule.precision() * turn.confidence, why)
    }

    /// A block set apart: its words belong to whoever signs it or is named with a colon before it.
    fn set_apart(&mut self, parts: &[Read<'_>], index: usize, first: usize) {
        let read = &parts[index];
        let sourced = self.quotes.get(first..).unwrap_or(&[]).iter().find(|quote| quote.speaker.is_some());
        let rule = Rule::SetApart;
        let found = sourced.and_then(|quote| quote.speaker.clone()).map(|speaker| (speaker, read.part.bytes.clone()));
        let (speaker, bytes) = found
            .or_else(|| self.signature(read))
            .or_else(|| self.announced(parts, index))
            .map_or((None, read.part.bytes.clone()), |(speaker, bytes)| (Some(speaker), bytes));
        if let Some(speaker) = &speaker
            && let Some(slot) = self.turns.get_mut(read.part.block)
            && slot.is_none()
        {
            let why = Why::new(rule.name(), rule.reason());
            *slot = Some(Attribution { speaker: speaker.clone(), confidence: Confidence::new(rule.precision()), why });
        }
        if self.quotes.len() == first && !bytes.is_empty() {
            let finding = Finding {
                kind: QuoteKind::Direct,
                spans: vec![bytes],
                cue: None,
                mention: None,
                rule,
                is_speech: true,
            };
            let quote = self.quote(&finding, None, speaker, rule.precision(), Why::new(rule.name(), rule.reason()));
            self.quotes.push(quote);
        }
    }

    /// `… — Solveig Marr, fisheries minister` at the end of a block, and the words before it.
    fn signature(&self, read: &Read<'_>) -> Option<(Speaker, Range<usize>)> {
        let paragraph = &read.paragraph;
        let dash =
            (0..paragraph.tokens.len()).rev().take(16).find(|at| paragraph.is_mark(*at, &['—', '–', '―', '-']))?;
        let member = (dash + 1..(dash + 5).min(paragraph.tokens.len()))
            .find_map(|at| self.cast.at(paragraph.tokens[at].bytes.start))?;
        Some((resolve::speaker(self.cast, member), paragraph.bytes(&(0..dash))?))
    }

    /// `Kaldan put it this way:` before the block.
    fn announced(&self, parts: &[Read<'_>], index: usize) -> Option<(Speaker, Range<usize>)> {
        let before = parts.get(index.checked_sub(1)?)?;
        let paragraph = &before.paragraph;
        let last = paragraph.tokens.len().checked_sub(1)?;
        if !paragraph.is_mark(last, &[':']) {
            return None;
        }
        let sentence = paragraph.sentences.last()?;
        let member = sentence.clone().find_map(|at| self.cast.at(paragraph.tokens.get(at)?.bytes.start))?;
        Some((resolve::speaker(self.cast, member), parts[index].part.bytes.clone()))
    }

    fn evidence(&self, finding: &Finding) -> Vec<Evidence> {
        let at = |part, bytes: &Range<usize>| {
            let text = self.text.get(bytes.clone()).unwrap_or("");
            Evidence::at(part, text, self.points.span(bytes))
        };
        let cue = finding.cue.as_ref().map(|cue| at("cue", cue));
        cue.into_iter().chain(finding.mention.as_ref().map(|mention| at("mention", mention))).collect()
    }

    /// Where the person is introduced, unless that is the mention itself.
    fn introduction(&self, member: Option<usize>, mention: Option<&Range<usize>>) -> Option<Evidence> {
        let bytes = self.cast.members.get(member?)?.introduction.clone();
        let elsewhere = mention.is_none_or(|mention| bytes.end <= mention.start || mention.end <= bytes.start);
        let text = self.text.get(bytes.clone()).filter(|text| elsewhere && !text.is_empty())?;
        Some(Evidence::at("introduction", text, self.points.span(&bytes)))
    }

    fn quote(
        &self,
        finding: &Finding,
        mention: Option<Range<usize>>,
        speaker: Option<Speaker>,
        confidence: f32,
        why: Why,
    ) -> Quote {
        Quote {
            kind: finding.kind,
            spans: finding.spans.iter().map(|bytes| self.points.span(bytes)).collect(),
            mention: mention.map(|bytes| Mention {
                text: self.text.get(bytes.clone()).unwrap_or("").to_owned(),
                span: self.points.span(&bytes),
            }),
            speaker,
            confidence: Confidence::new(confidence),
            why,
        }
    }
}
