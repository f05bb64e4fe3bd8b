//! `rapporteur status`: what the index holds.

use super::Exit;
use super::args::{ReportFormat, StatusArgs};
use super::output::write;
use crate::config::{Overrides, Rules, Settings};
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::status;

pub(super) fn run(settings: &Settings, args: &StatusArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let rules = Rules::load(settings)?;
    let status = status(&engine, &folder, rules.hash, &Overrides::read(&settings.overrides, &rules))?;
    write(|out| match args.format {
        ReportFormat::Table => render::status_table(out, &status),
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &status)?;
            writeln!(out)
        }
    })
}
