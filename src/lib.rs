//! x

pub mod annotate;
pub mod clean;
pub mod config;
pub mod model;
pub mod query;
