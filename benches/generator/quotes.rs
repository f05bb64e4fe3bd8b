//! Invented quotations at any scale, with planted versions and with quotations that are merely similar.
//!
//! Words and sentences are those of `news`. Deterministic: one seed gives one archive. What is planted:
//!
//! - versions: word for word; trimmed to between two fifths and nine tenths (head, tail, middle, or with the middle
//!   left out); altered in one to four words (put in place, left out, put in); trimmed and then altered; merged with
//!   another quotation. One original in 400 has dozens. One version in 20 is published before its original, one in
//!   ten names nobody, one in 20 another speaker;
//! - merely similar: formulas with between a third and half of the words other ones, five to fifty of each; another
//!   statement that shares a run of up to a third; another statement with half of the words, in another order.

#![allow(dead_code, reason = "each user takes a part of it")]

use super::news::{Language, Random};

/// What was done to a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Original,
    Full,
    Trimmed,
    Altered,
    TrimmedAltered,
    Merged,
    Formula,
    SharedRun,
    Reordered,
}

impl Kind {
    pub(crate) const VERSIONS: [Self; 5] =
        [Self::Full, Self::Trimmed, Self::Altered, Self::TrimmedAltered, Self::Merged];
    pub(crate) const SIMILAR: [Self; 3] = [Self::Formula, Self::SharedRun, Self::Reordered];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Full => "word for word",
            Self::Trimmed => "trimmed to 40–90 %",
            Self::Altered => "1–4 words altered",
            Self::TrimmedAltered => "trimmed, 1–2 words altered",
            Self::Merged => "merged of two",
            Self::Formula => "formula, other words in it",
            Self::SharedRun => "shares up to a third",
            Self::Reordered => "half of the words, in another order",
        }
    }
}

/// A quotation of the archive.
#[derive(Debug, Clone)]
pub(crate) struct PlantedQuote {
    /// The originals that it is a version of; of a merely similar one, itself alone.
    pub(crate) families: Vec<u32>,
    pub(crate) kind: Kind,
    pub(crate) text: String,
    pub(crate) speaker: Option<usize>,
    /// Days after the archive's first.
    pub(crate) day: u32,
}

const SPEAKERS: usize = 400;
const DAYS: usize = 1_000;
/// Words of the shortest and of the longest original.
const LENGTHS: (f64, f64) = (15.0, 60.0);
/// Originals among which a merger finds its second part: what is said within some days.
const RECENT: usize = 40;

/// `count` quotations, in an order that says nothing of what they are.
pub(crate) fn archive(count: usize, seed: u64) -> Vec<PlantedQuote> {
    let mut random = Random(seed);
    let language = Language::new(&mut random);
    let mut maker = Maker { language, quotes: Vec::new(), originals: Vec::new(), families: 0, day: 0 };
    // Time goes on with the originals, of which about a third of the quotations are.
    let step = DAYS as f64 / (count as f64 * 0.35).max(1.0);
    let mut clock = 10.0;
    while maker.quotes.len() < count {
        clock += step;
        maker.day = clock as u32;
        if random.chance(0.0012) {
            maker.formulas(&mut random);
        }
        maker.original(&mut random);
    }
    maker.quotes.truncate(count);
    let mut quotes = maker.quotes;
    for last in (1..quotes.len()).rev() {
        quotes.swap(last, random.below(last + 1));
    }
    quotes
}

struct Maker {
    language: Language,
    quotes: Vec<PlantedQuote>,
    /// Places of the originals among the quotes.
    originals: Vec<usize>,
    families: u32,
    day: u32,
}

impl Maker {
    fn family(&mut self) -> u32 {
        self.families += 1;
        self.families
    }

    fn words(&self, random: &mut Random) -> Vec<String> {
        let (low, high) = LENGTHS;
        let wanted = (low.ln() + random.unit() * (high / low).ln()).exp() as usize;
        let names = [self.language.name(random), self.language.name(random)];
        let mut words: Vec<String> = Vec::new();
        while words.len() < wanted {
            let length = random.range(9, 25).min((wanted - words.len()).max(6));
            let sentence = self.language.sentence(random, length, &names);
            words.extend(sentence.split(' ').map(str::to_owned));
        }
        words.truncate(wanted.max(15));
        words
    }

    /// An original, its versions, and what is merely like it.
    fn original(&mut self, random: &mut Random) {
        let family = self.family();
        let words = self.words(random);
        let speaker = random.below(SPEAKERS);
        let place = self.quotes.len();
        self.originals.push(place);
        let text = words.join(" ");
        self.quotes.push(PlantedQuote {
            families: vec![family],
            kind: Kind::Original,
            text,
            speaker: Some(speaker),
            day: self.day,
        });
        let versions = match random.below(400) {
            0 => random.range(20, 80),
            1..200 => random.range(1, 5),
            _ => 0,
        };
        for _ in 0..versions {
            let version = self.version(random, place, &words);
            self.quotes.push(version);
        }
        for _ in 0..usize::from(random.chance(0.35)) {
            let similar = self.similar(random, &words, speaker);
            self.quotes.push(similar);
        }
    }

    fn version(&self, random: &mut Random, of: usize, words: &[String]) -> PlantedQuote {
        let original = &self.quotes[of];
        let speaker = match random.below(20) {
            0 => Some(random.below(SPEAKERS)),
            1 | 2 => None,
            _ => original.speaker,
        };
        let day =
            if random.chance(0.05) { self.day - random.range(1, 2) as u32 } else { self.day + random.below(10) as u32 };
        let mut families = original.families.clone();
        let (kind, words) = match random.below(100) {
            0..30 => (Kind::Full, words.to_vec()),
            30..55 => (Kind::Trimmed, trimmed(random, words, 0.4)),
            55..80 => {
                let edits = random.range(1, 4);
                (Kind::Altered, self.altered(random, words.to_vec(), edits))
            }
            80..92 => {
                let (kept, edits) = (trimmed(random, words, 0.6), random.range(1, 2));
                (Kind::TrimmedAltered, self.altered(random, kept, edits))
            }
            _ => match self.recent(random, of) {
                None => (Kind::Full, words.to_vec()),
                Some(other) => {
                    let other = &self.quotes[other];
                    families.extend(&other.families);
                    let own = words.iter().map(String::as_str);
                    let theirs = other.text.split(' ');
                    let merged: Vec<&str> =
                        if random.chance(0.5) { own.chain(theirs).collect() } else { theirs.chain(own).collect() };
                    (Kind::Merged, merged.into_iter().map(str::to_owned).collect())
                }
            },
        };
        // What merges two is not older than both.
        let day = if kind == Kind::Merged { self.day + random.below(4) as u32 } else { day };
        PlantedQuote { families, kind, text: words.join(" "), speaker, day }
    }

    /// Another original of these days.
    fn recent(&self, random: &mut Random, of: usize) -> Option<usize> {
        let known = self.originals.len();
        let other = *self.originals.get(known - 1 - random.below(RECENT.min(known)))?;
        (other != of).then_some(other)
    }

    fn altered(&self, random: &mut Random, mut words: Vec<String>, edits: usize) -> Vec<String> {
        for _ in 0..edits {
            let at = random.below(words.len());
            match random.below(5) {
                0 => {
                    words.remove(at);
                }
                1 => words.insert(at, self.language.word(random).to_owned()),
                _ => self.language.word(random).clone_into(&mut words[at]),
            }
        }
        words
    }

    /// Another statement that is like the one of `words`.
    fn similar(&mut self, random: &mut Random, words: &[String], speaker: usize) -> PlantedQuote {
        let mut own = self.words(random);
        let kind = if random.chance(0.5) {
            let shared = (words.len().min(own.len()) / 3).max(3);
            let (from, to) = (random.below(words.len() - shared + 1), random.below(own.len() - shared + 1));
            own[to..to + shared].clone_from_slice(&words[from..from + shared]);
            Kind::SharedRun
        } else {
            for word in own.iter_mut().step_by(2) {
                word.clone_from(&words[random.below(words.len())]);
            }
            Kind::Reordered
        };
        let speaker = if random.chance(0.6) { speaker } else { random.below(SPEAKERS) };
        let day = self.day + random.below(10) as u32;
        PlantedQuote { families: vec![self.family()], kind, text: own.join(" "), speaker: Some(speaker), day }
    }

    /// A formula that is said again and again, each time with other words in its places.
    fn formulas(&mut self, random: &mut Random) {
        let words = self.words(random);
        let share = 0.34 + random.unit() * 0.16;
        let places: Vec<bool> = words.iter().map(|_| random.chance(share)).collect();
        // Chance may have left fewer places than a third.
        let open = places.iter().filter(|open| **open).count();
        if open * 3 < words.len() {
            return;
        }
        let speaker = random.below(SPEAKERS);
        for _ in 0..random.range(5, 50) {
            let fill = |(word, open): (&String, &bool)| {
                if *open { self.language.word(random).to_owned() } else { word.clone() }
            };
            let text: Vec<String> = words.iter().zip(&places).map(fill).collect();
            let speaker = if random.chance(0.6) { speaker } else { random.below(SPEAKERS) };
            let day = self.day + random.below(60) as u32;
            let family = self.family();
            let text = text.join(" ");
            self.quotes.push(PlantedQuote {
                families: vec![family],
                kind: Kind::Formula,
                text,
                speaker: Some(speaker),
                day,
            });
        }
    }
}

/// A part of `words`, at least the share `least` of them and nine tenths at the most.
fn trimmed(random: &mut Random, words: &[String], least: f64) -> Vec<String> {
    let share = least + random.unit() * (0.9 - least);
    let kept = ((words.len() as f64 * share).ceil() as usize).clamp(6, words.len());
    let cut = words.len() - kept;
    match random.below(10) {
        0..4 => words[..kept].to_vec(),
        4..6 => words[cut..].to_vec(),
        6..8 => {
            let from = random.below(cut + 1);
            words[from..from + kept].to_vec()
        }
        _ => {
            let head = (kept / 2).max(3);
            [&words[..head], &words[head + cut..]].concat()
        }
    }
}
