//! What a passage can be about, and why it was found to be.

use serde::{Deserialize, Serialize};

use super::{Confidence, TopicId, Why};

/// A topic of `topics.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// Its id, unique in the file.
    pub id: TopicId,
    /// Its name for people.
    pub label: String,
    /// IPTC Media Topic code (`medtop:20000763` …), where one corresponds.
    pub iptc: Option<String>,
    /// The topics that it is part of, the nearest first: what is about it is about them.
    pub broader: Vec<TopicId>,
    /// Words and phrases that speak for it.
    pub terms: Vec<TopicTerm>,
    /// Phrases in which a term does not count, such as `trade union` for trade.
    pub exclude: Vec<String>,
}

/// A word or phrase that speaks for a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicTerm {
    /// The word or phrase; matched by stems, regardless of case and diacritics.
    pub text: String,
    /// How strongly it speaks for the topic; 1 is a passing word, 2 a plain one, 3 names the topic.
    pub weight: f32,
}

/// A topic assigned to a passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicAssignment {
    /// The topic.
    pub id: TopicId,
    /// The topics that it is part of, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broader: Vec<TopicId>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The terms that made it, with their spans.
    pub why: Why,
}
