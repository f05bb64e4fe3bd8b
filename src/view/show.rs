//! A passage in its context, or an article as a whole.

use super::ViewError;
use super::copies::{self, CopiesView};
use super::near::unknown_article;
use super::reasons::{PassageReasons, reasons};
use crate::engine::Engine;
use crate::model::{ArticleId, Passage, PassageId};
use crate::near_duplicates::Groups;
use crate::store::Manifest;

/// Passages shown on either side of one.
const CONTEXT: usize = 1;

/// What an id stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// A passage's.
    Passage(Box<PassageView>),
    /// An article's.
    Article(ArticleView),
}

/// A passage in its context.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageView {
    /// The passages before it, in reading order.
    pub before: Vec<Passage>,
    /// The passage.
    pub passage: Passage,
    /// The passages after it, in reading order.
    pub after: Vec<Passage>,
    /// How many passages the article has.
    pub of: usize,
    /// The article's copies, where it has any.
    pub copies: Option<CopiesView>,
}

/// An article.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleView {
    /// Its passages, in reading order; at least one.
    pub passages: Vec<Passage>,
    /// Its copies, where it has any.
    pub copies: Option<CopiesView>,
}

/// What `id` stands for: an article's or a passage's; `groups` tell its copies.
pub fn show(engine: &dyn Engine, groups: &Groups, manifest: Option<&Manifest>, id: &str) -> Result<Shown, ViewError> {
    if let Ok(article) = id.parse::<ArticleId>() {
        let passages = passages(engine, manifest, article)?;
        return Ok(Shown::Article(ArticleView { passages, copies: copies::copies(engine, groups, article)? }));
    }
    let wanted: PassageId = id.parse().map_err(|_| ViewError::NoId(crate::model::single_line(id).into_owned()))?;
    let mut passages = passages(engine, manifest, wanted.article)?;
    let of = passages.len();
    let unknown =
        || ViewError::UnknownId(format!("article {} has {of} passages and none numbered {}", wanted.article, wanted.n));
    let at = passages.iter().position(|passage| passage.id == wanted).ok_or_else(unknown)?;
    let after = passages.split_off(at + 1).into_iter().take(CONTEXT).collect();
    let passage = passages.pop().ok_or_else(unknown)?;
    let before = passages.split_off(passages.len().saturating_sub(CONTEXT));
    let copies = copies::copies(engine, groups, wanted.article)?;
    Ok(Shown::Passage(Box::new(PassageView { before, passage, after, of, copies })))
}

fn passages(engine: &dyn Engine, manifest: Option<&Manifest>, article: ArticleId) -> Result<Vec<Passage>, ViewError> {
    let passages = engine.article(article).map_err(ViewError::Engine)?;
    if passages.is_empty() {
        return Err(unknown_article(manifest, article));
    }
    Ok(passages)
}

/// Who speaks in what is shown, and why: a value for each passage that `id` stands for, context apart.
pub fn why(engine: &dyn Engine, shown: &Shown) -> Result<Vec<PassageReasons>, ViewError> {
    Ok(match shown {
        Shown::Article(view) => view.passages.iter().map(|passage| reasons(&view.passages, passage)).collect(),
        Shown::Passage(view) => {
            vec![reasons(&passages(engine, None, view.passage.id.article)?, &view.passage)]
        }
    })
}
