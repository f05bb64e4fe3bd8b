//! One raw source → an article: blocks with kinds, and what the source says of itself.
