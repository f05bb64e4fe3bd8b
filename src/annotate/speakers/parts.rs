//! The paragraphs of an article in the roles that matter for attribution.

use std::ops::Range;

use super::paragraph::{lines, stretches};
use crate::model::{Article, BlockKind, CodePoints, Span};

/// What attribution does with a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartKind {
    /// Running text, where reports and quotations stand.
    Prose,
    /// A turn: all of it is somebody's speech.
    Turn,
    /// A block set apart as somebody's words.
    SetApart,
    /// Names in it introduce persons, but nothing in it is said by anyone: an editor's note.
    NamesOnly,
}

/// One paragraph of a block.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its bytes, without a turn's label.
    pub(super) bytes: Range<usize>,
    pub(super) kind: PartKind,
    /// The block that it stands in.
    pub(super) block: usize,
    /// Whose turn it is, as labelled or implied, and where the label stands on the turn's first paragraph.
    pub(super) label: Option<(String, Option<Span>)>,
    /// Whether it is a turn that asks.
    pub(super) asks: bool,
}

/// The parts of an article; captions, credits and headlines have none: nobody says them.
pub(super) fn of_article(article: &Article, points: &CodePoints<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for (index, block) in article.blocks.iter().enumerate() {
        let kind = match block.kind {
            BlockKind::Title | BlockKind::Heading | BlockKind::LiveEntry | BlockKind::Caption | BlockKind::Credit => {
                continue;
            }
            BlockKind::EditorNote | BlockKind::Correction => PartKind::NamesOnly,
            BlockKind::Question | BlockKind::Answer => PartKind::Turn,
            BlockKind::Quote => PartKind::SetApart,
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Table => PartKind::Prose,
        };
        let mut bytes = points.bytes(block.span);
        if let Some(label) = block.label.filter(|label| block.span.covers(*label)) {
            let words = article.text.get(points.byte(label.end)..bytes.end).unwrap_or("");
            bytes.start = bytes.end - words.trim_start_matches(AFTER_LABEL).len();
        }
        let label = (kind == PartKind::Turn)
            .then(|| (block.speaker.clone().unwrap_or_else(|| implied_label(block.kind).to_owned()), block.label));
        let asks = block.kind == BlockKind::Question;
        let text = article.text.get(bytes.clone()).unwrap_or("");
        // An editor's note is one text, whatever its line breaks: `Global Times (⏎GT)`.
        if kind == PartKind::NamesOnly {
            for stretch in stretches(text) {
                let bytes = bytes.start + stretch.start..bytes.start + stretch.end;
                parts.push(Part { bytes, kind, block: index, label: label.clone(), asks });
            }
            continue;
        }
        for line in lines(text) {
            let bytes = bytes.start + line.start..bytes.start + line.end;
            parts.push(Part { bytes, kind, block: index, label: label.clone(), asks });
        }
    }
    parts
}

/// What may stand between a label and the words.
const AFTER_LABEL: [char; 9] = [':', '*', '.', ' ', '\n', '\u{a0}', '|', '—', '–'];

/// What an interview without labels leaves to its typography: bold asks, plain answers.
fn implied_label(kind: BlockKind) -> &'static str {
    if kind == BlockKind::Question { "Q" } else { "A" }
}

/// Each line of a text as running text.
pub(super) fn of_text(text: &str) -> Vec<Part> {
    let part = |bytes| Part { bytes, kind: PartKind::Prose, block: 0, label: None, asks: false };
    lines(text).into_iter().map(part).collect()
}
