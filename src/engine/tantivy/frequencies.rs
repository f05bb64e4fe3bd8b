//! How often words stand in the texts of all passages.

use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use super::backend;
use super::schema::Fields;
use super::tokenizer::FOLDED;
use crate::engine::{EngineError, WordForm};

/// How often each of `words` stands in what is not deleted.
pub(super) fn frequencies(
    searcher: &Searcher,
    fields: &Fields,
    form: WordForm,
    words: &[String],
) -> Result<Vec<u64>, EngineError> {
    let mut frequencies = vec![0; words.len()];
    for segment in searcher.segment_readers() {
        let field = match form {
            WordForm::Folded => fields.word,
            WordForm::Stem => fields.text,
        };
        let inverted = segment.inverted_index(field).map_err(backend)?;
        for (word, frequency) in words.iter().zip(&mut frequencies) {
            // A word that is written as it is folded has no second term.
            let marked = (form == WordForm::Folded).then(|| format!("{FOLDED}{word}"));
            for term in [Some(word), marked.as_ref()].into_iter().flatten() {
                let term = Term::from_field_text(field, term);
                let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqs);
                let Some(mut postings) = postings.map_err(|error| EngineError::Backend(error.to_string()))? else {
                    continue;
                };
                while postings.doc() != TERMINATED {
                    if !segment.is_deleted(postings.doc()) {
                        *frequency += u64::from(postings.term_freq());
                    }
                    postings.advance();
                }
            }
        }
    }
    Ok(frequencies)
}
