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
use crate::store::{FirstSeen, IndexFolder, Manifest, Sighting, StoreError};

/// The record of first sightings, and what a run adds to it.
#[derive(Debug)]
pub(super) struct Recorder {
    /// As it was; `None` where there is none, or none that can be read.
    stored: Option<FirstSeen>,
    put: Vec<Put>,
}

/// A passage that the run put.
#[derive(Debug)]
struct Put {
    article: ArticleId,
    words: TextMark,
    /// The passage of before that says the same already.
    known_as: Option<(ArticleId, TextMark)>,
}

/// The marks of an article's passages, in their order.
pub(super) fn marks(passages: &[Passage]) -> Vec<TextMark> {
    passages.iter().map(|passage| TextMark::of_words(&passage.text)).collect()
}

impl Recorder {
    /// Reads the folder's record.
    pub(super) fn open(folder: &IndexFolder, warnings: &mut Vec<String>) -> Result<Self, StoreError> {
        Ok(Self { stored: readable(folder.first_seen(), warnings)?, put: Vec::new() })
    }

    /// The last generation that is recorded.
    pub(super) fn latest(&self) -> u64 {
        self.stored.as_ref().map_or(0, |stored| stored.latest().into())
    }

    /// Whether each of an article's passages is recorded already.
    pub(super) fn knows(&self, article: ArticleId, words: &[TextMark]) -> bool {
        self.stored
            .as_ref()
            .is_some_and(|stored| words.iter().all(|words| stored.generation(article, *words).is_some()))
    }

    /// Adds the passages of an article, of these marks; `before` stood in its place until now.
    pub(super) fn put(&mut self, article: ArticleId, passages: &[Passage], words: &[TextMark], before: &[Passage]) {
        let before = Before::of(before);
        self.put.extend(passages.iter().zip(words).map(|(passage, words)| Put {
            article,
            words: *words,
            known_as: before.says(&passage.text, *words),
        }));
    }

    /// Brings the folder's record up to date: what was put came in the manifest's generation unless it was known. Where
    /// there is no record, one begins, and all that the index held counts as seen in generation 1. `now` is in nanoseconds
    /// since 1970.
    pub(super) fn finish(
        self,
        folder: &IndexFolder,
        engine: &TantivyEngine,
        manifest: &Manifest,
        now: i64,
    ) -> Result<(), JobError> {
        let Self { stored, put } = self;
        if stored.is_some() && put.is_empty() {
            return Ok(());
        }
        let current = u32::try_from(manifest.generation).unwrap_or(u32::MAX);
        let generation = |put: &Put| match (&stored, put.known_as) {
            (None, Some(_)) => 1,
            (Some(record), Some((article, words))) => record.generation(article, words).unwrap_or(current),
            (_, None) => current,
        };
        let sighting = |put: &Put| Sighting { words: put.words, article: put.article, generation: generation(put) };
        let mut new: Vec<Sighting> = put.iter().map(sighting).collect();
        if stored.is_none() {
            new.extend(the_rest(engine, manifest, &put)?);
        }
        let mut record = stored.unwrap_or_default();
        record.add(current, now, new);
        Ok(folder.write_first_seen(&record)?)
    }
}

/// What stood in the place of an article.
struct Before {
    passages: Vec<(ArticleId, TextMark, Shingles)>,
    /// Of all passages.
    whole: Shingles,
}

impl Before {
    fn of(passages: &[Passage]) -> Self {
        let passages: Vec<(ArticleId, TextMark, Shingles)> = passages
            .iter()
            .map(|old| (old.id.article, TextMark::of_words(&old.text), Said::of(&old.text).shingles()))
            .collect();
        let whole = passages.iter().fold(Shingles::default(), |whole, (_, _, own)| whole.union(own));
        Self { passages, whole }
    }

    /// The passage of the same words, or that which holds most of `text` where all of them together hold it.
    fn says(&self, text: &str, words: TextMark) -> Option<(ArticleId, TextMark)> {
        let same = self.passages.iter().find(|(_, old, _)| *old == words);
        let near = || {
            let said = Said::of(text);
            let nearest = self.passages.iter().max_by_key(|(_, _, old)| said.held_by(old));
            nearest.filter(|_| said.adds_nothing_to(&self.whole))
        };
        same.or_else(near).map(|(article, words, _)| (*article, *words))
    }
}

/// The passages that a run did not put, as seen in generation 1.
fn the_rest(engine: &TantivyEngine, manifest: &Manifest, put: &[Put]) -> Result<Vec<Sighting>, EngineError> {
    let put: BTreeSet<ArticleId> = put.iter().map(|put| put.article).collect();
    let articles: BTreeSet<ArticleId> = manifest.indexed().map(|source| source.article).collect();
    let rest: Vec<ArticleId> = articles.difference(&put).copied().collect();
    let seen: Vec<Vec<Sighting>> = rest
        .into_par_iter()
        .map(|article| {
            let sighting = |words| Sighting { words, article, generation: 1 };
            Ok(marks(&engine.article(article)?).into_iter().map(sighting).collect())
        })
        .collect::<Result<_, EngineError>>()?;
    Ok(seen.into_iter().flatten().collect())
}
