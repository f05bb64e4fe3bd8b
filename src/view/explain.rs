//! Why nothing was found: what each clause finds alone, and which known names are near.
//!
//! It explains and never rewrites: what to ask next is the reader's to say.

use super::ViewError;
use super::near::distance;
use crate::engine::{Engine, Vocabulary};
use crate::model::fold_name;
use crate::query::{Constraint, Node, Query, to_query_string};

/// Clauses that are explained; a query of thousands would drown the reader.
const MOST_CLAUSES: usize = 20;
/// Names suggested for one that nothing has.
const MOST_NAMES: usize = 3;

/// Why a query found nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Each word, phrase and field clause, in the query's order.
    pub clauses: Vec<ClauseCount>,
}

/// What a clause finds alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseCount {
    /// The clause, as the query language writes it.
    pub clause: String,
    /// Passages that match it alone.
    pub passages: usize,
    /// Names near the one asked for, where nothing has that.
    pub nearest: Vec<String>,
}

/// Counts each clause of `query` alone.
pub(super) fn explain(engine: &dyn Engine, query: &Query) -> Result<Explanation, ViewError> {
    let mut leaves = Vec::new();
    collect_leaves(&query.root, &mut leaves);
    let mut clauses = Vec::new();
    for leaf in leaves.into_iter().take(MOST_CLAUSES) {
        let passages = engine.count(query, leaf).map_err(|error| ViewError::engine(&query.text, error))?;
        let nearest = if passages == 0 { nearest(engine, leaf)? } else { Vec::new() };
        clauses.push(ClauseCount { clause: to_query_string(leaf), passages, nearest });
    }
    Ok(Explanation { clauses })
}

fn collect_leaves<'q>(node: &'q Node, into: &mut Vec<&'q Node>) {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Within(_) | Node::Field(_) => into.push(node),
        node => node.children().into_iter().for_each(|node| collect_leaves(node, into)),
    }
}

/// The known names nearest to that of a speaker or outlet clause.
fn nearest(engine: &dyn Engine, leaf: &Node) -> Result<Vec<String>, ViewError> {
    let Node::Field(clause) = leaf else { return Ok(Vec::new()) };
    let (field, name) = match &clause.constraint {
        Constraint::Speaker(name) => (Vocabulary::SpeakerNames, name),
        Constraint::SpeakerId(id) => (Vocabulary::SpeakerIds, id),
        Constraint::Outlet(name) => (Vocabulary::Outlets, name),
        _ => return Ok(Vec::new()),
    };
    let asked = fold_name(name);
    let mut near: Vec<(usize, String)> = engine
        .vocabulary(field)
        .map_err(ViewError::Engine)?
        .into_iter()
        .map(|(known, _)| (distance(&asked, &known), known))
        .filter(|(distance, known)| *distance * 2 <= known.chars().count().max(asked.chars().count()))
        .collect();
    near.sort();
    Ok(near.into_iter().take(MOST_NAMES).map(|(_, known)| known).collect())
}
