//! The matches of a clause in one document: from which first position to which last ones.
//!
//! Two matches with the same ends are one, so that a clause has at most as many matches as pairs of positions; the
//! last positions of one first position are kept as bits, and a document of one word ten thousand times stays small.

use std::collections::BTreeMap;

/// Positions, as bits from a base on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// Index of the first word of bits, in units of 64 positions.
    base: usize,
    bits: Vec<u64>,
}

impl Row {
    pub(super) fn of(position: u32) -> Self {
        let mut row = Self::default();
        row.insert(position);
        row
    }

    pub(super) fn insert(&mut self, position: u32) {
        let word = position as usize / 64;
        self.cover(word, word + 1);
        self.bits[word - self.base] |= 1 << (position % 64);
    }

    pub(super) fn union(&mut self, other: &Self) {
        if other.bits.is_empty() {
            return;
        }
        self.cover(other.base, other.base + other.bits.len());
        let offset = other.base - self.base;
        for (own, other) in self.bits[offset..].iter_mut().zip(&other.bits) {
            *own |= other;
        }
    }

    /// The bits of both.
    pub(super) fn intersection(&self, other: &Self) -> Self {
        let (from, to) = self.common(other);
        let bits = (from..to).map(|word| self.word(word) & other.word(word)).collect();
        Self { base: from, bits }
    }

    pub(super) fn intersects(&self, other: &Self) -> bool {
        let (from, to) = self.common(other);
        (from..to).any(|word| self.word(word) & other.word(word) != 0)
    }

    /// The first position from `from` on.
    pub(super) fn first_from(&self, from: u32) -> Option<u32> {
        let start = (from as usize / 64).max(self.base);
        let masked = |word: usize| {
            let bits = self.word(word);
            if word == from as usize / 64 { bits & (u64::MAX << (from % 64)) } else { bits }
        };
        let word = (start..self.base + self.bits.len()).find(|word| masked(*word) != 0)?;
        Some(position(word) + masked(word).trailing_zeros())
    }

    /// The last position up to `to`.
    pub(super) fn last_upto(&self, to: u32) -> Option<u32> {
        let end = (to as usize / 64 + 1).min(self.base + self.bits.len());
        let masked = |word: usize| {
            let bits = self.word(word);
            if word == to as usize / 64 { bits & (u64::MAX >> (63 - to % 64)) } else { bits }
        };
        let word = (self.base..end).rev().find(|word| masked(*word) != 0)?;
        Some(position(word) + 63 - masked(word).leading_zeros())
    }

    /// Whether all of `other` is in it.
    pub(super) fn holds(&self, other: &Self) -> bool {
        (other.base..).zip(&other.bits).all(|(word, bits)| bits & !self.word(word) == 0)
    }

    pub(super) fn contains(&self, position: u32) -> bool {
        self.word(position as usize / 64) & (1 << (position % 64)) != 0
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }

    pub(super) fn len(&self) -> u32 {
        self.bits.iter().map(|bits| bits.count_ones()).sum()
    }

    /// The positions, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (self.base..).zip(&self.bits).flat_map(|(word, bits)| Ones { bits: *bits, base: position(word) })
    }

    fn word(&self, word: usize) -> u64 {
        word.checked_sub(self.base).and_then(|index| self.bits.get(index)).copied().unwrap_or(0)
    }

    fn common(&self, other: &Self) -> (usize, usize) {
        let to = (self.base + self.bits.len()).min(other.base + other.bits.len());
        (self.base.max(other.base).min(to), to)
    }

    /// Makes room for the words of bits from `from` to `to`.
    fn cover(&mut self, from: usize, to: usize) {
        if self.bits.is_empty() {
            self.base = from;
        }
        if from < self.base {
            self.bits.splice(0..0, std::iter::repeat_n(0, self.base - from));
            self.base = from;
        }
        if to > self.base + self.bits.len() {
            self.bits.resize(to - self.base, 0);
        }
    }
}

impl FromIterator<u32> for Row {
    fn from_iter<I: IntoIterator<Item = u32>>(positions: I) -> Self {
        let mut row = Self::default();
        positions.into_iter().for_each(|position| row.insert(position));
        row
    }
}

fn position(word: usize) -> u32 {
    u32::try_from(word * 64).unwrap_or(u32::MAX)
}

/// The positions of one word of bits.
struct Ones {
    bits: u64,
    base: u32,
}

impl Iterator for Ones {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.bits == 0 {
            return None;
        }
        let bit = self.bits.trailing_zeros();
        self.bits &= self.bits - 1;
        Some(self.base + bit)
    }
}

/// Matches by their first position, in order; no row is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Relation {
    rows: Vec<(u32, Row)>,
}

impl Relation {
    /// Matches of one word each.
    pub(super) fn of_words(positions: &[u32]) -> Self {
        Self { rows: positions.iter().map(|position| (*position, Row::of(*position))).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many matches there are.
    pub(super) fn len(&self) -> u32 {
        self.rows.iter().fold(0, |sum: u32, (_, row)| sum.saturating_add(row.len()))
    }

    pub(super) fn rows(&self) -> &[(u32, Row)] {
        &self.rows
    }

    /// The first and the last position of each match that holds no other, in no order.
    pub(super) fn shortest(&self) -> impl Iterator<Item = (u32, u32)> {
        let mut earliest = u32::MAX;
        self.rows.iter().rev().filter_map(move |(first, row)| {
            let last = row.first_from(*first).filter(|last| *last < earliest)?;
            earliest = last;
            Some((*first, last))
        })
    }

    /// The rows whose first positions are from `from` to before `to`.
    pub(super) fn between(&self, from: u32, to: u32) -> std::ops::Range<usize> {
        let at = |position: u32| self.rows.partition_point(|(first, _)| *first < position);
        at(from)..at(to).max(at(from))
    }

    pub(super) fn row(&self, first: u32) -> Option<&Row> {
        let index = self.rows.binary_search_by_key(&first, |(first, _)| *first).ok()?;
        self.rows.get(index).map(|(_, row)| row)
    }

    /// Every last position, in order.
    pub(super) fn lasts(&self) -> Row {
        let mut all = Row::default();
        self.rows.iter().for_each(|(_, row)| all.union(row));
        all
    }

    pub(super) fn union<'r>(relations: impl IntoIterator<Item = &'r Self>) -> Self {
        let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
        for (first, row) in relations.into_iter().flat_map(|relation| &relation.rows) {
            rows.entry(*first).or_default().union(row);
        }
        Self { rows: rows.into_iter().collect() }
    }

    /// The matches that are in both.
    pub(super) fn intersection(&self, other: &Self) -> Self {
        let common = |(first, row): &(u32, Row)| Some((*first, row.intersection(other.row(*first)?)));
        self.rows.iter().filter_map(common).collect()
    }
}

impl FromIterator<(u32, Row)> for Relation {
    /// Rows in the order of their first positions.
    fn from_iter<I: IntoIterator<Item = (u32, Row)>>(rows: I) -> Self {
        Self { rows: rows.into_iter().filter(|(_, row)| !row.is_empty()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_that_holds_another_is_not_among_the_shortest() {
        let mut two = Row::of(9);
        two.insert(4);
        let relation: Relation = [(1, two), (3, Row::of(9)), (5, Row::of(7)), (6, Row::of(7))].into_iter().collect();

        let mut shortest: Vec<_> = relation.shortest().collect();

        shortest.sort_unstable();
        assert_eq!(shortest, [(1, 4), (6, 7)]);
    }

    #[test]
    fn a_row_holds_positions_in_order_whatever_came_first() {
        let mut row = Row::of(200);
        row.insert(3);
        row.insert(64);

        assert_eq!(row.iter().collect::<Vec<_>>(), [3, 64, 200]);
        assert!(row.contains(64) && !row.contains(65));
        assert!(row.intersects(&Row::of(3)) && !row.intersects(&Row::of(500)));
        assert_eq!([row.first_from(4), row.first_from(64), row.first_from(201)], [Some(64), Some(64), None]);
        assert_eq!([row.last_upto(199), row.last_upto(64), row.last_upto(2)], [Some(64), Some(64), None]);
        assert_eq!(row.intersection(&Row::of(200)).iter().collect::<Vec<_>>(), [200]);
    }
}
