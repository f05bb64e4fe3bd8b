//! Arguments of `collocates`.

use clap::{Args, ValueEnum};

use super::AskedArgs;
use super::context::window;
use crate::view::Context;

/// Arguments of `collocates`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur collocates railway
  rapporteur collocates railway --measure log-likelihood --window 3,0
  rapporteur collocates 'water OR river' --window sentence --no-function-words
  rapporteur collocates gas --speaker Brekovic --format csv > gas.csv",
    after_help = "A word is counted once, in however many windows it stands; the words of the matches are not counted. Totals are those \
                  of the whole index, whatever the filters. The formulas are in docs/guide.md."
)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(in crate::cli) struct CollocatesArgs {
    /// The words whose company is looked for
    #[arg(allow_hyphen_values = true)]
    pub(in crate::cli) query: String,
    /// How near: so many words on each side, `3,0` on the left and on the right, or `sentence`
    #[arg(long, value_name = "WORDS", default_value = "5", value_parser = window)]
    pub(in crate::cli) window: Context,
    /// What words are ranked by
    #[arg(long, value_enum, default_value_t = MeasureArg::LogDice)]
    pub(in crate::cli) measure: MeasureArg,
    /// How often a word must stand near a match
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..))]
    pub(in crate::cli) min_count: u64,
    /// How many words at the most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) top: u32,
    /// Count stems instead of word forms
    #[arg(long)]
    pub(in crate::cli) stems: bool,
    /// Leave out words such as `the` and `of`
    #[arg(long, conflicts_with = "stems")]
    pub(in crate::cli) no_function_words: bool,
    #[command(flatten)]
    pub(in crate::cli) asked: AskedArgs,
    /// How to print the words
    #[arg(long, value_enum, default_value_t = CollocatesFormat::Table)]
    pub(in crate::cli) format: CollocatesFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MeasureArg {
    /// Rychlý 2008: typical company; comparable between corpora
    LogDice,
    /// Dunning 1993: how surely there is a bond at all; favours frequent words
    LogLikelihood,
    /// Church and Hanks 1990: how much more often than by chance; favours rare words
    Pmi,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CollocatesFormat {
    Table,
    Jsonl,
    Json,
    Csv,
    Md,
}
