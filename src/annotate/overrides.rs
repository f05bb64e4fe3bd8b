//! Puts what persons decided in the place of what was derived, with the derived value and its reason as evidence.
//!
//! A decision holds of the words that it was made of: where they are others now, nothing is changed. Quotations come
//! before the passage, whose speaker and kind follow from them.

use std::borrow::Cow;

use jiff::civil::Date;

use super::speakers::{self, SpeakerAnnotation};
use super::topics::TopicTagger;
use crate::config::Authority;
use crate::model::{
    Attribution, Confidence, Correction, Evidence, Overridden, Override, Passage, PassageId, Publication, Quote,
    QuoteId, Speaker, SpeakerId, Target, TextMark, TopicAssignment, TopicId, Why, slug,
};

/// The rule's name.
const RULE: &str = "override";
/// Whoever decided it is taken at their word.
const SURE: f32 = 1.0;

/// What correcting an article's passages needs.
pub(super) struct Corrector<'a> {
    /// What was decided of the article, in the file's order.
    pub(super) decided: Vec<&'a Override>,
    pub(super) authority: &'a Authority,
    pub(super) tagger: &'a TopicTagger,
    /// Who speaks in the article as derived, and who is in it.
    pub(super) speech: &'a SpeakerAnnotation,
    /// The day for which roles were read.
    pub(super) on: Option<Date>,
    /// The texts of its passages, from the first on.
    pub(super) texts: &'a [&'a str],
}

impl Corrector<'_> {
    /// What was decided of `id`, where its words are still `text`.
    fn of(&self, id: Target, text: &str) -> impl Iterator<Item = (&Override, &Correction)> {
        let text_of = |n: u32| self.texts.get((n as usize).checked_sub(1)?).copied();
        let is_decided = self.decided.iter().any(|entry| entry.id == id);
        let mark = is_decided.then(|| TextMark::of_target(id, text, text_of));
        let holds = move |entry: &&&Override| entry.id == id && Some(entry.text) == mark;
        let entries = self.decided.iter().filter(holds);
        entries.flat_map(|entry| entry.corrections.iter().map(|correction| (*entry, correction)))
    }

    /// Corrects the quotations of a passage whose text begins at `start` of the article's; gives what was done.
    pub(super) fn quotes(&self, id: PassageId, text: &str, start: usize, quotes: &mut [Quote]) -> Vec<Overridden> {
        if self.decided.is_empty() {
            return Vec::new();
        }
        let day = self.day(id, text);
        let mut done = Vec::new();
        for (id, quote) in QuoteId::all_of(id).zip(quotes) {
            let words = quote.words(text, start);
            for (entry, correction) in self.of(Target::Quote(id), &words) {
                let (former, why) = match correction {
                    Correction::Speaker(name) => {
                        let former = quote.speaker.clone();
                        let why = quote.why.clone();
                        self.speak(quote, entry, name.as_deref(), day);
                        (former.map(|speaker| speaker.id.to_string()), Some(why))
                    }
                    Correction::QuoteKind(kind) => {
                        (Some(std::mem::replace(&mut quote.kind, *kind).as_str().into()), None)
                    }
                    // The file refuses what no quotation has.
                    Correction::Kind(_) | Correction::Topic { .. } | Correction::Published(_) => continue,
                };
                done.push(overridden(entry, correction, former, why));
            }
        }
        done
    }

    /// Corrects a passage whose quotations are corrected already.
    pub(super) fn passage(&self, passage: &mut Passage) {
        if self.decided.is_empty() {
            return;
        }
        let text = passage.text.clone();
        let day = self.day(passage.id, &text);
        // In one order, whatever the file's: a role that is moved by the date is the former one of the speaker.
        let mut decided: Vec<_> = self.of(Target::Passage(passage.id), &text).collect();
        decided.sort_by_key(|(_, correction)| correction.subject());
        for (entry, correction) in decided {
            let (former, why) = match correction {
                Correction::Speaker(name) => self.passage_speaker(passage, entry, name.as_deref(), day),
                Correction::Kind(kind) => (Some(std::mem::replace(&mut passage.kind, *kind).as_str().into()), None),
                Correction::Topic { id, holds } => self.topic(passage, entry, id, *holds),
                Correction::Published(date) => {
                    let former = passage.published.take();
                    let why = why(
                        entry,
                        former.as_ref().map(|former| (former.edtf(), former.confidence)),
                        former.as_ref().map(|former| &former.why),
                    );
                    let confidence = Some(Confidence::new(SURE));
                    passage.published = Some(Publication { confidence, ..Publication::stated(*date, why) });
                    self.move_roles(passage, date.first());
                    (former.as_ref().map(Publication::edtf), former.map(|former| former.why))
                }
                Correction::QuoteKind(_) => continue,
            };
            passage.overrides.push(overridden(entry, correction, former, why));
        }
        passage.overrides.sort_by(|a, b| (a.id, &a.field, &a.value).cmp(&(b.id, &b.field, &b.value)));
    }

    /// A passage's own speaker. One that comes from its quotations is corrected in those of the same speaker too,
    /// unless they are corrected themselves: who is not the speaker shall not be found by them.
    fn passage_speaker(
        &self,
        passage: &mut Passage,
        entry: &Override,
        name: Option<&str>,
        day: Option<Date>,
    ) -> (Option<String>, Option<Why>) {
        let former = passage.speaker.take();
        let from_quotes = former
            .as_ref()
            .is_some_and(|own| passage.quotes.iter().any(|quote| quote.attribution().as_ref() == Some(own)));
        if let Some(own) = former.as_ref().filter(|_| from_quotes) {
            let theirs = |quote: &&mut Quote| {
                quote.why.rule != RULE && quote.speaker.as_ref().is_some_and(|said| said.id == own.speaker.id)
            };
            passage.quotes.iter_mut().filter(theirs).for_each(|quote| self.speak(quote, entry, name, day));
        }
        let shown = former.as_ref().map(|former| (described(&former.speaker), Some(former.confidence)));
        let why = why(entry, shown, former.as_ref().map(|former| &former.why));
        passage.speaker =
            name.map(|name| Attribution { speaker: self.speaker(name, day), confidence: Confidence::new(SURE), why });
        (former.as_ref().map(|former| former.speaker.id.to_string()), former.map(|former| former.why))
    }

    fn speak(&self, quote: &mut Quote, entry: &Override, name: Option<&str>, day: Option<Date>) {
        let former = quote.speaker.as_ref().map(|speaker| (described(speaker), Some(quote.confidence)));
        quote.why = why(entry, former, Some(&quote.why));
        quote.speaker = name.map(|name| self.speaker(name, day));
        quote.confidence = Confidence::new(SURE);
        // The words that named the former speaker do not name this one.
        quote.mention = None;
    }

    fn topic(
        &self,
        passage: &mut Passage,
        entry: &Override,
        id: &TopicId,
        holds: bool,
    ) -> (Option<String>, Option<Why>) {
        let place = passage.topics.iter().position(|topic| topic.id == *id);
        let former = place.map(|place| passage.topics.remove(place));
        if holds {
            let shown = former.as_ref().map(|former| (former.id.to_string(), Some(former.confidence)));
            let why = why(entry, shown, former.as_ref().map(|former| &former.why));
            let broader = self.tagger.broader(id).to_vec();
            // The surest stand first.
            passage
                .topics
                .insert(0, TopicAssignment { id: id.clone(), broader, confidence: Confidence::new(SURE), why });
            let sure = |topic: &TopicAssignment| topic.confidence.value();
            passage.topics.sort_by(|a, b| sure(b).total_cmp(&sure(a)).then_with(|| a.id.cmp(&b.id)));
        }
        (former.as_ref().map(|former| former.id.to_string()), former.map(|former| former.why))
    }

    /// The day for which roles in a passage are read: that of its own date where it was corrected.
    fn day(&self, id: PassageId, text: &str) -> Option<Date> {
        let corrected = self.of(Target::Passage(id), text).find_map(|(_, correction)| match correction {
            Correction::Published(date) => Some(date.first()),
            _ => None,
        });
        corrected.or(self.on)
    }

    /// Somebody by a name, alias or id: as the article knows them, else as the authority file does, else by the name
    /// alone.
    fn speaker(&self, name: &str, day: Option<Date>) -> Speaker {
        let person = self.authority.find(name);
        let id = person.map_or_else(|| SpeakerId::new(slug(name)), |person| person.id.clone());
        let turns = self.speech.turns.iter().flatten().map(|turn| &turn.speaker);
        let quoted = self.speech.quotes.iter().filter_map(|quote| quote.speaker.as_ref());
        let member = || self.speech.cast.iter().find(|member| member.id == id).map(speakers::CastMember::speaker);
        let heard = turns.chain(quoted).find(|speaker| speaker.id == id).cloned().or_else(member);
        let mut speaker = heard.unwrap_or_else(|| {
            let role = person.and_then(|person| person.role_on(day)).map(str::to_owned);
            Speaker::new(id, person.map_or_else(|| name.to_owned(), |person| person.name.clone()), role)
        });
        self.move_role(&mut speaker, day);
        speakers::complete(&mut speaker, &self.speech.cast, self.authority, day);
        speaker
    }

    /// Roles that the authority file gave for the article's day are those of `day`; the article's own stay.
    fn move_roles(&self, passage: &mut Passage, day: Date) {
        let own = passage.speaker.iter_mut().map(|own| &mut own.speaker);
        for speaker in own.chain(passage.quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut())) {
            self.move_role(speaker, Some(day));
        }
    }

    fn move_role(&self, speaker: &mut Speaker, day: Option<Date>) {
        if let Some(person) = self.authority.find(speaker.id.as_str())
            && speaker.role.as_deref() == person.role_on(self.on)
        {
            speaker.role = person.role_on(day).map(str::to_owned);
        }
    }
}

fn described(speaker: &Speaker) -> String {
    let role = speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
    format!("{}{role} [{}]", speaker.name, speaker.id)
}

/// The reason of what `entry` decides, with the value that was derived and why it was.
fn why(entry: &Override, former: Option<(String, Option<Confidence>)>, former_why: Option<&Why>) -> Why {
    let text = format!("{} on {}: {}", entry.by, entry.on, entry.because);
    let was = former.map_or_else(
        || "none".to_owned(),
        |(value, confidence)| match confidence {
            Some(confidence) => format!("{value} ({confidence})"),
            None => value,
        },
    );
    let why = Why::new(RULE, text).with(Evidence::outside("former", was));
    match former_why {
        Some(former) => why.with(Evidence::outside("former-reason", format!("{}: {}", former.rule, former.text))),
        None => why,
    }
}

fn overridden(
    entry: &Override,
    correction: &Correction,
    former: Option<String>,
    former_why: Option<Why>,
) -> Overridden {
    Overridden {
        id: entry.id,
        field: Cow::Borrowed(correction.field()),
        value: correction.value(),
        former,
        former_why,
        by: entry.by.clone(),
        because: entry.because.clone(),
        on: entry.on,
    }
}
