//! Many queries at once: a run in their order, wrong lines by name, and each document once.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use std::collections::BTreeSet;
use std::io::Write;

use common::{Home, Outcome, run_in};

/// Records of two feeds that have numbered theirs alike; one without a number, one whose number holds a blank.
fn home() -> Home {
    let home = Home::new();
    let record = |id: &str, title: &str, text: &str| {
        format!("{{{id}\"title\": {title:?}, \"url\": \"https://a.example/{title}\", \"text\": {text:?}}}\n")
    };
    home.write(
        "corpus/a.jsonl",
        [
            record("\"id\": \"d1\", ", "One", "The ferry to Kesh was late, and the ferry was full."),
            record(
                "\"id\": \"d2\", ",
                "Two",
                "A ferry is a bridge that moves.\n\nNo ferry moves in a storm, the ferrymen said.",
            ),
            record("", "Three", "The ferry sank near Doruna without a sound."),
            record("\"id\": \"d 4\", ", "Four", "Nobody missed the ferry but the postman of Velmar."),
            record("\"id\": 5, ", "Five", "A tunnel takes the place of the ferry from today."),
        ]
        .concat(),
    );
    home.write("corpus/b.jsonl", record("\"id\": \"d1\", ", "Six", "Tickets for the ferry can be had at the pier."));
    home
}

fn run_of(home: &Home, queries: &str, args: &[&str]) -> Outcome {
    home.write("queries.tsv", queries);
    let mut all = vec!["search", "--batch", "queries.tsv", "--format", "trec"];
    all.extend(args);
    home.run(&all)
}

/// The columns of a run: query, document, rank, score.
fn columns(run: &str) -> Vec<(String, String, usize, f64)> {
    let line = |line: &str| {
        let columns: Vec<&str> = line.split(' ').collect();
        assert_eq!((columns.len(), columns[1], columns[5]), (6, "Q0", "rapporteur"), "{line}");
        (columns[0].to_owned(), columns[2].to_owned(), columns[3].parse().unwrap(), columns[4].parse().unwrap())
    };
    run.lines().map(line).collect()
}

#[test]
fn an_article_goes_by_the_name_of_its_record_where_that_can_stand_in_a_run() {
    let home = home();

    let run = columns(&run_of(&home, "q1\tferry\n", &["--by", "article"]).stdout);

    let names: Vec<&str> = run.iter().map(|(_, name, ..)| name.as_str()).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    for known in ["d1", "d2", "5"] {
        assert_eq!(names.iter().filter(|name| **name == known).count(), 1, "{known} of {names:?}");
    }
    // Without a number, with a blank in it, or with one that a better one has: the article's own id.
    let own: Vec<&&str> = names.iter().filter(|name| !["d1", "d2", "5"].contains(name)).collect();
    assert!(own.len() == 3 && own.iter().all(|id| id.len() == 12), "{names:?}");
    let titles: BTreeSet<String> = own
        .iter()
        .map(|id| {
            let shown = home.run(&["search", &format!("ferry id:{id}"), "--format", "jsonl"]).json_lines();
            shown[0]["article"]["title"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(titles, ["Four", "Six", "Three"].map(str::to_owned).into(), "the better of two of one name keeps it");
    assert!(run.iter().enumerate().all(|(index, (.., rank, _))| *rank == index + 1));
    assert!(run.windows(2).all(|pair| pair[0].3 >= pair[1].3), "{run:?}");
}

#[test]
fn a_passage_goes_by_its_id() {
    let home = home();

    let run = columns(&run_of(&home, "q1\tferry\n", &["--by", "passage"]).stdout);

    let ids: BTreeSet<&str> = run.iter().map(|(_, id, ..)| id.as_str()).collect();
    assert_eq!((ids.len(), run.len()), (6, 6));
    assert!(ids.iter().all(|id| id.split_once('.').is_some_and(|(article, n)| article.len() == 12 && n.len() == 1)));
}

#[test]
fn wrong_lines_and_wrong_queries_are_named_and_the_others_answered() {
    let home = home();
    let queries = "q1\tferry\nq2 tunnel\n\nq3\tferry AND (\nq 4\tferry\nq5\ttunnel\nq6\tKe*~1\nq7\tzzz\n";

    let read = run_of(&home, queries, &["--syntax", "query"]);

    assert_eq!(read.code, 3, "{}", read.stderr);
    let answered: Vec<String> = columns(&read.stdout).into_iter().map(|(query, ..)| query).collect();
    assert_eq!(answered.iter().collect::<BTreeSet<_>>(), [&"q1".to_owned(), &"q5".to_owned()].into());
    assert_eq!(
        answered.iter().position(|query| query == "q5"),
        answered.iter().rposition(|query| query == "q1").map(|at| at + 1)
    );
    for complaint in [
        "queries.tsv:2: no tab",
        "queries.tsv:4: ",
        "    ferry AND (\n              ^",
        "queries.tsv:5: the identifier is empty, or holds a blank or a control character",
        "queries.tsv:7: ",
    ] {
        assert!(read.stderr.contains(complaint), "{complaint}: {}", read.stderr);
    }
    assert!(!read.stderr.contains("queries.tsv:8"), "a query that finds nothing is not wrong: {}", read.stderr);

    let plain = run_of(&home, "q1\tferry AND (\n", &[]);
    assert_eq!(plain.code, 0, "{}", plain.stderr);
    assert!(plain.stderr.contains("queries are read as plain words"), "{}", plain.stderr);
    assert_eq!(columns(&plain.stdout).len(), 6);
}

#[test]
fn answers_stand_in_the_order_of_the_queries_however_many_there_are() {
    let home = home();
    let words = ["ferry", "tunnel", "Kesh", "pier postman", "ferry tunnel"];
    let queries: Vec<String> = (0..700).map(|number| format!("{}\t{}", 700 - number, words[number % 5])).collect();
    let queries = queries.join("\n");

    let run = run_of(&home, &queries, &["--by", "article", "--top", "2"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    let lines = columns(&run.stdout);
    let mut order: Vec<usize> = lines.iter().map(|(query, ..)| query.parse().unwrap()).collect();
    assert!(order.iter().rev().is_sorted(), "as they stand in the file");
    order.dedup();
    assert_eq!(order.len(), 700);
    for (number, word) in words.iter().enumerate() {
        let alone = run_of(&home, &format!("{}\t{word}\n", 700 - number), &["--by", "article", "--top", "2"]);
        let of_query = format!("{} Q0 ", 700 - number);
        let in_batch: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with(&of_query)).collect();
        assert_eq!(alone.stdout.lines().collect::<Vec<_>>(), in_batch, "{word}");
    }
}

#[test]
fn queries_come_from_gzip_and_from_standard_input_alike() {
    let home = home();
    let queries = "\u{feff}q1\tferry\r\nq2\ttunnel\r\n";
    let expected = run_of(&home, queries, &[]).stdout;
    assert_eq!(columns(&expected).len(), 7);

    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(queries.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    home.write("queries.tsv.gz", &packed);
    let from_gzip = home.run(&["search", "--batch", "queries.tsv.gz", "--format", "trec"]);
    let from_input = |bytes: &[u8]| run_in(home.path(), &["search", "--batch", "-", "--format", "trec"], bytes);

    assert_eq!(from_gzip.stdout, expected, "{}", from_gzip.stderr);
    assert_eq!(from_input(queries.as_bytes()).stdout, expected);
    assert_eq!(from_input(&packed).stdout, expected);
    let cut = from_input(&packed[..packed.len() - 9]);
    assert!(cut.code == 1 && cut.stdout.is_empty() && cut.stderr.contains("gzip"), "{cut:?}");
    assert_eq!(home.run(&["search", "--batch", "none.tsv", "--format", "trec"]).code, 1);
    assert_eq!(from_input(b"").stdout, "");
}

#[test]
fn jsonl_gives_records_with_the_identifier_and_reads_the_query_language() {
    let home = home();
    home.write("queries.tsv", "q1\tferry -tunnel\nq2\t\"ferry * late\"~3\n");

    let outcome = home.run(&["search", "--batch", "queries.tsv", "--format", "jsonl"]);

    let records = outcome.json_lines();
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(records.iter().filter(|record| record["query"] == "q1").count(), 5);
    assert_eq!(records.iter().filter(|record| record["query"] == "q2").count(), 1);
    assert!(records.iter().all(|record| record["text"].is_string() && record["rank"].is_number()));
}

#[test]
fn options_that_a_batch_cannot_follow_are_refused() {
    let home = home();
    home.write("queries.tsv", "q1\tferry\n");

    for args in [
        &["search", "--batch", "queries.tsv", "--format", "csv"][..],
        &["search", "--batch", "queries.tsv", "--format", "trec", "--explain"],
        &["search", "--batch", "queries.tsv", "--format", "trec", "--group", "outlet"],
        &["search", "--batch", "queries.tsv", "--format", "trec", "--sort", "newest"],
        &["search", "ferry", "--batch", "queries.tsv", "--format", "trec"],
        &["search", "ferry", "--format", "trec"],
        &["search", "ferry", "--syntax", "plain"],
    ] {
        let outcome = home.run(args);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{args:?}: {}", outcome.stderr);
    }
}
