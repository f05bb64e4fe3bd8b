//! Values of the views as text: for a terminal, for a program, for a document. Text from the corpus is
//! made harmless on every way out; where the text goes is the caller's to say.

mod axis;
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
mod matrix;
mod parquet;
mod plain;
mod plot;
mod quotes;
mod record;
mod run;
mod score;
mod speakers;
mod status;
mod style;
mod trends;
mod understood;
mod verify;
mod vocabularies;
mod why;

pub use self::csv::search_csv;
pub use self::parquet::search_parquet;
pub use bibtex::search_bibtex;
pub use correct::{overrides_csv, overrides_json, overrides_jsonl, overrides_table};
pub use csl::search_csl_json;
pub use explanation::explanation;
pub use json::{article_jsonl, quotes_jsonl, search_json, search_jsonl, shown_json};
pub use lineage::{lineage_csv, lineage_json, lineage_jsonl, lineage_markdown, lineage_text};
pub use markdown::search_markdown;
pub use matrix::{matrix_csv, matrix_json, matrix_jsonl, matrix_markdown, matrix_text};
pub use plain::{Beside, article_text, search_table, shown_text};
pub use plot::trends_svg;
pub use quotes::{said_csv, said_json, said_jsonl, said_markdown, said_summary, said_text};
pub use record::SearchRecord;
pub use run::{batch_jsonl, trec_run};
pub use speakers::{speakers_csv, speakers_json, speakers_jsonl, speakers_table, speakers_toml};
pub use status::status_table;
pub use trends::{trends_csv, trends_json, trends_jsonl, trends_markdown, trends_text};
pub use understood::{understood_json, understood_text};
pub use verify::{verification_json, verification_jsonl, verification_table};
pub use vocabularies::{
    outlets_csv, outlets_table, terms_csv, terms_table, topics_csv, topics_table, vocabulary_json, vocabulary_jsonl,
};
pub use why::Marking;
