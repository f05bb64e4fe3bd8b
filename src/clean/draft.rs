//! What every format's reader gives: an article in pieces, before its structure is known.
//!
//! For the step that follows (structure), which refines the kinds – questions, answers, editor's
//! notes – and assembles the [`Article`](crate::model::Article). The title is not among the pieces.

use jiff::civil::Date;

use crate::model::{BlockKind, Disagreement, DroppedBlock, Publication};

/// An article as its markup tells it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// Canonical URL.
    pub url: Option<String>,
    /// Headline, without the outlet's name.
    pub title: Option<String>,
    /// Persons named in the byline.
    pub authors: Vec<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// Day of publication, with the tag or text that states it.
    pub published: Option<Publication>,
    /// BCP 47 language tag, as declared.
    pub language: Option<String>,
    /// What was kept, in reading order.
    pub pieces: Vec<Piece>,
    /// What was left out, in reading order, each with the rule that dropped it.
    pub dropped: Vec<DroppedBlock>,
    /// What the source also says of itself, and why it was not taken.
    pub disagreements: Vec<Disagreement>,
    /// Day of the last change, with the tag or text that states it.
    pub modified: Option<Publication>,
    /// The day on which the source says that it was fetched.
    pub retrieved: Option<Date>,
}

/// One paragraph of text, or what stands for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What the markup makes of it.
    pub kind: BlockKind,
    /// Its text: white space collapsed, no line break, never empty.
    pub text: String,
    /// How much of it is bold.
    pub strong: Strong,
}

impl Piece {
    /// A piece without bold text.
    #[must_use]
    pub fn plain(kind: BlockKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), strong: Strong::None }
    }
}

/// How much of a piece is bold: interviews set their questions or their speakers' names so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strong {
    /// Nothing, or only something in the middle.
    #[default]
    None,
    /// This many bytes at its beginning.
    Lead(usize),
    /// All of it.
    Whole,
}

impl Draft {
    /// The article proper: the pieces of body kinds, joined by a blank line.
    #[must_use]
    pub fn body(&self) -> String {
        let pieces: Vec<&str> =
            self.pieces.iter().filter(|piece| piece.kind.is_body()).map(|piece| piece.text.as_str()).collect();
        pieces.join("\n\n")
    }
}
