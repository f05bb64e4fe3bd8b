//! A query made ready to score: its units, each once, with rarity and weight.

use std::sync::Arc;

use tantivy::Searcher;
use tantivy::schema::Field;

use super::super::units::{Asked, Unit};
use super::bm25f::{Formula, rarity};
use super::cursor::Listed;
use super::listing;
use super::located::Located;
use super::statistics::{Totals, articles_holding, articles_listed};
use super::units::is_function_term;
use super::{ByField, FIELDS};
use crate::config::Ranking;
use crate::engine::{By, FeedbackSign, Page, Sort};
use crate::query::Query;

/// What is asked of the ranking.
#[derive(Clone, Copy)]
pub(in super::super) struct Request<'r> {
    pub(in super::super) query: &'r Query,
    pub(in super::super) page: Page,
    pub(in super::super) ranking: &'r Ranking,
    pub(in super::super) totals: &'r Totals,
}

/// A query made ready to score.
#[derive(Clone)]
pub(in super::super) struct Model {
    pub(super) fields: [Field; FIELDS],
    pub(super) units: Vec<Scored>,
    /// Of passages.
    pub(super) passages: Formula,
    /// Of what is ranked.
    pub(super) ranked: Formula,
    /// What comes first.
    pub(super) sort: Sort,
    /// Whether words of the first results are among the units, and why.
    pub(super) feedback: Option<FeedbackSign>,
}

/// A unit with its rarity and weight.
#[derive(Clone)]
pub(super) struct Scored {
    pub(super) shown: String,
    pub(super) source: Source,
    /// Boosts and repeats; 0 where it is dropped.
    pub(super) weight: f64,
    pub(super) dropped: bool,
    pub(super) feedback: bool,
    /// How many passages hold it.
    pub(super) holding: u64,
    /// Among passages.
    pub(super) passage_rarity: f64,
    /// Among what is ranked.
    pub(super) rarity: f64,
}

/// Where a unit's places come from.
#[derive(Clone)]
pub(super) enum Source {
    /// Postings of a term.
    Term(Located),
    /// Lists, one a segment.
    Listed(Arc<Vec<Listed>>),
}

impl Model {
    /// Prepares `units`; `fields` in the order of [`ByField`].
    pub(super) fn new(
        searcher: &Searcher,
        request: Request<'_>,
        fields: [Field; FIELDS],
        units: Vec<Unit>,
    ) -> tantivy::Result<Self> {
        let Request { ranking, totals, page, .. } = request;
        let passages = Formula::new(ranking, totals.average);
        let ranked = match page.by {
            By::Passage => passages,
            By::Article => Formula::new(ranking, totals.articles.average),
        };
        let mut model = Self { fields, units: Vec::new(), passages, ranked, sort: page.sort, feedback: None };
        let letters: Vec<char> = request.query.text.chars().collect();
        let mut boosts: Vec<(f64, f64)> = Vec::new();
        for unit in units {
            let index = if let Some(index) = model.place_of(&unit.asked) {
                index
            } else {
                let shown = letters.get(unit.at.clone()).map(|letters| letters.iter().collect());
                model.units.push(scored(searcher, request, fields, unit.asked, shown)?);
                boosts.push((0.0, 0.0));
                model.units.len() - 1
            };
            boosts[index].0 += f64::from(unit.boost);
            boosts[index].1 += 1.0;
        }
        for (unit, (boost, count)) in model.units.iter_mut().zip(boosts) {
            unit.weight = boost * count.powf(ranking.repeats - 1.0);
        }
        if ranking.drop_function_words {
            model.drop_function_words();
        }
        Ok(model)
    }

    fn place_of(&self, asked: &Asked) -> Option<usize> {
        let Asked::Term(term) = asked else { return None };
        self.units.iter().position(|unit| matches!(&unit.source, Source::Term(known) if known.term == *term))
    }

    /// Takes the weight of function words away where others remain that the index knows.
    fn drop_function_words(&mut self) {
        let says_nothing = |unit: &Scored| matches!(&unit.source, Source::Term(known) if is_function_term(&known.term));
        if self.units.iter().all(says_nothing) {
            return;
        }
        for unit in self.units.iter_mut().filter(|unit| says_nothing(unit)) {
            (unit.dropped, unit.weight) = (true, 0.0);
        }
    }

    /// Adds a word of the first results.
    pub(super) fn add_feedback(
        &mut self,
        searcher: &Searcher,
        request: Request<'_>,
        term: &str,
        weight: f64,
    ) -> tantivy::Result<()> {
        let asked = Asked::Term(term.to_owned());
        if let Some(index) = self.place_of(&asked) {
            self.units[index].weight += weight;
            return Ok(());
        }
        let mut unit = scored(searcher, request, self.fields, asked, None)?;
        (unit.weight, unit.feedback) = (weight, true);
        self.units.push(unit);
        Ok(())
    }

    /// What the words of something ranked give, in the query's order.
    pub(super) fn score(&self, counts: &[ByField], lengths: ByField) -> f64 {
        self.sum(&self.ranked, |unit| unit.rarity, counts, lengths)
    }

    /// The same by another formula and rarity.
    pub(super) fn sum(
        &self,
        formula: &Formula,
        rarity: impl Fn(&Scored) -> f64,
        counts: &[ByField],
        lengths: ByField,
    ) -> f64 {
        let mut sum = 0.0;
        for (unit, counts) in self.units.iter().zip(counts) {
            sum += unit.weight * rarity(unit) * formula.saturated(*counts, lengths);
        }
        sum
    }

    /// What one word of a passage gives it.
    pub(super) fn passage_part(&self, unit: &Scored, counts: ByField, lengths: ByField) -> f64 {
        unit.weight * unit.passage_rarity * self.passages.saturated(counts, lengths)
    }

    /// What the words of a passage give, as a passage.
    pub(super) fn passage_score(&self, counts: &[ByField], lengths: ByField) -> f64 {
        self.sum(&self.passages, |unit| unit.passage_rarity, counts, lengths)
    }
}

fn scored(
    searcher: &Searcher,
    request: Request<'_>,
    fields: [Field; FIELDS],
    asked: Asked,
    shown: Option<String>,
) -> tantivy::Result<Scored> {
    let totals = request.totals;
    let (source, holding, articles) = match asked {
        Asked::Term(term) => {
            let located = Located::find(searcher, fields, term)?;
            let holding = located.holding(searcher)?;
            let articles = match request.page.by {
                By::Passage => 0,
                By::Article => articles_holding(searcher, totals.columns(searcher)?, &located)?,
            };
            (Source::Term(located), holding, articles)
        }
        Asked::Words(terms) => from_lists(searcher, request, listing::of_words(searcher, &terms)?)?,
        Asked::Phrase(terms) => from_lists(searcher, request, listing::of_phrase(searcher, &terms)?)?,
        Asked::Positional(query) => from_lists(searcher, request, listing::of_query(searcher, &*query)?)?,
    };
    let passage_rarity = rarity(totals.passages, holding);
    let rarity = match request.page.by {
        By::Passage => passage_rarity,
        By::Article => rarity(totals.articles.number, articles),
    };
    let shown = shown.unwrap_or_else(|| match &source {
        Source::Term(located) => located.term.clone(),
        Source::Listed(_) => String::new(),
    });
    Ok(Scored { shown, source, weight: 0.0, dropped: false, feedback: false, holding, passage_rarity, rarity })
}

/// What stands where `lists` say, in how many passages and in how many articles.
fn from_lists(searcher: &Searcher, request: Request<'_>, lists: Vec<Listed>) -> tantivy::Result<(Source, u64, u64)> {
    let holding = lists.iter().map(|list| list.len() as u64).sum();
    let articles = match request.page.by {
        By::Passage => 0,
        By::Article => articles_listed(request.totals.columns(searcher)?, &lists),
    };
    Ok((Source::Listed(Arc::new(lists)), holding, articles))
}
