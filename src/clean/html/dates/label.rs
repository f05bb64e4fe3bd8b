//! What a line that bears days says of them: which is that of publication, which that of a change, and
//! which are days of something else – a deadline, a birth, today.

use jiff::civil::Date;

use super::ground::Field;
use super::signs::signs;
use super::text::{self, Found, Order};

/// A label is so short, in bytes; a longer line tells of a day.
const LONGEST: usize = 90;
/// One that speaks of publication may be longer: `This entry was posted on …, filed under …`.
const LONGEST_ANNOUNCING: usize = 320;
/// A paragraph's dateline stands within so many letters.
const DATELINE: usize = 60;
/// Words that say of what a day is stand within so many bytes before it.
const REACH: usize = 28;
/// Between the ends of a period stands no more than this, in bytes.
const LONGEST_DASH: usize = 8;
/// More letters than these beside the day make a line speak of something.
const MOST_LETTERS: usize = 20;

/// A day that a line states for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) field: Field,
    /// Which of the days that [`text::find`] finds in the line it is.
    pub(super) mention: usize,
    /// The byte of the lower-cased line at which it begins.
    at: usize,
}

/// The days of one line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// In the order of the line.
    pub(super) days: Vec<Day>,
    /// Whether it says that it is about publication.
    pub(super) announces: bool,
    /// Whether it holds little else than its days.
    pub(super) pure: bool,
}

/// Reads a line; `before` is the line before it, whose last words may be its own: `Updated:`.
pub(super) fn read(line: &str, before: &str, order: Order) -> Option<Label> {
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let short = line.len() <= LONGEST_ANNOUNCING;
    let cut = if short { line.len() } else { line.char_indices().nth(2 * DATELINE).map_or(line.len(), |(at, _)| at) };
    let line = &line[..cut];
    let found = text::find(line, order);
    if found.is_empty() {
        return None;
    }
    let lower = line.to_lowercase();
    let announces = announces(line, before);
    let is_label = announces || short && lower.len() <= LONGEST;
    let head = lower.char_indices().nth(DATELINE).map_or(lower.len(), |(at, _)| at);
    let mut days: Vec<Day> = Vec::new();
    let mut dated = 0;
    for (index, day) in found.iter().enumerate() {
        dated += letters(lower.get(day.at..day.end()).unwrap_or(""));
        let from = index.checked_sub(1).and_then(|before| found.get(before)).map_or(0, Found::end);
        let ahead = lower.get(from..day.at).unwrap_or("");
        let after = lower.get(day.end()..).unwrap_or("");
        let stands = is_label || day.end() <= head && ends_dateline(after);
        if !stands || is_of_something_else(ahead) || is_period(&lower, &found, index) {
            continue;
        }
        let field = if index == 0 {
            field(&format!("{}{ahead}", tail(before)), after, found.len() == 1)
        } else {
            field(ahead, after, false)
        };
        days.push(Day { date: day.date, field, mention: index, at: day.at });
    }
    let pure = is_label && letters(&lower) <= MOST_LETTERS + dated;
    (!days.is_empty()).then_some(Label { days, announces, pure })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_alphabetic()).count()
}

impl Day {
    /// A day that stands in an attribute.
    pub(super) fn outside(date: Date, field: Field) -> Self {
        Self { date, field, mention: 0, at: 0 }
    }
}

impl Label {
    /// The first day of each field.
    pub(super) fn first(&self) -> impl Iterator<Item = Day> + '_ {
        let is_first =
            |day: &Day| !self.days.iter().any(|other| other.field == day.field && other.mention < day.mention);
        self.days.iter().copied().filter(is_first)
    }

    /// The day that stands where `part` stands in `line`, the line that was read.
    pub(super) fn day_at(&self, line: &str, part: &str) -> Option<Day> {
        let from = line.to_lowercase().find(&part.to_lowercase())?;
        let to = from + part.to_lowercase().len();
        self.days.iter().copied().find(|day| from <= day.at && day.at < to)
    }
}

/// Whether a line is short enough, or speaks of publication, so that its words say of what its days are.
pub(super) fn is_label(line: &str) -> bool {
    line.len() <= LONGEST || announces(line, "")
}

/// Whether a line, or the end of the one before, speaks of publication.
pub(super) fn announces(line: &str, before: &str) -> bool {
    let published = &signs().published;
    line.len() <= LONGEST_ANNOUNCING && (published.is_match(&line.to_lowercase()) || published.is_match(&tail(before)))
}

/// The field of a day that stands in an attribute, by the words beside it.
pub(super) fn field_of(text: &str) -> Field {
    field(&text.to_lowercase(), "", true)
}

/// The end of a line of words that lead over to the next one: `Updated:`, `Published on`.
fn tail(before: &str) -> String {
    let lower = before.to_lowercase();
    let leads = lower.len() <= REACH || lower.ends_with(':');
    let from = lower.len().saturating_sub(REACH);
    let from = (from..=lower.len()).find(|at| lower.is_char_boundary(*at)).unwrap_or(0);
    // A day on it takes the words before it to itself.
    let words = lower[from..].rsplit(|letter: char| letter.is_ascii_digit()).next().unwrap_or("");
    if leads { format!("{words} ") } else { String::new() }
}

/// Of which field a day is, by the words before it, or by those after the only one.
fn field(ahead: &str, after: &str, only: bool) -> Field {
    let signs = signs();
    let last = |words: &regex::Regex| words.find_iter(ahead).last().map(|found| found.end());
    match (last(&signs.updated), last(&signs.published)) {
        (Some(_), None) => Field::Modified,
        // `Published 9:14. Updated 18 June`: the nearer word counts; `Published/updated` says both.
        (Some(updated), Some(published)) if updated > published + LONGEST_DASH => Field::Modified,
        // `18 June 2025 (updated)`, but not `18 June 2025, updated 8 hours ago`.
        (None, None)
            if only && signs.updated.find_iter(after).last().is_some_and(|word| ends(&after[word.end()..])) =>
        {
            Field::Modified
        }
        _ => Field::Published,
    }
}

fn ends(rest: &str) -> bool {
    !rest.chars().any(char::is_alphanumeric)
}

/// Whether the words right before a day give it to something else than the page.
fn is_of_something_else(ahead: &str) -> bool {
    let from = ahead.len().saturating_sub(REACH);
    let from = (from..=ahead.len()).find(|at| ahead.is_char_boundary(*at)).unwrap_or(0);
    signs().other.is_match(&ahead[from..])
}

/// Whether a day is one end of a period: `12 September 2025 – 4 January 2026`.
fn is_period(lower: &str, found: &[Found], index: usize) -> bool {
    let joined = |first: Option<&Found>, second: Option<&Found>| {
        let Some(between) = first.zip(second).and_then(|(first, second)| lower.get(first.end()..second.at)) else {
            return false;
        };
        let between = between.trim_matches([' ', '.', ',']);
        between.len() <= LONGEST_DASH && signs().until.iter().any(|word| word == between)
    };
    let at = |index: Option<usize>| found.get(index?);
    joined(at(index.checked_sub(1)), at(Some(index))) || joined(at(Some(index)), at(Some(index + 1)))
}

/// Whether a dateline ends after its day: `VELMAR, 18 June 2025 – `, `(18 June 2025)`, `18.06.2025, 10:30 Uhr | `.
fn ends_dateline(after: &str) -> bool {
    let rest = after.trim_start_matches(|letter: char| {
        letter.is_whitespace() || letter.is_ascii_digit() || ",:.h年月日".contains(letter)
    });
    let rest = ["uhr", "hrs", "hours", "г.", "г", "p.m.", "a.m.", "pm", "am"]
        .iter()
        .find_map(|word| rest.strip_prefix(word))
        .unwrap_or(rest)
        .trim_start();
    rest.is_empty() || rest.starts_with(['–', '—', '-', '|', ')', '(', '/', '•', '·', ']', '】', '）', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(line: &str, before: &str) -> Vec<(String, Field)> {
        let label = read(line, before, Order::DayFirst);
        label.iter().flat_map(Label::first).map(|day| (day.date.to_string(), day.field)).collect()
    }

    const FIRST: &str = "2025-06-18";
    const LATER: &str = "2025-06-19";

    #[test]
    fn each_day_takes_the_word_before_it() {
        for line in [
            "Published 18 June 2025. Last updated 19 June 2025",
            "Last updated 19 June 2025, originally published 18 June 2025",
            "18.06.2025 | Stand: 19.06.2025",
            "Publié le 18 juin 2025, mis à jour le 19 juin 2025",
            "Создано 18 июня 2025, обновлено 19 июня 2025",
        ] {
            let mut days = days(line, "");
            days.sort_by_key(|(day, _)| day.clone());
            assert_eq!(days, [(FIRST.into(), Field::Published), (LATER.into(), Field::Modified)], "{line}");
        }
    }

    #[test]
    fn a_word_on_the_line_before_counts() {
        assert_eq!(days("19 June 2025", "Published 18 June 2025 | Updated:"), [(LATER.into(), Field::Modified)]);
        assert_eq!(
            days("18 June 2025", "Updated guidance for travellers in the valleys of Doruna"),
            [(FIRST.into(), Field::Published)]
        );
    }

    #[test]
    fn an_update_told_in_hours_leaves_the_day_its_own() {
        assert_eq!(days("18 June 2025 / 12:25 PM / Updated 8 hours ago", ""), [(FIRST.into(), Field::Published)]);
        assert_eq!(days("18 June 2025 (updated)", ""), [(FIRST.into(), Field::Modified)]);
    }

    #[test]
    fn the_day_of_something_else_is_not_the_pages() {
        for line in [
            "Deadline: 30 September 2026",
            "Today is Wednesday, 18 June 2025",
            "Gültig ab 01.01.2026",
            "Born 3 April 1991",
            "12 September 2025 – 4 January 2026",
            "du 15 décembre 2025 au 13 juin 2026",
            "On 14 May 2011 a locomotive crossed the Amber bridge for the first time, and it went back at once, for want of a shed",
        ] {
            assert_eq!(days(line, ""), [], "{line}");
        }
    }

    #[test]
    fn a_dateline_is_told_from_a_sentence() {
        let rest = "The first train reached Kesh before noon, and the band played although it had not stopped raining.";

        for dateline in ["VELMAR, 18 June 2025 (CW) – ", "18.06.2025, 10:30 Uhr | ", "Kesh, June 18, 2025 — "] {
            assert_eq!(days(&format!("{dateline}{rest}"), "").len(), 1, "{dateline}");
        }
        assert_eq!(days(&format!("On 18 June 2025 the first train came. {rest}"), ""), []);
    }
}
