//! When the page was published and last changed, as it states it.
//!
//! Candidates come from statements, meta tags and the address ([`machine`]), and from markup and
//! visible text ([`visible`]), each with its ground; [`elect`] takes the one for which most speaks. A
//! page without any has no date: an invented date is worse than none.

mod clock;
mod elect;
mod ground;
mod label;
mod machine;
mod signs;
mod text;
mod visible;

use std::ops::Range;

use jiff::civil::Date;
use regex::Regex;

use super::declared::Declared;
use super::dom::Dom;
use super::lines::Lines;
use super::shown::Shown;
use crate::model::{Disagreement, Evidence, PartialDate, Precision, Publication, StatedTime, Why};
use ground::{Field, Ground};
use text::Order;

/// A date that the page states, and where.
#[derive(Clone)]
struct Candidate {
    date: PartialDate,
    /// As a machine's stamp states it; that of a text is read when it is needed.
    time: Option<StatedTime>,
    /// Whether it is a time of Greenwich, hence perhaps of another day where the page was written.
    greenwich: bool,
    field: Field,
    ground: Ground,
    /// The tag, attribute or element.
    place: String,
    /// The words.
    text: String,
    /// Which of the days that the words name it is.
    mention: usize,
}

/// So many letters of the words are kept.
const LONGEST_TEXT: usize = 120;

impl Candidate {
    /// Before which others of its family it goes: a day goes before a month.
    fn rank(&self) -> (bool, u32) {
        (self.date.precision() == Precision::Day, self.ground.weight())
    }

    /// Itself as a statement that was not taken.
    fn disagreement(&self, why: Why) -> Disagreement {
        Disagreement {
            field: self.field.name().to_owned(),
            value: self.date.to_string(),
            why: why.with(Evidence::outside("stated", self.text.clone())),
        }
    }
}

/// What a page states of its dates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageDates {
    /// When it was published; `None` where it does not say.
    pub published: Option<Publication>,
    /// When it was last changed; `None` where it does not say.
    pub modified: Option<Publication>,
    /// Dates that were not taken: refused ones, and those before which another goes.
    pub disagreements: Vec<Disagreement>,
}

/// One date that a page states: for evaluation, which lists what was to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct DateStatement {
    /// The date.
    pub date: PartialDate,
    /// The rule that would give it.
    pub rule: &'static str,
    /// The tag, attribute or element.
    pub place: String,
    /// The words.
    pub text: String,
}

/// What the page states of its dates.
pub(super) fn read(
    dom: &Dom<'_>,
    declared: &Declared,
    lines: &Lines,
    about: &About<'_>,
    retrieved: Option<Date>,
) -> PageDates {
    let mut candidates = candidates(dom, declared, lines, about);
    let mut dates = PageDates { disagreements: elect::refuse(&mut candidates, retrieved), ..PageDates::default() };
    elect::drop_lists(&mut candidates);
    elect::localise(&mut candidates);
    elect::localise_by_country(&mut candidates, about.url);
    for (field, taken) in [(Field::Published, &mut dates.published), (Field::Modified, &mut dates.modified)] {
        if let Some((publication, others)) = elect::elect(&candidates, field, about.order) {
            *taken = Some(publication);
            dates.disagreements.extend(others);
        }
    }
    if dates.published.is_none() {
        dates.published = elect::latest_version(&candidates, about.order);
    }
    dates
}

/// The day of a machine's time stamp, months by name.
pub(super) fn day_of_stamp(text: &str) -> Option<Date> {
    let stamp = text::stamp(text, Order::MonthFirst)?;
    (stamp.date.precision() == Precision::Day).then(|| stamp.date.first())
}

/// Every date that the page states.
pub(super) fn statements(dom: &Dom<'_>, declared: &Declared, lines: &Lines, about: &About<'_>) -> Vec<DateStatement> {
    let statement = |candidate: Candidate| DateStatement {
        date: candidate.date,
        rule: candidate.ground.rule(candidate.field),
        place: candidate.place,
        text: candidate.text,
    };
    candidates(dom, declared, lines, about).into_iter().map(statement).collect()
}

fn candidates(dom: &Dom<'_>, declared: &Declared, lines: &Lines, about: &About<'_>) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    machine::from_statements(declared, about.order, &mut candidates);
    machine::from_meta(declared, about.order, &mut candidates);
    let page = visible::Page::new(dom, lines, about);
    visible::from_markup(&page, about.order, &mut candidates);
    visible::from_lines(&page, about.order, &mut candidates);
    candidates.extend(about.url.and_then(machine::from_address));
    candidates
}

/// What is known of the page already.
pub(super) struct About<'p> {
    /// Where it shows its headline.
    pub(super) shown: &'p Shown,
    /// Its address.
    pub(super) url: Option<&'p str>,
    /// The lines of its body, if it has one.
    pub(super) body: Option<Range<usize>>,
    /// How its figures are read.
    pub(super) order: Order,
}

/// Month first where the page is American by its language and address.
pub(super) fn order(language: Option<&str>, url: Option<&str>) -> Order {
    let host = url.and_then(|url| url::Url::parse(url).ok()).and_then(|url| url.host_str().map(str::to_lowercase));
    let top = host.as_deref().and_then(|host| host.rsplit('.').next()).unwrap_or("");
    match language.map(str::to_lowercase).as_deref() {
        Some("en-us" | "en_us") => Order::MonthFirst,
        Some("en") | None if matches!(top, "com" | "org" | "net" | "us" | "gov" | "edu" | "news" | "info") => {
            Order::MonthFirst
        }
        _ => Order::DayFirst,
    }
}

fn pattern(source: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "literals, all used by the tests of this file")]
    Regex::new(source).expect("a pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published_of(html: &str, url: Option<&str>, retrieved: Option<&str>) -> Option<(String, String)> {
        let parsed = scraper::Html::parse_document(html);
        let dom = Dom::new(&parsed);
        let mut lines = Lines::read(&dom);
        crate::clean::html::furniture::mark(&dom, &mut lines, None, crate::clean::html::Options::default());
        let shown = Shown::find(&lines, Some("Rail reaches Kesh"));
        let about = About { shown: &shown, url, body: None, order: Order::DayFirst };
        let publication =
            read(&dom, &Declared::read(&dom), &lines, &about, retrieved.map(|day| day.parse().unwrap())).published?;
        Some((publication.date.to_string(), publication.why.rule.into_owned()))
    }

    #[test]
    fn published_and_modified_are_told_apart() {
        let html = r#"<meta property="article:modified_time" content="2025-06-20T10:00:00Z">
            <h1>Rail reaches Kesh</h1><p>Updated 19 June 2025</p><p>Published 18 June 2025, 10:00</p>"#;

        assert_eq!(published_of(html, None, None), Some(("2025-06-18".into(), "date-near-headline".into())));
    }

    #[test]
    fn a_page_that_states_no_day_has_none() {
        let html =
            "<h1>Rail reaches Kesh</h1><p>The line, 1,140 km long, will open in 2027.</p><footer>© 2025</footer>";

        assert_eq!(published_of(html, Some("https://velmarcourier.example/rail"), None), None);
    }

    #[test]
    fn a_day_after_the_page_was_fetched_is_refused() {
        let html = r#"<meta property="article:published_time" content="2026-01-01"><h1>Rail reaches Kesh</h1>"#;
        let url = Some("https://velmarcourier.example/2025/06/18/rail");

        assert_eq!(published_of(html, url, Some("2025-06-19")), Some(("2025-06-18".into(), "date-in-address".into())));
    }
}
