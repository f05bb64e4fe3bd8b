//! Finds which quotations carry the same statement: word for word, trimmed, altered, merged with another.
//!
//! The way of a quotation to its statements:
//!
//! 1. [`Wording`] keeps the hashed words of a quotation, its speaker and time.
//! 2. Quotations that share a run of three words are candidates ([`candidates`]).
//! 3. Their words are aligned ([`align`]), which decides whether one is a version of the other ([`versions`]).
//! 4. Versions are gathered around the first publication ([`statements`]).
//! 5. Reported speech that shares most of its content words with a version is listed apart, as a candidate.
//!
//! [`Wordings::statements`] does all of it, in time and memory linear in the words; its result depends on nothing but the
//! quotations. Nothing is judged: a statement only says which quotations are alike.

mod align;
mod candidates;
mod statements;
mod versions;
mod wording;
mod wordings;

pub use statements::{Statement, Statements};
pub use wording::{Wording, is_function_word, quote_text, seconds};
pub use wordings::Wordings;
