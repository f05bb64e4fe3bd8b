//! Captions and credits that stand among the paragraphs of a scraped text.
//!
//! What makes a caption is the credit at its end: `… on June 16, 2025. Photo: Ke Ruo/LD`. A line that
//! is a credit alone is a credit. Where such a line tears a sentence apart, the halves are joined again.

use std::sync::LazyLock;

use regex::Regex;

use crate::clean::draft::Piece;
use crate::model::BlockKind;

/// A caption with its credit is no longer than this, in code points.
const LONGEST_CAPTION: usize = 500;

/// A credit at the end of a line: the word for a picture, then a maker's name of a few words.
static CREDIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) (?P<open> ^ | [\s(\[.,;–—|] )
          (?: (?:File\s+)? (?:Photo(?:graph)?s?|Picture|Image|Illustration|Graphic|Pic|Video\s+still) (?:\s+credits?)?
              (?: \s*:\s* | \s+(?:by|courtesy(?:\s+of)?|from)\s+ | \s*/\s* | \s*©\s* )
            | (?:Credit|Photo\s+credit|Foto|PHOTO|IMAGE|©)\s*:?\s* )
          (?P<maker> [\p{L}\d][^.!?]{0,80} (?:\.(?:com|example|org))? ) [)\].]? \s* $",
    )
    .ok()
});

/// The kind of `text` where its credit shows it to be a caption or a credit.
fn kind(text: &str) -> Option<BlockKind> {
    if text.chars().count() > LONGEST_CAPTION {
        return None;
    }
    let found = CREDIT.as_ref()?.captures(text)?;
    let maker = found.name("maker")?.as_str();
    let names = maker.starts_with(|first: char| first.is_uppercase() || first.is_numeric());
    let courtesy = maker.starts_with("courtesy") || maker.starts_with("handout");
    if !names && !courtesy || maker.split_whitespace().count() > 10 {
        return None;
    }
    let before = text[..found.get(0)?.start()].trim();
    Some(if before.is_empty() { BlockKind::Credit } else { BlockKind::Caption })
}

/// Whether a line is a caption or a credit.
pub(in crate::clean) fn is_caption(text: &str) -> bool {
    kind(text).is_some()
}

/// Gives captions and credits their kind, and joins sentences that they tear apart.
pub(super) fn find(pieces: &mut Vec<Piece>) {
    for piece in pieces.iter_mut().filter(|piece| matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading)) {
        if let Some(kind) = kind(&piece.text) {
            piece.kind = kind;
        }
    }
    let mut index = 1;
    while index + 1 < pieces.len() {
        if is_aside(&pieces[index]) && is_torn(&pieces[index - 1], &pieces[index + 1]) {
            let rest = pieces.remove(index + 1);
            pieces[index - 1].join(rest);
        } else {
            index += 1;
        }
    }
}

fn is_aside(piece: &Piece) -> bool {
    matches!(piece.kind, BlockKind::Caption | BlockKind::Credit)
}

/// Whether `before` breaks off within a sentence that `after` goes on with.
fn is_torn(before: &Piece, after: &Piece) -> bool {
    before.kind == BlockKind::Paragraph
        && after.kind == BlockKind::Paragraph
        && before.text.ends_with(|last: char| last.is_alphanumeric() || last == ',' || last == '-')
        && after.text.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_is_told_by_its_credit() {
        assert_eq!(kind("A train waits in Alt-Bulak on June 16, 2025. Photo: Ke Ruo/LD"), Some(BlockKind::Caption));
        assert_eq!(kind("Daniyar Osmonov Photo: Courtesy of Osmonov"), Some(BlockKind::Caption));
        assert_eq!(kind("Photo: Ke Ruo/LD"), Some(BlockKind::Credit));
        assert_eq!(kind("Delegates arrive (Photograph by Jonas Pell)"), Some(BlockKind::Caption));
    }

    #[test]
    fn a_sentence_about_a_photo_is_none() {
        assert_eq!(kind("He held up a photo: the bridge had gone. Nobody laughed."), None);
        assert_eq!(kind("The minister posed for a photo by the gate."), None);
        assert_eq!(kind("It does them credit."), None);
    }

    #[test]
    fn a_sentence_torn_by_a_credit_is_joined() {
        let mut pieces = vec![
            Piece::plain(BlockKind::Paragraph, "The line will carry"),
            Piece::plain(BlockKind::Paragraph, "Photo: Ke Ruo/LD"),
            Piece::plain(BlockKind::Paragraph, "freight by 2027."),
        ];

        find(&mut pieces);

        let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(texts, ["The line will carry freight by 2027.", "Photo: Ke Ruo/LD"]);
    }
}
