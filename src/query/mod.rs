//! The query language: a text in, a syntax tree out, or an error that points at the character.
//!
//! Knows the nouns of `model` and no engine.

pub mod ast;
mod filter;

pub use ast::{Constraint, DateRange, FieldClause, Group, Node, Place, Query, Words};
pub use filter::Filters;
