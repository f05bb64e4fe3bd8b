//! Pairs of quote marks in one paragraph.
//!
//! Straight, curly, low and angled marks, single ones outside double ones; an apostrophe is no mark.
//! What stands in marks within marks belongs to the outer pair. A pair is not yet speech: a title or
//! a word in scare quotes has marks, too.

use std::ops::Range;

use super::cues::follows_quotation;
use super::tokens::{Token, TokenKind};

/// Tokens between an opening mark and its closing one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    /// The words, without the marks.
    pub(super) inner: Range<usize>,
    /// With the marks.
    pub(super) outer: Range<usize>,
    /// Whether the closing mark is missing, because the words go on in the next paragraph.
    pub(super) goes_on: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
}

const OPENING_DOUBLE: [char; 5] = ['“', '„', '«', '‟', '＂'];
const CLOSING_DOUBLE: [char; 2] = ['”', '»'];
/// Marks of a quotation within another.
pub(super) const INNER_MARKS: [char; 8] = ['‘', '\'', '‹', '“', '„', '«', '"', '’'];
/// How far a single closing mark is looked for past a plural's apostrophe.
const LOOKAHEAD: usize = 60;
/// Clipped words that begin with an apostrophe.
const CLIPPED: [&str; 8] = ["em", "til", "cause", "tis", "twas", "n", "bout", "round"];

/// Whether the first character of a paragraph is one that can open a quotation: most paragraphs need no further look.
pub(super) fn may_begin_with_mark(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_some_and(|first| OPENING_DOUBLE.contains(&first) || matches!(first, '"' | '”' | '‘' | '\''))
}

/// Whether the paragraph's first token opens a quotation.
pub(super) fn begins_with_mark(tokens: &[Token<'_>]) -> bool {
    tokens.first().is_some_and(|token| {
        token.is_mark(&OPENING_DOUBLE) || token.is_mark(&['"', '”', '‘']) && tokens.get(1).is_some_and(Token::is_word)
    })
}

/// Finds the pairs of a paragraph; `goes_on` says that the next paragraph begins with a mark, so
/// that a pair may lack its closing one.
pub(super) fn pairs(tokens: &[Token<'_>], goes_on: bool) -> Vec<Marked> {
    let mut pairs = Vec::new();
    let mut open: Option<(Family, usize)> = None;
    for at in 0..tokens.len() {
        if tokens[at].kind != TokenKind::Mark {
            continue;
        }
        match (open, role(tokens, at, open.map(|(family, _)| family))) {
            (None, Some(Role::Opens(family))) => open = Some((family, at)),
            // A double mark inside single ones that nothing closes: the single one was an apostrophe.
            (Some((Family::Single, _)), Some(Role::Opens(Family::Double))) if !single_closes(tokens, at) => {
                open = Some((Family::Double, at));
            }
            (Some((family, start)), Some(Role::Closes(closed))) if family == closed => {
                if start + 1 < at {
                    pairs.push(Marked { inner: start + 1..at, outer: start..at + 1, goes_on: false });
                }
                open = None;
            }
            _ => {}
        }
    }
    if let Some((Family::Double, start)) = open
        && (goes_on || start == 0)
        && start + 1 < tokens.len()
    {
        let forgotten = reporting_comma(tokens, start);
        let end = forgotten.map_or(tokens.len(), |comma| comma + 1);
        pairs.push(Marked { inner: start + 1..end, outer: start..end, goes_on: goes_on && forgotten.is_none() });
    }
    pairs
}

/// Where a quotation ends whose closing mark was forgotten: the comma before `said Tamm`.
fn reporting_comma(tokens: &[Token<'_>], start: usize) -> Option<usize> {
    (start + 2..tokens.len().saturating_sub(2)).find(|at| {
        let (verb, name) = (&tokens[at + 1], &tokens[at + 2]);
        tokens[*at].is_mark(&[',']) && follows_quotation(&verb.lower) && !verb.is_capitalised() && name.is_capitalised()
    })
}

/// Whether single marks are closed behind the double ones that open at `at`: `‘He said, “Go,” and I went,’ …`
///
/// After a comma or a full stop, where an apostrophe does not stand.
fn single_closes(tokens: &[Token<'_>], at: usize) -> bool {
    let window = at + 1..tokens.len().min(at + LOOKAHEAD);
    let Some(double) = window.clone().find(|at| tokens[*at].is_mark(&['”', '"', '»', '“'])) else { return false };
    (double + 1..window.end).any(|at| {
        tokens[at].is_mark(&['\'', '’'])
            && tokens[at - 1].is_mark(&[',', '.', '!', '?', '…', '”', '"'])
            && tokens[at - 1].bytes.end == tokens[at].bytes.start
            && !next_is_word(&tokens[at], tokens.get(at + 1))
    })
}

enum Role {
    Opens(Family),
    Closes(Family),
}

/// What the mark at `at` does while a pair of the family `open` is open.
fn role(tokens: &[Token<'_>], at: usize, open: Option<Family>) -> Option<Role> {
    let token = &tokens[at];
    let glued_before = at > 0 && tokens[at - 1].bytes.end == token.bytes.start;
    let next = tokens.get(at + 1);
    let glued_after = next.is_some_and(|next| next.bytes.start == token.bytes.end);
    let after_bracket = glued_before && tokens[at - 1].is_mark(&['(', '[', '—', '–', '-', '“', '"', '…']);
    let can_open = glued_after && (!glued_before || after_bracket);
    if token.is_mark(&OPENING_DOUBLE) {
        return Some(if open == Some(Family::Double) && !can_open {
            Role::Closes(Family::Double)
        } else {
            Role::Opens(Family::Double)
        });
    }
    if token.is_mark(&CLOSING_DOUBLE) || token.is_mark(&['"']) {
        return match open {
            Some(Family::Double) => Some(Role::Closes(Family::Double)),
            _ if can_open || token.is_mark(&['"']) && glued_after => Some(Role::Opens(Family::Double)),
            _ => None,
        };
    }
    if token.is_mark(&['‘', '‹']) {
        return Some(Role::Opens(Family::Single));
    }
    if token.is_mark(&['\'', '’', '›']) {
        if open == Some(Family::Single) {
            return (glued_before && !next_is_word(token, next) && !is_plural_genitive(tokens, at))
                .then_some(Role::Closes(Family::Single));
        }
        let clipped = next.is_none_or(|next| next.kind == TokenKind::Number || CLIPPED.contains(&&*next.lower));
        return (open.is_none() && can_open && token.is_mark(&['\'']) && !clipped)
            .then_some(Role::Opens(Family::Single));
    }
    None
}

fn next_is_word(token: &Token<'_>, next: Option<&Token<'_>>) -> bool {
    next.is_some_and(|next| next.is_word() && next.bytes.start == token.bytes.end)
}

/// Whether the apostrophe at `at` ends a plural (`the workers' game`) while the closing mark comes later.
fn is_plural_genitive(tokens: &[Token<'_>], at: usize) -> bool {
    let after_s = at > 0 && tokens[at - 1].kind == TokenKind::Word && tokens[at - 1].lower.ends_with('s');
    let before_word = tokens.get(at + 1).is_some_and(Token::is_word);
    after_s
        && before_word
        && tokens
            .iter()
            .skip(at + 1)
            .take(LOOKAHEAD)
            .zip(tokens.iter().skip(at + 2))
            .any(|(mark, next)| mark.is_mark(&['\'', '’']) && next.bytes.start > mark.bytes.end)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokenise;
    use super::*;

    fn marked(text: &str) -> Vec<String> {
        let tokens = tokenise(text, 0..text.len());
        pairs(&tokens, false)
            .into_iter()
            .map(|pair| text[tokens[pair.inner.start].bytes.start..tokens[pair.inner.end - 1].bytes.end].to_owned())
            .collect()
    }

    #[test]
    fn every_kind_of_mark_makes_a_pair() {
        for text in [
            "He said: \"Open it.\"",
            "He said: ''Open it.''",
            "“Open it.”",
            "«Open it.»",
            "„Open it.“",
            "'Open it.' he said",
            "”Open it.”",
        ] {
            assert_eq!(marked(text), ["Open it."], "{text}");
        }
    }

    #[test]
    fn an_apostrophe_is_no_mark() {
        assert_eq!(marked("The drivers' union and Kesh's mayors' don't agree on the '90s."), [""; 0]);
        assert_eq!(marked("'The drivers' union is late,' he said."), ["The drivers' union is late,"]);
    }

    #[test]
    fn a_nested_quotation_belongs_to_the_outer_one() {
        assert_eq!(marked("“They told us ‘wait’ and we waited,” he said."), ["They told us ‘wait’ and we waited,"]);
    }

    #[test]
    fn an_unclosed_quotation_counts_where_it_begins_a_paragraph() {
        assert_eq!(marked("“The line is late."), ["The line is late."]);
        assert_eq!(marked("It is 5 feet 10\" tall."), [""; 0]);
    }
}
