//! Which pairs of quotations are versions of one statement.
//!
//! A pair is aligned for itself; then the words of a part go to where they fit best. A trimmed quotation of which most
//! is a phrase of the trade fits many that use the phrase, and its source better.

use rayon::prelude::*;

use super::align::{Aligner, Alignment, ONE_WORD, Speakers};
use super::{Wording, candidates};

/// Words in a shingle; see [`candidates`] for what three find. Two would be shared by chance by most quotations.
const SHINGLE_WORDS: usize = 3;
/// Copies of a quotation differ from it by this much in length, in tenths, at the most; what is shorter is a part.
const SAME_LENGTH_TENTHS: usize = 2;
/// Of the places that fit a part best, those that are looked at: a bound on the work.
const LOOKED_AT: usize = 8;

/// Two quotations that are versions, as places, the lesser first.
pub(super) type Edge = (u32, u32);

/// The pairs that are versions, ascending by the greater.
pub(super) fn edges(quotations: &[&Wording]) -> Vec<Edge> {
    let words: Vec<&[u32]> = quotations.iter().map(|one| one.words.as_slice()).collect();
    let pairs = candidates::pairs(&words, SHINGLE_WORDS);
    let aligned = |aligner: &mut Aligner, (lesser, greater): (u32, u32)| {
        let (one, other) = (quotations[lesser as usize], quotations[greater as usize]);
        let alignment = aligner.version(&one.words, &other.words, speakers(one, other))?;
        let (part, whole) = if one.words.len() <= other.words.len() { (lesser, greater) } else { (greater, lesser) };
        Some(Lies { part, whole, alignment })
    };
    let mut lies: Vec<Lies> = pairs.into_par_iter().map_init(Aligner::default, aligned).flatten_iter().collect();
    lies.par_sort_unstable_by_key(|lies| (lies.part, lies.alignment.loss, lies.whole));
    let is_part = |lies: &Lies| is_part(words[lies.part as usize].len(), words[lies.whole as usize].len());
    let kept = lies.chunk_by(|one, other| one.part == other.part).flat_map(|of| fitting(of, is_part));
    let mut edges: Vec<Edge> = kept.map(|lies| (lies.part.max(lies.whole), lies.part.min(lies.whole))).collect();
    edges.par_sort_unstable();
    edges.into_iter().map(|(greater, lesser)| (lesser, greater)).collect()
}

/// Whether so many words are a part of so many more.
pub(super) fn is_part(words: usize, of: usize) -> bool {
    words * 10 < of * (10 - SAME_LENGTH_TENTHS)
}

/// How one quotation lies in another.
struct Lies {
    part: u32,
    whole: u32,
    alignment: Alignment,
}

/// Of all that one quotation lies in, best first, what the same words do not fit better elsewhere by a whole word.
fn fitting(lies: &[Lies], is_part: impl Fn(&Lies) -> bool) -> impl Iterator<Item = &Lies> {
    let best: Vec<&Alignment> =
        lies.iter().filter(|lies| is_part(lies)).map(|lies| &lies.alignment).take(LOOKED_AT).collect();
    let is_better = |one: &Alignment, other: &Alignment| {
        let shared = one.words.end.min(other.words.end).saturating_sub(one.words.start.max(other.words.start));
        one.loss + ONE_WORD / 2 <= other.loss && shared * 2 >= other.words.end - other.words.start
    };
    // What is about as long is a copy, altered or not, and stands for itself.
    lies.iter().filter(move |lies| !is_part(lies) || !best.iter().any(|best| is_better(best, &lies.alignment)))
}

fn speakers(one: &Wording, other: &Wording) -> Speakers {
    match (one.speaker, other.speaker) {
        (Some(one), Some(other)) if one == other => Speakers::Same,
        (Some(_), Some(_)) => Speakers::Different,
        _ => Speakers::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lies(whole: u32, loss: i32, words: std::ops::Range<u16>) -> Lies {
        Lies { part: 9, whole, alignment: Alignment { loss, words } }
    }

    fn kept(of: &[Lies]) -> Vec<u32> {
        fitting(of, |lies| lies.whole < 100).map(|lies| lies.whole).collect()
    }

    #[test]
    fn words_go_to_where_they_fit_best() {
        assert_eq!(kept(&[lies(0, 0, 0..8), lies(1, 5, 0..8), lies(2, 20, 1..7)]), [0, 1]);
    }

    #[test]
    fn what_is_made_of_two_keeps_both() {
        assert_eq!(kept(&[lies(0, 0, 0..8), lies(1, 30, 8..20)]), [0, 1]);
    }

    #[test]
    fn copies_of_a_part_and_its_source_do_not_vie_with_each_other() {
        assert_eq!(kept(&[lies(100, 0, 0..8), lies(1, 30, 0..8)]), [100, 1]);
        assert_eq!(kept(&[lies(1, 0, 0..8), lies(100, 30, 0..8)]), [1, 100]);
    }
}
