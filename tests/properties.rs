//! Laws that hold for every text: offsets slice, cleaning twice is cleaning once, ids are stable.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::sync::LazyLock;

use proptest::prelude::*;
use rapporteur::annotate::Annotator;
use rapporteur::annotate::speakers::Finder;
use rapporteur::clean::{CleanOptions, clean};
use rapporteur::config::{Authority, ModelFile, TopicSet};
use rapporteur::model::{Article, Span};
use rapporteur::source;

fn options() -> CleanOptions {
    CleanOptions { outlet: None, language: "en".into(), time_zone: None }
}

fn article(name: &str, text: &str) -> Option<Article> {
    let source = source::split(name, text.as_bytes().to_vec()).pop()?.ok()?;
    clean(&source, &options()).ok().map(|cleaned| cleaned.article)
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::read(Some(&ModelFile::built_in())).unwrap());

fn annotator() -> Annotator {
    let topics = TopicSet::parse("topics.toml".as_ref(), include_str!("../topics.toml")).unwrap();
    Annotator::new(Authority::default(), FINDER.clone(), &topics)
}

/// Pieces of news in the manner of scraped pages: turns, captions, quotes, broken parentheses, odd letters.
fn line() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        Just("LD: What changed on Wednesday?Osmonov: The line changed."),
        Just("Osmonov: We have a saying: \"A road that does not stop is only a wind.\""),
        Just("A train waits, June 16, 2025. Photo: Ke Ruo/LD"),
        Just("Editor's Note:Leaders met in Alt-Bulak (\nLD), the capital."),
        Just("“The railway is open,” said Ömer Kaldan, president of Kastria. He added that water was next."),
        Just("By Samira Holt"),
        Just("1. Railway connectivity"),
        Just("PRESIDENT KALDAN*: Thank you."),
        Just("- wheat\n- tiles"),
        Just("(Laughter.)"),
        Just("The Parties agreed that tariffs would fall by 3.5 per cent in 2027, as I. Solvane had asked."),
        Just("😀 e\u{301}t\u{e9} «мир» 平和。"),
        Just("  \t "),
    ];
    prop_oneof![4 => fragment.prop_map(str::to_owned), 1 => "\\PC{0,60}"]
}

fn text() -> impl Strategy<Value = String> {
    (prop::collection::vec(line(), 1..12), prop_oneof![Just("\n"), Just("\n\n"), Just(" ")])
        .prop_map(|(lines, between)| lines.join(between))
}

/// Markup around such pieces, well-formed or not.
fn page() -> impl Strategy<Value = String> {
    let tag = prop_oneof![
        Just("<p>"),
        Just("</p>"),
        Just("<div class=body>"),
        Just("</div>"),
        Just("<h2>"),
        Just("</h2>"),
        Just("<br><br>"),
        Just("<b>"),
        Just("</b>"),
        Just("<figure><figcaption>"),
        Just("</figcaption></figure>"),
        Just("<li>"),
        Just("<table><tr><td>"),
        Just("<blockquote>"),
        Just("</blockquote>"),
        Just("&amp;&nbsp;&shy;"),
        Just("<!-- x -->"),
        Just("<a href=/x>"),
        Just("</a>"),
        Just("<script>var p = '<p>';</script>"),
        Just("</table>"),
    ];
    prop::collection::vec((tag, line()), 1..20).prop_map(|parts| {
        let body: String = parts.into_iter().flat_map(|(tag, line)| [tag.to_owned(), line]).collect();
        format!("<!doctype html><html><head><title>Talks - The Velmar Courier</title></head><body>{body}</body></html>")
    })
}

/// Everything that has a span: it lies in the text, and slices what it says.
fn check_offsets(article: &Article) -> Result<(), TestCaseError> {
    let length = article.text.chars().count();
    let mut end = 0;
    for block in &article.blocks {
        prop_assert!(block.span.start >= end && block.span.end <= length, "{:?}", block);
        end = block.span.end;
        if let (Some(label), Some(span)) = (&block.speaker, block.label) {
            prop_assert_eq!(span.slice(&article.text), label);
        }
    }
    let annotated = annotator().annotate(article);
    for passage in &annotated.passages {
        prop_assert_eq!(passage.span.slice(&article.text), &passage.text);
        let within = |span: Span| span.start <= span.end && span.end <= length;
        for quote in &passage.quotes {
            prop_assert!(!quote.spans.is_empty() && quote.spans.iter().all(|span| within(*span)));
            prop_assert!(quote.spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            if let Some(mention) = &quote.mention {
                prop_assert_eq!(mention.span.slice(&article.text), &mention.text);
            }
        }
        for mention in &passage.dates {
            prop_assert_eq!(mention.span.slice(&article.text), &mention.text);
        }
        let whys = passage.topics.iter().map(|topic| &topic.why).chain(passage.speaker.iter().map(|s| &s.why));
        for evidence in whys.flat_map(|why| &why.evidence) {
            prop_assert!(evidence.span.is_none_or(within), "{:?}", evidence);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn offsets_slice_the_text_of_a_plain_source(text in text()) {
        if let Some(article) = article("a.txt", &text) {
            check_offsets(&article)?;
        }
    }

    #[test]
    fn offsets_slice_the_text_of_a_page(page in page()) {
        if let Some(article) = article("a.html", &page) {
            check_offsets(&article)?;
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in text()) {
        if let Some(once) = article("a.txt", &text) {
            let twice = article("a.txt", &once.text);
            prop_assert_eq!(twice.map(|article| article.text), Some(once.text));
        }
    }

    #[test]
    fn the_same_source_gives_the_same_passages(text in text()) {
        if let (Some(one), Some(other)) = (article("a.txt", &text), article("deep/b.txt", &text)) {
            prop_assert_eq!(one.id, other.id);
            let ids = |article: &Article| -> Vec<_> {
                annotator().annotate(article).passages.into_iter().map(|passage| (passage.id, passage.text)).collect()
            };
            prop_assert_eq!(ids(&one), ids(&other));
        }
    }

    #[test]
    fn no_bytes_end_the_program(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "[a-z]{1,4}\\.(html|txt|md|jsonl|gz)") {
        for source in source::split(&name, bytes).into_iter().flatten() {
            if let Ok(cleaned) = clean(&source, &options()) {
                check_offsets(&cleaned.article)?;
            }
        }
    }
}
