//! Pairs of articles worth comparing: those that share a band, in numbers that grow with the articles alone.

use super::minhash::{BANDS, Bands};

/// Articles of one bucket that each later one is compared with: so many of the first, and so many of those
/// just before it.
///
/// In a bucket of at most twice as many and one, that is all pairs. Beyond it the bucket holds the copies of
/// one much-copied text, whose first ones are enough to find the group by; all pairs would grow as their square.
pub const NEIGHBOURS: usize = 6;

/// Pairs of indexes into `bands`, the lesser first, ascending, each once. `None` takes no part.
///
/// The order of `bands` decides which members of an overfull bucket stand for it; it must be one that the
/// articles have of themselves, such as by size and publication.
#[must_use]
pub fn pairs(bands: &[Option<&Bands>]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let mut settled = 0;
    for band in 0..BANDS {
        let mut buckets: Vec<(u32, u32)> =
            (0..).zip(bands).filter_map(|(at, of)| Some((of.as_ref()?[band], at))).collect();
        buckets.sort_unstable();
        for bucket in buckets.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
            meet(bucket, &mut pairs);
        }
        // Copies meet in many bands: repetitions are taken out before they outnumber the pairs.
        if pairs.len() > 2 * settled + bands.len() {
            pairs.sort_unstable();
            pairs.dedup();
            settled = pairs.len();
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Adds the pairs of a bucket, which holds its key and an index in each place, by index: each member with the
/// [`NEIGHBOURS`] that are first and those just before it.
pub(crate) fn meet(bucket: &[(u32, u32)], pairs: &mut Vec<(u32, u32)>) {
    for (at, (_, member)) in bucket.iter().enumerate() {
        let first = 0..at.min(NEIGHBOURS);
        let before = at.saturating_sub(NEIGHBOURS).max(first.end)..at;
        pairs.extend(first.chain(before).map(|other| (bucket[other].1, *member)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_bucket_gives_all_its_pairs() {
        let same = [7; BANDS];
        let all = vec![Some(&same); 2 * NEIGHBOURS + 1];

        assert_eq!(pairs(&all).len(), 13 * 12 / 2);
    }

    #[test]
    fn an_overfull_bucket_gives_a_number_of_pairs_that_grows_with_its_size() {
        let same = [7; BANDS];
        let count = |size: usize| pairs(&vec![Some(&same); size]).len();

        assert!(count(2000) <= 2000 * 2 * NEIGHBOURS);
        let found = pairs(&vec![Some(&same); 2000]);
        assert!((1..2000).all(|article| found.contains(&(0, article))), "each meets the first");
    }

    #[test]
    fn articles_that_share_no_band_are_never_compared() {
        let (one, mut other) = ([7; BANDS], [8; BANDS]);
        assert!(pairs(&[Some(&one), Some(&other), None]).is_empty());

        other[39] = 7;
        assert_eq!(pairs(&[Some(&one), None, Some(&other)]), [(0, 2)]);
    }
}
