//! The topics of `topics.toml` and of an index: what each means, how often it was found, and which are in one of the two
//! alone.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::ViewError;
use super::extent::{Counting, Extent};
use crate::config::Rules;
use crate::engine::{Engine, EngineError, Facts};
use crate::model::{Topic, TopicId};
use crate::store::IndexFolder;

/// The topics of an index.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicsView {
    /// Topics that `topics.toml` defines.
    pub defined: usize,
    /// Those of them that no passage has.
    pub unused: usize,
    /// Topics of passages that `topics.toml` no longer has.
    pub undefined: usize,
    /// Passages without any topic.
    pub without: usize,
    /// Whether topics, speakers or settings have changed since the index was built.
    pub stale: bool,
    /// The topics, that of the most passages first, equal ones by id.
    pub topics: Vec<TopicView>,
}

/// A topic, what it means, and how often it was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicView {
    /// Its id.
    pub id: TopicId,
    /// Its name for people; `None` where `topics.toml` no longer has it.
    pub label: Option<String>,
    /// IPTC Media Topic code, where one corresponds.
    pub iptc: Option<String>,
    /// The topics that it is part of, the nearest first.
    pub broader: Vec<TopicId>,
    /// Words and phrases that speak for it.
    pub terms: Vec<TermView>,
    /// Phrases in which a term does not count.
    pub exclude: Vec<String>,
    /// Passages about it or one of its parts, their articles and dates.
    #[serde(flatten)]
    pub extent: Extent,
    /// Passages that have the topic itself.
    pub direct: usize,
}

/// A word or phrase that speaks for a topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermView {
    /// The word or phrase.
    pub term: String,
    /// How strongly it does.
    pub weight: f32,
}

/// The topics of `rules` and of the index in `folder`.
pub fn topics(engine: &dyn Engine, folder: &IndexFolder, rules: &Rules) -> Result<TopicsView, ViewError> {
    let manifest =
        folder.manifest()?.ok_or_else(|| ViewError::Engine(EngineError::Missing(folder.path().to_owned())))?;
    let stale = manifest.rules != rules.hash;
    let is_part = |topic: &&Topic| !topic.broader.is_empty();
    let parts: BTreeSet<&str> = rules.topics.topics().iter().filter(is_part).map(|topic| topic.id.as_str()).collect();
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let (mut without, mut unclear) = (0, Vec::new());
    let mut count = |facts: Facts| {
        without += usize::from(facts.topics.is_empty());
        // A column has with a topic those above it; which of them the passage has itself only the passage says.
        let holds_part = facts.topics.iter().any(|topic| parts.contains(topic.key.as_str()));
        let clear = facts.topics.len() < 2 || !(holds_part || stale);
        for topic in &facts.topics {
            let found = found.entry(topic.key.clone()).or_default();
            found.counting.add(&facts);
            found.direct += usize::from(clear);
        }
        unclear.extend((!clear).then_some(facts.passage));
    };
    engine.each_fact(None, &mut count).map_err(ViewError::Engine)?;
    for passage in unclear {
        let passage = engine.passage(passage).map_err(ViewError::Engine)?;
        for topic in passage.iter().flat_map(|passage| &passage.topics) {
            found.entry(topic.id.to_string()).or_default().direct += 1;
        }
    }
    let mut known = |topic: &Topic| view(topic, &found.remove(topic.id.as_str()).unwrap_or_default());
    let mut topics: Vec<TopicView> = rules.topics.topics().iter().map(&mut known).collect();
    let (defined, undefined) = (topics.len(), found.len());
    let unused = topics.iter().filter(|topic| topic.extent.passages == 0).count();
    topics.extend(found.iter().map(|(id, found)| gone(id, found)));
    topics.sort_by(|a, b| (b.extent.passages, &a.id).cmp(&(a.extent.passages, &b.id)));
    Ok(TopicsView { defined, unused, undefined, without, stale, topics })
}

/// What is found of a topic in an index.
#[derive(Debug, Default)]
struct Found {
    counting: Counting,
    direct: usize,
}

fn view(topic: &Topic, found: &Found) -> TopicView {
    TopicView {
        id: topic.id.clone(),
        label: Some(topic.label.clone()),
        iptc: topic.iptc.clone(),
        broader: topic.broader.clone(),
        terms: topic.terms.iter().map(|term| TermView { term: term.text.clone(), weight: term.weight }).collect(),
        exclude: topic.exclude.clone(),
        extent: found.counting.extent(),
        direct: found.direct,
    }
}

/// A topic that the index has and the file does not.
fn gone(id: &str, found: &Found) -> TopicView {
    TopicView {
        id: TopicId::new(id),
        label: None,
        iptc: None,
        broader: Vec::new(),
        terms: Vec::new(),
        exclude: Vec::new(),
        extent: found.counting.extent(),
        direct: found.direct,
    }
}
