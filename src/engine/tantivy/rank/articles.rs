//! First stage over articles: the words of each article's matching passages together, its title once, and a share of
//! its best passage.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use foldhash::HashMap;
use tantivy::{DocAddress, DocId, Searcher, TERMINATED};

use super::cursor::{Cursor, cursors};
use super::model::Model;
use super::statistics::join;
use super::{ByField, Candidate, Columns, FIELDS, Matching, Rank, Ranked, matches};
use crate::config::Ranking;

/// The best `limit` articles.
pub(super) fn rank(
    searcher: &Searcher,
    model: &Model,
    matching: &Matching,
    (columns, lengths): (&[Columns], &HashMap<u64, ByField>),
    (ranking, limit): (&Ranking, usize),
) -> tantivy::Result<Ranked> {
    let mut gathered = Gathered { model, index: HashMap::default(), articles: Vec::new(), counts: Vec::new() };
    for (ordinal, columns) in (0..).zip(columns) {
        let mut cursors = cursors(model, searcher, ordinal)?;
        match matching {
            Matching::Union => gathered.union(searcher, ordinal, columns, &mut cursors),
            Matching::Driven(weight) => {
                let mut counts = vec![[0; FIELDS]; cursors.len()];
                for document in matches(&**weight, searcher, ordinal)? {
                    for (count, cursor) in counts.iter_mut().zip(&mut cursors) {
                        *count = cursor.counts(document);
                    }
                    gathered.add(columns, DocAddress::new(ordinal, document), &counts);
                }
            }
        }
    }
    Ok(gathered.ranked(lengths, ranking, limit))
}

/// What is known of each article that matches.
struct Gathered<'m> {
    model: &'m Model,
    /// Article bits to its place in `articles`.
    index: HashMap<u64, usize>,
    articles: Vec<Article>,
    /// Occurrences of each unit in each article, article by article.
    counts: Vec<ByField>,
}

struct Article {
    key: u64,
    /// Its best passage.
    rank: Rank,
    at: DocAddress,
    work: u64,
    matching: usize,
}

impl Gathered<'_> {
    fn union(&mut self, searcher: &Searcher, ordinal: u32, columns: &Columns, cursors: &mut [Cursor]) {
        let segment = searcher.segment_reader(ordinal);
        // Words of the first results bring up nothing.
        let asked = (0..cursors.len()).filter(|index| !self.model.units[*index].feedback);
        let mut open: BinaryHeap<Reverse<(DocId, usize)>> =
            asked.map(|index| Reverse((cursors[index].doc(), index))).collect();
        let mut counts = vec![[0; FIELDS]; cursors.len()];
        while let Some(Reverse((document, _))) = open.peek().copied() {
            if document == TERMINATED {
                break;
            }
            for (count, cursor) in counts.iter_mut().zip(cursors.iter_mut()) {
                *count = cursor.counts(document);
            }
            if !segment.is_deleted(document) {
                self.add(columns, DocAddress::new(ordinal, document), &counts);
            }
            while let Some(Reverse((at, index))) = open.peek().copied()
                && at == document
            {
                open.pop();
                open.push(Reverse((cursors[index].advance(), index)));
            }
        }
    }

    fn add(&mut self, columns: &Columns, at: DocAddress, counts: &[ByField]) {
        let document = at.doc_id;
        let lengths = columns.lengths(document);
        let score = columns.weight(document) * self.model.passage_score(counts, lengths);
        let rank = columns.rank(document, score, self.model.sort);
        let key = columns.article(document);
        let units = self.model.units.len();
        let index = *self.index.entry(key).or_insert_with(|| {
            self.articles.push(Article { key, rank, at, work: columns.work(document), matching: 0 });
            self.counts.resize(self.counts.len() + units, [0; FIELDS]);
            self.articles.len() - 1
        });
        let article = &mut self.articles[index];
        article.matching += 1;
        if rank > article.rank {
            (article.rank, article.at) = (rank, at);
        }
        for (whole, part) in self.counts[index * units..].iter_mut().zip(counts) {
            join(whole, *part);
        }
    }

    fn ranked(self, lengths: &HashMap<u64, ByField>, ranking: &Ranking, limit: usize) -> Ranked {
        let units = self.model.units.len();
        let total = self.articles.len();
        let length_of = |key: u64| lengths.get(&key).copied().unwrap_or_default();
        let mut scored: Vec<(Rank, usize)> = self
            .articles
            .iter()
            .enumerate()
            .map(|(index, article)| {
                let counts = &self.counts[index * units..(index + 1) * units];
                let own = self.model.score(counts, length_of(article.key));
                (Rank { score: own + ranking.best_passage * article.rank.score, ..article.rank }, index)
            })
            .collect();
        scored.sort_unstable_by_key(|(rank, _)| Reverse(*rank));
        scored.truncate(limit);
        let candidates = scored
            .into_iter()
            .map(|(rank, index)| {
                let article = &self.articles[index];
                Candidate {
                    rank,
                    at: article.at,
                    matching: article.matching,
                    counts: self.counts[index * units..(index + 1) * units].to_vec(),
                    lengths: length_of(article.key),
                    work: article.work,
                    kind_weight: 1.0,
                    best_passage: ranking.best_passage * article.rank.score,
                    proximity: 0.0,
                    context: 0.0,
                }
            })
            .collect();
        Ranked { total, candidates }
    }
}
