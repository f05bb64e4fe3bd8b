//! Commands and options, each described once: help, man page and completions come from here.

mod alerts;
mod asked;
mod collocates;
mod context;
mod correct;
mod kwic;
mod matrix;
mod quotes;
mod trends;
mod vocabularies;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use self::alerts::{AlertsArgs, AlertsFormat};
pub(super) use self::asked::AskedArgs;
pub(super) use self::collocates::{CollocatesArgs, CollocatesFormat, MeasureArg};
pub(super) use self::correct::{CorrectArgs, CorrectFormat};
pub(super) use self::kwic::{KwicArgs, KwicFormat, KwicSortArg};
pub(super) use self::matrix::{MatrixArgs, MatrixFormat};
pub(super) use self::quotes::{QuoteKindArg, QuotesArgs, QuotesByArg, QuotesFormat};
pub(super) use self::trends::{CopiesArgs, ShareOfArg, TrendsArgs, TrendsFormat};
pub(super) use self::vocabularies::{ListFormat, OutletsArgs, TermsArgs, TopicsArgs};
use crate::config::{ModelChoice, Settings, language_refusal, time_zone_refusal};
use crate::engine::Sort;

/// Search what was said at summits: ranked passages with speaker, topics and date.
#[derive(Debug, Parser)]
#[command(
    name = "rapporteur",
    version,
    max_term_width = 100,
    before_help = "\
Examples:
  rapporteur search \"railway connectivity\"
  rapporteur search 'water AND speaker:\"Ingrid Solvane\"'
  rapporteur index
  rapporteur status",
    after_help = "Exit codes: 0 done, 1 failed, 2 usage or query, 3 done with sources quarantined or queries wrong, 4 verify found a difference, 10 no index and \
                  no corpus, 11 index locked, 12 index of another version."
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) settings: SettingsArgs,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Values of `rapporteur.toml`, overridden.
#[derive(Debug, Args)]
#[command(next_help_heading = "Settings (override rapporteur.toml)")]
pub(super) struct SettingsArgs {
    /// Settings file [default: rapporteur.toml in this folder or one above]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// File or folder of sources [default: corpus]
    #[arg(long, global = true, value_name = "PATH")]
    corpus: Option<PathBuf>,
    /// Folder of the index [default: index]
    #[arg(long, global = true, value_name = "FOLDER")]
    index: Option<PathBuf>,
    /// Topics and their terms [default: topics.toml, or the built-in ones]
    #[arg(long, global = true, value_name = "FILE")]
    topics: Option<PathBuf>,
    /// Authority file of speakers [default: speakers.toml]
    #[arg(long, global = true, value_name = "FILE")]
    speakers: Option<PathBuf>,
    /// Corrections of single passages and quotations [default: overrides.toml]
    #[arg(long, global = true, value_name = "FILE")]
    overrides: Option<PathBuf>,
    /// Saved searches, for `alerts` [default: searches.toml]
    #[arg(long, global = true, value_name = "FILE")]
    searches: Option<PathBuf>,
    /// Model that weighs who said what [default: the built-in one]
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "no_model")]
    model: Option<PathBuf>,
    /// Find who said what by the rules alone
    #[arg(long, global = true)]
    no_model: bool,
    /// Outlet of sources that name none
    #[arg(long, global = true, value_name = "NAME")]
    default_outlet: Option<String>,
    /// Language of sources that declare none [default: en]
    #[arg(long, global = true, value_name = "TAG", value_parser = language)]
    language: Option<String>,
    /// Time zone of times that state none [default: they stay without one]
    #[arg(long, global = true, value_name = "ZONE", value_parser = time_zone)]
    time_zone: Option<String>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Bring the index up to date with the corpus
    Index(IndexArgs),
    /// Find ranked passages
    Search(Box<SearchArgs>),
    /// Show a passage in its context, or a whole article, with what is known of it and why
    Show(ShowArgs),
    /// Show the life of a quotation: its versions by time, each with its difference to the first
    Lineage(LineageArgs),
    /// Print what is new for saved searches since they were last acknowledged
    Alerts(AlertsArgs),
    /// Correct the speaker, kind, topics or date of a passage or quotation
    Correct(CorrectArgs),
    /// List what was said, by whom, in what role, and where first
    Quotes(Box<QuotesArgs>),
    /// Count by day, week, month or year, with the share of all that was published
    Trends(Box<TrendsArgs>),
    /// Count who said how much about what, each count with the command that finds it
    Matrix(Box<MatrixArgs>),
    /// Line up every match with the words around it: a concordance
    Kwic(Box<KwicArgs>),
    /// Rank the words that stand near the matches of a query
    Collocates(Box<CollocatesArgs>),
    /// Print cleaned articles, without touching an index
    Clean(CleanArgs),
    /// Find quotations and their speakers in JSONL texts
    Attribute(AttributeArgs),
    /// List who speaks in the index, and whom the authority file does not know
    Speakers(SpeakersArgs),
    /// List the topics, what speaks for each, and how many passages are about it
    Topics(TopicsArgs),
    /// List who published what is in the index
    Outlets(OutletsArgs),
    /// List the words of the index that begin with given letters, with their counts
    Terms(TermsArgs),
    /// Derive passages again from their archived originals, and say what differs
    Verify(VerifyArgs),
    /// Say what the index holds
    Status(StatusArgs),
    /// Print a completion script for a shell
    #[command(
        before_help = "Examples:\n  rapporteur completions bash > ~/.local/share/bash-completion/completions/rapporteur"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(before_help = "Examples:\n  rapporteur man | man -l -")]
    Man,
}

/// Arguments of `index`.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  rapporteur index                     read what is new or changed in the corpus
  rapporteur index corpus/2025 a.html  only these; the rest of the index stays
  rapporteur --corpus ~/news index --format json")]
pub(super) struct IndexArgs {
    /// Files and folders to look at instead of the whole corpus
    pub(super) paths: Vec<PathBuf>,
    /// How to print the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub(super) format: ReportFormat,
}

/// Arguments of `search`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur search \"railway connectivity\"
  rapporteur search '\"good neighbourhood\" -tunnel' --speaker Kaldan
  rapporteur search 'water OR river' --topic energy --from 2025-06 --format jsonl
  rapporteur search 'topic:fisheries quota' --by article --top 5
  rapporteur search \"gas deliveries\" --sort newest --group outlet
  rapporteur search --parse 'railway NEAR/5 toll published:\"last 30 days\"'
  rapporteur search --plain \"What did Kaldan say about the tunnel?\"
  rapporteur search \"gas deliveries\" --explain
  rapporteur search quota --format bibtex > quota.bib
  rapporteur search --batch queries.tsv --format trec --top 1000 --by article > run.txt",
    after_help = "\
The query language (docs/query-language.md):
  railway water -tunnel +toll          any may match, all are preferred; - excludes, + requires
  AND OR NOT (…) toll^2                operators in capitals, parentheses, weight
  \"free * agreement\"~5 \"(free|fair) trade\"   phrases: gap, further words between, alternatives
  road NEAR/5 toll, BEFORE/5           near each other; WITHIN SENTENCE (…), WITHIN PARAGRAPH (…)
  rail* wom?n Kaldan~1 =Rail /rail.*/  wildcards, similar words, exact form, regular expression
  speaker: role: affiliation: about: topic: outlet: title: author: kind: lang: date: published: id:
  title:(summit OR forum) speaker:* published:\"last 30 days\" date:2025-06..2025-07"
)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct SearchArgs {
    /// What to look for
    #[arg(allow_hyphen_values = true, required_unless_present = "batch", conflicts_with = "batch")]
    pub(super) query: Option<String>,
    /// Answer each query of a file: an identifier, a tab, the query; `-` is standard input, .gz is unpacked
    #[arg(long, value_name = "FILE")]
    pub(super) batch: Option<PathBuf>,
    /// How the queries of a batch are written [default: plain for trec, query for jsonl]
    #[arg(long, value_enum, requires = "batch")]
    pub(super) syntax: Option<SyntaxArg>,
    /// Say of each hit where its score came from
    #[arg(long, conflicts_with = "batch")]
    pub(super) explain: bool,
    /// Add words of the first results to the query [default: as rapporteur.toml says, else off]
    #[arg(long, value_enum, value_name = "WHEN")]
    pub(super) feedback: Option<FeedbackArg>,
    /// Say how the query was understood, in words or as JSON, and search nothing
    #[arg(long, conflicts_with = "batch")]
    pub(super) parse: bool,
    #[command(flatten)]
    pub(super) asked: AskedArgs,
    /// How many hits at the most
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) top: u32,
    /// Rank passages, or articles by all their matching passages
    #[arg(long, value_enum, default_value_t = ByArg::Passage)]
    pub(super) by: ByArg,
    /// Which hits come first; undated ones are last by date
    #[arg(long, value_enum, default_value_t = SortArg::Relevance)]
    pub(super) sort: SortArg,
    /// Put the hits under headings, the group of the first hit first
    #[arg(long, value_enum, value_name = "WHAT", conflicts_with = "batch")]
    pub(super) group: Option<GroupArg>,
    /// Show each copy of what several articles say (syndicated, republished, cut), instead of one with the others
    /// named
    #[arg(long)]
    pub(super) no_collapse: bool,
    /// What is done anyway, for those who wrote it when it was not.
    #[arg(long, hide = true, conflicts_with = "no_collapse")]
    pub(super) collapse: bool,
    /// How to print the hits
    #[arg(long, value_enum, default_value_t = SearchFormat::Table)]
    pub(super) format: SearchFormat,
}

/// Arguments of `show`.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  rapporteur show 0b3k5m7p9r2t.4                 a passage between its neighbours
  rapporteur show 0b3k5m7p9r2t                   the whole article
  rapporteur show 0b3k5m7p9r2t.4 --why           who speaks and why, marked in the text
  rapporteur show 0b3k5m7p9r2t.4 --format json")]
pub(super) struct ShowArgs {
    /// A passage id (`<article>.<n>`) or an article id
    pub(super) id: String,
    /// Mark in the text what each attribution rests on, and list the reasons below it
    #[arg(long)]
    pub(super) why: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = ShowFormat::Text)]
    pub(super) format: ShowFormat,
}

/// Arguments of `lineage`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur lineage 0b3k5m7p9r2t.4.q1
  rapporteur lineage 0b3k5m7p9r2t.4.q1 --format csv > versions.csv
  rapporteur show 0b3k5m7p9r2t.4 --why           names the ids of a passage's quotations",
    after_help = "[-words-] are those that the first version has and this one has not, {+words+} the other way round. A \
                  flag says that a change drops or adds a negation, a number, a name or a hedge; what that means is \
                  not judged."
)]
pub(super) struct LineageArgs {
    /// A quotation's id (`<article>.<n>.q<m>`)
    pub(super) id: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = LineageFormat::Text)]
    pub(super) format: LineageFormat,
}

/// Arguments of `clean`.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  rapporteur clean page.html
  rapporteur clean corpus --format jsonl > articles.jsonl
  curl -s https://velmarcourier.example/a | rapporteur clean - --dropped")]
pub(super) struct CleanArgs {
    /// Files and folders; `-` is standard input
    #[arg(default_value = "-")]
    pub(super) paths: Vec<PathBuf>,
    /// How to print the articles
    #[arg(long, value_enum, default_value_t = CleanFormat::Text)]
    pub(super) format: CleanFormat,
    /// Also print what cleaning left out, each with the rule that dropped it
    #[arg(long)]
    pub(super) dropped: bool,
    /// Also print where the links of each block lead (jsonl always does)
    #[arg(long)]
    pub(super) links: bool,
    /// Also print what each source says of itself and why it is believed, and what was not taken (jsonl always does)
    #[arg(long)]
    pub(super) why: bool,
}

/// Arguments of `attribute`.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  rapporteur attribute texts.jsonl > quotes.jsonl
  echo '{\"id\": 1, \"text\": \"\\\"Yes,\\\" said Pieter Vael.\"}' | rapporteur attribute")]
pub(super) struct AttributeArgs {
    /// JSONL of `{\"id\", \"text\"}`; `-` is standard input
    #[arg(default_value = "-")]
    pub(super) path: PathBuf,
}

/// Arguments of `speakers`.
#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  rapporteur speakers
  rapporteur speakers --unresolved                               who has no entry in speakers.toml
  rapporteur speakers --unresolved --format toml >> speakers.toml
  rapporteur speakers --format csv > speakers.csv")]
pub(super) struct SpeakersArgs {
    /// Only those whom the authority file does not know
    #[arg(long)]
    pub(super) unresolved: bool,
    /// How to print them; toml has an entry of the authority file for each whom it does not know
    #[arg(long, value_enum, default_value_t = SpeakersFormat::Table)]
    pub(super) format: SpeakersFormat,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
#[command(
    before_help = "\
Examples:
  rapporteur verify 0b3k5m7p9r2t.4              one passage
  rapporteur verify 0b3k5m7p9r2t                every passage of an article
  rapporteur verify --all
  rapporteur verify --file export.jsonl         what `search --format jsonl` once printed",
    after_help = "Exit code 4: at least one passage is not what its original gives, or cannot be derived."
)]
pub(super) struct VerifyArgs {
    /// Passage ids (`<article>.<n>`) and article ids
    #[arg(value_name = "ID", required_unless_present_any = ["all", "file"], conflicts_with_all = ["all", "file"])]
    pub(super) ids: Vec<String>,
    /// Every passage of the index
    #[arg(long, conflicts_with = "file")]
    pub(super) all: bool,
    /// The passages of an export in JSONL, against what it says of them; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) file: Option<PathBuf>,
    /// How to print what was found; the table names only what differs
    #[arg(long, value_enum, default_value_t = VerifyFormat::Table)]
    pub(super) format: VerifyFormat,
}

/// Arguments of `status`.
#[derive(Debug, Args)]
#[command(before_help = "Examples:\n  rapporteur status\n  rapporteur status --format json")]
pub(super) struct StatusArgs {
    /// How to print it
    #[arg(long, value_enum, default_value_t = ReportFormat::Table)]
    pub(super) format: ReportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ByArg {
    Passage,
    Article,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SortArg {
    Relevance,
    Newest,
    Oldest,
}

impl From<SortArg> for Sort {
    fn from(sort: SortArg) -> Self {
        match sort {
            SortArg::Relevance => Self::Relevance,
            SortArg::Newest => Self::Newest,
            SortArg::Oldest => Self::Oldest,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GroupArg {
    Speaker,
    Article,
    Outlet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SearchFormat {
    Table,
    Jsonl,
    Json,
    Csv,
    Md,
    /// A run in the form of TREC, with --batch
    Trec,
    Parquet,
    Bibtex,
    CslJson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SyntaxArg {
    Plain,
    Query,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FeedbackArg {
    On,
    Off,
    Auto,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Table,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum VerifyFormat {
    Table,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SpeakersFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Toml,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LineageFormat {
    Text,
    Json,
    Jsonl,
    Csv,
    Md,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CleanFormat {
    Text,
    Jsonl,
}

/// An argument that clap took and that means nothing all the same.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct UsageError(pub(super) String);

impl SettingsArgs {
    /// The settings file's values, overridden by the arguments; relative paths of arguments are taken from
    /// the working folder.
    pub(super) fn load(self) -> anyhow::Result<Settings> {
        let mut settings = match &self.config {
            Some(path) => Settings::read(path)?,
            None => Settings::find(&std::env::current_dir()?)?,
        };
        let given = [
            (self.corpus, &mut settings.corpus),
            (self.index, &mut settings.index),
            (self.topics, &mut settings.topics),
            (self.speakers, &mut settings.speakers),
            (self.overrides, &mut settings.overrides),
            (self.searches, &mut settings.searches),
        ];
        for (argument, setting) in given {
            if let Some(path) = argument {
                *setting = path;
            }
        }
        settings.model = match self.model {
            Some(path) => ModelChoice::File(path),
            None if self.no_model => ModelChoice::None,
            None => settings.model,
        };
        settings.outlet = self.default_outlet.or(settings.outlet);
        settings.language = self.language.unwrap_or(settings.language);
        settings.time_zone = self.time_zone.or(settings.time_zone);
        Ok(settings)
    }
}

impl SettingsArgs {
    /// The settings that were given, as words of a command line.
    pub(super) fn words(&self) -> Vec<String> {
        let paths = [
            ("--config", &self.config),
            ("--corpus", &self.corpus),
            ("--index", &self.index),
            ("--topics", &self.topics),
            ("--speakers", &self.speakers),
            ("--model", &self.model),
        ];
        let texts = [
            ("--default-outlet", &self.default_outlet),
            ("--language", &self.language),
            ("--time-zone", &self.time_zone),
        ];
        let paths = paths.map(|(name, path)| (name, path.as_ref().map(|path| path.display().to_string())));
        let texts = texts.map(|(name, text)| (name, text.clone()));
        let given = paths.into_iter().chain(texts).filter_map(|(name, value)| Some([name.to_owned(), value?]));
        given.flatten().chain(self.no_model.then(|| "--no-model".to_owned())).collect()
    }
}

fn language(text: &str) -> Result<String, String> {
    language_refusal(text).map_or_else(|| Ok(text.to_owned()), Err)
}

fn time_zone(text: &str) -> Result<String, String> {
    time_zone_refusal(text).map_or_else(|| Ok(text.to_owned()), Err)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_examples() {
        for command in Cli::command().get_subcommands() {
            let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
            assert!(examples.starts_with("Examples:"), "{}", command.get_name());
        }
    }
}
