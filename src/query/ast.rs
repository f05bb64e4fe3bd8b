//! The syntax tree of a query: what was asked, whoever answers it.
//!
//! It holds words as they were typed; analysing them (case, diacritics, stems) is the engine's work.
//! Every leaf knows its place in the query, so that a complaint can point at it.

use std::ops::Range;

use serde::Serialize;

use crate::model::{PartialDate, PassageKind, Speaker, fold_name};

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
    /// A word in the passage's text.
    Word(Word),
    /// Words in a fixed order in the passage's text.
    Phrase(Phrase),
    /// Two clauses near each other in the passage's text (`NEAR/5`, `BEFORE/5`).
    Near(Near),
    /// A clause that holds within one sentence or paragraph of the passage's text.
    Within(Within),
    /// What a field must hold; narrows, and does not add to the score.
    Field(FieldClause),
    /// A clause whose score is multiplied (`^2`).
    Boost(Boost),
    /// Every one must match (`AND`).
    And(Vec<Node>),
    /// At least one must match (`OR`).
    Or(Vec<Node>),
    /// Must not match (`NOT`, `-`).
    Not(Box<Node>),
    /// Clauses written side by side.
    Group(Group),
}

/// One word and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Word {
    /// Which words it stands for.
    pub pattern: Pattern,
    /// Where it stands in the query.
    pub at: Place,
}

/// Which words of a text one word of a query stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// Words of the same stem, case and diacritics aside (`railway`). One that the analyzer cuts into
    /// several (`good-neighbourly`) is their phrase.
    Stem(String),
    /// The word as it is written: no stem, case and diacritics respected (`=Rail`).
    Exact(String),
    /// Words of this shape, `*` any letters and `?` any one letter, case and diacritics aside (`rail*`).
    Wildcard(String),
    /// Words at most `edits` letters away, case and diacritics aside (`Kyrgystan~1`).
    Fuzzy {
        /// As it was typed.
        word: String,
        /// Letters inserted, deleted, changed or swapped with their neighbour: 1 or 2.
        edits: u8,
    },
    /// Words that the regular expression matches as a whole, case and diacritics aside (`/rail(way)?/`).
    Regex(String),
}

/// Words in a fixed order, and their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phrase {
    /// Its words and gaps, in order; it begins and ends with words.
    pub slots: Vec<Slot>,
    /// How many other words may stand between its slots, over all of them.
    pub slop: u32,
    /// Where it stands in the query, quote marks included.
    pub at: Place,
}

/// One step of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// Exactly one word, whichever (`*`).
    Gap,
    /// One of several words, or of several runs of words next to each other (`(free|fair)`).
    Words(Vec<Vec<Pattern>>),
}

/// Two clauses near each other, and the operator's place.
///
/// Both sides are words, phrases, alternatives of such, or again near each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Near {
    /// What stands before the operator.
    pub left: Box<Node>,
    /// What stands after it.
    pub right: Box<Node>,
    /// How far the first word of the later one may stand behind the last word of the earlier one, in words: 1 is
    /// next to each other.
    pub distance: u32,
    /// Whether the left one must come first (`BEFORE`).
    pub ordered: bool,
    /// Where the operator stands in the query.
    pub at: Place,
}

/// A clause that holds within one unit of the text, and its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Within {
    /// Which unit.
    pub unit: Unit,
    /// What must match between the unit's bounds: words, phrases, `NEAR`, and `AND`, `OR`, `NOT` over them. Side by
    /// side, all must match.
    pub clause: Box<Node>,
    /// Where the whole stands in the query.
    pub at: Place,
}

/// A unit of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// A clause whose score is multiplied.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Boost {
    /// The clause.
    pub clause: Box<Node>,
    /// By how much; more than zero.
    pub factor: f32,
    /// Where `^` and the number stand in the query.
    pub at: Place,
}

/// Clauses side by side: `railway water speaker:kaldan -tunnel`.
///
/// Where `must` is empty at least one of `any` has to match, fields or not; each of `any` that matches adds to the
/// score.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Group {
    /// Bare words, phrases and parenthesised clauses: any may match, all are preferred.
    pub any: Vec<Node>,
    /// The same under `+`, or where all are required: every one has to match.
    pub must: Vec<Node>,
    /// Field clauses: all have to match.
    pub narrow: Vec<Node>,
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
    /// Somebody who speaks in the passage, by id alone (`speaker:=omer-kaldan`).
    SpeakerId(String),
    /// Words next to each other in the role of somebody who speaks in the passage.
    Role(String),
    /// Words next to each other in the name of the body for which somebody speaks in the passage.
    Affiliation(String),
    /// Somebody whom the passage mentions, by id, name or any alias.
    About(String),
    /// A topic of the passage, by id or label; its narrower topics are included.
    Topic(String),
    /// The article's outlet, by name.
    Outlet(String),
    /// A word in the article's title.
    TitleWord(Word),
    /// Words in a fixed order in the article's title.
    TitlePhrase(Phrase),
    /// Somebody named in the byline: a name or one of its words.
    Author(String),
    /// What the passage is.
    Kind(PassageKind),
    /// The article's language, by its ISO 639 code.
    Lang(String),
    /// A date that the passage mentions.
    Date(DateRange),
    /// When the article was published.
    Published(DateRange),
    /// The passage of this id, or the passages of the article of this id.
    Id(String),
    /// Any value at all (`speaker:*`).
    Exists(FieldName),
}

/// A field that a clause may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// Who speaks.
    Speaker,
    /// In what role.
    Role,
    /// For which body.
    Affiliation,
    /// Who is mentioned.
    About,
    /// What it is about.
    Topic,
    /// Who published it.
    Outlet,
    /// The article's title.
    Title,
    /// Who wrote it.
    Author,
    /// What the passage is.
    Kind,
    /// The article's language.
    Lang,
    /// Dates mentioned.
    Date,
    /// When it was published.
    Published,
    /// Which passage or article.
    Id,
}

impl Constraint {
    /// The field that it is about.
    pub fn field(&self) -> FieldName {
        match self {
            Self::Speaker(_) | Self::SpeakerId(_) => FieldName::Speaker,
            Self::Role(_) => FieldName::Role,
            Self::Affiliation(_) => FieldName::Affiliation,
            Self::About(_) => FieldName::About,
            Self::Topic(_) => FieldName::Topic,
            Self::Outlet(_) => FieldName::Outlet,
            Self::TitleWord(_) | Self::TitlePhrase(_) => FieldName::Title,
            Self::Author(_) => FieldName::Author,
            Self::Kind(_) => FieldName::Kind,
            Self::Lang(_) => FieldName::Lang,
            Self::Date(_) => FieldName::Date,
            Self::Published(_) => FieldName::Published,
            Self::Id(_) => FieldName::Id,
            Self::Exists(name) => *name,
        }
    }

    /// Whether it asks for `speaker`, by name or by id; `None` where it asks for something else.
    pub fn asks_for(&self, speaker: &Speaker) -> Option<bool> {
        match self {
            Self::Speaker(name) => Some(speaker.keys().contains(&fold_name(name))),
            Self::SpeakerId(id) => Some(speaker.id.as_str() == id),
            _ => None,
        }
    }
}

impl FieldName {
    /// Every field, in the order of the docs.
    pub const ALL: [Self; 13] = [
        Self::Speaker,
        Self::Role,
        Self::Affiliation,
        Self::About,
        Self::Topic,
        Self::Outlet,
        Self::Title,
        Self::Author,
        Self::Kind,
        Self::Lang,
        Self::Date,
        Self::Published,
        Self::Id,
    ];

    /// Its name in queries.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Role => "role",
            Self::Affiliation => "affiliation",
            Self::About => "about",
            Self::Topic => "topic",
            Self::Outlet => "outlet",
            Self::Title => "title",
            Self::Author => "author",
            Self::Kind => "kind",
            Self::Lang => "lang",
            Self::Date => "date",
            Self::Published => "published",
            Self::Id => "id",
        }
    }
}

impl Word {
    /// A bare word.
    pub fn stem(text: impl Into<String>, at: Place) -> Self {
        Self { pattern: Pattern::Stem(text.into()), at }
    }
}

impl Phrase {
    /// The bare words of `text`, next to each other.
    pub fn of(text: &str, at: Place) -> Self {
        let slot = |word: &str| Slot::Words(vec![vec![Pattern::Stem(word.to_owned())]]);
        Self { slots: text.split_whitespace().map(slot).collect(), slop: 0, at }
    }
}

impl Node {
    /// A field clause that stands nowhere in the query's text.
    pub fn unplaced(constraint: Constraint) -> Self {
        Self::Field(FieldClause { constraint, at: 0..0, value_at: 0..0 })
    }

    /// The clauses right below this one, in the order in which they were typed but for groups: these give what may
    /// match, what must, what narrows and what must not.
    pub fn children(&self) -> Vec<&Node> {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Field(_) => Vec::new(),
            Self::Near(near) => vec![&near.left, &near.right],
            Self::Within(within) => vec![&within.clause],
            Self::Boost(boost) => vec![&boost.clause],
            Self::Not(node) => vec![node],
            Self::And(nodes) | Self::Or(nodes) => nodes.iter().collect(),
            Self::Group(group) => {
                group.any.iter().chain(&group.must).chain(&group.narrow).chain(&group.must_not).collect()
            }
        }
    }

    /// The same, to change them.
    pub fn children_mut(&mut self) -> Vec<&mut Node> {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Field(_) => Vec::new(),
            Self::Near(near) => vec![&mut near.left, &mut near.right],
            Self::Within(within) => vec![&mut within.clause],
            Self::Boost(boost) => vec![&mut boost.clause],
            Self::Not(node) => vec![node],
            Self::And(nodes) | Self::Or(nodes) => nodes.iter_mut().collect(),
            Self::Group(group) => {
                let Group { any, must, narrow, must_not } = group;
                any.iter_mut().chain(must).chain(narrow).chain(must_not).collect()
            }
        }
    }

    /// What may make a passage match: the same without what is denied.
    pub fn asked(&self) -> Vec<&Node> {
        match self {
            Self::Not(_) => Vec::new(),
            Self::Group(group) => group.any.iter().chain(&group.must).chain(&group.narrow).collect(),
            node => node.children(),
        }
    }
}

/// From the first day of `from` to the last day of `to`; open where one is absent, never at both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DateRange {
    /// Its first day, month or year.
    pub from: Option<PartialDate>,
    /// Its last day, month or year, included.
    pub to: Option<PartialDate>,
}
