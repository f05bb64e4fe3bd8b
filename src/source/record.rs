//! JSONL: one article a line, each a source of its own.

use serde_json::Value;

use super::{Format, RawSource, SourceError};

/// An article as a JSON object gives it. Fields of other names are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What the source calls the article.
    pub id: Option<String>,
    /// Its URL.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Its authors: a list, or one text.
    pub authors: Vec<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published, as written.
    pub published: Option<String>,
    /// Its language, as written.
    pub language: Option<String>,
    /// The article.
    pub body: RecordBody,
    /// When it was last changed, as written.
    pub modified: Option<String>,
    /// When it was fetched, as written.
    pub retrieved: Option<String>,
}

/// The article of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordBody {
    /// Field `text`: plain text.
    Text(String),
    /// Field `html`: a page or a fragment.
    Html(String),
}

/// Each line of `bytes` as a source; blank lines are passed over.
pub(super) fn lines(path: &str, name: &str, bytes: &[u8]) -> Vec<Result<RawSource, SourceError>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let whole = bytes.trim_ascii();
    if serde_json::from_slice::<serde::de::IgnoredAny>(whole).is_ok() {
        return vec![Ok(RawSource::new(path.to_owned(), name.to_owned(), Format::JsonRecord, whole.to_vec()))];
    }
    let line = |(index, line): (usize, &[u8])| {
        let line = line.trim_ascii();
        let path = format!("{path}:{}", index + 1);
        let name = format!("{name}-{}", index + 1);
        (!line.is_empty()).then(|| match check(line) {
            Ok(()) => Ok(RawSource::new(path, name, Format::JsonRecord, line.to_vec())),
            Err(reason) => Err(SourceError::Json { path, reason }),
        })
    };
    bytes.split(|byte| *byte == b'\n').enumerate().filter_map(line).collect()
}

/// Whether a line is a JSON object; the reason where it is not.
fn check(line: &[u8]) -> Result<(), String> {
    match serde_json::from_slice::<serde::de::IgnoredAny>(line) {
        Ok(_) if line.first() == Some(&b'{') => Ok(()),
        Ok(_) => Err("a value of another type".into()),
        Err(error) => Err(reason(&error)),
    }
}

/// A JSON error without its line, which is always 1 within a line of JSONL.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split_once(" at line ") {
        Some((what, _)) => format!("{what} at column {}", error.column()),
        None => text,
    }
}

impl Record {
    /// Reads the JSON object `text`; `path` is for the error.
    pub fn parse(path: &str, text: &str) -> Result<Self, SourceError> {
        let json = |reason: String| SourceError::Json { path: path.to_owned(), reason };
        let Value::Object(mut fields) = serde_json::from_str(text).map_err(|error| json(reason(&error)))? else {
            return Err(json("a value of another type".into()));
        };
        let mut string = |name: &str| match fields.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.trim().is_empty())),
            Some(Value::Number(number)) if name == "id" => Ok(Some(number.to_string())),
            Some(_) => Err(json(format!("the field `{name}` is not a text"))),
        };
        let (id, url, title) = (string("id")?, string("url")?, string("title")?);
        let (outlet, published, language) = (string("outlet")?, string("published")?, string("language")?);
        let (modified, retrieved) = (string("modified")?, string("retrieved")?);
        let body = match (string("html")?, string("text")?) {
            (Some(html), _) => RecordBody::Html(html),
            (None, Some(text)) => RecordBody::Text(text),
            (None, None) => return Err(SourceError::NoText { path: path.to_owned() }),
        };
        let authors = match fields.remove("authors") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::String(author)) => vec![author],
            Some(Value::Array(authors)) => authors
                .into_iter()
                .map(|author| match author {
                    Value::String(author) => Ok(author),
                    _ => Err(json("the field `authors` is not a list of texts".into())),
                })
                .collect::<Result<_, _>>()?,
            Some(_) => return Err(json("the field `authors` is not a list of texts".into())),
        };
        Ok(Self { id, url, title, authors, outlet, published, language, body, modified, retrieved })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_leaves_the_others() {
        let sources = lines("feed.jsonl", "feed", b"{\"text\":\"a\"}\n\n{\"text\":\n{\"text\":\"b\"}\n");

        assert_eq!(sources.len(), 3);
        assert_eq!(sources[2].as_ref().unwrap().path, "feed.jsonl:4");
        let error = sources[1].as_ref().unwrap_err().to_string();
        assert!(error.starts_with("feed.jsonl:3: not a JSON object: "), "{error}");
    }

    #[test]
    fn one_object_over_several_lines_is_one_record() {
        assert_eq!(lines("a.json", "a", b"{\n \"text\": \"a\"\n}\n").len(), 1);
    }

    #[test]
    fn unknown_fields_are_left_out_and_a_lone_author_is_a_list() {
        let record =
            Record::parse("a:1", r#"{"text":"Kesh","authors":"Samira Holt","desk":{"x":[1]},"id":7}"#).unwrap();

        assert_eq!(record.authors, ["Samira Holt"]);
        assert_eq!(record.id.as_deref(), Some("7"));
        assert_eq!(record.body, RecordBody::Text("Kesh".into()));
    }

    #[test]
    fn a_record_without_an_article_says_which_fields_hold_one() {
        let error = Record::parse("a:7", r#"{"title":"Kesh"}"#).unwrap_err().to_string();

        assert!(error.starts_with("a:7: ") && error.contains("`html`"), "{error}");
    }
}
