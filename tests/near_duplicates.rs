//! Syndicated and republished articles: found at indexing, grouped, shown, collapsed, and never deleted.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;
#[path = "../benches/generator/news.rs"]
mod news;

use std::collections::BTreeSet;

use common::{Home, sample};
use news::{Kind, NewsArticle, Random};
use serde_json::Value;

/// Enough for each kind of copy, and for furniture to recur under different stories.
const ARTICLES: usize = 400;

fn archive() -> Vec<NewsArticle> {
    news::archive(ARTICLES, 17)
}

fn url(number: usize) -> String {
    format!("https://archive.example/{number}")
}

fn record(number: usize, article: &NewsArticle) -> String {
    let day = jiff::civil::date(2024, 1, 1).checked_add(jiff::Span::new().days(i64::from(article.day))).unwrap();
    let record = serde_json::json!({
        "id": number,
        "url": url(number),
        "title": article.title,
        "outlet": article.outlet,
        "published": day.to_string(),
        "text": article.text(),
    });
    format!("{record}\n")
}

/// Writes the numbered articles as files of `per_file` records each.
fn write(home: &Home, archive: &[NewsArticle], numbers: &[usize], per_file: usize) {
    for (file, numbers) in numbers.chunks(per_file).enumerate() {
        let lines: String = numbers.iter().map(|number| record(*number, &archive[*number])).collect();
        home.write(&format!("corpus/{file:03}.jsonl"), lines);
    }
}

fn report(home: &Home) -> Value {
    let outcome = home.run(&["index", "--format", "json"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).unwrap()
}

/// The groups of a report as sets of article ids.
fn groups(report: &Value) -> BTreeSet<BTreeSet<String>> {
    let members = |group: &Value| -> BTreeSet<String> {
        let members = group["members"].as_array().unwrap();
        members.iter().map(|member| member["article"].as_str().unwrap().to_owned()).collect()
    };
    report["near_duplicates"].as_array().unwrap().iter().map(members).collect()
}

fn id(number: usize) -> String {
    rapporteur::model::ArticleId::derive("url", &url(number)).to_string()
}

#[test]
fn planted_copies_are_grouped_and_merely_similar_articles_are_not() {
    let (home, archive) = (Home::new(), archive());
    write(&home, &archive, &(0..ARTICLES).collect::<Vec<_>>(), ARTICLES);

    let report = report(&home);

    let found = groups(&report);
    let group_of = |number: usize| found.iter().find(|group| group.contains(&id(number)));
    let (mut planted, mut together, mut wrong) = (0, 0, 0);
    for left in 0..ARTICLES {
        for right in 0..left {
            let same = archive[left].family == archive[right].family;
            let grouped = group_of(left).is_some_and(|group| group.contains(&id(right)));
            planted += usize::from(same);
            together += usize::from(same && grouped);
            wrong += usize::from(!same && grouped);
        }
    }
    assert!(planted > 100, "{planted}");
    assert!(wrong * 100 <= together, "{wrong} wrong, {together} right");
    assert!(together * 100 >= planted * 99, "{together} of {planted}");
    for copy in (0..ARTICLES).filter(|copy| is_simple(archive[*copy].kind)) {
        let original =
            |number: &usize| archive[*number].kind == Kind::Original && archive[*number].family == archive[copy].family;
        let Some(original) = (0..ARTICLES).find(original) else { continue };
        let kind = archive[copy].kind;
        assert!(group_of(copy).is_some_and(|group| group.contains(&id(original))), "{kind:?} {copy} of {original}");
    }
    assert_eq!(report["articles"], ARTICLES, "nothing is deleted");
    assert_eq!(report["near_duplicate_groups"], found.len());
    assert_eq!(report["near_duplicate_articles"], found.iter().map(BTreeSet::len).sum::<usize>());
    for kind in Kind::COPIES {
        assert!(archive.iter().any(|article| article.kind == kind), "{kind:?} is planted");
    }
}

#[test]
fn any_sequence_of_runs_ends_where_a_rebuild_does() {
    let archive = &archive()[..240];
    let mut random = Random(3);
    let step = Home::new();
    // Half of it, then more, then less, then other words in old files, in files of odd sizes.
    let half: Vec<usize> = (0..120).collect();
    write(&step, archive, &half, 7);
    report(&step);
    let mut shuffled: Vec<usize> = (0..240).collect();
    for last in (1..shuffled.len()).rev() {
        shuffled.swap(last, random.below(last + 1));
    }
    for round in 0..3 {
        let some: Vec<usize> = shuffled[round * 20..200 + round * 20].to_vec();
        write(&step, archive, &some, 11);
        report(&step);
        std::fs::remove_file(step.path().join(format!("corpus/00{round}.jsonl"))).unwrap();
        report(&step);
    }
    let lines = |home: &Home| -> String {
        let mut paths: Vec<_> =
            std::fs::read_dir(home.path().join("corpus")).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
    };
    let stepwise = report(&step);

    // The same articles in one file, in another order.
    let whole = Home::new();
    let mut rest: Vec<String> = lines(&step).lines().map(|line| format!("{line}\n")).collect();
    rest.sort();
    whole.write("corpus/z.jsonl", rest.concat());
    let rebuilt = report(&whole);

    assert!(groups(&rebuilt).len() > 10);
    assert_eq!(stepwise["near_duplicates"], rebuilt["near_duplicates"]);
    let stored = |home: &Home, name: &str| std::fs::read(home.path().join("index").join(name)).unwrap();
    for name in ["near-duplicates.json", "near-duplicates.bin"] {
        assert_eq!(stored(&step, name), stored(&whole, name), "{name}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let (home, archive) = (Home::new(), archive());
    write(&home, &archive, &(0..100).collect::<Vec<_>>(), 9);
    let stored = |threads: &str| {
        let index = format!("index-{threads}");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        let run = command.args(["--index", &index, "index"]).current_dir(home.path()).env("RAYON_NUM_THREADS", threads);
        assert!(run.output().unwrap().status.success());
        std::fs::read(home.path().join(index).join("near-duplicates.json")).unwrap()
    };

    assert_eq!(stored("1"), stored("5"));
}

/// Whether one thing was done to the article.
fn is_simple(kind: Kind) -> bool {
    !matches!(kind, Kind::Original | Kind::HalfFurniture | Kind::FirstFurniture)
}

/// A story, its copy cut and furnished by another outlet, and one that quotes it.
fn three(home: &Home) {
    let archive = archive();
    let original = archive.iter().find(|article| article.kind == Kind::Original && article.paragraphs.len() > 8);
    let text = original.unwrap().paragraphs.clone();
    let article = |file: &str, outlet: &str, day: &str, paragraphs: &[String]| {
        let text = paragraphs.join("\n\n");
        let record = serde_json::json!({
            "id": file, "url": format!("https://{file}.example/a"), "title": format!("Talks, says {outlet}"),
            "outlet": outlet, "published": day, "text": text,
        });
        home.write(&format!("corpus/{file}.jsonl"), format!("{record}\n"));
    };
    article("wire", "Corridor Wire", "2025-06-17", &text);
    let mut copy = text[..=text.len() / 2].to_vec();
    copy.push("Sign up for our morning letter and never miss what is said in Velmar.".into());
    article("courier", "The Velmar Courier", "2025-06-18", &copy);
    let other = archive.iter().rfind(|article| article.kind == Kind::Original).unwrap();
    let mut quoting = other.paragraphs.clone();
    quoting.insert(1, text[1].clone());
    article("post", "Tarnhaven Post", "2025-06-18", &quoting);
}

fn first_words(home: &Home, paragraph: usize) -> String {
    let wire = std::fs::read_to_string(home.path().join("corpus/wire.jsonl")).unwrap();
    let record: Value = serde_json::from_str(&wire).unwrap();
    let text = record["text"].as_str().unwrap().split("\n\n").nth(paragraph).unwrap().to_owned();
    format!("\"{}\"", text.split(' ').skip(1).take(4).collect::<Vec<_>>().join(" "))
}

#[test]
fn a_collapsed_search_shows_once_what_copies_say_and_names_them() {
    let home = Home::new();
    three(&home);
    let printed = home.run(&["index"]).stdout;
    assert!(printed.contains("1 group of near-duplicates, 2 articles"), "{printed}");
    let shared = first_words(&home, 1);
    let search = |query: &str, more: &[&str]| home.run(&[&["search", query][..], more].concat());

    let plain = search(&shared, &["--no-collapse", "--format", "jsonl"]).json_lines();
    let collapsed = search(&shared, &["--format", "jsonl"]).json_lines();

    assert_eq!(plain.len(), 3, "nothing is hidden");
    assert!(plain.iter().all(|hit| hit.get("copies").is_none()));
    let outlets: Vec<&Value> = collapsed.iter().map(|hit| &hit["article"]["outlet"]).collect();
    assert_eq!(outlets.len(), 2, "the article that only quotes it stays: {outlets:?}");
    let wire = collapsed.iter().find(|hit| hit["article"]["outlet"] == "Corridor Wire").expect("the first is shown");
    let copy = &wire["copies"][0];
    assert_eq!(
        (&copy["outlet"], &copy["published"], wire["copies"].as_array().unwrap().len()),
        (&"The Velmar Courier".into(), &"2025-06-18".into(), 1)
    );
    let hidden = plain.iter().find(|hit| hit["article"]["outlet"] == "The Velmar Courier").unwrap();
    assert_eq!((&copy["id"], &copy["article"]), (&hidden["id"], &hidden["article"]["id"]));
    let table = search(&shared, &[]);
    assert!(table.stdout.contains("also in 1 article: The Velmar Courier, 18 June 2025"), "{}", table.stdout);
    assert!(table.stderr.contains("2 of 3 passages match, copies collapsed"), "{}", table.stderr);
    let csv = search(&shared, &["--format", "csv"]).stdout;
    assert!(
        csv.lines().next().unwrap().ends_with(",language,fingerprint,copies")
            && csv.contains(hidden["id"].as_str().unwrap())
    );
    let markdown = search(&shared, &["--format", "md"]).stdout;
    assert!(markdown.contains("(also in 1 article: The Velmar Courier"), "{markdown}");
    let json: Value = serde_json::from_str(&search(&shared, &["--format", "json"]).stdout).unwrap();
    assert_eq!(json["hits"], Value::from(collapsed.clone()));
    // Asking for what is done anyway stays allowed.
    assert_eq!(search(&shared, &["--collapse", "--format", "jsonl"]).json_lines(), collapsed);
    // By date, the first of the order stands for the copies.
    let newest = search(&shared, &["--sort", "newest", "--format", "jsonl"]).json_lines();
    let shown = newest.iter().find(|hit| !hit["copies"].as_array().unwrap().is_empty()).unwrap();
    assert_eq!(shown["article"]["outlet"], "The Velmar Courier");
}

#[test]
fn what_only_one_of_the_copies_says_stays_a_hit() {
    let home = Home::new();
    three(&home);

    let hits = home.run(&["search", "\"morning letter\"", "--format", "jsonl"]).json_lines();

    assert_eq!(hits.len(), 1);
    assert_eq!(
        (&hits[0]["article"]["outlet"], hits[0]["copies"].as_array().unwrap().len()),
        (&"The Velmar Courier".into(), 0)
    );
}

#[test]
fn ranked_articles_are_collapsed_by_their_groups() {
    let home = Home::new();
    three(&home);
    let shared = first_words(&home, 1);

    let hits = home.run(&["search", &shared, "--by", "article", "--format", "jsonl"]).json_lines();

    assert_eq!(hits.len(), 2);
    let copies: usize = hits.iter().map(|hit| hit["copies"].as_array().unwrap().len()).sum();
    assert_eq!(copies, 1);
}

#[test]
fn as_many_hits_are_shown_as_are_asked_for_though_copies_fill_the_first_ranks() {
    let home = Home::new();
    let story = |place: &str| -> String {
        let point =
            |number: usize| format!("Delegation {number} of {place} spoke of the {place} railway, point {number}.");
        (0..12).map(point).collect::<Vec<_>>().join(" ")
    };
    for copy in 0..30 {
        home.write(
            &format!("corpus/copy-{copy}.txt"),
            format!("Copy {copy}\n\n{}\n\nNumber {copy}.\n", story("Velmar")),
        );
    }
    for place in ["Kesh", "Ferrin", "Tarnhaven"] {
        home.write(&format!("corpus/{place}.txt"), format!("{place}\n\n{}\n", story(place)));
    }

    let hits = home.run(&["search", "railway Velmar", "--by", "article", "--top", "4", "--format", "jsonl"]);

    assert_eq!(hits.json_lines().len(), 4, "{}", hits.stderr);
    assert_eq!(hits.json_lines()[0]["copies"].as_array().unwrap().len(), 29);
}

#[test]
fn an_article_is_shown_with_its_copies_and_the_reason() {
    let home = Home::new();
    three(&home);
    report(&home);
    let id = |host: &str| rapporteur::model::ArticleId::derive("url", &format!("https://{host}.example/a")).to_string();

    let text = home.run(&["show", &id("wire")]).stdout;
    let copy: Value = serde_json::from_str(&home.run(&["show", &id("courier"), "--format", "json"]).stdout).unwrap();
    let alone: Value = serde_json::from_str(&home.run(&["show", &id("post"), "--format", "json"]).stdout).unwrap();
    let status = home.run(&["status"]).stdout;

    assert!(text.contains("near-duplicates 2 articles, none known to be published before this one"), "{text}");
    assert!(text.contains("The Velmar Courier · 18 June 2025"), "{text}");
    assert!(text.contains(&format!(" % of its 5-word shingles stand in {}", id("wire"))), "{text}");
    let seen = &copy["near_duplicates"];
    assert_eq!((&seen["first"], &seen["why"]["rule"]), (&false.into(), &"contained".into()), "{seen}");
    assert!(seen["similarity"].as_f64().unwrap() > 0.8, "{seen}");
    assert_eq!(seen["others"][0]["article"]["id"], id("wire"));
    assert_eq!(alone["near_duplicates"], Value::Null);
    assert!(status.contains("3 (2 of them in 1 group of near-duplicates)"), "{status}");
}

#[test]
fn a_removed_article_leaves_its_group() {
    let home = Home::new();
    three(&home);
    assert_eq!(report(&home)["near_duplicate_groups"], 1);

    std::fs::remove_file(home.path().join("corpus/wire.jsonl")).unwrap();

    assert_eq!(report(&home)["near_duplicate_groups"], 0);
}

#[test]
fn what_cannot_be_read_is_found_anew_from_the_index() {
    let home = Home::new();
    three(&home);
    report(&home);
    let file = |name: &str| home.path().join("index").join(name);
    let before = std::fs::read(file("near-duplicates.bin")).unwrap();
    std::fs::write(file("near-duplicates.bin"), &before[..before.len() / 2]).unwrap();
    std::fs::remove_file(file("near-duplicates.json")).unwrap();

    let again = report(&home);

    assert_eq!((&again["near_duplicate_groups"], &again["unchanged"]), (&1.into(), &3.into()));
    assert!(again["warnings"][0].as_str().unwrap().contains("near-duplicates cannot be read"), "{again}");
    assert_eq!(std::fs::read(file("near-duplicates.bin")).unwrap(), before);
}

#[test]
fn the_syndicated_article_of_the_sample_corpus_is_grouped_with_its_original() {
    let hits = sample(&["search", "\"I close doors, not valves\"", "--format", "jsonl"]).json_lines();

    let collapsed: Vec<&Value> =
        hits.iter().filter(|hit| hit["copies"].as_array().is_some_and(|copies| !copies.is_empty())).collect();
    assert_eq!(collapsed.len(), 1, "{hits:?}");
    let outlets = (&collapsed[0]["article"]["outlet"], &collapsed[0]["copies"][0]["outlet"]);
    let both = BTreeSet::from([outlets.0.as_str().unwrap(), outlets.1.as_str().unwrap()]);
    assert_eq!(both, BTreeSet::from(["Corridor Wire", "The Velmar Courier"]));
    assert!(hits.len() > 1, "the live blog that quotes it stays");
}

#[test]
fn a_date_corrected_on_one_passage_is_not_the_articles_among_copies() {
    let home = Home::new();
    three(&home);
    let before = report(&home);
    let first = before["near_duplicates"][0]["members"][0]["article"].as_str().unwrap().to_owned();
    let ground = ["--by", "Ada Lind", "--because", "an appendix of later"];
    let corrected =
        home.run(&[&["correct", &format!("{first}.1"), "--date", "2025-09-01"], ground.as_slice()].concat());
    assert_eq!(corrected.code, 0, "{}", corrected.stderr);

    let after = report(&home);

    assert_eq!(after["overrides"]["applied"], 1);
    assert_eq!(after["near_duplicates"], before["near_duplicates"]);
}
