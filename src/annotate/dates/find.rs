//! Finds the dates of a text: one pass for each kind of wording, the most explicit kind first.
//!
//! A kind takes its words away from the kinds after it, so that `June 17, 2025` is not also `in 2025`.
//! What a pattern cannot say (`March 12 kilometres`, `Sunday Times`) is refused by the check beside it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::calendar::{month, number, weekday};
use super::expression::{Expression, Found, Part, Turn, Unit};
use super::words::{WORDS, is_capitalised, word_after, word_before};

/// What a pattern's match says: one date, or the two ends of a range.
enum Said {
    One(Expression),
    Range(Expression, Expression),
}

/// What a match says, in a text; `None` where it is no date.
type Read = fn(&Captures<'_>, &str) -> Option<Said>;

/// One kind of wording.
struct Kind {
    regex: Regex,
    read: Read,
}

/// The dates of `text`, in reading order, without overlap but for the two ends of one range.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for kind in KINDS.iter() {
        for captures in kind.regex.captures_iter(text) {
            let Some(whole) = captures.name("m").or_else(|| captures.get(0)) else { continue };
            let bytes = whole.range();
            let free = taken.range(..bytes.end).next_back().is_none_or(|(_, end)| *end <= bytes.start);
            if !free || !stands_alone(text, &bytes) {
                continue;
            }
            let Some(said) = (kind.read)(&captures, text) else { continue };
            taken.insert(bytes.start, bytes.end);
            let mut add = |expression, part| found.push(Found { bytes: bytes.clone(), expression, part });
            match said {
                Said::One(expression) => add(expression, Part::Whole),
                Said::Range(first, last) => {
                    add(first, Part::First);
                    add(last, Part::Last);
                }
            }
        }
    }
    found.sort_by_key(|found| found.bytes.start);
    found
}

/// Whether the words at `at` are not part of a longer number or word, and count nothing.
fn stands_alone(text: &str, at: &Range<usize>) -> bool {
    let (before, words, after) = (&text[..at.start], &text[at.clone()], &text[at.end..]);
    let touches = |c: char| c.is_alphanumeric();
    if before.ends_with(touches) || after.starts_with(touches) {
        return false;
    }
    let digit_first = words.starts_with(|c: char| c.is_ascii_digit());
    let mut previous = before.chars().rev();
    if digit_first
        && previous.next().is_some_and(|c| ".,:/$€£-".contains(c))
        && previous.next().is_some_and(char::is_numeric)
    {
        return false;
    }
    if !words.ends_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let mut next = after.chars();
    let joined = match next.next() {
        Some('%' | '°') => true,
        Some('.' | ',' | ':' | '/') => next.next().is_some_and(char::is_numeric),
        Some('-') => next.next().is_some_and(char::is_alphabetic),
        _ => false,
    };
    !joined && !word_after(text, at.end).is_some_and(|word| WORDS.counted.contains(&word.to_lowercase()))
}

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let kinds: [(&str, Read); 16] = [
        ("{B}(?P<d1>{D}){S}(?P<m1>{M}){Y1}{TO}(?P<d2>{D}){S}(?P<m2>{M}){Y2}{B}", day_range),
        ("{B}(?P<m1>{M}){S}(?P<d1>{D}){Y1}{TO}(?P<m2>{M}){S}(?P<d2>{D}){Y2}{B}", day_range),
        ("{B}(?P<d1>{D}){TO}(?P<d2>{D}){S}(?P<m2>{M}){Y2}{B}", day_range),
        ("{B}(?P<m2>{M}){S}(?P<d1>{D}){TO}(?P<d2>{D}){Y2}{B}", day_range),
        ("{B}(?:{W},?{S})?(?:the{S})?(?P<d2>{D}){S}(?:of{S})?(?P<m2>{M}){Y2}{B}", day),
        ("{B}(?:{W},?{S})?(?P<m2>{M}){S}(?:the{S})?(?P<d2>{D}){Y2}{B}", day),
        ("{B}(?P<y2>{Y})[-/.](?P<n1>[0-9]{1,2})[-/.](?P<n2>[0-9]{1,2})(?:T[0-9:.]{4,15}Z?)?{B}", iso_day),
        ("{B}(?P<n1>[0-9]{1,2})(?P<s>[/.])(?P<n2>[0-9]{1,2})[/.](?P<y2>{Y}){B}", numeric_day),
        ("{B}(?P<m2>{M})(?:,|{S}of)?{S}(?P<y2>{Y}){B}", month_of_year),
        ("{B}(?i:from|between){S}(?P<m1>{M}){S}(?:to|until|and|through){S}(?P<m2>{M}){B}", month_range),
        (
            "{B}(?P<turn>(?i:in|since|by|until|till|during|through|before|after|early|mid|late|last|next|this|\
             (?:end|beginning|start|middle|half){S}of))(?:{S}|-)(?P<m2>{M}){B}",
            bare_month,
        ),
        (
            "{B}(?P<m>(?:(?P<turn>(?i:on|last|next|this|coming|(?:this|the){S}(?:coming|past))){S})?\
             (?P<w>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|\
             MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)){B}",
            bare_weekday,
        ),
        (
            "{B}(?i:(?P<word>the{S}day{S}before{S}yesterday|the{S}day{S}after{S}tomorrow|yesterday|tomorrow|today|\
             last{S}night|tonight|this{S}(?:morning|afternoon|evening))){B}",
            near_day,
        ),
        ("{B}(?i:(?P<turn>last|this|next){S}(?P<unit>week|month|year)){B}", period),
        (
            "{B}(?i:(?P<ago>(?P<n>an?|[a-z]{3,6}|[0-9]{1,3}){S}(?P<unit>days?|weeks?|months?|years?){S}ago)|\
             (?P<ahead>in{S}(?P<n2>an?|[a-z]{3,6}|[0-9]{1,3}){S}(?P<unit2>days?|weeks?|months?|years?))(?:['’]{S}time)?){B}",
            counted,
        ),
        (
            "{B}(?:(?i:from|between){S}(?P<y1>{Y}){S}(?i:to|until|and|through){S}(?P<y2>{Y})|\
             (?i:in|since|by|until|till|of|from|during|before|after|for|through|early|late|mid|the|year|\
             spring|summer|autumn|winter|summit|forum)(?:{S}|-)(?P<y>{Y})(?:[-–—](?P<y3>{Y}))?){B}",
            year,
        ),
    ];
    // The patterns are constants; a test compiles each, so that none is dropped here.
    kinds.iter().filter_map(|(pattern, read)| Some(Kind { regex: compile(pattern)?, read: *read })).collect()
});

/// A pattern with its parts in braces spelled out. Word boundaries are of ASCII, which keeps the
/// matching automaton fast on any text; [`stands_alone`] looks at the letters of other scripts.
fn compile(pattern: &str) -> Option<Regex> {
    const SPACE: &str = r"(?:[ \t\r\x{a0}\x{2009}\x{202f}]+\n?[ \t\x{a0}]*|\n[ \t\x{a0}]*)";
    const MONTH: &str = r"(?:(?i:january|february|april|june|july|august|september|october|november|december)|March|MARCH|May|MAY|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC){B}\.?)";
    const WEEKDAY: &str =
        r"(?P<w>(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun){B}\.?)";
    let pattern = pattern
        .replace("{Y1}", "(?:,?{S}(?P<y1>{Y}))?")
        .replace("{Y2}", "(?:,?{S}(?P<y2>{Y}))?")
        .replace("{TO}", "(?:{S}?[-‐‑–—]{S}?|{S}(?i:to|until|and|through){S})")
        .replace("{D}", "(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?")
        .replace("{Y}", "(?:(?:19|20)[0-9]{2}|2100)")
        .replace("{M}", MONTH)
        .replace("{W}", WEEKDAY)
        .replace("{S}", SPACE)
        .replace("{B}", r"(?-u:\b)");
    Regex::new(&pattern).ok()
}

fn named<'t>(captures: &Captures<'t>, name: &str) -> Option<&'t str> {
    captures.name(name).map(|group| group.as_str())
}

fn year_in(captures: &Captures<'_>, name: &str) -> Option<i16> {
    named(captures, name)?.parse().ok()
}

fn day_in(captures: &Captures<'_>, name: &str) -> Option<i8> {
    named(captures, name)?.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()
}

fn month_in(captures: &Captures<'_>, name: &str) -> Option<i8> {
    month(named(captures, name)?)
}

fn day_range(captures: &Captures<'_>, text: &str) -> Option<Said> {
    let (last_month, last_year) = (month_in(captures, "m2")?, year_in(captures, "y2"));
    let first_month = month_in(captures, "m1").unwrap_or(last_month);
    let first_year = year_in(captures, "y1").or(last_year.map(|year| year - i16::from(first_month > last_month)));
    let (first, last) = (day_in(captures, "d1")?, day_in(captures, "d2")?);
    if (first_month, first) >= (last_month, last) && first_month <= last_month || is_verb(captures, text) {
        return None;
    }
    let day = |year, month, day| Expression::Day { year, month, day, weekday: None };
    Some(Said::Range(day(first_year, first_month, first), day(last_year, last_month, last)))
}

fn day(captures: &Captures<'_>, text: &str) -> Option<Said> {
    let (month, day) = (month_in(captures, "m2")?, day_in(captures, "d2")?);
    let weekday = named(captures, "w").and_then(weekday);
    let said = Expression::Day { year: year_in(captures, "y2"), month, day, weekday };
    (!is_verb(captures, text)).then_some(Said::One(said))
}

/// `Article 17 May be amended`: the month is none.
fn is_verb(captures: &Captures<'_>, text: &str) -> bool {
    let Some(end) = captures.name("m2").map(|month| month.end()) else { return false };
    named(captures, "m2").is_some_and(|name| name.eq_ignore_ascii_case("may"))
        && word_after(text, end).is_some_and(|word| {
            matches!(word.to_lowercase().as_str(), "be" | "have" | "not" | "also" | "well" | "need")
        })
}

fn iso_day(captures: &Captures<'_>, _: &str) -> Option<Said> {
    let (month, day) = (day_in(captures, "n1")?, day_in(captures, "n2")?);
    Some(Said::One(Expression::Day { year: year_in(captures, "y2"), month, day, weekday: None }))
}

/// `18/06/2025` where only one order makes a date, `18.06.2025` always day first.
fn numeric_day(captures: &Captures<'_>, _: &str) -> Option<Said> {
    let (a, b) = (day_in(captures, "n1")?, day_in(captures, "n2")?);
    let dotted = named(captures, "s") == Some(".");
    let (day, month) = match (a > 12, b > 12) {
        (true, false) => (a, b),
        (false, true) if !dotted => (b, a),
        (false, false) if dotted || a == b => (a, b),
        _ => return None,
    };
    Some(Said::One(Expression::Day { year: year_in(captures, "y2"), month, day, weekday: None }))
}

fn month_of_year(captures: &Captures<'_>, _: &str) -> Option<Said> {
    let (month, year) = (month_in(captures, "m2")?, year_in(captures, "y2"));
    Some(Said::One(Expression::Month { year, month, turn: Turn::Plain }))
}

fn month_range(captures: &Captures<'_>, _: &str) -> Option<Said> {
    let plain = |month| Expression::Month { year: None, month, turn: Turn::Plain };
    Some(Said::Range(plain(month_in(captures, "m1")?), plain(month_in(captures, "m2")?)))
}

fn bare_month(captures: &Captures<'_>, text: &str) -> Option<Said> {
    let name = captures.name("m2")?;
    let month = month(name.as_str())?;
    let turn = named(captures, "turn")?;
    // `by April Holt`: a person.
    let person = matches!(turn.to_ascii_lowercase().as_str(), "by" | "before" | "after")
        && word_after(text, name.end()).is_some_and(is_capitalised);
    let turn = Turn::of(turn);
    (!person).then_some(Said::One(Expression::Month { year: None, month, turn }))
}

fn bare_weekday(captures: &Captures<'_>, text: &str) -> Option<Said> {
    let name = captures.name("w")?;
    let (turn, start) = match captures.name("turn") {
        Some(turn) => (Some(turn.as_str()), turn.start()),
        None => (None, name.start()),
    };
    let previous = word_before(text, start);
    let habitual = previous.is_some_and(|word| {
        matches!(word.to_lowercase().as_str(), "every" | "each" | "a" | "any" | "most" | "one" | "some")
    });
    // `Sunday Times`, `Good Friday`: a weekday within a name, unless `on` or the like stands before it.
    let within_name =
        turn.is_none() && (capitalised_before(text, start) || word_after(text, name.end()).is_some_and(is_capitalised));
    if habitual || within_name {
        return None;
    }
    let turn = turn.map_or(Turn::Plain, Turn::of);
    Some(Said::One(Expression::Weekday { weekday: weekday(name.as_str())?, turn }))
}

/// Whether a capitalised word stands right before byte `at`, only a space between.
fn capitalised_before(text: &str, at: usize) -> bool {
    word_before(text, at).is_some_and(is_capitalised)
}

fn near_day(captures: &Captures<'_>, text: &str) -> Option<Said> {
    let word = captures.name("word")?;
    let lower = word.as_str().to_ascii_lowercase();
    // `the world of tomorrow`, `today's world`: an age, not a day.
    let age = word_before(text, word.start()).is_some_and(|before| before == "of")
        || matches!(word_after(text, word.end()), Some("'s" | "’s")) && lower == "today";
    let days = match lower.split_whitespace().last() {
        Some("yesterday") if lower.len() > 9 => -2,
        Some("tomorrow") if lower.len() > 8 => 2,
        Some("yesterday" | "night") => -1,
        Some("tomorrow") => 1,
        _ => 0,
    };
    (!age).then_some(Said::One(Expression::Days(days)))
}

fn period(captures: &Captures<'_>, text: &str) -> Option<Said> {
    let turn = captures.name("turn")?;
    // `over the last year` is a length, `the next month` counts from somewhere in the story.
    let length = word_before(text, turn.start()).is_some_and(|word| {
        matches!(word.to_lowercase().as_str(), "the" | "every" | "each" | "his" | "her" | "its" | "their")
    });
    let unit = Unit::of(named(captures, "unit")?)?;
    (!length).then_some(Said::One(Expression::Period { unit, turn: Turn::of(turn.as_str()) }))
}

fn counted(captures: &Captures<'_>, text: &str) -> Option<Said> {
    let ago = captures.name("ago").is_some();
    let (n, unit) = if ago { ("n", "unit") } else { ("n2", "unit2") };
    let (n, unit) = (named(captures, n)?, Unit::of(named(captures, unit)?)?);
    let count = number(n)?;
    // `in a year in which the snow melts`: any year.
    let any = captures.name("ahead").and_then(|ahead| word_after(text, ahead.end()));
    if any.is_some_and(|word| matches!(word, "in" | "when" | "that" | "of" | "with" | "where")) {
        return None;
    }
    // Round numbers of years are estimates: `thirty years ago` is no year.
    let round = unit != Unit::Day && count > 12 && count % 10 == 0;
    let count = if ago { -count } else { count };
    (!round && count != 0).then_some(Said::One(Expression::Distance { unit, count }))
}

fn year(captures: &Captures<'_>, text: &str) -> Option<Said> {
    if let Some(first) = year_in(captures, "y1") {
        return Some(Said::Range(Expression::Year(first), Expression::Year(year_in(captures, "y2")?)));
    }
    let year = captures.name("y")?;
    if let Some(last) = year_in(captures, "y3") {
        return Some(Said::Range(Expression::Year(year.as_str().parse().ok()?), Expression::Year(last)));
    }
    // `the 2023 summit`, but not `the 2023 who came`.
    let article =
        captures.get(0).is_some_and(|whole| whole.as_str().get(..3).is_some_and(|the| the.eq_ignore_ascii_case("the")));
    let occasion = || word_after(text, year.end()).is_some_and(|word| WORDS.occasions.contains(&word.to_lowercase()));
    (!article || occasion()).then_some(Said::One(Expression::Year(year.as_str().parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(KINDS.len(), 16);
    }
}
