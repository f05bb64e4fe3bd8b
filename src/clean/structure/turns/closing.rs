//! What stands within or behind a turn and is nobody's speech: stage directions, and the narrator's last words.
//!
//! A paragraph without a label goes on with the turn before it, unless it is set otherwise than the turn, or
//! a reader sees that the speaker does not say it: it names him, or tells how the conversation ended.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::askers::Askers;
use super::voice::{outside_quotes, says_i_or_you};
use crate::clean::draft::Piece;
use crate::model::BlockKind;

/// The narrator's last words are no longer than this, in code points.
const LONGEST_END: usize = 300;

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    occasions: BTreeSet<String>,
    ends: BTreeSet<String>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../data/interviews.toml")).unwrap_or_default());

/// `(Laughter.)`, `[Applause]`: nobody says it.
pub(super) fn is_stage_direction(text: &str) -> bool {
    let enclosed = text.starts_with('(') && text.ends_with(')') || text.starts_with('[') && text.ends_with(']');
    // `END 3:31 P.M.` closes the record of a press conference.
    let end = text.strip_prefix("END").is_some_and(|rest| !rest.contains(char::is_lowercase));
    (enclosed || end) && text.chars().count() <= 60
}

/// Longest line of the record, in code points: `Examined by MISS TRANTER`.
const LONGEST_DIRECTION: usize = 60;

/// Whether a line ends as no sentence does, and nobody is heard in it: the record says what happens.
pub(super) fn is_of_record(text: &str) -> bool {
    let ends = text.chars().next_back().is_some_and(|last| last.is_alphanumeric() || last == ')');
    ends && text.starts_with(char::is_uppercase) && text.chars().count() <= LONGEST_DIRECTION && !says_i_or_you(text)
}

/// Takes the narrator's words out of the turns that they follow.
///
/// `names` are the labels' keys: a name that two of them share means nobody.
pub(super) fn find(pieces: &mut [Piece], names: &BTreeSet<String>, askers: &Askers) {
    let names = surnames(names);
    let mut speaker: Option<String> = None;
    for at in 0..pieces.len() {
        let piece = &pieces[at];
        if let Some(label) = &piece.label {
            speaker = Some(label.name.clone()).filter(|_| piece.kind == BlockKind::Answer);
            continue;
        }
        let follows = at > 0 && pieces[at - 1].kind == BlockKind::Answer;
        let told = speaker.as_ref().is_some_and(|speaker| tells_of(&piece.text, speaker, &names));
        let upright = |at: usize| {
            pieces
                .get(at)
                .is_some_and(|other| other.kind == BlockKind::Answer && other.label.is_none() && !other.slanted)
        };
        let after = follows && !pieces[at - 1].slanted && !pieces[at - 1].text.ends_with(':');
        let set_otherwise = piece.slanted && (after || upright(at + 1));
        if piece.kind == BlockKind::Answer && (told || set_otherwise) {
            pieces[at].kind = BlockKind::Paragraph;
        }
    }
    close(pieces, askers);
}

/// The last paragraphs of the article, where they follow an answer and are the narrator's.
fn close(pieces: &mut [Piece], askers: &Askers) {
    for at in (1..pieces.len()).rev() {
        match pieces[at].kind {
            BlockKind::Answer => {}
            BlockKind::Paragraph | BlockKind::EditorNote | BlockKind::Caption | BlockKind::Credit => continue,
            _ => return,
        }
        let opens = pieces[at].label.is_some() || pieces[at - 1].kind == BlockKind::Question;
        let text = &pieces[at].text;
        let told = || !says_i_or_you(text) && askers.guests.iter().any(|guest| names_outside_quotes(text, guest));
        if opens || !(ends_occasion(text) || told()) {
            return;
        }
        pieces[at].kind = BlockKind::Paragraph;
    }
}

/// `The hour lasted fifty minutes.`, `The series goes on next week with a cooper.`
fn ends_occasion(text: &str) -> bool {
    let lower = text.to_lowercase();
    let Some(rest) = lower.strip_prefix("the ").filter(|_| text.chars().count() <= LONGEST_END) else { return false };
    let occasion = FILE.occasions.iter().filter_map(|occasion| rest.strip_prefix(occasion.as_str())?.strip_prefix(' '));
    let mut after = occasion.flat_map(|after| FILE.ends.iter().filter(move |end| begins_with(after, end)));
    after.next().is_some() && !says_i_or_you(text)
}

fn begins_with(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Each word of the labels' keys, with how many keys have it.
fn surnames(keys: &BTreeSet<String>) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for word in keys.iter().flat_map(|key| key.split(' ')) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

/// Whether `text` names its own `speaker` outside quote marks, and nobody says `I` there.
fn tells_of(text: &str, speaker: &str, names: &BTreeMap<&str, usize>) -> bool {
    let speaker = speaker.split(" (").next().unwrap_or(speaker);
    let surname = speaker.rsplit(' ').next().unwrap_or(speaker);
    let shared = names.get(surname.to_lowercase().as_str()).is_some_and(|count| *count > 1);
    let is_name = surname.chars().count() > 2 && surname.chars().any(char::is_lowercase);
    if !is_name || says_i_or_you(text) {
        return false;
    }
    names_outside_quotes(text, if shared { speaker } else { surname })
}

/// Whether `text` has the `name`, as words of their own, outside quote marks.
fn names_outside_quotes(text: &str, name: &str) -> bool {
    let outside = outside_quotes(text);
    outside.match_indices(name).any(|(at, _)| {
        let before = outside[..at].chars().next_back();
        let after = outside[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrator_is_told_from_the_speaker() {
        let keys = BTreeSet::from(["rosa quill".to_owned(), "lin haoran".to_owned(), "lin meixia".to_owned()]);
        let names = surnames(&keys);

        assert!(tells_of("Rosa Quill then served a man.", "Rosa Quill", &names));
        assert!(tells_of("Lin Haoran laughed.", "Lin Haoran", &names));
        assert!(!tells_of("“Quill, what does it cost?”", "Rosa Quill", &names));
        assert!(!tells_of("I am Rosa Quill.", "Rosa Quill", &names));
        assert!(!tells_of("The quill is old.", "Rosa Quill", &names));
    }

    #[test]
    fn an_end_is_told_by_what_ended() {
        assert!(ends_occasion("The hour lasted fifty minutes."));
        assert!(ends_occasion("The series goes on next week with a cooper."));
        assert!(!ends_occasion("The hour lasted longer than we thought."));
        assert!(!ends_occasion("The war ended."));
    }
}
