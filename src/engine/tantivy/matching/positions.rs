//! Where the leaves of a plan stand in the documents of one segment, read from the postings, forward only.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use super::Plan;
use super::clause::Document;

/// The opened postings of a plan.
pub(in crate::engine::tantivy) struct Positions {
    leaves: Vec<Merged>,
    sentences: Merged,
    paragraphs: Merged,
    document: Document,
}

impl Positions {
    pub(in crate::engine::tantivy) fn open(segment: &SegmentReader, plan: &Plan) -> tantivy::Result<Self> {
        let leaves = plan.leaves.iter().map(|terms| Merged::open(segment, terms)).collect::<Result<_, _>>()?;
        Ok(Self {
            leaves,
            sentences: Merged::open(segment, &plan.sentences)?,
            paragraphs: Merged::open(segment, &plan.paragraphs)?,
            document: Document::default(),
        })
    }

    /// `document` as the plan sees it; never before the one that was asked for last.
    pub(in crate::engine::tantivy) fn document(&mut self, document: DocId) -> &mut Document {
        self.document.leaves.resize_with(self.leaves.len(), Vec::new);
        for (leaf, positions) in self.leaves.iter_mut().zip(&mut self.document.leaves) {
            leaf.read(document, positions);
        }
        self.sentences.read(document, &mut self.document.sentences);
        self.paragraphs.read(document, &mut self.document.paragraphs);
        &mut self.document
    }
}

/// Postings of several terms as if they were one's.
struct Merged {
    postings: Vec<SegmentPostings>,
    /// The document of each, the smallest on top.
    next: BinaryHeap<Reverse<(DocId, usize)>>,
}

impl Merged {
    fn open(segment: &SegmentReader, terms: &[Term]) -> tantivy::Result<Self> {
        let mut postings = Vec::new();
        for term in terms {
            let inverted = segment.inverted_index(term.field())?;
            postings.extend(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let next = postings.iter().enumerate().map(|(index, postings)| Reverse((postings.doc(), index))).collect();
        Ok(Self { postings, next })
    }

    /// Puts the positions in `document` into `positions`, in order.
    fn read(&mut self, document: DocId, positions: &mut Vec<u32>) {
        positions.clear();
        if let [postings] = self.postings.as_mut_slice() {
            // By far the most leaves are one term.
            let at = if postings.doc() < document { postings.seek(document) } else { postings.doc() };
            if at == document {
                postings.append_positions_with_offset(0, positions);
            }
            return;
        }
        let mut current: Vec<usize> = Vec::new();
        while let Some(Reverse((at, index))) = self.next.peek().copied() {
            if at > document {
                break;
            }
            self.next.pop();
            let Some(postings) = self.postings.get_mut(index) else { continue };
            match if at < document { postings.seek(document) } else { at } {
                found if found == document => current.push(index),
                TERMINATED => {}
                later => self.next.push(Reverse((later, index))),
            }
        }
        let several = current.len() > 1;
        for index in current {
            if let Some(postings) = self.postings.get_mut(index) {
                postings.append_positions_with_offset(0, positions);
                self.next.push(Reverse((document, index)));
            }
        }
        if several {
            positions.sort_unstable();
            positions.dedup();
        }
    }
}
