//! The text of a byline → the persons it names.
//!
//! No "By", no desks and agencies, no roles and places, no dates, handles and addresses, and nobody who
//! took the pictures or translated. The words are data, in `data/byline_words.toml`.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use crate::clean::agency;
use crate::model::{fold_name, outlet_key};

/// More names than this are a list of something else.
pub(super) const MOST: usize = 12;

/// The persons among the names of bylines, each once.
pub(super) fn persons(bylines: &[String], outlet: Option<&str>) -> Vec<String> {
    let outlet = outlet.map(outlet_key);
    let mut persons: Vec<String> = Vec::new();
    for name in bylines.iter().flat_map(|byline| split(byline)) {
        let folded = fold_name(&name);
        let known = persons.iter().any(|person| fold_name(person) == folded);
        if !known && is_person(&name) && outlet.as_deref() != Some(&outlet_key(&name)) && persons.len() < MOST {
            persons.push(name);
        }
    }
    persons
}

/// Whether `text` begins as a byline does, with a word that introduces names.
pub(super) fn is_introduced(text: &str) -> bool {
    introduction(text) > 0
}

/// The names of one byline.
fn split(byline: &str) -> Vec<String> {
    let mut names = Vec::new();
    let authors = authors_part(byline);
    for part in authors.split([',', ';', '|', '/', '•', '·', '–', '—', '\n', '、', '，', '；', '،']) {
        let part = part.split(['(', '[', '（']).next().unwrap_or("");
        let mut name: Vec<&str> = Vec::new();
        for word in without_introduction(part.trim()).split_whitespace() {
            let plain = word.to_lowercase();
            let ends = WORDS.places.iter().any(|place| plain.trim_end_matches(':') == place) && !name.is_empty()
                || word.bytes().any(|b| b.is_ascii_digit());
            if ends {
                break;
            }
            if WORDS.joints.contains(&plain) {
                names.push(std::mem::take(&mut name));
            } else if !word.contains('@') {
                name.push(word);
            }
        }
        // What precedes a number that was cut off is its month.
        if part.bytes().any(|byte| byte.is_ascii_digit()) {
            while name.last().is_some_and(|word| is_calendar_word(word)) {
                name.pop();
            }
        }
        names.push(name);
    }
    let names = names.into_iter().map(|name| name.join(" "));
    names
        .map(|name| spelled(without_introduction(name.trim().trim_end_matches(['.', ':']))))
        .filter(|name| !name.is_empty())
        .collect()
}

/// `byline` without the parts that credit others than its authors.
fn authors_part(byline: &str) -> String {
    let Some(others) = OTHERS.as_ref() else { return byline.to_owned() };
    let mut kept = String::with_capacity(byline.len());
    let mut rest = byline;
    while let Some(found) = others.find(rest) {
        kept.push_str(&rest[..found.start()]);
        kept.push('\n');
        rest = &rest[found.end()..];
        // Names may follow up to the end of the sentence, or up to an author's introduction.
        let again = AGAIN.as_ref().and_then(|again| again.find(rest));
        // What begins with a letter is the end of somebody else's name.
        let stop = again.map_or(rest.len(), |found| {
            if found.as_str().starts_with(char::is_alphabetic) { found.end() } else { found.start() }
        });
        rest = &rest[stop..];
    }
    kept.push_str(rest);
    SENTENCE.as_ref().map_or_else(|| kept.clone(), |sentence| sentence.replace_all(&kept, "$word\n").into_owned())
}

/// What credits others, as whole words.
static OTHERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mut phrases: Vec<String> = WORDS.others.iter().map(|phrase| regex::escape(phrase)).collect();
    // The longest first: an alternation takes the first that fits.
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    Regex::new(&format!(r"(?i)(?:^|[\s,;|/(.])(?:{})", phrases.join("|"))).ok()
});
/// What ends the names of others.
static AGAIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\n|\p{Ll}{2}\.\s|[,;|.]\s*(?:words|text|story|reporting|written) ?(?:by|:)").ok()
});
/// A point that ends a sentence, not an initial.
static SENTENCE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?P<word>\b\p{Ll}{3,}|\p{Lu}\p{Ll}{2,})\.\s").ok());

/// How many bytes of `text` introduce names.
fn introduction(text: &str) -> usize {
    let lower = text.to_lowercase();
    let length = |word: &String| {
        let rest = lower.strip_prefix(word.as_str())?;
        let closed = !word.ends_with(|last: char| last.is_alphabetic() && last.len_utf8() < 3);
        let ends = closed || rest.starts_with([' ', ':', '：', '\u{a0}', '\n']);
        // Lower case may change lengths; then nothing is cut.
        (ends && text.is_char_boundary(word.len()) && lower.len() == text.len()).then_some(word.len())
    };
    WORDS.introductions.iter().filter_map(length).max().unwrap_or(0)
}

fn without_introduction(text: &str) -> &str {
    let mut text = text;
    // "Words: by …", "Autor: Von …".
    for _ in 0..2 {
        text = text[introduction(text)..].trim_start_matches([':', '：', ' ', '-', '\n']).trim();
    }
    text
}

/// A name in capitals as it is written elsewhere.
fn spelled(name: &str) -> String {
    let letters = || name.chars().filter(|letter| letter.is_alphabetic());
    let capitals = letters().all(char::is_uppercase);
    if !capitals || letters().count() < 6 {
        return name.to_owned();
    }
    let mut spelled = String::with_capacity(name.len());
    let mut inside = false;
    for letter in name.chars() {
        if inside {
            spelled.extend(letter.to_lowercase());
        } else {
            spelled.push(letter);
        }
        inside = letter.is_alphabetic();
    }
    spelled
}

/// Whether a text looks like somebody's name.
pub(super) fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let lower = name.to_lowercase();
    let desk = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-')
        .any(|word| WORDS.desks.iter().any(|desk| desk == word));
    let lettered = name.chars().filter(|letter| letter.is_alphabetic()).count();
    // `d’Aubry` and `al-Rashid` begin small and are names.
    let begins_large = |word: &&str| {
        let first = word.chars().find(|letter| letter.is_alphabetic());
        let joined = || word.split(['’', '\'', '-']).skip(1).any(|part| part.starts_with(char::is_uppercase));
        first.is_none_or(|letter| !letter.is_lowercase()) || joined()
    };
    let cased = name.chars().any(|letter| letter.is_lowercase() || letter.is_uppercase());
    // Names in scripts without case are one word in Chinese, several elsewhere.
    let enough = if cased { words.len() >= 2 && lettered >= 3 } else { lettered >= 2 };
    let han =
        !name.is_ascii() && name.chars().all(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter) || letter == '·');
    enough
        && words.len() <= 6
        && (!han || lettered <= 4 || name.contains('·'))
        && !desk
        && agency::known(name).is_none()
        && !name.contains(['@', '!', '?', '#', '=', '：', ':', '“', '"', '>', '<', '›', '»', '«'])
        && !lower.contains("www.")
        && !name.bytes().any(|byte| byte.is_ascii_digit())
        && words.iter().filter(|word| begins_large(word)).count() * 2 >= words.len()
        && words.first().is_some_and(|first| begins_large(first) || PARTICLES.contains(first))
        && words.last().is_some_and(|last| begins_large(last) || PARTICLES.contains(last))
}

/// Small words that a name may begin or end with.
const PARTICLES: [&str; 19] = [
    "уулу", "кызы", "оглы", "улы", "қызы", "van", "von", "de", "del", "della", "al", "el", "bin", "ben", "ter", "uulu",
    "kyzy", "oglu", "qizi",
];

fn is_calendar_word(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',']).to_lowercase();
    MONTHS.iter().flatten().any(|month| *month == word)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    introductions: Vec<String>,
    joints: Vec<String>,
    desks: Vec<String>,
    others: Vec<String>,
    places: Vec<String>,
}

#[derive(Deserialize)]
struct Months {
    months: Vec<Vec<String>>,
}

#[expect(clippy::expect_used, reason = "the embedded table is checked by the tests of this file")]
static WORDS: LazyLock<Words> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/byline_words.toml")).expect("the table is TOML"));
#[expect(clippy::expect_used, reason = "the embedded table is checked by the tests of this file")]
static MONTHS: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let file: Months = toml::from_str(include_str!("../../../data/month_names.toml")).expect("the table is TOML");
    file.months
});

#[cfg(test)]
mod tests {
    use super::*;

    fn persons_of(byline: &str) -> Vec<String> {
        persons(&[byline.to_owned()], Some("The Velmar Courier"))
    }

    #[test]
    fn a_byline_gives_its_persons() {
        for (byline, names) in [
            ("By Nadia Ferrol and Teodor Ashby", &["Nadia Ferrol", "Teodor Ashby"][..]),
            ("Von NADIA FERROL, Velmar Courier Staff", &["Nadia Ferrol"]),
            ("Oskar Lindqvist-Ray (Tarnhaven)", &["Oskar Lindqvist-Ray"]),
            ("Jyldyz Asan kyzy; Bakyt Temir uulu", &["Jyldyz Asan kyzy", "Bakyt Temir uulu"]),
            ("BY CATO WINTHER NOV 4, 2025 6:00 AM", &["Cato Winther"]),
            ("By Ines Maro in Alt-Bulak", &["Ines Maro"]),
            ("本报记者 吴嘉怡、李娜", &["吴嘉怡", "李娜"]),
            ("Автор: Айгуль Садырбаева", &["Айгуль Садырбаева"]),
        ] {
            assert_eq!(persons_of(byline), names, "{byline}");
        }
    }

    #[test]
    fn who_took_the_pictures_wrote_nothing() {
        assert_eq!(
            persons_of("Interview by Ines Maro. Photographs by Jonas Pell. Translated by Karin Stoll"),
            ["Ines Maro"]
        );
        assert_eq!(persons_of("Words: Åsa Löfgren, Pictures: Jonas Pell"), ["Åsa Löfgren"]);
        assert_eq!(persons_of("Photos by Jonas Pell; words by Åsa Löfgren"), ["Åsa Löfgren"]);
    }

    #[test]
    fn a_desk_is_nobody() {
        for byline in [
            "By Courier staff",
            "The Velmar Courier",
            "newsdesk@velmarcourier.example",
            "Foreign Desk",
            "https://x.example/a",
            "Agence France-Presse",
        ] {
            assert!(persons_of(byline).is_empty(), "{byline}");
        }
    }
}
