//! The query language: a text in, a syntax tree out, or an error that points at the character.
//!
//! Knows the nouns of `model` and no engine.

pub mod ast;
mod check;
mod dates;
mod error;
mod field;
mod filter;
mod lex;
mod limits;
mod operator;
mod parse;
mod pattern;
mod phrase;
mod plain;
mod print;
mod regular;
mod relative;
mod word;

pub use ast::{
    Boost, Constraint, DateRange, FieldClause, FieldName, Group, Near, Node, Pattern, Phrase, Place, Query, Slot, Unit,
    Within, Word,
};
pub use error::ParseError;
pub use filter::Filters;
pub use limits::{MAX_CLAUSES, MAX_DEPTH, MAX_LEN};
pub use parse::{Reading, parse, parse_with};
pub use plain::plain;
pub use print::to_query_string;
