//! The words and tags by which pages name their dates. They are data, in `data/date_signs.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    published_meta: Vec<String>,
    weak_meta: Vec<String>,
    modified_meta: Vec<String>,
    updated_words: Vec<String>,
    published_words: Vec<String>,
    other_words: Vec<String>,
    until_words: Vec<String>,
    zones: HashMap<String, i32>,
    least_hours: HashMap<String, i64>,
}

/// The table, its words as patterns over lower-cased text.
pub(super) struct Signs {
    /// Meta tags that state the day of publication.
    pub(super) published_meta: Vec<String>,
    /// Meta tags that state it on some sites.
    pub(super) weak_meta: Vec<String>,
    /// Meta tags that state when the page was changed.
    pub(super) modified_meta: Vec<String>,
    /// Words of a change.
    pub(super) updated: Regex,
    /// Words of publication.
    pub(super) published: Regex,
    /// Words that give the day after them to something else than the page.
    pub(super) other: Regex,
    /// Words and dashes between the ends of a period.
    pub(super) until: Vec<String>,
    /// Zones by their abbreviation, in minutes east of Greenwich.
    pub(super) zones: HashMap<String, i32>,
    /// By which every clock of a country is ahead of Greenwich at least, by the country's domain.
    pub(super) least_hours: HashMap<String, i64>,
}

#[expect(clippy::expect_used, reason = "the embedded table is checked by the tests of this file")]
static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/date_signs.toml")).expect("the table is TOML");
    let any = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
        Regex::new(&words.join("|")).expect("escaped words")
    };
    let whole = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|word| regex::escape(word)).collect();
        // Right before the day, a weekday or an article between at the most.
        Regex::new(&format!(r"\b(?:{})\b[\s:.,|]*(?:\p{{L}}+[\s:.,|]+)?$", words.join("|"))).expect("escaped words")
    };
    Signs {
        other: whole(&file.other_words),
        until: file.until_words,
        updated: any(&file.updated_words),
        published: any(&file.published_words),
        published_meta: file.published_meta,
        weak_meta: file.weak_meta,
        modified_meta: file.modified_meta,
        zones: file.zones,
        least_hours: file.least_hours,
    }
});

/// The table.
pub(super) fn signs() -> &'static Signs {
    &SIGNS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_in_lower_case() {
        let signs = signs();

        assert!(signs.updated.is_match("last updated 18 june") && signs.published.is_match("published 18 june"));
        for name in signs.published_meta.iter().chain(&signs.weak_meta).chain(&signs.modified_meta) {
            assert_eq!(*name, name.to_lowercase());
        }
        assert!(signs.zones.values().all(|minutes| minutes.abs() <= 14 * 60));
    }
}
