//! Which words of a text one typed word stands for: itself, a shape, its neighbours, or exactly what is written.
//!
//! Each of these compares one word of the index. A typed word that the index cuts into several is their phrase where it
//! is plain; with a wildcard or the like it is an error that says how to write the phrase.

use super::Pattern;
use super::error::{Fault, shown};
use super::limits::MAX_WILDCARDS;
use super::word;
use crate::analysis::words;
use crate::model::fold;

/// The pattern that `run`, which begins at code point `start` of the query, stands for.
pub(super) fn read(run: &[char], start: usize) -> Result<Pattern, Fault> {
    match run {
        ['=', rest @ ..] => exact(rest, start),
        _ if run.contains(&'~') => fuzzy(run, start),
        _ if run.iter().copied().any(is_wild) => wildcard(run, start),
        _ => {
            word::check(run, start)?;
            Ok(Pattern::Stem(run.iter().collect()))
        }
    }
}

/// Whether `letter` stands for other letters in a word.
pub(super) fn is_wild(letter: char) -> bool {
    matches!(letter, '*' | '?')
}

/// What follows `=`, which stands at `start`.
fn exact(rest: &[char], start: usize) -> Result<Pattern, Fault> {
    let here = start..start + 1;
    if rest.is_empty() {
        let help = "write it right before a word: `=Rail`; in a phrase before each word: `\"=Amber =Rail\"`";
        return Err(Fault::new(here, "`=` (exact form) without a word", help));
    }
    if let Some(index) = rest.iter().position(|letter| is_wild(*letter) || matches!(letter, '~' | '=' | '/')) {
        let at = start + 1 + index;
        let help = "`=Rail` asks for one form, `rail*`, `Rail~1` and `/…/` for several: choose one of them";
        return Err(Fault::new(at..at + 1, "`=` (exact form) cannot be joined with this", help));
    }
    word::check(rest, start + 1)?;
    let text: String = rest.iter().collect();
    if words(&text).count() > 1 {
        let parts: Vec<String> = parts(rest).iter().map(|part| format!("={part}")).collect();
        return Err(several(&parts.join(" "), "`=`", start..start + 1 + rest.len()));
    }
    Ok(Pattern::Exact(text))
}

/// `Kaldan~1`.
fn fuzzy(run: &[char], start: usize) -> Result<Pattern, Fault> {
    let tilde = run.iter().position(|letter| *letter == '~').unwrap_or(0);
    let (word, rest) = run.split_at(tilde);
    let at = start + tilde..start + run.len();
    let typed: String = rest.iter().collect();
    if word.is_empty() {
        let help = "write it right after a word (`Kaldan~1`) or a phrase (`\"trade corridor\"~5`); for other clauses \
                    near each other write NEAR/5";
        return Err(Fault::new(at, "`~` stands behind nothing that it could loosen", help));
    }
    if let Some(index) = word.iter().position(|letter| is_wild(*letter)) {
        let place = start + index..start + index + 1;
        let help = "`rail*` asks for a shape, `rail~1` for similar words: choose one, or join both with OR";
        return Err(Fault::new(place, "a wildcard and `~` in one word", help));
    }
    if let ['=' | '/', ..] = word {
        let help = "choose one of `=Rail`, `Rail~1` and `/…/`";
        return Err(Fault::new(at, "`~` cannot be joined with this", help));
    }
    let edits = match typed.as_str() {
        "~1" => 1,
        "~2" => 2,
        "~" => {
            let help = "write how many letters may differ: `Kaldan~1` or `Kaldan~2`";
            return Err(Fault::new(at, "`~` (similar words) without a number", help));
        }
        _ => {
            let help = "write `~1` or `~2`: how many letters may differ";
            return Err(Fault::new(at, format!("`{}` is not a number of letters", shown(&typed)), help));
        }
    };
    word::check(word, start)?;
    let text: String = word.iter().collect();
    if words(&text).count() > 1 {
        return Err(several(&format!("{}{typed}", parts(word).join(" ")), "`~`", start..start + run.len()));
    }
    // Of a word with fewer letters hardly any remains.
    if fold(&text).chars().count() < usize::from(edits) + 2 {
        let message = format!("`{text}` is too short for `{typed}`");
        let help =
            format!("with {edits} of its letters changed, little of it remains: write the spellings out with OR");
        return Err(Fault::new(start..start + run.len(), message, help));
    }
    Ok(Pattern::Fuzzy { word: text, edits })
}

/// `rail*`, `wom?n`, `*lateral`.
fn wildcard(run: &[char], start: usize) -> Result<Pattern, Fault> {
    let whole = start..start + run.len();
    let text: String = run.iter().collect();
    if run.iter().copied().all(is_wild) {
        let help = "write at least one letter with it: `rail*`; in a phrase, `*` between words is any one word; \
                    `speaker:*` asks for any value of a field";
        return Err(Fault::new(whole, format!("`{}` stands for every word", shown(&text)), help));
    }
    if let [before @ .., '?'] = run {
        return Err(question_mark(before, start + before.len()));
    }
    let filled: Vec<char> = run.iter().map(|letter| if is_wild(*letter) { 'x' } else { *letter }).collect();
    word::check(&filled, start)?;
    if run.iter().filter(|letter| is_wild(**letter)).count() > MAX_WILDCARDS {
        let message = format!("more than {MAX_WILDCARDS} wildcards in one word");
        return Err(Fault::new(whole, message, "write more of its letters, or several words with OR"));
    }
    if words(&filled.iter().collect::<String>()).count() > 1 {
        return Err(several(&parts(run).join(" "), "a wildcard", whole));
    }
    Ok(Pattern::Wildcard(text))
}

/// A pasted question, or any one letter: which of the two is not for the program to guess.
pub(super) fn question_mark(before: &[char], at: usize) -> Fault {
    let word: String = before.iter().copied().filter(|letter| letter.is_alphanumeric()).collect();
    let word = shown(&word);
    Fault::new(
        at..at + 1,
        "`?` at the end of a word: the end of a question, or any one letter?",
        format!("leave it out to search for `{word}`; for one more letter write `/{word}./`"),
    )
}

/// The complaint about a pattern over what the index holds as several words; `phrase` says the same as a phrase.
fn several(phrase: &str, sign: &str, at: std::ops::Range<usize>) -> Fault {
    Fault::new(
        at,
        format!("{sign} belongs to one word, and the index holds this as several"),
        format!("write a phrase: `\"{}\"`", shown(phrase)),
    )
}

/// The runs of letters and wildcards between other marks.
fn parts(run: &[char]) -> Vec<String> {
    run.split(|letter| !is_wild(*letter) && !word::is_of_word(*letter))
        .filter(|part| !part.is_empty())
        .map(|part| part.iter().collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Result<Pattern, Fault> {
        read(&text.chars().collect::<Vec<_>>(), 0)
    }

    #[test]
    fn signs_tell_what_a_word_stands_for() {
        assert_eq!(pattern("rail").unwrap(), Pattern::Stem("rail".into()));
        assert_eq!(pattern("=Rail").unwrap(), Pattern::Exact("Rail".into()));
        assert_eq!(pattern("Kaldan~2").unwrap(), Pattern::Fuzzy { word: "Kaldan".into(), edits: 2 });
        for text in ["rail*", "*lateral", "wom?n", "?ail", "r*l*y", "Ö*", "24*"] {
            assert_eq!(pattern(text).unwrap(), Pattern::Wildcard(text.into()), "{text}");
        }
    }

    #[test]
    fn a_pattern_of_several_words_is_written_as_a_phrase() {
        for (text, phrase) in [
            ("good-neigh*", "\"good neigh*\""),
            ("=Rail-Link", "\"=Rail =Link\""),
            ("good-neighbourly~1", "\"good neighbourly~1\""),
        ] {
            let error = pattern(text).unwrap_err().in_query(text);
            assert!(error.help.contains(phrase), "{text}: {}", error.help);
        }
    }

    #[test]
    fn signs_that_contradict_each_other_or_say_nothing_are_refused() {
        for text in [
            "*",
            "**",
            "?",
            "say?",
            "rail*~1",
            "=Rail*",
            "=Rail~1",
            "~1",
            "Kaldan~",
            "Kaldan~3",
            "Kaldan~0.8",
            "ab~1",
            "abc~2",
            "a**********b*",
            "=",
            "==a",
            "Kaldan~1~1",
            "rail!*",
        ] {
            assert!(pattern(text).is_err(), "{text}");
        }
    }
}
