//! Whom a passage's text names, whether or not they speak: `about:` asks for them.
//!
//! Two ways lead to a mention. The cast knows who is who in running text, short names included; the names of the
//! authority file and the full names of the cast are looked for everywhere, in captions and headings as well.
//! Precision goes first: a short name that two persons of the article bear is nobody's without an office before it.

mod words;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use self::words::{Word, stands_alone, words};
use super::gazetteer::{self, List};
use super::{CastMember, SpeakerAnnotation};
use crate::config::{Authority, Person};
use crate::model::{
    Article, BlockKind, CodePoints, Confidence, Evidence, Mention, Mentioned, Span, Speaker, SpeakerId, Why, fold_name,
};

/// Words of a name that is looked for; longer ones are found by their other names.
const LONGEST: usize = 8;
/// Letters of a title; no word of the lists is as long.
const LONGEST_TITLE: usize = 32;

/// The names of the authority file, to be found in texts.
#[derive(Debug, Clone, Default)]
pub struct Names {
    persons: Vec<Person>,
    by_id: HashMap<SpeakerId, usize>,
    /// Folded name → person, and whether it is an acronym, which stands in capitals.
    by_name: HashMap<String, (usize, bool)>,
    /// First words of these names.
    firsts: HashSet<String>,
}

/// One place where somebody is named.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    id: SpeakerId,
    name: String,
    qid: Option<String>,
    mention: Mention,
    confidence: Confidence,
    why: Why,
}

/// How a name stands for its bearer, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The name shown.
    Full,
    /// A name of the authority file.
    Alias,
    /// Another spelling of the full name.
    Spelling,
    /// A part of the name that no other person of the article bears.
    Short,
    /// A part of the name that others bear too, after an office.
    Titled,
}

impl Form {
    /// Estimated, not calibrated.
    fn confidence(self) -> f32 {
        match self {
            Self::Full => 0.97,
            Self::Alias => 0.95,
            Self::Spelling => 0.93,
            Self::Short => 0.9,
            Self::Titled => 0.85,
        }
    }
}

impl Names {
    /// Every name and alias of the file.
    #[must_use]
    pub fn new(authority: &Authority) -> Self {
        let mut found = Self { persons: authority.persons().to_vec(), ..Self::default() };
        for (index, person) in authority.persons().iter().enumerate() {
            found.by_id.insert(person.id.clone(), index);
            for name in person.names() {
                let folded = fold_name(name);
                if let Some(first) = folded.split(' ').next() {
                    found.firsts.insert(first.to_owned());
                }
                let acronym = !folded.contains(' ') && name.chars().all(|letter| !letter.is_lowercase());
                found.by_name.insert(folded, (index, acronym));
            }
        }
        found
    }

    /// Every place in `article` where somebody who speaks in it, whom it names or whom the authority file knows is
    /// named, in reading order.
    #[must_use]
    pub fn named(&self, article: &Article, speech: &SpeakerAnnotation) -> Vec<Named> {
        let points = CodePoints::new(&article.text);
        let speaking = speaking(speech);
        let sure = |member: &&CastMember| {
            self.by_id.contains_key(&member.id)
                || speaking.contains_key(&member.id)
                || is_surely_person(member, &article.text, &points)
        };
        let cast: Vec<CastMember> = speech.cast.iter().filter(sure).cloned().collect();
        let mut named = self.by_cast(article, &points, &cast);
        // Running text is the cast's, what it leaves open included.
        let mut taken: Vec<(Span, bool)> = speech
            .cast
            .iter()
            .flat_map(|member| member.mentions.iter().map(|span| (*span, self.by_id.contains_key(&member.id))))
            .collect();
        taken.sort_by_key(|(span, _)| (span.start, span.end));
        let bodies = bodies(&cast, &speaking);
        let full = full_names(cast.iter().chain(&bodies));
        let mut covering = HashSet::new();
        for block in &article.blocks {
            if matches!(block.kind, BlockKind::Title | BlockKind::Credit) {
                continue;
            }
            let mut bytes = points.bytes(block.span);
            if let Some(label) = block.label.filter(|label| block.span.covers(*label)) {
                bytes.start = points.bytes(label).end;
            }
            for (at, bearer, folded) in self.scan(&article.text, &bytes, &full) {
                let span = points.span(&at);
                let first = taken.partition_point(|(known, _)| known.end <= span.start);
                let overlaps = taken[first..].iter().take_while(|(known, _)| known.start < span.end);
                // `Kesh Water Board` is the board, whatever the cast takes `Kesh` for.
                if overlaps.clone().any(|(known, registered)| *registered || !span.covers(*known) || *known == span) {
                    continue;
                }
                covering.extend(overlaps.map(|(known, _)| *known));
                named.push(self.name_of(&article.text[at], span, bearer, &folded));
            }
        }
        named.retain(|one| !covering.contains(&one.mention.span));
        named.sort_by_key(|one| (one.mention.span.start, one.mention.span.end));
        named
    }

    /// What the cast says of running text.
    fn by_cast(&self, article: &Article, points: &CodePoints<'_>, cast: &[CastMember]) -> Vec<Named> {
        let bearers = bearers(cast);
        let mut named = Vec::new();
        for member in cast {
            let person = self.by_id.get(&member.id).copied();
            let full = fold_name(&member.name);
            let introduction = member.mentions.iter().find(|span| fold_name(points.slice(**span)).contains(' '));
            for span in &member.mentions {
                let text = points.slice(*span);
                let folded = fold_name(text);
                let rivals = bearers.get(&folded).is_some_and(|bearers| *bearers > 1);
                let titled = || has_office_before(&article.text[..points.byte(span.start)]);
                let alias = self.by_name.get(&folded).is_some_and(|(index, _)| Some(*index) == person);
                let form = if folded == full {
                    Form::Full
                } else if folded.contains(' ') {
                    if alias { Form::Alias } else { Form::Spelling }
                } else if rivals {
                    if !titled() {
                        continue;
                    }
                    Form::Titled
                } else if alias {
                    Form::Alias
                } else {
                    Form::Short
                };
                let mention = Mention { text: text.to_owned(), span: *span };
                let introduced = introduction.map(|span| Evidence::at("introduction", points.slice(*span), *span));
                named.push(Named {
                    id: member.id.clone(),
                    name: member.name.clone(),
                    qid: person.and_then(|index| self.persons[index].qid.clone()),
                    why: why(form, &mention, &member.name, &member.id, introduced),
                    mention,
                    confidence: Confidence::new(form.confidence()),
                });
            }
        }
        named
    }

    /// A name of the authority file, or in full one of the cast.
    fn name_of(&self, text: &str, span: Span, bearer: Bearer<'_>, folded: &str) -> Named {
        let (id, name, qid) = match bearer {
            Bearer::Registered(index) => {
                let person = &self.persons[index];
                (&person.id, &person.name, person.qid.clone())
            }
            Bearer::Cast(member) => (&member.id, &member.name, None),
        };
        let form = match bearer {
            _ if fold_name(name) == folded => Form::Full,
            Bearer::Registered(_) => Form::Alias,
            Bearer::Cast(_) => Form::Spelling,
        };
        let mention = Mention { text: text.to_owned(), span };
        let why = why(form, &mention, name, id, None);
        Named { id: id.clone(), name: name.clone(), qid, mention, confidence: Confidence::new(form.confidence()), why }
    }

    /// The longest names in `bytes` of `text`, from left to right, without overlap: where, whose, and folded.
    fn scan<'c>(
        &self,
        text: &str,
        bytes: &Range<usize>,
        full: &FullNames<'c>,
    ) -> Vec<(Range<usize>, Bearer<'c>, String)> {
        let words = words(text, bytes);
        let mut found = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.longest(text, &words, at, full) {
                Some((end, bearer, folded)) => {
                    if stands_alone(text, &words, at..end) {
                        found.push((words[at].bytes.start..words[end - 1].bytes.end, bearer, folded));
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The longest name that begins with the word at `at`, and the word after it.
    fn longest<'c>(
        &self,
        text: &str,
        words: &[Word],
        at: usize,
        full: &FullNames<'c>,
    ) -> Option<(usize, Bearer<'c>, String)> {
        let first = &text[words[at].bytes.clone()];
        if first.chars().next().is_none_or(char::is_lowercase) {
            return None;
        }
        let mut folded = fold_name(first);
        let registered = self.firsts.contains(&folded);
        if !registered && !folded.split(' ').next().is_some_and(|word| full.firsts.contains(word)) {
            return None;
        }
        let mut best = None;
        for end in at + 1..=words.len().min(at + LONGEST) {
            if end > at + 1 {
                if !words[end - 1].joined {
                    break;
                }
                folded.push(' ');
                folded.push_str(&fold_name(&text[words[end - 1].bytes.clone()]));
            }
            if let Some(member) = full.bearers.get(&folded).copied().flatten() {
                best = Some((end, Bearer::Cast(member), folded.clone()));
            }
            if let Some((person, acronym)) = self.by_name.get(&folded).filter(|_| registered)
                && (!acronym || first.chars().all(|letter| !letter.is_lowercase()))
            {
                best = Some((end, Bearer::Registered(*person), folded.clone()));
            }
        }
        best
    }
}

/// Whom a passage names: the parts of `named` in it, each person once, by the first mention.
#[must_use]
pub fn mentioned_within(named: &[Named], passage: Span) -> Vec<Mentioned> {
    let mut mentioned: Vec<Mentioned> = Vec::new();
    let mut places: HashMap<&SpeakerId, usize> = HashMap::new();
    let first = named.partition_point(|one| one.mention.span.start < passage.start);
    for one in named[first..].iter().take_while(|one| one.mention.span.start < passage.end) {
        let place = *places.entry(&one.id).or_insert_with(|| {
            mentioned.push(Mentioned {
                id: one.id.clone(),
                name: one.name.clone(),
                qid: one.qid.clone(),
                mentions: Vec::new(),
                confidence: one.confidence,
                why: one.why.clone(),
            });
            mentioned.len() - 1
        });
        let known = &mut mentioned[place];
        known.mentions.push(one.mention.clone());
        if one.confidence > known.confidence {
            known.confidence = one.confidence;
            known.why = one.why.clone();
        }
    }
    mentioned
}

#[derive(Debug, Clone, Copy)]
enum Bearer<'c> {
    Registered(usize),
    Cast(&'c CastMember),
}

/// Everybody who speaks in an article.
fn speaking(speech: &SpeakerAnnotation) -> BTreeMap<SpeakerId, &Speaker> {
    let turns = speech.turns.iter().flatten().map(|attribution| &attribution.speaker);
    let quotes = speech.quotes.iter().filter_map(|quote| quote.speaker.as_ref());
    turns.chain(quotes).map(|speaker| (speaker.id.clone(), speaker)).collect()
}

/// Bodies that speak, as members without a mention; lists such as `Kastria and Doruna` are none.
fn bodies(cast: &[CastMember], speaking: &BTreeMap<SpeakerId, &Speaker>) -> Vec<CastMember> {
    let members: HashSet<&SpeakerId> = cast.iter().map(|member| &member.id).collect();
    let bodies = speaking.values().filter(|speaker| !members.contains(&speaker.id) && !speaker.name.contains(" and "));
    let member = |speaker: &&Speaker| CastMember {
        id: speaker.id.clone(),
        name: speaker.name.clone(),
        role: None,
        names: Vec::new(),
        mentions: Vec::new(),
    };
    bodies.map(member).collect()
}

/// Whether more than its use says that a name is a person's: a role, a given name, a title before it.
///
/// A strait that is named in full and in short looks like a person to the cast.
fn is_surely_person(member: &CastMember, text: &str, points: &CodePoints<'_>) -> bool {
    let given = fold_name(&member.name).split(' ').next().is_some_and(|first| gazetteer::given_name(first).is_some());
    let titled = |span: &Span| {
        let before = last_word(&text[..points.byte(span.start)]);
        gazetteer::is(&before, &[List::Office, List::Male, List::Female, List::Neutral])
    };
    member.role.is_some() || given || member.mentions.iter().any(titled)
}

/// Names of several words.
struct FullNames<'c> {
    /// The member who bears it, `None` where two do.
    bearers: HashMap<String, Option<&'c CastMember>>,
    /// First words of these names.
    firsts: HashSet<String>,
}

fn full_names<'c>(cast: impl Iterator<Item = &'c CastMember>) -> FullNames<'c> {
    let mut full: HashMap<String, Option<&CastMember>> = HashMap::new();
    for member in cast {
        for name in std::iter::once(&member.name).chain(&member.names) {
            let folded = fold_name(name);
            if !folded.contains(' ') {
                continue;
            }
            let known = full.entry(folded).or_insert(Some(member));
            if known.is_some_and(|known| known.id != member.id) {
                *known = None;
            }
        }
    }
    let firsts = full.keys().filter_map(|name| name.split(' ').next()).map(str::to_owned).collect();
    FullNames { bearers: full, firsts }
}

/// First and last words of names → how many persons of the article bear them.
fn bearers(cast: &[CastMember]) -> HashMap<String, usize> {
    let mut bearers: HashMap<String, usize> = HashMap::new();
    for member in cast {
        let folded = fold_name(&member.name);
        let ends: HashSet<&str> = folded.split(' ').next().into_iter().chain(folded.split(' ').next_back()).collect();
        for end in ends {
            *bearers.entry(end.to_owned()).or_default() += 1;
        }
    }
    bearers
}

/// Whether the word right before is an office: `Premier` before `Lin`.
fn has_office_before(text: &str) -> bool {
    gazetteer::is(&last_word(text), &[List::Office])
}

/// The last word in lower case; of one longer than any title no more than shows that.
fn last_word(text: &str) -> String {
    let text = text.trim_end_matches(' ');
    let letters = text.char_indices().rev().take(LONGEST_TITLE + 1).take_while(|(_, letter)| !letter.is_whitespace());
    let from = letters.last().map_or(text.len(), |(at, _)| at);
    text[from..].to_lowercase()
}

fn why(form: Form, mention: &Mention, name: &str, id: &SpeakerId, introduction: Option<Evidence>) -> Why {
    let text = &mention.text;
    let evidence = Evidence::at("mention", text.clone(), mention.span);
    match form {
        Form::Full => Why::new("mention-full-name", format!("the text names {name} in full")).with(evidence),
        Form::Alias => Why::new("mention-alias", format!("“{text}” is a name of {name} in the authority file"))
            .with(evidence)
            .with(Evidence::outside("alias", id.as_str())),
        Form::Spelling => {
            Why::new("mention-spelling", format!("“{text}” is another spelling of {name}")).with(evidence)
        }
        Form::Short | Form::Titled => {
            let (rule, because) = if form == Form::Titled {
                ("mention-office-and-name", "whose office stands before it")
            } else {
                ("mention-short-name", "and nobody else in the article bears the name")
            };
            let why = Why::new(rule, format!("“{text}” is short for {name}, {because}")).with(evidence);
            match introduction {
                Some(introduction) => why.with(introduction),
                None => why,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::tests::article;
    use super::super::{Finder, annotate};
    use super::*;

    const AUTHORITY: &str = r#"
[[speaker]]
id = "omer-kaldan"
name = "Ömer Kaldan"
aliases = ["Oemer Kaldan", "Kaldan"]
qid = "Q42"
roles = [{ title = "president of Kastria" }]

[[speaker]]
id = "lin-haoran"
name = "Lin Haoran"
aliases = ["Premier Lin"]

[[speaker]]
id = "amber-development-bank"
name = "Amber Development Bank"
aliases = ["ADB", "Development Bank"]
"#;

    /// Each mention of an article's blocks: its block, whose it is, and by which rule.
    fn mentions(blocks: &[(BlockKind, &str, &str)]) -> Vec<(usize, String, String, &'static str)> {
        let article = article(blocks);
        let authority = Authority::parse(Path::new("speakers.toml"), AUTHORITY).unwrap();
        let speech = annotate(&article, &authority, &Finder::rules(), None);
        let named = Names::new(&authority).named(&article, &speech);
        let of_block = |(index, block): (usize, &crate::model::Block)| {
            mentioned_within(&named, block.span).into_iter().map(move |one| (index, one)).collect::<Vec<_>>()
        };
        let found = article.blocks.iter().enumerate().flat_map(of_block);
        let rules = ["full-name", "alias", "spelling", "short-name", "office-and-name"];
        found
            .map(|(index, one)| {
                for mention in &one.mentions {
                    assert_eq!(mention.span.slice(&article.text), mention.text);
                }
                let texts: Vec<&str> = one.mentions.iter().map(|mention| mention.text.as_str()).collect();
                let rule = rules.into_iter().find(|rule| one.why.rule.ends_with(rule)).unwrap();
                (index, one.id.to_string(), texts.join("|"), rule)
            })
            .collect()
    }

    fn prose(text: &str) -> Vec<(String, String, &'static str)> {
        let found = mentions(&[(BlockKind::Paragraph, "", text)]);
        found.into_iter().map(|(_, id, texts, rule)| (id, texts, rule)).collect()
    }

    fn one(id: &str, texts: &str, rule: &'static str) -> (String, String, &'static str) {
        (id.into(), texts.into(), rule)
    }

    #[test]
    fn a_person_is_named_by_name_alias_and_surname_each_passage_once() {
        assert_eq!(
            prose("President Omer Kaldan left Velmar. Kaldan’s train was late; Oemer Kaldan was not."),
            [one("omer-kaldan", "Omer Kaldan|Kaldan|Oemer Kaldan", "full-name")]
        );
        assert_eq!(prose("Nobody had told Kaldan."), [one("omer-kaldan", "Kaldan", "alias")]);
    }

    #[test]
    fn whoever_never_speaks_is_named_all_the_same() {
        assert_eq!(
            prose("The road to Kesh was paid for by the Amber Development Bank, and the ADB paid late."),
            [one("amber-development-bank", "Amber Development Bank|ADB", "full-name")]
        );
        assert_eq!(
            prose("Energy minister Tomas Brekovic is expected in Kesh. Brekovic was late last year."),
            [one("tomas-brekovic", "Tomas Brekovic|Brekovic", "full-name")]
        );
    }

    #[test]
    fn a_name_within_another_name_names_nobody() {
        for text in [
            "They crossed the Kaldan Bridge at noon.",
            "A street in Kesh is called Kaldan Street.",
            "The Polar Development Bank refused.",
            "Leila Kaldan, a baker from Kesh, sold bread.",
            "The old kaldan was the word for a gate, and adb means ford.",
            "The Ömer Kaldan Foundation gave nothing.",
        ] {
            let found = prose(text);
            assert!(
                found.iter().all(|(id, ..)| !matches!(id.as_str(), "omer-kaldan" | "amber-development-bank")),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn the_name_that_labels_a_turn_is_not_named_by_it() {
        let found = mentions(&[
            (BlockKind::Question, "LD:", "Did Premier Lin agree to the toll, Mr Kaldan?"),
            (BlockKind::Answer, "Kaldan:", "He did, and the Amber Development Bank will lend."),
        ]);

        let ids: Vec<(usize, &str)> = found.iter().map(|(block, id, ..)| (*block, id.as_str())).collect();
        assert_eq!(ids, [(0, "lin-haoran"), (0, "omer-kaldan"), (1, "amber-development-bank")]);
    }

    #[test]
    fn captions_and_headings_name_people_and_credits_do_not() {
        let found = mentions(&[
            (BlockKind::Heading, "", "What Ömer Kaldan signed"),
            (BlockKind::Caption, "", "Lin Haoran waves from the train in Alt-Bulak"),
            (BlockKind::Credit, "", "Photo: Lin Haoran"),
            (BlockKind::Paragraph, "", "The treaty was read aloud."),
        ]);

        let ids: Vec<(usize, &str)> = found.iter().map(|(block, id, ..)| (*block, id.as_str())).collect();
        assert_eq!(ids, [(0, "omer-kaldan"), (1, "lin-haoran")]);
    }

    #[test]
    fn a_short_name_of_two_persons_takes_an_office() {
        let text =
            "Premier Lin Haoran met Commerce Minister Lin Meixia. Premier Lin left. Nobody knew where Lin had gone.";
        let found = prose(text);

        let lin = |id: &str| found.iter().find(|(known, ..)| known == id).map(|(_, texts, _)| texts.as_str());
        assert_eq!(lin("lin-haoran"), Some("Lin Haoran|Lin"), "{found:?}");
        assert_eq!(lin("lin-meixia"), Some("Lin Meixia"), "{found:?}");
    }

    #[test]
    fn a_place_that_is_named_in_full_and_in_short_is_nobody() {
        assert_eq!(prose("The Lantern Strait froze. In the Strait nothing moved, and Lantern Strait was silent."), []);
    }

    #[test]
    fn every_mention_says_why() {
        let article = article(&[(BlockKind::Paragraph, "", "Energy minister Tomas Brekovic left. Brekovic was late.")]);
        let speech = annotate(&article, &Authority::default(), &Finder::rules(), None);

        let named = Names::default().named(&article, &speech);

        let whys: Vec<(&str, usize)> = named.iter().map(|one| (&*one.why.rule, one.why.evidence.len())).collect();
        assert_eq!(whys, [("mention-full-name", 1), ("mention-short-name", 2)]);
        assert!(named[0].confidence > named[1].confidence);
    }
}
