//! Dates that a reader of the page sees: marked ones, labels, lines near the headline.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::ground::{Field, Ground};
use super::signs::signs;
use super::text::{self, Order};
use super::{About, Candidate, LONGEST_TEXT, pattern};
use crate::clean::html::dom::{Dom, attr, collapse};
use crate::clean::html::lines::{Line, Lines};
use crate::model::{BlockKind, PartialDate, Precision, fold_name};

/// Lines this near to the headline belong to it.
const NEAR_BEFORE: usize = 8;
const NEAR_AFTER: usize = 14;
const BODY_AFTER: usize = 2;
/// Lines longer than this, in bytes, tell of dates rather than bear one.
const LONGEST_LABEL: usize = 160;

/// The line of the headline: the first that repeats it, as a heading if there is one.
fn headline(lines: &Lines, title: Option<&str>) -> Option<usize> {
    let title = title.map(fold_name)?;
    let repeats = |line: &Line| line.text.len() < 500 && fold_name(&line.text) == title;
    let heading = lines.all.iter().position(|line| line.kind == BlockKind::Heading && repeats(line));
    heading.or_else(|| lines.all.iter().position(repeats))
}

/// Where the article stands among the lines.
pub(super) struct Place {
    headline: Option<usize>,
    body: Option<Range<usize>>,
}

impl Place {
    /// Finds the headline; the body is known.
    pub(super) fn new(lines: &Lines, about: &About<'_>) -> Self {
        Self { headline: headline(lines, about.title), body: about.body.clone() }
    }

    /// Whether a line stands where the article's date is put: about the headline, or right before
    /// and at the beginning of the body.
    fn is_near(&self, line: usize) -> bool {
        let within = |anchor: usize, after: usize| line + NEAR_BEFORE >= anchor && line <= anchor + after;
        self.headline.is_some_and(|headline| within(headline, NEAR_AFTER))
            || self.body.as_ref().is_some_and(|body| within(body.start, BODY_AFTER))
    }

    /// Whether a line stands in the body or right after it.
    fn is_within(&self, line: usize) -> bool {
        self.body.as_ref().is_some_and(|body| line >= body.start && line < body.end + NEAR_BEFORE)
    }
}

/// `time` elements, and those whose class or property names a date.
pub(super) fn from_markup(dom: &Dom<'_>, lines: &Lines, place: &Place, order: Order, candidates: &mut Vec<Candidate>) {
    for (id, element) in dom.elements() {
        let tag = element.name();
        let property = attr(element, "itemprop").unwrap_or("");
        let class = attr(element, "class").unwrap_or("");
        let marked = MARKED.is_match(class) || MARKED.is_match(attr(element, "id").unwrap_or(""));
        if tag == "meta" || !(tag == "time" || property.contains("date") || property.contains("Published") || marked) {
            continue;
        }
        let range = lines.of(dom, id);
        let line = lines.at(dom, id);
        if range.len() > 6 || lines.all.get(line).is_some_and(|line| is_elsewhere(line.furniture)) {
            continue;
        }
        let text = collapse(&dom.raw_text(id));
        let stamp = ["datetime", "content", "title", "data-datetime", "data-timestamp", "data-time", "data-date"]
            .iter()
            .find_map(|key| text::stamp(attr(element, key)?, order))
            .filter(|stamp| stamp.date.precision() == Precision::Day);
        let published =
            property == "datePublished" || attr(element, "pubdate").is_some() || PUBLISHED_CLASS.is_match(class);
        let updated_class = !published && (property == "dateModified" || UPDATED_CLASS.is_match(class));
        let ground = match (published, place.is_near(line)) {
            (true, _) => Ground::PublishedMarkup,
            (false, true) => Ground::NearMarkup,
            (false, false) => Ground::FarMarkup,
        };
        let place = if property.is_empty() { tag.to_owned() } else { format!("{tag} itemprop={property}") };
        let mut push = |date: Date, time, updates: bool| {
            candidates.push(Candidate {
                date: PartialDate::day(date),
                time,
                greenwich: false,
                field: if updates { Field::Modified } else { Field::Published },
                ground,
                place: place.clone(),
                text: text.chars().take(LONGEST_TEXT).collect(),
            });
        };
        if let Some(stamp) = stamp {
            push(stamp.date.first(), stamp.time, !published && (updated_class || is_update(&text)));
        } else if text.len() <= LONGEST_LABEL {
            for (date, updates) in label_days(&text, order) {
                push(date, None, updates || updated_class);
            }
        }
    }
}

/// The first day of a label for each field, and whether it is that of an update.
fn label_days(text: &str, order: Order) -> Vec<(Date, bool)> {
    let found = text::find(text, order);
    let [_, _, ..] = found.as_slice() else {
        return found.first().map(|found| (found.date, is_update(text))).into_iter().collect();
    };
    let lower = text.to_lowercase();
    let mut before = 0;
    let mut days: Vec<(Date, bool)> = Vec::new();
    for found in found {
        let updates = signs().updated.is_match(lower.get(before..found.at).unwrap_or(""));
        before = found.end();
        if !days.iter().any(|(_, other)| *other == updates) {
            days.push((found.date, updates));
        }
    }
    days
}

/// Furniture that speaks of other articles.
fn is_elsewhere(furniture: Option<&'static str>) -> bool {
    matches!(
        furniture,
        Some(
            "related"
                | "comments"
                | "navigation"
                | "sidebar"
                | "newsletter"
                | "cookie-banner"
                | "overlay"
                | "advert"
                | "poll"
        )
    )
}

/// Short lines that bear a day, and paragraphs that begin with one.
pub(super) fn from_lines(lines: &Lines, place: &Place, order: Order, candidates: &mut Vec<Candidate>) {
    for (at, line) in lines.all.iter().enumerate() {
        if !line.text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let near = place.is_near(at);
        let announces = signs().published.is_match(&line.text.to_lowercase());
        if is_elsewhere(line.furniture) && !near || line.furniture == Some("footer") && !announces {
            continue;
        }
        let length = if announces { 2 * LONGEST_LABEL } else { DATELINE };
        let label = announces || line.text.len() <= LABEL;
        let text: String = line.text.chars().take(length).collect();
        let ground = match near {
            true => Ground::NearText,
            false if label && place.is_within(at) => Ground::FarMarkup,
            false if label => Ground::FarText,
            false => continue,
        };
        for (date, updates) in label_days(&text, order) {
            candidates.push(Candidate {
                date: PartialDate::day(date),
                time: None,
                greenwich: false,
                field: if updates { Field::Modified } else { Field::Published },
                ground,
                place: "text".into(),
                text: text.chars().take(LONGEST_TEXT).collect(),
            });
        }
    }
}

/// A label is so short, in bytes.
const LABEL: usize = 90;
/// A paragraph's dateline stands within so many letters.
const DATELINE: usize = 60;

/// Whether a label speaks of an update alone.
fn is_update(text: &str) -> bool {
    let lower = text.to_lowercase();
    signs().updated.is_match(&lower) && !signs().published.is_match(&lower)
}

static PUBLISHED_CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)publish|entry-date|pubdate"));
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s_-])(?:date|dates|datum|fecha|data|time|timestamp|published|pubdate|publish|posted|dateline|datetime|entry-date|byline|meta|postdate|articledate|pub|created|submitted|info|author|veroeffentlicht)(?:$|[\s_-])|(?:date|datum|time|Time|Date|published)(?:$|[\s_-])",
    )
});
static UPDATED_CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)updated|modified|lastmod|aktualis"));
