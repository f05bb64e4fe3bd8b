//! Invented news at any scale, with planted copies and with articles that are merely similar.
//!
//! Words are made of syllables and drawn by Zipf's law, as Mandelbrot corrected it (1953), from 40,000 forms.
//! Deterministic: one seed gives one archive. What is planted, and what must not be taken for it:
//!
//! - copies: another headline; another first paragraph; cut to half; furniture added (share lines, read-more
//!   lines, newsletter blurbs, 50 to 150 words of an outlet's own); cut and furnished; another first
//!   paragraph and furnished; retouched (one word in fifty);
//! - merely similar: reports of one event that share quotations of up to a third of the shorter; series of
//!   market reports and live-blog summaries made of formulas; stories with one agency's standing paragraphs,
//!   or under one outlet's furniture.

#![allow(dead_code, reason = "each user takes a part of it")]

/// What was done to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Original,
    Headline,
    FirstParagraph,
    Half,
    Furniture,
    HalfFurniture,
    FirstFurniture,
    Retouched,
}

impl Kind {
    pub(crate) const COPIES: [Self; 7] = [
        Self::Headline,
        Self::FirstParagraph,
        Self::Half,
        Self::Furniture,
        Self::HalfFurniture,
        Self::FirstFurniture,
        Self::Retouched,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Headline => "headline changed",
            Self::FirstParagraph => "first paragraph changed",
            Self::Half => "cut to half",
            Self::Furniture => "furniture added",
            Self::HalfFurniture => "cut to half, furniture added",
            Self::FirstFurniture => "first paragraph changed, furniture added",
            Self::Retouched => "one word in fifty changed",
        }
    }
}

/// An article of the archive.
#[derive(Debug, Clone)]
pub(crate) struct NewsArticle {
    /// Articles of one family are copies of one original.
    pub(crate) family: u32,
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) outlet: String,
    /// Days after the archive's first.
    pub(crate) day: u32,
    pub(crate) paragraphs: Vec<String>,
}

impl NewsArticle {
    pub(crate) fn text(&self) -> String {
        self.paragraphs.join("\n\n")
    }

    /// The article as a record of JSONL, `number` its place in the archive.
    pub(crate) fn record(&self, number: usize) -> serde_json::Value {
        let month = self.day / 28 % 12 + 1;
        serde_json::json!({
            "id": format!("a{number}"),
            "url": format!("https://bench.example/{number}"),
            "title": self.title,
            "outlet": self.outlet,
            "published": format!("2024-{month:02}-{:02}", self.day % 28 + 1),
            "text": self.text(),
        })
    }
}

const WORDS: usize = 40_000;
const OUTLETS: usize = 60;
const AGENCIES: usize = 5;
/// Words of the shortest and of the longest story.
const LENGTHS: (f64, f64) = (150.0, 1200.0);

/// The generator of `SplitMix64` (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let value = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    /// From `low` to `high`, both included.
    pub(crate) fn range(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    #[allow(clippy::cast_precision_loss, reason = "53 bits are taken")]
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }
}

/// The language: words with their cumulative frequencies, and the phrases that reporters fall back on.
pub(crate) struct Language {
    words: Vec<String>,
    cumulative: Vec<f64>,
    phrases: Vec<String>,
}

impl Language {
    pub(crate) fn new(random: &mut Random) -> Self {
        const ONSETS: [&str; 18] =
            ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "st", "tr"];
        const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
        const CODAS: [&str; 8] = ["", "", "", "n", "r", "l", "s", "t"];
        let mut known = std::collections::BTreeSet::new();
        let mut words = Vec::new();
        while words.len() < WORDS {
            // The frequent words are the short ones (Zipf's law of abbreviation).
            let syllables = if words.len() < 150 { 1 } else { random.range(2, 4) };
            let word: String = (0..syllables)
                .flat_map(|_| [&ONSETS[..], &VOWELS, &CODAS].map(|sounds| sounds[random.below(sounds.len())]))
                .collect();
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let cumulative = (0_u32..)
            .zip(&words)
            .map(|(rank, _)| {
                sum += (f64::from(rank) + 2.7).powf(-1.07);
                sum
            })
            .collect();
        let mut language = Self { words, cumulative, phrases: Vec::new() };
        language.phrases = (0..600)
            .map(|_| {
                let words = random.range(3, 8);
                language.run(random, words)
            })
            .collect();
        language
    }

    pub(crate) fn word(&self, random: &mut Random) -> &str {
        let at = random.unit() * self.cumulative[self.cumulative.len() - 1];
        &self.words[self.cumulative.partition_point(|sum| *sum <= at).min(WORDS - 1)]
    }

    fn run(&self, random: &mut Random, words: usize) -> String {
        (0..words).map(|_| self.word(random)).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn name(&self, random: &mut Random) -> String {
        let word = |random: &mut Random| capital(&self.words[random.range(150, WORDS - 1)]);
        format!("{} {}", word(random), word(random))
    }

    /// A sentence of about `words` words, with the event's names and a phrase of the trade now and then.
    pub(crate) fn sentence(&self, random: &mut Random, words: usize, names: &[String]) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut count = 0;
        while count < words {
            let part = if random.chance(0.06) {
                self.phrases[random.below(self.phrases.len())].clone()
            } else if !names.is_empty() && random.chance(0.08) {
                names[random.below(names.len())].clone()
            } else if random.chance(0.03) {
                random.range(2, 9_000).to_string()
            } else {
                self.word(random).to_owned()
            };
            count += part.split(' ').count();
            parts.push(part);
        }
        format!("{}.", capital(&parts.join(" ")))
    }

    fn paragraph(&self, random: &mut Random, words: usize, names: &[String]) -> String {
        let mut sentences = Vec::new();
        let mut left = words;
        while left > 0 {
            let count = random.range(9, 28).min(left.max(5));
            sentences.push(self.sentence(random, count, names));
            left = left.saturating_sub(count);
        }
        sentences.join(" ")
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// An outlet with what its pages add to every story.
struct Outlet {
    name: String,
    above: String,
    below: Vec<String>,
}

/// What recurs under many stories.
struct Trade {
    language: Language,
    outlets: Vec<Outlet>,
    /// Each agency's standing paragraphs.
    agencies: Vec<Vec<String>>,
    series: Vec<Series>,
}

/// A series of formulaic pieces: sentences with places for numbers and names.
struct Series {
    title: String,
    formulas: Vec<Vec<String>>,
}

impl Trade {
    fn new(random: &mut Random) -> Self {
        let language = Language::new(random);
        let outlets = (0..OUTLETS)
            .map(|number| {
                let paragraphs = random.range(2, 4);
                let below = (0..paragraphs).map(|_| {
                    let words = random.range(12, 32);
                    language.paragraph(random, words, &[])
                });
                Outlet {
                    name: format!("Outlet {number}"),
                    below: below.collect(),
                    above: {
                        let words = random.range(8, 20);
                        language.paragraph(random, words, &[])
                    },
                }
            })
            .collect();
        let agencies = (0..AGENCIES)
            .map(|_| {
                (0..2)
                    .map(|_| {
                        let words = random.range(20, 45);
                        language.paragraph(random, words, &[])
                    })
                    .collect()
            })
            .collect();
        let series = (0..60)
            .map(|_| Series {
                title: language.run(random, 4),
                formulas: (0..16)
                    .map(|_| {
                        let pieces = random.range(3, 5);
                        (0..pieces)
                            .map(|_| {
                                let words = random.range(2, 6);
                                language.run(random, words)
                            })
                            .collect()
                    })
                    .collect(),
            })
            .collect();
        Self { language, outlets, agencies, series }
    }

    /// The paragraphs under an outlet's furniture, of 50 to 150 words with its read-more lines.
    fn furnished(&self, random: &mut Random, outlet: usize, mut paragraphs: Vec<String>) -> Vec<String> {
        let outlet = &self.outlets[outlet];
        let more = format!("Read more: {}", capital(&self.language.run(random, 9)));
        let middle = random.range(1, paragraphs.len().max(1));
        paragraphs.insert(middle.min(paragraphs.len()), more);
        paragraphs.insert(0, outlet.above.clone());
        paragraphs.extend(outlet.below.iter().cloned());
        paragraphs
    }

    fn length(random: &mut Random) -> usize {
        let (low, high) = LENGTHS;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between the two")]
        let words = (low.ln() + random.unit() * (high / low).ln()).exp() as usize;
        words
    }

    /// Paragraphs of `words` words in all, the first a lead of one or two sentences.
    fn story(&self, random: &mut Random, words: usize, names: &[String]) -> Vec<String> {
        let lead = random.range(22, 45);
        let mut paragraphs = vec![self.language.paragraph(random, lead, names)];
        let mut left = words.saturating_sub(lead);
        while left > 0 {
            let next = random.range(20, 75).min(left.max(12));
            paragraphs.push(self.language.paragraph(random, next, names));
            left = left.saturating_sub(next);
        }
        paragraphs
    }

    fn names(&self, random: &mut Random) -> Vec<String> {
        (0..8).map(|_| self.language.name(random)).collect()
    }

    /// Reports of one event by several writers: quotations of up to a third of the shortest are shared.
    fn event(&self, random: &mut Random) -> Vec<Vec<String>> {
        let names = self.names(random);
        let reports = random.range(2, 5);
        let lengths: Vec<usize> = (0..reports).map(|_| Self::length(random)).collect();
        let most = lengths.iter().min().copied().unwrap_or(0) / 3;
        let mut quotes = Vec::new();
        let mut left = most;
        while left > 10 {
            let words = random.range(10, 40).min(left);
            let quote = self.language.paragraph(random, words, &names);
            left = left.saturating_sub(count(&quote));
            quotes.push(format!("\"{quote}\" {} said.", names[random.below(names.len())]));
        }
        lengths
            .iter()
            .map(|words| {
                let shared: usize = quotes.iter().map(|quote| count(quote)).sum();
                let mut paragraphs = self.story(random, words.saturating_sub(shared).max(60), &names);
                for quote in &quotes {
                    let at = random.range(1, paragraphs.len());
                    paragraphs.insert(at, quote.clone());
                }
                paragraphs
            })
            .collect()
    }

    /// One piece of a series: most sentences are its formulas with other figures and names.
    fn instalment(&self, random: &mut Random, series: usize) -> Vec<String> {
        let formulas = &self.series[series].formulas;
        let sentences = random.range(9, 24);
        let names = self.names(random);
        let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
        for _ in 0..sentences {
            let sentence = if random.chance(0.6) {
                let formula = &formulas[random.below(formulas.len())];
                let filled: Vec<String> = formula
                    .iter()
                    .map(|piece| {
                        let figure = if random.chance(0.7) {
                            format!("{}.{}", random.range(1, 90), random.range(0, 9))
                        } else {
                            names[random.below(names.len())].clone()
                        };
                        format!("{piece} {figure}")
                    })
                    .collect();
                format!("{}.", capital(&filled.join(" ")))
            } else {
                let words = random.range(9, 25);
                self.language.sentence(random, words, &names)
            };
            match paragraphs.last_mut() {
                Some(open) if open.len() < 3 => open.push(sentence),
                _ => paragraphs.push(vec![sentence]),
            }
        }
        paragraphs.into_iter().map(|sentences| sentences.join(" ")).collect()
    }

    fn copy(&self, random: &mut Random, kind: Kind, original: &[String], outlet: usize) -> Vec<String> {
        let mut paragraphs = original.to_vec();
        if matches!(kind, Kind::FirstParagraph | Kind::FirstFurniture) {
            let words = count(&paragraphs[0]);
            paragraphs[0] = self.language.paragraph(random, words, &[]);
        }
        if matches!(kind, Kind::Half | Kind::HalfFurniture) {
            paragraphs = half(&paragraphs);
        }
        if kind == Kind::Retouched {
            for paragraph in &mut paragraphs {
                let words = paragraph.split(' ').map(|word| {
                    if random.chance(0.02) { self.language.word(random).to_owned() } else { word.to_owned() }
                });
                *paragraph = words.collect::<Vec<_>>().join(" ");
            }
        }
        if matches!(kind, Kind::Furniture | Kind::HalfFurniture | Kind::FirstFurniture) {
            paragraphs = self.furnished(random, outlet, paragraphs);
        }
        paragraphs
    }
}

/// The first half of the words, cut within a paragraph where it falls there.
fn half(paragraphs: &[String]) -> Vec<String> {
    let mut left = paragraphs.iter().map(|paragraph| count(paragraph)).sum::<usize>() / 2;
    let mut kept = Vec::new();
    for paragraph in paragraphs {
        let words: Vec<&str> = paragraph.split_whitespace().take(left).collect();
        left -= words.len();
        if !words.is_empty() {
            kept.push(words.join(" "));
        }
    }
    kept
}

/// `articles` articles, about three in ten of them copies, in an order that tells nothing.
pub(crate) fn archive(articles: usize, seed: u64) -> Vec<NewsArticle> {
    let random = &mut Random(seed);
    let trade = Trade::new(random);
    let mut archive: Vec<NewsArticle> = Vec::with_capacity(articles + 16);
    let mut family = 0;
    while archive.len() < articles {
        let stories = match random.below(10) {
            0..4 => {
                let (words, names) = (Trade::length(random), trade.names(random));
                vec![trade.story(random, words, &names)]
            }
            4..8 => trade.event(random),
            _ => {
                let series = random.below(trade.series.len());
                vec![trade.instalment(random, series)]
            }
        };
        for mut story in stories {
            if random.chance(0.5) {
                story.extend(trade.agencies[random.below(AGENCIES)].iter().cloned());
            }
            plant(random, &trade, family, &story, &mut archive);
            family += 1;
        }
    }
    archive.truncate(articles);
    for last in (1..archive.len()).rev() {
        archive.swap(last, random.below(last + 1));
    }
    archive
}

/// Adds a story, and in one case of eight its copies.
fn plant(random: &mut Random, trade: &Trade, family: u32, story: &[String], archive: &mut Vec<NewsArticle>) {
    let day = u32::try_from(random.below(700)).unwrap_or(0);
    let mut add = |random: &mut Random, kind: Kind, outlet: usize, paragraphs: Vec<String>| {
        let late = if kind == Kind::Original { 0 } else { u32::try_from(random.below(3)).unwrap_or(0) };
        archive.push(NewsArticle {
            family,
            kind,
            title: capital(&trade.language.run(random, 8)),
            outlet: trade.outlets[outlet].name.clone(),
            day: day + late,
            paragraphs,
        });
    };
    let outlet = random.below(OUTLETS);
    // Pages of which cleaning leaves the furniture in carry it under their own stories too.
    let own = if random.chance(0.15) { trade.furnished(random, outlet, story.to_vec()) } else { story.to_vec() };
    add(random, Kind::Original, outlet, own);
    if random.chance(0.125) {
        // Few stories are printed by many.
        let copies = if random.chance(0.02) { random.range(10, 50) } else { random.range(1, 6) };
        for _ in 0..copies {
            let kind = Kind::COPIES[random.below(Kind::COPIES.len())];
            let outlet = random.below(OUTLETS);
            let paragraphs = trade.copy(random, kind, story, outlet);
            add(random, kind, outlet, paragraphs);
        }
    }
}
