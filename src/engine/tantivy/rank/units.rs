//! Which words of a query say nothing, and whether its words alone say what matches.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::analysis::Analyzer;
use crate::query::Node;

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

/// Whether a term says how is asked, not what.
pub(super) fn is_function_term(term: &str) -> bool {
    FUNCTION_TERMS.contains(term)
}

/// Whether the passages that hold any word or phrase of `root` are those that match it.
pub(super) fn is_union(root: &Node) -> bool {
    match root {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Within(_) => true,
        Node::Boost(boost) => is_union(&boost.clause),
        Node::Or(nodes) => nodes.iter().all(is_union),
        Node::Group(group) => {
            group.must.is_empty()
                && group.narrow.is_empty()
                && group.must_not.is_empty()
                && group.any.iter().all(is_union)
        }
        Node::Field(_) | Node::And(_) | Node::Not(_) => false,
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
