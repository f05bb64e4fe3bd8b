//! What a point after an abbreviation means, from `data/abbreviations.toml`, for sentences and attribution.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

/// The longest abbreviation looked up, in bytes without its point; longer words are none.
pub(super) const LONGEST: usize = 24;

/// A class of words; a word can be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A name follows.
    Title,
    /// Several names follow.
    Titles,
    /// A place's name follows.
    Place,
    /// The sentence goes on.
    Middle,
    /// A number follows, or else the sentence may end.
    Numbered,
    /// The same, but a word of its own as well.
    NumberedWord,
    /// Ends a sentence where a word follows that begins sentences.
    MayEnd,
    /// A month, which is as [`Class::MayEnd`].
    Month,
    /// A state, which is as [`Class::MayEnd`].
    State,
    /// Ends a sentence where a capital follows.
    End,
    /// A time of day.
    Time,
    /// A day or zone, which follows a time of day. No abbreviation itself.
    AfterTime,
    /// A word that a time of day follows where a sentence begins. No abbreviation itself.
    BeforeTime,
    /// A word that a letter follows as a mark. No abbreviation itself.
    Lettered,
    /// A month after the ordinal point. No abbreviation itself.
    OrdinalMonth,
}

impl Class {
    const NAMED: [(Self, &'static str); 15] = [
        (Self::Title, "titles"),
        (Self::Titles, "titles_of_several"),
        (Self::Place, "places"),
        (Self::Middle, "middle"),
        (Self::Numbered, "numbered"),
        (Self::NumberedWord, "numbered_words"),
        (Self::MayEnd, "may_end"),
        (Self::Month, "months"),
        (Self::State, "states"),
        (Self::End, "ends"),
        (Self::Time, "times"),
        (Self::AfterTime, "after_times"),
        (Self::BeforeTime, "before_times"),
        (Self::Lettered, "lettered"),
        (Self::OrdinalMonth, "ordinal_months"),
    ];

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The classes that a word is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u16);

impl Classes {
    /// Whether the word is in one of `classes`.
    pub(super) fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.0 & class.bit() != 0)
    }
}

static WORDS: LazyLock<HashMap<String, Classes, FixedState>> = LazyLock::new(|| {
    let lists: HashMap<String, Vec<String>> =
        toml::from_str(include_str!("../../data/abbreviations.toml")).unwrap_or_default();
    let mut words: HashMap<String, Classes, FixedState> = HashMap::default();
    for (class, name) in Class::NAMED {
        for word in lists.get(name).into_iter().flatten() {
            words.entry(word.clone()).or_default().0 |= class.bit();
        }
    }
    words
});

/// The classes of `word`, which is written without its point; none for a word that is not listed.
pub(super) fn classes(word: &str) -> Classes {
    if word.len() > LONGEST {
        return Classes::default();
    }
    WORDS.get(word).copied().unwrap_or_default()
}

/// The same for a word that may stand in a line of capitals: `GEN` is `Gen`.
pub(super) fn classes_in_capitals(word: &str) -> Classes {
    let own = classes(word);
    let mut letters = word.chars();
    let Some(first) = letters.next().filter(|first| first.is_uppercase()) else { return own };
    let rest = letters.as_str();
    if own != Classes::default() || rest.is_empty() || rest.len() > LONGEST || rest.chars().any(char::is_lowercase) {
        return own;
    }
    classes(&format!("{first}{}", rest.to_lowercase()))
}

/// Whether attribution takes a point after `word` for the word's own.
///
/// It has no use for the other classes: `Inc.` or `No.` are rarely beside a speaker or a cue, where a
/// lost sentence end costs more than a false one.
pub(super) fn keeps_point(word: &str) -> bool {
    classes(word).any(&[Class::Title, Class::Place, Class::Month, Class::State])
        || matches!(word, "Jr" | "Sr" | "St" | "vs")
}

/// Whether `word` is letters with points between them: `U.S`, `P.J`, `a.m`.
pub(super) fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_file_is_read() {
        let lists: HashMap<String, Vec<String>> =
            toml::from_str(include_str!("../../data/abbreviations.toml")).unwrap();

        let mut read: Vec<&str> = Class::NAMED.iter().map(|(_, name)| *name).collect();
        let mut written: Vec<&str> = lists.keys().map(String::as_str).collect();
        read.sort_unstable();
        written.sort_unstable();
        assert_eq!(read, written);
        assert!(lists.values().flatten().all(|word| word.len() <= LONGEST && !word.ends_with('.')));
    }

    #[test]
    fn a_title_in_capitals_is_that_title() {
        assert!(classes_in_capitals("GEN").any(&[Class::Title]));
        assert!(!classes_in_capitals("GENERAL").any(&[Class::Title]));
    }
}
