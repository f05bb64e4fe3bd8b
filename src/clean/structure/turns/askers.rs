//! Who is known before a label is read: the outlet and the authors of its byline ask, and the headline may name the
//! one who answers.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::fold_name;

/// The names under which an article's own people ask, and those whom its headline names.
#[derive(Debug, Default)]
pub(in crate::clean::structure) struct Askers {
    /// Folded, in one word each or whole.
    names: Vec<String>,
    /// Surnames, as they are written.
    pub(super) guests: Vec<String>,
}

/// `Ten minutes with Anders Holt`, `Yun Seri: Stars are late news`.
static GUEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[:’”]\s*|\b(?:[Ww]ith|[Ff]or|[Tt]o|[Mm]eet|[Ii]nterview:?)\s+)(?P<name>\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+){1,3})").ok()
});

/// Words of an outlet's name that stand for it no more than for others.
const COMMON: [&str; 14] = [
    "the",
    "of",
    "and",
    "for",
    "in",
    "office",
    "ministry",
    "government",
    "president",
    "presidency",
    "public",
    "new",
    "state",
    "international",
];

impl Askers {
    /// Those of an outlet (`Arvelle Abend`: `abend`, `aa`) and of the authors (`Gaspard Lune`: `lune`, `gl`).
    pub(in crate::clean::structure) fn of(outlet: Option<&str>, authors: &[String], title: Option<&str>) -> Self {
        let found = GUEST.as_ref().zip(title).into_iter().flat_map(|(guest, title)| guest.captures_iter(title));
        let names = found.filter_map(|found| found.name("name").map(|name| name.as_str().to_owned()));
        let guests = names.filter_map(|name| name.rsplit(' ').next().map(str::to_owned)).collect();
        let mut names = Vec::new();
        for name in outlet.into_iter().chain(authors.iter().map(String::as_str)) {
            let folded = fold_name(name);
            let words: Vec<&str> = folded.split(' ').filter(|word| !COMMON.contains(word)).collect();
            if words.len() > 1 {
                names.push(words.iter().filter_map(|word| word.chars().next()).collect());
            }
            names.extend(words.last().map(|last| (*last).to_owned()));
            // `Kitchen Radio` of `Kitchen Radio Magazine`.
            names.extend((2..words.len()).map(|end| words[..end].join(" ")));
            names.push(folded);
        }
        Self { names, guests }
    }

    /// Whether a label with this key is theirs.
    pub(super) fn has(&self, key: &str) -> bool {
        let key = fold_name(key);
        let letters = key.replace(' ', "");
        self.names.iter().any(|name| *name == key || name.len() <= 4 && *name == letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_and_authors_ask_in_short() {
        let askers =
            Askers::of(Some("Arvelle Abend"), &["Gaspard Lune".to_owned()], Some("Ten minutes with Anders Holt"));

        for key in ["arvelle abend", "abend", "aa", "g.l.", "lune"] {
            assert!(askers.has(key), "{key}");
        }
        assert!(!askers.has("arvelle") && !askers.has("gaspard"));
        assert_eq!(askers.guests, ["Holt"]);
    }
}
