//! The page's text as lines: what a reader sees as one paragraph, heading, item or label.
//!
//! For marking, choosing and building pieces, which all speak of lines and of ranges of lines: each
//! element covers a run of them. Lines of furniture are among them, so that what is dropped can be told.

use std::ops::Range;

use super::dom::{Dom, Id, attr};
use super::mend::{is_broken, mend};
use super::names::{self, Signs};
use super::ranges::{covered, extend, head, lead, parts, strong, within};
use crate::clean::draft::{Said, Strong};
use crate::clean::hyphens::Hyphens;
use crate::clean::letters::{is_invisible, is_space};
use crate::model::BlockKind;

/// One line of text.
pub(super) struct Line {
    /// White space collapsed, never empty.
    pub(super) text: String,
    /// The text node it begins with.
    pub(super) node: Id,
    /// What its markup makes of it.
    pub(super) kind: BlockKind,
    /// Bytes of it that are link text, spaces not counted.
    pub(super) linked: usize,
    /// Its link texts, bytes of `text`, and the anchors that they stand in.
    pub(super) anchors: Vec<(Range<usize>, Id)>,
    /// Bytes of the link that it begins with; 0 where it begins with none.
    pub(super) lead_link: usize,
    /// Bytes of it, spaces not counted.
    pub(super) letters: usize,
    /// How much of it is bold.
    pub(super) strong: Strong,
    /// Bytes of its bold head, which a break parts from the rest; 0 where it has none.
    pub(super) head: usize,
    /// Whether all of it is in italics.
    pub(super) slanted: bool,
    /// Whether its element says that it introduces the article.
    pub(super) standfirst: bool,
    /// Whether an `<hr>` stands before it.
    pub(super) after_rule: bool,
    /// What its element's names call it, a question or an answer.
    pub(super) said: Option<Said>,
    /// The rule by which it is furniture, if it is.
    pub(super) furniture: Option<&'static str>,
}

impl Line {
    /// How much of it reads like running text: its length, or 0 for labels, links and headings.
    pub(super) fn prose(&self) -> usize {
        let running = matches!(self.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem);
        let length = self.text.len();
        if !running || length < 40 || self.linked * 2 > self.letters {
            return 0;
        }
        let closed = self.text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']).ends_with(is_stop);
        if closed || length >= 120 { length } else { 0 }
    }

    /// Whether its folded name may be `folded`, by its length, which folding changes little, and by the first
    /// letter: folding is dear.
    pub(super) fn may_fold_to(&self, folded: &str) -> bool {
        let first = self.text.bytes().find(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        let begins =
            first.is_none_or(|first| !first.is_ascii() || folded.bytes().next() == Some(first.to_ascii_lowercase()));
        begins && self.text.len() <= 2 * folded.len() + 8 && folded.len() <= 2 * self.text.len() + 8
    }

    /// Whether nothing but a link stands on it.
    pub(super) fn is_link(&self) -> bool {
        self.linked * 10 >= self.letters * 9
    }

    /// Whether it ends as a sentence does.
    pub(super) fn ends_sentence(&self) -> bool {
        self.text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']).ends_with(is_stop)
    }
}

/// What ends a sentence or introduces one.
pub(super) fn is_stop(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '…' | ':' | ';' | '。' | '！' | '？' | '।' | '؟' | '۔')
}

/// Every line of the page, with what can be asked of a run of them.
pub(super) struct Lines {
    /// In document order.
    pub(super) all: Vec<Line>,
    /// Elements whose names or tags say that they are furniture, with the rule.
    pub(super) marks: Vec<(Id, &'static str)>,
    /// Elements whose names say that they hold an article's body.
    pub(super) bodies: Vec<Id>,
    /// Prose in the lines before each, furniture left out.
    before: Vec<usize>,
}

impl Lines {
    /// Reads the page once.
    pub(super) fn read(dom: &Dom<'_>) -> Self {
        let mut reader = Reader::new(dom);
        reader.run();
        let mut lines = Self { all: reader.lines, marks: reader.marks, bodies: reader.bodies, before: Vec::new() };
        lines.sum();
        lines
    }

    /// Takes every mark from the lines.
    pub(super) fn unmark(&mut self) {
        for line in &mut self.all {
            line.furniture = None;
        }
        self.sum();
    }

    /// Counts the prose anew, after lines were marked.
    pub(super) fn sum(&mut self) {
        let mut sum = 0;
        self.before.clear();
        self.before.push(0);
        for line in &self.all {
            sum += if line.furniture.is_none() { line.prose() } else { 0 };
            self.before.push(sum);
        }
    }

    /// The lines inside an element.
    pub(super) fn of(&self, dom: &Dom<'_>, id: Id) -> Range<usize> {
        let end = dom.end(id);
        self.all.partition_point(|line| line.node < id)..self.all.partition_point(|line| line.node < end)
    }

    /// The line in which an element begins.
    pub(super) fn at(&self, dom: &Dom<'_>, id: Id) -> usize {
        let first =
            (id..dom.end(id)).find(|id| dom.text(*id).is_some_and(|text| !text.trim().is_empty())).unwrap_or(id);
        self.all.partition_point(|line| line.node <= first).saturating_sub(1)
    }

    /// How much prose stands in a run of lines.
    pub(super) fn prose(&self, range: &Range<usize>) -> usize {
        let at = |index: usize| self.before.get(index).copied().unwrap_or(0);
        at(range.end).saturating_sub(at(range.start))
    }

    /// The lines of a run.
    pub(super) fn slice(&self, range: Range<usize>) -> &[Line] {
        self.all.get(range).unwrap_or_default()
    }
}

/// An element of more text than this, in bytes, is no caption, whatever its name.
const LONGEST_CAPTION: usize = 1500;

/// Between the cells of a row.
const CELLS: &str = " | ";

/// What an element does to the text in it.
enum Flow {
    /// Nothing in it is read.
    Unread,
    /// It begins and ends a line.
    Block,
    /// It breaks a line.
    Break,
    /// It stands within a line.
    Inline,
}

fn flow(tag: &str) -> Flow {
    match tag {
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "head" | "iframe" | "object" | "embed"
        | "select" | "datalist" | "button" | "input" | "textarea" | "canvas" | "audio" | "video" | "map" | "title"
        | "noframes" => Flow::Unread,
        "br" => Flow::Break,
        "html" | "body" | "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "blockquote"
        | "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" | "caption" | "section" | "article" | "header"
        | "footer" | "aside" | "main" | "nav" | "figure" | "figcaption" | "pre" | "hr" | "dl" | "dt" | "dd"
        | "form" | "fieldset" | "legend" | "address" | "center" | "details" | "summary" | "dialog" | "menu"
        | "hgroup" | "search" | "dir" | "amp-img" | "picture" => Flow::Block,
        _ => Flow::Inline,
    }
}

/// An element that is open while the page is read.
#[expect(clippy::struct_excessive_bools, reason = "what an element is, and what its ancestors are")]
struct Open {
    end: Id,
    block: bool,
    kind: BlockKind,
    /// The anchor around it.
    link: Option<Id>,
    bold: bool,
    italic: bool,
    standfirst: bool,
    said: Option<Said>,
    /// For a table's row: the index of its first line.
    row: Option<usize>,
}

/// Walks the page and gathers lines.
struct Reader<'d, 'h> {
    dom: &'d Dom<'h>,
    open: Vec<Open>,
    current: Gathered,
    /// Whether an `<hr>` stands before the next line.
    ruled: bool,
    lines: Vec<Line>,
    marks: Vec<(Id, &'static str)>,
    bodies: Vec<Id>,
    /// The page's words, read once a word is broken over a `<br>`.
    hyphens: Option<Hyphens>,
}

/// A line in the making; a single `<br>` stands in it as `\n`.
#[derive(Default)]
struct Gathered {
    text: String,
    node: Id,
    linked: Vec<Range<usize>>,
    anchors: Vec<(Range<usize>, Id)>,
    bold: Vec<Range<usize>>,
    italic: Vec<Range<usize>>,
}

impl Gathered {
    /// Makes words whole that are broken over a `<br>`.
    fn mend(&mut self, hyphens: &Hyphens) {
        let cuts = mend(&mut self.text, hyphens);
        cuts.follow(self.linked.iter_mut().chain(&mut self.bold).chain(&mut self.italic));
        cuts.follow(self.anchors.iter_mut().map(|(range, _)| range));
    }
}

impl<'d, 'h> Reader<'d, 'h> {
    fn new(dom: &'d Dom<'h>) -> Self {
        Self {
            dom,
            open: Vec::new(),
            current: Gathered::default(),
            ruled: false,
            lines: Vec::new(),
            marks: Vec::new(),
            bodies: Vec::new(),
            hyphens: None,
        }
    }

    fn run(&mut self) {
        let mut id = 1;
        while id < self.dom.len() {
            while self.open.last().is_some_and(|open| open.end <= id) {
                self.close();
            }
            if let Some(text) = self.dom.text(id) {
                self.push_text(id, text);
                id += 1;
                continue;
            }
            id = self.open(id);
        }
        while !self.open.is_empty() {
            self.close();
        }
        self.flush();
    }

    /// Enters an element; gives the next node to read.
    fn open(&mut self, id: Id) -> Id {
        let tag = self.dom.tag(id);
        let mut signs = match flow(tag) {
            Flow::Unread => return self.dom.end(id),
            Flow::Break => {
                self.line_break();
                return id + 1;
            }
            _ if matches!(tag, "html" | "body") => Signs::default(),
            _ => self.dom.element(id).map(names::signs).unwrap_or_default(),
        };
        let above = self.open.last();
        let kind = above.map_or(BlockKind::Paragraph, |open| open.kind);
        if self.dom.text_length(id) > LONGEST_CAPTION {
            (signs.caption, signs.credit) = (false, false);
        }
        let captioned = (signs.caption || signs.credit) && !matches!(kind, BlockKind::Caption | BlockKind::Credit);
        let mark =
            signs.furniture.or(tag_furniture(tag)).filter(|_| !matches!(tag, "html" | "body" | "article" | "main"));
        if let Some(rule) = mark {
            self.marks.push((id, rule));
        }
        if signs.body && matches!(flow(tag), Flow::Block) {
            self.bodies.push(id);
        }
        let block = captioned
            || matches!(flow(tag), Flow::Block)
            || (mark.is_some() && tag != "a" && tag != "b" && tag != "em");
        if block {
            self.flush();
            self.ruled |= tag == "hr";
        } else if signs.credit && self.current.text.ends_with(|last: char| !last.is_whitespace()) {
            // A maker's name is set apart from the caption by style alone.
            self.current.text.push(' ');
        }
        let above = self.open.last();
        self.open.push(Open {
            end: self.dom.end(id),
            block,
            kind: kind_within(kind, tag, &signs),
            // An anchor that only names a place, often left open, links nowhere.
            link: (tag == "a" && self.dom.element(id).is_some_and(|element| attr(element, "href").is_some()))
                .then_some(id)
                .or_else(|| above.and_then(|open| open.link)),
            bold: matches!(tag, "b" | "strong") || above.is_some_and(|open| open.bold),
            italic: matches!(tag, "i" | "em") || above.is_some_and(|open| open.italic),
            said: signs.said.or_else(|| above.and_then(|open| open.said)),
            standfirst: signs.standfirst || above.is_some_and(|open| open.standfirst),
            row: (tag == "tr").then_some(self.lines.len()),
        });
        id + 1
    }

    fn close(&mut self) {
        if self.open.last().is_some_and(|open| open.block) {
            self.flush();
        }
        let Some(closed) = self.open.pop() else { return };
        if let Some(first) = closed.row {
            self.join_row(first);
        }
    }

    fn push_text(&mut self, id: Id, text: &str) {
        let ascii = text.is_ascii();
        let mut rest = text;
        loop {
            let end = if ascii {
                rest.bytes().position(|byte| matches!(byte, b'\t'..=b'\r' | b' '))
            } else {
                rest.find(is_space)
            };
            let word = &rest[..end.unwrap_or(rest.len())];
            if !word.is_empty() {
                self.push_word(id, word);
            }
            let Some(space) = end.and_then(|end| rest[end..].chars().next()) else { return };
            rest = &rest[word.len() + space.len_utf8()..];
            if !self.current.text.is_empty() && !self.current.text.ends_with([' ', '\n']) {
                self.current.text.push(' ');
            }
        }
    }

    /// Letters without white space among them.
    fn push_word(&mut self, id: Id, word: &str) {
        let open = self.open.last();
        let (bold, italic) = open.map_or((false, false), |open| (open.bold, open.italic));
        let current = &mut self.current;
        let from = current.text.len();
        if word.is_ascii() && !word.bytes().any(|byte| byte.is_ascii_control()) {
            current.text.push_str(word);
        } else {
            current.text.extend(word.chars().filter(|letter| !is_invisible(*letter)));
        }
        let to = current.text.len();
        if from == to {
            return;
        }
        if from == 0 {
            current.node = id;
        }
        if let Some(anchor) = open.and_then(|open| open.link) {
            extend(&mut current.linked, from..to);
            match current.anchors.last_mut() {
                Some((range, last)) if *last == anchor => range.end = to,
                _ => current.anchors.push((from..to, anchor)),
            }
        }
        if bold {
            extend(&mut current.bold, from..to);
        }
        if italic {
            extend(&mut current.italic, from..to);
        }
    }

    /// A second break in a row ends the line.
    fn line_break(&mut self) {
        let text = &mut self.current.text;
        text.truncate(text.trim_end_matches(' ').len());
        if text.ends_with('\n') {
            self.flush();
        } else if !text.is_empty() {
            text.push('\n');
        }
    }

    /// Ends the line that is gathered, and splits it at single breaks between whole sentences.
    fn flush(&mut self) {
        let mut gathered = std::mem::take(&mut self.current);
        if is_broken(&gathered.text) {
            let texts = || (0..self.dom.len()).filter_map(|id| self.dom.text(id));
            gathered.mend(self.hyphens.get_or_insert_with(|| Hyphens::of_pieces(texts())));
        }
        let text = gathered.text.trim_end();
        if text.is_empty() {
            return;
        }
        let open = self.open.last();
        let (kind, standfirst, said) =
            open.map_or((BlockKind::Paragraph, false, None), |open| (open.kind, open.standfirst, open.said));
        for part in parts(text) {
            let text_of = text[part.clone()].replace('\n', " ");
            let line = Line {
                letters: text_of.bytes().filter(|byte| *byte != b' ').count(),
                text: text_of,
                node: gathered.node,
                kind,
                linked: covered(&gathered.linked, &part),
                anchors: within(&gathered.anchors, &part),
                lead_link: lead(&gathered.linked, &part),
                strong: strong(&gathered.bold, &part, text),
                head: head(&gathered.bold, &part, text),
                slanted: strong(&gathered.italic, &part, text) == Strong::Whole,
                standfirst,
                after_rule: std::mem::take(&mut self.ruled),
                said,
                furniture: None,
            };
            self.lines.push(line);
        }
    }

    /// Joins the cells of a table's row, where they are short: a table of data, not of layout.
    fn join_row(&mut self, first: usize) {
        let Some(cells) = self.lines.get(first..).filter(|cells| cells.len() > 1) else { return };
        let plain = |line: &Line| line.text.len() <= 160 && matches!(line.kind, BlockKind::Paragraph);
        if !cells.iter().all(plain) || cells.iter().all(Line::is_link) {
            return;
        }
        let mut anchors = Vec::new();
        let mut from = 0;
        for cell in cells {
            anchors.extend(cell.anchors.iter().map(|(at, id)| (at.start + from..at.end + from, *id)));
            from += cell.text.len() + CELLS.len();
        }
        let joined = Line {
            text: cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(CELLS),
            node: cells[0].node,
            kind: BlockKind::Table,
            linked: cells.iter().map(|cell| cell.linked).sum(),
            anchors,
            lead_link: 0,
            letters: cells.iter().map(|cell| cell.letters).sum(),
            strong: Strong::None,
            head: 0,
            slanted: false,
            standfirst: false,
            after_rule: false,
            said: None,
            furniture: None,
        };
        self.lines.truncate(first);
        self.lines.push(joined);
    }
}

/// What stands in an element of this tag and these names, within something of `kind`.
fn kind_within(kind: BlockKind, tag: &str, signs: &Signs) -> BlockKind {
    if matches!(kind, BlockKind::Caption | BlockKind::Credit) {
        return if signs.credit && matches!(flow(tag), Flow::Block) { BlockKind::Credit } else { kind };
    }
    match tag {
        "figcaption" | "caption" => BlockKind::Caption,
        _ if signs.caption => BlockKind::Caption,
        _ if signs.credit => BlockKind::Credit,
        // A quotation set large is still a quotation.
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if kind != BlockKind::Quote => BlockKind::Heading,
        "li" | "dd" | "dt" => BlockKind::ListItem,
        "blockquote" => BlockKind::Quote,
        _ => kind,
    }
}

/// Elements that are furniture by what HTML says of them.
fn tag_furniture(tag: &str) -> Option<&'static str> {
    match tag {
        "nav" | "menu" | "dir" => Some("navigation"),
        "footer" => Some("footer"),
        "aside" => Some("aside"),
        "form" | "fieldset" | "dialog" | "search" => Some("form"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(html: &str) -> Vec<(BlockKind, String)> {
        let html = scraper::Html::parse_document(html);
        Lines::read(&Dom::new(&html)).all.into_iter().map(|line| (line.kind, line.text)).collect()
    }

    #[test]
    fn inline_markup_neither_loses_nor_adds_spaces() {
        let lines = lines("<p>The <b>rail</b>way&nbsp;of <i>Kas\u{ad}tria</i>, <a>1,140</a> km</p>");

        assert_eq!(lines, [(BlockKind::Paragraph, "The railway of Kastria, 1,140 km".into())]);
    }

    #[test]
    fn two_breaks_end_a_paragraph_and_one_is_a_space() {
        let lines = lines("<div>One line<br>goes on<br> <br/>Another</div>");

        assert_eq!(lines.iter().map(|line| line.1.as_str()).collect::<Vec<_>>(), ["One line goes on", "Another"]);
    }

    #[test]
    fn a_single_break_between_sentences_parts_turns_of_a_transcript() {
        let lines = lines("<div>LD: Will the line reach Kesh by 2027?<br>Osmonov: It will, if the water comes.</div>");

        assert_eq!(lines.len(), 2);
    }

    #[test]
    fn a_row_of_data_is_one_line_and_a_layout_table_is_not() {
        let data = lines("<table><tr><th>State</th><th>Share</th></tr><tr><td>Kastria</td><td>40 %</td></tr></table>");
        let layout = lines(&format!("<table><tr><td>Menu</td><td>{}</td></tr></table>", "Long text. ".repeat(30)));

        assert_eq!(data[1], (BlockKind::Table, "Kastria | 40 %".into()));
        assert_eq!(layout.len(), 2);
    }

    #[test]
    fn a_credit_is_parted_from_its_caption() {
        let lines = lines("<figcaption>The yard at Velmar<span class=credit>© Jonas Pell</span></figcaption>");

        assert_eq!(lines[0].1, "The yard at Velmar © Jonas Pell");
    }

    #[test]
    fn bold_beginnings_are_measured() {
        let html = scraper::Html::parse_document("<p><b>LD:</b> Why?</p><p><b>Whole</b> <strong>line</strong></p>");
        let strong: Vec<Strong> = Lines::read(&Dom::new(&html)).all.into_iter().map(|line| line.strong).collect();

        assert_eq!(strong, [Strong::Lead(3), Strong::Whole]);
    }
}
