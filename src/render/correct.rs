//! The corrections of `overrides.toml` with what became of each.

use std::io::{self, Write};

use super::csv::cell_text;
use super::json::line;
use super::style::{ASIDE, STRONG, styled, wrapped};
use crate::view::OverrideView;

/// Columns before what is said of an entry.
const INDENT: &str = "         ";

/// One entry after the other: state, id and what was decided; then who and why, and why it is stale.
pub fn overrides_table(out: &mut dyn Write, views: &[OverrideView], width: usize) -> io::Result<()> {
    let width = width.saturating_sub(INDENT.len());
    for view in views {
        let state = styled(STRONG, &format!("{:<7}", view.state.as_str()));
        writeln!(out, "{state}  {}  {}", view.id, styled(ASIDE, &format!("line {}", view.line)))?;
        writeln!(out, "{}", wrapped(&decided(view).join(", "), &[], width, INDENT))?;
        let said = format!("{} on {}: {}", view.by, view.on, view.because);
        writeln!(out, "{ASIDE}{}{ASIDE:#}", wrapped(&said, &[], width, INDENT))?;
        if let Some(reason) = &view.reason {
            writeln!(out, "{}", wrapped(&format!("not applied: {reason}"), &[], width, INDENT))?;
        }
    }
    Ok(())
}

/// Each thing that was decided, as `field value`.
fn decided(view: &OverrideView) -> Vec<String> {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nobody".into());
    view.corrections.iter().map(|one| format!("{} {}", one.field, value(&one.value))).collect()
}

/// All of them as one list.
pub fn overrides_json(out: &mut dyn Write, views: &[OverrideView]) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, views)?;
    writeln!(out)
}

/// One entry a line.
pub fn overrides_jsonl(out: &mut dyn Write, views: &[OverrideView]) -> io::Result<()> {
    views.iter().try_for_each(|view| line(out, view))
}

/// One entry a row, under a header; topics are joined by `; `. `false` is no speaker, as in the file.
pub fn overrides_csv(out: &mut dyn Write, views: &[OverrideView]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record([
        "id",
        "line",
        "state",
        "reason",
        "speaker",
        "kind",
        "topics",
        "published",
        "by",
        "because",
        "on",
    ])?;
    for view in views {
        let of = |field: &str| -> String {
            let values = view.corrections.iter().filter(|one| one.field == field);
            values.map(|one| one.value.clone().unwrap_or_else(|| "false".into())).collect::<Vec<_>>().join("; ")
        };
        let row = [
            view.id.to_string(),
            view.line.to_string(),
            view.state.as_str().to_owned(),
            view.reason.clone().unwrap_or_default(),
            of("speaker"),
            of("kind"),
            of("topic"),
            of("published"),
            view.by.clone(),
            view.because.clone(),
            view.on.to_string(),
        ];
        writer.write_record(row.iter().map(|cell| cell_text(cell).into_owned()))?;
    }
    writer.flush()
}
