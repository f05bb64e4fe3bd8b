//! Exports of whole lists, each with the fingerprint of the index that it is from.

use std::io::{self, Write};

use serde::Serialize;

use super::csv::cell_text;
use super::json::line;
use crate::model::ContentHash;
use crate::view::Provenance;

/// One value with what repeats the command.
pub fn stamped_json(out: &mut dyn Write, view: &impl Serialize, from: &Provenance) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v, V: Serialize> {
        #[serde(flatten)]
        view: &'v V,
        program: &'v str,
        command: &'v str,
        fingerprint: ContentHash,
    }
    let (program, command) = (from.program.as_str(), from.command.as_str());
    let whole = Whole { view, program, command, fingerprint: from.fingerprint };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

/// A record that stands alone, with the index that it is from.
#[derive(Serialize)]
pub(super) struct Stamped<V> {
    #[serde(flatten)]
    value: V,
    fingerprint: ContentHash,
}

impl<V> Stamped<V> {
    pub(super) fn new(value: V, from: &Provenance) -> Self {
        Self { value, fingerprint: from.fingerprint }
    }
}

/// One value a line, each with the index that it is from.
pub fn stamped_jsonl<V: Serialize>(
    out: &mut dyn Write,
    values: impl IntoIterator<Item = V>,
    from: &Provenance,
) -> io::Result<()> {
    values.into_iter().try_for_each(|value| line(out, &Stamped::new(value, from)))
}

/// One row a value, under a header, each with the index that it is from.
pub(super) fn stamped_csv<const N: usize>(
    out: &mut dyn Write,
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
    from: &Provenance,
) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(header.into_iter().chain(["fingerprint"]))?;
    let fingerprint = from.fingerprint.to_hex();
    for row in rows {
        writer.write_record(row.iter().chain([&fingerprint]).map(|cell| cell_text(cell).into_owned()))?;
    }
    writer.flush()
}
