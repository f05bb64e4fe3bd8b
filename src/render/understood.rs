//! How a query was understood: an outline in plain English for people, the syntax tree for programs.

use std::io::{self, Write};

use serde_json::json;

use super::style::{ASIDE, styled};
use crate::model::{PartialDate, single_line};
use crate::query::{
    Constraint, DateRange, FieldName, Node, Pattern, Phrase, Place, Query, Slot, Unit, to_query_string,
};

/// One line a clause, what belongs to it indented below, each with its place in the query, in code points from 0.
pub fn understood_text(out: &mut dyn Write, query: &Query) -> io::Result<()> {
    writeln!(out, "query: {}", single_line(&to_query_string(&query.root)))?;
    outline(out, &query.root, "", 0, false)
}

/// One object: the text, its canonical form, and the tree.
pub fn understood_json(out: &mut dyn Write, query: &Query) -> io::Result<()> {
    let value = json!({ "query": query.text, "canonical": to_query_string(&query.root), "tree": query.root });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

/// `lead` says how the clause belongs to the one above; `within` whether a unit must hold all of it.
fn outline(out: &mut dyn Write, node: &Node, lead: &str, depth: usize, within: bool) -> io::Result<()> {
    let (words, at) = in_words(node);
    let place =
        at.filter(|at| at.end > 0).map(|at| format!("  {}", styled(ASIDE, &format!("[{}..{}]", at.start, at.end))));
    writeln!(out, "{}{lead}{}{}", "  ".repeat(depth), single_line(&words), place.unwrap_or_default())?;
    match node {
        Node::Group(group) => {
            let optional = match (within, group.must.is_empty(), group.any.len()) {
                (true, ..) => "required: ",
                (_, true, 1) => "",
                (_, true, _) => "any of: ",
                (_, false, _) => "better with: ",
            };
            let parts = [
                (&group.any, optional),
                (&group.must, "required: "),
                (&group.narrow, "where "),
                (&group.must_not, "not: "),
            ];
            for (nodes, lead) in parts {
                for node in nodes {
                    outline(out, node, lead, depth + 1, within)?;
                }
            }
            Ok(())
        }
        Node::Within(inside) => outline(out, &inside.clause, "", depth + 1, true),
        node => node.children().into_iter().try_for_each(|child| outline(out, child, "", depth + 1, within)),
    }
}

/// What a clause says, without those below it, and where it stands.
fn in_words(node: &Node) -> (String, Option<Place>) {
    match node {
        Node::Word(word) => (pattern(&word.pattern), Some(word.at.clone())),
        Node::Phrase(words) => (phrase(words), Some(words.at.clone())),
        Node::Near(near) => {
            let order = if near.ordered { "the first before the second" } else { "in either order" };
            let apart = match near.distance {
                1 => "next to each other".to_owned(),
                words => format!("at most {words} words apart"),
            };
            (format!("near: {apart}, {order}"), Some(near.at.clone()))
        }
        Node::Within(within) => {
            let unit = match within.unit {
                Unit::Sentence => "one sentence",
                Unit::Paragraph => "one paragraph",
            };
            (format!("within {unit}"), Some(within.at.clone()))
        }
        Node::Field(clause) => (constraint(&clause.constraint), Some(clause.at.clone())),
        Node::Boost(boost) => (format!("weighed {} times", boost.factor), Some(boost.at.clone())),
        Node::And(_) => ("all of these".to_owned(), None),
        Node::Or(_) => ("at least one of these".to_owned(), None),
        Node::Not(_) => ("everything but".to_owned(), None),
        Node::Group(_) => ("side by side".to_owned(), None),
    }
}

fn pattern(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Stem(text) => format!("the word `{text}`, in any form"),
        Pattern::Exact(text) => format!("the word `{text}`, exactly so"),
        Pattern::Wildcard(text) => format!("words of the shape `{text}`"),
        Pattern::Fuzzy { word, edits: 1 } => format!("words at most one letter away from `{word}`"),
        Pattern::Fuzzy { word, edits } => format!("words at most {edits} letters away from `{word}`"),
        Pattern::Regex(text) => format!("words that match `/{text}/`"),
    }
}

fn phrase(phrase: &Phrase) -> String {
    let word = |word: &Pattern| match word {
        Pattern::Stem(text) => format!("`{text}`"),
        other => pattern(other),
    };
    let run = |run: &Vec<Pattern>| run.iter().map(word).collect::<Vec<_>>().join(" ");
    let slot = |slot: &Slot| match slot {
        Slot::Gap => "any one word".to_owned(),
        Slot::Words(runs) => match runs.as_slice() {
            [only] => run(only),
            several => format!("({})", several.iter().map(run).collect::<Vec<_>>().join(" or ")),
        },
    };
    let words = format!("the phrase {}", phrase.slots.iter().map(slot).collect::<Vec<_>>().join(", "));
    match phrase.slop {
        0 => words,
        1 => format!("{words}; one further word may stand between"),
        slop => format!("{words}; {slop} further words may stand between"),
    }
}

fn constraint(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Speaker(name) => format!("`{name}` speaks"),
        Constraint::SpeakerId(id) => format!("the speaker of the id `{id}` speaks"),
        Constraint::Role(words) => format!("the speaker's role holds `{words}`"),
        Constraint::Affiliation(words) => format!("the speaker's affiliation holds `{words}`"),
        Constraint::About(name) => format!("`{name}` is mentioned"),
        Constraint::Topic(topic) => format!("the topic is `{topic}`"),
        Constraint::Outlet(name) => format!("the outlet is `{name}`"),
        Constraint::TitleWord(word) => format!("the title holds {}", pattern(&word.pattern)),
        Constraint::TitlePhrase(words) => format!("the title holds {}", phrase(words)),
        Constraint::Author(name) => format!("the author is `{name}`"),
        Constraint::Kind(kind) => format!("the passage is `{}`", kind.as_str()),
        Constraint::Lang(code) => format!("the language is `{code}`"),
        Constraint::Date(range) => format!("a date is mentioned {}", dates(range)),
        Constraint::Published(range) => format!("published {}", dates(range)),
        Constraint::Id(id) => format!("the id is `{id}`"),
        Constraint::Exists(field) => exists(*field).to_owned(),
    }
}

fn exists(field: FieldName) -> &'static str {
    match field {
        FieldName::Speaker => "somebody speaks",
        FieldName::Role => "the speaker's role is known",
        FieldName::Affiliation => "the speaker's affiliation is known",
        FieldName::About => "somebody is mentioned",
        FieldName::Topic => "there is a topic",
        FieldName::Outlet => "the outlet is known",
        FieldName::Title => "there is a title",
        FieldName::Author => "the author is known",
        FieldName::Kind => "the passage is of any kind",
        FieldName::Lang => "the language is known",
        FieldName::Date => "a date is mentioned",
        FieldName::Published => "the date of publication is known",
        FieldName::Id => "there is an id",
    }
}

/// The days themselves, so that a relative date shows what it came to.
fn dates(range: &DateRange) -> String {
    let first = range.from.map(PartialDate::first);
    let last = range.to.map(PartialDate::last);
    match (first, last) {
        (Some(first), Some(last)) if first == last => format!("on {first}"),
        (Some(first), Some(last)) => format!("from {first} to {last}"),
        (Some(first), None) => format!("on {first} or later"),
        (None, Some(last)) => format!("on {last} or earlier"),
        (None, None) => "at any time".to_owned(),
    }
}
