//! Quotations → entries: what carries one statement becomes one.
//!
//! Direct quotations are versions of one statement where `lineage` found them to be; of others, and of turns, the same
//! words of the same speaker are.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::SaidId;
use super::gather::{Found, Wording};
use crate::engine::Sort;
use crate::lineage::{Statement, Statements};
use crate::model::QuoteId;

/// A statement, and which of its versions match.
#[derive(Debug, PartialEq)]
pub(super) struct Entry<'s> {
    /// The first publication that matches.
    pub(super) first: Found,
    /// The others that match, by time.
    pub(super) others: Vec<Found>,
    /// The statement, where `lineage` knows it.
    pub(super) statement: Option<&'s Statement>,
    /// The statement that this may report.
    pub(super) may_report: Option<QuoteId>,
    rank: usize,
}

impl Entry<'_> {
    pub(super) fn key(&self) -> Option<&str> {
        self.first.key.as_deref()
    }

    /// Whether no earlier version is known, matching or not.
    pub(super) fn is_first(&self) -> bool {
        let known = self.statement.and_then(|statement| statement.versions.first());
        known.is_none_or(|known| SaidId::Quote(*known) == self.first.id)
    }
}

/// The entries that `found` make, in the order that was asked for.
pub(super) fn entries(found: Vec<Found>, statements: &Statements, sort: Sort) -> Vec<Entry<'_>> {
    let mut versions: BTreeMap<QuoteId, (&Statement, HashMap<QuoteId, Found>)> = BTreeMap::new();
    let mut alike: BTreeMap<Wording, Vec<Found>> = BTreeMap::new();
    let (mut mergers, mut entries) = (Vec::new(), Vec::new());
    let mut members = Members::default();
    for found in found {
        let own = members.statements_of(&found, statements);
        match (own.as_slice(), found.id, &found.wording) {
            ([one], SaidId::Quote(id), _) => {
                versions.entry(one.versions[0]).or_insert_with(|| (*one, HashMap::new())).1.insert(id, found);
            }
            ([_, _, ..], SaidId::Quote(id), _) => mergers.push((own, id, found)),
            (_, _, Some(wording)) => alike.entry(wording.clone()).or_default().push(found),
            (_, _, None) => entries.extend(entry(vec![found], None, statements, sort)),
        }
    }
    // They join what stands without them, whichever comes first: the order of `found` tells nothing.
    let found_alone: BTreeSet<QuoteId> = versions.keys().copied().collect();
    for (own, id, found) in mergers {
        let mut joined: Vec<&Statement> =
            own.iter().copied().filter(|statement| found_alone.contains(&statement.versions[0])).collect();
        if joined.is_empty() {
            joined.extend(own.first());
        }
        for statement in joined {
            let known = versions.entry(statement.versions[0]).or_insert_with(|| (statement, HashMap::new()));
            known.1.insert(id, found.clone());
        }
    }
    for (statement, mut known) in versions.into_values() {
        let by_time = statement.versions.iter().filter_map(|id| known.remove(id)).collect();
        entries.extend(entry(by_time, Some(statement), statements, sort));
    }
    for mut same in alike.into_values() {
        same.sort_by_key(|found| (found.published.is_none(), found.published, found.id));
        entries.extend(entry(same, None, statements, sort));
    }
    entries.sort_by_key(|entry| (entry.rank, entry.first.id));
    entries
}

/// The versions of the statements that were asked for, by their first ones: a statement can have thousands.
#[derive(Default)]
struct Members(HashMap<QuoteId, HashSet<QuoteId>>);

impl Members {
    /// The statements of which a quotation is a version.
    fn statements_of<'s>(&mut self, found: &Found, statements: &'s Statements) -> Vec<&'s Statement> {
        let SaidId::Quote(id) = found.id else { return Vec::new() };
        let mut holds = |statement: &Statement| {
            let Some(first) = statement.versions.first() else { return false };
            let versions = self.0.entry(*first);
            versions.or_insert_with(|| statement.versions.iter().copied().collect()).contains(&id)
        };
        statements.of(id).filter(|statement| holds(statement)).collect()
    }
}

/// The entry of what was found of one statement, by time; `None` where that is nothing.
fn entry<'s>(
    by_time: Vec<Found>,
    statement: Option<&'s Statement>,
    statements: &Statements,
    sort: Sort,
) -> Option<Entry<'s>> {
    let best = by_time.iter().map(|found| found.rank).min()?;
    let mut by_time = by_time.into_iter();
    let first = by_time.next()?;
    let rank = if sort == Sort::Relevance { best } else { first.rank };
    let may_report = match (first.id, statement) {
        (SaidId::Quote(id), None) => statements.of(id).find_map(|other| other.versions.first().copied()),
        _ => None,
    };
    Some(Entry { first, others: by_time.collect(), statement, may_report, rank })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SpeakerId;

    fn quote(n: u32) -> QuoteId {
        QuoteId { passage: "0b3k5m7p9r2t.4".parse().unwrap(), n }
    }

    fn found(n: u32, rank: usize, wording: Option<u64>) -> Found {
        Found {
            id: SaidId::Quote(quote(n)),
            key: None,
            rank,
            published: Some(i64::from(n)),
            matches: Vec::new(),
            wording: wording.map(|hash| (Some(SpeakerId::new("omer-kaldan")), hash)),
        }
    }

    fn statement(versions: &[u32], candidates: &[u32]) -> Statement {
        let ids = |numbers: &[u32]| numbers.iter().map(|n| quote(*n)).collect();
        Statement { versions: ids(versions), candidates: ids(candidates) }
    }

    /// The numbers of the quotations of each entry.
    fn numbers(entries: &[Entry<'_>]) -> Vec<Vec<u32>> {
        let number = |found: &Found| match found.id {
            SaidId::Quote(id) => id.n,
            SaidId::Turn(_) => 0,
        };
        entries.iter().map(|entry| std::iter::once(&entry.first).chain(&entry.others).map(number).collect()).collect()
    }

    #[test]
    fn versions_are_one_entry_by_time_and_stand_where_the_best_ranks() {
        let statements = Statements::from(vec![statement(&[1, 2, 9, 3], &[])]);

        let found = || vec![found(3, 0, None), found(4, 1, None), found(1, 2, None), found(2, 3, None)];

        assert_eq!(numbers(&entries(found(), &statements, Sort::Relevance)), [vec![1, 2, 3], vec![4]]);
        assert_eq!(numbers(&entries(found(), &statements, Sort::Newest)), [vec![4], vec![1, 2, 3]]);
    }

    #[test]
    fn what_merges_two_statements_is_in_both_and_alone_where_neither_matches() {
        let statements = Statements::from(vec![statement(&[1, 3], &[]), statement(&[2, 3], &[])]);

        let both = entries(vec![found(1, 0, None), found(2, 1, None), found(3, 2, None)], &statements, Sort::Relevance);
        let alone = entries(vec![found(3, 0, None)], &statements, Sort::Relevance);

        assert_eq!(numbers(&both), [[1, 3], [2, 3]]);
        assert_eq!(numbers(&alone), [[3]]);
    }

    #[test]
    fn the_order_in_which_mergers_are_found_changes_no_entry() {
        let statements =
            Statements::from(vec![statement(&[1, 3, 5], &[]), statement(&[2, 3, 4], &[]), statement(&[6, 4, 5], &[])]);
        let of = |order: [u32; 3]| {
            let found = order.iter().map(|n| found(*n, *n as usize, None)).collect();
            numbers(&entries(found, &statements, Sort::Relevance))
        };

        let first = of([3, 4, 5]);
        for order in [[3, 5, 4], [4, 3, 5], [4, 5, 3], [5, 3, 4], [5, 4, 3]] {
            assert_eq!(of(order), first, "{order:?}");
        }
    }

    #[test]
    fn the_same_words_of_a_speaker_are_one_entry_and_a_report_names_what_it_may_be_of() {
        let statements = Statements::from(vec![statement(&[1], &[2])]);

        let entries =
            entries(vec![found(2, 0, Some(7)), found(5, 1, Some(7)), found(6, 2, None)], &statements, Sort::Relevance);

        assert_eq!(numbers(&entries), [vec![2, 5], vec![6]]);
        assert_eq!(entries[0].may_report, Some(quote(1)));
    }
}
