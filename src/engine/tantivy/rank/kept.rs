//! The statistics of the last commit, kept beside the index: the first search after opening reads a line instead of the
//! columns of every passage.
//!
//! They are derived, and counted anew where the file is missing, damaged, or of other segments than those that a search
//! sees.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::Searcher;

/// The file in the engine's folder.
const FILE: &str = "statistics.json";

/// How many there are of something, and the sums of their lengths by field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lengths {
    pub(super) number: u64,
    // Named in full: what serde derives has a `FIELDS` of its own.
    pub(super) sums: [u64; super::FIELDS],
}

/// Lengths of what the index holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Summary {
    pub(super) passages: Lengths,
    pub(super) articles: Lengths,
    pub(super) works: Lengths,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    /// Names of the segments and how many passages are alive in each: what the summary is of.
    segments: Vec<(String, u32)>,
    summary: Summary,
}

/// What is kept of the segments that `searcher` sees.
pub(super) fn read(folder: &Path, searcher: &Searcher) -> Option<Summary> {
    let kept: Kept = serde_json::from_slice(&fs::read(folder.join(FILE)).ok()?).ok()?;
    (kept.segments == segments(searcher)).then_some(kept.summary)
}

/// Keeps `summary` as that of the segments that `searcher` sees.
pub(super) fn write(folder: &Path, searcher: &Searcher, summary: Summary) -> io::Result<()> {
    let kept = Kept { segments: segments(searcher), summary };
    let mut file = tempfile::Builder::new().prefix(".tmp").tempfile_in(folder)?;
    serde_json::to_writer(&mut file, &kept)?;
    file.persist(folder.join(FILE)).map_err(|error| error.error)?;
    Ok(())
}

fn segments(searcher: &Searcher) -> Vec<(String, u32)> {
    let segments = searcher.segment_readers().iter();
    let mut segments: Vec<_> =
        segments.map(|segment| (segment.segment_id().uuid_string(), segment.num_docs())).collect();
    segments.sort_unstable();
    segments
}
