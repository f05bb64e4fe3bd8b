//! Live blogs: entries, each with its time, under one headline.
//!
//! A time on a line of its own, or at the beginning of a paragraph, opens an entry. Three such times that
//! go in one direction make a live blog: fewer are a programme's or a witness's. What heads the entry is
//! a block of its own kind; every block of the entry carries its number and time.

use std::sync::LazyLock;

use regex::Regex;

use crate::clean::draft::Piece;
use crate::model::{BlockKind, LiveEntry};

/// Fewer times make no live blog.
const FEWEST: usize = 3;
/// A line that is a time alone is no longer than this, in bytes.
const LONGEST_CLOCK: usize = 40;

/// `21:10`, `9.05 pm GMT`, `14h30`, with what may follow it.
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ (?P<clock> (?P<hour>[01]?\d|2[0-3]) (?: [:.h] (?P<minute>[0-5]\d) (?::[0-5]\d)? )
          (?:\s?(?P<half>[ap])\.?m\b\.?)? (?:\s?(?:Uhr|hrs?|h)\b)? (?:\s?\(?(?:GMT|UTC|BST|[A-Z]{1,3}[DS]?T)(?:[+-]\d{1,2})?\)?)? )
          (?P<rest> \s* $ | \s*[:–—|-]\s+ | \s+ )",
    )
    .ok()
});

/// A time at the beginning of a line.
struct Clock<'t> {
    text: &'t str,
    /// Minutes after midnight.
    minutes: u32,
    /// Whether nothing follows it.
    alone: bool,
}

fn clock(text: &str) -> Option<Clock<'_>> {
    let found = CLOCK.as_ref()?.captures(text)?;
    let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<u32>().ok());
    let half = found.name("half").map(|half| half.as_str());
    let hour = match (number("hour")?, half) {
        (12, Some("a")) => 0,
        (hour, Some("p")) if hour < 12 => hour + 12,
        (hour, _) => hour,
    };
    let rest = found.name("rest")?;
    Some(Clock {
        text: found.name("clock")?.as_str(),
        minutes: hour * 60 + number("minute")?,
        alone: rest.end() == text.len(),
    })
}

/// Whether a line is a time of day and nothing else.
pub(in crate::clean) fn is_clock(text: &str) -> bool {
    text.len() <= LONGEST_CLOCK && clock(text).is_some_and(|clock| clock.alone)
}

/// Finds the entries of a live blog.
pub(super) fn find(pieces: &mut Vec<Piece>) {
    if !is_live_blog(pieces) {
        return;
    }
    let mut open: Option<LiveEntry> = None;
    let mut headless = false;
    for mut piece in std::mem::take(pieces) {
        if let Some(clock) = opens(&piece) {
            let n = open.as_ref().map_or(1, |entry| entry.n + 1);
            open = Some(LiveEntry { n, time: clock.text.to_owned() });
            headless = true;
            if clock.alone {
                continue;
            }
        }
        if headless && piece.kind == BlockKind::Heading {
            piece.kind = BlockKind::LiveEntry;
        }
        headless = false;
        piece.entry.clone_from(&open);
        pieces.push(piece);
    }
}

/// The time that a piece opens an entry with.
fn opens(piece: &Piece) -> Option<Clock<'_>> {
    matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading).then(|| clock(&piece.text)).flatten()
}

/// Whether the times go one way, midnight passed at most once.
fn is_live_blog(pieces: &[Piece]) -> bool {
    let times: Vec<u32> = pieces.iter().filter_map(opens).map(|clock| clock.minutes).collect();
    let against = |later_first: bool| {
        times.windows(2).filter(|pair| if later_first { pair[1] > pair[0] } else { pair[1] < pair[0] }).count()
    };
    times.len() >= FEWEST && (against(true) <= 1 || against(false) <= 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    use BlockKind::{Heading, LiveEntry as Entry, Paragraph};

    fn found(pieces: &[(BlockKind, &str)]) -> Vec<(BlockKind, Option<(u32, String)>)> {
        let mut pieces: Vec<Piece> = pieces.iter().map(|(kind, text)| Piece::plain(*kind, *text)).collect();
        find(&mut pieces);
        pieces.into_iter().map(|piece| (piece.kind, piece.entry.map(|entry| (entry.n, entry.time)))).collect()
    }

    #[test]
    fn each_block_of_an_entry_carries_its_time() {
        let entries = found(&[
            (Paragraph, "Welcome to Alt-Bulak."),
            (Paragraph, "21:10"),
            (Heading, "That is it for tonight"),
            (Paragraph, "The board is still sitting."),
            (Paragraph, "19:35"),
            (Heading, "A loan is close"),
            (Paragraph, "9.05 am GMT"),
            (Paragraph, "Good morning."),
        ]);

        let entry = |n, time: &str| Some((n, time.to_owned()));
        assert_eq!(
            entries,
            [
                (Paragraph, None),
                (Entry, entry(1, "21:10")),
                (Paragraph, entry(1, "21:10")),
                (Entry, entry(2, "19:35")),
                (Paragraph, entry(3, "9.05 am GMT")),
            ]
        );
    }

    #[test]
    fn a_time_may_open_its_paragraph() {
        let entries = found(&[
            (Paragraph, "10:42 – The train left Velmar."),
            (Paragraph, "11:05: It stands at the gate."),
            (Paragraph, "12.30 It has arrived."),
        ]);

        assert_eq!(entries[2].1, Some((3, "12.30".into())));
    }

    #[test]
    fn times_that_go_to_and_fro_are_no_live_blog() {
        let entries = found(&[
            (Paragraph, "10:42 He left."),
            (Paragraph, "09:10 She came."),
            (Paragraph, "23:00 They met."),
            (Paragraph, "08:30 Nobody spoke."),
            (Paragraph, "22:00 All slept."),
        ]);

        assert!(entries.iter().all(|(_, entry)| entry.is_none()));
        assert!(!is_clock("10:42 He left.") && is_clock("10:42") && is_clock("7.15pm BST"));
    }
}
