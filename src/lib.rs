//! x

pub mod analysis;
pub mod annotate;
pub mod clean;
pub mod config;
pub mod engine;
pub mod job;
pub mod model;
pub mod query;
pub mod source;
pub mod store;
