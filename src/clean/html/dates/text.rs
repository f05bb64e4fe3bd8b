//! Days in the words and figures of any page: `2025-06-18`, `18. Juni 2025`, `June 18th, 2025`, `18/6/25`.
//!
//! For the publication date alone; what an article's sentences mean by a date is the annotator's
//! work. Month names are data, in `data/month_names.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use regex::{Captures, Regex, RegexSet};
use serde::Deserialize;

use crate::model::{PartialDate, StatedTime, TimePrecision, ZoneOrigin};

/// How a page's `3/4/2025` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::clean::html) enum Order {
    /// Day first: most of the world.
    DayFirst,
    /// Month first: the United States.
    MonthFirst,
}

/// A day found in a text, with the words that state it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The day.
    pub(super) date: Date,
    /// The byte of the lower-cased text at which it begins.
    pub(super) at: usize,
    /// How many bytes of that text it has.
    length: usize,
}

impl Found {
    /// The byte of the lower-cased text at which it ends.
    pub(super) fn end(&self) -> usize {
        self.at + self.length
    }
}

/// A longer text is no label; its beginning is read.
const LONGEST: usize = 2000;

/// Every day that `text` states, in order.
pub(super) fn find(text: &str, order: Order) -> Vec<Found> {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text[..end].to_lowercase();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let forms = &*FORMS;
    let mut found = Vec::new();
    let present = forms.any.matches(&text);
    for (index, (regex, read)) in [
        (&forms.year_first, Reading::YearFirst),
        (&forms.figures, Reading::Figures),
        (&forms.day_month, Reading::DayMonth),
        (&forms.month_day, Reading::MonthDay),
        (&forms.year_month, Reading::YearMonth),
    ]
    .into_iter()
    .enumerate()
    {
        if !present.matched(index) {
            continue;
        }
        for captures in regex.captures_iter(&text) {
            let Some(whole) = captures.get(0).filter(|whole| stands_alone(&text, whole.start(), whole.end())) else {
                continue;
            };
            let (date, length) = match read.before_a_glued_time(&captures, &text, order) {
                Some(date) => (Some(date), whole.len() - 2),
                None => (read.date(&captures, order), whole.len()),
            };
            if let Some(date) = date {
                found.push(Found { date, at: whole.start(), length });
            }
        }
    }
    found.sort_by_key(|found| found.at);
    found
}

/// What a machine's time stamp states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The day in the zone as written; a month or year where no more is stated.
    pub(super) date: PartialDate,
    /// The time, where it is one of ISO 8601 or of seconds since 1970.
    pub(super) time: Option<StatedTime>,
}

impl Stamp {
    fn day(date: Date) -> Self {
        Self { date: PartialDate::day(date), time: None }
    }
}

/// Reads a machine's time stamp: ISO 8601, RFC 2822, compact figures, seconds since 1970, a month or a year.
pub(super) fn stamp(text: &str, order: Order) -> Option<Stamp> {
    let text = text.trim();
    if let Some(date) = iso(text) {
        let time = text.parse().ok().filter(|time: &StatedTime| !is_midnight_by_default(text, *time));
        return Some(Stamp { time, ..Stamp::day(date) });
    }
    if text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            8 | 12 | 14 => compact(text).map(Stamp::day),
            10 | 13 => epoch(text),
            _ => None,
        };
    }
    // `20250618T101500`, ISO 8601's basic form.
    let basic = text.split_once('T').filter(|(day, _)| day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()));
    basic
        .and_then(|(day, _)| compact(day))
        .or_else(|| find(text, order).first().map(|found| found.date))
        .map(Stamp::day)
        .or_else(|| month_or_year(text))
}

/// Midnight in Greenwich or without a zone is how machines write a day.
fn is_midnight_by_default(text: &str, time: StatedTime) -> bool {
    time.civil().time() == jiff::civil::Time::midnight() && time.zone().is_none_or(|_| is_greenwich(text))
}

/// `2025-06`, `2025/06`, `2025`.
fn month_or_year(text: &str) -> Option<Stamp> {
    let date = text.replace('/', "-").parse().ok()?;
    Some(Stamp { date, time: None })
}

/// Whether a time stamp is one of Greenwich: `…Z`, `…+00:00`, or seconds since 1970.
pub(super) fn is_greenwich(text: &str) -> bool {
    let text = text.trim();
    let timed = text.contains(':')
        && (text.ends_with(['Z', 'z'])
            || text.contains("GMT+0000")
            || text.ends_with("+00:00")
            || text.ends_with("+0000")
            || text.ends_with("GMT")
            || text.ends_with("UTC"));
    timed || matches!(text.len(), 10 | 13) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The day of a `YYYY-MM-DD` at the text's beginning, in the zone in which it is written.
fn iso(text: &str) -> Option<Date> {
    let head = text.get(..10)?;
    if text.as_bytes().get(10).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    head.parse().ok()
}

/// The day of `YYYYMMDD…`.
pub(super) fn compact(text: &str) -> Option<Date> {
    date(text.get(..4)?.parse().ok()?, text.get(4..6)?.parse().ok()?, text.get(6..8)?.parse().ok()?)
}

/// The time, in Greenwich, of seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Stamp> {
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() == 13 { number / 1000 } else { number };
    let at = Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?);
    let time = StatedTime::new(at, TimePrecision::Second).at_offset(Offset::UTC, ZoneOrigin::Stated);
    (1990..2100).contains(&at.year()).then_some(Stamp { date: PartialDate::day(at.date()), time: Some(time) })
}

#[derive(Clone, Copy)]
enum Reading {
    YearFirst,
    Figures,
    DayMonth,
    MonthDay,
    YearMonth,
}

impl Reading {
    /// `28.09.1912:44` is 28.09.19, 12:44: a date and a time whose elements stand without a space.
    fn before_a_glued_time(self, captures: &Captures<'_>, text: &str, order: Order) -> Option<Date> {
        let years = captures.get(3).filter(|years| matches!(self, Self::Figures) && years.len() == 4)?;
        let mut after = text.get(years.end()..)?.bytes();
        let timed = after.next() == Some(b':') && after.take(2).all(|byte| byte.is_ascii_digit());
        let number = |text: &str| text.parse::<i16>().ok();
        let (first, second) = (number(&captures[1])?, number(&captures[2])?);
        let years = year(number(years.as_str().get(..2)?)?);
        let (day, month) =
            if order == Order::MonthFirst && !captures[0].contains('.') { (second, first) } else { (first, second) };
        timed.then(|| date(years, month, day)).flatten()
    }

    fn date(self, captures: &Captures<'_>, order: Order) -> Option<Date> {
        let number = |group: usize| captures.get(group)?.as_str().parse::<i16>().ok();
        let month = |group: usize| FORMS.months.get(captures.get(group)?.as_str()).copied();
        match self {
            Self::YearFirst => date(number(1)?, number(2)?, number(3)?),
            Self::YearMonth => date(number(1)?, month(2)?, number(3)?),
            Self::DayMonth => date(year(number(3)?), month(2)?, number(1)?),
            Self::MonthDay => date(year(number(3)?), month(1)?, number(2)?),
            Self::Figures => {
                let (first, second, year) = (number(1)?, number(2)?, year(number(3)?));
                let dotted = captures.get(0)?.as_str().contains('.');
                let month_first = order == Order::MonthFirst && !dotted && first <= 12;
                let (day, month) = if month_first || second > 12 { (second, first) } else { (first, second) };
                date(year, month, day)
            }
        }
    }
}

/// Two figures are years since 2000: no news page is older than that and so brief.
fn year(number: i16) -> i16 {
    if number < 100 { 2000 + number } else { number }
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether no digit stands at either side: the rest of another number.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let mut after = text[end..].chars();
    let next = after.next();
    let split =
        matches!(next, Some('.' | '/' | '-' | ',')) && after.next().is_some_and(|letter| letter.is_ascii_digit());
    !before.is_some_and(|letter| letter.is_ascii_digit())
        && !next.is_some_and(|letter| letter.is_ascii_digit())
        && !split
}

#[derive(Deserialize)]
struct File {
    months: Vec<Vec<String>>,
}

struct Forms {
    months: HashMap<String, i16>,
    year_first: Regex,
    figures: Regex,
    day_month: Regex,
    month_day: Regex,
    year_month: Regex,
    /// All five, in the order in which they are asked: one look tells which are worth it.
    any: RegexSet,
}

#[expect(clippy::expect_used, reason = "the embedded table and the patterns are checked by the tests of this file")]
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../../data/month_names.toml")).expect("the table is TOML");
    let mut months = HashMap::new();
    for (number, names) in (1..).zip(&file.months) {
        for name in names {
            months.entry(name.clone()).or_insert(number);
        }
    }
    let mut names: Vec<String> = months.keys().map(|name| regex::escape(name)).collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
    let month = format!("({})", names.join("|"));
    let sources = [
        r"((?:19|20)\d\d)\s?(?:-|/|\.|年|년)\s?(\d{1,2})\s?(?:-|/|\.|月|월)\s?(\d{1,2})",
        r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?((?:19|20)\d\d|\d\d)",
        r"(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|ος)?[.,]?\s?(?:[-/]|de |of |di |d'|ta' |an |a )?\s?MONTH[.,]?\s?(?:de |del |d'|[-/‘'’]|г\.)?\s?((?:19|20)\d\d|\d\d\b)",
        r"\bMONTH\.?[\s-](?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,|\.|\s|-|/| -)\s?(?:of )?((?:19|20)\d\d)",
        r"((?:19|20)\d\d)(?:[.,\s-]|\sm\.|\. gada)+\s?MONTH[.,]?\s?(\d{1,2})",
    ]
    .map(|source: &str| source.replace("MONTH", &month));
    let [year_first, figures, day_month, month_day, year_month] =
        sources.clone().map(|source| Regex::new(&source).expect("a pattern"));
    let any = RegexSet::new(sources).expect("the same patterns");
    Forms { months, year_first, figures, day_month, month_day, year_month, any }
});

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<String> {
        find(text, Order::DayFirst).first().map(|found| found.date.to_string())
    }

    #[test]
    fn a_day_is_read_in_many_languages() {
        for text in [
            "2025-06-18",
            "18.06.2025",
            "18. Juni 2025",
            "June 18, 2025",
            "Jun. 18th, 2025",
            "18 juin 2025",
            "18 de junio de 2025",
            "18 giugno 2025",
            "18 июня 2025 г.",
            "2025年6月18日",
            "2025. 6. 18",
            "18 Haziran 2025",
            "Wednesday, 18 June 2025, 10:30",
            "18/6/25",
            "2025. június 18.",
            "18. kesäkuuta 2025",
        ] {
            assert_eq!(first(text).as_deref(), Some("2025-06-18"), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_not_read() {
        for text in ["", "1,140 km", "12.13.14.15", "+99 312 18 06 20255", "2025", "June 2025", "31.02.2025"] {
            assert_eq!(first(text), None, "{text}");
        }
    }

    #[test]
    fn slashes_follow_the_pages_country() {
        let day = |order| find("3/4/2025", order)[0].date.to_string();

        assert_eq!(day(Order::DayFirst), "2025-04-03");
        assert_eq!(day(Order::MonthFirst), "2025-03-04");
    }

    #[test]
    fn stamps_of_machines_are_read() {
        for text in [
            "2025-06-18T23:30:00-05:00",
            "20250618",
            "20250618T101500",
            "1750255200",
            "1750255200000",
            "Wed, 18 Jun 2025 10:00:00 GMT",
        ] {
            assert_eq!(
                stamp(text, Order::DayFirst).map(|stamp| stamp.date.to_string()).as_deref(),
                Some("2025-06-18"),
                "{text}"
            );
        }
    }
}
