//! Words of the query that stand close to one another in a passage.
//!
//! Each occurrence lends the word before and after it, where that is another word of the query, its rarity over the
//! square of their distance; the sums saturate as occurrences do (Büttcher, Clarke & Lushman 2006, "Term proximity
//! scoring for ad-hoc retrieval on very large text collections").

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher};

use super::model::{Model, Source};
use super::{ByField, TEXT};

/// Words farther apart than this do not lend: at this distance a word lends a hundredth.
const FARTHEST: u32 = 10;

/// Score of each of `documents`, which ascend, in one segment; `lengths` are theirs.
pub(super) fn scores(
    searcher: &Searcher,
    model: &Model,
    ordinal: u32,
    documents: &[(DocId, ByField)],
) -> tantivy::Result<Vec<f64>> {
    let segment = searcher.segment_reader(ordinal);
    let mut postings = Vec::new();
    for (index, unit) in model.units.iter().enumerate() {
        let Source::Term(term) = &unit.source else { continue };
        if unit.dropped || unit.feedback {
            continue;
        }
        let record = IndexRecordOption::WithFreqsAndPositions;
        if let Some(found) = term.postings((segment, ordinal), TEXT, record)? {
            postings.push((index, found));
        }
    }
    let mut scores = Vec::with_capacity(documents.len());
    let (mut places, mut positions) = (Vec::new(), Vec::new());
    for (document, lengths) in documents {
        places.clear();
        for (index, postings) in &mut postings {
            if postings.doc() < *document {
                postings.seek(*document);
            }
            if postings.doc() == *document {
                postings.positions(&mut positions);
                places.extend(positions.iter().map(|position| (*position, *index)));
            }
        }
        places.sort_unstable();
        scores.push(score(model, &places, *lengths));
    }
    Ok(scores)
}

/// The score of words of the query at `places` (position and unit), which ascend.
fn score(model: &Model, places: &[(u32, usize)], lengths: ByField) -> f64 {
    let mut lent = vec![0.0; model.units.len()];
    for pair in places.windows(2) {
        let [(from, one), (to, other)] = *pair else { continue };
        let distance = to - from;
        if one == other || distance > FARTHEST || distance == 0 {
            continue;
        }
        let near = 1.0 / (f64::from(distance) * f64::from(distance));
        lent[one] += near * model.units[other].passage_rarity;
        lent[other] += near * model.units[one].passage_rarity;
    }
    let mut sum = 0.0;
    for (unit, lent) in model.units.iter().zip(lent) {
        sum += unit.passage_rarity.min(1.0) * model.passages.saturate(lent, lengths);
    }
    sum
}
