//! Arguments of `alerts`.

use clap::{Args, ValueEnum};

/// Arguments of `alerts`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur alerts                              what is new for each search of searches.toml
  rapporteur alerts tolls Kaldan --format md
  rapporteur alerts --acknowledge                print it, then mark it as seen
  rapporteur alerts tolls --since 12             what came after generation 12 of the index
  rapporteur index; rapporteur alerts --acknowledge --format jsonl >> alerts.jsonl",
    after_help = "New is what the index did not have when the search was last acknowledged: not what an article says \
                  again after an edit, under another name or address. Copies of known passages are listed apart. The \
                  exit code is 0 whether anything is new or not. What was acknowledged is kept in \
                  searches.acknowledged.json beside searches.toml."
)]
pub(in crate::cli) struct AlertsArgs {
    /// Saved searches, by name [default: all]
    #[arg(value_name = "NAME")]
    pub(in crate::cli) names: Vec<String>,
    /// Mark what is printed as seen, once it is printed
    #[arg(long, conflicts_with = "since")]
    pub(in crate::cli) acknowledge: bool,
    /// What came after this generation of the index, whatever was acknowledged; 0 is everything
    #[arg(long, value_name = "GENERATION")]
    pub(in crate::cli) since: Option<u32>,
    /// The day that `yesterday` and `last 30 days` are counted from [default: today]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) now: Option<jiff::civil::Date>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = AlertsFormat::Table)]
    pub(in crate::cli) format: AlertsFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AlertsFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Md,
}
