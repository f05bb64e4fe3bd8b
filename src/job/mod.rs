//! Bringing an index up to date: sources → clean → annotate → store and engine, with a report.
//!
//! Files are read in parallel and applied in the order of their paths, so that the result depends
//! neither on the number of threads nor on the order in which a system lists files.

mod changes;
mod error;
mod first_seen;
mod lineage;
mod near_duplicates;
mod overrides;
mod owners;
mod prepare;
mod report;
mod run;
mod verify;

pub use error::JobError;
pub use overrides::{OverrideState, OverridesTally, StaleOverride, Standing, are_current, standings};
pub use prepare::clean_options;
pub use report::{Duplicate, Progress, Report};
pub use run::update;
pub use verify::{Claim as Claimed, Difference, Finding, Verdict, Verification, claims, verify};
