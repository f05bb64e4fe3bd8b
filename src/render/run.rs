//! Answers to many queries: a run in the form of TREC, or JSONL with each query's identifier.

use std::collections::HashSet;
use std::io::{self, Write};

use serde::Serialize;

use super::SearchRecord;
use super::json::line;
use crate::engine::RankedName;
use crate::view::SearchView;

/// The last column of a run: who made it.
const TAG: &str = "rapporteur";

/// One line a hit: query, `Q0`, document, rank, score, tag. An article goes by what its source calls it, else by its
/// id; a passage by its id.
///
/// A document stands in a run once: of several articles that their sources call the same, the best goes by that name and
/// the others by their ids.
pub fn trec_run(out: &mut dyn Write, query: &str, names: &[RankedName], by_article: bool) -> io::Result<()> {
    let mut taken = HashSet::new();
    for (rank, name) in (1..).zip(names) {
        let record = name.record.as_deref().filter(|record| !record.contains(parts_columns) && !record.is_empty());
        let document = match record {
            Some(record) if by_article && taken.insert(record) => record.to_owned(),
            _ if by_article => name.passage.article.to_string(),
            _ => name.passage.to_string(),
        };
        writeln!(out, "{query} Q0 {document} {rank} {:.6} {TAG}", name.score)?;
    }
    Ok(())
}

/// Whether a reader of runs would take `letter` for the end of a column.
fn parts_columns(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

/// One record a line, as `search --format jsonl` writes it, with the query's identifier first.
pub fn batch_jsonl(out: &mut dyn Write, query: &str, view: &SearchView) -> io::Result<()> {
    #[derive(Serialize)]
    struct Answered<'v> {
        query: &'v str,
        #[serde(flatten)]
        record: SearchRecord<'v>,
    }
    for hit in &view.hits {
        let record = SearchRecord::new(view, hit, false);
        line(out, &Answered { query, record })?;
    }
    Ok(())
}
