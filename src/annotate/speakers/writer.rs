//! Writes the turns and quotes of one article while it is read from beginning to end: who was named
//! of late decides what the next pronoun means.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::antecedents::{Antecedent, Recent};
use super::attribute::Read;
use super::cast::{Cast, Register};
use super::collectives::Collectives;
use super::denials;
use super::find;
use super::finding::Finding;
use super::gazetteer;
use super::grammar::Class;
use super::interview::Interview;
use super::marks::Marked;
use super::paragraph::Paragraph;
use super::parts::PartKind;
use super::resolve::{self, Place, Resolved};
use super::rules::Rule;
use super::sources;
use super::turns::{self, TurnSpeaker};
use crate::model::{Attribution, CodePoints, Confidence, Evidence, Mention, Quote, QuoteKind, Span, Speaker, Why};

/// Quotes back among which the one before is looked for past what is quoted within it.
const NEAR: usize = 8;
/// Tokens of a signature below a quotation: a dash, a name, an office.
const LONGEST_SIGNATURE: usize = 16;

/// Of a quotation over several paragraphs.
const GOES_ON: &str = "; goes on in the next paragraph";

/// The turn that is going on.
pub(super) struct Turn {
    /// The block that it began in.
    block: usize,
    label: String,
    pub(super) speaker: Option<TurnSpeaker>,
}

/// What is known so far while the article is read.
pub(super) struct Writer<'a> {
    text: &'a str,
    points: &'a CodePoints<'a>,
    cast: &'a Cast,
    register: Register<'a>,
    recent: Recent,
    collectives: Collectives,
    /// Sentences so far.
    sentence: usize,
    pub(super) quotes: Vec<Quote>,
    pub(super) turns: Vec<Option<Attribution>>,
    /// The quote that a following paragraph can go on with: its part and its place in `quotes`.
    last_quote: Option<(usize, usize)>,
    /// Surname → somebody whom a turn's label names in full.
    named_in_labels: HashMap<String, Speaker>,
    /// Who asked last.
    asked: Option<TurnSpeaker>,
}

impl<'a> Writer<'a> {
    /// Nothing written yet; `blocks` is how many the article has.
    pub(super) fn new(
        text: &'a str,
        points: &'a CodePoints<'a>,
        cast: &'a Cast,
        register: Register<'a>,
        blocks: usize,
    ) -> Self {
        Self {
            text,
            points,
            cast,
            register,
            recent: Recent::default(),
            collectives: Collectives::default(),
            sentence: 0,
            quotes: Vec::new(),
            turns: vec![None; blocks],
            last_quote: None,
            named_in_labels: HashMap::new(),
            asked: None,
        }
    }

    /// The turn that `read` stands in, after the turn before it.
    pub(super) fn turn_of(&mut self, read: &Read<'_>, before: Option<Turn>, interview: &Interview<'_>) -> Option<Turn> {
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
                let found = turns::speaker(self.cast, self.register, interview, label, words);
                let speaker = if turns::follows_up(label) {
                    self.asked.clone()
                } else {
                    found.map(|found| self.seen_before(found))
                };
                if part.asks {
                    self.asked.clone_from(&speaker);
                }
                Turn { block: part.block, label: label.clone(), speaker }
            }
        };
        let speaker = &turn.speaker;
        let attribution = speaker.as_ref().map(|found| {
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

    /// A surname in a label may be that of somebody whom an earlier label names in full.
    fn seen_before(&mut self, found: TurnSpeaker) -> TurnSpeaker {
        let surname = found.speaker.name.rsplit(' ').next().map(str::to_owned).unwrap_or_default();
        let alone = surname == found.speaker.name;
        match self.named_in_labels.get(&surname) {
            Some(earlier) if alone && found.member.is_none() => TurnSpeaker { speaker: earlier.clone(), ..found },
            _ => {
                if !alone {
                    self.named_in_labels.insert(surname, found.speaker.clone());
                }
                found
            }
        }
    }

    /// Writes what is said in one part, of which `turn` is the speaker if it is a turn.
    pub(super) fn part(&mut self, parts: &[Read<'_>], index: usize, turn: Option<&TurnSpeaker>) {
        let read = &parts[index];
        let resolved = self.walk(read);
        let first = self.quotes.len();
        let mut gone_on = None;
        for (finding, resolved) in read.findings.iter().zip(resolved) {
            let quote = if finding.mention.is_some() {
                self.sourced(read, finding, resolved, turn)
            } else if let Some(quote) = self.sourced_nearby(parts, index, finding) {
                Some(quote)
            } else if let Some(earlier) = self.goes_on_with(parts, index, finding) {
                self.go_on(earlier, finding);
                gone_on = Some(earlier);
                None
            } else {
                self.unsourced(read, finding, turn)
            };
            self.quotes.extend(quote);
        }
        if read.part.kind == PartKind::SetApart {
            self.set_apart(parts, index, first);
        }
        let quoting = |quote: &Quote| {
            quote.mention.is_some() && quote.kind != QuoteKind::Indirect && !self.is_nested(read, quote)
        };
        let last = (first..self.quotes.len()).rev().find(|at| quoting(&self.quotes[*at])).or(gone_on);
        self.last_quote = last.map(|at| (index, at));
    }

    /// Whether a quote of the part stands within another one: its source is named in quote marks.
    fn is_nested(&self, read: &Read<'_>, quote: &Quote) -> bool {
        let mention = quote.mention.as_ref().map(|mention| self.points.byte(mention.span.start));
        mention.is_some_and(|byte| read.paragraph.is_quoted_at(byte))
    }

    /// Reads a paragraph token by token: remembers who is named, resolves each finding's mention.
    fn walk(&mut self, read: &Read<'_>) -> Vec<Option<Resolved>> {
        let Read { paragraph, findings, .. } = read;
        self.collectives.define(paragraph);
        let mut resolved = vec![None; findings.len()];
        let mut by_start: HashMap<usize, Vec<usize>, FixedState> = HashMap::default();
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
                        if let Some(gender) = resolve::gender_of(paragraph.lower(at)) {
                            let confidence = found.iter().flatten().map(|found| found.confidence).fold(0.0, f32::max);
                            self.recent.learn(Antecedent { member, confidence }, gender);
                        }
                        // Whom a quotation names is no subject of the narration around it.
                        if !paragraph.is_quoted(at) {
                            self.recent.name(member, self.sentence, true);
                        }
                    } else if let Some((role, before)) =
                        members.first().and_then(|index| unnamed(paragraph, &findings[*index]))
                    {
                        self.recent.unnamed(self.sentence, role, before);
                    }
                    if let Some(found) = found.iter().flatten().next() {
                        self.collectives.spoke(&found.speaker, self.sentence);
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
            self.recent.learn(found, gender);
            self.recent.name(found.member, self.sentence, true);
        }
    }

    fn resolve(&self, paragraph: &Paragraph<'_>, finding: &Finding) -> Option<Resolved> {
        let mention = finding.mention.as_ref()?;
        let start = paragraph.tokens.partition_point(|token| token.bytes.start < mention.start);
        let end = paragraph.tokens.partition_point(|token| token.bytes.end <= mention.end);
        let tokens = sources::antecedent(paragraph, start).unwrap_or(start..end.max(start));
        let place = Place { paragraph, tokens, sentence: self.sentence };
        resolve::resolve(self.cast, &self.recent, self.register, &place)
            .or_else(|| self.collectives.resolve(self.text.get(mention.clone())?, self.sentence))
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
        if denials::is_nobodys(&read.paragraph, finding) {
            return None;
        }
        // Within a quotation a source counts that is somebody known.
        if resolved.is_none() && read.paragraph.is_quoted_at(mention.start) {
            return None;
        }
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
        let mut why = Why::new(finding.rule.name(), finding.because());
        if let Some(resolved) = &resolved {
            why.text = format!("{}; {}", why.text, resolved.because);
        }
        why.evidence.extend(self.evidence(finding));
        let member = resolved.as_ref().and_then(|resolved| resolved.member);
        why.evidence.extend(self.introduction(member, Some(mention)));
        why.evidence.extend(resolved.as_ref().and_then(|resolved| self.list_of(&resolved.speaker)));
        let confidence = finding.confidence * resolved.as_ref().map_or(1.0, |resolved| resolved.confidence);
        Some(self.quote(finding, finding.mention.clone(), resolved.map(|resolved| resolved.speaker), confidence, why))
    }

    /// A quotation whose source the paragraph before or after it names.
    fn sourced_nearby(&self, parts: &[Read<'_>], index: usize, finding: &Finding) -> Option<Quote> {
        if parts[index].part.kind != PartKind::Prose {
            return None;
        }
        self.announced_quote(parts, index, finding).or_else(|| self.signed_below(parts, index, finding))
    }

    /// A quotation that no words nearby ascribe to anybody.
    fn unsourced(&self, read: &Read<'_>, finding: &Finding, turn: Option<&TurnSpeaker>) -> Option<Quote> {
        if read.part.kind == PartKind::Turn {
            return turn.filter(|_| finding.rule == Rule::Unattributed).map(|turn| self.within_turn(finding, turn));
        }
        if read.part.kind == PartKind::SetApart {
            return None;
        }
        if finding.rule == Rule::Unattributed && self.is_heading(finding) {
            return None;
        }
        let mut why = Why::new(finding.rule.name(), finding.because());
        why.evidence.extend(self.evidence(finding));
        Some(self.quote(finding, None, None, finding.confidence, why))
    }

    /// Whether quoted words that nobody is named with are a heading or a stage direction: a word, or few in
    /// single marks.
    fn is_heading(&self, finding: &Finding) -> bool {
        let Some(span) = finding.spans.first() else { return true };
        let words = self.text.get(span.clone()).unwrap_or("").split_whitespace().count();
        let single = self.text.get(..span.start).unwrap_or("").ends_with(['\'', '‘']);
        finding.spans.len() == 1 && (words < 2 || single && words < find::SPEECH_WORDS)
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

    /// `– Solveig Marr, fisheries minister` as the paragraph after.
    fn signed_below(&self, parts: &[Read<'_>], index: usize, finding: &Finding) -> Option<Quote> {
        let below = &parts.get(index + 1)?.paragraph;
        let read = &parts[index];
        let ends = read.paragraph.tokens.len().checked_sub(1).is_some_and(|last| read.paragraph.is_quoted(last));
        if !ends || read.findings.last() != Some(finding) || finding.rule != Rule::Unattributed {
            return None;
        }
        let name = find::signature(below, 0).filter(|_| below.tokens.len() <= LONGEST_SIGNATURE)?;
        // `– Solveig Marr spoke`: a paragraph of its own.
        if name.end < below.tokens.len() && !below.is_mark(name.end, &[',', '(']) {
            return None;
        }
        let found = Finding {
            cue: below.bytes(&(0..1)),
            mention: below.bytes(&name),
            rule: Rule::Signature,
            ..finding.clone()
        };
        let resolved = self.resolve(below, &found);
        self.sourced(read, &found, resolved, None)
    }

    /// A paragraph that is nothing but a quotation goes on with the one before it: the place of the quote that it
    /// goes on with.
    fn goes_on_with(&self, parts: &[Read<'_>], index: usize, finding: &Finding) -> Option<usize> {
        let (part, quote) = self.last_quote?;
        let paragraph = &parts[index].paragraph;
        let (all, quoted) = paragraph.count_words(&(0..paragraph.tokens.len()));
        let follows = part + 1 == index && parts[index].part.kind == PartKind::Prose;
        if finding.rule != Rule::Unattributed || !follows || all != quoted {
            return None;
        }
        let before = &parts[part].paragraph;
        let unclosed = before.marked.last().is_some_and(|pair| pair.goes_on);
        // A heading in single marks is no quotation among double ones.
        let same_marks = opening(before, before.marked.last()) == opening(paragraph, paragraph.marked.first());
        (unclosed || same_marks && !self.is_exchange(parts, part, quote)).then_some(quote)
    }

    fn go_on(&mut self, quote: usize, finding: &Finding) {
        let spans: Vec<Span> = finding.spans.iter().map(|bytes| self.points.span(bytes)).collect();
        if let Some(quote) = self.quotes.get_mut(quote) {
            quote.spans.extend(spans);
            if !quote.why.text.ends_with(GOES_ON) {
                quote.why.text.push_str(GOES_ON);
            }
        }
    }

    /// Whether the quote at `place`, in the part `part`, answers somebody else's in the paragraph before: whoever
    /// speaks after it without being named is as likely the one as the other.
    fn is_exchange(&self, parts: &[Read<'_>], part: usize, place: usize) -> bool {
        let Some(paragraph) = part.checked_sub(1).and_then(|part| parts.get(part)) else { return false };
        let outer = |quote: &&Quote| !self.is_nested(paragraph, quote) && !self.is_nested(&parts[part], quote);
        let Some(before) = self.quotes[..place].iter().rev().take(NEAR).find(outer) else { return false };
        let begins = self.points.at(paragraph.part.bytes.start);
        let another = before.mention.is_some() && before.speaker != self.quotes[place].speaker;
        let last = before.spans.last().map_or(0, |span| span.start);
        another && before.kind == QuoteKind::Direct && last >= begins
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
                confidence: rule.precision(),
                weighed: None,
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

    /// For whom the name of a collective stands.
    fn list_of(&self, speaker: &Speaker) -> Option<Evidence> {
        let bytes = self.collectives.introduction(speaker)?;
        Some(Evidence::at("introduction", self.text.get(bytes.clone())?, self.points.span(&bytes)))
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

/// The role of a single person who speaks and is not named, `official` of `a senior official`, and whether it is said
/// of somebody mentioned before: `the official`.
fn unnamed<'p>(paragraph: &'p Paragraph<'_>, finding: &Finding) -> Option<(&'p str, bool)> {
    let mention = finding.mention.as_ref()?;
    let start = paragraph.tokens.partition_point(|token| token.bytes.start < mention.start);
    let end = paragraph.tokens.partition_point(|token| token.bytes.end <= mention.end);
    let definite = paragraph.lower(start) == "the";
    if paragraph.is_quoted(start) || !(definite || matches!(paragraph.lower(start), "a" | "an" | "another")) {
        return None;
    }
    let head = (start..end).find(|at| paragraph.is(*at, &[Class::Preposition])).unwrap_or(end).checked_sub(1)?;
    let role = paragraph.lower(head);
    gazetteer::is_role(role).then_some((role, definite))
}

/// The mark with which a quotation opens.
fn opening<'p>(paragraph: &'p Paragraph<'_>, pair: Option<&Marked>) -> Option<&'p str> {
    Some(paragraph.tokens.get(pair?.outer.start)?.text)
}
