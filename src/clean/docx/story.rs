//! The running text of a document's part: its paragraphs with kinds, in reading order.
//!
//! Paragraphs, tables and text boxes stand in each other to any depth; a row of open containers keeps
//! them apart. Insertions under review are text, deletions are not (ECMA-376, part 1, 17.13.5).

use std::collections::{BTreeMap, HashMap};

use super::styles::{self, Style, Styles};
use super::xml::{self, Attributes, Step};
use crate::clean::draft::{Piece, Strong};
use crate::clean::letters::collapse;
use crate::model::BlockKind;

/// Elements whose whole content is not read: deleted or moved away, the copy of a text box for old
/// programs, what a property was before, phonetic guides, placeholders' properties.
const SKIPPED: &[&str] = &[
    "del",
    "moveFrom",
    "Fallback",
    "delText",
    "delInstrText",
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "sectPr",
    "rt",
    "sdtPr",
    "docPartPr",
];

/// Fields within fields; an address within a date within an index is three.
const DEEPEST_FIELD: usize = 32;

/// A paragraph, and its style.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) piece: Piece,
    pub(super) style: Style,
}

/// The text of a part.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) told: Vec<Told>,
    /// Bytes of text in each language that runs of it name.
    languages: BTreeMap<String, usize>,
    unnamed: usize,
}

impl Story {
    /// Reads a part; nothing where there is none.
    pub(super) fn read(xml: &str, styles: &Styles, links: &HashMap<String, String>) -> Result<Self, String> {
        let mut reader = Reader {
            styles,
            links,
            open: Vec::new(),
            story: Self::default(),
            skipped: 0,
            run: Run::default(),
            in_text: false,
            field: Vec::new(),
        };
        if !xml.trim().is_empty() {
            xml::walk(xml, |step| reader.step(&step))?;
        }
        Ok(reader.story)
    }

    /// The language of most of its text, where its runs name it.
    pub(super) fn language(&self) -> Option<String> {
        let (language, most) = self.languages.iter().max_by_key(|(_, bytes)| **bytes)?;
        (*most > self.unnamed).then(|| language.clone())
    }
}

/// What stands open around a step.
enum Container {
    Paragraph(Paragraph),
    Table { rows: Vec<Vec<Vec<Told>>> },
}

/// A paragraph as far as it is read.
#[derive(Default)]
struct Paragraph {
    text: String,
    /// Bytes of `text` from its beginning that are bold.
    bold: usize,
    style: Option<Style>,
    is_item: bool,
    /// Open links: where each began, and its address.
    opened: Vec<(usize, Option<String>)>,
    links: Vec<(String, String)>,
    /// What stands in its text boxes, and after its double line breaks.
    after: Vec<Told>,
    /// Its properties are being read.
    in_properties: bool,
    breaks: usize,
}

/// A run's properties.
#[derive(Default)]
struct Run {
    bold: bool,
    hidden: bool,
    language: Option<String>,
    /// Its properties are being read.
    in_properties: bool,
}

/// A field: `HYPERLINK "address"` between `begin` and `separate`, then the words up to `end` (17.16.18).
#[derive(Default)]
struct Field {
    code: String,
    shown: bool,
    is_link: bool,
}

struct Reader<'a> {
    styles: &'a Styles,
    links: &'a HashMap<String, String>,
    open: Vec<Container>,
    story: Story,
    /// How many skipped elements are open.
    skipped: usize,
    run: Run,
    in_text: bool,
    field: Vec<Field>,
}

impl Reader<'_> {
    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open(name, _) if SKIPPED.contains(name) => self.skipped += 1,
            Step::Close(name) if SKIPPED.contains(name) => self.skipped = self.skipped.saturating_sub(1),
            _ if self.skipped > 0 => {}
            Step::Open(name, attributes) => self.begin(name, attributes),
            Step::Close(name) => self.end(name),
            Step::Text(text) => self.text(text),
        }
    }

    fn begin(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "p" => self.open.push(Container::Paragraph(Paragraph::default())),
            "tbl" => self.open.push(Container::Table { rows: Vec::new() }),
            "tr" | "tc" => {
                if let Some(Container::Table { rows }) = self.open.last_mut() {
                    match (name, rows.last_mut()) {
                        ("tc", Some(row)) => row.push(Vec::new()),
                        _ => rows.push(Vec::new()),
                    }
                }
            }
            "r" => self.run = Run::default(),
            "t" => self.in_text = true,
            "tab" | "ptab" if !self.in_properties() => self.push(" "),
            "br" | "cr" => self.line_break(),
            "noBreakHyphen" => self.push("-"),
            "hyperlink" => {
                let address = attributes.get("id").and_then(|id| self.links.get(&id).cloned());
                self.open_link(address);
            }
            "fldChar" => self.field_mark(&attributes.get("fldCharType").unwrap_or_default()),
            "fldSimple" => {
                let address = address(&attributes.get("instr").unwrap_or_default());
                self.open_link(address);
            }
            "rPr" if !self.in_properties() => self.run.in_properties = true,
            "pPr" => self.with_paragraph(|paragraph| paragraph.in_properties = true),
            _ => self.property(name, attributes),
        }
    }

    /// Properties of the open paragraph, or of the open run. A paragraph's own `rPr` is that of its mark.
    fn property(&mut self, name: &str, attributes: &Attributes<'_>) {
        let value = attributes.get("val").unwrap_or_default();
        let styles = self.styles;
        if self.run.in_properties {
            match name {
                "b" => self.run.bold = attributes.is_on(),
                "vanish" | "webHidden" => self.run.hidden = attributes.is_on(),
                "lang" => self.run.language = Some(value),
                "rStyle" if value == "Strong" => self.run.bold = true,
                "rStyle" if value == "PlaceholderText" => self.run.hidden = true,
                _ => {}
            }
            return;
        }
        self.with_paragraph(|paragraph| match name {
            _ if !paragraph.in_properties => {}
            "pStyle" => paragraph.style = Some(styles.get(&value)),
            "outlineLvl" => paragraph.style = styles::heading(&value).or(paragraph.style),
            "numId" => paragraph.is_item = value != "0",
            _ => {}
        });
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "tbl" => self.end_table(),
            "t" => self.in_text = false,
            "r" => self.run = Run::default(),
            "rPr" => self.run.in_properties = false,
            "pPr" => self.with_paragraph(|paragraph| paragraph.in_properties = false),
            "hyperlink" | "fldSimple" => self.with_paragraph(Paragraph::close_link),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.push(text);
        } else if let Some(field) = self.field.last_mut().filter(|field| !field.shown) {
            // Only a field's code stands outside of `t` in a run, and no code is long.
            const LONGEST_CODE: usize = 4096;
            if field.code.len() + text.len() <= LONGEST_CODE {
                field.code.push_str(text);
            }
        }
    }

    fn push(&mut self, text: &str) {
        if self.run.hidden || self.field.iter().any(|field| !field.shown) {
            return;
        }
        match &self.run.language {
            Some(language) => match self.story.languages.get_mut(language) {
                Some(bytes) => *bytes += text.len(),
                None => {
                    self.story.languages.insert(language.clone(), text.len());
                }
            },
            None => self.story.unnamed += text.len(),
        }
        let bold = self.run.bold;
        self.with_paragraph(|paragraph| {
            let whole = paragraph.bold == paragraph.text.len();
            paragraph.text.push_str(text);
            if whole && (bold || text.trim().is_empty()) {
                paragraph.bold = paragraph.text.len();
            }
            paragraph.breaks = if text.trim().is_empty() { paragraph.breaks } else { 0 };
        });
    }

    /// One break is a space; two in a row part paragraphs, as pasted pages have it.
    fn line_break(&mut self) {
        self.push(" ");
        let mut parted = None;
        self.with_paragraph(|paragraph| {
            paragraph.breaks += 1;
            if paragraph.breaks == 2 && paragraph.opened.is_empty() {
                let rest = Paragraph { style: paragraph.style, is_item: paragraph.is_item, ..Paragraph::default() };
                let mut ended = std::mem::replace(paragraph, rest);
                paragraph.after = std::mem::take(&mut ended.after);
                parted = ended.told();
            }
        });
        if let Some(told) = parted {
            // It stands before the paragraph that goes on, and so in what is around that one.
            let own = self.open.pop();
            self.give(told);
            self.open.extend(own);
        }
    }

    fn open_link(&mut self, address: Option<String>) {
        self.with_paragraph(|paragraph| paragraph.opened.push((paragraph.text.len(), address)));
    }

    fn field_mark(&mut self, mark: &str) {
        match mark {
            "begin" if self.field.len() < DEEPEST_FIELD => self.field.push(Field::default()),
            "separate" => {
                let Some(field) = self.field.last_mut() else { return };
                field.shown = true;
                if let Some(address) = address(&field.code) {
                    field.is_link = true;
                    self.open_link(Some(address));
                }
            }
            "end" if self.field.pop().is_some_and(|field| field.is_link) => {
                self.with_paragraph(Paragraph::close_link);
            }
            _ => {}
        }
    }

    fn in_properties(&self) -> bool {
        self.run.in_properties
            || matches!(self.open.last(), Some(Container::Paragraph(paragraph)) if paragraph.in_properties)
    }

    /// Does something with the open paragraph, if one is.
    fn with_paragraph(&mut self, act: impl FnOnce(&mut Paragraph)) {
        if let Some(Container::Paragraph(paragraph)) = self.open.last_mut() {
            act(paragraph);
        }
    }

    fn end_paragraph(&mut self) {
        // Fields do not outlive their paragraph, but for those of a table of contents, which hide nothing.
        self.field.retain(|field| field.shown && !field.is_link);
        let Some(Container::Paragraph(mut paragraph)) =
            self.open.pop_if(|open| matches!(open, Container::Paragraph(_)))
        else {
            return;
        };
        let after = std::mem::take(&mut paragraph.after);
        for told in paragraph.told().into_iter().chain(after) {
            self.give(told);
        }
    }

    /// A table of one column is layout, its cells' paragraphs are text; of any other each row is a piece.
    fn end_table(&mut self) {
        let Some(Container::Table { rows }) = self.open.pop_if(|open| matches!(open, Container::Table { .. })) else {
            return;
        };
        if rows.iter().all(|row| row.len() <= 1) {
            for told in rows.into_iter().flatten().flatten() {
                self.give(told);
            }
            return;
        }
        for told in rows.into_iter().filter_map(row) {
            self.give(told);
        }
    }

    /// Puts a paragraph into what stands open around it.
    fn give(&mut self, told: Told) {
        let into = match self.open.last_mut() {
            None => &mut self.story.told,
            Some(Container::Paragraph(paragraph)) => &mut paragraph.after,
            Some(Container::Table { rows }) => match rows.last_mut().and_then(|row| row.last_mut()) {
                Some(cell) => cell,
                None => return,
            },
        };
        into.push(told);
    }
}

/// A row as one piece, its cells joined by ` | `.
fn row(cells: Vec<Vec<Told>>) -> Option<Told> {
    let mut whole = Piece::plain(BlockKind::Table, "");
    for (nth, cell) in cells.into_iter().enumerate() {
        if nth > 0 {
            whole.text.push_str(" | ");
        }
        for (nth, told) in cell.into_iter().enumerate() {
            if nth > 0 {
                whole.text.push(' ');
            }
            let from = whole.text.len();
            whole.text.push_str(&told.piece.text);
            whole.links.extend(told.piece.links.into_iter().map(|(at, url)| (at.start + from..at.end + from, url)));
        }
    }
    let holds = whole.text.chars().any(|c| c != '|' && c != ' ');
    holds.then_some(Told { piece: whole, style: Style::Body })
}

impl Paragraph {
    fn close_link(&mut self) {
        let Some((from, Some(url))) = self.opened.pop() else { return };
        let words = collapse(self.text.get(from..).unwrap_or(""));
        if self.opened.is_empty() && (url.starts_with("http://") || url.starts_with("https://")) {
            self.links.push((words, url));
        }
    }

    fn told(self) -> Option<Told> {
        let text = collapse(&self.text);
        let style = match self.style.unwrap_or_default() {
            Style::Body if self.is_item => Style::ListItem,
            style => style,
        };
        let kind = match style {
            Style::Title | Style::Heading(_) => BlockKind::Heading,
            Style::ListItem => BlockKind::ListItem,
            Style::Quote => BlockKind::Quote,
            Style::Caption => BlockKind::Caption,
            Style::Body | Style::Contents => BlockKind::Paragraph,
        };
        let bold = collapse(self.text.get(..self.bold).unwrap_or("")).len();
        let strong = match bold {
            0 => Strong::None,
            bold if bold >= text.len() => Strong::Whole,
            bold => Strong::Lead(bold),
        };
        let links = crate::clean::draft::placed(self.links, &text);
        (!text.is_empty()).then(|| Told { piece: Piece { strong, links, ..Piece::plain(kind, text) }, style })
    }
}

/// The address in a field's code.
fn address(code: &str) -> Option<String> {
    let rest = code.trim().strip_prefix("HYPERLINK")?.trim_start().strip_prefix('"')?;
    rest.split_once('"').map(|(address, _)| address.to_owned())
}
