//! Where what a source says of itself is at odds with itself, or cannot be true.

use serde::{Deserialize, Serialize};

use super::Why;

/// A statement about an article that was not taken: another goes before it, or it cannot hold.
///
/// The value that was taken stands in the article's own field; this is what a person needs in order
/// to doubt it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The field of the article, by its name in JSON: `published`, `title`, `language` …
    pub field: String,
    /// What is stated there instead, as the field would be written.
    pub value: String,
    /// What states it, and why it was not taken.
    pub why: Why,
}
