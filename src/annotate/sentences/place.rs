//! Whether a sentence ends at one place, by the word before it and the word after it.

use super::TERMINATORS;
use super::openers::{opens, word};
use crate::annotate::abbreviations::{self, Class, Classes};
use crate::annotate::speakers::follows_quotation;

/// Marks before the first word of a sentence that are passed over, at most.
const MOST_OPENING: usize = 8;
/// Words from a quotation to the cue of its reporting clause, at most.
const LONGEST_SOURCE: usize = 10;
/// Words of a time of day after its preposition, at most.
const LONGEST_TIME: usize = 3;
/// Bytes around a place that are looked at, at most.
const NEAR: usize = 160;
/// Longest number of a list, in letters: `XVIII`.
const LONGEST_ITEM: usize = 5;

/// A place in a text where the sentence that began at `start` may end.
pub(super) struct Place<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    /// After the marks that close the sentence.
    pub(super) end: usize,
    /// Where the next sentence would begin.
    pub(super) next: usize,
}

/// What comes after a place, marks that open apart.
enum Next<'t> {
    /// Something that no sentence begins with.
    GoesOn,
    /// A capital, or a name such as `iKesh`; the text from there on.
    Capital(&'t str),
    /// A digit, an item's mark, an ellipsis, a letter without case.
    Begins,
    /// A dash, and the text after it.
    Dash(&'t str),
}

/// What ends the sentence before a place.
enum Stop<'t> {
    /// A question or exclamation mark.
    Strong,
    /// Dots; `spaced` where they are parted from the word before, as an omission is.
    Ellipsis { spaced: bool },
    /// A point, and the word before it.
    Point(&'t str),
    /// Another script's mark, or the end of a line.
    Other,
}

/// Marks after the terminator.
#[derive(Clone, Copy, Default)]
struct Closed {
    quote: bool,
    bracket: bool,
}

impl<'t> Place<'t> {
    /// Whether the sentence ends here.
    pub(super) fn ends_sentence(&self) -> bool {
        let next = next(&self.text[self.next..]);
        if matches!(next, Next::GoesOn) {
            return false;
        }
        let (bare, closed) = self.bare();
        if self.sentence(bare).is_empty() {
            return false;
        }
        let stop = self.stop(bare);
        if self.end == self.next && !self.is_glued(bare, closed, &next) {
            return false;
        }
        match (&stop, &next) {
            (Stop::Other, _) => true,
            (Stop::Ellipsis { .. }, _) if is_omission(self.sentence(bare)) => false,
            (Stop::Point(word), Next::Dash(after)) => {
                !closed.bracket && abbreviation(word) == Classes::default() && !is_letters(word) && opens(after)
            }
            (_, Next::Dash(after)) => !closed.bracket && opens(after),
            (Stop::Strong, Next::Capital(after)) => !(closed.quote && reports(after)),
            (Stop::Ellipsis { .. }, Next::Capital(after)) if closed.quote => !reports(after),
            (Stop::Ellipsis { spaced: true }, Next::Capital(after)) => opens(after) && !self.stammers(bare, after),
            (Stop::Strong | Stop::Ellipsis { .. }, _) => true,
            (Stop::Point(word), next) => self.point_ends(word, closed, next),
        }
    }

    /// `I … I cannot say.`
    fn stammers(&self, bare: usize, after: &str) -> bool {
        last_word(tail(self.sentence(bare)).trim_end_matches(dots)) == word(after)
    }

    /// The open sentence up to `end`.
    fn sentence(&self, end: usize) -> &'t str {
        &self.text[self.start.min(end)..end]
    }

    /// Where the terminator ends, without the marks that close, and which these are.
    fn bare(&self) -> (usize, Closed) {
        let mut closed = Closed::default();
        let sentence = self.sentence(self.end);
        let bare = sentence.trim_end_matches(|mark: char| {
            closed.quote |= is_quote(mark);
            closed.bracket |= matches!(mark, ')' | ']' | '}');
            is_closing(mark) || mark.is_whitespace()
        });
        // A footnote's mark, `[12]`.
        match bare.trim_end_matches(|digit: char| digit.is_ascii_digit()).strip_suffix('[') {
            Some(before) if closed.bracket && before.ends_with(TERMINATORS) => {
                (self.start + before.len(), Closed::default())
            }
            _ => (self.start + bare.len(), closed),
        }
    }

    fn stop(&self, bare: usize) -> Stop<'t> {
        let sentence = self.sentence(bare);
        let before = sentence.trim_end_matches(TERMINATORS);
        let run = &sentence[before.len()..];
        let spaced = before.is_empty() || before.ends_with(char::is_whitespace);
        match run {
            "" => Stop::Other,
            "." if spaced && before.trim_end().ends_with('.') => Stop::Ellipsis { spaced },
            "." => Stop::Point(last_word(before)),
            run if run.contains(['!', '?', '‽']) => Stop::Strong,
            _ => Stop::Ellipsis { spaced },
        }
    }

    /// Whether a sentence is glued to the one before: `left.The minister`, and not `Vael.Net` or `U.S.Kastria`.
    fn is_glued(&self, bare: usize, closed: Closed, next: &Next<'t>) -> bool {
        let before = self.sentence(bare).trim_end_matches(TERMINATORS);
        let Next::Capital(after) = *next else {
            return matches!(next, Next::Begins) && matches!(self.stop(bare), Stop::Other);
        };
        if closed.quote || closed.bracket || matches!(self.stop(bare), Stop::Strong | Stop::Other) {
            return true;
        }
        let last = last_word(before);
        let ends_word = before.ends_with(|last: char| last.is_lowercase() || last.is_ascii_digit() || is_closing(last))
            && !is_letters(last)
            // `Rail.Works` is a name; after `Velmar.` it takes a word that begins sentences.
            && (!last.starts_with(char::is_uppercase) || opens(after));
        let opening = word(after);
        let rest = &after[opening.len()..];
        let is_word =
            opening.chars().count() == 1 || opening.chars().nth(1).is_some_and(|second| !second.is_uppercase());
        let inner = rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        // The `D` of `Ph.D.` is no word.
        let letter = opening.chars().count() == 1 && rest.starts_with('.');
        ends_word && is_word && !inner && !letter && !rest.starts_with(['/', '_', '=', '('])
    }

    /// Whether a point after `word` ends the sentence.
    fn point_ends(&self, word: &str, closed: Closed, next: &Next<'t>) -> bool {
        let after = match next {
            Next::Capital(after) => after,
            _ => "",
        };
        let raw = &self.text[self.next..];
        let (bare, _) = self.bare();
        let before = &self.text[self.start..bare.saturating_sub(1 + word.len()).max(self.start)];
        if is_item(word) && (before.trim().is_empty() || before.trim_end().ends_with([':', ';'])) {
            return false;
        }
        let classes = abbreviation(word);
        if classes.any(&[Class::Title, Class::Titles, Class::Place, Class::Middle]) {
            return false;
        }
        if closed.quote && !before.ends_with(is_quote) {
            return true;
        }
        // `Col. (ret.) Holt`
        if closed.bracket && before.ends_with(['(', '[']) && word.starts_with(char::is_lowercase) {
            return opens(after);
        }
        let numeral = is_numeral(raw);
        if classes.any(&[Class::Numbered]) {
            return !numeral && opens(after);
        }
        if classes.any(&[Class::NumberedWord]) {
            let roman = word.starts_with(char::is_uppercase) && numeral;
            return !roman && !raw.starts_with(|first: char| first.is_ascii_digit());
        }
        if classes.any(&[Class::End]) {
            return true;
        }
        if classes.any(&[Class::Time]) {
            return !goes_on_with_time(after) && !is_time_clause(before);
        }
        if is_letters(word) {
            return letters_end(word, last_word(before.trim_end()), after, raw);
        }
        if classes.any(&[Class::MayEnd, Class::Month, Class::State]) {
            return opens(after);
        }
        let ordinal = word.len() <= 2 && word.bytes().all(|digit| digit.is_ascii_digit());
        !(ordinal && abbreviations::classes(self::word(after)).any(&[Class::OrdinalMonth]))
    }
}

/// Whether a point ends a sentence after one or more single letters: an initial, `U.S`, `plan C`, `z. B`.
fn letters_end(word: &str, before: &str, after: &str, raw: &str) -> bool {
    if word.contains('.') {
        return opens(after);
    }
    let mut letters = raw.chars();
    let initial_follows = letters.next().is_some_and(char::is_alphabetic) && letters.next() == Some('.');
    if word.chars().all(char::is_lowercase) {
        // The second letter of `d. h.`.
        if before.strip_suffix('.').is_some_and(|first| first.chars().count() == 1) {
            return opens(after);
        }
        return !initial_follows && !raw.starts_with(|first: char| first.is_ascii_digit());
    }
    if initial_follows {
        return false;
    }
    let mark = abbreviations::classes(before).any(&[Class::Lettered])
        || !before.is_empty() && abbreviations::classes(&before.to_lowercase()).any(&[Class::Lettered]);
    mark || opens(after)
}

fn abbreviation(word: &str) -> Classes {
    abbreviations::classes_in_capitals(word)
}

/// One letter, or several with points between.
fn is_letters(word: &str) -> bool {
    word.chars().count() == 1 && word.chars().all(char::is_alphabetic) || abbreviations::is_dotted(word)
}

/// `Monday`, `GMT`, `Velmar time`.
fn goes_on_with_time(after: &str) -> bool {
    let first = word(after);
    abbreviations::classes(first).any(&[Class::AfterTime])
        || matches!(word(after[first.len()..].trim_start()), "time" | "Time" | "local")
}

/// `At half past 2` before its `p.m.`, where a sentence begins: the clause goes on.
fn is_time_clause(before: &str) -> bool {
    let mut words = before.split_whitespace();
    words.next().is_some_and(|first| abbreviations::classes(first).any(&[Class::BeforeTime]))
        && words.take(LONGEST_TIME + 1).count() <= LONGEST_TIME
}

/// A number, a Roman numeral or a single letter, as references have them: `5`, `IV`, `B`.
fn is_numeral(text: &str) -> bool {
    let first = word(text);
    first.starts_with(|digit: char| digit.is_ascii_digit())
        || !first.is_empty() && first.chars().all(|letter| "IVXLC".contains(letter))
        || first.len() == 1 && first.chars().all(char::is_uppercase)
}

/// The number of a list's item: `12`, `1.2`, `IV`, `B`.
fn is_item(word: &str) -> bool {
    let roman = word.chars().all(|letter| "IVXLC".contains(letter));
    let number = word.chars().all(|letter| letter.is_ascii_digit() || letter == '.') && word.len() <= 3;
    let letter = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !word.is_empty() && word.len() <= LONGEST_ITEM && (roman || number || letter)
}

/// The word at the end of `text`; empty where it is longer than any abbreviation.
fn last_word(text: &str) -> &str {
    let begins = |letter: char| letter.is_whitespace() || is_opening(letter) || "-–—/\"”".contains(letter);
    let mut start = text.len();
    for (at, letter) in text.char_indices().rev() {
        if begins(letter) {
            break;
        }
        if text.len() - at > abbreviations::LONGEST {
            return "";
        }
        start = at;
    }
    text[start..].trim_start_matches(['\'', '’'])
}

/// Whether a sentence is nothing but dots.
fn is_omission(sentence: &str) -> bool {
    sentence.len() <= NEAR && sentence.chars().all(dots)
}

/// The beginning of `text`: looking no further keeps hostile text linear.
fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(NEAR)]
}

/// The end of `text`, likewise.
fn tail(text: &str) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(NEAR))..]
}

fn dots(letter: char) -> bool {
    letter == '.' || letter == '…' || letter.is_whitespace()
}

fn next(text: &str) -> Next<'_> {
    let mut rest = text;
    let mut bracket = false;
    for _ in 0..MOST_OPENING {
        let Some(first) = rest.chars().next() else { return Next::GoesOn };
        if !(is_opening(first) || is_quote(first) || matches!(first, '¿' | '¡' | '$' | '€' | '£' | '#' | '@' | '*'))
        {
            break;
        }
        bracket |= matches!(first, '(' | '[');
        rest = rest[first.len_utf8()..].trim_start();
    }
    let Some(first) = rest.chars().next() else { return Next::GoesOn };
    match first {
        '-' | '–' | '—' | '―' => Next::Dash(rest.trim_start_matches(['-', '–', '—', '―', ' '])),
        '…' | '.' => {
            let after = head(rest).trim_start_matches(dots);
            let omits = first == '…' || rest.starts_with("..");
            if omits && after.starts_with(char::is_uppercase) { Next::Begins } else { Next::GoesOn }
        }
        _ if first.is_uppercase() => Next::Capital(rest),
        _ if first.is_lowercase() => {
            let item =
                rest[first.len_utf8()..].starts_with(')') || bracket && rest[first.len_utf8()..].starts_with(']');
            match (is_named_low(rest), item) {
                (_, true) => Next::Begins,
                (true, _) => Next::Capital(rest),
                _ => Next::GoesOn,
            }
        }
        _ if first.is_alphanumeric() => Next::Begins,
        ',' | ';' | ':' | '!' | '?' | '%' | '&' | '/' | '=' | '+' | '|' => Next::GoesOn,
        _ if is_closing(first) => Next::GoesOn,
        _ => Next::Begins,
    }
}

/// A name whose first letter is small: `iKesh`, `d’Aubry`, `al-Rahim`, `von Holt`; but not `mid-May`.
fn is_named_low(text: &str) -> bool {
    let first = word(text);
    if is_particle(first) && text[first.len()..].trim_start().starts_with(char::is_uppercase) {
        return true;
    }
    let mut letters = text.chars().take(LONGEST_ITEM).skip(1);
    loop {
        match letters.next() {
            Some(letter) if letter.is_uppercase() => return true,
            Some('-') => {
                let prefix = text.split('-').next().unwrap_or("");
                return prefix.chars().count() <= 2 && letters.next().is_some_and(char::is_uppercase);
            }
            Some(letter) if letter.is_lowercase() || matches!(letter, '\'' | '’') => {}
            _ => return false,
        }
    }
}

/// Whether a reporting clause begins `text`, by a name: `Vael asked`, `Ambassador Ke Ruo of Lanqing said`,
/// `Ida Vael, the premier, said`.
fn reports(text: &str) -> bool {
    if opens(text) {
        return false;
    }
    // Within `, the premier,`, after `of` and after `Kesh’s` stand words in lower case.
    let (mut apposition, mut of) = (false, false);
    for (index, found) in head(text).split_whitespace().take(LONGEST_SOURCE).enumerate() {
        let bare = found.trim_end_matches(['.', ',', ':', ';', '!', '?', ')']);
        if index > 0 && !apposition && follows_quotation(bare) {
            return true;
        }
        let names = bare.starts_with(|first: char| first.is_uppercase() || first == '(') || is_particle(bare);
        let titled = abbreviation(bare) != Classes::default() || is_letters(bare);
        let ends = found.ends_with(['!', '?']) || found.ends_with('.') && !titled;
        of |= bare == "of" || bare.ends_with("’s") || bare.ends_with("'s");
        if ends || !(names || apposition || of || index > 0 && BETWEEN.contains(&bare)) {
            return false;
        }
        apposition ^= found.ends_with(',');
    }
    false
}

/// Small words between a quotation's source and its cue.
const BETWEEN: [&str; 8] = ["of", "the", "de", "and", "for", "was", "had", "then"];

/// Whether a name goes on after `word`: `von Holt`.
fn is_particle(word: &str) -> bool {
    matches!(word, "von" | "van" | "al" | "el" | "bin" | "ibn" | "ten" | "ter" | "uulu" | "kyzy")
}

fn is_quote(mark: char) -> bool {
    matches!(
        mark,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '`'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// Marks that can stand after a terminator and belong to the sentence.
pub(super) fn is_closing(mark: char) -> bool {
    is_quote(mark) && !matches!(mark, '„' | '‚' | '`' | '「' | '『') || matches!(mark, ')' | ']' | '}')
}

/// Marks that can stand before the first word of a sentence.
pub(super) fn is_opening(mark: char) -> bool {
    is_quote(mark) && !matches!(mark, '”' | '’' | '"' | '\'' | '」' | '』') || matches!(mark, '(' | '[' | '{')
}
