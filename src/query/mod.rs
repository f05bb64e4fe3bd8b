//! The query language: a text in, a syntax tree out, or an error that points at the character.
//!
//! Knows the nouns of `model` and no engine.

pub mod ast;
mod dates;
mod error;
mod field;
mod filter;
mod lex;
mod parse;
mod plain;
mod print;
mod word;

pub use ast::{
    Boost, Constraint, DateRange, FieldClause, FieldName, Group, Near, Node, Pattern, Phrase, Place, Query, Slot, Unit,
    Within, Word,
};
pub use error::ParseError;
pub use filter::Filters;
pub use parse::{MAX_CLAUSES, MAX_DEPTH, MAX_LEN, parse};
pub use plain::plain;
pub use print::to_query_string;
