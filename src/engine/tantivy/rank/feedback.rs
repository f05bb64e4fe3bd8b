//! Words of the first results, added to the query (RM3: Lavrenko & Croft 2001, "Relevance-based language models", mixed
//! with the query as in Abdul-Jaleel et al. 2004, "`UMass` at TREC 2004").
//!
//! It helps where the first results are about what was asked, and hurts where they are not. The sign: how much of the
//! query, by rarity, the first results hold.

use std::collections::BTreeMap;

use tantivy::{Searcher, TantivyDocument};

use super::bm25f::rarity;
use super::model::{Model, Request};
use super::statistics::passages_holding;
use super::units::is_function_term;
use super::{Candidate, TEXT};
use crate::config::Feedback;
use crate::engine::FeedbackSign;

/// Share of the query's rarity that the first results must hold on average; chosen, not tuned.
const NEEDED: f64 = 0.6;
/// Shorter terms are numerals, initials and remains of words.
const SHORTEST: usize = 3;

/// By what it is decided whether `first` give words; `None` where there are none, or it is not asked for.
pub(super) fn sign(request: Request<'_>, model: &Model, first: &[Candidate]) -> Option<FeedbackSign> {
    if request.ranking.feedback == Feedback::Off || first.is_empty() {
        return None;
    }
    let whole: f64 = model.units.iter().map(|unit| unit.weight * unit.rarity).sum();
    let held = |candidate: &Candidate| -> f64 {
        let units = model.units.iter().zip(&candidate.counts);
        units.filter(|(_, counts)| counts[TEXT] > 0).map(|(unit, _)| unit.weight * unit.rarity).sum()
    };
    let mean = first.iter().map(held).sum::<f64>() / f64::from(u32::try_from(first.len()).unwrap_or(u32::MAX));
    let covered = if whole > 0.0 { mean / whole } else { 0.0 };
    let used = request.ranking.feedback == Feedback::On || covered >= NEEDED;
    Some(FeedbackSign { used, covered, needed: NEEDED })
}

/// The model with the words of `first`; `terms_of` reads those of a stored passage. Those rare in the index go first.
pub(super) fn expanded(
    searcher: &Searcher,
    request: Request<'_>,
    model: &Model,
    first: &[Candidate],
    terms_of: impl Fn(TantivyDocument) -> Vec<String>,
) -> tantivy::Result<Model> {
    let ranking = request.ranking;
    let mut shares: BTreeMap<String, f64> = BTreeMap::new();
    for candidate in first {
        let terms = terms_of(searcher.doc(candidate.at)?);
        #[allow(clippy::cast_precision_loss, reason = "a passage's words are few")]
        let each = candidate.rank.score / terms.len().max(1) as f64;
        for term in terms {
            *shares.entry(term).or_default() += each;
        }
    }
    shares.retain(|term, _| {
        term.chars().count() >= SHORTEST && !is_function_term(term) && !term.starts_with(|c: char| c.is_ascii_digit())
    });
    let mut best = Vec::new();
    for (term, share) in shares {
        let holding = passages_holding(searcher, model.fields[TEXT], &term)?;
        best.push((share * rarity(request.totals.passages, holding), share, term));
    }
    best.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    best.truncate(ranking.feedback_words);
    let sum: f64 = best.iter().map(|(_, share, _)| share).sum();
    let query: f64 = model.units.iter().map(|unit| unit.weight).sum();
    let mut model = model.clone();
    let scale = ranking.feedback_share / (1.0 - ranking.feedback_share) * query / sum.max(f64::MIN_POSITIVE);
    for (_, share, term) in best {
        model.add_feedback(searcher, request, &term, scale * share)?;
    }
    Ok(model)
}
