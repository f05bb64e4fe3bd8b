//! An article's body as sentences of hashed words, for comparing.

use std::collections::BTreeSet;
use std::ops::Range;

use super::shingles::{Shingles, chained, short, word_hash};
use super::{SHINGLE_WORDS, Sketch};
use crate::analysis;
use crate::model::{ArticleId, Passage, PassageKind};

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
            body.words.extend(analysis::words(sentence).map(|(_, word)| word_hash(&word)));
            let words = start..body.words.len();
            if !words.is_empty() {
                let hash = short(chained(&body.words[words.clone()]));
                body.sentences.push(Sentence { words, hash });
            }
        }
        body
    }

    /// The shingles of what is left without the sentences whose hashes are in `common`.
    #[must_use]
    pub fn shingles(&self, common: &BTreeSet<u32>) -> Shingles {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for sentence in self.sentences.iter().filter(|sentence| !common.contains(&sentence.hash)) {
            match runs.last_mut() {
                Some(open) if open.end == sentence.words.start => open.end = sentence.words.end,
                _ => runs.push(sentence.words.clone()),
            }
        }
        Shingles::of_runs(runs.into_iter().map(|run| &self.words[run]), SHINGLE_WORDS)
    }

    /// What is kept of it for comparing: nothing counts as common yet.
    #[must_use]
    pub fn sketch(&self, article: ArticleId, published: Option<jiff::civil::Date>) -> Sketch {
        let mut sentences: Vec<u32> = self.sentences.iter().map(|sentence| sentence.hash).collect();
        sentences.sort_unstable();
        sentences.dedup();
        let mut sketch = Sketch::new(article, published, sentences);
        sketch.take(&self.shingles(&BTreeSet::new()), BTreeSet::new());
        sketch
    }
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
    fn a_common_sentence_takes_no_part_and_is_not_bridged() {
        let body = Body::of_texts(["One two three four five. Share this on every channel. Six seven eight nine ten."]);
        let common = BTreeSet::from([body.sentences[1].hash]);

        assert_eq!(body.shingles(&BTreeSet::new()).len(), 11);
        assert_eq!(body.shingles(&common).len(), 2);
    }
}
