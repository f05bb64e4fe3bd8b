//! Incremental runs: what is read again, what is not, and that the result is that of a rebuild.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

mod common;

use common::Home;
use serde_json::Value;

fn story(place: &str) -> String {
    format!("The ministers met in {place} and spoke of the railway for two hours before they parted.\n")
}

fn page(url: &str, place: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Talks in {place}</title><link rel=canonical href=\"{url}\"></head><body>\
         <article><h1>Talks in {place}</h1><p>{}</p><p>{}</p></article></body></html>",
        story(place).repeat(3),
        story(place).repeat(2)
    )
}

fn report(home: &Home) -> Value {
    serde_json::from_str(&home.run(&["index", "--format", "json"]).stdout).unwrap()
}

fn hits(home: &Home) -> String {
    home.run(&["search", "railway OR ministers", "--top", "100", "--no-collapse", "--format", "jsonl"]).stdout
}

#[test]
fn only_what_changed_is_read_again() {
    let home = Home::new();
    home.write("corpus/a.txt", story("Velmar"));
    home.write("corpus/b.txt", story("Kesh"));

    let first = report(&home);
    let second = report(&home);
    home.write("corpus/b.txt", story("Tarnhaven"));
    home.write("corpus/c.txt", story("Alt-Bulak"));
    std::fs::remove_file(home.path().join("corpus/a.txt")).unwrap();
    let third = report(&home);

    assert_eq!((&first["new"], &first["generation"]), (&2.into(), &1.into()));
    assert_eq!((&second["unchanged"], &second["generation"]), (&2.into(), &1.into()));
    assert_eq!(first["fingerprint"], second["fingerprint"]);
    assert_eq!((&third["new"], &third["changed"], &third["removed"]), (&1.into(), &1.into(), &1.into()));
    let found = hits(&home);
    assert!(found.contains("Tarnhaven") && found.contains("Alt-Bulak"));
    assert!(!found.contains("Velmar") && !found.contains("Kesh"), "{found}");
}

#[test]
fn incremental_runs_end_where_a_rebuild_does() {
    let (step, whole) = (Home::new(), Home::new());
    for (index, place) in ["Velmar", "Kesh", "Tarnhaven", "Alt-Bulak"].iter().enumerate() {
        step.write(&format!("corpus/{index}.txt"), story(place));
        report(&step);
    }
    step.write("corpus/1.txt", story("Ferrin"));
    report(&step);
    for (index, place) in ["Velmar", "Ferrin", "Tarnhaven", "Alt-Bulak"].iter().enumerate() {
        whole.write(&format!("corpus/{index}.txt"), story(place));
    }

    assert_eq!(report(&step)["fingerprint"], report(&whole)["fingerprint"]);
    let ids = |home: &Home| -> Vec<String> {
        hits(home).lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].to_string()).collect()
    };
    assert_eq!(ids(&step), ids(&whole));
}

#[test]
fn ids_do_not_depend_on_the_names_or_the_order_of_files() {
    let (one, other) = (Home::new(), Home::new());
    for (first, second, place) in [("a", "z", "Velmar"), ("b", "y", "Kesh"), ("c", "x", "Tarnhaven")] {
        one.write(&format!("corpus/{first}.txt"), story(place));
        other.write(&format!("corpus/deep/{second}.txt"), story(place));
    }
    let ids = |home: &Home| {
        report(home);
        let mut ids: Vec<String> =
            hits(home).lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].to_string()).collect();
        ids.sort();
        ids
    };

    assert_eq!(ids(&one), ids(&other));
}

#[test]
fn one_url_in_two_files_is_one_article_and_the_second_takes_over() {
    let home = Home::new();
    home.write("corpus/a.html", page("https://velmarcourier.example/talks", "Velmar"));
    home.write("corpus/b.html", page("https://velmarcourier.example/talks?utm_source=x", "Kesh"));

    let both = report(&home);
    assert_eq!(both["articles"], 1, "{both}");
    assert_eq!(both["duplicates"][0]["path"], "corpus/b.html");
    assert!(hits(&home).contains("Velmar"));

    std::fs::remove_file(home.path().join("corpus/a.html")).unwrap();
    let one = report(&home);
    assert_eq!(one["articles"], 1, "{one}");
    let found = hits(&home);
    assert!(found.contains("Kesh") && !found.contains("Velmar"), "{found}");
}

#[test]
fn named_paths_leave_the_rest_of_the_index_alone() {
    let home = Home::new();
    home.write("corpus/a.txt", story("Velmar"));
    report(&home);
    home.write("extra/b.txt", story("Kesh"));

    let outcome = home.run(&["index", "extra"]);

    assert_eq!(outcome.code, 0, "{outcome:?}");
    let found = hits(&home);
    assert!(found.contains("Velmar") && found.contains("Kesh"), "{found}");
}

#[test]
fn a_change_of_topics_derives_everything_anew() {
    let home = Home::new();
    home.write("corpus/a.txt", story("Velmar"));
    report(&home);
    home.write(
        "topics.toml",
        "[[topic]]\nid = \"meetings\"\nlabel = \"Meetings\"\nterms = [{ term = \"ministers\", weight = 5 }]\n",
    );

    let changed = report(&home);

    assert_eq!((&changed["rules_changed"], &changed["changed"]), (&true.into(), &1.into()), "{changed}");
    let hit = home.run(&["search", "railway", "--topic", "meetings", "--format", "jsonl"]);
    assert_eq!(hit.json_lines().len(), 1, "{hit:?}");
}

#[test]
fn a_touched_file_with_the_same_content_changes_nothing() {
    let home = Home::new();
    let path = home.write("corpus/a.txt", story("Velmar"));
    report(&home);
    let later = std::time::SystemTime::now() + std::time::Duration::from_mins(1);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(later).unwrap();

    let again = report(&home);

    assert_eq!((&again["unchanged"], &again["generation"]), (&1.into(), &1.into()), "{again}");
}
