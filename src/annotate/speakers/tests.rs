//! Whole articles, small and invented, and what attribution must say of them.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::model::{ArticleId, Block, BlockKind, ContentHash, Metadata, QuoteKind, SourceRef};

/// An article of blocks: kind, label (with its mark, as it stands in the text) and words.
pub(super) fn article(blocks: &[(BlockKind, &str, &str)]) -> Article {
    let mut text = String::new();
    let mut built: Vec<Block> = Vec::new();
    let mut turn = None;
    for (kind, label, words) in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.chars().count();
        let label_span = (!label.is_empty()).then(|| Span::new(start, start + label.chars().count()));
        if !label.is_empty() {
            turn = Some(label.trim_end_matches(':').to_owned());
            text.push_str(label);
            text.push(' ');
        }
        text.push_str(words);
        let span = Span::new(start, text.chars().count());
        let speaker = turn.clone().filter(|_| kind.is_turn());
        built.push(Block { kind: *kind, span, speaker, label: label_span, entry: None, links: Vec::new() });
    }
    Article {
        id: ArticleId::derive("content", &text),
        name: "test".into(),
        source: SourceRef { path: "-".into(), blake3: ContentHash::of(text.as_bytes()), record: None },
        url: None,
        title: None,
        authors: Vec::new(),
        outlet: None,
        published: None,
        language: None,
        text,
        blocks: built,
        dropped: Vec::new(),
        disagreements: Vec::new(),
        modified: None,
        metadata: Metadata::default(),
    }
}

fn said(article: &Article) -> SpeakerAnnotation {
    annotate(article, &Authority::default(), &Finder::rules(), None)
}

/// Kind, speaker's id and words of each quote.
fn quotes(annotation: &SpeakerAnnotation, text: &str) -> Vec<(QuoteKind, String, String)> {
    annotation
        .quotes
        .iter()
        .map(|quote| {
            let words: Vec<&str> = quote.spans.iter().map(|span| span.slice(text)).collect();
            let speaker = quote.speaker.as_ref().map_or("-", |speaker| speaker.id.as_str());
            (quote.kind, speaker.to_owned(), words.join(" … "))
        })
        .collect()
}

fn in_text(text: &str) -> Vec<(QuoteKind, String, String)> {
    quotes(&annotate_text(text, &Authority::default(), &Finder::rules(), None), text)
}

fn quote(kind: QuoteKind, speaker: &str, words: &str) -> (QuoteKind, String, String) {
    (kind, speaker.to_owned(), words.to_owned())
}

/// An interview as outlets glue them: caption, note with both persons, labelled turns.
fn interview() -> Article {
    use BlockKind::{Answer, Caption, Credit, EditorNote, Question};
    article(&[
        (Caption, "", "A train waits at Alt-Bulak. Photo: Ke Ruo/LD"),
        (
            EditorNote,
            "",
            "Lanqing Premier Lin Haoran left on Thursday. Lanqing Daily (\nLD) reporter Wu Jiayi interviewed Daniyar Osmonov (\nOsmonov), director of the Institute for Steppe Economies, about the line.",
        ),
        (Question, "LD:", "What changed your mind?"),
        (Answer, "Osmonov:", "We have an old saying: \"A road that never stops is only a wind.\" It fits."),
        (
            Answer,
            "",
            "Some call it a \"game-changer\" and they respect \"the good of each is the good of all\" principle.",
        ),
        (Credit, "", "Daniyar Osmonov Photo: Courtesy of Osmonov"),
        (
            Question,
            "LD:",
            "Premier Lin said to Kastrian President Omer Kaldan on the sidelines of the summit that trade between them holds great promise. He called on both to build the line. Is that realistic?",
        ),
        (Answer, "Osmonov:", "I think that it is."),
    ])
}

#[test]
fn turns_belong_to_those_whom_the_editors_note_introduces() {
    let annotation = said(&interview());
    let turns: Vec<Option<(&str, Option<&str>)>> = annotation
        .turns
        .iter()
        .map(|turn| turn.as_ref().map(|turn| (turn.speaker.id.as_str(), turn.speaker.role.as_deref())))
        .collect();

    let asks = Some(("wu-jiayi", Some("reporter of Lanqing Daily")));
    let answers = Some(("daniyar-osmonov", Some("director of the Institute for Steppe Economies")));
    assert_eq!(turns, [None, None, asks, answers, answers, None, asks, answers]);
}

#[test]
fn what_is_quoted_within_a_turn_is_its_speakers_and_a_report_is_not() {
    let article = interview();
    let found = quotes(&said(&article), &article.text);

    assert_eq!(
        found,
        [
            quote(QuoteKind::Direct, "daniyar-osmonov", "A road that never stops is only a wind."),
            quote(QuoteKind::Direct, "daniyar-osmonov", "the good of each is the good of all"),
            quote(QuoteKind::Indirect, "lin-haoran", "that trade between them holds great promise"),
            quote(QuoteKind::Indirect, "lin-haoran", "both to build the line"),
        ]
    );
}

#[test]
fn a_photo_credit_is_not_said_by_anyone() {
    let article = article(&[(BlockKind::Caption, "", "\"We are late,\" Kaldan said on Monday. Photo: Jonas Pell")]);

    assert_eq!(said(&article).quotes, []);
    assert_eq!(said(&article).cast, []);
}

#[test]
fn a_broken_quotation_is_one_quote_of_two_spans() {
    assert_eq!(
        in_text("\"The line is late,\" said Pieter Vael, the transport minister, \"and dear.\""),
        [quote(QuoteKind::Direct, "pieter-vael", "The line is late … and dear.")]
    );
    assert_eq!(
        in_text("“It is late,” Pieter Vael told reporters. “It is dear, too.”"),
        [quote(QuoteKind::Direct, "pieter-vael", "It is late … It is dear, too.")]
    );
}

#[test]
fn a_report_with_quoted_words_is_mixed() {
    assert_eq!(
        in_text("Idris Belhaour, president of Doruna, described the text as \"a tent with six poles\"."),
        [quote(QuoteKind::Mixed, "idris-belhaour", "the text as \"a tent with six poles\"")]
    );
}

#[test]
fn she_goes_back_to_the_woman_and_the_minister_to_the_office() {
    let text = "Claire Dumonceau met Pieter Vael, the transport minister of Kastria, on Monday. She said that Arvelle would pay. \
                The minister said that he was glad.";

    let speakers: Vec<String> = in_text(text).into_iter().map(|(_, speaker, _)| speaker).collect();

    assert_eq!(speakers, ["claire-dumonceau", "pieter-vael"]);
}

#[test]
fn an_anonymous_source_keeps_its_mention_and_gets_no_name() {
    let text = "President Idris Belhaour left. A senior Dorunan official said that the wells were dry.";
    let annotation = annotate_text(text, &Authority::default(), &Finder::rules(), None);

    let quote = &annotation.quotes[0];
    assert_eq!(quote.speaker, None);
    assert_eq!(quote.mention.as_ref().unwrap().text, "A senior Dorunan official");
}

#[test]
fn a_word_in_scare_quotes_and_a_title_are_no_quotes() {
    assert_eq!(in_text("The \"Amber line\" appears in \"A Tent With Six Poles\", a novel."), []);
}

#[test]
fn a_label_in_full_introduces_the_surname_in_a_later_one() {
    use BlockKind::{Answer, Question};
    let article = article(&[
        (Question, "QUESTION (Keren Moyle, net-menders’ guild):", "May I?"),
        (Answer, "DR SOLVANE:", "Please."),
        (Answer, "MOYLE:", "Thank you."),
    ]);

    let turns = said(&article).turns;

    assert_eq!(turns[2].as_ref().unwrap().speaker, turns[0].as_ref().unwrap().speaker);
}

#[test]
fn who_was_he_once_is_not_she_later() {
    let text = "Premier Lin Haoran arrived. He said that he was late. Ainura Sadykova waited for Lin Haoran. \
                Lin Haoran sat down. She said that she was early.";

    let speakers: Vec<String> = in_text(text).into_iter().map(|(_, speaker, _)| speaker).collect();

    assert_eq!(speakers, ["lin-haoran", "ainura-sadykova"]);
}

#[test]
fn a_labelled_transcript_knows_titles_outlets_and_reporters() {
    use BlockKind::{Answer, Question};
    let authority =
        "[[speaker]]\nid = \"omer-kaldan\"\nname = \"Ömer Kaldan\"\nroles = [{ title = \"president of Kastria\" }]\n";
    let authority = Authority::parse(Path::new("speakers.toml"), authority).unwrap();
    let article = article(&[
        (Answer, "MODERATOR:", "Questions, please."),
        (Question, "QUESTION (Corridor Wire):", "Samira Holt, Corridor Wire. Who will pay?"),
        (Answer, "PRESIDENT KALDAN*:", "All of us."),
        (Question, "QUESTION (inaudible):", "When?"),
        (Answer, "DR SOLVANE:", "Soon."),
    ]);

    let annotation = annotate(&article, &authority, &Finder::rules(), None);

    let names: Vec<&str> =
        annotation.turns.iter().map(|turn| turn.as_ref().map_or("-", |turn| turn.speaker.name.as_str())).collect();
    assert_eq!(names, ["-", "Samira Holt", "Ömer Kaldan", "-", "Solvane"]);
}

fn turn_ids(article: &Article) -> Vec<String> {
    let id = |turn: &Option<Attribution>| turn.as_ref().map_or("-".to_owned(), |turn| turn.speaker.id.to_string());
    said(article).turns.iter().map(id).collect()
}

#[test]
fn a_chair_who_gives_her_name_bears_it_in_every_turn() {
    use BlockKind::Answer;
    let article = article(&[
        (Answer, "THE CHAIRMAN:", "Good morning. I am Verity Lunn, and I chair this inquiry."),
        (Answer, "MR DECKER:", "In it."),
        (Answer, "THE CHAIRMAN:", "We rise until two."),
    ]);

    assert_eq!(turn_ids(&article), ["verity-lunn", "decker", "verity-lunn"]);
}

#[test]
fn posts_offices_initials_and_nobodies_stand_in_labels() {
    use BlockKind::{Answer, Question};
    let article = article(&[
        (BlockKind::Paragraph, "", "President Omer Kaldan answered questions. Benedikt Jahn, a tuner, listened."),
        (Question, "KWAME ADLER, HOST:", "Who opened it?"),
        (Answer, "O.Kaldan:", "I did."),
        (Answer, "The Minister of Works (Torvald Ekman):", "I helped."),
        (Question, "A woman in the third row:", "Why?"),
        (Question, "Follow-up:", "And when?"),
        (Answer, "B.J.:", "In May."),
    ]);

    let ids = turn_ids(&article);

    assert_eq!(ids, ["-", "kwame-adler", "omer-kaldan", "torvald-ekman", "-", "-", "benedikt-jahn"]);
}

#[test]
fn who_follows_up_is_who_asked() {
    use BlockKind::{Answer, Question};
    let article = article(&[
        (Question, "Steppe Wire:", "Is it true?"),
        (Answer, "Bai Lianyu:", "We have noted it."),
        (Question, "Follow-up:", "And when?"),
        (Question, "QUESTION:", "Good evening, Yelda Sarp, Channel Two. Was it hot?"),
        (Question, "Q", "Is it true? Petra Holm, Kesh"),
    ]);

    assert_eq!(turn_ids(&article), ["steppe-wire", "bai-lianyu", "steppe-wire", "yelda-sarp", "petra-holm"]);
}

proptest! {
    #[test]
    fn any_text_gives_spans_within_it(text in "([\\PC\n]{0,40}|\"|“|”| said | Kaldan |, |\\. | he | that |\n){0,30}") {
        let annotation = annotate_text(&text, &Authority::default(), &Finder::rules(), None);
        let length = text.chars().count();
        for quote in &annotation.quotes {
            prop_assert!(!quote.spans.is_empty());
            prop_assert!(quote.spans.iter().all(|span| !span.is_empty() && span.end <= length));
            prop_assert!(quote.spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{:?}", quote);
            if let Some(mention) = &quote.mention {
                prop_assert_eq!(mention.span.slice(&text), &mention.text);
            }
        }
    }
}
