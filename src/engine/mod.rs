//! What keeps passages and finds them again, whoever does it.
//!
//! [`Engine`] speaks the nouns of `model` and `query`; no type of a search library crosses it.

mod error;
mod score;
mod tantivy;

use std::ops::ControlFlow;
use std::sync::Arc;

pub use error::EngineError;
use jiff::civil::Date;
pub use score::{FeedbackSign, ScoreParts, WordPart};
use serde::Serialize;

pub use self::tantivy::TantivyEngine;
use crate::model::{ArticleId, Passage, PassageId, Span};
use crate::query::{Node, Query};

/// Which hits are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many at the most.
    pub top: usize,
    /// What is ranked.
    pub by: By,
    /// Which come first.
    pub sort: Sort,
}

/// Which hits come first. Undated ones come last where dates decide; equal ones by score, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Those that match best.
    #[default]
    Relevance,
    /// Those published last.
    Newest,
    /// Those published first.
    Oldest,
}

/// What is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Each passage for itself.
    #[default]
    Passage,
    /// Each article once, by its matching passages together; its best passage stands for it.
    Article,
}

/// A passage that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// How well it matches; comparable within one search only.
    pub score: f32,
    /// The passage.
    pub passage: Passage,
    /// The words that made it match, as code points of `passage.text`, in order, without overlap.
    pub highlights: Vec<Span>,
    /// How many passages of the same article match besides; 0 unless articles are ranked.
    pub more: usize,
    /// Where the score came from.
    pub parts: ScoreParts,
}

/// A hit by name alone, for runs of many queries.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedName {
    /// The passage, or the best passage of the article.
    pub passage: PassageId,
    /// What the source calls the article.
    pub record: Option<String>,
    /// How well it matches; comparable within one search only.
    pub score: f64,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// How many passages (or articles) match in all.
    pub total: usize,
    /// The best of them, best first; equal scores by date, the newest first, then by passage id.
    pub hits: Vec<Hit>,
}

/// A field whose values can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vocabulary {
    /// Every folded name and id by which a speaker can be asked for.
    SpeakerNames,
    /// Every speaker's id.
    SpeakerIds,
    /// Every topic's id.
    TopicIds,
    /// Every outlet's folded name.
    Outlets,
    /// Every folded name and id by which somebody mentioned can be asked for.
    MentionedNames,
    /// Every folded name, and each of its words, in a byline.
    AuthorNames,
    /// Every language, by its ISO 639 code.
    Languages,
}

/// A passage that matches, with each of its matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched {
    /// The passage.
    pub passage: Passage,
    /// Each match from its first word to its last, as code points of `passage.text`, in order; of two matches of one
    /// clause of which one holds the other, the shorter. None where the query asks for no words.
    pub matches: Vec<Span>,
}

/// What is counted of a passage: all that columns tell, without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The passage.
    pub passage: PassageId,
    /// First and last day on which it may have been published; `None` where that is not known.
    pub published: Option<(Date, Date)>,
    /// Whether the first day is only a bound, inferred from the text.
    pub inferred: bool,
    /// Everybody who speaks in it, by id.
    pub speakers: Vec<Arc<Known>>,
    /// Its topics and those that they are part of, by id; names are the ids.
    pub topics: Vec<Arc<Known>>,
    /// Where it was published, by [`outlet_key`](crate::model::outlet_key).
    pub outlet: Option<Arc<Known>>,
}

/// Somebody or something that is counted by a key, and shown by a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Known {
    /// By what it is told from others.
    pub key: String,
    /// As the source writes it.
    pub name: String,
}

/// A word of the passages' texts, and how often it stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordCount {
    /// Without case and diacritics.
    pub word: String,
    /// The stem under which a search finds it.
    pub stem: String,
    /// Passages that hold it.
    pub passages: u64,
    /// How often they do.
    pub occurrences: u64,
}

/// How words are told apart where they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WordForm {
    /// By their folded forms, as [`words`](crate::analysis::words) gives them.
    #[default]
    Folded,
    /// By their stems, as [`Analyzer`](crate::analysis::Analyzer) gives them.
    Stem,
}

/// How often words stand in the texts of all passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frequencies {
    /// Of each word that was asked for, in that order.
    pub of_each: Vec<u64>,
    /// Of all words together.
    pub words: u64,
}

/// Figures of the whole index.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figures {
    /// Passages in the index.
    pub passages: u64,
    /// The first and the last day of publication, as EDTF dates.
    pub published: Option<(Date, Date)>,
}

/// What an index can do, whoever keeps it.
pub trait Engine {
    /// Puts an article's passages in place of those it had; readers see it after [`Engine::commit`].
    fn put(&mut self, article: ArticleId, passages: &[Passage]) -> Result<(), EngineError>;

    /// Takes an article's passages out; readers see it after [`Engine::commit`].
    fn remove(&mut self, article: ArticleId) -> Result<(), EngineError>;

    /// Makes durable what was put and removed, and shows it to readers, all at once.
    fn commit(&mut self) -> Result<(), EngineError>;

    /// The first passages for `query` in the order of `page`, taken from all that match.
    fn search(&self, query: &Query, page: Page) -> Result<Hits, EngineError>;

    /// The names of the best for `query`, without reading them.
    fn names(&self, query: &Query, page: Page) -> Result<Vec<RankedName>, EngineError>;

    /// How many passages match one clause of `query`.
    fn count(&self, query: &Query, clause: &Node) -> Result<usize, EngineError>;

    /// Gives `visit` every passage that matches `query`, one at a time and in no order, until it breaks off.
    fn each_match(&self, query: &Query, visit: &mut dyn FnMut(Matched) -> ControlFlow<()>) -> Result<(), EngineError>;

    /// Gives `visit` what is counted of every passage that matches `query`, or of all, in no order.
    fn each_fact(&self, query: Option<&Query>, visit: &mut dyn FnMut(Facts)) -> Result<(), EngineError>;

    /// How often each of `words`, folded or stems, stands in the texts of all passages.
    fn frequencies(&self, form: WordForm, words: &[String]) -> Result<Frequencies, EngineError>;

    /// One passage; `None` where there is none of this id.
    fn passage(&self, id: PassageId) -> Result<Option<Passage>, EngineError>;

    /// An article's passages, in reading order; none where there is no such article.
    fn article(&self, id: ArticleId) -> Result<Vec<Passage>, EngineError>;

    /// The values of a field, in order, with the number of passages that hold each.
    fn vocabulary(&self, field: Vocabulary) -> Result<Vec<(String, u64)>, EngineError>;

    /// The words of the texts, folded, at most two letters away from `word` and not itself, in order, with the number
    /// of passages that hold each.
    fn similar_words(&self, word: &str) -> Result<Vec<(String, u64)>, EngineError>;

    /// The words of the passages' texts that begin with `prefix`, which is folded; by letters.
    fn words(&self, prefix: &str) -> Result<Vec<WordCount>, EngineError>;

    /// Figures of the whole index.
    fn figures(&self) -> Result<Figures, EngineError>;
}
