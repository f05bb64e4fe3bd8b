//! The syntax tree of a query: what was asked, whoever answers it.
//!
//! It holds words as they were typed; analysing them (case, diacritics, stems) is the engine's work.
//! Every leaf knows its place in the query, so that a complaint can point at it.

use std::ops::Range;

use serde::Serialize;

use crate::model::{PartialDate, PassageKind};

/// A parsed query.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Query {
    /// As it was typed.
    pub text: String,
    /// What it means.
    pub root: Node,
}

/// Code points of the query's text, end exclusive.
pub type Place = Range<usize>;

/// A clause of a query.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// A word in the passage's text; one that the analyzer cuts into several is their phrase.
    Word(Words),
    /// Words next to each other, in this order, in the passage's text.
    Phrase(Words),
    /// What a field must hold; narrows, and does not add to the score.
    Field(FieldClause),
    /// Every one must match (`AND`).
    And(Vec<Node>),
    /// At least one must match (`OR`).
    Or(Vec<Node>),
    /// Must not match (`NOT`, `-`).
    Not(Box<Node>),
    /// Clauses written side by side.
    Group(Group),
}

/// Typed text and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Without quote marks.
    pub text: String,
    /// Where it stands in the query, quote marks included.
    pub at: Place,
}

/// Clauses side by side: `railway water speaker:kaldan -tunnel`.
///
/// Where `must` is empty at least one of `any` has to match; each of `any` that matches adds to the score.
/// A field clause beside words is of `must`: it narrows. With words in `any`, one of them has to match
/// whether or not there are field clauses.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Group {
    /// Bare words, phrases and parenthesised clauses: any may match, all are preferred.
    pub any: Vec<Node>,
    /// Field clauses: all have to match.
    pub must: Vec<Node>,
    /// Clauses under `-` or `NOT`: none may match.
    pub must_not: Vec<Node>,
}

/// A field clause and its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldClause {
    /// What the field must hold.
    pub constraint: Constraint,
    /// Where the clause stands in the query, the field's name included.
    pub at: Place,
    /// Where the value alone stands.
    pub value_at: Place,
}

/// What a field must hold.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Constraint {
    /// Somebody who speaks in the passage, by id, name or any alias.
    Speaker(String),
    /// A topic of the passage, by id or label.
    Topic(String),
    /// The article's outlet, by name.
    Outlet(String),
    /// A word, or words next to each other, in the article's title.
    Title(String),
    /// What the passage is.
    Kind(PassageKind),
    /// A date that the passage mentions.
    Date(DateRange),
    /// When the article was published.
    Published(DateRange),
}

/// From the first day of `from` to the last day of `to`; open where one is absent, never at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DateRange {
    /// Its first day, month or year.
    pub from: Option<PartialDate>,
    /// Its last day, month or year, included.
    pub to: Option<PartialDate>,
}
