//! Walks the occurrences of the units of a query through one segment, in ascending order of documents.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::model::{Model, Source};
use super::{ByField, FIELDS, TEXT};

/// Alive documents and how often something matches in each, ascending.
pub(super) type Listed = Arc<Vec<(DocId, u32)>>;

/// Where one unit stands.
pub(super) struct Cursor {
    text: TextCursor,
    /// The other fields, by their index less one.
    others: [Option<SegmentPostings>; FIELDS - 1],
}

enum TextCursor {
    Term(Box<SegmentPostings>),
    Listed { listed: Listed, at: usize },
    Nowhere,
}

/// A cursor for each unit of `model`, in its order.
pub(super) fn cursors(model: &Model, searcher: &Searcher, ordinal: u32) -> tantivy::Result<Vec<Cursor>> {
    let segment = searcher.segment_reader(ordinal);
    model.units.iter().map(|unit| Cursor::open(model, &unit.source, segment, ordinal)).collect()
}

impl Cursor {
    fn open(model: &Model, source: &Source, segment: &SegmentReader, ordinal: u32) -> tantivy::Result<Self> {
        let open = |field: usize, term: &str| {
            let field = model.fields[field];
            let term = Term::from_field_text(field, term);
            tantivy::Result::Ok(segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::WithFreqs)?)
        };
        Ok(match source {
            Source::Term(term) => {
                let mut others = [const { None }; FIELDS - 1];
                for (index, other) in others.iter_mut().enumerate() {
                    *other = open(index + 1, term)?;
                }
                let text = open(TEXT, term)?;
                Self { text: text.map_or(TextCursor::Nowhere, |postings| TextCursor::Term(Box::new(postings))), others }
            }
            Source::Listed(lists) => {
                let listed = Arc::clone(&lists[ordinal as usize]);
                Self { text: TextCursor::Listed { listed, at: 0 }, others: [const { None }; FIELDS - 1] }
            }
        })
    }

    /// The document at which the unit stands in the text; [`TERMINATED`] after the last.
    pub(super) fn doc(&self) -> DocId {
        match &self.text {
            TextCursor::Term(postings) => postings.doc(),
            TextCursor::Listed { listed, at } => listed.get(*at).map_or(TERMINATED, |(document, _)| *document),
            TextCursor::Nowhere => TERMINATED,
        }
    }

    pub(super) fn advance(&mut self) -> DocId {
        match &mut self.text {
            TextCursor::Term(postings) => postings.advance(),
            TextCursor::Listed { at, .. } => {
                *at += 1;
                self.doc()
            }
            TextCursor::Nowhere => TERMINATED,
        }
    }

    /// The first document from `from` on in which the unit stands anywhere: in the text, title, speakers or heading.
    pub(super) fn anywhere(&mut self, from: DocId) -> DocId {
        let mut first = self.seek(from);
        for postings in self.others.iter_mut().flatten() {
            if postings.doc() < from {
                postings.seek(from);
            }
            first = first.min(postings.doc());
        }
        first
    }

    /// Goes to the first document at or after `document`.
    pub(super) fn seek(&mut self, document: DocId) -> DocId {
        match &mut self.text {
            // Seeking back is not defined.
            TextCursor::Term(postings) if postings.doc() < document => postings.seek(document),
            TextCursor::Listed { listed, at } => {
                *at += listed[(*at).min(listed.len())..].partition_point(|(listed, _)| *listed < document);
                self.doc()
            }
            _ => self.doc(),
        }
    }

    /// Occurrences in `document`, which is not before the last one asked for.
    pub(super) fn counts(&mut self, document: DocId) -> ByField {
        let mut counts = [0; FIELDS];
        if self.seek(document) == document {
            counts[TEXT] = match &self.text {
                TextCursor::Term(postings) => postings.term_freq(),
                TextCursor::Listed { listed, at } => listed[*at].1,
                TextCursor::Nowhere => 0,
            };
        }
        for (count, postings) in counts[TEXT + 1..].iter_mut().zip(&mut self.others) {
            let Some(postings) = postings else { continue };
            if postings.doc() < document {
                postings.seek(document);
            }
            if postings.doc() == document {
                *count = postings.term_freq();
            }
        }
        counts
    }
}
