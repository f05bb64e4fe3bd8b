//! Dates that a page states for machines: JSON-LD, meta tags, the address.

use std::sync::LazyLock;

use regex::Regex;

use super::ground::Ground;
use super::text::{self, Order};
use super::{Candidate, pattern};
use crate::clean::html::declared::{Declared, text_of};

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
pub(super) fn from_statements(declared: &Declared, order: Order, candidates: &mut Vec<Candidate>) {
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

pub(super) fn from_meta(declared: &Declared, order: Order, candidates: &mut Vec<Candidate>) {
    let published = declared.meta(PUBLISHED).map(|(name, text)| (name, text, Ground::Meta));
    let modified = declared.meta(MODIFIED).map(|(name, text)| (name, text, Ground::Modified));
    let weak = declared.meta(WEAK).map(|(name, text)| (name, text, Ground::WeakMeta));
    let all = published.chain(weak).chain(modified);
    candidates.extend(all.filter_map(|(name, text, ground)| candidate(text, ground, name, order)));
}

fn candidate(text: &str, ground: Ground, place: &str, order: Order) -> Option<Candidate> {
    let date = text::stamp(text, order)?;
    let text: String = text.chars().take(80).collect();
    let greenwich = text::is_greenwich(&text);
    Some(Candidate { date, ground, place: place.to_owned(), text, greenwich })
}

/// `/2025/06/18/`, `/2025-06-18`, `20250618`.
pub(super) fn from_address(url: &str) -> Option<Candidate> {
    let path = url.split(['?', '#']).next()?.split_once("://").map_or(url, |(_, path)| path);
    let (_, path) = path.split_once('/')?;
    let (date, text) = match (ADDRESS.captures(path), ADDRESS_DAY_FIRST.captures(path)) {
        (Some(found), _) => (format!("{}{:0>2}{:0>2}", &found[1], &found[2], &found[3]), found[0].to_owned()),
        (None, Some(found)) => (format!("{}{}{}", &found[3], &found[2], &found[1]), found[0].to_owned()),
        (None, None) => return None,
    };
    let date = text::compact(&date)?;
    Some(Candidate { date, ground: Ground::Address, place: "url".into(), text, greenwich: false })
}

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[/_.-])((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)"));
static ADDRESS_DAY_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[/_.-])(0[1-9]|[12]\d|3[01])[_-](0[1-9]|1[0-2])[_-](20\d\d)(?:\D|$)"));
