//! Quotations under headings: as text, for programs, for spreadsheets and documents.

use std::io::{self, Write};

use serde::Serialize;

use super::csv::cell_text;
use super::json::line;
use super::markdown::{citation, escaped, origin};
use super::plain::{day, snippet};
use super::stamped::stamped_json;
use super::style::{ASIDE, SPEAKER, STRONG, styled, wrapped, wrapped_in};
use super::why::basis;
use crate::model::{ArticleRef, Confidence, ContentHash, PassageId, Publication, QuoteId, Span, Speaker, TopicId};
use crate::view::{
    LeftOut, OtherVersion, PlacedEvidence, Provenance, QuoteEntry, QuotesBy, QuotesGroup, QuotesView, Reasoned, Said,
    SaidId, SaidKind,
};

const INDENT: &str = "    ";

/// Entries under their headings, for lines of `width` columns; `expanded`, with each version.
pub fn said_text(out: &mut dyn Write, view: &QuotesView, expanded: bool, width: usize) -> io::Result<()> {
    for group in &view.groups {
        let name = format!("{}: {}", view.by.as_str(), heading(group, view.by));
        let marks = [Span::new(0, name.chars().count())];
        writeln!(out, "{}\n", wrapped_in(STRONG, &format!("{name} {}", counts(group)), &marks, width, ""))?;
        for entry in &group.entries {
            entry_text(out, entry, expanded, width)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn heading(group: &QuotesGroup, by: QuotesBy) -> String {
    let none = match by {
        QuotesBy::Speaker => "nobody named",
        QuotesBy::Topic => "no topic",
        QuotesBy::Article => "(no title)",
    };
    group.name.clone().unwrap_or_else(|| none.to_owned())
}

/// `(2 of 14 quotations)`, or `(14 quotations)` where all are shown.
fn counts(group: &QuotesGroup) -> String {
    let noun = if group.total == 1 { "quotation" } else { "quotations" };
    match group.entries.len() {
        shown if shown < group.total => format!("({shown} of {} {noun})", group.total),
        _ => format!("({} {noun})", group.total),
    }
}

fn entry_text(out: &mut dyn Write, entry: &QuoteEntry, expanded: bool, width: usize) -> io::Result<()> {
    let (said, width) = (&entry.said, width.saturating_sub(INDENT.len()));
    let aside =
        |out: &mut dyn Write, text: &str| writeln!(out, "{ASIDE}{}{ASIDE:#}", wrapped(text, &[], width, INDENT));
    let role = said.speaker.as_ref().and_then(|speaker| speaker.role.as_ref());
    let role = role.map(|role| format!(", {role}")).unwrap_or_default();
    let (rank, name) = (format!("{:>3} ", entry.rank), speaker_name(said));
    let marks = [Span::new(0, name.chars().count())];
    let lines = wrapped_in(SPEAKER, &format!("{name}{role}"), &marks, width, INDENT);
    writeln!(out, "{}{}", styled(STRONG, &rank), lines.strip_prefix(INDENT).unwrap_or(&lines))?;
    let (text, marks) = snippet(&said.text, &said.highlights);
    writeln!(out, "{}", wrapped(&text, &marks, width, INDENT))?;
    aside(out, &facts(said))?;
    if let Some(versions) = versions(entry) {
        aside(out, &format!("{versions}{}", lineage_of(entry)))?;
    }
    if let Some(of) = entry.may_report {
        aside(out, &format!("may report {of}: `rapporteur lineage {of}`"))?;
    }
    for other in entry.others.iter().filter(|_| expanded) {
        let matches = if other.matches { "" } else { " · does not match" };
        aside(out, &format!("+ {}{matches}", facts(&other.said)))?;
        if other.said.text != said.text {
            let (text, marks) = snippet(&other.said.text, &other.said.highlights);
            writeln!(out, "{}", wrapped(&text, &marks, width.saturating_sub(2), "      "))?;
        }
    }
    entry.why.as_ref().map_or(Ok(()), |why| basis(out, why, width + INDENT.len()))
}

fn speaker_name(said: &Said) -> &str {
    said.speaker.as_ref().map_or("nobody named", |speaker| speaker.name.as_str())
}

/// `direct 0.94 · 18 June 2025 · Corridor Wire · 0b3k5m7p9r2t.4.q1`.
fn facts(said: &Said) -> String {
    let outlet = said.article.outlet.as_deref().unwrap_or("no outlet");
    format!("{} {} · {} · {outlet} · {}", said.kind.as_str(), said.confidence, day(said.published.as_ref()), said.id)
}

/// In how many versions and outlets a statement is, where there are several, and where first.
fn versions(entry: &QuoteEntry) -> Option<String> {
    let all = entry.others.len() + 1;
    if all == 1 {
        return None;
    }
    let outlets = if entry.outlets == 1 { "outlet" } else { "outlets" };
    let matching = match entry.matching() {
        matching if matching == all => String::new(),
        1 => ", 1 of them matches".into(),
        matching => format!(", {matching} of them match"),
    };
    let first = entry.first();
    let first_outlet = first.article.outlet.as_deref().unwrap_or("no outlet");
    let first = format!("; first in {first_outlet}, {} ({})", day(first.published.as_ref()), first.id);
    let first = if entry.is_first { String::new() } else { first };
    Some(format!("{all} versions in {} {outlets}{matching}{first}", entry.outlets))
}

/// Where to read on of an entry with versions: a command, as Markdown and people read it. Only what is word for word has
/// versions there.
fn lineage_of(entry: &QuoteEntry) -> String {
    let is_direct = entry.said.kind == SaidKind::Direct;
    if is_direct { format!(": `rapporteur lineage {}`", entry.said.id) } else { String::new() }
}

/// How much is shown of how much, in a sentence for people.
pub fn said_summary(view: &QuotesView) -> String {
    let number = |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    let entries = number(view.total, "quotation", "quotations");
    if view.total == 0 {
        return format!("no quotation matches; {}", besides(view));
    }
    let shown = view.entries().count();
    let headings = number(view.groups_total, "heading", "headings");
    let versions =
        if view.quotations > view.total { format!(", {} with their versions", view.quotations) } else { String::new() };
    let more = if shown < view.total { format!("; --top {} shows all", view.total) } else { String::new() };
    format!("{shown} of {entries}{versions}, under {} of {headings}{more}", view.groups.len())
}

/// What the passages that match quote, and why it is no answer.
fn besides(view: &QuotesView) -> String {
    let LeftOut { other_speakers, other_kinds, unsure, without_match } = view.left_out;
    let passages =
        if view.passages == 1 { "1 passage matches".into() } else { format!("{} passages match", view.passages) };
    let reasons = [
        (other_speakers, "by others than are asked for"),
        (without_match, "without a match in the quoted words"),
        (other_kinds, "of other kinds than --quote-kind names"),
        (unsure, "less sure than --min-confidence asks"),
    ];
    let reasons: Vec<String> =
        reasons.iter().filter(|(count, _)| *count > 0).map(|(count, reason)| format!("{count} {reason}")).collect();
    let all = other_speakers + other_kinds + unsure + without_match;
    match all {
        0 => format!("{passages}, and nothing is quoted in them"),
        all => format!("{passages}, with {all} quoted: {}", reasons.join(", ")),
    }
}

/// Something said as programs read it. Fields are written in this order.
#[derive(Serialize)]
struct SaidRecord<'v> {
    id: SaidId,
    kind: SaidKind,
    text: &'v str,
    /// Code points of the article's text.
    spans: Vec<[usize; 2]>,
    /// Code points of `text`.
    highlights: Vec<[usize; 2]>,
    speaker: Option<&'v Speaker>,
    confidence: Confidence,
    /// EDTF: `2025-06-18`, or `2025-06-18/..` where the date is inferred as a bound.
    published: Option<String>,
    passage: PassageId,
    topics: &'v [TopicId],
    article: &'v ArticleRef,
}

impl<'v> SaidRecord<'v> {
    fn new(said: &'v Said) -> Self {
        let ends = |span: &Span| [span.start, span.end];
        Self {
            id: said.id,
            kind: said.kind,
            text: &said.text,
            spans: said.spans.iter().map(ends).collect(),
            highlights: said.highlights.iter().map(ends).collect(),
            speaker: said.speaker.as_ref(),
            confidence: said.confidence,
            published: said.published.as_ref().map(Publication::edtf),
            passage: said.id.passage(),
            topics: &said.topics,
            article: &said.article,
        }
    }
}

#[derive(Serialize)]
struct OtherRecord<'v> {
    #[serde(flatten)]
    said: SaidRecord<'v>,
    matches: bool,
}

#[derive(Serialize)]
struct WhyRecord<'v> {
    rule: &'v str,
    reason: &'v str,
    evidence: &'v [PlacedEvidence],
}

#[derive(Serialize)]
struct GroupRecord<'v> {
    by: &'static str,
    /// `null` for quotations that have none.
    key: Option<&'v str>,
    name: Option<&'v str>,
    shown: usize,
    total: usize,
}

impl<'v> GroupRecord<'v> {
    fn new(group: &'v QuotesGroup, by: QuotesBy) -> Self {
        let (key, name) = (group.key.as_deref(), group.name.as_deref());
        Self { by: by.as_str(), key, name, shown: group.entries.len(), total: group.total }
    }
}

#[derive(Serialize)]
struct EntryRecord<'v> {
    rank: usize,
    #[serde(flatten)]
    said: SaidRecord<'v>,
    group: GroupRecord<'v>,
    /// How many there are in the index, this one included, and how many of these match.
    versions: usize,
    matching: usize,
    outlets: usize,
    first: SaidId,
    first_published: Option<String>,
    may_report: Option<QuoteId>,
    /// Only where versions are expanded.
    #[serde(skip_serializing_if = "Option::is_none")]
    others: Option<Vec<OtherRecord<'v>>>,
    /// Only where it is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<WhyRecord<'v>>,
    fingerprint: ContentHash,
}

fn records<'v>(view: &'v QuotesView, expanded: bool, from: &Provenance) -> Vec<EntryRecord<'v>> {
    let other = |other: &'v OtherVersion| OtherRecord { said: SaidRecord::new(&other.said), matches: other.matches };
    let why = |why: &'v Reasoned| WhyRecord { rule: &why.rule, reason: &why.reason, evidence: &why.evidence };
    let record = |(group, entry): (&'v QuotesGroup, &'v QuoteEntry)| EntryRecord {
        rank: entry.rank,
        said: SaidRecord::new(&entry.said),
        group: GroupRecord::new(group, view.by),
        versions: entry.others.len() + 1,
        matching: entry.matching(),
        outlets: entry.outlets,
        first: entry.first().id,
        first_published: entry.first().published.as_ref().map(Publication::edtf),
        may_report: entry.may_report,
        others: expanded.then(|| entry.others.iter().map(other).collect()),
        why: entry.why.as_ref().map(why),
        fingerprint: from.fingerprint,
    };
    view.entries().map(record).collect()
}

/// One entry a line.
pub fn said_jsonl(out: &mut dyn Write, view: &QuotesView, expanded: bool, from: &Provenance) -> io::Result<()> {
    records(view, expanded, from).iter().try_for_each(|record| line(out, record))
}

/// One object with the counts, the groups, the entries, and what repeats the command.
pub fn said_json(out: &mut dyn Write, view: &QuotesView, expanded: bool, from: &Provenance) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v> {
        query: &'v str,
        passages: usize,
        quotations: usize,
        total: usize,
        groups_total: usize,
        left_out: LeftOut,
        groups: Vec<GroupRecord<'v>>,
        quotes: Vec<EntryRecord<'v>>,
    }
    let whole = Whole {
        query: &view.query,
        passages: view.passages,
        quotations: view.quotations,
        total: view.total,
        groups_total: view.groups_total,
        left_out: view.left_out,
        groups: view.groups.iter().map(|group| GroupRecord::new(group, view.by)).collect(),
        quotes: records(view, expanded, from),
    };
    stamped_json(out, &whole, from)
}

const HEADER: [&str; 24] = [
    "rank",
    "id",
    "version_of",
    "matches",
    "kind",
    "text",
    "speaker_id",
    "speaker",
    "role",
    "affiliation",
    "confidence",
    "topics",
    "published",
    "article",
    "title",
    "outlet",
    "url",
    "versions",
    "matching",
    "outlets",
    "first",
    "first_published",
    "may_report",
    "fingerprint",
];

/// One entry a row, under a header; `expanded`, each of its other versions in a row below it. Two further columns give
/// rule and reason where these are asked for.
pub fn said_csv(out: &mut dyn Write, view: &QuotesView, expanded: bool, from: &Provenance) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let reasoned = view.entries().any(|(_, entry)| entry.why.is_some());
    let reasons: &[&str] = if reasoned { &["rule", "reason"] } else { &[] };
    writer.write_record(HEADER.iter().chain(reasons))?;
    for (_, entry) in view.entries() {
        let why = entry.why.as_ref().map(|why| (why.rule.as_str(), why.reason.as_str()));
        let counts = [
            (entry.others.len() + 1).to_string(),
            entry.matching().to_string(),
            entry.outlets.to_string(),
            entry.first().id.to_string(),
            entry.first().published.as_ref().map(Publication::edtf).unwrap_or_default(),
            entry.may_report.map(|of| of.to_string()).unwrap_or_default(),
        ];
        let mut row = |said: &Said, of: &str, matches: bool, why: Option<(&str, &str)>| {
            let (rule, reason) = why.unwrap_or_default();
            let last = [from.fingerprint.to_hex()];
            let reasons = [rule.to_owned(), reason.to_owned()];
            let facts = row(entry.rank, said, of, matches);
            let cells = facts.iter().chain(&counts).chain(&last).chain(reasons.iter().filter(|_| reasoned));
            writer.write_record(cells.map(|cell| cell_text(cell).into_owned()))
        };
        row(&entry.said, "", true, why)?;
        for other in entry.others.iter().filter(|_| expanded) {
            row(&other.said, &entry.said.id.to_string(), other.matches, None)?;
        }
    }
    writer.flush()
}

/// The columns of what was said, as far as `matches` and up to `url`.
fn row(rank: usize, said: &Said, of: &str, matches: bool) -> [String; 17] {
    let speaker = said.speaker.as_ref();
    let owned = |text: Option<&String>| text.cloned().unwrap_or_default();
    let topics: Vec<&str> = said.topics.iter().map(TopicId::as_str).collect();
    [
        rank.to_string(),
        said.id.to_string(),
        of.to_owned(),
        matches.to_string(),
        said.kind.as_str().to_owned(),
        said.text.clone(),
        speaker.map(|speaker| speaker.id.to_string()).unwrap_or_default(),
        owned(speaker.map(|speaker| &speaker.name)),
        owned(speaker.and_then(|speaker| speaker.role.as_ref())),
        owned(speaker.and_then(|speaker| speaker.affiliation.as_ref())),
        said.confidence.to_string(),
        topics.join("; "),
        said.published.as_ref().map(Publication::edtf).unwrap_or_default(),
        said.article.id.to_string(),
        owned(said.article.title.as_ref()),
        owned(said.article.outlet.as_ref()),
        owned(said.article.url.as_ref()),
    ]
}

/// Entries as quotations with their citation, under headings; the index's fingerprint below them.
pub fn said_markdown(out: &mut dyn Write, view: &QuotesView, expanded: bool, from: &Provenance) -> io::Result<()> {
    for group in &view.groups {
        writeln!(out, "## {} {}\n", escaped(&heading(group, view.by)), counts(group))?;
        for entry in &group.entries {
            writeln!(out, "{}. > {}\n", entry.rank, escaped(&entry.said.text))?;
            writeln!(out, "   — {}, {}\n", cited(&entry.said), entry.said.kind.as_str())?;
            if let Some(versions) = versions(entry) {
                writeln!(out, "   ({}{})\n", escaped(&versions), lineage_of(entry))?;
            }
            for other in entry.others.iter().filter(|_| expanded) {
                writeln!(out, "   - > {}\n", escaped(&other.said.text))?;
                writeln!(out, "     — {}\n", cited(&other.said))?;
            }
            if let Some(why) = &entry.why {
                writeln!(out, "   - {}: {} ({})\n", escaped(&why.rule), escaped(&why.reason), why.confidence)?;
            }
        }
    }
    origin(out, from)
}

fn cited(said: &Said) -> String {
    let speaker = said.speaker.as_ref().map(|speaker| {
        let role = speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
        format!("**{}**{}", escaped(&speaker.name), escaped(&role))
    });
    citation(speaker, &said.article, said.published.as_ref(), &said.id)
}
