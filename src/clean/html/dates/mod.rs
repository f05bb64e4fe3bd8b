//! The day of publication, as the page states it.
//!
//! Candidates come from statements, meta tags and the address ([`machine`]), and from markup and
//! visible text ([`visible`]), each with its ground; [`elect`] takes the one for which most speaks. A
//! page without any has no date: an invented date is worse than none.

mod elect;
mod ground;
mod machine;
mod text;
mod visible;

use std::ops::Range;

use jiff::civil::Date;
use regex::Regex;

use super::Options;
use super::declared::Declared;
use super::dom::Dom;
use super::lines::Lines;
use crate::model::{Evidence, PartialDate, Publication, Why};
use ground::Ground;
use text::Order;

/// A day that the page states, and where.
struct Candidate {
    date: Date,
    ground: Ground,
    /// The tag, attribute or element.
    place: String,
    /// The words.
    text: String,
    /// Whether it is a time of Greenwich, hence perhaps of another day where the page was written.
    greenwich: bool,
}

/// The day of publication; `None` where the page states none.
pub(super) fn published(
    dom: &Dom<'_>,
    declared: &Declared,
    lines: &Lines,
    about: &About<'_>,
    options: Options,
) -> Option<Publication> {
    let mut candidates = Vec::new();
    machine::from_statements(declared, about.order, &mut candidates);
    machine::from_meta(declared, about.order, &mut candidates);
    let place = visible::Place::new(lines, about);
    visible::from_markup(dom, lines, &place, about.order, &mut candidates);
    visible::from_lines(lines, &place, about.order, &mut candidates);
    candidates.extend(about.url.and_then(machine::from_address));
    candidates.retain(|candidate| elect::plausible(candidate.date, options.retrieved));
    elect::localise(&mut candidates);
    let best = elect::elect(&candidates)?;
    let why = Why::new(best.ground.rule(), best.ground.sentence(&best.place));
    Some(Publication {
        date: PartialDate::day(best.date),
        inferred: false,
        why: why.with(Evidence::outside("stated", best.text.clone())),
    })
}

/// What is known of the page already.
pub(super) struct About<'p> {
    /// Its headline.
    pub(super) title: Option<&'p str>,
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
        crate::clean::html::furniture::mark(&dom, &mut lines);
        let about = About { title: Some("Rail reaches Kesh"), url, body: None, order: Order::DayFirst };
        let options = Options { retrieved: retrieved.map(|day| day.parse().unwrap()) };
        let publication = published(&dom, &Declared::read(&dom), &lines, &about, options)?;
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
