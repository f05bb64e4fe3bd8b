//! Recording in which generation each passage first came.
//!
//! What an article says again is not new: a passage that adds nothing to what the article, or the one that its file gave
//! before, held until this run, has the generation of that. So neither a typing error that is mended nor another cut of
//! the same text makes news; a figure or negation that changes does.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::JobError;
use super::near_duplicates::readable;
use crate::engine::{Engine, EngineError, TantivyEngine};
use crate::model::{ArticleId, Passage, TextMark};
use crate::near_duplicates::{Said, Shingles};
use crate::store::{FirstSeen, IndexFolder, Manifest, Sighting};

/// A passage that this run put.
#[derive(Debug)]
pub(super) struct Put {
    article: ArticleId,
    words: TextMark,
    /// The passage of before that says the same already.
    known_as: Option<(ArticleId, TextMark)>,
}

impl Put {
    /// The passages of an article, compared with those that stood in its place before; none where it is new.
    pub(super) fn of(passages: &[Passage], before: &[Passage]) -> Vec<Self> {
        let before: Vec<(ArticleId, TextMark, Shingles)> = before
            .iter()
            .map(|old| (old.id.article, TextMark::of_words(&old.text), Said::of(&old.text).shingles()))
            .collect();
        let whole = before.iter().fold(Shingles::default(), |whole, (_, _, own)| whole.union(own));
        let known_as = |text: &str, words: TextMark| {
            let same = before.iter().find(|(_, old, _)| *old == words);
            let said = Said::of(text);
            let near = || before.iter().max_by_key(|(_, _, old)| said.held_by(old));
            let found = same.or_else(|| near().filter(|_| said.adds_nothing_to(&whole)));
            found.map(|(article, words, _)| (*article, *words))
        };
        let put = |passage: &Passage| {
            let words = TextMark::of_words(&passage.text);
            let known_as = if before.is_empty() { None } else { known_as(&passage.text, words) };
            Self { article: passage.id.article, words, known_as }
        };
        passages.iter().map(put).collect()
    }
}

/// Brings the record up to date: what was put came in the manifest's generation unless it was known, and where there is no record,
/// all else that the index holds counts as seen in generation 1. `now` is in nanoseconds since 1970.
pub(super) fn update(
    folder: &IndexFolder,
    engine: &TantivyEngine,
    manifest: &Manifest,
    put: &[Put],
    now: i64,
    warnings: &mut Vec<String>,
) -> Result<(), JobError> {
    let stored = readable(folder.first_seen(), warnings)?;
    if stored.is_some() && put.is_empty() {
        return Ok(());
    }
    let begins = stored.is_none();
    let mut record = stored.unwrap_or_else(|| FirstSeen::beginning(now));
    let current = u32::try_from(manifest.generation).unwrap_or(u32::MAX);
    let generation = |put: &Put| match put.known_as {
        Some(_) if begins => 1,
        Some((article, words)) => record.generation(article, words).unwrap_or(current),
        None => current,
    };
    let mut new: Vec<Sighting> = put
        .iter()
        .map(|put| Sighting { words: put.words, article: put.article, generation: generation(put) })
        .collect();
    if begins {
        new.extend(the_rest(engine, manifest, put)?);
    }
    record.extend(new);
    Ok(folder.write_first_seen(&record)?)
}

/// The passages that this run did not put, as seen in generation 1.
fn the_rest(engine: &TantivyEngine, manifest: &Manifest, put: &[Put]) -> Result<Vec<Sighting>, EngineError> {
    let put: BTreeSet<ArticleId> = put.iter().map(|put| put.article).collect();
    let articles: BTreeSet<ArticleId> = manifest.indexed().map(|source| source.article).collect();
    let rest: Vec<ArticleId> = articles.difference(&put).copied().collect();
    let seen: Vec<Vec<Sighting>> = rest
        .into_par_iter()
        .map(|article| {
            let passages = engine.article(article)?;
            let sighting =
                |passage: &Passage| Sighting { words: TextMark::of_words(&passage.text), article, generation: 1 };
            Ok(passages.iter().map(sighting).collect())
        })
        .collect::<Result<_, EngineError>>()?;
    Ok(seen.into_iter().flatten().collect())
}
