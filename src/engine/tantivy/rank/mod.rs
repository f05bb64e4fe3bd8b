//! Orders what matches: BM25F over four fields, then words that stand close, the whole around a passage, and the words
//! of the first results.
//!
//! First stage ([`passages`], [`articles`]): every match is scored by its own words. Second stage ([`refine`]): the
//! best of them are weighed by what costs more. Counts are whole numbers summed over segments, and each score is
//! computed from them in the query's order, so that it is the same to the last bit however the index is cut.

mod articles;
mod bm25f;
mod columns;
mod context;
mod cursor;
mod feedback;
mod kept;
mod listing;
mod located;
mod model;
mod passages;
mod proximity;
mod refine;
mod statistics;
mod units;

use tantivy::query::{EnableScoring, Weight};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

use super::backend;
use super::compile::Compiler;
use crate::config::Feedback;
use crate::engine::{By, EngineError, Page, ScoreParts, WordPart};

pub(super) use self::columns::{Columns, Rank};
pub(super) use self::model::{Model, Request};
pub(super) use self::statistics::Totals;

/// The fields whose words score.
const FIELDS: usize = 4;
/// The passage's own text.
const TEXT: usize = 0;
/// The heading above the passage.
const HEADING: usize = 3;

/// Occurrences or lengths by field.
type ByField = [u32; FIELDS];

/// Bits of a packed length, by field: a text may be long.
const LENGTH_BITS: [u32; FIELDS] = [28, 12, 12, 12];

/// Four lengths in one number; longer ones than it can say are cut to the longest.
pub(super) fn pack(lengths: [usize; FIELDS]) -> u64 {
    lengths.into_iter().zip(LENGTH_BITS).fold(0, |packed, (length, bits)| {
        packed << bits | u64::try_from(length).unwrap_or(u64::MAX).min((1 << bits) - 1)
    })
}

fn unpack(mut packed: u64) -> ByField {
    let mut lengths = [0; FIELDS];
    for (length, bits) in lengths.iter_mut().zip(LENGTH_BITS).rev() {
        *length = u32::try_from(packed & ((1 << bits) - 1)).unwrap_or(u32::MAX);
        packed >>= bits;
    }
    lengths
}

/// Which passages match.
pub(super) enum Matching {
    /// Those that hold any of the units.
    Union,
    /// Those that a query finds.
    Driven(Box<dyn Weight>),
}

/// What is ranked, on its way.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) rank: Rank,
    /// The passage, or the best passage of the article.
    pub(super) at: DocAddress,
    /// How many passages of the article match; 1 where passages are ranked.
    pub(super) matching: usize,
    /// Occurrences of each unit.
    counts: Vec<ByField>,
    lengths: ByField,
    work: u64,
    kind_weight: f64,
    best_passage: f64,
    proximity: f64,
    context: f64,
}

/// The best, best first, and how many match in all.
pub(super) struct Ranked {
    pub(super) total: usize,
    pub(super) candidates: Vec<Candidate>,
}

/// Ranks what matches the query of `request`.
pub(super) fn rank(
    searcher: &Searcher,
    compiler: &Compiler<'_>,
    request: Request<'_>,
) -> Result<(Model, Ranked), EngineError> {
    let root = &request.query.root;
    let fields = compiler.fields;
    let scored = [fields.text, fields.title, fields.speaker_words, fields.heading];
    let model = Model::new(searcher, request, scored, compiler.units(root)?).map_err(backend)?;
    let matching = if units::is_union(root) {
        Matching::Union
    } else {
        let scoring = EnableScoring::disabled_from_searcher(searcher);
        Matching::Driven(compiler.node(root)?.weight(scoring).map_err(backend)?)
    };
    with_feedback(searcher, compiler, request, model, &matching).map_err(backend)
}

/// Ranks, and where the first results say so, ranks again with their words.
fn with_feedback(
    searcher: &Searcher,
    compiler: &Compiler<'_>,
    request: Request<'_>,
    mut model: Model,
    matching: &Matching,
) -> tantivy::Result<(Model, Ranked)> {
    let work = compiler.fields.work;
    // As many as give words are ranked, however few are asked for.
    let enough = match request.ranking.feedback {
        Feedback::Off => request.page.top,
        Feedback::On | Feedback::Auto => request.page.top.max(request.ranking.feedback_results),
    };
    let first_request = Request { page: Page { top: enough, ..request.page }, ..request };
    let mut found = ranked(searcher, first_request, &model, matching, work)?;
    let first = &found.candidates[..request.ranking.feedback_results.min(found.candidates.len())];
    model.feedback = feedback::sign(request, &model, first);
    if !model.feedback.is_some_and(|sign| sign.used) {
        found.candidates.truncate(request.page.top);
        return Ok((model, found));
    }
    let terms_of = |document: TantivyDocument| {
        let json = document.get_first(compiler.fields.passage).and_then(|value| value.as_bytes());
        let text = json.and_then(|json| serde_json::from_slice::<TextOfPassage>(json).ok());
        text.map_or_else(Vec::new, |passage| compiler.analyzer.terms(&passage.text))
    };
    let expanded = feedback::expanded(searcher, request, &model, first, terms_of)?;
    let found = ranked(searcher, request, &expanded, matching, work)?;
    Ok((expanded, found))
}

/// As much of a stored passage as feedback needs.
#[derive(serde::Deserialize)]
struct TextOfPassage {
    text: String,
}

fn ranked(
    searcher: &Searcher,
    request: Request<'_>,
    model: &Model,
    matching: &Matching,
    work: Field,
) -> tantivy::Result<Ranked> {
    let documents = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
    let limit = request.page.top.max(request.ranking.depth).clamp(1, documents.max(1));
    let columns = request.totals.columns(searcher)?;
    let mut ranked = match request.page.by {
        By::Passage => passages::rank(searcher, columns, (model, matching), limit)?,
        By::Article => {
            let lengths = request.totals.by_article(searcher)?;
            articles::rank(searcher, model, matching, (columns, lengths), (request.ranking, limit))?
        }
    };
    refine::refine(searcher, request, model, work, &mut ranked.candidates)?;
    ranked.candidates.truncate(request.page.top);
    Ok(ranked)
}

impl Candidate {
    /// Where the score came from.
    pub(super) fn parts(&self, model: &Model) -> ScoreParts {
        let words = model.units.iter().zip(&self.counts).filter(|(unit, _)| !unit.dropped);
        let words = words.map(|(unit, counts)| {
            let [text, title, speaker, heading] = *counts;
            WordPart {
                word: unit.shown.clone(),
                feedback: unit.feedback,
                text,
                title,
                speaker,
                heading,
                rarity: unit.rarity,
                weight: unit.weight,
                score: self.kind_weight * unit.weight * unit.rarity * model.ranked.saturated(*counts, self.lengths),
            }
        });
        ScoreParts {
            total: self.rank.score,
            words: words.collect(),
            proximity: self.proximity,
            context: self.context,
            best_passage: self.best_passage,
            kind_weight: self.kind_weight,
            dropped: model.units.iter().filter(|unit| unit.dropped).map(|unit| unit.shown.clone()).collect(),
            feedback: model.feedback,
        }
    }
}

/// Passages of one segment in ascending order, as a cursor wants them.
fn ascending(candidates: &[Candidate], ordinal: u32) -> Vec<(DocId, usize)> {
    let mut own: Vec<(DocId, usize)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.at.segment_ord == ordinal)
        .map(|(index, candidate)| (candidate.at.doc_id, index))
        .collect();
    own.sort_unstable();
    own
}

/// Alive documents that match, in one segment.
fn matches(weight: &dyn Weight, searcher: &Searcher, ordinal: u32) -> tantivy::Result<Vec<DocId>> {
    let segment = searcher.segment_reader(ordinal);
    let mut found = Vec::new();
    weight.for_each_no_score(segment, &mut |documents| {
        found.extend(documents.iter().copied().filter(|document| !segment.is_deleted(*document)));
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_lengths_read_back_and_are_cut_to_what_fits() {
        assert_eq!(unpack(pack([120, 9, 0, 4])), [120, 9, 0, 4]);
        assert_eq!(unpack(pack([usize::MAX, 5000, 1, 2])), [(1 << 28) - 1, 4095, 1, 2]);
    }
}
