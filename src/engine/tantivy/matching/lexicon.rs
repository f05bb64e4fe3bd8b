//! Which words of the index a pattern stands for.
//!
//! The field of words holds each word as written and, where that differs, folded behind a mark. The folded words are
//! thus the marked terms and those raw terms that fold to themselves; both ranges of the dictionary are searched from
//! the pattern's fixed beginning on. What a pattern stands for is listed in full or refused, never cut short.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use regex::{Regex, RegexBuilder};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, Term};
use tantivy_fst::Automaton;

use crate::analysis::{cut_off, words};
use crate::engine::EngineError;
use crate::engine::tantivy::backend;
use crate::engine::tantivy::tokenizer::FOLDED;
use crate::model::fold;
use crate::query::Place;

/// How many words of the index one pattern may stand for: as many as Lucene lets a query have clauses. Reading the
/// postings of more would take longer than a search may.
const MOST_WORDS: usize = 1_024;
/// Memory for the program of one regular expression, in bytes: enough for some thousand letters, and the limit on
/// repetitions of repetitions.
const REGEX_SIZE: usize = 1 << 20;

/// The terms of the words that patterns are cut into, by field and pattern: one search asks for them when it matches,
/// when it scores and when it marks.
pub(in crate::engine::tantivy) type Expansions = RefCell<HashMap<(Field, String), Vec<Vec<Term>>>>;

/// The dictionary of one index.
#[derive(Clone, Copy)]
pub(in crate::engine::tantivy) struct Lexicon<'i> {
    pub(in crate::engine::tantivy) searcher: &'i Searcher,
    /// What patterns stand for, so far as it is known.
    pub(in crate::engine::tantivy) known: &'i Expansions,
}

/// A shape of folded words.
pub(in crate::engine::tantivy) enum Shape {
    /// Words that begin so and match.
    Regex { prefix: String, regex: Regex },
    /// Words within a distance.
    Fuzzy(Box<DFA>),
}

impl Shape {
    /// `pattern` is folded; `*` are any letters, `?` any one.
    pub(in crate::engine::tantivy) fn wildcard(pattern: &str, at: &Place) -> Result<Self, EngineError> {
        let prefix = pattern.split(['*', '?']).next().unwrap_or_default().to_owned();
        let part = |letter: char| match letter {
            '*' => ".*".to_owned(),
            '?' => ".".to_owned(),
            letter => regex::escape(letter.encode_utf8(&mut [0; 4])),
        };
        let regex = compile(&pattern.chars().map(part).collect::<String>(), at)?;
        Ok(Self::Regex { prefix, regex })
    }

    /// `pattern` is a regular expression for whole words.
    pub(in crate::engine::tantivy) fn regex(pattern: &str, at: &Place) -> Result<Self, EngineError> {
        // Words have no case and no diacritics any more; case is left to the expression, whose classes have both.
        let folded: String = pattern
            .chars()
            .map(|letter| if letter.is_ascii() { letter.into() } else { fold(&letter.to_string()) })
            .collect();
        // By itself first: what closes a parenthesis that it did not open would leave the bounds that are put around it.
        build(pattern, at)?;
        Ok(Self::Regex { prefix: fixed_beginning(pattern), regex: compile(&format!("(?:{folded})"), at)? })
    }

    /// Words at most `edits` away from `word`, which is folded; to swap two neighbours is one edit.
    pub(in crate::engine::tantivy) fn fuzzy(word: &str, edits: u8) -> Self {
        Self::Fuzzy(Box::new(LevenshteinAutomatonBuilder::new(edits.min(2), true).build_dfa(cut_off(word))))
    }
}

fn compile(pattern: &str, at: &Place) -> Result<Regex, EngineError> {
    build(&format!(r"\A(?:{pattern})\z"), at)
}

fn build(pattern: &str, at: &Place) -> Result<Regex, EngineError> {
    let built = RegexBuilder::new(pattern)
        .case_insensitive(true)
        .dot_matches_new_line(true)
        .size_limit(REGEX_SIZE)
        .dfa_size_limit(REGEX_SIZE)
        .build();
    built.map_err(|error| EngineError::Unsupported {
        at: at.clone(),
        message: match error {
            regex::Error::CompiledTooBig(limit) => {
                format!("the regular expression needs more than {limit} bytes; write fewer or smaller repetitions")
            }
            error => format!("the regular expression cannot be read: {}", last_line(&error.to_string())),
        },
    })
}

/// What the error says, without the expression that it repeats.
fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or(text).trim_start_matches("error: ")
}

/// The letters with which whatever the regular expression matches begins; empty where that is not plain to see.
fn fixed_beginning(pattern: &str) -> String {
    if has_outer_alternatives(pattern) {
        return String::new();
    }
    let is_plain = |letter: &char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    let mut beginning: String = pattern.chars().take_while(is_plain).collect();
    let repeated = |next: char| matches!(next, '?' | '*' | '+' | '{');
    if pattern[beginning.len()..].starts_with(repeated) {
        beginning.pop();
    }
    beginning
}

/// Whether a `|` may stand outside of every parenthesis. Where classes or escapes could hide a parenthesis, any may.
fn has_outer_alternatives(pattern: &str) -> bool {
    let mut depth = 0_usize;
    let hides = pattern.contains(['[', '\\']) || pattern.contains("(?");
    pattern.chars().any(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == '|' && (hides || depth == 0)
    })
}

impl Lexicon<'_> {
    /// The terms of a folded word: as it is, and where it was written otherwise.
    pub(in crate::engine::tantivy) fn folded(field: Field, word: &str) -> Vec<Term> {
        let mut terms = vec![Term::from_field_text(field, &format!("{FOLDED}{word}"))];
        if is_folded(word) {
            terms.push(Term::from_field_text(field, word));
        }
        terms
    }

    /// The terms of the words of `field` that `shape` stands for; `written` is the pattern as it was typed.
    pub(in crate::engine::tantivy) fn expand(
        self,
        field: Field,
        shape: &Shape,
        written: &str,
        at: &Place,
    ) -> Result<Vec<Term>, EngineError> {
        let mut words = self.words(field, shape, false)?;
        if words.len() > MOST_WORDS && self.searcher.segment_readers().iter().any(SegmentReader::has_deletes) {
            words = self.words(field, shape, true)?;
        }
        if words.len() > MOST_WORDS {
            return Err(EngineError::Unsupported {
                at: at.clone(),
                message: format!(
                    "`{}` stands for {} words of this index, and one pattern may stand for {MOST_WORDS}; \
                     write more of its letters",
                    crate::model::single_line(written),
                    words.len()
                ),
            });
        }
        Ok(words.iter().flat_map(|word| Self::folded(field, word)).collect())
    }

    /// Every folded word of `field` at most two letters away from `word`, which is folded, that a passage holds still.
    pub(in crate::engine::tantivy) fn similar(self, field: Field, word: &str) -> Result<BTreeSet<String>, EngineError> {
        self.words(field, &Shape::fuzzy(word, 2), true)
    }

    /// Every folded word of that shape; `alive` asks that a passage hold it still.
    fn words(self, field: Field, shape: &Shape, alive: bool) -> Result<BTreeSet<String>, EngineError> {
        let mut found = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(field).map_err(backend)?;
            let mut take = |term: &[u8], info: &tantivy::postings::TermInfo| -> Result<(), EngineError> {
                let Ok(term) = std::str::from_utf8(term) else { return Ok(()) };
                let word = match term.strip_prefix(FOLDED) {
                    Some(word) => word,
                    None if is_folded(term) => term,
                    None => return Ok(()),
                };
                if found.contains(word) {
                    return Ok(());
                }
                if alive {
                    let postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic);
                    if !any_alive(segment, &mut postings.map_err(backend)?) {
                        return Ok(());
                    }
                }
                found.insert(word.to_owned());
                Ok(())
            };
            match shape {
                Shape::Fuzzy(dfa) => {
                    let mut stream = inverted.terms().search(Marked(dfa)).into_stream().map_err(backend)?;
                    while let Some((term, info)) = stream.next() {
                        take(term, info)?;
                    }
                }
                Shape::Regex { prefix, regex } => {
                    for beginning in [format!("{FOLDED}{prefix}"), prefix.clone()] {
                        let mut stream = inverted.terms().range().ge(&beginning).into_stream().map_err(backend)?;
                        while let Some((term, info)) = stream.next() {
                            match matches(regex, &beginning, term) {
                                ControlFlow::Break(()) => break,
                                ControlFlow::Continue(false) => {}
                                ControlFlow::Continue(true) => take(term, info)?,
                            }
                        }
                    }
                }
            }
        }
        Ok(found)
    }
}

/// Whether `term`, marked or not, is matched; breaks where the terms no longer begin as they must.
fn matches(regex: &Regex, beginning: &str, term: &[u8]) -> ControlFlow<(), bool> {
    if !term.starts_with(beginning.as_bytes()) {
        return ControlFlow::Break(());
    }
    let term = std::str::from_utf8(term).unwrap_or_default();
    ControlFlow::Continue(regex.is_match(term.strip_prefix(FOLDED).unwrap_or(term)))
}

/// Whether a raw word is its own folded form.
pub(in crate::engine::tantivy) fn is_folded(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte == b'\'';
    word.bytes().all(plain) || words(word).eq([(0..word.len(), word.to_owned())])
}

fn any_alive(segment: &SegmentReader, postings: &mut impl DocSet) -> bool {
    let mut document = postings.doc();
    while document != TERMINATED {
        if !segment.is_deleted(document) {
            return true;
        }
        document = postings.advance();
    }
    false
}

/// Runs an automaton of folded words over marked and raw terms.
struct Marked<'d>(&'d DFA);

impl Automaton for Marked<'_> {
    /// Whether it is still before the first byte, and the state of the word's automaton.
    type State = (bool, u32);

    fn start(&self) -> Self::State {
        (true, self.0.initial_state())
    }

    fn is_match(&self, (_, state): &Self::State) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, (_, state): &Self::State) -> bool {
        *state != levenshtein_automata::SINK_STATE
    }

    fn accept(&self, (first, state): &Self::State, byte: u8) -> Self::State {
        if *first && char::from(byte) == FOLDED { (false, *state) } else { (false, self.0.transition(*state, byte)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixed_beginning_is_what_no_match_can_lack() {
        for (pattern, beginning) in [
            ("rail(way)?", "rail"),
            ("railw?", "rail"),
            ("a|b", ""),
            ("rai(l|n)", "rai"),
            ("ra(i)|b", ""),
            ("r[(]|b", ""),
            (r"r\(|b", ""),
            ("[ab]c", ""),
            ("b{2}c", ""),
        ] {
            assert_eq!(fixed_beginning(pattern), beginning, "{pattern}");
        }
    }

    #[test]
    fn an_expression_cannot_leave_its_bounds() {
        assert!(Shape::regex("a)|(b", &(0..1)).is_err());
        assert!(Shape::regex("(a{1000}){1000}", &(0..1)).is_err());
    }
}
