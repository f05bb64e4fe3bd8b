//! Arguments of `correct`.

use clap::{Args, ValueEnum};

use crate::model::PartialDate;
use crate::view::{CorrectionRequest, Spoken};

/// Arguments of `correct`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur correct 0b3k5m7p9r2t.4.q1 --speaker \"Keren Moyle\" --by \"Ada Lind\" --because \"heard it\"
  rapporteur correct 0b3k5m7p9r2t.4 --topic +water --topic -trade --by AL --because \"of the locks\"
  rapporteur correct 0b3k5m7p9r2t.4.q1 --remove
  rapporteur correct --list --format csv > corrections.csv",
    after_help = "A correction is written to overrides.toml, where it stays through every later run; `rapporteur index` applies it. \
                  `show ID --why` names the ids of quotations and shows what was corrected. A correction of words that \
                  have changed since is stale: it is not applied, and `index` and `status` say so."
)]
pub(in crate::cli) struct CorrectArgs {
    /// A passage's id (`<article>.<n>`) or a quotation's (`<article>.<n>.q<m>`)
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    pub(in crate::cli) id: Option<String>,
    /// Who speaks: a name, an alias or an id
    #[arg(long, value_name = "NAME|ID", conflicts_with = "no_speaker")]
    speaker: Option<String>,
    /// Nobody that is named speaks
    #[arg(long)]
    no_speaker: bool,
    /// What it is: a passage's kind as in `search --kind`, or of a quotation direct, indirect or mixed
    #[arg(long)]
    kind: Option<String>,
    /// A passage's topic, by id or label, with `+` where it has it and `-` where not; may be repeated
    #[arg(long, value_name = "+ID|-ID", allow_hyphen_values = true)]
    topic: Vec<String>,
    /// When a passage was published: a day, month or year
    #[arg(long, value_name = "DATE")]
    date: Option<PartialDate>,
    /// Who says so
    #[arg(long, value_name = "WHO", required_unless_present_any = ["list", "remove"])]
    by: Option<String>,
    /// On what grounds
    #[arg(long, value_name = "WHY", required_unless_present_any = ["list", "remove"])]
    because: Option<String>,
    /// Take away what was decided of the id
    #[arg(long, conflicts_with_all = ["speaker", "no_speaker", "kind", "topic", "date", "by", "because", "list"])]
    pub(in crate::cli) remove: bool,
    /// List every correction, and whether it is applied, pending or stale
    #[arg(long, conflicts_with_all = ["speaker", "no_speaker", "kind", "topic", "date", "by", "because"])]
    pub(in crate::cli) list: bool,
    /// How to print the list [default: table]
    #[arg(long, value_enum, requires = "list")]
    pub(in crate::cli) format: Option<CorrectFormat>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CorrectFormat {
    Table,
    Json,
    Jsonl,
    Csv,
}

impl CorrectArgs {
    /// The correction of `id`, decided on the day `on`.
    pub(in crate::cli) fn request(&self, id: &str, on: jiff::civil::Date) -> CorrectionRequest {
        let named = self.speaker.clone().map(Spoken::By);
        CorrectionRequest {
            id: id.to_owned(),
            speaker: named.or(self.no_speaker.then_some(Spoken::ByNobody)),
            kind: self.kind.clone(),
            topics: self.topic.clone(),
            published: self.date,
            by: self.by.clone().unwrap_or_default(),
            because: self.because.clone().unwrap_or_default(),
            on,
        }
    }
}
