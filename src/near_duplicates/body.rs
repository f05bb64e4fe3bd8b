//! An article's body as sentences of hashed words, for comparing.

use std::collections::BTreeSet;
use std::ops::Range;

use super::shingles::{Shingles, chained, short, windows, word_hash};
use super::{SHINGLE_WORDS, Sketch, minhash};
use crate::analysis;
use crate::model::{ArticleId, Passage, PassageKind};

/// Marks the hash of a word with a figure in it. A word's lowest bit says nothing else.
const FIGURE: u64 = 1;

/// The words of an article's body, hashed, with its sentences.
///
/// The title is no part of it, nor are captions and editor's notes: those are what a republisher changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    words: Vec<u64>,
    sentences: Vec<Sentence>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Sentence {
    words: Range<usize>,
    hash: u32,
    /// The same whatever figures stand in it: a market report's sentence is a formula with other figures.
    formula: u32,
}

impl Body {
    /// The body of the article that `passages` are of, in reading order.
    #[must_use]
    pub fn of_passages(passages: &[Passage]) -> Self {
        let is_body = |kind| !matches!(kind, PassageKind::Caption | PassageKind::EditorNote);
        Self::of_texts(passages.iter().filter(|passage| is_body(passage.kind)).map(|passage| passage.text.as_str()))
    }

    /// The body made of `texts`, in order.
    #[must_use]
    pub fn of_texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut body = Self::default();
        for sentence in texts.into_iter().flat_map(sentences) {
            let start = body.words.len();
            body.words.extend(analysis::words(sentence).map(|(_, word)| marked(&word)));
            let words = start..body.words.len();
            if !words.is_empty() {
                let own = &body.words[words.clone()];
                let formula: Vec<u64> = own.iter().map(|word| formula(*word)).collect();
                let (hash, formula) = (short(chained(own)), short(chained(&formula)));
                body.sentences.push(Sentence { words, hash, formula });
            }
        }
        body
    }

    /// The shingles of what is the article's own, where the sentences whose hashes are in `common` are not.
    ///
    /// Of a sentence that is common but for its figures, the shingles with a figure count: they are what a
    /// formula says anew each time.
    #[must_use]
    pub fn shingles(&self, common: &BTreeSet<u32>) -> Shingles {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut formulas: Vec<Range<usize>> = Vec::new();
        for sentence in &self.sentences {
            match runs.last_mut() {
                _ if common.contains(&sentence.hash) => {}
                _ if common.contains(&sentence.formula) => formulas.push(sentence.words.clone()),
                Some(open) if open.end == sentence.words.start => open.end = sentence.words.end,
                _ => runs.push(sentence.words.clone()),
            }
        }
        let own = runs.into_iter().flat_map(|run| windows(&self.words[run], SHINGLE_WORDS));
        let of_formulas = formulas.into_iter().flat_map(|run| windows(&self.words[run], SHINGLE_WORDS));
        let has_figure = |shingle: &&[u64]| shingle.iter().any(|word| word & FIGURE != 0);
        Shingles::of_shingles(own.chain(of_formulas.filter(has_figure)))
    }

    /// What is kept of it for comparing: nothing counts as common yet.
    #[must_use]
    pub fn sketch(&self, article: ArticleId, published: Option<jiff::civil::Date>) -> Sketch {
        let mut sentences: Vec<u32> =
            self.sentences.iter().flat_map(|sentence| [sentence.hash, sentence.formula]).collect();
        sentences.sort_unstable();
        sentences.dedup();
        let mut sketch = Sketch::new(article, published, sentences);
        let shingles = self.shingles(&BTreeSet::new());
        sketch.gist = minhash::gist(&shingles);
        sketch.take(&shingles, BTreeSet::new());
        sketch
    }
}

/// A word's hash, with the mark of a figure or without.
fn marked(word: &str) -> u64 {
    let is_figure = word.starts_with(|first: char| first.is_ascii_digit());
    (word_hash(word) & !FIGURE) | u64::from(is_figure)
}

/// One hash for all figures, and for each other word its own.
fn formula(word: u64) -> u64 {
    if word & FIGURE == 0 { word } else { FIGURE }
}

/// The pieces of `text` between line breaks and ends of sentences.
///
/// Coarser than the sentences of passages and much faster: an abbreviation taken for an end does no harm
/// here, since it is taken so in every copy.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut ended = false;
    text.split_inclusive(move |letter: char| {
        let cut = matches!(letter, '\n' | '。' | '！' | '？') || (ended && letter.is_whitespace());
        ended = match letter {
            '.' | '!' | '?' | '…' => true,
            '"' | '\'' | '”' | '’' | '»' | ')' | ']' => ended,
            _ => false,
        };
        cut
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_point_behind_closing_marks_and_at_a_line_break() {
        let found: Vec<&str> = sentences("\"Not today.\" He left at 7.30\nRead more").map(str::trim).collect();

        assert_eq!(found, ["\"Not today.\"", "He left at 7.30", "Read more"]);
    }

    #[test]
    fn of_a_common_formula_the_shingles_with_figures_count() {
        let body =
            |figure: &str| Body::of_texts([format!("Shares in Velmar rose {figure} percent on the day.").as_str()]);
        let (one, other) = (body("1.3"), body("12"));
        let common = BTreeSet::from([one.sentences[0].formula]);

        assert_eq!(one.sentences[0].formula, other.sentences[0].formula);
        assert_ne!(one.sentences[0].hash, other.sentences[0].hash);
        assert_eq!(one.shingles(&common).len(), 5);
        assert_eq!(one.shingles(&common).overlap(&other.shingles(&common)).shared, 0);
    }

    #[test]
    fn a_common_sentence_takes_no_part_and_is_not_bridged() {
        let body = Body::of_texts(["One two three four five. Share this on every channel. Six seven eight nine ten."]);
        let common = BTreeSet::from([body.sentences[1].hash]);

        assert_eq!(body.shingles(&BTreeSet::new()).len(), 11);
        assert_eq!(body.shingles(&common).len(), 2);
    }
}
