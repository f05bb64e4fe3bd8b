//! PDF documents: what is read, what is left out, what is refused by name, and what hostile ones cost.
//!
//! No time is asserted: reading counts its steps, and what takes more of them ends with a named reason.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;
#[allow(unreachable_pub, reason = "as in the harness")]
#[path = "pdf/writer.rs"]
mod writer;

use common::Home;
use proptest::prelude::*;
use rapporteur::clean::{CleanOptions, Cleaned, clean};
use rapporteur::model::{Article, BlockKind};
use rapporteur::source::{self, Format};
use writer::{Pdf, deflated, lines};

const BODY: [&str; 4] = [
    "VELMAR, 18 June 2026 - The heads of state of Kastria, Doruna and Kesh met on Thursday",
    "and agreed to open the line to Tarnhaven before the winter. President Daniyar Osmonov",
    "said that the office of the corridor would be staffed in September and that all of the",
    "bridges would be ready.",
];

fn read_all(bytes: Vec<u8>) -> Result<Cleaned, String> {
    let source = source::split("communique.pdf", bytes).pop().unwrap().map_err(|error| error.to_string())?;
    let options = CleanOptions { outlet: None, language: "en".into(), time_zone: None };
    clean(&source, &options).map_err(|error| error.to_string())
}

fn read(bytes: Vec<u8>) -> Result<Article, String> {
    read_all(bytes).map(|cleaned| cleaned.article)
}

fn blocks(article: &Article) -> Vec<(BlockKind, String)> {
    let points: Vec<char> = article.text.chars().collect();
    let text = |block: &rapporteur::model::Block| points[block.span.start..block.span.end].iter().collect();
    article.blocks.iter().map(|block| (block.kind, text(block))).collect()
}

fn texts(pdf: &Pdf) -> Vec<String> {
    blocks(&read(pdf.file()).unwrap()).into_iter().map(|(_, text)| text).collect()
}

fn dropped(article: &Article) -> Vec<(&str, &str)> {
    article.dropped.iter().map(|block| (block.text.as_str(), block.reason.as_str())).collect()
}

/// An invented communiqué of one page.
fn communique() -> Pdf {
    let mut pdf = Pdf::new();
    pdf.info = "/Title(Microsoft Word - draft3.docx)/Author(Press Office)/CreationDate(D:20190102080000Z)".into();
    let content = [
        lines("F2", 20, (72, 760), &["Joint Communique of the Velmar Summit"]),
        lines("F1", 11, (72, 730), &["By Samira Holt"]),
        lines("F1", 11, (72, 700), &BODY),
        lines("F2", 14, (72, 620), &["Railway connectivity"]),
        lines(
            "F1",
            11,
            (72, 595),
            &[
                "The ministers of transport will report on these goods at their next meeting, which is to be",
                "held in Kesh:",
            ],
        ),
        lines("F1", 11, (84, 562), &["\u{2022} wheat"]).replace('\u{2022}', "\\225"),
        lines("F1", 11, (84, 548), &["\u{2022} tiles"]).replace('\u{2022}', "\\225"),
    ]
    .concat();
    pdf.page(&content);
    pdf
}

#[test]
fn a_communique_is_read_as_its_readers_see_it() {
    let home = Home::new();
    home.write("communique.bin", communique().file());

    let outcome = home.run(&["clean", "communique.bin", "--format", "jsonl", "--dropped"]);

    assert_eq!(outcome.code, 0, "{outcome:?}");
    let line = &outcome.json_lines()[0];
    assert_eq!(line["title"], "Joint Communique of the Velmar Summit");
    assert_eq!(line["authors"][0], "Samira Holt");
    assert!(
        !line["published"].to_string().contains("2019"),
        "the day on which a file was made is no date of publication"
    );
    let kinds: Vec<&str> =
        line["blocks"].as_array().unwrap().iter().map(|block| block["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["title", "paragraph", "heading", "paragraph", "list_item", "list_item"], "{line:#}");
    let text = line["text"].as_str().unwrap();
    assert!(text.contains("met on Thursday and agreed to open"), "{text}");
    assert!(text.contains("• wheat\n\n• tiles"), "{text}");
    assert_eq!(line["dropped"][0]["reason"], "byline");
}

#[test]
fn the_same_words_are_read_however_the_file_is_laid_out() {
    let pdf = communique();
    let text = read(pdf.file()).unwrap().text;

    assert_eq!(read(pdf.packed()).unwrap().text, text, "object streams");
    assert_eq!(read(pdf.without_xref()).unwrap().text, text, "no cross-reference table");
    let mut before = b"\0\0\0\xff\n".to_vec();
    before.extend(pdf.file());
    assert_eq!(read(before).unwrap().text, text, "bytes before the header");
    let mut after = pdf.file();
    after.extend([0; 500]);
    assert_eq!(read(after).unwrap().text, text, "NUL after the end");
}

#[test]
fn columns_are_read_one_after_the_other() {
    let mut pdf = Pdf::new();
    let left = [
        "The ministers met in Velmar and spoke of",
        "the railway, of which two thirds are built,",
        "and of the water that all of them need in",
        "summer. They parted late, and agreed that",
        "the next meeting would be held in Kesh.",
    ];
    let right = [
        "A second treaty was read on Friday, by all",
        "of the six delegations, and was signed in",
        "the evening. It holds for twenty years, as",
        "the first one does, and can be ended when",
        "one of the parties gives notice in writing.",
    ];
    pdf.page(
        &[
            lines("F2", 18, (72, 780), &["Two treaties were signed in Velmar, and a third one waits"]),
            lines("F1", 10, (72, 740), &left),
            lines("F1", 10, (310, 737), &right),
        ]
        .concat(),
    );

    let texts = texts(&pdf);

    assert_eq!(texts[1], left.join(" "));
    assert_eq!(texts[2], right.join(" "));
}

#[test]
fn kerned_words_are_parted_by_their_gaps() {
    let mut pdf = Pdf::new();
    pdf.page(
        "BT /F1 11 Tf 1 0 0 1 72 700 Tm [(V)80(elmar)-400(met)-300(K)20(esh)] TJ -250 Tz 100 Tz ( and Doruna.) Tj ET",
    );
    // Words placed one by one, without a space among them.
    pdf.page("BT /F1 11 Tf 1 0 0 1 72 700 Tm (Tarn) Tj 22.01 0 Td (haven) Tj 33.4 0 Td (waits.) Tj ET");

    assert_eq!(texts(&pdf).join(" "), "Velmar met Kesh and Doruna. Tarnhaven waits.");
}

#[test]
fn fonts_say_which_letters_they_draw() {
    let mut pdf = Pdf::new();
    let map = pdf.stream("", b"1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfrange <0001> <0020> <0410> <0021> <0022> [<00660069> <0020>] endbfrange");
    let wide = pdf.object("<</Subtype/CIDFontType2/BaseFont/Own/DW 600>>");
    pdf.font("F3", &format!("<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[{wide} 0 R]/ToUnicode {map} 0 R>>"));
    pdf.font("F4", "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</Differences[1/Scaron/eacute/fi/endash/afii10065]>>>>");
    pdf.page("BT /F3 12 Tf 72 700 Td <000300220021> Tj /F4 12 Tf 0 -40 Td (\\001\\002 \\003n \\004 \\005) Tj ET");

    assert_eq!(texts(&pdf), ["В fi", "Šé fin – а"]);
}

#[test]
fn words_broken_over_lines_are_made_whole() {
    let mut pdf = Pdf::new();
    pdf.page(&lines(
        "F1",
        11,
        (72, 700),
        &["The gate of the rail-", "way near Alt-", "Bulak is shut, and the north-", "ern one is not."],
    ));

    assert_eq!(texts(&pdf), ["The gate of the railway near Alt-Bulak is shut, and the northern one is not."]);
}

#[test]
fn what_runs_over_the_pages_is_dropped_with_its_reason() {
    let mut pdf = Pdf::new();
    for page in 1..=3 {
        let head = format!("Velmar Declaration, page {page}");
        let text =
            format!("On day {page} the six ministers spoke of the railway to Kesh and of the water in the lakes,");
        pdf.page(
            &[
                lines("F1", 9, (72, 810), &[&head]),
                lines(
                    "F1",
                    11,
                    (72, 700 - page * 15),
                    &[&text, "and parted in the evening without a paper of their own."],
                ),
                lines("F1", 9, (290, 30), &[&page.to_string()]),
            ]
            .concat(),
        );
    }

    let article = read(pdf.file()).unwrap();

    assert!(!article.text.contains("Declaration"), "{}", article.text);
    assert_eq!(article.blocks.len(), 3, "{}", article.text);
    let reasons: Vec<&str> = dropped(&article).into_iter().map(|(_, reason)| reason).collect();
    assert_eq!(reasons, ["running-header", "running-footer"].repeat(3));
}

#[test]
fn a_paragraph_goes_on_over_the_page_and_notes_do_not_part_it() {
    let mut pdf = Pdf::new();
    let first = [
        "The six ministers agreed on Monday that the railway to Kesh would be open before the winter",
        "and that the bridges, of which Lanqing will pay two, are to be",
    ];
    let note = ["1 See the treaty of Velmar."];
    pdf.page(
        &[
            lines("F1", 11, (72, 120), &first[..1]),
            lines(
                "F1",
                11,
                (72, 106),
                &["and that the bridges of the line, of which two will be paid for by Lanqing alone, are to be"],
            ),
            lines("F1", 8, (72, 60), &note),
        ]
        .concat(),
    );
    pdf.page(&lines("F1", 11, (72, 760), &["built by the army of Doruna."]));

    let article = read(pdf.file()).unwrap();

    assert!(article.text.ends_with("alone, are to be built by the army of Doruna."), "{}", article.text);
    assert_eq!(dropped(&article), [("1 See the treaty of Velmar.", "footnote")]);
}

#[test]
fn what_lies_across_the_page_or_cannot_be_seen_is_no_text() {
    let mut pdf = Pdf::new();
    let rest = "BT /F1 60 Tf .7 .7 -.7 .7 100 300 Tm (DRAFT) Tj ET BT 3 Tr /F1 9 Tf 72 500 Td (buy cheap tiles) Tj ET \
        /Artifact BMC BT 0 Tr /F1 9 Tf 72 40 Td (Printed in Kesh) Tj ET EMC";
    pdf.page(&(lines("F1", 11, (72, 700), &BODY) + rest));

    let article = read(pdf.file()).unwrap();

    assert!(article.text.ends_with("bridges would be ready."), "{}", article.text);
    assert_eq!(
        dropped(&article),
        [("DRAFT", "rotated-text"), ("buy cheap tiles", "invisible-text"), ("Printed in Kesh", "page-furniture")]
    );
}

#[test]
fn turns_of_an_interview_are_told_as_in_every_format() {
    let mut pdf = Pdf::new();
    let turns = [
        "LD: Will the line be open this year, and will all of the six states use it from the first day?",
        "Osmonov: It will be open in May. Of the six states four will use it, and two of them later on.",
        "LD: And the bridges that Lanqing pays for, are they part of this plan or of one of their own?",
        "Osmonov: They are part of it. We have agreed on that with all of our friends, and in writing.",
    ];
    pdf.page(&lines("F1", 11, (72, 700), &turns));

    let kinds: Vec<BlockKind> = blocks(&read(pdf.file()).unwrap()).into_iter().map(|(kind, _)| kind).collect();

    assert_eq!(kinds, [BlockKind::Question, BlockKind::Answer, BlockKind::Question, BlockKind::Answer]);
}

#[test]
fn pages_turned_sideways_read_upright() {
    let mut pdf = Pdf::new();
    pdf.page_with(lines("F1", 11, (72, 700), &BODY).as_bytes(), "/Rotate 90", "");

    // Text that stands upright in its own space lies on its side when the page is turned; it is read all the same.
    assert!(texts(&pdf)[0].starts_with("VELMAR, 18 June 2026"));
}

#[test]
fn forms_are_read_where_they_are_drawn() {
    let mut pdf = Pdf::new();
    let form = pdf.stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Matrix[1 0 0 1 0 100]",
        lines("F1", 11, (72, 600), &BODY).as_bytes(),
    );
    pdf.page_with(b"/Fm Do", "", &format!("/Fm {form} 0 R"));

    assert!(texts(&pdf)[0].ends_with("bridges would be ready."));
}

#[test]
fn a_document_without_readable_text_is_refused_with_the_remedy() {
    let mut scan = Pdf::new();
    let picture = scan.stream("/Subtype/Image/Width 1/Height 1/Filter/DCTDecode", b"picture");
    scan.page_with(b"q 595 0 0 842 0 0 cm /Im Do Q", "", &format!("/Im {picture} 0 R"));
    let mut blank = Pdf::new();
    blank.page("");
    let mut unnamed = Pdf::new();
    unnamed.font("F3", "<</Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[<</DW 500>>]>>");
    unnamed.page("BT /F3 12 Tf 72 700 Td <00010002000300040005> Tj ET");

    for (name, bytes, reason) in [
        ("encrypted", communique().file_with("/Encrypt<</Filter/Standard/V 2/R 3>>", None), "qpdf --decrypt"),
        ("scan", scan.file(), "run OCR first, for instance with ocrmypdf"),
        ("blank", blank.file(), "hold no text"),
        ("unnamed letters", unnamed.file(), "5 of the PDF document's 5 letters"),
    ] {
        let error = read(bytes).unwrap_err();
        assert!(error.starts_with("communique.pdf: ") && error.contains(reason), "{name}: {error}");
    }
}

#[test]
fn a_page_that_is_a_picture_among_others_is_said() {
    let mut pdf = communique();
    let picture = pdf.stream("/Subtype/Image/Filter/DCTDecode", b"picture");
    pdf.page_with(b"/Im Do", "", &format!("/Im {picture} 0 R"));

    let warnings = read_all(pdf.file()).unwrap().warnings;

    assert!(warnings[0].contains("1 pages are pictures without text, the first of them page 2"), "{warnings:?}");
}

/// Each hostile document: its name, its bytes, and the reason or the words that it ends with.
fn hostile() -> Vec<(&'static str, Vec<u8>, Result<&'static str, &'static str>)> {
    let text = lines("F1", 11, (72, 700), &BODY);
    let whole = communique().file();
    let with_object = |body: &str| {
        let mut pdf = communique();
        pdf.object(body);
        pdf.file()
    };
    let mut itself = Pdf::new();
    let form = itself.stream("/Subtype/Form", b"");
    itself.object("null");
    let content = format!("{text} /Fm Do");
    let next = form + 2;
    let form = itself.stream("/Subtype/Form", b"/Fm Do /Fm Do");
    assert_eq!(form, next);
    itself.page_with(content.as_bytes(), "", &format!("/Fm {form} 0 R"));
    let mut bomb = Pdf::new();
    let packed = bomb.stream("/Filter/FlateDecode", &deflated(&vec![b' '; 80 << 20]));
    bomb.page_with(text.as_bytes(), &format!("/Contents {packed} 0 R"), "");
    let mut twice = Pdf::new();
    let once = deflated(&vec![b' '; 60 << 20]);
    let packed = twice.stream("/Filter[/FlateDecode/FlateDecode]", &deflated(&once));
    let again = format!("{packed} 0 R ").repeat(1000);
    twice.page_with(text.as_bytes(), &format!("/Contents[{again}]"), "");
    let mut lengths = b"%PDF-1.5\n".to_vec();
    for number in 1..=30_000 {
        let next = number + 1;
        lengths.extend(format!("{number} 0 obj <</Length {next} 0 R>> stream\nx\nendstream endobj\n").into_bytes());
    }
    let mut comments = communique().file();
    comments.extend(b"9 0 obj [ % ".repeat(60_000));
    let mut forms = Pdf::new();
    let mut inner = forms.stream("/Subtype/Form", text.as_bytes());
    for _ in 0..11 {
        inner =
            forms.stream(&format!("/Subtype/Form/Resources<</XObject<</Fm {inner} 0 R>>>>"), &b"/Fm Do ".repeat(40));
    }
    forms.page_with(b"/Fm Do", "", &format!("/Fm {inner} 0 R"));
    let mut map = Pdf::new();
    let ranges = map.stream("", b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange");
    map.font("F3", &format!("<</Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W[0 4000000000 5 0 4000000000 6]>>]/ToUnicode {ranges} 0 R>>"));
    map.page(&text);
    let ready = Ok("bridges would be ready.");
    vec![
        ("a header alone", b"%PDF-1.7".to_vec(), Err("cut off")),
        ("garbage after the header", [b"%PDF-1.7\n".to_vec(), vec![0; 5000]].concat(), Err("cut off")),
        ("cut in the middle", whole[..whole.len() / 4].to_vec(), Err("cannot be read")),
        ("a page tree that is its own branch", communique().file_with("", Some("2 0 R 2 0 R")), Err("holds no page")),
        ("pages that are no objects", communique().file_with("", Some("77 0 R (x) null")), Err("holds no page")),
        ("a form that draws itself twice", itself.file(), ready),
        ("forms in forms, forty of each", forms.file(), Err("steps")),
        ("a stream of 80 MB of spaces", bomb.file(), Err("unpacks to more than")),
        ("60 MB, packed twice, a thousand times", twice.file(), Err("steps")),
        ("arrays in arrays", with_object(&"[".repeat(100_000)), ready),
        ("dictionaries in dictionaries", with_object(&"<</A".repeat(100_000)), ready),
        ("parentheses in parentheses", with_object(&"(".repeat(100_000)), ready),
        (
            "operators' brackets",
            {
                let mut pdf = Pdf::new();
                pdf.page(&(text.clone() + &"q BT /X BMC [ (".repeat(50_000)));
                pdf.file()
            },
            ready,
        ),
        ("lengths that are streams with lengths", lengths, Err("cannot be read")),
        ("objects in one comment", comments, Err("steps")),
        ("ranges of all codes", map.file(), ready),
        (
            "numbers without end",
            {
                let mut pdf = Pdf::new();
                pdf.page(&(text.clone() + "BT /F1 " + &"9".repeat(5000) + " Tf (x) Tj 1e9 -- .. + - Td (y) Tj ET"));
                pdf.file()
            },
            ready,
        ),
        (
            "an array of eight million numbers",
            {
                let mut pdf = Pdf::new();
                let packed = pdf.stream("/Filter/FlateDecode", &deflated(&b"[1 1 1 1".repeat(2 << 20)));
                pdf.page_with(text.as_bytes(), "", "");
                pdf.page_with(b"", &format!("/Contents {packed} 0 R"), "");
                pdf.file()
            },
            ready,
        ),
        (
            "a million letters on one page",
            {
                let mut pdf = Pdf::new();
                let word = format!("({}) Tj ", "x".repeat(60_000));
                pdf.page(&(text.clone() + "BT /F1 1 Tf " + &word.repeat(17) + "ET"));
                pdf.file()
            },
            Err("letters on one page"),
        ),
        ("a catalog of references", with_object("99 0 R"), ready),
    ]
}

#[test]
fn each_hostile_document_gives_its_text_or_a_named_reason() {
    let cases = hostile();
    assert!(cases.len() >= 12);
    for (name, bytes, expected) in cases {
        match (read(bytes), expected) {
            (Ok(article), Ok(words)) => assert!(article.text.contains(words), "{name}: {:.200}", article.text),
            (Err(error), Err(reason)) => assert!(error.contains(reason), "{name}: {error}"),
            (Ok(article), Err(_)) => panic!("{name}: gave an article: {:.200}", article.text),
            (Err(error), Ok(_)) => panic!("{name}: refused: {error}"),
        }
    }
}

#[test]
fn the_original_is_kept_byte_for_byte() {
    let bytes = communique().file();

    let source = source::split("a.pdf", bytes.clone()).pop().unwrap().unwrap();

    assert_eq!((source.format, &source.name, &source.bytes), (Format::Pdf, &"a".to_owned(), &bytes));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damage_anywhere_ends_in_text_or_a_reason(places in prop::collection::vec((0_usize..6000, any::<u8>()), 1..20)) {
        let mut bytes = communique().file();
        for (place, byte) in places {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        let _ = read(bytes);
    }
}
