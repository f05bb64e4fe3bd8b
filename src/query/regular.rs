//! Regular expressions over words (`/rail(way)?/`): which ones the language takes.
//!
//! The syntax is that of the `regex` crate. An expression is held against a word as a whole, so that anchors and word
//! boundaries have nothing to say, and what matches the empty text would match beside every word.

use regex_syntax::ast::{self, Ast, ErrorKind, Span};
use regex_syntax::hir::{Hir, HirKind, translate::Translator};

use super::error::{Fault, shown};
use super::limits::{MAX_DEPTH, MAX_REGEX_LEN};

/// How a regular expression may look, for messages.
const SYNTAX: &str = "inside `/…/` stands a regular expression for one word, as Rust's `regex` has them: `rail(way)?`, \
                      `colou?r`, `[bc]ar.+`";

/// Finds the closing `/` of an expression whose opening one is at `letters[0]`.
///
/// A `/` within is written `\/`.
pub(super) fn closing(letters: &[char]) -> Option<usize> {
    let mut escaped = false;
    for (index, letter) in letters.iter().enumerate().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '/' => return Some(index),
            _ => {}
        }
    }
    None
}

/// Checks the expression `text`, which begins at code point `start` of the query, its slashes left out.
pub(super) fn check(text: &str, start: usize) -> Result<(), Fault> {
    let points = |bytes: usize| text.get(..bytes).map_or(0, |before| before.chars().count());
    let place = |span: &Span| {
        let from = start + points(span.start.offset);
        from..(start + points(span.end.offset)).max(from + usize::from(span.start.offset < text.len()))
    };
    let whole = start..start + text.chars().count();
    if text.is_empty() {
        return Err(Fault::new(start - 1..start + 1, "an empty regular expression", SYNTAX));
    }
    if let Some(space) = text.find(char::is_whitespace) {
        let at = start + points(space);
        let help = "a regular expression stands for one word; for several write a phrase: `\"/rail(way)?/ line\"`";
        return Err(Fault::new(at..at + 1, "a space in a regular expression", help));
    }
    let depth = u32::try_from(MAX_DEPTH).unwrap_or(u32::MAX);
    let parsed = ast::parse::ParserBuilder::new().nest_limit(depth).build().parse(text);
    let tree = parsed.map_err(|error| wrong(place(error.span()), error.kind()))?;
    ast::visit(&tree, Refusals).map_err(|(span, message, help)| Fault::new(place(&span), message, help))?;
    let meaning = Translator::new().translate(text, &tree).map_err(|error| {
        Fault::new(place(error.span()), format!("the regular expression is wrong: {}", error.kind()), SYNTAX)
    })?;
    let fault = |message: &str, help: &str| Err(Fault::new(whole.clone(), message, help));
    match meaning.properties().minimum_len() {
        None => fault("no word matches this regular expression", "write a class that holds a letter: `[a-z]`"),
        Some(0) => fault(
            "this regular expression matches a word without letters",
            "make a part of it required: `rail.*`, not `(rail)?.*`; `.+` is any word",
        ),
        Some(_) if length(&meaning) > MAX_REGEX_LEN => {
            let message =
                format!("this regular expression is longer than {MAX_REGEX_LEN} letters, repetitions written out");
            fault(&message, "no word is that long: repeat less, or use `*` and `+`")
        }
        Some(_) => Ok(()),
    }
}

/// The complaint of the expression's own parser.
fn wrong(at: std::ops::Range<usize>, kind: &ErrorKind) -> Fault {
    match kind {
        ErrorKind::UnsupportedLookAround => Fault::new(
            at,
            "look-around in a regular expression is not supported",
            "write what must match, and exclude the rest as a clause: `/rail.+/ -railway`",
        ),
        ErrorKind::UnsupportedBackreference => Fault::new(
            at,
            "back-references in a regular expression are not supported",
            "write the alternatives out: `(aa|bb)`",
        ),
        kind => Fault::new(at, format!("the regular expression is wrong: {}", shown_kind(kind)), SYNTAX),
    }
}

fn shown_kind(kind: &ErrorKind) -> String {
    let words = kind.to_string();
    words.lines().next().unwrap_or_default().to_owned()
}

/// The complaint about a closing slash that letters follow.
pub(super) fn tail(letters: &[char], at: usize) -> Fault {
    let typed = shown(&letters.iter().collect::<String>());
    if letters.first() == Some(&'~') {
        let help = "an expression says itself which letters may differ; similar words are `Kaldan~1`: choose one";
        return Fault::new(at..at + letters.len(), "`~` behind a regular expression", help);
    }
    Fault::new(
        at..at + letters.len(),
        format!("`{typed}` behind a regular expression"),
        "case is not compared in any case, so `i` is left out; a `/` within is written `\\/`; a path or address is put \
         in quotes, without its first `/`",
    )
}

/// Letters of the longest word that it spells out, where `*` and `+` count once.
///
/// Its depth is bounded by the parser's nest limit.
fn length(hir: &Hir) -> u32 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => u32::try_from(literal.0.len()).unwrap_or(u32::MAX),
        HirKind::Class(_) => 1,
        HirKind::Repetition(repetition) => {
            length(&repetition.sub).saturating_mul(repetition.max.unwrap_or(repetition.min).max(1))
        }
        HirKind::Capture(capture) => length(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum, part| sum.saturating_add(length(part)))
        }
    }
}

/// What is sound and yet has no meaning against one whole word.
struct Refusals;

impl ast::Visitor for Refusals {
    type Output = ();
    type Err = (Span, &'static str, &'static str);

    fn finish(self) -> Result<(), Self::Err> {
        Ok(())
    }

    fn visit_pre(&mut self, node: &Ast) -> Result<(), Self::Err> {
        match node {
            Ast::Assertion(assertion) => Err((
                assertion.span,
                "an anchor or boundary in a regular expression",
                "leave it out: the expression is held against the whole word; `.*rail.*` finds it inside",
            )),
            Ast::Flags(flags) => Err((flags.span, FLAGS.0, FLAGS.1)),
            Ast::Group(group) => match &group.kind {
                ast::GroupKind::NonCapturing(flags) if !flags.items.is_empty() => Err((flags.span, FLAGS.0, FLAGS.1)),
                _ => Ok(()),
            },
            _ => Ok(()),
        }
    }
}

const FLAGS: (&str, &str) = (
    "flags in a regular expression are not supported",
    "leave them out: case and diacritics are not compared, and a word has one line",
);

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<(std::ops::Range<usize>, String)> {
        let error = check(text, 1).err()?.in_query(&format!("/{text}/"));
        Some((error.at, error.message))
    }

    #[test]
    fn expressions_for_one_word_are_taken() {
        for text in ["rail(way)?", "colou?r", "[bc]ar.+", "(?:a|b)c", "a{2,5}", "\\w+ion", "a\\/b", "贺.", "(?<x>a)"] {
            assert!(refusal(text).is_none(), "{text}: {:?}", refusal(text));
        }
    }

    #[test]
    fn what_is_wrong_is_pointed_at_in_code_points() {
        for (text, at) in [
            ("öö[a", 3..4),
            ("rail(way", 5..6),
            ("*a", 1..2),
            ("^rail", 1..2),
            ("rail\\b", 5..7),
            ("a(?=b)", 2..5),
            ("(a)\\1", 4..6),
            ("(?i)rail", 1..5),
            ("(?i:rail)", 3..4),
            ("a b", 2..3),
            (".*", 1..3),
            ("(rail)?", 1..8),
            ("[^\\s\\S]", 1..8),
            ("(a{100}){100}", 1..14),
            ("\\pZfoo\\p{Nonsense}", 7..19),
            ("", 0..2),
        ] {
            let (found, message) = refusal(text).unwrap_or_else(|| panic!("accepted: {text}"));
            assert_eq!(found, at, "{text}: {message}");
        }
    }

    #[test]
    fn the_closing_slash_is_the_first_that_is_not_escaped() {
        let closing = |text: &str| closing(&text.chars().collect::<Vec<_>>());

        assert_eq!(closing("/a\\/b/ /"), Some(5));
        assert_eq!(closing("/a\\\\/"), Some(4));
        assert_eq!(closing("/a\\/"), None);
    }
}
