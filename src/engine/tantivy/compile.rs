//! Syntax tree → Tantivy query.
//!
//! It says which passages match; how they are ordered is `rank`'s to say.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query as TantivyQuery,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::schema::{Fields, day_number};
use crate::analysis::Analyzer;
use crate::engine::EngineError;
use crate::model::{PartialDate, Precision, fold_name, outlet_key};
use crate::query::{Constraint, DateRange, Group, Node, Pattern, Phrase, Place, Slot, Word};

type Boxed = Box<dyn TantivyQuery>;

/// Turns clauses into queries over one schema.
pub(super) struct Compiler<'i> {
    pub(super) fields: &'i Fields,
    pub(super) analyzer: &'i Analyzer,
}

impl Compiler<'_> {
    /// The query whose matches are those of `node`.
    pub(super) fn node(&self, node: &Node) -> Result<Boxed, EngineError> {
        match node {
            Node::Word(word) => self.word(self.fields.text, word),
            Node::Phrase(phrase) => self.phrase(self.fields.text, phrase),
            Node::Near(near) => Err(unsupported(&near.at)),
            Node::Within(within) => Err(unsupported(&within.at)),
            Node::Boost(boost) => Ok(Box::new(BoostQuery::new(self.node(&boost.clause)?, boost.factor))),
            Node::Field(clause) => Ok(unscored(self.constraint(&clause.constraint, &clause.value_at)?)),
            Node::And(nodes) => self.all(nodes),
            Node::Or(nodes) => Ok(Box::new(BooleanQuery::union(self.each(nodes)?))),
            Node::Not(node) => Ok(unscored(anchored(vec![(Occur::MustNot, self.node(node)?)]))),
            Node::Group(group) => self.group(group),
        }
    }

    fn each(&self, nodes: &[Node]) -> Result<Vec<Boxed>, EngineError> {
        nodes.iter().map(|node| self.node(node)).collect()
    }

    fn all(&self, nodes: &[Node]) -> Result<Boxed, EngineError> {
        let (denied, asked): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(|node| matches!(node, Node::Not(_)));
        let mut clauses = Vec::new();
        for node in asked {
            clauses.push((Occur::Must, self.node(node)?));
        }
        for node in denied {
            if let Node::Not(inner) = node {
                clauses.push((Occur::MustNot, self.node(inner)?));
            }
        }
        Ok(anchored(clauses))
    }

    fn group(&self, group: &Group) -> Result<Boxed, EngineError> {
        let mut clauses = Vec::new();
        let any = if group.must.is_empty() { Occur::Must } else { Occur::Should };
        if !group.any.is_empty() {
            clauses.push((any, Box::new(BooleanQuery::union(self.each(&group.any)?)) as Boxed));
        }
        for node in self.each(&group.must)?.into_iter().chain(self.each(&group.narrow)?) {
            clauses.push((Occur::Must, node));
        }
        for node in self.each(&group.must_not)? {
            clauses.push((Occur::MustNot, node));
        }
        Ok(anchored(clauses))
    }

    fn word(&self, field: Field, word: &Word) -> Result<Boxed, EngineError> {
        match &word.pattern {
            Pattern::Stem(text) => self.adjacent(field, text, &word.at),
            _ => Err(unsupported(&word.at)),
        }
    }

    fn phrase(&self, field: Field, phrase: &Phrase) -> Result<Boxed, EngineError> {
        self.adjacent(field, &bare(phrase).ok_or_else(|| unsupported(&phrase.at))?, &phrase.at)
    }

    /// A word, or words next to each other.
    fn adjacent(&self, field: Field, text: &str, at: &Place) -> Result<Boxed, EngineError> {
        let mut terms: Vec<Term> =
            self.analyzer.tokens(text).map(|token| Term::from_field_text(field, &token.term)).collect();
        match terms.len() {
            0 => Err(EngineError::Unsupported {
                at: at.clone(),
                message: format!("`{text}` holds no word to search for; write a word with a letter or digit"),
            }),
            1 => Ok(Box::new(TermQuery::new(terms.swap_remove(0), IndexRecordOption::WithFreqs))),
            _ => Ok(Box::new(PhraseQuery::new(terms))),
        }
    }

    fn constraint(&self, constraint: &Constraint, at: &Place) -> Result<Boxed, EngineError> {
        let fields = self.fields;
        let exactly = |field: Field, text: &str| -> Boxed {
            Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::Basic))
        };
        Ok(match constraint {
            Constraint::Speaker(name) => exactly(fields.speaker, &fold_name(name)),
            Constraint::Topic(id) => exactly(fields.topic, id),
            Constraint::Outlet(name) => exactly(fields.outlet, &outlet_key(name)),
            Constraint::Kind(kind) => exactly(fields.kind, kind.as_str()),
            Constraint::TitleWord(word) => self.word(fields.title, word)?,
            Constraint::TitlePhrase(phrase) => self.phrase(fields.title, phrase)?,
            Constraint::Published(range) => published(fields, *range),
            Constraint::Date(range) => mentioned(fields, *range),
            Constraint::Role(_)
            | Constraint::Affiliation(_)
            | Constraint::About(_)
            | Constraint::Author(_)
            | Constraint::Lang(_)
            | Constraint::Id(_)
            | Constraint::Exists(_) => return Err(unsupported(at)),
        })
    }
}

fn unsupported(at: &Place) -> EngineError {
    EngineError::Unsupported { at: at.clone(), message: "this clause is not supported yet".into() }
}

/// The text of a phrase of bare words.
pub(super) fn bare(phrase: &Phrase) -> Option<String> {
    let mut words = Vec::new();
    for slot in &phrase.slots {
        let Slot::Words(alternatives) = slot else { return None };
        let [run] = alternatives.as_slice() else { return None };
        let [Pattern::Stem(text)] = run.as_slice() else { return None };
        words.push(text.as_str());
    }
    (phrase.slop == 0).then(|| words.join(" "))
}

fn unscored(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// A conjunction; one that only denies starts from every passage.
fn anchored(mut clauses: Vec<(Occur, Boxed)>) -> Boxed {
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// Articles whose date of publication lies wholly within `range`.
fn published(fields: &Fields, range: DateRange) -> Boxed {
    let mut clauses = Vec::new();
    if let Some(from) = range.from {
        let first = Bound::Included(Term::from_field_i64(fields.published_first, day_number(from.first())));
        clauses.push((Occur::Must, Box::new(RangeQuery::new(first, Bound::Unbounded)) as Boxed));
    }
    if let Some(to) = range.to {
        let last = Bound::Included(Term::from_field_i64(fields.published_last, day_number(to.last())));
        clauses.push((Occur::Must, Box::new(RangeQuery::new(Bound::Unbounded, last)) as Boxed));
    }
    if clauses.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::new(clauses)) }
}

/// Passages that mention a day, month or year that lies wholly within `range`.
fn mentioned(fields: &Fields, range: DateRange) -> Boxed {
    let by_precision =
        [(fields.date_day, Precision::Day), (fields.date_month, Precision::Month), (fields.date_year, Precision::Year)];
    let clauses = by_precision
        .into_iter()
        .filter_map(|(field, precision)| {
            let term = |date: jiff::civil::Date| Bound::Included(Term::from_field_i64(field, day_number(date)));
            let from = range.from.map(PartialDate::first);
            let to = range.to.and_then(|to| last_start(to.last(), precision));
            match (from, to) {
                _ if range.to.is_some() && to.is_none() => None,
                (Some(from), Some(to)) if from > to => None,
                (None, None) => None,
                (from, to) => {
                    let query = RangeQuery::new(from.map_or(Bound::Unbounded, term), to.map_or(Bound::Unbounded, term));
                    Some(Box::new(query) as Boxed)
                }
            }
        })
        .collect::<Vec<_>>();
    if clauses.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::union(clauses)) }
}

/// The first day of the last day, month or year that ends on `last` or before.
fn last_start(last: jiff::civil::Date, precision: Precision) -> Option<jiff::civil::Date> {
    let next = last.tomorrow().ok()?;
    match precision {
        Precision::Day => Some(last),
        Precision::Month => next.first_of_month().yesterday().ok().map(jiff::civil::Date::first_of_month),
        Precision::Year => next.first_of_year().yesterday().ok().map(jiff::civil::Date::first_of_year),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_last_whole_month_ends_within_the_range() {
        assert_eq!(last_start(date(2025, 6, 30), Precision::Month), Some(date(2025, 6, 1)));
        assert_eq!(last_start(date(2025, 6, 29), Precision::Month), Some(date(2025, 5, 1)));
        assert_eq!(last_start(date(2025, 6, 29), Precision::Year), Some(date(2024, 1, 1)));
        assert_eq!(last_start(date(2025, 12, 31), Precision::Year), Some(date(2025, 1, 1)));
    }
}
