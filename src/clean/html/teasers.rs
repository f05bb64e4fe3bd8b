//! Teasers of other articles: blocks that are repeated side by side, each with a linked title.
//!
//! For marking furniture. Names need not give them away: `<li class="sc-1a2b3c">` with a picture, a linked
//! headline and a sentence, three times or more, is a list of articles in any language. Finding repeated
//! structure in the tree is the oldest way to tell data records apart (Liu, Grossman, Zhai, "Mining data
//! records in web pages", KDD 2003).

use std::collections::HashMap;

use super::dom::{Dom, Id, attr};
use super::lines::Lines;
use crate::model::BlockKind;

/// The rule's name.
pub(super) const RULE: &str = "teasers";
/// Fewer alike blocks are no list.
const FEWEST: usize = 3;
/// A teaser's text, in bytes: more is an article's own.
const LONGEST: usize = 700;
/// The sentences of a teaser, in bytes.
const LONGEST_PROSE: usize = 360;
/// A shorter link is a button.
const SHORTEST_TITLE: usize = 15;

/// Adds a mark for each teaser that stands among others of its kind; whether there is any.
pub(super) fn mark(dom: &Dom<'_>, lines: &mut Lines) -> bool {
    let mut found: Vec<Id> = Vec::new();
    for (id, element) in dom.elements() {
        if matches!(element.name(), "div" | "section" | "ul" | "ol" | "main" | "article" | "aside" | "body") {
            for group in alike(dom, id) {
                let teasers = group.iter().filter(|child| is_teaser(dom, lines, **child)).count();
                if teasers >= FEWEST && teasers * 5 >= group.len() * 4 {
                    found.extend(group);
                }
            }
        }
    }
    let any = !found.is_empty();
    lines.marks.extend(found.into_iter().map(|id| (id, RULE)));
    lines.marks.sort_unstable_by_key(|(id, _)| *id);
    any
}

/// The children of `id` in groups of one tag and class, those of at least [`FEWEST`].
fn alike(dom: &Dom<'_>, id: Id) -> Vec<Vec<Id>> {
    let mut groups: HashMap<(&str, &str), Vec<Id>> = HashMap::new();
    for child in dom.children(id) {
        let tag = dom.tag(child);
        if matches!(tag, "div" | "li" | "article" | "section" | "a") {
            let class = dom.element(child).and_then(|element| attr(element, "class")).unwrap_or("");
            let first = class.split_ascii_whitespace().next().unwrap_or("");
            groups.entry((tag, first)).or_default().push(child);
        }
    }
    let mut groups: Vec<Vec<Id>> = groups.into_values().filter(|group| group.len() >= FEWEST).collect();
    groups.sort_unstable();
    groups
}

/// Whether a block is little more than a linked title, with a picture, a label or a sentence.
fn is_teaser(dom: &Dom<'_>, lines: &Lines, id: Id) -> bool {
    let range = lines.of(dom, id);
    let block = lines.slice(range.clone());
    let text: usize = block.iter().map(|line| line.text.len()).sum();
    let titled = block.iter().any(|line| line.is_link() && line.text.len() >= SHORTEST_TITLE);
    let headed = block.iter().any(|line| line.kind == BlockKind::Heading);
    let pictured = || (id..dom.end(id)).any(|id| matches!(dom.tag(id), "img" | "picture" | "figure"));
    titled
        && text <= LONGEST
        && lines.prose(&range) <= LONGEST_PROSE
        && (headed || block.len() > 1 || pictured())
        && (id..dom.end(id)).all(|id| dom.tag(id) != "h1")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(html: &str) -> usize {
        let html = scraper::Html::parse_document(html);
        let dom = Dom::new(&html);
        let mut lines = Lines::read(&dom);
        mark(&dom, &mut lines);
        lines.marks.iter().filter(|(_, rule)| *rule == RULE).count()
    }

    #[test]
    fn cards_with_linked_titles_are_teasers_whatever_they_are_called() {
        let card = "<li class=q1><img src=a><h3><a href=/b>Doruna closes its gas line for a week</a></h3>\
                    <p>The minister spoke of repairs.</p></li>";

        assert_eq!(marked(&format!("<ul>{}</ul>", card.repeat(3))), 3);
        assert_eq!(marked(&format!("<ul>{}</ul>", card.repeat(2))), 0);
    }

    #[test]
    fn sections_of_an_article_are_none() {
        let section = "<div class=step><h3>Water</h3><p>The <a href=/river>river of Kesh</a> is low.</p></div>";

        assert_eq!(marked(&section.repeat(4)), 0);
    }
}
