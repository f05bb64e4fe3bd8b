//! Counts by period: as bars of text, for programs, for spreadsheets and documents. The picture is [`super::plot`]'s.

use std::io::{self, Write};

use serde::Serialize;

use super::markdown::{code, escaped, origin};
use super::stamped::{stamped_csv, stamped_json, stamped_jsonl};
use super::style::{ASIDE, SPEAKER, STRONG, styled, wrapped};
use crate::view::{
    Apart, Copies, Count, Dimension, Period, PeriodLength, Provenance, Series, SeriesOf, ShareOf, TrendsView,
};

/// Columns before a bar: a period, two counts and a share, with the gaps between them.
const BAR_COLUMN: usize = 40;
/// The longest bar, in columns: a longer one says no more.
const LONGEST_BAR: usize = 60;
/// Eighths of a block, from one to seven.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/// Periods in a row without any passage that are shown one by one; more are one line.
const EMPTY_SHOWN: usize = 2;

/// Each series as a table of periods with bars on one scale, for lines of `width` columns.
pub fn trends_text(out: &mut dyn Write, view: &TrendsView, width: usize) -> io::Result<()> {
    let scale = scale(view);
    for (at, series) in view.series.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        if let Some(name) = name(series, view.per) {
            let id = id(series, view.per).map(|id| styled(ASIDE, &format!(" [{id}]"))).unwrap_or_default();
            writeln!(out, "{}{id}", styled(SPEAKER, &name))?;
        }
        let head = format!("{:<10}  {:>8}  {:>7}  {:>7}", view.length.as_str(), "passages", "of", "share");
        writeln!(out, "{}", styled(STRONG, &head))?;
        for run in runs(&view.periods, &series.counts) {
            match run {
                Run::One(period, count) => {
                    let bar = bar(count.share(), scale, width.saturating_sub(BAR_COLUMN).min(LONGEST_BAR));
                    writeln!(out, "{}", format!("{}  {bar}", row(&period.to_string(), count)).trim_end())?;
                }
                Run::Empty(first, last, periods) => {
                    let text = format!("{first} … {last}: {periods} {}s without passages", view.length.as_str());
                    writeln!(out, "{}", styled(ASIDE, &text))?;
                }
            }
        }
        for (why, count) in series.apart.iter().filter(|(_, count)| count.of > 0) {
            let row = row(why.as_str(), *count);
            let text = format!("{row}  {}", in_words(*why, view.length));
            let fits = text.chars().count() <= width;
            writeln!(out, "{}", styled(ASIDE, if fits { &text } else { &row }))?;
        }
        writeln!(out, "{}", styled(STRONG, &row("all", series.total)))?;
    }
    let notes: Vec<String> = std::iter::once(share_of(view)).chain(notes(view)).chain(found_elsewhere(view)).collect();
    writeln!(out, "\n{ASIDE}{}{ASIDE:#}", wrapped(&notes.join(" "), &[], width, ""))
}

fn row(name: &str, count: Count) -> String {
    let share = count.share().map(percent).unwrap_or_default();
    format!("{name:<10}  {:>8}  {:>7}  {share:>7}", count.passages, count.of)
}

/// The largest share of any period.
pub(super) fn scale(view: &TrendsView) -> f64 {
    let shares = view.series.iter().flat_map(|series| &series.counts).filter_map(|count| count.share());
    shares.fold(0.0, f64::max)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is rounded, and at most the width")]
#[allow(clippy::cast_precision_loss, reason = "a width is small")]
fn bar(share: Option<f64>, scale: f64, width: usize) -> String {
    let Some(share) = share.filter(|share| *share > 0.0) else { return String::new() };
    // What is there is seen, however little.
    let eighths = ((share / scale * width as f64 * 8.0).round() as usize).max(1);
    let rest = (eighths % 8).checked_sub(1).map(|part| EIGHTHS[part]);
    "█".repeat(eighths / 8).chars().chain(rest).collect()
}

/// `12.5 %`; of less than one in a thousand, two digits.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 {
        "0 %".into()
    } else if percent < 0.1 {
        format!("{percent:.2} %")
    } else {
        format!("{percent:.1} %")
    }
}

enum Run {
    One(Period, Count),
    /// First, last, how many.
    Empty(Period, Period, usize),
}

/// The periods, with long runs of those without any passage as one.
fn runs(periods: &[Period], counts: &[Count]) -> Vec<Run> {
    let mut runs = Vec::new();
    let paired: Vec<(Period, Count)> = periods.iter().copied().zip(counts.iter().copied()).collect();
    for chunk in paired.chunk_by(|(_, one), (_, next)| one.of == 0 && next.of == 0) {
        match chunk {
            [(first, _), .., (last, _)] if chunk.len() > EMPTY_SHOWN => {
                runs.push(Run::Empty(*first, *last, chunk.len()));
            }
            few => runs.extend(few.iter().map(|(period, count)| Run::One(*period, *count))),
        }
    }
    runs
}

/// How a series is called; `None` of every passage.
pub(super) fn name(series: &Series, per: Option<Dimension>) -> Option<String> {
    match &series.of {
        SeriesOf::Whole => None,
        SeriesOf::One(value) => Some(value.name.clone()),
        SeriesOf::Others { values } => {
            let noun = per.map_or("", Dimension::as_str);
            Some(format!("other: {values} {noun}{}", if *values == 1 { "" } else { "s" }))
        }
    }
}

/// The id behind a speaker's name.
fn id(series: &Series, per: Option<Dimension>) -> Option<&str> {
    match &series.of {
        SeriesOf::One(value) if per == Some(Dimension::Speaker) => Some(&value.key),
        _ => None,
    }
}

/// What the shares are of, as a sentence.
pub(super) fn share_of(view: &TrendsView) -> String {
    let period = view.length.as_str();
    let whose = match (view.share_of, view.per) {
        (ShareOf::Series, Some(Dimension::Speaker)) => "the speaker's own passages",
        (ShareOf::Series, Some(Dimension::Topic)) => "the topic's own passages",
        (ShareOf::Series, Some(Dimension::Outlet)) => "the outlet's own passages",
        _ => "all passages",
    };
    let filtered = if view.filters.is_empty() { "" } else { " that the filters let pass" };
    format!("Share of {whose} of the {period}{filtered}.")
}

/// What else a reader has to know: passages in no series, and how copies count.
pub(super) fn notes(view: &TrendsView) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(per) = view.per {
        let lacking = match per {
            Dimension::Speaker => "nobody speaks in",
            Dimension::Topic => "no topic is found for",
            Dimension::Outlet => "no outlet is known of",
        };
        let (without, all) = (view.without, view.whole.total.passages);
        notes.extend(
            (without > 0).then(|| format!("{without} of {all} matching passages are in no series: {lacking} them.")),
        );
        notes.extend((per != Dimension::Outlet).then(|| {
            format!("A passage of several {}s counts for each of them, and once for all others together.", per.as_str())
        }));
    }
    notes.extend((view.copies == Copies::Once).then(|| {
        format!(
            "Copies count once, where they were published first; matching passages of later ones left out: {}.",
            view.copies_left_out
        )
    }));
    notes
}

/// That `published:` finds passages of a period that are not counted in it; a chart says it of its own.
fn found_elsewhere(view: &TrendsView) -> Option<String> {
    let (_, inferred) = view.whole.apart.iter().find(|(why, _)| *why == Apart::Inferred)?;
    (inferred.passages > 0).then(|| {
        format!(
            "Matching passages of which only “on or after a day” is known count apart here, and on that day in `matrix` \
             and for `published:`: {}.",
            inferred.passages
        )
    })
}

/// Why a passage is of no period, in words.
pub(super) fn in_words(why: Apart, length: PeriodLength) -> String {
    match why {
        Apart::Undated => "no date is stated".into(),
        Apart::Inferred => "only “on or after a day” is known".into(),
        Apart::Imprecise => format!("the date is less precise than a {}", length.as_str()),
    }
}

/// One count as programs read it. Fields are written in this order.
#[derive(Serialize)]
struct Record<'v> {
    /// `all`, `speaker`, `topic`, `outlet` or `other`.
    series: &'static str,
    key: Option<&'v str>,
    name: Option<String>,
    /// `null` where `apart` says why.
    period: Option<String>,
    first: Option<String>,
    last: Option<String>,
    apart: Option<&'static str>,
    passages: usize,
    of: usize,
    share: Option<f64>,
}

fn kind(series: &Series, per: Option<Dimension>) -> &'static str {
    match &series.of {
        SeriesOf::Whole => "all",
        SeriesOf::One(_) => per.map_or("all", Dimension::as_str),
        SeriesOf::Others { .. } => "other",
    }
}

fn records(view: &TrendsView) -> Vec<Record<'_>> {
    view.series.iter().flat_map(|series| records_of(series, view)).collect()
}

fn records_of<'v>(series: &'v Series, view: &'v TrendsView) -> Vec<Record<'v>> {
    let record = |period: Option<Period>, apart: Option<Apart>, count: Count| Record {
        series: kind(series, view.per),
        key: match &series.of {
            SeriesOf::One(value) => Some(&value.key),
            _ => None,
        },
        name: name(series, view.per),
        period: period.map(|period| period.to_string()),
        first: period.map(|period| period.first().to_string()),
        last: period.map(|period| period.last().to_string()),
        apart: apart.map(Apart::as_str),
        passages: count.passages,
        of: count.of,
        share: count.share(),
    };
    let periods = view.periods.iter().zip(&series.counts).map(|(period, count)| record(Some(*period), None, *count));
    periods.chain(series.apart.iter().map(|(why, count)| record(None, Some(*why), *count))).collect()
}

/// One count a line, those of no period with the reason.
pub fn trends_jsonl(out: &mut dyn Write, view: &TrendsView, provenance: &Provenance) -> io::Result<()> {
    stamped_jsonl(out, records(view), provenance)
}

/// One object with what was asked, the counts, and what repeats it.
pub fn trends_json(out: &mut dyn Write, view: &TrendsView, provenance: &Provenance) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v> {
        query: &'v str,
        by: &'static str,
        per: Option<&'static str>,
        share_of: &'static str,
        copies: &'static str,
        passages: usize,
        of: usize,
        in_no_series: usize,
        copies_left_out: usize,
        apart: Vec<Record<'v>>,
        counts: Vec<Record<'v>>,
    }
    let whole = Whole {
        query: &view.query,
        by: view.length.as_str(),
        per: view.per.map(Dimension::as_str),
        share_of: match view.share_of {
            ShareOf::All => "all",
            ShareOf::Series => "series",
        },
        copies: view.copies.as_str(),
        passages: view.whole.total.passages,
        of: view.whole.total.of,
        in_no_series: view.without,
        copies_left_out: view.copies_left_out,
        apart: records_of(&view.whole, view).into_iter().filter(|record| record.apart.is_some()).collect(),
        counts: records(view),
    };
    stamped_json(out, &whole, provenance)
}

/// One count a row, under a header.
pub fn trends_csv(out: &mut dyn Write, view: &TrendsView, provenance: &Provenance) -> io::Result<()> {
    let header = ["series", "key", "name", "period", "first", "last", "apart", "passages", "of", "share"];
    let row = |record: Record<'_>| {
        [
            record.series.to_owned(),
            record.key.unwrap_or_default().to_owned(),
            record.name.unwrap_or_default(),
            record.period.unwrap_or_default(),
            record.first.unwrap_or_default(),
            record.last.unwrap_or_default(),
            record.apart.unwrap_or_default().to_owned(),
            record.passages.to_string(),
            record.of.to_string(),
            record.share.map(|share| share.to_string()).unwrap_or_default(),
        ]
    };
    stamped_csv(out, header, records(view).into_iter().map(row), provenance)
}

/// A table for each series, and below them what the shares are of.
pub fn trends_markdown(out: &mut dyn Write, view: &TrendsView, provenance: &Provenance) -> io::Result<()> {
    for series in &view.series {
        if let Some(name) = name(series, view.per) {
            writeln!(out, "**{}**\n", escaped(&name))?;
        }
        writeln!(out, "| {} | passages | of | share |\n|---|--:|--:|--:|", view.length.as_str())?;
        let periods = view.periods.iter().map(ToString::to_string).zip(&series.counts);
        let apart = series.apart.iter().filter(|(_, count)| count.of > 0);
        let apart = apart.map(|(why, count)| (in_words(*why, view.length), count));
        for (label, count) in periods.chain(apart).chain([("all".to_owned(), &series.total)]) {
            let share = count.share().map(percent).unwrap_or_default();
            writeln!(out, "| {} | {} | {} | {share} |", escaped(&label), count.passages, count.of)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "Query: {}. {}", escaped(&view.query), share_of(view))?;
    if !view.filters.is_empty() {
        writeln!(out, "Filters: {}.", code(&view.filters))?;
    }
    for note in notes(view).into_iter().chain(found_elsewhere(view)) {
        writeln!(out, "{}", escaped(&note))?;
    }
    writeln!(out)?;
    origin(out, provenance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_its_width_and_the_shortest_is_seen() {
        assert_eq!(bar(Some(0.5), 0.5, 4), "████");
        assert_eq!(bar(Some(0.25), 0.5, 3), "█▌");
        assert_eq!(bar(Some(0.0001), 0.5, 10), "▏");
        assert_eq!(bar(Some(0.0), 0.5, 10), "");
        assert_eq!(bar(None, 0.0, 10), "");
    }

    #[test]
    fn a_small_share_is_not_rounded_to_nothing() {
        assert_eq!([0.0, 0.0004, 0.125, 1.0].map(percent), ["0 %", "0.04 %", "12.5 %", "100.0 %"]);
    }

    #[test]
    fn a_line_of_the_longest_bar_ends_where_the_terminal_does() {
        let (counts, total) = (vec![Count { passages: 5, of: 9 }], Count { passages: 5, of: 9 });
        let apart = Apart::ALL.map(|why| (why, Count::default()));
        let whole = Series { of: SeriesOf::Whole, total, counts, apart };
        let view = TrendsView {
            query: "x".into(),
            length: PeriodLength::Month,
            per: None,
            share_of: ShareOf::All,
            copies: Copies::Each,
            filters: String::new(),
            periods: vec![Period::of(PeriodLength::Month, jiff::civil::date(2025, 6, 1))],
            series: vec![whole.clone()],
            whole,
            without: 0,
            copies_left_out: 0,
            explanation: None,
        };
        for width in [60, 80, 100] {
            let mut out = Vec::new();
            trends_text(&mut out, &view, width).unwrap();
            let text = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
            assert_eq!(text.lines().map(|line| line.chars().count()).max(), Some(width), "{text}");
        }
    }
}
