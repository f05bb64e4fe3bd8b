//! Dates that a reader of the page sees: marked ones, labels, lines near the headline.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::ground::Ground;
use super::text::{self, Order};
use super::{About, Candidate, pattern};
use crate::clean::html::dom::{Dom, attr, collapse};
use crate::clean::html::lines::{Line, Lines};
use crate::model::{BlockKind, fold_name};

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
            .find_map(|key| text::stamp(attr(element, key)?, order));
        let Some(date) = stamp.or_else(|| (text.len() <= LONGEST_LABEL).then(|| text_date(&text, order))?) else {
            continue;
        };
        let published =
            property == "datePublished" || attr(element, "pubdate").is_some() || PUBLISHED_CLASS.is_match(class);
        let updates = !published && (property == "dateModified" || UPDATED_CLASS.is_match(class) || is_update(&text));
        let ground = match (updates, published, place.is_near(line)) {
            (true, _, true) => Ground::NearUpdate,
            (true, _, false) => Ground::Modified,
            (false, true, _) => Ground::PublishedMarkup,
            (false, false, true) => Ground::NearMarkup,
            (false, false, false) => Ground::FarMarkup,
        };
        let tag = if property.is_empty() { tag.to_owned() } else { format!("{tag} itemprop={property}") };
        candidates.push(Candidate {
            date,
            ground,
            place: tag,
            text: text.chars().take(80).collect(),
            greenwich: false,
        });
    }
}

/// The first day of a label that is not one of an update, or else the first.
fn text_date(text: &str, order: Order) -> Option<Date> {
    let found = text::find(text, order);
    let lower = text.to_lowercase();
    let mut before = 0;
    let published = found.iter().find(|found| {
        let words = lower.get(before..found.at).unwrap_or("");
        before = found.at;
        !UPDATED.is_match(words)
    });
    published.or(found.first()).map(|found| found.date)
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
        let near = place.is_near(at);
        let announces = PUBLISHED_WORDS.is_match(&line.text.to_lowercase());
        if is_elsewhere(line.furniture) && !near || line.furniture == Some("footer") && !announces {
            continue;
        }
        let length = if announces { 2 * LONGEST_LABEL } else { DATELINE };
        let label = announces || line.text.len() <= LABEL;
        let text: String = line.text.chars().take(length).collect();
        let Some(date) = text_date(&text, order) else { continue };
        let ground = match (near, is_update(&text)) {
            (true, true) => Ground::NearUpdate,
            (true, false) => Ground::NearText,
            (false, _) if label && place.is_within(at) => Ground::FarMarkup,
            (false, _) if label => Ground::FarText,
            (false, _) => continue,
        };
        candidates.push(Candidate {
            date,
            ground,
            place: "text".into(),
            text: text.chars().take(80).collect(),
            greenwich: false,
        });
    }
}

/// A label is so short, in bytes.
const LABEL: usize = 90;
/// A paragraph's dateline stands within so many letters.
const DATELINE: usize = 60;

/// Whether a label speaks of an update alone.
fn is_update(text: &str) -> bool {
    let lower = text.to_lowercase();
    UPDATED.is_match(&lower) && !PUBLISHED_WORDS.is_match(&lower)
}

static PUBLISHED_CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)publish|entry-date|pubdate"));
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s_-])(?:date|dates|datum|fecha|data|time|timestamp|published|pubdate|publish|posted|dateline|datetime|entry-date|byline|meta|postdate|articledate|pub|created|submitted|info|author|veroeffentlicht)(?:$|[\s_-])|(?:date|datum|time|Time|Date|published)(?:$|[\s_-])",
    )
});
static UPDATED_CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)updated|modified|lastmod|aktualis"));
static UPDATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"updated|modified|revised|aktualisiert|geändert|letzte änderung|zuletzt|stand:|mis à jour|mise à jour|modifié|màj|actualizad|modificad|aggiornat|atualizad|bijgewerkt|gewijzigd|oppdatert|uppdaterad|opdateret|päivitetty|zaktualizowan|aktualizac|aktualizován|обновлен|изменен|оновлено|güncelle|diperbarui|frissítve|更新|수정",
    )
});
static PUBLISHED_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"publi|posted|erstellt|veröffentlicht|gepostet|geplaatst|gepubliceerd|pubblicat|publicad|опубликов|дата публикации|created|pubblicazione|first|artikel|eintrag|verfasst|eingestellt|입력|公開|发布",
    )
});
