//! Signatures that estimate how alike two sets are, and their bands, by which like sets find each other.
//!
//! One hash of each element serves all positions (one-permutation hashing: Li, Owen, Zhang 2012); a
//! position that no element falls into borrows from another (optimal densification: Shrivastava 2017), so
//! that two signatures agree in each position with the probability of the sets' resemblance (Broder 1997).
//!
//! Two sets of resemblance `s` share at least one of `b` bands of `r` positions with probability
//! 1 − (1 − sʳ)ᵇ (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4.2).

use super::shingles::{Shingles, chained, mixed, short};

/// Positions in a band.
pub const ROWS: usize = 2;
/// Bands in a signature.
///
/// With two positions in each, 40 bands find 99.999 % of the pairs of resemblance .5 (an article and its
/// half), 99.9 % at .4 and 99.5 % at .355, the least that this program takes for certain. One position in a
/// band would find as many with 14 bands, and ten times as many pairs that are not alike.
pub const BANDS: usize = 40;
const POSITIONS: usize = ROWS * BANDS;

/// One number for each band; sets that agree in one are candidates.
pub type Bands = [u32; BANDS];

/// Positions of a signature in a [`Gist`].
pub const GIST: usize = 32;

/// A short signature: the lower halves of some positions (b-bit minwise hashing: Li, König 2010).
///
/// The share of positions in which two agree estimates the resemblance of their sets, with a standard error
/// of .09 at most.
pub type Gist = [u16; GIST];

/// The gist of a set; all zero for the empty set.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
pub fn gist(shingles: &Shingles) -> Gist {
    let signature = signature(shingles).unwrap_or([0; POSITIONS]);
    std::array::from_fn(|position| signature[position] as u16)
}

/// The bands of a set; `None` for the empty set, which is like nothing.
#[must_use]
pub fn bands(shingles: &Shingles) -> Option<Bands> {
    let signature = signature(shingles)?;
    let mut bands = [0; BANDS];
    for (band, rows) in bands.iter_mut().zip(signature.chunks_exact(ROWS)) {
        *band = short(chained(&[u64::from(rows[0]), u64::from(rows[1])]));
    }
    Some(bands)
}

/// The least hash of the shingles that fall into each position.
fn signature(shingles: &Shingles) -> Option<[u32; POSITIONS]> {
    if shingles.is_empty() {
        return None;
    }
    let mut least = [None; POSITIONS];
    for shingle in shingles.hashes() {
        let hash = mixed(u64::from(*shingle) ^ 0x5368_696e_676c_6573);
        let place = place(short(hash));
        let value = short(hash << 32);
        least[place] = Some(least[place].map_or(value, |known: u32| known.min(value)));
    }
    let mut signature = [0; POSITIONS];
    for (position, value) in signature.iter_mut().enumerate() {
        *value = least[position].unwrap_or_else(|| borrowed(&least, position));
    }
    Some(signature)
}

/// The value of the first filled position in an order of its own for each empty one.
fn borrowed(least: &[Option<u32>; POSITIONS], empty: usize) -> u32 {
    (0_u64..).find_map(|attempt| least[place(short(chained(&[empty as u64, attempt])))]).unwrap_or_default()
}

/// Spreads 32 bits over the positions (Lemire 2019, "Fast random integer generation in an interval").
#[allow(clippy::cast_possible_truncation, reason = "the product's upper half is less than POSITIONS")]
fn place(hash: u32) -> usize {
    ((u64::from(hash) * POSITIONS as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near_duplicates::word_hash;

    fn set(numbers: std::ops::Range<usize>) -> Shingles {
        let words: Vec<u64> = numbers.map(|number| word_hash(&number.to_string())).collect();
        Shingles::of(&words, 1)
    }

    #[test]
    fn positions_agree_as_often_as_the_sets_resemble_each_other() {
        let (mut agree, mut all) = (0, 0);
        for start in (0..40_000).step_by(400) {
            // 100 of 300 are shared.
            let left = signature(&set(start..start + 200)).unwrap();
            let right = signature(&set(start + 100..start + 300)).unwrap();
            agree += left.iter().zip(&right).filter(|(a, b)| a == b).count();
            all += left.len();
        }
        let share = agree * 1000 / all;
        assert!((310..=357).contains(&share), "{share} of 1000, wanted 333");
    }

    #[test]
    fn a_half_finds_its_whole_however_short() {
        let missed = (0..100_000)
            .step_by(200)
            .filter(|start| {
                let (whole, half) = (bands(&set(*start..start + 140)), bands(&set(*start..start + 70)));
                whole.unwrap().iter().zip(&half.unwrap()).all(|(a, b)| a != b)
            })
            .count();
        assert!(missed <= 2, "{missed} of 500");
    }

    #[test]
    fn an_empty_set_has_no_bands() {
        assert_eq!(bands(&Shingles::default()), None);
    }
}
