//! What an index holds.

use serde::Serialize;

use super::ViewError;
use crate::config::{ConfigError, Overrides};
use crate::engine::{Engine, EngineError, Vocabulary};
use crate::job::{OverridesTally, are_current, standings};
use crate::model::ContentHash;
use crate::store::IndexFolder;

/// What an index holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The index folder.
    pub index: String,
    /// Sources that gave an article, duplicates included.
    pub sources: usize,
    /// Sources left out because another gives the same article.
    pub duplicates: usize,
    /// Sources that gave no article.
    pub quarantined: usize,
    /// Articles in the index.
    pub articles: usize,
    /// Groups of articles that are copies of one another in all but some words.
    pub near_duplicate_groups: usize,
    /// Articles in these groups.
    pub near_duplicate_articles: usize,
    /// Passages in the index.
    pub passages: u64,
    /// Speakers of at least one passage.
    pub speakers: usize,
    /// Topics of at least one passage.
    pub topics: usize,
    /// First and last day of publication.
    pub published: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// Bytes of the whole folder, archive included.
    pub bytes: u64,
    /// Counts the runs that changed the index.
    pub generation: u64,
    /// Names the content: sources and rules.
    pub fingerprint: ContentHash,
    /// What became of the corrections; `None` where their file is refused.
    pub overrides: Option<OverridesTally>,
    /// Why the file of corrections is refused, if it is.
    pub overrides_refused: Option<String>,
    /// Whether topics, speakers, corrections or settings have changed since it was built.
    pub stale: bool,
}

/// The state of the index in `folder`; `rules` is the hash of the rules in force, beside the corrections, whose file
/// may be refused.
pub fn status(
    engine: &dyn Engine,
    folder: &IndexFolder,
    rules: ContentHash,
    overrides: &Result<Overrides, ConfigError>,
) -> Result<Status, ViewError> {
    let manifest =
        folder.manifest()?.ok_or_else(|| ViewError::Engine(EngineError::Missing(folder.path().to_owned())))?;
    let groups = folder.groups()?.unwrap_or_default();
    let figures = engine.figures().map_err(ViewError::Engine)?;
    let count = |field| engine.vocabulary(field).map(|values| values.len()).map_err(ViewError::Engine);
    let tally = match overrides {
        Ok(overrides) => Some(OverridesTally::of(&standings(engine, &manifest, overrides).map_err(ViewError::Engine)?)),
        Err(_) => None,
    };
    let corrected = overrides.as_ref().is_ok_and(|overrides| are_current(&manifest, overrides));
    Ok(Status {
        index: folder.path().display().to_string(),
        sources: manifest.sources().count(),
        duplicates: manifest.sources().filter(|source| source.duplicate_of.is_some()).count(),
        quarantined: manifest.files.values().map(|file| file.quarantined.len()).sum(),
        articles: manifest.indexed().count(),
        near_duplicate_groups: groups.all().len(),
        near_duplicate_articles: groups.articles(),
        passages: figures.passages,
        speakers: count(Vocabulary::SpeakerIds)?,
        topics: count(Vocabulary::TopicIds)?,
        published: figures.published,
        bytes: folder.bytes()?,
        generation: manifest.generation,
        fingerprint: manifest.fingerprint(),
        stale: manifest.rules != rules || overrides.is_ok() && !corrected,
        overrides: tally,
        overrides_refused: overrides.as_ref().err().map(ToString::to_string),
    })
}
