//! `rapporteur matrix`: passages by row and column, each cell with the command that finds it.

use super::Exit;
use super::args::{MatrixArgs, MatrixFormat};
use super::output::{say, width, words, write};
use super::search::groups_for;
use crate::config::{Rules, Settings};
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{MatrixRequest, matrix, provenance};

/// `given` are the settings of the command line, as words.
pub(super) fn run(settings: &Settings, given: Vec<String>, args: &MatrixArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let copies = args.copies.value();
    let request = MatrixRequest {
        asked: args.asked.asked(args.query.as_deref()),
        rows: args.rows.into(),
        columns: args.columns.into(),
        copies,
        settings: given,
    };
    let view = matrix(&engine, &Rules::load(settings)?, &groups_for(settings, copies)?, &request)?;
    let from = provenance(&folder, &words())?;
    if let Some(explanation) = &view.explanation {
        say(&render::explanation(explanation));
    }
    write(|out| match args.format {
        MatrixFormat::Table => render::matrix_text(out, &view, args.top as usize, width()),
        MatrixFormat::Json => render::matrix_json(out, &view, &from),
        MatrixFormat::Jsonl => render::matrix_jsonl(out, &view, &from),
        MatrixFormat::Csv => render::matrix_csv(out, &view, &from),
        MatrixFormat::Md => render::matrix_markdown(out, &view, &from),
    })
}
