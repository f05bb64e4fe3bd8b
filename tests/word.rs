//! Word documents: what is read, what is refused, and what hostile ones cost.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::io::{Cursor, Write};

use common::Home;
use proptest::prelude::*;
use rapporteur::clean::{CleanOptions, clean};
use rapporteur::model::{Article, BlockKind};
use rapporteur::source::{self, Format};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
const TEXT: &str = "The six ministers agreed on Monday that the railway to Kesh would be open before the winter.";

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><w:document xmlns:w='w' xmlns:r='r' xmlns:mc='mc'><w:body>{body}\
         <w:sectPr><w:pgSz w:w='11906'/></w:sectPr></w:body></w:document>"
    )
}

fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let document = document(body);
    let mut parts = vec![("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", document.as_bytes())];
    parts.extend(others.iter().map(|(name, content)| (*name, content.as_bytes())));
    archive(&parts)
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

fn styled(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn read(bytes: Vec<u8>) -> Result<Article, String> {
    let source = source::split("minutes.docx", bytes).pop().unwrap().map_err(|error| error.to_string())?;
    let options = CleanOptions { outlet: None, language: "en".into(), time_zone: None };
    clean(&source, &options).map(|cleaned| cleaned.article).map_err(|error| error.to_string())
}

fn blocks(article: &Article) -> Vec<(BlockKind, String)> {
    let points: Vec<char> = article.text.chars().collect();
    let text = |block: &rapporteur::model::Block| points[block.span.start..block.span.end].iter().collect();
    article.blocks.iter().map(|block| (block.kind, text(block))).collect()
}

fn texts(body: &str) -> Vec<String> {
    blocks(&read(docx(body, &[])).unwrap()).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn a_document_is_read_as_its_readers_see_it() {
    let styles = "<w:styles><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val='en-GB'/></w:rPr></w:rPrDefault></w:docDefaults>\
        <w:style w:styleId='Titel'><w:name w:val='Title'/></w:style><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
        <w:style w:styleId='Zitat'><w:name w:val='Quote'/></w:style><w:style w:styleId='Verz1'><w:name w:val='toc 1'/></w:style></w:styles>";
    let links = "<Relationships><Relationship Id='rId7' Target='https://velmar.example/treaty' TargetMode='External'/></Relationships>";
    let core = "<cp:coreProperties><dc:title>Microsoft Word - Document1</dc:title><dc:creator>Samira Holt</dc:creator>\
        <dcterms:created>2019-01-02T08:00:00Z</dcterms:created></cp:coreProperties>";
    let notes =
        "<w:footnotes><w:footnote w:id='1'><w:p><w:r><w:t>See the annex.</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let body = [
        styled("Titel", "Minutes of the Velmar meeting"),
        styled("Verz1", "Rail 2"),
        p(TEXT),
        styled("berschrift1", "Rail"),
        "<w:p><w:r><w:t>They read </w:t></w:r><w:hyperlink r:id='rId7'><w:r><w:t>the treaty</w:t></w:r></w:hyperlink>\
         <w:r><w:t xml:space='preserve"
            .to_owned()
            + "'> in full &amp; signed.</w:t></w:r></w:p>",
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>wheat</w:t></w:r></w:p>"
            .to_owned(),
        styled("Zitat", "A road that does not stop is only a wind."),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>State</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Quota</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr><w:tc><w:p><w:r><w:t>Doruna</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>40</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            .to_owned(),
    ]
    .concat();
    let home = Home::new();
    home.write(
        "minutes.bin",
        docx(
            &body,
            &[
                ("word/styles.xml", styles),
                ("word/_rels/document.xml.rels", links),
                ("docProps/core.xml", core),
                ("word/footnotes.xml", notes),
            ],
        ),
    );

    let outcome = home.run(&["clean", "minutes.bin", "--format", "jsonl", "--dropped"]);

    assert_eq!(outcome.code, 0, "{outcome:?}");
    let line = &outcome.json_lines()[0];
    let kinds: Vec<&str> =
        line["blocks"].as_array().unwrap().iter().map(|block| block["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["title", "paragraph", "heading", "paragraph", "list_item", "quote", "table", "table"],
        "{line:#}"
    );
    assert_eq!(line["title"], "Minutes of the Velmar meeting");
    assert_eq!(line["authors"][0], "Samira Holt");
    assert_eq!(line["language"], "en-GB");
    assert!(line["published"].is_null(), "the day on which a file was made is no date of publication");
    assert!(line["text"].as_str().unwrap().contains("They read the treaty in full & signed."));
    assert!(line["text"].as_str().unwrap().contains("Doruna | 40"));
    assert_eq!(line["blocks"][3]["links"][0]["url"], "https://velmar.example/treaty");
    let reasons: Vec<&str> =
        line["dropped"].as_array().unwrap().iter().map(|block| block["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["table-of-contents", "footnote"]);
}

#[test]
fn deletions_and_hidden_words_are_not_text_and_insertions_are() {
    let body = "<w:p><w:r><w:t>The line opens </w:t></w:r><w:del><w:r><w:delText>in May</w:delText></w:r></w:del>\
        <w:moveFrom><w:r><w:t>never</w:t></w:r></w:moveFrom><w:ins><w:r><w:t>in June</w:t></w:r></w:ins>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>";

    assert_eq!(texts(body), ["The line opens in June."]);
}

#[test]
fn letters_of_typesetting_become_plain_ones() {
    let body = "<w:p><w:r><w:t>Alt</w:t><w:noBreakHyphen/><w:t>Bulak is the cap</w:t><w:softHyphen/><w:t>ital.</w:t><w:br/>\
        <w:t>It lies</w:t><w:tab/><w:t>east.</w:t><w:br/><w:br/><w:t>Kesh lies west.</w:t></w:r></w:p>";

    assert_eq!(texts(body), ["Alt-Bulak is the capital. It lies east.", "Kesh lies west."]);
}

#[test]
fn a_text_box_is_read_once_and_after_its_paragraph() {
    let boxed = format!("<w:drawing><w:txbxContent>{}</w:txbxContent></w:drawing>", p("The line is long."));
    let body = format!(
        "<w:p><w:r><w:t>The first words</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{boxed}</mc:Choice>\
         <mc:Fallback>{boxed}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> and the last ones.</w:t></w:r></w:p>"
    );

    assert_eq!(texts(&body), ["The first words and the last ones.", "The line is long."]);
}

#[test]
fn bold_labels_make_turns_as_in_other_formats() {
    let turn = |label: &str, text: &str| {
        format!(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{label} </w:t></w:r><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = turn("LD:", "What changed on Wednesday?")
        + &turn("Osmonov:", "The line changed, and so did we.")
        + &turn("LD:", "And the water?")
        + &turn("Osmonov:", "The water will be next, before the winter.");

    let article = read(docx(&body, &[])).unwrap();

    let kinds: Vec<BlockKind> = article.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Question, BlockKind::Answer, BlockKind::Question, BlockKind::Answer]);
}

#[test]
fn links_of_fields_and_tables_of_one_column_are_read() {
    let body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \
        \"https://kesh.example/a\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>The list</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t xml:space='preserve'> was read in Kesh.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

    let article = read(docx(body, &[])).unwrap();

    assert_eq!(blocks(&article), [(BlockKind::Paragraph, "The list was read in Kesh.".to_owned())]);
    assert_eq!(article.blocks[0].links[0].url, "https://kesh.example/a");
}

#[test]
fn other_archives_are_refused_by_their_own_names() {
    for (parts, reason) in [
        (&[("[Content_Types].xml", TYPES), ("xl/workbook.xml", "<a/>")][..], "an Excel workbook"),
        (&[("[Content_Types].xml", TYPES), ("ppt/presentation.xml", "<a/>")], "a PowerPoint presentation"),
        (&[("mimetype", "application/vnd.oasis.opendocument.text")], "save it as .docx"),
        (&[("mimetype", "application/epub+zip")], "an EPUB book"),
        (&[("notes.txt", "Velmar")], "a ZIP archive"),
        (&[("word/document.xml", "<a/>")], "a ZIP archive"),
    ] {
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (*name, content.as_bytes())).collect();

        let error = read(archive(&parts)).unwrap_err();

        assert!(error.contains(reason) && error.contains("Word (.docx)"), "{error}");
    }
    assert!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 legacy".to_vec()).unwrap_err().contains("save it as .docx"));
}

#[test]
fn hostile_documents_are_refused_with_their_reason() {
    let whole = docx(&p(TEXT), &[]);
    let bare = |content: &[u8]| archive(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", content)]);
    for (what, bytes, reason) in [
        ("cut off", whole[..whole.len() - 40].to_vec(), "ZIP data is damaged or cut off"),
        ("first bytes only", b"PK\x03\x04".to_vec(), "ZIP data is damaged or cut off"),
        (
            "many directories",
            [b"PK\x03\x04".as_slice(), &b"PK\x01\x02".repeat(20_000)].concat(),
            "more than 10000 entries",
        ),
        ("many ends", [b"PK\x03\x04".as_slice(), &b"PK\x05\x06".repeat(200_000)].concat(), "ZIP data is damaged"),
        ("no XML", bare(b"Velmar, 12 September"), "no running text"),
        ("empty", bare(b""), "no running text"),
        ("broken XML", bare(b"<w:document><w:body><w:p></w:body></w:document>"), "damaged at byte"),
        ("cut XML", bare(b"<w:document><w:body><w:p><w:r><w:t>Velmar"), "breaks off"),
        ("deep", docx(&("<w:p>".repeat(100_000) + &"</w:p>".repeat(100_000)), &[]), "nests more than 1000 elements"),
        ("binary", bare(&[0xff, 0x00, 0xc3, 0x28, 0x81, 0x8d].repeat(50)), "its word/document.xml is not text"),
    ] {
        let began = std::time::Instant::now();
        let error = read(bytes).unwrap_err();

        assert!(error.contains(reason), "{what}: {error}");
        assert!(began.elapsed().as_secs() < 20, "{what}: {:?}", began.elapsed());
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["[Content_Types].xml", "word/document.xml"] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..1024 {
            writer.write_all(&zeros).unwrap();
        }
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 4 << 20);

    let error = read(bytes).unwrap_err();

    assert!(error.contains("word/document.xml: larger than 67108864 bytes unpacked"), "{error}");
}

#[test]
fn entities_of_a_document_are_not_expanded() {
    let mut declared = String::from("<!DOCTYPE w [<!ENTITY a0 'ha'>");
    declared.extend((1..40).map(|n| format!("<!ENTITY a{n} '&a{0};&a{0};'>", n - 1)));
    let xml = format!(
        "{declared}<!ENTITY f SYSTEM 'file:///etc/passwd'>]><w:document><w:body>{}</w:body></w:document>",
        p(&format!("{TEXT}&a39;&f; &#x41;&lt;"))
    );

    let article =
        read(archive(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", xml.as_bytes())])).unwrap();

    assert_eq!(article.text, format!("{TEXT} A<"));
}

#[test]
fn names_of_entries_are_never_paths() {
    let home = Home::new();
    let escape = "../../escaped.txt";
    home.write("corpus/a.docx", docx(&p(TEXT), &[(escape, "x"), ("/tmp/../escaped.txt", "x"), ("word/../../b", "x")]));

    let outcome = home.run(&["index"]);

    assert_eq!(outcome.code, 0, "{outcome:?}");
    assert!(!home.path().join("escaped.txt").exists() && !home.path().parent().unwrap().join("escaped.txt").exists());
    assert_eq!(home.run(&["search", "railway", "--format", "jsonl"]).json_lines().len(), 1);
}

#[test]
fn parts_that_are_damaged_cost_only_what_they_say() {
    let others = [
        ("word/styles.xml", "<w:styles><"),
        ("word/_rels/document.xml.rels", "?"),
        ("docProps/core.xml", "<a>"),
        ("word/footnotes.xml", "<<<"),
    ];

    assert_eq!(read(docx(&p(TEXT), &others)).unwrap().text, TEXT);
}

#[test]
fn the_archive_keeps_the_document_as_it_is() {
    let bytes = docx(&p(TEXT), &[]);

    let source = source::split("a", bytes.clone()).pop().unwrap().unwrap();

    assert_eq!((source.format, &source.bytes), (Format::Docx, &bytes));
    assert_eq!(serde_json::to_string(&Format::Docx).unwrap(), "\"docx\"");
}

proptest! {
    #[test]
    fn no_archive_panics(bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0usize..2000, with in any::<u8>()) {
        let _ = read([b"PK\x03\x04".as_slice(), &bytes].concat());
        let mut damaged = docx(&p(TEXT), &[("word/styles.xml", "<w:styles/>")]);
        let at = at % damaged.len();
        damaged[at] = with;
        let _ = read(damaged);
    }

    #[test]
    fn no_markup_panics(body in "(<(/)?w:(p|r|t|tbl|tr|tc|br|pPr|rPr|del|hyperlink|fldChar w:fldCharType='(begin|separate|end)')(/)?>|[a-zäß \u{a0}\u{ad}]{0,12}){0,40}") {
        let _ = read(archive(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", format!("<d>{body}</d>").as_bytes())]));
        let balanced = body.replace('/', "");
        let opened: Vec<&str> = balanced.split('<').skip(1).filter_map(|tag| tag.split(['>', ' ']).next()).collect();
        let closed = opened.iter().rev().fold(String::new(), |closed, name| closed + "</" + name + ">");
        let _ = read(archive(&[("[Content_Types].xml", TYPES.as_bytes()), ("word/document.xml", (balanced + &closed).as_bytes())]));
    }
}
