//! The record of one hit, the contract of `search --format jsonl` (see `docs/formats.md`).

use serde::Serialize;

use crate::engine::{By, ScoreParts};
use crate::model::{
    Attribution, Confidence, Mentioned, PartialDate, PassageKind, Precision, Publication, SourceRef, StatedTime,
    TopicId, Why,
};
use crate::view::{Copy, HitGroup, RankedHit, SearchView};

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
    /// Which group it is in; only where hits are grouped.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<GroupRecord<'v>>,
    /// Whom the text names.
    mentioned: &'v [Mentioned],
    /// Where the score came from; only where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    score_parts: Option<&'v ScoreParts>,
}

/// The group that hits are put in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct GroupRecord<'v> {
    /// `speaker`, `article` or `outlet`.
    by: &'static str,
    /// The speaker's or article's id, the outlet's name; `null` for hits that have none.
    key: Option<&'v str>,
    name: Option<&'v str>,
    /// Hits shown in it.
    shown: usize,
    /// Passages of it that match in all.
    matching: Option<usize>,
}

impl<'v> GroupRecord<'v> {
    pub(super) fn new(group: &'v HitGroup) -> Self {
        Self {
            by: group.by.as_str(),
            key: group.key.as_deref(),
            name: group.name.as_deref(),
            shown: group.shown,
            matching: group.matching,
        }
    }
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
    /// The record of `ranked`, a hit of `view`; `explained`, with where the score came from.
    pub fn new(view: &'v SearchView, ranked: &'v RankedHit, explained: bool) -> Self {
        let by_article = view.by == By::Article;
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
            group: view.group_of(ranked).map(GroupRecord::new),
            mentioned: &passage.mentioned,
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
