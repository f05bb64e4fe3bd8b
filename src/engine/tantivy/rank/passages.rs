//! First stage over passages: the best by their own words, and how many match.
//!
//! A union of words is pruned by `MaxScore` (Turtle & Flood 1995, "Query evaluation: strategies and optimizations"):
//! words whose ceilings together cannot lift a passage among the best are looked up, but bring up no passages.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocAddress, DocId, Searcher, TERMINATED};

use super::cursor::{Cursor, TextCursor, cursors, listings};
use super::model::Model;
use super::{ByField, Candidate, Columns, FIELDS, Matching, Rank, Ranked, TEXT, matches};
use crate::engine::Sort;

/// Sums of the same numbers in another order differ by less than this, of scores far below a million.
const ROUNDING: f64 = 1e-9;

/// The best `limit` passages.
pub(super) fn rank(
    searcher: &Searcher,
    columns: &[Columns],
    (model, matching): (&Model, &Matching),
    limit: usize,
) -> tantivy::Result<Ranked> {
    let mut best =
        Best { limit, prunes: model.sort == Sort::Relevance, heap: BinaryHeap::with_capacity(limit.min(1 << 16) + 1) };
    let asked = || model.units.iter().filter(|unit| !unit.feedback);
    // What holds the only unit is known.
    let known = match (matching, asked().count()) {
        (Matching::Union, 1) => asked().map(|unit| unit.holding).next(),
        _ => None,
    };
    let ceilings = Ceilings::new(model);
    let mut total = 0;
    for (ordinal, columns) in (0..).zip(columns) {
        let norms = searcher.segment_reader(ordinal).get_fieldnorms_reader(model.fields[TEXT])?;
        let segment = Segment { searcher, ordinal, columns, model, ceilings: &ceilings, norms };
        total += match matching {
            Matching::Union => {
                match cursors(model, searcher, ordinal)?.as_mut_slice() {
                    [only] => segment.walked(&mut best, only),
                    several => segment.pruned(&mut best, several),
                }
                if known.is_some() { 0 } else { segment.count(listings(model, searcher, ordinal)?) }
            }
            Matching::Driven(weight) => {
                let documents = matches(&**weight, searcher, ordinal)?;
                let mut cursors = cursors(model, searcher, ordinal)?;
                let mut counts = vec![[0; FIELDS]; cursors.len()];
                for document in &documents {
                    for (count, cursor) in counts.iter_mut().zip(&mut cursors) {
                        *count = cursor.counts(*document);
                    }
                    segment.offer(&mut best, *document, &counts);
                }
                documents.len()
            }
        };
    }
    let total = known.map_or(total, |known| usize::try_from(known).unwrap_or(usize::MAX));
    Ok(Ranked { total, candidates: best.sorted() })
}

/// The best so far.
struct Best {
    limit: usize,
    /// Whether a low score keeps a passage from them.
    prunes: bool,
    heap: BinaryHeap<Reverse<Entry>>,
}

/// Boxed, since the heap moves it about.
struct Entry(Box<Candidate>);

impl Best {
    /// What a score must reach to be among the best.
    fn threshold(&self) -> f64 {
        match self.heap.peek() {
            Some(Reverse(worst)) if self.prunes && self.heap.len() >= self.limit => worst.0.rank.score,
            _ => f64::NEG_INFINITY,
        }
    }

    fn admits(&self, rank: Rank) -> bool {
        self.heap.len() < self.limit || self.heap.peek().is_some_and(|Reverse(worst)| rank > worst.0.rank)
    }

    fn add(&mut self, candidate: Candidate) {
        self.heap.push(Reverse(Entry(Box::new(candidate))));
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }

    fn sorted(self) -> Vec<Candidate> {
        self.heap.into_sorted_vec().into_iter().map(|Reverse(entry)| *entry.0).collect()
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.0.rank == other.0.rank
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.rank.cmp(&other.0.rank)
    }
}

struct Segment<'s> {
    searcher: &'s Searcher,
    ordinal: u32,
    columns: &'s Columns,
    model: &'s Model,
    ceilings: &'s Ceilings,
    /// Lengths of texts in words, rounded down.
    norms: FieldNormReader,
}

/// What the words of a passage cannot surpass, by how often they stand in its text and by how long that is at least:
/// most passages hold a word once or twice and nowhere else, and the norm of the text is one byte.
struct Ceilings(Vec<[OnceCell<Box<[f64; NORMS]>>; CEILINGS]>);

/// Occurrences whose ceilings are kept.
const CEILINGS: usize = 8;
/// Norms that a byte can tell.
const NORMS: usize = 256;

impl Ceilings {
    fn new(model: &Model) -> Self {
        Self(model.units.iter().map(|_| [const { OnceCell::new() }; CEILINGS]).collect())
    }

    /// The ceiling for a passage that holds each unit so often, and whose text has this norm.
    fn of(&self, model: &Model, counts: &[ByField], norm: u8) -> f64 {
        let mut sum = 0.0;
        for ((unit, kept), counts) in model.units.iter().zip(&self.0).zip(counts) {
            let ceiling = |norm: u8| {
                let mut lengths = [0; FIELDS];
                lengths[TEXT] = FieldNormReader::id_to_fieldnorm(norm);
                model.passage_part(unit, *counts, lengths)
            };
            sum += match kept.get(counts[TEXT] as usize) {
                Some(kept) if counts[TEXT + 1..] == [0; FIELDS - 1] => {
                    let of_norms = || {
                        let mut ceilings = Box::new([0.0; NORMS]);
                        (0..=u8::MAX).zip(&mut *ceilings).for_each(|(norm, kept)| *kept = ceiling(norm));
                        ceilings
                    };
                    kept.get_or_init(of_norms)[usize::from(norm)]
                }
                _ => ceiling(norm),
            };
        }
        sum
    }
}

impl Segment<'_> {
    /// Scores a passage and keeps it where it is among the best.
    fn offer(&self, best: &mut Best, document: DocId, counts: &[ByField]) {
        // Most passages are too long for the few words that they hold: no column need be read to know that.
        let threshold = best.threshold();
        let ceiling = || self.ceilings.of(self.model, counts, self.norms.fieldnorm_id(document));
        if threshold > f64::NEG_INFINITY && ceiling() + ROUNDING < threshold {
            return;
        }
        let lengths = self.columns.lengths(document);
        let kind_weight = self.columns.weight(document);
        let score = kind_weight * self.model.passage_score(counts, lengths);
        if score + ROUNDING < threshold {
            return;
        }
        let rank = self.columns.rank(document, score, self.model.sort);
        if best.admits(rank) {
            best.add(Candidate {
                rank,
                at: DocAddress::new(self.ordinal, document),
                matching: 1,
                counts: counts.to_vec(),
                lengths,
                work: self.columns.work(document),
                kind_weight,
                best_passage: 0.0,
                proximity: 0.0,
                context: 0.0,
            });
        }
    }

    /// Offers every passage that holds the only unit.
    fn walked(&self, best: &mut Best, cursor: &mut Cursor) {
        let segment = self.searcher.segment_reader(self.ordinal);
        let mut document = cursor.doc();
        while document != TERMINATED {
            if !segment.is_deleted(document) {
                self.offer(best, document, &[cursor.counts(document)]);
            }
            document = cursor.advance();
        }
    }

    /// Offers every passage of a union that may be among the best.
    fn pruned(&self, best: &mut Best, cursors: &mut [Cursor]) {
        let ceilings: Vec<f64> = self
            .model
            .units
            .iter()
            .map(|unit| unit.weight * unit.passage_rarity * self.model.passages.ceiling())
            .collect();
        // Words of the first results, which bring up nothing, then from the lowest ceiling to the highest;
        // `lifted[i]` is what the first `i` can give together.
        let asked = |index: usize| !self.model.units[index].feedback;
        let mut order: Vec<usize> = (0..cursors.len()).collect();
        order.sort_by(|a, b| asked(*a).cmp(&asked(*b)).then(ceilings[*a].total_cmp(&ceilings[*b])).then(a.cmp(b)));
        let mut lifted = vec![0.0];
        for index in &order {
            lifted.push(lifted[lifted.len() - 1] + ceilings[*index]);
        }
        let segment = self.searcher.segment_reader(self.ordinal);
        let mut counts = vec![[0; FIELDS]; cursors.len()];
        let words_of_results = order.iter().filter(|index| !asked(**index)).count();
        let (mut first, mut from) = (words_of_results, 0);
        loop {
            let threshold = best.threshold() - ROUNDING;
            while first < order.len() && lifted[first + 1] < threshold {
                first += 1;
            }
            // A unit that stands in the title alone lifts a passage that holds one of those left out in its text.
            let left_out = first > words_of_results;
            let bring_up = |cursor: &mut Cursor| if left_out { cursor.anywhere(from) } else { cursor.doc() };
            let next = order[first..].iter().map(|index| bring_up(&mut cursors[*index])).min().unwrap_or(TERMINATED);
            if next == TERMINATED {
                return;
            }
            if !segment.is_deleted(next)
                && self.counted(cursors, &order, &lifted, (first, next, threshold), &mut counts)
                && order[words_of_results..].iter().any(|index| counts[*index][TEXT] > 0)
            {
                self.offer(best, next, &counts);
            }
            for index in &order[first..] {
                if cursors[*index].doc() == next {
                    cursors[*index].advance();
                }
            }
            from = next + 1;
        }
    }

    /// Finds the occurrences in a document; false where what is left to look up cannot lift it to the threshold.
    fn counted(
        &self,
        cursors: &mut [Cursor],
        order: &[usize],
        lifted: &[f64],
        (first, document, threshold): (usize, DocId, f64),
        counts: &mut [ByField],
    ) -> bool {
        let model = self.model;
        if first == 0 {
            for (counts, cursor) in counts.iter_mut().zip(cursors) {
                *counts = cursor.counts(document);
            }
            return true;
        }
        let lengths = self.columns.lengths(document);
        let mut known = 0.0;
        for (place, index) in order.iter().enumerate().rev() {
            // Weights of kinds are at most one, and leave the bound a bound.
            if place < first && known + lifted[place + 1] < threshold {
                return false;
            }
            let unit = &model.units[*index];
            counts[*index] = cursors[*index].counts(document);
            known += unit.weight * unit.passage_rarity * model.passages.saturated(counts[*index], lengths);
        }
        true
    }

    /// How many passages hold any of the units.
    fn count(&self, listings: Vec<TextCursor>) -> usize {
        let segment = self.searcher.segment_reader(self.ordinal);
        let mut seen = vec![0_u64; segment.max_doc() as usize / 64 + 1];
        for mut listing in listings {
            let mut document = listing.doc();
            while document != TERMINATED {
                seen[document as usize / 64] |= 1 << (document % 64);
                document = listing.advance();
            }
        }
        if segment.has_deletes() {
            return (0..segment.max_doc())
                .filter(|document| seen[*document as usize / 64] >> (document % 64) & 1 == 1)
                .filter(|document| !segment.is_deleted(*document))
                .count();
        }
        seen.iter().map(|word| word.count_ones() as usize).sum()
    }
}
