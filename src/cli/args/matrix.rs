//! Arguments of `matrix`.

use clap::{Args, ValueEnum};

use super::{AskedArgs, CopiesArgs};
use crate::view::{Axis, Dimension, PeriodLength};

/// Arguments of `matrix`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur matrix                              speakers by topics, of the whole index
  rapporteur matrix 'railway OR tunnel' --from 2025
  rapporteur matrix --rows outlet --columns month
  rapporteur matrix --rows topic --columns outlet --copies once
  rapporteur matrix water --format csv > water.csv",
    after_help = "A cell has the number of passages that are of its row and of its column, and their share of all passages of \
                  the row. The formats for programs have for each cell the command that finds these passages, and leave out \
                  cells without any. With --copies once a command finds the copies too: `with_copies` is their number."
)]
pub(in crate::cli) struct MatrixArgs {
    /// What to count [default: every passage]
    #[arg(allow_hyphen_values = true)]
    pub(in crate::cli) query: Option<String>,
    /// What has a row of its own
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = AxisArg::Speaker)]
    pub(in crate::cli) rows: AxisArg,
    /// What has a column of its own
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = AxisArg::Topic)]
    pub(in crate::cli) columns: AxisArg,
    /// How many rows of the table at the most, those with most passages, or the first periods; the other formats have all
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) top: u32,
    #[command(flatten)]
    pub(in crate::cli) copies: CopiesArgs,
    #[command(flatten)]
    pub(in crate::cli) asked: AskedArgs,
    /// How to print the cells
    #[arg(long, value_enum, default_value_t = MatrixFormat::Table)]
    pub(in crate::cli) format: MatrixFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AxisArg {
    Speaker,
    Topic,
    Outlet,
    Day,
    Week,
    Month,
    Year,
}

impl From<AxisArg> for Axis {
    fn from(axis: AxisArg) -> Self {
        match axis {
            AxisArg::Speaker => Self::Of(Dimension::Speaker),
            AxisArg::Topic => Self::Of(Dimension::Topic),
            AxisArg::Outlet => Self::Of(Dimension::Outlet),
            AxisArg::Day => Self::Periods(PeriodLength::Day),
            AxisArg::Week => Self::Periods(PeriodLength::Week),
            AxisArg::Month => Self::Periods(PeriodLength::Month),
            AxisArg::Year => Self::Periods(PeriodLength::Year),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MatrixFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Md,
}
