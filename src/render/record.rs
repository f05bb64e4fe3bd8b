//! The record of one hit, the contract of `search --format jsonl` (see `docs/formats.md`).

use serde::Serialize;

use crate::engine::ScoreParts;
use crate::model::{
    Attribution, Confidence, PartialDate, PassageKind, Precision, Publication, SourceRef, StatedTime, TopicId, Why,
};
use crate::view::{Copy, RankedHit};

/// One hit as programs read it. Fields are written in this order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchRecord<'v> {
    rank: usize,
    score: f32,
    id: String,
    text: &'v str,
    /// Code points of `text`.
    highlights: Vec<[usize; 2]>,
    kind: PassageKind,
    speaker: Option<&'v Attribution>,
    topics: Vec<TopicRecord<'v>>,
    /// EDTF: `2025-06-18`, or `2025-06-18/..` where the date is inferred as a bound.
    published: Option<String>,
    published_why: Option<PublishedWhy<'v>>,
    dates: Vec<DateRecord<'v>>,
    article: &'v crate::model::ArticleRef,
    source: &'v SourceRef,
    /// Other matching passages of the article; only where articles are ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<usize>,
    /// Where the same is said; only where copies are collapsed.
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<Vec<CopyRecord<'v>>>,
    /// Where the score came from; only where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    score_parts: Option<&'v ScoreParts>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct CopyRecord<'v> {
    /// The passage; `null` where articles are ranked.
    id: Option<String>,
    article: String,
    outlet: Option<&'v str>,
    published: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct TopicRecord<'v> {
    id: &'v TopicId,
    confidence: Confidence,
    why: &'v Why,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct DateRecord<'v> {
    text: &'v str,
    date: PartialDate,
    precision: Precision,
    why: &'v Why,
}

/// Why an article has its date of publication or last change.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct PublishedWhy<'v> {
    precision: Precision,
    inferred: bool,
    #[serde(flatten)]
    why: &'v Why,
    /// `{"at", "precision", "zone"}`: RFC 3339, without an offset where none is known.
    time: Option<StatedTime>,
    confidence: Option<Confidence>,
}

impl<'v> PublishedWhy<'v> {
    /// What there is to know of a date beside itself.
    pub(super) fn new(publication: &'v Publication) -> Self {
        Self {
            precision: publication.date.precision(),
            inferred: publication.inferred,
            why: &publication.why,
            time: publication.time,
            confidence: publication.confidence,
        }
    }
}

impl<'v> SearchRecord<'v> {
    /// The record of `ranked`; `by_article` adds the count of the article's other passages, `explained` where the score came
    /// from.
    pub fn new(ranked: &'v RankedHit, by_article: bool, explained: bool) -> Self {
        let passage = &ranked.hit.passage;
        Self {
            rank: ranked.rank,
            score: ranked.hit.score,
            id: passage.id.to_string(),
            text: &passage.text,
            highlights: ranked.hit.highlights.iter().map(|span| [span.start, span.end]).collect(),
            kind: passage.kind,
            speaker: ranked.speaker.as_ref(),
            topics: passage
                .topics
                .iter()
                .map(|topic| TopicRecord { id: &topic.id, confidence: topic.confidence, why: &topic.why })
                .collect(),
            published: passage.published.as_ref().map(Publication::edtf),
            published_why: passage.published.as_ref().map(PublishedWhy::new),
            dates: passage
                .dates
                .iter()
                .map(|mention| DateRecord {
                    text: &mention.text,
                    date: mention.date,
                    precision: mention.date.precision(),
                    why: &mention.why,
                })
                .collect(),
            article: &passage.article,
            source: &passage.source,
            more: by_article.then_some(ranked.hit.more),
            copies: ranked.copies.as_ref().map(|copies| copies.iter().map(copy_record).collect()),
            score_parts: explained.then_some(&ranked.hit.parts),
        }
    }
}

fn copy_record(copy: &Copy) -> CopyRecord<'_> {
    CopyRecord {
        id: copy.passage.map(|passage| passage.to_string()),
        article: copy.article.to_string(),
        outlet: copy.outlet.as_deref(),
        published: copy.published.as_ref().map(Publication::edtf),
    }
}
