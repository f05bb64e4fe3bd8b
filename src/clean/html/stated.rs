//! The body that a page states in JSON-LD, as a witness for the lines that a reader sees.
//!
//! A stated body is often cut off, of another version or of another article, and it has no structure. So it
//! is never taken as the text: a line counts as stated where most of its runs of words stand in the
//! statement too, and the statement is heard only where the page shows most of it.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::declared::Declared;
use super::lines::Lines;

/// Words in a run: four, as body extraction is scored.
const RUN: usize = 4;
/// A shorter statement, in bytes, is a summary.
const SHORTEST: usize = 400;
/// Share of a line's runs, in percent, that makes it stated.
const MOST_RUNS: usize = 80;
/// Share of the statement, in percent, that the page's stated lines must make up.
const MOST_OF_STATEMENT: usize = 60;

/// For each line whether it is stated; `None` where there is no statement, or the page shows another text.
pub(super) fn lines(declared: &Declared, lines: &Lines) -> Option<Vec<bool>> {
    let statement = declared.stated("articleBody").filter(|body| body.len() >= SHORTEST)?;
    let statement = super::title::plain(statement);
    let hasher = RandomState::new();
    let known: HashSet<u64> = runs(&statement, &hasher).into_iter().collect();
    let stated: Vec<bool> = lines
        .all
        .iter()
        .map(|line| {
            let runs = runs(&line.text, &hasher);
            let shared = runs.iter().filter(|run| known.contains(run)).count();
            !runs.is_empty() && shared * 100 >= runs.len() * MOST_RUNS
        })
        .collect();
    let shown: usize =
        lines.all.iter().zip(&stated).filter(|(_, stated)| **stated).map(|(line, _)| line.text.len()).sum();
    (shown * 100 >= statement.len() * MOST_OF_STATEMENT).then_some(stated)
}

/// Hashes of the runs of words of a text, letters and figures alone.
fn runs(text: &str, hasher: &RandomState) -> Vec<u64> {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(RUN).map(|run| hasher.hash_one(run)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::html::dom::Dom;

    fn stated(statement: &str, page: &str) -> Option<Vec<bool>> {
        let html = format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":\"{statement}\"}}</script>{page}"
        );
        let html = scraper::Html::parse_document(&html);
        let dom = Dom::new(&html);
        lines(&Declared::read(&dom), &Lines::read(&dom))
    }

    #[test]
    fn a_statement_is_heard_where_the_page_shows_it() {
        let body = "The railway of Kastria will reach Kesh within two years, the minister said in Velmar. ".repeat(6);

        assert_eq!(
            stated(&body, &format!("<p>{body}</p><p>Sign up for our letter from the summit</p>")),
            Some(vec![true, false])
        );
        assert_eq!(stated(&body, "<p>The ferry to Tarnhaven was cancelled for the third day in a row.</p>"), None);
    }
}
