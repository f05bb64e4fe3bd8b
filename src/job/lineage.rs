//! Bringing the statements of quotations up to date, once the engine holds the run's articles.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::JobError;
use super::near_duplicates::readable;
use crate::engine::{Engine, EngineError, TantivyEngine};
use crate::lineage::{Statements, Wording, Wordings};
use crate::model::ArticleId;
use crate::store::{IndexFolder, Manifest};

/// The statements of the articles that `manifest` names, and both files of the folder brought up to date.
///
/// `new` are the wordings of the articles that this run put. No source is read: what is missing comes from the
/// engine's passages. Statements are made anew from all wordings, in linear time, so that they depend on nothing else.
pub(super) fn update(
    folder: &IndexFolder,
    engine: &TantivyEngine,
    manifest: &Manifest,
    new: Vec<(ArticleId, Vec<Wording>)>,
    touched: bool,
    warnings: &mut Vec<String>,
) -> Result<Statements, JobError> {
    let stored = readable(folder.wordings(), warnings)?;
    let statements = readable(folder.statements(), warnings)?;
    if let (false, Some(_), Some(statements)) = (touched, &stored, statements) {
        return Ok(statements);
    }
    let articles: BTreeSet<ArticleId> = manifest.indexed().map(|source| source.article).collect();
    let mut wordings: Wordings = stored.unwrap_or_default();
    wordings.keep(&articles);
    wordings.extend(new);
    let missing: Vec<ArticleId> = articles.into_iter().filter(|article| !wordings.has(*article)).collect();
    let made: Vec<(ArticleId, Vec<Wording>)> = missing
        .into_par_iter()
        .map(|article| Ok((article, Wording::of_passages(&engine.article(article)?))))
        .collect::<Result<_, EngineError>>()?;
    wordings.extend(made);
    let statements = wordings.statements();
    folder.write_lineage(&wordings, &statements)?;
    Ok(statements)
}
