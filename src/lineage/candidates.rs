//! Pairs of quotations worth aligning: those that share a shingle, in numbers that grow with the words alone.
//!
//! Every shingle of a quotation names a bucket, as a band of a signature does among articles. A signature of
//! minima (Broder 1997) would be shorter and finds what resembles as a whole; an excerpt of two fifths in a merger of
//! two resembles it little, but is contained in it. Quotations are short, so that all of their shingles can be kept.
//!
//! Of a quotation of `n` words in which `c` are altered, a run of `(n − c) / (c + 1)` stays at least: with three words
//! in a shingle, one is left wherever `n` is 3`c` + 3 or more. So nothing of fifteen words is missed for four changes,
//! unless all of its shingles that are left are everybody's.

use crate::near_duplicates::candidates::meet;

/// Pairs of indexes into `quotations`, the lesser first, ascending, each once: those that share a run of `width`.
///
/// A bucket of more than twice [`NEIGHBOURS`](crate::near_duplicates::candidates::NEIGHBOURS) and one gives each of its members as many of its first and of those just
/// before it. The order of `quotations` must be one that they have of themselves.
pub(super) fn pairs(quotations: &[&[u32]], width: usize) -> Vec<(u32, u32)> {
    let mut places: Vec<(u32, u32)> = Vec::new();
    for (at, words) in (0..).zip(quotations) {
        places.extend(words.windows(width).map(|shingle| (hash(shingle), at)));
    }
    places.sort_unstable();
    places.dedup();
    let mut pairs = Vec::new();
    let mut settled = 0;
    for bucket in places.chunk_by(|a, b| a.0 == b.0) {
        meet(bucket, &mut pairs);
        // Versions meet in many shingles: repetitions are taken out before they outnumber the pairs.
        if pairs.len() > 2 * settled + quotations.len() + 1024 {
            pairs.sort_unstable();
            pairs.dedup();
            settled = pairs.len();
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// One hash of a run of words: FNV-1a over their hashes, by 32 bits.
fn hash(shingle: &[u32]) -> u32 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mixed = shingle.iter().fold(OFFSET, |hash, word| (hash ^ u64::from(*word)).wrapping_mul(PRIME).rotate_left(23));
    u32::try_from((mixed ^ (mixed >> 29)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 32).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near_duplicates::candidates::NEIGHBOURS;

    #[test]
    fn four_changed_words_of_fifteen_leave_a_shingle_wherever_they_are() {
        let whole: Vec<u32> = (0..15).collect();
        for a in 0..15 {
            for b in 0..a {
                for c in 0..b {
                    for d in 0..c {
                        let mut altered = whole.clone();
                        for (at, new) in [a, b, c, d].into_iter().zip(100..) {
                            altered[at] = new;
                        }
                        assert_eq!(pairs(&[&whole, &altered], 3), [(0, 1)], "{altered:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_formula_that_everybody_says_gives_pairs_in_proportion() {
        let said: Vec<u32> = vec![1, 2, 3];
        let count = |size: usize| pairs(&vec![said.as_slice(); size], 3).len();

        assert_eq!(count(13), 13 * 12 / 2);
        assert!(count(2000) <= 2000 * 2 * NEIGHBOURS);
    }

    #[test]
    fn quotations_without_a_common_run_are_never_compared() {
        assert!(pairs(&[&[1, 2, 3, 4], &[1, 2, 9, 3, 4], &[1, 2]], 3).is_empty());
    }
}
