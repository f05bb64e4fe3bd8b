//! Where the units of a query that are no single term stand: each document and how often, segment by segment.

use std::sync::Arc;

use tantivy::postings::Postings;
use tantivy::query::{EnableScoring, Query};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::super::matching::Adjacent;
use super::cursor::Listed;

/// Documents that hold any of `terms`, no two of which stand in one place.
pub(super) fn of_words(searcher: &Searcher, terms: &[Term]) -> tantivy::Result<Vec<Listed>> {
    let in_segment = |segment: &SegmentReader| {
        let mut list = Vec::new();
        for term in terms {
            let inverted = segment.inverted_index(term.field())?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::WithFreqs)? else { continue };
            while postings.doc() != TERMINATED {
                list.push((postings.doc(), postings.term_freq()));
                postings.advance();
            }
        }
        // Runs that ascend, which this sort merges.
        list.sort_by_key(|(document, _)| *document);
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        tantivy::Result::Ok(list)
    };
    each(searcher, in_segment)
}

/// Documents that hold these terms, each so many words behind the first.
pub(super) fn of_phrase(searcher: &Searcher, terms: &[(usize, Term)]) -> tantivy::Result<Vec<Listed>> {
    let in_segment = |segment: &SegmentReader| {
        let mut list = Vec::new();
        let Some(mut phrase) = Adjacent::open(segment, terms)? else { return Ok(list) };
        while phrase.doc() != TERMINATED {
            list.push((phrase.doc(), phrase.occurrences()));
            phrase.advance();
        }
        Ok(list)
    };
    each(searcher, in_segment)
}

/// Documents that `query` finds; its score is how often.
pub(super) fn of_query(searcher: &Searcher, query: &dyn Query) -> tantivy::Result<Vec<Listed>> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let in_segment = |segment: &SegmentReader| {
        let mut scorer = weight.scorer(segment, 1.0)?;
        let mut list = Vec::new();
        while scorer.doc() != TERMINATED {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is a whole number: how often the clause matches"
            )]
            let frequency = scorer.score() as u32;
            list.push((scorer.doc(), frequency.max(1)));
            scorer.advance();
        }
        Ok(list)
    };
    each(searcher, in_segment)
}

/// The lists of all segments, without what is deleted.
fn each(
    searcher: &Searcher,
    in_segment: impl Fn(&SegmentReader) -> tantivy::Result<Vec<(DocId, u32)>>,
) -> tantivy::Result<Vec<Listed>> {
    let segments = searcher.segment_readers().iter();
    segments
        .map(|segment| {
            let mut list = in_segment(segment)?;
            if segment.has_deletes() {
                list.retain(|(document, _)| !segment.is_deleted(*document));
            }
            Ok(Arc::new(list))
        })
        .collect()
}
