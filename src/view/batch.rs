//! A file of queries, one a line: its identifier, a tab, the query.

use super::{SearchRequest, ViewError};
use crate::config::Rules;
use crate::engine::{Engine, RankedName};

/// A query of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchQuery {
    /// Its identifier.
    pub id: String,
    /// The query, as written.
    pub query: String,
    /// Its line in the file, from 1.
    pub line: usize,
}

/// Why a line is no query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {reason}; write an identifier, a tab and the query")]
pub struct BatchError {
    path: String,
    line: usize,
    reason: &'static str,
}

/// The queries in `text`, in order; blank lines are passed over. `path` is for errors.
pub fn batch_queries(path: &str, text: &str) -> Vec<Result<BatchQuery, BatchError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let refuse = |reason| BatchError { path: path.to_owned(), line: number, reason };
            let (id, query) = line.split_once('\t').ok_or_else(|| refuse("no tab"))?;
            let id = id.trim();
            if id.is_empty() || id.contains(|letter: char| letter.is_whitespace() || letter.is_control()) {
                return Err(refuse("the identifier is empty, or holds a blank or a control character"));
            }
            Ok(BatchQuery { id: id.to_owned(), query: query.trim().to_owned(), line: number })
        })
        .collect()
}

/// The names of what `request` finds, best first.
pub fn names(engine: &dyn Engine, rules: &Rules, request: &SearchRequest) -> Result<Vec<RankedName>, ViewError> {
    let query = request.asked.understood(rules)?;
    engine.names(&query, request.page).map_err(|error| ViewError::engine(&query.text, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_a_tab_is_named_and_the_others_are_read() {
        let read = batch_queries("q.tsv", "1\twater AND Kesh\n\n2 water\n3\t quota \n");

        assert_eq!(read.len(), 3);
        assert_eq!(read[1].as_ref().unwrap_err().to_string().split(';').next(), Some("q.tsv:3: no tab"));
        let last = read[2].as_ref().unwrap();
        assert_eq!((last.id.as_str(), last.query.as_str(), last.line), ("3", "quota", 4));
    }
}
