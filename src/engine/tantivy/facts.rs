//! What is counted of passages without reading them: columns of who speaks, about what, where and when.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::backend;
use crate::engine::{EngineError, Facts, Known};
use crate::model::{ArticleId, PassageId, day_of_number};

/// Between a key and a name in a column: a character that no key holds, being a slug or folded; a name may.
const SEPARATOR: char = '\u{1f}';

/// A key and the name that is shown for it, as a column holds them.
pub(super) fn write(key: &str, name: &str) -> String {
    format!("{key}{SEPARATOR}{name}")
}

fn read(text: &str) -> Known {
    let (key, name) = text.split_once(SEPARATOR).unwrap_or((text, text));
    Known { key: key.to_owned(), name: name.to_owned() }
}

/// The columns of one segment.
pub(super) struct FactColumns {
    article: Column<u64>,
    n: Column<u64>,
    published_first: Column<i64>,
    published_last: Column<i64>,
    inferred: Column<bool>,
    speakers: Names,
    topics: Names,
    outlet: Names,
}

impl FactColumns {
    pub(super) fn open(segment: &SegmentReader) -> Result<Self, EngineError> {
        let fast = segment.fast_fields();
        let names = |field: &str| fast.str(field).map(Names::new).map_err(backend);
        Ok(Self {
            article: fast.u64("article_bits").map_err(backend)?,
            n: fast.u64("n").map_err(backend)?,
            published_first: fast.i64("published_first").map_err(backend)?,
            published_last: fast.i64("published_last").map_err(backend)?,
            inferred: fast.bool("published_inferred").map_err(backend)?,
            speakers: names("speaker_fact")?,
            topics: names("topic_fact")?,
            outlet: names("outlet_fact")?,
        })
    }

    /// What is known of `document`.
    pub(super) fn of(&mut self, document: DocId) -> Result<Facts, EngineError> {
        let missing = || EngineError::Damaged("a passage has no number".into());
        let bits = self.article.first(document).ok_or_else(missing)?;
        let article = ArticleId::from_bits(bits).ok_or_else(missing)?;
        let n = self.n.first(document).and_then(|n| u32::try_from(n).ok()).ok_or_else(missing)?;
        let day = |column: &Column<i64>| column.first(document).and_then(day_of_number);
        Ok(Facts {
            passage: PassageId { article, n },
            published: day(&self.published_first).zip(day(&self.published_last)),
            inferred: self.inferred.first(document).unwrap_or(false),
            speakers: self.speakers.of(document)?,
            topics: self.topics.of(document)?,
            outlet: self.outlet.of(document)?.into_iter().next(),
        })
    }
}

/// A column of names, each read from the dictionary once.
struct Names {
    column: Option<StrColumn>,
    known: Vec<Option<Arc<Known>>>,
}

impl Names {
    fn new(column: Option<StrColumn>) -> Self {
        let known = vec![None; column.as_ref().map_or(0, |column| column.num_terms())];
        Self { column, known }
    }

    fn of(&mut self, document: DocId) -> Result<Vec<Arc<Known>>, EngineError> {
        let Some(column) = &self.column else { return Ok(Vec::new()) };
        let mut names = Vec::new();
        for ordinal in column.term_ords(document) {
            let index = usize::try_from(ordinal).unwrap_or(usize::MAX);
            let Some(known) = self.known.get_mut(index) else {
                return Err(EngineError::Damaged("a column names what its dictionary lacks".into()));
            };
            if known.is_none() {
                let mut text = String::new();
                column.ord_to_str(ordinal, &mut text).map_err(|error| EngineError::Backend(error.to_string()))?;
                *known = Some(Arc::new(read(&text)));
            }
            names.extend(known.clone());
        }
        Ok(names)
    }
}
