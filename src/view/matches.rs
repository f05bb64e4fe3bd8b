//! Every match of a query, for the views that line up or count matches instead of passages.

use std::io;
use std::ops::ControlFlow;

use super::ViewError;
use crate::engine::{Engine, Matched};
use crate::query::{Node, Query};

/// How much matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MatchCounts {
    /// Matches of the query's words.
    pub matches: u64,
    /// Passages that hold one.
    pub passages: u64,
    /// Passages that the query finds, also without a match of its words.
    pub found: u64,
}

/// Gives `visit` every passage with a match, in no order; a query without words is refused.
pub(super) fn each(
    engine: &dyn Engine,
    query: &Query,
    visit: &mut dyn FnMut(Matched) -> io::Result<()>,
) -> Result<MatchCounts, ViewError> {
    if !asks_for_words(&query.root) {
        return Err(ViewError::NoWords);
    }
    let mut counts = MatchCounts::default();
    let mut outcome = Ok(());
    let streamed = engine.each_match(query, &mut |matched| {
        counts.found += 1;
        if matched.matches.is_empty() {
            return ControlFlow::Continue(());
        }
        counts.passages += 1;
        counts.matches += matched.matches.len() as u64;
        outcome = visit(matched);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    streamed.map_err(|error| ViewError::engine(&query.text, error))?;
    outcome.map_err(ViewError::Sorting)?;
    Ok(counts)
}

/// Whether a query asks for words of the text, not only for fields or against words.
pub(super) fn asks_for_words(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) => true,
        node => node.asked().into_iter().any(asks_for_words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn fields_and_denied_words_ask_for_no_words() {
        let asks = |query: &str| asks_for_words(&parse(query).unwrap().root);

        assert!(asks("kind:quote ferry"));
        assert!(asks("(WITHIN SENTENCE (ferry toll) OR kind:quote)^2"));
        assert!(!asks("kind:quote title:ferry -toll"));
    }
}
