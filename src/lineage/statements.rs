//! Pairs of versions → statements: what was said once, and where its words went.
//!
//! Being a version is not transitive: what merges two quotations is a version of both, and they are not versions of
//! each other. So quotations are taken by time, as they were published, and each joins the statements whose *links* it
//! is a version of. A statement's links are its *pillars*, the first publication and what is fuller than that, and the
//! copies of these that are about as long; a part links nothing.
//!
//! What holds the words of several statements is a merger where these stand side by side in it and are all of it: it
//! joins each of them, and ties nothing together. Otherwise it is the fuller version of what was known in pieces, and
//! the pieces are one statement. So what was published whole and falls apart later is one statement; what stood apart
//! and is later merged is two.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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

/// The share of a quotation, in tenths, that statements side by side must cover for it to be their merger.
const COVERED_TENTHS: usize = 9;
/// The share of the shorter of two runs, in tenths, that may be in both where they stand side by side.
const OVERLAP_TENTHS: usize = 2;
/// Links of a statement that are looked up in a quotation that holds several: a bound on the work.
const LOOKED_AT: usize = 6;

/// The groups that `edges` make of quotations with these numbers of words, given in the order of time.
///
/// Every edge is `(lesser, greater)`, ascending by the greater. `place` says where in the first of two quotations the
/// words of the second stand.
pub(super) fn stars(lengths: &[usize], edges: &[Edge], place: &mut impl FnMut(u32, u32) -> Range<u16>) -> Vec<Star> {
    let links = vec![None; lengths.len()];
    let mut gathering = Gathering { lengths, stars: Vec::new(), parents: Vec::new(), links, pillars: BTreeSet::new() };
    let mut edges = edges.iter().peekable();
    let mut earlier = Vec::new();
    for later in (0_u32..).take(lengths.len()) {
        earlier.clear();
        while let Some((one, _)) = edges.next_if(|(_, other)| *other == later) {
            earlier.push(*one);
        }
        gathering.take(later, &earlier, place);
    }
    gathering.finish()
}

struct Gathering<'l> {
    lengths: &'l [usize],
    stars: Vec<Star>,
    /// For each star the one that it was found to be the same as, or itself (Galler, Fischer 1964).
    parents: Vec<u32>,
    /// For each quotation the star that it links to.
    links: Vec<Option<u32>>,
    pillars: BTreeSet<u32>,
}

impl Gathering<'_> {
    /// Takes in the next quotation, which is a version of `earlier` ones.
    fn take(&mut self, at: u32, earlier: &[u32], place: &mut impl FnMut(u32, u32) -> Range<u16>) {
        let mut joined: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for link in earlier {
            if let Some(star) = self.links[*link as usize] {
                joined.entry(self.find(star)).or_default().push(*link);
            }
        }
        if joined.len() > 1 {
            joined = self.pieces(at, joined, place);
        }
        let mut stars = joined.iter();
        match (stars.next(), stars.next()) {
            (None, _) => {
                let star = u32::try_from(self.stars.len()).unwrap_or(u32::MAX);
                self.stars.push(Star { versions: vec![at], candidates: Vec::new() });
                self.parents.push(star);
                self.links[at as usize] = Some(star);
                self.pillars.insert(at);
            }
            (Some((star, links)), None) => {
                let (star, of) = (*star, |link: &u32| self.lengths[*link as usize]);
                let own = self.lengths[at as usize];
                let pillars: Vec<u32> = links.iter().copied().filter(|link| self.pillars.contains(link)).collect();
                if pillars.iter().any(|pillar| !is_part(own, of(pillar))) {
                    self.links[at as usize] = Some(star);
                }
                let first = self.stars[star as usize].versions[0];
                if pillars.contains(&first) && is_part(of(&first), own) {
                    self.pillars.insert(at);
                }
                self.stars[star as usize].versions.push(at);
            }
            _ => joined.keys().for_each(|star| self.stars[*star as usize].versions.push(at)),
        }
    }

    /// The statements that a quotation joins, those made one that it shows to be pieces of one.
    fn pieces(
        &mut self,
        at: u32,
        joined: BTreeMap<u32, Vec<u32>>,
        place: &mut impl FnMut(u32, u32) -> Range<u16>,
    ) -> BTreeMap<u32, Vec<u32>> {
        let own = self.lengths[at as usize];
        let mut runs: Vec<(Range<u16>, u32)> = Vec::new();
        for (star, links) in &joined {
            let held = links.iter().filter(|link| is_part(self.lengths[**link as usize], own)).take(LOOKED_AT);
            let places: Vec<Range<u16>> = held.map(|link| place(at, *link)).collect();
            let run = places.into_iter().reduce(|one, other| one.start.min(other.start)..one.end.max(other.end));
            runs.extend(run.map(|run| (run, *star)));
        }
        runs.sort_by_key(|(run, star)| (run.start, run.end, *star));
        let covered: usize = covered(&runs);
        let apart = runs.windows(2).all(|pair| are_apart(&pair[0].0, &pair[1].0));
        if runs.len() < 2 || (apart && covered * 10 >= own * COVERED_TENTHS) {
            return joined;
        }
        for pair in runs.windows(2) {
            // Of a merger of more, pieces that stand side by side stay apart.
            let side_by_side = covered * 10 >= own * COVERED_TENTHS && are_apart(&pair[0].0, &pair[1].0);
            if !side_by_side {
                self.unite(pair[0].1, pair[1].1);
            }
        }
        let mut united: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (star, links) in joined {
            united.entry(self.find(star)).or_default().extend(links);
        }
        united
    }

    fn find(&mut self, star: u32) -> u32 {
        let mut root = star;
        while self.parents[root as usize] != root {
            let above = self.parents[root as usize];
            self.parents[root as usize] = self.parents[above as usize];
            root = self.parents[root as usize];
        }
        root
    }

    /// Makes two stars one: that of the earlier first publication.
    fn unite(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        if one == other {
            return;
        }
        let (kept, given) = (one.min(other), one.max(other));
        self.parents[given as usize] = kept;
        let versions = std::mem::take(&mut self.stars[given as usize].versions);
        self.stars[kept as usize].versions.extend(versions);
    }

    fn finish(self) -> Vec<Star> {
        let mut stars = self.stars;
        stars.retain(|star| !star.versions.is_empty());
        for star in &mut stars {
            star.versions.sort_unstable();
            star.versions.dedup();
        }
        stars
    }
}

/// How many words runs, ascending by their beginnings, cover together.
fn covered(runs: &[(Range<u16>, u32)]) -> usize {
    let (mut covered, mut end) = (0, 0);
    for (run, _) in runs {
        covered += usize::from(run.end.saturating_sub(run.start.max(end)));
        end = end.max(run.end);
    }
    covered
}

fn are_apart(one: &Range<u16>, other: &Range<u16>) -> bool {
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    let shorter = (one.end - one.start).min(other.end - other.start);
    usize::from(shared) * 10 <= usize::from(shorter) * OVERLAP_TENTHS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of quotations given as runs of a common text: each holds what it overlaps with.
    fn versions(runs: &[Range<u16>]) -> Vec<Vec<u32>> {
        let lengths: Vec<usize> = runs.iter().map(|run| usize::from(run.end - run.start)).collect();
        let is_version = |one: &Range<u16>, other: &Range<u16>| {
            let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
            shared * 10 >= (one.end - one.start).min(other.end - other.start) * 8
        };
        let mut edges = Vec::new();
        for later in 0..runs.len() {
            let earlier = (0..later).filter(|earlier| is_version(&runs[*earlier], &runs[later]));
            edges.extend(earlier.map(|earlier| (u32::try_from(earlier).unwrap(), u32::try_from(later).unwrap())));
        }
        let place = |whole: u32, part: u32| {
            let (whole, part) = (&runs[whole as usize], &runs[part as usize]);
            part.start.max(whole.start) - whole.start..part.end.min(whole.end) - whole.start
        };
        stars(&lengths, &edges, &mut { place }).into_iter().map(|star| star.versions).collect()
    }

    #[test]
    fn what_merges_two_is_of_both_and_ties_them_not_together() {
        assert_eq!(versions(&[0..10, 10..22, 0..22, 0..22, 0..10]), [vec![0, 2, 3, 4], vec![1, 2, 3]]);
    }

    #[test]
    fn two_parts_of_what_was_published_whole_are_of_one_statement() {
        assert_eq!(versions(&[0..20, 0..8, 12..20]), [[0, 1, 2]]);
    }

    #[test]
    fn a_longer_version_links_what_the_first_publication_left_out() {
        assert_eq!(versions(&[0..8, 0..20, 11..20]), [[0, 1, 2]]);
    }

    #[test]
    fn pieces_are_one_statement_once_it_is_published_whole() {
        assert_eq!(versions(&[0..8, 14..20, 0..20, 6..14, 0..20]), [[0, 1, 2, 3, 4]]);
        // They overlap in it.
        assert_eq!(versions(&[0..12, 8..20, 0..20]), [[0, 1, 2]]);
    }

    #[test]
    fn no_chain_of_changes_makes_a_statement() {
        let lengths = [10; 4];
        let stars = stars(&lengths, &[(0, 1), (1, 2), (2, 3)], &mut |_, _| 0..0);

        assert_eq!(stars.into_iter().map(|star| star.versions).collect::<Vec<_>>(), [vec![0, 1, 2], vec![3]]);
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
