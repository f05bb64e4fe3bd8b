//! Arguments of `trends`, and those of counting that `matrix` shares.

use clap::{Args, ValueEnum};

use super::AskedArgs;
use crate::view::{Copies, Dimension, PeriodLength};

/// Arguments of `trends`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur trends railway
  rapporteur trends 'water OR river' --by week --from 2025-05
  rapporteur trends railway --per speaker --top 4
  rapporteur trends railway --per speaker --share-of series
  rapporteur trends railway --per outlet --format svg > railway.svg",
    after_help = "The share of a period is of all its passages that the filters (--speaker, --outlet, --from …) let pass: with \
                  --outlet of that outlet's, without filters of the whole index. Clauses of the query narrow what is counted, \
                  not what it is a share of. Passages without a date, with a date that is only `on or after`, or with one less \
                  precise than the period are counted apart. Weeks are those of ISO 8601."
)]
pub(in crate::cli) struct TrendsArgs {
    /// What to count
    #[arg(allow_hyphen_values = true)]
    pub(in crate::cli) query: String,
    /// How long a period is
    #[arg(long, value_enum, value_name = "PERIOD", default_value_t = PeriodArg::Month)]
    pub(in crate::cli) by: PeriodArg,
    /// Tell apart by who speaks, about what, or where
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(in crate::cli) per: Option<DimensionArg>,
    /// How many series at the most, those with most passages; the others are one (needs --per)
    #[arg(long, value_name = "N", default_value_t = 6, requires = "per", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(in crate::cli) top: u32,
    /// Whether the share of a series is of all passages of the period or of the series' own (needs --per)
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = ShareOfArg::All, requires = "per")]
    pub(in crate::cli) share_of: ShareOfArg,
    #[command(flatten)]
    pub(in crate::cli) copies: CopiesArgs,
    #[command(flatten)]
    pub(in crate::cli) asked: AskedArgs,
    /// How to print the counts
    #[arg(long, value_enum, default_value_t = TrendsFormat::Table)]
    pub(in crate::cli) format: TrendsFormat,
}

/// How copies count.
#[derive(Debug, Args)]
pub(in crate::cli) struct CopiesArgs {
    /// Count what several articles say alike (syndicated, republished) for each, or once, where it was published first
    #[arg(long, value_enum, value_name = "HOW", default_value_t = CopiesArg::Each)]
    copies: CopiesArg,
}

impl CopiesArgs {
    pub(in crate::cli) fn value(&self) -> Copies {
        match self.copies {
            CopiesArg::Each => Copies::Each,
            CopiesArg::Once => Copies::Once,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CopiesArg {
    Each,
    Once,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum PeriodArg {
    Day,
    Week,
    Month,
    Year,
}

impl From<PeriodArg> for PeriodLength {
    fn from(period: PeriodArg) -> Self {
        match period {
            PeriodArg::Day => Self::Day,
            PeriodArg::Week => Self::Week,
            PeriodArg::Month => Self::Month,
            PeriodArg::Year => Self::Year,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum DimensionArg {
    Speaker,
    Topic,
    Outlet,
}

impl From<DimensionArg> for Dimension {
    fn from(dimension: DimensionArg) -> Self {
        match dimension {
            DimensionArg::Speaker => Self::Speaker,
            DimensionArg::Topic => Self::Topic,
            DimensionArg::Outlet => Self::Outlet,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ShareOfArg {
    All,
    Series,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TrendsFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Md,
    Svg,
}
