//! Settings and authority files: read, checked, with line numbers in errors.

mod authority;
mod error;
mod overrides;
mod ranking;
mod rules;
mod searches;
mod settings;
mod topics;

pub use authority::{Authority, Person, Role};
pub use error::ConfigError;
pub use overrides::{Overrides, Placed, Removal, added, is_speaker_id, kind_of, published_of, removed, topic_of};
pub use ranking::{Feedback, Ranking};
pub use rules::{ModelFile, RULES_VERSION, Rules};
pub use searches::{SavedSearch, SavedSearches};
pub use settings::{FILE_NAME, ModelChoice, Settings, language_refusal, time_zone_refusal};
pub use topics::{BUILT_IN_TOPICS, TopicSet};
