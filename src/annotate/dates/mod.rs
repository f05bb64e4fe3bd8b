//! Dates that a text mentions, and when its article was published.

use jiff::civil::Date;

use crate::model::{Article, DateMention, Publication};

/// What relative dates count from, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The day itself, as a rule that of publication.
    pub date: Date,
    /// What says so, such as `published 2025-06-18 (meta article:published_time)`.
    pub why: String,
}

/// What [`article`] found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleDates {
    /// As the source states it, or else as the text lets infer.
    pub published: Option<Publication>,
    /// The dates of the whole text, in reading order.
    pub mentions: Vec<DateMention>,
}

/// The dates that `text` mentions, in reading order; spans count from the beginning of `text`.
#[must_use]
pub fn mentions(_text: &str, _anchor: Option<&Anchor>) -> Vec<DateMention> {
    Vec::new()
}

/// The dates that an article mentions, and when it was published.
#[must_use]
pub fn article(article: &Article) -> ArticleDates {
    ArticleDates { published: article.published.clone(), mentions: Vec::new() }
}
