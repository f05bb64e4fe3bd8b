//! Sentences that are nobody's: those that stand in several articles which are otherwise different.
//!
//! An outlet's share lines and newsletter blurbs, an agency's standing paragraphs and formulas recur under
//! many stories. Counting articles would not tell them from a story that many outlets print; counting
//! *different* articles does. The most frequent sentence is judged first and, once found common, no longer
//! makes two articles alike: so a story under one blurb and the same story under another are one story.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::shingles::shared;

/// So many different articles make a sentence common. Fewer would take the sentences of a story whose
/// versions drift apart for common ones, more would let a blurb pass that few articles carry.
pub const STORIES: usize = 6;
/// Two articles are different where less than this share (in tenths) of the smaller one's sentences stand
/// in the larger: a copy with another first paragraph and added lines keeps more.
const ALIKE_TENTHS: usize = 7;
/// Articles that are looked at for one sentence: enough to meet six different ones, where there are,
/// among copies of each other, and a bound on the work.
const LOOKED_AT: usize = 64;

/// The common ones among the sentences of `articles`, each an ascending list of hashes.
///
/// Takes time linear in the number of sentences, but for sorting them.
#[must_use]
pub fn sentences(articles: &[&[u32]]) -> BTreeSet<u32> {
    let mut places: Vec<(u32, u32)> = (0..)
        .zip(articles)
        .flat_map(|(article, sentences)| sentences.iter().map(move |sentence| (*sentence, article)))
        .collect();
    places.sort_unstable();
    let mut frequent: Vec<&[(u32, u32)]> =
        places.chunk_by(|a, b| a.0 == b.0).filter(|bearers| bearers.len() >= STORIES).collect();
    frequent.sort_by_key(|bearers| (Reverse(bearers.len()), bearers[0].0));
    let mut own: Vec<Vec<u32>> = articles.iter().map(|sentences| sentences.to_vec()).collect();
    let mut common = BTreeSet::new();
    for bearers in frequent {
        if stand_in_different_stories(bearers, &own) {
            let sentence = bearers[0].0;
            common.insert(sentence);
            for (_, article) in bearers {
                own[*article as usize].retain(|other| *other != sentence);
            }
        }
    }
    common
}

/// Whether enough of a sentence's bearers differ, each from each.
fn stand_in_different_stories(bearers: &[(u32, u32)], own: &[Vec<u32>]) -> bool {
    let mut different: Vec<&[u32]> = Vec::new();
    for (_, article) in bearers.iter().take(LOOKED_AT) {
        let article = &own[*article as usize];
        if different.iter().all(|other| differ(article, other)) {
            different.push(article);
            if different.len() == STORIES {
                return true;
            }
        }
    }
    false
}

fn differ(left: &[u32], right: &[u32]) -> bool {
    10 * shared(left, right) < ALIKE_TENTHS * left.len().min(right.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences `from..from + count`, then `tail`.
    fn article(from: u32, count: u32, tail: &[u32]) -> Vec<u32> {
        let mut sentences: Vec<u32> = (from..from + count).chain(tail.iter().copied()).collect();
        sentences.sort_unstable();
        sentences
    }

    fn common(articles: &[Vec<u32>]) -> Vec<u32> {
        let articles: Vec<&[u32]> = articles.iter().map(Vec::as_slice).collect();
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
