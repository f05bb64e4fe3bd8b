//! Blocks → passages: a paragraph each, long ones parted at sentence ends, tiny ones joined.

use super::sentences::sentences;
use crate::model::{Article, BlockKind, CodePoints, PassageKind, Span};

/// Words at which a long paragraph is parted: about what a reader takes in at once, and what the
/// passage-retrieval literature uses (Callan, "Passage-level evidence in document retrieval", 1994: 50 to 600).
const LONG: usize = 120;
/// Words below which a passage is joined to its neighbour.
const TINY: usize = 12;

/// A passage before it is known who speaks in it and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: PassageKind,
    pub(super) span: Span,
    /// Index of the block that it begins in.
    pub(super) block: usize,
    words: usize,
}

/// Cuts `article` into passages; `speaker` tells the speaker of a block, so that turns of two speakers
/// are never joined. The title is no passage.
pub(super) fn split<S: PartialEq>(article: &Article, speaker: impl Fn(usize) -> Option<S>) -> Vec<Piece> {
    let points = CodePoints::new(&article.text);
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, block) in article.blocks.iter().enumerate() {
        let Some(kind) = kind(block.kind) else { continue };
        for span in parts(&points, block.span) {
            let words = count_words(points.slice(span));
            let piece = Piece { kind, span, block: index, words };
            match pieces.last_mut() {
                Some(open) if joins(article, open, &piece) && speaker(open.block) == speaker(index) => {
                    open.span.end = piece.span.end;
                    open.words += piece.words;
                }
                _ => pieces.push(piece),
            }
        }
    }
    pieces
}

/// Whether `next` is joined to `open`: same kind, neighbours, one of the two tiny, together not long.
fn joins(article: &Article, open: &Piece, next: &Piece) -> bool {
    let neighbours = next.block <= open.block + 1 || article.blocks[open.block + 1..next.block].is_empty();
    let (from, to) = (article.blocks[open.block].label, article.blocks[next.block].label);
    let one_turn = to.is_none() || from == to;
    let one_entry = article.blocks[open.block].entry == article.blocks[next.block].entry;
    let kind = article.blocks[next.block].kind;
    open.kind == next.kind
        && neighbours
        && one_turn
        && one_entry
        && !matches!(open.kind, PassageKind::Heading | PassageKind::Caption | PassageKind::EditorNote)
        && (kind == BlockKind::ListItem || open.words < TINY || next.words < TINY)
        && open.words + next.words <= LONG
}

fn kind(kind: BlockKind) -> Option<PassageKind> {
    Some(match kind {
        BlockKind::Title => return None,
        BlockKind::Heading | BlockKind::LiveEntry => PassageKind::Heading,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Table => PassageKind::Narration,
        BlockKind::Quote => PassageKind::Quote,
        BlockKind::Caption | BlockKind::Credit => PassageKind::Caption,
        BlockKind::EditorNote | BlockKind::Correction => PassageKind::EditorNote,
        BlockKind::Question => PassageKind::Question,
        BlockKind::Answer => PassageKind::Answer,
    })
}

/// A block as it is, or in parts of whole sentences of about [`LONG`] words, evenly filled.
fn parts(points: &CodePoints<'_>, block: Span) -> Vec<Span> {
    let text = points.slice(block);
    let words = count_words(text);
    if words <= LONG + LONG / 2 {
        return vec![block];
    }
    let wanted = words.div_ceil(words.div_ceil(LONG));
    let origin = points.bytes(block).start;
    let mut parts: Vec<Span> = Vec::new();
    let mut filled = 0;
    for sentence in sentences(text) {
        let length = count_words(&text[sentence.clone()]);
        let span = points.span(&(origin + sentence.start..origin + sentence.end));
        match parts.last_mut() {
            // The break goes where the part comes nearest to its share.
            Some(open) if filled + length / 2 <= wanted => {
                open.end = span.end;
                filled += length;
            }
            _ => {
                parts.push(span);
                filled = length;
            }
        }
    }
    parts
}

fn count_words(text: &str) -> usize {
    text.split_whitespace().count()
}
