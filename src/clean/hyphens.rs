//! Words broken over a line's end with a hyphen: `rail-` `way` is `railway`, `north-` `south` keeps its hyphen.
//!
//! The text itself is heard first: whichever form stands elsewhere in it. Then the shape of the two halves, then
//! the lists of `data/hyphens.toml`. For every reader that joins lines.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize, Default)]
struct Lists {
    first: HashSet<String>,
    last: HashSet<String>,
    endings: HashSet<String>,
    suspended: HashSet<String>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/hyphens.toml")).unwrap_or_default());

/// A hyphen that a writer puts where a word may be broken; it is seen at a line's end only.
const SOFT: char = '\u{ad}';
/// A hyphen at which no line is broken: it belongs to the word.
const UNBREAKABLE: char = '\u{2011}';
/// Letters of a word that are looked at, at most.
const LONGEST_WORD: usize = 40;
const HYPHENS: [char; 3] = ['-', '\u{2010}', UNBREAKABLE];

/// How two lines are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// With a space between.
    Space,
    /// As one word, its hyphen kept.
    Compound,
    /// As one word, without the hyphen.
    Word,
}

/// What a text tells of its own hyphens: how often each word of it stands in it.
#[derive(Debug, Default)]
pub(super) struct Hyphens {
    words: HashMap<String, u32>,
}

impl Hyphens {
    /// Reads the words of `text`, which is the whole text; nothing where no line ends with a hyphen.
    pub(super) fn of(text: &str) -> Self {
        let mut lines = text.lines().map(str::trim_end);
        if lines.any(|line| line.ends_with(HYPHENS)) { Self::of_pieces([text]) } else { Self::default() }
    }

    /// Reads the words of a text that comes in pieces, such as the texts of a page.
    pub(super) fn of_pieces<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Self {
        let mut words = HashMap::new();
        let apart = |letter: char| !(letter.is_alphabetic() || HYPHENS.contains(&letter));
        for word in pieces.into_iter().flat_map(|piece| piece.split(apart)) {
            let word = word.trim_matches(HYPHENS);
            if word.len() > 2 {
                *words.entry(normal(word)).or_insert(0) += 1;
            }
        }
        Self { words }
    }

    /// How the line that ends with `before` goes on with `after`.
    pub(super) fn join(&self, before: &str, after: &str) -> Join {
        let (before, after) = (before.trim_end(), after.trim_start());
        if !after.starts_with(char::is_alphanumeric) {
            return Join::Space;
        }
        if before.ends_with(SOFT) {
            return Join::Word;
        }
        let Some(stem) = before.strip_suffix(HYPHENS).filter(|stem| stem.ends_with(char::is_alphanumeric)) else {
            return Join::Space;
        };
        let (first, before_first) = last_word(stem);
        let second = first_word(after);
        if before.ends_with(UNBREAKABLE) || is_name_or_number(first, second) {
            return Join::Compound;
        }
        let (first, second) = (normal(first), normal(second));
        let seen = |word: &str| self.words.get(word).copied().unwrap_or(0);
        let (word, compound) = (seen(&format!("{first}{second}")), seen(&format!("{first}-{second}")));
        if word != compound {
            return if word > compound { Join::Word } else { Join::Compound };
        }
        if LISTS.suspended.contains(&second) {
            return Join::Space;
        }
        if LISTS.endings.contains(&second) {
            return Join::Word;
        }
        let compound = before_first.is_some_and(|mark| HYPHENS.contains(&mark))
            || first.chars().count() == 1
            || LISTS.first.contains(&first)
            || LISTS.last.contains(&second);
        if compound { Join::Compound } else { Join::Word }
    }

    /// Joins `line` to `open`.
    pub(super) fn append(&self, open: &mut String, line: &str) {
        let how = self.join(open, line);
        open.truncate(open.trim_end().len());
        match how {
            Join::Word => {
                open.pop();
            }
            Join::Compound => {}
            Join::Space => {
                open.truncate(open.trim_end_matches(SOFT).len());
                if !open.is_empty() {
                    open.push(' ');
                }
            }
        }
        open.push_str(line.trim_start());
    }

    /// The lines of `text` on one line.
    pub(super) fn one_line(&self, text: &str) -> String {
        let mut lines = text.split('\n');
        let mut open = lines.next().unwrap_or("").to_owned();
        lines.for_each(|line| self.append(&mut open, line));
        open
    }
}

/// Whether a line ends with half of a word that `after` goes on with.
pub(super) fn breaks_word(before: &str, after: &str) -> bool {
    let stem = before.strip_suffix(SOFT).or_else(|| before.strip_suffix(HYPHENS));
    stem.is_some_and(|stem| stem.ends_with(char::is_alphabetic)) && after.starts_with(char::is_lowercase)
}

/// The letters at the end of `text` and the mark before them. Of a longer word, its end: hostile text
/// must not be read again for each line.
fn last_word(text: &str) -> (&str, Option<char>) {
    let letters = text.char_indices().rev().take(LONGEST_WORD);
    let (mut start, mut mark) = (text.len(), None);
    for (at, letter) in letters {
        if !(letter.is_alphanumeric() || matches!(letter, '\'' | '’')) {
            mark = Some(letter);
            break;
        }
        start = at;
    }
    (&text[start..], mark)
}

fn first_word(text: &str) -> &str {
    let mut letters = text.char_indices().take(LONGEST_WORD);
    let end = letters.find(|(_, letter)| !letter.is_alphanumeric()).map(|(end, _)| end);
    &text[..end.or_else(|| text.char_indices().nth(LONGEST_WORD).map(|(end, _)| end)).unwrap_or(text.len())]
}

/// `Alt-` `Bulak`, `2023-` `24`, `T-` `shirt`; but not `RAIL-` `WAY`.
fn is_name_or_number(first: &str, second: &str) -> bool {
    let shouted = |word: &str| word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let digit = |word: &str| word.chars().any(char::is_numeric);
    let apart = second.starts_with(char::is_uppercase) && !(shouted(first) && shouted(second));
    apart || digit(first) || digit(second)
}

fn normal(word: &str) -> String {
    word.to_lowercase().replace(HYPHENS, "-")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn joined(text: &str) -> String {
        Hyphens::of(text).one_line(text)
    }

    #[test]
    fn a_broken_word_is_made_whole() {
        assert_eq!(joined("The rail-\nway opened."), "The railway opened.");
        assert_eq!(joined("THE RAIL-\nWAY OPENED."), "THE RAILWAY OPENED.");
        assert_eq!(joined("The north-\nern line"), "The northern line");
        assert_eq!(joined("Die Eisen-\nbahn fährt."), "Die Eisenbahn fährt.");
        assert_eq!(joined("The rail\u{ad}\nway opened."), "The railway opened.");
    }

    #[test]
    fn a_compound_keeps_its_hyphen() {
        for text in [
            "the north-\nsouth line",
            "near Alt-\nBulak",
            "a state-\nowned firm",
            "in 2023-\n24",
            "the day-to-\nday work",
            "an e-\nmail",
            "Doruna-\nKesh trade",
            "a 20-\nyear loan",
        ] {
            assert_eq!(joined(text), text.replace('\n', ""));
        }
    }

    #[test]
    fn the_text_itself_decides_first() {
        assert_eq!(joined("The dry-port is full. A dry-\nport is dear."), "The dry-port is full. A dry-port is dear.");
        assert_eq!(joined("A northsouth. The north-\nsouth"), "A northsouth. The northsouth");
    }

    #[test]
    fn a_hyphen_that_waits_for_its_other_half_stays_apart() {
        assert_eq!(joined("two-\nand three-day talks"), "two- and three-day talks");
    }

    #[test]
    fn a_dash_is_no_hyphen() {
        assert_eq!(joined("the railway -\nif it comes"), "the railway - if it comes");
    }

    #[test]
    fn the_lists_are_read() {
        assert!(toml::from_str::<Lists>(include_str!("../../data/hyphens.toml")).is_ok());
    }

    proptest! {
        #[test]
        fn joining_loses_hyphens_and_white_space_alone(text in "[a-zA-Z é‐\u{ad}\n.-]{0,80}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic() || *c == '.').collect::<String>();
            prop_assert_eq!(letters(&joined(&text)), letters(&text));
        }
    }
}
