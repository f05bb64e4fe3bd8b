//! Which words made a passage match, from the positions in the index's own postings.
//!
//! The whole query becomes one plan, evaluated on each hit: what does not hold there is not marked. The analyzer's
//! tokens of the stored text turn positions into code points.

use std::collections::BTreeMap;

use tantivy::query::{EnableScoring, Scorer, Weight};
use tantivy::{DocAddress, DocId, SegmentReader};

use super::backend;
use super::compile::{Boxed, Compiler};
use super::matching::Plan;
use super::matching::positions::Positions;
use crate::analysis::words;
use crate::engine::EngineError;
use crate::model::{CodePoints, Span};
use crate::query::Node;

/// For each of `hits`, documents with their stored texts, the spans of the text at which `root` matches.
pub(super) fn highlights(
    compiler: &Compiler<'_>,
    root: &Node,
    hits: &[(DocAddress, &str)],
) -> Result<Vec<Vec<Span>>, EngineError> {
    let mut filters: Vec<Boxed> = Vec::new();
    let mut builder = compiler.builder(compiler.text());
    let clause = builder.whole(root, &mut |clause| {
        filters.push(compiler.constraint(&clause.constraint, &clause.value_at)?);
        Ok(filters.len() - 1)
    })?;
    let plan = builder.plan(clause);
    let unscored = EnableScoring::disabled_from_searcher(compiler.searcher);
    let filters: Vec<Box<dyn Weight>> =
        filters.iter().map(|filter| filter.weight(unscored)).collect::<Result<_, _>>().map_err(backend)?;

    // Postings are read forward: each segment is opened once, its hits taken in order.
    let mut by_segment: BTreeMap<u32, Vec<(DocId, usize)>> = BTreeMap::new();
    for (index, (document, _)) in hits.iter().enumerate() {
        by_segment.entry(document.segment_ord).or_default().push((document.doc_id, index));
    }
    let mut found = vec![Vec::new(); hits.len()];
    for (segment, mut documents) in by_segment {
        documents.sort_unstable();
        let mut opened = Opened::new(compiler.searcher.segment_reader(segment), &plan, &filters).map_err(backend)?;
        for (document, index) in documents {
            if let (Some(spans_of_hit), Some((_, text))) = (found.get_mut(index), hits.get(index)) {
                *spans_of_hit = spans(&opened.marked(document), text);
            }
        }
    }
    Ok(found)
}

/// A plan and its filters in one segment.
struct Opened<'p> {
    plan: &'p Plan,
    positions: Positions,
    filters: Vec<Box<dyn Scorer>>,
}

impl<'p> Opened<'p> {
    fn new(segment: &SegmentReader, plan: &'p Plan, filters: &[Box<dyn Weight>]) -> tantivy::Result<Self> {
        let filters = filters.iter().map(|filter| filter.scorer(segment, 1.0)).collect::<Result<_, _>>()?;
        Ok(Self { plan, positions: Positions::open(segment, plan)?, filters })
    }

    fn marked(&mut self, document: DocId) -> Vec<u32> {
        // Seeking back is not defined: the first match may lie behind the document already.
        let passes = |filter: &mut Box<dyn Scorer>| filter.doc() <= document && filter.seek(document) == document;
        let passes = self.filters.iter_mut().map(passes).collect();
        let seen = self.positions.document(document);
        seen.passes = passes;
        self.plan.root.marked(seen)
    }
}

/// Token positions, in order, as spans of code points; neighbours stay apart, so that each word is one highlight.
fn spans(positions: &[u32], text: &str) -> Vec<Span> {
    let Some(last) = positions.last() else { return Vec::new() };
    let points = CodePoints::new(text);
    (0..=*last)
        .zip(words(text))
        .filter(|(position, _)| positions.binary_search(position).is_ok())
        .map(|(_, (bytes, _))| points.span(&bytes))
        .collect()
}
