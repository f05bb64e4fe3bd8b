//! The nouns of the house: articles, passages, speakers, topics, dates, and why each was assigned.
//!
//! Plain data with serde; no input or output, no knowledge of any other station. Every offset that
//! leaves a function of the model is a [`Span`] of Unicode code points into [`Article::text`].

mod article;
mod attribution;
mod correction;
mod date;
mod escape;
mod fold;
mod id;
mod metadata;
mod passage;
mod publication;
mod span;
mod topic;
mod why;

pub use article::{Article, Block, BlockKind, DroppedBlock, Link, LiveEntry, SourceRef};
pub use attribution::{Attribution, Mention, Mentioned, Quote, QuoteKind, Speaker};
pub use correction::{Correction, Overridden, Override, Target, TextMark};
pub use date::{DateMention, DateTextError, PartialDate, Precision, day_number, day_of_number};
pub use escape::{printable, single_line};
pub use fold::{fold, fold_name, outlet_key, slug};
pub(crate) use id::ARTICLE_DIGITS;
pub use id::{ArticleId, ContentHash, IdError, PassageId, QuoteId, SpeakerId, TopicId};
pub use metadata::{DetectedLanguage, Disagreement, Metadata, Reason};
pub use passage::{ArticleRef, Passage, PassageKind, primary_subtag};
pub use publication::{Publication, StatedTime, TimePrecision, TimeTextError, ZoneOrigin};
pub use span::{CodePoints, Span};
pub use topic::{Topic, TopicAssignment, TopicTerm};
pub use why::{Confidence, Evidence, Why};
