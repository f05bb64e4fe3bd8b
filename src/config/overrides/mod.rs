//! `overrides.toml`: what persons decided of single passages and quotations, whatever the rules derive.
//!
//! Read where passages are derived, and nowhere else: a mistake in it stops no search.

mod edit;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

pub use self::edit::{Removal, added, removed};
use super::error::{self, ConfigError};
use super::{Authority, Rules, TopicSet};
use crate::model::{
    ArticleId, ContentHash, Correction, Override, PartialDate, PassageKind, QuoteKind, Target, TextMark, slug,
};

/// The overrides in force, looked up by article.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    entries: Vec<Placed>,
    /// Article → indices into `entries`.
    by_article: BTreeMap<ArticleId, Vec<usize>>,
}

/// An entry and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Line of its id, from 1.
    pub line: usize,
    /// The entry.
    pub entry: Override,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "override")]
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    text: Option<Spanned<String>>,
    speaker: Option<Spanned<SpeakerValue>>,
    kind: Option<Spanned<String>>,
    #[serde(default)]
    topics: Vec<Spanned<String>>,
    published: Option<Spanned<String>>,
    by: Option<Spanned<String>>,
    because: Option<Spanned<String>>,
    on: Option<Spanned<String>>,
}

/// `speaker = "Keren Moyle"`, `speaker = false`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a name, or false for nobody")]
enum SpeakerValue {
    Switch(bool),
    Named(String),
}

impl Overrides {
    /// Reads and checks `path`; a file that does not exist counts as empty.
    pub fn read(path: &Path, rules: &Rules) -> Result<Self, ConfigError> {
        Self::parse(path, &Self::text(path)?, rules)
    }

    /// The file's text; empty where there is no file. One that is there and cannot be read is an error, a link to
    /// nowhere included: what was decided shall not be derived back without a word.
    pub fn text(path: &Path) -> Result<String, ConfigError> {
        match path.symlink_metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
            _ => error::read(path),
        }
    }

    /// Checks the file's `text`: each entry says of what, who, why and when, and decides something that the rules
    /// know; nothing is decided twice of one id.
    pub fn parse(path: &Path, text: &str, rules: &Rules) -> Result<Self, ConfigError> {
        let file: File = error::parse_toml(path, text)?;
        let mut overrides = Self::default();
        let mut decided: BTreeMap<(Target, String), usize> = BTreeMap::new();
        for entry in file.entries {
            let at = entry.id.span().start;
            let refuse = |(offset, message): Mistake| error::at(path, text, offset, message);
            let entry = checked(entry, rules).map_err(refuse)?;
            let line = error::line(text, at);
            for correction in &entry.corrections {
                let subject = correction.subject().into_owned();
                if let Some(first) = decided.insert((entry.id, subject), line) {
                    let (id, subject) = (entry.id, correction.subject());
                    let message = format!("a second entry for the {subject} of {id}, after line {first}; keep one");
                    return Err(refuse((at, message)));
                }
            }
            overrides.by_article.entry(entry.id.article()).or_default().push(overrides.entries.len());
            overrides.entries.push(Placed { line, entry });
        }
        Ok(overrides)
    }

    /// Every entry, in the file's order.
    pub fn all(&self) -> &[Placed] {
        &self.entries
    }

    /// The entries of an article's passages and quotations, in the file's order.
    pub fn of(&self, article: ArticleId) -> impl Iterator<Item = &Override> {
        let indices = self.by_article.get(&article).into_iter().flatten();
        indices.map(|index| &self.entries[*index].entry)
    }

    /// BLAKE3 of all that is decided of an article, whatever the order of the entries; `None` where nothing is.
    pub fn hash_of(&self, article: ArticleId) -> Option<ContentHash> {
        let line = |entry: &Override| {
            let Override { id, text, corrections, by, because, on } = entry;
            let mut decided: Vec<String> =
                corrections.iter().map(|one| format!("{} {:?}", one.subject(), one.value())).collect();
            decided.sort_unstable();
            format!("{id} {text} {decided:?} {by:?} {because:?} {on}")
        };
        let mut entries: Vec<String> = self.of(article).map(line).collect();
        entries.sort_unstable();
        (!entries.is_empty()).then(|| ContentHash::of(entries.join("\n").as_bytes()))
    }
}

/// Byte offset and what is wrong there.
type Mistake = (usize, String);

fn checked(entry: Entry, rules: &Rules) -> Result<Override, Mistake> {
    let at = entry.id.span().start;
    let id: Target = read(&entry.id)?;
    let said = |value: Option<Spanned<String>>, field: &str, help: &str| match value {
        Some(value) if value.get_ref().trim().is_empty() => {
            Err((value.span().start, format!("`{field}` is empty; {help}")))
        }
        Some(value) => Ok(value),
        None => Err((at, format!("the override of {id} has no `{field}`; {help}"))),
    };
    let mark = said(entry.text, "text", "`rapporteur correct` writes the mark of the words that it was made of")?;
    let by = said(entry.by, "by", "say who decided it")?.into_inner();
    let because = said(entry.because, "because", "say why")?.into_inner();
    let on = said(entry.on, "on", "say when, as YYYY-MM-DD")?;
    let on_day = on
        .get_ref()
        .parse()
        .map_err(|_| (on.span().start, format!("`{}` is not a day; write YYYY-MM-DD", on.get_ref())))?;
    let mut corrections = Vec::new();
    if let Some(speaker) = entry.speaker {
        let at = speaker.span().start;
        corrections.push(Correction::Speaker(match speaker.into_inner() {
            SpeakerValue::Switch(false) => None,
            SpeakerValue::Switch(true) => return Err((at, "`speaker` is a name, or false for nobody".into())),
            SpeakerValue::Named(name) => Some(known_speaker(&rules.authority, name).map_err(|message| (at, message))?),
        }));
    }
    if let Some(kind) = entry.kind {
        corrections.push(kind_of(id, kind.get_ref()).map_err(|message| (kind.span().start, message))?);
    }
    for topic in entry.topics {
        let correction =
            topic_of(id, topic.get_ref(), &rules.topics).map_err(|message| (topic.span().start, message))?;
        let twice = corrections.iter().any(|other| other.subject() == correction.subject());
        if twice {
            return Err((topic.span().start, format!("a second time the {}; keep one", correction.subject())));
        }
        corrections.push(correction);
    }
    if let Some(published) = entry.published {
        let date = read(&published)?;
        corrections.push(published_of(id, date).map_err(|message| (published.span().start, message))?);
    }
    if corrections.is_empty() {
        let message = format!("the override of {id} decides nothing; give speaker, kind, topics or published");
        return Err((at, message));
    }
    Ok(Override { id, text: read::<TextMark>(&mark)?, corrections, by, because, on: on_day })
}

fn read<T: std::str::FromStr<Err: std::fmt::Display>>(value: &Spanned<String>) -> Result<T, Mistake> {
    value.get_ref().parse().map_err(|error: T::Err| (value.span().start, error.to_string()))
}

/// Whether a speaker is given by id: lower-case words joined by hyphens, as no name is written.
pub fn is_speaker_id(text: &str) -> bool {
    text.contains('-') && text.is_ascii() && slug(text) == text
}

/// A name, or an id that the authority file has.
fn known_speaker(authority: &Authority, name: String) -> Result<String, String> {
    if slug(&name).is_empty() {
        return Err(format!("`{name}` is a name without a letter; for nobody write `speaker = false`"));
    }
    if is_speaker_id(&name) && authority.find(&name).is_none() {
        return Err(format!("the authority file has no speaker `{name}`; write the name, or add an entry"));
    }
    Ok(name)
}

/// The kind of a passage or quotation by its name; what the known ones are where there is none.
pub fn kind_of(id: Target, name: &str) -> Result<Correction, String> {
    let unknown = |of: &str, known: &[&str]| format!("`{name}` is no kind of {of}; known: {}", known.join(", "));
    match id {
        Target::Passage(_) => {
            let kind = PassageKind::ALL.into_iter().find(|kind| kind.as_str() == name);
            kind.map(Correction::Kind).ok_or_else(|| unknown("passage", &PassageKind::ALL.map(PassageKind::as_str)))
        }
        Target::Quote(_) => {
            let kind = QuoteKind::ALL.into_iter().find(|kind| kind.as_str() == name);
            kind.map(Correction::QuoteKind).ok_or_else(|| unknown("quotation", &QuoteKind::ALL.map(QuoteKind::as_str)))
        }
    }
}

/// `+ID` or `-ID`, by a topic's id or label.
pub fn topic_of(id: Target, signed: &str, topics: &TopicSet) -> Result<Correction, String> {
    let (holds, name) = match (signed.strip_prefix('+'), signed.strip_prefix('-')) {
        (Some(name), _) => (true, name),
        (_, Some(name)) => (false, name),
        _ => return Err(format!("`{signed}` has no sign; write `+{signed}` or `-{signed}`")),
    };
    let Some(topic) = topics.find(name) else {
        let known: Vec<&str> = topics.topics().iter().map(|topic| topic.id.as_str()).collect();
        return Err(format!("no topic `{name}`; known: {}", known.join(", ")));
    };
    of_passage(id, "topics")?;
    Ok(Correction::Topic { id: topic.id.clone(), holds })
}

/// The day of publication of a passage.
pub fn published_of(id: Target, date: PartialDate) -> Result<Correction, String> {
    of_passage(id, "date of publication")?;
    Ok(Correction::Published(date))
}

fn of_passage(id: Target, what: &str) -> Result<(), String> {
    match id {
        Target::Passage(_) => Ok(()),
        Target::Quote(quote) => {
            Err(format!("a quotation has no {what} of its own; correct its passage, {}", quote.passage))
        }
    }
}

#[cfg(test)]
mod tests;
