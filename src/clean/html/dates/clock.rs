//! The time of day beside a day: `18.06.2025, 10:30 Uhr`, `10:30 PM, June 18, 2025`, `18 juin 2025 à 18h20`.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use regex::{Captures, Regex};

use super::pattern;
use super::signs::signs;
use super::text::{self, Order};
use crate::model::{StatedTime, TimePrecision, ZoneOrigin};

/// So many letters may stand between a day and its time: ` at `, `, um `, ` a las `.
const LONGEST_LINK: usize = 8;

static CLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<half>오전|오후|上午|下午)?\s?\b(?P<hour>[01]?\d|2[0-3])\s?[:.h時시点](?:\s)?(?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?(?:\s?(?P<noon>[ap])\.?\s?m\b\.?)?(?:\s?(?:uhr|hrs?|h)\b)?(?:\s?\(?(?P<zone>z|(?:utc|gmt)?\s?[+-](?:0\d|1[0-4]):?\d\d|[a-zмск]{3,4})\b)?",
    )
});

/// The time that `text` states with `day`, the one of its days whose number is `mention`.
pub(super) fn beside(text: &str, day: Date, mention: usize, order: Order) -> Option<StatedTime> {
    if let Ok(time) = text.parse::<StatedTime>()
        && time.date() == day
    {
        return Some(time);
    }
    let lower = text.to_lowercase();
    let days = text::find(text, order);
    let own = days.get(mention).filter(|found| found.date == day)?;
    let before_from = mention.checked_sub(1).and_then(|before| days.get(before)).map_or(0, text::Found::end);
    let after_to = days.get(mention + 1).map_or(lower.len(), |next| next.at);
    let before = lower.get(before_from..own.at)?;
    let after = lower.get(own.end()..after_to)?;
    let ahead = CLOCK.captures_iter(before).last().filter(|clock| is_link(rest(before, clock)));
    let behind = || CLOCK.captures(after).filter(|clock| is_link(&after[..start(clock)]));
    let clock = ahead.or_else(behind)?;
    time_of(&clock, day)
}

fn start(clock: &Captures<'_>) -> usize {
    clock.get(0).map_or(0, |whole| whole.start())
}

fn rest<'t>(text: &'t str, clock: &Captures<'_>) -> &'t str {
    clock.get(0).and_then(|whole| text.get(whole.end()..)).unwrap_or("")
}

/// Whether what stands between a day and a time belongs to neither.
fn is_link(between: &str) -> bool {
    between.chars().filter(|letter| letter.is_alphanumeric()).count() <= LONGEST_LINK
        && !between.chars().any(|letter| letter.is_ascii_digit())
        && !signs().updated.is_match(between)
        && !signs().published.is_match(between)
}

fn time_of(clock: &Captures<'_>, day: Date) -> Option<StatedTime> {
    let number = |name: &str| clock.name(name)?.as_str().parse::<i8>().ok();
    let hour = number("hour")?;
    let afternoon = clock.name("noon").map(|noon| noon.as_str() == "p");
    let half = clock.name("half").map(|half| matches!(half.as_str(), "오후" | "下午"));
    let hour = match afternoon.or(half) {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    let second = number("second");
    let precision = if second.is_some() { TimePrecision::Second } else { TimePrecision::Minute };
    let time = Time::new(hour, number("minute")?, second.unwrap_or(0), 0).ok()?;
    let time = StatedTime::new(day.to_datetime(time), precision);
    match clock.name("zone").and_then(|zone| offset(zone.as_str())) {
        Some(offset) => Some(time.at_offset(offset, ZoneOrigin::Stated)),
        None => Some(time),
    }
}

/// `z`, `gmt+06:00`, `+0600`, `cest`.
fn offset(zone: &str) -> Option<Offset> {
    if zone == "z" {
        return Some(Offset::UTC);
    }
    if let Some(minutes) = signs().zones.get(zone) {
        return Offset::from_seconds(minutes * 60).ok();
    }
    let figures = zone.find(['+', '-'])?;
    let sign = if zone[figures..].starts_with('-') { -1 } else { 1 };
    let digits: String = zone[figures..].chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    Offset::from_seconds(sign * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Option<String> {
        beside(text, "2025-06-18".parse().unwrap(), 0, Order::DayFirst).map(|time| time.to_string())
    }

    #[test]
    fn a_time_is_read_as_many_countries_write_it() {
        for (text, written) in [
            ("18.06.2025, 10:30 Uhr", "2025-06-18T10:30:00"),
            ("18.06.2025 um 10.30 Uhr", "2025-06-18T10:30:00"),
            ("10:30 PM, June 18, 2025", "2025-06-18T22:30:00"),
            ("June 18, 2025 at 12:05 a.m. EDT", "2025-06-18T00:05:00-04:00"),
            ("18 juin 2025 à 18h20", "2025-06-18T18:20:00"),
            ("18 de junio de 2025 a las 09:05", "2025-06-18T09:05:00"),
            ("2025年06月18日 10:30", "2025-06-18T10:30:00"),
            ("2025. 6. 18. 오후 3:05", "2025-06-18T15:05:00"),
            ("18 июня 2025, 10:30 МСК", "2025-06-18T10:30:00+03:00"),
            ("Wed, 18 Jun 2025 10:30:05 GMT", "2025-06-18T10:30:05Z"),
            ("Wed, 18 Jun 2025 10:30:05 +0600", "2025-06-18T10:30:05+06:00"),
        ] {
            assert_eq!(time(text).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn the_time_of_another_day_is_not_taken() {
        for text in [
            "Published 18 June 2025. Last updated 19 June 2025 10:30",
            "18 June 2025 – Updated 10:30",
            "18 June 2025 The train leaves at 10:30",
            "18.06.2025",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn each_day_of_a_label_has_its_own_time() {
        let text = "Posted 10:30 PM, June 18, 2025 – Updated at 6:00 AM, June 19, 2025";
        let next = beside(text, "2025-06-19".parse().unwrap(), 1, Order::DayFirst).unwrap();

        assert_eq!(time(text).as_deref(), Some("2025-06-18T22:30:00"));
        assert_eq!(next.to_string(), "2025-06-19T06:00:00");
    }
}
