//! Sorts more records than memory holds: sorted runs go to temporary files and are merged from there.
//!
//! The files have no name, so that nothing is left behind where the process is killed. Runs are merged many at a time
//! (Knuth, The Art of Computer Programming, vol. 3, 5.4.1). Memory is bounded in bytes and files in number, which
//! the crates for it bound by counts of records or not at all.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};

/// Bytes of keys and records that are kept in memory before they are written as a run.
const MEMORY: usize = 16 << 20;
/// Runs of one level that are merged into one: bounds the files that are open and their buffers.
const MOST_RUNS: usize = 64;

/// Takes records in any order and gives them back in the order of their keys.
#[derive(Debug)]
pub struct RecordSorter {
    memory: usize,
    most_runs: usize,
    held: Held,
    /// Runs in files; a run of a level holds those of [`MOST_RUNS`] of the level before.
    levels: Vec<Vec<File>>,
}

impl Default for RecordSorter {
    fn default() -> Self {
        Self::with(MEMORY, MOST_RUNS)
    }
}

impl RecordSorter {
    fn with(memory: usize, most_runs: usize) -> Self {
        Self { memory, most_runs, held: Held::default(), levels: Vec::new() }
    }

    /// Takes a record. Keys are compared byte by byte; records of equal keys likewise.
    pub fn push(&mut self, key: &[u8], record: &[u8]) -> io::Result<()> {
        if !self.held.entries.is_empty() && self.held.size() + key.len() + record.len() > self.memory {
            self.spill()?;
        }
        self.held.push(key, record);
        Ok(())
    }

    /// All records, in order.
    pub fn finish(mut self) -> io::Result<SortedRecords> {
        self.held.sort();
        let mut runs = Vec::new();
        for file in self.levels.into_iter().flatten() {
            runs.push(Run::open(file)?);
        }
        runs.push(Run::Memory(self.held));
        SortedRecords::new(runs)
    }

    /// Writes what is in memory as a run.
    fn spill(&mut self) -> io::Result<()> {
        self.held.sort();
        let mut writer = BufWriter::new(tempfile::tempfile()?);
        while let Some((key, record)) = self.held.next() {
            write(&mut writer, key, record)?;
        }
        self.held.clear();
        self.add(0, writer)
    }

    /// Adds a run to a level, which is merged into the next one once it is full.
    fn add(&mut self, level: usize, run: BufWriter<File>) -> io::Result<()> {
        if self.levels.len() == level {
            self.levels.push(Vec::new());
        }
        let runs = &mut self.levels[level];
        runs.push(run.into_inner().map_err(io::IntoInnerError::into_error)?);
        if runs.len() < self.most_runs {
            return Ok(());
        }
        let runs = runs.drain(..).map(Run::open).collect::<io::Result<_>>()?;
        let mut merged = SortedRecords::new(runs)?;
        let mut writer = BufWriter::new(tempfile::tempfile()?);
        while let Some((key, record)) = merged.pop()? {
            write(&mut writer, &key, &record)?;
        }
        self.add(level + 1, writer)
    }
}

/// The records of a [`RecordSorter`], in order.
#[derive(Debug)]
pub struct SortedRecords {
    runs: Vec<Run>,
    /// The first record of each run that has one left, with the run's number.
    first: BinaryHeap<Reverse<(Pair, usize)>>,
}

impl SortedRecords {
    fn new(mut runs: Vec<Run>) -> io::Result<Self> {
        let mut first = BinaryHeap::with_capacity(runs.len());
        for (number, run) in runs.iter_mut().enumerate() {
            first.extend(run.next()?.map(|pair| Reverse((pair, number))));
        }
        Ok(Self { runs, first })
    }

    fn pop(&mut self) -> io::Result<Option<Pair>> {
        let Some(Reverse((pair, number))) = self.first.pop() else { return Ok(None) };
        if let Some(run) = self.runs.get_mut(number) {
            self.first.extend(run.next()?.map(|pair| Reverse((pair, number))));
        }
        Ok(Some(pair))
    }
}

impl Iterator for SortedRecords {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.pop().transpose().map(|pair| pair.map(|(_, record)| record))
    }
}

/// A key and its record.
type Pair = (Vec<u8>, Vec<u8>);

/// Sorted records, the first ones taken.
#[derive(Debug)]
enum Run {
    File(BufReader<File>),
    Memory(Held),
}

impl Run {
    fn open(mut file: File) -> io::Result<Self> {
        file.rewind()?;
        Ok(Self::File(BufReader::new(file)))
    }

    fn next(&mut self) -> io::Result<Option<Pair>> {
        match self {
            Self::Memory(held) => Ok(held.next().map(|(key, record)| (key.to_owned(), record.to_owned()))),
            Self::File(file) => {
                let ended = file.fill_buf()?.is_empty();
                Ok(if ended { None } else { Some((read(file)?, read(file)?)) })
            }
        }
    }
}

/// Records in memory.
#[derive(Debug, Default)]
struct Held {
    /// Keys and records, one after another.
    bytes: Vec<u8>,
    entries: Vec<Entry>,
    /// How many have been taken.
    taken: usize,
}

/// Where a key lies in [`Held::bytes`], from `start` to `middle`, and its record, from there to `end`.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: usize,
    middle: usize,
    end: usize,
}

impl Held {
    fn size(&self) -> usize {
        self.bytes.len() + self.entries.len() * size_of::<Entry>()
    }

    fn push(&mut self, key: &[u8], record: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(key);
        let middle = self.bytes.len();
        self.bytes.extend_from_slice(record);
        self.entries.push(Entry { start, middle, end: self.bytes.len() });
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.entries.sort_unstable_by(|a, b| pair(bytes, *a).cmp(&pair(bytes, *b)));
    }

    fn next(&mut self) -> Option<(&[u8], &[u8])> {
        let entry = *self.entries.get(self.taken)?;
        self.taken += 1;
        Some(pair(&self.bytes, entry))
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.entries.clear();
        self.taken = 0;
    }
}

fn pair(bytes: &[u8], entry: Entry) -> (&[u8], &[u8]) {
    (&bytes[entry.start..entry.middle], &bytes[entry.middle..entry.end])
}

/// A key and its record as a file holds them: each after its length, eight bytes with the lowest first.
fn write(out: &mut impl Write, key: &[u8], record: &[u8]) -> io::Result<()> {
    for bytes in [key, record] {
        out.write_all(&(bytes.len() as u64).to_le_bytes())?;
        out.write_all(bytes)?;
    }
    Ok(())
}

fn read(file: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    file.read_exact(&mut length)?;
    let length = usize::try_from(u64::from_le_bytes(length)).map_err(io::Error::other)?;
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sorted(sorter: RecordSorter) -> Vec<Vec<u8>> {
        sorter.finish().unwrap().map(Result::unwrap).collect()
    }

    proptest! {
        #[test]
        fn runs_in_files_give_the_order_of_memory(
            records in proptest::collection::vec((proptest::collection::vec(0u8..3, 0..4), any::<u8>()), 0..200),
        ) {
            // Runs of a few records, merged three at a time: files of several levels.
            let mut sorter = RecordSorter::with(100, 3);
            for (key, record) in &records {
                sorter.push(key, &[*record]).unwrap();
            }

            let mut expected = records;
            expected.sort();
            let expected: Vec<Vec<u8>> = expected.into_iter().map(|(_, record)| vec![record]).collect();
            prop_assert_eq!(sorted(sorter), expected);
        }
    }

    #[test]
    fn a_record_larger_than_the_memory_is_kept() {
        let mut sorter = RecordSorter::with(10, 3);
        for key in [b"b", b"a"] {
            sorter.push(key, &key.repeat(1000)).unwrap();
        }

        assert_eq!(sorted(sorter), [b"a".repeat(1000), b"b".repeat(1000)]);
    }

    #[test]
    fn files_and_memory_stay_bounded() {
        let mut sorter = RecordSorter::with(100, 3);
        for number in (0..1000_u32).rev() {
            sorter.push(&number.to_be_bytes(), &number.to_be_bytes()).unwrap();
            assert!(sorter.held.size() <= 100);
            assert!(sorter.levels.iter().all(|level| level.len() < 3));
        }

        assert!(sorter.levels.len() > 2);
        assert_eq!(sorted(sorter).len(), 1000);
    }
}
