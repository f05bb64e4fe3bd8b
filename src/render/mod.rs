//! Values of the views as text: for a terminal, for a program, for a document. Text from the corpus is
//! made harmless on every way out; where the text goes is the caller's to say.

mod alerts;
mod bibtex;
mod citation;
mod copies;
mod correct;
mod csl;
mod csv;
mod explanation;
mod group;
mod json;
mod lineage;
mod markdown;
mod parquet;
mod plain;
mod record;
mod run;
mod score;
mod speakers;
mod status;
mod style;
mod understood;
mod verify;
mod why;

pub use self::alerts::{alert_summary, alerts_csv, alerts_json, alerts_jsonl, alerts_markdown, alerts_table};
pub use self::csv::search_csv;
pub use self::parquet::search_parquet;
pub use bibtex::search_bibtex;
pub use correct::{overrides_csv, overrides_json, overrides_jsonl, overrides_table};
pub use csl::search_csl_json;
pub use explanation::explanation;
pub use json::{article_jsonl, quotes_jsonl, search_json, search_jsonl, shown_json};
pub use lineage::{lineage_csv, lineage_json, lineage_jsonl, lineage_markdown, lineage_text};
pub use markdown::search_markdown;
pub use plain::{Beside, article_text, search_table, shown_text};
pub use record::SearchRecord;
pub use run::{batch_jsonl, trec_run};
pub use speakers::{speakers_csv, speakers_json, speakers_jsonl, speakers_table, speakers_toml};
pub use status::status_table;
pub use understood::{understood_json, understood_text};
pub use verify::{verification_json, verification_jsonl, verification_table};
pub use why::Marking;
