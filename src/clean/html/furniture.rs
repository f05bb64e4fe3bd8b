//! Which lines are furniture: those inside elements that their names or tags give away.
//!
//! Names lie: whole articles stand in elements called `sidebar-layout` or `comments-open`. A mark
//! over too much of the page's prose is therefore lifted, sooner for names that lie often.

use std::ops::Range;

use super::dom::Dom;
use super::lines::{Line, Lines};
use super::{Options, Part, teasers};

/// Share of the page's prose, in percent, past which a mark is not believed.
fn believed_up_to(rule: &str) -> usize {
    match rule {
        "comments" => 92,
        "cookie-banner" | "newsletter" | "related" | "navigation" | "footer" => 60,
        "hidden" | "form" => 45,
        _ => 30,
    }
}

/// Marks each line with the outermost believable rule over it.
///
/// Where that leaves next to nothing, the rule over most of the prose was wrong about this page: it
/// is lifted as a whole, and the page is marked anew.
///
/// What is `stated` as the body is none, whatever stands around it.
pub(super) fn mark(dom: &Dom<'_>, lines: &mut Lines, stated: Option<&[bool]>, options: Options) {
    if !options.uses(Part::Names) {
        lines.marks.retain(|(_, rule)| *rule == teasers::RULE);
    }
    believe(dom, lines, options);
    if let Some(stated) = stated {
        for (line, _) in lines.all.iter_mut().zip(stated).filter(|(_, stated)| **stated) {
            line.furniture = None;
        }
        lines.sum();
    }
}

/// Marks each line with the outermost believable rule over it, in as many rounds as it takes.
fn believe(dom: &Dom<'_>, lines: &mut Lines, options: Options) {
    lines.unmark();
    let total = lines.prose(&(0..lines.all.len()));
    let headline = headline(dom, lines);
    let mut lifted: Vec<&'static str> = Vec::new();
    for _ in 0..4 {
        apply(dom, lines, if options.uses(Part::Doubt) { total } else { usize::MAX }, headline, &lifted);
        let free = lines.prose(&(0..lines.all.len()));
        if free * 5 > total || free >= ENOUGH || !options.uses(Part::Doubt) {
            return;
        }
        match heaviest(lines).filter(|(_, prose)| *prose > free * 2 && *prose >= LEAST) {
            Some((rule, _)) => lifted.push(rule),
            None => return,
        }
    }
}

/// So much free prose, in bytes, is an article, however much else there is.
const ENOUGH: usize = 1500;
/// Less than this is not worth lifting a rule.
const LEAST: usize = 150;
/// So much free prose between the headline and a block, in bytes, is an article before it.
const LEAST_BEFORE: usize = 250;

/// The line of the page's first top heading.
fn headline(dom: &Dom<'_>, lines: &Lines) -> Option<usize> {
    let (id, _) = dom.elements().find(|(id, element)| element.name() == "h1" && dom.text_length(*id) > 0)?;
    Some(lines.at(dom, id))
}

/// Whether a run of lines stands after an article, and is mostly labels and links: what its name says
/// is then believed, however little the article has.
fn follows_article(lines: &Lines, headline: Option<usize>, range: &Range<usize>) -> bool {
    let Some(headline) = headline.filter(|headline| *headline < range.start) else { return false };
    let block = lines.slice(range.clone());
    let running = block.iter().filter(|line| line.prose() > 0).count();
    running * 2 < block.len() && free_prose(lines, headline..range.start) >= LEAST_BEFORE
}

/// Prose in a run of lines that no mark has taken so far.
fn free_prose(lines: &Lines, range: Range<usize>) -> usize {
    lines.slice(range).iter().filter(|line| line.furniture.is_none()).map(Line::prose).sum()
}

fn apply(dom: &Dom<'_>, lines: &mut Lines, total: usize, headline: Option<usize>, lifted: &[&'static str]) {
    lines.unmark();
    let marks = std::mem::take(&mut lines.marks);
    let mut marked_to = 0;
    for (id, rule) in marks.iter().filter(|(_, rule)| !lifted.contains(rule)) {
        let range = lines.of(dom, *id);
        let much = lines.prose(&range) * 100 > total.saturating_mul(believed_up_to(rule));
        if range.end <= marked_to || much && !follows_article(lines, headline, &range) {
            continue;
        }
        marked_to = range.end;
        for line in lines.all.get_mut(range).unwrap_or_default() {
            line.furniture = line.furniture.or(Some(rule));
        }
    }
    lines.marks = marks;
    lines.sum();
}

/// The rule that covers most prose, and how much; those that never hold an article left out.
fn heaviest(lines: &Lines) -> Option<(&'static str, usize)> {
    let mut sums: Vec<(&'static str, usize)> = Vec::new();
    for line in &lines.all {
        let Some(rule) =
            line.furniture.filter(|rule| !matches!(*rule, "cookie-banner" | "comments" | "related" | "newsletter"))
        else {
            continue;
        };
        match sums.iter_mut().find(|(other, _)| *other == rule) {
            Some((_, sum)) => *sum += line.prose(),
            None => sums.push((rule, line.prose())),
        }
    }
    sums.into_iter().max_by_key(|(_, sum)| *sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(html: &str) -> Vec<Option<&'static str>> {
        let html = scraper::Html::parse_document(html);
        let dom = Dom::new(&html);
        let mut lines = Lines::read(&dom);
        mark(&dom, &mut lines, None, Options::default());
        lines.all.iter().map(|line| line.furniture).collect()
    }

    #[test]
    fn a_name_over_the_whole_text_is_not_believed() {
        let text = "The railway of Kastria will reach Kesh within two years, the minister said.";

        assert_eq!(marks(&format!("<div class=sidebar><p>{text}</p></div>")), [None]);
        assert_eq!(
            marks(&format!("<p>{text}</p><p>{text}</p><p>{text}</p><div class=sidebar><p>{text}</p></div>"))[3],
            Some("sidebar")
        );
    }
}
