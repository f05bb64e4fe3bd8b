//! What dates of news mean, by their manner and their anchor.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::model::{ArticleId, Block, ContentHash, Metadata, PartialDate, SourceRef, Span, Why};

/// `words → date` of every mention, counted from Thursday, 19 June 2025.
fn read(text: &str) -> Vec<String> {
    let anchor = Anchor { date: date(2025, 6, 19), why: "published 2025-06-19 (test)".into() };
    mentions(text, Some(&anchor)).iter().map(|m| format!("{} → {}", m.text, m.date)).collect()
}

fn blocks(blocks: &[(BlockKind, &str)]) -> Article {
    let mut article = Article {
        id: ArticleId::derive("content", "test"),
        name: "test".into(),
        source: SourceRef { path: "corpus/test.txt".into(), blake3: ContentHash::of(b"test"), record: None },
        url: None,
        title: None,
        authors: Vec::new(),
        outlet: None,
        published: None,
        language: None,
        text: String::new(),
        blocks: Vec::new(),
        dropped: Vec::new(),
        disagreements: Vec::new(),
        modified: None,
        metadata: Metadata::default(),
    };
    for (kind, text) in blocks {
        if !article.text.is_empty() {
            article.text.push_str("\n\n");
        }
        let start = article.text.chars().count();
        article.text.push_str(text);
        let span = Span::new(start, article.text.chars().count());
        article.blocks.push(Block { kind: *kind, span, speaker: None, label: None, entry: None, links: Vec::new() });
    }
    article
}

fn found(dates: &ArticleDates) -> Vec<String> {
    dates.mentions.iter().map(|m| format!("{} → {}", m.text, m.date)).collect()
}

#[test]
fn a_full_date_is_read_in_every_order() {
    for text in [
        "June 17, 2025",
        "17 June 2025",
        "17th of June, 2025",
        "Jun. 17, 2025",
        "the 17th of June 2025",
        "JUNE 17, 2025",
        "Tuesday, June 17, 2025",
        "Tue 17 Jun 2025",
        "2025-06-17",
        "17/06/2025",
        "06/17/2025",
        "17.06.2025",
        "2025-06-17T08:30:00Z",
    ] {
        assert_eq!(read(&format!("Signed {text}.")), [format!("{text} → 2025-06-17")]);
    }
    assert_eq!(read("Signed on 17\nJune 2025 in Kesh"), ["17\nJune 2025 → 2025-06-17"]);
}

#[test]
fn a_range_is_its_two_days_on_one_span() {
    for text in ["16-19 June 2025", "June 16 to 19, 2025", "16 June–19 June 2025", "June 16–19", "16 to 19 June"] {
        assert_eq!(
            read(&format!("They met {text}.")),
            [format!("{text} → 2025-06-16"), format!("{text} → 2025-06-19")]
        );
    }
    assert_eq!(read("It ran from December 30 to January 2, 2025")[0], "December 30 to January 2, 2025 → 2024-12-30");
}

#[test]
fn a_day_without_a_year_lies_where_the_tense_says() {
    assert_eq!(read("It was signed on December 1."), ["December 1 → 2024-12-01"]);
    assert_eq!(read("It will open on 1 March."), ["1 March → 2026-03-01"]);
    assert_eq!(read("The June 18 treaty"), ["June 18 → 2025-06-18"]);
    assert!(mentions("It was signed on December 1.", None).is_empty());
}

#[test]
fn a_bare_year_needs_a_preposition_or_an_occasion() {
    assert_eq!(read("The next summit will be held in 2027."), ["in 2027 → 2027"]);
    assert_eq!(read("Since 2020 she led it; the 2023 summit agreed."), ["Since 2020 → 2020", "the 2023 → 2023"]);
    assert_eq!(read("from 2021 to 2025"), ["from 2021 to 2025 → 2021", "from 2021 to 2025 → 2025"]);
    for text in [
        "2025 delegates",
        "by 2025 delegates",
        "of 1,140 km",
        "in 2,025 homes",
        "a list of 2027 wagons",
        "by 1940 GMT",
        "paid 2030 crowns",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn months_and_weekdays_within_names_and_verbs_are_none() {
    for text in [
        "It may 5 times fail",
        "They may come; the march began",
        "the Sunday Times reported",
        "Black Friday sales",
        "every Tuesday",
        "on Tuesdays",
        "Article 17 May be amended",
        "March 12 kilometres",
        "They march on",
        "May Holt said",
        "Mondayish",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    assert_eq!(read("They met in May and in March."), ["in May → 2025-05", "in March → 2025-03"]);
}

#[test]
fn a_weekday_is_the_nearest_on_its_side() {
    assert_eq!(read("He left on Wednesday."), ["on Wednesday → 2025-06-18"]);
    assert_eq!(read("He said Thursday that it was over."), ["Thursday → 2025-06-19"]);
    assert_eq!(read("She will speak on Friday."), ["on Friday → 2025-06-20"]);
    assert_eq!(read("He met them last Thursday."), ["last Thursday → 2025-06-12"]);
    assert_eq!(read("He meets them next Thursday."), ["next Thursday → 2025-06-26"]);
}

#[test]
fn near_days_and_periods_count_from_the_publication_day() {
    assert_eq!(read("What we have signed today is a telephone."), ["today → 2025-06-19"]);
    assert_eq!(
        read("It rained yesterday; the vote comes tomorrow."),
        ["yesterday → 2025-06-18", "tomorrow → 2025-06-20"]
    );
    assert_eq!(read("It fell last year and next month."), ["last year → 2024", "next month → 2025-07"]);
    assert_eq!(read("It was hired last week."), ["last week → 2025-06"]);
    assert_eq!(read("It began two years ago."), ["two years ago → 2023"]);
    assert_eq!(read("She will return in three days."), ["in three days → 2025-06-22"]);
    assert_eq!(read("Today, Doruna is a desert."), Vec::<String>::new());
    assert_eq!(read("In four days we signed a treaty."), Vec::<String>::new());
    assert_eq!(read("over the last year"), Vec::<String>::new());
}

#[test]
fn a_reason_names_the_day_that_was_counted_from() {
    let anchor = Anchor { date: date(2025, 6, 19), why: "published 2025-06-19 (meta)".into() };
    let why = mentions("He left on Wednesday.", Some(&anchor)).remove(0).why;

    assert_eq!(
        (why.rule.as_ref(), why.text.as_str()),
        ("weekday", "Wednesday on or before the publication day 2025-06-19")
    );
    assert_eq!(why.evidence, [Evidence::outside("anchor", "published 2025-06-19 (meta)")]);
}

#[test]
fn a_caption_is_the_anchor_where_no_date_is_stated() {
    let dates = article(&blocks(&[
        (BlockKind::Caption, "Porters cross a bridge in Kesh on June 17, 2025. Photo: Jonas Pell"),
        (BlockKind::EditorNote, "President Belhaour ended his visit to Kesh on Wednesday."),
        (BlockKind::Question, "LD: Doruna will host the next summit in 2027. Is that soon?"),
        (BlockKind::Answer, "It opens on 5 May 2027."),
    ]));

    assert_eq!(
        found(&dates),
        ["June 17, 2025 → 2025-06-17", "on Wednesday → 2025-06-18", "in 2027 → 2027", "5 May 2027 → 2027-05-05"]
    );
    let published = dates.published.unwrap();
    assert_eq!(published.edtf(), "2025-06-18/..");
    assert!(published.why.text.contains("on Wednesday"), "{}", published.why.text);
    assert_eq!(published.why.evidence.len(), 2);
}

#[test]
fn a_dateline_takes_its_year_from_the_text_or_the_path() {
    let lead = "VELMAR, Sept. 12 (Corridor Wire) — Kaldan opened the summit on Tuesday.";
    let mut article_ = blocks(&[(BlockKind::Paragraph, lead)]);
    assert_eq!(article(&article_).published, None);

    article_.source.path = "corpus/2023-velmar/opening.txt".into();
    let dates = article(&article_);
    assert_eq!(dates.published.as_ref().unwrap().edtf(), "2023-09-12");
    assert_eq!(found(&dates), ["Sept. 12 → 2023-09-12", "on Tuesday → 2023-09-12"]);

    article_.source.path = "corpus/2024-velmar/opening.txt".into();
    assert_eq!(article(&article_).published, None, "12 September 2024 was no Tuesday");
}

#[test]
fn a_stated_date_stands_and_is_counted_from() {
    let mut article_ = blocks(&[(BlockKind::Paragraph, "They met on Monday and will meet on July 1.")]);
    let stated = Publication::stated(PartialDate::day(date(2025, 6, 19)), Why::new("meta", "meta tag"));
    article_.published = Some(stated.clone());

    let dates = article(&article_);

    assert_eq!(dates.published, Some(stated));
    assert_eq!(found(&dates), ["on Monday → 2025-06-16", "July 1 → 2025-07-01"]);
}

#[test]
fn what_lies_ahead_bounds_no_publication_date() {
    for text in [
        "The next summit will be held on 5 May 2026.",
        "They agreed to meet on 5 May 2026.",
        "It is due by 5 May 2026.",
        "in 2027",
    ] {
        assert_eq!(article(&blocks(&[(BlockKind::Paragraph, text)])).published, None, "{text}");
    }
    let headed = "CLOSING PRESS CONFERENCE\nPalace, Hall B, Thursday, 19 June 2025, 16.10\n(Unrevised.)";
    assert_eq!(article(&blocks(&[(BlockKind::Paragraph, headed)])).published.unwrap().edtf(), "2025-06-19/..");
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_span_slices_its_words(
        parts in proptest::collection::vec(
            prop_oneof![
                "\\PC{0,6}",
                "[0-9]{1,4}",
                proptest::sample::select(vec![
                    "June", "May", "Sept.", "on ", "in ", "next ", "last ", "Wednesday", " ", " ", ", ", "-", "to", "31", "2025", "ago",
                    "years", "999", "\n", "é", "will ", "said ", "from ", "and ", "yesterday", "VELMAR, ", "—",
                ]).prop_map(String::from),
            ],
            0..24,
        ),
    ) {
        let text = parts.concat();
        let mut article_ = blocks(&[(BlockKind::Caption, &text), (BlockKind::Paragraph, &text)]);
        article_.source.path = "2024/x".into();
        for mention in article(&article_).mentions {
            prop_assert_eq!(mention.span.slice(&article_.text), mention.text);
        }
        for day in [date(2025, 6, 19), Date::MIN, Date::MAX] {
            let found = mentions(&text, Some(&Anchor { date: day, why: String::new() }));
            prop_assert!(found.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start));
        }
    }
}
