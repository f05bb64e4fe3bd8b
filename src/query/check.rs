//! Which constructs may stand inside which, and what to write instead where one may not.

use super::error::Fault;
use super::limits::{MAX_DEPTH, MAX_DISTANCES, MAX_WEIGHT};
use super::parse::narrows;
use super::{Near, Node, Place};

/// Where a clause stands: all that its leaves and operators cover.
fn place(node: &Node) -> Place {
    let own = match node {
        Node::Word(word) => Some(&word.at),
        Node::Phrase(phrase) => Some(&phrase.at),
        Node::Field(clause) => Some(&clause.at),
        Node::Near(near) => Some(&near.at),
        Node::Within(within) => Some(&within.at),
        Node::Boost(boost) => Some(&boost.at),
        _ => None,
    };
    let below = node.children().into_iter().map(place);
    let hull = |one: Place, other: Place| one.start.min(other.start)..one.end.max(other.end);
    own.cloned().into_iter().chain(below).reduce(hull).unwrap_or(0..0)
}

/// Checks what stands on both sides of a NEAR or BEFORE.
pub(super) fn near(node: &Node) -> Result<(), Fault> {
    let Node::Near(near) = node else { return Ok(()) };
    side(&near.left)?;
    side(&near.right)?;
    if nested(near) <= MAX_DEPTH {
        return Ok(());
    }
    let message = format!("more than {MAX_DEPTH} NEAR and BEFORE within each other");
    Err(Fault::new(near.at.clone(), message, "write a phrase with slop: `\"a b c\"~50`, or split the query"))
}

/// How many NEAR stand within each other. Sides are checked before, so that this descends a bounded tree.
fn nested(near: &Near) -> usize {
    fn below(node: &Node) -> usize {
        match node {
            Node::Near(near) => nested(near),
            node => node.children().into_iter().map(below).max().unwrap_or(0),
        }
    }
    1 + below(&near.left).max(below(&near.right))
}

/// A side is words, phrases, alternatives of such, or again near each other.
fn side(node: &Node) -> Result<(), Fault> {
    let refuse = |message: &str, help: &str| Err(Fault::new(place(node), message, help));
    match node {
        // The sides of one within were checked when it was read.
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) => Ok(()),
        Node::Or(nodes) => nodes.iter().try_for_each(side),
        Node::Group(group) => {
            if let Some(node) = group.must_not.first() {
                return Err(Fault::new(place(node), EXCLUDED.0, EXCLUDED.1));
            }
            if let Some(node) = group.must.first() {
                let help = "a side of NEAR names words of which any may stand there: leave `+` out, or write one NEAR for each";
                return Err(Fault::new(place(node), "`+` (required) inside NEAR", help));
            }
            group.any.iter().chain(&group.narrow).try_for_each(side)
        }
        Node::And(_) => {
            refuse("AND inside NEAR", "write one NEAR for each: `(road NEAR/5 toll) AND (road NEAR/5 border)`")
        }
        Node::Not(_) => refuse(EXCLUDED.0, EXCLUDED.1),
        Node::Field(_) => refuse(
            "a field beside NEAR",
            "NEAR looks into the passage's text: write `(road NEAR/5 toll) speaker:kaldan`; in a title words near each \
             other are `title:\"road toll\"~5`",
        ),
        Node::Boost(_) => refuse("a weight inside NEAR", "weigh the whole: `(road NEAR/5 toll)^2`"),
        Node::Within(_) => refuse("WITHIN beside NEAR", "write NEAR inside: `WITHIN SENTENCE (road NEAR/5 toll)`"),
    }
}

const EXCLUDED: (&str, &str) = (
    "an exclusion beside NEAR",
    "exclude outside of it: `(road NEAR/5 toll) -tunnel`; to exclude what stands near, `road -(road NEAR/5 toll)`",
);

/// Checks what stands in the parentheses of a WITHIN.
pub(super) fn within(node: &Node) -> Result<(), Fault> {
    let refuse = |message: &str, help: &str| Err(Fault::new(place(node), message, help));
    match node {
        Node::Field(_) => refuse(
            "a field inside WITHIN",
            "fields belong to the whole passage: write `WITHIN SENTENCE (road toll) speaker:kaldan`",
        ),
        Node::Boost(_) => refuse("a weight inside WITHIN", "weigh the whole: `WITHIN SENTENCE (road toll)^2`"),
        Node::Within(_) => refuse(
            "WITHIN inside WITHIN",
            "write them side by side: `WITHIN SENTENCE (road toll) AND WITHIN PARAGRAPH (border)`",
        ),
        node => node.children().into_iter().try_for_each(within),
    }
}

/// Checks what is excluded: nothing of it is scored.
pub(super) fn excluded(node: &Node) -> Result<(), Fault> {
    if let Node::Boost(boost) = node {
        let help = "what is excluded adds nothing to the score: leave the weight out";
        return Err(Fault::new(boost.at.clone(), "a weight on an exclusion", help));
    }
    node.children().into_iter().try_for_each(excluded)
}

/// Checks what a weight at `at` stands behind.
pub(super) fn weighable(node: &Node, at: &Place) -> Result<(), Fault> {
    if narrows(node) {
        let help = "fields and exclusions narrow a search: leave the weight out, or put it on a word";
        return Err(Fault::new(at.clone(), "a weight on what adds nothing to the score", help));
    }
    Ok(())
}

/// Checks that all distances and slops together stay within their limit: the work on a text of one word grows with
/// their sum.
pub(super) fn distances(root: &Node) -> Result<(), Fault> {
    fn add(node: &Node, sum: &mut u32) -> Result<(), Fault> {
        let (words, at) = match node {
            Node::Near(near) => (near.distance, &near.at),
            Node::Phrase(phrase) => (phrase.slop, &phrase.at),
            _ => (0, &(0..0)),
        };
        *sum += words;
        if *sum > MAX_DISTANCES {
            let message = format!("distances of NEAR, BEFORE and phrases of {sum} words together");
            let help = format!("together they stay within {MAX_DISTANCES}: write smaller ones, or split the query");
            return Err(Fault::new(at.clone(), message, help));
        }
        node.children().into_iter().try_for_each(|child| add(child, sum))
    }
    add(root, &mut 0)
}

/// Checks that weights within each other stay within their limits.
pub(super) fn weights(root: &Node) -> Result<(), Fault> {
    fn below(node: &Node, outer: f32) -> Result<(), Fault> {
        let mut factor = outer;
        if let Node::Boost(boost) = node {
            factor *= boost.factor;
            // A little room for rounding.
            if !(0.999 / MAX_WEIGHT..=1.001 * MAX_WEIGHT).contains(&factor) {
                let message = format!("weights within each other that multiply to {factor}");
                let help = format!("together they stay between {} and {MAX_WEIGHT}", 1.0 / MAX_WEIGHT);
                return Err(Fault::new(boost.at.clone(), message, help));
            }
        }
        node.children().into_iter().try_for_each(|child| below(child, factor))
    }
    below(root, 1.0)
}
