//! What ranking reads of a passage without reading the passage: columns, and the order of a ranking.

use std::cmp::Ordering;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::{ByField, unpack};
use crate::engine::Sort;

/// A place in a ranking: greater is better. Where dates come first, by them, undated ones last; then by score; equal
/// scores go by date, newest first and undated last, then by id.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in super::super) struct Rank {
    /// Greater for the date that comes first; the same for all where relevance does.
    pub(super) day: i64,
    pub(in super::super) score: f64,
    pub(super) published: i64,
    /// Article bits and passage number; the smaller goes first.
    pub(in super::super) id: (u64, u64),
}

impl Eq for Rank {}

impl Ord for Rank {
    fn cmp(&self, other: &Self) -> Ordering {
        self.day
            .cmp(&other.day)
            .then(self.score.total_cmp(&other.score))
            .then(self.published.cmp(&other.published))
            .then_with(|| other.id.cmp(&self.id))
    }
}

impl PartialOrd for Rank {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The columns of one segment.
pub(in super::super) struct Columns {
    article: Column<u64>,
    n: Column<u64>,
    weight: Column<f64>,
    lengths: Column<u64>,
    work: Column<u64>,
    published: Column<i64>,
    record: Option<StrColumn>,
}

impl Columns {
    pub(in super::super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self {
            article: fast.u64("article_bits")?,
            n: fast.u64("n")?,
            weight: fast.f64("weight")?,
            lengths: fast.u64("lengths")?,
            work: fast.u64("work")?,
            published: fast.i64("published_first")?,
            record: fast.str("record")?,
        })
    }

    /// The place of `document` in the order of `sort`.
    pub(super) fn rank(&self, document: DocId, score: f64, sort: Sort) -> Rank {
        let published = self.published.first(document);
        let day = match sort {
            Sort::Relevance => 0,
            Sort::Newest => published.unwrap_or(i64::MIN),
            Sort::Oldest => published.map_or(i64::MIN, |day| -day),
        };
        Rank {
            day,
            score,
            published: published.unwrap_or(i64::MIN),
            id: (self.article(document), self.n.first(document).unwrap_or(0)),
        }
    }

    pub(super) fn article(&self, document: DocId) -> u64 {
        self.article.first(document).unwrap_or(0)
    }

    pub(super) fn work(&self, document: DocId) -> u64 {
        self.work.first(document).unwrap_or(0)
    }

    /// What the kind of the passage multiplies its score by.
    pub(super) fn weight(&self, document: DocId) -> f64 {
        self.weight.first(document).unwrap_or(1.0)
    }

    pub(super) fn lengths(&self, document: DocId) -> ByField {
        unpack(self.lengths.first(document).unwrap_or(0))
    }

    /// What the source calls the article.
    pub(in super::super) fn record(&self, document: DocId) -> Option<String> {
        let column = self.record.as_ref()?;
        let ordinal = column.term_ords(document).next()?;
        let mut name = String::new();
        column.ord_to_str(ordinal, &mut name).ok()?.then_some(name)
    }
}
