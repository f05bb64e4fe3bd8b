//! Passages by row and column: as a table that fits, for programs, for spreadsheets and documents.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::columns::{beginning, padded};
use super::markdown::{escaped, origin};
use super::stamped::{stamped_csv, stamped_json, stamped_jsonl};
use super::style::{ASIDE, SPEAKER, STRONG, styled, wrapped};
use super::trends::percent;
use crate::model::single_line;
use crate::view::{Axis, Copies, Count, Counted, Dimension, Line, MatrixView, Provenance};

/// The narrowest and the widest name of a row, in terminal columns.
const NAMES: (usize, usize) = (12, 28);
/// The narrowest and the widest column: `1234 100%`.
const CELLS: (usize, usize) = (9, 16);
/// Of these, the columns of the share.
const SHARE: usize = 5;
/// Columns of what is summed.
const OTHER: usize = 6;
/// Between two columns.
const GAP: usize = 2;
/// Columns of a row's own count.
const ALL: usize = 6;

/// How many of the columns left out are named.
const NAMED: usize = 12;

/// The first `top` rows and as many columns as fit into `width`; the rest is summed and named.
pub fn matrix_text(out: &mut dyn Write, view: &MatrixView, top: usize, width: usize) -> io::Result<()> {
    if view.rows.is_empty() && view.explanation.is_some() {
        return Ok(());
    }
    let layout = Layout::of(view, top, width);
    layout.write(out, view)?;
    let notes: Vec<String> = std::iter::once(measure(view)).chain(layout.rest(view)).chain(notes(view)).collect();
    writeln!(out, "\n{ASIDE}{}{ASIDE:#}", wrapped(&notes.join(" "), &[], width, ""))?;
    if let Some((row, column)) = view.cells.keys().next() {
        let (row, column) = (&view.rows[*row], &view.columns[*column]);
        let names = format!("{} and {}", row.of.name, column.of.name);
        writeln!(out, "\n{}", styled(ASIDE, &format!("The passages of {names}; --format json has all commands:")))?;
        writeln!(out, "  {}", single_line(&view.command_of_both(row, column)))?;
    }
    Ok(())
}

/// What is shown of a matrix.
struct Layout {
    names: usize,
    rows: usize,
    /// The places of the columns shown, with their widths.
    columns: Vec<(usize, usize)>,
    /// Whether what is left is shown as one.
    other_row: bool,
    other_column: bool,
}

impl Layout {
    fn of(view: &MatrixView, top: usize, width: usize) -> Self {
        let rows = view.rows.len().min(top);
        let longest = view.rows.iter().take(rows).map(|line| single_line(&line.of.name).width()).max().unwrap_or(0);
        // A narrow terminal has names of at most two fifths.
        let names = longest.clamp(NAMES.0, NAMES.1.min((width * 2 / 5).max(NAMES.0)));
        let widths = view.columns.iter().map(|line| heading(line, view.columns_by).width().clamp(CELLS.0, CELLS.1));
        let widths: Vec<usize> = widths.collect();
        let room = width.saturating_sub(names + GAP + ALL);
        let all: usize = widths.iter().map(|width| width + GAP).sum();
        let other_column = all > room;
        let mut room = if other_column { room.saturating_sub(OTHER + GAP) } else { room };
        let mut columns = Vec::new();
        for at in by_count(view) {
            let needed = widths[at] + GAP;
            if needed > room {
                break;
            }
            room -= needed;
            columns.push((at, widths[at]));
        }
        columns.sort_unstable();
        Self { names, rows, columns, other_row: view.rows.len() > rows, other_column }
    }

    fn write(&self, out: &mut dyn Write, view: &MatrixView) -> io::Result<()> {
        let head = format!("{}{:>width$}", in_columns(view.rows_by.as_str(), self.names), "all", width = GAP + ALL);
        let headings = self.columns.iter().map(|(at, width)| {
            let heading = heading(&view.columns[*at], view.columns_by);
            let heading = in_columns(&heading, heading.width().min(*width));
            format!("{}{heading}", " ".repeat((GAP + width).saturating_sub(heading.width())))
        });
        let other = self.other_column.then(|| format!("{:>width$}", "other", width = GAP + OTHER));
        let line: String = std::iter::once(head).chain(headings).chain(other).collect();
        writeln!(out, "{}", styled(STRONG, line.trim_end()))?;
        for (row, line) in view.rows.iter().enumerate().take(self.rows) {
            let name = styled(SPEAKER, &in_columns(&line.of.name, self.names));
            self.write_row(out, &name, line.of.passages, &by_column(view, row..row + 1))?;
        }
        if self.other_row {
            let rest = self.rows..view.rows.len();
            let name = styled(ASIDE, &in_columns(&format!("other: {}", rest.len()), self.names));
            let all = view.rows[self.rows..].iter().map(|line| line.of.passages).sum();
            self.write_row(out, &name, all, &by_column(view, rest))?;
        }
        Ok(())
    }

    fn write_row(
        &self,
        out: &mut dyn Write,
        name: &str,
        all: usize,
        passages: &BTreeMap<usize, usize>,
    ) -> io::Result<()> {
        write!(out, "{name}{all:>width$}", width = GAP + ALL)?;
        // Blanks at a line's end are not written.
        let mut blanks = 0;
        for (at, width) in &self.columns {
            let (count, counts) = (passages.get(at).copied().unwrap_or(0), blanks + GAP + width - SHARE);
            blanks = if count == 0 { SHARE } else { 0 };
            match (Count { passages: count, of: all }).share().filter(|_| count > 0) {
                None => write!(out, "{:>counts$}", "·")?,
                Some(share) => {
                    let share = format!("{:.0}%", share * 100.0);
                    write!(out, "{count:>counts$}{ASIDE}{share:>SHARE$}{ASIDE:#}")?;
                }
            }
        }
        if self.other_column {
            let shown: usize = self.columns.iter().filter_map(|(at, _)| passages.get(at)).sum();
            // Several columns may have one passage: a share of their sum would say nothing.
            let (sum, width) = (passages.values().sum::<usize>() - shown, blanks + GAP + OTHER);
            write!(out, "{:>width$}", if sum == 0 { "·".to_owned() } else { sum.to_string() })?;
        }
        writeln!(out)
    }

    /// What is summed, by name.
    fn rest(&self, view: &MatrixView) -> Option<String> {
        let mut parts = Vec::new();
        if self.other_row {
            parts.push(format!("{} more {}", view.rows.len() - self.rows, plural(view.rows_by)));
        }
        if self.other_column {
            let rest =
                view.columns.iter().enumerate().filter(|(at, _)| self.columns.iter().all(|(shown, _)| shown != at));
            let names: Vec<String> = rest.map(|(_, line)| heading(line, view.columns_by)).collect();
            let unnamed = names.len().saturating_sub(NAMED);
            let more = if unnamed > 0 { format!(" and {unnamed} more") } else { String::new() };
            let named = names[..names.len() - unnamed].join(", ");
            parts.push(format!("{} more {} ({named}{more})", names.len(), plural(view.columns_by)));
        }
        (!parts.is_empty()).then(|| format!("In “other”, the sum of their cells: {}.", parts.join("; ")))
    }
}

/// The columns' places, those of most passages first.
fn by_count(view: &MatrixView) -> Vec<usize> {
    let mut places: Vec<usize> = (0..view.columns.len()).collect();
    places.sort_by_key(|at| std::cmp::Reverse(view.columns[*at].of.passages));
    places
}

/// The passages of `rows` in each column that has any.
fn by_column(view: &MatrixView, rows: Range<usize>) -> BTreeMap<usize, usize> {
    let mut passages = BTreeMap::new();
    for ((_, column), cell) in view.cells.range((rows.start, 0)..(rows.end, 0)) {
        *passages.entry(*column).or_default() += cell.passages;
    }
    passages
}

/// What stands above a column: a topic's id is short.
fn heading(line: &Line, axis: Axis) -> String {
    let text = if axis == Axis::Of(Dimension::Topic) { &line.of.key } else { &line.of.name };
    single_line(text).into_owned()
}

/// `text` in exactly `width` columns.
fn in_columns(text: &str, width: usize) -> String {
    padded(&beginning(&single_line(text), width), width)
}

fn plural(axis: Axis) -> String {
    format!("{}s", axis.as_str())
}

/// What is counted, and what the shares are of.
fn measure(view: &MatrixView) -> String {
    let which = match (view.query.is_empty(), view.filtered) {
        (true, false) => "",
        (true, true) => " that pass the filters",
        (false, false) => " that match the query",
        (false, true) => " that match the query and pass the filters",
    };
    format!("Passages{which}: {}. A share is of all of them in the row.", view.passages)
}

/// What else a reader has to know.
fn notes(view: &MatrixView) -> Vec<String> {
    let lacking = |axis: Axis| match axis {
        Axis::Of(Dimension::Speaker) => "in which nobody speaks".to_owned(),
        Axis::Of(Dimension::Topic) => "without a topic".to_owned(),
        Axis::Of(Dimension::Outlet) => "of no known outlet".to_owned(),
        Axis::Periods(length) => format!("without a date as precise as a {}", length.as_str()),
    };
    let mut notes = Vec::new();
    for (count, of, axis) in
        [(view.without_row, "row", view.rows_by), (view.without_column, "column, but in a row", view.columns_by)]
    {
        notes.extend((count > 0).then(|| format!("In no {of}, passages {}: {count}.", lacking(axis))));
    }
    let several = [view.rows_by, view.columns_by];
    if several.iter().any(|axis| matches!(axis, Axis::Of(Dimension::Speaker | Dimension::Topic))) {
        notes.push(
            "A passage counts for each of its speakers and topics: rows and columns do not add up to all passages."
                .to_owned(),
        );
    }
    notes.extend((view.inferred > 0).then(|| {
        format!(
            "Passages whose date is only “on or after a day” count on that day, as `published:` finds them, and `trends` \
             counts them apart: {}.",
            view.inferred
        )
    }));
    notes.extend((view.copies == Copies::Once).then(|| {
        format!(
            "Copies count once, where they were published first; passages of later ones left out: {}. The commands find \
             them too.",
            view.copies_left_out
        )
    }));
    notes
}

/// One cell as programs read it. Fields are written in this order.
#[derive(Serialize)]
struct Record<'v> {
    row: &'v str,
    row_name: &'v str,
    column: &'v str,
    column_name: &'v str,
    passages: usize,
    /// Of the row's passages.
    of: usize,
    share: Option<f64>,
    with_copies: usize,
    command: String,
}

/// A row or a column as programs read it.
#[derive(Serialize)]
struct LineRecord<'v> {
    key: &'v str,
    name: &'v str,
    passages: usize,
    with_copies: usize,
    command: String,
}

impl<'v> LineRecord<'v> {
    fn new(view: &MatrixView, line: &'v Line) -> Self {
        let Counted { key, name, passages, with_copies } = &line.of;
        Self { key, name, passages: *passages, with_copies: *with_copies, command: view.command_of(line) }
    }
}

fn records(view: &MatrixView) -> impl Iterator<Item = Record<'_>> {
    view.cells.iter().map(|((row, column), cell)| {
        let (row, column) = (&view.rows[*row], &view.columns[*column]);
        let of = row.of.passages;
        Record {
            row: &row.of.key,
            row_name: &row.of.name,
            column: &column.of.key,
            column_name: &column.of.name,
            passages: cell.passages,
            of,
            share: Count { passages: cell.passages, of }.share(),
            with_copies: cell.with_copies,
            command: view.command_of_both(row, column),
        }
    })
}

/// One object with the rows, the columns, the cells that have a passage, and what repeats it.
pub fn matrix_json(out: &mut dyn Write, view: &MatrixView, provenance: &Provenance) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v> {
        query: &'v str,
        rows_by: &'static str,
        columns_by: &'static str,
        copies: &'static str,
        passages: usize,
        in_no_row: usize,
        in_no_column: usize,
        copies_left_out: usize,
        inferred: usize,
        rows: Vec<LineRecord<'v>>,
        columns: Vec<LineRecord<'v>>,
        cells: Vec<Record<'v>>,
    }
    let whole = Whole {
        query: &view.query,
        rows_by: view.rows_by.as_str(),
        columns_by: view.columns_by.as_str(),
        copies: view.copies.as_str(),
        passages: view.passages,
        in_no_row: view.without_row,
        in_no_column: view.without_column,
        copies_left_out: view.copies_left_out,
        inferred: view.inferred,
        rows: view.rows.iter().map(|line| LineRecord::new(view, line)).collect(),
        columns: view.columns.iter().map(|line| LineRecord::new(view, line)).collect(),
        cells: records(view).collect(),
    };
    stamped_json(out, &whole, provenance)
}

/// One cell a line.
pub fn matrix_jsonl(out: &mut dyn Write, view: &MatrixView, provenance: &Provenance) -> io::Result<()> {
    stamped_jsonl(out, records(view), provenance)
}

/// One cell a row, under a header.
pub fn matrix_csv(out: &mut dyn Write, view: &MatrixView, provenance: &Provenance) -> io::Result<()> {
    let header = ["row", "row_name", "column", "column_name", "passages", "of", "share", "with_copies", "command"];
    let row = |record: Record<'_>| {
        [
            record.row.to_owned(),
            record.row_name.to_owned(),
            record.column.to_owned(),
            record.column_name.to_owned(),
            record.passages.to_string(),
            record.of.to_string(),
            record.share.map(|share| share.to_string()).unwrap_or_default(),
            record.with_copies.to_string(),
            record.command,
        ]
    };
    stamped_csv(out, header, records(view).map(row), provenance)
}

/// One cell a row, with its command.
pub fn matrix_markdown(out: &mut dyn Write, view: &MatrixView, provenance: &Provenance) -> io::Result<()> {
    writeln!(out, "| {} | {} | passages | share | command |", view.rows_by.as_str(), view.columns_by.as_str())?;
    writeln!(out, "|---|---|--:|--:|---|")?;
    for record in records(view) {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            escaped(record.row_name),
            escaped(record.column_name),
            record.passages,
            record.share.map(percent).unwrap_or_default(),
            escaped(&record.command)
        )?;
    }
    writeln!(out, "\n{}", escaped(&measure(view)))?;
    for note in notes(view) {
        writeln!(out, "{}", escaped(&note))?;
    }
    writeln!(out)?;
    origin(out, provenance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Node;
    use crate::view::{Asker, Cell};

    fn line(key: &str, passages: usize) -> Line {
        let of = Counted { key: key.into(), name: key.into(), passages, with_copies: passages };
        Line { of, clause: None }
    }

    fn view(rows: usize, columns: usize) -> MatrixView {
        let cell = Cell { passages: 1234, with_copies: 1234 };
        let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
        MatrixView {
            query: "x".into(),
            rows_by: Axis::Of(Dimension::Speaker),
            columns_by: Axis::Of(Dimension::Topic),
            copies: Copies::Each,
            filtered: false,
            rows: (0..rows).map(|row| line(&format!("Somebody of a long name {row}"), 1234)).collect(),
            columns: (0..columns).map(|column| line(&"topic".repeat(column % 5 + 1), 1234)).collect(),
            cells: places.filter(|(row, column)| (row + column) % 3 > 0).map(|place| (place, cell)).collect(),
            passages: 1234,
            without_row: 1,
            without_column: 1,
            copies_left_out: 0,
            inferred: 0,
            explanation: None,
            asker: Asker { root: Node::And(Vec::new()), settings: Vec::new() },
        }
    }

    #[test]
    fn a_table_fits_its_width_and_ends_no_line_with_a_blank() {
        for (rows, columns) in [(1, 1), (30, 3), (5, 40)] {
            for width in [40, 60, 80, 120] {
                let mut out = Vec::new();
                Layout::of(&view(rows, columns), 20, width).write(&mut out, &view(rows, columns)).unwrap();
                let text = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
                for line in text.lines() {
                    assert!(line.width() <= width, "{width}: {line}");
                    assert_eq!(line, line.trim_end());
                }
                let named = text.lines().next().unwrap().ends_with("other");
                assert_eq!(named, columns == 40 || columns == 3 && width <= 60, "{text}");
                assert_eq!(text.lines().count(), 1 + rows.min(20) + usize::from(rows > 20));
            }
        }
    }

    #[test]
    fn a_table_holds_names_whatever_their_letters() {
        let mut view = view(3, 2);
        for name in [format!("A{}", "☀\u{fe0f}".repeat(13)), "👩‍👩‍👧‍👦".repeat(9), "東京都知事".repeat(4)]
        {
            view.columns_by = Axis::Of(Dimension::Outlet);
            view.columns[1].of.name.clone_from(&name);
            view.rows[1].of.name = name;
            let mut out = Vec::new();
            Layout::of(&view, 20, 80).write(&mut out, &view).unwrap();
            let text = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
            let ends: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
            assert!(ends.iter().all(|end| *end <= 80) && ends[1] == ends[2], "{text}");
        }
    }

    #[test]
    fn what_is_summed_is_summed_whole_and_a_dozen_named() {
        let view = view(5, 40);
        let layout = Layout::of(&view, 2, 80);
        let mut out = Vec::new();
        layout.write(&mut out, &view).unwrap();
        let text = anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string();
        let rest =
            view.cells.iter().filter(|((row, at), _)| *row > 1 && layout.columns.iter().all(|(own, _)| own != at));
        let sum: usize = rest.map(|(_, cell)| cell.passages).sum();
        assert!(text.ends_with(&format!(" {sum}\n")), "{sum} {text}");
        assert!(layout.rest(&view).unwrap().ends_with(&format!(" and {} more).", 40 - layout.columns.len() - NAMED)));
    }
}
