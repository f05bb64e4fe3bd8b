//! The page's tree as a flat list, for everything that reads it.
//!
//! Nodes stand in document order and each knows where its subtree ends, so that every question –
//! what is inside, how much text – is a walk or a difference of sums, never a recursion: pages are
//! nested as deeply as their authors' mistakes.

use std::borrow::Cow;

use scraper::node::Element;

/// A node's place in document order.
pub(super) type Id = usize;

/// The tree. Node 0 is the document itself.
pub(super) struct Dom<'h> {
    nodes: Vec<Node<'h>>,
    /// Bytes of text before each node, scripts and white space at the ends of texts left out.
    text_before: Vec<usize>,
}

/// An element or a text.
struct Node<'h> {
    parent: Id,
    /// One past the last node of its subtree.
    end: Id,
    content: Content<'h>,
}

#[derive(Clone, Copy)]
enum Content<'h> {
    Document,
    Element(&'h Element),
    Text(&'h str),
}

impl<'h> Dom<'h> {
    /// Flattens a parsed page; comments and declarations are left out.
    pub(super) fn new(html: &'h scraper::Html) -> Self {
        let mut nodes = vec![Node { parent: 0, end: 0, content: Content::Document }];
        let mut parent = 0;
        let mut next = html.tree.root().first_child();
        // Down to the first child, else to the next sibling, else to the nearest ancestor's next sibling.
        while let Some(node) = next {
            let content = match node.value() {
                scraper::Node::Element(element) => Some(Content::Element(element)),
                scraper::Node::Text(text) => Some(Content::Text(text)),
                _ => None,
            };
            if let Some(content) = content {
                let id = nodes.len();
                nodes.push(Node { parent, end: id + 1, content });
                if let (Content::Element(_), Some(child)) = (content, node.first_child()) {
                    parent = id;
                    next = Some(child);
                    continue;
                }
            }
            let mut last = node;
            next = loop {
                if let Some(sibling) = last.next_sibling() {
                    break Some(sibling);
                }
                let Some(above) = last.parent().filter(|above| !above.value().is_document()) else { break None };
                let end = nodes.len();
                nodes[parent].end = end;
                parent = nodes[parent].parent;
                last = above;
            };
        }
        nodes[0].end = nodes.len();
        let mut dom = Self { nodes, text_before: Vec::new() };
        dom.text_before = dom.sum_text();
        dom
    }

    fn sum_text(&self) -> Vec<usize> {
        let mut sum = 0;
        let mut before = Vec::with_capacity(self.nodes.len() + 1);
        before.push(0);
        for node in &self.nodes {
            if let Content::Text(text) = node.content
                && !matches!(self.tag(node.parent), "script" | "style" | "noscript")
            {
                sum += text.trim().len();
            }
            before.push(sum);
        }
        before
    }

    /// How many bytes of text stand inside `id`, scripts left out.
    pub(super) fn text_length(&self, id: Id) -> usize {
        let at = |id: Id| self.text_before.get(id).copied().unwrap_or(0);
        at(self.end(id)).saturating_sub(at(id))
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The element at `id`, if it is one.
    pub(super) fn element(&self, id: Id) -> Option<&'h Element> {
        match self.nodes.get(id)?.content {
            Content::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The text at `id`, if it is one.
    pub(super) fn text(&self, id: Id) -> Option<&'h str> {
        match self.nodes.get(id)?.content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its name; empty for what is no element.
    pub(super) fn tag(&self, id: Id) -> &'h str {
        self.element(id).map_or("", Element::name)
    }

    /// One past the last node inside `id`.
    pub(super) fn end(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(id, |node| node.end)
    }

    /// The elements around `id`, the innermost first.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let above = |id: Id| self.nodes.get(id).map(|node| node.parent).filter(|parent| *parent > 0);
        std::iter::successors(above(id), move |id| above(*id))
    }

    /// The elements directly inside `id`.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let end = self.end(id);
        let first = (id + 1 < end).then_some(id + 1);
        std::iter::successors(first, move |child| Some(self.end(*child)).filter(|next| *next < end))
            .filter(|child| self.element(*child).is_some())
    }

    /// Every element, in document order.
    pub(super) fn elements(&self) -> impl Iterator<Item = (Id, &'h Element)> + '_ {
        (0..self.nodes.len()).filter_map(|id| Some((id, self.element(id)?)))
    }

    /// The text inside `id` as it stands, its pieces joined.
    pub(super) fn raw_text(&self, id: Id) -> Cow<'h, str> {
        let mut texts = (id..self.end(id)).filter_map(|id| self.text(id));
        match (texts.next(), texts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(only), None) => Cow::Borrowed(only),
            (Some(first), Some(second)) => {
                let mut whole = [first, second].concat();
                whole.extend(texts);
                Cow::Owned(whole)
            }
        }
    }
}

/// An attribute's value.
///
/// [`Element::attr`] interns the name at each call; a page has tens of thousands of them.
pub(super) fn attr<'h>(element: &'h Element, name: &str) -> Option<&'h str> {
    element.attrs().find(|(key, _)| *key == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subtree_ends_where_its_last_node_ends() {
        let html =
            scraper::Html::parse_document("<body><div><p>Kesh <b>is</b> dry</p></div><p>Velmar</p><!-- x --></body>");
        let dom = Dom::new(&html);

        let only = |tag: &str| dom.elements().find(|(_, element)| element.name() == tag).unwrap().0;
        let (body, div) = (only("body"), only("div"));

        assert_eq!(dom.raw_text(div), "Kesh is dry");
        assert_eq!(dom.raw_text(body), "Kesh is dryVelmar");
        assert_eq!(dom.children(body).map(|id| dom.tag(id)).collect::<Vec<_>>(), ["div", "p"]);
        assert_eq!(dom.end(0), dom.len());
    }
}
