//! The engine that this program ships with: Tantivy 0.27, in a folder.
//!
//! A search opens the last commit; a writer is opened by the first change and closed by the commit.

mod compile;
mod constraint;
mod facts;
mod frequencies;
mod guard;
mod highlight;
mod matching;
mod rank;
mod schema;
mod tokenizer;
mod units;
mod vocabulary;
mod write;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::collector::Count;
use tantivy::query::{AllQuery, EnableScoring, Scorer, TermQuery, Weight};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocId, Index, IndexReader, ReloadPolicy, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term,
};

use self::compile::Compiler;
use self::facts::FactColumns;
use self::highlight::Marker;
use self::matching::lexicon::{Expansions, Lexicon};
use self::matching::query::any_of;
use self::rank::{Candidate, Model, Request, Totals};
use self::schema::Fields;
use self::write::Writer;
use super::{
    Engine, EngineError, Facts, Figures, Frequencies, Hit, Hits, Matched, Page, RankedName, Vocabulary, WordCount,
    WordForm,
};
use crate::analysis::Analyzer;
use crate::config::Ranking;
use crate::model::{ArticleId, Passage, PassageId, day_of_number, fold};
use crate::query::{Node, Query};

/// A Tantivy index in a folder.
pub struct TantivyEngine {
    folder: PathBuf,
    fields: Fields,
    analyzer: Analyzer,
    index: Index,
    reader: IndexReader,
    writer: Option<Writer>,
    ranking: Ranking,
    /// Statistics of the generation that was last asked.
    totals: Mutex<Option<(u64, Arc<Totals>)>>,
}

impl TantivyEngine {
    /// Opens the index in `folder`.
    pub fn open(folder: &Path) -> Result<Self, EngineError> {
        if !folder.join("meta.json").is_file() {
            return Err(EngineError::Missing(folder.to_owned()));
        }
        let index = Index::open_in_dir(folder).map_err(backend)?;
        Self::with(folder, index)
    }

    /// Opens the index in `folder`, and makes an empty one where there is none.
    pub fn open_or_create(folder: &Path) -> Result<Self, EngineError> {
        if folder.join("meta.json").is_file() {
            return Self::open(folder);
        }
        std::fs::create_dir_all(folder).map_err(|error| EngineError::Backend(error.to_string()))?;
        let index = Index::create_in_dir(folder, Fields::new().schema).map_err(backend)?;
        Self::with(folder, index)
    }

    fn with(folder: &Path, index: Index) -> Result<Self, EngineError> {
        let fields = Fields::new();
        if index.schema() != fields.schema {
            return Err(EngineError::Version {
                path: folder.to_owned(),
                found: "other fields".into(),
                expected: "the fields of this version".into(),
            });
        }
        let analyzer = Analyzer::default();
        index.tokenizers().register(schema::ANALYZER, tokenizer::IndexTokenizer::new(analyzer.clone()));
        index.tokenizers().register(schema::WORDS, tokenizer::WordTokenizer);
        index.tokenizers().register(schema::BOUNDS, tokenizer::BoundsTokenizer);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(backend)?;
        Ok(Self {
            folder: folder.to_owned(),
            fields,
            analyzer,
            index,
            reader,
            writer: None,
            ranking: Ranking::default(),
            totals: Mutex::new(None),
        })
    }

    /// Ranks by `ranking` from now on.
    #[must_use]
    pub fn ranked_by(self, ranking: Ranking) -> Self {
        Self { ranking, ..self }
    }

    /// Statistics of what `searcher` sees.
    fn totals(&self, searcher: &Searcher) -> Result<Arc<Totals>, EngineError> {
        let generation = searcher.generation().generation_id();
        let mut known = self.totals.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, totals)) = &*known
            && *of == generation
        {
            return Ok(Arc::clone(totals));
        }
        let totals = Arc::new(Totals::of(&self.folder, searcher).map_err(backend)?);
        *known = Some((generation, Arc::clone(&totals)));
        Ok(totals)
    }

    fn rank(&self, compiler: &Compiler<'_>, query: &Query, page: Page) -> Result<(Model, rank::Ranked), EngineError> {
        let totals = self.totals(compiler.searcher)?;
        let request = Request { query, page, ranking: &self.ranking, totals: &totals };
        rank::rank(compiler.searcher, compiler, request)
    }

    fn writer(&mut self) -> Result<&mut Writer, EngineError> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => Writer::open(&self.index, &self.folder)?,
        };
        Ok(self.writer.insert(writer))
    }

    fn compiler<'i>(&'i self, searcher: &'i Searcher) -> Compiler<'i> {
        Compiler { fields: &self.fields, analyzer: &self.analyzer, searcher, known: Expansions::default() }
    }

    fn stored(&self, searcher: &Searcher, document: DocAddress) -> Result<Passage, EngineError> {
        let document: TantivyDocument = searcher.doc(document).map_err(backend)?;
        let json = document.get_first(self.fields.passage).and_then(|value| value.as_bytes());
        let json = json.ok_or_else(|| EngineError::Damaged("it holds no passage".into()))?;
        serde_json::from_slice(json).map_err(|error| EngineError::Damaged(error.to_string()))
    }

    /// The hits of `candidates`, as they are ordered.
    fn hits(
        &self,
        compiler: &Compiler<'_>,
        query: &Query,
        (model, candidates): (&Model, &[Candidate]),
    ) -> Result<Vec<Hit>, EngineError> {
        let mut hits = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            #[allow(clippy::cast_possible_truncation, reason = "it is shown, not compared")]
            let score = candidate.rank.score as f32;
            hits.push(Hit {
                score,
                passage: self.stored(compiler.searcher, candidate.at)?,
                highlights: Vec::new(),
                more: candidate.matching - 1,
                parts: candidate.parts(model),
            });
        }
        let texts = candidates.iter().zip(&hits).map(|(candidate, hit)| (candidate.at, hit.passage.text.as_str()));
        let texts: Vec<(DocAddress, &str)> = texts.collect();
        let highlights = highlight::highlights(compiler, &query.root, &texts)?;
        for (hit, highlights) in hits.iter_mut().zip(highlights) {
            hit.highlights = highlights;
        }
        Ok(hits)
    }

    fn by_term(&self, term: Term) -> Result<Vec<Passage>, EngineError> {
        let searcher = self.reader.searcher();
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let found = searcher.search(&query, &tantivy::collector::DocSetCollector).map_err(backend)?;
        let mut passages: Vec<Passage> =
            found.into_iter().map(|document| self.stored(&searcher, document)).collect::<Result<_, _>>()?;
        passages.sort_by_key(|passage| passage.id);
        Ok(passages)
    }
}

impl Engine for TantivyEngine {
    fn put(&mut self, article: ArticleId, passages: &[Passage]) -> Result<(), EngineError> {
        let documents = self.fields.documents(passages)?;
        let term = Term::from_field_text(self.fields.article, &article.to_string());
        self.writer()?.replace(term, documents)
    }

    fn remove(&mut self, article: ArticleId) -> Result<(), EngineError> {
        let term = Term::from_field_text(self.fields.article, &article.to_string());
        self.writer()?.replace(term, Vec::new())
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        let writer = self.writer.take();
        let changed = writer.is_some();
        if let Some(writer) = writer {
            writer.commit()?;
        }
        self.reader.reload().map_err(backend)?;
        if changed {
            Totals::keep(&self.folder, &self.reader.searcher()).map_err(backend)?;
        }
        Ok(())
    }

    fn search(&self, query: &Query, page: Page) -> Result<Hits, EngineError> {
        let searcher = self.reader.searcher();
        let compiler = self.compiler(&searcher);
        let (model, ranked) = self.rank(&compiler, query, page)?;
        Ok(Hits { total: ranked.total, hits: self.hits(&compiler, query, (&model, &ranked.candidates))? })
    }

    fn names(&self, query: &Query, page: Page) -> Result<Vec<RankedName>, EngineError> {
        let searcher = self.reader.searcher();
        let (_, ranked) = self.rank(&self.compiler(&searcher), query, page)?;
        let totals = self.totals(&searcher)?;
        let columns = totals.columns(&searcher).map_err(backend)?;
        let name = |candidate: Candidate| {
            let (bits, n) = candidate.rank.id;
            let article = ArticleId::from_bits(bits).ok_or_else(|| EngineError::Damaged(format!("no id: {bits}")))?;
            Ok(RankedName {
                passage: PassageId { article, n: u32::try_from(n).unwrap_or(u32::MAX) },
                record: columns[candidate.at.segment_ord as usize].record(candidate.at.doc_id),
                score: candidate.rank.score,
            })
        };
        ranked.candidates.into_iter().map(name).collect()
    }

    fn count(&self, _query: &Query, clause: &Node) -> Result<usize, EngineError> {
        let searcher = self.reader.searcher();
        let compiled = self.compiler(&searcher).node(clause)?;
        searcher.search(&*compiled, &Count).map_err(backend)
    }

    fn each_match(&self, query: &Query, visit: &mut dyn FnMut(Matched) -> ControlFlow<()>) -> Result<(), EngineError> {
        let searcher = self.reader.searcher();
        let compiler = self.compiler(&searcher);
        let marker = Marker::new(&compiler, &query.root)?;
        let weight = weight(&compiler, Some(query))?;
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let mut opened = marker.open(segment)?;
            for document in Alive::new(&*weight, segment)? {
                let passage = self.stored(&searcher, DocAddress::new(ordinal, document))?;
                let matches = opened.extents(document, &passage.text);
                if visit(Matched { passage, matches }).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn each_fact(&self, query: Option<&Query>, visit: &mut dyn FnMut(Facts)) -> Result<(), EngineError> {
        let searcher = self.reader.searcher();
        let weight = weight(&self.compiler(&searcher), query)?;
        for segment in searcher.segment_readers() {
            let mut columns = FactColumns::open(segment)?;
            for document in Alive::new(&*weight, segment)? {
                visit(columns.of(document)?);
            }
        }
        Ok(())
    }

    fn frequencies(&self, form: WordForm, words: &[String]) -> Result<Frequencies, EngineError> {
        let searcher = self.reader.searcher();
        let of_each = frequencies::frequencies(&searcher, &self.fields, form, words)?;
        Ok(Frequencies { of_each, words: self.totals(&searcher)?.words })
    }

    fn passage(&self, id: PassageId) -> Result<Option<Passage>, EngineError> {
        let found = self.by_term(Term::from_field_text(self.fields.id, &id.to_string()))?;
        Ok(found.into_iter().next())
    }

    fn article(&self, id: ArticleId) -> Result<Vec<Passage>, EngineError> {
        self.by_term(Term::from_field_text(self.fields.article, &id.to_string()))
    }

    fn vocabulary(&self, field: Vocabulary) -> Result<Vec<(String, u64)>, EngineError> {
        let field = match field {
            Vocabulary::SpeakerNames => self.fields.speaker,
            Vocabulary::SpeakerIds => self.fields.speaker_id,
            Vocabulary::TopicIds => self.fields.topic,
            Vocabulary::Outlets => self.fields.outlet,
            Vocabulary::MentionedNames => self.fields.about,
            Vocabulary::AuthorNames => self.fields.author,
            Vocabulary::Languages => self.fields.lang,
        };
        let searcher = self.reader.searcher();
        let mut values = std::collections::BTreeMap::<String, u64>::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(field).map_err(backend)?;
            let mut stream = inverted.terms().stream().map_err(backend)?;
            while let Some((value, info)) = stream.next() {
                let mut postings =
                    inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic).map_err(backend)?;
                let alive = alive_documents(segment, &mut postings);
                if alive > 0 {
                    *values.entry(String::from_utf8_lossy(value).into_owned()).or_default() += alive;
                }
            }
        }
        Ok(values.into_iter().collect())
    }

    fn similar_words(&self, word: &str) -> Result<Vec<(String, u64)>, EngineError> {
        let searcher = self.reader.searcher();
        let compiler = self.compiler(&searcher);
        let word = fold(word);
        let mut similar = Vec::new();
        for known in compiler.lexicon().similar(self.fields.word, &word)?.into_iter().filter(|known| *known != word) {
            let holding = any_of(&Lexicon::folded(self.fields.word, &known));
            let passages = searcher.search(&*holding, &Count).map_err(backend)?;
            similar.push((known, passages as u64));
        }
        Ok(similar)
    }

    fn words(&self, prefix: &str) -> Result<Vec<WordCount>, EngineError> {
        vocabulary::words(&self.reader.searcher(), self.fields.word, &self.analyzer, prefix)
    }

    fn figures(&self) -> Result<Figures, EngineError> {
        let searcher = self.reader.searcher();
        let mut span: Option<(i64, i64)> = None;
        for segment in searcher.segment_readers() {
            let fast = segment.fast_fields();
            let first = fast.i64("published_first").map_err(backend)?;
            let last = fast.i64("published_last").map_err(backend)?;
            for document in segment.doc_ids_alive() {
                if let (Some(first), Some(last)) = (first.first(document), last.first(document)) {
                    let known = span.get_or_insert((first, last));
                    *known = (known.0.min(first), known.1.max(last));
                }
            }
        }
        let published = span.and_then(|(first, last)| day_of_number(first).zip(day_of_number(last)));
        Ok(Figures { passages: searcher.num_docs(), published })
    }
}

/// What finds the matches of `query`, or every passage.
fn weight(compiler: &Compiler<'_>, query: Option<&Query>) -> Result<Box<dyn Weight>, EngineError> {
    let compiled = match query {
        Some(query) => compiler.node(&query.root)?,
        None => Box::new(AllQuery),
    };
    compiled.weight(EnableScoring::disabled_from_searcher(compiler.searcher)).map_err(backend)
}

/// The documents of one segment that match and are not deleted, in order.
struct Alive<'s> {
    scorer: Box<dyn Scorer>,
    segment: &'s SegmentReader,
}

impl<'s> Alive<'s> {
    fn new(weight: &dyn Weight, segment: &'s SegmentReader) -> Result<Self, EngineError> {
        Ok(Self { scorer: weight.scorer(segment, 1.0).map_err(backend)?, segment })
    }
}

impl Iterator for Alive<'_> {
    type Item = DocId;

    fn next(&mut self) -> Option<DocId> {
        loop {
            let document = self.scorer.doc();
            if document == TERMINATED {
                return None;
            }
            self.scorer.advance();
            if !self.segment.is_deleted(document) {
                return Some(document);
            }
        }
    }
}

fn alive_documents(segment: &SegmentReader, postings: &mut impl tantivy::DocSet) -> u64 {
    let mut alive = 0;
    let mut document = postings.doc();
    while document != TERMINATED {
        alive += u64::from(!segment.is_deleted(document));
        document = postings.advance();
    }
    alive
}

#[allow(clippy::needless_pass_by_value, reason = "it is passed to map_err")]
fn backend(error: impl Into<tantivy::TantivyError>) -> EngineError {
    EngineError::Backend(error.into().to_string())
}
