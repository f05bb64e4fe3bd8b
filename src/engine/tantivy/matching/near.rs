//! Two clauses near each other: the matches of both, from those of each.
//!
//! For each place where the earlier clause may end, the later clause's last positions within reach are one window
//! that slides over the text, kept as the union of two halves (the two-stack queue). A match of several ends takes
//! the windows of so few of them as cover the others: one for each `distance` words. The work grows with the text's
//! length times the reach of the clause, never with the number of pairs of pairs.

use super::relation::{Relation, Row};

/// How near, and in which order.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::tantivy) struct Reach {
    pub(super) distance: u32,
    pub(super) ordered: bool,
}

/// From the first word of the earlier to the last word of the later, for every two within `reach`.
pub(super) fn near(left: &Relation, right: &Relation, reach: Reach) -> Relation {
    let forward = joined(left, right, reach.distance);
    if reach.ordered {
        return forward;
    }
    Relation::union([&forward, &joined(right, left, reach.distance)])
}

/// The matches of each side that are part of one of `wanted`.
pub(super) fn parts(left: &Relation, right: &Relation, reach: Reach, wanted: &Relation) -> (Relation, Relation) {
    let (of_left, of_right) = parts_joined(left, right, reach.distance, wanted);
    if reach.ordered {
        return (of_left, of_right);
    }
    let (right_first, left_second) = parts_joined(right, left, reach.distance, wanted);
    (Relation::union([&of_left, &left_second]), Relation::union([&of_right, &right_first]))
}

fn joined(earlier: &Relation, later: &Relation, distance: u32) -> Relation {
    let windows = Windows::new(earlier, later, distance);
    earlier.rows().iter().map(|(first, lasts)| (*first, windows.after_any(lasts))).collect()
}

fn parts_joined(earlier: &Relation, later: &Relation, distance: u32, wanted: &Relation) -> (Relation, Relation) {
    let windows = Windows::new(earlier, later, distance);
    let mut of_earlier = Vec::new();
    let mut of_later: Vec<(u32, Row)> = later.rows().iter().map(|(first, _)| (*first, Row::default())).collect();
    let mut whole = vec![false; of_later.len()];
    for (first, lasts) in earlier.rows() {
        let Some(wanted) = wanted.row(*first) else { continue };
        // Most often everything is wanted that there is.
        let mut ends = lasts.intersection(&windows.ends);
        if !wanted.holds(&windows.after_any(&ends)) {
            let leads = |end: &u32| windows.after(*end).is_some_and(|window| window.intersects(wanted));
            ends = ends.iter().filter(leads).collect();
        }
        let mut done = 0;
        covering(&ends, distance, |end| {
            let reached = later.between(end + 1, end.saturating_add(distance).saturating_add(1));
            for index in reached.start.max(done)..reached.end {
                if !whole[index] {
                    let (row, part) = (&later.rows()[index].1, &mut of_later[index].1);
                    part.union(&row.intersection(wanted));
                    whole[index] = part.holds(row);
                }
            }
            done = done.max(reached.end);
        });
        of_earlier.push((*first, ends));
    }
    (of_earlier.into_iter().collect(), of_later.into_iter().collect())
}

/// Gives `each` so few of `ends` that whatever begins within `distance` words behind one of them begins so behind one
/// of these.
fn covering(ends: &Row, distance: u32, mut each: impl FnMut(u32)) {
    let mut next = ends.first_from(0);
    while let Some(end) = next {
        each(end);
        // The farthest that leaves no hole behind `end`, and then on from the first that it does not cover.
        let reach = end.saturating_add(distance);
        let farthest = ends.last_upto(reach).filter(|farthest| *farthest > end);
        next = match farthest {
            Some(farthest) if ends.first_from(reach.saturating_add(1)).is_none() => {
                each(farthest);
                None
            }
            Some(farthest) => Some(farthest),
            None => ends.first_from(reach.saturating_add(1)),
        };
    }
}

/// For each end of the earlier clause, the last positions of the later one's matches within reach.
struct Windows {
    distance: u32,
    /// The ends with any.
    ends: Row,
    /// By the end, counted from the first one.
    by_end: Vec<Row>,
    first: u32,
}

impl Windows {
    fn new(earlier: &Relation, later: &Relation, distance: u32) -> Self {
        let mut slide = Slide::new(later);
        let lasts = earlier.lasts();
        let mut windows = Self { distance, ends: Row::default(), by_end: Vec::new(), first: 0 };
        for end in lasts.iter() {
            let reached = later.between(end + 1, end.saturating_add(distance).saturating_add(1));
            let window = slide.to(reached.start, reached.end);
            if window.is_empty() {
                continue;
            }
            if windows.by_end.is_empty() {
                windows.first = end;
            }
            windows.ends.insert(end);
            windows.by_end.resize_with((end - windows.first) as usize, Row::default);
            windows.by_end.push(window);
        }
        windows
    }

    fn after(&self, end: u32) -> Option<&Row> {
        self.by_end.get(end.checked_sub(self.first)? as usize)
    }

    /// The union of the windows after `ends`.
    fn after_any(&self, ends: &Row) -> Row {
        let mut all = Row::default();
        covering(ends, self.distance, |end| {
            if let Some(window) = self.after(end) {
                all.union(window);
            }
        });
        all
    }
}

/// The union of a run of rows whose two ends only move forward; each row is united a constant number of times.
struct Slide<'r> {
    rows: &'r [(u32, Row)],
    /// Unions of `rows[k..middle]`, the one of the smallest `k` last.
    front: Vec<Row>,
    middle: usize,
    /// The union of `rows[middle..end]`.
    back: Row,
    end: usize,
}

impl<'r> Slide<'r> {
    fn new(relation: &'r Relation) -> Self {
        Self { rows: relation.rows(), front: Vec::new(), middle: 0, back: Row::default(), end: 0 }
    }

    fn to(&mut self, start: usize, end: usize) -> Row {
        while self.end < end {
            self.back.union(&self.rows[self.end].1);
            self.end += 1;
        }
        if start >= self.middle {
            self.turn(start);
        }
        self.front.truncate(self.middle - start);
        let mut row = self.front.last().cloned().unwrap_or_default();
        row.union(&self.back);
        row
    }

    /// Moves what the back holds to the front.
    fn turn(&mut self, start: usize) {
        self.front.clear();
        let mut sum = Row::default();
        for (_, row) in self.rows[start.min(self.end)..self.end].iter().rev() {
            sum.union(row);
            self.front.push(sum.clone());
        }
        self.middle = self.end.max(start);
        self.end = self.middle;
        self.back = Row::default();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The first and the last position of a match.
    type Pair = (u32, u32);

    fn relation(pairs: &[Pair]) -> Relation {
        let single: Vec<Relation> =
            pairs.iter().map(|(first, last)| [(*first, Row::of(*last))].into_iter().collect()).collect();
        Relation::union(&single)
    }

    fn pairs(relation: &Relation) -> Vec<(u32, u32)> {
        relation.rows().iter().flat_map(|(first, row)| row.iter().map(|last| (*first, last))).collect()
    }

    fn some_pairs() -> impl Strategy<Value = Vec<(u32, u32)>> {
        prop::collection::vec((0u32..150, 0u32..9).prop_map(|(first, length)| (first, first + length)), 0..25)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn joins_and_parts_are_those_of_all_pairs(
            (left, right, wanted) in (some_pairs(), some_pairs(), any::<u64>()),
            distance in 1u32..40,
            ordered: bool,
        ) {
            let reach = Reach { distance, ordered };
            let mut all = Vec::new();
            for l in &left {
                for r in &right {
                    let forward = l.1 < r.0 && r.0 - l.1 <= distance;
                    let backward = !ordered && r.1 < l.0 && l.0 - r.1 <= distance;
                    if forward || backward {
                        all.push([(l.0.min(r.0), l.1.max(r.1)), *l, *r]);
                    }
                }
            }
            let (left, right) = (relation(&left), relation(&right));
            let found = near(&left, &right, reach);
            let mut expected: Vec<_> = all.iter().map(|[pair, ..]| *pair).collect();
            expected.sort_unstable();
            expected.dedup();
            prop_assert_eq!(pairs(&found), expected);

            // Some of the matches, chosen by the bits of `wanted`.
            let some = |pair: &(u32, u32)| wanted >> ((pair.0 * 7 + pair.1) % 64) & 1 == 1;
            let chosen: Vec<_> = pairs(&found).into_iter().filter(some).collect();
            let (of_left, of_right) = parts(&left, &right, reach, &relation(&chosen));
            let side = |take: fn(&[Pair; 3]) -> Pair| {
                let mut side: Vec<_> = all.iter().filter(|[pair, ..]| some(pair)).map(take).collect();
                side.sort_unstable();
                side.dedup();
                side
            };
            prop_assert_eq!(pairs(&of_left), side(|all| all[1]));
            prop_assert_eq!(pairs(&of_right), side(|all| all[2]));
        }
    }
}
