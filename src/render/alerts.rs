//! What is new for saved searches: for a terminal, for programs, for spreadsheets and documents.

use std::io::{self, Write};

use serde::Serialize;

use super::csv::cell_text;
use super::json::line;
use super::markdown::{citation, escaped};
use super::plain::{INDENT, facts, snippet};
use super::stamped::stamped_json;
use super::style::{ASIDE, STRONG, styled, wrapped};
use crate::model::{
    ArticleId, ArticleRef, Attribution, ContentHash, PassageId, PassageKind, Publication, QuoteId, single_line,
};
use crate::view::{AlertHit, AlertView, Explanation, Original, Provenance, Since, Variant};

/// Each search with what is new and its copies, for lines of `width` columns.
pub fn alerts_table(out: &mut dyn Write, alerts: &[AlertView], width: usize) -> io::Result<()> {
    let width = width.saturating_sub(INDENT.len());
    for (at, alert) in alerts.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        let name = styled(STRONG, &alert.search.name);
        writeln!(out, "{name}: {}", alert_summary(alert))?;
        aside(out, &asked(alert), width)?;
        if let Some(note) = &alert.search.note {
            aside(out, note, width)?;
        }
        for (number, hit) in (1..).zip(&alert.hits) {
            writeln!(out)?;
            hit_lines(out, number, hit, width)?;
            for copy in alert.copies.iter().filter(|copy| is_copy_of(copy, hit)) {
                aside(out, &format!("also in {}", placed(copy)), width)?;
            }
        }
        let known: Vec<&AlertHit> = known_copies(alert).collect();
        if !known.is_empty() {
            writeln!(out, "\n{INDENT}{}", styled(STRONG, "copies of what is known"))?;
        }
        for copy in known {
            aside(out, &format!("{}: {}", placed(copy), copy_text(copy)), width)?;
        }
    }
    Ok(())
}

fn hit_lines(out: &mut dyn Write, number: usize, hit: &AlertHit, width: usize) -> io::Result<()> {
    let passage = &hit.passage;
    let title = passage.article.title.as_deref().unwrap_or("(no title)");
    let place = format!("{}  generation {}", passage.id, hit.first_seen);
    writeln!(out, "{} {}  {}", styled(STRONG, &format!("{number:>3}")), styled(STRONG, title), styled(ASIDE, &place))?;
    writeln!(out, "{INDENT}{}", facts(passage, hit.speaker.as_ref()))?;
    let (text, marks) = snippet(&passage.text, &hit.highlights);
    writeln!(out, "{}", wrapped(&text, &marks, width, INDENT))?;
    match &hit.variant_of {
        Some(variant) => aside(out, &variant_text(variant), width),
        None => Ok(()),
    }
}

fn aside(out: &mut dyn Write, text: &str, width: usize) -> io::Result<()> {
    writeln!(out, "{ASIDE}{}{ASIDE:#}", wrapped(text, &[], width, INDENT))
}

/// The query, as written, and its filters.
fn asked(alert: &AlertView) -> String {
    let query = Some(alert.search.text.as_str()).filter(|text| !text.is_empty());
    query.into_iter().chain(alert.search.filters.iter().map(String::as_str)).collect::<Vec<_>>().join(" · ")
}

/// `2 new (1 variant) of 14 matching passages since generation 3, 1 copy of what is known`.
#[must_use]
pub fn alert_summary(alert: &AlertView) -> String {
    let variants = alert.hits.iter().filter(|hit| hit.variant_of.is_some()).count();
    let new = match (alert.hits.len(), variants) {
        (0, _) => "nothing new".to_owned(),
        (new, 0) => format!("{new} new"),
        (new, 1) => format!("{new} new (1 variant)"),
        (new, variants) => format!("{new} new ({variants} variants)"),
    };
    let passages = if alert.matching == 1 { "matching passage" } else { "matching passages" };
    let since = match alert.since {
        Since::Never => ", never acknowledged".to_owned(),
        Since::Rebuilt => " since it was acknowledged".to_owned(),
        Since::Acknowledged(generation) | Since::Generation(generation) => format!(" since generation {generation}"),
    };
    let (known, all) = (known_copies(alert).count(), alert.copies.len());
    let plural = |count: usize| if count == 1 { "copy" } else { "copies" };
    let copies = match (known, all - known) {
        (0, 0) => String::new(),
        (known, 0) => format!(", {known} {} of what is known", plural(known)),
        (0, new) => format!(", {new} {} of these", plural(new)),
        (known, new) => format!(", {new} {} of these, {known} {} of what is known", plural(new), plural(known)),
    };
    format!("{new} of {} {passages}{since}{copies}", alert.matching)
}

fn known_copies(alert: &AlertView) -> impl Iterator<Item = &AlertHit> {
    alert.copies.iter().filter(|copy| copy.copy_of.as_ref().is_some_and(|original| original.known))
}

fn is_copy_of(copy: &AlertHit, hit: &AlertHit) -> bool {
    copy.copy_of.as_ref().is_some_and(|original| original.passage == Some(hit.passage.id))
}

/// `Corridor Wire, 17 June 2025 (0b3k5m7p9r2t.3)`.
fn placed(hit: &AlertHit) -> String {
    let passage = &hit.passage;
    placed_at(passage.article.outlet.as_deref(), passage.published.as_ref(), &passage.id.to_string())
}

fn placed_at(outlet: Option<&str>, published: Option<&Publication>, id: &str) -> String {
    format!("{}, {} ({id})", single_line(outlet.unwrap_or("no outlet")), day(published))
}

fn day(published: Option<&Publication>) -> String {
    published.map_or_else(|| "undated".into(), |published| published.date.in_words())
}

/// `copy of Velmar Courier, 16 June 2025 (0b3k5m7p9r2t.3), generation 1`.
fn copy_text(copy: &AlertHit) -> String {
    let Some(original) = &copy.copy_of else { return String::new() };
    let place = match original.passage {
        Some(id) => placed_at(original.outlet.as_deref(), original.published.as_ref(), &id.to_string()),
        None => format!("what article {} said, which is no longer in the index", original.article),
    };
    format!("copy of {place}, generation {}", original.first_seen)
}

/// `variant of 0b3k5m7p9r2t.3.q1, first published 16 June 2025`.
fn variant_text(variant: &Variant) -> String {
    format!("{} is a variant of {}, first published {}", variant.quote, variant.of, day(variant.published.as_ref()))
}

/// One hit as programs read it.
#[derive(Serialize)]
struct Record<'v> {
    search: &'v str,
    mark: &'static str,
    id: PassageId,
    first_seen: u32,
    text: &'v str,
    highlights: Vec<[usize; 2]>,
    kind: PassageKind,
    speaker: Option<&'v Attribution>,
    published: Option<String>,
    article: &'v ArticleRef,
    copy_of: Option<OriginalRecord<'v>>,
    variant_of: Option<VariantRecord>,
    fingerprint: ContentHash,
}

#[derive(Serialize)]
struct OriginalRecord<'v> {
    id: Option<PassageId>,
    article: ArticleId,
    outlet: Option<&'v str>,
    published: Option<String>,
    first_seen: u32,
    known: bool,
}

#[derive(Serialize)]
struct VariantRecord {
    quote: QuoteId,
    of: QuoteId,
    published: Option<String>,
}

fn record<'v>(alert: &'v AlertView, hit: &'v AlertHit, provenance: &Provenance) -> Record<'v> {
    let passage = &hit.passage;
    let original = |original: &'v Original| OriginalRecord {
        id: original.passage,
        article: original.article,
        outlet: original.outlet.as_deref(),
        published: original.published.as_ref().map(Publication::edtf),
        first_seen: original.first_seen,
        known: original.known,
    };
    let variant = |variant: &Variant| VariantRecord {
        quote: variant.quote,
        of: variant.of,
        published: variant.published.as_ref().map(Publication::edtf),
    };
    Record {
        search: &alert.search.name,
        mark: mark(hit),
        id: passage.id,
        first_seen: hit.first_seen,
        text: &passage.text,
        highlights: hit.highlights.iter().map(|span| [span.start, span.end]).collect(),
        kind: passage.kind,
        speaker: hit.speaker.as_ref(),
        published: passage.published.as_ref().map(Publication::edtf),
        article: &passage.article,
        copy_of: hit.copy_of.as_ref().map(original),
        variant_of: hit.variant_of.as_ref().map(variant),
        fingerprint: provenance.fingerprint,
    }
}

/// `new`, `variant` or `copy`.
fn mark(hit: &AlertHit) -> &'static str {
    match (&hit.copy_of, &hit.variant_of) {
        (Some(_), _) => "copy",
        (None, Some(_)) => "variant",
        (None, None) => "new",
    }
}

fn records<'v>(alert: &'v AlertView, provenance: &Provenance) -> Vec<Record<'v>> {
    alert.hits.iter().chain(&alert.copies).map(|hit| record(alert, hit, provenance)).collect()
}

/// One new hit or copy a line; the new ones of a search first.
pub fn alerts_jsonl(out: &mut dyn Write, alerts: &[AlertView], provenance: &Provenance) -> io::Result<()> {
    alerts.iter().flat_map(|alert| records(alert, provenance)).try_for_each(|record| line(out, &record))
}

/// One object with each search, its counts and records, the index's generation, and what repeats it.
pub fn alerts_json(
    out: &mut dyn Write,
    alerts: &[AlertView],
    generation: u32,
    provenance: &Provenance,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v> {
        generation: u32,
        alerts: Vec<Search<'v>>,
    }
    #[derive(Serialize)]
    struct Search<'v> {
        name: &'v str,
        query: Option<&'v str>,
        filters: &'v [String],
        note: Option<&'v str>,
        since: Since,
        changed: bool,
        new: usize,
        copies: usize,
        matching: usize,
        hits: Vec<Record<'v>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        explanation: Option<&'v Explanation>,
    }
    let alerts = alerts
        .iter()
        .map(|alert| Search {
            name: &alert.search.name,
            query: Some(alert.search.text.as_str()).filter(|text| !text.is_empty()),
            filters: &alert.search.filters,
            note: alert.search.note.as_deref(),
            since: alert.since,
            changed: alert.changed,
            new: alert.hits.len(),
            copies: alert.copies.len(),
            matching: alert.matching,
            hits: records(alert, provenance),
            explanation: alert.explanation.as_ref(),
        })
        .collect();
    stamped_json(out, &Whole { generation, alerts }, provenance)
}

const HEADER: [&str; 17] = [
    "search",
    "mark",
    "id",
    "first_seen",
    "kind",
    "text",
    "speaker_id",
    "speaker",
    "role",
    "published",
    "article",
    "title",
    "outlet",
    "url",
    "copy_of",
    "variant_of",
    "fingerprint",
];

/// One new hit or copy a row, under a header. What a copy is of is its passage's id, or its article's where that is gone.
pub fn alerts_csv(out: &mut dyn Write, alerts: &[AlertView], provenance: &Provenance) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    for record in alerts.iter().flat_map(|alert| records(alert, provenance)) {
        let speaker = record.speaker.map(|said| &said.speaker);
        let owned = |text: Option<&String>| text.cloned().unwrap_or_default();
        let of = |original: &OriginalRecord<'_>| {
            original.id.map_or_else(|| original.article.to_string(), |id| id.to_string())
        };
        let row = [
            record.search.to_owned(),
            record.mark.to_owned(),
            record.id.to_string(),
            record.first_seen.to_string(),
            record.kind.as_str().to_owned(),
            record.text.to_owned(),
            speaker.map(|speaker| speaker.id.to_string()).unwrap_or_default(),
            owned(speaker.map(|speaker| &speaker.name)),
            owned(speaker.and_then(|speaker| speaker.role.as_ref())),
            record.published.clone().unwrap_or_default(),
            record.article.id.to_string(),
            owned(record.article.title.as_ref()),
            owned(record.article.outlet.as_ref()),
            owned(record.article.url.as_ref()),
            record.copy_of.as_ref().map(of).unwrap_or_default(),
            record.variant_of.as_ref().map(|variant| variant.of.to_string()).unwrap_or_default(),
            record.fingerprint.to_hex(),
        ];
        writer.write_record(row.iter().map(|cell| cell_text(cell).into_owned()))?;
    }
    writer.flush()
}

/// Each search as a heading with what is new as quotations, its copies, and the index's fingerprint below them.
pub fn alerts_markdown(out: &mut dyn Write, alerts: &[AlertView], provenance: &Provenance) -> io::Result<()> {
    for alert in alerts {
        writeln!(out, "## {}\n\n{}\n", escaped(&alert.search.name), escaped(&alert_summary(alert)))?;
        writeln!(out, "{}\n", escaped(&asked(alert)))?;
        if let Some(note) = &alert.search.note {
            writeln!(out, "{}\n", escaped(note))?;
        }
        for (number, hit) in (1..).zip(&alert.hits) {
            let passage = &hit.passage;
            writeln!(out, "{number}. > {}\n", escaped(&passage.text))?;
            let speaker = hit.speaker.as_ref().map(|said| {
                let role = said.speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
                format!("**{}**{}", escaped(&said.speaker.name), escaped(&role))
            });
            let facts = citation(speaker, &passage.article, passage.published.as_ref(), &passage.id);
            writeln!(out, "   — {facts}, generation {}\n", hit.first_seen)?;
            if let Some(variant) = &hit.variant_of {
                writeln!(out, "   ({})\n", escaped(&variant_text(variant)))?;
            }
            for copy in alert.copies.iter().filter(|copy| is_copy_of(copy, hit)) {
                writeln!(out, "   (also in {})\n", escaped(&placed(copy)))?;
            }
        }
        for copy in known_copies(alert) {
            writeln!(out, "- {}: {}", escaped(&placed(copy)), escaped(&copy_text(copy)))?;
        }
        if known_copies(alert).next().is_some() {
            writeln!(out)?;
        }
    }
    writeln!(out, "Index fingerprint: `{}`", provenance.fingerprint)
}
