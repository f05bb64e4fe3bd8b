//! `speakers.toml`, the authority file of persons and bodies: names, aliases, roles with dates.

use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use toml::{Spanned, Table, Value};

use super::error::{self, ConfigError};
use crate::model::{PartialDate, SpeakerId, fold_name};

/// A role somebody holds or held.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Such as `president of Kastria`.
    pub title: String,
    /// When it began, where known.
    pub from: Option<PartialDate>,
    /// When it ended, the last day included; `None` where it goes on.
    pub to: Option<PartialDate>,
}

impl Role {
    /// Whether it was held on `day`.
    pub fn held_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from.first() <= day) && self.to.is_none_or(|to| day <= to.last())
    }

    fn to_toml(&self) -> Value {
        let mut table = Table::from_iter([("title".to_owned(), Value::from(self.title.as_str()))]);
        for (key, date) in [("from", self.from), ("to", self.to)] {
            table.extend(date.map(|date| (key.to_owned(), Value::from(date.to_string()))));
        }
        Value::Table(table)
    }
}

/// An entry of the authority file.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Unique in the file.
    pub id: SpeakerId,
    /// The name shown.
    pub name: String,
    /// Other spellings and names.
    pub aliases: Vec<String>,
    /// Roles, in the file's order.
    pub roles: Vec<Role>,
    /// State, organisation or company.
    pub affiliation: Option<String>,
    /// Wikidata item, such as `Q42`.
    pub qid: Option<String>,
}

impl Person {
    /// The role on `day`: the last one in the file that was held then; without a day, the last one that goes on.
    pub fn role_on(&self, day: Option<Date>) -> Option<&str> {
        let held = |role: &&Role| day.map_or(role.to.is_none(), |day| role.held_on(day));
        self.roles.iter().rev().find(held).map(|role| role.title.as_str())
    }

    /// The name and every alias.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// The entry as it stands in the file; [`Authority::parse`] reads it back.
    pub fn to_toml(&self) -> String {
        let list = |values: Vec<Value>| (!values.is_empty()).then_some(Value::Array(values));
        let values = [
            ("id", Some(Value::from(self.id.as_str()))),
            ("name", Some(Value::from(self.name.as_str()))),
            ("aliases", list(self.aliases.iter().map(|alias| Value::from(alias.as_str())).collect())),
            ("roles", list(self.roles.iter().map(Role::to_toml).collect())),
            ("affiliation", self.affiliation.as_deref().map(Value::from)),
            ("qid", self.qid.as_deref().map(Value::from)),
        ];
        let mut text = String::from("[[speaker]]\n");
        for (key, value) in values {
            text.extend(value.map(|value| format!("{key} = {value}\n")));
        }
        text
    }
}

/// The authority file, looked up by any name in it.
#[derive(Debug, Clone, Default)]
pub struct Authority {
    persons: Vec<Person>,
    /// Folded name → index into `persons`.
    by_name: HashMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    speaker: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    name: Spanned<String>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    roles: Vec<RoleEntry>,
    affiliation: Option<String>,
    qid: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleEntry {
    title: String,
    from: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
}

impl Authority {
    /// Reads and checks `path`.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::parse(path, &error::read(path)?)
    }

    /// Checks the file's `text`: ids and names are unique, dates are dates.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let file: File = error::parse_toml(path, text)?;
        let refuse = |offset: usize, message: String| error::at(path, text, offset, message);
        let date = |text: Option<&Spanned<String>>| {
            text.map(|text| text.get_ref().parse().map_err(|e| refuse(text.span().start, format!("{e}")))).transpose()
        };
        let mut authority = Self::default();
        for entry in file.speaker {
            let (at, id) = (entry.id.span().start, entry.id.into_inner());
            if id.is_empty() || crate::model::slug(&id) != id {
                return Err(refuse(at, format!("`{id}` is not an id; write lower-case words joined by hyphens")));
            }
            if authority.persons.iter().any(|person| person.id.as_str() == id) {
                return Err(refuse(at, format!("a second speaker with the id `{id}`; ids are unique")));
            }
            let qid = match entry.qid {
                Some(qid) if !is_qid(qid.get_ref()) => {
                    let message = format!("`{}` is not a Wikidata item; write Q and digits", qid.get_ref());
                    return Err(refuse(qid.span().start, message));
                }
                qid => qid.map(Spanned::into_inner),
            };
            let mut roles = Vec::new();
            for role in entry.roles {
                let (from, to) = (date(role.from.as_ref())?, date(role.to.as_ref())?);
                roles.push(Role { title: role.title, from, to });
            }
            let index = authority.persons.len();
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                let folded = fold_name(name.get_ref());
                if folded.is_empty() {
                    return Err(refuse(name.span().start, "a name without a letter".into()));
                }
                if let Some(other) = authority.by_name.insert(folded, index).filter(|other| *other != index) {
                    let message = format!(
                        "`{}` is also a name of `{}`; an alias belongs to one speaker",
                        name.get_ref(),
                        authority.persons[other].id
                    );
                    return Err(refuse(name.span().start, message));
                }
            }
            authority.persons.push(Person {
                id: SpeakerId::new(id),
                name: entry.name.into_inner(),
                aliases: entry.aliases.into_iter().map(Spanned::into_inner).collect(),
                roles,
                affiliation: entry.affiliation,
                qid,
            });
        }
        Ok(authority)
    }

    /// Every entry, in the file's order.
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// The entry that `name` is a name, alias or id of, regardless of case, diacritics and points.
    pub fn find(&self, name: &str) -> Option<&Person> {
        if self.persons.is_empty() {
            return None;
        }
        self.by_name
            .get(&fold_name(name))
            .map(|index| &self.persons[*index])
            .or_else(|| self.persons.iter().find(|person| person.id.as_str() == name))
    }
}

fn is_qid(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Authority, String> {
        Authority::parse(Path::new("speakers.toml"), text).map_err(|error| error.to_string())
    }

    const KALDAN: &str = r#"
[[speaker]]
id = "omer-kaldan"
name = "Ömer Kaldan"
aliases = ["Oemer Kaldan"]
roles = [
  { title = "governor of Velmar", to = "2019" },
  { title = "president of Kastria", from = "2020" },
]
"#;

    #[test]
    fn a_person_is_found_by_any_spelling() {
        let authority = parse(KALDAN).unwrap();

        for name in ["ömer kaldan", "Omer KALDAN", "Oemer Kaldan", "omer-kaldan"] {
            assert!(authority.find(name).is_some(), "{name}");
        }
        assert!(authority.find("Kaldan").is_none());
    }

    #[test]
    fn a_role_is_that_of_the_day() {
        let authority = parse(KALDAN).unwrap();
        let person = &authority.persons()[0];

        assert_eq!(person.role_on(Some(jiff::civil::date(2019, 12, 31))), Some("governor of Velmar"));
        assert_eq!(person.role_on(Some(jiff::civil::date(2025, 6, 18))), Some("president of Kastria"));
        assert_eq!(person.role_on(None), Some("president of Kastria"));
    }

    #[test]
    fn an_alias_of_two_speakers_is_refused_with_its_line() {
        let error = parse(&format!("{KALDAN}\n[[speaker]]\nid = \"x\"\nname = \"OEMER Kaldan\"\n")).unwrap_err();

        assert!(error.starts_with("speakers.toml:13:8: "), "{error}");
        assert!(error.contains("omer-kaldan"), "{error}");
    }

    #[test]
    fn an_entry_reads_back_as_it_was_written() {
        let written = Person {
            id: SpeakerId::new("keren-moyle"),
            name: "Keren \"Red\" Moyle\u{1b}[31m".into(),
            aliases: vec!["K. \\ Moyle\n[[speaker]]".into(), "'Moyle".into()],
            roles: vec![
                Role { title: "skipper".into(), from: None, to: None },
                Role { title: "chair".into(), from: "2022".parse().ok(), to: "2024-03-01".parse().ok() },
            ],
            affiliation: Some("Ferrin fishermen's guild".into()),
            qid: Some("Q42".into()),
        };
        let plain = Person { aliases: vec![], roles: vec![], affiliation: None, qid: None, ..written.clone() };

        for person in [written, plain] {
            let text = person.to_toml();
            assert!(!text.contains('\u{1b}'), "{text}");
            assert_eq!(parse(&text).unwrap().persons(), [person]);
        }
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error = parse("[[speaker]]\nid = \"x\"\nname = \"X\"\nrole = \"y\"\n").unwrap_err();

        assert!(error.starts_with("speakers.toml:4:1: "), "{error}");
        assert!(error.contains("role"), "{error}");
    }
}
