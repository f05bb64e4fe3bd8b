//! What the whole says of its part: the score of all passages of the same outlet and title lends a share to each.

use foldhash::HashMap;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::bm25f::Formula;
use super::cursor::cursors;
use super::model::{Model, Request};
use super::statistics::join;
use super::{ByField, Candidate, FIELDS};

/// Passages of a whole at the most: one of more is a series under one name ("News in brief"), not a text.
const MOST_PASSAGES: usize = 2_000;

/// The score of the whole of each candidate, by work.
pub(super) fn scores(
    searcher: &Searcher,
    model: &Model,
    request: Request<'_>,
    work: Field,
    candidates: &[Candidate],
) -> tantivy::Result<HashMap<u64, f64>> {
    let mut works: Vec<u64> = candidates.iter().map(|candidate| candidate.work).collect();
    works.sort_unstable();
    works.dedup();
    let units = model.units.len();
    let mut wholes: HashMap<u64, Whole> = HashMap::default();
    let columns = request.totals.columns(searcher)?;
    for ((ordinal, segment), columns) in (0..).zip(searcher.segment_readers()).zip(columns) {
        let places = places(segment, work, &works)?;
        let mut cursors = cursors(model, searcher, ordinal)?;
        for (document, work_key) in places {
            let whole = wholes.entry(work_key).or_insert_with(|| Whole::new(units));
            whole.passages += 1;
            join(&mut whole.lengths, columns.lengths(document));
            for (whole, cursor) in whole.counts.iter_mut().zip(&mut cursors) {
                join(whole, cursor.counts(document));
            }
        }
    }
    let as_whole = Formula::new(request.ranking, request.totals.works.average);
    let scored = wholes
        .into_iter()
        .filter(|(_, whole)| whole.passages <= MOST_PASSAGES)
        .map(|(work_key, whole)| (work_key, model.sum(&as_whole, |unit| unit.rarity, &whole.counts, whole.lengths)));
    Ok(scored.collect())
}

/// What is known of one whole.
struct Whole {
    passages: usize,
    lengths: ByField,
    counts: Vec<ByField>,
}

impl Whole {
    fn new(units: usize) -> Self {
        Self { passages: 0, lengths: [0; FIELDS], counts: vec![[0; FIELDS]; units] }
    }
}

/// The passages of `works` in one segment, in ascending order, each with its work.
fn places(segment: &SegmentReader, work: Field, works: &[u64]) -> tantivy::Result<Vec<(DocId, u64)>> {
    let inverted = segment.inverted_index(work)?;
    let mut places = Vec::new();
    for work_key in works {
        let term = Term::from_field_u64(work, *work_key);
        let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? else { continue };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                places.push((postings.doc(), *work_key));
            }
            postings.advance();
        }
    }
    places.sort_unstable();
    Ok(places)
}
