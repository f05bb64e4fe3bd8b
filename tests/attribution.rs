//! Who says what, pattern by pattern: one small text of our own for each, with all that must be found in it.
//!
//! `tests/attribution/*.toml` hold the cases. A case is a text with every `quote` in it and nothing else: its kind,
//! the exact pieces of its words, its speaker (by the resolved name; none for somebody who is not named) with their role
//! where the case states one, the words that mention them, and of its `why` the evidence by parts (a cue as it
//! stands; of an introduction words that it holds) and, as `because`, words of the reason. Where a case has `turn`s, its text
//! is cleaned as plain text first, and the turns are all blocks that somebody speaks.
//!
//! A case that does not hold is marked, with the reason, by `known_failure.rules = "…"`, under the name of the
//! finder that fails it; it must then fail, so that a case which has come to hold loses its mark.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use rapporteur::annotate::speakers::{self, SpeakerAnnotation, annotate, annotate_text};
use rapporteur::clean::{CleanOptions, clean};
use rapporteur::config::{Authority, ModelFile};
use rapporteur::model::{Article, Mention, QuoteKind, Speaker, Why};
use rapporteur::source;
use serde::Deserialize;

/// Cases that the set has at the least: one for each pattern that it names.
const LEAST_CASES: usize = 83;

/// A way to find what is said, and the name under which cases mark its failures.
struct Finder {
    name: &'static str,
    in_text: fn(&str) -> SpeakerAnnotation,
    in_article: fn(&Article) -> SpeakerAnnotation,
}

/// Every finder holds every case, but for the failures known of it.
const FINDERS: [Finder; 2] = [
    Finder {
        name: "rules",
        in_text: |text| annotate_text(text, &Authority::default(), &speakers::Finder::rules(), None),
        in_article: |article| annotate(article, &Authority::default(), &speakers::Finder::rules(), None),
    },
    Finder {
        name: "model",
        in_text: |text| annotate_text(text, &Authority::default(), &MODEL, None),
        in_article: |article| annotate(article, &Authority::default(), &MODEL, None),
    },
];

static MODEL: LazyLock<speakers::Finder> =
    LazyLock::new(|| speakers::Finder::read(Some(&ModelFile::built_in())).unwrap());

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    /// Finder → why it fails.
    #[serde(default)]
    known_failure: BTreeMap<String, String>,
    #[serde(default)]
    quote: Vec<Quote>,
    #[serde(default)]
    turn: Vec<Turn>,
}

/// A quotation or report that must be found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Quote {
    kind: QuoteKind,
    text: Vec<String>,
    speaker: Option<String>,
    role: Option<String>,
    mention: Option<String>,
    #[serde(default)]
    why: BTreeMap<String, String>,
}

/// A block that must be somebody's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    text: String,
    speaker: String,
    role: Option<String>,
    #[serde(default)]
    why: BTreeMap<String, String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/attribution");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| -> File {
        let text = fs::read_to_string(path).unwrap();
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files.iter().flat_map(|path| read(path).case).collect()
}

/// What `finder` gets wrong in a case, a line each; empty where it holds.
fn faults(case: &Case, finder: &Finder) -> String {
    let text = case.text.trim();
    let (text, found, blocks) = if case.turn.is_empty() {
        (text.to_owned(), (finder.in_text)(text), Vec::new())
    } else {
        let article = cleaned(text);
        let blocks = article.blocks.iter().map(|block| block.span.slice(&article.text).to_owned()).collect();
        let found = (finder.in_article)(&article);
        (article.text, found, blocks)
    };
    let mut faults = String::new();
    quote_faults(&mut faults, case, &text, &found);
    let turns: Vec<_> =
        blocks.iter().zip(&found.turns).filter_map(|(text, turn)| Some((text, turn.as_ref()?))).collect();
    if turns.len() != case.turn.len() {
        let _ = writeln!(faults, "  {} turns, not {}: {turns:#?}", turns.len(), case.turn.len());
    }
    for (wanted, (block, turn)) in case.turn.iter().zip(&turns) {
        differ(&mut faults, "turn", &wanted.text, *block);
        speaker_faults(&mut faults, Some(&wanted.speaker), wanted.role.as_ref(), Some(&turn.speaker));
        why_faults(&mut faults, &text, &wanted.why, &turn.why);
    }
    faults
}

fn cleaned(text: &str) -> Article {
    let source = source::split("case.txt", text.as_bytes().to_vec()).remove(0).unwrap();
    clean(&source, &CleanOptions { outlet: None, language: "en".into(), time_zone: None }).unwrap().article
}

fn quote_faults(faults: &mut String, case: &Case, text: &str, found: &SpeakerAnnotation) {
    for (wanted, quote) in case.quote.iter().zip(&found.quotes) {
        let pieces: Vec<&str> = quote.spans.iter().map(|span| span.slice(text)).collect();
        differ(faults, "kind", &wanted.kind, &quote.kind);
        differ(faults, "words", &wanted.text.iter().map(String::as_str).collect::<Vec<_>>(), &pieces);
        speaker_faults(faults, wanted.speaker.as_ref(), wanted.role.as_ref(), quote.speaker.as_ref());
        let mention = quote.mention.as_ref();
        differ(faults, "mention", &wanted.mention.as_ref(), &mention.map(|mention| &mention.text));
        if let Some(Mention { text: words, span }) = mention {
            differ(faults, "the mention's span", &words.as_str(), &span.slice(text));
        }
        why_faults(faults, text, &wanted.why, &quote.why);
    }
    for missed in case.quote.iter().skip(found.quotes.len()) {
        let _ = writeln!(faults, "  missed: {missed:?}");
    }
    for extra in found.quotes.iter().skip(case.quote.len()) {
        let pieces: Vec<&str> = extra.spans.iter().map(|span| span.slice(text)).collect();
        let _ = writeln!(faults, "  too many: {:?} {pieces:?} {:?}", extra.kind, extra.speaker);
    }
}

fn speaker_faults(faults: &mut String, name: Option<&String>, role: Option<&String>, found: Option<&Speaker>) {
    differ(faults, "speaker", &name, &found.map(|speaker| &speaker.name));
    if role.is_some() {
        differ(faults, "role", &role, &found.and_then(|speaker| speaker.role.as_ref()));
    }
}

/// The evidence of a why, and the places where it says that it stands.
fn why_faults(faults: &mut String, text: &str, wanted: &BTreeMap<String, String>, why: &Why) {
    for (part, words) in wanted {
        if part == "because" {
            let said = why.text.contains(words);
            differ(faults, "because", words, if said { words } else { &why.text });
            continue;
        }
        let holds = |found: &str| if part == "introduction" { found.contains(words) } else { found == words };
        let of_part: Vec<&str> = why
            .evidence
            .iter()
            .filter(|evidence| evidence.part == part.as_str())
            .map(|evidence| evidence.text.as_str())
            .collect();
        if !of_part.iter().any(|found| holds(found)) {
            let _ = writeln!(faults, "  {part}: {words:?} wanted, {of_part:?} found");
        }
    }
    for evidence in &why.evidence {
        if let Some(span) = evidence.span {
            differ(faults, "the evidence's span", &evidence.text.as_str(), &span.slice(text));
        }
    }
}

fn differ<T: PartialEq + std::fmt::Debug + ?Sized>(faults: &mut String, what: &str, wanted: &T, found: &T) {
    if wanted != found {
        let _ = writeln!(faults, "  {what}: {wanted:?} wanted, {found:?} found");
    }
}

#[test]
fn every_pattern_holds_but_for_the_failures_that_are_known() {
    let mut report = String::new();
    for finder in &FINDERS {
        let (mut held, mut known) = (0, 0);
        for case in &cases() {
            let faults = faults(case, finder);
            match (faults.is_empty(), case.known_failure.get(finder.name)) {
                (true, None) => held += 1,
                (false, Some(_)) => known += 1,
                (true, Some(_)) => {
                    let _ = writeln!(report, "{}: {}: holds now; take its mark away", finder.name, case.name);
                }
                (false, None) => {
                    let _ = writeln!(report, "{}: {}:\n{faults}", finder.name, case.name);
                }
            }
        }
        println!("{}: {held} patterns hold, {known} are known to fail", finder.name);
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn the_cases_are_many_and_each_says_why() {
    let cases = cases();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases of one name");
    assert!(cases.len() >= LEAST_CASES, "{}", cases.len());
    for case in &cases {
        let finders: Vec<&str> = FINDERS.iter().map(|finder| finder.name).collect();
        assert!(
            case.known_failure.keys().all(|name| finders.contains(&name.as_str())),
            "{}: no such finder",
            case.name
        );
        let reasons = case.quote.iter().map(|quote| (&quote.why, quote.mention.is_some()));
        let turns = case.turn.iter().map(|turn| (&turn.why, true));
        assert!(reasons.chain(turns).all(|(why, named)| !named || !why.is_empty()), "{}: a why is missing", case.name);
    }
}
