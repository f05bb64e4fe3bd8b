//! Matching by positions: which words of a passage a clause matches, and thereby whether it does.
//!
//! A [`Plan`] is a clause over numbered leaves, each a set of terms; [`positions`] reads where the leaves stand in a
//! document, [`clause`] evaluates the plan over that. [`query`] makes a plan a query of Tantivy, and highlights ask
//! the same plan for the positions that match.

mod adjacent;
pub(super) mod build;
mod clause;
pub(super) mod lexicon;
mod near;
mod phrase;
pub(super) mod positions;
pub(super) mod query;
mod relation;

use tantivy::Term;

pub(super) use self::adjacent::Adjacent;
use self::clause::Positional;
pub(super) use self::clause::{Clause, Document};
use self::phrase::Slot;

/// The number of a leaf in its plan.
pub(super) type Leaf = usize;

/// A clause and the terms that it stands on.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The terms of each leaf: a leaf stands where any of them does.
    pub(super) leaves: Vec<Vec<Term>>,
    /// The terms of the beginnings of units; none where the clause asks for no unit.
    pub(super) sentences: Vec<Term>,
    pub(super) paragraphs: Vec<Term>,
    pub(super) root: Clause,
}

/// A plan that Tantivy's own queries answer.
pub(super) enum Plain {
    /// Any of these terms.
    Words(Vec<Term>),
    /// These terms, each so many words behind the first.
    Phrase(Vec<(usize, Term)>),
}

/// What `plan` is, where it is a word, or words next to each other or with gaps.
pub(super) fn plain(plan: &Plan) -> Option<Plain> {
    match &plan.root {
        Clause::Positional(Positional::Word(leaf)) => Some(Plain::Words(plan.leaves.get(*leaf)?.clone())),
        Clause::Positional(Positional::Phrase(phrase)) if phrase.slop == 0 => {
            let mut terms = Vec::new();
            let mut offset = 0;
            for slot in &phrase.slots {
                let Slot::Runs(runs) = slot else {
                    offset += 1;
                    continue;
                };
                let [run] = runs.as_slice() else { return None };
                for leaf in run {
                    let [term] = plan.leaves.get(*leaf)?.as_slice() else { return None };
                    terms.push((offset, term.clone()));
                    offset += 1;
                }
            }
            match terms.as_slice() {
                [(_, only)] => Some(Plain::Words(vec![only.clone()])),
                _ => Some(Plain::Phrase(terms)),
            }
        }
        _ => None,
    }
}
