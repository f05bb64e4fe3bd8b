//! Editor's notes and corrections: the editors speaking of the article, or mending it.

use std::sync::LazyLock;

use regex::Regex;

use crate::clean::draft::Piece;
use crate::model::BlockKind;

static NOTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) ^ [\[(*_]* (?: (?:the\s+)? editor(?:['’]?s|s['’])? \s+ notes? | note \s+ (?:from|by) \s+ the \s+ editors?
          | corrections? (?:\s+and\s+clarifications?)? | clarification | this \s+ (?:article|story|version) \s+ (?:was|has \s+ been) \s+ (?:amended|corrected|updated) )
          (?P<mark> \s*[:–—.]\s* | \s*$ | \s+on\b | \b )",
    )
    .ok()
});
static EDITED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^[\[(*_]*(?:this|the) (?:interview|conversation|transcript|text)(?: \w+){0,3} (?:was|has been|have been|is) (?:lightly |slightly )?(?:edited|condensed|abridged|translated)",
    )
    .ok()
});

/// Whether a paragraph is an editor's note.
pub(in crate::clean) fn is_note(text: &str) -> bool {
    is_labelled(text).is_some() || EDITED.as_ref().is_some_and(|edited| edited.is_match(text))
}

/// Where the label ends, for a paragraph that begins with one.
fn is_labelled(text: &str) -> Option<usize> {
    let found = NOTE.as_ref()?.captures(text)?;
    let label = found.get(0)?;
    let marked = label.end() == text.len() || found.name("mark").is_some_and(|mark| !mark.as_str().is_empty());
    let amended = label.as_str().to_lowercase().starts_with("this ");
    (marked || amended).then(|| label.end())
}

/// Whether a note corrects the article or only speaks of it.
fn kind(note: &str) -> BlockKind {
    let begins = note.trim_start_matches(['[', '(', '*', '_']).to_lowercase();
    let corrects = ["correct", "clarif", "this article was", "this article has", "this story was", "this story has"];
    let mends = corrects.iter().any(|words| begins.starts_with(words)) || begins.starts_with("this version");
    if mends { BlockKind::Correction } else { BlockKind::EditorNote }
}

/// Gives notes their kind, and parts a label from the text that it is glued to.
pub(super) fn find(pieces: &mut [Piece]) {
    let mut label_alone = None;
    for piece in pieces.iter_mut() {
        if !matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Quote) {
            continue;
        }
        if let Some(kind) = label_alone.take().filter(|_| piece.kind == BlockKind::Paragraph) {
            piece.kind = kind;
        } else if is_note(&piece.text) {
            piece.kind = kind(&piece.text);
            let label = is_labelled(&piece.text);
            label_alone = (label == Some(piece.text.len())).then_some(piece.kind);
            if let Some(end) = label.filter(|end| piece.text[..*end].ends_with(':') && *end < piece.text.len()) {
                piece.insert_space(end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_sentences() {
        for note in [
            "Editor's Note:Leaders met in Alt-Bulak.",
            "Editor’s note",
            "Correction: the line has 23 stations.",
            "This interview has been edited for length.",
            "This article was amended on 20 June 2025.",
        ] {
            assert!(is_note(note), "{note}");
        }
        for sentence in ["Correction of the river began in May.", "The editor noted the date.", "This article of faith"]
        {
            assert!(!is_note(sentence), "{sentence}");
        }
    }

    #[test]
    fn a_correction_is_told_from_a_note() {
        assert_eq!(kind("Correction: the line has 23 stations."), BlockKind::Correction);
        assert_eq!(kind("This article was amended on 20 June 2025."), BlockKind::Correction);
        assert_eq!(kind("Editor’s note: leaders met."), BlockKind::EditorNote);
    }

    #[test]
    fn a_glued_label_is_parted_from_its_text() {
        let mut pieces = [Piece::plain(BlockKind::Paragraph, "Editor's Note:Leaders met.")];

        find(&mut pieces);

        assert_eq!(pieces[0].text, "Editor's Note: Leaders met.");
        assert_eq!(pieces[0].kind, BlockKind::EditorNote);
    }
}
