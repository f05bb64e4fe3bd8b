//! What a plan asks of one document, evaluated over the positions of its leaves.

use super::Leaf;
use super::near::{self, Reach};
use super::phrase::{Phrase, Standing};
use super::relation::{Relation, Row};
use crate::query::Unit;

/// What a document must hold.
#[derive(Debug, Clone)]
pub(in crate::engine::tantivy) enum Clause {
    /// Words at certain distances.
    Positional(Positional),
    /// There is a unit of the text in which the clause holds by itself.
    Within(Unit, Box<Clause>),
    /// Every one holds.
    And(Vec<Clause>),
    /// At least one holds.
    Or(Vec<Clause>),
    /// Holds always; those that hold are marked.
    Preferred(Vec<Clause>),
    /// Does not hold.
    Not(Box<Clause>),
    /// The filter of this number lets the document pass.
    Filter(usize),
}

/// Words at certain distances, over the leaves of a plan.
#[derive(Debug, Clone)]
pub(in crate::engine::tantivy) enum Positional {
    Word(Leaf),
    Phrase(Phrase),
    Near(Box<[Positional; 2]>, Reach),
    /// The matches of any.
    Any(Vec<Positional>),
}

/// One document as a plan sees it.
#[derive(Debug, Clone, Default)]
pub(in crate::engine::tantivy) struct Document {
    /// Where each leaf stands, in order.
    pub(in crate::engine::tantivy) leaves: Vec<Vec<u32>>,
    /// Where sentences and paragraphs begin, in order.
    pub(in crate::engine::tantivy) sentences: Vec<u32>,
    pub(in crate::engine::tantivy) paragraphs: Vec<u32>,
    /// Which filters let it pass.
    pub(in crate::engine::tantivy) passes: Vec<bool>,
}

/// The part of a document between two positions, the second excluded.
#[derive(Clone, Copy)]
struct View<'d> {
    document: &'d Document,
    from: u32,
    to: u32,
}

impl<'d> View<'d> {
    fn whole(document: &'d Document) -> Self {
        Self { document, from: 0, to: u32::MAX }
    }

    fn leaf(self, leaf: Leaf) -> &'d [u32] {
        let positions = self.document.leaves.get(leaf).map_or(&[][..], Vec::as_slice);
        let at = |bound: u32| positions.partition_point(|position| *position < bound);
        &positions[at(self.from)..at(self.to)]
    }

    /// The units of the text that begin in it.
    fn units(self, unit: Unit) -> impl Iterator<Item = View<'d>> {
        let starts = match unit {
            Unit::Sentence => &self.document.sentences,
            Unit::Paragraph => &self.document.paragraphs,
        };
        let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
        starts.iter().zip(ends).map(move |(from, to)| View { from: *from, to, ..self })
    }
}

impl Clause {
    /// How often it matches in `document`: as many matches as a clause of words has, as many units as hold one that
    /// holds within units, and 1 for the others.
    pub(in crate::engine::tantivy) fn occurrences(&self, document: &Document) -> u32 {
        let view = View::whole(document);
        match self {
            Self::Positional(positional) => positional.count(view),
            Self::Within(unit, clause) => {
                view.units(*unit).fold(0, |count, unit| count + u32::from(clause.holds(unit)))
            }
            clause => u32::from(clause.holds(view)),
        }
    }

    /// The positions of the words that made it match `document`, in order; none where it does not match.
    pub(in crate::engine::tantivy) fn marked(&self, document: &Document) -> Vec<u32> {
        // As bits, since a word may be part of as many matches as the clause has.
        let of_clauses = self.gathered(document, |solved, clauses| {
            let mut marks = Row::default();
            solved.mark(&solved.relation, &mut marks);
            clauses.push(marks);
        });
        let mut marks = Row::default();
        for of_clause in &of_clauses {
            marks.union(of_clause);
        }
        marks.iter().collect()
    }

    /// The first and the last position of each match that made it match `document`, in order: the shortest where one
    /// holds another (Clarke, Cormack and Burkowski 1995, "An algebra for structured text search").
    pub(in crate::engine::tantivy) fn extents(&self, document: &Document) -> Vec<(u32, u32)> {
        let mut extents = self.gathered(document, |solved, extents| extents.extend(solved.relation.shortest()));
        extents.sort_unstable();
        extents.dedup();
        extents
    }

    /// What `of` gives of the clauses of words that made it match `document`.
    fn gathered<T>(&self, document: &Document, of: impl Fn(&Solved<'_>, &mut Vec<T>)) -> Vec<T> {
        let mut gathered = Vec::new();
        self.gather(View::whole(document), &mut gathered, &of);
        gathered
    }

    fn holds(&self, view: View<'_>) -> bool {
        match self {
            Self::Positional(positional) => positional.stands(view),
            Self::Within(unit, clause) => view.units(*unit).any(|unit| clause.holds(unit)),
            Self::And(clauses) => clauses.iter().all(|clause| clause.holds(view)),
            Self::Or(clauses) => clauses.iter().any(|clause| clause.holds(view)),
            Self::Preferred(_) => true,
            Self::Not(clause) => !clause.holds(view),
            Self::Filter(filter) => view.document.passes.get(*filter).copied().unwrap_or(false),
        }
    }

    /// Adds what `of` gives of the words that made it match; false, and nothing added, where it does not.
    fn gather<T>(&self, view: View<'_>, into: &mut Vec<T>, of: &impl Fn(&Solved<'_>, &mut Vec<T>)) -> bool {
        let before = into.len();
        let holds = match self {
            Self::Positional(positional) => {
                let solved = positional.solve(view);
                of(&solved, into);
                !solved.relation.is_empty()
            }
            // Every unit, and every clause below: the first that holds is not the only one that counts.
            Self::Within(unit, clause) => view.units(*unit).filter(|unit| clause.gather(*unit, into, of)).count() > 0,
            Self::Or(clauses) => clauses.iter().filter(|clause| clause.gather(view, into, of)).count() > 0,
            Self::Preferred(clauses) => {
                for clause in clauses {
                    clause.gather(view, into, of);
                }
                true
            }
            Self::And(clauses) => clauses.iter().all(|clause| clause.gather(view, into, of)),
            Self::Not(_) | Self::Filter(_) => self.holds(view),
        };
        if !holds {
            into.truncate(before);
        }
        holds
    }
}

/// A clause of words in one document, with the parts that it is made of.
struct Solved<'p> {
    relation: Relation,
    parts: Parts<'p>,
}

enum Parts<'p> {
    Word,
    Phrase(Standing<'p>),
    Near(Box<[Solved<'p>; 2]>, Reach),
    Any(Vec<Solved<'p>>),
}

impl Positional {
    fn stands(&self, view: View<'_>) -> bool {
        match self {
            Self::Word(leaf) => !view.leaf(*leaf).is_empty(),
            Self::Any(clauses) => clauses.iter().any(|clause| clause.stands(view)),
            clause => clause.count(view) > 0,
        }
    }

    /// How many matches there are.
    fn count(&self, view: View<'_>) -> u32 {
        let counted = match self {
            Self::Phrase(phrase) => phrase.count(|leaf| view.leaf(leaf)),
            _ => None,
        };
        counted.unwrap_or_else(|| self.solve(view).relation.len())
    }

    fn solve(&self, view: View<'_>) -> Solved<'_> {
        let (relation, parts) = match self {
            Self::Word(leaf) => (Relation::of_words(view.leaf(*leaf)), Parts::Word),
            Self::Phrase(phrase) => {
                let standing = phrase.standing(|leaf| view.leaf(leaf));
                (standing.relation(), Parts::Phrase(standing))
            }
            Self::Near(sides, reach) => {
                let [left, right] = &**sides;
                let sides = [left.solve(view), right.solve(view)];
                let relation = near::near(&sides[0].relation, &sides[1].relation, *reach);
                (relation, Parts::Near(Box::new(sides), *reach))
            }
            Self::Any(clauses) => {
                let clauses: Vec<Solved<'_>> = clauses.iter().map(|clause| clause.solve(view)).collect();
                (Relation::union(clauses.iter().map(|clause| &clause.relation)), Parts::Any(clauses))
            }
        };
        Solved { relation, parts }
    }
}

impl Solved<'_> {
    /// Adds the positions of the words of the matches `wanted`.
    fn mark(&self, wanted: &Relation, marks: &mut Row) {
        if wanted.is_empty() {
            return;
        }
        match &self.parts {
            Parts::Word => {
                for (first, _) in wanted.rows() {
                    marks.insert(*first);
                }
            }
            Parts::Phrase(standing) => standing.mark(wanted, |position| marks.insert(position)),
            Parts::Near(sides, reach) => {
                let [left, right] = &**sides;
                let (of_left, of_right) = near::parts(&left.relation, &right.relation, *reach, wanted);
                left.mark(&of_left, marks);
                right.mark(&of_right, marks);
            }
            Parts::Any(clauses) => {
                for clause in clauses {
                    clause.mark(&clause.relation.intersection(wanted), marks);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::super::phrase::Slot;
    use super::*;

    /// Words of a hostile text, all the same.
    const LONG: u32 = 10_000;

    /// `clause` on a text that is one word over and over, in one sentence.
    fn on_one_word(clause: Positional) -> (u32, usize, Duration) {
        let positions: Vec<u32> = (0..LONG).collect();
        let document = Document { leaves: vec![positions], sentences: vec![0], ..Document::default() };
        let clause = Clause::Positional(clause);
        let started = Instant::now();
        let (matches, marks) = (clause.occurrences(&document), clause.marked(&document).len());
        (matches, marks, started.elapsed())
    }

    fn near(left: Positional, right: Positional, distance: u32) -> Positional {
        Positional::Near(Box::new([left, right]), Reach { distance, ordered: false })
    }

    #[test]
    fn operators_within_each_other_are_bounded_on_a_text_of_one_word() {
        let word = || Positional::Word(0);
        let mut clause = word();
        for _ in 0..4 {
            clause = near(clause, word(), 1_000);
        }

        let (matches, marks, took) = on_one_word(clause);

        // From 4 to 4,000 words behind the first, so far as the text goes: the sum over the first words.
        let ends = |first: u32| (first + 4_000).min(LONG - 1).saturating_sub(first + 3);
        assert_eq!(matches, (0..LONG).map(ends).sum::<u32>());
        assert_eq!(marks, LONG as usize);
        // Some two seconds unoptimized; pairs of pairs would take hours.
        assert!(took < Duration::from_mins(1), "{took:?}");
    }

    #[test]
    fn a_phrase_with_slop_is_bounded_on_a_text_of_one_word() {
        let word = || Slot::Runs(vec![vec![0]]);
        let phrase = Phrase { slots: vec![word(), word(), word(), word()], slop: 1_000 };

        let (matches, marks, took) = on_one_word(Positional::Phrase(phrase));

        let ends = |first: u32| (first + 1_003).min(LONG - 1).saturating_sub(first + 2);
        assert_eq!(matches, (0..LONG).map(ends).sum::<u32>());
        assert_eq!(marks, LONG as usize);
        assert!(took < Duration::from_mins(1), "{took:?}");
    }
}
