//! What a bare word may hold, and what to write instead of what it may not.
//!
//! Letters and digits, joined by single apostrophes, hyphens, points and the like. Everything else is
//! an operator of some other engine, or a mark that no index holds: both are refused by name, because
//! leaving them out would search for something else than what was typed.

use unicode_normalization::char::is_combining_mark;
use unicode_width::UnicodeWidthChar;

use super::error::{Fault, shown};
use crate::model::fold;

/// Checks that `word`, which begins at code point `start` of the query, can be searched for as it stands.
pub(super) fn check(word: &[char], start: usize) -> Result<(), Fault> {
    if let Some(index) = (0..word.len()).find(|index| !fits(word, *index)) {
        return Err(refuse(word, index, start));
    }
    let text: String = word.iter().collect();
    if has_substance(&text) { Ok(()) } else { Err(nothing_to_search(&text, start, word.len())) }
}

/// Whether there is a letter or digit in it, once diacritics are folded away.
pub(super) fn has_substance(text: &str) -> bool {
    fold(text).chars().any(char::is_alphanumeric)
}

/// The complaint about a text of marks alone.
pub(super) fn nothing_to_search(text: &str, start: usize, len: usize) -> Fault {
    Fault::new(
        start..start + len,
        format!("`{}` holds no letter or digit: there is nothing to search for", shown(text)),
        "leave it out; marks are not indexed",
    )
}

/// Whether the character at `index` may stand where it stands in `word`.
fn fits(word: &[char], index: usize) -> bool {
    let Some(&letter) = word.get(index) else { return false };
    if is_of_word(letter) {
        return true;
    }
    let after_letter = index > 0 && word.get(index - 1).copied().is_some_and(is_of_word);
    match word.get(index + 1) {
        Some(next) => after_letter && is_joiner(letter) && is_of_word(*next),
        // `ministers'`, and the last point of `U.N.`
        None => after_letter && (is_apostrophe(letter) || (letter == '.' && word.split_last().is_some_and(has_point))),
    }
}

fn has_point((_, before): (&char, &[char])) -> bool {
    before.contains(&'.')
}

/// Letters, digits and what belongs to a letter: marks on it, and the joiners of Persian and Indic scripts.
pub(super) fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter) || matches!(letter, '\u{200c}' | '\u{200d}')
}

/// What may stand between two letters: `good-neighbourly`, `U.N`, `1,140`, `AT&T`, `24/7`, `a@b.example`.
fn is_joiner(letter: char) -> bool {
    is_apostrophe(letter) || matches!(letter, '-' | '\u{2010}' | '\u{2011}' | '.' | ',' | '_' | '&' | '/' | '@' | '·')
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘')
}

/// A character as a message names it; one that cannot be seen by its code point.
fn name(letter: char) -> String {
    let visible = !letter.is_control() && letter.width().unwrap_or(0) > 0 && letter != '`';
    if visible { format!("`{letter}`") } else { format!("U+{:04X}", u32::from(letter)) }
}

/// The complaint about the character at `index` of `word`.
fn refuse(word: &[char], index: usize, start: usize) -> Fault {
    let letter = word.get(index).copied().unwrap_or(char::REPLACEMENT_CHARACTER);
    let doubled = matches!(letter, '&' | '|' | '.' | '-') && word.get(index + 1) == Some(&letter);
    let at = start + index..start + index + if doubled { 2 } else { 1 };
    let fault = |message: &str, help: &str| Fault::new(at.clone(), message, help);
    let first = index == 0;
    let last = index + 1 == word.len();
    match letter {
        '\\' => fault("`\\` (escape) is not supported", "leave the mark out: marks are not indexed"),
        '+' if !first => fault(
            "`+` stands behind a letter",
            "`+` requires what follows it, after a space: `railway +water`; within a word it is left out",
        ),
        '+' => fault("`+` has nothing to require", "write the word right after it: `+railway`"),
        '=' => fault("`=` stands within a word", "it stands before a word and asks for its exact form: `=Rail`"),
        '/' if first => fault(
            "`/` cannot begin a word",
            "a regular expression stands between two of them: `/rail(way)?/`; put a path in quotes, without its first `/`",
        ),
        '[' | ']' | '{' | '}' => fault(
            &format!("{} (range) is not supported", name(letter)),
            "write a range of dates as `published:2025-06..2025-07`; to group clauses use parentheses",
        ),
        '&' if doubled => fault("`&&` is not supported", "write AND: `railway AND water`"),
        '|' => fault(
            if doubled { "`||` is not supported" } else { "`|` is not supported" },
            "write OR: `railway OR water`",
        ),
        '!' if first => fault("`!` is not supported", "write NOT or `-`: `railway -tunnel`"),
        '>' | '<' => fault(
            &format!("{} stands outside a date", name(letter)),
            "comparisons belong to dates: `published:>=2025-06-17`, `date:<2025`",
        ),
        '.' if doubled => fault("`..` stands outside a date", "a range belongs to a date: `published:2023..2025`"),
        '\'' | '‘' | '’' | '‚' | '‹' | '›' if first => fault(
            &format!("{} cannot begin a word", name(letter)),
            "write a phrase in double quotes: `\"lasting good neighbourhood\"`",
        ),
        '–' | '—' | '−' if first && !last => fault(
            &format!("{} is a dash: it neither excludes nor is part of a word", name(letter)),
            "to exclude a word write `-` (hyphen-minus) right before it: `-tunnel`",
        ),
        ':' => fault("a second `:` in one clause", "put the value in quotes: `title:\"Kesh: a city waits\"`"),
        _ if !word.iter().copied().any(char::is_alphanumeric) => {
            nothing_to_search(&word.iter().collect::<String>(), start, word.len())
        }
        _ => Fault::new(
            at,
            format!(
                "{} cannot stand {} a word",
                name(letter),
                if first {
                    "at the beginning of"
                } else if last {
                    "at the end of"
                } else {
                    "inside"
                }
            ),
            "leave it out, or put the text in quotes: marks are not indexed",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_word(text: &str) -> bool {
        check(&text.chars().collect::<Vec<_>>(), 0).is_ok()
    }

    #[test]
    fn apostrophes_hyphens_and_points_belong_to_a_word() {
        for word in [
            "good-neighbourly",
            "Kaldan's",
            "Kaldan’s",
            "O'Dale",
            "ministers'",
            "U.N.",
            "1,140",
            "AT&T",
            "24/7",
            "O\u{308}mer",
        ] {
            assert!(is_word(word), "{word}");
        }
    }

    #[test]
    fn marks_at_the_ends_of_a_word_do_not() {
        for word in
            ["Kesh.", "Kesh,", "(", "pre-", "-pre", "50%", "#amber", "a--b", "\u{200b}a", "\u{301}", "—", "'tis"]
        {
            assert!(!is_word(word), "{word}");
        }
    }
}
