//! Word alignment: how much of one quotation stands in another, and whether that makes it a version.
//!
//! Local alignment (Smith, Waterman 1981) with affine gaps (Gotoh 1982): the best run of words in order that two
//! share, with words put in place of others, left out and put in. A gap costs little more for being long, since what
//! is left out between two halves of a sentence is left out once.

use std::ops::Range;

/// In tenths of a word: what a word gains that is the same.
const SAME: i32 = 10;
/// What one costs that stands in place of another.
const OTHER: i32 = -5;
/// What a gap costs, and each further word of it.
const GAP: i32 = -10;
const LONGER: i32 = -1;

/// What an alignment may lose, in hundredths of the shorter one's words: four words put in place of others among
/// fifteen, of which each costs its own and a half. A formula with other words in a third of its places loses half.
const MOST_LOSS: i32 = 40;
/// What it may lose where that is more than four words put in place of others: a quarter.
const LOSS: i32 = 25;
const FOUR_WORDS: i32 = 4 * (SAME - OTHER);
/// Fewer words are compared whole only, see [`Aligner::version`].
pub(super) const FEWEST: usize = 6;
/// The least words for that.
const FEWEST_WHOLE: usize = 3;
/// The least part of a quotation, as a fraction, that fewer than [`FEW`] words of another speaker may be and still be a
/// version.
const LEAST_PART: (usize, usize) = (2, 5);
/// So few words two speakers may well say by themselves.
const FEW: usize = 10;

/// What one more word put in place of another costs.
pub(super) const ONE_WORD: i32 = SAME - OTHER;

/// How a quotation lies in another one that is at least as long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    /// What it lacks, in tenths of a word, of being the shorter one whole.
    pub(super) loss: i32,
    /// Which of the shorter one's words are aligned.
    pub(super) words: Range<u16>,
}

/// Scratch space that is used again from pair to pair.
///
/// Its values are worths, with the place at which the alignment began in their lower half.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    best: Vec<i32>,
    gap: Vec<i32>,
}

/// The bits of a value that hold a place; [`MOST_WORDS`](super::MOST_WORDS) are fewer.
const PLACE: u32 = 16;

impl Aligner {
    /// The worth of the best alignment of two, and its words as places in `one`.
    pub(super) fn align(&mut self, one: &[u32], other: &[u32]) -> (i32, Range<u16>) {
        const NONE: i32 = i32::MIN / 2;
        self.best.clear();
        self.best.resize(other.len() + 1, 0);
        self.gap.clear();
        self.gap.resize(other.len() + 1, NONE);
        let (mut found, mut end) = (0, 0);
        for (row, word) in (0_u16..).zip(one) {
            let nothing = i32::from(row + 1);
            let (mut diagonal, mut left, mut left_gap) = (i32::from(row), nothing, NONE);
            for ((theirs, best), gap) in other.iter().zip(&mut self.best[1..]).zip(&mut self.gap[1..]) {
                left_gap = (left + (GAP << PLACE)).max(left_gap + (LONGER << PLACE));
                *gap = (*best + (GAP << PLACE)).max(*gap + (LONGER << PLACE));
                let step = if word == theirs { SAME } else { OTHER };
                let here = (diagonal + (step << PLACE)).max(left_gap).max(*gap);
                left = if here < 1 << PLACE { nothing } else { here };
                diagonal = std::mem::replace(best, left);
                if left >> PLACE > found >> PLACE {
                    (found, end) = (left, row + 1);
                }
            }
        }
        let start = u16::try_from(found & ((1 << PLACE) - 1)).unwrap_or(0);
        (found >> PLACE, start..end)
    }

    /// How one is a version of the other: whole, trimmed, altered or with more around it; `None` where it is none.
    ///
    /// Of fewer than [`FEWEST`] words, only the same words count, and only where both are of one speaker. Of different
    /// speakers, only what loses a quarter at the most, for one of the outlets has mistaken who it was, and of a few words
    /// only what is no smaller part than [`LEAST_PART`]: a short run of words is more often said by both.
    pub(super) fn version(&mut self, one: &[u32], other: &[u32], speakers: Speakers) -> Option<Alignment> {
        let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
        if short.len() < FEWEST {
            let whole = short.len() >= FEWEST_WHOLE && speakers == Speakers::Same && short == long;
            return whole.then(|| Alignment { loss: 0, words: 0..u16::try_from(short.len()).unwrap_or(0) });
        }
        let small = short.len() < FEW && short.len() * LEAST_PART.1 < long.len() * LEAST_PART.0;
        if small && speakers == Speakers::Different {
            return None;
        }
        let whole = SAME * i32::try_from(short.len()).unwrap_or(i32::MAX / SAME);
        let (worth, words) = self.align(short, long);
        let share = whole * LOSS / 100;
        let allowed = match speakers {
            Speakers::Different => share,
            Speakers::Same | Speakers::Unknown => share.max(FOUR_WORDS).min(whole * MOST_LOSS / 100),
        };
        let loss = whole - worth;
        (loss <= allowed).then_some(Alignment { loss, words })
    }
}

/// What is known of two quotations' speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speakers {
    /// Both are named, and the same.
    Same,
    /// Both are named, and different.
    Different,
    /// One at least is not named.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u32> {
        text.bytes().map(u32::from).collect()
    }

    fn is_version(one: &str, other: &str, speakers: Speakers) -> bool {
        Aligner::default().version(&words(one), &words(other), speakers).is_some()
    }

    #[test]
    fn a_part_is_a_version_wherever_it_was_cut() {
        let whole = "abcdefghijklmnopqrst";
        for part in ["abcdefgh", "mnopqrst", "ghijklmn", "abcdqrst"] {
            assert!(is_version(whole, part, Speakers::Unknown), "{part}");
            assert!(is_version(part, whole, Speakers::Unknown), "{part}");
        }
    }

    #[test]
    fn four_of_fifteen_words_may_be_others_and_a_third_may_not() {
        assert!(is_version("abcdefghijklmno", "aXcdXfghXjklXno", Speakers::Unknown));
        assert!(!is_version("abcdefghijklmno", "aXcdXfXhXjkXmno", Speakers::Unknown));
    }

    #[test]
    fn words_that_stand_scattered_in_a_long_one_are_no_version() {
        assert!(!is_version("abcdefgh", "1a2b34c5d6e7f89g0h", Speakers::Unknown));
    }

    #[test]
    fn a_small_part_said_by_somebody_else_is_no_version() {
        let whole = "abcdefghijklmnopqrst";
        assert!(is_version(whole, "ghijklmn", Speakers::Different));
        assert!(!is_version(whole, "ghijklm", Speakers::Different));
        assert!(is_version(whole, "ghijklm", Speakers::Unknown));
        let longer = "abcdefghijklmnopqrstuvwxyzABCD";
        assert!(is_version(longer, "ghijklmnop", Speakers::Different));
    }

    #[test]
    fn a_few_words_must_be_all_the_same_and_the_same_speakers() {
        assert!(is_version("abcd", "abcd", Speakers::Same));
        assert!(!is_version("abcd", "abcd", Speakers::Unknown));
        assert!(!is_version("abcd", "abcde", Speakers::Same));
    }

    #[test]
    fn another_speaker_must_have_said_nearly_the_same() {
        assert!(is_version("abcdefghijklmno", "abcXefghijkXmno", Speakers::Different));
        assert!(is_version("abcdefghijklmno", "abcXefghXjkXmno", Speakers::Same));
        assert!(!is_version("abcdefghijklmno", "abcXefghXjkXmno", Speakers::Different));
    }

    #[test]
    fn the_worth_is_that_of_a_table_by_hand() {
        let align = |one, other| Aligner::default().align(&words(one), &words(other));

        assert_eq!(align("abcdef", "abc12def"), (60 - 10 - 1, 0..6));
        assert_eq!(align("abcXdef", "abcYdef"), (60 - 5, 0..7));
        assert_eq!(align("12abcd3", "xxabcdyy"), (40, 2..6));
        assert_eq!(align("abc", "xyz").0, 0);
    }
}
