//! Dates that a page states for machines: JSON-LD, meta tags, the address.
//!
//! Which tags those are is data, in `data/date_signs.toml`.

use std::sync::LazyLock;

use regex::Regex;

use super::ground::{Field, Ground};
use super::signs::signs;
use super::text::{self, Order};
use super::{Candidate, LONGEST_TEXT, pattern};
use crate::clean::html::declared::{Declared, text_of};
use crate::model::PartialDate;

/// What the objects of JSON-LD that describe the article state.
pub(super) fn from_statements(declared: &Declared, order: Order, candidates: &mut Vec<Candidate>) {
    for (key, ground, field) in [
        ("datePublished", Ground::Statement, Field::Published),
        ("dateCreated", Ground::Statement, Field::Published),
        ("uploadDate", Ground::FarMarkup, Field::Published),
        ("dateModified", Ground::Statement, Field::Modified),
    ] {
        let texts = declared.articles.iter().filter_map(|article| text_of(article.get(key)?));
        candidates.extend(texts.filter_map(|text| candidate(text, field, ground, key, order)));
    }
}

/// What meta tags state, those of the most reliable names first.
pub(super) fn from_meta(declared: &Declared, order: Order, candidates: &mut Vec<Candidate>) {
    let signs = signs();
    for (names, ground, field) in [
        (&signs.published_meta, Ground::Meta, Field::Published),
        (&signs.weak_meta, Ground::WeakMeta, Field::Published),
        (&signs.modified_meta, Ground::Meta, Field::Modified),
    ] {
        let stated = names.iter().flat_map(|name| declared.meta_named(name).map(move |text| (name, text)));
        candidates.extend(stated.filter_map(|(name, text)| candidate(text, field, ground, name, order)));
    }
}

fn candidate(text: &str, field: Field, ground: Ground, place: &str, order: Order) -> Option<Candidate> {
    let stamp = text::stamp(text, order)?;
    Some(Candidate {
        date: stamp.date,
        time: stamp.time,
        greenwich: text::is_greenwich(text),
        field,
        ground,
        place: place.to_owned(),
        text: text.chars().take(LONGEST_TEXT).collect(),
        mention: 0,
    })
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
    let date = PartialDate::day(text::compact(&date)?);
    let (field, ground) = (Field::Published, Ground::Address);
    Some(Candidate { date, time: None, greenwich: false, field, ground, place: "url".into(), text, mention: 0 })
}

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[/_.-])((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:\D|$)"));
static ADDRESS_DAY_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[/_.-])(0[1-9]|[12]\d|3[01])[_-](0[1-9]|1[0-2])[_-](20\d\d)(?:\D|$)"));
