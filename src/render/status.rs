//! The state of the index, one figure a line.

use std::io::{self, Write};

use super::style::{ASIDE, styled};
use crate::model::single_line;
use crate::view::Status;

/// One figure a line.
pub fn status_table(out: &mut dyn Write, status: &Status) -> io::Result<()> {
    let published = status.published.map_or("no dated article".into(), |(first, last)| format!("{first} to {last}"));
    let sources = match (status.duplicates, status.quarantined) {
        (0, 0) => status.sources.to_string(),
        (duplicates, quarantined) => {
            format!("{} ({duplicates} of them duplicates), {quarantined} more quarantined", status.sources)
        }
    };
    let articles = match (status.near_duplicate_groups, status.near_duplicate_articles) {
        (0, _) => status.articles.to_string(),
        (1, copies) => format!("{} ({copies} of them in 1 group of near-duplicates)", status.articles),
        (groups, copies) => format!("{} ({copies} of them in {groups} groups of near-duplicates)", status.articles),
    };
    let rows = [
        ("index", status.index.clone()),
        ("sources", sources),
        ("articles", articles),
        ("passages", status.passages.to_string()),
        ("speakers", status.speakers.to_string()),
        ("topics", status.topics.to_string()),
        ("published", published),
        ("size", size(status.bytes)),
        ("generation", status.generation.to_string()),
        ("fingerprint", status.fingerprint.to_hex()),
    ];
    for (name, value) in rows {
        writeln!(out, "{} {value}", styled(ASIDE, &format!("{name:<12}")))?;
    }
    if let Some(tally) = status.overrides.as_ref().filter(|tally| tally.total() > 0) {
        writeln!(out, "{} {tally}", styled(ASIDE, &format!("{:<12}", "overrides")))?;
        for stale in &tally.stale {
            writeln!(out, "{:<13}line {}, {}: {}", "", stale.line, stale.id, stale.reason)?;
        }
    }
    if let Some(refused) = &status.overrides_refused {
        writeln!(out, "overrides are refused: {}", single_line(refused))?;
    }
    if status.stale {
        writeln!(out, "topics, speakers, overrides or settings have changed since; run `rapporteur index`")?;
    }
    Ok(())
}

/// Bytes in a unit that leaves at most four digits before the point.
fn size(bytes: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "a size is shown to one digit")]
    let mut value = bytes as f64;
    let mut units = ["B", "kB", "MB", "GB"].into_iter().peekable();
    while value >= 1000.0 && units.len() > 1 {
        value /= 1000.0;
        units.next();
    }
    let unit = units.next().unwrap_or("TB");
    if unit == "B" { format!("{bytes} B") } else { format!("{value:.1} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_a_fitting_unit() {
        assert_eq!(size(999), "999 B");
        assert_eq!(size(1_500_000), "1.5 MB");
        assert_eq!(size(7_000_000_000_000), "7000.0 GB");
    }
}
