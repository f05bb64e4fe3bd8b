//! What the words of a date say before anything is known of the day they count from.

use std::ops::Range;

use jiff::civil::Weekday;

/// A date as it is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expression {
    /// `17 June 2025`, `Tuesday, June 17`.
    Day { year: Option<i16>, month: i8, day: i8, weekday: Option<Weekday> },
    /// `June 2025`, `in June`, `last June`.
    Month { year: Option<i16>, month: i8, turn: Turn },
    /// `in 2027`.
    Year(i16),
    /// `on Wednesday`, `next Thursday`.
    Weekday { weekday: Weekday, turn: Turn },
    /// `yesterday` is -1.
    Days(i32),
    /// `last year`, `this month`.
    Period { unit: Unit, turn: Turn },
    /// `two years ago` is -2, `in three days` is 3.
    Distance { unit: Unit, count: i32 },
}

/// Which of the days, months or years of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// None is said: the tense decides.
    Plain,
    Last,
    This,
    Next,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Which end of a range a mention is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    First,
    Last,
}

/// A date in a text, in bytes. Both ends of a range stand on the whole of its words, since neither can
/// be read without the other: `16-19 June 2025` is two mentions of the same span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) bytes: Range<usize>,
    pub(super) expression: Expression,
    pub(super) part: Part,
}

impl Turn {
    pub(super) fn of(word: &str) -> Self {
        let word = word.to_ascii_lowercase();
        if word.ends_with("last") || word.ends_with("past") {
            Self::Last
        } else if word.ends_with("next") {
            Self::Next
        } else if word.ends_with("this") || word.ends_with("coming") {
            Self::This
        } else {
            Self::Plain
        }
    }
}

impl Unit {
    pub(super) fn of(word: &str) -> Option<Self> {
        match word.get(..3)?.to_ascii_lowercase().as_str() {
            "day" => Some(Self::Day),
            "wee" => Some(Self::Week),
            "mon" => Some(Self::Month),
            "yea" => Some(Self::Year),
            _ => None,
        }
    }
}
