//! Uses of persons' names in a paragraph, with the titles before and the roles around them.
//!
//! A use is what is written; [`super::cast`] says which uses are one person. A sequence of capitals
//! with a word such as `Institute` is a body, not a person, and gives no use.

use std::ops::Range;

use super::gazetteer::{self, Gender, List};
use super::grammar::Class;
use super::paragraph::Paragraph;
use super::tokens::TokenKind;

/// A name as it stands somewhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct NameUse {
    /// The name without titles, in bytes of the text.
    pub(super) bytes: Range<usize>,
    /// Its words, folded.
    pub(super) words: Vec<String>,
    /// As written, with single spaces.
    pub(super) text: String,
    /// The title before it, in lower case but for proper words: `Dorunan president`.
    pub(super) title: Option<String>,
    /// A role given beside the name, and where it stands.
    pub(super) role: Option<(String, Range<usize>)>,
    /// For a reporter, the outlet before the title, and its abbreviation: `Lanqing Daily (LD) reporter`.
    pub(super) outlet: Option<(String, Option<String>)>,
    /// Another name that the text introduces in brackets: `(Osmonov)`.
    pub(super) short: Option<String>,
    /// What title and given name say.
    pub(super) gender: Option<Gender>,
    /// Whether `'s` follows.
    pub(super) genitive: bool,
    /// Whether title, role or given name say that it is a person.
    pub(super) is_person: bool,
    /// In a turn, the name in its label: nobody calls himself by title and surname.
    pub(super) within: Option<String>,
    /// Whether it is said to its bearer, in a turn.
    pub(super) is_spoken_to: bool,
}

/// Lower-case words inside names.
const PARTICLES: [&str; 20] = [
    "de", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "le", "da", "dos", "di", "du", "ter", "uulu",
    "kyzy", "oglu", "y",
];
/// Particles that end a name.
const FINAL_PARTICLES: [&str; 3] = ["uulu", "kyzy", "oglu"];
/// The longest name in words.
const LONGEST: usize = 6;

/// The names used in `paragraph`, in reading order.
pub(super) fn uses(paragraph: &Paragraph<'_>) -> Vec<NameUse> {
    let mut uses = Vec::new();
    let mut at = 0;
    while at < paragraph.tokens.len() {
        let end = sequence_end(paragraph, at);
        if end == at {
            at += 1;
            continue;
        }
        uses.extend(name_in(paragraph, at..end));
        at = end;
    }
    let signs = is_signature(paragraph);
    for name in uses.iter_mut().filter(|name| !name.is_person && name.words.len() > 1) {
        let first = paragraph.tokens.first().is_some_and(|token| token.bytes.start == name.bytes.start);
        name.is_person = signs && first || is_taken_up(paragraph, name);
    }
    uses
}

/// Longest signature, in tokens.
const LONGEST_SIGNATURE: usize = 8;

/// `Finlo Carr, Little Ness`: a line of two names that a comma parts says who wrote and where.
fn is_signature(paragraph: &Paragraph<'_>) -> bool {
    let tokens = paragraph.tokens.len();
    let commas = (0..tokens).filter(|at| paragraph.is_mark(*at, &[','])).count();
    let names = (0..tokens).filter(|at| paragraph.is_capitalised(*at)).count();
    commas == 1 && tokens <= LONGEST_SIGNATURE && names + 1 == tokens && !paragraph.is_mark(tokens - 1, &[','])
}

/// Whether `he` or `she` goes on where a sentence that begins with the name ends: `Rosalind Teague plays the
/// driver. She says eleven words.`
fn is_taken_up(paragraph: &Paragraph<'_>, name: &NameUse) -> bool {
    let begins = |sentence: &Range<usize>| paragraph.tokens.get(sentence.start).map_or(0, |token| token.bytes.start);
    let next = paragraph.sentences.partition_point(|sentence| begins(sentence) <= name.bytes.start);
    let opens = next.checked_sub(1).is_some_and(|at| begins(&paragraph.sentences[at]) == name.bytes.start);
    let goes_on = |next: &Range<usize>| matches!(paragraph.lower(next.start), "he" | "she");
    opens && !name.genitive && paragraph.sentences.get(next).is_some_and(goes_on)
}

/// Whether somebody is spoken to by the name: `One does not sell the sea, Koren.`
///
/// The last of a list is not: `Kastria, Doruna, Kesh.` Gives the mark that ends the sentence.
pub(super) fn is_spoken_to(paragraph: &Paragraph<'_>, name: &NameUse) -> Option<char> {
    let at = paragraph.tokens.partition_point(|token| token.bytes.start < name.bytes.start);
    let after_comma = at >= 2 && paragraph.is_mark(at - 1, &[',']) && !paragraph.is_capitalised(at - 2);
    let end = at + name.text.split(' ').count();
    ['.', '?', '!'].into_iter().find(|mark| after_comma && paragraph.is_mark(end, &[*mark]))
}

/// Where the sequence of capitals that begins at `start` ends.
fn sequence_end(paragraph: &Paragraph<'_>, start: usize) -> usize {
    let mut end = start;
    while end < paragraph.tokens.len() {
        let particle = end > start
            && PARTICLES.contains(&paragraph.lower(end))
            && (paragraph.is_capitalised(end + 1) || FINAL_PARTICLES.contains(&paragraph.lower(end)));
        let glued_by_mark = end > start && paragraph.is_quoted(end) != paragraph.is_quoted(start);
        if glued_by_mark || !(paragraph.is_capitalised(end) || particle) {
            break;
        }
        end += 1;
    }
    end
}

/// The person's name in a sequence of capitals.
fn name_in(paragraph: &Paragraph<'_>, sequence: Range<usize>) -> Option<NameUse> {
    let mut start = sequence.start;
    while start < sequence.end && is_opener(paragraph, start, sequence.end - start) {
        start += 1;
    }
    let titles = (start..sequence.end)
        .rev()
        .find(|at| paragraph.is_listed(*at, &[List::Office, List::Male, List::Female, List::Neutral]));
    // `Author Jorun Askeland` at the beginning of a sentence.
    let trade = || (sequence.end - start > 2 && paragraph.is_listed(start, &[List::Role])).then_some(start);
    let titles = titles.or_else(trade);
    let name = titles.map_or(start, |title| title + 1)..sequence.end;
    let shouted = is_shouted(paragraph, &name);
    if name.is_empty() || name.len() > LONGEST || !name.clone().all(|at| can_name(paragraph, at, shouted)) {
        return None;
    }
    // A role word in capitals after the name: `Kaldan Director`.
    let title_range = titles.map(|title| start..title + 1);
    let (title, before) = title_before(paragraph, title_range, name.start);
    let words: Vec<String> = name.clone().map(|at| crate::model::fold_name(paragraph.tokens[at].text)).collect();
    if words.iter().all(String::is_empty) {
        return None;
    }
    let given = words.first().and_then(|word| gazetteer::given_name(word)).filter(|_| words.len() > 1);
    let said =
        before.clone().and_then(|range| range.clone().rev().find_map(|at| gazetteer::titled(paragraph.lower(at))));
    let (short, after) = bracket(paragraph, name.end);
    let role = super::roles::before(paragraph, before.as_ref().map_or(name.start, |range| range.start))
        .or_else(|| super::roles::after(paragraph, after));
    let outlet = outlet(paragraph, before.as_ref());
    let title = match (&outlet, &title) {
        (Some((outlet, _)), Some(title)) => Some(format!("{title} of {outlet}")),
        _ => title,
    };
    let text = name.clone().map(|at| paragraph.tokens[at].text).collect::<Vec<_>>().join(" ");
    let text = if shouted { super::labels::capitalised(&text) } else { text };
    Some(NameUse {
        bytes: paragraph.bytes(&name)?,
        is_person: title.is_some()
            || given.is_some()
            || words.len() > 1
                && (role.is_some()
                    || name.start > 0
                        && matches!(paragraph.lower(name.start - 1), "told" | "asked" | "thanked" | "married")
                    || name.start > 1
                        && paragraph.lower(name.start - 1) == "by"
                        && paragraph.is_listed(name.start - 2, &[List::Credit])
                    || paragraph.is_mark(name.end, &[','])
                        && (paragraph.lower(name.end + 1) == "who" || is_age(paragraph, name.end + 1))),
        words,
        text,
        title,
        role,
        outlet,
        short,
        gender: said.or(given),
        within: None,
        is_spoken_to: false,
        genitive: paragraph.tokens.get(name.end).is_some_and(|token| token.kind == TokenKind::Genitive),
    })
}

/// Whether the capital at `at` is only the sentence's, not a name's: `But Kaldan`, `Asked`.
fn is_opener(paragraph: &Paragraph<'_>, at: usize, left: usize) -> bool {
    let word = paragraph.lower(at);
    let title = paragraph.is_listed(at, &[List::Office, List::Male, List::Female, List::Neutral]);
    let function = paragraph.is(
        at,
        &[
            Class::SubjectPronoun,
            Class::ObjectPronoun,
            Class::Determiner,
            Class::Auxiliary,
            Class::Preposition,
            Class::Conjunction,
            Class::Subordinator,
            Class::Day,
            Class::Adverb,
            Class::Negation,
        ],
    ) && !(word == "may" && left > 1 && at > 0);
    !title && (function || !paragraph.senses(at).is_empty() && !matches!(word, "mark" | "grant"))
}

/// `Hedley Quaye, 61, has`: an age between commas.
fn is_age(paragraph: &Paragraph<'_>, at: usize) -> bool {
    let years = paragraph.tokens.get(at).and_then(|token| token.text.parse::<u8>().ok());
    years.is_some_and(|years| (5..=110).contains(&years)) && paragraph.is_mark(at + 1, &[',', '.'])
}

/// Fewest letters of a word in capitals that is part of a name, not an abbreviation.
const FEWEST_CAPITALS: usize = 3;

/// Whether a name of several words is set in capitals: `BENEDIKT JAHN`.
fn is_shouted(paragraph: &Paragraph<'_>, name: &Range<usize>) -> bool {
    let shouted = |at: usize| {
        paragraph.tokens.get(at).is_some_and(|token| {
            token.text.chars().count() >= FEWEST_CAPITALS && token.text.chars().all(char::is_uppercase)
        })
    };
    name.len() > 1 && name.clone().all(shouted)
}

/// Whether the word at `at` can stand in a person's name, set in capitals or not.
fn can_name(paragraph: &Paragraph<'_>, at: usize, shouted: bool) -> bool {
    let Some(token) = paragraph.tokens.get(at) else { return false };
    let letters = token.text.chars().filter(|letter| letter.is_alphabetic()).count();
    let upper = token.text.chars().filter(|letter| letter.is_uppercase()).count();
    let acronym = letters > 1 && letters == upper && !token.text.contains('.');
    let digits = token.text.chars().any(char::is_numeric);
    (shouted || !acronym) && !digits && !gazetteer::has(token.word, &[List::Body]) && !paragraph.is(at, &[Class::Day])
}

/// The title before a name, and where it stands: in capitals, or a role in lower case.
fn title_before(
    paragraph: &Paragraph<'_>,
    capitals: Option<Range<usize>>,
    name: usize,
) -> (Option<String>, Option<Range<usize>>) {
    if let Some(range) = capitals {
        let honorific = range.len() == 1
            && paragraph.is_listed(range.start, &[List::Male, List::Female, List::Neutral])
            && !paragraph.is_listed(range.start, &[List::Office]);
        let title = (!honorific).then(|| super::roles::in_words(paragraph, &range));
        return (Some(title.unwrap_or_default()), Some(range));
    }
    let Some(last) = name.checked_sub(1).filter(|last| paragraph.is_role(*last)) else {
        return (None, None);
    };
    let mut start = last;
    let interviewer = paragraph.is_listed(last, &[List::Interviewer]);
    while start > 0
        && last - start < 3
        && !(interviewer && paragraph.is_capitalised(start - 1))
        && is_modifier(paragraph, start - 1)
    {
        start -= 1;
    }
    (Some(super::roles::in_words(paragraph, &(start..last + 1))), Some(start..last + 1))
}

/// A reporter's outlet, from the words before the title.
fn outlet(paragraph: &Paragraph<'_>, title: Option<&Range<usize>>) -> Option<(String, Option<String>)> {
    let title = title?;
    let last = title.end.checked_sub(1)?;
    if !paragraph.is_listed(last, &[List::Interviewer]) {
        return None;
    }
    let (tokens, short) = super::roles::outlet_before(paragraph, title.start)?;
    let words: Vec<&str> = tokens.filter_map(|at| paragraph.tokens.get(at)).map(|token| token.text).collect();
    Some((words.join(" "), short))
}

/// Whether the word at `at` can modify a role in lower case: `energy minister`, `Dorunan envoy`.
fn is_modifier(paragraph: &Paragraph<'_>, at: usize) -> bool {
    paragraph.is_nominal(at)
        && !paragraph.is_adverb(at)
        && !paragraph.is(at, &[Class::Determiner, Class::Day])
        && paragraph.senses(at).is_empty()
        && !paragraph.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Genitive)
}

/// `(Osmonov)`, `(GT)` after a name or body, and the token after it.
pub(super) fn bracket(paragraph: &Paragraph<'_>, at: usize) -> (Option<String>, usize) {
    if !paragraph.is_mark(at, &['(']) {
        return (None, at);
    }
    let Some(close) = (at + 1..at + 5).find(|at| paragraph.is_mark(*at, &[')'])) else { return (None, at) };
    let inner = at + 1..close;
    let short = !inner.is_empty() && inner.clone().all(|at| paragraph.is_capitalised(at));
    let text = inner.map(|at| paragraph.tokens[at].text).collect::<Vec<_>>().join(" ");
    (short.then_some(text), close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, Option<String>, Option<String>)> {
        let paragraph = Paragraph::read(text, 0..text.len(), None);
        uses(&paragraph).into_iter().map(|name| (name.text, name.title, name.role.map(|(role, _)| role))).collect()
    }

    fn name(text: &str, title: Option<&str>, role: Option<&str>) -> (String, Option<String>, Option<String>) {
        (text.to_owned(), title.map(str::to_owned), role.map(str::to_owned))
    }

    #[test]
    fn a_title_before_a_name_is_a_role() {
        assert_eq!(
            names("Kastrian President Omer Kaldan left."),
            [name("Omer Kaldan", Some("Kastrian president"), None)]
        );
        assert_eq!(
            names("It was energy minister Tomáš Breković."),
            [name("Tomáš Breković", Some("energy minister"), None)]
        );
        assert_eq!(names("But Ms Dumonceau stayed."), [name("Dumonceau", Some(""), None)]);
    }

    #[test]
    fn an_apposition_is_a_role() {
        assert_eq!(
            names("They met Daniyar Osmonov (\nOsmonov), director of the Institute for Steppe Economies, in May.")[0],
            name("Daniyar Osmonov", None, Some("director of the Institute for Steppe Economies"))
        );
        assert_eq!(
            names("The prime minister of Arvelle, Claire Dumonceau, agreed.").last().unwrap(),
            &name("Claire Dumonceau", None, Some("prime minister of Arvelle"))
        );
    }

    #[test]
    fn a_list_of_persons_is_no_apposition() {
        assert_eq!(names("President Kaldan, Premier Lin and others left.")[0], name("Kaldan", Some("president"), None));
    }

    #[test]
    fn what_stands_around_a_name_may_say_that_it_is_a_persons() {
        let persons = |text: &str| {
            let paragraph = Paragraph::read(text, 0..text.len(), None);
            uses(&paragraph).into_iter().filter(|name| name.is_person).map(|name| name.text).collect::<Vec<_>>()
        };

        assert_eq!(persons("Rosalind Teague plays the driver. She says little."), ["Rosalind Teague"]);
        assert_eq!(persons("Hedley Quaye, 61, has a cat."), ["Hedley Quaye"]);
        assert_eq!(persons("It was compiled by Sten Okafor."), ["Sten Okafor"]);
        assert!(persons("Great Ness lies west. It is wet.").is_empty());
        assert!(persons("I'm late.").is_empty());
    }

    #[test]
    fn a_name_in_capitals_is_written_as_names_are() {
        assert_eq!(names("The ringers are BENEDIKT JAHN and NATO.")[0], name("Benedikt Jahn", None, None));
    }

    #[test]
    fn a_body_is_no_person() {
        let text = "The Amber Development Bank and the Institute for Steppe Economies met.";
        let paragraph = Paragraph::read(text, 0..text.len(), None);

        assert!(uses(&paragraph).iter().all(|name| !name.is_person));
    }
}
