//! Days named by their distance from today: `yesterday`, `last 30 days`, `this month`.
//!
//! Today is passed in, so that a query means the same whenever it is run again with the same day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::DateRange;
use crate::model::PartialDate;

/// Days, weeks, months and years that `last` may count: as many as the calendar has.
const MOST: i64 = 9_999;

/// How it may be written, for messages.
pub(super) const FORMS: &str = "`today`, `yesterday`, `tomorrow`, `this`, `last` or `next` with `week`, `month` or \
                                `year`, `\"last 30 days\"` with days, weeks, months or years";

/// Whether `value` looks like one: dates begin with digits, these with letters.
pub(super) fn is_meant(value: &str) -> bool {
    value.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// The days that `value` names, seen from `today`; `None` where it names none. All of its spaces may be hyphens.
///
/// `last 30 days` are the 30 days that end today, `last 3 months` the days after this one three months ago.
/// `last month` is the calendar month before this one; weeks begin on Monday (ISO 8601).
pub(super) fn range(value: &str, today: Date) -> Option<DateRange> {
    let spaced = value.contains(char::is_whitespace);
    let words: Vec<&str> = if spaced { value.split_whitespace().collect() } else { value.split('-').collect() };
    match *words.as_slice() {
        ["today"] => Some(days(today, today)),
        ["yesterday"] => Some(one(today.yesterday().ok()?)),
        ["tomorrow"] => Some(one(today.tomorrow().ok()?)),
        [which, unit] => {
            let steps: i64 = match which {
                "last" => -1,
                "this" => 0,
                "next" => 1,
                _ => return None,
            };
            calendar(unit, steps, today)
        }
        ["last", count, unit] => {
            let count: i64 = count.parse().ok().filter(|count| (1..=MOST).contains(count))?;
            let before = match unit {
                "days" | "day" => today.checked_sub(count.days()).ok()?,
                "weeks" | "week" => today.checked_sub(count.weeks()).ok()?,
                "months" | "month" => today.checked_sub(count.months()).ok()?,
                "years" | "year" => today.checked_sub(count.years()).ok()?,
                _ => return None,
            };
            Some(days(before.tomorrow().ok()?, today))
        }
        _ => None,
    }
    .filter(|range| range.from.is_none_or(|from| from.first().year() >= 0))
}

/// The week, month or year that lies `steps` after that of `today`.
fn calendar(unit: &str, steps: i64, today: Date) -> Option<DateRange> {
    match unit {
        "week" => {
            let since_monday = i64::from(today.weekday().since(Weekday::Monday));
            let monday = today.checked_add((7 * steps - since_monday).days()).ok()?;
            Some(days(monday, monday.checked_add(6.days()).ok()?))
        }
        "month" => {
            let month = PartialDate::month(today.first_of_month().checked_add(steps.months()).ok()?);
            Some(DateRange { from: Some(month), to: Some(month) })
        }
        "year" => {
            let year = PartialDate::year(today.first_of_year().checked_add(steps.years()).ok()?);
            Some(DateRange { from: Some(year), to: Some(year) })
        }
        _ => None,
    }
}

fn one(day: Date) -> DateRange {
    days(day, day)
}

fn days(from: Date, to: Date) -> DateRange {
    DateRange { from: Some(PartialDate::day(from)), to: Some(PartialDate::day(to)) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_from_today() {
        // A Wednesday.
        let today = date(2025, 6, 18);
        for (value, from, to) in [
            ("today", "2025-06-18", "2025-06-18"),
            ("yesterday", "2025-06-17", "2025-06-17"),
            ("tomorrow", "2025-06-19", "2025-06-19"),
            ("last 30 days", "2025-05-20", "2025-06-18"),
            ("last-30-days", "2025-05-20", "2025-06-18"),
            ("last 1 day", "2025-06-18", "2025-06-18"),
            ("last 2 weeks", "2025-06-05", "2025-06-18"),
            ("last 3 months", "2025-03-19", "2025-06-18"),
            ("last 2 years", "2023-06-19", "2025-06-18"),
            ("last week", "2025-06-09", "2025-06-15"),
            ("this week", "2025-06-16", "2025-06-22"),
            ("next month", "2025-07", "2025-07"),
            ("last month", "2025-05", "2025-05"),
            ("this year", "2025", "2025"),
            ("last year", "2024", "2024"),
        ] {
            let range = range(value, today).unwrap_or_else(|| panic!("{value}"));
            let text = |date: Option<PartialDate>| date.unwrap().to_string();
            assert_eq!((text(range.from), text(range.to)), (from.to_owned(), to.to_owned()), "{value}");
        }
    }

    #[test]
    fn a_month_ends_where_the_calendar_says() {
        let range = range("last 1 month", date(2024, 3, 31)).unwrap();

        assert_eq!(range.from.unwrap().to_string(), "2024-03-01");
    }

    #[test]
    fn anything_else_names_no_day() {
        for value in [
            "",
            "last",
            "week",
            "last 0 days",
            "last -3 days",
            "last 99999 days",
            "last 9000 years",
            "last 3 moons",
            "ago",
        ] {
            assert!(range(value, date(2025, 6, 18)).is_none(), "{value}");
        }
        assert!(range("tomorrow", date(9999, 12, 31)).is_none());
    }
}
