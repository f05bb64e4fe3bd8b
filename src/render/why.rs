//! A passage's text with the parts of its attributions marked, and a legend of the reasons below it.
//!
//! On a colour terminal a part is told by its style and a number before it; elsewhere by brackets,
//! `[content 1| … |1]`, and a bracket, bar or backslash of the text itself stands behind a backslash.

use std::collections::VecDeque;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::style::{ASIDE, MATCH, SPEAKER, STRONG, styled, wrapped, wrapped_in};
use crate::model::{Overridden, Span, Target, single_line};
use crate::view::{Mark, PassageReasons, PlacedEvidence, Reasoned};

/// Columns before a reason.
const INDENT: &str = "    ";
/// What a cue looks like.
const CUE: Style = AnsiColor::Green.on_default().bold();
/// What any other part looks like.
const OTHER: Style = AnsiColor::Magenta.on_default().underline();

/// How marked words are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// By colours.
    Styles,
    /// By brackets.
    Brackets,
}

fn style_of(part: &str) -> Style {
    match part {
        "content" => MATCH,
        "cue" => CUE,
        "mention" => SPEAKER,
        _ => OTHER,
    }
}

/// `text` with its marks, in lines of at most `width` columns.
pub(super) fn marked(text: &str, marks: &[Mark], marking: Marking, width: usize) -> String {
    let marks = nested(marks);
    let mut lines = Lines { width, text: String::new(), column: 0, word: String::new(), spaced: false };
    let mut next = marks.iter().peekable();
    let mut open: Vec<&Mark> = Vec::new();
    for (at, letter) in single_line(text).chars().enumerate() {
        close(&mut lines, &mut open, marking, at);
        while let Some(mark) = next.next_if(|mark| mark.span.start <= at) {
            lines.open(mark, marking);
            open.push(mark);
        }
        if letter == ' ' {
            lines.space();
            continue;
        }
        if marking == Marking::Brackets && matches!(letter, '[' | ']' | '|' | '\\') {
            lines.word.push('\\');
        }
        lines.word.push(letter);
    }
    close(&mut lines, &mut open, marking, usize::MAX);
    lines.space();
    lines.text
}

/// Closes what ends at or before `at`, the innermost first.
fn close(lines: &mut Lines, open: &mut Vec<&Mark>, marking: Marking, at: usize) {
    while open.last().is_some_and(|mark| mark.span.end <= at) {
        let Some(mark) = open.pop() else { return };
        match marking {
            Marking::Brackets => lines.word.extend(["\u{a0}|", &mark.n.to_string(), "]"]),
            Marking::Styles => {
                lines.word.push_str(&MATCH.render_reset().to_string());
                if let Some(outer) = open.last() {
                    lines.word.push_str(&style_of(&outer.part).to_string());
                }
            }
        }
    }
}

/// The marks, by place, with one that crosses the end of another cut in two there, so that brackets nest.
fn nested(marks: &[Mark]) -> Vec<Mark> {
    let mut whole: VecDeque<Mark> = marks.iter().cloned().collect();
    let mut nested: Vec<Mark> = Vec::new();
    let mut open: Vec<Span> = Vec::new();
    while let Some(mut mark) = whole.pop_front() {
        while open.last().is_some_and(|outer| outer.end <= mark.span.start) {
            open.pop();
        }
        if let Some(outer) = open.last().filter(|outer| outer.end < mark.span.end) {
            let rest = Mark { span: Span::new(outer.end, mark.span.end), ..mark.clone() };
            mark.span.end = outer.end;
            let key = |mark: &Mark| (mark.span.start, std::cmp::Reverse(mark.span.end));
            let place = whole.partition_point(|other| key(other) <= key(&rest));
            whole.insert(place, rest);
        }
        open.push(mark.span);
        nested.push(mark);
    }
    nested
}

/// Words laid out in lines.
struct Lines {
    width: usize,
    text: String,
    column: usize,
    word: String,
    spaced: bool,
}

impl Lines {
    fn open(&mut self, mark: &Mark, marking: Marking) {
        let part = single_line(&mark.part);
        match marking {
            Marking::Brackets => self.word.extend(["[", &*part, "\u{a0}", &mark.n.to_string(), "|\u{a0}"]),
            Marking::Styles => {
                let style = style_of(&mark.part);
                let number = styled(ASIDE, &format!("{}:", mark.n));
                self.word.extend([MATCH.render_reset().to_string(), number, style.to_string()]);
            }
        }
    }

    /// Ends a word. Blanks within markers are no-break ones until here, so that no line breaks there.
    fn space(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let columns = anstream::adapter::strip_str(&self.word).to_string().width();
        if self.spaced && self.column + 1 + columns > self.width {
            self.text.push('\n');
            self.column = 0;
        } else if self.spaced {
            self.text.push(' ');
            self.column += 1;
        }
        self.text.push_str(&self.word.replace('\u{a0}', " "));
        self.column += columns;
        self.word.clear();
        self.spaced = true;
    }
}

/// Each attribution by its number, with its reason and evidence.
pub(super) fn legend(out: &mut dyn Write, reasons: &PassageReasons) -> io::Result<()> {
    for attribution in &reasons.attributions {
        writeln!(out, "{} {}", styled(STRONG, &format!("{:>3}", attribution.n)), single_line(&headline(attribution)))?;
        basis(out, attribution, usize::MAX)?;
    }
    reasons.overrides.iter().filter(|done| !shown_above(done)).try_for_each(|done| correction(out, done))
}

/// The rule, the reason and the evidence of an attribution, for lines of `width` columns.
pub(super) fn basis(out: &mut dyn Write, attribution: &Reasoned, width: usize) -> io::Result<()> {
    let width = width.saturating_sub(INDENT.len());
    let reason = format!("{}: {}", attribution.rule, attribution.reason);
    writeln!(out, "{ASIDE}{}{ASIDE:#}", wrapped(&reason, &[], width, INDENT))?;
    for placed in &attribution.evidence {
        let part = &placed.evidence.part;
        let marks = [Span::new(0, part.chars().count())];
        let line = format!("{part} {}", place(placed));
        writeln!(out, "{}", wrapped_in(style_of(part), &line, &marks, width, INDENT))?;
    }
    Ok(())
}

/// Whether an attribution tells it: a speaker's.
fn shown_above(done: &Overridden) -> bool {
    done.field == "speaker" && (done.value.is_some() || matches!(done.id, Target::Quote(_)))
}

/// What a person corrected, by whom and why, and why it was otherwise.
fn correction(out: &mut dyn Write, done: &Overridden) -> io::Result<()> {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
    let change = format!("{} of {}: {} (1.00), was {}", done.field, done.id, value(&done.value), value(&done.former));
    writeln!(out, "{} {}", styled(STRONG, "  +"), single_line(&change))?;
    let reason = format!("override: {} on {}: {}", done.by, done.on, done.because);
    writeln!(out, "    {}", styled(ASIDE, &reason))?;
    done.former_why.as_ref().map_or(Ok(()), |why| {
        let former = single_line(&format!("“{}: {}”", why.rule, why.text)).into_owned();
        writeln!(out, "    {OTHER}former-reason{OTHER:#} {former}")
    })
}

fn headline(attribution: &Reasoned) -> String {
    let kind = match attribution.kind {
        Some(kind) => format!("{} quote", kind.as_str()),
        None => "whole passage".into(),
    };
    let speaker = attribution.speaker.as_ref().map_or("nobody named".into(), |speaker| {
        let role = speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
        format!("{}{role} [{}]", speaker.name, speaker.id)
    });
    let id = attribution.id.map(|id| format!(" {id}")).unwrap_or_default();
    format!("{kind}{id}: {speaker} ({})", attribution.confidence)
}

fn place(placed: &PlacedEvidence) -> String {
    let words = &placed.evidence.text;
    // What an override replaces is no claim about the text.
    if placed.evidence.part.starts_with("former") {
        return format!("“{words}”");
    }
    let Some(span) = placed.evidence.span else { return format!("“{words}”, not in the text") };
    let at = format!("at {}–{}", span.start, span.end);
    match &placed.elsewhere {
        None => format!("“{words}” {at}"),
        Some(other) => {
            let holder = other.passage.map_or("outside of the passages".into(), |id| format!("in {id}"));
            let context = if other.passage.is_some() {
                format!(": … {}»{words}«{} …", other.before, other.after)
            } else {
                String::new()
            };
            format!("“{words}” {at} {holder}{context}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(part: &str, n: usize, start: usize, end: usize) -> Mark {
        Mark { part: part.into(), n, span: Span::new(start, end) }
    }

    fn brackets(text: &str, marks: &[Mark]) -> String {
        marked(text, marks, Marking::Brackets, 100)
    }

    #[test]
    fn parts_stand_in_numbered_brackets() {
        let shown = brackets("We stay, she said.", &[mark("content", 1, 0, 7), mark("cue", 1, 13, 17)]);

        assert_eq!(shown, "[content 1| We stay |1], she [cue 1| said |1].");
    }

    #[test]
    fn brackets_of_the_text_are_told_from_markers() {
        let shown = brackets("a [cue 9| b |9] \\ c", &[mark("content", 1, 0, 19)]);

        assert_eq!(shown, "[content 1| a \\[cue 9\\| b \\|9\\] \\\\ c |1]");
    }

    #[test]
    fn crossing_marks_are_cut_so_that_brackets_nest() {
        let shown = brackets("one two three", &[mark("content", 1, 0, 7), mark("alias", 2, 4, 13)]);

        assert_eq!(shown, "[content 1| one [alias 2| two |2] |1][alias 2|  three |2]");
    }
}
