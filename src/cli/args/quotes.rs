//! Arguments of `quotes`.

use clap::{Args, ValueEnum};

use super::{AskedArgs, SortArg};

/// Arguments of `quotes`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur quotes railway                          who said what about it
  rapporteur quotes --speaker Kaldan --sort oldest   all that Kaldan said, the first first
  rapporteur quotes 'water OR river' --group topic --quote-kind direct
  rapporteur quotes tunnel --expand --why            each version, and why it is somebody's
  rapporteur quotes --topic energy --min-confidence 0.8 --format csv > said.csv",
    after_help = "\
A quotation counts where a match of QUERY lies within its own words, not in the narration beside them. Filters narrow as \
in `search`; of a passage that quotes several, only those count whom --speaker, --role and --affiliation ask for. What \
several outlets carry is one entry, by the first publication that matches; --expand lists the others. A turn is an \
answer of an interview, a speech in a record, or words set apart. Without QUERY the newest come first."
)]
pub(in crate::cli) struct QuotesArgs {
    /// What to look for in quoted words; without it, all that the filters let pass
    #[arg(allow_hyphen_values = true)]
    pub(in crate::cli) query: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) asked: AskedArgs,
    /// Only quotations given in these ways, such as `direct,mixed`; questions are left out unless named
    #[arg(long, value_enum, value_name = "KIND", value_delimiter = ',', default_values_t = [
        QuoteKindArg::Direct, QuoteKindArg::Indirect, QuoteKindArg::Mixed, QuoteKindArg::Turn,
    ])]
    pub(in crate::cli) quote_kind: Vec<QuoteKindArg>,
    /// Only quotations that are at least this sure, from 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub(in crate::cli) min_confidence: Option<f32>,
    /// Put quotations under headings, the group of the first one first; by topic, under the surest of the passage
    #[arg(long, value_enum, default_value_t = QuotesByArg::Speaker)]
    pub(in crate::cli) group: QuotesByArg,
    /// Which come first; undated ones are last by date
    #[arg(long, value_enum, default_value_t = SortArg::Relevance)]
    pub(in crate::cli) sort: SortArg,
    /// How many quotations at the most
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) top: u32,
    /// List every version of each, whether it matches or not
    #[arg(long)]
    pub(in crate::cli) expand: bool,
    /// Say of each by which rule and evidence it is somebody's
    #[arg(long)]
    pub(in crate::cli) why: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = QuotesFormat::Text)]
    pub(in crate::cli) format: QuotesFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum QuoteKindArg {
    Direct,
    Indirect,
    Mixed,
    Turn,
    Question,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum QuotesByArg {
    Speaker,
    Topic,
    Article,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum QuotesFormat {
    Text,
    Json,
    Jsonl,
    Csv,
    Md,
    Bibtex,
    CslJson,
}

fn share(text: &str) -> Result<f32, String> {
    let share: f32 = text.parse().map_err(|_| "write a number from 0 to 1".to_owned())?;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("it goes from 0 to 1".into()) }
}
