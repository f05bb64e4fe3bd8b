//! A search in which what copies say is said once.
//!
//! Of hits that stand in copies of one article and say the same, the best is shown, with the others named
//! below it. What only one of the copies says stays a hit of its own: nothing is lost by collapsing.

use std::collections::BTreeMap;

use super::copies::others_of;
use crate::analysis;
use crate::engine::{By, Engine, EngineError, Hit, Page, Sort};
use crate::model::{ArticleId, Passage, PassageId, Publication};
use crate::near_duplicates::{Group, Groups, Shingles, word_hash};
use crate::query::Query;

/// Words in a shingle of a passage: passages are short, so short ones.
const SHINGLE_WORDS: usize = 3;
/// Share of the shorter passage's shingles that must stand in the longer one.
const CONTAINED: f64 = 0.8;
/// Share of both passages' shingles that must be common: a sentence is not the passage that quotes it.
const RESEMBLES: f64 = 0.5;
/// Share of the better one's score that a copy must reach to be shown in its place; chosen, not tuned.
const ALIKE: f64 = 0.9;
/// How many times more hits are asked for where copies have used them up.
const STEP: usize = 4;

/// An article that says the same as a hit.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// The article.
    pub article: ArticleId,
    /// The passage that says the same; `None` where articles are ranked.
    pub passage: Option<PassageId>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<Publication>,
}

/// What a collapsed search found.
pub(super) struct Collapsed {
    /// How many match in all, copies counted.
    pub(super) total: usize,
    /// The best of them, each with its copies.
    pub(super) hits: Vec<(Hit, Vec<Copy>)>,
}

/// The best `page.top` hits that no better one stands for.
pub(super) fn search(
    engine: &dyn Engine,
    groups: &Groups,
    query: &Query,
    page: Page,
) -> Result<Collapsed, EngineError> {
    let mut asked = page.top;
    let (total, kept) = loop {
        let found = engine.search(query, Page { top: asked, ..page })?;
        let exhausted = found.hits.len() < asked;
        let kept = distinct(groups, found.hits, page);
        if kept.len() >= page.top || exhausted {
            break (found.total, kept);
        }
        asked = asked.saturating_mul(STEP);
    };
    let shown = kept.into_iter().take(page.top);
    let with_copies = shown.map(|hit| {
        let copies = copies(engine, groups, &hit.passage, page.by)?;
        Ok((hit, copies))
    });
    Ok(Collapsed { total, hits: with_copies.collect::<Result<_, EngineError>>()? })
}

/// The hits without those that a better one stands for.
fn distinct(groups: &Groups, hits: Vec<Hit>, page: Page) -> Vec<Hit> {
    let mut kept: Vec<Hit> = Vec::new();
    let mut said: BTreeMap<ArticleId, Vec<(usize, Shingles)>> = BTreeMap::new();
    for hit in hits {
        let article = hit.passage.id.article;
        let Some(group) = groups.of(article) else {
            kept.push(hit);
            continue;
        };
        let own = shingles(&hit.passage.text);
        let said = said.entry(group.members[0].article).or_default();
        let better = said.iter().find(|(at, words)| {
            kept[*at].passage.id.article != article && (page.by == By::Article || say_the_same(&own, words))
        });
        match better {
            // Of hits that score alike the one published first is shown. Where dates order them, the first of the
            // order.
            Some((at, _))
                if page.sort == Sort::Relevance
                    && score_alike(&kept[*at], &hit)
                    && is_earlier(group, article, kept[*at].passage.id.article) =>
            {
                kept[*at] = hit;
            }
            Some(_) => {}
            None => {
                said.push((kept.len(), own));
                kept.push(hit);
            }
        }
    }
    kept
}

/// Whether two passages match alike, whatever their articles lend them: a copy that was cut has less around the same
/// words, and another headline.
fn score_alike(better: &Hit, hit: &Hit) -> bool {
    let own = |hit: &Hit| hit.parts.total - hit.parts.context;
    own(hit) >= own(better) * ALIKE
}

/// Whether `one` was published before `other`.
fn is_earlier(group: &Group, one: ArticleId, other: ArticleId) -> bool {
    let place = |article: ArticleId| group.members.iter().position(|member| member.article == article);
    place(one) < place(other)
}

/// The copies of a passage, or of its article where articles are ranked, by publication.
fn copies(engine: &dyn Engine, groups: &Groups, passage: &Passage, by: By) -> Result<Vec<Copy>, EngineError> {
    let article = passage.id.article;
    let Some(group) = groups.of(article) else { return Ok(Vec::new()) };
    let own = shingles(&passage.text);
    let mut copies = Vec::new();
    for member in others_of(group, article) {
        let passages = engine.article(member.article)?;
        let same = match by {
            By::Article => passages.first(),
            By::Passage => passages.iter().find(|other| say_the_same(&own, &shingles(&other.text))),
        };
        copies.extend(same.map(|same| Copy {
            article: member.article,
            passage: (by == By::Passage).then_some(same.id),
            outlet: same.article.outlet.clone(),
            published: same.published.clone(),
        }));
    }
    Ok(copies)
}

fn shingles(text: &str) -> Shingles {
    let words: Vec<u64> = analysis::words(text).map(|(_, word)| word_hash(&word)).collect();
    Shingles::of(&words, SHINGLE_WORDS)
}

fn say_the_same(one: &Shingles, other: &Shingles) -> bool {
    let overlap = one.overlap(other);
    overlap.containment() >= CONTAINED && overlap.resemblance() >= RESEMBLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_that_is_cut_or_retouched_says_the_same_and_a_quoted_sentence_does_not() {
        let whole = "The treaty to be signed on Wednesday would forbid either side to interrupt energy flows during a \
                     dispute, he said, and nobody in the room laughed for a while.";
        let same = |other: &str| say_the_same(&shingles(whole), &shingles(other));

        assert!(same(&whole.replace("Wednesday", "Thursday")));
        assert!(same(&whole[..120]));
        assert!(!same("The treaty to be signed on Wednesday"));
        assert!(!same("The treaty that was signed on Wednesday allows both sides to do whatever they like."));
    }
}
