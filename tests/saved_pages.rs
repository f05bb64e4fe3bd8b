//! Pages saved by browsers: MHTML, `SingleFile`, "saved from"; good ones and hostile ones.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, run_in};
use proptest::prelude::*;
use rapporteur::clean::{CleanOptions, clean};
use rapporteur::model::Article;
use rapporteur::source::{self, Format};

const PAGE: &str = "<!DOCTYPE html><html lang=3D\"en\"><head><title>Rail reaches Kesh</title></head><body>\
    <article><h1>Rail reaches Kesh</h1><p>The Amber railway will reach Kesh by the end of =\r\nthe year, Pieter Vael \
    of the caf=C3=A9 said on Monday.</p><p>The line is 1,140 km long and crosses <a href=3D\"/states\">three states</a>, \
    among them Doruna.</p></article></body></html>";

/// As Chromium writes it.
fn snapshot(page: &str) -> String {
    format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://velmarcourier.example/rail?p=1\r\n\
         Subject: Rail reaches Kesh\r\nDate: Tue, 17 Jun 2025 23:30:00 -0800\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----MultipartBoundary--abc----\"\r\n\r\n\r\n\
         ------MultipartBoundary--abc----\r\nContent-Type: text/css\r\nContent-Location: cid:css-1@mhtml.blink\r\n\r\np {{ color: red }}\r\n\
         ------MultipartBoundary--abc----\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://velmarcourier.example/rail?p=1\r\n\r\n{page}\r\n\
         ------MultipartBoundary--abc----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
         ------MultipartBoundary--abc------\r\n"
    )
}

fn read(bytes: impl Into<Vec<u8>>) -> Result<Article, String> {
    let source = source::split("page.bin", bytes.into()).pop().unwrap().map_err(|error| error.to_string())?;
    let options = CleanOptions { outlet: None, language: "en".into(), time_zone: None };
    clean(&source, &options).map(|cleaned| cleaned.article).map_err(|error| error.to_string())
}

fn part(headers: &str, body: &str) -> String {
    format!("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n{headers}\n\n{body}\n--x--\n")
}

#[test]
fn a_saved_page_is_read_with_its_address() {
    let home = Home::new();
    home.write("a.txt", snapshot(PAGE));

    let outcome = home.run(&["clean", "a.txt", "--format", "jsonl"]);

    assert_eq!(outcome.code, 0, "{outcome:?}");
    let line = &outcome.json_lines()[0];
    assert_eq!(line["title"], "Rail reaches Kesh");
    assert_eq!(line["url"], "https://velmarcourier.example/rail?p=1");
    assert!(
        line["body"]
            .as_str()
            .unwrap()
            .starts_with("The Amber railway will reach Kesh by the end of the year, Pieter Vael of the café")
    );
    assert_eq!(line["blocks"][2]["links"][0]["url"], "https://velmarcourier.example/states");
}

#[test]
fn the_day_of_saving_is_that_of_the_savers_zone_and_the_bytes_stay() {
    let bytes = snapshot(PAGE).into_bytes();

    let source = source::split("a", bytes.clone()).pop().unwrap().unwrap();

    assert_eq!(source.retrieved.unwrap().to_string(), "2025-06-17");
    assert_eq!((source.format, &source.bytes), (Format::Mhtml, &bytes));
    assert_eq!(source.url.as_deref(), Some("https://velmarcourier.example/rail?p=1"));
}

#[test]
fn start_names_the_page_and_its_header_the_encoding() {
    let html = "<article><p>The dam at Kesh will be ready, said Ömer Kaldan, by the end of the year.</p></article>";
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(html);
    let mut bytes = b"MIME-Version: 1.0\nContent-Type: multipart/related; start=\"<b>\"; boundary=x\n\n\
        --x\nContent-Type: text/html\nContent-ID: <a>\n\n<article><p>An advertisement that stands first and is framed.</p></article>\n\
        --x\nContent-Type: text/html; charset=iso-8859-1\nContent-ID: <b>\nContent-Transfer-Encoding: 8bit\n\n"
        .to_vec();
    bytes.extend_from_slice(&latin);
    bytes.extend_from_slice(b"\n--x--\n");

    assert!(read(bytes).unwrap().text.contains("Ömer Kaldan"));
}

#[test]
fn an_unknown_encoding_is_told_from_the_bytes() {
    let html = "<article><p>The dam at Kesh will be ready, said Ömer Kaldan, by the end of the year.</p></article>";

    assert!(read(part("Content-Type: text/html; charset=x-velmar-7", html)).unwrap().text.contains("Ömer"));
}

#[test]
fn a_mail_is_no_saved_page() {
    let mail = "Received: from a.example\r\nTo: desk@velmarcourier.example\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>Minister at noon.</p>\r\n--x--\r\n";
    let plain = "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nThe minister comes at noon.\r\n";

    for text in [mail, plain] {
        assert_eq!(source::split("a.eml", text.into()).pop().unwrap().unwrap().format, Format::Text);
    }
    let with_address =
        mail.replace("Content-Type: text/html", "Content-Location: https://kesh.example/\r\nContent-Type: text/html");
    assert_eq!(source::split("a.eml", with_address.into()).pop().unwrap().unwrap().format, Format::Mhtml);
}

#[test]
fn hostile_saved_pages_are_refused_with_their_reason() {
    let whole = snapshot(PAGE);
    let level = |n| format!("Content-Type: multipart/related; boundary=x{n}\n\n--x{n}\n");
    let nested = ["MIME-Version: 1.0\n".to_owned()].into_iter().chain((0..1000).map(level)).collect::<String>()
        + "Content-Type: text/html\n\n<p>Kesh</p>\n";
    for (what, bytes, reason) in [
        ("no HTML", part("Content-Type: image/png", "x"), "none of its parts is HTML"),
        ("nested", nested, "Recursion limit"),
        ("wrong boundary", whole.replace("\r\n------Multipart", "\r\n------Other"), "none of its parts is HTML"),
        ("header only", whole[..whole.find("\r\n\r\n").unwrap()].to_owned(), "none of its parts is HTML"),
        (
            "base64 garbage",
            part("Content-Type: text/html\nContent-Transfer-Encoding: base64", "!!%% no base64 ####"),
            "cannot be read",
        ),
    ] {
        let error = read(bytes).unwrap_err();

        assert!(error.contains("saved page (MHTML) cannot be read") && error.contains(reason), "{what}: {error}");
    }
}

#[test]
fn a_saved_page_that_is_cut_off_gives_what_is_there() {
    let whole = snapshot(PAGE);
    let cut = &whole[..whole.find("The line is").unwrap()];

    assert!(read(cut).unwrap().text.contains("The Amber railway"));
}

#[test]
fn many_parts_cost_no_more_than_their_bytes() {
    let began = std::time::Instant::now();
    let many = "--x\nContent-Type: text/html\n\n<p>a</p>\n".repeat(100_000);

    let _ = read(format!("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n{many}"));

    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn addresses_in_the_comments_of_page_savers_are_taken_where_none_is_known() {
    let body = "<article><h1>Rail reaches Kesh</h1><p>The Amber railway will reach Kesh by the end of the year, Pieter Vael \
        said on Monday.</p><p>The line is 1,140 km long and crosses three states, among them Doruna.</p></article>";
    let single = format!(
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://velmarcourier.example/rail \n saved date: Tue Jun 17 2025 10:02:11 GMT+0600 (x)\n--><body>{body}"
    );
    let browser = format!(
        "<!DOCTYPE html>\n<!-- saved from url=(0034)https://velmarcourier.example/rail -->\n<html><body>{body}"
    );

    for page in [single, browser] {
        let outcome = run_in(Home::new().path(), &["clean", "-", "--format", "jsonl"], page.as_bytes());

        assert_eq!(outcome.json_lines()[0]["url"], "https://velmarcourier.example/rail", "{outcome:?}");
    }
    let canonical = format!(
        "<!-- saved from url=(0034)https://mirror.example/copy -->\n<html><head><link rel=canonical href=https://velmarcourier.example/rail></head><body>{body}"
    );
    assert_eq!(read(canonical).unwrap().url.as_deref(), Some("https://velmarcourier.example/rail"));
}

#[test]
fn the_text_of_shadow_roots_is_read() {
    let page = "<!DOCTYPE html><html><body><main><news-story><template shadowrootmode=\"open\" class=\"sf\"><style>p{}</style>\
        <h1>Rail reaches Kesh</h1><p>The Amber railway will reach Kesh by the end of the year, Pieter Vael said on Monday.</p>\
        <story-body><template shadowrootmode=closed><p>The line is 1,140 km long and crosses three states, among them Doruna.</p>\
        </template></story-body></template></news-story><template><p>A row that no reader ever sees on this page.</p></template></main></body></html>";

    let text = read(page).unwrap().text;

    assert!(text.contains("Pieter Vael") && text.contains("1,140 km"), "{text}");
    assert!(!text.contains("A row"), "{text}");
}

#[test]
fn megabytes_of_pictures_in_a_page_do_not_slow_it() {
    let picture = format!("data:image/png;base64,{}", "iVBORw0KGgoAAAANSUhEUg".repeat(50_000));
    let shown = format!(
        "<link rel=icon href='{picture}'><img src='{picture}' srcset='{picture} 2x'><video poster=\"{picture}\"></video>\
         <div style='background:url({picture})'></div><svg><image xlink:href='{picture}'/></svg><a href='{picture}'>map</a>"
    );
    let page = format!(
        "<!DOCTYPE html><html><body>{shown}<article><p>The Amber railway will reach Kesh by the end of the year, Pieter Vael said.</p>\
         {shown}<p>The line is 1,140 km long and crosses three states, among them Doruna.</p></article></body></html>"
    );
    assert!(page.len() > 14 << 20);
    let began = std::time::Instant::now();

    let text = read(page).unwrap().text;

    assert!(text.contains("1,140 km") && !text.contains("iVBO"), "{text:.300}");
    assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
}

proptest! {
    #[test]
    fn no_container_panics(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0usize..3000, with in any::<u8>()) {
        let head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n";
        let _ = read([head.as_slice(), &bytes].concat());
        let mut damaged = snapshot(PAGE).into_bytes();
        let at = at % damaged.len();
        damaged[at] = with;
        let _ = read(damaged);
    }

    #[test]
    fn no_headers_panic(headers in "(MIME-Version|Content-Type|Content-Location|Date|Snapshot-Content-Location|[a-z]{0,4}): ?(multipart/related; boundary=(\"|x|)|text/html; charset=[a-z0-9-]{0,8}|base64|[ -~]{0,20})(\r?\n)(--x?\n|\n)?") {
        let _ = read(format!("MIME-Version: 1\nContent-Type: multipart/related; boundary=x\n{headers}\n\n--x\n{headers}\n\n<p>Kesh</p>\n--x--"));
    }
}
