//! One raw source → an article: blocks with kinds, and what the source says of itself.

pub mod draft;
pub mod html;
