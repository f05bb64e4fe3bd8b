//! Bylines written out in a text: `By Samira Holt`, `By Teodor Ashby · Summit Monitor · 15 September 2023`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::model::{Evidence, PartialDate, Publication, Why, fold};

static GIVEN: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lists: HashMap<String, String> =
        toml::from_str(include_str!("../../data/given_names.toml")).unwrap_or_default();
    lists.values().flat_map(|names| names.split_whitespace()).map(fold).collect()
});

/// What a byline says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Byline {
    pub(super) authors: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<Publication>,
}

/// A byline is a line, not a paragraph.
const LONGEST: usize = 140;

static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[Bb]y|BY|(?:Words|Text|Reported|Interview) by|(?:Words|Text|Interview):)\s+(\p{Lu}.*)$").ok()
});
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L}.'’-]*(?:\s+(?:(?:de|van|von|der|den|da|di|bin|al|uulu|kyzy|la|le)\s+)?\p{Lu}[\p{L}.'’-]*){1,3}(?:\s+(?:uulu|kyzy))?$").ok()
});
static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x) ^ (?:\p{L}+,\s+)? (?: (?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m1>\p{L}{3,9})\.?,?\s+(?P<y1>\d{4})
        | (?P<m2>\p{L}{3,9})\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{4}) | (?P<iso>\d{4}-\d{2}-\d{2}) ) $",
    )
    .ok()
});

/// The byline that `line` is; `None` where it is something else.
///
/// It begins with "By" and a person's name; what follows a separator may be an outlet or a day.
pub(super) fn parse(line: &str) -> Option<Byline> {
    let line = line.trim().trim_matches(['*', '_']);
    if line.chars().count() > LONGEST {
        return None;
    }
    let rest = BY.as_ref()?.captures(line)?.get(1)?.as_str();
    let mut parts = rest.split(['·', '|', '•', '—']).flat_map(|part| part.split(" - ")).map(str::trim);
    let (names, outlet) = outlet_behind(parts.next()?);
    let mut byline = Byline { authors: persons(names)?, outlet: outlet.map(str::to_owned), ..Byline::default() };
    for part in parts.filter(|part| !part.is_empty()) {
        match day(part) {
            Some(date) => byline.published = Some(stated(date, part)),
            None if byline.outlet.is_none() && part.chars().count() <= 60 => byline.outlet = Some(part.to_owned()),
            None => return None,
        }
    }
    Some(byline)
}

/// `Callum Reyes, Harbour Lamp`: of two names that a comma alone parts, the second is the outlet, unless it begins
/// as persons' names do.
fn outlet_behind(names: &str) -> (&str, Option<&str>) {
    let joined = [" and ", " & ", " in "].iter().any(|joint| names.contains(joint));
    match names.split_once(", ").filter(|(_, second)| !joined && !second.contains(',')) {
        Some((first, second)) if !second.split(' ').next().is_some_and(is_given_name) => (first, Some(second)),
        _ => (names, None),
    }
}

fn is_given_name(word: &str) -> bool {
    GIVEN.contains(&fold(word))
}

/// The persons of `Samira Holt`, `Samira Holt and Jonas Pell`, `Samira Holt in Velmar, Corridor Wire`.
pub(super) fn persons(text: &str) -> Option<Vec<String>> {
    let text = text.split(" in ").next().unwrap_or(text);
    let mut names = Vec::new();
    for part in text.split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & ")) {
        let part = part.trim().trim_end_matches(['.', ',']);
        if NAME.as_ref().is_some_and(|name| name.is_match(part)) {
            names.push(part.to_owned());
        } else if names.is_empty() {
            return None;
        }
    }
    Some(names).filter(|names| !names.is_empty())
}

/// The day that the whole of `text` is.
pub(super) fn day(text: &str) -> Option<Date> {
    let found = DAY.as_ref()?.captures(text.trim())?;
    let part = |a: &str, b: &str| found.name(a).or_else(|| found.name(b)).map(|part| part.as_str());
    if let Some(iso) = found.name("iso") {
        return iso.as_str().parse().ok();
    }
    let month = month(part("m1", "m2")?)?;
    Date::new(part("y1", "y2")?.parse().ok()?, month, part("d1", "d2")?.parse().ok()?).ok()
}

fn month(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = fold(name);
    let index = MONTHS.iter().position(|month| *month == name || name.len() >= 3 && month.starts_with(&name))?;
    i8::try_from(index + 1).ok()
}

/// A publication day that a byline states.
pub(super) fn stated(date: Date, text: &str) -> Publication {
    let why = Why::new("byline-date", "the byline states it").with(Evidence::outside("byline", text));
    Publication::stated(PartialDate::day(date), why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_names_persons_outlet_and_day() {
        let byline = parse("By Teodor Ashby · Summit Monitor · 15 September 2023").unwrap();

        assert_eq!(byline.authors, ["Teodor Ashby"]);
        assert_eq!(byline.outlet.as_deref(), Some("Summit Monitor"));
        assert_eq!(byline.published.unwrap().edtf(), "2023-09-15");
    }

    #[test]
    fn several_persons_and_places_are_told_apart() {
        assert_eq!(
            parse("By Samira Holt and Oskar Lindqvist-Ray in Velmar").unwrap().authors,
            ["Samira Holt", "Oskar Lindqvist-Ray"]
        );
    }

    #[test]
    fn an_outlet_may_stand_behind_a_comma() {
        let byline = parse("*by Callum Reyes, Harbour Lamp*").unwrap();

        assert_eq!((byline.authors, byline.outlet.as_deref()), (vec!["Callum Reyes".to_owned()], Some("Harbour Lamp")));
        assert_eq!(parse("By Samira Holt, Jonas Pell").unwrap().authors, ["Samira Holt", "Jonas Pell"]);
    }

    #[test]
    fn a_sentence_is_no_byline() {
        assert_eq!(parse("By Wednesday the water had risen."), None);
        assert_eq!(parse("By agreement of the parties, tariffs fall"), None);
    }
}
