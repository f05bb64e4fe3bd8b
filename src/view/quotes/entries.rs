//! Quotations → entries: what carries one statement becomes one.
//!
//! Direct quotations are versions of one statement where `lineage` found them to be; of others, and of turns, the same
//! words of the same speaker are.

use std::collections::{BTreeMap, HashMap};

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
    for found in found {
        let own = of(&found, statements);
        match (own.as_slice(), found.id, &found.wording) {
            ([one], SaidId::Quote(id), _) => {
                versions.entry(one.versions[0]).or_insert_with(|| (*one, HashMap::new())).1.insert(id, found);
            }
            ([_, _, ..], SaidId::Quote(id), _) => mergers.push((own, id, found)),
            (_, _, Some(wording)) => alike.entry(wording.clone()).or_default().push(found),
            (_, _, None) => entries.extend(entry(vec![found], None, statements, sort)),
        }
    }
    for (own, id, found) in mergers {
        let mut joined = false;
        for statement in &own {
            if let Some((_, known)) = versions.get_mut(&statement.versions[0]) {
                known.insert(id, found.clone());
                joined = true;
            }
        }
        if !joined {
            versions.insert(own[0].versions[0], (own[0], HashMap::from([(id, found)])));
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

/// The statements of which a quotation is a version.
fn of<'s>(found: &Found, statements: &'s Statements) -> Vec<&'s Statement> {
    let SaidId::Quote(id) = found.id else { return Vec::new() };
    statements.of(id).filter(|statement| statement.versions.contains(&id)).collect()
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
    fn the_same_words_of_a_speaker_are_one_entry_and_a_report_names_what_it_may_be_of() {
        let statements = Statements::from(vec![statement(&[1], &[2])]);

        let entries =
            entries(vec![found(2, 0, Some(7)), found(5, 1, Some(7)), found(6, 2, None)], &statements, Sort::Relevance);

        assert_eq!(numbers(&entries), [vec![2, 5], vec![6]]);
        assert_eq!(entries[0].may_report, Some(quote(1)));
    }
}
