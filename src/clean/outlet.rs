//! The outlet of a text that has no metadata: an agency in its dateline, or the paper whose reporter asks.

use std::sync::LazyLock;

use regex::Regex;

use super::agency;
use super::draft::{Draft, Piece};
use crate::model::BlockKind;

/// `Lanqing Daily (LD) reporter Wu Jiayi` in an editor's note.
static REPORTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<name>(?:\p{Lu}[\p{L}'’-]*\s+){1,5})\((?P<short>\p{Lu}{2,6})\)(?:['’]s)?\s+(?:\w+\s+)?(?:reporter|correspondent|editor|journalist)")
        .ok()
});

/// The outlet that `draft` names in its text; `None` where it names none.
pub(super) fn find(draft: &Draft) -> Option<String> {
    draft.pieces.iter().find(|piece| piece.kind == BlockKind::Paragraph).and_then(dateline).or_else(|| asking(draft))
}

fn dateline(piece: &Piece) -> Option<String> {
    agency::dateline(&piece.text)
}

/// The paper whose abbreviation labels the questions.
fn asking(draft: &Draft) -> Option<String> {
    let asks = |short: &str| {
        draft.pieces.iter().any(|piece| {
            piece.kind == BlockKind::Question && piece.label.as_ref().is_some_and(|label| label.name == short)
        })
    };
    let notes = draft.pieces.iter().filter(|piece| piece.kind == BlockKind::EditorNote);
    notes
        .flat_map(|note| REPORTER.as_ref().into_iter().flat_map(|reporter| reporter.captures_iter(&note.text)))
        .find_map(|found| {
            let (name, short) = (found.name("name")?, found.name("short")?);
            asks(short.as_str()).then(|| abbreviated(name.as_str(), short.as_str()))
        })
}

/// The last words of `words` whose initials are `short`; all of them where it is no abbreviation of theirs.
fn abbreviated(words: &str, short: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let initials = |words: &[&str]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let from = (0..words.len()).find(|from| initials(&words[*from..]) == short).unwrap_or(0);
    words[from..].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::draft::TurnLabel;

    #[test]
    fn an_agency_is_named_in_its_dateline() {
        let piece = |text: &str| Piece::plain(BlockKind::Paragraph, text);

        assert_eq!(
            dateline(&piece("ALT-BULAK, June 17 (Corridor Wire) — Six leaders")).as_deref(),
            Some("Corridor Wire")
        );
        assert_eq!(dateline(&piece("VELMAR (Corridor Wire) - Six")).as_deref(), Some("Corridor Wire"));
        assert_eq!(dateline(&piece("The bank (Amber) — a new one")), None);
    }

    #[test]
    fn a_papers_abbreviation_asks_in_its_name() {
        let draft = Draft {
            pieces: vec![
                Piece::plain(BlockKind::EditorNote, "On Wednesday Lanqing Daily (LD) reporter Wu Jiayi asked."),
                Piece {
                    label: Some(TurnLabel { at: 0..2, name: "LD".to_owned() }),
                    ..Piece::plain(BlockKind::Question, "LD: Why?")
                },
            ],
            ..Draft::default()
        };

        assert_eq!(find(&draft).as_deref(), Some("Lanqing Daily"));
    }
}
