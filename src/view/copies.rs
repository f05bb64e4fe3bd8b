//! The copies of an article: what else is in its group of near-duplicates, and why.

use super::ViewError;
use crate::engine::Engine;
use crate::model::{ArticleId, ArticleRef, Publication, Why};
use crate::near_duplicates::{Group, Groups};

/// Copies that are looked up for one article; of a text that more print, the first ones show enough.
pub(super) const MOST_COPIES: usize = 100;

/// The group of near-duplicates that an article is in, seen from it.
#[derive(Debug, Clone, PartialEq)]
pub struct CopiesView {
    /// How many articles are in the group.
    pub articles: usize,
    /// Whether none of them is known to be published on an earlier day.
    pub is_first: bool,
    /// How much of it and of the group's centre is the same, and why it is in the group; `None` for the centre.
    pub similarity: Option<f32>,
    /// See `similarity`.
    pub why: Option<Why>,
    /// The other members, by publication; a hundred at the most.
    pub others: Vec<CopyView>,
}

/// Another member of the group.
#[derive(Debug, Clone, PartialEq)]
pub struct CopyView {
    /// Headline, outlet and the like.
    pub article: ArticleRef,
    /// When it was published.
    pub published: Option<Publication>,
    /// How much of it and of the group's centre is the same, from 0 to 1; `None` for the centre.
    pub similarity: Option<f32>,
    /// Why it is in the group; `None` for the centre.
    pub why: Option<Why>,
}

/// The copies of `article`; `None` where it has none.
pub(super) fn copies(
    engine: &dyn Engine,
    groups: &Groups,
    article: ArticleId,
) -> Result<Option<CopiesView>, ViewError> {
    let Some(group) = groups.of(article) else { return Ok(None) };
    let mut others = Vec::new();
    for member in others_of(group, article) {
        // An index that was cut off in its making may lack one.
        let Some(passage) = engine.article(member.article).map_err(ViewError::Engine)?.into_iter().next() else {
            continue;
        };
        others.push(CopyView {
            article: passage.article,
            published: passage.published,
            similarity: member.similarity,
            why: member.why.clone(),
        });
    }
    let own = group.members.iter().find(|member| member.article == article);
    Ok(Some(CopiesView {
        articles: group.members.len(),
        is_first: own.is_some_and(|own| own.published.is_some() && own.published == group.members[0].published),
        similarity: own.and_then(|own| own.similarity),
        why: own.and_then(|own| own.why.clone()),
        others,
    }))
}

/// The members beside `article`, as many as are looked up.
pub(super) fn others_of(group: &Group, article: ArticleId) -> impl Iterator<Item = &crate::near_duplicates::Member> {
    group.members.iter().filter(move |member| member.article != article).take(MOST_COPIES)
}
