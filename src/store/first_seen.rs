//! In which generation of the index each passage first came, also of passages that are gone: 20 bytes a passage.
//!
//! Unlike the folder's other files this one is history: it cannot be derived anew. Where it is lost, all that the index
//! holds counts as seen in generation 1. Each run that adds to it leaves its time, so that what rested on another
//! history, lost or replaced by a backup, can tell.

use std::path::Path;

use super::StoreError;
use super::packed::{Kind, Reader, count};
use crate::model::{ArticleId, TextMark};

/// Begins the file.
const KIND: Kind = Kind { mark: b"rapporteur first seen", version: 1 };

/// The first time that an article held a passage of these words. Ordered by words, then by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// Stands for the passage's words, see [`TextMark::of_words`].
    pub words: TextMark,
    /// Counts the runs that changed the index, from 1.
    pub generation: u32,
    /// The article that held it.
    pub article: ArticleId,
}

/// Every first sighting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstSeen {
    /// The generations that added something, ascending, each with its time in nanoseconds since 1970.
    runs: Vec<(u32, i64)>,
    /// Ascending; no passage of an article twice.
    sightings: Vec<Sighting>,
}

impl FirstSeen {
    /// When the last passages came that came in `generation` or before, in nanoseconds since 1970; 0 where none did. Two
    /// records of which it is the same have one history up to there.
    pub fn stamp(&self, generation: u32) -> i64 {
        let runs = self.runs.partition_point(|(run, _)| *run <= generation);
        self.runs[..runs].last().map_or(0, |(_, at)| *at)
    }

    /// Every sighting, by words.
    pub fn all(&self) -> &[Sighting] {
        &self.sightings
    }

    /// The sightings of passages of these words, the first ones first.
    pub fn of(&self, words: TextMark) -> &[Sighting] {
        let start = self.sightings.partition_point(|sighting| sighting.words < words);
        let length = self.sightings[start..].partition_point(|sighting| sighting.words == words);
        &self.sightings[start..start + length]
    }

    /// When `article` first held a passage of these words; `None` where it never did.
    pub fn generation(&self, article: ArticleId, words: TextMark) -> Option<u32> {
        self.of(words).iter().find(|sighting| sighting.article == article).map(|sighting| sighting.generation)
    }

    /// The last generation that added something; 0 where none did.
    pub fn latest(&self) -> u32 {
        self.runs.last().map_or(0, |(run, _)| *run)
    }

    /// Adds the sightings of a run, which leads to `generation`, at `now`, in nanoseconds since 1970; of one article and
    /// passage the earliest stays.
    pub fn add(&mut self, generation: u32, now: i64, new: impl IntoIterator<Item = Sighting>) {
        // A run that was cut off may have led there before.
        self.runs.retain(|(run, _)| *run < generation);
        self.runs.push((generation, now));
        self.sightings.extend(new);
        self.sightings.sort_unstable_by_key(|one| (one.words, one.article, one.generation));
        self.sightings.dedup_by_key(|one| (one.words, one.article));
        self.sightings.sort_unstable();
    }
}

/// The record at `path`; `None` where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<FirstSeen>, StoreError> {
    let refuse = |reason: &str| StoreError::FirstSeen { path: path.to_owned(), reason: reason.to_owned() };
    KIND.read(path, refuse, |reader| {
        let runs = reader.list(|reader| Some((reader.number()?, i64::from_le_bytes(reader.bytes()?))))?;
        let sightings = reader.list(sighting)?;
        (runs.is_sorted() && sightings.is_sorted()).then_some(FirstSeen { runs, sightings })
    })
}

/// Puts `first_seen` in the place of the file at `path`.
pub(super) fn write(path: &Path, first_seen: &FirstSeen) -> Result<(), StoreError> {
    let mut bytes = KIND.begin();
    count(&mut bytes, first_seen.runs.len());
    for (generation, at) in &first_seen.runs {
        bytes.extend(generation.to_le_bytes());
        bytes.extend(at.to_le_bytes());
    }
    count(&mut bytes, first_seen.sightings.len());
    for sighting in &first_seen.sightings {
        bytes.extend(sighting.words.to_bytes());
        bytes.extend(sighting.article.bits().to_le_bytes());
        bytes.extend(sighting.generation.to_le_bytes());
    }
    Kind::write(path, bytes)
}

fn sighting(reader: &mut Reader<'_>) -> Option<Sighting> {
    Some(Sighting {
        words: TextMark::from_bytes(reader.bytes()?),
        article: ArticleId::from_bits(u64::from_le_bytes(reader.bytes()?))?,
        generation: reader.number()?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::packed::tests::is_refused_wherever_damaged;
    use super::*;

    fn sighting(words: &str, article: &str, generation: u32) -> Sighting {
        Sighting { words: TextMark::of_words(words), article: ArticleId::derive("url", article), generation }
    }

    fn record() -> FirstSeen {
        let mut record = FirstSeen::default();
        record.add(3, 7, [sighting("It leans.", "a", 2), sighting("it leans", "b", 1), sighting("It fell.", "a", 3)]);
        record
    }

    #[test]
    fn the_earliest_sighting_of_a_passage_stays() {
        let mut record = record();
        record.add(5, 9, [sighting("IT LEANS", "a", 5), sighting("It fell.", "a", 1)]);

        let generations = |words: &str| -> Vec<u32> {
            record.of(TextMark::of_words(words)).iter().map(|sighting| sighting.generation).collect()
        };
        assert_eq!(generations("It leans."), [1, 2]);
        assert_eq!(generations("It fell."), [1]);
        assert_eq!(record.generation(ArticleId::derive("url", "a"), TextMark::of_words("it leans!")), Some(2));
    }

    #[test]
    fn a_stamp_is_that_of_the_last_run_that_added_something() {
        let mut record = record();
        record.add(5, 9, []);

        assert_eq!([2, 3, 4, 5, 8].map(|generation| record.stamp(generation)), [0, 7, 7, 9, 9]);
        // Led there once more, after it was cut off.
        record.add(5, 11, []);
        assert_eq!((record.stamp(4), record.stamp(5), record.latest()), (7, 11, 5));
    }

    #[test]
    fn a_record_reads_back_and_a_damaged_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("first-seen");
        assert_eq!(read(&path).unwrap(), None);

        write(&path, &record()).unwrap();

        assert_eq!(read(&path).unwrap(), Some(record()));
        is_refused_wherever_damaged(&path, 11, || matches!(read(&path), Err(StoreError::FirstSeen { .. })));
    }
}
