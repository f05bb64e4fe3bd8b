//! Saved searches, understood: a mistake in one of their queries is an error of their file, with its place there.

use super::near::distance;
use super::{Asked, ViewError};
use crate::config::{Rules, SavedSearch, SavedSearches};
use crate::model::{ContentHash, single_line};
use crate::query::{Filters, Node, Query, Reading, to_query_string};

/// Names suggested for one that no search has.
const MOST_NEAR: usize = 3;

/// A saved search that can be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub note: Option<String>,
    /// Its query, as written; empty where filters alone are asked for.
    pub text: String,
    /// Its filters, each as the query language writes it.
    pub filters: Vec<String>,
    /// What it asks.
    pub query: Query,
    /// Equal for searches that ask the same.
    pub hash: ContentHash,
}

/// Every search of the file; relative dates are counted from `now`. The first that means nothing refuses the file.
pub fn saved(file: &SavedSearches, rules: &Rules, now: jiff::civil::Date) -> Result<Vec<Saved>, ViewError> {
    file.all().iter().map(|search| understood(file, search, rules, now)).collect()
}

fn understood(
    file: &SavedSearches,
    search: &SavedSearch,
    rules: &Rules,
    now: jiff::civil::Date,
) -> Result<Saved, ViewError> {
    let asked = Asked {
        query: search.query.clone(),
        reading: Reading { all: search.all, plain: search.plain, now: Some(now) },
        filters: Filters {
            speaker: search.speaker.clone(),
            role: search.role.clone(),
            affiliation: search.affiliation.clone(),
            about: search.about.clone(),
            topic: search.topic.clone(),
            outlet: search.outlet.clone(),
            author: search.author.clone(),
            lang: search.lang.clone(),
            kind: search.kind,
            from: search.from,
            to: search.to,
        },
    };
    let filters = asked.filters.constraints();
    let filters = filters.into_iter().map(|filter| to_query_string(&Node::unplaced(filter))).collect();
    let query = asked.understood(rules).map_err(|error| match error {
        ViewError::Query(error) => file.query_error(search, error.at.start, error.to_string()).into(),
        error @ ViewError::UnknownTopic { .. } => file.topic_error(search, error.to_string()).into(),
        error => error,
    })?;
    let text = search.query.clone().unwrap_or_default();
    let hash = ContentHash::of(format!("{text}\n{} {}\n{:?}", search.all, search.plain, asked.filters).as_bytes());
    Ok(Saved { name: search.name.clone(), note: search.note.clone(), text, filters, query, hash })
}

/// The searches of these names, in this order, each once; all where none is named.
pub fn named(searches: Vec<Saved>, names: &[String]) -> Result<Vec<Saved>, ViewError> {
    if names.is_empty() {
        return Ok(searches);
    }
    let mut wanted: Vec<Saved> = Vec::new();
    for name in names {
        let Some(search) = searches.iter().find(|search| search.name == *name) else {
            return Err(ViewError::UnknownSearch(unknown(&searches, name)));
        };
        if wanted.iter().all(|other| other.name != *name) {
            wanted.push(search.clone());
        }
    }
    Ok(wanted)
}

fn unknown(searches: &[Saved], name: &str) -> String {
    let mut near: Vec<(usize, &str)> =
        searches.iter().map(|search| (distance(name, &search.name), search.name.as_str())).collect();
    near.sort_unstable();
    let near: Vec<&str> = near.into_iter().take(MOST_NEAR).map(|(_, name)| name).collect();
    format!("no saved search `{}`; nearest: {}", single_line(name), near.join(", "))
}
