//! Days, weeks, months and years, as passages are counted by.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::model::PartialDate;
use crate::query::{Constraint, DateRange};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodLength {
    /// A day.
    Day,
    /// A week from Monday to Sunday, numbered by ISO 8601: week 1 holds the year's first Thursday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

impl PeriodLength {
    /// Its name in options and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// One day, week, month or year. In order of time, where all are of one length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    length: PeriodLength,
    first: Date,
}

impl Period {
    /// The period that `day` lies in.
    #[must_use]
    pub fn of(length: PeriodLength, day: Date) -> Self {
        let first = match length {
            PeriodLength::Day => day,
            PeriodLength::Week => day.saturating_sub(i64::from(day.weekday().since(Weekday::Monday)).days()),
            PeriodLength::Month => day.first_of_month(),
            PeriodLength::Year => day.first_of_year(),
        };
        Self { length, first }
    }

    /// The period in which both days lie; `None` where they lie in two.
    #[must_use]
    pub fn of_both(length: PeriodLength, (first, last): (Date, Date)) -> Option<Self> {
        let period = Self::of(length, first);
        (period == Self::of(length, last)).then_some(period)
    }

    /// How long it is.
    #[must_use]
    pub fn length(self) -> PeriodLength {
        self.length
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        match self.length {
            PeriodLength::Day => self.first,
            PeriodLength::Week => self.first.saturating_add(6.days()),
            PeriodLength::Month => self.first.last_of_month(),
            PeriodLength::Year => self.first.last_of_year(),
        }
    }

    /// The one after it; `None` at the calendar's end.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        self.last().tomorrow().ok().map(|first| Self { first, ..self })
    }

    /// The clause that asks for what was published in it.
    pub(super) fn clause(self) -> Constraint {
        let (from, to) = match self.length {
            PeriodLength::Day | PeriodLength::Week => (PartialDate::day(self.first), PartialDate::day(self.last())),
            PeriodLength::Month => (PartialDate::month(self.first), PartialDate::month(self.first)),
            PeriodLength::Year => (PartialDate::year(self.first), PartialDate::year(self.first)),
        };
        Constraint::Published(DateRange { from: Some(from), to: Some(to) })
    }
}

/// As ISO 8601 writes it: `2025-06-18`, `2025-W25`, `2025-06`, `2025`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            PeriodLength::Day => self.first.fmt(f),
            PeriodLength::Week => {
                let week = self.first.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            PeriodLength::Month => PartialDate::month(self.first).fmt(f),
            PeriodLength::Year => PartialDate::year(self.first).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_week_is_named_by_the_year_of_its_thursday() {
        for (day, name) in [
            (date(2024, 12, 30), "2025-W01"),
            (date(2025, 1, 5), "2025-W01"),
            (date(2021, 1, 3), "2020-W53"),
            (date(2025, 6, 18), "2025-W25"),
        ] {
            assert_eq!(Period::of(PeriodLength::Week, day).to_string(), name);
        }
    }

    #[test]
    fn a_period_ends_the_day_before_the_next() {
        for length in [PeriodLength::Day, PeriodLength::Week, PeriodLength::Month, PeriodLength::Year] {
            let period = Period::of(length, date(2024, 2, 29));
            let next = period.next().unwrap();
            assert_eq!(next.first(), period.last().tomorrow().unwrap());
            assert_eq!(Period::of(length, next.first()), next);
            assert_eq!(Period::of(length, period.last()), period);
        }
    }

    #[test]
    fn a_date_that_spans_two_periods_is_in_none() {
        let june = (date(2025, 6, 1), date(2025, 6, 30));

        assert_eq!(Period::of_both(PeriodLength::Day, june), None);
        assert_eq!(Period::of_both(PeriodLength::Week, june), None);
        assert_eq!(Period::of_both(PeriodLength::Month, june).unwrap().to_string(), "2025-06");
        assert_eq!(Period::of_both(PeriodLength::Year, june).unwrap().to_string(), "2025");
    }

    #[test]
    fn the_calendar_ends() {
        for length in [PeriodLength::Day, PeriodLength::Week, PeriodLength::Month, PeriodLength::Year] {
            assert_eq!(Period::of(length, Date::MAX).next(), None);
            assert!(Period::of(length, Date::MIN).first() <= Date::MIN);
        }
    }
}
