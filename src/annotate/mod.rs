//! Article → passages, each with its speaker, topics and dates, and the reason for each.

mod abbreviations;
pub mod dates;
mod overrides;
mod passages;
pub mod sentences;
pub mod speakers;
mod split;
pub mod topics;

pub use passages::{Annotated, Annotator};
