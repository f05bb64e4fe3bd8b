//! A text as a set of hashed word shingles (Broder 1997): all runs of so many words, each counted once.

use super::Overlap;

/// The hash of a word: FNV-1a (Fowler, Noll, Vo; RFC 9923), mixed. The same on every machine and in every
/// version, since what is stored rests on it.
#[must_use]
pub fn word_hash(word: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    mixed(word.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
}

/// The finalizer of `SplitMix64` (Steele, Lea, Flood 2014): every bit of `value` reaches every bit of the result.
pub(super) fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// One hash of several in their order.
pub(super) fn chained(hashes: &[u64]) -> u64 {
    hashes.iter().fold(0x9e37_79b9_7f4a_7c15, |chain, hash| mixed(chain.rotate_left(23) ^ hash))
}

/// A set of hashed shingles, sorted.
///
/// 32 bits are enough: within a pair of articles of 1,000 shingles each, two different ones meet with
/// probability 2 × 10⁻⁴.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shingles {
    hashes: Vec<u32>,
}

impl Shingles {
    /// The shingles of `width` words of one run of word hashes; a shorter run is one shingle.
    #[must_use]
    pub fn of(words: &[u64], width: usize) -> Self {
        Self::of_runs([words], width)
    }

    /// The shingles of several runs of words; none reaches from one run into the next.
    #[must_use]
    pub fn of_runs<'w>(runs: impl IntoIterator<Item = &'w [u64]>, width: usize) -> Self {
        Self::of_shingles(runs.into_iter().flat_map(|run| windows(run, width)))
    }

    /// The set of these shingles.
    pub(super) fn of_shingles<'w>(shingles: impl IntoIterator<Item = &'w [u64]>) -> Self {
        Self::of_hashes(shingles.into_iter().map(|shingle| short(chained(shingle))).collect())
    }

    /// The set of these hashes.
    pub(super) fn of_hashes(mut hashes: Vec<u32>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes }
    }

    /// The hashes, ascending, each once.
    #[must_use]
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }

    /// Whether one of them has this hash.
    #[must_use]
    pub fn holds(&self, hash: u32) -> bool {
        self.hashes.binary_search(&hash).is_ok()
    }

    /// The shingles of both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::of_hashes([&self.hashes[..], &other.hashes[..]].concat())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// How two sets overlap, counted exactly, in time linear in their sizes.
    #[must_use]
    pub fn overlap(&self, other: &Self) -> Overlap {
        Overlap { shared: shared(&self.hashes, &other.hashes), left: self.len(), right: other.len() }
    }
}

/// All shingles of `width` words of a run; of a shorter run, the run.
pub(super) fn windows(run: &[u64], width: usize) -> impl Iterator<Item = &[u64]> {
    run.windows(width.min(run.len()).max(1))
}

/// The upper half of a hash.
#[allow(clippy::cast_possible_truncation, reason = "the upper half is what is wanted")]
pub(super) fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// How many values two ascending lists share.
pub(super) fn shared(left: &[u32], right: &[u32]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < left.len() && j < right.len() {
        let (a, b) = (left[i], right[j]);
        shared += usize::from(a == b);
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<u64> {
        text.split(' ').map(word_hash).collect()
    }

    #[test]
    fn a_changed_word_changes_as_many_shingles_as_have_words() {
        let one = Shingles::of(&words("the ministers met in Velmar and spoke of the railway for hours"), 3);
        let other = Shingles::of(&words("the ministers met in Kesh and spoke of the railway for hours"), 3);

        assert_eq!((one.len(), other.len()), (10, 10));
        assert_eq!(one.overlap(&other).shared, 7);
    }

    #[test]
    fn a_text_shorter_than_a_shingle_is_one() {
        assert_eq!(Shingles::of(&words("not today"), 5).len(), 1);
        assert!(Shingles::of(&[], 5).is_empty());
    }

    #[test]
    fn no_shingle_reaches_across_a_cut() {
        let (head, tail) = (words("a b c"), words("d e f"));

        assert_eq!(Shingles::of_runs([&head[..], &tail[..]], 3).len(), 2);
        assert_eq!(Shingles::of(&[head, tail].concat(), 3).len(), 4);
    }

    #[test]
    fn the_hash_of_a_word_never_changes() {
        assert_eq!(word_hash("velmar"), 2_266_805_195_826_234_983);
    }
}
