//! BibTeX for biblatex and biber: one `@online` a hit (`@misc` where there is no address).
//!
//! An author is what the byline prints, whole and in braces: which of its words is a family name is not
//! known, and a wrong guess would sort and abbreviate it wrongly.

use std::io::{self, Write};

use super::citation::{Cited, date_in_words};
use crate::model::{Publication, single_line};
use crate::view::{Provenance, QuotesView, SearchView};

/// One entry a hit, under its passage id.
pub fn search_bibtex(out: &mut dyn Write, view: &SearchView, provenance: &Provenance) -> io::Result<()> {
    entries(out, view.hits.iter().map(Cited::hit), provenance)
}

/// One entry a quotation, under its id.
pub fn said_bibtex(out: &mut dyn Write, view: &QuotesView, provenance: &Provenance) -> io::Result<()> {
    entries(out, view.entries().map(|(_, entry)| Cited::said(&entry.said)), provenance)
}

fn entries<'v>(out: &mut dyn Write, cited: impl Iterator<Item = Cited<'v>>, provenance: &Provenance) -> io::Result<()> {
    for (place, cited) in cited.enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        entry(out, &cited, provenance)?;
    }
    Ok(())
}

fn entry(out: &mut dyn Write, cited: &Cited<'_>, provenance: &Provenance) -> io::Result<()> {
    let article = cited.article;
    let kind = if article.url.is_some() { "online" } else { "misc" };
    writeln!(out, "@{kind}{{{},", cited.id)?;
    let authors: Vec<String> = article.authors.iter().map(|author| name(author)).collect();
    let mut field = |name: &str, value: Option<String>| match value.filter(|value| !value.is_empty()) {
        Some(value) => writeln!(out, "  {name} = {{{value}}},"),
        None => Ok(()),
    };
    field("author", Some(authors.join(" and ")))?;
    // The inner braces keep styles from lowering the title's capitals, which are mostly names.
    field("title", article.title.as_deref().map(|title| format!("{{{}}}", escaped(title))))?;
    field("organization", article.outlet.as_deref().map(|outlet| format!("{{{}}}", escaped(outlet))))?;
    // biblatex reads EDTF, its open ranges included.
    field("date", cited.published.map(Publication::edtf))?;
    field("url", article.url.as_deref().map(verbatim))?;
    field("abstract", Some(escaped(cited.text)))?;
    field("speaker", cited.said_by.as_deref().map(escaped))?;
    field("datenote", Some(escaped(&date_in_words(cited.published))))?;
    field(cited.what, Some(cited.id.clone()))?;
    field("fingerprint", Some(provenance.fingerprint.to_hex()))?;
    field("note", Some(escaped(&cited.note(provenance))))?;
    writeln!(out, "}}")
}

/// A name that is not taken apart. An equals sign, even in braces, begins biblatex's extended name format, so
/// that a name with one is written in it.
fn name(author: &str) -> String {
    let key = if author.contains('=') { "family=" } else { "" };
    format!("{key}{{{}}}", escaped(author))
}

/// Text whose letters mean nothing to TeX. Braces leave by name, for BibTeX counts those behind a backslash too.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in single_line(text).chars() {
        match letter {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '"' => escaped.push_str("\\textquotedbl{}"),
            '&' | '%' | '$' | '#' | '_' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// An address as biblatex's verbatim fields take it: every letter stands for itself, so that what would end
/// the field is percent-encoded (RFC 3986, section 2.1).
fn verbatim(url: &str) -> String {
    let mut verbatim = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            '{' => verbatim.push_str("%7B"),
            '}' => verbatim.push_str("%7D"),
            '\\' => verbatim.push_str("%5C"),
            letter if letter.is_whitespace() || letter.is_control() => verbatim.push_str("%20"),
            letter => verbatim.push(letter),
        }
    }
    verbatim
}
