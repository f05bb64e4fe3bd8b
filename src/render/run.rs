//! Answers to many queries: a run in the form of TREC, or JSONL with each query's identifier.

use std::io::{self, Write};

use serde::Serialize;

use super::SearchRecord;
use crate::engine::RankedName;
use crate::view::SearchView;

/// The last column of a run: who made it.
const TAG: &str = "rapporteur";

/// One line a hit: query, `Q0`, document, rank, score, tag. An article goes by what its source calls it, else by its
/// id; a passage by its id.
pub fn trec_run(out: &mut dyn Write, query: &str, names: &[RankedName], by_article: bool) -> io::Result<()> {
    for (rank, name) in (1..).zip(names) {
        let record =
            name.record.as_ref().filter(|record| !record.contains(|c: char| c.is_whitespace() || c.is_control()));
        let document = match record {
            Some(record) if by_article => record.clone(),
            _ if by_article => name.passage.article.to_string(),
            _ => name.passage.to_string(),
        };
        writeln!(out, "{query} Q0 {document} {rank} {:.6} {TAG}", name.score)?;
    }
    Ok(())
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
        serde_json::to_writer(&mut *out, &Answered { query, record })?;
        writeln!(out)?;
    }
    Ok(())
}
