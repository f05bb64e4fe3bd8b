//! Decides what an article's relative dates count from.
//!
//! In this order: the publication day that the source states; a dateline; the latest day that
//! captions, the editor's note or the opening name as past. The last is a bound only: the article
//! appeared on it or soon after.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::calendar::days_from;
use super::expression::{Expression, Found, Part, Turn};
use super::resolve::{Basis, BasisKind, Reckoning, YearKnown};
use super::tense::{Tense, told};
use super::{Noted, dateline, mention};
use crate::model::{Article, BlockKind, CodePoints, Evidence, PartialDate, Precision, Publication, Why};

/// Blocks at the top that can hold a dateline or date the text.
pub(super) const OPENING: usize = 6;
/// Code points of the longest line that heads a text with its date.
const HEADING: usize = 100;
/// Bytes at the beginning of a block in which a dateline is looked for.
const DATELINE_REACH: usize = 400;

/// What the dates of `article` are resolved against, and the publication day of its dateline.
pub(super) fn reckon(article: &Article, points: &CodePoints<'_>, noted: &[Noted]) -> (Reckoning, Option<Publication>) {
    let mut year = year_known(article, points, noted);
    let stated = article.published.as_ref();
    if let Some(published) = stated.filter(|published| published.date.precision() == Precision::Day) {
        return (Reckoning { basis: Some(of_publication(published)), year }, None);
    }
    match of_dateline(article, points, noted, year.as_ref()) {
        Dateline::Day(published, evidence) => {
            let date = published.date.first();
            let name = format!("the dateline's day {date}");
            let basis = Basis { date, kind: BasisKind::Published, name, evidence };
            return (Reckoning { basis: Some(basis), year }, Some(published));
        }
        Dateline::Contradicts => year = None,
        Dateline::Absent => {}
    }
    (Reckoning { basis: of_opening(points, noted, year.as_ref()), year }, None)
}

fn of_publication(published: &Publication) -> Basis {
    let date = published.date.first();
    let kind = if published.inferred { BasisKind::Bound } else { BasisKind::Published };
    let name = match kind {
        BasisKind::Published => format!("the publication day {date}"),
        BasisKind::Bound => format!("{date}, the earliest day of publication"),
    };
    Basis { date, kind, name, evidence: Evidence::outside("anchor", published.why.text.clone()) }
}

/// What an article's datelines say.
enum Dateline {
    /// A day, and the evidence for it.
    Day(Publication, Evidence),
    /// The year taken from elsewhere is not the dateline's.
    Contradicts,
    Absent,
}

/// The day of the first dateline whose year is known.
fn of_dateline(article: &Article, points: &CodePoints<'_>, noted: &[Noted], year: Option<&YearKnown>) -> Dateline {
    for (index, block) in article.blocks.iter().enumerate().take(OPENING) {
        let from = points.bytes(block.span).start;
        let text = points.slice(block.span);
        let reach = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= DATELINE_REACH).last().unwrap_or(0);
        let head = if text.len() <= DATELINE_REACH { text } else { &text[..reach] };
        let Some((line, date)) = dateline::find(head) else { continue };
        let (line, date) = (from + line.start..from + line.end, from + date.start..from + date.end);
        let within = |noted: &&Noted| date.start <= noted.found.bytes.start && noted.found.bytes.end <= date.end;
        let Some(day) = noted.iter().filter(within).find_map(|noted| day_of(noted, Tense::Unknown, year)) else {
            continue;
        };
        let evidence = Evidence::at("anchor", points.text().get(line.clone()).unwrap_or(""), points.span(&line));
        let mut why = Why::new("dateline", format!("the dateline names {day}")).with(evidence.clone());
        if let Some(year) =
            year.filter(|_| !noted.iter().filter(within).any(|noted| states_year(noted.found.expression)))
        {
            if year.evidence.span.is_none() && !agrees(noted, index, day) {
                return Dateline::Contradicts;
            }
            why.text = format!("{}, its year being {}, {}", why.text, year.year, year.why);
            why = why.with(year.evidence.clone());
        }
        return Dateline::Day(Publication::stated(PartialDate::day(day), why), evidence);
    }
    Dateline::Absent
}

fn day_of(noted: &Noted, tense: Tense, year: Option<&YearKnown>) -> Option<Date> {
    let reckoning = Reckoning { basis: None, year: year.cloned() };
    let (date, _) = reckoning.resolve(&noted.found, tense)?;
    (date.precision() == Precision::Day).then(|| date.first())
}

fn states_year(expression: Expression) -> bool {
    matches!(expression, Expression::Day { year: Some(_), .. } | Expression::Month { year: Some(_), .. })
}

/// Whether the first weekday of a wire's lead is the dateline's day or the one before, as leads have it:
/// the test of a year that the text itself does not name.
fn agrees(noted: &[Noted], block: usize, day: Date) -> bool {
    let first = noted.iter().filter(|noted| noted.index == block).find_map(|noted| match noted.found.expression {
        Expression::Weekday { weekday, turn: Turn::Plain } if noted.told.tense != Tense::Forward => Some(weekday),
        _ => None,
    });
    first.is_none_or(|weekday| {
        day.weekday() == weekday || days_from(day, -1).is_some_and(|before| before.weekday() == weekday)
    })
}

/// The latest day that captions, the editor's note or the opening name as past.
fn of_opening(points: &CodePoints<'_>, noted: &[Noted], year: Option<&YearKnown>) -> Option<Basis> {
    let (day, noted) = noted
        .iter()
        .filter(|noted| anchors(noted))
        .filter_map(|noted| Some((day_of(noted, noted.told.tense, year)?, noted)))
        .max_by_key(|(day, noted)| (*day, std::cmp::Reverse(noted.found.bytes.start)))?;
    let part = match noted.block {
        BlockKind::Caption | BlockKind::Credit => "a caption",
        BlockKind::EditorNote => "the editor's note",
        _ => "the opening",
    };
    let evidence =
        Evidence::at("anchor", points.text().get(noted.found.bytes.clone())?, points.span(&noted.found.bytes));
    let (kind, name) = if noted.heads {
        (BasisKind::Published, format!("{day}, the day at the text's head"))
    } else {
        (BasisKind::Bound, format!("{day}, the latest day that {part} names"))
    };
    Some(Basis { date: day, kind, name, evidence })
}

fn anchors(noted: &Noted) -> bool {
    match noted.block {
        BlockKind::Caption | BlockKind::Credit => noted.has_passed(),
        // An article is corrected after it was published.
        BlockKind::Correction => false,
        BlockKind::EditorNote => noted.has_passed() || noted.told.tense == Tense::Unknown && !noted.told.open,
        _ => noted.index < OPENING && noted.has_passed(),
    }
}

/// The year of dates without one: that of a coarse publication date, the one year of the text's full
/// dates, or the one year in the URL or path.
fn year_known(article: &Article, points: &CodePoints<'_>, noted: &[Noted]) -> Option<YearKnown> {
    if let Some(published) = &article.published {
        let why = "that of the publication date".to_owned();
        let evidence = Evidence::outside("year", published.why.text.clone());
        return Some(YearKnown { year: published.date.first().year(), why, evidence });
    }
    let mut full = noted.iter().filter(|noted| states_year(noted.found.expression));
    let Some(first) = full.next() else { return year_of_place(article) };
    let first = mention(first, points, &Reckoning::default())?;
    let year = first.date.first().year();
    let same =
        |noted: &Noted| mention(noted, points, &Reckoning::default()).is_none_or(|m| m.date.first().year() == year);
    if !full.all(same) {
        return year_of_place(article);
    }
    let why = "the one year that the full dates of the text name".to_owned();
    Some(YearKnown { year, why, evidence: Evidence::at("year", first.text, first.span) })
}

static YEAR_IN_PLACE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^0-9A-Za-z])((?:19|20)[0-9]{2})(?:$|[^0-9A-Za-z])").ok());

/// The one year that the article's URL, or else its path, holds between marks: `/2025/06/`, `2025-alt-bulak`.
fn year_of_place(article: &Article) -> Option<YearKnown> {
    let places = [("URL", article.url.as_deref()), ("path", Some(article.source.path.as_str()))];
    places.into_iter().find_map(|(name, place)| {
        let place = place?;
        let mut years = YEAR_IN_PLACE.as_ref()?.captures_iter(place).filter_map(|c| c.get(1)?.as_str().parse().ok());
        let year: i16 = years.next()?;
        let evidence = Evidence::outside("year", place);
        years.all(|other| other == year).then(|| YearKnown { year, why: format!("the one in the {name}"), evidence })
    })
}

/// Whether a date stands on a short line of its own without a verb, as at the head of a transcript.
pub(super) fn heads(block: &str, found: &Found) -> bool {
    if !matches!(found.expression, Expression::Day { year: Some(_), .. }) || found.part != Part::Whole {
        return false;
    }
    // A line longer than this is no heading; looking no further keeps a text of dates in linear time.
    let reach = 4 * HEADING;
    let before = block.as_bytes()[..found.bytes.start].iter().rev().take(reach).position(|byte| *byte == b'\n');
    let after = block.as_bytes()[found.bytes.end..].iter().take(reach).position(|byte| *byte == b'\n');
    let start = before.map_or(0, |distance| found.bytes.start - distance);
    let end = after.map_or(block.len(), |distance| found.bytes.end + distance);
    if end - start > 2 * reach {
        return false;
    }
    let line = &block[start..end];
    let within = found.bytes.start - start..found.bytes.end - start;
    line.chars().take(HEADING + 1).count() <= HEADING
        && !line.trim_end().ends_with(['.', '!', '?'])
        && told(line, &within).tense == Tense::Unknown
}
