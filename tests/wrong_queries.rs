//! Queries that mean nothing, say it in another engine's language, or join what cannot be joined: each is refused with
//! a caret under the character and a way out, before anything else is looked at.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use common::Home;

const WRONG: &[&str] = &[
    "",
    "   ",
    "()",
    "railway ( ) water",
    "\"\"",
    "“ ”",
    "\"...\"",
    "\"lasting good neighbourhood",
    "“Amber railway\"",
    "(railway OR (water AND energy)",
    "railway)",
    "railway AND",
    "OR railway",
    "railway AND OR water",
    "(railway AND) water",
    "AND",
    "railway NOT",
    "railway - water",
    "railway -",
    "--speaker kaldan",
    "-AND",
    "speaker: kaldan",
    "speaker:",
    "speaker:\"\"",
    "spaeker:kaldan railway",
    "Speaker:kaldan",
    "after:2025-06-18",
    "foo:bar",
    "Velmar: a summit opens",
    ":railway",
    "title:Kesh:waits",
    "arrives 10:30",
    "https://corridorwire.example/a",
    "kind:quotes",
    "kind:tweet",
    "date:17.06.2025",
    "date:2025-02-30",
    "railway date:2025-06..2025-13",
    "published:2025-07..2025-06",
    "published:..",
    "published:>= 2025",
    "date:>9999",
    "2023..2025",
    ">=2025",
    "*",
    "what did he say?",
    "Kaldan~",
    "[2023 TO 2025]",
    "{railway}",
    "railway && water",
    "railway || water",
    "railway|water",
    "!railway",
    "railway!",
    "railway\\*",
    "railway, water",
    "Kesh.",
    "'lasting peace'",
    "Amber – railway",
    "–railway",
    "50%",
    "R & D",
    "rail\u{200b}way",
    "\u{1b}[31mrailway",
    "railway NEAR water",
    "railway(s)",
    "\"Amber\"railway",
    "Kaldan\"s\"",
    "贺元市 边境 OR",
    // signs
    "+",
    "railway + water",
    "++railway",
    "-+railway",
    "+-railway",
    "+AND",
    "+railway AND water",
    "+railway OR road",
    "+railway NEAR/5 road",
    "C++",
    "speaker:+kaldan",
    // weights
    "railway ^2",
    "^2",
    "railway^",
    "railway^0",
    "railway^-1",
    "railway^1e9",
    "railway^2^3",
    "\"border post\"^2~5",
    "speaker:kaldan^2",
    "-railway^2",
    "-(railway^2 road)",
    "((railway^100 road)^100 toll)",
    "\"border post^2\"",
    // wildcards
    "**",
    "\"border *\"",
    "\"* border\"",
    "\"*\"",
    "good-neigh*",
    "r*a*i*l*w*a*y*s*i*d*i*ng",
    "outlet:Corr*",
    "speaker:ka?dan",
    "speaker:\"Omer Kal*\"",
    "kind:quo*",
    "lang:e*",
    "\"what did he say?\"",
    "title:railway?",
    // similar words
    "Kaldan~3",
    "Kaldan~0.8",
    "~1",
    "ab~1",
    "rail*~1",
    "good-neighbourly~2",
    "(railway road)~5",
    "\"Kaldan\"~1",
    "\"border post\"~",
    "\"border post\"~0",
    "\"border post\"~5000",
    "\"the Kaldan~ note\"",
    "speaker:kaldan~1",
    "speaker:\"Omer Kaldan\"~1",
    // exact form
    "=",
    "=\"Amber Rail\"",
    "=(rail)",
    "=Rail*",
    "=Rail~1",
    "==Rail",
    "=Rail-Link",
    "rail=road",
    "=speaker:kaldan",
    "about:=Kaldan",
    "\"=(Amber|Rail) post\"",
    // regular expressions
    "/rail",
    "/rail(way/",
    "/[a/",
    "/*rail/",
    "//",
    "/^rail/",
    "/rail$/",
    "/rail\\bway/",
    "/rail(?=way)/",
    "/(a)\\1/",
    "/(?i)rail/",
    "/rail/i",
    "/rail/~1",
    "/.*/",
    "/rail way/",
    "/(a{50}){50}/",
    "/usr/bin",
    "speaker:/kal.*/",
    "\"the /rail\"",
    // phrases
    "\"(free|) trade\"",
    "\"(free|fair trade\"",
    "\"free) trade\"",
    "\"free | fair trade\"",
    "\"((free|fair)|open) trade\"",
    "\"(free * and|fair) trade\"",
    "\"railway(s)\"",
    "\"(rail|road)s\"",
    // NEAR and BEFORE
    "railway BEFORE water",
    "railway NEAR/0 water",
    "railway NEAR/1001 water",
    "railway NEAR/ 5 water",
    "railway NEAR/five water",
    "NEAR/5 water",
    "railway NEAR/5",
    "railway AFTER/5 water",
    "railway XOR water",
    "railway NEAR/5 (road AND toll)",
    "railway NEAR/5 -toll",
    "railway NEAR/5 (road -toll)",
    "railway NEAR/5 (+road toll)",
    "railway NEAR/5 speaker:kaldan",
    "railway NEAR/5 toll^2",
    "railway NEAR/5 WITHIN SENTENCE (toll)",
    // WITHIN
    "WITHIN",
    "railway WITHIN 5 water",
    "WITHIN SENTENCE railway",
    "WITHIN (railway water)",
    "WITHIN/5 (railway water)",
    "WITHIN SENTENCE ()",
    "WITHIN SENTENCE (railway",
    "WITHIN SENTENCE (railway speaker:kaldan)",
    "WITHIN SENTENCE (railway^2 water)",
    "WITHIN PARAGRAPH (railway WITHIN SENTENCE (water))",
    // fields
    "speaker:()",
    "speaker:(kaldan OR)",
    "speaker:(kaldan",
    "speaker:(kaldan NEAR/5 vael)",
    "title:(summit NEAR/5 forum)",
    "title:(WITHIN SENTENCE (forum))",
    "title:(summit speaker:kaldan)",
    "title:(summit^2 forum)",
    "title:*ing*ly?",
    "lang:english",
    "lang:\"en GB\"",
    "id:",
    "person:kaldan",
    // dates
    "published:last 30 days",
    "published:\"last 3 moons\"",
    "published:someday",
    "published:last-0-days",
    "published:next",
    "published:today..yesterday",
    "published:\"2025 06\"",
    "(a NEAR/1000 b) OR (c NEAR/1000 d) OR (e NEAR/1000 f) OR (g NEAR/1000 h) OR (i NEAR/1000 j) OR \"k l\"~1000 OR \
     \"m n\"~1000 OR \"o p\"~1000 OR (q BEFORE/1000 r) OR (s BEFORE/1000 t) OR (u NEAR/1 v)",
];

#[test]
fn a_wrong_query_is_refused_with_a_caret_and_a_way_out() {
    let home = Home::new();
    let mut messages = String::new();
    let mut accepted = Vec::new();

    for query in WRONG {
        let outcome = home.run(&["search", "--parse", "--now", "2025-06-18", "--", query]);

        if outcome.code != 2 || !outcome.stdout.is_empty() {
            accepted.push((query, outcome.stdout));
        }
        writeln!(messages, "{}", outcome.stderr).unwrap();
    }

    assert!(accepted.is_empty(), "{accepted:#?}");
    insta::assert_snapshot!(messages);
}

#[test]
fn huge_and_deep_queries_are_refused_at_once() {
    let deep = |open: &str, inner: &str, close: &str| format!("{}{inner}{}", open.repeat(60), close.repeat(60));
    let queries = [
        "railway ".repeat(10_000),
        "(".repeat(10_000),
        "NOT ".repeat(2_400),
        "a NEAR/1 ".repeat(1_000),
        "\"(".repeat(4_000),
        format!("\"{}", "(a|b) ".repeat(1_600)),
        format!("/{}/", "(".repeat(9_000)),
        format!("/{}a/", "a{9}".repeat(2_000)),
        "*".repeat(10_000),
        "a~1".repeat(3_000),
        "title:(".repeat(1_400),
        deep("(b ", "a", ")"),
        deep("(b ", "a", ")^1.5"),
        deep("+(", "a", ")"),
    ];
    let home = Home::new();
    for query in queries {
        let begun = Instant::now();

        let outcome = home.run(&["search", "--parse", "--", &query]);

        assert_eq!(outcome.code, 2, "{}", outcome.stdout);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert!(outcome.stderr.chars().count() < 2_000, "{}", outcome.stderr);
    }
}
