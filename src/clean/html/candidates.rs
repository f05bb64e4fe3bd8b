//! Where on the page the article's body may stand: elements that say so, and the densest one.
//!
//! For [`choose`](super::choose). A candidate is a run of elements, in document order and without
//! overlap, since bodies are split over several containers by whatever is put between them.

use std::ops::Range;

use super::dom::{Dom, Id};
use super::lines::Lines;
use super::{Options, Part};

/// A possible body.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// What it rests on.
    pub(super) ground: Ground,
    /// Their lines.
    pub(super) ranges: Vec<Range<usize>>,
    /// How much prose they hold.
    pub(super) prose: usize,
    /// How much text of other kinds they hold, furniture left out.
    pub(super) rest: usize,
    /// How much of the prose the page states as its body.
    pub(super) stated: usize,
}

impl Candidate {
    /// From its first line to its last.
    pub(super) fn extent(&self) -> Option<Range<usize>> {
        Some(self.ranges.first()?.start..self.ranges.last()?.end)
    }
}

/// What a candidate rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Elements that are named as an article's body.
    Named,
    /// An `article` or `main` element.
    Semantic,
    /// The innermost element that still holds most of the prose.
    Dense,
    /// The whole page.
    Page,
}

/// Every candidate; the last is the whole page.
///
/// `stated` says of each line whether the page states it as its body.
pub(super) fn candidates(dom: &Dom<'_>, lines: &Lines, stated: Option<&[bool]>, options: Options) -> Vec<Candidate> {
    let body = dom.elements().find(|(_, element)| element.name() == "body").map_or(0, |(id, _)| id);
    let mut candidates = Vec::new();
    let free = |id: &Id| lines.slice(lines.of(dom, *id)).iter().any(|line| line.furniture.is_none());
    let named: Vec<Id> = lines.bodies.iter().copied().filter(free).collect();
    if options.uses(Part::NamedBodies) {
        candidates.extend(named_sets(dom, lines, &named));
    }
    for (id, element) in dom.elements() {
        let semantic =
            matches!(element.name(), "article" | "main") || super::dom::attr(element, "role") == Some("main");
        if semantic && free(&id) && options.uses(Part::Semantics) {
            candidates.push(candidate(dom, lines, Ground::Semantic, &[id]));
        }
    }
    if options.uses(Part::Density) {
        candidates.push(candidate(dom, lines, Ground::Dense, &[densest(dom, lines, body)]));
    }
    candidates.push(candidate(dom, lines, Ground::Page, &[body]));
    if let Some(stated) = stated {
        for candidate in &mut candidates {
            candidate.stated = candidate.ranges.iter().map(|range| stated_prose(lines, stated, range)).sum();
        }
    }
    candidates
}

/// How much prose of a run of lines is stated as the body.
fn stated_prose(lines: &Lines, stated: &[bool], range: &Range<usize>) -> usize {
    let run = lines.slice(range.clone()).iter().zip(stated.get(range.clone()).unwrap_or_default());
    run.filter(|(_, stated)| **stated).map(|(line, _)| line.prose()).sum()
}

/// Each named element by itself, and those of the same name and depth together.
fn named_sets(dom: &Dom<'_>, lines: &Lines, named: &[Id]) -> Vec<Candidate> {
    let mut sets: Vec<(String, Vec<Id>)> = Vec::new();
    for id in named {
        let Some(element) = dom.element(*id) else { continue };
        let name = format!("{} {}", element.name(), super::dom::attr(element, "class").unwrap_or_default());
        let outside = |set: &Vec<Id>| set.last().is_none_or(|last| dom.end(*last) <= *id);
        let full = sets.len() >= 64;
        match sets.iter_mut().find(|(other, set)| *other == name && outside(set)) {
            Some((_, set)) => set.push(*id),
            None if !full => sets.push((name, vec![*id])),
            None => {}
        }
    }
    sets.into_iter().map(|(_, roots)| candidate(dom, lines, Ground::Named, &roots)).collect()
}

fn candidate(dom: &Dom<'_>, lines: &Lines, ground: Ground, roots: &[Id]) -> Candidate {
    let ranges: Vec<Range<usize>> = roots.iter().map(|root| lines.of(dom, *root)).collect();
    let prose = ranges.iter().map(|range| lines.prose(range)).sum();
    let all = ranges.iter().flat_map(|range| lines.slice(range.clone()));
    let text: usize = all.filter(|line| line.furniture.is_none()).map(|line| line.text.len()).sum();
    Candidate { ground, ranges, prose, rest: text.saturating_sub(prose), stated: 0 }
}

/// From `body` down as long as one child holds nearly all of the prose.
fn densest(dom: &Dom<'_>, lines: &Lines, body: Id) -> Id {
    let mut at = body;
    loop {
        let prose = lines.prose(&lines.of(dom, at));
        let best = dom.children(at).map(|child| (lines.prose(&lines.of(dom, child)), child)).max_by_key(|best| best.0);
        match best {
            Some((within, child)) if within > 0 && within * 100 >= prose * 75 && holds_lines(dom, lines, child) => {
                at = child;
            }
            _ => return at,
        }
    }
}

/// Whether an element is more than one paragraph.
fn holds_lines(dom: &Dom<'_>, lines: &Lines, id: Id) -> bool {
    !matches!(dom.tag(id), "p" | "span" | "font" | "li" | "blockquote" | "pre") && !lines.of(dom, id).is_empty()
}
