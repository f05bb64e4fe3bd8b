//! Hostile texts for attribution: each is read to its end, and what is found in it stands in it.
//!
//! One line each, without a place where it could be cut. No time is asserted: a text that costs more than linear time
//! would not let the test end; `cargo bench --bench attribution` measures it.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use rapporteur::annotate::speakers::{Finder, annotate_text};
use rapporteur::config::{Authority, ModelFile};
use rapporteur::model::{CodePoints, Span};

/// What each text repeats.
const UNITS: [&str; 16] = [
    "\"",
    "“",
    "” ",
    "'a' ‘b’ ",
    "(",
    ": ",
    "— ",
    "a.b.",
    "Omer Kaldan Claire Dumonceau ",
    "the harbour line of the old port and ",
    "said ",
    "he said she claimed that ",
    "according to Vael ",
    "“a,” he said. “b,” she said. ",
    "“It is late, he said, and ",
    "(“the Vaels” who said, ‘in the words of Mr Kaldan’, according to \"her\": — ",
];
/// Bytes of each: some stretches in which long lines are read.
const LENGTH: usize = 40_000;
/// Bytes of each for the rules alone, which are faster.
const LONG: usize = 300_000;

/// Attributes a text and checks the offsets of what is found; gives the number of quotes.
fn attributed(text: &str, finder: &Finder) -> usize {
    let found = annotate_text(text, &Authority::default(), finder, None);

    let points = CodePoints::new(text);
    let holds = |span: &Span| span.start < span.end && points.byte(span.end) <= text.len();
    for quote in &found.quotes {
        assert!(!quote.spans.is_empty() && quote.spans.iter().all(holds), "{quote:?}");
        assert!(quote.spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{quote:?}");
        if let Some(mention) = &quote.mention {
            assert_eq!(points.slice(mention.span), mention.text);
        }
    }
    assert!(found.quotes.windows(2).all(|pair| pair[0].extent().start <= pair[1].extent().start));
    assert!(found.cast.iter().flat_map(|member| &member.mentions).all(holds));
    found.quotes.len()
}

fn model() -> Finder {
    Finder::read(Some(&ModelFile::built_in())).unwrap()
}

#[test]
fn a_hostile_line_is_read_to_its_end_with_the_model() {
    let model = model();
    for unit in UNITS {
        attributed(&unit.repeat(LENGTH / unit.len()), &model);
    }
}

#[test]
fn a_hostile_line_is_read_to_its_end_by_the_rules() {
    for unit in UNITS {
        attributed(&unit.repeat(LONG / unit.len()), &Finder::rules());
    }
}

#[test]
fn many_short_lines_are_read_to_their_end() {
    for line in ["“\n", "said:\n", "— Vael\n", "“It is late.”\n"] {
        attributed(&line.repeat(30_000), &model());
    }
}

#[test]
fn every_quotation_of_an_endless_line_finds_its_speaker() {
    let line = "“It is late,” said Omer Kaldan. “We wait for the ferry,” said Claire Dumonceau. ";

    let times = 500;
    let found = annotate_text(&line.repeat(times), &Authority::default(), &model(), None).quotes;

    let spoken = found.iter().filter(|quote| quote.speaker.is_some()).count();
    assert!(spoken >= 2 * times - 20, "{spoken} of {}", 2 * times);
}
