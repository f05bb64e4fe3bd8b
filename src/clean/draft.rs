//! What every format's reader gives: an article in pieces, before its structure is known.
//!
//! For the step that follows (structure), which refines the kinds – questions, answers, editor's
//! notes – and assembles the [`Article`](crate::model::Article). The title is not among the pieces.

use std::ops::Range;

use jiff::civil::Date;

use crate::model::{BlockKind, Disagreement, DroppedBlock, LiveEntry, Metadata, Publication};

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
    /// What the source itself calls the article.
    pub record: Option<String>,
    /// What it says of itself beside, and the reasons for its fields.
    pub metadata: Metadata,
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
    /// Whether all of it is in italics.
    pub slanted: bool,
    /// Whether a rule stands before it: `<hr>`, `---`.
    pub after_rule: bool,
    /// What the markup's names call it, a question or an answer.
    pub said: Option<Said>,
    /// The links in it: bytes of `text`, in order and apart, and the absolute address.
    pub links: Vec<(Range<usize>, String)>,
    /// In a live blog, the entry that it belongs to.
    pub entry: Option<LiveEntry>,
    /// On the first paragraph of a labelled turn, its label.
    pub label: Option<TurnLabel>,
}

/// What an element's name says of its words: `class="interview-question"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Somebody asks.
    Question,
    /// Somebody answers.
    Answer,
}

/// A turn's label, found by the structure's step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnLabel {
    /// Where it stands, in bytes of the piece's text, its colon left out.
    pub at: Range<usize>,
    /// The one who speaks, as it names her: without the time that may stand beside the name.
    pub name: String,
}

impl Piece {
    /// A piece in plain type.
    #[must_use]
    pub fn plain(kind: BlockKind, text: impl Into<String>) -> Self {
        let strong = Strong::None;
        let (slanted, after_rule) = (false, false);
        let (text, links) = (text.into(), Vec::new());
        Self { kind, text, strong, slanted, after_rule, said: None, links, entry: None, label: None }
    }

    /// Puts the text of `rest` behind its own, after a space.
    pub(super) fn join(&mut self, rest: Self) {
        self.text.push(' ');
        let from = self.text.len();
        self.text.push_str(&rest.text);
        self.links.extend(rest.links.into_iter().map(|(at, url)| (at.start + from..at.end + from, url)));
        if self.strong == Strong::Whole && rest.strong != Strong::Whole {
            self.strong = Strong::None;
        }
        self.slanted &= rest.slanted;
    }

    /// Puts a space into its text, at byte `at`.
    pub(super) fn insert_space(&mut self, at: usize) {
        self.text.insert(at, ' ');
        for (link, _) in &mut self.links {
            link.start += usize::from(link.start >= at);
            link.end += usize::from(link.end > at);
        }
    }

    /// The part of it at bytes `part`, white space at the ends left out; `None` where nothing is left.
    pub(super) fn part(&self, part: Range<usize>) -> Option<Self> {
        let whole = self.text.get(part.clone())?;
        let text = whole.trim();
        let from = part.start + (whole.len() - whole.trim_start().len());
        let within = |at: &Range<usize>| at.start >= from && at.end <= from + text.len();
        let links = self.links.iter().filter(|(at, _)| within(at));
        (!text.is_empty()).then(|| Self {
            kind: self.kind,
            text: text.to_owned(),
            strong: if part.start == 0 { self.strong } else { Strong::None },
            links: links.map(|(at, url)| (at.start - from..at.end - from, url.clone())).collect(),
            slanted: self.slanted,
            after_rule: self.after_rule && part.start == 0,
            said: self.said,
            entry: self.entry.clone(),
            label: None,
        })
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

/// The links of a block, each where its words stand in the block's text.
pub(super) fn placed(links: Vec<(String, String)>, text: &str) -> Vec<(Range<usize>, String)> {
    let mut from = 0;
    let mut place = |(words, url): (String, String)| {
        let at = text.get(from..)?.find(&words).filter(|_| !words.is_empty())? + from;
        from = at + words.len();
        Some((at..from, url))
    };
    links.into_iter().filter_map(&mut place).collect()
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
