//! One file → its passages, ready to be put: the part of a run that goes in parallel.

use jiff::tz::TimeZone;

use super::first_seen;
use crate::annotate::{Annotated, Annotator};
use crate::clean::{self, CleanOptions};
use crate::config::Settings;
use crate::lineage::Wording;
use crate::model::{ArticleId, Passage, TextMark};
use crate::near_duplicates::Sketch;
use crate::source::{self, RawSource, SourceError, SourceFile};
use crate::store::{Archive, FileEntry, SourceEntry, StoreError};

/// A file that was read.
#[derive(Debug)]
pub(super) struct Prepared {
    /// What the manifest is to say of it.
    pub(super) entry: FileEntry,
    /// One for each source of `entry`.
    pub(super) articles: Vec<PreparedArticle>,
    /// Guesses that were made.
    pub(super) warnings: Vec<String>,
    /// Whether the content is what the manifest says already; then `articles` is empty.
    pub(super) same_content: bool,
}

/// The article of a source.
#[derive(Debug)]
pub(super) struct PreparedArticle {
    pub(super) id: ArticleId,
    pub(super) passages: Vec<Passage>,
    /// What comparing it with other articles needs.
    pub(super) sketch: Sketch,
    /// What comparing its quotations with others needs.
    pub(super) wordings: Vec<Wording>,
    /// What stands for the words of each passage.
    pub(super) marks: Vec<TextMark>,
}

/// What unlabelled sources are taken for, by the settings.
pub fn clean_options(settings: &Settings) -> CleanOptions {
    CleanOptions {
        outlet: settings.outlet.clone(),
        language: settings.language.clone(),
        // A name was checked where it was read.
        time_zone: settings.time_zone.as_deref().and_then(|name| TimeZone::get(name).ok()),
    }
}

/// What preparing needs.
pub(super) struct Preparer<'r> {
    pub(super) annotator: &'r Annotator,
    pub(super) options: &'r CleanOptions,
    pub(super) archive: &'r Archive,
}

impl Preparer<'_> {
    /// Reads a file; `known` is what the manifest says of it, where that still holds for the same content.
    pub(super) fn prepare(&self, file: &SourceFile, known: Option<&FileEntry>) -> Result<Prepared, StoreError> {
        let sources = match std::fs::read(&file.path) {
            Ok(bytes) => source::split(&file.shown, bytes),
            Err(error) => {
                vec![Err(SourceError::Unreadable { path: file.shown.clone(), reason: error.to_string() })]
            }
        };
        if let Some(known) = known.filter(|known| is_same_content(known, &sources)) {
            let entry = FileEntry { size: file.size, modified: file.modified, ..known.clone() };
            return Ok(Prepared { entry, articles: Vec::new(), warnings: Vec::new(), same_content: true });
        }
        let mut prepared = Prepared {
            entry: FileEntry { size: file.size, modified: file.modified, sources: Vec::new(), quarantined: Vec::new() },
            articles: Vec::new(),
            warnings: Vec::new(),
            same_content: false,
        };
        for source in sources {
            match source {
                Ok(source) => self.prepare_source(&source, &mut prepared)?,
                Err(error) => prepared.entry.quarantined.push(error.to_string()),
            }
        }
        Ok(prepared)
    }

    fn prepare_source(&self, source: &RawSource, prepared: &mut Prepared) -> Result<(), StoreError> {
        let cleaned = match clean::clean(source, self.options) {
            Ok(cleaned) => cleaned,
            Err(error) => {
                prepared.entry.quarantined.push(error.to_string());
                return Ok(());
            }
        };
        self.archive.put(source.blake3, &source.bytes)?;
        prepared.warnings.extend(cleaned.warnings);
        let article = cleaned.article;
        let Annotated { published, passages } = self.annotator.annotate(&article);
        prepared.entry.sources.push(SourceEntry {
            path: source.path.clone(),
            name: article.name.clone(),
            format: source.format,
            blake3: source.blake3,
            article: article.id,
            passages: passages.len(),
            overrides: self.annotator.overrides().hash_of(article.id),
            duplicate_of: None,
        });
        let sketch = Sketch::of(article.id, published.as_ref(), &passages);
        let wordings = Wording::of_passages(&passages);
        let marks = first_seen::marks(&passages);
        prepared.articles.push(PreparedArticle { id: article.id, passages, sketch, wordings, marks });
        Ok(())
    }
}

/// Whether a file holds just the sources that the manifest says, none of them refused.
fn is_same_content(known: &FileEntry, sources: &[Result<RawSource, SourceError>]) -> bool {
    known.quarantined.is_empty()
        && known.sources.len() == sources.len()
        && known.sources.iter().zip(sources).all(|(known, source)| {
            source.as_ref().is_ok_and(|source| source.blake3 == known.blake3 && source.path == known.path)
        })
}
