//! The words of an index that begin with given letters: how often each stands there, and under which stem it is found.

use serde::Serialize;

use super::ViewError;
use super::near::distance;
use crate::analysis::words;
use crate::engine::{Engine, WordCount};
use crate::model::single_line;

/// Words suggested where none begins so.
const MOST_NEAR: usize = 3;

/// Which words come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermsSort {
    /// The most frequent, equal ones by letters.
    Count,
    /// By letters.
    Alphabet,
}

/// Words of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermsView {
    /// What they begin with, folded.
    pub prefix: String,
    /// How many there are.
    pub total: usize,
    /// The first of them, in the order that was asked for.
    pub terms: Vec<WordCount>,
    /// Words like it, where none begins so.
    pub nearest: Vec<String>,
}

/// The first `top` words that begin with `prefix`, regardless of case and diacritics; with none, those of the whole index.
pub fn terms(engine: &dyn Engine, prefix: &str, sort: TermsSort, top: usize) -> Result<TermsView, ViewError> {
    let prefix = folded(prefix)?;
    let mut terms = engine.words(&prefix).map_err(ViewError::Engine)?;
    let total = terms.len();
    let nearest = if total == 0 { nearest(engine, &prefix)? } else { Vec::new() };
    if sort == TermsSort::Count {
        // By letters so far, which a stable sort leaves among equals.
        terms.sort_by_key(|term| std::cmp::Reverse(term.occurrences));
    }
    terms.truncate(top);
    Ok(TermsView { prefix, total, terms, nearest })
}

/// `prefix` as the index writes words.
fn folded(prefix: &str) -> Result<String, ViewError> {
    let mut found = words(prefix).map(|(_, word)| word);
    match (found.next(), found.next()) {
        (Some(word), None) => Ok(word),
        (None, _) if prefix.trim().is_empty() => Ok(String::new()),
        (None, _) => Err(ViewError::NoPrefix(single_line(prefix).into_owned(), "has no letter")),
        (Some(_), Some(_)) => Err(ViewError::NoPrefix(single_line(prefix).into_owned(), "is several words")),
    }
}

/// The words nearest to `prefix`, of those that share its first letters, as many as any does.
fn nearest(engine: &dyn Engine, prefix: &str) -> Result<Vec<String>, ViewError> {
    let mut beginning = prefix.to_owned();
    while beginning.pop().is_some() && !beginning.is_empty() {
        let words = engine.words(&beginning).map_err(ViewError::Engine)?;
        if !words.is_empty() {
            let letters = |word: &str| word.chars().count();
            let mut near: Vec<(usize, String)> = words
                .into_iter()
                .map(|found| (distance(prefix, &found.word), found.word))
                .filter(|(edits, word)| edits * 2 <= letters(word).max(letters(prefix)))
                .collect();
            near.sort();
            return Ok(near.into_iter().take(MOST_NEAR).map(|(_, word)| word).collect());
        }
    }
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_one_word_as_the_index_writes_it() {
        assert_eq!(folded("ÖMER").ok().as_deref(), Some("omer"));
        assert_eq!(folded("U.S").ok().as_deref(), Some("us"));
        assert_eq!(folded(" ").ok().as_deref(), Some(""));
        assert!(folded("rail way").is_err());
        assert!(folded("…").is_err());
    }
}
