//! Which candidate is the body.
//!
//! Elements that are named as the body are believed where they hold a fair share of what the densest
//! element holds; among those, the one with the most prose for the least of everything else. Where the
//! page has next to no prose at all (a list of results, a notice in headlines), a second, more generous
//! pass takes the named element with the most text of any kind.

use super::candidates::{Candidate, Ground};
use super::{Options, Part};

/// With less prose than this, in bytes, a page may be an article of another kind than running text.
const SCANT: usize = 250;
/// Less text than this, in bytes, is no article of any kind.
const LEAST_TEXT: usize = 200;

/// The best of `candidates`; `None` where none of them holds prose.
pub(super) fn choose(candidates: &[Candidate], options: Options) -> Option<&Candidate> {
    let most = candidates.iter().map(|candidate| candidate.prose).max().unwrap_or(0);
    let stated = candidates.iter().map(|candidate| candidate.stated).max().unwrap_or(0);
    if most < SCANT
        && options.uses(Part::GenerousPass)
        && let Some(generous) = most_text(candidates)
    {
        return Some(generous);
    }
    if most == 0 {
        return None;
    }
    candidates
        .iter()
        .enumerate()
        .max_by_key(|(index, candidate)| (score(candidate, most, stated), usize::MAX - index))
        .map(|(_, best)| best)
}

/// The element named as a body, or else by its tag, that has the most text beside links and furniture.
fn most_text(candidates: &[Candidate]) -> Option<&Candidate> {
    let text = |candidate: &&Candidate| candidate.prose + candidate.rest;
    let of = |ground: Ground| {
        let fitting = candidates.iter().filter(move |candidate| candidate.ground == ground);
        fitting.filter(|candidate| candidate.prose + candidate.rest >= LEAST_TEXT).max_by_key(text)
    };
    of(Ground::Named).or_else(|| of(Ground::Semantic))
}

/// In thousandths of the page's prose; a candidate that holds the stated body counts for as much again.
fn score(candidate: &Candidate, most: usize, most_stated: usize) -> usize {
    let bonus = match candidate.ground {
        Ground::Named => 600,
        Ground::Semantic => 150,
        Ground::Dense => 100,
        Ground::Page => 0,
    };
    let prose = candidate.prose * 1000 / most;
    let rest = candidate.rest * 300 / (candidate.rest + candidate.prose).max(1);
    let stated = (candidate.stated * 1000).checked_div(most_stated).unwrap_or(0);
    (prose + bonus + stated).saturating_sub(rest)
}
