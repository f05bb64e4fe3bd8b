//! Dates of whole pages: none where a page states none, and publication told from the last change.
//!
//! The pages are in `tests/data`, each set in one file, written before the rules were tuned.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use rapporteur::clean::html::{Options, PageDates, dates};
use rapporteur::model::Publication;

const UNDATED: &str = include_str!("data/undated_pages.txt");
const DATED: &str = include_str!("data/dated_pages.txt");

/// The pages of a set: what its line says of each, split at the bars, and its HTML.
fn pages(set: &str) -> Vec<(Vec<&str>, &str)> {
    let sections = set.split("\n=== ").skip(1);
    sections
        .map(|section| {
            let (head, html) = section.split_once('\n').unwrap();
            (head.split(" | ").map(str::trim).collect(), html)
        })
        .collect()
}

/// The time where one is stated, else the day.
fn stated(publication: Option<&Publication>) -> String {
    publication.map_or("-".into(), |found| found.time.map_or(found.edtf(), |time| time.to_string()))
}

#[test]
fn a_page_that_states_no_day_of_publication_is_given_none() {
    let pages = pages(UNDATED);
    let invented: Vec<String> = pages
        .iter()
        .filter_map(|(head, html)| {
            let found = dates(html, Some(head[1]).filter(|url| *url != "-"), Options::default()).published?;
            Some(format!("{}: {} ({}: {:?})", head[0], found.date, found.why.text, found.why.evidence[0].text))
        })
        .collect();

    println!("{} of {} undated pages are given no date", pages.len() - invented.len(), pages.len());
    assert_eq!(pages.len(), 30);
    assert!(invented.len() <= 1, "dates were invented on:\n{}", invented.join("\n"));
}

#[test]
fn publication_is_told_from_the_last_change() {
    let pages = pages(DATED);
    let mut wrong = Vec::new();
    for (head, html) in &pages {
        let PageDates { published, modified, .. } = dates(html, None, Options::default());
        let given = (stated(published.as_ref()), stated(modified.as_ref()));
        if (given.0.as_str(), given.1.as_str()) != (head[1], head[2]) {
            wrong.push(format!("{}: expected {} and {}, given {} and {}", head[0], head[1], head[2], given.0, given.1));
        }
    }

    assert_eq!(pages.len(), 20);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
