//! An entry that is shown, read whole: its words, its other versions, its reasons.

use std::collections::BTreeSet;

use super::entries::Entry;
use super::gather::{Found, spoken};
use super::{OtherVersion, QuoteEntry, Said, SaidId};
use crate::engine::Engine;
use crate::model::{Passage, Span, outlet_key};
use crate::view::ViewError;
use crate::view::reasons::{Reasoned, reasons};

/// Stands for the reporting clause between two pieces of a quotation.
const BETWEEN: &str = " … ";

/// `entry` as it is shown at `rank`; `None` where the index no longer has it.
pub(super) fn entry(
    engine: &dyn Engine,
    rank: usize,
    entry: &Entry<'_>,
    why: bool,
) -> Result<Option<QuoteEntry>, ViewError> {
    let Some((passage, said)) = read(engine, entry.first.id, &entry.first.matches)? else { return Ok(None) };
    let mut others = Vec::new();
    for (id, found) in other_versions(entry) {
        let marks = found.map(|found| found.matches.as_slice()).unwrap_or_default();
        // An index that was cut off in its making may lack one.
        let Some((_, said)) = read(engine, id, marks)? else { continue };
        others.push(OtherVersion { said, matches: found.is_some() });
    }
    let all = others.iter().map(|other| &other.said).chain([&said]);
    let outlets: BTreeSet<Option<String>> = all.map(|said| said.article.outlet.as_deref().map(outlet_key)).collect();
    let why = if why { reason(engine, &passage, said.id)? } else { None };
    let (outlets, may_report) = (outlets.len(), entry.may_report);
    Ok(Some(QuoteEntry { rank, is_first: entry.is_first(), said, others, outlets, may_report, why }))
}

/// The versions beside the one that stands for the entry, by time, and what was found of them.
fn other_versions<'e>(entry: &'e Entry<'_>) -> Vec<(SaidId, Option<&'e Found>)> {
    let Some(statement) = entry.statement else {
        return entry.others.iter().map(|found| (found.id, Some(found))).collect();
    };
    let mut found = entry.others.iter().peekable();
    let ids = statement.versions.iter().map(|id| SaidId::Quote(*id)).filter(|id| *id != entry.first.id);
    // What was found stands in the statement's order.
    ids.map(|id| (id, found.next_if(|found| found.id == id))).collect()
}

fn read(engine: &dyn Engine, id: SaidId, matches: &[Span]) -> Result<Option<(Passage, Said)>, ViewError> {
    let Some(passage) = engine.passage(id.passage()).map_err(ViewError::Engine)? else { return Ok(None) };
    let Some(said) = said(&passage, id, matches) else { return Ok(None) };
    Ok(Some((passage, said)))
}

fn said(passage: &Passage, id: SaidId, matches: &[Span]) -> Option<Said> {
    let spoken = spoken(passage).find(|spoken| spoken.id == id)?;
    let pieces = spoken.spans.iter().map(|span| span.relative_to(passage.span.start));
    let (text, highlights) = joined(&passage.text, pieces, matches);
    Some(Said {
        id,
        kind: spoken.kind,
        text,
        spans: spoken.spans,
        highlights,
        speaker: spoken.speaker.cloned(),
        confidence: spoken.confidence,
        topics: passage.topics.iter().map(|topic| topic.id.clone()).collect(),
        published: passage.published.clone(),
        article: passage.article.clone(),
    })
}

/// The pieces of `text` as one, with the parts of `matches` that stand in them; all in code points.
fn joined(text: &str, pieces: impl Iterator<Item = Span>, matches: &[Span]) -> (String, Vec<Span>) {
    let (mut words, mut letters, mut marks) = (String::new(), 0, Vec::<Span>::new());
    for piece in pieces {
        let whole = piece.slice(text);
        let trimmed = whole.trim();
        let start = piece.start + whole.chars().take_while(|letter| letter.is_whitespace()).count();
        let end = start + trimmed.chars().count();
        if letters > 0 {
            words.push_str(BETWEEN);
            letters += BETWEEN.chars().count();
        }
        for found in matches {
            let (first, last) = (found.start.max(start), found.end.min(end));
            if first < last {
                marks.push(Span::new(first - start + letters, last - start + letters));
            }
        }
        words.push_str(trimmed);
        letters += end - start;
    }
    marks.sort_by_key(|mark| (mark.start, mark.end));
    let mut apart: Vec<Span> = Vec::new();
    for mark in marks {
        match apart.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => apart.push(mark),
        }
    }
    (words, apart)
}

/// Why a passage is said to hold this.
fn reason(engine: &dyn Engine, passage: &Passage, id: SaidId) -> Result<Option<Reasoned>, ViewError> {
    let article = engine.article(passage.id.article).map_err(ViewError::Engine)?;
    let quote = match id {
        SaidId::Turn(_) => None,
        SaidId::Quote(quote) => Some(quote),
    };
    Ok(reasons(&article, passage).attributions.into_iter().find(|reasoned| reasoned.id == quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_keep_their_words_where_a_reporting_clause_is_left_out() {
        let text = "«We open,» he said, «the tunnel today.»";
        let pieces = [Span::new(1, 9), Span::new(21, 37)];

        let (words, marks) = joined(text, pieces.into_iter(), &[Span::new(4, 31), Span::new(25, 31)]);

        assert_eq!(words, "We open, … the tunnel today");
        assert_eq!(marks.iter().map(|mark| mark.slice(&words)).collect::<Vec<_>>(), ["open,", "the tunnel"]);
    }
}
