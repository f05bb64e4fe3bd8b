//! Pairs of versions → statements: what was said once, and where its words went.
//!
//! Being a version is not transitive: what merges two quotations is a version of both, and they are not versions of
//! each other. So quotations are taken by time, as they were published, and each joins the statements whose *links* it
//! is a version of: the first publication, its copies of about the same length, and a longer version that is of this
//! statement alone. What joins several is linked to by nothing: it ties nothing together. What is published first and
//! falls apart later counts as one statement; what stood apart and is later merged as two.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::versions::{Edge, is_part};
use crate::model::QuoteId;

/// Something that was said, and the quotations that carry it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Word for word, whole or in part, by time: the first publication first.
    pub versions: Vec<QuoteId>,
    /// Reported speech that may be of the same statement, by time.
    pub candidates: Vec<QuoteId>,
}

/// The statements of an index that have two versions at least, or a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Statement>", into = "Vec<Statement>")]
pub struct Statements {
    statements: Vec<Statement>,
    by_quote: BTreeMap<QuoteId, Vec<u32>>,
}

impl From<Vec<Statement>> for Statements {
    fn from(statements: Vec<Statement>) -> Self {
        let mut by_quote: BTreeMap<QuoteId, Vec<u32>> = BTreeMap::new();
        for (at, statement) in (0..).zip(&statements) {
            for quote in statement.versions.iter().chain(&statement.candidates) {
                by_quote.entry(*quote).or_default().push(at);
            }
        }
        Self { statements, by_quote }
    }
}

impl From<Statements> for Vec<Statement> {
    fn from(statements: Statements) -> Self {
        statements.statements
    }
}

impl Statements {
    /// The statements, by the time of their first publication.
    #[must_use]
    pub fn all(&self) -> &[Statement] {
        &self.statements
    }

    /// The statements that a quotation carries, or may report.
    pub fn of(&self, quote: QuoteId) -> impl Iterator<Item = &Statement> {
        let places = self.by_quote.get(&quote).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|at| self.statements.get(*at as usize))
    }
}

/// A group that is being made, of places in the order of time.
#[derive(Debug, Default)]
pub(super) struct Star {
    pub(super) versions: Vec<u32>,
    pub(super) candidates: Vec<u32>,
}

/// The groups that `edges` make of quotations with these numbers of words, given in the order of time.
///
/// Every edge is `(lesser, greater)`, ascending by the greater.
pub(super) fn stars(lengths: &[usize], edges: &[Edge]) -> Vec<Star> {
    let mut stars: Vec<Star> = Vec::new();
    // For each quotation the stars that it links to; empty where it links to none.
    let mut links: Vec<Vec<u32>> = vec![Vec::new(); lengths.len()];
    let mut edges = edges.iter().peekable();
    for (place, at) in (0_u32..).zip(0..lengths.len()) {
        let mut joined: Vec<u32> = Vec::new();
        let mut roots: Vec<u32> = Vec::new();
        while let Some((earlier, _)) = edges.next_if(|(_, later)| *later == place) {
            joined.extend(&links[*earlier as usize]);
            roots.extend(links[*earlier as usize].iter().filter(|star| stars[**star as usize].versions[0] == *earlier));
        }
        joined.sort_unstable();
        joined.dedup();
        match joined.as_slice() {
            [] => {
                links[at].push(u32::try_from(stars.len()).unwrap_or(u32::MAX));
                stars.push(Star { versions: vec![place], candidates: Vec::new() });
            }
            // What is a version of the first publication itself, and not a mere part of it.
            [star]
                if roots.contains(star)
                    && !is_part(lengths[at], lengths[stars[*star as usize].versions[0] as usize]) =>
            {
                links[at].push(*star);
                stars[*star as usize].versions.push(place);
            }
            several => several.iter().for_each(|star| stars[*star as usize].versions.push(place)),
        }
    }
    stars
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(lengths: &[usize], edges: &[(u32, u32)]) -> Vec<Vec<u32>> {
        stars(lengths, edges).into_iter().map(|star| star.versions).collect()
    }

    #[test]
    fn what_merges_two_is_of_both_and_ties_them_not_together() {
        // 0 and 1 apart, 2 merges them, 3 is a copy of the merger, 4 of the first.
        let edges = [(0, 2), (1, 2), (0, 3), (1, 3), (2, 3), (0, 4), (2, 4), (3, 4)];

        assert_eq!(versions(&[10, 12, 22, 22, 10], &edges), [vec![0, 2, 3, 4], vec![1, 2, 3]]);
    }

    #[test]
    fn two_parts_of_what_was_published_whole_are_of_one_statement() {
        assert_eq!(versions(&[20, 8, 8], &[(0, 1), (0, 2)]), [[0, 1, 2]]);
    }

    #[test]
    fn a_longer_version_links_what_the_first_publication_left_out() {
        assert_eq!(versions(&[8, 20, 9], &[(0, 1), (1, 2)]), [[0, 1, 2]]);
    }

    #[test]
    fn no_chain_of_changes_makes_a_statement() {
        assert_eq!(versions(&[10; 4], &[(0, 1), (1, 2), (2, 3)]), [vec![0, 1, 2], vec![3]]);
    }

    #[test]
    fn a_quotation_finds_its_statements_again() {
        let quote = |n| QuoteId { passage: "0b3k5m7p9r2t.4".parse().unwrap(), n };
        let statement = |versions: &[u32]| Statement {
            versions: versions.iter().map(|n| quote(*n)).collect(),
            candidates: vec![quote(9)],
        };
        let statements = Statements::from(vec![statement(&[1, 2]), statement(&[3, 2])]);

        assert_eq!(statements.of(quote(2)).count(), 2);
        assert_eq!(statements.of(quote(9)).count(), 2);
        assert_eq!(statements.of(quote(1)).count(), 1);
        assert_eq!(statements.of(quote(7)).count(), 0);
    }
}
