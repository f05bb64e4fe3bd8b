//! BibTeX for biblatex and biber: one `@online` a hit (`@misc` where there is no address).
//!
//! An author is what the byline prints, whole and in braces: which of its words is a family name is not
//! known, and a wrong guess would sort and abbreviate it wrongly.

use std::io::{self, Write};

use super::citation::{date_in_words, note, said_by};
use crate::model::{Publication, single_line};
use crate::view::{Provenance, RankedHit, SearchView};

/// One entry a hit, under its passage id.
pub fn search_bibtex(out: &mut dyn Write, view: &SearchView, provenance: &Provenance) -> io::Result<()> {
    for (place, ranked) in view.hits.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        entry(out, ranked, provenance)?;
    }
    Ok(())
}

fn entry(out: &mut dyn Write, ranked: &RankedHit, provenance: &Provenance) -> io::Result<()> {
    let passage = &ranked.hit.passage;
    let article = &passage.article;
    let kind = if article.url.is_some() { "online" } else { "misc" };
    writeln!(out, "@{kind}{{{},", passage.id)?;
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
    field("date", passage.published.as_ref().map(Publication::edtf))?;
    field("url", article.url.as_deref().map(verbatim))?;
    field("abstract", Some(escaped(&passage.text)))?;
    field("speaker", said_by(ranked).map(|speaker| escaped(&speaker)))?;
    field("datenote", Some(escaped(&date_in_words(passage.published.as_ref()))))?;
    field("passage", Some(passage.id.to_string()))?;
    field("fingerprint", Some(provenance.fingerprint.to_hex()))?;
    field("note", Some(escaped(&note(ranked, provenance))))?;
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
