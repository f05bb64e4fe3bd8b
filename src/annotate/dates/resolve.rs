//! From the wording of a date to the date, and the reason.

use jiff::civil::{Date, Weekday};

use super::calendar::{days_from, distance, enclosing, months_between, months_from, on_or_after, on_or_before, week};
use super::expression::{Expression, Found, Part, Turn, Unit};
use super::tense::Tense;
use crate::model::{Evidence, PartialDate, Precision, Why};

/// The day that relative dates count from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) date: Date,
    pub(super) kind: BasisKind,
    /// The day for people: `the publication day 2025-06-18`.
    pub(super) name: String,
    /// What it rests on.
    pub(super) evidence: Evidence,
}

/// How well the day of publication is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BasisKind {
    /// It is the day.
    Published,
    /// It is that day or a later one; news appears soon after what it shows.
    Bound,
}

/// The year of dates without one, where no day is known to count from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct YearKnown {
    pub(super) year: i16,
    /// Why it is that year: `the one year that the full dates of the text name`.
    pub(super) why: String,
    pub(super) evidence: Evidence,
}

/// What dates are resolved against.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reckoning {
    pub(super) basis: Option<Basis>,
    pub(super) year: Option<YearKnown>,
}

impl Reckoning {
    /// What a date means, told in `tense`; `None` where it cannot be known.
    pub(super) fn resolve(&self, found: &Found, tense: Tense) -> Option<(PartialDate, Why)> {
        let (date, why) = match found.expression {
            Expression::Day { year: Some(year), month, day, .. } => {
                let date = PartialDate::day(Date::new(year, month, day).ok()?);
                (date, Why::new("stated-day", "day, month and year are stated"))
            }
            Expression::Month { year: Some(year), month, .. } => {
                let date = PartialDate::month(Date::new(year, month, 1).ok()?);
                (date, Why::new("stated-month", "month and year are stated"))
            }
            Expression::Year(year) => {
                (PartialDate::year(Date::new(year, 1, 1).ok()?), Why::new("stated-year", "the year is stated"))
            }
            Expression::Day { year: None, month, day, weekday } => self.day(month, day, weekday, tense)?,
            Expression::Month { year: None, month, turn } => self.month(month, turn, tense)?,
            Expression::Weekday { weekday, turn } => self.weekday(weekday, turn, tense)?,
            Expression::Days(days) => self.near_day(days, tense)?,
            Expression::Period { unit, turn } => self.period(unit, turn)?,
            Expression::Distance { unit, count } => self.distance(unit, count, tense)?,
        };
        Some((date, of_part(why, found.part)))
    }

    /// `17 June`: the year comes from the basis, or is the one the text names.
    fn day(&self, month: i8, day: i8, weekday: Option<Weekday>, tense: Tense) -> Option<(PartialDate, Why)> {
        const RULE: &str = "day-without-year";
        let Some(basis) = &self.basis else {
            // The year of what lies ahead may be the next one.
            let known = self.year.as_ref().filter(|_| tense != Tense::Forward)?;
            let date = Date::new(known.year, month, day).ok()?;
            let why = Why::new(RULE, format!("the year is {}, {}", known.year, known.why));
            return Some((PartialDate::day(date), why.with(known.evidence.clone())));
        };
        let mut days: Vec<Date> = around(basis.date).filter_map(|year| Date::new(year, month, day).ok()).collect();
        if days.iter().any(|day| Some(day.weekday()) == weekday) {
            days.retain(|day| Some(day.weekday()) == weekday);
        }
        let (date, how) = basis.choose(&days, tense)?;
        let why = Why::new(RULE, format!("{} {how} {}", date.strftime("%-d %B"), basis.name));
        Some((PartialDate::day(date), why.with(basis.evidence.clone())))
    }

    /// `in June`, `last June`.
    fn month(&self, month: i8, turn: Turn, tense: Tense) -> Option<(PartialDate, Why)> {
        const RULE: &str = "month-without-year";
        let Some(basis) = &self.basis else {
            let known = self.year.as_ref().filter(|_| turn == Turn::Plain && tense != Tense::Forward)?;
            let why = Why::new(RULE, format!("the year is {}, {}", known.year, known.why));
            let date = PartialDate::month(Date::new(known.year, month, 1).ok()?);
            return Some((date, why.with(known.evidence.clone())));
        };
        let off = |date: &Date| months_between(basis.date, *date);
        let months = || around(basis.date).filter_map(|year| Date::new(year, month, 1).ok());
        let (date, how) = match (turn, tense) {
            (Turn::Last, _) => (months().rfind(|date| off(date) < 0), "before that of"),
            (Turn::Next, _) => (months().find(|date| off(date) > 0), "after that of"),
            (Turn::This, _) => (months().find(|date| date.year() == basis.date.year()), "of the year of"),
            (Turn::Plain, Tense::Past) => (months().rfind(|date| off(date) <= 0), "up to that of"),
            (Turn::Plain, Tense::Forward) => (months().find(|date| off(date) >= 0), "from that of"),
            (Turn::Plain, Tense::Unknown) => (months().min_by_key(|date| off(date).abs()), "nearest to that of"),
        };
        let date = date?;
        let why = Why::new(RULE, format!("the {} {how} {}", date.strftime("%B"), basis.name));
        Some((PartialDate::month(date), why.with(basis.evidence.clone())))
    }

    fn weekday(&self, weekday: Weekday, turn: Turn, tense: Tense) -> Option<(PartialDate, Why)> {
        let basis = self.basis.as_ref()?;
        let (before, after) = (on_or_before(basis.date, weekday)?, on_or_after(basis.date, weekday)?);
        let (date, how) = match (turn, tense, basis.kind) {
            (Turn::Last, _, BasisKind::Published) => (on_or_before(basis.date.yesterday().ok()?, weekday)?, "before"),
            (Turn::Next, ..) => (on_or_after(basis.date.tomorrow().ok()?, weekday)?, "after"),
            (Turn::This, ..) | (Turn::Plain, Tense::Forward, _) => (after, "on or after"),
            (Turn::Last, ..) | (Turn::Plain, _, BasisKind::Published) => (before, "on or before"),
            (Turn::Plain, _, BasisKind::Bound) if distance(basis.date, after) <= distance(basis.date, before) => {
                (after, "on or after")
            }
            (Turn::Plain, _, BasisKind::Bound) => (before, "before"),
        };
        let nearest = if basis.kind == BasisKind::Bound && turn == Turn::Plain { "the nearest " } else { "" };
        let text = format!("{nearest}{} {how} {}", date.strftime("%A"), basis.name);
        Some((PartialDate::day(date), Why::new("weekday", text).with(basis.evidence.clone())))
    }

    /// `today`, `yesterday`; a `today` without a verb that dates it means these times.
    fn near_day(&self, days: i32, tense: Tense) -> Option<(PartialDate, Why)> {
        let basis = self.published().filter(|_| days != 0 || tense != Tense::Unknown)?;
        let date = days_from(basis.date, days)?;
        let text = match days {
            0 => basis.name.clone(),
            _ => format!("{} {} {}", in_days(days.abs()), if days < 0 { "before" } else { "after" }, basis.name),
        };
        Some((PartialDate::day(date), Why::new("relative-day", text).with(basis.evidence.clone())))
    }

    /// `last month`. A week is given as the month, or else the year, that holds all of it.
    fn period(&self, unit: Unit, turn: Turn) -> Option<(PartialDate, Why)> {
        let basis = self.basis.as_ref()?;
        let (step, side) = match turn {
            Turn::Last => (-1, "before"),
            Turn::Next => (1, "after"),
            Turn::This | Turn::Plain => (0, "of"),
        };
        let (date, name) = match unit {
            Unit::Week => {
                let (first, last) = week(basis.date, step)?;
                (enclosing(first, last)?, format!("week from {first} to {last}, the one"))
            }
            Unit::Month => (PartialDate::month(months_from(basis.date, step)?), "month".into()),
            Unit::Year => (PartialDate::year(months_from(basis.date, 12 * step)?), "year".into()),
            Unit::Day => return None,
        };
        let of = if step == 0 { "" } else { " that of" };
        let why = Why::new("relative-period", format!("the {name} {side}{of} {}", basis.name));
        Some((date, why.with(basis.evidence.clone())))
    }

    /// `two years ago`; `in three days` only where the tense says that it lies ahead.
    fn distance(&self, unit: Unit, count: i32, tense: Tense) -> Option<(PartialDate, Why)> {
        let basis = self.basis.as_ref().filter(|_| count < 0 || tense == Tense::Forward)?;
        let known_day = unit != Unit::Day || basis.kind == BasisKind::Published;
        let date = match unit {
            Unit::Day => PartialDate::day(days_from(basis.date, count)?),
            // Weeks are counted loosely: a few days to either side.
            Unit::Week => {
                let day = days_from(basis.date, count.checked_mul(7)?)?;
                enclosing(days_from(day, -3)?, days_from(day, 3)?)?
            }
            Unit::Month => PartialDate::month(months_from(basis.date, count)?),
            Unit::Year => PartialDate::year(months_from(basis.date, count.checked_mul(12)?)?),
        };
        let unit = match unit {
            Unit::Day => return known_day.then(|| (date, Self::by_days(count, basis))),
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        let plural = if count.abs() == 1 { "" } else { "s" };
        let side = if count < 0 { "before" } else { "after" };
        let why = Why::new("distance", format!("{} {unit}{plural} {side} {}", count.abs(), basis.name));
        Some((date, why.with(basis.evidence.clone())))
    }

    fn by_days(count: i32, basis: &Basis) -> Why {
        let side = if count < 0 { "before" } else { "after" };
        Why::new("distance", format!("{} {side} {}", in_days(count.abs()), basis.name)).with(basis.evidence.clone())
    }

    fn published(&self) -> Option<&Basis> {
        self.basis.as_ref().filter(|basis| basis.kind == BasisKind::Published)
    }
}

impl Basis {
    /// The day that is meant among the same day of several years, and how it was chosen.
    fn choose(&self, days: &[Date], tense: Tense) -> Option<(Date, &'static str)> {
        let days = days.iter().copied();
        // A day of grace: places of one story lie in different time zones.
        let latest = self.date.tomorrow().ok()?;
        let by_tense = match (tense, self.kind) {
            (Tense::Past, BasisKind::Published) => days.clone().filter(|day| *day <= latest).max().zip(Some("up to")),
            (Tense::Forward, _) => days.clone().filter(|day| *day >= self.date).min().zip(Some("from")),
            _ => None,
        };
        by_tense.or_else(|| days.min_by_key(|day| distance(self.date, *day)).zip(Some("nearest to")))
    }
}

/// The year of `date` and its neighbours, ascending.
fn around(date: Date) -> impl DoubleEndedIterator<Item = i16> + Clone {
    date.year().saturating_sub(1)..=date.year().saturating_add(1)
}

/// The same day, month or year one year earlier; `None` for 29 February.
pub(super) fn a_year_before(date: PartialDate) -> Option<PartialDate> {
    let first = date.first();
    let earlier = Date::new(first.year().checked_sub(1)?, first.month(), first.day()).ok()?;
    Some(match date.precision() {
        Precision::Day => PartialDate::day(earlier),
        Precision::Month => PartialDate::month(earlier),
        Precision::Year => PartialDate::year(earlier),
    })
}

fn in_days(days: i32) -> String {
    if days == 1 { "the day".into() } else { format!("{days} days") }
}

fn of_part(mut why: Why, part: Part) -> Why {
    match part {
        Part::Whole => why,
        Part::First | Part::Last => {
            let end = if part == Part::First { "first" } else { "last" };
            why.text = format!("the range's {end} date; {}", why.text);
            why
        }
    }
}
