//! Second stage: the best of the first are weighed by proximity and context.

use std::cmp::Reverse;

use tantivy::Searcher;
use tantivy::schema::Field;

use super::model::{Model, Request};
use super::{ByField, Candidate, Rank, ascending, context, proximity};

/// Adds proximity and context to the first of `candidates` and orders these anew. Nothing loses by it, so that those
/// behind stay behind.
pub(super) fn refine(
    searcher: &Searcher,
    request: Request<'_>,
    model: &Model,
    work: Field,
    candidates: &mut [Candidate],
) -> tantivy::Result<()> {
    let ranking = request.ranking;
    let depth = ranking.depth.min(candidates.len());
    let candidates = &mut candidates[..depth];
    if ranking.proximity > 0.0 && model.units.len() > 1 {
        for (ordinal, columns) in (0..).zip(request.totals.columns(searcher)?) {
            let own = ascending(candidates, ordinal);
            if own.is_empty() {
                continue;
            }
            let places: Vec<(u32, ByField)> =
                own.iter().map(|(document, _)| (*document, columns.lengths(*document))).collect();
            for ((document, index), score) in own.iter().zip(proximity::scores(searcher, model, ordinal, &places)?) {
                candidates[*index].proximity = ranking.proximity * score * columns.weight(*document);
            }
        }
    }
    if ranking.context > 0.0 {
        let scores = context::scores(searcher, model, request, work, candidates)?;
        for candidate in candidates.iter_mut() {
            let score = scores.get(&candidate.work).copied().unwrap_or(0.0);
            candidate.context = ranking.context * score * candidate.kind_weight;
        }
    }
    for candidate in candidates.iter_mut() {
        let score = candidate.rank.score + candidate.proximity + candidate.context;
        candidate.rank = Rank { score, ..candidate.rank };
    }
    candidates.sort_by_key(|candidate| Reverse(candidate.rank));
    Ok(())
}
