//! Which passages a command is about: how its query is read, and filters beside it.

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::language;
use crate::model::{PartialDate, PassageKind, primary_subtag};
use crate::query::{Filters, Reading};
use crate::view::Asked;

/// How a query is read, and filters beside it.
#[derive(Debug, Args)]
pub(in crate::cli) struct AskedArgs {
    /// Require all words and clauses that stand side by side
    #[arg(long)]
    all: bool,
    /// Take the query as natural language: its words, no operators
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    /// The day that `yesterday` and `last 30 days` are counted from [default: today]
    #[arg(long, value_name = "DATE")]
    now: Option<jiff::civil::Date>,
    /// Only what this person or body says, by name, alias or id
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only what is said in a role with these words, such as `foreign minister`
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Only what is said for this state, organisation or company
    #[arg(long, value_name = "NAME")]
    affiliation: Option<String>,
    /// Only passages that mention this person or body, by name, alias or id
    #[arg(long, value_name = "NAME")]
    about: Option<String>,
    /// Only what is about this topic, by id or label
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,
    /// Only what was published on this day, month or year, or later
    #[arg(long, value_name = "DATE")]
    from: Option<PartialDate>,
    /// Only what was published on this day, month or year, or earlier
    #[arg(long, value_name = "DATE")]
    to: Option<PartialDate>,
    /// Only passages of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<KindArg>,
    /// Only what this outlet published
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Only articles with this name in the byline
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Only articles in this language, such as `en`
    #[arg(long, value_name = "LANG", value_parser = primary_language)]
    lang: Option<String>,
}

impl AskedArgs {
    /// What is asked for by `query` and the arguments.
    pub(in crate::cli) fn asked(&self, query: Option<&str>) -> Asked {
        Asked {
            query: query.map(str::to_owned),
            reading: Reading {
                all: self.all,
                plain: self.plain,
                now: Some(self.now.unwrap_or_else(|| jiff::ZonedDateTime::now().date())),
            },
            filters: Filters {
                speaker: self.speaker.clone(),
                role: self.role.clone(),
                affiliation: self.affiliation.clone(),
                about: self.about.clone(),
                topic: self.topic.clone(),
                outlet: self.outlet.clone(),
                author: self.author.clone(),
                lang: self.lang.clone(),
                kind: self.kind.map(|kind| kind.0),
                from: self.from,
                to: self.to,
            },
        }
    }
}

/// [`PassageKind`] as an argument, under its own names.
#[derive(Debug, Clone, Copy)]
struct KindArg(PassageKind);

impl ValueEnum for KindArg {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [KindArg; 7] = {
            let mut all = [KindArg(PassageKind::Narration); 7];
            let mut index = 0;
            while index < all.len() {
                all[index] = KindArg(PassageKind::ALL[index]);
                index += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(self.0.as_str().into())
    }
}

fn primary_language(text: &str) -> Result<String, String> {
    language(text).map(|tag| primary_subtag(&tag))
}
