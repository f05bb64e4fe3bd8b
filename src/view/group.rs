//! Hits under headings: by who speaks, by article, by outlet.
//!
//! The best group, by its best hit, comes first; hits keep their rank. How many passages of a group match in all
//! is asked of the engine, not counted on the page.

use std::collections::HashMap;

use super::search::RankedHit;
use crate::engine::{Engine, EngineError};
use crate::model::outlet_key;
use crate::query::{Constraint, FieldName, Node, Query};

/// What hits are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// Who speaks, as each hit shows it.
    Speaker,
    /// The article.
    Article,
    /// The outlet.
    Outlet,
}

impl GroupBy {
    /// Its name in options and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Article => "article",
            Self::Outlet => "outlet",
        }
    }

    fn field(self) -> FieldName {
        match self {
            Self::Speaker => FieldName::Speaker,
            Self::Article => FieldName::Id,
            Self::Outlet => FieldName::Outlet,
        }
    }
}

/// Hits of one speaker, article or outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct HitGroup {
    /// What the group is of.
    pub by: GroupBy,
    /// The speaker's or article's id, the outlet's name; `None` for the hits that have none.
    pub key: Option<String>,
    /// The speaker's name, the article's title, the outlet's name; `None` where there is none.
    pub name: Option<String>,
    /// How many of its hits are shown.
    pub shown: usize,
    /// How many passages of the group match in all, copies counted; `None` where the engine cannot tell.
    pub matching: Option<usize>,
}

/// Puts `hits` group by group, each with its group's place, and counts each group's matches for `query`.
pub(super) fn group(
    engine: &dyn Engine,
    query: &Query,
    hits: &mut [RankedHit],
    by: GroupBy,
) -> Result<Vec<HitGroup>, EngineError> {
    let mut groups: Vec<HitGroup> = Vec::new();
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    for hit in hits.iter_mut() {
        let (key, name) = key_and_name(hit, by);
        // Outlets of one name are one, as they are where they are asked for.
        let same = key.as_deref().map(|key| if by == GroupBy::Outlet { outlet_key(key) } else { key.to_owned() });
        let place = *places.entry(same).or_insert_with(|| {
            groups.push(HitGroup { by, key, name, shown: 0, matching: None });
            groups.len() - 1
        });
        groups[place].shown += 1;
        hit.group = Some(place);
    }
    hits.sort_by_key(|hit| (hit.group, hit.rank));
    for group in &mut groups {
        group.matching = matching(engine, query, group)?;
    }
    Ok(groups)
}

fn key_and_name(hit: &RankedHit, by: GroupBy) -> (Option<String>, Option<String>) {
    let article = &hit.hit.passage.article;
    match by {
        GroupBy::Speaker => {
            let speaker = hit.speaker.as_ref().map(|attribution| &attribution.speaker);
            (speaker.map(|speaker| speaker.id.to_string()), speaker.map(|speaker| speaker.name.clone()))
        }
        GroupBy::Article => (Some(article.id.to_string()), article.title.clone()),
        GroupBy::Outlet => (article.outlet.clone(), article.outlet.clone()),
    }
}

/// How many passages match the query within the group.
fn matching(engine: &dyn Engine, query: &Query, group: &HitGroup) -> Result<Option<usize>, EngineError> {
    let clause = match (&group.key, group.by) {
        (None, by) => Node::Not(Box::new(Node::unplaced(Constraint::Exists(by.field())))),
        (Some(key), GroupBy::Speaker) => Node::unplaced(Constraint::SpeakerId(key.clone())),
        (Some(key), GroupBy::Article) => Node::unplaced(Constraint::Id(key.clone())),
        (Some(key), GroupBy::Outlet) => Node::unplaced(Constraint::Outlet(key.clone())),
    };
    match engine.count(query, &Node::And(vec![query.root.clone(), clause])) {
        Ok(count) => Ok(Some(count)),
        Err(EngineError::Unsupported { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
