//! All that decides what is derived from a source, read together and named by one hash.

use std::borrow::Cow;
use std::path::Path;

use super::settings::ModelChoice;
use super::topics::BUILT_IN_TOPICS;
use super::{Authority, ConfigError, Settings, TopicSet, error};
use crate::model::ContentHash;

/// Counts up whenever a change of this program derives something else from the same source; an index
/// of another version is derived anew.
pub const RULES_VERSION: u32 = 5;

/// The program's own model of who said what; `examples/train_quotes.rs` makes it.
const BUILT_IN_MODEL: &[u8] = include_bytes!("../../data/cues.model");
/// Bytes at a model's beginning that name it: its version and the hash of the rest.
const MODEL_HEAD: usize = 44;

/// A trained model as it lies in its file, unread.
#[derive(Clone)]
pub struct ModelFile {
    /// For messages: its path.
    pub name: String,
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
}

impl ModelFile {
    /// The program's own.
    pub fn built_in() -> Self {
        Self { name: "the built-in model".into(), bytes: Cow::Borrowed(BUILT_IN_MODEL) }
    }
}

impl std::fmt::Debug for ModelFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {} bytes", self.name, self.bytes.len())
    }
}

/// Authority file, topics, and the hash of everything that decides what is derived.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Speakers known beforehand.
    pub authority: Authority,
    /// What passages can be about.
    pub topics: TopicSet,
    /// The model that weighs who said what; `None`: the rules alone.
    pub model: Option<ModelFile>,
    /// BLAKE3 of the rules' version, both files, the model, and the settings that label sources.
    pub hash: ContentHash,
}

impl Rules {
    /// Reads the files that `settings` name; one that does not exist counts as empty, or as the built-in topics.
    pub fn load(settings: &Settings) -> Result<Self, ConfigError> {
        let speakers = read_or(&settings.speakers, "")?;
        let topics = read_or(&settings.topics, BUILT_IN_TOPICS)?;
        let labels = (&settings.outlet, &settings.language, &settings.time_zone);
        let model = read_model(&settings.model)?;
        let head = model.as_ref().map(|model| model.bytes.get(..MODEL_HEAD).unwrap_or(&model.bytes));
        let hash = ContentHash::of(format!("{RULES_VERSION}\n{labels:?}\n{head:?}\n{speakers}\0{topics}").as_bytes());
        Ok(Self {
            authority: Authority::parse(&settings.speakers, &speakers)?,
            topics: TopicSet::parse(&settings.topics, &topics)?,
            model,
            hash,
        })
    }
}

fn read_model(choice: &ModelChoice) -> Result<Option<ModelFile>, ConfigError> {
    match choice {
        ModelChoice::BuiltIn => Ok(Some(ModelFile::built_in())),
        ModelChoice::None => Ok(None),
        ModelChoice::File(path) => {
            let bytes = Cow::Owned(error::read_bytes(path)?);
            Ok(Some(ModelFile { name: path.display().to_string(), bytes }))
        }
    }
}

fn read_or(path: &Path, default: &str) -> Result<String, ConfigError> {
    if path.exists() { error::read(path) } else { Ok(default.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_labels_sources_changes_the_hash() {
        let folder = tempfile::tempdir().unwrap();
        let plain = Settings::defaults(folder.path());
        let labelled = Settings { outlet: Some("Corridor Wire".into()), ..plain.clone() };

        let hash = |settings: &Settings| Rules::load(settings).unwrap().hash;

        assert_eq!(hash(&plain), hash(&plain));
        assert_ne!(hash(&plain), hash(&labelled));
        assert_ne!(hash(&plain), hash(&Settings { model: ModelChoice::None, ..plain.clone() }));
    }
}
