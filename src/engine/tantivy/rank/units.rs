//! What of a query scores: its words and clauses that are not denied, and which of its words say nothing.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;
use tantivy::Term;
use tantivy::query::{PhraseQuery, Query as TantivyQuery};

use super::super::compile::{Compiler, bare};
use crate::analysis::Analyzer;
use crate::query::{Node, Pattern, Place, Word};

/// Words that say how is asked, not what.
static WORDS: &str = include_str!("../../../../data/function_words.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: String,
}

/// The terms of [`WORDS`].
static FUNCTION_TERMS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "the file is embedded, and a test reads it")]
    let file: File = toml::from_str(WORDS).expect("the embedded words are TOML");
    Analyzer::default().terms(&file.words).into_iter().collect()
});

/// A clause that scores.
pub(super) struct Unit {
    pub(super) place: Place,
    pub(super) boost: f64,
    pub(super) what: What,
}

/// What is looked for.
pub(super) enum What {
    /// A term in any of the fields.
    Term(String),
    /// Positions in the text; the query's score is how often it matches.
    Positional(Box<dyn TantivyQuery>),
}

/// Whether a term says how is asked, not what.
pub(super) fn is_function_term(term: &str) -> bool {
    FUNCTION_TERMS.contains(term)
}

impl Compiler<'_> {
    /// The clauses of `root` that score, in the query's order.
    pub(super) fn units(&self, root: &Node) -> Vec<Unit> {
        let mut units = Vec::new();
        self.collect(root, 1.0, &mut units);
        units
    }

    fn collect(&self, node: &Node, boost: f64, units: &mut Vec<Unit>) {
        let adjacent = |text: &str, place: &Place| {
            let terms = self.analyzer.terms(text);
            let what = match terms.as_slice() {
                [] => return None,
                [term] => What::Term(term.clone()),
                _ => {
                    let terms = terms.iter().map(|term| Term::from_field_text(self.fields.text, term)).collect();
                    What::Positional(Box::new(PhraseQuery::new(terms)))
                }
            };
            Some(Unit { place: place.clone(), boost, what })
        };
        match node {
            Node::Word(Word { pattern: Pattern::Stem(text), at }) => units.extend(adjacent(text, at)),
            Node::Phrase(phrase) => units.extend(bare(phrase).and_then(|text| adjacent(&text, &phrase.at))),
            Node::Boost(inner) => self.collect(&inner.clause, boost * f64::from(inner.factor), units),
            node => node.asked().into_iter().for_each(|node| self.collect(node, boost, units)),
        }
    }
}

/// Whether the passages that hold any word or phrase of `root` are those that match it.
pub(super) fn is_union(root: &Node) -> bool {
    match root {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) => true,
        Node::Boost(boost) => is_union(&boost.clause),
        Node::Or(nodes) => nodes.iter().all(is_union),
        Node::Group(group) => {
            group.must.is_empty()
                && group.narrow.is_empty()
                && group.must_not.is_empty()
                && group.any.iter().all(is_union)
        }
        Node::Within(_) | Node::Field(_) | Node::And(_) | Node::Not(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_words_say_nothing_and_names_do() {
        assert!(["what", "which", "the", "doe"].iter().all(|term| is_function_term(term)));
        assert!(!["us", "summit", "may", "water"].iter().any(|term| is_function_term(term)));
    }
}
