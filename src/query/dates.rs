//! The values of `date:` and `published:`: a date, a range, or a comparison.
//!
//! Every form becomes a [`DateRange`] with both ends included; `>` and `<` step over the whole day,
//! month or year that they name. A day may be named by its distance from today, where today is known.

use jiff::civil::Date;

use super::error::{Fault, shown};
use super::{DateRange, relative};
use crate::model::PartialDate;

/// The forms of a value, for messages.
const FORMS: &str = "write YYYY-MM-DD, YYYY-MM or YYYY; a range as `2025-06..2025-07`, `2025-06..` or `..2025-07`; \
                     a comparison as `>=2025-06-17`";

/// Reads a value that begins at code point `start` of the query; `today` is what relative days are counted from.
pub(super) fn range(value: &str, start: usize, today: Option<Date>) -> Result<DateRange, Fault> {
    for comparison in [">=", "<=", ">", "<"] {
        if let Some(rest) = value.strip_prefix(comparison) {
            return compare(comparison, rest, start, today);
        }
    }
    let Some((from, to)) = value.split_once("..") else {
        let (from, to) = dates(value, start, today)?;
        return Ok(DateRange { from: Some(from), to: Some(to) });
    };
    let whole = start..start + value.chars().count();
    if from.is_empty() && to.is_empty() {
        return Err(Fault::new(whole, "a range without a date", "name at least one end: `2025-06..` or `..2025-07`"));
    }
    let end = |text: &str, start: usize| (!text.is_empty()).then(|| dates(text, start, today)).transpose();
    let first = end(from, start)?.map(|(first, _)| first);
    let last = end(to, start + from.chars().count() + 2)?.map(|(_, last)| last);
    let range = DateRange { from: first, to: last };
    match (range.from, range.to) {
        (Some(first), Some(last)) if first.first() > last.last() => Err(Fault::new(
            whole,
            format!("the range ends before it begins: {} is later than {}", first.in_words(), last.in_words()),
            format!("write the earlier date first: `{last}..{first}`"),
        )),
        _ => Ok(range),
    }
}

/// A comparison with `text`, which follows its sign.
fn compare(sign: &str, text: &str, start: usize, today: Option<Date>) -> Result<DateRange, Fault> {
    if text.is_empty() {
        let at = start..start + sign.len();
        return Err(Fault::new(
            at,
            format!("`{sign}` without a date"),
            format!("write the date right after it: `{sign}2025-06-17`"),
        ));
    }
    let (first, last) = dates(text, start + sign.len(), today)?;
    let bound = match sign {
        ">=" => Some(first),
        "<=" => Some(last),
        ">" => last.last().tomorrow().ok().map(PartialDate::day),
        // The years before 0000 cannot be written.
        _ => first.first().yesterday().ok().filter(|day| day.year() >= 0).map(PartialDate::day),
    };
    let Some(bound) = bound else {
        let whole = start..start + sign.len() + text.chars().count();
        let help = "dates lie between the years 0000 and 9999";
        return Err(Fault::new(whole, format!("no date is `{sign}{}`", shown(text)), help));
    };
    Ok(if sign.starts_with('>') {
        DateRange { from: Some(bound), to: None }
    } else {
        DateRange { from: None, to: Some(bound) }
    })
}

/// The first and last day, month or year that `text` names: the same but for relative days.
fn dates(text: &str, start: usize, today: Option<Date>) -> Result<(PartialDate, PartialDate), Fault> {
    if !relative::is_meant(text) {
        return date(text, start).map(|date| (date, date));
    }
    let at = start..start + text.chars().count();
    // Any day tells whether the words name days at all.
    let known = relative::range(text, today.unwrap_or(jiff::civil::date(2000, 1, 1)));
    match known {
        Some(DateRange { from: Some(from), to: Some(to) }) if today.is_some() => Ok((from, to)),
        Some(_) => Err(Fault::new(
            at,
            format!("`{}` is counted from today, and no day was given as today", shown(text)),
            "give one with the query (`--now 2025-06-18`), or write the date",
        )),
        None => {
            let help = format!("{FORMS}; or {}", relative::FORMS);
            Err(Fault::new(at, format!("`{}` is not a date", shown(text)), help))
        }
    }
}

fn date(text: &str, start: usize) -> Result<PartialDate, Fault> {
    text.parse().map_err(|_| {
        let at = start..start + text.chars().count();
        let written = shown(text);
        if is_date_shaped(text) {
            let help = "months run from 01 to 12, and days to the last of their month";
            return Fault::new(at, format!("`{written}` is not in the calendar"), help);
        }
        Fault::new(at, format!("`{written}` is not a date"), FORMS)
    })
}

/// Whether it has the digits and hyphens of a date, though there may be no such day.
fn is_date_shaped(text: &str) -> bool {
    text.is_ascii()
        && ["dddd-dd-dd", "dddd-dd"].contains(&text.replace(|letter: char| letter.is_ascii_digit(), "d").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(value: &str) -> (String, String) {
        let range = range(value, 0, None).unwrap();
        let text = |date: Option<PartialDate>| date.map_or_else(|| "open".to_owned(), |date| date.to_string());
        (text(range.from), text(range.to))
    }

    fn pair(from: &str, to: &str) -> (String, String) {
        (from.to_owned(), to.to_owned())
    }

    #[test]
    fn a_date_stands_for_all_of_its_days() {
        assert_eq!(ends("2025-06"), pair("2025-06", "2025-06"));
        assert_eq!(ends("2025-06..2025"), pair("2025-06", "2025"));
        assert_eq!(ends("..2025-07"), pair("open", "2025-07"));
    }

    #[test]
    fn a_strict_comparison_steps_over_what_it_names() {
        assert_eq!(ends(">2025-12-31"), pair("2026-01-01", "open"));
        assert_eq!(ends(">2024-02"), pair("2024-03-01", "open"));
        assert_eq!(ends("<2025"), pair("open", "2024-12-31"));
        assert_eq!(ends("<=2025"), pair("open", "2025"));
        assert_eq!(ends(">=2025-06-17"), pair("2025-06-17", "open"));
    }

    #[test]
    fn bounds_that_no_date_meets_are_refused() {
        for value in
            [">9999", "<0000", "2025-07..2025-06", "2025..2024-12", "..", "2025...2026", "2025/..", ">=", "=2025", ""]
        {
            assert!(range(value, 0, None).is_err(), "{value}");
        }
    }

    #[test]
    fn relative_days_need_a_today_and_stand_wherever_a_date_does() {
        let today = Some(jiff::civil::date(2025, 6, 18));
        let ends = |value| range(value, 0, today).map(|range| (range.from, range.to)).unwrap();
        let date = |text: &str| Some(text.parse::<PartialDate>().unwrap());

        assert!(range("yesterday", 0, None).unwrap_err().in_query("").message.contains("no day was given"));
        assert_eq!(ends(">=last-month"), (date("2025-05"), None));
        assert_eq!(ends("<this-week"), (None, date("2025-06-15")));
        assert_eq!(ends("2025-01..yesterday"), (date("2025-01"), date("2025-06-17")));
        assert!(range("today..yesterday", 0, today).is_err());
        assert!(range("someday", 0, today).is_err());
    }

    #[test]
    fn the_error_points_at_the_wrong_end_of_a_range() {
        let error = range("2025-06..2025-13", 5, None).unwrap_err().in_query("date:2025-06..2025-13");

        assert_eq!(error.at, 14..21);
    }
}
