//! How near one spelling is to another, and which known ids are near one that is not known.

use super::ViewError;
use crate::model::{ARTICLE_DIGITS, ArticleId};
use crate::store::Manifest;

/// Known ids that are named for an unknown one.
pub(super) const MOST_NEAR: usize = 3;
/// Letters in which a known article's id may differ from the one that was asked for.
const MOST_EDITS: usize = 3;

/// That the index has no article of this id, with the ids that are nearest.
pub fn unknown_article(manifest: Option<&Manifest>, article: ArticleId) -> ViewError {
    let near: Vec<String> = near_articles(manifest, &article.to_string()).iter().map(ToString::to_string).collect();
    let nearest = if near.is_empty() { String::new() } else { format!("; nearest: {}", near.join(", ")) };
    ViewError::UnknownId(format!("no article {article} in the index{nearest}"))
}

/// The articles of the index whose ids are nearest to `name`.
pub(super) fn near_articles(manifest: Option<&Manifest>, name: &str) -> Vec<ArticleId> {
    // Of a longer text the edits alone are too many.
    if name.chars().count() > ARTICLE_DIGITS + MOST_EDITS {
        return Vec::new();
    }
    let sources = manifest.into_iter().flat_map(Manifest::indexed);
    let far = |article: ArticleId| (distance(name, &article.to_string()), article);
    let mut near: Vec<(usize, ArticleId)> = sources.map(|source| far(source.article)).collect();
    near.retain(|(edits, _)| *edits <= MOST_EDITS);
    near.sort_unstable();
    near.into_iter().take(MOST_NEAR).map(|(_, article)| article).collect()
}

/// Edits of one letter that lead from `a` to `b` (Levenshtein 1966), by the row-wise method of Wagner
/// and Fischer (1974).
pub(super) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("kaldan", "kaldan"), 0);
        assert_eq!(distance("kaldn", "kaldan"), 1);
        assert_eq!(distance("", "kesh"), 4);
        assert_eq!(distance("velmar", "kesh"), 5);
    }
}
