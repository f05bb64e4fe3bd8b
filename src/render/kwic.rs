//! A concordance: aligned for a terminal, for programs, for spreadsheets and documents. Lines are written as they are
//! read; none is kept.

use std::cell::RefCell;
use std::io::{self, Write};

use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};
use unicode_width::UnicodeWidthStr;

use super::columns::{aligned_right, beginning, ending, padded};
use super::csv::cell_text;
use super::explanation::{clauses, explanation as explained};
use super::json::line;
use super::markdown::{escaped, linked, origin};
use super::stamped::{Stamped, stamped_json};
use super::style::{ASIDE, MATCH, SPEAKER};
use crate::model::single_line;
use crate::view::{Concordance, Explanation, KwicLine, KwicLines, MatchCounts, Provenance};

/// Columns of a passage id of up to three digits, of an EDTF date, of a speaker; and the gap behind each.
const ID: usize = 16;
const DATE: usize = 13;
const SPEAKER_NAME: usize = 20;
const GAP: usize = 2;
/// Fewer columns than these are too few for a match and its sides: date and speaker give way.
const LEAST_TEXT: usize = 60;
/// The match is given this much of the room in the middle, and more on the right where it is longer.
const MATCH_ROOM: usize = 8;

/// One match a line, aligned in the middle of what `width` columns leave beside id, date and speaker.
pub fn kwic_table(out: &mut dyn Write, view: &mut Concordance, width: usize) -> io::Result<()> {
    let mut room = width.saturating_sub(ID + GAP);
    let mut takes = |columns: usize| {
        let fits = room >= columns + GAP + LEAST_TEXT;
        room -= if fits { columns + GAP } else { 0 };
        fits
    };
    let (dated, named) = (takes(DATE), takes(SPEAKER_NAME));
    for line in &mut view.lines {
        table_line(out, &line?, (dated, named), room)?;
    }
    Ok(())
}

fn table_line(out: &mut dyn Write, line: &KwicLine, (dated, named): (bool, bool), room: usize) -> io::Result<()> {
    let id = line.id.to_string();
    write!(out, "{ASIDE}{}{ASIDE:#}{}", padded(&id, ID), " ".repeat(GAP))?;
    if dated {
        let date = line.published.as_deref().unwrap_or("undated");
        write!(out, "{ASIDE}{}{ASIDE:#}{}", padded(date, DATE), " ".repeat(GAP))?;
    }
    if named {
        let name = line.speaker.as_ref().map_or("", |speaker| speaker.name.as_str());
        let name = padded(&beginning(&single_line(name), SPEAKER_NAME), SPEAKER_NAME);
        write!(out, "{SPEAKER}{name}{SPEAKER:#}{}", " ".repeat(GAP))?;
    }
    // A longer id takes from the left side, so that matches stay aligned.
    let left_room = (room.saturating_sub(MATCH_ROOM) / 2).saturating_sub(id.len().saturating_sub(ID));
    let left = aligned_right(&ending(&single_line(&line.left), left_room), left_room);
    let rest = room.saturating_sub(left_room);
    let matched = beginning(&single_line(&line.matched), rest);
    let right = single_line(&line.right);
    let right = beginning(right.trim_end(), rest.saturating_sub(matched.width()));
    writeln!(out, "{left}{MATCH}{matched}{MATCH:#}{right}")
}

/// `12 matches in 9 passages`.
#[must_use]
pub fn match_counts(counts: MatchCounts) -> String {
    let matches = if counts.matches == 1 { "match" } else { "matches" };
    let passages = if counts.passages == 1 { "passage" } else { "passages" };
    format!("{} {matches} in {} {passages}", counts.matches, counts.passages)
}

/// Why there is no match. Passages may be found all the same, by fields beside words that none has to have.
#[must_use]
pub fn no_match(explanation: &Explanation, counts: MatchCounts) -> String {
    let found = match counts.found {
        0 => return explained(explanation),
        1 => "the passage found does not hold".into(),
        found => format!("none of the {found} passages found holds"),
    };
    format!("{found} a word of the query\n{}", clauses("clause", explanation).trim_end())
}

/// One match a line.
pub fn kwic_jsonl(out: &mut dyn Write, view: &mut Concordance, provenance: &Provenance) -> io::Result<()> {
    for found in &mut view.lines {
        line(out, &Stamped::new(&found?, provenance))?;
    }
    Ok(())
}

/// One object with the query, the counts, the lines, and what repeats them.
pub fn kwic_json(out: &mut dyn Write, view: &mut Concordance, provenance: &Provenance) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v> {
        query: &'v str,
        matches: u64,
        passages: u64,
        lines: Streamed<'v>,
    }
    let whole = Whole {
        query: &view.query,
        matches: view.counts.matches,
        passages: view.counts.passages,
        lines: Streamed(RefCell::new(&mut view.lines)),
    };
    stamped_json(out, &whole, provenance)
}

/// Lines that are read while they are written.
struct Streamed<'v>(RefCell<&'v mut KwicLines>);

impl Serialize for Streamed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(None)?;
        for line in &mut **self.0.borrow_mut() {
            sequence.serialize_element(&line.map_err(S::Error::custom)?)?;
        }
        sequence.end()
    }
}

const HEADER: [&str; 14] = [
    "id",
    "start",
    "end",
    "left",
    "match",
    "right",
    "speaker_id",
    "speaker",
    "role",
    "confidence",
    "published",
    "outlet",
    "url",
    "fingerprint",
];

/// One match a row, under a header.
pub fn kwic_csv(out: &mut dyn Write, view: &mut Concordance, provenance: &Provenance) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADER)?;
    let fingerprint = provenance.fingerprint.to_hex();
    for line in &mut view.lines {
        let line = line?;
        let (id, name, role) = line.speaker.map_or_else(Default::default, |speaker| {
            (speaker.id.to_string(), speaker.name, speaker.role.unwrap_or_default())
        });
        let row = [
            line.id.to_string(),
            line.span.start.to_string(),
            line.span.end.to_string(),
            line.left,
            line.matched,
            line.right,
            id,
            name,
            role,
            line.confidence.map(|confidence| confidence.to_string()).unwrap_or_default(),
            line.published.unwrap_or_default(),
            line.outlet.unwrap_or_default(),
            line.url.unwrap_or_default(),
            fingerprint.clone(),
        ];
        writer.write_record(row.iter().map(|cell| cell_text(cell).into_owned()))?;
    }
    writer.flush()
}

/// A table with the match bold in the middle, and the index's fingerprint below it.
pub fn kwic_markdown(out: &mut dyn Write, view: &mut Concordance, provenance: &Provenance) -> io::Result<()> {
    writeln!(out, "| left | match | right | speaker | published | outlet | passage |")?;
    writeln!(out, "|---:|:---:|:---|---|---|---|---|")?;
    for line in &mut view.lines {
        let line = line?;
        let speaker = line.speaker.map(|speaker| {
            let role = speaker.role.map(|role| format!(", {role}")).unwrap_or_default();
            escaped(&format!("{}{role}", speaker.name))
        });
        let outlet = line.outlet.as_deref().map(escaped).unwrap_or_default();
        // A bar would end the cell.
        let url = line.url.map(|url| url.replace('|', "%7C"));
        let passage = linked(&format!("`{}`", line.id), url.as_deref());
        let cells = [
            escaped(line.left.trim()),
            format!("**{}**", escaped(&line.matched)),
            escaped(line.right.trim()),
            speaker.unwrap_or_default(),
            line.published.unwrap_or_else(|| "undated".into()),
            outlet,
            passage,
        ];
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    writeln!(out)?;
    origin(out, provenance)
}
