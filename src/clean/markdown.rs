//! Markdown (`CommonMark`) → draft: headings, paragraphs, lists and quotes; front matter and byline.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::byline;
use super::draft::{Draft, Piece, Strong, placed};
use super::hyphens::Hyphens;
use super::letters::collapse;
use super::stated;
use crate::model::{BlockKind, DroppedBlock};

/// Reads Markdown.
pub(super) fn read(text: &str) -> Draft {
    let (front, body) = front_matter(text);
    let mut reader = Reader { hyphens: Hyphens::of(body), ..Reader::default() };
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(body, options) {
        reader.event(event);
    }
    reader.flush();
    let mut draft = reader.draft;
    for (key, value) in front {
        fill(&mut draft, key, value);
    }
    draft
}

/// The `key: value` lines between two `---` at the beginning, and the rest.
fn front_matter(text: &str) -> (Vec<(&str, &str)>, &str) {
    let Some(after) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return (Vec::new(), text);
    };
    let Some((front, body)) = after.split_once("\n---") else { return (Vec::new(), text) };
    let unquoted = |value: &'_ str| value.trim().trim_matches(['"', '\'']).len();
    let pairs = front
        .lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(_, value)| unquoted(value) > 0)
        .map(|(key, value)| (key.trim(), value.trim().trim_matches(['"', '\''])))
        .collect();
    (pairs, body.trim_start_matches('-'))
}

fn fill(draft: &mut Draft, key: &str, value: &str) {
    match key.to_ascii_lowercase().as_str() {
        "title" => draft.title = Some(value.to_owned()),
        "url" | "canonical" | "link" => draft.url = Some(value.to_owned()),
        "outlet" | "site" | "publisher" => draft.outlet = Some(value.to_owned()),
        "language" | "lang" => draft.language = Some(value.to_owned()),
        "author" | "authors" | "by" => {
            let list = value.trim_matches(['[', ']']);
            draft.authors = list.split(',').map(|name| name.trim().trim_matches(['"', '\'']).to_owned()).collect();
        }
        "date" | "published" => {
            let why = stated::field("front-matter-date", "the front matter states it", "date", value);
            draft.published = stated::publication(value, why).or(draft.published.take());
        }
        "modified" | "updated" | "lastmod" => {
            let why = stated::field("front-matter-modified", "the front matter states it", "modified", value);
            draft.modified = stated::publication(value, why);
        }
        "retrieved" => draft.retrieved = stated::retrieved(value),
        _ => {}
    }
}

/// Collects the text of one block after the other.
#[derive(Default)]
struct Reader {
    draft: Draft,
    hyphens: Hyphens,
    /// A break between lines stands in it as `\n`.
    open: String,
    /// Bytes of `open` that are bold from its beginning on.
    bold: usize,
    in_bold: bool,
    /// Letters of `open` that are not in italics, and whether the reader is in italics.
    upright: usize,
    in_italics: bool,
    /// Whether a rule stands before the open block.
    ruled: bool,
    quote_depth: usize,
    item_depth: usize,
    heading: Option<u8>,
    image_depth: usize,
    /// Where the open link begins in `open`, and where it leads.
    link: Option<(usize, String)>,
    /// The links of the open block: their words and where they lead.
    links: Vec<(String, String)>,
    row: Vec<String>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.push("\n"),
            Event::Rule => {
                self.flush();
                self.ruled = true;
            }
            Event::Html(html) | Event::InlineHtml(html) => self.drop(&html, "inline-html"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong => self.in_bold = true,
            Tag::Emphasis => self.in_italics = true,
            Tag::BlockQuote(_) => {
                self.flush();
                self.quote_depth += 1;
            }
            Tag::Item => {
                self.flush();
                self.item_depth += 1;
            }
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(*level as u8);
            }
            Tag::Image { .. } => self.image_depth += 1,
            Tag::Link { dest_url, .. } => self.link = Some((self.open.len(), dest_url.to_string())),
            Tag::Paragraph | Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock => self.flush(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.in_bold = false,
            TagEnd::Emphasis => self.in_italics = false,
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quote_depth = self.quote_depth.saturating_sub(1);
            }
            TagEnd::Item => {
                self.flush();
                self.item_depth = self.item_depth.saturating_sub(1);
            }
            TagEnd::Link => {
                let link =
                    self.link.take().filter(|(_, url)| url.starts_with("http://") || url.starts_with("https://"));
                if let Some((from, url)) = link {
                    self.links.push((collapse(&self.hyphens.one_line(&self.open[from..])), url));
                }
            }
            TagEnd::Image => self.image_depth = self.image_depth.saturating_sub(1),
            TagEnd::TableCell => {
                let cell = collapse(&std::mem::take(&mut self.open));
                self.row.push(cell);
            }
            TagEnd::TableRow | TagEnd::TableHead => {
                let row = std::mem::take(&mut self.row).join(" | ");
                self.draft.pieces.push(Piece::plain(BlockKind::Table, row));
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.open.push_str(text);
        self.upright += if self.in_italics { 0 } else { text.trim().len() };
        if self.in_bold && self.bold + text.len() == self.open.len() {
            self.bold = self.open.len();
        }
    }

    fn drop(&mut self, text: &str, reason: &str) {
        if !text.trim().is_empty() {
            self.draft.dropped.push(DroppedBlock { text: text.trim().to_owned(), reason: reason.into() });
        }
    }

    /// Ends the open block.
    fn flush(&mut self) {
        let text = collapse(&self.hyphens.one_line(&std::mem::take(&mut self.open)));
        let (bold, heading) = (std::mem::take(&mut self.bold), self.heading.take());
        let slanted = std::mem::take(&mut self.upright) == 0;
        let links = placed(std::mem::take(&mut self.links), &text);
        if text.is_empty() {
            return;
        }
        if heading == Some(1) && self.draft.title.is_none() && self.draft.pieces.is_empty() {
            self.draft.title = Some(text);
            return;
        }
        if self.draft.pieces.is_empty()
            && let Some(found) = byline::parse(&text)
        {
            self.draft.authors = found.authors;
            self.draft.outlet = found.outlet;
            self.draft.published = found.published;
            self.drop(&text, "byline");
            return;
        }
        let kind = match (heading, self.quote_depth, self.item_depth) {
            (Some(_), ..) => BlockKind::Heading,
            (None, 1.., _) => BlockKind::Quote,
            (None, 0, 1..) => BlockKind::ListItem,
            (None, 0, 0) => BlockKind::Paragraph,
        };
        let strong = match bold {
            0 => Strong::None,
            bold if bold >= text.len() => Strong::Whole,
            bold => Strong::Lead(bold),
        };
        let after_rule = std::mem::take(&mut self.ruled);
        self.draft.pieces.push(Piece { strong, slanted, after_rule, links, ..Piece::plain(kind, text) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use BlockKind::{Heading, ListItem, Paragraph, Quote};

    #[test]
    fn title_byline_and_kinds_are_told_apart() {
        let draft = read(
            "# What Velmar did not sign\n\nBy Teodor Ashby · Summit Monitor · 15 September 2023\n\n\
             ## The gauge\n\nNobody *disputes* it.\n\n> A chorus.\n\n- one\n- two\n",
        );

        let kinds: Vec<BlockKind> = draft.pieces.iter().map(|piece| piece.kind).collect();
        assert_eq!(draft.title.as_deref(), Some("What Velmar did not sign"));
        assert_eq!(draft.authors, ["Teodor Ashby"]);
        assert_eq!(draft.pieces[1].text, "Nobody disputes it.");
        assert_eq!(kinds, [Heading, Paragraph, Quote, ListItem, ListItem]);
    }

    #[test]
    fn a_link_is_kept_with_its_words() {
        let draft = read("They read  [the *treaty*](https://velmar.example/t), and [the list](list.md).");

        let link = &draft.pieces[0].links[0];
        assert_eq!(&draft.pieces[0].text[link.0.clone()], "the treaty");
        assert_eq!((link.1.as_str(), draft.pieces[0].links.len()), ("https://velmar.example/t", 1));
    }

    #[test]
    fn front_matter_fills_the_metadata() {
        let draft =
            read("---\ntitle: \"On gauges\"\nauthors: [Teodor Ashby]\ndate: 2023-09-15T08:00:00Z\n---\nText.\n");

        assert_eq!(draft.title.as_deref(), Some("On gauges"));
        assert_eq!(draft.published.unwrap().edtf(), "2023-09-15");
    }
}
