//! Plain text → draft: paragraphs out of lines, headline and byline where they stand.
//!
//! Two manners are told apart. Where blank lines part the paragraphs, the lines between them are
//! joined; where there are none, each line is a paragraph, as scraped pages have it.

use super::byline;
use super::draft::{Draft, Piece};
use super::hyphens::{Hyphens, breaks_word};
use super::letters::collapse;
use crate::model::{BlockKind, DroppedBlock};

/// A headline is no longer than this, in code points.
const LONGEST_TITLE: usize = 200;
/// Lines of a hard-wrapped text are no longer than this, in code points.
const LONGEST_WRAPPED: usize = 100;

/// A sentence of this length, in code points, and twice that of the line before it shows that line to be a headline.
const SHORTEST_INTRODUCTION: usize = 60;

/// Reads plain text that begins with its headline, where it has one; a byline may stand on either side of it.
pub(super) fn read(text: &str) -> Draft {
    let mut paragraphs = paragraphs(text);
    let mut draft = Draft::default();
    take_bylines(&mut paragraphs, &mut draft);
    if let [first, rest @ ..] = paragraphs.as_slice()
        && is_headline(first, rest)
    {
        draft.title = Some(paragraphs.remove(0));
    }
    take_pieces(paragraphs, draft)
}

/// Reads plain text whose headline is known from elsewhere.
pub(super) fn read_body(text: &str) -> Draft {
    take_pieces(paragraphs(text), Draft::default())
}

fn take_pieces(mut paragraphs: Vec<String>, mut draft: Draft) -> Draft {
    take_bylines(&mut paragraphs, &mut draft);
    // The outlet or a second headline may stand before the byline.
    if paragraphs.first().is_some_and(|line| is_label(line)) {
        let label = paragraphs.remove(0);
        take_bylines(&mut paragraphs, &mut draft);
        paragraphs.insert(0, label);
    }
    for paragraph in paragraphs {
        if is_furniture(&paragraph) {
            draft.dropped.push(DroppedBlock { text: paragraph, reason: "page-furniture".into() });
        } else {
            draft.pieces.push(piece(paragraph));
        }
    }
    draft
}

/// A line over a byline is no longer than this, in code points.
const LONGEST_LABEL: usize = 80;

fn is_label(line: &str) -> bool {
    line.chars().count() <= LONGEST_LABEL && !ends_sentence(line)
}

/// Rules and page numbers, which pages leave in a text.
fn is_furniture(line: &str) -> bool {
    is_rule(line) || is_page_number(line)
}

/// An item keeps its mark, so that the cleaned text reads as a list again.
fn piece(paragraph: String) -> Piece {
    let kind = match paragraph.as_str() {
        text if text.starts_with("- ") || text.starts_with("• ") => BlockKind::ListItem,
        text if is_subhead(text) => BlockKind::Heading,
        _ => BlockKind::Paragraph,
    };
    Piece::plain(kind, paragraph)
}

/// Takes bylines from the beginning.
fn take_bylines(paragraphs: &mut Vec<String>, draft: &mut Draft) {
    while let Some(found) = paragraphs.first().and_then(|line| byline::parse(line)) {
        draft.dropped.push(DroppedBlock { text: paragraphs.remove(0), reason: "byline".into() });
        for author in found.authors {
            if !draft.authors.contains(&author) {
                draft.authors.push(author);
            }
        }
        draft.outlet = draft.outlet.take().or(found.outlet);
        draft.published = draft.published.take().or(found.published);
    }
}

/// A headline is short, ends no sentence, labels nothing, and running text or a byline follows it.
pub(super) fn is_headline(line: &str, rest: &[String]) -> bool {
    let length = line.chars().count();
    let Some(next) = rest.first() else { return false };
    let introduces = ends_sentence(next) && next.chars().count() >= (2 * length).max(SHORTEST_INTRODUCTION);
    let runs_on =
        byline::parse(next).is_some() || introduces || rest.iter().any(|line| line.chars().count() > length.max(120));
    length <= LONGEST_TITLE
        && runs_on
        && line.starts_with(|first: char| first.is_uppercase() || first.is_numeric() || "\"“‘'«".contains(first))
        && !line.ends_with(['.', ':', ';', ','])
        && !super::structure::is_caption(line)
        && !super::structure::is_note(line)
        && !is_turn(line, rest)
        && byline::parse(line).is_none()
}

/// Whether a line is a turn of those that follow: `Obituary: Nikolai Vantsov` before running text is a headline.
fn is_turn(line: &str, rest: &[String]) -> bool {
    use super::structure::opens_turn;
    let label = line.split_inclusive(':').next().unwrap_or(line);
    // Also glued to a sentence within another line.
    let again = || rest.iter().any(|other| other.contains(label));
    opens_turn(line) && (rest.first().is_some_and(|next| opens_turn(next)) || again())
}

/// `1. Railway connectivity`, `SECURITY`: a line of a communiqué or transcript that heads what follows.
pub(super) fn is_subhead(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let ends_open = line.ends_with(|last: char| last.is_alphanumeric());
    let numbered = line.split_once(". ").is_some_and(|(number, rest)| {
        number.len() <= 3
            && number.chars().all(|c| c.is_ascii_digit() || "IVX".contains(c))
            && rest.starts_with(char::is_uppercase)
    });
    let capitals = line.chars().any(char::is_alphabetic) && !line.chars().any(char::is_lowercase);
    words <= 8 && ends_open && (numbered || capitals && words <= 6)
}

fn is_rule(line: &str) -> bool {
    line.chars().count() >= 3 && line.chars().all(|c| "_-=*~–—·. ".contains(c))
}

fn is_page_number(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("Page ").or_else(|| line.strip_prefix("page ")) else { return false };
    rest.split(" of ").all(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

/// The paragraphs of `text`, white space collapsed, breaks within them repaired.
fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let hyphens = Hyphens::of(&text);
    let lines: Vec<&str> = text.lines().collect();
    let groups: Vec<&[&str]> =
        lines.split(|line| collapse(line).is_empty()).filter(|group| !group.is_empty()).collect();
    let mut paragraphs: Vec<String> = Vec::new();
    // The open paragraph's last line as it stands: a soft hyphen at its end is seen there alone.
    let mut last = "";
    for group in groups {
        let wrapped = is_wrapped(group);
        let mut goes_on = false;
        for raw in group {
            let line = collapse(raw);
            let furniture = is_furniture(&line);
            // A word broken at the foot of a page goes on after the blank line.
            let broken_word = breaks_word(last.trim_end(), &line);
            match paragraphs.last_mut() {
                Some(open)
                    if !furniture
                        && (broken_word || goes_on && (wrapped && !opens_item(&line) || is_broken(open, &line))) =>
                {
                    if last.trim_end().ends_with('\u{ad}') {
                        open.push('\u{ad}');
                    }
                    join(open, &line, &hyphens);
                }
                _ => paragraphs.push(line),
            }
            goes_on = !furniture;
            last = if furniture { "" } else { raw };
        }
    }
    paragraphs
}

/// Whether a run of lines is one hard-wrapped paragraph: short lines, filled evenly, that break off
/// within sentences.
fn is_wrapped(lines: &[&str]) -> bool {
    let [full @ .., _] = lines else { return false };
    let longest = full.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let evenly = full.iter().all(|line| line.chars().count() * 3 >= longest * 2);
    let breaks_off = full.iter().filter(|line| !ends_sentence(line)).count();
    longest > 40 && longest <= LONGEST_WRAPPED && evenly && breaks_off * 2 >= full.len()
}

fn opens_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("• ") || super::structure::opens_turn(line)
}

/// Whether a line break stands within a sentence or a parenthesis: `(` newline `GT)`.
fn is_broken(before: &str, after: &str) -> bool {
    before.ends_with('(') || after.starts_with([')', ',', ';'])
}

fn join(open: &mut String, line: &str, hyphens: &Hyphens) {
    if open.ends_with('(') || line.starts_with([')', ',', ';']) {
        open.push_str(line);
    } else {
        hyphens.append(open, line);
    }
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end().trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '?', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        read(text).pieces.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn a_broken_parenthesis_is_joined() {
        assert_eq!(
            texts("Lanqing Daily (\nLD) asked Daniyar Osmonov (\nOsmonov), a director.\nHe answered."),
            ["Lanqing Daily (LD) asked Daniyar Osmonov (Osmonov), a director.", "He answered."]
        );
    }

    #[test]
    fn headline_and_byline_are_no_paragraphs() {
        let draft = read("Six states sign\nBy Samira Holt\nVELMAR, June 18 (Corridor Wire) — Six leaders signed.");

        assert_eq!(draft.title.as_deref(), Some("Six states sign"));
        assert_eq!(draft.authors, ["Samira Holt"]);
        assert_eq!(draft.pieces.len(), 1);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The Parties agreed that the railway, with a length\nof 1,140 km, is a project of common interest, open\nto all.";

        assert_eq!(texts(text).len(), 1);
    }

    #[test]
    fn a_word_broken_over_a_line_or_a_page_is_made_whole() {
        assert_eq!(texts("The gate of the rail-\nway is shut."), ["The gate of the railway is shut."]);
        assert_eq!(texts("The gate of the rail\u{ad}\nway is shut."), ["The gate of the railway is shut."]);
        assert_eq!(
            texts("It stands near Kesh on the north-\n\nsouth line."),
            ["It stands near Kesh on the north-south line."]
        );
    }

    #[test]
    fn an_item_keeps_its_mark() {
        let draft = read("The depot holds\n- wheat\n- tiles");

        assert_eq!(draft.pieces[1], Piece::plain(BlockKind::ListItem, "- wheat"));
    }
}
