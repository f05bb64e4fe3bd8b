//! Field clause → Tantivy query.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, EmptyQuery, Occur, RangeQuery};
use tantivy::schema::Field;

use super::compile::{Boxed, Compiler};
use super::matching::build::Searched;
use super::matching::query::any_of;
use super::schema::Fields;
use crate::engine::EngineError;
use crate::model::{PartialDate, PassageId, Precision, day_number, fold_name, outlet_key};
use crate::query::{Constraint, DateRange, Node, Pattern, Place, Word};

impl Compiler<'_> {
    /// The passages of which `constraint` holds; its value stands at `at`.
    pub(super) fn constraint(&self, constraint: &Constraint, at: &Place) -> Result<Boxed, EngineError> {
        let fields = self.fields;
        Ok(match constraint {
            Constraint::Speaker(name) => exactly(fields.speaker, &fold_name(name)),
            Constraint::SpeakerId(id) => exactly(fields.speaker_id, id),
            Constraint::Role(words) => self.adjacent(fields.role, words, at)?,
            Constraint::Affiliation(words) => self.adjacent(fields.affiliation, words, at)?,
            Constraint::About(name) => exactly(fields.about, &fold_name(name)),
            Constraint::Topic(id) => exactly(fields.topic, id),
            Constraint::Outlet(name) => exactly(fields.outlet, &outlet_key(name)),
            Constraint::TitleWord(word) => self.words(&Node::Word(word.clone()), self.title())?,
            Constraint::TitlePhrase(phrase) => self.words(&Node::Phrase(phrase.clone()), self.title())?,
            Constraint::Author(name) => exactly(fields.author, &fold_name(name)),
            Constraint::Kind(kind) => exactly(fields.kind, kind.as_str()),
            Constraint::Lang(code) => exactly(fields.lang, &code.to_ascii_lowercase()),
            Constraint::Date(range) => mentioned(fields, *range),
            Constraint::Published(range) => published(fields, *range),
            Constraint::Id(id) if id.parse::<PassageId>().is_ok() => exactly(fields.id, id),
            Constraint::Id(id) => exactly(fields.article, id),
            Constraint::Exists(name) => exactly(fields.has, name.as_str()),
        })
    }

    /// The words of `text` next to each other in one value of `field`.
    fn adjacent(&self, field: Field, text: &str, at: &Place) -> Result<Boxed, EngineError> {
        let word = Word { pattern: Pattern::Stem(text.to_owned()), at: at.clone() };
        self.words(&Node::Word(word), Searched { stems: field, ..self.text() })
    }
}

fn exactly(field: Field, text: &str) -> Boxed {
    any_of(&[Term::from_field_text(field, text)])
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
