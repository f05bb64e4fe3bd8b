//! Word alignment: how much of one quotation stands in another, and whether that makes it a version.
//!
//! Local alignment (Smith, Waterman 1981) with affine gaps (Gotoh 1982): the best run of words in order that two
//! share, with words put in place of others, left out and put in. A gap costs little more for being long, since what
//! is left out between two halves of a sentence is left out once.

/// In tenths of a word: what a word gains that is the same.
const SAME: i32 = 10;
/// What one costs that stands in place of another.
const OTHER: i32 = -5;
/// What a gap costs, and each further word of it.
const GAP: i32 = -10;
const LONGER: i32 = -1;

/// The least share, in hundredths, of the shorter one's words that the alignment must be worth.
///
/// Four words put in place of others in fifteen leave (11 − 4 × ½) / 15 = .60; a formula with other words in a third
/// of its places gives .50 to .55. See `docs/evaluation.md`.
const WORTH: i32 = 56;
/// What an alignment may lose, in tenths of a word, however short: four words put in place of others.
const FREE_LOSS: i32 = 4 * (SAME - OTHER);
/// Beyond that, in hundredths of the shorter one's words.
const LOSS: i32 = 25;
/// What it may lose in all, in hundredths, where both name speakers and different ones: those are versions only where
/// one of the outlets has mistaken who it was.
const LOSS_OF_ANOTHER: i32 = 10;
/// Fewer words are compared whole only, see [`is_version`].
pub const FEWEST: usize = 6;
/// The least words for that.
const FEWEST_WHOLE: usize = 3;

/// Scratch space that is used again from pair to pair.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    best: Vec<i32>,
    gap: Vec<i32>,
}

impl Aligner {
    /// The worth of the best alignment, in tenths of a word.
    pub(super) fn worth(&mut self, one: &[u32], other: &[u32]) -> i32 {
        self.best.clear();
        self.best.resize(other.len() + 1, 0);
        self.gap.clear();
        self.gap.resize(other.len() + 1, i32::MIN / 2);
        let mut found = 0;
        for word in one {
            let (mut diagonal, mut left, mut left_gap) = (0, 0, i32::MIN / 2);
            for (at, theirs) in other.iter().enumerate() {
                let (above, above_gap) = (self.best[at + 1], &mut self.gap[at + 1]);
                left_gap = (left + GAP).max(left_gap + LONGER);
                *above_gap = (above + GAP).max(*above_gap + LONGER);
                let here = diagonal + if word == theirs { SAME } else { OTHER };
                left = here.max(left_gap).max(*above_gap).max(0);
                diagonal = above;
                self.best[at + 1] = left;
                found = found.max(left);
            }
        }
        found
    }

    /// Whether one is a version of the other: whole, trimmed, altered or with more around it.
    ///
    /// Of fewer than [`FEWEST`] words, only the same words count, and only where nothing speaks against one speaker.
    pub(super) fn is_version(&mut self, one: &[u32], other: &[u32], speakers: Speakers) -> bool {
        let shorter = one.len().min(other.len());
        if shorter < FEWEST {
            return shorter >= FEWEST_WHOLE && speakers == Speakers::Same && one == other;
        }
        let whole = SAME * i32::try_from(shorter).unwrap_or(i32::MAX / SAME);
        let worth = self.worth(one, other);
        let allowed = match speakers {
            Speakers::Different => whole * LOSS_OF_ANOTHER / 100,
            Speakers::Same | Speakers::Unknown => FREE_LOSS.max(whole * LOSS / 100),
        };
        worth * 100 >= whole * WORTH && whole - worth <= allowed
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

    fn is_version(one: &str, other: &str) -> bool {
        Aligner::default().is_version(&words(one), &words(other), Speakers::Unknown)
    }

    #[test]
    fn a_part_is_a_version_wherever_it_was_cut() {
        let whole = "abcdefghijklmnopqrst";
        for part in ["abcdefgh", "mnopqrst", "ghijklmn", "abcdqrst"] {
            assert!(is_version(whole, part), "{part}");
            assert!(is_version(part, whole), "{part}");
        }
    }

    #[test]
    fn four_of_fifteen_words_may_be_others_and_a_third_may_not() {
        assert!(is_version("abcdefghijklmno", "aXcdXfghXjklXno"));
        assert!(!is_version("abcdefghijklmno", "aXcdXfXhXjkXmno"));
    }

    #[test]
    fn words_that_stand_scattered_in_a_long_one_are_no_version() {
        assert!(!is_version("abcdefgh", "1a2b34c5d6e7f89g0h"));
    }

    #[test]
    fn a_few_words_must_be_all_the_same_and_the_same_speakers() {
        let version = |speakers| Aligner::default().is_version(&words("abcd"), &words("abcd"), speakers);

        assert!(version(Speakers::Same));
        assert!(!version(Speakers::Unknown));
        assert!(!Aligner::default().is_version(&words("abcd"), &words("abcde"), Speakers::Same));
    }

    #[test]
    fn another_speaker_must_have_said_nearly_the_same() {
        let version =
            |other| Aligner::default().is_version(&words("abcdefghijklmnopqrst"), &words(other), Speakers::Different);

        assert!(version("abcdefghijklmnoXqrst"));
        assert!(!version("abcXefghijklmnoXqrst"));
    }

    #[test]
    fn the_worth_is_that_of_a_plain_table() {
        // By hand: three the same, a gap of two, three the same.
        assert_eq!(Aligner::default().worth(&words("abcdef"), &words("abc12def")), 60 - 10 - 1);
        assert_eq!(Aligner::default().worth(&words("abcXdef"), &words("abcYdef")), 60 - 5);
    }
}
