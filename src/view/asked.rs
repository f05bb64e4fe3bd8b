//! Which passages are asked for: a query and filters, the same for every view.

use super::{ViewError, resolve};
use crate::config::Rules;
use crate::query::{Filters, Node, Query, Reading, parse_with, to_query_string};

/// A query with its filters.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// The query, as typed; `None` asks for every passage that the filters let pass.
    pub query: Option<String>,
    /// How it is to be read.
    pub reading: Reading,
    /// Filters beside it.
    pub filters: Filters,
}

impl Asked {
    /// Whether it asks for days by their distance from today, so that it means something else tomorrow.
    pub fn is_relative(&self) -> bool {
        let without_today = Reading { now: None, ..self.reading };
        let query = self.query.as_deref().filter(|query| parse_with(query, &self.reading).is_ok());
        query.is_some_and(|query| parse_with(query, &without_today).is_err())
    }

    /// The filters as clauses of a query, as they were given; empty where there are none.
    #[must_use]
    pub fn filter_clauses(&self) -> String {
        let clauses = self.filters.constraints().into_iter().map(|filter| to_query_string(&Node::unplaced(filter)));
        clauses.collect::<Vec<_>>().join(" ")
    }

    /// The query that is asked: with ids for names, narrowed by the filters. `rules` tell what an alias or a topic's
    /// label means.
    pub fn understood(&self, rules: &Rules) -> Result<Query, ViewError> {
        if let (Some(from), Some(to)) = (self.filters.from, self.filters.to)
            && to.last() < from.first()
        {
            return Err(ViewError::NoPeriod { from, to });
        }
        let mut query = match &self.query {
            Some(query) => parse_with(query, &self.reading)?,
            // A conjunction of nothing holds of everything.
            None => Query { text: String::new(), root: Node::And(Vec::new()) },
        };
        resolve::resolve(&mut query, rules)?;
        Ok(query.narrowed(&resolve::resolve_filters(&self.filters, rules)?))
    }
}
