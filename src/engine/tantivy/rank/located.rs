//! A term found in the dictionaries of the four fields that score, once a search: its postings are opened three times
//! (to rank, for the whole around a passage, for proximity), and a dictionary takes longer than the postings of a rare
//! word.

use std::sync::Arc;

use tantivy::postings::{SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use super::{FIELDS, TEXT};

/// A term and where its postings lie.
#[derive(Clone)]
pub(super) struct Located {
    pub(super) term: String,
    fields: [Field; FIELDS],
    /// By segment and field.
    infos: Arc<Vec<[Option<TermInfo>; FIELDS]>>,
}

impl Located {
    pub(super) fn find(searcher: &Searcher, fields: [Field; FIELDS], term: String) -> tantivy::Result<Self> {
        let keys = fields.map(|field| Term::from_field_text(field, &term));
        let mut infos = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let mut found = [const { None }; FIELDS];
            for (info, key) in found.iter_mut().zip(&keys) {
                *info = segment.inverted_index(key.field())?.get_term_info(key)?;
            }
            infos.push(found);
        }
        Ok(Self { term, fields, infos: Arc::new(infos) })
    }

    /// Its postings in one field of `segment`, the one of that number; `None` where it does not stand there.
    pub(super) fn postings(
        &self,
        (segment, ordinal): (&SegmentReader, u32),
        field: usize,
        record: IndexRecordOption,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let Some(info) = &self.infos[ordinal as usize][field] else { return Ok(None) };
        Ok(Some(segment.inverted_index(self.fields[field])?.read_postings_from_terminfo(info, record)?))
    }

    /// How many passages hold it in the text.
    pub(super) fn holding(&self, searcher: &Searcher) -> tantivy::Result<u64> {
        let mut holding = 0;
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let Some(info) = &self.infos[ordinal as usize][TEXT] else { continue };
            holding += match segment.alive_bitset() {
                None => u64::from(info.doc_freq),
                Some(alive) => {
                    let postings = self.postings((segment, ordinal), TEXT, IndexRecordOption::Basic)?;
                    postings.map_or(0, |postings| u64::from(postings.doc_freq_given_deletes(alive)))
                }
            };
        }
        Ok(holding)
    }
}
