//! Words at fixed distances, the commonest kind of phrase: the documents of one segment and how often in each.
//!
//! One cursor a word serves both for finding the documents and for reading the positions; the general plan needs two,
//! and Tantivy's own scorer keeps the number of matches to itself.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The words of a phrase in one segment; it stands on a document that holds it, or at the end.
pub(in crate::engine::tantivy) struct Adjacent {
    /// The rarest first, each with how many words before the last one of the phrase it stands.
    words: Vec<(u32, SegmentPostings)>,
    /// Where the phrase ends, in the document that it stands on.
    ends: Vec<u32>,
    others: Vec<u32>,
}

impl Adjacent {
    /// `terms`, at least one, each so many words behind the first; `None` where the segment lacks one of them.
    pub(in crate::engine::tantivy) fn open(
        segment: &SegmentReader,
        terms: &[(usize, Term)],
    ) -> tantivy::Result<Option<Self>> {
        let last = terms.iter().map(|(offset, _)| *offset).max().unwrap_or(0);
        let mut words = Vec::with_capacity(terms.len());
        for (offset, term) in terms {
            let inverted = segment.inverted_index(term.field())?;
            let Some(postings) = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)? else {
                return Ok(None);
            };
            words.push((u32::try_from(last - offset).unwrap_or(u32::MAX), postings));
        }
        words.sort_by_key(|(_, postings)| postings.doc_freq());
        let mut adjacent = Self { words, ends: Vec::new(), others: Vec::new() };
        adjacent.settle();
        Ok(Some(adjacent))
    }

    pub(in crate::engine::tantivy) fn doc(&self) -> DocId {
        self.words.first().map_or(TERMINATED, |(_, rarest)| rarest.doc())
    }

    pub(in crate::engine::tantivy) fn advance(&mut self) -> DocId {
        if let Some((_, rarest)) = self.words.first_mut() {
            rarest.advance();
        }
        self.settle()
    }

    /// How often the phrase stands in the document.
    pub(in crate::engine::tantivy) fn occurrences(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// Goes on to the next document that holds the phrase, from the one on which the rarest word stands.
    fn settle(&mut self) -> DocId {
        let Some(((shift, rarest), others)) = self.words.split_first_mut() else { return TERMINATED };
        let mut document = rarest.doc();
        'documents: while document != TERMINATED {
            for (_, other) in &mut *others {
                let at = if other.doc() < document { other.seek(document) } else { other.doc() };
                if at > document {
                    document = if at == TERMINATED { end(rarest) } else { rarest.seek(at) };
                    continue 'documents;
                }
            }
            rarest.positions_with_offset(*shift, &mut self.ends);
            for (shift, other) in &mut *others {
                if self.ends.is_empty() {
                    break;
                }
                other.positions_with_offset(*shift, &mut self.others);
                keep_common(&mut self.ends, &self.others);
            }
            if !self.ends.is_empty() {
                break;
            }
            document = rarest.advance();
        }
        document
    }
}

fn end(postings: &mut SegmentPostings) -> DocId {
    postings.seek(TERMINATED)
}

/// Leaves in `kept` what is in `others` too; both ascend.
fn keep_common(kept: &mut Vec<u32>, others: &[u32]) {
    let mut others = others.iter().copied().peekable();
    kept.retain(|position| {
        while others.next_if(|other| other < position).is_some() {}
        others.peek() == Some(position)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_both_is_kept() {
        let mut kept = vec![1, 4, 5, 9, 12];

        keep_common(&mut kept, &[0, 4, 6, 9, 10]);

        assert_eq!(kept, [4, 9]);
    }
}
