//! Draft → article: one text, its blocks with their spans, and an id.

use std::ops::Range;

use super::CleanOptions;
use super::draft::{Draft, Piece};
use super::url;
use crate::model::{Article, ArticleId, Block, BlockKind, CodePoints, Link, SourceRef, Span};
use crate::source::RawSource;

/// Between two blocks of a text.
const BETWEEN: &str = "\n\n";

/// Makes the article of `draft`; `content` is the source's text, which names an article without a URL.
pub(super) fn assemble(
    draft: Draft,
    source: &RawSource,
    name: String,
    content: &str,
    options: &CleanOptions,
) -> Article {
    let url = draft.url.as_deref().and_then(url::canonical);
    let id = match &url {
        Some(url) => ArticleId::derive("url", url),
        None => ArticleId::derive("content", content),
    };
    let mut layout = Layout::default();
    if let Some(title) = &draft.title {
        layout.add(&Piece::plain(BlockKind::Title, title.as_str()), None);
    }
    let mut open: Option<(BlockKind, String)> = None;
    for piece in &draft.pieces {
        open = turn_label(piece, open.take());
        let label = open.as_ref().filter(|(kind, _)| *kind == piece.kind).map(|(_, label)| label.clone());
        layout.add(piece, label);
    }
    Article {
        id,
        name,
        source: SourceRef { path: source.path.clone(), blake3: source.blake3, record: draft.record },
        url,
        title: draft.title,
        authors: draft.authors,
        outlet: draft.outlet.or_else(|| options.outlet.clone()),
        published: draft.published,
        language: draft.language.or_else(|| Some(options.language.clone())),
        text: layout.text,
        blocks: layout.blocks,
        dropped: draft.dropped,
        disagreements: draft.disagreements,
        modified: draft.modified,
        metadata: draft.metadata,
    }
}

/// The label in force after `piece`, with the kind of its turn: its own, or that of the turn which it goes on with.
///
/// An aside (a caption, a stage direction) leaves a turn open; an unlabelled turn of the other kind ends it.
fn turn_label(piece: &Piece, open: Option<(BlockKind, String)>) -> Option<(BlockKind, String)> {
    if piece.kind.is_heading() {
        return None;
    }
    if !piece.kind.is_turn() {
        return open;
    }
    let own = piece.label.as_ref().map(|label| (piece.kind, label.name.clone()));
    own.or(open.filter(|(kind, _)| *kind == piece.kind))
}

/// Lays blocks out in one text.
#[derive(Default)]
struct Layout {
    text: String,
    blocks: Vec<Block>,
    /// Code points of `text`.
    length: usize,
}

impl Layout {
    fn add(&mut self, piece: &Piece, speaker: Option<String>) {
        let text = piece.text.as_str();
        if !self.text.is_empty() {
            self.text.push_str(BETWEEN);
            self.length += BETWEEN.len();
        }
        let start = self.length;
        self.text.push_str(text);
        self.length += text.chars().count();
        let points = CodePoints::new(text);
        let placed = |at: &Range<usize>| {
            let span = points.span(at);
            Span::new(start + span.start, start + span.end)
        };
        let label = piece.label.as_ref().filter(|_| piece.kind.is_turn()).map(|label| placed(&label.at));
        let links = piece.links.iter().map(|(at, url)| Link { span: placed(at), url: url.clone() });
        self.blocks.push(Block {
            kind: piece.kind,
            span: Span::new(start, self.length),
            speaker,
            label,
            entry: piece.entry.clone(),
            links: links.collect(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::draft::TurnLabel;

    #[test]
    fn a_colon_within_an_answer_opens_no_turn() {
        let label = Some(TurnLabel { at: 0..4, name: "Rosa".to_owned() });
        let first = Piece { label, ..Piece::plain(BlockKind::Answer, "Rosa: I can show you the board.") };
        let pieces = [first, Piece::plain(BlockKind::Answer, "Eggs: six crowns.")];

        let mut open = None;
        let labels: Vec<Option<String>> = (pieces.iter())
            .map(|piece| {
                open = turn_label(piece, open.take());
                open.as_ref().map(|(_, label)| label.clone())
            })
            .collect();

        assert_eq!(labels, [Some("Rosa".to_owned()), Some("Rosa".to_owned())]);
        assert_eq!(turn_label(&Piece::plain(BlockKind::Question, "Why?"), open), None);
    }
}
