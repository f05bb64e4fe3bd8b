//! Checks the one real article outside the project, line by line, against what a reader would say of it.
//!
//! `cargo run --release --example real` reads `../shared/real`; without that folder it says so and ends
//! with an error. Nothing of the article's text stands here but the names and dates that are asked for.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::path::Path;
use std::process::ExitCode;

use rapporteur::annotate::Annotator;
use rapporteur::annotate::speakers::Finder;
use rapporteur::clean::{CleanOptions, clean};
use rapporteur::config::{Authority, ModelFile, TopicSet};
use rapporteur::model::{Article, BlockKind, Passage, PassageKind, Precision, Quote, QuoteKind};
use rapporteur::source;

const FOLDER: &str = "../shared/real";
const INTERVIEWER: &str = "Wang Wenwen";
const ANSWERER: &str = "Sheradil Baktygulov";

fn main() -> ExitCode {
    let Some(file) = source::find(&[FOLDER.into()], Path::new("..")).files.into_iter().next() else {
        eprintln!("{FOLDER} is absent: this check needs the real article, which is not part of the project");
        return ExitCode::FAILURE;
    };
    let bytes = std::fs::read(&file.path).expect("the file was just listed");
    let source = source::split(&file.shown, bytes).remove(0).expect("the article is readable text");
    let article = clean(&source, &CleanOptions { outlet: None, language: "en".into(), time_zone: None })
        .expect("it is an article")
        .article;
    let topics = TopicSet::parse(Path::new("topics.toml"), include_str!("../topics.toml")).expect("checked by a test");
    let finder = Finder::read(Some(&ModelFile::built_in())).expect("checked by a test");
    let passages = Annotator::new(Authority::default(), finder, &topics).annotate(&article).passages;

    let mut checks = Checks::default();
    cleaning(&article, &mut checks);
    speakers(&article, &passages, &mut checks);
    dates(&passages, &mut checks);
    about(&passages, &mut checks);
    println!("{} of {} checks hold", checks.held, checks.all);
    if checks.held == checks.all { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[derive(Default)]
struct Checks {
    held: usize,
    all: usize,
}

impl Checks {
    fn check(&mut self, what: &str, holds: bool) {
        self.all += 1;
        self.held += usize::from(holds);
        println!("{} {what}", if holds { "ok    " } else { "FAILED" });
    }
}

fn cleaning(article: &Article, checks: &mut Checks) {
    let kinds: Vec<BlockKind> = article.blocks.iter().map(|block| block.kind).collect();
    let texts: Vec<&str> = article.blocks.iter().map(|block| article.block_text(block)).collect();
    let count = |kind| kinds.iter().filter(|k| **k == kind).count();
    checks.check("the first line is a caption", kinds.first() == Some(&BlockKind::Caption));
    checks.check("the next is the editor's note", kinds.get(1) == Some(&BlockKind::EditorNote));
    checks.check("both credit lines are captions, and nothing else is", count(BlockKind::Caption) == 2);
    checks.check("broken parentheses are joined", texts[1].contains("(GT)") && texts[1].contains("(Baktygulov)"));
    checks.check("5 questions", count(BlockKind::Question) == 5);
    checks.check("9 answer paragraphs", count(BlockKind::Answer) == 9);
    checks.check("every question is labelled GT", labels(article, BlockKind::Question, "GT"));
    checks.check("every answer is labelled Baktygulov", labels(article, BlockKind::Answer, "Baktygulov"));
    checks.check("no line is lost or dropped", article.dropped.is_empty());
}

fn labels(article: &Article, kind: BlockKind, label: &str) -> bool {
    article.blocks.iter().filter(|block| block.kind == kind).all(|block| block.speaker.as_deref() == Some(label))
}

fn speakers(article: &Article, passages: &[Passage], checks: &mut Checks) {
    let name = |passage: &Passage| passage.speaker.as_ref().map(|a| a.speaker.name.clone());
    let role = |passage: &Passage| passage.speaker.as_ref().and_then(|a| a.speaker.role.clone()).unwrap_or_default();
    let of = |kind| passages.iter().filter(move |passage| passage.kind == kind);
    checks.check(
        "every question is asked by the reporter",
        of(PassageKind::Question).all(|p| name(p).as_deref() == Some(INTERVIEWER)),
    );
    checks.check(
        "the reporter's role names the outlet",
        of(PassageKind::Question).all(|p| role(p).contains("reporter") && role(p).contains("Global Times")),
    );
    checks
        .check("every answer is the director's", of(PassageKind::Answer).all(|p| name(p).as_deref() == Some(ANSWERER)));
    checks.check(
        "with his role from the editor's note",
        of(PassageKind::Answer).all(|p| role(p) == "director of the Institute of World Policy of Kyrgyzstan"),
    );
    checks.check(
        "every attribution has a confidence and evidence with a span",
        passages
            .iter()
            .filter_map(|p| p.speaker.as_ref())
            .all(|a| a.confidence.value() > 0.0 && a.why.evidence.iter().any(|evidence| evidence.span.is_some())),
    );
    checks.check(
        "captions, credits and the note are nobody's speech",
        passages
            .iter()
            .filter(|p| matches!(p.kind, PassageKind::Caption | PassageKind::EditorNote))
            .all(|p| p.speaker.is_none() && p.quotes.iter().all(|q| q.kind != QuoteKind::Direct)),
    );
    let quoted = |needle: &str| -> Vec<&Quote> {
        let says = |quote: &&Quote| quote.spans.iter().any(|span| span.slice(&article.text).contains(needle));
        passages.iter().flat_map(|p| &p.quotes).filter(says).collect()
    };
    for proverb in ["sow peace", "get rich", "prosperity of each country"] {
        checks.check(
            &format!("the quotation “… {proverb} …” is within his answer, no new speaker"),
            quoted(proverb).into_iter().all(|q| q.speaker.as_ref().is_none_or(|speaker| speaker.name == ANSWERER)),
        );
    }
    checks.check(
        "the report in the last question is Xi Jinping's, indirect",
        quoted("great potential").into_iter().any(|q| {
            q.kind == QuoteKind::Indirect && q.speaker.as_ref().is_some_and(|speaker| speaker.name == "Xi Jinping")
        }),
    );
    let everybody: Vec<String> = passages.iter().flat_map(Passage::speakers).map(|a| a.speaker.name).collect();
    checks.check(
        "nobody else speaks",
        everybody.iter().all(|name| [INTERVIEWER, ANSWERER, "Xi Jinping"].contains(&name.as_str())),
    );
}

fn dates(passages: &[Passage], checks: &mut Checks) {
    let mention = |text: &str| passages.iter().flat_map(|p| &p.dates).find(|m| m.text.contains(text));
    checks.check(
        "the caption's day is 17 June 2025",
        mention("June 17, 2025").is_some_and(|m| m.date.to_string() == "2025-06-17"),
    );
    checks.check(
        "“on Wednesday” is 18 June 2025, with the reason",
        mention("Wednesday").is_some_and(|m| m.date.to_string() == "2025-06-18" && !m.why.text.is_empty()),
    );
    checks.check(
        "“in 2027” is a year",
        mention("2027").is_some_and(|m| m.date.precision() == Precision::Year && m.date.to_string() == "2027"),
    );
    checks.check(
        "published on or after 18 June 2025, inferred, with the reason",
        passages.iter().all(|p| {
            p.published.as_ref().is_some_and(|d| d.inferred && d.edtf() == "2025-06-18/.." && !d.why.text.is_empty())
        }),
    );
}

fn about(passages: &[Passage], checks: &mut Checks) {
    for topic in ["transport", "trade", "security", "environment", "poverty-reduction", "diplomacy"] {
        let about: Vec<u32> =
            passages.iter().filter(|p| p.topics.iter().any(|t| t.id.as_str() == topic)).map(|p| p.id.n).collect();
        checks.check(
            &format!("topic {topic}: passages {about:?} of {}", passages.len()),
            !about.is_empty() && about.len() < passages.len(),
        );
    }
    let unlike_the_text = |topic: &str, words: &[&str]| {
        passages
            .iter()
            .filter(|p| p.topics.iter().any(|t| t.id.as_str() == topic))
            .all(|p| words.iter().any(|word| p.text.to_lowercase().contains(word)))
    };
    checks.check(
        "transport only where lines or roads are spoken of",
        unlike_the_text("transport", &["rail", "road", "transport", "transit"]),
    );
    checks.check(
        "environment only where nature is spoken of",
        unlike_the_text("environment", &["desert", "environment", "ecolog", "water"]),
    );
    checks.check(
        "security only where threats are spoken of",
        unlike_the_text("security", &["terror", "security", "extremis", "confrontation"]),
    );
}
