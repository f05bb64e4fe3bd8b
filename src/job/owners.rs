//! Which source stands for an article that several sources give: the one whose path comes first.

use std::collections::HashMap;

use crate::model::ArticleId;
use crate::store::Manifest;

/// Which source stands for each article.
#[derive(Debug, Default)]
pub(super) struct Owners {
    by_article: HashMap<ArticleId, String>,
}

/// What becomes of a source's article.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// It goes into the index.
    Granted,
    /// It goes into the index in place of this source's.
    TakenFrom(String),
    /// This source stands for it.
    DuplicateOf(String),
}

impl Owners {
    /// The owners that a manifest names.
    pub(super) fn of(manifest: &Manifest) -> Self {
        Self { by_article: manifest.indexed().map(|source| (source.article, source.path.clone())).collect() }
    }

    /// Claims `article` for the source at `path`.
    pub(super) fn claim(&mut self, article: ArticleId, path: &str) -> Claim {
        match self.by_article.get_mut(&article) {
            None => {
                self.by_article.insert(article, path.to_owned());
                Claim::Granted
            }
            Some(owner) if owner == path => Claim::Granted,
            Some(owner) if path < owner.as_str() => Claim::TakenFrom(std::mem::replace(owner, path.to_owned())),
            Some(owner) => Claim::DuplicateOf(owner.clone()),
        }
    }

    /// Whether any source stands for `article`.
    pub(super) fn has(&self, article: ArticleId) -> bool {
        self.by_article.contains_key(&article)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_path_owns_an_article_in_whatever_order_they_come() {
        let article = ArticleId::derive("url", "x");
        let mut owners = Owners::default();

        assert_eq!(owners.claim(article, "b.txt"), Claim::Granted);
        assert_eq!(owners.claim(article, "c.txt"), Claim::DuplicateOf("b.txt".into()));
        assert_eq!(owners.claim(article, "a.txt"), Claim::TakenFrom("b.txt".into()));
        assert_eq!(owners.claim(article, "a.txt"), Claim::Granted);
    }
}
