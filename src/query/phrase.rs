//! What stands between quote marks: words in a fixed order, with gaps and alternatives.
//!
//! Marks do not count inside, but for those that stand for words: `*`, `(a|b)`, `rail*`, `wom?n`, `Kaldan~1`, `=Rail`
//! and `/…/`. Signs that mean something elsewhere in the language are refused, since leaving them out would search for
//! something else than what was typed.

use super::error::Fault;
use super::{Pattern, Slot, pattern, regular, word};

/// The slots of the phrase whose text, its quote marks left out, is `inner` and begins at code point `start`.
pub(super) fn slots(inner: &[char], start: usize) -> Result<Vec<Slot>, Fault> {
    let mut reader = Reader { letters: inner, position: 0, start };
    let mut slots = Vec::new();
    while let Some(letter) = reader.skip_space() {
        match letter {
            '(' => slots.extend(reader.alternatives()?),
            ')' => return Err(reader.here(NO_OPENING.0, NO_OPENING.1)),
            '|' => return Err(reader.here(BARE_BAR.0, BARE_BAR.1)),
            '*' if reader.is_alone() => {
                reader.position += 1;
                slots.push((Slot::Gap, reader.position));
            }
            _ => slots.extend(reader.term()?.map(|term| (Slot::Words(vec![vec![term]]), reader.position))),
        }
    }
    let ends = [slots.first(), slots.last()];
    if let Some((_, end)) = ends.into_iter().flatten().find(|(slot, _)| *slot == Slot::Gap) {
        let help = "leave it out: `*` stands for one word between two others, as in `\"free * agreement\"`";
        return Err(Fault::new(start + end - 1..start + end, "a phrase begins and ends with words", help));
    }
    Ok(slots.into_iter().map(|(slot, _)| slot).collect())
}

const NO_OPENING: (&str, &str) = (
    "this parenthesis closes nothing",
    "inside a phrase parentheses hold alternatives: `\"(free|fair) trade\"`; leave it out otherwise",
);
const BARE_BAR: (&str, &str) =
    ("`|` stands outside of parentheses", "write alternatives of a phrase as `\"(free|fair) trade\"`");

struct Reader<'l> {
    letters: &'l [char],
    position: usize,
    /// Where the letters begin in the query.
    start: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.position).copied()
    }

    /// The next letter that is no space.
    fn skip_space(&mut self) -> Option<char> {
        while self.peek()?.is_whitespace() {
            self.position += 1;
        }
        self.peek()
    }

    /// A complaint about the letter ahead.
    fn here(&self, message: &str, help: &str) -> Fault {
        let at = self.start + self.position;
        Fault::new(at..at + 1, message, help)
    }

    /// Whether the letter ahead is parted from what follows.
    fn is_alone(&self) -> bool {
        self.letters.get(self.position + 1).is_none_or(|next| next.is_whitespace())
    }

    /// `(free|fair)`; a single alternative is its words.
    fn alternatives(&mut self) -> Result<Vec<(Slot, usize)>, Fault> {
        let open = self.position;
        self.position += 1;
        let mut runs: Vec<Vec<Pattern>> = vec![Vec::new()];
        let mut begun = self.position;
        loop {
            let letter = self.skip_space();
            match letter {
                None => {
                    let at = self.start + open..self.start + open + 1;
                    let help = "close the alternatives with `)`: `\"(free|fair) trade\"`; or leave the mark out";
                    return Err(Fault::new(at, "this parenthesis is never closed", help));
                }
                Some('(') => {
                    return Err(self.here(
                        "alternatives within alternatives",
                        "write them side by side: `\"(free|fair|fair and free) trade\"`",
                    ));
                }
                Some('*') if self.is_gap() => {
                    return Err(self.here(
                        "`*` (any one word) within alternatives",
                        "write two phrases with OR: `\"free * trade\" OR \"fair trade\"`",
                    ));
                }
                Some('|' | ')') if runs.last().is_none_or(Vec::is_empty) => {
                    let at = self.start + begun - 1..self.start + self.position + 1;
                    return Err(Fault::new(at, "an alternative without a word", "write a word on both sides of `|`"));
                }
                Some(')') => break,
                Some('|') => {
                    self.position += 1;
                    begun = self.position;
                    runs.push(Vec::new());
                }
                Some(_) => {
                    let term = self.term()?;
                    if let Some(run) = runs.last_mut() {
                        run.extend(term);
                    }
                }
            }
        }
        self.position += 1;
        self.check_after()?;
        let single = |term| (Slot::Words(vec![vec![term]]), self.position);
        Ok(match runs.pop() {
            Some(only) if runs.is_empty() => only.into_iter().map(single).collect(),
            last => {
                runs.extend(last);
                vec![(Slot::Words(runs), self.position)]
            }
        })
    }

    fn is_gap(&self) -> bool {
        self.letters.get(self.position + 1).is_none_or(|next| next.is_whitespace() || matches!(next, '|' | ')'))
    }

    /// `(free|fair)ly` would be half a word.
    fn check_after(&self) -> Result<(), Fault> {
        match self.peek() {
            Some(next) if word::is_of_word(next) || matches!(next, '*' | '?' | '~' | '(' | '=') => Err(self.here(
                "alternatives are whole words",
                "put a space between them and the next word; write parts of words out: `(railway|railways)`",
            )),
            _ => Ok(()),
        }
    }

    /// A word with its sign; `None` for marks alone.
    fn term(&mut self) -> Result<Option<Pattern>, Fault> {
        let rest = self.letters.get(self.position..).unwrap_or(&[]);
        if let ['/', next, ..] = rest
            && !next.is_whitespace()
        {
            return self.regex().map(Some);
        }
        let ends = |letter: &char| letter.is_whitespace() || matches!(letter, '(' | ')' | '|');
        let len = rest.iter().position(ends).unwrap_or(rest.len());
        let run = rest.get(..len).unwrap_or(&[]);
        let start = self.start + self.position;
        self.position += len;
        if self.peek() == Some('(') && run.last().is_some_and(|last| word::is_of_word(*last) || *last == '=') {
            return Err(self.here(
                "alternatives are whole words",
                "put a space before them; write parts of words out: `(railway|railways)`; `=` stands before each word",
            ));
        }
        term(run, start)
    }

    fn regex(&mut self) -> Result<Pattern, Fault> {
        let rest = self.letters.get(self.position..).unwrap_or(&[]);
        let Some(len) = regular::closing(rest) else {
            return Err(self.here(
                "this `/` opens a regular expression that is never closed",
                "close it with `/`, or leave the mark out: marks do not count inside a phrase",
            ));
        };
        let text: String = rest.get(1..len).unwrap_or(&[]).iter().collect();
        let start = self.start + self.position;
        regular::check(&text, start + 1)?;
        self.position += len + 1;
        let after = rest.get(len + 1..).unwrap_or(&[]);
        let tail = after.iter().take_while(|letter| !letter.is_whitespace() && !matches!(letter, '|' | ')')).count();
        match after.first() {
            Some(next) if word::is_of_word(*next) || matches!(next, '*' | '?' | '~' | '(' | '=' | '/') => {
                Err(regular::tail(after.get(..tail).unwrap_or(&[]), start + len + 1))
            }
            _ => Ok(Pattern::Regex(text)),
        }
    }
}

/// The word of a run between spaces that begins at `start`; `None` for marks alone.
fn term(run: &[char], start: usize) -> Result<Option<Pattern>, Fault> {
    for (index, letter) in run.iter().enumerate() {
        let message = match letter {
            '^' => "`^` (weight) stands inside a phrase",
            '\\' => "`\\` (escape) is not supported",
            _ => continue,
        };
        let help =
            "a weight stands behind the whole phrase: `\"free trade\"^2`; marks are left out, they are not indexed";
        return Err(Fault::new(start + index..start + index + 1, message, help));
    }
    let is_sign = |letter: char| word::is_of_word(letter) || pattern::is_wild(letter) || matches!(letter, '~' | '=');
    let Some(first) = run.iter().position(|letter| is_sign(*letter)) else { return Ok(None) };
    let last = run.iter().rposition(|letter| is_sign(*letter)).unwrap_or(first);
    let (core, start) = (run.get(first..=last).unwrap_or(&[]), start + first);
    let text: String = core.iter().collect();
    match core {
        // `rail = road`: a mark between words.
        _ if core.iter().all(|letter| *letter == '=') => Ok(None),
        ['=', rest @ ..] => {
            let marks = rest.iter().take_while(|letter| !is_sign(**letter)).count();
            let end = rest.iter().rposition(|letter| *letter != '=').map_or(0, |last| last + 1);
            let word = [&['='], rest.get(marks..end).unwrap_or(&[])].concat();
            pattern::read(&word, start).map(Some)
        }
        _ if core.contains(&'~') || core.iter().any(|letter| pattern::is_wild(*letter)) => {
            pattern::read(core, start).map(Some)
        }
        _ if word::has_substance(&text) => {
            let text = text.trim_end_matches('=').to_owned();
            Ok(Some(Pattern::Stem(with_last_point(text, run.get(last + 1)))))
        }
        _ => Ok(None),
    }
}

/// The last point of `U.N.` belongs to it.
fn with_last_point(mut word: String, next: Option<&char>) -> String {
    if next == Some(&'.') && word.contains('.') {
        word.push('.');
    }
    word
}

/// The complaint about a phrase that holds no word.
pub(super) fn nothing(inner: &[char], start: usize) -> Fault {
    let text: String = inner.iter().collect();
    if text.trim().is_empty() {
        let at = start - 1..start + inner.len() + 1;
        return Fault::new(at, "an empty phrase", "write the words between the quote marks, or leave them out");
    }
    word::nothing_to_search(&text, start, inner.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Slot>, Fault> {
        slots(&text.chars().collect::<Vec<_>>(), 1)
    }

    fn stem(text: &str) -> Pattern {
        Pattern::Stem(text.into())
    }

    #[test]
    fn marks_do_not_count_and_words_keep_theirs() {
        let words: Vec<Pattern> = read("“Kesh, – AT&T's U.N. (first) rail=road, 'tis”: ends.")
            .unwrap()
            .into_iter()
            .map(|slot| match slot {
                Slot::Words(mut runs) => runs.remove(0).remove(0),
                Slot::Gap => panic!("a gap"),
            })
            .collect();

        assert_eq!(words, ["Kesh", "AT&T's", "U.N.", "first", "rail=road", "tis", "ends"].map(stem));
    }

    #[test]
    fn slots_hold_gaps_alternatives_and_patterns() {
        let slots = read("(free | =Fair and rail*) * trade~1, /co(rr|r)idor/").unwrap();

        assert_eq!(
            slots[0],
            Slot::Words(vec![
                vec![stem("free")],
                vec![Pattern::Exact("Fair".into()), stem("and"), Pattern::Wildcard("rail*".into())],
            ])
        );
        assert_eq!(slots[1], Slot::Gap);
        assert_eq!(slots[2], Slot::Words(vec![vec![Pattern::Fuzzy { word: "trade".into(), edits: 1 }]]));
        assert_eq!(slots[3], Slot::Words(vec![vec![Pattern::Regex("co(rr|r)idor".into())]]));
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        for text in [
            "free (trade",
            "free trade)",
            "free | trade",
            "(free|) trade",
            "(|free) trade",
            "((a|b)|c) d",
            "(a * b|c) d",
            "railway(s)",
            "(rail|road)s",
            "* trade",
            "trade *",
            "free^2 trade",
            "rail\\*",
            "what did he say?",
            "Kaldan~ said",
            "~50",
            "=Rail* x",
            "/rail",
            "/rail/i x",
            "=(a|b) c",
            "a /b(/ c",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
