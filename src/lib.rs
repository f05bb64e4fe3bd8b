//! **Rapporteur** searches what was said at summits: ranked passages, each with who is speaking, what it
//! is about and when, each assignment with its reason, each passage traceable to its archived original.
//!
//! The way of one article, station by station; a module imports only from those above it:
//!
//! 1. [`model`] holds the nouns: article, passage, speaker, topic, date, and why.
//! 2. [`analysis`] cuts text into terms, the same for index, queries and topics.
//! 3. [`config`] reads the settings, the authority file of speakers, the topics, the corrections and the saved searches.
//! 4. [`source`] finds raw sources, tells their format and decodes them.
//! 5. [`clean`] makes an article of a source: blocks with kinds, and what it says of itself.
//! 6. [`annotate`] makes passages of an article, with speakers, topics and dates.
//! 7. [`near_duplicates`] finds articles that are copies of one another in all but some words.
//! 8. [`lineage`] finds which quotations carry the same statement, whole, trimmed or altered.
//! 9. [`store`] keeps the originals, the manifest, the groups of copies and the lock on disk.
//! 10. [`query`] reads the query language.
//! 11. [`engine`] keeps passages and finds them again.
//! 12. [`job`] brings an index up to date.
//! 13. [`view`] answers what people ask: a search, a passage in its context, who speaks, the state of
//!     the index.
//! 14. [`render`] writes the answers as text, JSONL, CSV or Markdown.
//! 15. [`cli`] is the command line.

pub mod analysis;
pub mod annotate;
pub mod clean;
pub mod cli;
pub mod config;
pub mod engine;
pub mod job;
pub mod lineage;
pub mod model;
pub mod near_duplicates;
pub mod query;
pub mod render;
pub mod source;
pub mod store;
pub mod view;
