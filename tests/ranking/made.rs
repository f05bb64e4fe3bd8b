//! Made-up corpora for the ranking, the same from the same seed, and the ways in which an index can come to hold one.

use std::path::Path;

use rapporteur::engine::{Engine, TantivyEngine};
use rapporteur::model::{ArticleId, ContentHash, PartialDate, Passage, Publication, Span, Why};
use serde_json::{Value, json};

/// The first ones are common, the last ones rare.
const WORDS: [&str; 36] = [
    "the", "railway", "of", "water", "toll", "and", "border", "customs", "summit", "minister", "in", "quota", "Kesh",
    "corridor", "to", "tunnel", "ferry", "Doruna", "bridge", "treaty", "herring", "Velmar", "duty", "locks", "wells",
    "gauge", "pylon", "depot", "salt", "lantern", "orchard", "sluice", "anvil", "kiosk", "tariff", "sceptre",
];
const OUTLETS: [&str; 3] = ["Velmar Courier", "Lanqing Daily", "Tarnhaven Post"];
const SPEAKERS: [&str; 3] = ["Pieter Vael", "Lin Meixia", "Solveig Marr"];
const KINDS: [&str; 4] = ["narration", "quote", "caption", "heading"];

/// Random numbers (Marsaglia, "Xorshift RNGs", 2003).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % bound
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// A word; common ones come up often.
    pub(crate) fn word(&mut self) -> &'static str {
        let (one, other) = (self.below(WORDS.len()), self.below(WORDS.len()));
        WORDS[one.min(other)]
    }

    pub(crate) fn words(&mut self, least: usize, more: usize) -> String {
        let count = least + self.below(more + 1);
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// An article's passages, with what varies said and all else made up.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) key: String,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<&'static str>,
    /// Day of June 2025.
    pub(crate) day: Option<i8>,
    /// Kind, speaker, text.
    pub(crate) passages: Vec<(&'static str, Option<&'static str>, String)>,
}

impl Story {
    /// One passage without a title, an outlet or a speaker.
    pub(crate) fn of(key: &str, day: Option<i8>, text: &str) -> Self {
        let passages = vec![("narration", None, text.to_owned())];
        Self { key: key.into(), title: None, outlet: None, day, passages }
    }

    pub(crate) fn id(&self) -> ArticleId {
        ArticleId::derive("content", &self.key)
    }

    pub(crate) fn passages(&self) -> Vec<Passage> {
        let id = self.id();
        let why = || Why::new("made", "it was made up");
        let published =
            self.day.map(|day| Publication::stated(PartialDate::day(jiff::civil::date(2025, 6, day)), why()));
        let speaker = |name: &str| -> Value {
            json!({"id": name.to_lowercase().replace(' ', "-"), "name": name, "role": null, "confidence": 1.0,
                   "why": why()})
        };
        let passage = |(n, (kind, name, text)): (usize, &(&str, Option<&str>, String))| {
            let record = json!({
                "id": format!("{id}.{n}"), "kind": kind, "text": text, "span": Span::new(0, text.chars().count()),
                "speaker": name.map(speaker), "quotes": [], "topics": [], "dates": [], "published": published,
                "article": {"id": id, "title": self.title, "outlet": self.outlet, "url": null, "authors": [],
                            "language": "en"},
                "source": {"path": "made.txt", "blake3": ContentHash::of(b"made")},
            });
            serde_json::from_value(record).unwrap()
        };
        (1..).zip(&self.passages).map(passage).collect()
    }
}

/// `count` stories; every fifth is a further part of one that went before, and some are twins but for their date.
pub(crate) fn stories(seed: u64, count: usize) -> Vec<Story> {
    let mut dice = Dice::new(seed);
    let mut stories: Vec<Story> = Vec::new();
    for number in 0..count {
        let passages = (0..=dice.below(4))
            .map(|_| {
                let speaker = if dice.below(2) == 0 { Some(dice.pick(&SPEAKERS)) } else { None };
                (dice.pick(&KINDS), speaker, dice.words(3, 40))
            })
            .collect();
        let mut story = Story {
            key: format!("story {number}"),
            title: if dice.below(5) == 0 { None } else { Some(dice.words(2, 5)) },
            outlet: if dice.below(4) == 0 { None } else { Some(dice.pick(&OUTLETS)) },
            day: if dice.below(4) == 0 { None } else { Some(1 + i8::try_from(dice.below(6)).unwrap()) },
            passages,
        };
        if number % 5 == 4 {
            let before = &stories[dice.below(stories.len())];
            (story.title, story.outlet) = (before.title.clone(), before.outlet);
            if dice.below(2) == 0 {
                story.passages.clone_from(&before.passages);
            }
        }
        stories.push(story);
    }
    stories
}

/// How an index comes to hold the same stories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// All at once.
    OneCommit,
    /// A few at a time.
    ManyCommits,
    /// In the opposite order, a few at a time.
    Backwards,
    /// Other texts first, which are replaced, and further stories, which are taken out again.
    Changed,
}

pub(crate) fn index(folder: &Path, stories: &[Story], way: Way) -> TantivyEngine {
    let mut engine = TantivyEngine::open_or_create(folder).unwrap();
    let mut put = |stories: &[Story], at_once: usize| {
        for chunk in stories.chunks(at_once.max(1)) {
            for story in chunk {
                engine.put(story.id(), &story.passages()).unwrap();
            }
            engine.commit().unwrap();
        }
    };
    match way {
        Way::OneCommit => put(stories, stories.len()),
        Way::ManyCommits => put(stories, stories.len() / 6),
        Way::Backwards => {
            let backwards: Vec<Story> = stories.iter().rev().cloned().collect();
            put(&backwards, stories.len() / 4);
        }
        Way::Changed => {
            let further: Vec<Story> = self::stories(977, stories.len() / 2)
                .into_iter()
                .map(|story| Story { key: format!("further {}", story.key), ..story })
                .collect();
            let old =
                |story: &Story| Story { passages: vec![("quote", None, "railway toll water".into())], ..story.clone() };
            let old: Vec<Story> = stories.iter().step_by(3).map(old).collect();
            put(&old, old.len());
            put(&further, further.len());
            put(stories, stories.len() / 3);
            for story in &further {
                engine.remove(story.id()).unwrap();
            }
            engine.commit().unwrap();
        }
    }
    drop(engine);
    TantivyEngine::open(folder).unwrap()
}
