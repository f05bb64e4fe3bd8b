//! What the whole says of its part: the score of all passages of the same outlet and title lends a share to each.

use foldhash::{HashMap, HashSet};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use super::bm25f::Formula;
use super::cursor::cursors;
use super::model::Model;
use super::statistics::{Wholes, join};
use super::{ByField, Candidate, FIELDS};
use crate::config::Ranking;

/// Passages of a whole at the most: one of more is a series under one name ("News in brief"), not a text.
const MOST_PASSAGES: usize = 2_000;

/// The score of the whole of each candidate, by work.
pub(super) fn scores(
    searcher: &Searcher,
    model: &Model,
    (ranking, wholes): (&Ranking, &Wholes),
    work: Field,
    candidates: &[Candidate],
) -> tantivy::Result<HashMap<u64, f64>> {
    let mut works: Vec<u64> = candidates.iter().map(|candidate| candidate.work).collect();
    works.sort_unstable();
    works.dedup();
    let units = model.units.len();
    let mut counts: HashMap<u64, Vec<ByField>> = HashMap::default();
    let mut passages: HashMap<u64, usize> = HashMap::default();
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let inverted = segment.inverted_index(work)?;
        let mut places = Vec::new();
        for work_key in &works {
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
        let mut cursors = cursors(model, searcher, ordinal)?;
        for (document, work_key) in places {
            *passages.entry(work_key).or_default() += 1;
            let whole = counts.entry(work_key).or_insert_with(|| vec![[0; FIELDS]; units]);
            for (whole, cursor) in whole.iter_mut().zip(&mut cursors) {
                join(whole, cursor.counts(document));
            }
        }
    }
    let too_many: HashSet<u64> =
        passages.into_iter().filter(|(_, passages)| *passages > MOST_PASSAGES).map(|(work_key, _)| work_key).collect();
    let whole = Model { ranked: Formula::new(ranking, wholes.works.average), ..model.clone() };
    let scored = counts
        .into_iter()
        .filter(|(work_key, _)| !too_many.contains(work_key))
        .map(|(work_key, counts)| (work_key, whole.score(&counts, wholes.works.of(work_key))));
    Ok(scored.collect())
}
