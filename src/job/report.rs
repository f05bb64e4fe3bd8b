//! What a run did, for people and for machines.

use serde::Serialize;

use super::OverridesTally;
use crate::model::ContentHash;
use crate::near_duplicates::Group;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many files are to be read.
    Reading(usize),
    /// So many more have been read.
    Read(usize),
    /// All are read; the index is being committed.
    Committing,
}

/// What a run did.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Report {
    /// Files that were not there before.
    pub new: usize,
    /// Files whose content changed, or whose passages had to be derived anew.
    pub changed: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Whether everything was derived anew because the rules changed: topics, speakers, settings, program.
    pub rules_changed: bool,
    /// Files derived anew because other corrections hold of an article.
    pub corrected: usize,
    /// What became of the corrections.
    pub overrides: OverridesTally,
    /// Articles in the index now.
    pub articles: usize,
    /// Passages in the index now.
    pub passages: usize,
    /// Sources that gave no article, each with its reason; those of earlier runs included.
    pub quarantined: Vec<String>,
    /// Sources that give the article of another source.
    pub duplicates: Vec<Duplicate>,
    /// Groups of articles that are copies of one another in all but some words.
    pub near_duplicate_groups: usize,
    /// Articles in these groups.
    pub near_duplicate_articles: usize,
    /// The groups, each member with the reason.
    pub near_duplicates: Vec<Group>,
    /// Statements that two quotations or more carry.
    pub statements: usize,
    /// Guesses that a person should know of.
    pub warnings: Vec<String>,
    /// Counts the runs that changed the index.
    pub generation: u64,
    /// Names the index's content, see [`crate::store::Manifest::fingerprint`].
    pub fingerprint: Option<ContentHash>,
}

/// A source that gives the same article as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The source that is left out.
    pub path: String,
    /// The source that stands for both.
    pub of: String,
}
