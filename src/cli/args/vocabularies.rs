//! Arguments of `topics`, `outlets` and `terms`.

use clap::{Args, ValueEnum};

use crate::view::TermsSort;

/// Arguments of `topics`.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  rapporteur topics
  rapporteur topics --format csv > topics.csv")]
pub(in crate::cli) struct TopicsArgs {
    /// How to print them; the table names the first terms of each
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(in crate::cli) format: ListFormat,
}

/// Arguments of `outlets`.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  rapporteur outlets
  rapporteur outlets --format jsonl")]
pub(in crate::cli) struct OutletsArgs {
    /// How to print them
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(in crate::cli) format: ListFormat,
}

/// Arguments of `terms`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur terms rail                     what begins so, the most frequent first
  rapporteur terms Kald --sort alphabet
  rapporteur terms --top 100000 --format csv > words.csv",
    after_help = "\
Words are those of the passages' texts, without case and diacritics. `searched as` is the stem: a search finds with a word \
all that share it, unless it is written =Word."
)]
pub(in crate::cli) struct TermsArgs {
    /// What the words begin with; without it, every word
    #[arg(default_value = "", hide_default_value = true)]
    pub(in crate::cli) prefix: String,
    /// Which come first
    #[arg(long, value_enum, default_value_t = TermsSortArg::Count)]
    pub(in crate::cli) sort: TermsSortArg,
    /// How many words at the most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) top: u32,
    /// How to print them
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(in crate::cli) format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TermsSortArg {
    /// By occurrences
    Count,
    /// By letters
    Alphabet,
}

impl From<TermsSortArg> for TermsSort {
    fn from(sort: TermsSortArg) -> Self {
        match sort {
            TermsSortArg::Count => Self::Count,
            TermsSortArg::Alphabet => Self::Alphabet,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ListFormat {
    Table,
    Json,
    Jsonl,
    Csv,
}
