//! An article: one text with its blocks, and what the source says of itself.

use serde::{Deserialize, Serialize};

use super::{ArticleId, ContentHash, Disagreement, Metadata, Publication, Span};

/// Where an article came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceRef {
    /// The file's path, with `:<line>` for a record inside a JSONL file; `-` for standard input.
    pub path: String,
    /// Hash of the original bytes (after decompression), the key to the archive.
    pub blake3: ContentHash,
    /// What the source itself calls the article: the field `id` of a JSONL record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The article's headline.
    Title,
    /// A subhead within the article.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// Text set apart as somebody's words.
    Quote,
    /// A table's row, its cells joined by ` | `.
    Table,
    /// What stands under a picture, with its credit where they are one line.
    Caption,
    /// Who made a picture, on a line of its own.
    Credit,
    /// The editors speaking of the article.
    EditorNote,
    /// The editors correcting the article.
    Correction,
    /// What heads an entry of a live blog; its time is in [`Block::entry`].
    LiveEntry,
    /// An interviewer's turn.
    Question,
    /// A turn of somebody who is interviewed, or who speaks in a transcript.
    Answer,
}

impl BlockKind {
    /// Whether the block belongs to the article proper, its body: all but titles, captions, credits,
    /// editor's notes and corrections.
    #[must_use]
    pub fn is_body(self) -> bool {
        !matches!(self, Self::Title | Self::Caption | Self::Credit) && !self.is_note()
    }

    /// Whether the editors speak in it.
    #[must_use]
    pub fn is_note(self) -> bool {
        matches!(self, Self::EditorNote | Self::Correction)
    }

    /// Whether it heads what follows.
    #[must_use]
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Heading | Self::LiveEntry)
    }

    /// Whether it is a turn of an interview or transcript.
    #[must_use]
    pub fn is_turn(self) -> bool {
        matches!(self, Self::Question | Self::Answer)
    }
}

/// A run of the article's text that is one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in [`Article::text`].
    pub span: Span,
    /// For a turn, who speaks, as the article labels it (`GT`, `Baktygulov`, `PRESIDENT KALDAN`);
    /// a turn's later paragraphs carry the label of its first.
    pub speaker: Option<String>,
    /// Where the label itself stands, on the paragraph that carries it.
    pub label: Option<Span>,
    /// In a live blog, the entry that the block belongs to.
    pub entry: Option<LiveEntry>,
    /// The links in it, in reading order.
    pub links: Vec<Link>,
}

/// An entry of a live blog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiveEntry {
    /// Its place on the page, from 1.
    pub n: u32,
    /// Its time as the page shows it: `21:10`, `9.05 pm GMT`.
    pub time: String,
}

/// Words that lead to another page, the footnotes of a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words, in [`Article::text`].
    #[serde(flatten)]
    pub span: Span,
    /// Where they lead: an absolute web address.
    pub url: String,
}

/// A block that cleaning left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedBlock {
    /// Its text.
    pub text: String,
    /// The rule that dropped it: `share-bar`, `navigation`, `read-more` …
    pub reason: String,
}

/// One cleaned article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Derived from the canonical URL, or else from the content.
    pub id: ArticleId,
    /// What the source calls it: a JSONL record's `id`, a file's stem.
    pub name: String,
    /// Where it came from.
    pub source: SourceRef,
    /// Canonical URL.
    pub url: Option<String>,
    /// Headline, without the outlet's name.
    pub title: Option<String>,
    /// Persons named in the byline.
    pub authors: Vec<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// Day of publication, with the reason.
    pub published: Option<Publication>,
    /// BCP 47 language tag, as declared or detected.
    pub language: Option<String>,
    /// Every kept block, in reading order, joined by a blank line.
    pub text: String,
    /// The blocks of `text`, in order, without overlap.
    pub blocks: Vec<Block>,
    /// What was left out.
    pub dropped: Vec<DroppedBlock>,
    /// What the source also says of itself, and why it was not taken.
    pub disagreements: Vec<Disagreement>,
    /// Day of the last change, with the reason.
    pub modified: Option<Publication>,
    /// What it says of itself beside, and the reasons for its fields.
    pub metadata: Metadata,
}

impl Article {
    /// Text of one block.
    #[must_use]
    pub fn block_text(&self, block: &Block) -> &str {
        block.span.slice(&self.text)
    }

    /// The article proper: the blocks for which [`BlockKind::is_body`] holds, joined by a blank line.
    #[must_use]
    pub fn body(&self) -> String {
        let points = super::CodePoints::new(&self.text);
        let blocks: Vec<&str> =
            self.blocks.iter().filter(|block| block.kind.is_body()).map(|block| points.slice(block.span)).collect();
        blocks.join("\n\n")
    }
}
