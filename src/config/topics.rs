//! `topics.toml`: what passages can be about, and the words that say so.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::error::{self, ConfigError};
use crate::model::{Topic, TopicId, TopicTerm, fold_name, slug};

/// The `topics.toml` that holds where there is no other.
pub const BUILT_IN_TOPICS: &str = include_str!("../../topics.toml");

/// The topics in force, looked up by id or label.
#[derive(Debug, Clone, Default)]
pub struct TopicSet {
    topics: Vec<Topic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    topic: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    label: String,
    iptc: Option<Spanned<String>>,
    broader: Option<Spanned<String>>,
    terms: Spanned<Vec<TermEntry>>,
    #[serde(default)]
    exclude: Vec<String>,
}

/// `"railway"`, or `{ term = "railway", weight = 3 }`.
#[derive(Deserialize)]
#[serde(untagged)]
enum TermEntry {
    Plain(String),
    Weighted { term: String, weight: f32 },
}

/// Weight of a term that states none.
const PLAIN_WEIGHT: f32 = 2.0;

impl TopicSet {
    /// Reads and checks `path`.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::parse(path, &error::read(path)?)
    }

    /// Checks the file's `text`: ids are unique, each topic has terms, weights are from 0.1 to 10, and no topic is
    /// part of itself.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let file: File = error::parse_toml(path, text)?;
        let refuse = |offset: usize, message: String| error::at(path, text, offset, message);
        let mut topics: Vec<Topic> = Vec::new();
        let mut broader: BTreeMap<String, Spanned<String>> = BTreeMap::new();
        for entry in file.topic {
            let (at, id) = (entry.id.span().start, entry.id.into_inner());
            if id.is_empty() || slug(&id) != id {
                return Err(refuse(at, format!("`{id}` is not an id; write lower-case words joined by hyphens")));
            }
            if topics.iter().any(|topic| topic.id.as_str() == id) {
                return Err(refuse(at, format!("a second topic with the id `{id}`; ids are unique")));
            }
            if let Some(code) = entry.iptc.as_ref().filter(|code| !is_media_topic(code.get_ref())) {
                let message =
                    format!("`{}` is not a Media Topic code; write `medtop:` and eight digits", code.get_ref());
                return Err(refuse(code.span().start, message));
            }
            let terms_at = entry.terms.span().start;
            let terms: Vec<TopicTerm> = entry.terms.into_inner().into_iter().map(TermEntry::into_term).collect();
            if terms.is_empty() {
                return Err(refuse(terms_at, format!("topic `{id}` has no terms; no passage could be about it")));
            }
            if let Some(term) = terms.iter().find(|term| !(0.1..=10.0).contains(&term.weight)) {
                let message = format!("the weight of `{}` is {}; weights go from 0.1 to 10", term.text, term.weight);
                return Err(refuse(terms_at, message));
            }
            if let Some(term) = terms.iter().find(|term| fold_name(&term.text).is_empty()) {
                return Err(refuse(terms_at, format!("the term `{}` has no letter", term.text)));
            }
            if let Some(parent) = entry.broader {
                broader.insert(id.clone(), parent);
            }
            topics.push(Topic {
                id: TopicId::new(id),
                label: entry.label,
                iptc: entry.iptc.map(Spanned::into_inner),
                broader: Vec::new(),
                terms,
                exclude: entry.exclude,
            });
        }
        if let Some(wrong) = broader.values().find(|id| topics.iter().all(|topic| topic.id.as_str() != id.get_ref())) {
            let message =
                format!("no topic `{}` that another could be part of; `broader` names an id", wrong.get_ref());
            return Err(refuse(wrong.span().start, message));
        }
        for topic in &mut topics {
            topic.broader = ancestors(topic.id.as_str(), &broader).map_err(|at| {
                refuse(at, format!("the topic `{}` would be part of itself; break the circle", topic.id.as_str()))
            })?;
        }
        Ok(Self { topics })
    }

    /// Every topic, in the file's order.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topic of this id or label, regardless of case and diacritics.
    pub fn find(&self, name: &str) -> Option<&Topic> {
        let folded = fold_name(name);
        self.topics.iter().find(|topic| fold_name(topic.id.as_str()) == folded || fold_name(&topic.label) == folded)
    }
}

impl TermEntry {
    fn into_term(self) -> TopicTerm {
        match self {
            Self::Plain(text) => TopicTerm { text, weight: PLAIN_WEIGHT },
            Self::Weighted { term, weight } => TopicTerm { text: term, weight },
        }
    }
}

/// The topics above `id`, the nearest first; the offset of the entry that closes a circle as the error.
fn ancestors(id: &str, broader: &BTreeMap<String, Spanned<String>>) -> Result<Vec<TopicId>, usize> {
    let mut above: Vec<TopicId> = Vec::new();
    let mut next = broader.get(id);
    while let Some(parent) = next {
        let name = parent.get_ref();
        if name == id || above.iter().any(|known| known.as_str() == name) {
            return Err(parent.span().start);
        }
        above.push(TopicId::new(name.clone()));
        next = broader.get(name);
    }
    Ok(above)
}

/// IPTC Media Topics are numbered with eight digits under `medtop:`.
fn is_media_topic(text: &str) -> bool {
    text.strip_prefix("medtop:").is_some_and(|code| code.len() == 8 && code.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<TopicSet, String> {
        TopicSet::parse(Path::new("topics.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn terms_have_a_plain_weight_unless_they_state_one() {
        let set = parse(
            "[[topic]]\nid = \"water\"\nlabel = \"Water\"\nterms = [\"river\", { term = \"water\", weight = 3 }]\n",
        )
        .unwrap();

        let weights: Vec<f32> = set.topics()[0].terms.iter().map(|term| term.weight).collect();
        assert_eq!(weights, [PLAIN_WEIGHT, 3.0]);
        assert!(set.find("WATER").is_some());
    }

    #[test]
    fn a_topic_has_all_the_topics_that_it_is_part_of() {
        let topic =
            |id: &str, broader: &str| format!("[[topic]]\nid = \"{id}\"\nlabel = \"T\"\n{broader}terms = [\"x\"]\n");
        let rail = topic("rail", "broader = \"transport\"\n");
        let transport = topic("transport", "broader = \"economy\"\n");

        let set = parse(&format!("{rail}{transport}{}", topic("economy", ""))).unwrap();
        let above: Vec<&str> = set.topics()[0].broader.iter().map(TopicId::as_str).collect();
        assert_eq!(above, ["transport", "economy"]);

        let circle = parse(&format!("{rail}{transport}{}", topic("economy", "broader = \"rail\"\n"))).unwrap_err();
        assert!(circle.contains("part of itself"), "{circle}");
        let unknown = parse(&rail).unwrap_err();
        assert!(unknown.starts_with("topics.toml:4:11: "), "{unknown}");
    }

    #[test]
    fn a_topic_without_terms_is_refused_with_its_line() {
        let error = parse("[[topic]]\nid = \"water\"\nlabel = \"Water\"\nterms = []\n").unwrap_err();

        assert!(error.starts_with("topics.toml:4:9: "), "{error}");
    }
}
