//! The head of a document: its title, where the text states it, and its byline.

use super::flow::{LARGER, Told};
use crate::clean::draft::{Draft, Strong};
use crate::clean::{byline, text};
use crate::model::{BlockKind, DroppedBlock};

/// Paragraphs of the first page among which the title is.
const BEGINNING: usize = 12;
/// A byline stands above the title or below it, and a place or a day may come between.
const NEAR: usize = 4;
/// A title has no more letters.
const LONGEST_TITLE: usize = 300;

/// Tells title and byline from the text; `stated` is what the document's properties name it.
///
/// Properties are heard only where the text agrees: mostly they name a template or a file.
pub(super) fn fill(draft: &mut Draft, mut told: Vec<Told>, stated: Option<&str>, body: f64) {
    if let Some(title) = stated.and_then(|stated| as_stated(&told, stated)).or_else(|| by_looks(&told, body)) {
        let lines: Vec<String> = told.drain(title).map(|told| told.piece.text).collect();
        draft.title = Some(lines.join(" "));
    }
    for (nth, Told { mut piece, .. }) in told.into_iter().enumerate() {
        let found = byline::parse(&piece.text).filter(|_| nth < NEAR && draft.authors.is_empty());
        if let Some(found) = found {
            draft.authors = found.authors;
            draft.outlet = draft.outlet.take().or(found.outlet);
            draft.published = draft.published.take().or(found.published);
            draft.dropped.push(DroppedBlock { text: piece.text, reason: "byline".into() });
            continue;
        }
        if piece.kind == BlockKind::Heading {
            piece.strong = Strong::None;
        }
        draft.pieces.push(piece);
    }
}

/// The paragraphs that together say what the properties say.
fn as_stated(told: &[Told], stated: &str) -> Option<std::ops::Range<usize>> {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let stated = letters(stated);
    let beginning = told.len().min(BEGINNING);
    for from in (0..beginning).filter(|_| !stated.is_empty() && stated.chars().count() <= LONGEST_TITLE) {
        let mut said = String::new();
        for (to, told) in told.iter().enumerate().take(beginning).skip(from) {
            said.push_str(&letters(&told.piece.text));
            if said == stated {
                return Some(from..to + 1);
            }
            if !stated.starts_with(&said) {
                break;
            }
        }
    }
    None
}

/// The largest lines at the head of the first page; where none is larger than the text, a first paragraph
/// that reads like a headline.
fn by_looks(told: &[Told], body: f64) -> Option<std::ops::Range<usize>> {
    let first_page = told.first()?.page;
    let beginning = told.iter().take(BEGINNING).take_while(|told| told.page == first_page).count();
    let head = &told[..beginning];
    let fits = |told: &Told| {
        told.piece.kind == BlockKind::Heading
            && told.size > body * LARGER
            && told.piece.text.chars().filter(|letter| letter.is_alphabetic()).count() > 3
    };
    let largest = head.iter().filter(|told| fits(told)).map(|told| told.size).fold(0.0, f64::max);
    if largest > 0.0 {
        let is_title = |told: &Told| fits(told) && told.size > largest * 0.97;
        let from = head.iter().position(is_title)?;
        let lines = head[from..].iter().take_while(|told| is_title(told)).count();
        let long =
            |lines: usize| head[from..from + lines].iter().map(|told| told.piece.text.chars().count()).sum::<usize>();
        // Of several headings in one size the first is the title, unless together they are short: its lines.
        let lines = if long(lines) <= LONGEST_TITLE && lines <= 3 { lines } else { 1 };
        return (long(lines) <= LONGEST_TITLE).then_some(from..from + lines);
    }
    let rest: Vec<String> = told.iter().skip(1).take(BEGINNING).map(|told| told.piece.text.clone()).collect();
    let first = &head.first()?.piece;
    let reads =
        matches!(first.kind, BlockKind::Paragraph | BlockKind::Heading) && text::is_headline(&first.text, &rest);
    reads.then_some(0..1)
}
