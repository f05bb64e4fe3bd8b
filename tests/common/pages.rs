//! Test pages: layouts under `tests/data/pages`, filled with the words of a language.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of it")]

use std::fs;
use std::path::PathBuf;

/// The languages that there are words of.
const LANGUAGES: [&str; 5] = ["en", "de", "fr", "es", "ru"];
/// In how many of them each layout is shown.
const SHOWN: usize = 3;

/// A page, and the layout and language that it is of.
pub struct Page {
    pub name: String,
    pub html: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/pages")
}

/// Every layout of a file, each in three languages.
pub fn pages(file: &str) -> Vec<Page> {
    let layouts = fs::read_to_string(folder().join(file)).unwrap();
    let mut pages = Vec::new();
    for (place, layout) in layouts.split("=== ").skip(1).enumerate() {
        let (name, layout) = layout.split_once('\n').unwrap();
        for step in 0..SHOWN {
            let code = LANGUAGES[(place + step * 2) % LANGUAGES.len()];
            pages.push(Page { name: format!("{name} ({code})"), html: fill(&repeated(layout), &words(code)) });
        }
    }
    pages
}

fn words(code: &str) -> toml::Table {
    fs::read_to_string(folder().join("words").join(format!("{code}.toml"))).unwrap().parse().unwrap()
}

/// Writes out what stands between `@for 1-6` and `@end`.
fn repeated(layout: &str) -> String {
    let mut page = String::new();
    let mut lines = layout.lines();
    while let Some(line) = lines.next() {
        let Some(range) = line.strip_prefix("@for ") else {
            page.push_str(line);
            page.push('\n');
            continue;
        };
        let (from, to) = range.split_once('-').unwrap();
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "@end").collect();
        for number in from.parse::<usize>().unwrap()..=to.parse().unwrap() {
            page.push_str(&body.join("\n").replace('#', &number.to_string()));
            page.push('\n');
        }
    }
    page
}

fn fill(layout: &str, words: &toml::Table) -> String {
    let mut page = layout.to_owned();
    for (key, value) in words {
        match value {
            toml::Value::Array(list) => {
                for (place, text) in list.iter().enumerate() {
                    page = page.replace(&format!("{{{key}{}}}", place + 1), text.as_str().unwrap());
                }
            }
            value => page = page.replace(&format!("{{{key}}}"), value.as_str().unwrap()),
        }
    }
    page
}
