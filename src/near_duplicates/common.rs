//! Sentences that are nobody's: those that stand in several articles which are otherwise different.
//!
//! An outlet's share lines and newsletter blurbs, an agency's standing paragraphs and formulas recur under
//! many stories. Counting articles would not tell them from a story that many outlets print; counting
//! *different* articles does. The most frequent sentence is judged first and, once found common, no longer
//! makes two articles alike: so a story under one blurb and the same story under another are one story.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::minhash::{GIST, Gist};
use super::shingles::shared;

/// So many different articles make a sentence common. Fewer would take the sentences of a story whose
/// versions drift apart for common ones, more would let a blurb pass that few articles carry.
pub const STORIES: usize = 6;
/// Two articles are different where less than this share (in tenths) of the smaller one's sentences stand
/// in the larger: a copy with another first paragraph and added lines keeps more.
const ALIKE_TENTHS: usize = 7;
/// And where their gists agree in no more than this share (in tenths) beyond what the shared sentences
/// explain: of a copy in which one word in thirty was changed few sentences are whole, and what is left of
/// the others is alike too; two stories under one blurb share its sentences and nothing else.
const UNEXPLAINED_TENTHS: usize = 2;
/// Articles that are looked at for one sentence, the first by id, which is as good as any: a bound on the work.
///
/// Three quarters of them must be different stories. Of a story that dozens print, some under blurbs that nobody knows
/// yet, a few versions differ from each other, and most are like one of those.
const LOOKED_AT: usize = 24;

/// The common ones among the sentences of `articles`, each an ascending list of hashes, with the gist of the
/// whole article.
///
/// Takes time linear in the number of sentences, but for sorting them.
#[must_use]
pub fn sentences(articles: &[(&[u32], &Gist)]) -> BTreeSet<u32> {
    let mut places: Vec<(u32, u32)> = (0..)
        .zip(articles)
        .flat_map(|(article, (sentences, _))| sentences.iter().map(move |sentence| (*sentence, article)))
        .collect();
    places.sort_unstable();
    let mut frequent: Vec<&[(u32, u32)]> =
        places.chunk_by(|a, b| a.0 == b.0).filter(|bearers| bearers.len() >= STORIES).collect();
    frequent.sort_by_key(|bearers| (Reverse(bearers.len()), bearers[0].0));
    let mut own: Vec<Vec<u32>> = articles.iter().map(|(sentences, _)| sentences.to_vec()).collect();
    let mut common = BTreeSet::new();
    for bearers in frequent {
        if stand_in_different_stories(bearers, articles, &own) {
            let sentence = bearers[0].0;
            common.insert(sentence);
            for (_, article) in bearers {
                own[*article as usize].retain(|other| *other != sentence);
            }
        }
    }
    common
}

/// Whether enough of a sentence's bearers, and three quarters of them, differ, each from each; `own` are the articles' sentences that
/// are not known to be common.
fn stand_in_different_stories(bearers: &[(u32, u32)], articles: &[(&[u32], &Gist)], own: &[Vec<u32>]) -> bool {
    let looked_at = &bearers[..bearers.len().min(LOOKED_AT)];
    let mut different: Vec<usize> = Vec::new();
    for (_, article) in looked_at {
        let article = *article as usize;
        let differs = |other: &usize| {
            share_few(&own[article], &own[*other]) && share_nothing_else(articles[article], articles[*other])
        };
        if different.iter().all(differs) {
            different.push(article);
        }
    }
    different.len() >= STORIES.max((3 * looked_at.len()).div_ceil(4))
}

fn share_few(left: &[u32], right: &[u32]) -> bool {
    10 * shared(left, right) < ALIKE_TENTHS * left.len().min(right.len())
}

/// Whether the articles as a whole are no more alike than their sentences are.
fn share_nothing_else((left, left_gist): (&[u32], &Gist), (right, right_gist): (&[u32], &Gist)) -> bool {
    let agree = left_gist.iter().zip(right_gist).filter(|(a, b)| a == b).count();
    let both = shared(left, right);
    let all = (left.len() + right.len() - both).max(1);
    // agree / GIST < both / all + UNEXPLAINED_TENTHS / 10
    10 * agree * all < 10 * both * GIST + UNEXPLAINED_TENTHS * all * GIST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::near_duplicates::Shingles;
    use crate::near_duplicates::minhash::gist;

    fn set(sentences: &[u32]) -> Shingles {
        Shingles::of(&sentences.iter().map(|sentence| u64::from(*sentence)).collect::<Vec<_>>(), 1)
    }

    /// Sentences `from..from + count`, then `tail`.
    fn article(from: u32, count: u32, tail: &[u32]) -> Vec<u32> {
        let mut sentences: Vec<u32> = (from..from + count).chain(tail.iter().copied()).collect();
        sentences.sort_unstable();
        sentences
    }

    fn common(articles: &[Vec<u32>]) -> Vec<u32> {
        // Each sentence is taken for a shingle of its own.
        let gists: Vec<Gist> = articles.iter().map(|own| gist(&set(own))).collect();
        let articles: Vec<(&[u32], &Gist)> = articles.iter().map(Vec::as_slice).zip(&gists).collect();
        sentences(&articles).into_iter().collect()
    }

    #[test]
    fn a_blurb_under_different_stories_is_common() {
        let articles: Vec<Vec<u32>> = (0..6).map(|story| article(100 * story, 8, &[9001, 9002, 9003])).collect();

        assert_eq!(common(&articles), [9001, 9002, 9003]);
        assert!(common(&articles[..5]).is_empty());
    }

    #[test]
    fn a_story_that_many_print_is_not() {
        let articles: Vec<Vec<u32>> = (0..40)
            .map(|outlet| match outlet % 3 {
                0 => article(0, 12, &[]),
                1 => article(0, 6, &[]),
                _ => article(2, 10, &[500 + outlet]),
            })
            .collect();

        assert!(common(&articles).is_empty());
    }

    #[test]
    fn a_story_under_many_blurbs_stays_one_story() {
        // 8 blurbs, each under 20 other stories and under one and the same half story.
        let mut articles = Vec::new();
        for blurb in 0..8 {
            let blurb_sentences: Vec<u32> = (9000 + 10 * blurb..9006 + 10 * blurb).collect();
            articles.push(article(0, 4, &blurb_sentences));
            articles.extend((1..=20).map(|story| article(1000 * (blurb + 1) + 20 * story, 8, &blurb_sentences)));
        }

        let common = common(&articles);

        assert_eq!(common.len(), 48);
        assert!(common.iter().all(|sentence| *sentence >= 9000), "{common:?}");
    }
}
