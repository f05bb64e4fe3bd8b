//! What a passage is about, by the weighted terms of `topics.toml`.

use crate::config::TopicSet;
use crate::model::TopicAssignment;

/// Assigns topics to passages; built once, used for every passage.
#[derive(Debug, Clone)]
pub struct TopicTagger {}

impl TopicTagger {
    /// Prepares the terms of `topics`.
    #[must_use]
    pub fn new(_topics: &TopicSet) -> Self {
        Self {}
    }

    /// The topics of a passage, the surest first; `origin` is how many code points of the article's
    /// text stand before `text`, so that the spans of the evidence count from the article's beginning.
    #[must_use]
    pub fn assign(&self, _text: &str, _origin: usize) -> Vec<TopicAssignment> {
        Vec::new()
    }
}
