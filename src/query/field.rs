//! The fields of the query language: their names, and their values as constraints.

use super::error::{Fault, shown};
use super::{Constraint, Phrase, Place, Word, dates, word};
use crate::model::PassageKind;

/// A field that a clause may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Speaker,
    Topic,
    Outlet,
    Title,
    Kind,
    Date,
    Published,
}

/// A field's value as it was typed.
pub(super) struct Value {
    /// Without quote marks.
    pub(super) text: String,
    /// Where `text` begins in the query.
    pub(super) start: usize,
    /// Whether it stands in quote marks.
    pub(super) quoted: bool,
}

impl Value {
    /// Its place, quote marks included.
    fn at(&self) -> Place {
        let marks = usize::from(self.quoted);
        self.start - marks..self.start + self.text.chars().count() + marks
    }
}

impl Field {
    const ALL: [Self; 7] =
        [Self::Speaker, Self::Topic, Self::Outlet, Self::Title, Self::Kind, Self::Date, Self::Published];

    /// Its name in queries.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Topic => "topic",
            Self::Outlet => "outlet",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Date => "date",
            Self::Published => "published",
        }
    }

    /// The field called `name`, which begins at code point `start`; `rest` follows its colon.
    pub(super) fn named(name: &str, start: usize, rest: &str) -> Result<Self, Fault> {
        Self::ALL.into_iter().find(|field| field.as_str() == name).ok_or_else(|| unknown(name, start, rest))
    }

    /// What the clause asks for.
    pub(super) fn constraint(self, value: Value) -> Result<Constraint, Fault> {
        let letters: Vec<char> = value.text.chars().collect();
        let is_date = matches!(self, Self::Date | Self::Published);
        if value.quoted && !word::has_substance(&value.text) {
            return Err(word::nothing_to_search(&value.text, value.start, letters.len()));
        }
        if !value.quoted && !is_date {
            word::check(&letters, value.start)?;
        }
        Ok(match self {
            Self::Speaker => Constraint::Speaker(value.text),
            Self::Topic => Constraint::Topic(value.text),
            Self::Outlet => Constraint::Outlet(value.text),
            Self::Title if value.quoted => Constraint::TitlePhrase(Phrase::of(&value.text, value.at())),
            Self::Title => Constraint::TitleWord(Word::stem(value.text.clone(), value.at())),
            Self::Kind => Constraint::Kind(kind(&value.text, value.start)?),
            Self::Date => Constraint::Date(dates::range(&value.text, value.start)?),
            Self::Published => Constraint::Published(dates::range(&value.text, value.start)?),
        })
    }
}

/// The complaint about a field that there is not.
fn unknown(name: &str, start: usize, rest: &str) -> Fault {
    let at = start..start + name.chars().count();
    let typed = shown(&format!("{name}:{rest}"));
    let is_number = |text: &str| text.starts_with(|letter: char| letter.is_ascii_digit());
    if rest.starts_with("//") {
        return Fault::new(
            at,
            "an address is not a clause",
            format!("put it in quotes to find it in a text: `\"{typed}\"`"),
        );
    }
    if is_number(name) && is_number(rest) {
        return Fault::new(at, "a time or ratio is not a clause", format!("put it in quotes: `\"{typed}\"`"));
    }
    let known = names(Field::ALL.map(Field::as_str));
    let suggestion = meant(name).map(|clause| format!("did you mean `{clause}{}`? ", shown(rest))).unwrap_or_default();
    let literal =
        if rest.is_empty() { "drop the colon".to_owned() } else { format!("put it in quotes: `\"{typed}\"`") };
    Fault::new(
        at,
        format!("unknown field `{}`", shown(name)),
        format!("{suggestion}known fields: {known}; to search for the text itself, {literal}"),
    )
}

/// The beginning of the clause that `name` is a slip or a synonym of.
fn meant(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let synonym = match name.as_str() {
        "by" | "said" | "person" | "author" | "who" => "speaker:",
        "subject" | "about" | "theme" | "tag" => "topic:",
        "source" | "paper" | "publisher" | "site" => "outlet:",
        "headline" | "intitle" => "title:",
        "type" | "is" => "kind:",
        "from" | "since" => "published:>=",
        "to" | "until" => "published:<=",
        "after" => "published:>",
        "before" => "published:<",
        "when" | "day" | "month" | "year" => "date:",
        name => return nearest(name, Field::ALL.map(Field::as_str)).map(|field| format!("{field}:")),
    };
    Some(synonym.to_owned())
}

fn kind(text: &str, start: usize) -> Result<PassageKind, Fault> {
    PassageKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
        let all = PassageKind::ALL.map(PassageKind::as_str);
        let suggestion =
            nearest(&text.to_lowercase(), all).map(|kind| format!("did you mean `kind:{kind}`? ")).unwrap_or_default();
        Fault::new(
            start..start + text.chars().count(),
            format!("no passage is of the kind `{}`", shown(text)),
            format!("{suggestion}kinds: {}", names(all)),
        )
    })
}

fn names<const N: usize>(names: [&str; N]) -> String {
    names.join(", ")
}

/// The one of `known` that takes the fewest edits, if at most two.
fn nearest<const N: usize>(typed: &str, known: [&'static str; N]) -> Option<&'static str> {
    // Longer than every name by more than two letters: no edits would do, and the table would grow.
    let typed: Vec<char> = typed.chars().take(16).collect();
    known
        .into_iter()
        .map(|name| (edits(&typed, name), name))
        .min()
        .filter(|(edits, _)| *edits <= 2)
        .map(|(_, name)| name)
}

/// Levenshtein's distance, by rows (Wagner and Fischer 1974).
fn edits(typed: &[char], name: &str) -> usize {
    let mut row: Vec<usize> = (0..=typed.len()).collect();
    for (above, letter) in name.chars().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (cell, other) in row.iter_mut().skip(1).zip(typed) {
            let best = (diagonal + usize::from(letter != *other)).min(*cell + 1).min(left + 1);
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_two_letters_is_understood() {
        assert_eq!(meant("spaeker").as_deref(), Some("speaker:"));
        assert_eq!(meant("Outlet").as_deref(), Some("outlet:"));
        assert_eq!(meant("before").as_deref(), Some("published:<"));
        assert_eq!(meant("weather"), None);
    }

    #[test]
    fn edits_are_counted() {
        let count = |typed: &str, name| edits(&typed.chars().collect::<Vec<_>>(), name);

        assert_eq!(count("kitten", "sitting"), 3);
        assert_eq!(count("", "kind"), 4);
        assert_eq!(count("kind", "kind"), 0);
    }
}
