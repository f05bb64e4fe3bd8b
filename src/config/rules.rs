//! All that decides what is derived from a source, read together and named by one hash.

use std::path::Path;

use super::topics::BUILT_IN_TOPICS;
use super::{Authority, ConfigError, Settings, TopicSet, error};
use crate::model::ContentHash;

/// Counts up whenever a change of this program derives something else from the same source; an index
/// of another version is derived anew.
pub const RULES_VERSION: u32 = 2;

/// Authority file, topics, and the hash of everything that decides what is derived.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Speakers known beforehand.
    pub authority: Authority,
    /// What passages can be about.
    pub topics: TopicSet,
    /// BLAKE3 of the rules' version, both files, and the settings that label sources.
    pub hash: ContentHash,
}

impl Rules {
    /// Reads the files that `settings` name; one that does not exist counts as empty, or as the built-in topics.
    pub fn load(settings: &Settings) -> Result<Self, ConfigError> {
        let speakers = read_or(&settings.speakers, "")?;
        let topics = read_or(&settings.topics, BUILT_IN_TOPICS)?;
        let labels = (&settings.outlet, &settings.language, &settings.time_zone);
        let hash = ContentHash::of(format!("{RULES_VERSION}\n{labels:?}\n{speakers}\0{topics}").as_bytes());
        Ok(Self {
            authority: Authority::parse(&settings.speakers, &speakers)?,
            topics: TopicSet::parse(&settings.topics, &topics)?,
            hash,
        })
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
    }
}
