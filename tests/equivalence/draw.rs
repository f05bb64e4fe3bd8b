//! Random corpora and random queries, the same from the same seed.

use rapporteur::model::{ArticleId, ContentHash, PartialDate, PassageKind, Publication, Span, Why};
use rapporteur::query::{
    Boost, Constraint, DateRange, FieldClause, FieldName, Group, Near, Node, Pattern, Phrase, Slot, Unit, Within, Word,
};
use serde_json::{Value, json};

use super::slow::{Entry, Token, Voice};

/// Few words, so that queries find some and words stand beside each other often.
const WORDS: [&str; 16] = [
    "rail", "rails", "Rail", "rail's", "gate", "gates", "gated", "trade", "trading", "Trade", "bridge", "Ömer", "omer",
    "Omer’s", "káld", "KALD",
];
const OTHER: [&str; 3] = ["tunnel", "gtae", "water"];
const OUTLETS: [&str; 2] = ["Velmar Courier", "Lanqing Daily"];
const AUTHORS: [&str; 2] = ["Ke Ruo", "Ann Vael"];
const SPEAKERS: [&str; 2] = ["Pieter Vael", "Daniyar Osmonov"];
/// How persons are asked for.
const PERSONS: [&str; 5] = ["Vael", "Daniyar Osmonov", "Osmonov", "pieter-vael", "Vael Pieter"];
const ROLES: [&str; 2] = ["deputy minister of water", "minister of trade"];
const AFFILIATIONS: [&str; 2] = ["Republic of Kastria", "Customs Union of Kesh"];
const LANGUAGES: [&str; 3] = ["en", "pt-BR", "de"];
/// Topics, each with those that it is part of.
const TOPICS: [(&str, &[&str]); 4] =
    [("water", &["environment"]), ("climate", &["environment"]), ("environment", &[]), ("trade", &[])];
/// Dates that passages mention, and the bounds of ranges.
const DATES: [&str; 8] =
    ["2025-06-01", "2025-06-05", "2025-06-30", "2025-07-01", "2025-06", "2025-07", "2025", "2024-02"];
const KINDS: [PassageKind; 3] = [PassageKind::Narration, PassageKind::Quote, PassageKind::Heading];
const WILDCARDS: [&str; 9] = ["rail*", "*ed", "g?te", "*a*", "RAIL?", "tr*ng", "Öm*", "rail-g*", "k?ld"];
/// A regular expression, and whether it matches a folded word.
type Expression = (&'static str, fn(&str) -> bool);
/// Regular expressions, and the words that they match.
pub(crate) const REGULAR: [Expression; 5] = [
    ("rails?", |word| word == "rail" || word == "rails"),
    ("[gt]a.*", |word| word.starts_with("ga") || word.starts_with("ta")),
    ("Öm.r", |word| word.len() == 4 && word.starts_with("om") && word.ends_with('r')),
    ("gate|bridge", |word| word == "gate" || word == "bridge"),
    (".*'s", |word| word.ends_with("'s")),
];

/// The slug of a name.
fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}

fn drawn() -> Why {
    Why::new("drawn", "it was drawn")
}

fn attribution((name, role, affiliation): &Voice) -> Value {
    json!({"id": slug(name), "name": name, "role": role, "affiliation": affiliation, "confidence": 1.0, "why": drawn()})
}

#[allow(clippy::needless_pass_by_value, reason = "it is made for the call")]
fn quote(speaker: Value) -> Value {
    json!({"kind": "direct", "spans": [[0, 1]], "mention": null, "speaker": speaker, "confidence": 1.0, "why": drawn()})
}

fn mention(name: &str) -> Value {
    json!({"id": slug(name), "name": name, "qid": null, "mentions": [{"text": name, "span": [0, 1]}],
           "confidence": 1.0, "why": drawn()})
}

fn topic((id, broader): &(&str, &[&str])) -> Value {
    json!({"id": id, "broader": broader, "confidence": 1.0, "why": drawn()})
}

fn date_mention(date: &str) -> Value {
    json!({"text": date, "span": [0, 1], "date": date, "why": drawn()})
}

/// Random numbers (Marsaglia, "Xorshift RNGs", 2003).
pub(crate) struct Draw {
    state: u64,
    articles: Vec<String>,
}

impl Draw {
    pub(crate) fn new(seed: u64) -> Self {
        let mut draw = Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, articles: Vec::new() };
        (0..8).for_each(|_| {
            draw.next();
        });
        draw
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 20
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// From `least` to `most`.
    pub(crate) fn from(&mut self, least: usize, most: usize) -> usize {
        least + usize::try_from(self.below((most - least + 1) as u64)).unwrap()
    }

    pub(crate) fn one_in(&mut self, several: u64) -> bool {
        self.below(several) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.from(0, from.len() - 1)].clone()
    }

    fn maybe<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        if self.one_in(3) { None } else { Some(self.pick(from)) }
    }

    // Corpora.

    /// The passages of one article.
    pub(crate) fn article(&mut self, id: &str) -> Vec<Entry> {
        self.articles.push(id.to_owned());
        let title = if self.one_in(4) { None } else { Some(self.text(1, 1)) };
        let (outlet, author) = (self.maybe(&OUTLETS), self.maybe(&AUTHORS));
        let published = if self.one_in(4) { None } else { Some(i8::try_from(self.from(1, 9)).unwrap()) };
        let language = self.maybe(&LANGUAGES);
        (1..=self.from(1, 4))
            .map(|n| {
                let (paragraphs, sentences) = (self.from(1, 3), self.from(1, 3));
                let (text, tokens) = self.text(paragraphs, sentences);
                let kind = self.pick(&KINDS);
                let speakers = self.speakers();
                let mut attributions: Vec<Value> = speakers.iter().map(attribution).collect();
                // The first holds the passage or is quoted in it; a second is quoted.
                let holder =
                    if self.one_in(4) || attributions.is_empty() { None } else { Some(attributions.remove(0)) };
                let quotes: Vec<Value> = attributions.into_iter().map(quote).collect();
                let mentioned: Vec<&str> = SPEAKERS.into_iter().filter(|_| self.one_in(3)).collect();
                let topics: Vec<_> = TOPICS.into_iter().filter(|_| self.one_in(4)).collect();
                let dates: Vec<&str> = DATES.into_iter().filter(|_| self.one_in(6)).collect();
                let publication = published.map(|day| {
                    let date = PartialDate::day(jiff::civil::date(2025, 6, day));
                    Publication::stated(date, Why::new("drawn", "it was drawn"))
                });
                let record = json!({
                    "id": format!("{id}.{n}"), "kind": kind.as_str(), "text": text,
                    "span": Span::new(0, text.chars().count()), "speaker": holder, "quotes": quotes,
                    "mentioned": mentioned.iter().map(|name| mention(name)).collect::<Vec<_>>(),
                    "topics": topics.iter().map(topic).collect::<Vec<_>>(),
                    "dates": dates.iter().map(|date| date_mention(date)).collect::<Vec<_>>(), "published": publication,
                    "article": {"id": id, "title": title.as_ref().map(|(text, _)| text), "outlet": outlet, "url": null,
                                "authors": author.iter().collect::<Vec<_>>(), "language": language},
                    "source": {"path": "drawn.txt", "blake3": ContentHash::of(b"drawn")},
                });
                Entry {
                    id: format!("{id}.{n}"),
                    article: id.to_owned(),
                    text,
                    tokens,
                    title: title.as_ref().map(|(_, tokens)| tokens.clone()).unwrap_or_default(),
                    kind: kind.as_str(),
                    outlet,
                    author,
                    speakers,
                    mentioned,
                    topics: topics.iter().flat_map(|(id, broader)| broader.iter().chain([id])).copied().collect(),
                    dates,
                    language,
                    published,
                    record,
                }
            })
            .collect()
    }

    /// None, one or two who speak, each with a role and a body where they have one.
    fn speakers(&mut self) -> Vec<Voice> {
        let mut speakers = Vec::new();
        for name in SPEAKERS {
            if self.one_in(2) {
                speakers.push((name, self.maybe(&ROLES), self.maybe(&AFFILIATIONS)));
            }
        }
        speakers
    }

    /// Sentences, each with a capital and a full stop, in paragraphs.
    fn text(&mut self, paragraphs: usize, sentences: usize) -> (String, Vec<Token>) {
        let mut text = String::new();
        let mut tokens = Vec::new();
        let mut sentence = 0;
        for paragraph in 0..paragraphs {
            for _ in 0..sentences {
                sentence += 1;
                for word in 0..self.from(2, 9) {
                    let mut written = if self.one_in(7) { self.pick(&OTHER) } else { self.pick(&WORDS) }.to_owned();
                    if word == 0 {
                        let first = written.remove(0);
                        written.insert_str(0, &first.to_uppercase().collect::<String>());
                    } else {
                        text.push(if self.one_in(9) { '-' } else { ' ' });
                    }
                    let start = text.chars().count();
                    // The same letter as two code points.
                    text.push_str(&if self.one_in(4) { written.replace('Ö', "O\u{308}") } else { written.clone() });
                    let span = (start, text.chars().count());
                    tokens.push(Token { written: written.replace('’', "'"), span, sentence, paragraph });
                }
                text.push_str(". ");
            }
            text.truncate(text.trim_end().len());
            text.push_str(if self.one_in(2) { "\n" } else { "\n\n" });
        }
        text.truncate(text.trim_end().len());
        (text, tokens)
    }

    // Queries.

    pub(crate) fn query(&mut self) -> Node {
        let depth = self.from(1, 4);
        self.node(depth)
    }

    fn node(&mut self, depth: usize) -> Node {
        if depth == 0 {
            return self.leaf();
        }
        match self.below(10) {
            0 => Node::And(self.nodes(depth, 2, 3)),
            1 => Node::Or(self.nodes(depth, 2, 3)),
            2 => Node::Not(Box::new(self.node(depth - 1))),
            3 | 4 => Node::Group(self.group(depth)),
            5 => {
                let factor = if self.one_in(2) { 2.0 } else { 0.5 };
                Node::Boost(Boost { clause: Box::new(self.node(depth - 1)), factor, at: 0..0 })
            }
            6 => {
                let unit = if self.one_in(2) { Unit::Sentence } else { Unit::Paragraph };
                Node::Within(Within { unit, clause: Box::new(self.inner(depth - 1)), at: 0..0 })
            }
            7 => self.field(),
            _ => self.leaf(),
        }
    }

    fn nodes(&mut self, depth: usize, least: usize, most: usize) -> Vec<Node> {
        (0..self.from(least, most)).map(|_| self.node(depth - 1)).collect()
    }

    fn group(&mut self, depth: usize) -> Group {
        let narrow = if self.one_in(3) { vec![self.field()] } else { Vec::new() };
        let least = usize::from(narrow.is_empty());
        let must = if self.one_in(3) { self.nodes(depth, 1, 2) } else { Vec::new() };
        Group {
            any: self.nodes(depth, least, 3),
            must,
            narrow,
            must_not: if self.one_in(3) { self.nodes(depth, 1, 1) } else { Vec::new() },
        }
    }

    /// What may stand within a unit.
    fn inner(&mut self, depth: usize) -> Node {
        if depth == 0 {
            return self.leaf();
        }
        let several = |draw: &mut Self, least| (0..draw.from(least, 2)).map(|_| draw.inner(depth - 1)).collect();
        match self.below(6) {
            0 => Node::And(several(self, 2)),
            1 => Node::Or(several(self, 2)),
            2 => Node::Not(Box::new(self.inner(depth - 1))),
            3 => Node::Group(Group {
                any: several(self, 1),
                must: several(self, 0),
                narrow: Vec::new(),
                must_not: several(self, 0),
            }),
            _ => self.leaf(),
        }
    }

    fn leaf(&mut self) -> Node {
        match self.below(10) {
            0..4 => Node::Word(self.word()),
            4..7 => Node::Phrase(self.phrase()),
            _ => {
                let depth = self.from(0, 2);
                self.near(depth)
            }
        }
    }

    fn near(&mut self, depth: usize) -> Node {
        let (left, right) = (self.side(depth), self.side(depth));
        let distance = if self.one_in(4) { 1_000 } else { u32::try_from(self.from(1, 6)).unwrap() };
        let ordered = self.one_in(2);
        Node::Near(Near { left: Box::new(left), right: Box::new(right), distance, ordered, at: 0..0 })
    }

    fn side(&mut self, depth: usize) -> Node {
        match self.below(8) {
            0 if depth > 0 => Node::Or(vec![self.side(depth - 1), self.side(depth - 1)]),
            1 if depth > 0 => {
                let any = vec![self.side(depth - 1), self.side(depth - 1)];
                Node::Group(Group { any, ..Group::default() })
            }
            2 | 3 if depth > 0 => self.near(depth - 1),
            4 => Node::Phrase(self.phrase()),
            _ => Node::Word(self.word()),
        }
    }

    fn word(&mut self) -> Word {
        Word { pattern: self.pattern(), at: 0..0 }
    }

    fn known(&mut self) -> String {
        let word = self.pick(&WORDS);
        // The index is asked in other letters than it was told in.
        if self.one_in(4) { word.replace('’', "'").replace('Ö', "O\u{308}") } else { word.to_owned() }
    }

    fn pattern(&mut self) -> Pattern {
        match self.below(12) {
            0 => Pattern::Wildcard(self.pick(&WILDCARDS).into()),
            1 => Pattern::Exact(self.known()),
            2 => Pattern::Fuzzy { word: self.known(), edits: if self.one_in(2) { 1 } else { 2 } },
            3 => Pattern::Regex(self.pick(&REGULAR).0.into()),
            4 => Pattern::Stem(format!("{}-{}", self.known(), self.known())),
            5 => Pattern::Exact(format!("{}-{}", self.known(), self.known())),
            _ => Pattern::Stem(self.known()),
        }
    }

    fn phrase(&mut self) -> Phrase {
        let mut slots = vec![self.slot()];
        for _ in 0..self.from(1, 3) {
            if self.one_in(4) {
                slots.push(Slot::Gap);
            }
            slots.push(self.slot());
        }
        let slop = if self.one_in(2) { 0 } else { u32::try_from(self.from(1, 5)).unwrap() };
        Phrase { slots, slop, at: 0..0 }
    }

    fn slot(&mut self) -> Slot {
        let alternatives = if self.one_in(3) { 2 } else { 1 };
        let run = |draw: &mut Self| {
            let length = if draw.one_in(4) { 2 } else { 1 };
            (0..length).map(|_| draw.pattern()).collect()
        };
        Slot::Words((0..alternatives).map(|_| run(self)).collect())
    }

    fn field(&mut self) -> Node {
        let constraint = match self.below(17) {
            0 => Constraint::Kind(self.pick(&KINDS)),
            1 => Constraint::Outlet(self.pick(&OUTLETS).into()),
            2 => Constraint::Author(self.pick(&["ruo", "Ann Vael", "Vael", "Ke"]).into()),
            3 if self.below(4) == 0 => {
                Constraint::SpeakerId(self.pick(&["vael", "pieter-vael", "daniyar-osmonov"]).into())
            }
            3 => Constraint::Speaker(self.pick(&PERSONS).into()),
            4 => Constraint::Role(self.pick(&["minister", "minister of trade", "of water", "minister of"]).into()),
            5 => Constraint::TitleWord(self.word()),
            6 => Constraint::TitlePhrase(self.phrase()),
            7 | 8 => {
                let day = |day: usize| Some(PartialDate::day(jiff::civil::date(2025, 6, i8::try_from(day).unwrap())));
                let (first, more) = (self.from(1, 8), self.from(0, 3));
                let range = DateRange { from: day(first), to: day(first + more) };
                Constraint::Published(match self.below(3) {
                    0 => DateRange { from: None, ..range },
                    1 => DateRange { to: None, ..range },
                    _ => range,
                })
            }
            9 => {
                let article = ArticleId::derive("content", &format!("article {}", self.below(7))).to_string();
                Constraint::Id(if self.one_in(2) { article } else { format!("{article}.1") })
            }
            10 | 11 => Constraint::Topic(self.pick(&TOPICS).0.into()),
            12 => Constraint::About(self.pick(&PERSONS).into()),
            13 => Constraint::Affiliation(self.pick(&["kastria", "of Kesh", "customs union", "union of", "of"]).into()),
            14 => Constraint::Lang(self.pick(&["en", "pt", "DE", "fr"]).into()),
            15 => Constraint::Date(self.dates()),
            _ => Constraint::Exists(self.pick(&FieldName::ALL)),
        };
        Node::Field(FieldClause { constraint, at: 0..0, value_at: 0..0 })
    }

    /// A range of days, months or years, open at one end or at none.
    fn dates(&mut self) -> DateRange {
        let mut ends: Vec<PartialDate> = (0..2).map(|_| self.pick(&DATES).parse().unwrap()).collect();
        ends.sort_by_key(|end| (end.first(), end.last()));
        if self.one_in(3) {
            ends[1] = ends[0];
        }
        let range = DateRange { from: Some(ends[0]), to: Some(ends[1]) };
        match self.below(4) {
            0 => DateRange { from: None, ..range },
            1 => DateRange { to: None, ..range },
            _ => range,
        }
    }
}
