//! The day of publication, as the page states it.
//!
//! Candidates come from statements, meta tags, markup, visible text near the headline and the
//! address, each with its ground; [`published`] takes the strongest. A page without any has no date:
//! an invented date is worse than none.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::Options;
use super::date_text::{self, Order};
use super::declared::{Declared, text_of};
use super::dom::{Dom, attr};
use super::lines::Lines;
use crate::clean::letters::collapse;
use crate::model::{BlockKind, Evidence, PartialDate, Publication, Why, fold_name};

/// What a date rests on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    /// Meta tags and statements that say when the page was changed.
    Modified,
    /// A line of text far from the headline.
    FarText,
    /// A `time` element or a date's class somewhere.
    FarMarkup,
    /// Text near the headline that speaks of an update.
    NearUpdate,
    /// A meta tag that some sites set anew with every change.
    WeakMeta,
    /// A day in the address.
    Address,
    /// A line of text near the headline.
    NearText,
    /// A `time` element or a date's class near the headline.
    NearMarkup,
    /// Markup that says "published".
    PublishedMarkup,
    /// A meta tag.
    Meta,
    /// JSON-LD.
    Statement,
}

impl Ground {
    fn rule(self) -> &'static str {
        match self {
            Self::Modified => "modified-date",
            Self::FarText => "date-in-text",
            Self::FarMarkup => "date-in-markup",
            Self::NearUpdate => "update-near-headline",
            Self::Address => "date-in-address",
            Self::NearText => "date-near-headline",
            Self::NearMarkup => "marked-date-near-headline",
            Self::PublishedMarkup => "marked-as-published",
            Self::WeakMeta | Self::Meta => "meta-tag",
            Self::Statement => "statement",
        }
    }

    fn sentence(self, place: &str) -> String {
        match self {
            Self::Modified => format!("the page states only when it was last changed, in `{place}`"),
            Self::FarText => "a line of the page states this day".to_owned(),
            Self::FarMarkup => format!("the page marks a date, in `{place}`"),
            Self::NearUpdate => "a line near the headline states this day as that of an update".to_owned(),
            Self::Address => "the page's address contains this day".to_owned(),
            Self::NearText => "a line near the headline states this day".to_owned(),
            Self::NearMarkup | Self::PublishedMarkup => format!("the page marks this day as its date, in `{place}`"),
            Self::WeakMeta | Self::Meta => format!("the meta tag `{place}` states this day"),
            Self::Statement => format!("the page's JSON-LD states this day as `{place}`"),
        }
    }

    /// How much it counts against others. What is visible counts once, however it is marked.
    fn weight(self) -> u32 {
        match self {
            Self::Modified | Self::FarText | Self::FarMarkup => 1,
            Self::NearUpdate => 3,
            Self::WeakMeta => 15,
            Self::Address => 20,
            Self::NearText => 22,
            Self::NearMarkup => 25,
            Self::PublishedMarkup => 27,
            Self::Meta => 30,
            Self::Statement => 31,
        }
    }

    /// Grounds of which a date counts the weightiest alone.
    fn family(self) -> usize {
        match self {
            Self::Statement => 0,
            Self::Meta | Self::WeakMeta => 1,
            Self::Address => 2,
            _ => 3,
        }
    }
}

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

/// Meta tags that state the day of publication, the most reliable first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "originalpublicationdate",
    "article:published",
    "article.published",
    "published_at",
    "published-date",
    "published_date",
    "publication_date",
    "publication-date",
    "publicationdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "pubdate",
    "pub_date",
    "bt:pubdate",
    "shareaholic:article_published_time",
    "citation_publication_date",
    "citation_online_date",
    "article:post_date",
    "date_published",
    "article_date_original",
    "displaydate",
    "dc.date.issued",
    "dcterms.issued",
    "og:pubdate",
    "pdate",
    "ptime",
    "weibo:article:create_at",
    "apub:time",
    "datecreated",
    "article:create_at",
    "content_create_date",
    "release_date",
    "og:release_date",
    "uploaddate",
];
/// Meta tags that state a day of publication on some sites and that of the last change on others.
const WEAK: &[&str] = &[
    "date",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "created",
    "time",
    "search.date",
    "last-published",
];
/// Meta tags that state when the page was changed.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "dcterms.modified",
    "dc.date.modified",
    "dc.modified",
    "last-modified",
    "lastmod",
    "modified",
    "revised",
    "updated_time",
    "date_modified",
    "lastmodified",
];
/// Lines this near to the headline belong to it.
const NEAR_BEFORE: usize = 8;
const NEAR_AFTER: usize = 14;
const BODY_AFTER: usize = 2;
/// Lines longer than this, in bytes, tell of dates rather than bear one.
const LONGEST_LABEL: usize = 160;

/// The day of publication; `None` where the page states none.
pub(super) fn published(
    dom: &Dom<'_>,
    declared: &Declared,
    lines: &Lines,
    about: &About<'_>,
    options: Options,
) -> Option<Publication> {
    let mut candidates = Vec::new();
    from_statements(declared, about.order, &mut candidates);
    from_meta(declared, about.order, &mut candidates);
    let place = Place { headline: headline(lines, about.title), body: about.body.clone() };
    from_markup(dom, lines, &place, about.order, &mut candidates);
    from_lines(lines, &place, about.order, &mut candidates);
    candidates.extend(about.url.and_then(from_address));
    candidates.retain(|candidate| plausible(candidate.date, options.retrieved));
    localise(&mut candidates);
    let best = elect(&candidates)?;
    let why = Why::new(best.ground.rule(), best.ground.sentence(&best.place));
    Some(Publication {
        date: PartialDate::day(best.date),
        inferred: false,
        why: why.with(Evidence::outside("stated", best.text.clone())),
    })
}

/// Times of Greenwich become the day before or after where the address or the visible text says so.
fn localise(candidates: &mut [Candidate]) {
    let local = |candidate: &&Candidate| candidate.ground >= Ground::Address && !candidate.greenwich;
    let days: Vec<Date> = candidates.iter().filter(local).map(|candidate| candidate.date).collect();
    for candidate in candidates.iter_mut().filter(|candidate| candidate.greenwich) {
        let beside = |day: &&Date| {
            candidate.date.yesterday().is_ok_and(|other| other == **day)
                || candidate.date.tomorrow().is_ok_and(|other| other == **day)
        };
        if !days.contains(&candidate.date)
            && let Some(day) = days.iter().find(beside)
        {
            candidate.date = *day;
        }
    }
}

/// The candidate of the date for which most speaks; of equal ones the first.
fn elect(candidates: &[Candidate]) -> Option<&Candidate> {
    // Each family of grounds speaks for one date, that of its weightiest and first candidate.
    let mut speakers: [Option<&Candidate>; 4] = [None; 4];
    for candidate in candidates {
        if let Some(speaker) = speakers.get_mut(candidate.ground.family())
            && speaker.is_none_or(|speaker| candidate.ground.weight() > speaker.ground.weight())
        {
            *speaker = Some(candidate);
        }
    }
    let speakers: Vec<&Candidate> = speakers.into_iter().flatten().collect();
    let votes = |date: Date| -> u32 {
        speakers.iter().filter(|speaker| speaker.date == date).map(|speaker| speaker.ground.weight()).sum()
    };
    speakers.iter().copied().rev().max_by_key(|speaker| (votes(speaker.date), speaker.ground))
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

/// News pages are younger than the web; a page is not published after it was fetched, but clocks and
/// zones differ by a day.
fn plausible(date: Date, retrieved: Option<Date>) -> bool {
    date.year() >= 1990
        && date.year() < 2100
        && retrieved.is_none_or(|day| day.tomorrow().is_ok_and(|next| date <= next))
}

fn from_statements(declared: &Declared, order: Order, candidates: &mut Vec<Candidate>) {
    for (key, ground) in [
        ("datePublished", Ground::Statement),
        ("dateCreated", Ground::Statement),
        ("uploadDate", Ground::FarMarkup),
        ("dateModified", Ground::Modified),
    ] {
        let texts = declared.articles.iter().filter_map(|article| text_of(article.get(key)?));
        candidates.extend(texts.filter_map(|text| candidate(text, ground, key, order)));
    }
}

fn from_meta(declared: &Declared, order: Order, candidates: &mut Vec<Candidate>) {
    let published = declared.meta(PUBLISHED).map(|(name, text)| (name, text, Ground::Meta));
    let modified = declared.meta(MODIFIED).map(|(name, text)| (name, text, Ground::Modified));
    let weak = declared.meta(WEAK).map(|(name, text)| (name, text, Ground::WeakMeta));
    let all = published.chain(weak).chain(modified);
    candidates.extend(all.filter_map(|(name, text, ground)| candidate(text, ground, name, order)));
}

fn candidate(text: &str, ground: Ground, place: &str, order: Order) -> Option<Candidate> {
    let date = date_text::stamp(text, order)?;
    let text: String = text.chars().take(80).collect();
    let greenwich = date_text::is_greenwich(&text);
    Some(Candidate { date, ground, place: place.to_owned(), text, greenwich })
}

/// The line of the headline: the first that repeats it, as a heading if there is one.
fn headline(lines: &Lines, title: Option<&str>) -> Option<usize> {
    let title = title.map(fold_name)?;
    let repeats = |line: &super::lines::Line| line.text.len() < 500 && fold_name(&line.text) == title;
    let heading = lines.all.iter().position(|line| line.kind == BlockKind::Heading && repeats(line));
    heading.or_else(|| lines.all.iter().position(repeats))
}

/// Where the article stands among the lines.
struct Place {
    headline: Option<usize>,
    body: Option<Range<usize>>,
}

impl Place {
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
fn from_markup(dom: &Dom<'_>, lines: &Lines, place: &Place, order: Order, candidates: &mut Vec<Candidate>) {
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
            .find_map(|key| date_text::stamp(attr(element, key)?, order));
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
    let found = date_text::find(text, order);
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
fn from_lines(lines: &Lines, place: &Place, order: Order, candidates: &mut Vec<Candidate>) {
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

/// `/2025/06/18/`, `/2025-06-18`, `20250618`.
fn from_address(url: &str) -> Option<Candidate> {
    let path = url.split(['?', '#']).next()?.split_once("://").map_or(url, |(_, path)| path);
    let (_, path) = path.split_once('/')?;
    let (date, text) = match (ADDRESS.captures(path), ADDRESS_DAY_FIRST.captures(path)) {
        (Some(found), _) => (format!("{}{:0>2}{:0>2}", &found[1], &found[2], &found[3]), found[0].to_owned()),
        (None, Some(found)) => (format!("{}{}{}", &found[3], &found[2], &found[1]), found[0].to_owned()),
        (None, None) => return None,
    };
    let date = date_text::compact(&date)?;
    Some(Candidate { date, ground: Ground::Address, place: "url".into(), text, greenwich: false })
}

fn pattern(source: &str) -> Regex {
    #[expect(clippy::expect_used, reason = "literals, all used by the tests of this file")]
    Regex::new(source).expect("a pattern")
}

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[/_.-])((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)"));
static ADDRESS_DAY_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[/_.-])(0[1-9]|[12]\d|3[01])[_-](0[1-9]|1[0-2])[_-](20\d\d)(?:\D|$)"));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn published_of(html: &str, url: Option<&str>, retrieved: Option<&str>) -> Option<(String, String)> {
        let parsed = scraper::Html::parse_document(html);
        let dom = Dom::new(&parsed);
        let mut lines = Lines::read(&dom);
        super::super::furniture::mark(&dom, &mut lines, None, Options::default());
        let about = About { title: Some("Rail reaches Kesh"), url, body: None, order: Order::DayFirst };
        let options = Options { retrieved: retrieved.map(|day| day.parse().unwrap()), ..Options::default() };
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
