//! The parser's stack of open elements and its list of open formatting, foretold roughly.
//!
//! Rough means: never much shallower than the parser's own, so that a limit here is one there; what
//! is deeper here than there costs a hostile page some of its markup.

use std::collections::HashMap;

use super::tag::{Class, Tag};

/// Open elements at once. Browsers cap them at 512 (Blink's `kMaximumHTMLParserDOMTreeDepth`).
pub(super) const DEEPEST: usize = 400;
/// Formatting elements open at once, links left out: each may be made anew in every paragraph.
const MOST_FORMATTING: usize = 24;
/// Formatting elements made anew in one page; past that none is kept.
const MOST_REMADE: usize = 50_000;

/// What becomes of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    Drop,
}

#[derive(Clone, Copy)]
struct Open {
    class: Class,
    name: u64,
}

/// A formatting element that was opened and not closed, or the border that a cell sets to them.
#[derive(Clone, Copy, PartialEq)]
enum Active {
    Border,
    Formatting { name: u64, tag: &'static str },
}

/// What is open.
#[derive(Default)]
pub(super) struct Stack {
    open: Vec<Open>,
    active: Vec<Active>,
    /// How many tags of each name were dropped and wait for their closing tag to be dropped too.
    dropped: HashMap<u64, usize>,
    remade: usize,
    spent: bool,
}

impl Stack {
    /// Text comes: formatting that a block's end has closed is opened anew.
    pub(super) fn text(&mut self) {
        let border = self.active.iter().rposition(|active| *active == Active::Border).map_or(0, |at| at + 1);
        let active = &self.active[border..];
        if active.is_empty() {
            return;
        }
        let standing = self
            .open
            .iter()
            .rev()
            .take_while(|open| !sets_border(open.class))
            .filter(|open| matches!(open.class, Class::Formatting(_)))
            .count();
        for active in active.iter().skip(standing) {
            if let Active::Formatting { name, tag } = *active {
                self.remade += 1;
                self.open.push(Open { class: Class::Formatting(tag), name });
            }
        }
    }

    /// The closing tags of all open formatting, once too much of it was made anew; given once.
    pub(super) fn exhausted(&mut self) -> Option<String> {
        if self.spent || self.remade <= MOST_REMADE {
            return None;
        }
        self.spent = true;
        self.open.retain(|open| !matches!(open.class, Class::Formatting(_)));
        let closing = |active: Active| match active {
            Active::Formatting { tag, .. } => format!("</{tag}>"),
            Active::Border => String::new(),
        };
        Some(std::mem::take(&mut self.active).into_iter().rev().map(closing).collect())
    }

    /// An opening tag.
    pub(super) fn open(&mut self, tag: &Tag) -> Verdict {
        if matches!(tag.class, Class::Void) {
            return Verdict::Keep;
        }
        if let Class::Formatting(name) = tag.class {
            return self.open_formatting(tag, name);
        }
        match tag.class {
            Class::Inline | Class::Button | Class::Choice => self.text(),
            _ => {}
        }
        if !self.close_implied(tag) {
            return Verdict::Keep;
        }
        if self.open.len() >= DEEPEST {
            *self.dropped.entry(tag.name).or_default() += 1;
            return Verdict::Drop;
        }
        self.open.push(Open { class: tag.class, name: tag.name });
        if sets_border(tag.class) {
            self.active.push(Active::Border);
        }
        Verdict::Keep
    }

    fn open_formatting(&mut self, tag: &Tag, name: &'static str) -> Verdict {
        if self.spent {
            return Verdict::Drop;
        }
        self.text();
        let since_border = self.active.iter().rev().take_while(|active| **active != Active::Border).count();
        if name == "a" {
            self.close_formatting(tag);
        } else if since_border >= MOST_FORMATTING {
            *self.dropped.entry(tag.name).or_default() += 1;
            return Verdict::Drop;
        }
        if self.open.len() >= DEEPEST {
            *self.dropped.entry(tag.name).or_default() += 1;
            return Verdict::Drop;
        }
        self.open.push(Open { class: tag.class, name: tag.name });
        self.active.push(Active::Formatting { name: tag.name, tag: name });
        Verdict::Keep
    }

    /// Closes what an opening tag closes by itself; whether the tag opens an element at all.
    fn close_implied(&mut self, tag: &Tag) -> bool {
        match tag.class {
            Class::Paragraph | Class::Division | Class::Block | Class::List => self.close_paragraph(),
            Class::Heading => {
                self.close_paragraph();
                if self.open.last().is_some_and(|open| open.class == Class::Heading) {
                    self.open.pop();
                }
            }
            Class::Item | Class::Definition => {
                self.close_sibling(tag.class);
                self.close_paragraph();
            }
            Class::Choice if self.open.last().is_some_and(|open| open.class == Class::Choice) => {
                self.open.pop();
            }
            Class::Cell | Class::Row | Class::Rows => return self.close_cells(tag.class),
            _ => {}
        }
        true
    }

    fn close_paragraph(&mut self) {
        self.close_to(|open| open.class == Class::Paragraph, |class| is_scope(class) || class == Class::Button);
    }

    fn close_sibling(&mut self, class: Class) {
        let passes = |class: Class| {
            matches!(class, Class::Paragraph | Class::Division | Class::Formatting(_) | Class::Inline | Class::Choice)
        };
        self.close_to(|open| open.class == class, |class| !passes(class));
    }

    /// Closes the cell, row or rows before a new one; false outside of tables, where the tag is ignored.
    fn close_cells(&mut self, class: Class) -> bool {
        let Some(table) = self.open.iter().rposition(|open| open.class == Class::Table) else { return false };
        let within = self.open.get(table + 1..).unwrap_or_default();
        let at = |wanted: &[Class]| within.iter().position(|open| wanted.contains(&open.class));
        let first = match class {
            Class::Cell => at(&[Class::Cell]),
            Class::Row => at(&[Class::Row, Class::Cell]),
            _ => at(&[Class::Rows, Class::Row, Class::Cell]),
        };
        if let Some(first) = first {
            self.truncate(table + 1 + first);
        }
        true
    }

    /// A closing tag.
    pub(super) fn close(&mut self, tag: &Tag) -> Verdict {
        if let Some(waiting) = self.dropped.get_mut(&tag.name).filter(|waiting| **waiting > 0) {
            *waiting -= 1;
            return Verdict::Drop;
        }
        let same = |open: &Open| open.name == tag.name;
        match tag.class {
            Class::Void => {}
            Class::Formatting(_) if self.spent => return Verdict::Drop,
            Class::Formatting(_) => self.close_formatting(tag),
            Class::Paragraph => self.close_paragraph(),
            Class::Item => self.close_to(same, |class| is_scope(class) || class == Class::List),
            Class::Heading => self.close_to(|open| open.class == Class::Heading, is_scope),
            Class::Cell | Class::Row | Class::Rows | Class::Table => {
                self.close_to(same, |class| matches!(class, Class::Table | Class::Swallowing(_)));
            }
            Class::Inline | Class::Choice => {
                self.close_to(same, |class| !matches!(class, Class::Inline | Class::Choice | Class::Formatting(_)));
            }
            _ => self.close_to(same, is_scope),
        }
        Verdict::Keep
    }

    /// Closes down to the topmost element that is `wanted`, unless something is in between that `stops`.
    fn close_to(&mut self, wanted: impl Fn(&Open) -> bool, stops: impl Fn(Class) -> bool) {
        for at in (0..self.open.len()).rev() {
            if wanted(&self.open[at]) {
                return self.truncate(at);
            }
            if stops(self.open[at].class) {
                return;
            }
        }
    }

    fn close_formatting(&mut self, tag: &Tag) {
        let since = self.active.iter().rposition(|active| *active == Active::Border).map_or(0, |at| at + 1);
        let is_it = |active: &Active| matches!(active, Active::Formatting { name, .. } if *name == tag.name);
        if let Some(at) = self.active[since..].iter().rposition(is_it) {
            self.active.remove(since + at);
        }
        let Some(at) = self.open.iter().rposition(|open| open.name == tag.name) else { return };
        let above = &self.open[at + 1..];
        if above.iter().any(|open| is_scope(open.class)) {
            return;
        }
        if above.iter().all(|open| matches!(open.class, Class::Inline | Class::Choice | Class::Formatting(_))) {
            self.truncate(at);
        } else {
            // What stands in a block stays open there.
            self.open.remove(at);
        }
    }

    fn truncate(&mut self, length: usize) {
        for open in self.open.drain(length..) {
            if sets_border(open.class) {
                while self.active.pop().is_some_and(|active| active != Active::Border) {}
            }
        }
    }
}

/// No end of a block reaches through it.
fn is_scope(class: Class) -> bool {
    matches!(class, Class::Table | Class::Cell | Class::Barrier | Class::Swallowing(_))
}

/// Formatting that is open outside of it is not made anew inside.
fn sets_border(class: Class) -> bool {
    matches!(class, Class::Cell | Class::Barrier | Class::Swallowing(_))
}
