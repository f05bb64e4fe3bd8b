//! CSL-JSON (Citation Style Language, schema 1.0.2), as Zotero, pandoc and citeproc read it.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::citation::{Cited, date_in_words, precision};
use crate::model::{Precision, Publication, single_line};
use crate::view::{Provenance, QuotesView, SearchView};

/// A list of one item a hit, each under its passage id.
pub fn search_csl_json(out: &mut dyn Write, view: &SearchView, provenance: &Provenance) -> io::Result<()> {
    items(out, view.hits.iter().map(Cited::hit), provenance)
}

/// The same of quotations.
pub fn said_csl_json(out: &mut dyn Write, view: &QuotesView, provenance: &Provenance) -> io::Result<()> {
    items(out, view.entries().map(|(_, entry)| Cited::said(&entry.said)), provenance)
}

fn items<'v>(out: &mut dyn Write, cited: impl Iterator<Item = Cited<'v>>, provenance: &Provenance) -> io::Result<()> {
    let items: Vec<Value> = cited.map(|cited| item(&cited, provenance)).collect();
    serde_json::to_writer_pretty(&mut *out, &items)?;
    writeln!(out)
}

fn item(cited: &Cited<'_>, provenance: &Provenance) -> Value {
    let article = cited.article;
    let text = |text: &str| Value::from(single_line(text).into_owned());
    let mut item = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(name.to_owned(), value);
        }
    };
    put("id", Some(cited.id.clone().into()));
    put("type", Some(if article.url.is_some() { "webpage" } else { "document" }.into()));
    // Names as the byline prints them: which word is a family name is not known.
    let authors: Vec<Value> = article.authors.iter().map(|author| json!({ "literal": text(author) })).collect();
    put("author", (!authors.is_empty()).then(|| authors.into()));
    put("title", article.title.as_deref().map(text));
    put("container-title", article.outlet.as_deref().map(text));
    put("issued", cited.published.map(issued));
    put("URL", article.url.as_deref().map(text));
    put("abstract", Some(text(cited.text)));
    put("archive_location", cited.original.map(|hash| format!("blake3:{hash}").into()));
    put("note", Some(text(&cited.note(provenance))));
    put(
        "custom",
        Some(json!({
            cited.what: cited.id,
            "speaker": cited.said_by,
            "published": cited.published.map(Publication::edtf),
            "published_precision": cited.published.map(precision),
            "fingerprint": provenance.fingerprint,
            "command": provenance.command,
        })),
    );
    Value::Object(item)
}

/// As many parts as are stated; words where the date is a bound, which parts would show as the day itself.
fn issued(publication: &Publication) -> Value {
    if publication.inferred {
        return json!({ "literal": date_in_words(Some(publication)) });
    }
    let first = publication.date.first();
    let mut parts = vec![i32::from(first.year())];
    let precision = publication.date.precision();
    if precision != Precision::Year {
        parts.push(first.month().into());
    }
    if precision == Precision::Day {
        parts.push(first.day().into());
    }
    json!({ "date-parts": [parts] })
}
