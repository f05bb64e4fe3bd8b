//! Calendar dates as news states them: to the day, the month or the year, stated or inferred.
//!
//! The text form is EDTF level 1 (ISO 8601-2:2019, annex A; Library of Congress EDTF specification):
//! `2025-06-18`, `2025-06`, `2025`, and `2025-06-18/..` for "on or after".

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Span, Why};

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The year alone.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")]
pub struct DateTextError(String);

impl PartialDate {
    /// One day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self { first: date, precision: Precision::Day }
    }

    /// The month that `date` lies in.
    #[must_use]
    pub fn month(date: Date) -> Self {
        Self { first: date.first_of_month(), precision: Precision::Month }
    }

    /// The year that `date` lies in.
    #[must_use]
    pub fn year(date: Date) -> Self {
        Self { first: date.first_of_year(), precision: Precision::Year }
    }

    /// Its first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        }
    }

    /// How much of it is known.
    #[must_use]
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// For people: `18 June 2025`, `June 2025`, `2025`.
    #[must_use]
    pub fn in_words(self) -> String {
        match self.precision {
            Precision::Day => format!("{} {}", self.first.day(), self.first.strftime("%B %Y")),
            Precision::Month => self.first.strftime("%B %Y").to_string(),
            Precision::Year => format!("{:04}", self.first.year()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Day => write!(f, "{}", self.first),
            Precision::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Precision::Year => write!(f, "{:04}", self.first.year()),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateTextError;

    fn from_str(text: &str) -> Result<Self, DateTextError> {
        let error = || DateTextError(text.to_owned());
        let digits = |part: &str, len: usize| {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i16>().ok()).flatten()
        };
        let mut parts = text.split('-');
        let year = parts.next().and_then(|part| digits(part, 4)).ok_or_else(error)?;
        let mut two_digits = || parts.next().map(|part| digits(part, 2).ok_or_else(error)).transpose();
        let (month, day) = (two_digits()?, two_digits()?);
        let precision = match (month, day) {
            (None, _) => Precision::Year,
            (Some(_), None) => Precision::Month,
            (Some(_), Some(_)) => Precision::Day,
        };
        let part = |value: Option<i16>| i8::try_from(value.unwrap_or(1)).unwrap_or(0);
        let first = Date::new(year, part(month), part(day)).map_err(|_| error())?;
        if parts.next().is_some() {
            return Err(error());
        }
        Ok(Self { first, precision })
    }
}

impl Serialize for PartialDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Days since 1970-01-01.
#[must_use]
pub fn day_number(date: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from((date - epoch).get_days())
}

/// The day of a number.
#[must_use]
pub fn day_of_number(number: i64) -> Option<Date> {
    let days = i32::try_from(number).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A date that the text mentions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// As written: `on Wednesday`, `June 17, 2025`.
    pub text: String,
    /// Where it stands in the article's text.
    pub span: Span,
    /// What it means.
    pub date: PartialDate,
    /// The rule, and for a relative date the anchor.
    pub why: Why,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_back_from_its_number() {
        for date in [jiff::civil::date(1969, 12, 31), jiff::civil::date(2025, 6, 18)] {
            assert_eq!(day_of_number(day_number(date)), Some(date));
        }
        assert_eq!(day_of_number(i64::MAX), None);
    }

    #[test]
    fn a_date_reads_back_at_its_precision() {
        for text in ["2025-06-18", "2025-06", "2025", "0999"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "2025-13", "2025-02-30", "25-06-18", "2025-6-1", "2025-06-18-01", "2025-00", "+025"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        let february: PartialDate = "2024-02".parse().unwrap();

        assert_eq!(february.last().to_string(), "2024-02-29");
    }
}
