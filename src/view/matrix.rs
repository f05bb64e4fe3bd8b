//! Who said how much about what: passages by two of speaker, topic, outlet and period.
//!
//! Every count can be asked for: each cell has the command whose search finds its passages, and no others.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::counted::{Census, Copies, Counted, Dimension, each_fact};
use super::explain::{self, Explanation};
use super::period::{Period, PeriodLength};
use super::provenance::shell_word;
use super::{Asked, ViewError};
use crate::config::Rules;
use crate::engine::{Engine, Facts, Known};
use crate::near_duplicates::Groups;
use crate::query::{Constraint, Filters, Group, Node, to_query_string};

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixRequest {
    /// Which passages.
    pub asked: Asked,
    /// What has a row of its own.
    pub rows: Axis,
    /// What has a column of its own.
    pub columns: Axis,
    /// How copies count.
    pub copies: Copies,
    /// Settings of the command line, which the commands of the cells repeat.
    pub settings: Vec<String>,
}

/// What one side of a matrix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Speakers, topics or outlets.
    Of(Dimension),
    /// Periods of publication.
    Periods(PeriodLength),
}

/// Passages by row and column.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixView {
    /// The query, as typed; empty where there is none.
    pub query: String,
    /// What has a row of its own.
    pub rows_by: Axis,
    /// What has a column of its own.
    pub columns_by: Axis,
    /// How copies count.
    pub copies: Copies,
    /// Whether filters narrow what is counted.
    pub filtered: bool,
    /// The rows, those of most passages first; periods by time.
    pub rows: Vec<Line>,
    /// The columns, likewise.
    pub columns: Vec<Line>,
    /// The cells that have a passage, by place of row and column.
    pub cells: BTreeMap<(usize, usize), Cell>,
    /// Passages in all.
    pub passages: usize,
    /// Of these, those that are in no row.
    pub without_row: usize,
    /// Of these, those that are in a row and in no column.
    pub without_column: usize,
    /// Passages of copies, which do not count.
    pub copies_left_out: usize,
    /// Of a matrix of periods, passages whose date is only "on or after": they count on that day, as `published:` finds
    /// them.
    pub inferred: usize,
    /// Why nothing matches, where nothing does.
    pub explanation: Option<Explanation>,
    /// Writes the commands that find what is counted.
    pub asker: Asker,
}

impl MatrixView {
    /// The command that finds the passages of a row or column.
    #[must_use]
    pub fn command_of(&self, line: &Line) -> String {
        self.asker.command(line.clause.clone())
    }

    /// The command that finds the passages where `row` and `column` meet.
    #[must_use]
    pub fn command_of_both(&self, row: &Line, column: &Line) -> String {
        self.asker.command([&row.clause, &column.clause].into_iter().flatten().cloned())
    }
}

/// A row or a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is of, and how many passages it has, in whatever columns or rows.
    pub of: Counted,
    /// The clause that lets them alone pass.
    pub clause: Option<Constraint>,
}

/// Where a row and a column meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// How many passages are of both.
    pub passages: usize,
    /// How many the command finds: the same, with copies that do not count.
    pub with_copies: usize,
}

impl Axis {
    /// Its name in options and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Of(dimension) => dimension.as_str(),
            Self::Periods(length) => length.as_str(),
        }
    }

    fn dimension(self) -> Option<Dimension> {
        match self {
            Self::Of(dimension) => Some(dimension),
            Self::Periods(_) => None,
        }
    }

    /// What a passage has of it. A date that is only a bound counts as its day, as a search finds it.
    fn of(self, facts: &Facts) -> Vec<Arc<Known>> {
        match self {
            Self::Of(dimension) => dimension.of(facts).to_vec(),
            Self::Periods(length) => {
                let period = facts.published.and_then(|days| Period::of_both(length, days));
                let known = |name: String| Arc::new(Known { key: name.clone(), name });
                period.map(|period| known(period.to_string())).into_iter().collect()
            }
        }
    }
}

/// Counts what `request` asks for; `groups` say which articles are copies.
pub fn matrix(
    engine: &dyn Engine,
    rules: &Rules,
    groups: &Groups,
    request: &MatrixRequest,
) -> Result<MatrixView, ViewError> {
    let query = request.asked.understood(rules)?;
    let everything = Asked { query: None, ..request.asked.clone() }.understood(rules)?;
    let left_out = request.copies.left_out(engine, &everything, groups)?;
    let mut tally = Tally::default();
    each_fact(engine, &query, &mut |facts| {
        tally.add(request, &facts, !left_out.contains(&facts.passage.article));
    })?;
    let explanation = if tally.found == 0 { Some(explain::explain(engine, &query)?) } else { None };
    let filtered = request.asked.filters != Filters::default();
    let Tally { rows, columns, cells, periods, passages, without_row, without_column, found, inferred } = tally;
    let rows = lines(rows.counted(rules, request.rows.dimension()), request.rows, &periods);
    let columns = lines(columns.counted(rules, request.columns.dimension()), request.columns, &periods);
    Ok(MatrixView {
        cells: placed(&cells, &rows, &columns),
        query: query.text,
        rows_by: request.rows,
        columns_by: request.columns,
        copies: request.copies,
        filtered,
        rows,
        columns,
        passages,
        without_row,
        without_column,
        copies_left_out: found - passages,
        inferred,
        explanation,
        asker: Asker { root: query.root, settings: request.settings.clone() },
    })
}

/// What is counted, in memory that grows with the values and not with the passages.
#[derive(Default)]
struct Tally {
    rows: Census,
    columns: Census,
    /// Passages that count and all that are found, by key of row and column.
    cells: BTreeMap<String, BTreeMap<String, (usize, usize)>>,
    /// The periods behind keys.
    periods: HashMap<String, Period>,
    passages: usize,
    without_row: usize,
    without_column: usize,
    found: usize,
    inferred: usize,
}

impl Tally {
    fn add(&mut self, request: &MatrixRequest, facts: &Facts, counts: bool) {
        let (rows, columns) = (request.rows.of(facts), request.columns.of(facts));
        let mut has_period = false;
        for axis in [request.rows, request.columns] {
            let Axis::Periods(length) = axis else { continue };
            let Some(period) = facts.published.and_then(|days| Period::of_both(length, days)) else { continue };
            has_period = true;
            self.periods.entry(period.to_string()).or_insert(period);
        }
        self.rows.add(&rows, counts);
        self.columns.add(&columns, counts);
        self.found += 1;
        self.passages += usize::from(counts);
        self.without_row += usize::from(counts && rows.is_empty());
        self.without_column += usize::from(counts && !rows.is_empty() && columns.is_empty());
        self.inferred += usize::from(counts && has_period && facts.inferred);
        let distinct =
            |values: &[Arc<Known>]| -> BTreeSet<String> { values.iter().map(|known| known.key.clone()).collect() };
        let columns = distinct(&columns);
        for row in distinct(&rows) {
            let cells = self.cells.entry(row).or_default();
            for column in &columns {
                let (passages, found) = cells.entry(column.clone()).or_default();
                *passages += usize::from(counts);
                *found += 1;
            }
        }
    }
}

/// The values as rows or columns. What only copies have that do not count is none.
fn lines(mut values: Vec<Counted>, axis: Axis, periods: &HashMap<String, Period>) -> Vec<Line> {
    values.retain(|value| value.passages > 0);
    if matches!(axis, Axis::Periods(_)) {
        values.sort_by_key(|value| periods.get(&value.key).copied());
    }
    let clause = |key: &str| match axis {
        Axis::Of(dimension) => Some(dimension.clause(key)),
        Axis::Periods(_) => periods.get(key).map(|period| period.clause()),
    };
    values.into_iter().map(|of| Line { clause: clause(&of.key), of }).collect()
}

/// The counts that are of a passage, by place of row and column.
fn placed(
    counts: &BTreeMap<String, BTreeMap<String, (usize, usize)>>,
    rows: &[Line],
    columns: &[Line],
) -> BTreeMap<(usize, usize), Cell> {
    let places: HashMap<&str, usize> =
        columns.iter().enumerate().map(|(at, line)| (line.of.key.as_str(), at)).collect();
    let mut cells = BTreeMap::new();
    for (row, line) in rows.iter().enumerate() {
        for (key, (passages, with_copies)) in counts.get(&line.of.key).into_iter().flatten() {
            let Some(column) = places.get(key.as_str()).filter(|_| *passages > 0) else { continue };
            cells.insert((row, *column), Cell { passages: *passages, with_copies: *with_copies });
        }
    }
    cells
}

/// Writes the commands that find what is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Asker {
    /// What is counted.
    pub root: Node,
    /// Settings of the command line.
    pub settings: Vec<String>,
}

impl Asker {
    /// The search for what the query finds and `clauses` let pass.
    fn command(&self, clauses: impl IntoIterator<Item = Constraint>) -> String {
        let asked = to_query_string(&narrowed(&self.root, clauses));
        let words = self.settings.iter().map(String::as_str).chain(["search", &asked]);
        std::iter::once("rapporteur".to_owned()).chain(words.map(shell_word)).collect::<Vec<_>>().join(" ")
    }
}

/// `root` with further clauses beside it.
fn narrowed(root: &Node, clauses: impl IntoIterator<Item = Constraint>) -> Node {
    let everything = Node::And(Vec::new());
    let mut group = match root {
        Node::Group(group) => group.clone(),
        other => Group { any: vec![other.clone()], ..Group::default() },
    };
    group.any.retain(|node| *node != everything);
    group.narrow.extend(clauses.into_iter().map(Node::unplaced));
    Node::Group(group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Query, parse};

    fn asked(query: &str, filters: &Filters) -> String {
        let query = parse(query).unwrap().narrowed(filters);
        to_query_string(&narrowed(
            &query.root,
            [Constraint::SpeakerId("vael".into()), Constraint::Topic("trade".into())],
        ))
    }

    #[test]
    fn a_command_asks_for_the_query_the_filters_and_the_cell() {
        let filters = Filters { outlet: Some("Corridor Wire".into()), ..Filters::default() };

        assert_eq!(asked("railway toll", &Filters::default()), "railway toll speaker:=vael topic:trade");
        assert_eq!(asked("a OR b", &filters), "a OR b outlet:\"Corridor Wire\" speaker:=vael topic:trade");
        assert_eq!(asked("-tunnel", &Filters::default()), "NOT tunnel speaker:=vael topic:trade");
        let all = Query { text: String::new(), root: Node::And(Vec::new()) }.narrowed(&filters);
        let clauses = [Constraint::SpeakerId("vael".into())];
        assert_eq!(to_query_string(&narrowed(&all.root, clauses)), "outlet:\"Corridor Wire\" speaker:=vael");
    }
}
