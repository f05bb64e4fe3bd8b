//! Arguments of `kwic`.

use clap::{Args, ValueEnum};

use super::AskedArgs;
use super::context::context;
use crate::view::Context;

/// Arguments of `kwic`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur kwic railway
  rapporteur kwic '\"good neighbourhood\"' --sort right
  rapporteur kwic 'gas NEAR/3 price*' --context sentence --sort date
  rapporteur kwic water --speaker Belhaour --format csv > water.csv",
    after_help = "Filters choose passages, and every match in them has its line, whoever says it. The query language is that of \
                  `search` (docs/query-language.md)."
)]
pub(in crate::cli) struct KwicArgs {
    /// The words whose matches are lined up
    #[arg(allow_hyphen_values = true)]
    pub(in crate::cli) query: String,
    /// What is shown beside each match: so many words on each side, `3,0` on the left and on the right, or `sentence`
    #[arg(long, value_name = "WORDS", default_value = "8", value_parser = context)]
    pub(in crate::cli) context: Context,
    /// What lines are sorted by; then by passage id, then by place
    #[arg(long, value_enum, default_value_t = KwicSortArg::Position)]
    pub(in crate::cli) sort: KwicSortArg,
    #[command(flatten)]
    pub(in crate::cli) asked: AskedArgs,
    /// How to print the lines
    #[arg(long, value_enum, default_value_t = KwicFormat::Table)]
    pub(in crate::cli) format: KwicFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum KwicSortArg {
    Position,
    /// The words before the match, the nearest first
    Left,
    /// The words behind the match
    Right,
    /// The day of publication, undated ones last
    Date,
    /// Who says it, nobody last
    Speaker,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum KwicFormat {
    Table,
    Jsonl,
    Json,
    Csv,
    Md,
}
