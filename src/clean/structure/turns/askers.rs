//! Who is known to ask before a label is read: the outlet and the authors of its byline.

use crate::model::fold_name;

/// The names under which an article's own people ask.
#[derive(Debug, Default)]
pub(in crate::clean::structure) struct Askers {
    /// Folded, in one word each or whole.
    names: Vec<String>,
}

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
    pub(in crate::clean::structure) fn of(outlet: Option<&str>, authors: &[String]) -> Self {
        let mut names = Vec::new();
        for name in outlet.into_iter().chain(authors.iter().map(String::as_str)) {
            let folded = fold_name(name);
            let words: Vec<&str> = folded.split(' ').filter(|word| !COMMON.contains(word)).collect();
            if words.len() > 1 {
                names.push(words.iter().filter_map(|word| word.chars().next()).collect());
            }
            names.extend(words.last().map(|last| (*last).to_owned()));
            names.push(folded);
        }
        Self { names }
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
        let askers = Askers::of(Some("Arvelle Abend"), &["Gaspard Lune".to_owned()]);

        for key in ["arvelle abend", "abend", "aa", "g.l.", "lune"] {
            assert!(askers.has(key), "{key}");
        }
        assert!(!askers.has("arvelle") && !askers.has("gaspard"));
    }
}
