//! A JSONL record → draft: its fields go before what its text says of itself.

use jiff::civil::Date;

use super::draft::Draft;
use super::entities::decode_once;
use super::html::{self, HtmlError};
use super::letters::collapse;
use super::{stated, text};
use crate::model::{Publication, Why};
use crate::source::{Record, RecordBody};

/// Reads a record; `path` is for warnings, `retrieved` the day on which its container says it was fetched.
pub(super) fn read(
    path: &str,
    record: Record,
    retrieved: Option<Date>,
    warnings: &mut Vec<String>,
) -> Result<Draft, HtmlError> {
    let retrieved = record.retrieved.as_deref().and_then(stated::retrieved).or(retrieved);
    let mut draft = match &record.body {
        RecordBody::Text(text) if record.title.is_some() => text::read_body(&decode_once(text)),
        RecordBody::Text(text) => text::read(&decode_once(text)),
        RecordBody::Html(page) => {
            html::read(page, record.url.as_deref(), html::Options { retrieved, ..html::Options::default() })?
        }
    };
    draft.retrieved = retrieved.or(draft.retrieved);
    draft.record = record.id;
    let mut date = |name: &'static str, text: &Option<String>, why: Why| -> Option<Publication> {
        let found = stated::publication(text.as_ref()?, why);
        if found.is_none() {
            warnings.push(format!(
                "{path}: `{name}` is `{}`, which is no date; write YYYY-MM-DD or an RFC 3339 time",
                crate::model::single_line(text.as_deref().unwrap_or(""))
            ));
        }
        found
    };
    let why = |rule, sentence, name, text: &Option<String>| {
        stated::field(rule, sentence, name, text.as_deref().unwrap_or(""))
    };
    let sentence = "the record's field `published` states it";
    let published =
        date("published", &record.published, why("record-published", sentence, "published", &record.published));
    let sentence = "the record's field `modified` states it";
    let modified = date("modified", &record.modified, why("record-modified", sentence, "modified", &record.modified));
    draft.published = published.or(draft.published);
    draft.modified = modified.or(draft.modified);
    draft.url = record.url.or(draft.url);
    draft.title = record.title.map(|title| collapse(&decode_once(&title))).or(draft.title);
    draft.outlet = record.outlet.map(|outlet| collapse(&decode_once(&outlet))).or(draft.outlet);
    draft.language = record.language.or(draft.language);
    if !record.authors.is_empty() {
        draft.authors = record.authors.iter().map(|author| collapse(&decode_once(author))).collect();
    }
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_that_is_no_date_is_a_warning() {
        let record = Record::parse("feed.jsonl:3", r#"{"text":"Kesh was calm.","published":"soon"}"#).unwrap();
        let mut warnings = Vec::new();

        let draft = read("feed.jsonl:3", record, None, &mut warnings).unwrap();

        assert_eq!(draft.published, None);
        assert!(warnings[0].starts_with("feed.jsonl:3: "), "{warnings:?}");
    }
}
