//! Bringing the groups of near-duplicates up to date, once the engine holds the run's articles.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::JobError;
use crate::engine::{Engine, EngineError, TantivyEngine};
use crate::model::{ArticleId, Passage, Publication};
use crate::near_duplicates::{Body, Groups, Sketch, Sketches};
use crate::store::{IndexFolder, Manifest, StoreError};

/// The groups of the articles that `manifest` names, and both files of the folder brought up to date.
///
/// `new` are the sketches of the articles that this run put. No source is read: where an old article's
/// words are needed, to compare it with a new one, they come from its passages in the engine.
pub(super) fn update(
    folder: &IndexFolder,
    engine: &TantivyEngine,
    manifest: &Manifest,
    new: Vec<Sketch>,
    touched: bool,
    warnings: &mut Vec<String>,
) -> Result<Groups, JobError> {
    let stored = readable(folder.sketches(), warnings)?;
    let groups = readable(folder.groups(), warnings)?;
    if let (false, Some(_), Some(groups)) = (touched, &stored, groups) {
        return Ok(groups);
    }
    let articles: BTreeSet<ArticleId> = manifest.indexed().map(|source| source.article).collect();
    let mut sketches = stored.unwrap_or_default();
    sketches.keep(&articles);
    sketches.extend(new);
    sketch_the_rest(&mut sketches, &articles, engine)?;
    let groups = sketches.update(&|article| Ok::<Body, EngineError>(Body::of_passages(&engine.article(article)?)))?;
    folder.write_near_duplicates(&sketches, &groups)?;
    Ok(groups)
}

/// What was read; what cannot be made sense of is derived anew, with a warning.
pub(super) fn readable<T>(
    read: Result<Option<T>, StoreError>,
    warnings: &mut Vec<String>,
) -> Result<Option<T>, StoreError> {
    match read {
        Err(
            error @ (StoreError::NearDuplicates { .. } | StoreError::Lineage { .. } | StoreError::FirstSeen { .. }),
        ) => {
            warnings.push(error.to_string());
            Ok(None)
        }
        read => read,
    }
}

/// Sketches the articles that have no sketch: all of an index that a version before this one built.
fn sketch_the_rest(
    sketches: &mut Sketches,
    articles: &BTreeSet<ArticleId>,
    engine: &TantivyEngine,
) -> Result<(), EngineError> {
    let missing: Vec<ArticleId> = articles.iter().copied().filter(|article| !sketches.has(*article)).collect();
    let made: Vec<Sketch> = missing
        .into_par_iter()
        .map(|article| {
            let passages = engine.article(article)?;
            Ok(Sketch::of(article, publication(&passages), &passages))
        })
        .collect::<Result<_, EngineError>>()?;
    sketches.extend(made);
    Ok(())
}

/// When the article of `passages` was published, by the first whose date nobody corrected.
fn publication(passages: &[Passage]) -> Option<&Publication> {
    let is_derived = |passage: &&Passage| passage.overrides.iter().all(|done| done.field != "published");
    passages.iter().find(is_derived).or_else(|| passages.first())?.published.as_ref()
}
