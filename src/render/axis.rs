//! Where the axes of a chart are labelled.

use jiff::civil::Date;

use crate::view::{Period, PeriodLength};

/// How many ticks a vertical axis has, about.
const TICKS: f64 = 5.0;
/// Pixels that a label of the horizontal axis needs, with the gap beside it.
const ROOM: f64 = 50.0;

/// Shares from 0 to the first nice one that is no less than `most`, the last of them, and how many digits after the
/// point tell them apart in hundredths.
///
/// Steps are 1, 2 or 5 times a power of ten (Heckbert 1990, "Nice Numbers for Graph Labels", Graphics Gems).
pub(super) fn ticks(most: f64) -> (Vec<f64>, f64, usize) {
    let most = if most > 0.0 { most } else { 0.1 };
    let step = nice(most / (TICKS - 1.0));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is about as many as TICKS")]
    let count = ((most / step) - 1e-9).ceil() as usize;
    #[allow(clippy::cast_precision_loss, reason = "it is about as many as TICKS")]
    let steps: Vec<f64> = (0..=count).map(|tick| tick as f64 * step).collect();
    let highest = steps.last().copied().unwrap_or(most);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped")]
    let digits = (-(step * 100.0).log10().floor()).clamp(0.0, 9.0) as usize;
    (steps, highest, digits)
}

/// The nice number nearest to `step`.
fn nice(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let fraction = step / power;
    let nice = if fraction < 1.5 {
        1.0
    } else if fraction < 3.0 {
        2.0
    } else if fraction < 7.0 {
        5.0
    } else {
        10.0
    };
    nice * power
}

/// What stands below a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    /// Which period.
    pub(super) at: usize,
    /// `18 Jun`, `W25`, `Jun` or `2025`.
    pub(super) text: String,
    /// The year, where it is another than that of the label before.
    pub(super) year: Option<String>,
}

/// What labels stand at the beginnings of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Every {
    Period,
    Week,
    Month,
    Quarter,
    /// So many years.
    Years(i16),
}

/// As many labels as have room below periods that are `slot` pixels wide: at each, or where a week, month, quarter or
/// year begins.
pub(super) fn labels(periods: &[Period], slot: f64) -> Vec<Label> {
    let steps = [
        Every::Period,
        Every::Week,
        Every::Month,
        Every::Quarter,
        Every::Years(1),
        Every::Years(5),
        Every::Years(10),
        Every::Years(50),
        Every::Years(100),
        Every::Years(1000),
    ];
    let every = steps.into_iter().map(|every| (every, starts(periods, every, slot)));
    let fits = |starts: &[usize]| starts.windows(2).all(|pair| has_room(pair[0], pair[1], slot));
    let (every, starts) = every.into_iter().find(|(_, starts)| fits(starts)).unwrap_or((Every::Years(1000), vec![0]));
    let mut before = None;
    let label = |at: usize| {
        let period = periods.get(at)?;
        let year = year(*period);
        let text = text(*period, every);
        let other = before != Some(year);
        before = Some(year);
        let is_year = period.length() == PeriodLength::Year || matches!(every, Every::Years(_));
        Some(Label { at, text, year: (other && !is_year).then(|| year.to_string()) })
    };
    starts.into_iter().filter_map(label).collect()
}

#[allow(clippy::cast_precision_loss, reason = "there are few periods")]
fn has_room(one: usize, next: usize, slot: f64) -> bool {
    (next - one) as f64 * slot >= ROOM
}

/// The periods in which something begins; the first of all where it has room.
fn starts(periods: &[Period], every: Every, slot: f64) -> Vec<usize> {
    let mut starts: Vec<usize> = (0..periods.len())
        .filter(|at| *at == 0 || unit(periods[*at], every) != unit(periods[*at - 1], every))
        .collect();
    if starts.len() > 1 && every != Every::Period && !has_room(starts[0], starts[1], slot) {
        starts.remove(0);
    }
    starts
}

fn unit(period: Period, every: Every) -> Date {
    let first = period.first();
    let of = |length| Period::of(length, first).first();
    match every {
        Every::Period => first,
        Every::Week => of(PeriodLength::Week),
        Every::Month => of(PeriodLength::Month),
        Every::Quarter => {
            let month = first.month() - (first.month() - 1) % 3;
            Date::new(first.year(), month, 1).unwrap_or(first)
        }
        Every::Years(years) => {
            let year = year(period);
            Date::new(year - year.rem_euclid(years), 1, 1).unwrap_or(first)
        }
    }
}

fn text(period: Period, every: Every) -> String {
    let first = period.first();
    match (period.length(), every) {
        (PeriodLength::Year, _) | (_, Every::Years(_)) => year(period).to_string(),
        (PeriodLength::Day, Every::Period | Every::Week) => format!("{} {}", first.day(), first.strftime("%b")),
        (PeriodLength::Week, Every::Period | Every::Week) => format!("W{:02}", first.iso_week_date().week()),
        _ => first.strftime("%b").to_string(),
    }
}

/// The year that a period is of: a week's is that of its Thursday.
fn year(period: Period) -> i16 {
    match period.length() {
        PeriodLength::Week => period.first().iso_week_date().year(),
        _ => period.first().year(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn periods(length: PeriodLength, from: Date, count: usize) -> Vec<Period> {
        std::iter::successors(Some(Period::of(length, from)), |period| period.next()).take(count).collect()
    }

    #[test]
    fn ticks_are_round_and_reach_the_largest() {
        for (most, digits, expected) in [
            (0.37, 0, vec![0.0, 0.1, 0.2, 0.3, 0.4]),
            (0.2, 0, vec![0.0, 0.05, 0.1, 0.15, 0.2]),
            (1.0, 0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (0.0031, 1, vec![0.0, 0.001, 0.002, 0.003, 0.004]),
        ] {
            let (steps, highest, shown) = ticks(most);
            let rounded: Vec<f64> = steps.iter().map(|step| (step * 1e6).round() / 1e6).collect();
            assert_eq!((rounded, shown), (expected, digits), "{most}");
            assert!(highest >= most);
        }
        assert!(ticks(0.0).1 > 0.0);
    }

    #[test]
    fn labels_never_overlap_and_the_year_stands_once() {
        for length in [PeriodLength::Day, PeriodLength::Week, PeriodLength::Month, PeriodLength::Year] {
            for count in [1, 2, 12, 120, 1000, 3000] {
                let periods = periods(length, date(2023, 11, 7), count);
                #[allow(clippy::cast_precision_loss, reason = "small")]
                let slot = 800.0 / count as f64;
                let labels = labels(&periods, slot);
                assert!(!labels.is_empty(), "{length:?} {count}");
                assert!(labels.windows(2).all(|pair| has_room(pair[0].at, pair[1].at, slot)), "{length:?} {count}");
            }
        }
        let months = labels(&periods(PeriodLength::Month, date(2023, 11, 7), 4), 200.0);
        let years: Vec<Option<&str>> = months.iter().map(|label| label.year.as_deref()).collect();
        assert_eq!(years, [Some("2023"), None, Some("2024"), None]);
        assert_eq!(months[2].text, "Jan");
    }
}
