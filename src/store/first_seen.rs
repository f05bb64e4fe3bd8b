//! In which generation of the index each passage first came, also of passages that are gone: 20 bytes a passage.
//!
//! Unlike the folder's other files this one is history: it cannot be derived anew. Where it is lost, all that the index
//! holds counts as seen in generation 1, under another beginning, so that what rested on the lost one can tell.

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstSeen {
    /// When the record began, in nanoseconds since 1970: two records of one beginning are one history.
    begun: i64,
    /// Ascending; no passage of an article twice.
    sightings: Vec<Sighting>,
}

impl FirstSeen {
    /// An empty record that begins at `now`, in nanoseconds since 1970.
    pub fn beginning(now: i64) -> Self {
        Self { begun: now, sightings: Vec::new() }
    }

    /// When the record began, in nanoseconds since 1970.
    pub fn begun(&self) -> i64 {
        self.begun
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

    /// The last generation in which a passage first came; 0 where none did.
    pub fn latest(&self) -> u32 {
        self.sightings.iter().map(|sighting| sighting.generation).max().unwrap_or(0)
    }

    /// Adds sightings; of one article and passage the earliest stays.
    pub fn extend(&mut self, new: impl IntoIterator<Item = Sighting>) {
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
        let begun = i64::from_le_bytes(reader.bytes()?);
        let sightings = reader.list(sighting)?;
        sightings.is_sorted().then_some(FirstSeen { begun, sightings })
    })
}

/// Puts `first_seen` in the place of the file at `path`.
pub(super) fn write(path: &Path, first_seen: &FirstSeen) -> Result<(), StoreError> {
    let mut bytes = KIND.begin();
    bytes.extend(first_seen.begun.to_le_bytes());
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
        let mut record = FirstSeen::beginning(7);
        record.extend([sighting("It leans.", "a", 2), sighting("it leans", "b", 1), sighting("It fell.", "a", 3)]);
        record
    }

    #[test]
    fn the_earliest_sighting_of_a_passage_stays() {
        let mut record = record();
        record.extend([sighting("IT LEANS", "a", 5), sighting("It fell.", "a", 1)]);

        let generations = |words: &str| -> Vec<u32> {
            record.of(TextMark::of_words(words)).iter().map(|sighting| sighting.generation).collect()
        };
        assert_eq!(generations("It leans."), [1, 2]);
        assert_eq!(generations("It fell."), [1]);
        assert_eq!(record.generation(ArticleId::derive("url", "a"), TextMark::of_words("it leans!")), Some(2));
        assert_eq!(record.latest(), 2);
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
