//! Collocates: as a table, for programs, for spreadsheets and documents.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::columns::{beginning, padded};
use super::csv::cell_text;
use super::markdown::{escaped, origin};
use super::stamped::{stamped_json, stamped_jsonl};
use super::style::{MATCH, STRONG, styled};
use crate::model::single_line;
use crate::view::{Collocate, CollocatesView, Measure, Provenance};

/// Columns of the figures behind a word, gaps included.
const FIGURES: usize = 4 * 10 + 6;

/// One word a line, for lines of `width` columns.
pub fn collocates_table(out: &mut dyn Write, view: &CollocatesView, width: usize) -> io::Result<()> {
    if view.collocates.is_empty() {
        return Ok(());
    }
    let longest = view.collocates.iter().map(|collocate| collocate.word.width()).max().unwrap_or(0);
    let column = longest.max("word".len()).min(width.saturating_sub(FIGURES));
    let head = format!(
        "{}{:>10}{:>10}{:>10}{:>16}",
        padded("word", column),
        "joint",
        "total",
        "expected",
        view.measure.as_str()
    );
    writeln!(out, "{}", styled(STRONG, &head))?;
    for collocate in &view.collocates {
        let word = padded(&beginning(&single_line(&collocate.word), column), column);
        let Collocate { joint, total, expected, score, .. } = collocate;
        writeln!(out, "{MATCH}{word}{MATCH:#}{joint:>10}{total:>10}{expected:>10.2}{score:>16.2}")?;
    }
    Ok(())
}

/// A word that stands alone, with the measure.
#[derive(Serialize)]
struct Measured<'v> {
    #[serde(flatten)]
    collocate: &'v Collocate,
    measure: Measure,
}

/// One word a line.
pub fn collocates_jsonl(out: &mut dyn Write, view: &CollocatesView, provenance: &Provenance) -> io::Result<()> {
    let measured = view.collocates.iter().map(|collocate| Measured { collocate, measure: view.measure });
    stamped_jsonl(out, measured, provenance)
}

/// One object with the query, the counts that the scores rest on, the words, and what repeats them.
pub fn collocates_json(out: &mut dyn Write, view: &CollocatesView, provenance: &Provenance) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v> {
        query: &'v str,
        measure: Measure,
        matches: u64,
        passages: u64,
        window_words: u64,
        corpus_words: u64,
        total: usize,
        collocates: &'v [Collocate],
    }
    let whole = Whole {
        query: &view.query,
        measure: view.measure,
        matches: view.counts.matches,
        passages: view.counts.passages,
        window_words: view.window_words,
        corpus_words: view.corpus_words,
        total: view.total,
        collocates: &view.collocates,
    };
    stamped_json(out, &whole, provenance)
}

/// One word a row, under a header. Figures are no text: a minus before one is its own.
pub fn collocates_csv(out: &mut dyn Write, view: &CollocatesView, provenance: &Provenance) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["word", "joint", "total", "expected", "score", "measure", "fingerprint"])?;
    for collocate in &view.collocates {
        writer.write_record([
            &*cell_text(&collocate.word),
            &collocate.joint.to_string(),
            &collocate.total.to_string(),
            &collocate.expected.to_string(),
            &collocate.score.to_string(),
            view.measure.as_str(),
            &provenance.fingerprint.to_hex(),
        ])?;
    }
    writer.flush()
}

/// A table, and the index's fingerprint below it.
pub fn collocates_markdown(out: &mut dyn Write, view: &CollocatesView, provenance: &Provenance) -> io::Result<()> {
    writeln!(out, "| word | joint | total | expected | {} |", view.measure.as_str())?;
    writeln!(out, "|---|---:|---:|---:|---:|")?;
    for Collocate { word, joint, total, expected, score } in &view.collocates {
        writeln!(out, "| {} | {joint} | {total} | {expected:.2} | {score:.2} |", escaped(word))?;
    }
    writeln!(out)?;
    origin(out, provenance)
}
