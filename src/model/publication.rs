//! When an article, or its latest version, was published: the day, and the time where one is stated.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::{Confidence, PartialDate, Why};

/// How much of a time of day is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimePrecision {
    /// Hour and minute.
    Minute,
    /// The second.
    Second,
}

/// Where a time's distance from Greenwich comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneOrigin {
    /// The source states it.
    Stated,
    /// The settings say in which zone such times are read.
    Settings,
}

/// A time of day on a day, as a source writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "TimeRecord", into = "TimeRecord")]
pub struct StatedTime {
    at: DateTime,
    precision: TimePrecision,
    zone: Option<(Offset, ZoneOrigin)>,
}

/// Why a text is no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time; write YYYY-MM-DDTHH:MM:SS+HH:MM, as RFC 3339 has it")]
pub struct TimeTextError(String);

/// Distances from Greenwich lie within these hours (Kiribati is 14 ahead).
const FARTHEST: i32 = 15;

impl StatedTime {
    /// A time without a zone.
    #[must_use]
    pub fn new(at: DateTime, precision: TimePrecision) -> Self {
        Self { at, precision, zone: None }
    }

    /// The same time, `offset` from Greenwich.
    #[must_use]
    pub fn at_offset(self, offset: Offset, origin: ZoneOrigin) -> Self {
        Self { zone: Some((offset, origin)), ..self }
    }

    /// The same time, in `zone` where it states none; unchanged where clocks there skip it.
    #[must_use]
    pub fn or_in(self, zone: &TimeZone) -> Self {
        match self.zone {
            Some(_) => self,
            None => match zone.to_ambiguous_timestamp(self.at).compatible() {
                Ok(instant) => self.at_offset(zone.to_offset(instant), ZoneOrigin::Settings),
                Err(_) => self,
            },
        }
    }

    /// The day in the zone as written.
    #[must_use]
    pub fn date(self) -> Date {
        self.at.date()
    }

    /// Day and time in the zone as written.
    #[must_use]
    pub fn civil(self) -> DateTime {
        self.at
    }

    /// How much of it is stated.
    #[must_use]
    pub fn precision(self) -> TimePrecision {
        self.precision
    }

    /// Its distance from Greenwich, and where that comes from.
    #[must_use]
    pub fn zone(self) -> Option<(Offset, ZoneOrigin)> {
        self.zone
    }
}

/// RFC 3339; without an offset where none is known.
impl fmt::Display for StatedTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.at.date(), self.at.time().strftime("%H:%M:%S"))?;
        match self.zone.map(|(offset, _)| offset.seconds()) {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// RFC 3339, and what machines make of it: a space for the `T`, no seconds, fractions, `+0600`, no zone.
impl FromStr for StatedTime {
    type Err = TimeTextError;

    fn from_str(text: &str) -> Result<Self, TimeTextError> {
        read(text.trim()).ok_or_else(|| TimeTextError(text.to_owned()))
    }
}

fn read(text: &str) -> Option<StatedTime> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?.trim_start();
    let number = |from: usize| -> Option<i8> {
        let digits = rest.get(from..from + 2)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let (hour, minute) = (number(0)?, number(3)?);
    let after_minute = rest.strip_prefix(rest.get(..2)?)?.strip_prefix(':')?.get(2..)?;
    let (second, zone) = match after_minute.strip_prefix(':') {
        Some(_) => (Some(number(6)?), rest.get(8..)?),
        None => (None, after_minute),
    };
    let zone = match zone.strip_prefix(['.', ',']) {
        Some(fraction) => fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()),
        None => zone,
    };
    let precision = if second.is_some() { TimePrecision::Second } else { TimePrecision::Minute };
    let time = StatedTime::new(date.to_datetime(Time::new(hour, minute, second.unwrap_or(0), 0).ok()?), precision);
    match zone.trim() {
        "" => Some(time),
        zone => Some(time.at_offset(offset(zone)?, ZoneOrigin::Stated)),
    }
}

/// `Z`, `UTC`, `GMT`, `+06:00`, `+0600`, `+06`.
fn offset(text: &str) -> Option<Offset> {
    if matches!(text, "Z" | "z" | "UTC" | "GMT") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, minutes) = match (digits.len(), digits.split_once(':')) {
        (5, Some(parts)) => parts,
        (4, None) => digits.split_at_checked(2)?,
        (2, None) => (digits, "0"),
        _ => return None,
    };
    let number =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i32>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours < FARTHEST && minutes < 60)
        .then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())
        .flatten()
}

/// A time as JSON has it.
#[derive(Serialize, Deserialize)]
struct TimeRecord {
    at: String,
    precision: TimePrecision,
    zone: Option<ZoneOrigin>,
}

impl From<StatedTime> for TimeRecord {
    fn from(time: StatedTime) -> Self {
        Self { at: time.to_string(), precision: time.precision, zone: time.zone.map(|(_, origin)| origin) }
    }
}

impl TryFrom<TimeRecord> for StatedTime {
    type Error = TimeTextError;

    fn try_from(record: TimeRecord) -> Result<Self, TimeTextError> {
        let time: Self = record.at.parse()?;
        let zone = time.zone.map(|(offset, origin)| (offset, record.zone.unwrap_or(origin)));
        Ok(Self { precision: record.precision, zone, ..time })
    }
}

/// When an article – or, as its `modified`, its latest version – was published, as far as its page says
/// or its text lets infer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// The day in the zone as written; for an inferred one, the earliest possible.
    pub date: PartialDate,
    /// Whether the page does not state it and the text only bounds it: published on `date` or after.
    pub inferred: bool,
    /// The tag, text or argument that it rests on.
    pub why: Why,
    /// The time, where one is stated. Its own day is another than `date` where the page prints the day
    /// of one zone and its tags the time of another.
    #[serde(default)]
    pub time: Option<StatedTime>,
    /// The share of such statements that name the right day, where that was measured.
    #[serde(default)]
    pub confidence: Option<Confidence>,
}

impl Publication {
    /// A date that the source states.
    #[must_use]
    pub fn stated(date: PartialDate, why: Why) -> Self {
        Self { date, inferred: false, why, time: None, confidence: None }
    }

    /// EDTF: the date, or `date/..` where it is a bound.
    #[must_use]
    pub fn edtf(&self) -> String {
        if self.inferred { format!("{}/..", self.date) } else { self.date.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Option<String> {
        text.parse::<StatedTime>().ok().map(|time| time.to_string())
    }

    #[test]
    fn a_time_reads_back_with_its_zone() {
        for (text, written) in [
            ("2025-06-18T10:30:00+06:00", "2025-06-18T10:30:00+06:00"),
            ("2025-06-18 10:30", "2025-06-18T10:30:00"),
            ("2025-06-18T10:30:05.123Z", "2025-06-18T10:30:05Z"),
            ("2025-06-18T10:30:05-0330", "2025-06-18T10:30:05-03:30"),
            ("2025-06-18 10:30:05 +02", "2025-06-18T10:30:05+02:00"),
        ] {
            assert_eq!(time(text).as_deref(), Some(written));
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["2025-06-18", "2025-06-18T", "2025-06-18T25:00", "2025-06-18T10:30+99:00", "2025-06-18T10:30é", ""]
        {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_zone_takes_that_of_the_settings() {
        let zone = TimeZone::fixed(Offset::constant(6));
        let at = |text: &str| text.parse::<StatedTime>().unwrap().or_in(&zone);

        assert_eq!(at("2025-06-18T10:30").to_string(), "2025-06-18T10:30:00+06:00");
        assert_eq!(at("2025-06-18T10:30").zone().unwrap().1, ZoneOrigin::Settings);
        assert_eq!(at("2025-06-18T10:30Z").zone().unwrap(), (Offset::UTC, ZoneOrigin::Stated));
    }

    #[test]
    fn a_publication_survives_json_and_an_older_one_is_read() {
        let mut publication = Publication::stated("2025-06-18".parse().unwrap(), Why::new("meta-tag", "stated"));
        let older = serde_json::json!({"date": "2025-06-18", "inferred": false, "why": publication.why});
        assert_eq!(serde_json::from_value::<Publication>(older).unwrap(), publication);

        publication.time = "2025-06-18T10:30+06:00".parse().ok();
        let json = serde_json::to_string(&publication).unwrap();

        assert_eq!(serde_json::from_str::<Publication>(&json).unwrap(), publication);
        assert!(
            json.contains(r#""time":{"at":"2025-06-18T10:30:00+06:00","precision":"minute","zone":"stated"}"#),
            "{json}"
        );
    }
}
