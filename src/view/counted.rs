//! What passages are counted by: who speaks, about what, where; and copies once or each.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::ViewError;
use crate::config::Rules;
use crate::engine::{Engine, Facts, Known};
use crate::model::{ArticleId, outlet_key};
use crate::near_duplicates::Groups;
use crate::query::{Constraint, Query};

/// What passages are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    /// Everybody who speaks in them, by id.
    Speaker,
    /// Their topics and those that these are part of.
    Topic,
    /// Where they were published.
    Outlet,
}

/// Whether articles that are copies of one another count once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// Every article counts.
    Each,
    /// Of a group of copies, the one published first among those that the filters let pass.
    Once,
}

impl Dimension {
    /// Its name in options and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Topic => "topic",
            Self::Outlet => "outlet",
        }
    }

    /// What a passage has of it.
    pub(super) fn of(self, facts: &Facts) -> &[Arc<Known>] {
        match self {
            Self::Speaker => &facts.speakers,
            Self::Topic => &facts.topics,
            Self::Outlet => facts.outlet.as_slice(),
        }
    }

    /// The clause that asks for the passages that have `key`, and for no others.
    pub(super) fn clause(self, key: &str) -> Constraint {
        match self {
            Self::Speaker => Constraint::SpeakerId(key.to_owned()),
            Self::Topic => Constraint::Topic(key.to_owned()),
            // The article before a name is dropped once: of `the the x` the key is `the x`.
            Self::Outlet if outlet_key(key) != key => Constraint::Outlet(format!("the {key}")),
            Self::Outlet => Constraint::Outlet(key.to_owned()),
        }
    }
}

impl Copies {
    /// Its name in options and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Once => "once",
        }
    }

    /// The articles that do not count, of those with passages that match `query`.
    pub(super) fn left_out(
        self,
        engine: &dyn Engine,
        query: &Query,
        groups: &Groups,
    ) -> Result<HashSet<ArticleId>, ViewError> {
        let mut left_out = HashSet::new();
        if self == Self::Each {
            return Ok(left_out);
        }
        let mut present = HashSet::new();
        each_fact(engine, query, &mut |facts| {
            if groups.of(facts.passage.article).is_some() {
                present.insert(facts.passage.article);
            }
        })?;
        for group in groups.all() {
            let members = group.members.iter().map(|member| member.article);
            left_out.extend(members.filter(|article| present.contains(article)).skip(1));
        }
        Ok(left_out)
    }
}

/// [`Engine::each_fact`] of `query`.
pub(super) fn each_fact(engine: &dyn Engine, query: &Query, visit: &mut dyn FnMut(Facts)) -> Result<(), ViewError> {
    engine.each_fact(Some(query), visit).map_err(|error| ViewError::engine(&query.text, error))
}

/// A value with its count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The speaker's or topic's id, the outlet's folded name.
    pub key: String,
    /// As it is shown: the most frequent name, a topic's label.
    pub name: String,
    /// How many passages have it.
    pub passages: usize,
    /// The same with copies that do not count.
    pub with_copies: usize,
}

/// How often each value of a dimension stands, and under which names.
#[derive(Debug, Default)]
pub(super) struct Census {
    values: BTreeMap<String, Heard>,
}

#[derive(Debug, Default)]
struct Heard {
    passages: usize,
    with_copies: usize,
    names: HashMap<String, usize>,
}

impl Census {
    /// Counts one passage for each of `values`; one that does not count is a copy.
    pub(super) fn add(&mut self, values: &[Arc<Known>], counts: bool) {
        for (at, known) in values.iter().enumerate() {
            if !self.values.contains_key(&known.key) {
                self.values.insert(known.key.clone(), Heard::default());
            }
            let Some(heard) = self.values.get_mut(&known.key) else { continue };
            if values[..at].iter().all(|before| before.key != known.key) {
                heard.passages += usize::from(counts);
                heard.with_copies += 1;
            }
            match heard.names.get_mut(&known.name) {
                Some(times) => *times += 1,
                None => {
                    heard.names.insert(known.name.clone(), 1);
                }
            }
        }
    }

    /// The values, those of most passages first, equal ones by key. `rules` have the topics' labels.
    pub(super) fn counted(self, rules: &Rules, dimension: Option<Dimension>) -> Vec<Counted> {
        let name = |key: &str, names: HashMap<String, usize>| {
            let topic = rules.topics.topics().iter().find(|topic| topic.id.as_str() == key);
            if let Some(topic) = topic.filter(|_| dimension == Some(Dimension::Topic)) {
                return topic.label.clone();
            }
            let most = names.into_iter().max_by(|(a, m), (b, n)| m.cmp(n).then_with(|| b.cmp(a)));
            most.map_or_else(|| key.to_owned(), |(name, _)| name)
        };
        let counted = |(key, Heard { passages, with_copies, names }): (String, Heard)| {
            let name = name(&key, names);
            Counted { key, name, passages, with_copies }
        };
        let mut values: Vec<Counted> = self.values.into_iter().map(counted).collect();
        values.sort_by_key(|value| std::cmp::Reverse((value.passages, value.with_copies)));
        values
    }
}

/// The keys of a passage's values, each once.
pub(super) fn keys(values: &[Arc<Known>]) -> BTreeSet<&str> {
    values.iter().map(|known| known.key.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(key: &str, name: &str) -> Arc<Known> {
        Arc::new(Known { key: key.into(), name: name.into() })
    }

    #[test]
    fn a_passage_counts_once_for_a_value_that_it_has_under_two_names() {
        let rules = Rules::load(&crate::config::Settings::defaults(std::path::Path::new("nowhere"))).unwrap();
        let mut census = Census::default();
        census.add(&[known("vael", "P. Vael"), known("vael", "Pieter Vael"), known("orth", "Orth")], true);
        census.add(&[known("vael", "Pieter Vael")], false);

        let counted = census.counted(&rules, Some(Dimension::Speaker));

        let expected = |key: &str, name: &str, with_copies| Counted {
            key: key.into(),
            name: name.into(),
            passages: 1,
            with_copies,
        };
        assert_eq!(counted, [expected("vael", "Pieter Vael", 2), expected("orth", "Orth", 1)]);
    }

    #[test]
    fn an_outlet_is_asked_for_by_the_name_that_gives_its_key() {
        for name in ["The The Post", "the Post", "Post", "The"] {
            let key = outlet_key(name);
            let Constraint::Outlet(asked) = Dimension::Outlet.clause(&key) else { panic!("{name}") };
            assert_eq!(outlet_key(&asked), key, "{name}");
        }
    }
}
