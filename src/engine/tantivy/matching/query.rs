//! A plan as a query of Tantivy: candidates from the postings, then the plan on the positions of each.

use std::fmt;
use std::sync::Arc;

use tantivy::query::{AllQuery, BooleanQuery, EnableScoring, Explanation, Occur, Query, Scorer, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::clause::{Clause, Positional};
use super::phrase::Slot;
use super::positions::Positions;
use super::{Leaf, Plan};

type Boxed = Box<dyn Query>;

/// The documents that a plan matches; each scores as many as it has matches.
pub(in crate::engine::tantivy) struct PlanQuery {
    plan: Arc<Plan>,
    candidates: Boxed,
}

impl PlanQuery {
    pub(in crate::engine::tantivy) fn new(plan: Plan) -> Self {
        let candidates = candidates(&plan, &plan.root).unwrap_or_else(|| Box::new(AllQuery));
        Self { plan: Arc::new(plan), candidates }
    }
}

/// Documents that hold any of `terms`.
pub(in crate::engine::tantivy) fn any_of(terms: &[Term]) -> Boxed {
    let term = |term: &Term| Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)) as Boxed;
    match terms {
        [only] => term(only),
        several => Box::new(BooleanQuery::union(several.iter().map(term).collect())),
    }
}

fn all_of(clauses: Vec<Boxed>) -> Boxed {
    Box::new(BooleanQuery::new(clauses.into_iter().map(|clause| (Occur::Must, clause)).collect()))
}

/// A query that every match of `clause` matches; `None` where that is every document.
fn candidates(plan: &Plan, clause: &Clause) -> Option<Boxed> {
    match clause {
        Clause::Positional(positional) => Some(words(plan, positional)),
        Clause::Within(_, clause) => candidates(plan, clause),
        Clause::And(clauses) => {
            let needed: Vec<Boxed> = clauses.iter().filter_map(|clause| candidates(plan, clause)).collect();
            (!needed.is_empty()).then(|| all_of(needed))
        }
        Clause::Or(clauses) => {
            let each: Option<Vec<Boxed>> = clauses.iter().map(|clause| candidates(plan, clause)).collect();
            each.map(|each| Box::new(BooleanQuery::union(each)) as Boxed)
        }
        Clause::Preferred(_) | Clause::Not(_) | Clause::Filter(_) => None,
    }
}

fn words(plan: &Plan, positional: &Positional) -> Boxed {
    let leaf = |leaf: &Leaf| any_of(plan.leaves.get(*leaf).map_or(&[], Vec::as_slice));
    match positional {
        Positional::Word(word) => leaf(word),
        Positional::Near(sides, _) => all_of(sides.iter().map(|side| words(plan, side)).collect()),
        Positional::Any(clauses) => {
            Box::new(BooleanQuery::union(clauses.iter().map(|clause| words(plan, clause)).collect()))
        }
        Positional::Phrase(phrase) => {
            let run = |run: &Vec<Leaf>| all_of(run.iter().map(leaf).collect());
            let slot = |slot: &Slot| match slot {
                Slot::Gap => None,
                Slot::Runs(runs) => match runs.as_slice() {
                    [only] => Some(run(only)),
                    several => Some(Box::new(BooleanQuery::union(several.iter().map(run).collect())) as Boxed),
                },
            };
            all_of(phrase.slots.iter().filter_map(slot).collect())
        }
    }
}

impl Clone for PlanQuery {
    fn clone(&self) -> Self {
        Self { plan: Arc::clone(&self.plan), candidates: self.candidates.box_clone() }
    }
}

impl fmt::Debug for PlanQuery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.plan)
    }
}

impl Query for PlanQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        let candidates = self.candidates.weight(unscored)?;
        Ok(Box::new(PlanWeight { plan: Arc::clone(&self.plan), candidates }))
    }
}

struct PlanWeight {
    plan: Arc<Plan>,
    candidates: Box<dyn Weight>,
}

impl Weight for PlanWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = PlanScorer {
            candidates: self.candidates.scorer(segment, 1.0)?,
            positions: Positions::open(segment, &self.plan)?,
            plan: Arc::clone(&self.plan),
            occurrences: 0,
            boost,
        };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, segment: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        if scorer.doc() > document || scorer.seek(document) != document {
            return Err(tantivy::TantivyError::InvalidArgument(format!("document {document} does not match")));
        }
        Ok(Explanation::new("matches", scorer.score()))
    }
}

/// The matching documents of one segment; it always stands on one, or at the end.
struct PlanScorer {
    candidates: Box<dyn Scorer>,
    positions: Positions,
    plan: Arc<Plan>,
    /// Matches in the document that it stands on.
    occurrences: u32,
    boost: Score,
}

impl PlanScorer {
    /// Goes on to the next candidate that matches, from the one that it stands on.
    fn settle(&mut self) -> DocId {
        let mut document = self.candidates.doc();
        while document != TERMINATED {
            self.occurrences = self.plan.root.occurrences(self.positions.document(document));
            if self.occurrences > 0 {
                break;
            }
            document = self.candidates.advance();
        }
        document
    }
}

impl DocSet for PlanScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc() {
            return self.doc();
        }
        self.candidates.seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }
}

impl Scorer for PlanScorer {
    #[allow(clippy::cast_precision_loss, reason = "a count of matches; above 16 million it need not be exact")]
    fn score(&mut self) -> Score {
        self.occurrences as Score * self.boost
    }
}
