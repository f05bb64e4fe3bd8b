//! Finds articles that are copies of one another in all but some words: syndicated, republished, cut short.
//!
//! The way of a copy to its group:
//!
//! 1. [`Body`] cuts an article's passages into sentences of hashed words, [`Sketch`] keeps what is compared.
//! 2. Sentences that stand in several otherwise different articles ([`common`]) are nobody's: share lines,
//!    newsletter blurbs, an agency's standing paragraphs. They take no part in what follows.
//! 3. The rest gives a set of word shingles ([`Shingles`]), and the set a `MinHash` signature whose bands
//!    name the candidates ([`minhash`], [`candidates`]).
//! 4. The candidates' sets are compared exactly ([`Overlap`]), and what is alike is grouped ([`grouping`]).
//!
//! [`Sketches::update`] does all of it; its result depends on nothing but the articles, neither on their
//! order nor on what was known before. Nothing is deleted: a group only says what is alike, and why.
//! [`Shingles`] and [`minhash`] know nothing of articles and serve any stream of words.

pub mod candidates;
pub mod common;
pub mod grouping;
pub mod minhash;

mod body;
mod overlap;
mod passage;
mod shingles;
mod sketches;

pub use body::Body;
pub use grouping::{Group, Groups, Member};
pub use overlap::{CONTAINED, FEWEST, Overlap, RESEMBLES};
pub use passage::Said;
pub use shingles::{Shingles, word_hash};
pub use sketches::{Sketch, Sketches};

/// Words in a shingle of an article.
///
/// Shorter ones are shared by chance (in news, three words often), longer ones are broken more often by a
/// changed word. Broder (1997, "On the resemblance and containment of documents") took 10 for web pages of
/// any length; for the shorter texts of news 5 parts copies from similar articles as well and leaves more of
/// a retouched copy.
pub const SHINGLE_WORDS: usize = 5;
