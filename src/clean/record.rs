//! A JSONL record → draft: its fields go before what its text says of itself.

use jiff::civil::Date;

use super::draft::Draft;
use super::html::{self, HtmlError};
use super::text;
use crate::model::{Evidence, PartialDate, Publication, Why};
use crate::source::{Record, RecordBody};

/// Reads a record; `path` is for warnings.
pub(super) fn read(path: &str, record: Record, warnings: &mut Vec<String>) -> Result<Draft, HtmlError> {
    let mut draft = match &record.body {
        RecordBody::Text(text) if record.title.is_some() => text::read_body(text),
        RecordBody::Text(text) => text::read(text),
        RecordBody::Html(page) => html::read(page, record.url.as_deref(), html::Options::default())?,
    };
    if let Some(published) = &record.published {
        match day(published) {
            Some(date) => draft.published = Some(stated(date, published)),
            None => warnings.push(format!(
                "{path}: `published` is `{}`, which is no date; write YYYY-MM-DD or an RFC 3339 time",
                crate::model::single_line(published)
            )),
        }
    }
    draft.url = record.url.or(draft.url);
    draft.title = record.title.map(|title| text::collapse(&title)).or(draft.title);
    draft.outlet = record.outlet.or(draft.outlet);
    draft.language = record.language.or(draft.language);
    if !record.authors.is_empty() {
        draft.authors = record.authors;
    }
    Ok(draft)
}

/// A date, or the day of a time in the zone that it states.
fn day(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    let of_time = || text.get(..10)?.parse::<Date>().ok().map(PartialDate::day);
    let is_time = text.len() > 10 && matches!(text.as_bytes()[10], b'T' | b' ' | b't');
    text.parse().ok().or_else(|| is_time.then(of_time).flatten())
}

fn stated(date: PartialDate, text: &str) -> Publication {
    let why = Why::new("record-published", "the record's field `published` states it")
        .with(Evidence::outside("published", text));
    Publication::stated(date, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_counts_as_the_day_of_its_own_zone() {
        assert_eq!(day("2025-06-18T23:30:00+06:00").unwrap().to_string(), "2025-06-18");
        assert_eq!(day("2025-06").unwrap().to_string(), "2025-06");
        assert_eq!(day("Wednesday"), None);
    }

    #[test]
    fn a_published_that_is_no_date_is_a_warning() {
        let record = Record::parse("feed.jsonl:3", r#"{"text":"Kesh was calm.","published":"soon"}"#).unwrap();
        let mut warnings = Vec::new();

        let draft = read("feed.jsonl:3", record, &mut warnings).unwrap();

        assert_eq!(draft.published, None);
        assert!(warnings[0].starts_with("feed.jsonl:3: "), "{warnings:?}");
    }
}
