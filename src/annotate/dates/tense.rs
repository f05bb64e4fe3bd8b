//! Whether what is told of a date is past or lies ahead.
//!
//! The nearest verb that tells it decides, looked for before the date in its sentence, then after it.
//! No parse: the lists of `data/dates.toml` and the ending -ed. Where nothing is found the tense is
//! unknown, and an unknown tense bounds no publication date.

use std::ops::Range;

use super::words::{WORDS, is_capitalised, is_space, is_word};

/// How a mention is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) tense: Tense,
    /// The verb stands close by, and is likely the date's own.
    pub(super) near: bool,
    /// After a word such as `until`: the date need not have come.
    pub(super) open: bool,
}

/// Told as past, as lying ahead, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Forward,
    Unknown,
}

/// Words looked at on either side; a clause is rarely longer.
const REACH: usize = 24;
/// Words between a date and the verb that is likely its own.
const NEAR: usize = 4;
/// Bytes looked at on either side, so that a text of dates costs linear time.
const REACH_BYTES: usize = 240;

/// How the mention at `at` is told.
pub(super) fn told(text: &str, at: &Range<usize>) -> Told {
    let (before, after) = (sentence_before(text, at.start), sentence_after(text, at.end));
    let (before, after) = (words(before), words(after));
    let opens_clause = before.last().is_none_or(|word| matches!(*word, "and" | "but" | "while" | "And" | "But"));
    let told_before = || {
        let from = before.len().saturating_sub(REACH);
        (from..before.len()).rev().find_map(|i| Some((cue(&before, i)?, before.len() - i)))
    };
    let told_after = || (0..after.len().min(REACH)).find_map(|i| Some((cue(&after, i)?, i + 1)));
    let told = if opens_clause { told_after().or_else(told_before) } else { told_before().or_else(told_after) };
    let (tense, words_between) = told.unwrap_or((Tense::Unknown, 0));
    Told { tense, near: words_between <= NEAR, open: is_open(&before) }
}

/// Whether the words before a date end in one such as `by`, or in `by the end of`.
fn is_open(before: &[&str]) -> bool {
    let stepped = before.iter().rev().find(|word| !matches!(**word, "the" | "end" | "of" | "middle" | "beginning"));
    stepped.is_some_and(|word| WORDS.open.contains(&word.to_lowercase()))
}

fn cue(words: &[&str], i: usize) -> Option<Tense> {
    let word = words.get(i)?;
    let lower = word.to_lowercase().replace('’', "'");
    if WORDS.forward.contains(&lower) && *word == lower || lower.ends_with("'ll") || lower == "won't" {
        return Some(Tense::Forward);
    }
    if lower == "to" {
        return words.get(i + 1).filter(|next| WORDS.forward_infinitives.contains(**next)).map(|_| Tense::Forward);
    }
    (is_past(word, &lower) && !is_participle(words, i)).then_some(Tense::Past)
}

fn is_past(word: &str, lower: &str) -> bool {
    let regular =
        || lower.len() > 4 && lower.ends_with("ed") && !is_capitalised(word) && !WORDS.not_past.contains(lower);
    WORDS.past.contains(lower) || regular()
}

/// `will be signed`, `would have cut`, `would cut`: the form says nothing, the verb before it does.
fn is_participle(words: &[&str], i: usize) -> bool {
    (i.saturating_sub(2)..i).any(|auxiliary| match words[auxiliary] {
        "be" | "being" => true,
        "have" => auxiliary > 0 && WORDS.forward.contains(words[auxiliary - 1]),
        word => matches!(word, "will" | "would" | "shall" | "to"),
    })
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect()
}

/// The part of the sentence before byte `at`.
fn sentence_before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(REACH_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = text.get(from..at).unwrap_or("");
    let end = window.char_indices().rev().find(|(i, _)| ends_sentence(window, *i)).map_or(0, |(i, c)| i + c.len_utf8());
    &window[end..]
}

/// The part of the sentence after byte `at`.
fn sentence_after(text: &str, at: usize) -> &str {
    let mut to = at.saturating_add(REACH_BYTES).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let window = text.get(at..to).unwrap_or("");
    let end = window.char_indices().find(|(i, _)| ends_sentence(window, *i)).map_or(window.len(), |(i, _)| i);
    &window[..end]
}

/// Whether the mark at byte `i` ends a sentence; the point of `Dr.`, `Sept.` and `a.m.` does not.
fn ends_sentence(text: &str, i: usize) -> bool {
    let rest = &text[i..];
    let mut letters = rest.chars();
    match letters.next() {
        Some(';' | '!' | '?') => true,
        Some(':') => letters.next().is_some_and(is_space),
        // An item of a list stands for itself.
        Some('\n') => rest.trim_start_matches(is_space).starts_with(['-', '*', '•', '–']),
        Some('.') => {
            let before: &str = &text[..i];
            let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let spaced = letters.next().is_none_or(|c| is_space(c) || matches!(c, '"' | '”' | '’' | ')'));
            let long = last.chars().count() > if is_capitalised(last) { 4 } else { 1 };
            spaced && (long || last.ends_with(|c: char| c.is_ascii_digit()))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Tense {
        let start = text.find('[').unwrap();
        let end = text.find(']').unwrap();
        let plain = text.replace(['[', ']'], "");
        told(&plain, &(start..end - 1)).tense
    }

    #[test]
    fn the_nearest_verb_decides() {
        assert_eq!(of("Kaldan wrapped up his visit to Kesh [on Wednesday] after talks."), Tense::Past);
        assert_eq!(of("They agreed to meet again [on 5 May 2026]."), Tense::Forward);
        assert_eq!(of("He said [on Friday] that he would sign."), Tense::Past);
        assert_eq!(of("The treaty will be formally signed [on Friday]."), Tense::Forward);
        assert_eq!(of("She denied that they would cut supplies [on Friday]."), Tense::Forward);
        assert_eq!(of("[On Friday] the ministers will decide."), Tense::Forward);
        assert_eq!(of("The talks failed, and [on Friday] the ministers will try again."), Tense::Forward);
    }

    #[test]
    fn the_verb_of_another_sentence_does_not() {
        assert_eq!(of("The bridge will open. Dr. Solvane [on Friday] praised it."), Tense::Past);
        assert_eq!(of("They met. The pact takes effect [on 1 January 2026]."), Tense::Unknown);
    }

    #[test]
    fn a_date_after_until_need_not_have_come() {
        let text = "It was extended until 5 May 2026.";

        assert!(told(text, &(22..32)).open);
        assert!(!told(text, &(16..21)).open);
        assert!(told("It is due by the end of 2024.", &(21..28)).open);
    }
}
