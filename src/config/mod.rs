//! Settings and authority files: read, checked, with line numbers in errors.

mod authority;
mod error;
mod settings;
mod topics;

pub use authority::{Authority, Person, Role};
pub use error::ConfigError;
pub use settings::{FILE_NAME, Settings, language_refusal, time_zone_refusal};
pub use topics::TopicSet;
