//! The values of `date:` and `published:`: a date, a range, or a comparison.
//!
//! Every form becomes a [`DateRange`] with both ends included; `>` and `<` step over the whole day,
//! month or year that they name.

use super::DateRange;
use super::error::{Fault, shown};
use crate::model::PartialDate;

/// The forms of a value, for messages.
const FORMS: &str = "write YYYY-MM-DD, YYYY-MM or YYYY; a range as `2025-06..2025-07`, `2025-06..` or `..2025-07`; \
                     a comparison as `>=2025-06-17`";

/// Reads a value that begins at code point `start` of the query.
pub(super) fn range(value: &str, start: usize) -> Result<DateRange, Fault> {
    for comparison in [">=", "<=", ">", "<"] {
        if let Some(rest) = value.strip_prefix(comparison) {
            return compare(comparison, rest, start);
        }
    }
    let Some((from, to)) = value.split_once("..") else {
        let date = date(value, start)?;
        return Ok(DateRange { from: Some(date), to: Some(date) });
    };
    let whole = start..start + value.chars().count();
    if from.is_empty() && to.is_empty() {
        return Err(Fault::new(whole, "a range without a date", "name at least one end: `2025-06..` or `..2025-07`"));
    }
    let end = |text: &str, start: usize| (!text.is_empty()).then(|| date(text, start)).transpose();
    let range = DateRange { from: end(from, start)?, to: end(to, start + from.chars().count() + 2)? };
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
fn compare(sign: &str, text: &str, start: usize) -> Result<DateRange, Fault> {
    if text.is_empty() {
        let at = start..start + sign.len();
        return Err(Fault::new(
            at,
            format!("`{sign}` without a date"),
            format!("write the date right after it: `{sign}2025-06-17`"),
        ));
    }
    let date = date(text, start + sign.len())?;
    let bound = match sign {
        ">=" | "<=" => Some(date),
        ">" => date.last().tomorrow().ok().map(PartialDate::day),
        // The years before 0000 cannot be written.
        _ => date.first().yesterday().ok().filter(|day| day.year() >= 0).map(PartialDate::day),
    };
    let Some(bound) = bound else {
        let whole = start..start + sign.len() + text.chars().count();
        let help = "dates lie between the years 0000 and 9999";
        return Err(Fault::new(whole, format!("no date is `{sign}{date}`"), help));
    };
    Ok(if sign.starts_with('>') {
        DateRange { from: Some(bound), to: None }
    } else {
        DateRange { from: None, to: Some(bound) }
    })
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
        let range = range(value, 0).unwrap();
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
            assert!(range(value, 0).is_err(), "{value}");
        }
    }

    #[test]
    fn the_error_points_at_the_wrong_end_of_a_range() {
        let error = range("2025-06..2025-13", 5).unwrap_err().in_query("date:2025-06..2025-13");

        assert_eq!(error.at, 14..21);
    }
}
