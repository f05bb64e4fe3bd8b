//! The chosen lines → pieces with kinds, and what is dropped on the way with its rule.

use std::collections::HashSet;
use std::ops::Range;

use super::candidates::Candidate;
use super::dom::Id;
use super::lines::{Line, Lines};
use super::shown::Shown;
use super::{Options, Part, phrases};
use crate::clean::draft::{Piece, Strong};
use crate::clean::structure;
use crate::model::{BlockKind, DroppedBlock};

/// What becomes of the page's lines.
pub(super) struct Sorted {
    /// What is kept.
    pub(super) pieces: Vec<Piece>,
    /// What is not.
    pub(super) dropped: Vec<DroppedBlock>,
}

/// Adds rules to lines that have none yet.
type Step = fn(&[Line], &mut [Option<&'static str>]);

/// Sorts every line of the page: outside the body, furniture, boilerplate, or a piece.
///
/// `address` gives the absolute address that an anchor leads to.
pub(super) fn sort(
    lines: &Lines,
    body: &Candidate,
    shown: &Shown,
    address: &dyn Fn(Id) -> Option<String>,
    options: Options,
) -> Sorted {
    let mut inside = vec![false; lines.all.len()];
    for range in &body.ranges {
        inside.get_mut(range.clone()).unwrap_or_default().fill(true);
    }
    let opening = opening(lines, body, shown);
    let talks = is_conversation(&lines.all, &inside);
    let mut rules: Vec<Option<&'static str>> = lines
        .all
        .iter()
        .zip(&inside)
        .enumerate()
        .map(|(at, (line, inside))| match (inside, line.furniture) {
            (false, None) if (is_caption(line) || talks && is_standfirst(line)) && opening.contains(&line.node) => None,
            (false, _) => Some("outside-body"),
            (true, Some(rule)) => Some(rule),
            (true, None) if options.uses(Part::Headline) && is_title(line) && shown.is(at) => Some("title"),
            (true, None) if phrases::is_time_stamp(line) => Some("time-stamp"),
            (true, None) => phrases::judge(line).filter(|_| options.uses(Part::Phrases)),
        })
        .collect();
    keep_clocks(&lines.all, &inside, &mut rules);
    let steps: [(Part, Step); 4] = [
        (Part::Repeated, drop_repeated),
        (Part::Sections, drop_sections),
        (Part::Links, drop_links),
        (Part::Tail, drop_tail),
    ];
    for (_, step) in steps.into_iter().filter(|(part, _)| options.uses(*part)) {
        step(&lines.all, &mut rules);
    }
    let mut sorted = Sorted { pieces: Vec::new(), dropped: Vec::new() };
    for (line, rule) in lines.all.iter().zip(rules) {
        match rule {
            Some(rule) => drop_line(&mut sorted.dropped, line, rule),
            None => sorted.pieces.extend(pieces(line, address)),
        }
    }
    sorted
}

/// The nodes between the headline and the body's end: a picture or a standfirst there is the article's, wherever
/// the body begins.
fn opening(lines: &Lines, body: &Candidate, shown: &Shown) -> Range<Id> {
    let mut headlines = shown.all().filter_map(|at| lines.all.get(at));
    let headline = headlines.find(|line| line.kind == BlockKind::Heading && is_title(line));
    let end = body.extent().and_then(|extent| lines.all.get(extent.end.checked_sub(1)?)).map(|line| line.node);
    match (headline, end) {
        (Some(headline), Some(end)) => headline.node..end,
        _ => 0..0,
    }
}

fn is_caption(line: &Line) -> bool {
    matches!(line.kind, BlockKind::Caption | BlockKind::Credit)
}

/// Fewer turns make no conversation.
const FEWEST_TURNS: usize = 4;

/// Whether the body looks like an interview, whose standfirst says who speaks; another article's is a summary, which
/// its text repeats.
fn is_conversation(lines: &[Line], inside: &[bool]) -> bool {
    let opens = |line: &&Line| {
        let lead = match line.strong {
            Strong::Lead(lead) => line.text.get(..lead).unwrap_or("").trim_end(),
            Strong::Whole => line.text.as_str(),
            Strong::None => "",
        };
        let asks = lead.ends_with('?') || line.slanted && line.text.ends_with('?');
        asks || line.said.is_some() || structure::opens_turn(&line.text)
    };
    let body = lines.iter().zip(inside).filter(|(_, inside)| **inside).map(|(line, _)| line);
    body.filter(opens).take(FEWEST_TURNS).count() == FEWEST_TURNS
}

/// A shorter line, in bytes, is a label.
const SHORTEST_STANDFIRST: usize = 40;

fn is_standfirst(line: &Line) -> bool {
    line.standfirst && line.text.len() >= SHORTEST_STANDFIRST && !line.is_link()
}

fn piece(line: &Line, address: &dyn Fn(Id) -> Option<String>) -> Piece {
    let links = line.anchors.iter().filter_map(|(at, anchor)| Some((at.clone(), address(*anchor)?))).collect();
    let Line { strong, slanted, after_rule, said, .. } = *line;
    Piece { strong, slanted, after_rule, said, links, ..Piece::plain(line.kind, line.text.clone()) }
}

/// The piece of a line, or two where its head is a name or a question on a line of its own.
fn pieces(line: &Line, address: &dyn Fn(Id) -> Option<String>) -> Vec<Piece> {
    let whole = piece(line, address);
    if line.head == 0 || !matches!(line.kind, BlockKind::Paragraph | BlockKind::ListItem) {
        return vec![whole];
    }
    let head = whole.part(0..line.head).map(|part| Piece { strong: Strong::Whole, ..part });
    head.into_iter().chain(whole.part(line.head..whole.text.len())).collect()
}

/// Text outside the body is told in one block as long as nothing stands between.
fn drop_line(dropped: &mut Vec<DroppedBlock>, line: &Line, rule: &'static str) {
    match dropped.last_mut().filter(|last| rule == "outside-body" && last.reason == rule) {
        Some(last) => {
            last.text.push('\n');
            last.text.push_str(&line.text);
        }
        None => dropped.push(DroppedBlock { text: line.text.clone(), reason: rule.to_owned() }),
    }
}

/// Whether a line that shows the headline is set as one.
fn is_title(line: &Line) -> bool {
    line.text.len() < 400 && matches!(line.kind, BlockKind::Heading | BlockKind::Paragraph)
}

/// Fewer times of day are somebody's furniture; the structure's step decides on the rest.
const FEWEST_CLOCKS: usize = 3;

/// Keeps the times of a live blog's entries, which markup calls datelines.
fn keep_clocks(lines: &[Line], inside: &[bool], rules: &mut [Option<&'static str>]) {
    let dateline = |rule: Option<&'static str>| matches!(rule, None | Some("byline" | "time-stamp"));
    let clocks: Vec<usize> = (0..lines.len())
        .filter(|at| inside[*at] && dateline(rules[*at]) && structure::is_clock(&lines[*at].text))
        .collect();
    if clocks.len() >= FEWEST_CLOCKS {
        for at in clocks {
            rules[at] = None;
        }
    }
}

/// A shorter line, in bytes, may be said twice: a refrain, a stage direction, an answer of one word.
const SHORTEST_REPEATED: usize = 120;

/// Drops paragraphs that stood before word for word: pages carry a body twice, for two sizes of screen.
fn drop_repeated(lines: &[Line], rules: &mut [Option<&'static str>]) {
    let mut seen: HashSet<&str> = HashSet::new();
    for (line, rule) in lines.iter().zip(rules) {
        if rule.is_none() && line.text.len() >= SHORTEST_REPEATED && !seen.insert(&line.text) {
            *rule = Some("repeated");
        }
    }
}

/// Drops labels such as "Related links" with the links under them; at the text's end, with the
/// teasers under them as well.
fn drop_sections(lines: &[Line], rules: &mut [Option<&'static str>]) {
    let kept: Vec<usize> = (0..lines.len()).filter(|at| rules[*at].is_none()).collect();
    let total: usize = kept.iter().map(|at| lines[*at].prose()).sum();
    // What follows the last long paragraph may be teasers.
    let long = |at: &&usize| lines[**at].prose() > LONGEST_TEASER;
    let last_long = kept.iter().rev().find(long).copied().unwrap_or(0);
    let mut section = None;
    let mut after: usize = total;
    for at in kept {
        let line = &lines[at];
        let teaser = at > last_long && after * 4 < total;
        if let Some(begun) = phrases::section(line) {
            section = Some(begun);
        } else if !(line.is_link() || teaser || (line.linked > 0 && line.kind == BlockKind::ListItem)) {
            section = None;
        }
        after -= line.prose();
        rules[at] = section;
    }
}

/// A longer paragraph, in bytes, is no teaser of another article.
const LONGEST_TEASER: usize = 240;

/// Drops paragraphs that are nothing but a link, and runs of such lines, unless the text is made of them.
fn drop_links(lines: &[Line], rules: &mut [Option<&'static str>]) {
    let kept: Vec<usize> = (0..lines.len()).filter(|at| rules[*at].is_none()).collect();
    let links = kept.iter().filter(|at| lines[**at].is_link()).count();
    if links * 3 > kept.len() {
        return;
    }
    let is_link = |at: usize| kept.get(at).is_some_and(|at| lines[*at].is_link());
    for (place, at) in kept.iter().enumerate() {
        let line = &lines[*at];
        let among_links = is_link(place + 1) || place.checked_sub(1).is_some_and(is_link);
        let droppable = match line.kind {
            BlockKind::Paragraph => !line.ends_sentence() || among_links,
            BlockKind::ListItem => among_links,
            _ => false,
        };
        if line.is_link() && droppable {
            rules[*at] = Some("links");
        }
    }
}

/// Drops headings and links after which nothing follows.
fn drop_tail(lines: &[Line], rules: &mut [Option<&'static str>]) {
    for at in (0..lines.len()).rev().filter(|at| !is_caption(&lines[*at])) {
        if rules[at].is_some() {
            continue;
        }
        if lines[at].kind != BlockKind::Heading && !lines[at].is_link() {
            return;
        }
        rules[at] = Some("tail");
    }
}
