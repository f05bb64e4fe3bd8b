//! `searches.toml`: queries that are asked again and again, each with a name.
//!
//! Read by what asks them and by nothing else. What a query means is said where queries are read; this file keeps the
//! place of each, so that a mistake in it is shown where it stands.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::error::{self, ConfigError};
use super::settings::language_refusal;
use crate::model::{PartialDate, PassageKind, primary_subtag, single_line};

/// The saved searches, in the file's order.
#[derive(Debug, Clone, Default)]
pub struct SavedSearches {
    path: PathBuf,
    text: String,
    searches: Vec<SavedSearch>,
}

/// A query with its filters, as saved.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedSearch {
    /// By what it is asked for; no other has it.
    pub name: String,
    /// The query; `None` where filters alone are asked for.
    pub query: Option<String>,
    /// Whether all words and clauses that stand side by side are required.
    pub all: bool,
    /// Whether the query is natural language.
    pub plain: bool,
    /// What it is for, in the words of whom saved it.
    pub note: Option<String>,
    /// Who says it: an id, a name or an alias.
    pub speaker: Option<String>,
    /// In a role with these words.
    pub role: Option<String>,
    /// For this body.
    pub affiliation: Option<String>,
    /// Whom it mentions.
    pub about: Option<String>,
    /// A topic, by id or label.
    pub topic: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// A name in the byline.
    pub author: Option<String>,
    /// The language, by its primary subtag.
    pub lang: Option<String>,
    /// What the passage is.
    pub kind: Option<PassageKind>,
    /// Published then or later.
    pub from: Option<PartialDate>,
    /// Published then or earlier.
    pub to: Option<PartialDate>,
    /// Bytes of the file that hold the query, its quotes included; those of the name where there is none.
    query_at: Range<usize>,
    /// Where the topic stands, or else the name.
    topic_at: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    search: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    query: Option<Spanned<String>>,
    #[serde(default)]
    all: bool,
    #[serde(default)]
    plain: bool,
    note: Option<String>,
    speaker: Option<Spanned<String>>,
    role: Option<Spanned<String>>,
    affiliation: Option<Spanned<String>>,
    about: Option<Spanned<String>>,
    topic: Option<Spanned<String>>,
    outlet: Option<Spanned<String>>,
    author: Option<Spanned<String>>,
    lang: Option<Spanned<String>>,
    kind: Option<Spanned<String>>,
    from: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
}

/// Byte offset and what is wrong there.
type Mistake = (usize, String);

impl SavedSearches {
    /// Reads and checks `path`.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::parse(path, error::read(path)?)
    }

    /// Checks the file's `text`: each search has a name of its own and asks for something.
    pub fn parse(path: &Path, text: String) -> Result<Self, ConfigError> {
        let file: File = error::parse_toml(path, &text)?;
        let mut searches: Vec<SavedSearch> = Vec::new();
        for entry in file.search {
            let at = entry.name.span().start;
            let refuse = |(offset, message): Mistake| error::at(path, &text, offset, message);
            let search = checked(entry).map_err(refuse)?;
            if searches.iter().any(|other| other.name == search.name) {
                return Err(refuse((at, format!("a second search of the name `{}`; names are unique", search.name))));
            }
            searches.push(search);
        }
        Ok(Self { path: path.to_owned(), text, searches })
    }

    /// Every search.
    pub fn all(&self) -> &[SavedSearch] {
        &self.searches
    }

    /// The error of a search whose query is wrong at its code point `letter`.
    pub fn query_error(&self, search: &SavedSearch, letter: usize, message: String) -> ConfigError {
        let raw = self.text.get(search.query_at.clone()).unwrap_or_default();
        let offset = search.query_at.start + offset_of(raw, letter);
        error::at(&self.path, &self.text, offset, message)
    }

    /// The error of a search whose topic is wrong.
    pub fn topic_error(&self, search: &SavedSearch, message: String) -> ConfigError {
        error::at(&self.path, &self.text, search.topic_at, message)
    }
}

fn checked(entry: Entry) -> Result<SavedSearch, Mistake> {
    let name_at = entry.name.span();
    let name = entry.name.into_inner();
    if name.trim().is_empty() || name.trim() != name || name.contains(char::is_control) {
        let shown = single_line(&name);
        return Err((name_at.start, format!("`{shown}` is no name; write one line without blanks around it")));
    }
    let filters = [
        &entry.speaker,
        &entry.role,
        &entry.affiliation,
        &entry.about,
        &entry.topic,
        &entry.outlet,
        &entry.author,
        &entry.lang,
        &entry.kind,
        &entry.from,
        &entry.to,
    ];
    let given = || filters.into_iter().flatten();
    if let Some(empty) = given().chain(&entry.query).find(|value| value.get_ref().trim().is_empty()) {
        return Err((empty.span().start, format!("the search `{name}` has an empty value; write it or leave it out")));
    }
    if entry.query.is_none() && given().next().is_none() {
        return Err((name_at.start, format!("the search `{name}` asks for nothing; give a query or a filter")));
    }
    let query_at = entry.query.as_ref().map_or(name_at.clone(), Spanned::span);
    let topic_at = entry.topic.as_ref().map_or(name_at.start, |topic| topic.span().start);
    let value = |value: Option<Spanned<String>>| value.map(Spanned::into_inner);
    Ok(SavedSearch {
        name,
        query: value(entry.query),
        all: entry.all,
        plain: entry.plain,
        note: entry.note,
        speaker: value(entry.speaker),
        role: value(entry.role),
        affiliation: value(entry.affiliation),
        about: value(entry.about),
        topic: value(entry.topic),
        outlet: value(entry.outlet),
        author: value(entry.author),
        lang: entry.lang.map(language).transpose()?,
        kind: entry.kind.map(kind).transpose()?,
        from: entry.from.map(date).transpose()?,
        to: entry.to.map(date).transpose()?,
        query_at,
        topic_at,
    })
}

#[allow(clippy::needless_pass_by_value, reason = "mapped over owned values")]
fn language(tag: Spanned<String>) -> Result<String, Mistake> {
    match language_refusal(tag.get_ref()) {
        Some(message) => Err((tag.span().start, message)),
        None => Ok(primary_subtag(tag.get_ref())),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "mapped over owned values")]
fn kind(name: Spanned<String>) -> Result<PassageKind, Mistake> {
    PassageKind::ALL.into_iter().find(|kind| kind.as_str() == name.get_ref()).ok_or_else(|| {
        let known = PassageKind::ALL.map(PassageKind::as_str).join(", ");
        (name.span().start, format!("`{}` is no kind of passage; known: {known}", single_line(name.get_ref())))
    })
}

#[allow(clippy::needless_pass_by_value, reason = "mapped over owned values")]
fn date(text: Spanned<String>) -> Result<PartialDate, Mistake> {
    text.get_ref()
        .parse()
        .map_err(|error: <PartialDate as std::str::FromStr>::Err| (text.span().start, error.to_string()))
}

/// The byte of a TOML string, quotes included, at which the code point `letter` of its value stands; the first after the
/// quotes where a line's end is escaped, since that stands for none (TOML 1.0, “String”).
fn offset_of(raw: &str, letter: usize) -> usize {
    let basic = raw.starts_with('"');
    let start = match (raw.starts_with("\"\"\"") || raw.starts_with("'''"), raw.get(3..).unwrap_or_default()) {
        (true, rest) if rest.starts_with("\r\n") => 5,
        (true, rest) if rest.starts_with('\n') => 4,
        (true, _) => 3,
        (false, _) => 1,
    };
    let mut at = start.min(raw.len());
    for _ in 0..letter {
        let mut rest = raw.get(at..).unwrap_or_default().chars();
        at += match (rest.next(), rest.next()) {
            (Some('\\'), Some(escaped)) if basic => match escaped {
                'u' => 6,
                'U' => 10,
                'x' => 4,
                blank if blank.is_whitespace() => return start,
                _ => 2,
            },
            (first, _) => first.map_or(0, char::len_utf8),
        };
    }
    at.min(raw.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<SavedSearches, String> {
        SavedSearches::parse(Path::new("searches.toml"), text.to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_search_is_a_query_or_filters_or_both() {
        let read = parse(
            "[[search]]\nname = \"tolls\"\nquery = 'toll road'\nall = true\nfrom = \"2025-06\"\nkind = \"quote\"\n\
             [[search]]\nname = \"Kaldan\"\nspeaker = \"Kaldan\"\nlang = \"en-GB\"\n",
        )
        .unwrap();

        let [tolls, kaldan] = read.all() else { panic!("{:?}", read.all()) };
        assert_eq!(
            (tolls.query.as_deref(), tolls.all, tolls.kind),
            (Some("toll road"), true, Some(PassageKind::Quote))
        );
        assert_eq!((kaldan.query.as_deref(), kaldan.lang.as_deref()), (None, Some("en")));
    }

    #[test]
    fn what_is_wrong_is_refused_with_its_place() {
        let cases = [
            ("[[search]]\nname = \"a\"\n", "2:8: the search `a` asks for nothing"),
            ("[[search]]\nname = \" a\"\nquery = \"x\"\n", "2:8: ` a` is no name"),
            ("[[search]]\nname = \"a\"\nquery = \"\"\n", "3:9: the search `a` has an empty value"),
            ("[[search]]\nname = \"a\"\nquery = \"x\"\nkind = \"joke\"\n", "4:8: `joke` is no kind"),
            ("[[search]]\nname = \"a\"\nquery = \"x\"\nfrom = \"June\"\n", "4:8: "),
            ("[[search]]\nname = \"a\"\nquery = \"x\"\nlang = \"english\"\n", "4:8: `english` is not a language tag"),
            ("[[search]]\nname = \"a\"\nquery = \"x\"\nspeakr = \"K\"\n", "4:1: unknown field `speakr`"),
            (
                "[[search]]\nname = \"a\"\nquery = \"x\"\n[[search]]\nname = \"a\"\nquery = \"y\"\n",
                "5:8: a second search",
            ),
        ];
        for (text, expected) in cases {
            let error = parse(text).unwrap_err();
            assert!(error.starts_with(&format!("searches.toml:{expected}")), "{error}");
        }
    }

    #[test]
    fn a_place_in_a_query_is_a_place_in_the_file() {
        let at = |value: &str, letter: usize| {
            let read = parse(&format!("[[search]]\nname = \"a\"\nquery = {value}\n")).unwrap();
            let message = read.query_error(&read.all()[0], letter, String::new()).to_string();
            message.trim_start_matches("searches.toml:").trim_end_matches(": ").to_owned()
        };

        assert_eq!(at("'toll AND'", 5), "3:15");
        assert_eq!(at("\"\\\"toll\\\" \\u00d6mer *\"", 12), "3:29");
        assert_eq!(at("\"\"\"\ntoll\nAND\"\"\"", 5), "5:1");
        assert_eq!(at("'Ömer *'", 5), "3:15");
        assert_eq!(at("\"\"\"toll \\\n  AND\"\"\"", 9), "3:12");
    }
}
