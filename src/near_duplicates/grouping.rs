//! Pairs of copies → groups.
//!
//! Being alike is not transitive: a digest of two stories is like both, and a chain of such pairs would
//! tie a year of news into one group. So each group has a centre that every member was found alike to
//! (star clustering: Aslam, Pelekhov, Rus 2004), and a member must be alike to half of those before it.
//! The article that is like most others is a centre first, of equals the one published first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::candidates::NEIGHBOURS;
use super::{Overlap, Sketch};
use crate::model::{ArticleId, Why};

/// Articles that are copies of one another, whole or in part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The members, by day of publication, the undated last, then by id: at least two.
    pub members: Vec<Member>,
}

/// An article of a group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The article.
    pub article: ArticleId,
    /// When it was published.
    pub published: Option<Date>,
    /// Share of the smaller of the two that stands in the larger, this article and the group's centre: from
    /// 0 to 1, in hundredths. The centre itself has none.
    pub similarity: Option<f32>,
    /// Why it is in the group; the centre is because of the others.
    pub why: Option<Why>,
}

/// The groups of an index.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Group>", into = "Vec<Group>")]
pub struct Groups {
    groups: Vec<Group>,
    by_article: BTreeMap<ArticleId, usize>,
}

impl From<Vec<Group>> for Groups {
    fn from(groups: Vec<Group>) -> Self {
        let members = |(at, group): (usize, &Group)| -> Vec<(ArticleId, usize)> {
            group.members.iter().map(|member| (member.article, at)).collect()
        };
        let by_article = groups.iter().enumerate().flat_map(members).collect();
        Self { groups, by_article }
    }
}

impl From<Groups> for Vec<Group> {
    fn from(groups: Groups) -> Self {
        groups.groups
    }
}

impl Groups {
    /// The groups, by their first members' publication.
    #[must_use]
    pub fn all(&self) -> &[Group] {
        &self.groups
    }

    /// How many articles are in a group.
    #[must_use]
    pub fn articles(&self) -> usize {
        self.by_article.len()
    }

    /// The group that `article` is in.
    #[must_use]
    pub fn of(&self, article: ArticleId) -> Option<&Group> {
        self.groups.get(*self.by_article.get(&article)?)
    }
}

/// Two articles that are copies, as indexes; `overlap.left` is of `left`, which is the lesser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) overlap: Overlap,
}

impl Edge {
    /// The overlap with `member`'s set on the left, whichever end it is.
    fn seen_from(&self, member: u32) -> Overlap {
        let Overlap { shared, left, right } = self.overlap;
        if member == self.left { self.overlap } else { Overlap { shared, left: right, right: left } }
    }
}

/// The groups that `edges` make of `articles`, which are in order of publication.
pub(super) fn groups(articles: &[&Sketch], edges: &[Edge]) -> Groups {
    let mut stars = stars(edges);
    stars.sort_by_key(|star| star.iter().map(|(member, _)| *member).min());
    let group = |mut star: Vec<(u32, Option<Edge>)>| {
        star.sort_by_key(|(member, _)| *member);
        Group { members: star.iter().map(|(at, edge)| member(articles, *at, edge.as_ref())).collect() }
    };
    stars.into_iter().map(group).collect::<Vec<Group>>().into()
}

fn member(articles: &[&Sketch], at: u32, edge: Option<&Edge>) -> Member {
    let sketch = articles[at as usize];
    let centre = |edge: &Edge| articles[if edge.left == at { edge.right } else { edge.left } as usize].article;
    Member {
        article: sketch.article,
        published: sketch.published,
        similarity: edge.map(|edge| hundredths(edge.overlap.containment())),
        why: edge.map(|edge| edge.seen_from(at).why(centre(edge))),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "it is rounded to two digits")]
fn hundredths(share: f64) -> f32 {
    ((share * 100.0).round() / 100.0) as f32
}

/// Each star: its members, each with the edge to the centre; the centre without.
fn stars(edges: &[Edge]) -> Vec<Vec<(u32, Option<Edge>)>> {
    let mut near: BTreeMap<u32, BTreeMap<u32, Edge>> = BTreeMap::new();
    for edge in edges {
        near.entry(edge.left).or_default().insert(edge.right, *edge);
        near.entry(edge.right).or_default().insert(edge.left, *edge);
    }
    // How many free neighbours each free article has.
    let mut free: BTreeMap<u32, usize> = near.iter().map(|(article, others)| (*article, others.len())).collect();
    let mut next: BinaryHeap<(usize, Reverse<u32>)> =
        free.iter().map(|(article, count)| (*count, Reverse(*article))).collect();
    let mut stars = Vec::new();
    while let Some((known, Reverse(centre))) = next.pop() {
        let Some(now) = free.get(&centre).copied().filter(|now| *now > 0) else { continue };
        if now < known {
            // Others have gone to a group since: back in line with those that are left.
            next.push((now, Reverse(centre)));
            continue;
        }
        let star = star(centre, &near, &free);
        for (member, _) in &star {
            free.remove(member);
            for other in near[member].keys() {
                if let Some(count) = free.get_mut(other) {
                    *count -= 1;
                }
            }
        }
        stars.push(star);
    }
    stars
}

/// The centre and those of its free neighbours that are alike to half of the members before them, the
/// likest first.
fn star(
    centre: u32,
    near: &BTreeMap<u32, BTreeMap<u32, Edge>>,
    free: &BTreeMap<u32, usize>,
) -> Vec<(u32, Option<Edge>)> {
    let mut others: Vec<(u32, Edge)> = near[&centre]
        .iter()
        .filter(|(other, _)| free.contains_key(other))
        .map(|(other, edge)| (*other, *edge))
        .collect();
    others.sort_by(|(a, left), (b, right)| {
        right.overlap.resemblance().total_cmp(&left.overlap.resemblance()).then(a.cmp(b))
    });
    // Of so many copies not all pairs were compared, and that two are not known to be alike says nothing.
    let all_compared = others.len() <= 2 * NEIGHBOURS;
    let mut star: Vec<(u32, Option<Edge>)> = vec![(centre, None)];
    for (other, edge) in others {
        let alike_to_half =
            || 2 * star.iter().filter(|(member, _)| near[&other].contains_key(member)).count() >= star.len();
        if !all_compared || alike_to_half() {
            star.push((other, Some(edge)));
        }
    }
    star
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(left: u32, right: u32, shared: usize) -> Edge {
        Edge { left, right, overlap: Overlap { shared, left: 100, right: 100 } }
    }

    fn members(edges: &[Edge]) -> Vec<Vec<u32>> {
        let mut stars: Vec<Vec<u32>> =
            stars(edges).into_iter().map(|star| star.into_iter().map(|(member, _)| member).collect()).collect();
        for star in &mut stars {
            star.sort_unstable();
        }
        stars.sort();
        stars
    }

    #[test]
    fn versions_that_are_alike_only_to_the_original_are_one_group() {
        assert_eq!(members(&[edge(0, 1, 80), edge(0, 2, 60), edge(0, 3, 60), edge(1, 3, 70)]), [[0, 1, 2, 3]]);
    }

    #[test]
    fn a_digest_of_two_stories_does_not_join_them() {
        let first = [edge(0, 1, 95), edge(0, 2, 95), edge(1, 2, 95)];
        let second = [edge(4, 5, 95), edge(4, 6, 95), edge(5, 6, 95)];
        let digest =
            [0, 1, 2].map(|story| edge(story, 3, 60)).into_iter().chain([4, 5, 6].map(|story| edge(3, story, 50)));
        let edges: Vec<Edge> = first.into_iter().chain(second).chain(digest).collect();

        assert_eq!(members(&edges), [vec![0, 1, 2, 3], vec![4, 5, 6]]);
    }

    #[test]
    fn a_chain_breaks() {
        let edges: Vec<Edge> = (0..9).map(|link| edge(link, link + 1, 60)).collect();

        assert!(members(&edges).iter().all(|group| group.len() <= 3), "{:?}", members(&edges));
    }
}
