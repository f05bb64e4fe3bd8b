//! Names of months, weekdays and numbers, and the steps between days.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::model::PartialDate;

/// The month that a name or abbreviation begins with: `Sept.` gives 9.
pub(super) fn month(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let index = position(&MONTHS, name)?;
    i8::try_from(index + 1).ok()
}

/// The weekday that a name begins with.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    Weekday::from_monday_zero_offset(i8::try_from(position(&DAYS, name)?).ok()?).ok()
}

fn position(names: &[&str], name: &str) -> Option<usize> {
    let start = name.get(..3)?.to_ascii_lowercase();
    names.iter().position(|known| *known == start)
}

/// A small number in digits or words; `a` and `an` are one.
pub(super) fn number(text: &str) -> Option<i32> {
    const NUMBERS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let text = text.to_ascii_lowercase();
    match text.as_str() {
        "a" | "an" => Some(1),
        word => {
            NUMBERS.iter().position(|known| *known == word).and_then(|n| i32::try_from(n).ok()).or(word.parse().ok())
        }
    }
}

/// `date` and so many days; `None` past the calendar's ends.
pub(super) fn days_from(date: Date, days: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The month that lies so many months from that of `date`.
pub(super) fn months_from(date: Date, months: i32) -> Option<Date> {
    date.first_of_month().checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// The last such weekday up to `date`, itself included.
pub(super) fn on_or_before(date: Date, weekday: Weekday) -> Option<Date> {
    days_from(date, -i32::from(date.weekday().since(weekday)))
}

/// The first such weekday from `date` on, itself included.
pub(super) fn on_or_after(date: Date, weekday: Weekday) -> Option<Date> {
    days_from(date, i32::from(date.weekday().until(weekday)))
}

/// Days from `a` to `b`, without sign.
pub(super) fn distance(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}

/// Months from `a` to `b`, negative where `b` is earlier.
pub(super) fn months_between(a: Date, b: Date) -> i32 {
    12 * (i32::from(b.year()) - i32::from(a.year())) + i32::from(b.month()) - i32::from(a.month())
}

/// The month, or else the year, that holds every day from `first` to `last`.
pub(super) fn enclosing(first: Date, last: Date) -> Option<PartialDate> {
    if (first.year(), first.month()) == (last.year(), last.month()) {
        Some(PartialDate::month(first))
    } else {
        (first.year() == last.year()).then(|| PartialDate::year(first))
    }
}

/// The Monday and the Sunday of the week that lies so many weeks from that of `date` (ISO 8601 weeks).
pub(super) fn week(date: Date, weeks: i32) -> Option<(Date, Date)> {
    let monday = days_from(on_or_before(date, Weekday::Monday)?, 7 * weeks)?;
    Some((monday, monday.checked_add(6.days()).ok()?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_are_read_by_their_first_letters() {
        assert_eq!((month("Sept."), month("MAY"), month("mé")), (Some(9), Some(5), None));
        assert_eq!(weekday("Wednesday"), Some(Weekday::Wednesday));
        assert_eq!((number("twelve"), number("An"), number("31"), number("few")), (Some(12), Some(1), Some(31), None));
    }

    #[test]
    fn a_weekday_can_be_the_day_itself() {
        let tuesday = date(2025, 6, 17);

        assert_eq!(on_or_before(tuesday, Weekday::Tuesday), Some(tuesday));
        assert_eq!(on_or_before(tuesday, Weekday::Wednesday), Some(date(2025, 6, 11)));
        assert_eq!(on_or_after(tuesday, Weekday::Monday), Some(date(2025, 6, 23)));
    }

    #[test]
    fn a_week_across_two_months_is_known_to_the_year() {
        let (first, last) = week(date(2025, 7, 1), 0).unwrap();

        assert_eq!((first, last), (date(2025, 6, 30), date(2025, 7, 6)));
        assert_eq!(enclosing(first, last).unwrap().to_string(), "2025");
    }
}
