//! Article → passages, each with its speaker, topics and dates, and the reason for each.

pub mod dates;
pub mod topics;
