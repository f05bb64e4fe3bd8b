//! Names in a query → ids: any alias of a speaker asks for the same, a topic's label for its id.

use super::ViewError;
use crate::config::{Rules, TopicSet};
use crate::model::Topic;
use crate::query::{Constraint, FieldClause, Filters, Node, ParseError, Query};

/// Puts the authority file's id in place of each speaker's alias, and the topic's id in place of its label.
///
/// A speaker whom the authority file does not know stays as written; an unknown topic is an error,
/// since the topics are a closed list.
pub(super) fn resolve(query: &mut Query, rules: &Rules) -> Result<(), ViewError> {
    let text = query.text.clone();
    let mut open: Vec<&mut Node> = vec![&mut query.root];
    while let Some(node) = open.pop() {
        match node {
            Node::Field(clause) => clause_ids(&text, clause, rules)?,
            node => open.extend(node.children_mut()),
        }
    }
    Ok(())
}

/// The same for filters.
pub(super) fn resolve_filters(filters: &Filters, rules: &Rules) -> Result<Filters, ViewError> {
    let topic = match &filters.topic {
        None => None,
        Some(name) => Some(topic(name, &rules.topics)?.id.as_str().to_owned()),
    };
    let speaker = filters.speaker.as_ref().map(|name| speaker(name, rules));
    Ok(Filters { speaker, topic, ..filters.clone() })
}

fn clause_ids(query: &str, clause: &mut FieldClause, rules: &Rules) -> Result<(), ViewError> {
    match &mut clause.constraint {
        Constraint::Speaker(name) | Constraint::About(name) => *name = speaker(name, rules),
        Constraint::Topic(name) => {
            *name = match rules.topics.find(name) {
                Some(topic) => topic.id.as_str().to_owned(),
                None => {
                    return Err(ViewError::Query(ParseError {
                        query: query.to_owned(),
                        at: clause.value_at.clone(),
                        message: format!("no topic `{}`", crate::model::single_line(name)),
                        help: format!("known topics: {}", known(&rules.topics)),
                    }));
                }
            }
        }
        _ => {}
    }
    Ok(())
}

fn speaker(name: &str, rules: &Rules) -> String {
    rules.authority.find(name).map_or_else(|| name.to_owned(), |person| person.id.as_str().to_owned())
}

fn topic<'r>(name: &str, topics: &'r TopicSet) -> Result<&'r Topic, ViewError> {
    topics.find(name).ok_or_else(|| ViewError::UnknownTopic {
        name: crate::model::single_line(name).into_owned(),
        known: known(topics),
    })
}

fn known(topics: &TopicSet) -> String {
    topics.topics().iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>().join(", ")
}
