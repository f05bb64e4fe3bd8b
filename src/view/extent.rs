//! In how many passages and articles something stands, and when these were published.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::engine::Facts;
use crate::model::ArticleId;

/// How often something stands in an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Extent {
    /// Passages.
    pub passages: usize,
    /// Their articles.
    pub articles: usize,
    /// First and last day of publication of these; `None` where none is dated.
    pub published: Option<(Date, Date)>,
}

/// What is being counted.
#[derive(Debug, Default)]
pub(super) struct Counting {
    passages: usize,
    articles: BTreeSet<ArticleId>,
    published: Option<(Date, Date)>,
}

impl Counting {
    /// Counts one passage more.
    pub(super) fn add(&mut self, facts: &Facts) {
        self.passages += 1;
        self.articles.insert(facts.passage.article);
        if let Some((first, last)) = facts.published {
            let known = self.published.unwrap_or((first, last));
            self.published = Some((known.0.min(first), known.1.max(last)));
        }
    }

    pub(super) fn extent(&self) -> Extent {
        Extent { passages: self.passages, articles: self.articles.len(), published: self.published }
    }
}
