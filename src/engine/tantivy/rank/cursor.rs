//! Walks the occurrences of the units of a query through one segment, in ascending order of documents.

use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::model::{Model, Source};
use super::{ByField, FIELDS, TEXT};

/// Alive documents and how often something matches in each, ascending.
pub(super) type Listed = Arc<Vec<(DocId, u32)>>;

/// Where one unit stands.
pub(super) struct Cursor {
    text: TextCursor,
    /// The other fields, by their index less one.
    others: [Option<SegmentPostings>; FIELDS - 1],
    /// The first document at which one of the others stands.
    next_other: DocId,
}

/// The same in the text alone.
pub(super) enum TextCursor {
    Term(Box<SegmentPostings>),
    Listed { listed: Listed, at: usize },
    Nowhere,
}

/// A cursor for each unit of `model`, in its order.
pub(super) fn cursors(model: &Model, searcher: &Searcher, ordinal: u32) -> tantivy::Result<Vec<Cursor>> {
    let segment = searcher.segment_reader(ordinal);
    model.units.iter().map(|unit| Cursor::open(&unit.source, segment, ordinal)).collect()
}

/// Where each unit that the query itself asks for stands in the text, for counting alone.
pub(super) fn listings(model: &Model, searcher: &Searcher, ordinal: u32) -> tantivy::Result<Vec<TextCursor>> {
    let segment = searcher.segment_reader(ordinal);
    let asked = model.units.iter().filter(|unit| !unit.feedback);
    asked.map(|unit| TextCursor::open(&unit.source, (segment, ordinal), IndexRecordOption::Basic)).collect()
}

impl Cursor {
    fn open(source: &Source, segment: &SegmentReader, ordinal: u32) -> tantivy::Result<Self> {
        let mut others = [const { None }; FIELDS - 1];
        if let Source::Term(term) = source {
            for (index, other) in others.iter_mut().enumerate() {
                *other = term.postings((segment, ordinal), index + 1, IndexRecordOption::WithFreqs)?;
            }
        }
        let next_other = first(&others);
        let text = TextCursor::open(source, (segment, ordinal), IndexRecordOption::WithFreqs)?;
        Ok(Self { text, others, next_other })
    }

    /// The document at which the unit stands in the text; [`TERMINATED`] after the last.
    pub(super) fn doc(&self) -> DocId {
        self.text.doc()
    }

    pub(super) fn advance(&mut self) -> DocId {
        self.text.advance()
    }

    /// The first document from `from` on in which the unit stands anywhere: in the text, title, speakers or heading.
    pub(super) fn anywhere(&mut self, from: DocId) -> DocId {
        self.seek_others(from);
        self.text.seek(from).min(self.next_other)
    }

    /// Takes the other fields to `document`, which is not before the last one asked for.
    fn seek_others(&mut self, document: DocId) {
        if self.next_other >= document {
            return;
        }
        for postings in self.others.iter_mut().flatten() {
            if postings.doc() < document {
                postings.seek(document);
            }
        }
        self.next_other = first(&self.others);
    }

    /// Occurrences in `document`, which is not before the last one asked for.
    pub(super) fn counts(&mut self, document: DocId) -> ByField {
        let mut counts = [0; FIELDS];
        if self.text.seek(document) == document {
            counts[TEXT] = match &self.text {
                TextCursor::Term(postings) => postings.term_freq(),
                TextCursor::Listed { listed, at } => listed[*at].1,
                TextCursor::Nowhere => 0,
            };
        }
        self.seek_others(document);
        if self.next_other == document {
            for (count, postings) in counts[TEXT + 1..].iter_mut().zip(&self.others) {
                if let Some(postings) = postings.as_ref().filter(|postings| postings.doc() == document) {
                    *count = postings.term_freq();
                }
            }
        }
        counts
    }
}

/// The first document at which any of `others` stands.
fn first(others: &[Option<SegmentPostings>]) -> DocId {
    others.iter().flatten().map(SegmentPostings::doc).min().unwrap_or(TERMINATED)
}

impl TextCursor {
    fn open(
        source: &Source,
        (segment, ordinal): (&SegmentReader, u32),
        record: IndexRecordOption,
    ) -> tantivy::Result<Self> {
        Ok(match source {
            Source::Term(term) => match term.postings((segment, ordinal), TEXT, record)? {
                Some(postings) => Self::Term(Box::new(postings)),
                None => Self::Nowhere,
            },
            Source::Listed(lists) => Self::Listed { listed: Arc::clone(&lists[ordinal as usize]), at: 0 },
        })
    }

    /// The document on which it stands; [`TERMINATED`] after the last.
    pub(super) fn doc(&self) -> DocId {
        match self {
            Self::Term(postings) => postings.doc(),
            Self::Listed { listed, at } => listed.get(*at).map_or(TERMINATED, |(document, _)| *document),
            Self::Nowhere => TERMINATED,
        }
    }

    pub(super) fn advance(&mut self) -> DocId {
        match self {
            Self::Term(postings) => postings.advance(),
            Self::Listed { at, .. } => {
                *at += 1;
                self.doc()
            }
            Self::Nowhere => TERMINATED,
        }
    }

    /// Goes to the first document at or after `document`.
    fn seek(&mut self, document: DocId) -> DocId {
        match self {
            // Seeking back is not defined.
            Self::Term(postings) if postings.doc() < document => postings.seek(document),
            Self::Listed { listed, at } if listed.get(*at).is_some_and(|(listed, _)| *listed < document) => {
                let behind = listed[(*at).min(listed.len())..].partition_point(|(listed, _)| *listed < document);
                *at += behind;
                self.doc()
            }
            _ => self.doc(),
        }
    }
}
