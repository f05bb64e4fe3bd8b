//! The words in which two versions of a quotation differ, and which of them matter by what they are.
//!
//! Words are compared as the index folds them, so that case, accents and punctuation make no difference. The
//! difference is the shortest one (Myers 1986, "An O(ND) difference algorithm and its variations"). What the words
//! mean is not judged: a flag says that a negation, a number, a name or a hedge is in one of the two and not in the
//! other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::analysis;
use crate::lineage::is_function_word;
use crate::model::fold;

/// A run of words of the first version, of the other, or of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "op")]
pub enum Change {
    /// In both; as the other version has it.
    Same {
        /// The words.
        text: String,
    },
    /// In the first alone.
    Deleted {
        /// The words.
        text: String,
    },
    /// In the other alone.
    Inserted {
        /// The words.
        text: String,
    },
    /// Words of the other in place of words of the first.
    Changed {
        /// What the first has.
        first: String,
        /// What the other has.
        text: String,
    },
}

/// What kind of word a change drops or adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagKind {
    /// `not`, `never`, `nobody` …
    Negation,
    /// A figure, also in words, a day of the week or a month.
    Number,
    /// A capitalised word that begins no sentence, or a name that the article knows.
    Name,
    /// `if`, `may`, `perhaps`, `up to` …
    Hedge,
}

impl FlagKind {
    /// Its name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Number => "number",
            Self::Name => "name",
            Self::Hedge => "hedge",
        }
    }
}

/// Words of one kind that are in one version and not in the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// Their kind.
    pub kind: FlagKind,
    /// In the first version alone, as written.
    pub dropped: Vec<String>,
    /// In the other version alone, as written.
    pub added: Vec<String>,
}

/// How a version differs from the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// All runs of words in order.
    pub changes: Vec<Change>,
    /// What the changes drop and add.
    pub flags: Vec<Flag>,
    /// How many words both have, in order.
    pub same_words: usize,
    /// How many the first has.
    pub first_words: usize,
    /// How many the other has.
    pub words: usize,
}

/// How `other` differs from `first`; `names` are folded words that are known to be names.
#[must_use]
pub fn difference(first: &str, other: &str, names: &BTreeSet<String>) -> Difference {
    let (left, right) = (Words::of(first), Words::of(other));
    let mut same_words = 0;
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &left.folded, &right.folded) {
        changes.push(match op {
            DiffOp::Equal { new_index, len, .. } => {
                same_words += len;
                Change::Same { text: right.text(new_index..new_index + len) }
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                Change::Deleted { text: left.text(old_index..old_index + old_len) }
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                Change::Inserted { text: right.text(new_index..new_index + new_len) }
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => Change::Changed {
                first: left.text(old_index..old_index + old_len),
                text: right.text(new_index..new_index + new_len),
            },
        });
    }
    // What is a name within a sentence of either is one at the beginning of a sentence, too.
    let within = left.marks(names).into_iter().chain(right.marks(names));
    let within = within.filter(|mark| mark.kind == FlagKind::Name).map(|mark| mark.key);
    let names: BTreeSet<String> = names.iter().cloned().chain(within).collect();
    let flags = flags(&left.marks(&names), &right.marks(&names));
    Difference { changes, flags, same_words, first_words: left.folded.len(), words: right.folded.len() }
}

/// What is in one and not in the other, each as often as it is missing there.
fn flags(first: &[Mark], other: &[Mark]) -> Vec<Flag> {
    let dropped = missing(first, other);
    let added = missing(other, first);
    let kinds: BTreeSet<FlagKind> = dropped.iter().chain(&added).map(|mark| mark.kind).collect();
    let of = |marks: &[&Mark], kind| -> Vec<String> {
        marks.iter().filter(|mark| mark.kind == kind).map(|mark| mark.text.clone()).collect()
    };
    kinds.into_iter().map(|kind| Flag { kind, dropped: of(&dropped, kind), added: of(&added, kind) }).collect()
}

/// The marks of `from` that `of` lacks, each as often as it does.
fn missing<'m>(from: &'m [Mark], of: &'m [Mark]) -> Vec<&'m Mark> {
    let mut there: BTreeMap<(FlagKind, &'m str), usize> = BTreeMap::new();
    for mark in of {
        *there.entry((mark.kind, &mark.key)).or_default() += 1;
    }
    let mut missing = Vec::new();
    for mark in from {
        match there.get_mut(&(mark.kind, mark.key.as_str())) {
            Some(left) if *left > 0 => *left -= 1,
            _ => missing.push(mark),
        }
    }
    missing
}

/// A word or phrase that matters.
struct Mark {
    kind: FlagKind,
    /// The same for `can't` and `cannot`, for `seven` and `7`.
    key: String,
    text: String,
}

/// A text's words.
struct Words<'t> {
    text: &'t str,
    folded: Vec<String>,
    bytes: Vec<Range<usize>>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let (bytes, folded) = analysis::words(text).unzip();
        Self { text, folded, bytes }
    }

    /// The words of a range with what stands between and behind them.
    fn text(&self, range: Range<usize>) -> String {
        let start = self.bytes.get(range.start).map_or(self.text.len(), |bytes| bytes.start);
        let end = self.bytes.get(range.end).map_or(self.text.len(), |bytes| bytes.start);
        self.text[start..end.max(start)].trim_end().to_owned()
    }

    fn marks(&self, names: &BTreeSet<String>) -> Vec<Mark> {
        let mut marks = Vec::new();
        for at in 0..self.folded.len() {
            let word = self.folded[at].as_str();
            let written = &self.text[self.bytes[at].clone()];
            let capitalised = written.starts_with(char::is_uppercase);
            let within = capitalised && !self.begins_sentence(at);
            // Where a reporting clause stood between, a sentence may begin without a sign.
            let is_plain = is_function_word(word) || WORDS.negations.contains(word);
            let mut mark = |kind, key: &str, text: &str| marks.push(Mark { kind, key: key.into(), text: text.into() });
            if word.ends_with("n't") || word == "cannot" {
                mark(FlagKind::Negation, "not", written);
            } else if WORDS.negations.contains(word) {
                mark(FlagKind::Negation, word, written);
            }
            if word.starts_with(|first: char| first.is_ascii_digit()) {
                mark(FlagKind::Number, word, written);
            } else if let Some(figure) = WORDS.numbers.get(word) {
                mark(FlagKind::Number, figure, written);
            } else if (within && !is_plain && !is_first_person(word)) || (capitalised && names.contains(owner(word))) {
                mark(FlagKind::Name, owner(word), written);
            }
            if let Some(words) = self.hedge(at).filter(|_| !within) {
                let bytes = self.bytes[at].start..self.bytes[at + words - 1].end;
                mark(FlagKind::Hedge, &self.folded[at..at + words].join(" "), &self.text[bytes]);
            }
        }
        marks
    }

    /// How many words the hedge has that begins here.
    fn hedge(&self, at: usize) -> Option<usize> {
        let longest = WORDS.longest_hedge.min(self.folded.len() - at);
        (1..=longest).rev().find(|words| WORDS.hedges.contains(&self.folded[at..at + words].join(" ")))
    }

    fn begins_sentence(&self, at: usize) -> bool {
        let before = self.text[..self.bytes[at].start].trim_end_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '"' | '“' | '”' | '‘' | '’' | '\'' | '(' | '[' | '«' | '»')
        });
        before.is_empty() || before.ends_with(['.', '!', '?', ':', '…', '—', '–'])
    }
}

fn is_first_person(word: &str) -> bool {
    word == "i" || word.starts_with("i'")
}

/// A word without a possessive's ending.
fn owner(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// The lists of `data/quotation_words.toml`.
struct WordLists {
    negations: HashSet<String>,
    hedges: HashSet<String>,
    longest_hedge: usize,
    numbers: HashMap<String, String>,
}

static WORDS: LazyLock<WordLists> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        negations: Vec<String>,
        hedges: Vec<String>,
        numbers: HashMap<String, String>,
    }
    #[allow(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    let file: File = toml::from_str(include_str!("../../data/quotation_words.toml")).expect("a list of words");
    let folded = |words: Vec<String>| words.iter().map(|word| fold(word)).collect::<HashSet<String>>();
    let hedges = folded(file.hedges);
    let longest_hedge = hedges.iter().map(|hedge| hedge.split(' ').count()).max().unwrap_or(0);
    WordLists { negations: folded(file.negations), hedges, longest_hedge, numbers: file.numbers }
});

#[cfg(test)]
mod tests {
    use super::*;

    fn flagged(first: &str, other: &str) -> Vec<String> {
        let flags = difference(first, other, &BTreeSet::from(["kaldan".to_owned()])).flags;
        let shown =
            |flag: &Flag| format!("{}: -{} +{}", flag.kind.as_str(), flag.dropped.join(","), flag.added.join(","));
        flags.iter().map(shown).collect()
    }

    #[test]
    fn a_difference_gives_both_texts_again() {
        let changes =
            difference("We will not open the tunnel, ever.", "We may open the Kesh tunnel.", &BTreeSet::new());

        let same = |text: &str| Change::Same { text: text.into() };
        assert_eq!(
            changes.changes,
            [
                same("We"),
                Change::Changed { first: "will not".into(), text: "may".into() },
                same("open the"),
                Change::Inserted { text: "Kesh".into() },
                same("tunnel."),
                Change::Deleted { text: "ever.".into() },
            ]
        );
        assert_eq!((changes.same_words, changes.first_words, changes.words), (4, 7, 6));
    }

    #[test]
    fn a_dropped_negation_number_name_and_hedge_are_flagged() {
        assert_eq!(flagged("We will not sign", "We will sign"), ["negation: -not +"]);
        assert_eq!(flagged("We have 40 ships", "We have ships"), ["number: -40 +"]);
        assert_eq!(flagged("We met in Kesh today", "We met today"), ["name: -Kesh +"]);
        assert_eq!(flagged("It will open", "It may perhaps open"), ["hedge: - +may,perhaps"]);
        assert_eq!(flagged("We pay up to ten", "We pay ten"), ["hedge: -up to +"]);
    }

    #[test]
    fn another_spelling_of_the_same_is_not_flagged() {
        assert!(flagged("We can't pay seven", "We cannot pay 7").is_empty());
        assert!(flagged("Tunnels are dear", "tunnels ARE dear").is_empty());
        assert_eq!(
            flagged("Kesh's port, so they say in Kesh", "so they say in Kesh: the port of Kesh"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_word_that_begins_a_sentence_is_a_name_only_where_it_is_known() {
        assert!(flagged("Harbours close. Tariffs rise", "Harbours close").is_empty());
        assert_eq!(flagged("Kaldan was wrong there", "was wrong there"), ["name: -Kaldan +"]);
        assert!(flagged("Ports close It is late", "Ports close").is_empty());
        assert_eq!(flagged("I will go and I'll see", "will go and see"), Vec::<String>::new());
    }
}
