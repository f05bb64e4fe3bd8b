//! Matches by their date of publication: all of them are ordered, not only the best by score.
//!
//! An article's date is the first day that it may have been published on. Undated ones come last either way; equal
//! dates are ordered by score, then by id.

use tantivy::columnar::Column;
use tantivy::{DocId, Score, Searcher, SegmentReader};

use super::collect::{Best, Rank, RankColumns};
use crate::engine::Sort;

/// A passage's place in an order by date: greater comes first.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Dated {
    /// Greater for what comes first; `None`, which is less than any, without a date.
    day: Option<i64>,
    pub(super) rank: Rank,
}

/// Scores of one segment as places in the order of `sort`.
pub(super) fn dated(sort: Sort, segment: &SegmentReader) -> impl Fn(DocId, Score) -> Dated + use<> {
    let columns = RankColumns::open(segment).ok();
    let days = days(segment);
    move |document, score| {
        let rank = columns.as_ref().map_or_else(|| Rank::unidentified(score), |columns| columns.rank(document, score));
        Dated { day: days.as_ref().and_then(|days| days.first(document)).map(|day| place(sort, day)), rank }
    }
}

/// Puts articles, best first so far, in the order of `sort`.
pub(super) fn order(sort: Sort, searcher: &Searcher, articles: &mut [Best]) {
    let columns: Vec<Option<Column<i64>>> = searcher.segment_readers().iter().map(days).collect();
    let day = |best: &Best| {
        let column = columns.get(best.document.segment_ord as usize)?.as_ref()?;
        Some(place(sort, column.first(best.document.doc_id)?))
    };
    // Stable: equal dates keep their order by score and id.
    articles.sort_by_cached_key(|best| std::cmp::Reverse(day(best)));
}

fn days(segment: &SegmentReader) -> Option<Column<i64>> {
    segment.fast_fields().i64("published_first").ok()
}

fn place(sort: Sort, day: i64) -> i64 {
    if sort == Sort::Oldest { -day } else { day }
}
