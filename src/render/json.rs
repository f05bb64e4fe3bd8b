//! JSON and JSONL. Control characters leave as `\u` escapes, which JSON asks for.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::SearchRecord;
use super::copies::copies_json;
use super::record::{GroupRecord, PublishedWhy};
use super::stamped::{Stamped, stamped_json};
use crate::model::{
    Article, BlockKind, CodePoints, DetectedLanguage, Disagreement, DroppedBlock, Link, LiveEntry, Publication, Quote,
    Reason,
};
use crate::view::{Explanation, PassageReasons, Provenance, RankedHit, SearchView, Shown};

/// A hit that stands alone.
fn exported<'v>(
    hit: &'v RankedHit,
    view: &'v SearchView,
    explained: bool,
    from: &Provenance,
) -> Stamped<SearchRecord<'v>> {
    Stamped::new(SearchRecord::new(view, hit, explained), from)
}

/// One record a line; `explained`, with where its score came from.
pub fn search_jsonl(
    out: &mut dyn Write,
    view: &SearchView,
    explained: bool,
    provenance: &Provenance,
) -> io::Result<()> {
    for hit in &view.hits {
        line(out, &exported(hit, view, explained, provenance))?;
    }
    Ok(())
}

/// One object with the query, the count, the records, and what repeats the search.
pub fn search_json(out: &mut dyn Write, view: &SearchView, explained: bool, provenance: &Provenance) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v> {
        query: &'v str,
        total: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<GroupRecord<'v>>>,
        hits: Vec<Stamped<SearchRecord<'v>>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        explanation: Option<&'v Explanation>,
    }
    let hits = view.hits.iter().map(|hit| exported(hit, view, explained, provenance)).collect();
    let whole = Whole {
        query: &view.query,
        total: view.total,
        groups: view.groups.as_ref().map(|groups| groups.iter().map(GroupRecord::new).collect()),
        hits,
        explanation: view.explanation.as_ref(),
    };
    stamped_json(out, &whole, provenance)
}

/// A passage with its context, or an article, as one object; `reasons` are added as `why`.
pub fn shown_json(out: &mut dyn Write, shown: &Shown, reasons: Option<&[PassageReasons]>) -> io::Result<()> {
    let mut value = match shown {
        Shown::Passage(view) => {
            json!({
                "passage": view.passage,
                "of": view.of,
                "before": view.before,
                "after": view.after,
                "near_duplicates": copies_json(view.copies.as_ref()),
            })
        }
        Shown::Article(view) => json!({
            "article": view.passages.first().map(|passage| &passage.article),
            "source": view.passages.first().map(|passage| &passage.source),
            "published": view.passages.first().and_then(|passage| passage.published.as_ref()),
            "passages": view.passages,
            "near_duplicates": copies_json(view.copies.as_ref()),
        }),
    };
    if let Some(reasons) = reasons {
        value["why"] = serde_json::to_value(reasons)?;
    }
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

#[derive(Serialize)]
struct ArticleRecord<'a> {
    id: &'a str,
    source: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    authors: &'a [String],
    outlet: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
    text: &'a str,
    body: String,
    blocks: Vec<BlockRecord<'a>>,
    modified: Option<String>,
    published_why: Option<PublishedWhy<'a>>,
    modified_why: Option<PublishedWhy<'a>>,
    disagreements: &'a [Disagreement],
    section: Option<&'a str>,
    keywords: &'a [String],
    paywalled: Option<bool>,
    syndication: Option<&'a str>,
    detected_language: Option<&'a DetectedLanguage>,
    reasons: &'a [Reason],
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped: Option<&'a [DroppedBlock]>,
}

#[derive(Serialize)]
struct BlockRecord<'a> {
    kind: BlockKind,
    text: &'a str,
    start: usize,
    end: usize,
    speaker: Option<&'a str>,
    entry: Option<&'a LiveEntry>,
    links: &'a [Link],
}

/// A cleaned article as one line; `dropped` adds what cleaning left out.
pub fn article_jsonl(out: &mut dyn Write, article: &Article, dropped: bool) -> io::Result<()> {
    let points = CodePoints::new(&article.text);
    let record = ArticleRecord {
        id: &article.name,
        source: &article.source.path,
        url: article.url.as_deref(),
        title: article.title.as_deref(),
        authors: &article.authors,
        outlet: article.outlet.as_deref(),
        published: article.published.as_ref().map(Publication::edtf),
        language: article.language.as_deref(),
        text: &article.text,
        body: article.body(),
        blocks: article
            .blocks
            .iter()
            .map(|block| BlockRecord {
                kind: block.kind,
                text: points.slice(block.span),
                start: block.span.start,
                end: block.span.end,
                speaker: block.speaker.as_deref(),
                entry: block.entry.as_ref(),
                links: &block.links,
            })
            .collect(),
        dropped: dropped.then_some(&article.dropped),
        modified: article.modified.as_ref().map(Publication::edtf),
        published_why: article.published.as_ref().map(PublishedWhy::new),
        modified_why: article.modified.as_ref().map(PublishedWhy::new),
        disagreements: &article.disagreements,
        section: article.metadata.section.as_deref(),
        keywords: &article.metadata.keywords,
        paywalled: article.metadata.paywalled,
        syndication: article.metadata.syndication.as_deref(),
        detected_language: article.metadata.detected_language.as_ref(),
        reasons: &article.metadata.reasons,
    };
    line(out, &record)
}

/// The quotes of one text as one line: the contract of `attribute`.
pub fn quotes_jsonl(out: &mut dyn Write, id: &Value, text: &str, quotes: &[Quote]) -> io::Result<()> {
    let points = CodePoints::new(text);
    let quotes: Vec<Value> = quotes
        .iter()
        .map(|quote| {
            let extent = quote.extent();
            let mention = quote.mention.as_ref();
            json!({
                "start": extent.start,
                "end": extent.end,
                "spans": quote.spans.iter().map(|span| [span.start, span.end]).collect::<Vec<_>>(),
                "kind": quote.kind,
                "text": points.slice(extent),
                "speaker_text": mention.map(|mention| &mention.text),
                "speaker_start": mention.map(|mention| mention.span.start),
                "speaker_end": mention.map(|mention| mention.span.end),
                "speaker": quote.speaker,
                "confidence": quote.confidence,
                "why": quote.why,
            })
        })
        .collect();
    line(out, &json!({"id": id, "quotes": quotes}))
}

pub(super) fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out)
}
