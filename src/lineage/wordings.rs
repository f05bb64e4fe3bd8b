//! The wordings of an index, and the statements that they make.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::align::Aligner;
use super::statements::{Star, Statement, Statements, stars};
use super::{Wording, candidates, versions};
use crate::model::ArticleId;

/// Content words in a shingle of reported speech: tense, pronouns and articles are left out, and with two of them
/// little is shared by chance.
const SHINGLE_STEMS: usize = 2;
/// Content words that reported speech must share with a version, in their order.
const FEWEST_SHARED: usize = 4;
/// And their share, in hundredths, of those of the shorter.
const SHARED: usize = 50;

/// The wordings of an index's quotations, by article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wordings {
    by_article: BTreeMap<ArticleId, Vec<Wording>>,
}

impl Wordings {
    /// Puts an article's wordings in place of those it had; one without quotations has none, and is known as well.
    pub fn put(&mut self, article: ArticleId, wordings: Vec<Wording>) {
        self.by_article.insert(article, wordings);
    }

    /// Keeps those of `articles` alone.
    pub fn keep(&mut self, articles: &BTreeSet<ArticleId>) {
        self.by_article.retain(|article, _| articles.contains(article));
    }

    /// Whether the quotations of `article` are known.
    pub fn has(&self, article: ArticleId) -> bool {
        self.by_article.contains_key(&article)
    }

    /// The articles with their wordings, by id.
    pub fn articles(&self) -> impl ExactSizeIterator<Item = (ArticleId, &[Wording])> {
        self.by_article.iter().map(|(article, wordings)| (*article, wordings.as_slice()))
    }

    /// The statements that the quotations make now.
    #[must_use]
    pub fn statements(&self) -> Statements {
        let mut order: Vec<&Wording> = self.by_article.values().flatten().collect();
        // Of what is published at one time the shorter first: what merges two comes after both.
        order.sort_by_key(|one| (one.published.is_none(), one.published, one.words.len(), one.quote));
        let direct: Vec<&Wording> = order.iter().copied().filter(|one| one.direct).collect();
        let lengths: Vec<usize> = direct.iter().map(|one| one.words.len()).collect();
        let mut aligner = Aligner::default();
        let mut stars = stars(&lengths, &versions::edges(&direct), &mut |whole, part| {
            aligner.align(&direct[whole as usize].words, &direct[part as usize].words).1
        });
        let places: BTreeMap<_, u32> = direct.iter().map(|one| one.quote).zip(0..).collect();
        add_candidates(&mut stars, &reports(&order), |wording| places.get(&order[wording as usize].quote).copied());
        let made = stars.into_iter().filter(|star| star.versions.len() + star.candidates.len() > 1);
        let statement = |star: Star| {
            let mut versions: Vec<&Wording> = star.versions.iter().map(|at| direct[*at as usize]).collect();
            // Of what is published at one time the fullest counts as the first: the likelier source of the others.
            versions.sort_by_key(|one| (one.published.is_none(), one.published, Reverse(one.words.len()), one.quote));
            Statement {
                versions: versions.iter().map(|one| one.quote).collect(),
                candidates: star.candidates.iter().map(|at| order[*at as usize].quote).collect(),
            }
        };
        made.map(statement).collect::<Vec<_>>().into()
    }
}

impl Extend<(ArticleId, Vec<Wording>)> for Wordings {
    fn extend<I: IntoIterator<Item = (ArticleId, Vec<Wording>)>>(&mut self, articles: I) {
        self.by_article.extend(articles);
    }
}

/// Pairs of a report and a version that may be of one statement, as places in `order`: `(report, version)`.
fn reports(order: &[&Wording]) -> Vec<(u32, u32)> {
    let stems: Vec<&[u32]> = order.iter().map(|one| one.stems.as_slice()).collect();
    let told = |(one, other): (u32, u32)| match (order[one as usize].direct, order[other as usize].direct) {
        (true, false) => Some((other, one)),
        (false, true) => Some((one, other)),
        _ => None,
    };
    let alike = |(report, version): &(u32, u32)| {
        let (report, version) = (order[*report as usize], order[*version as usize]);
        !report.contradicts(version) && is_report(&report.stems, &version.stems)
    };
    let pairs: Vec<(u32, u32)> = candidates::pairs(&stems, SHINGLE_STEMS).into_iter().filter_map(told).collect();
    let mut found: Vec<(u32, u32)> = pairs.into_par_iter().filter(alike).collect();
    found.sort_unstable();
    found
}

/// Whether the content words of two are largely the same, in order.
fn is_report(report: &[u32], version: &[u32]) -> bool {
    let shared = common(report, version);
    shared >= FEWEST_SHARED && shared * 100 >= report.len().min(version.len()) * SHARED
}

/// How many words two have in common in order (their longest common subsequence: Wagner, Fischer 1974).
fn common(one: &[u32], other: &[u32]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut diagonal = 0;
        for (at, theirs) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == theirs { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    row[other.len()]
}

/// Lists each report with the statements of the versions it is like; `version` gives a place among the versions.
fn add_candidates(stars: &mut [Star], reports: &[(u32, u32)], version: impl Fn(u32) -> Option<u32>) {
    let mut stars_of: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, star) in stars.iter().enumerate() {
        for member in &star.versions {
            stars_of.entry(*member).or_default().push(at);
        }
    }
    for of_one in reports.chunk_by(|one, other| one.0 == other.0) {
        let versions = of_one.iter().filter_map(|(_, of)| stars_of.get(&version(*of)?));
        let (mergers, plain): (Vec<&Vec<usize>>, Vec<_>) = versions.partition(|stars| stars.len() > 1);
        // What merges two statements does not tell which of them is reported, where another version does.
        let told = if plain.is_empty() { mergers } else { plain };
        let listed: BTreeSet<usize> = told.into_iter().flatten().copied().collect();
        for at in listed {
            stars[at].candidates.push(of_one[0].0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analyzer;
    use crate::model::{PassageId, QuoteId};

    const SAID: &str =
        "We will open the Kesh tunnel before the first snow falls, and we will not ask our neighbours for money.";

    fn wording(number: i64, direct: bool, speaker: Option<u32>, text: &str) -> (ArticleId, Vec<Wording>) {
        let article = ArticleId::derive("url", &number.to_string());
        let quote = QuoteId { passage: PassageId { article, n: 1 }, n: 1 };
        let wording = Wording::of(quote, direct, text, &Analyzer::default());
        (article, vec![Wording { published: Some(number), speaker, ..wording }])
    }

    fn statements(said: Vec<(ArticleId, Vec<Wording>)>) -> Statements {
        let mut wordings = Wordings::default();
        wordings.extend(said);
        wordings.statements()
    }

    #[test]
    fn versions_are_gathered_and_listed_by_time() {
        let part = "the Kesh tunnel before the first snow falls";
        let said = vec![
            wording(3, true, Some(1), SAID),
            wording(2, true, None, part),
            wording(1, true, Some(1), &SAID.replace("not ask", "ask")),
            wording(
                4,
                true,
                Some(1),
                "The harbour dues of Tarnhaven will be halved for every boat under twelve metres.",
            ),
        ];

        let found = statements(said.clone());

        let order: Vec<QuoteId> = [2, 1, 0].into_iter().map(|at: usize| said[at].1[0].quote).collect();
        assert_eq!(found.all().len(), 1);
        assert_eq!(found.all()[0].versions, order);
    }

    #[test]
    fn a_report_in_other_tenses_is_a_candidate_and_one_of_another_speaker_is_not() {
        let told =
            "they would open the Kesh tunnel before the first snow fell and would not be asking neighbours for money";
        let said = vec![
            wording(1, true, Some(1), SAID),
            wording(2, false, None, told),
            wording(3, false, Some(2), told),
            wording(4, false, Some(1), "the tunnel at Kesh was a matter for the parliament of Doruna"),
        ];

        let found = statements(said.clone());

        assert_eq!(found.all().len(), 1);
        assert_eq!(found.all()[0].versions, [said[0].1[0].quote]);
        assert_eq!(found.all()[0].candidates, [said[1].1[0].quote]);
    }

    #[test]
    fn the_longest_common_subsequence_is_counted() {
        assert_eq!(common(&[1, 2, 3, 4], &[1, 9, 3, 4]), 3);
        assert_eq!(common(&[], &[1]), 0);
    }
}
