//! Writes a corpus of invented news, for measuring commands on an index of any size.
//!
//! The archive is generated (see `benches/generator/news.rs`): one number gives the same lines everywhere. A thousand
//! articles have some 13,000 passages.
//!
//! ```text
//! cargo run --release --example invented_news -- 1000 > corpus/news.jsonl
//! ```

#![allow(clippy::expect_used, reason = "a failure ends the program, which is the report")]

#[path = "../benches/generator/news.rs"]
mod news;

use std::io::{BufWriter, Write};

const SEED: u64 = 0x5eed;

fn main() {
    let articles = std::env::args().nth(1).and_then(|argument| argument.parse().ok());
    let articles = articles.expect("say how many articles, as in `invented_news 1000`");
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (number, article) in news::archive(articles, SEED).iter().enumerate() {
        writeln!(out, "{}", article.record(number)).expect("standard output takes it");
    }
    out.flush().expect("standard output takes it");
}
