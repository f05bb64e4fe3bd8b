//! Which words made a passage match, from the positions in the index's own postings.
//!
//! Each word or phrase of the query that is not denied gives the token positions at which it stands in
//! the document; the analyzer's tokens of the stored text turn positions into code points.

use std::collections::BTreeSet;

use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, Term};

use super::compile::bare;
use crate::analysis::Analyzer;
use crate::model::{CodePoints, Span};
use crate::query::{Node, Pattern, Word};

/// The spans of `text` (the stored text of `document`) at which `root` matches.
pub(super) fn highlights(
    searcher: &Searcher,
    analyzer: &Analyzer,
    field: Field,
    root: &Node,
    document: DocAddress,
    text: &str,
) -> tantivy::Result<Vec<Span>> {
    let mut positions = BTreeSet::new();
    let mut leaves = Vec::new();
    collect_leaves(root, &mut leaves);
    for leaf in leaves {
        let terms: Vec<Term> = analyzer.tokens(&leaf).map(|token| Term::from_field_text(field, &token.term)).collect();
        let starts = phrase_starts(searcher, field, &terms, document)?;
        let len = u32::try_from(terms.len()).unwrap_or(u32::MAX);
        positions.extend(starts.iter().flat_map(|start| *start..start.saturating_add(len)));
    }
    Ok(spans(analyzer, &positions, text))
}

/// The words and phrases that may make a passage match.
fn collect_leaves(node: &Node, into: &mut Vec<String>) {
    match node {
        Node::Word(Word { pattern: Pattern::Stem(text), .. }) => into.push(text.clone()),
        Node::Phrase(phrase) => into.extend(bare(phrase)),
        node => node.asked().into_iter().for_each(|node| collect_leaves(node, into)),
    }
}

/// The positions at which `terms` stand next to each other in `document`.
fn phrase_starts(
    searcher: &Searcher,
    field: Field,
    terms: &[Term],
    document: DocAddress,
) -> tantivy::Result<BTreeSet<u32>> {
    let inverted = searcher.segment_reader(document.segment_ord).inverted_index(field)?;
    let mut starts: Option<BTreeSet<u32>> = None;
    for (offset, term) in (0u32..).zip(terms) {
        let mut positions = Vec::new();
        if let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?
            // Seeking back is not defined: the first posting may lie behind the document already.
            && postings.doc() <= document.doc_id
            && postings.seek(document.doc_id) == document.doc_id
        {
            postings.positions(&mut positions);
        }
        let begins: BTreeSet<u32> = positions.iter().filter_map(|position| position.checked_sub(offset)).collect();
        starts = Some(match starts {
            None => begins,
            Some(starts) => starts.intersection(&begins).copied().collect(),
        });
    }
    Ok(starts.unwrap_or_default())
}

/// Token positions as spans of code points; neighbours stay apart, so that each word is one highlight.
fn spans(analyzer: &Analyzer, positions: &BTreeSet<u32>, text: &str) -> Vec<Span> {
    let Some(last) = positions.last() else { return Vec::new() };
    let points = CodePoints::new(text);
    analyzer
        .tokens(text)
        .take_while(|token| token.position <= *last as usize)
        .filter(|token| u32::try_from(token.position).is_ok_and(|position| positions.contains(&position)))
        .map(|token| points.span(&token.bytes))
        .collect()
}
