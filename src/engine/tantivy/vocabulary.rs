//! Words of the index by their first letters, each counted over the spellings that fold to it.
//!
//! A folded word is the union of two terms ([`Lexicon`](super::matching::lexicon)): the one behind a mark and, where
//! the word folds to itself, the one as written. They never share a position, but may share a passage.

use std::collections::{BTreeMap, HashSet};

use tantivy::postings::{Postings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED};

use super::backend;
use super::matching::lexicon::is_folded;
use super::tokenizer::FOLDED;
use crate::analysis::Analyzer;
use crate::engine::{EngineError, WordCount};

/// The words of `field` that begin with `prefix`, by letters.
pub(super) fn words(
    searcher: &Searcher,
    field: Field,
    analyzer: &Analyzer,
    prefix: &str,
) -> Result<Vec<WordCount>, EngineError> {
    let mut counted: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        for (word, terms) in of_segment(segment, field, prefix)? {
            let (passages, occurrences) = count(segment, field, &terms)?;
            // Words of deleted passages alone are none.
            if passages > 0 {
                let counts = counted.entry(word).or_default();
                *counts = (counts.0 + passages, counts.1 + occurrences);
            }
        }
    }
    let word = |(word, (passages, occurrences)): (String, (u64, u64))| {
        let stem = analyzer.term(&word);
        WordCount { word, stem, passages, occurrences }
    };
    Ok(counted.into_iter().map(word).collect())
}

/// The folded words of one segment, each with its terms.
fn of_segment(
    segment: &SegmentReader,
    field: Field,
    prefix: &str,
) -> Result<BTreeMap<String, Vec<TermInfo>>, EngineError> {
    let inverted = segment.inverted_index(field).map_err(backend)?;
    let mut words: BTreeMap<String, Vec<TermInfo>> = BTreeMap::new();
    for beginning in [format!("{FOLDED}{prefix}"), prefix.to_owned()] {
        let mut stream = inverted.terms().range().ge(&beginning).into_stream().map_err(backend)?;
        while let Some((term, info)) = stream.next() {
            if !term.starts_with(beginning.as_bytes()) {
                break;
            }
            let Ok(term) = std::str::from_utf8(term) else { continue };
            let word = match (term.strip_prefix(FOLDED), beginning.starts_with(FOLDED)) {
                (Some(word), true) => word,
                (None, false) if is_folded(term) => term,
                _ => continue,
            };
            words.entry(word.to_owned()).or_default().push(info.clone());
        }
    }
    Ok(words)
}

/// In how many passages of a segment the terms stand, and how often.
fn count(segment: &SegmentReader, field: Field, terms: &[TermInfo]) -> Result<(u64, u64), EngineError> {
    let inverted = segment.inverted_index(field).map_err(backend)?;
    let (mut passages, mut occurrences) = (HashSet::<DocId>::new(), 0);
    for info in terms {
        let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs).map_err(backend)?;
        let mut document = postings.doc();
        while document != TERMINATED {
            if !segment.is_deleted(document) {
                passages.insert(document);
                occurrences += u64::from(postings.term_freq());
            }
            document = postings.advance();
        }
    }
    Ok((passages.len() as u64, occurrences))
}
