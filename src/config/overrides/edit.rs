//! Writes entries into the text of `overrides.toml` and takes them out: what else stands there, comments and order
//! included, stays as it is.

use std::borrow::Cow;
use std::path::Path;

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use super::Overrides;
use crate::config::ConfigError;
use crate::config::error;
use crate::model::{Correction, Override, Target, single_line};

/// The key of the entries.
const KEY: &str = "override";

/// What takes entries out gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The file's text without them.
    pub text: String,
    /// How many there were.
    pub entries: usize,
}

/// `text`, which reads as `overrides`, with `entry` in it; `words`, the beginning of what it is of, stand above it for
/// people.
///
/// Of one id nothing is decided twice: an entry that decides just the same is changed in its place, from others is
/// taken what the new one decides.
pub fn added(
    path: &Path,
    text: &str,
    overrides: &Overrides,
    entry: &Override,
    words: &str,
) -> Result<String, ConfigError> {
    let (text, ends) = LineEnds::taken_from(text);
    let (mut document, mut tables) = opened(path, &text)?;
    let subjects = |entry: &Override| {
        let mut subjects: Vec<String> = entry.corrections.iter().map(|one| one.subject().into_owned()).collect();
        subjects.sort();
        subjects
    };
    let decided = subjects(entry);
    let mut in_place = false;
    for (index, other) in overrides.all().iter().enumerate().rev().filter(|(_, other)| other.entry.id == entry.id) {
        let Some(table) = tables.get_mut(index) else { continue };
        let left: Vec<Correction> = other
            .entry
            .corrections
            .iter()
            .filter(|one| !decided.contains(&one.subject().into_owned()))
            .cloned()
            .collect();
        // Of other words the comment above the old entry would quote what no longer stands there.
        if !in_place && other.entry.text == entry.text && subjects(&other.entry) == decided {
            fill(table, entry);
            in_place = true;
        } else if left.is_empty() {
            remove(&mut document, &mut tables, index);
        } else if left.len() < other.entry.corrections.len() {
            decide(table, &left);
        }
    }
    if !in_place {
        let mut table = Table::new();
        fill(&mut table, entry);
        // What stands below the last entry stays above the new one.
        let end = document.trailing().as_str().unwrap_or("").to_owned();
        document.set_trailing("");
        let first = tables.is_empty() && document.is_empty() && end.trim().is_empty();
        let gap = if first { "" } else { "\n" };
        table.decor_mut().set_prefix(format!("{end}{gap}# {}\n", single_line(words)));
        tables.push(table);
    }
    Ok(ends.put_into(closed(document, tables)))
}

/// `text`, which reads as `overrides`, without the entries of `id`.
pub fn removed(path: &Path, text: &str, overrides: &Overrides, id: Target) -> Result<Removal, ConfigError> {
    let (text, ends) = LineEnds::taken_from(text);
    let (mut document, mut tables) = opened(path, &text)?;
    let of_id = overrides.all().iter().enumerate().filter(|(_, other)| other.entry.id == id);
    let indices: Vec<usize> = of_id.map(|(index, _)| index).collect();
    for index in indices.iter().rev() {
        remove(&mut document, &mut tables, *index);
    }
    Ok(Removal { text: ends.put_into(closed(document, tables)), entries: indices.len() })
}

/// How the lines of a file end.
#[derive(Clone, Copy)]
enum LineEnds {
    Lf,
    CrLf,
}

impl LineEnds {
    /// `text` with line feeds alone, and what most of its lines end with.
    fn taken_from(text: &str) -> (Cow<'_, str>, Self) {
        let (all, both) = (text.matches('\n').count(), text.matches("\r\n").count());
        let ends = if 2 * both > all { Self::CrLf } else { Self::Lf };
        (if both > 0 { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }, ends)
    }

    fn put_into(self, text: String) -> String {
        match self {
            Self::Lf => text,
            Self::CrLf => text.replace('\n', "\r\n"),
        }
    }
}

fn opened(path: &Path, text: &str) -> Result<(DocumentMut, ArrayOfTables), ConfigError> {
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        error::at(path, text, error.span().map_or(0, |span| span.start), error.message().to_owned())
    })?;
    let item = document.get_mut(KEY).map(std::mem::take).unwrap_or_default();
    let tables = item.into_array_of_tables().unwrap_or_default();
    Ok((document, tables))
}

fn closed(mut document: DocumentMut, tables: ArrayOfTables) -> String {
    if tables.is_empty() {
        document.remove(KEY);
    } else {
        document.insert(KEY, Item::ArrayOfTables(tables));
    }
    document.to_string()
}

/// Takes out the table at `index`; the comment right above it goes with it, what a blank line parts from it stays.
fn remove(document: &mut DocumentMut, tables: &mut ArrayOfTables, index: usize) {
    let prefix = |table: &Table| table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or("").to_owned();
    let Some(above) = tables.get(index).map(prefix) else { return };
    tables.remove(index);
    let kept = before_last_blank(&above);
    if let Some(next) = tables.get_mut(index) {
        let own = prefix(next);
        // No blank line at the head of the file.
        let own = if index == 0 && kept.is_empty() { without_blank_head(&own) } else { &own };
        next.decor_mut().set_prefix(format!("{kept}{own}"));
    } else {
        let own = document.trailing().as_str().unwrap_or("").to_owned();
        document.set_trailing(format!("{kept}{own}"));
    }
}

/// The lines of `above` before the last blank one; nothing where they are blank too.
fn before_last_blank(above: &str) -> &str {
    let (mut at, mut end) = (0, 0);
    for line in above.split_inclusive('\n') {
        // What stands behind the last line break belongs to the line of the entry.
        if line.ends_with('\n') && line.trim().is_empty() {
            end = at;
        }
        at += line.len();
    }
    Some(&above[..end]).filter(|kept| !kept.trim().is_empty()).unwrap_or("")
}

/// `text` from its first line that is not blank on.
fn without_blank_head(text: &str) -> &str {
    let blank = text.split_inclusive('\n').take_while(|line| line.ends_with('\n') && line.trim().is_empty());
    &text[blank.map(str::len).sum()..]
}

/// Puts the whole of `entry` into `table`.
fn fill(table: &mut Table, entry: &Override) {
    let mut put = |key: &str, text: String| put(table, key, value(text));
    put("id", entry.id.to_string());
    put("text", entry.text.to_string());
    decide(table, &entry.corrections);
    for (key, text) in [("by", entry.by.clone()), ("because", entry.because.clone()), ("on", entry.on.to_string())] {
        self::put(table, key, value(text));
    }
}

/// Puts `corrections` into `table`, in place of those in it.
fn decide(table: &mut Table, corrections: &[Correction]) {
    let mut topics = Array::new();
    let mut decided = Vec::new();
    for correction in corrections {
        let (key, item) = match correction {
            Correction::Speaker(None) => ("speaker", value(false)),
            Correction::Topic { .. } => {
                topics.push(correction.value().unwrap_or_default());
                continue;
            }
            other => (other.field(), value(other.value().unwrap_or_default())),
        };
        decided.push((key, item));
    }
    if !topics.is_empty() {
        decided.push(("topics", value(topics)));
    }
    for key in ["speaker", "kind", "topics", "published"] {
        if decided.iter().all(|(other, _)| *other != key) {
            table.remove(key);
        }
    }
    for (key, item) in decided {
        put(table, key, item);
    }
}

/// Sets a key's value; a comment behind the one before it stays.
fn put(table: &mut Table, key: &str, mut item: Item) {
    if let (Some(old), Some(new)) = (table.get(key).and_then(Item::as_value), item.as_value_mut()) {
        *new.decor_mut() = old.decor().clone();
    }
    table.insert(key, item);
}
