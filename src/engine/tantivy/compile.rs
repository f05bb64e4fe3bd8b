//! Syntax tree → Tantivy query.
//!
//! It says which passages match, and scores nothing; how they are ordered is `rank`'s to say.

use tantivy::Searcher;
use tantivy::query::{AllQuery, BooleanQuery, Occur, PhraseQuery, Query as TantivyQuery};

use super::guard::Guarded;
use super::matching::build::{Builder, Searched};
use super::matching::lexicon::{Expansions, Lexicon};
use super::matching::query::{PlanQuery, any_of};
use super::matching::{Plain, plain};
use super::schema::Fields;
use crate::analysis::Analyzer;
use crate::engine::EngineError;
use crate::query::{Group, Node};

pub(super) type Boxed = Box<dyn TantivyQuery>;

/// Turns clauses into queries over one schema.
pub(super) struct Compiler<'i> {
    pub(super) fields: &'i Fields,
    pub(super) analyzer: &'i Analyzer,
    /// Whose dictionary says what patterns stand for.
    pub(super) searcher: &'i Searcher,
    pub(super) known: Expansions,
}

impl Compiler<'_> {
    /// The query whose matches are those of `node`.
    pub(super) fn node(&self, node: &Node) -> Result<Boxed, EngineError> {
        match node {
            Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Within(_) => self.words(node, self.text()),
            Node::Boost(boost) => self.node(&boost.clause),
            Node::Field(clause) => self.constraint(&clause.constraint, &clause.value_at),
            Node::And(nodes) => self.all(nodes),
            Node::Or(nodes) => Ok(Box::new(BooleanQuery::union(self.each(nodes)?))),
            Node::Not(node) => Ok(anchored(vec![(Occur::MustNot, self.excluded(node)?)])),
            Node::Group(group) => self.group(group),
        }
    }

    fn each(&self, nodes: &[Node]) -> Result<Vec<Boxed>, EngineError> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    fn excluded(&self, node: &Node) -> Result<Boxed, EngineError> {
        Ok(Box::new(Guarded(self.node(node)?)))
    }

    fn all(&self, nodes: &[Node]) -> Result<Boxed, EngineError> {
        let (denied, asked): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|node| matches!(node, Node::Not(_)));
        let mut clauses = Vec::new();
        for node in asked {
            clauses.push((Occur::Must, self.node(node)?));
        }
        for node in denied {
            if let Node::Not(inner) = node {
                clauses.push((Occur::MustNot, self.excluded(inner)?));
            }
        }
        Ok(anchored(clauses))
    }

    fn group(&self, group: &Group) -> Result<Boxed, EngineError> {
        let mut clauses = Vec::new();
        let any = if group.must.is_empty() { Occur::Must } else { Occur::Should };
        if !group.any.is_empty() {
            clauses.push((any, Box::new(BooleanQuery::union(self.each(&group.any)?)) as Boxed));
        }
        for node in self.each(&group.must)?.into_iter().chain(self.each(&group.narrow)?) {
            clauses.push((Occur::Must, node));
        }
        for node in &group.must_not {
            clauses.push((Occur::MustNot, self.excluded(node)?));
        }
        Ok(anchored(clauses))
    }

    /// The text of the passage, as words are searched in it.
    pub(super) fn text(&self) -> Searched {
        Searched { stems: self.fields.text, words: self.fields.word, bounds: self.fields.bounds }
    }

    /// The same of the title.
    pub(super) fn title(&self) -> Searched {
        Searched { stems: self.fields.title, words: self.fields.title_word, bounds: self.fields.bounds }
    }

    pub(super) fn builder(&self, searched: Searched) -> Builder<'_> {
        Builder::new(self.lexicon(), self.analyzer, searched)
    }

    pub(super) fn lexicon(&self) -> Lexicon<'_> {
        Lexicon { searcher: self.searcher, known: &self.known }
    }

    /// A word, a phrase, `NEAR` or `WITHIN`, by whichever query answers it soonest.
    pub(super) fn words(&self, node: &Node, searched: Searched) -> Result<Boxed, EngineError> {
        let mut builder = self.builder(searched);
        let root = builder.leaf(node)?;
        let plan = builder.plan(root);
        Ok(match plain(&plan) {
            Some(Plain::Words(terms)) => any_of(&terms),
            Some(Plain::Phrase(terms)) if terms.iter().all(|(_, term)| term.field() == searched.stems) => {
                Box::new(PhraseQuery::new_with_offset(terms))
            }
            _ => Box::new(PlanQuery::new(plan)),
        })
    }
}

/// A conjunction; one that only denies starts from every passage.
fn anchored(mut clauses: Vec<(Occur, Boxed)>) -> Boxed {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}
