//! Sentence boundaries, measured on hard sentences of our own (`tests/data/sentences.txt`).
//!
//! *Boundary accuracy*: of all places within paragraphs where the truth or the program ends a sentence, the
//! share where both do. Ends of paragraphs are given, so they don't count. *Whole sentences*: the share of
//! the true sentences that the program gives with the same beginning and end.
//!
//! `cargo test --test sentences -- --nocapture` prints both for each part of the set.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::Range;

use rapporteur::annotate::sentences::sentences;

const SET: &str = include_str!("data/sentences.txt");
/// Where a sentence ends in the set.
const SIGN: char = '¶';
/// The least boundary accuracy that we ship.
const LEAST: f64 = 0.995;

/// A paragraph of the set with its true sentences.
struct Paragraph {
    part: &'static str,
    group: &'static str,
    text: String,
    truth: Vec<Range<usize>>,
}

/// What was counted over some paragraphs.
#[derive(Default)]
struct Score {
    sentences: usize,
    whole: usize,
    places: usize,
    agreed: usize,
    failures: String,
}

impl Score {
    fn add(&mut self, paragraph: &Paragraph) {
        let found = sentences(&paragraph.text);
        let ends = |ranges: &[Range<usize>]| -> BTreeSet<usize> {
            ranges.iter().map(|range| range.end).filter(|end| *end < paragraph.text.len()).collect()
        };
        let (truth, program) = (ends(&paragraph.truth), ends(&found));
        self.sentences += paragraph.truth.len();
        self.whole += paragraph.truth.iter().filter(|range| found.contains(range)).count();
        self.places += truth.union(&program).count();
        self.agreed += truth.intersection(&program).count();
        for place in truth.symmetric_difference(&program) {
            let what = if truth.contains(place) { "missed" } else { "too many" };
            let (before, after) = paragraph.text.split_at(*place);
            let _ = writeln!(self.failures, "{}: {what}: {before} {SIGN}{after}", paragraph.group);
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of a small file")]
    fn accuracy(&self) -> f64 {
        self.agreed as f64 / self.places.max(1) as f64
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of a small file")]
    fn whole(&self) -> f64 {
        self.whole as f64 / self.sentences.max(1) as f64
    }
}

fn set() -> Vec<Paragraph> {
    let (mut part, mut group) = ("", "");
    let mut paragraphs = Vec::new();
    for line in SET.lines().filter(|line| !line.is_empty()) {
        if let Some(comment) = line.strip_prefix('#') {
            part = comment.strip_prefix(" part: ").unwrap_or(part);
            group = comment.strip_prefix(" group: ").unwrap_or(group);
            continue;
        }
        let mut text = String::new();
        let mut truth = Vec::new();
        for (index, marked) in line.split(SIGN).enumerate() {
            // Of `one. ¶ Two.` the text has one space, of `one.¶Two.` none.
            if index > 0 && marked.starts_with(' ') {
                text.push(' ');
            }
            let sentence = marked.trim();
            truth.push(text.len()..text.len() + sentence.len());
            text.push_str(sentence);
        }
        paragraphs.push(Paragraph { part, group, text, truth });
    }
    paragraphs
}

fn score(paragraphs: &[&Paragraph]) -> Score {
    let mut score = Score::default();
    for paragraph in paragraphs {
        score.add(paragraph);
    }
    score
}

#[test]
fn hard_sentences_are_told_apart() {
    let set = set();
    let all: Vec<&Paragraph> = set.iter().collect();
    for part in all.iter().map(|paragraph| paragraph.part).collect::<BTreeSet<_>>() {
        let of_part: Vec<&Paragraph> = all.iter().copied().filter(|paragraph| paragraph.part == part).collect();
        let score = score(&of_part);
        println!(
            "{part}: {} sentences, {} places, boundary accuracy {:.3}, whole sentences {:.3}",
            score.sentences,
            score.places,
            score.accuracy(),
            score.whole()
        );
    }

    let score = score(&all);

    print!("{}", score.failures);
    assert!(score.sentences >= 400, "{}", score.sentences);
    assert!(score.accuracy() >= LEAST, "boundary accuracy {:.4}\n{}", score.accuracy(), score.failures);
}

#[test]
fn the_set_is_paragraphs_of_two_to_six_sentences() {
    for paragraph in set() {
        assert!((2..=6).contains(&paragraph.truth.len()), "{}", paragraph.text);
        assert!(!paragraph.text.contains(['¶', '\t']) && !paragraph.text.contains("  "), "{}", paragraph.text);
    }
}
