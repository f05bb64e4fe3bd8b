//! Who speaks in an index: as a table, for programs, and as entries for the authority file.

use std::io::{self, Write};

use super::stamped::stamped_csv;
use super::style::{ASIDE, SPEAKER, STRONG, styled, wrapped};
use crate::model::single_line;
use crate::view::{Near, Provenance, SpeakerView, SpeakersView};

/// Columns before a speaker's name: three counts, two days and the gaps between them.
const NAME_COLUMN: usize = 51;

/// One speaker a line, with what else there is to say below it, for lines of `width` columns.
pub fn speakers_table(out: &mut dyn Write, view: &SpeakersView, width: usize) -> io::Result<()> {
    if view.speakers.is_empty() {
        return Ok(());
    }
    let head = format!("{:>8}  {:>6}  {:>6}  {:<23}  speaker", "articles", "turns", "quotes", "published");
    writeln!(out, "{}", styled(STRONG, &head))?;
    for speaker in &view.speakers {
        let published = match speaker.published {
            None => "undated".into(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first} … {last}"),
        };
        let name = speaker.names.first().map_or("", String::as_str);
        writeln!(
            out,
            "{:>8}  {:>6}  {:>6}  {published:<23}  {} {}",
            speaker.articles,
            speaker.turns,
            speaker.quotes,
            styled(SPEAKER, name),
            styled(ASIDE, &format!("[{}]", speaker.id))
        )?;
        let (indent, width) = (" ".repeat(NAME_COLUMN), width.saturating_sub(NAME_COLUMN));
        for fact in facts(speaker) {
            writeln!(out, "{ASIDE}{}{ASIDE:#}", wrapped(&fact, &[], width, &indent))?;
        }
    }
    Ok(())
}

/// Roles, other names, and what the authority file has or may have.
fn facts(speaker: &SpeakerView) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend((!speaker.roles.is_empty()).then(|| speaker.roles.join("; ")));
    facts.extend(
        speaker.names.get(1..).filter(|names| !names.is_empty()).map(|names| format!("also {}", names.join("; "))),
    );
    facts.extend(
        (!speaker.aliases.is_empty()).then(|| format!("the authority file adds {}", speaker.aliases.join("; "))),
    );
    facts.extend(match &speaker.entry {
        None => Some("no entry in the authority file".to_owned()),
        Some(entry) => (*entry != speaker.id).then(|| format!("the entry of {entry} in the authority file")),
    });
    facts.extend(perhaps(&speaker.perhaps));
    facts
}

fn perhaps(near: &[Near]) -> Option<String> {
    let named: Vec<String> = near.iter().map(|near| format!("{} [{}]", near.name, near.id)).collect();
    (!named.is_empty()).then(|| format!("perhaps an alias of {}", named.join(" or ")))
}

/// One speaker a row, under a header; lists are joined by `; `.
pub fn speakers_csv(out: &mut dyn Write, view: &SpeakersView, from: &Provenance) -> io::Result<()> {
    let row = |speaker: &SpeakerView| {
        let (first, last) = speaker.published.unzip();
        let perhaps: Vec<&str> = speaker.perhaps.iter().map(|near| near.id.as_str()).collect();
        [
            speaker.id.to_string(),
            speaker.names.join("; "),
            speaker.roles.join("; "),
            speaker.articles.to_string(),
            speaker.turns.to_string(),
            speaker.quotes.to_string(),
            first.map(|day| day.to_string()).unwrap_or_default(),
            last.map(|day| day.to_string()).unwrap_or_default(),
            speaker.entry.as_ref().map(ToString::to_string).unwrap_or_default(),
            perhaps.join("; "),
            speaker.aliases.join("; "),
        ]
    };
    let header =
        ["id", "names", "roles", "articles", "turns", "quotes", "first", "last", "entry", "perhaps", "aliases"];
    stamped_csv(out, header, view.speakers.iter().map(row), from)
}

/// An entry of the authority file for each speaker who has none, after a comment that says what to look at; no
/// fingerprint, since it is added to a file that a person keeps.
pub fn speakers_toml(out: &mut dyn Write, view: &SpeakersView) -> io::Result<()> {
    for (speaker, person) in view.proposals() {
        let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let said = [count(speaker.articles, "article"), count(speaker.turns, "turn"), count(speaker.quotes, "quote")];
        writeln!(out, "\n# {}", said.join(", "))?;
        if let Some(perhaps) = perhaps(&speaker.perhaps) {
            writeln!(out, "# {}", single_line(&perhaps))?;
        }
        write!(out, "{}", person.to_toml())?;
    }
    Ok(())
}
