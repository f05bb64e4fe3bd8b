//! Collections with judged queries, and the measures over runs; the same figures as `trec_eval`'s for binary grades.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Figures of a run, averaged over the judged queries.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Measures {
    pub(crate) ndcg_10: f64,
    pub(crate) map: f64,
    pub(crate) mrr_10: f64,
    pub(crate) recall_100: f64,
}

/// Grades by query and document.
pub(crate) type Judgements = HashMap<String, HashMap<String, f64>>;

fn lines(path: &Path) -> impl Iterator<Item = String> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines().map(Result::unwrap)
}

/// Judgements of a file in TREC's form, gzipped.
pub(crate) fn judgements(path: &Path) -> Judgements {
    let mut judgements = Judgements::new();
    for line in lines(path) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        if let [query, _, document, grade] = columns[..] {
            let grades = judgements.entry(query.to_owned()).or_default();
            grades.insert(document.to_owned(), grade.parse().unwrap());
        }
    }
    judgements.retain(|_, grades| grades.values().any(|grade| *grade > 0.0));
    judgements
}

/// The text of a gzipped file.
pub(crate) fn text(path: &Path) -> String {
    lines(path).map(|line| line + "\n").collect()
}

impl Measures {
    /// Of one query: `ranked` best first. Equal scores go by name, the last first, as in `trec_eval`.
    pub(crate) fn of(grades: &HashMap<String, f64>, ranked: &[(String, f64)]) -> Self {
        let mut ranked: Vec<&(String, f64)> = ranked.iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
        let gains: Vec<f64> =
            ranked.iter().map(|(name, _)| grades.get(name).copied().unwrap_or(0.0).max(0.0)).collect();
        let mut ideal: Vec<f64> = grades.values().copied().filter(|grade| *grade > 0.0).collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        let discounted = |gains: &[f64]| -> f64 {
            (2_u32..).zip(gains.iter().take(10)).map(|(place, gain)| gain / f64::from(place).log2()).sum()
        };
        let relevant = ideal.len() as f64;
        let (mut found, mut precision, mut reciprocal) = (0.0, 0.0, 0.0);
        for (place, gain) in (1_u32..).zip(&gains) {
            if *gain > 0.0 {
                found += 1.0;
                precision += found / f64::from(place);
                if found == 1.0 && place <= 10 {
                    reciprocal = 1.0 / f64::from(place);
                }
            }
        }
        let within = gains.iter().take(100).filter(|gain| **gain > 0.0).count() as f64;
        Self {
            ndcg_10: discounted(&gains) / discounted(&ideal),
            map: precision / relevant,
            mrr_10: reciprocal,
            recall_100: within / relevant,
        }
    }

    /// The mean over queries.
    pub(crate) fn mean(all: &[Self]) -> Self {
        let mean = |of: fn(&Self) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
        Self {
            ndcg_10: mean(|m| m.ndcg_10),
            map: mean(|m| m.map),
            mrr_10: mean(|m| m.mrr_10),
            recall_100: mean(|m| m.recall_100),
        }
    }
}
