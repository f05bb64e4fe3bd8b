//! What a query asks for, leaf by leaf, for whoever scores it.

use tantivy::Term;

use super::compile::{Boxed, Compiler};
use super::matching::query::PlanQuery;
use super::matching::{Plain, plain};
use crate::engine::EngineError;
use crate::query::{Node, Place};

/// A word, phrase, `NEAR` or `WITHIN` that is not denied.
pub(super) struct Unit {
    /// The product of the weights above it.
    pub(super) boost: f32,
    /// Where it stands in the query.
    pub(super) at: Place,
    pub(super) asked: Asked,
}

/// What a unit stands for.
pub(super) enum Asked {
    /// The stem of a bare word that is one term.
    Term(String),
    /// Any of these terms, no two of which stand in one place.
    Words(Vec<Term>),
    /// These terms, each so many words behind the first.
    Phrase(Vec<(usize, Term)>),
    /// Anything else: the query of the passages that hold it, whose score is the number of its matches there.
    Positional(Boxed),
}

impl Compiler<'_> {
    /// The units of `node`, in the order of the query.
    pub(super) fn units(&self, node: &Node) -> Result<Vec<Unit>, EngineError> {
        let mut units = Vec::new();
        self.collect(node, 1.0, &mut units)?;
        units.sort_by_key(|unit| (unit.at.start, unit.at.end));
        Ok(units)
    }

    fn collect(&self, node: &Node, boost: f32, units: &mut Vec<Unit>) -> Result<(), EngineError> {
        match node {
            Node::Word(word) => units.push(self.unit(node, &word.at, boost)?),
            Node::Phrase(phrase) => units.push(self.unit(node, &phrase.at, boost)?),
            Node::Near(near) => units.push(self.unit(node, &near.at, boost)?),
            Node::Within(within) => units.push(self.unit(node, &within.at, boost)?),
            Node::Boost(inner) => self.collect(&inner.clause, boost * inner.factor, units)?,
            node => {
                for node in node.asked() {
                    self.collect(node, boost, units)?;
                }
            }
        }
        Ok(())
    }

    fn unit(&self, node: &Node, at: &Place, boost: f32) -> Result<Unit, EngineError> {
        let mut builder = self.builder(self.text());
        let root = builder.leaf(node)?;
        let plan = builder.plan(root);
        let asked = match plain(&plan) {
            Some(Plain::Words(terms)) => match terms.as_slice() {
                [term] if term.field() == self.fields.text => {
                    term.value().as_str().map(|term| Asked::Term(term.to_owned()))
                }
                _ => Some(Asked::Words(terms)),
            },
            Some(Plain::Phrase(terms)) => Some(Asked::Phrase(terms)),
            None => None,
        };
        let asked = asked.unwrap_or_else(|| Asked::Positional(Box::new(PlanQuery::new(plan))));
        Ok(Unit { boost, at: at.clone(), asked })
    }
}
