//! A Word document (ECMA-376) → draft: paragraphs by style, lists, tables, links; title and author.
//!
//! [`styles`] says what a paragraph's style makes of it, [`story`] reads the running text, of the document
//! and of its notes. What is deleted, hidden or a table of contents is not the article. The day on which
//! the file was made is no date of publication.

mod properties;
mod story;
mod styles;
mod xml;

use std::collections::HashMap;

use super::byline;
use super::draft::{Draft, Piece, Strong};
use super::text;
use crate::model::{BlockKind, DroppedBlock};
use crate::source::{RawSource, SourceError};
use properties::Properties;
use story::{Story, Told};
use styles::Styles;

/// Reads a Word document; `document` is the XML of its main part.
pub(super) fn read(source: &RawSource, document: &str) -> Result<Draft, SourceError> {
    let damaged = |reason: String| SourceError::Damaged { path: source.path.clone(), kind: "Word document", reason };
    // A part that is missing or damaged costs what it would have said, not the text.
    let part = |name: &str| source.part(name).ok().flatten().unwrap_or_default();
    let styles = Styles::read(&part("word/styles.xml"));
    let links = relations(&part("word/_rels/document.xml.rels"));
    let story = Story::read(document, &styles, &links).map_err(damaged)?;
    let properties = Properties::read(&part("docProps/core.xml"));
    let mut draft =
        Draft { language: story.language().or(styles.language.clone()).and_then(language), ..Draft::default() };
    fill(&mut draft, story.told, properties);
    for name in ["word/footnotes.xml", "word/endnotes.xml"] {
        let notes = Story::read(&part(name), &styles, &HashMap::new()).map(|story| story.told).unwrap_or_default();
        let texts = notes.into_iter().map(|told| told.piece.text);
        draft.dropped.extend(texts.map(|text| DroppedBlock { text, reason: "footnote".into() }));
    }
    Ok(draft)
}

/// The external addresses that a part's links lead to, by the relation's id.
fn relations(xml: &str) -> HashMap<String, String> {
    let mut links = HashMap::new();
    // What is read before a mistake in the XML is kept.
    let _ = xml::walk(xml, |step| {
        if let xml::Step::Open("Relationship", attributes) = step
            && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
            && attributes.get("TargetMode").is_some_and(|mode| mode == "External")
        {
            links.insert(id, target);
        }
    });
    links
}

/// A declared tag, where it is one.
fn language(tag: String) -> Option<String> {
    crate::config::language_refusal(&tag).is_none().then_some(tag)
}

/// Tells title and byline from the text.
fn fill(draft: &mut Draft, told: Vec<Told>, properties: Properties) {
    let mut told: Vec<Told> = told;
    let title = headline(&told, properties.title.as_deref());
    if let Some(at) = title {
        draft.title = Some(told.remove(at).piece.text);
    }
    draft.title = draft.title.take().or(properties.title);
    for Told { piece, style } in told {
        if style == styles::Style::Contents {
            draft.dropped.push(DroppedBlock { text: piece.text, reason: "table-of-contents".into() });
            continue;
        }
        let first = draft.pieces.is_empty();
        if let Some(found) = byline::parse(&piece.text).filter(|_| first) {
            draft.authors.extend(found.authors);
            draft.outlet = draft.outlet.take().or(found.outlet);
            draft.published = draft.published.take().or(found.published);
            draft.dropped.push(DroppedBlock { text: piece.text, reason: "byline".into() });
            continue;
        }
        draft.pieces.push(piece);
    }
    if draft.authors.is_empty() {
        draft.authors = properties.authors;
    }
}

/// Which paragraph is the title: one of that style, a main heading that begins the text, the one that the
/// properties name, or a first line that reads and looks like a headline.
fn headline(told: &[Told], stated: Option<&str>) -> Option<usize> {
    const BEGINNING: usize = 5;
    if let Some(at) = told.iter().take(BEGINNING).position(|told| told.style == styles::Style::Title) {
        return Some(at);
    }
    let first = told.first()?;
    if first.style == styles::Style::Heading(1) || stated.is_some_and(|stated| stated == first.piece.text) {
        return Some(0);
    }
    let texts: Vec<String> = told.iter().skip(1).take(BEGINNING).map(|told| told.piece.text.clone()).collect();
    let looks = |piece: &Piece| piece.strong == Strong::Whole || stated.is_none();
    (first.piece.kind == BlockKind::Paragraph && looks(&first.piece) && text::is_headline(&first.piece.text, &texts))
        .then_some(0)
}
