//! Which candidate is the body.
//!
//! Elements that are named as the body are believed where they hold a fair share of what the densest
//! element holds; among those, the one with the most prose for the least of everything else.

use super::candidates::{Candidate, Ground};

/// The best of `candidates`; `None` where none of them holds prose.
pub(super) fn choose(candidates: &[Candidate]) -> Option<&Candidate> {
    let most = candidates.iter().map(|candidate| candidate.prose).max().filter(|prose| *prose > 0)?;
    candidates
        .iter()
        .enumerate()
        .max_by_key(|(index, candidate)| (score(candidate, most), usize::MAX - index))
        .map(|(_, best)| best)
}

/// In thousandths of the page's prose.
fn score(candidate: &Candidate, most: usize) -> usize {
    let bonus = match candidate.ground {
        Ground::Named => 600,
        Ground::Semantic => 150,
        Ground::Dense => 100,
        Ground::Page => 0,
    };
    let prose = candidate.prose * 1000 / most;
    let rest = candidate.rest * 300 / (candidate.rest + candidate.prose).max(1);
    (prose + bonus).saturating_sub(rest)
}
