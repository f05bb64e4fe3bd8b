//! Collectors whose order never depends on segments: best score first, equal scores by passage id.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

/// A passage's place in a ranking: greater is better.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Rank {
    pub(super) score: Score,
    /// Article bits and passage number; the smaller id wins a tie.
    id: Reverse<(u64, u64)>,
}

impl Rank {
    /// Where the segment's columns cannot be read.
    pub(super) fn unidentified(score: Score) -> Self {
        Self { score, id: Reverse((u64::MAX, u64::MAX)) }
    }
}

/// Reads a passage's id and weight from the columns of one segment.
pub(super) struct RankColumns {
    article: Column<u64>,
    n: Column<u64>,
    weight: Column<f64>,
}

impl RankColumns {
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        Ok(Self { article: fast.u64("article_bits")?, n: fast.u64("n")?, weight: fast.f64("weight")? })
    }

    /// The rank of a passage whose text scores `score`.
    pub(super) fn rank(&self, document: DocId, score: Score) -> Rank {
        #[allow(clippy::cast_possible_truncation, reason = "weights are written with two decimals")]
        let weight = self.weight.first(document).unwrap_or(1.0) as Score;
        Rank { score: score * weight, id: Reverse((self.article(document), self.n.first(document).unwrap_or(0))) }
    }

    fn article(&self, document: DocId) -> u64 {
        self.article.first(document).unwrap_or(0)
    }
}

/// The best passage of an article, and how many of its passages match.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    pub(super) rank: Rank,
    pub(super) document: DocAddress,
    pub(super) matching: usize,
}

impl Best {
    fn merged(self, other: Self) -> Self {
        let matching = self.matching + other.matching;
        if other.rank > self.rank { Self { matching, ..other } } else { Self { matching, ..self } }
    }
}

/// Groups the matching passages by article.
pub(super) struct BestPerArticle;

/// [`BestPerArticle`] of one segment.
pub(super) struct SegmentBest {
    ordinal: SegmentOrdinal,
    columns: RankColumns,
    articles: HashMap<u64, Best>,
}

impl SegmentCollector for SegmentBest {
    type Fruit = HashMap<u64, Best>;

    fn collect(&mut self, document: DocId, score: Score) {
        let best = Best {
            rank: self.columns.rank(document, score),
            document: DocAddress::new(self.ordinal, document),
            matching: 1,
        };
        self.articles
            .entry(self.columns.article(document))
            .and_modify(|known| *known = known.merged(best))
            .or_insert(best);
    }

    fn harvest(self) -> Self::Fruit {
        self.articles
    }
}

impl Collector for BestPerArticle {
    type Fruit = Vec<Best>;
    type Child = SegmentBest;

    fn for_segment(&self, ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentBest> {
        Ok(SegmentBest { ordinal, columns: RankColumns::open(segment)?, articles: HashMap::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<HashMap<u64, Best>>) -> tantivy::Result<Vec<Best>> {
        let mut articles: HashMap<u64, Best> = HashMap::new();
        for (article, best) in segments.into_iter().flatten() {
            articles.entry(article).and_modify(|known| *known = known.merged(best)).or_insert(best);
        }
        let mut ranked: Vec<Best> = articles.into_values().collect();
        ranked.sort_by(|a, b| b.rank.partial_cmp(&a.rank).unwrap_or(std::cmp::Ordering::Equal));
        Ok(ranked)
    }
}
