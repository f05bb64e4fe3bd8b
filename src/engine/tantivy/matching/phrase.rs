//! Words in a fixed order: slots of alternatives, with gaps and slop.
//!
//! A match that begins at `first` may have its next slot begin anywhere behind the words before it and not later than
//! `first` + the words of the slots before + slop. That bound does not depend on where the slots before stand, so
//! that of each slot only the earliest end counts (and, looking back, the latest start): no paths are listed.

use std::collections::BTreeMap;

use super::Leaf;
use super::relation::{Relation, Row};

/// A phrase over the leaves of a plan.
#[derive(Debug, Clone)]
pub(in crate::engine::tantivy) struct Phrase {
    pub(super) slots: Vec<Slot>,
    pub(super) slop: u32,
}

/// One step of it.
#[derive(Debug, Clone)]
pub(in crate::engine::tantivy) enum Slot {
    /// One word, whichever.
    Gap,
    /// One of several runs of words next to each other; no run is empty.
    Runs(Vec<Vec<Leaf>>),
}

/// Where the alternatives of a slot stand in one document, by their length in words.
enum Places {
    Anywhere,
    At(BTreeMap<u32, Vec<u32>>),
}

/// A phrase in one document.
pub(super) struct Standing<'p> {
    phrase: &'p Phrase,
    places: Vec<Places>,
}

/// The length of a slot in words and where it may begin; anywhere for a gap.
type Fixed<'s> = (u32, Option<&'s [u32]>);

/// By the number of words in the slots so far: the earliest end, or the latest start of what follows.
type Frontier = BTreeMap<u32, u32>;

impl Phrase {
    /// The phrase where each leaf stands at `positions`.
    pub(super) fn standing<'l>(&self, positions: impl Fn(Leaf) -> &'l [u32]) -> Standing<'_> {
        let places = |slot: &Slot| {
            let Slot::Runs(runs) = slot else { return Places::Anywhere };
            let mut by_length: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for run in runs {
                let words: Vec<&[u32]> = run.iter().map(|leaf| positions(*leaf)).collect();
                by_length.entry(length(run)).or_default().extend(starts(&words));
            }
            for starts in by_length.values_mut() {
                starts.sort_unstable();
                starts.dedup();
            }
            Places::At(by_length)
        };
        Standing { phrase: self, places: self.slots.iter().map(places).collect() }
    }

    /// How many matches there are, without listing them; `None` where a slot is more than one word.
    ///
    /// Later firsts have later earliest ends, so that every word's positions are passed once.
    pub(super) fn count<'l>(&self, positions: impl Fn(Leaf) -> &'l [u32]) -> Option<u32> {
        let one_word = |slot: &Slot| match slot {
            Slot::Runs(runs) => match runs.as_slice() {
                [run] => <[Leaf; 1]>::try_from(run.as_slice()).ok(),
                _ => None,
            },
            Slot::Gap => None,
        };
        let words: Option<Vec<&[u32]>> =
            self.slots.iter().map(|slot| one_word(slot).map(|[leaf]| positions(leaf))).collect();
        let words = words?;
        let (firsts, behind) = words.split_first()?;
        let Some((lasts, between)) = behind.split_last() else { return Some(length_of(firsts)) };
        let limit = |first: u32, slot: usize| {
            first.saturating_add(u32::try_from(slot).unwrap_or(u32::MAX)).saturating_add(self.slop)
        };
        let mut passed = vec![0; between.len()];
        let (mut before, mut within) = (0, 0);
        let mut count = 0_u32;
        'firsts: for first in *firsts {
            let mut end = *first;
            for (slot, (positions, passed)) in (1..).zip(between.iter().zip(&mut passed)) {
                pass(positions, passed, end);
                match positions.get(*passed) {
                    Some(next) if *next <= limit(*first, slot) => end = *next,
                    _ => continue 'firsts,
                }
            }
            pass(lasts, &mut before, end);
            within = within.max(before);
            pass(lasts, &mut within, limit(*first, words.len() - 1));
            count = count.saturating_add(length_of(&lasts[before..within]));
        }
        Some(count)
    }
}

/// Moves `passed` behind the positions up to `end`.
fn pass(positions: &[u32], passed: &mut usize, end: u32) {
    while positions.get(*passed).is_some_and(|position| *position <= end) {
        *passed += 1;
    }
}

fn length_of(positions: &[u32]) -> u32 {
    u32::try_from(positions.len()).unwrap_or(u32::MAX)
}

fn length(run: &[Leaf]) -> u32 {
    u32::try_from(run.len()).unwrap_or(u32::MAX)
}

/// Where words that stand at `words` stand next to each other.
fn starts(words: &[&[u32]]) -> Vec<u32> {
    let Some((first, others)) = words.split_first() else { return Vec::new() };
    let follows = |start: u32| {
        (1u32..).zip(others).all(|(offset, positions)| positions.binary_search(&start.saturating_add(offset)).is_ok())
    };
    first.iter().copied().filter(|start| follows(*start)).collect()
}

impl Places {
    /// Calls `each` with the start and length of the alternatives that begin from `from` to `to`.
    fn for_each(&self, from: u32, to: u32, mut each: impl FnMut(u32, u32)) {
        match self {
            Self::Anywhere => (from..=to).for_each(|start| each(start, 1)),
            Self::At(by_length) => {
                for (length, starts) in by_length {
                    let begin = starts.partition_point(|start| *start < from);
                    starts[begin..].iter().take_while(|start| **start <= to).for_each(|start| each(*start, *length));
                }
            }
        }
    }

    /// The earliest start from `from` to `to` of each length.
    fn earliest(&self, from: u32, to: u32, mut each: impl FnMut(u32, u32)) {
        match self {
            Self::Anywhere if from <= to => each(from, 1),
            Self::Anywhere => {}
            Self::At(by_length) => {
                for (length, starts) in by_length {
                    let next = starts.get(starts.partition_point(|start| *start < from));
                    if let Some(start) = next.filter(|start| **start <= to) {
                        each(*start, *length);
                    }
                }
            }
        }
    }

    /// The latest start from `from` to `to` that ends before what `bound` gives for its length.
    fn latest(&self, from: u32, to: u32, bound: impl Fn(u32) -> Option<u32>) -> Option<u32> {
        let fits = |length: u32| bound(length).and_then(|bound| bound.checked_sub(length)).map(|last| last.min(to));
        match self {
            Self::Anywhere => fits(1).filter(|start| *start >= from),
            Self::At(by_length) => by_length
                .iter()
                .filter_map(|(length, starts)| {
                    let last = fits(*length)?;
                    let end = starts.partition_point(|start| *start <= last);
                    starts[..end].last().copied().filter(|start| *start >= from)
                })
                .max(),
        }
    }

    fn firsts(&self) -> Vec<u32> {
        let Self::At(by_length) = self else { return Vec::new() };
        let mut firsts: Vec<u32> = by_length.values().flatten().copied().collect();
        firsts.sort_unstable();
        firsts.dedup();
        firsts
    }
}

impl Standing<'_> {
    /// All matches.
    pub(super) fn relation(&self) -> Relation {
        let mut firsts = self.places.first().map(Places::firsts).unwrap_or_default();
        let Some(fixed) = self.fixed() else {
            return firsts.into_iter().map(|first| (first, self.lasts(first))).collect();
        };
        let mut behind = 0;
        for (length, starts) in fixed {
            if let Some(starts) = starts {
                let mut passed = 0;
                firsts.retain(|first| {
                    let start = first.saturating_add(behind);
                    passed += starts[passed..].iter().take_while(|other| **other < start).count();
                    starts.get(passed) == Some(&start)
                });
            }
            behind += length;
        }
        firsts.into_iter().map(|first| (first, Row::of(first + behind - 1))).collect()
    }

    /// The slots, where every match has the same shape: most phrases have no slop and no alternatives.
    fn fixed(&self) -> Option<Vec<Fixed<'_>>> {
        fn slot(places: &Places) -> Option<Fixed<'_>> {
            match places {
                Places::Anywhere => Some((1, None)),
                Places::At(by_length) if by_length.len() == 1 => {
                    by_length.first_key_value().map(|(length, starts)| (*length, Some(starts.as_slice())))
                }
                Places::At(_) => None,
            }
        }
        self.places.iter().map(slot).collect::<Option<_>>().filter(|_| self.phrase.slop == 0)
    }

    /// The last slot that may begin at `words` words behind `first`.
    fn limit(&self, first: u32, words: u32) -> u32 {
        first.saturating_add(words).saturating_add(self.phrase.slop)
    }

    /// Before each slot, the earliest end of the slots before it.
    fn ends(&self, first: u32) -> Vec<Frontier> {
        let mut frontiers: Vec<Frontier> = Vec::with_capacity(self.places.len());
        for (index, places) in self.places.iter().enumerate() {
            let mut next = Frontier::new();
            let mut reach = |words: u32, start: u32, length: u32| {
                let end = next.entry(words + length).or_insert(u32::MAX);
                *end = (*end).min(start + length - 1);
            };
            match frontiers.last() {
                None => places.for_each(first, first, |start, length| reach(0, start, length)),
                Some(before) => before.iter().for_each(|(words, end)| {
                    places.earliest(end + 1, self.limit(first, *words), |start, length| reach(*words, start, length));
                }),
            }
            if next.is_empty() {
                return Vec::new();
            }
            // What follows the last slot is nothing.
            if index + 1 < self.places.len() {
                frontiers.push(next);
            } else {
                frontiers.push(Frontier::new());
            }
        }
        frontiers
    }

    /// The ends of the matches that begin at `first`.
    fn lasts(&self, first: u32) -> Row {
        let mut lasts = Row::default();
        let ends = self.ends(first);
        let Some(places) = self.places.last().filter(|_| !ends.is_empty()) else { return lasts };
        self.for_each_start(first, &ends, self.places.len() - 1, places, |_, start, length| {
            lasts.insert(start + length - 1);
        });
        lasts
    }

    /// Calls `each` with the words before, the start and the length of what slot `index` may hold.
    fn for_each_start(
        &self,
        first: u32,
        ends: &[Frontier],
        index: usize,
        places: &Places,
        mut each: impl FnMut(u32, u32, u32),
    ) {
        match index.checked_sub(1).and_then(|before| ends.get(before)) {
            None => places.for_each(first, first, |start, length| each(0, start, length)),
            Some(before) => before.iter().for_each(|(words, end)| {
                places.for_each(end + 1, self.limit(first, *words), |start, length| each(*words, start, length));
            }),
        }
    }

    /// Calls `mark` with the position of every word in one of the matches `wanted`.
    pub(super) fn mark(&self, wanted: &Relation, mut mark: impl FnMut(u32)) {
        if let Some(fixed) = self.fixed() {
            for (first, _) in wanted.rows() {
                let mut start = *first;
                for (length, starts) in &fixed {
                    if starts.is_some() {
                        (start..start + length).for_each(&mut mark);
                    }
                    start += length;
                }
            }
            return;
        }
        for (first, lasts) in wanted.rows() {
            let ends = self.ends(*first);
            if ends.is_empty() {
                continue;
            }
            let starts = self.starts_after(*first, &ends, lasts);
            for (index, places) in self.places.iter().enumerate() {
                if matches!(places, Places::Anywhere) {
                    continue;
                }
                self.for_each_start(*first, &ends, index, places, |words, start, length| {
                    let goes_on = match starts.get(index) {
                        Some(next) => next.get(&(words + length)).is_some_and(|next| start + length - 1 < *next),
                        None => lasts.contains(start + length - 1),
                    };
                    if goes_on {
                        (start..start + length).for_each(&mut mark);
                    }
                });
            }
        }
    }

    /// Behind each slot but the last, the latest start of the next from which a wanted end is reached.
    fn starts_after(&self, first: u32, ends: &[Frontier], lasts: &Row) -> Vec<Frontier> {
        let mut starts: Vec<Frontier> = vec![Frontier::new(); self.places.len().saturating_sub(1)];
        for index in (0..starts.len()).rev() {
            let places = &self.places[index + 1];
            let mut frontier = Frontier::new();
            for (words, end) in &ends[index] {
                let limit = self.limit(first, *words);
                let latest = if let Some(next) = starts.get(index + 1) {
                    places.latest(end + 1, limit, |length| next.get(&(words + length)).copied())
                } else {
                    let mut latest = None;
                    places.for_each(end + 1, limit, |start, length| {
                        if lasts.contains(start + length - 1) {
                            latest = latest.max(Some(start));
                        }
                    });
                    latest
                };
                if let Some(latest) = latest {
                    frontier.insert(*words, latest);
                }
            }
            starts[index] = frontier;
        }
        starts
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn matches_are_counted_as_they_are_listed(
            slots in prop::collection::vec(0usize..3, 1..5),
            positions in prop::collection::vec(prop::collection::btree_set(0u32..40, 0..15), 3),
            slop in 0u32..12,
        ) {
            let positions: Vec<Vec<u32>> = positions.into_iter().map(|of_one| of_one.into_iter().collect()).collect();
            let phrase = Phrase { slots: slots.into_iter().map(word).collect(), slop };
            let standing = phrase.standing(|leaf| &positions[leaf]);

            prop_assert_eq!(phrase.count(|leaf| &positions[leaf]), Some(standing.relation().len()));
        }
    }

    fn word(leaf: Leaf) -> Slot {
        Slot::Runs(vec![vec![leaf]])
    }

    fn found(phrase: &Phrase, positions: &[&[u32]]) -> (Vec<(u32, u32)>, Vec<u32>) {
        let standing = phrase.standing(|leaf| positions[leaf]);
        let relation = standing.relation();
        let mut marks = Vec::new();
        standing.mark(&relation, |position| marks.push(position));
        marks.sort_unstable();
        marks.dedup();
        let pairs = relation.rows().iter().flat_map(|(first, row)| row.iter().map(|last| (*first, last))).collect();
        (pairs, marks)
    }

    #[test]
    fn a_gap_is_exactly_one_word_and_is_not_marked() {
        let phrase = Phrase { slots: vec![word(0), Slot::Gap, word(1)], slop: 0 };

        assert_eq!(found(&phrase, &[&[0, 5, 10], &[1, 7, 13]]), (vec![(5, 7)], vec![5, 7]));
    }

    #[test]
    fn slop_is_shared_by_all_slots() {
        let phrase = Phrase { slots: vec![word(0), word(1), word(2)], slop: 2 };

        assert_eq!(found(&phrase, &[&[0], &[2], &[4]]).0, [(0, 4)]);
        assert_eq!(found(&phrase, &[&[0], &[2], &[5]]).0, []);
    }

    #[test]
    fn runs_of_several_lengths_take_the_place_of_one_another() {
        let slots = vec![word(0), Slot::Runs(vec![vec![1], vec![1, 2]]), word(3)];
        let phrase = Phrase { slots, slop: 0 };

        assert_eq!(found(&phrase, &[&[0, 10], &[1, 11], &[12], &[2, 13]]).0, [(0, 2), (10, 13)]);
    }
}
