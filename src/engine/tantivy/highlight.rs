//! Which words made a passage match, and where each match begins and ends, from the positions in the index's own
//! postings.
//!
//! The whole query becomes one plan, evaluated on each hit: what does not hold there is not marked. The analyzer's
//! tokens of the stored text turn positions into code points.

use std::collections::BTreeMap;

use tantivy::query::{EnableScoring, Scorer, Weight};
use tantivy::{DocAddress, DocId, SegmentReader};

use super::backend;
use super::compile::{Boxed, Compiler};
use super::matching::positions::Positions;
use super::matching::{Document, Plan};
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
    let marker = Marker::new(compiler, root)?;
    // Postings are read forward: each segment is opened once, its hits taken in order.
    let mut by_segment: BTreeMap<u32, Vec<(DocId, usize)>> = BTreeMap::new();
    for (index, (document, _)) in hits.iter().enumerate() {
        by_segment.entry(document.segment_ord).or_default().push((document.doc_id, index));
    }
    let mut found = vec![Vec::new(); hits.len()];
    for (segment, mut documents) in by_segment {
        documents.sort_unstable();
        let mut opened = marker.open(compiler.searcher.segment_reader(segment))?;
        for (document, index) in documents {
            if let (Some(spans_of_hit), Some((_, text))) = (found.get_mut(index), hits.get(index)) {
                *spans_of_hit = opened.highlights(document, text);
            }
        }
    }
    Ok(found)
}

/// A query as one plan, with its filters.
pub(super) struct Marker {
    plan: Plan,
    filters: Vec<Box<dyn Weight>>,
}

impl Marker {
    pub(super) fn new(compiler: &Compiler<'_>, root: &Node) -> Result<Self, EngineError> {
        let mut filters: Vec<Boxed> = Vec::new();
        let mut builder = compiler.builder(compiler.text());
        let clause = builder.whole(root, &mut |clause| {
            filters.push(compiler.constraint(&clause.constraint, &clause.value_at)?);
            Ok(filters.len() - 1)
        })?;
        let unscored = EnableScoring::disabled_from_searcher(compiler.searcher);
        let filters = filters.iter().map(|filter| filter.weight(unscored)).collect::<Result<_, _>>();
        Ok(Self { plan: builder.plan(clause), filters: filters.map_err(backend)? })
    }

    pub(super) fn open(&self, segment: &SegmentReader) -> Result<Opened<'_>, EngineError> {
        let filters = self.filters.iter().map(|filter| filter.scorer(segment, 1.0)).collect::<Result<_, _>>();
        let positions = Positions::open(segment, &self.plan).map_err(backend)?;
        Ok(Opened { plan: &self.plan, positions, filters: filters.map_err(backend)? })
    }
}

/// A plan and its filters in one segment, whose documents are asked for in order.
pub(super) struct Opened<'p> {
    plan: &'p Plan,
    positions: Positions,
    filters: Vec<Box<dyn Scorer>>,
}

impl Opened<'_> {
    /// The words of `text` at which `document` matches, each a span of code points; neighbours stay apart.
    fn highlights(&mut self, document: DocId, text: &str) -> Vec<Span> {
        let plan = self.plan;
        let positions = plan.root.marked(self.seen(document));
        spans(&positions, text)
    }

    /// Each match in `document`, whose stored text is `text`, as code points from its first word to its last.
    pub(super) fn extents(&mut self, document: DocId, text: &str) -> Vec<Span> {
        let plan = self.plan;
        let extents = plan.root.extents(self.seen(document));
        let mut ends: Vec<u32> = extents.iter().flat_map(|(first, last)| [*first, *last]).collect();
        ends.sort_unstable();
        ends.dedup();
        let spans = spans(&ends, text);
        let span = |position: &u32| ends.binary_search(position).ok().and_then(|index| spans.get(index));
        extents.iter().filter_map(|(first, last)| Some(Span::new(span(first)?.start, span(last)?.end))).collect()
    }

    fn seen(&mut self, document: DocId) -> &Document {
        // Seeking back is not defined: the first match may lie behind the document already.
        let passes = |filter: &mut Box<dyn Scorer>| filter.doc() <= document && filter.seek(document) == document;
        let passes = self.filters.iter_mut().map(passes).collect();
        let seen = self.positions.document(document);
        seen.passes = passes;
        seen
    }
}

/// Token positions, in order, as spans of code points.
fn spans(positions: &[u32], text: &str) -> Vec<Span> {
    let Some(last) = positions.last() else { return Vec::new() };
    let points = CodePoints::new(text);
    (0..=*last)
        .zip(words(text))
        .filter(|(position, _)| positions.binary_search(position).is_ok())
        .map(|(_, (bytes, _))| points.span(&bytes))
        .collect()
}
