//! Bad input of each kind: what is said, what the run does with the others, and the exit code.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::{Home, run_in};

const STORY: &str = "The ministers met in Velmar and spoke of the railway for two hours before they parted.\n";

#[test]
fn no_index_and_no_corpus_says_what_to_do() {
    let home = Home::new();
    std::fs::remove_dir(home.path().join("corpus")).unwrap();

    for args in [&["search", "railway"][..], &["index"]] {
        let outcome = home.run(args);

        assert_eq!(outcome.code, 10, "{outcome:?}");
        assert!(outcome.stderr.contains("rapporteur.toml"), "{outcome:?}");
    }
    assert_eq!(home.run(&["status"]).code, 10);
    assert_eq!(home.run(&["show", "000000000000"]).code, 10);
}

#[test]
fn an_empty_corpus_is_no_corpus() {
    let outcome = Home::new().run(&["search", "railway"]);

    assert_eq!(outcome.code, 10, "{outcome:?}");
    assert!(outcome.stderr.contains("holds no file"), "{outcome:?}");
}

#[test]
fn each_malformed_source_is_reported_and_the_others_are_indexed() {
    let home = Home::new();
    home.write("corpus/good.txt", STORY);
    home.write("corpus/empty.html", "");
    home.write("corpus/blank.txt", " \n\n");
    home.write("corpus/binary.txt", [0_u8, 1, 2, 3, 0, 255]);
    home.write("corpus/paper.txt", "%PDF-1.7 ...");
    home.write("corpus/cut.docx", "PK\x03\x04 and no more");
    home.write("corpus/old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    home.write("corpus/page.mht", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n");
    home.write("corpus/cut.html.gz", &gzip(STORY.repeat(50).as_bytes())[..40]);
    home.write("corpus/cut.txt.zst", &zstd::encode_all(STORY.repeat(500).as_bytes(), 3).unwrap()[..30]);
    home.write("corpus/latin.txt", b"Velmar \xc3\x28 said so.");
    home.write("corpus/shell.html", "<!doctype html><html><body><div id=root></div><script>x()</script></body></html>");
    home.write(
        "corpus/feed.jsonl",
        format!("{{\"text\": {STORY:?}, \"id\": \"a\"}}\n{{\"text\": \n{{\"title\": \"x\"}}\n"),
    );

    let outcome = home.run(&["index"]);

    assert_eq!(outcome.code, 3, "{outcome:?}");
    assert!(outcome.stdout.starts_with("2 articles, "), "{outcome:?}");
    for (path, reason) in [
        ("corpus/empty.html", "the file is empty"),
        ("corpus/blank.txt", "the file is empty"),
        ("corpus/binary.txt", "binary data"),
        ("corpus/paper.txt", "the PDF document cannot be read: it is cut off"),
        ("corpus/cut.docx", "ZIP data is damaged or cut off"),
        ("corpus/old.doc", "save it as .docx"),
        ("corpus/page.mht", "none of its parts is HTML"),
        ("corpus/cut.html.gz", "gzip data is damaged or cut off"),
        ("corpus/cut.txt.zst", "zstd data is damaged or cut off"),
        ("corpus/latin.txt", "invalid UTF-8 at byte 7"),
        ("corpus/shell.html", "no article found"),
        ("corpus/feed.jsonl:2", "not a JSON object"),
        ("corpus/feed.jsonl:3", "neither `text` nor `html`"),
    ] {
        let line = outcome.stderr.lines().find(|line| line.contains(&format!("{path}:"))).unwrap_or_default();
        assert!(line.starts_with("quarantined: ") && line.contains(reason), "{path}: {outcome:?}");
    }
    assert_eq!(home.run(&["index"]).code, 3, "what is still there is still reported");
}

#[test]
fn each_page_without_an_article_is_reported_by_what_it_is() {
    let home = Home::new();
    let page = |title: &str, body: &str| format!("<!doctype html><title>{title}</title><body>{body}");
    let teasers = (1..9).map(|n| {
        format!("<h3><a href=/{n}>Kesh opens its locks for the {n}th time</a></h3><p>The keepers say the water will last.</p>")
    });
    home.write("corpus/good.txt", STORY);
    home.write("corpus/list.html", page("Ledger", &teasers.collect::<String>()));
    home.write(
        "corpus/lost.html",
        page("404 Not Found", "<p>The requested page was not found on this server, sorry.</p>"),
    );
    home.write("corpus/deep.html", page("Deep", &"<div>".repeat(50_000)));
    home.write("corpus/feed.xml.html", "<?xml version=\"1.0\"?><rss><channel><title>Ledger</title></channel></rss>");
    home.write(
        "corpus/moved.html",
        "<!doctype html><meta http-equiv=refresh content='0;url=/new\u{1b}[31m'><p>If nothing happens, please follow the link.</p>",
    );

    let outcome = home.run(&["index"]);

    assert_eq!(outcome.code, 3, "{outcome:?}");
    assert!(outcome.stdout.starts_with("1 article"), "{outcome:?}");
    for (path, reason) in [
        ("corpus/list.html", "a list of articles"),
        ("corpus/lost.html", "an error page (“404 not found”)"),
        ("corpus/deep.html", "the page is empty"),
        ("corpus/feed.xml.html", "a feed"),
        ("corpus/moved.html", "leads on to /new"),
    ] {
        let line = outcome.stderr.lines().find(|line| line.contains(&format!("{path}:"))).unwrap_or_default();
        assert!(line.starts_with("quarantined: ") && line.contains(reason), "{path}: {outcome:?}");
    }
    assert!(!outcome.stderr.contains('\u{1b}'), "{outcome:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_reported() {
    use std::os::unix::fs::symlink;

    let home = Home::new();
    home.write("corpus/good.txt", STORY);
    // Permissions do not stop a privileged user; a link that leads nowhere stops everybody.
    symlink("nowhere", home.path().join("corpus/lost.txt")).unwrap();

    let outcome = home.run(&["index"]);

    assert_eq!(outcome.code, 3, "{outcome:?}");
    assert!(outcome.stderr.contains("quarantined: corpus/lost.txt: cannot be read"), "{outcome:?}");
}

#[test]
fn a_bad_query_points_at_the_character_before_anything_is_built() {
    let home = Home::new();
    home.write("corpus/good.txt", STORY);

    let outcome = home.run(&["search", "railway AND (water"]);

    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert!(outcome.stderr.contains("    railway AND (water\n                ^"), "{}", outcome.stderr);
    assert!(!home.path().join("index").exists());
}

#[test]
fn unknown_topics_kinds_and_options_are_usage_errors() {
    let home = Home::new();
    home.write("corpus/good.txt", STORY);

    for args in [
        &["search", "railway", "--topic", "astrology"][..],
        &["search", "railway topic:astrology"],
        &["search", "railway", "--kind", "sermon"],
        &["search", "railway", "--from", "June"],
        &["search", "railway", "--nonsense"],
        &["show", "nonsense"],
        &["--time-zone", "Mars/Olympus", "status"],
    ] {
        let outcome = home.run(args);
        assert_eq!(outcome.code, 2, "{args:?}: {outcome:?}");
    }
}

#[test]
fn a_settings_file_with_a_mistake_is_refused_with_its_line() {
    let home = Home::new();
    home.write("corpus/good.txt", STORY);
    home.write("rapporteur.toml", "corpus = \"corpus\"\ncolour = \"blue\"\n");

    let outcome = home.run(&["index"]);

    assert_eq!(outcome.code, 2, "{outcome:?}");
    assert!(outcome.stderr.contains("rapporteur.toml:2:1: "), "{outcome:?}");
}

#[test]
fn a_writer_at_work_locks_others_out() {
    let home = Home::new();
    home.write("corpus/good.txt", STORY);
    std::fs::create_dir(home.path().join("index")).unwrap();
    let lock = std::fs::File::create(home.path().join("index/lock")).unwrap();
    lock.lock().unwrap();

    let outcome = home.run(&["index"]);

    assert_eq!(outcome.code, 11, "{outcome:?}");
}

#[test]
fn an_index_of_another_version_is_named() {
    let home = Home::new();
    home.write("corpus/good.txt", STORY);
    home.run(&["index"]);
    let manifest = home.path().join("index/manifest.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("\"version\":1", "\"version\":999")).unwrap();

    assert_eq!(home.run(&["status"]).code, 12);
}

#[test]
fn hostile_text_does_not_reach_the_terminal_as_it_is() {
    let home = Home::new();
    home.write(
        "corpus/evil.txt",
        "The railway \u{1b}]0;owned\u{7} was opened \u{202e}in Velmar, and everybody cheered for an hour.\n",
    );

    for format in ["table", "md", "csv"] {
        let outcome = home.run(&["search", "railway", "--format", format]);

        let harmless = format == "csv" || !outcome.stdout.contains(['\u{1b}', '\u{7}', '\u{202e}']);
        assert!(outcome.code == 0 && harmless, "{format}: {outcome:?}");
    }
}

#[test]
fn clean_and_attribute_read_standard_input() {
    let home = Home::new();

    let cleaned = run_in(home.path(), &["clean", "-", "--format", "jsonl"], STORY.as_bytes());
    assert_eq!(cleaned.code, 0, "{cleaned:?}");
    assert_eq!(cleaned.json_lines()[0]["id"], "stdin");

    let attributed = run_in(home.path(), &["attribute"], b"{\"id\": 7, \"text\": \"It rained.\"}\nnonsense\n");
    assert_eq!(attributed.code, 3, "{attributed:?}");
    assert_eq!(attributed.json_lines()[0]["id"], 7);
    assert!(attributed.stderr.contains("-:2: "), "{attributed:?}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;

    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
