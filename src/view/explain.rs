//! Why nothing was found: what each clause finds alone, what the query finds without it, and which known names and
//! words are near.
//!
//! It explains and never rewrites: what to ask next is the reader's to say.

use serde::Serialize;

use super::ViewError;
use super::near::distance;
use crate::engine::{Engine, EngineError, Vocabulary};
use crate::model::fold_name;
use crate::query::{Constraint, Group, Node, Pattern, Query, Slot, Word, to_query_string};

/// Clauses that are explained; a query of thousands would drown the reader.
const MOST_CLAUSES: usize = 20;
/// Words of one clause of which those that nothing holds get words near them.
const MOST_WORDS: usize = 10;
/// Letters for each edit between a name and one that is suggested for it.
const LETTERS_OF_NAMES: usize = 2;
/// The same of words, of which there are more.
const LETTERS_OF_WORDS: usize = 3;
/// Names or words suggested for one that nothing has.
const MOST_NEAR: usize = 3;

/// Why a query found nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Each word, phrase and field clause, in the query's order, then the filters; twenty at the most.
    pub clauses: Vec<ClauseCount>,
    /// How many clauses there are besides.
    pub more: usize,
}

/// What a clause finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseCount {
    /// The clause, as the query language writes it; what is excluded with its `NOT`.
    pub clause: String,
    /// Whether it asks, excludes, or is a filter beside the query.
    pub part: Part,
    /// Passages that match it alone; where it excludes, those that it excludes.
    pub passages: usize,
    /// Passages that match the query without it; `None` where nothing else is asked.
    pub without: Option<usize>,
    /// Where several words are asked for next to or near each other and nothing has that: each part alone, with the
    /// passages that match it.
    pub parts: Vec<(String, usize)>,
    /// Names or words near the one asked for, where nothing has that.
    pub nearest: Vec<String>,
}

/// What a clause does in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// It is to match.
    Asked,
    /// It must not match.
    Excluded,
    /// It is an option beside the query.
    Filter,
}

impl Explanation {
    /// The clauses without which the query would find something, the most first.
    pub fn to_blame(&self) -> Vec<&ClauseCount> {
        let mut blamed: Vec<&ClauseCount> = self.clauses.iter().filter(|clause| clause.without > Some(0)).collect();
        blamed.sort_by_key(|clause| std::cmp::Reverse(clause.without));
        blamed
    }
}

/// Counts each clause of `query` alone, and the query without it.
pub(super) fn explain(engine: &dyn Engine, query: &Query) -> Result<Explanation, ViewError> {
    let mut leaves = Vec::new();
    collect_leaves(&query.root, Part::Asked, &mut leaves);
    let count = |node: &Node| engine.count(query, node).map_err(|error| ViewError::engine(&query.text, error));
    let mut clauses = Vec::new();
    for (leaf, part) in leaves.iter().take(MOST_CLAUSES) {
        let passages = count(leaf)?;
        let rest = without(&query.root, leaf).filter(asks);
        let shown = if *part == Part::Excluded { Node::Not(Box::new((*leaf).clone())) } else { (*leaf).clone() };
        let (mut parts, mut near) = (Vec::new(), Vec::new());
        if passages == 0 {
            for part in parts_of(leaf).iter().take(MOST_WORDS) {
                parts.push((to_query_string(part), count(part)?));
            }
            near = nearest(engine, leaf, &count)?;
        }
        clauses.push(ClauseCount {
            clause: to_query_string(&shown),
            part: *part,
            passages,
            without: rest.as_ref().map(count).transpose()?,
            parts,
            nearest: near,
        });
    }
    Ok(Explanation { clauses, more: leaves.len().saturating_sub(MOST_CLAUSES) })
}

/// Each clause that is counted by itself, with its part.
fn collect_leaves<'q>(node: &'q Node, part: Part, into: &mut Vec<(&'q Node, Part)>) {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Within(_) => into.push((node, part)),
        // What stands nowhere in the query comes from an option.
        Node::Field(clause) => into.push((node, if clause.at == (0..0) { Part::Filter } else { part })),
        Node::Not(excluded) => into.push((excluded, Part::Excluded)),
        Node::Group(Group { any, must, narrow, must_not }) => {
            any.iter().chain(must).chain(narrow).for_each(|node| collect_leaves(node, part, into));
            into.extend(must_not.iter().map(|node| (node, Part::Excluded)));
        }
        Node::And(_) | Node::Or(_) | Node::Boost(_) => {
            node.children().into_iter().for_each(|node| collect_leaves(node, part, into));
        }
    }
}

/// What stands near or next to each other in a clause; none where it is one word, or a field.
fn parts_of(leaf: &Node) -> Vec<Node> {
    let each: Vec<Node> = match leaf {
        Node::Phrase(_) => plain_words(leaf).into_iter().map(|word| Node::Word(Word::stem(word, 0..0))).collect(),
        Node::Near(_) | Node::Within(_) => {
            let mut leaves = Vec::new();
            leaf.children().into_iter().for_each(|node| collect_leaves(node, Part::Asked, &mut leaves));
            leaves.into_iter().map(|(node, _)| node.clone()).collect()
        }
        _ => Vec::new(),
    };
    let mut parts = Vec::new();
    for part in each {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// `node` without the clause `left_out`, which is one of its own; `None` where nothing is left.
fn without(node: &Node, left_out: &Node) -> Option<Node> {
    let each = |nodes: &[Node]| -> Vec<Node> { nodes.iter().filter_map(|node| without(node, left_out)).collect() };
    let some = |nodes: Vec<Node>| Some(nodes).filter(|nodes| !nodes.is_empty());
    if std::ptr::eq(node, left_out) {
        return None;
    }
    match node {
        Node::And(nodes) => some(each(nodes)).map(Node::And),
        Node::Or(nodes) => some(each(nodes)).map(Node::Or),
        Node::Not(node) => without(node, left_out).map(|node| Node::Not(Box::new(node))),
        Node::Boost(boost) => without(&boost.clause, left_out),
        Node::Group(Group { any, must, narrow, must_not }) => {
            let group = Group { any: each(any), must: each(must), narrow: each(narrow), must_not: each(must_not) };
            let clauses = [&group.any, &group.must, &group.narrow, &group.must_not];
            (!clauses.iter().all(|clauses| clauses.is_empty())).then_some(Node::Group(group))
        }
        leaf => Some(leaf.clone()),
    }
}

/// Whether anything is asked for, not only excluded.
fn asks(node: &Node) -> bool {
    match node {
        Node::Not(_) => false,
        Node::And(_) | Node::Or(_) | Node::Group(_) | Node::Boost(_) => node.asked().into_iter().any(asks),
        _ => true,
    }
}

/// The known names nearest to that of a field clause, or the known words nearest to those that nothing holds.
fn nearest(
    engine: &dyn Engine,
    leaf: &Node,
    count: &impl Fn(&Node) -> Result<usize, ViewError>,
) -> Result<Vec<String>, ViewError> {
    let Node::Field(clause) = leaf else {
        let mut near = Vec::new();
        for word in plain_words(leaf).into_iter().take(MOST_WORDS) {
            if count(&Node::Word(Word::stem(word, 0..0)))? == 0 {
                near.extend(nearest_words(engine, word).map_err(ViewError::Engine)?);
            }
        }
        return Ok(near);
    };
    let (field, name) = match &clause.constraint {
        Constraint::Speaker(name) => (Vocabulary::SpeakerNames, name),
        Constraint::About(name) => (Vocabulary::MentionedNames, name),
        Constraint::SpeakerId(id) => (Vocabulary::SpeakerIds, id),
        Constraint::Outlet(name) => (Vocabulary::Outlets, name),
        Constraint::Author(name) => (Vocabulary::AuthorNames, name),
        Constraint::Lang(name) => (Vocabulary::Languages, name),
        _ => return Ok(Vec::new()),
    };
    let known = engine.vocabulary(field).map_err(ViewError::Engine)?;
    let asked = fold_name(name);
    Ok(closest(&asked, known.into_iter().filter(|(known, _)| *known != asked).collect(), LETTERS_OF_NAMES))
}

fn nearest_words(engine: &dyn Engine, word: &str) -> Result<Vec<String>, EngineError> {
    Ok(closest(&fold_name(word), engine.similar_words(word)?, LETTERS_OF_WORDS))
}

/// Of `known`, each with how many passages hold it, those that differ from `asked` in one of `letters` at the most; the
/// nearest first, equally near ones by passages.
fn closest(asked: &str, known: Vec<(String, u64)>, letters: usize) -> Vec<String> {
    let mut near: Vec<(usize, std::cmp::Reverse<u64>, String)> = known
        .into_iter()
        .map(|(known, passages)| (distance(asked, &known), std::cmp::Reverse(passages), known))
        .filter(|(distance, _, known)| *distance * letters <= known.chars().count().max(asked.chars().count()))
        .collect();
    near.sort();
    near.into_iter().take(MOST_NEAR).map(|(_, _, known)| known).collect()
}

/// The words of a clause that stand for themselves, not for a pattern.
fn plain_words(node: &Node) -> Vec<&str> {
    fn plain(pattern: &Pattern) -> Option<&str> {
        match pattern {
            Pattern::Stem(word) | Pattern::Exact(word) => Some(word),
            Pattern::Wildcard(_) | Pattern::Fuzzy { .. } | Pattern::Regex(_) => None,
        }
    }
    match node {
        Node::Word(word) => plain(&word.pattern).into_iter().collect(),
        Node::Phrase(phrase) => {
            let words = phrase.slots.iter().flat_map(|slot| match slot {
                Slot::Gap => &[][..],
                Slot::Words(alternatives) => alternatives,
            });
            words.flatten().filter_map(plain).collect()
        }
        node => node.children().into_iter().flat_map(plain_words).collect(),
    }
}
