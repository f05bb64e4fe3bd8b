//! How much of what was published speaks of something, period by period.
//!
//! Every count stands beside what it is a share of. Passages that no period can be given are counted apart, by the
//! reason, and never put on a day that their source does not state.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::counted::{Census, Copies, Counted, Dimension, each_fact, keys};
use super::explain::{self, Explanation};
use super::period::{Period, PeriodLength};
use super::{Asked, ViewError};
use crate::config::Rules;
use crate::engine::{Engine, Facts};
use crate::model::ArticleId;
use crate::near_duplicates::Groups;
use crate::query::Query;

/// More periods than these are refused: days of a misread year would fill a page with nothing.
const MOST_PERIODS: usize = 50_000;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendsRequest {
    /// Which passages are counted; its filters alone say of which they are a share.
    pub asked: Asked,
    /// How long a period is.
    pub length: PeriodLength,
    /// What has a series of its own; `None` counts all in one.
    pub per: Option<Dimension>,
    /// How many series at the most; the others are one.
    pub top: usize,
    /// What the share of a series is of.
    pub share_of: ShareOf,
    /// How copies count.
    pub copies: Copies,
}

/// What the share of a series is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareOf {
    /// All passages of the period that the filters let pass.
    All,
    /// Those of them that are the series' own: of all that a speaker says, what is said of this.
    Series,
}

/// Counts by period.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendsView {
    /// The query, as typed.
    pub query: String,
    /// How long a period is.
    pub length: PeriodLength,
    /// What has a series of its own.
    pub per: Option<Dimension>,
    /// What the share of a series is of.
    pub share_of: ShareOf,
    /// How copies count.
    pub copies: Copies,
    /// The filters that say of which passages the shares are, as clauses of a query; empty where there are none.
    pub filters: String,
    /// From the first to the last in which the filters let a passage pass, without a gap.
    pub periods: Vec<Period>,
    /// Those with most passages first, the others in one at the end; a single one where nothing is told apart.
    pub series: Vec<Series>,
    /// All that match, over all that the filters let pass, whatever they are told apart by.
    pub whole: Series,
    /// Matching passages that are in no series, since nobody speaks in them, they have no topic or no outlet.
    pub without: usize,
    /// Matching passages of copies, which do not count.
    pub copies_left_out: usize,
    /// Why nothing matches, where nothing does.
    pub explanation: Option<Explanation>,
}

/// A line of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Whose it is.
    pub of: SeriesOf,
    /// All matching passages of it, dated or not, over what they are a share of.
    pub total: Count,
    /// Period by period.
    pub counts: Vec<Count>,
    /// Those of no period, by reason.
    pub apart: [(Apart, Count); 3],
}

/// Whose a series is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesOf {
    /// Every passage.
    Whole,
    /// Those of one speaker, topic or outlet.
    One(Counted),
    /// Those of the others, each passage once.
    Others {
        /// How many others there are.
        values: usize,
    },
}

/// How many passages match, and of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Passages that match.
    pub passages: usize,
    /// What they are a share of.
    pub of: usize,
}

impl Count {
    /// From 0 to 1; `None` of nothing.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "no index holds 2^52 passages")]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.passages as f64 / self.of as f64)
    }
}

/// Why a passage is of no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// Its source states no date.
    Undated,
    /// The text only says that it was on a day or later.
    Inferred,
    /// The date spans several periods, as a month does where days are asked for.
    Imprecise,
}

impl Apart {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Undated, Self::Inferred, Self::Imprecise];

    /// Its name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Undated => "undated",
            Self::Inferred => "inferred",
            Self::Imprecise => "imprecise",
        }
    }
}

/// The period in which a passage was published, or why there is none.
fn when(length: PeriodLength, facts: &Facts) -> Result<Period, Apart> {
    match facts.published {
        None => Err(Apart::Undated),
        Some(_) if facts.inferred => Err(Apart::Inferred),
        Some(days) => Period::of_both(length, days).ok_or(Apart::Imprecise),
    }
}

/// Counts what `request` asks for; `groups` say which articles are copies.
pub fn trends(
    engine: &dyn Engine,
    rules: &Rules,
    groups: &Groups,
    request: &TrendsRequest,
) -> Result<TrendsView, ViewError> {
    let query = request.asked.understood(rules)?;
    let everything = Asked { query: None, ..request.asked.clone() }.understood(rules)?;
    let left_out = request.copies.left_out(engine, &everything, groups)?;
    let slots = Slots::of(engine, rules, request, (&query, &left_out))?;
    let matching = Tally::of(engine, request, &slots, (&query, &left_out))?;
    let all = Tally::of(engine, request, &slots, (&everything, &left_out))?;
    let periods = all.periods(request.length)?;
    let shown = slots.shown(request.share_of, (&matching, &all), &periods);
    let explanation = if matching.is_empty() { Some(explain::explain(engine, &query)?) } else { None };
    Ok(TrendsView {
        query: query.text,
        length: request.length,
        per: request.per,
        share_of: request.share_of,
        copies: request.copies,
        filters: request.asked.filter_clauses(),
        series: shown,
        whole: series(0, SeriesOf::Whole, 0, (&matching, &all), &periods),
        without: matching.without,
        copies_left_out: matching.left_out,
        periods,
        explanation,
    })
}

/// The series, by number: 0 is every passage, which is shown where nothing is told apart.
struct Slots {
    per: Option<Dimension>,
    top: Vec<Counted>,
    others: usize,
    /// Of every value that a matching passage has: others have no number, and no share is of them.
    by_key: HashMap<String, usize>,
}

impl Slots {
    /// The values that have most matches.
    fn of(
        engine: &dyn Engine,
        rules: &Rules,
        request: &TrendsRequest,
        (query, left_out): (&Query, &HashSet<ArticleId>),
    ) -> Result<Self, ViewError> {
        let mut top = Vec::new();
        if let Some(per) = request.per {
            let mut census = Census::default();
            each_fact(engine, query, &mut |facts| {
                if !left_out.contains(&facts.passage.article) {
                    census.add(per.of(&facts), true);
                }
            })?;
            top = census.counted(rules, Some(per));
        }
        let others = top.len().saturating_sub(request.top);
        let number = |at: usize| at.min(request.top) + 1;
        let by_key = top.iter().enumerate().map(|(at, value)| (value.key.clone(), number(at))).collect();
        top.truncate(request.top);
        Ok(Self { per: request.per, top, others, by_key })
    }

    /// The numbers of a passage's series, 0 not among them.
    fn numbers(&self, facts: &Facts) -> Vec<usize> {
        let Some(per) = self.per else { return Vec::new() };
        let mut numbers: Vec<usize> =
            keys(per.of(facts)).into_iter().filter_map(|key| self.by_key.get(key).copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Every series that is shown.
    fn shown(&self, share_of: ShareOf, tallies: (&Tally, &Tally), periods: &[Period]) -> Vec<Series> {
        if self.per.is_none() {
            return vec![series(0, SeriesOf::Whole, 0, tallies, periods)];
        }
        let others = (self.others > 0).then_some(SeriesOf::Others { values: self.others });
        let all = self.top.iter().cloned().map(SeriesOf::One).chain(others);
        let base = |number: usize| if share_of == ShareOf::All { 0 } else { number };
        (1..).zip(all).map(|(number, of)| series(number, of, base(number), tallies, periods)).collect()
    }
}

/// The counts of one number as a share of those of another.
fn series(number: usize, of: SeriesOf, base: usize, (matching, all): (&Tally, &Tally), periods: &[Period]) -> Series {
    let get =
        |tally: &Tally, period: &Period, number: usize| tally.by_period.get(period).map_or(0, |counts| counts[number]);
    let counts: Vec<Count> = periods
        .iter()
        .map(|period| Count { passages: get(matching, period, number), of: get(all, period, base) })
        .collect();
    let apart = Apart::ALL
        .map(|why| (why, Count { passages: matching.apart[why as usize][number], of: all.apart[why as usize][base] }));
    let every = counts.iter().chain(apart.iter().map(|(_, count)| count));
    let total = every
        .fold(Count::default(), |sum, count| Count { passages: sum.passages + count.passages, of: sum.of + count.of });
    Series { of, total, counts, apart }
}

/// Passages by period and series.
#[derive(Default)]
struct Tally {
    by_period: BTreeMap<Period, Vec<usize>>,
    /// By [`Apart`].
    apart: [Vec<usize>; 3],
    passages: usize,
    without: usize,
    left_out: usize,
}

impl Tally {
    fn of(
        engine: &dyn Engine,
        request: &TrendsRequest,
        slots: &Slots,
        (query, left_out): (&Query, &HashSet<ArticleId>),
    ) -> Result<Self, ViewError> {
        // One more than are shown: every passage, and the others even where there are none.
        let none = vec![0; slots.top.len() + 2];
        let mut tally = Self { apart: [none.clone(), none.clone(), none.clone()], ..Self::default() };
        each_fact(engine, query, &mut |facts| {
            if left_out.contains(&facts.passage.article) {
                tally.left_out += 1;
                return;
            }
            let counts = match when(request.length, &facts) {
                Ok(period) => tally.by_period.entry(period).or_insert_with(|| none.clone()),
                Err(why) => &mut tally.apart[why as usize],
            };
            let numbers = slots.numbers(&facts);
            tally.passages += 1;
            tally.without += usize::from(slots.per.is_some() && numbers.is_empty());
            for number in numbers.into_iter().chain([0]) {
                counts[number] += 1;
            }
        })?;
        Ok(tally)
    }

    fn is_empty(&self) -> bool {
        self.passages + self.left_out == 0
    }

    /// Every period from the first to the last.
    fn periods(&self, length: PeriodLength) -> Result<Vec<Period>, ViewError> {
        let (Some((first, _)), Some((last, _))) = (self.by_period.first_key_value(), self.by_period.last_key_value())
        else {
            return Ok(Vec::new());
        };
        let mut periods = Vec::new();
        let mut next = Some(*first);
        while let Some(period) = next.filter(|period| period <= last) {
            if periods.len() == MOST_PERIODS {
                let (first, last) = (first.first(), last.last());
                return Err(ViewError::TooManyPeriods { length, first, last, most: MOST_PERIODS });
            }
            periods.push(period);
            next = period.next();
        }
        Ok(periods)
    }
}
