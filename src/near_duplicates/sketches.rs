//! What is kept of every article for comparing, and bringing the groups up to date from it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::grouping::{self, Edge};
use super::minhash::{Bands, GIST, Gist, bands};
use super::overlap::{FEWEST, Overlap};
use super::{Body, Groups, Shingles, candidates, common};
use crate::model::{ArticleId, Passage, Publication};

/// What is kept of one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// The article.
    pub article: ArticleId,
    /// The first day of its date of publication.
    pub published: Option<Date>,
    /// The hashes of its sentences, as they stand and without their figures: ascending, each once.
    pub sentences: Vec<u32>,
    /// Of all its shingles, common or not: what tells how alike two articles are as a whole.
    pub gist: Gist,
    /// Those of the sentences that counted as common when the rest was made.
    pub common: BTreeSet<u32>,
    /// How many shingles it has without its common sentences.
    pub shingles: u32,
    /// The bands of these; `None` where they are too few to be compared.
    pub bands: Option<Bands>,
}

impl Sketch {
    /// The sketch of the article that `passages` are of and that was `published` then; nothing counts as common yet.
    ///
    /// Passages do not tell when: the date of one may have been corrected, which says nothing of the others.
    #[must_use]
    pub fn of(article: ArticleId, published: Option<&Publication>, passages: &[Passage]) -> Self {
        Body::of_passages(passages).sketch(article, published.map(|published| published.date.first()))
    }

    pub(super) fn new(article: ArticleId, published: Option<Date>, sentences: Vec<u32>) -> Self {
        Self { article, published, sentences, gist: [0; GIST], common: BTreeSet::new(), shingles: 0, bands: None }
    }

    /// Takes in the shingles that the article has without `common`.
    pub(super) fn take(&mut self, shingles: &Shingles, common: BTreeSet<u32>) {
        self.common = common;
        self.shingles = u32::try_from(shingles.len()).unwrap_or(u32::MAX);
        self.bands = if shingles.len() < FEWEST { None } else { bands(shingles) };
    }
}

/// The sketches of an index's articles, and what is known of pairs of them.
///
/// Equal sets of articles give equal values after [`Sketches::update`], by whatever steps they came about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sketches {
    by_article: BTreeMap<ArticleId, Sketch>,
    /// How many shingles each pair of candidates shares, the lesser id first.
    shared: BTreeMap<(ArticleId, ArticleId), u32>,
    /// Articles whose pairs have to be compared anew.
    changed: BTreeSet<ArticleId>,
}

impl Sketches {
    /// What was kept: sketches, and the shared shingles of pairs.
    pub fn new(
        sketches: impl IntoIterator<Item = Sketch>,
        shared: impl IntoIterator<Item = ((ArticleId, ArticleId), u32)>,
    ) -> Self {
        let by_article = sketches.into_iter().map(|sketch| (sketch.article, sketch)).collect();
        Self { by_article, shared: shared.into_iter().collect(), changed: BTreeSet::new() }
    }

    /// The sketches, by id.
    pub fn sketches(&self) -> impl ExactSizeIterator<Item = &Sketch> {
        self.by_article.values()
    }

    /// How many shingles each pair of candidates shares, by ids.
    pub fn shared(&self) -> impl ExactSizeIterator<Item = ((ArticleId, ArticleId), u32)> {
        self.shared.iter().map(|(pair, shared)| (*pair, *shared))
    }

    /// Whether there is a sketch of `article`.
    pub fn has(&self, article: ArticleId) -> bool {
        self.by_article.contains_key(&article)
    }

    /// Puts a new sketch in place of the article's old one.
    pub fn put(&mut self, sketch: Sketch) {
        self.changed.insert(sketch.article);
        self.by_article.insert(sketch.article, sketch);
    }

    /// Keeps the sketches of `articles` alone.
    pub fn keep(&mut self, articles: &BTreeSet<ArticleId>) {
        self.by_article.retain(|article, _| articles.contains(article));
    }

    /// The groups that the articles make now.
    ///
    /// `body` gives an article's words again. It is asked for articles in which the common sentences
    /// changed, and for those of pairs that were not compared before: never for one that meets nothing new.
    pub fn update<E: Send>(&mut self, body: &(impl Fn(ArticleId) -> Result<Body, E> + Sync)) -> Result<Groups, E> {
        self.leave_out_common(body)?;
        let order = self.in_order();
        let pairs = candidates(&order);
        let shared = self.compare(&order, &pairs, body)?;
        let edges: Vec<Edge> = pairs
            .iter()
            .zip(&shared)
            .map(|((left, right), shared)| Edge {
                left: *left,
                right: *right,
                overlap: overlap(order[*left as usize], order[*right as usize], *shared),
            })
            .filter(|edge| edge.overlap.is_copy())
            .collect();
        let groups = grouping::groups(&order, &edges);
        let ids = |(left, right): &(u32, u32)| key(order[*left as usize], order[*right as usize]);
        self.shared = pairs.iter().map(ids).zip(shared).collect();
        self.changed.clear();
        Ok(groups)
    }

    /// Sketches anew the articles in which other sentences are common than when they were sketched.
    fn leave_out_common<E: Send>(&mut self, body: &(impl Fn(ArticleId) -> Result<Body, E> + Sync)) -> Result<(), E> {
        let articles: Vec<(&[u32], &Gist)> =
            self.by_article.values().map(|sketch| (sketch.sentences.as_slice(), &sketch.gist)).collect();
        let common = common::sentences(&articles);
        let stale: Vec<(ArticleId, BTreeSet<u32>)> = self
            .by_article
            .values()
            .map(|sketch| (sketch, sketch.sentences.iter().copied().filter(|one| common.contains(one)).collect()))
            .filter(|(sketch, common)| sketch.common != *common)
            .map(|(sketch, common)| (sketch.article, common))
            .collect();
        let shingles: Vec<Shingles> = stale
            .par_iter()
            .map(|(article, common)| body(*article).map(|body| body.shingles(common)))
            .collect::<Result<_, E>>()?;
        for ((article, common), shingles) in stale.into_iter().zip(shingles) {
            self.changed.insert(article);
            if let Some(sketch) = self.by_article.get_mut(&article) {
                sketch.take(&shingles, common);
            }
        }
        Ok(())
    }

    /// The sketches by day of publication, the undated last, then by id.
    fn in_order(&self) -> Vec<&Sketch> {
        let mut order: Vec<&Sketch> = self.by_article.values().collect();
        order.sort_by_key(|sketch| (sketch.published.is_none(), sketch.published, sketch.article));
        order
    }

    /// How many shingles each of `pairs` shares: as known, or counted now.
    fn compare<E: Send>(
        &self,
        order: &[&Sketch],
        pairs: &[(u32, u32)],
        body: &(impl Fn(ArticleId) -> Result<Body, E> + Sync),
    ) -> Result<Vec<u32>, E> {
        let known: Vec<Option<u32>> = pairs
            .iter()
            .map(|(left, right)| {
                let key = key(order[*left as usize], order[*right as usize]);
                let changed = self.changed.contains(&key.0) || self.changed.contains(&key.1);
                if changed { None } else { self.shared.get(&key).copied() }
            })
            .collect();
        let new = pairs.iter().zip(&known).filter(|(_, known)| known.is_none());
        let involved: BTreeSet<u32> = new.flat_map(|((left, right), _)| [*left, *right]).collect();
        let sets: BTreeMap<u32, Shingles> = involved
            .into_par_iter()
            .map(|at| {
                let sketch = order[at as usize];
                Ok((at, body(sketch.article)?.shingles(&sketch.common)))
            })
            .collect::<Result<_, E>>()?;
        let count = |((left, right), known): (&(u32, u32), Option<u32>)| match known {
            Some(known) => known,
            None => u32::try_from(sets[left].overlap(&sets[right]).shared).unwrap_or(u32::MAX),
        };
        Ok(pairs.par_iter().zip(known).map(count).collect())
    }
}

impl Extend<Sketch> for Sketches {
    fn extend<I: IntoIterator<Item = Sketch>>(&mut self, sketches: I) {
        for sketch in sketches {
            self.put(sketch);
        }
    }
}

/// Pairs to compare, as places in `order`, ascending.
///
/// Of a text that very many print, the most complete versions stand for the rest: the original and its whole
/// copies, which are like all others, where two cuts and rewrites may not be like each other.
fn candidates(order: &[&Sketch]) -> Vec<(u32, u32)> {
    let mut places: Vec<(Reverse<u32>, u32)> =
        order.iter().zip(0..).map(|(sketch, place)| (Reverse(sketch.shingles), place)).collect();
    places.sort_unstable();
    let bands: Vec<Option<&Bands>> = places.iter().map(|(_, place)| order[*place as usize].bands.as_ref()).collect();
    let mut pairs: Vec<(u32, u32)> = candidates::pairs(&bands)
        .into_iter()
        .map(|(left, right)| (places[left as usize].1, places[right as usize].1))
        .map(|(left, right)| (left.min(right), left.max(right)))
        .filter(|(left, right)| may_be_copies(order[*left as usize], order[*right as usize]))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// Whether the sizes alone leave it open that two articles are copies.
fn may_be_copies(left: &Sketch, right: &Sketch) -> bool {
    overlap(left, right, left.shingles.min(right.shingles)).is_copy()
}

fn overlap(left: &Sketch, right: &Sketch, shared: u32) -> Overlap {
    Overlap { shared: shared as usize, left: left.shingles as usize, right: right.shingles as usize }
}

fn key(left: &Sketch, right: &Sketch) -> (ArticleId, ArticleId) {
    (left.article.min(right.article), left.article.max(right.article))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// `count` words that no other call with another `seed` gives, seven to a sentence.
    fn words(seed: usize, count: usize) -> String {
        let word = |number: usize| format!("w{seed}x{number}{}", if number % 7 == 6 { "." } else { "" });
        (0..count).map(word).collect::<Vec<_>>().join(" ")
    }

    fn groups(texts: &[String]) -> Groups {
        let id = |number: usize| ArticleId::derive("url", &number.to_string());
        let numbers: BTreeMap<ArticleId, usize> = (0..texts.len()).map(|number| (id(number), number)).collect();
        let body = |number: usize| Body::of_texts([texts[number].as_str()]);
        let mut sketches = Sketches::default();
        sketches.extend((0..texts.len()).map(|number| body(number).sketch(id(number), None)));
        sketches.update(&|article| Ok::<_, Infallible>(body(numbers[&article]))).unwrap()
    }

    #[test]
    fn a_story_of_which_hundreds_print_a_version_is_one_group() {
        let story = words(0, 420);
        let half: String = story.split(' ').take(210).collect::<Vec<_>>().join(" ");
        let tail: String = story.split(' ').skip(35).collect::<Vec<_>>().join(" ");
        let version = |number: usize| match number % 4 {
            0 => story.clone(),
            1 => format!("{} {tail}", words(number, 35)),
            2 => half.clone(),
            _ => format!("{story} {}", words(number, 70)),
        };

        let groups = groups(&(0..400).map(version).collect::<Vec<_>>());

        assert_eq!(
            groups.all().len(),
            1,
            "{:?}",
            groups.all().iter().map(|group| group.members.len()).collect::<Vec<_>>()
        );
        assert_eq!(groups.articles(), 400);
    }

    #[test]
    fn a_story_that_every_outlet_retouches_is_one_group() {
        // Each changes one word in forty, another one than the others.
        let story = words(0, 400);
        let version = |number: usize| {
            let retouched = |(place, word): (usize, &str)| match (place * 7 + number * 13) % 40 {
                0 => format!("retouched{number}x{place}{}", if word.ends_with('.') { "." } else { "" }),
                _ => word.to_owned(),
            };
            story.split(' ').enumerate().map(retouched).collect::<Vec<_>>().join(" ")
        };

        let groups = groups(&(0..40).map(version).collect::<Vec<_>>());

        assert_eq!((groups.all().len(), groups.articles()), (1, 40));
    }

    #[test]
    fn stories_under_one_blurb_are_no_copies_and_a_half_under_it_is() {
        let blurb = words(9_999, 140);
        let half: String = words(3, 140).split(' ').take(70).collect::<Vec<_>>().join(" ");
        let mut texts: Vec<String> = (0..8).map(|story| format!("{} {blurb}", words(story, 140))).collect();
        texts.push(format!("{half} {blurb}"));

        let groups = groups(&texts);

        assert_eq!(groups.all().len(), 1);
        assert_eq!(groups.articles(), 2);
    }

    #[test]
    fn articles_too_short_to_tell_are_in_no_group() {
        assert_eq!(groups(&[words(1, 20), words(1, 20)]), Groups::default());
        assert_eq!(groups(&[words(1, 30), words(1, 30)]).articles(), 2);
    }
}
