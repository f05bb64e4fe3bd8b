//! The fields of the query language: their names, and their values as constraints.

use jiff::civil::Date;

use super::error::{Fault, shown};
use super::{Constraint, FieldName, Place, dates, word};
use crate::model::PassageKind;

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
    fn letters(&self) -> Vec<char> {
        self.text.chars().collect()
    }

    fn at(&self) -> Place {
        self.start..self.start + self.text.chars().count()
    }
}

/// The field called `name`, which begins at code point `start`; `rest` follows its colon.
pub(super) fn named(name: &str, start: usize, rest: &str) -> Result<FieldName, Fault> {
    FieldName::ALL.into_iter().find(|field| field.as_str() == name).ok_or_else(|| unknown(name, start, rest))
}

/// What a clause of any field but the title asks for; `today` is what relative days are counted from.
pub(super) fn constraint(field: FieldName, value: Value, today: Option<Date>) -> Result<Constraint, Fault> {
    if value.quoted && !word::has_substance(&value.text) {
        return Err(word::nothing_to_search(&value.text, value.start, value.text.chars().count()));
    }
    if let Some(id) = exact_id(field, &value) {
        if id.text.is_empty() {
            return Err(no_value(field, value.at()));
        }
        word::check(&id.letters(), id.start)?;
        return Ok(Constraint::SpeakerId(id.text));
    }
    let is_date = matches!(field, FieldName::Date | FieldName::Published);
    if !is_date {
        check_name(field, &value)?;
    }
    Ok(match field {
        FieldName::Speaker => Constraint::Speaker(value.text),
        FieldName::Role => Constraint::Role(value.text),
        FieldName::Affiliation => Constraint::Affiliation(value.text),
        FieldName::About => Constraint::About(value.text),
        FieldName::Topic => Constraint::Topic(value.text),
        FieldName::Outlet => Constraint::Outlet(value.text),
        FieldName::Author => Constraint::Author(value.text),
        FieldName::Id => Constraint::Id(value.text),
        FieldName::Kind => Constraint::Kind(kind(&value.text, value.start)?),
        FieldName::Lang => Constraint::Lang(language(&value)?),
        FieldName::Date => Constraint::Date(dates::range(&value.text, value.start, today)?),
        FieldName::Published => Constraint::Published(dates::range(&value.text, value.start, today)?),
        FieldName::Title => return Err(no_value(field, value.at())),
    })
}

/// The id of `speaker:=omer-kaldan`, where the value is one.
fn exact_id(field: FieldName, value: &Value) -> Option<Value> {
    let id = value.text.strip_prefix('=').filter(|_| field == FieldName::Speaker && !value.quoted)?;
    Some(Value { text: id.to_owned(), start: value.start + 1, quoted: false })
}

/// A name is compared as a whole: a pattern in it would be taken for a part of the name.
fn check_name(field: FieldName, value: &Value) -> Result<(), Fault> {
    let letters = value.letters();
    let name = field.as_str();
    let joins = |index: usize| {
        let is_letter = |index: usize| letters.get(index).copied().is_some_and(word::is_of_word);
        index > 0 && is_letter(index - 1) && is_letter(index + 1)
    };
    for (index, letter) in letters.iter().enumerate() {
        let sign = match letter {
            '*' => "a wildcard",
            // A name may end in a question mark.
            '?' if !value.quoted || joins(index) => "a wildcard",
            '~' => "`~` (similar words)",
            '=' | '/' if index == 0 => "a pattern",
            _ => continue,
        };
        let help = match field {
            FieldName::Kind => "write the whole word, and several with OR: `kind:(quote OR answer)`".to_owned(),
            FieldName::Lang => {
                "write the code, and several with OR: `lang:(en OR fr)`; `lang:*` asks for any".to_owned()
            }
            FieldName::Id => "write the whole id of a passage or an article".to_owned(),
            FieldName::Role | FieldName::Affiliation => {
                format!(
                    "write words of it as they are, several with OR: `{name}:(minister OR envoy)`; `{name}:*` asks for any"
                )
            }
            _ => {
                format!("write the whole name or an alias, several with OR: `{name}:(a OR b)`; `{name}:*` asks for any")
            }
        };
        let at = value.start + index;
        return Err(Fault::new(at..at + 1, format!("`{name}:` takes no {}", sign.trim_start_matches("a ")), help));
    }
    if value.quoted { Ok(()) } else { word::check(&letters, value.start) }
}

/// An ISO 639 code, in lower case.
fn language(value: &Value) -> Result<String, Fault> {
    let code = value.text.to_ascii_lowercase();
    if matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(code);
    }
    Err(Fault::new(
        value.at(),
        format!("`{}` is not the code of a language", shown(&value.text)),
        "write the two or three letters of ISO 639: `lang:en`, `lang:de`, `lang:yue`",
    ))
}

/// The complaint about a field whose value is missing.
pub(super) fn no_value(field: FieldName, at: Place) -> Fault {
    let example = match field {
        FieldName::Speaker => "speaker:kaldan",
        FieldName::Role => "role:minister",
        FieldName::Affiliation => "affiliation:\"Kesh Customs Union\"",
        FieldName::About => "about:vael",
        FieldName::Topic => "topic:trade",
        FieldName::Outlet => "outlet:\"Corridor Wire\"",
        FieldName::Title => "title:railway",
        FieldName::Author => "author:\"Mara Lind\"",
        FieldName::Kind => "kind:quote",
        FieldName::Lang => "lang:en",
        FieldName::Date => "date:2025-06-18",
        FieldName::Published => "published:2025-06",
        FieldName::Id => "id:0b3k5m7p9r2t.4",
    };
    let name = field.as_str();
    let help = format!("write the value right after the colon, without a space: `{example}`; `{name}:*` asks for any");
    Fault::new(at, format!("`{name}:` without a value"), help)
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
    let known = names(FieldName::ALL.map(FieldName::as_str));
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
        "by" | "said" | "who" | "name" => "speaker:",
        "person" | "mentions" | "mentioned" => "about:",
        "byline" | "writer" | "reporter" => "author:",
        "office" | "function" | "position" => "role:",
        "organisation" | "organization" | "org" | "party" | "country" => "affiliation:",
        "language" => "lang:",
        "subject" | "theme" | "tag" => "topic:",
        "source" | "paper" | "publisher" | "site" => "outlet:",
        "headline" | "intitle" => "title:",
        "type" | "is" => "kind:",
        "from" | "since" => "published:>=",
        "to" | "until" => "published:<=",
        "after" => "published:>",
        "before" => "published:<",
        "when" | "day" | "month" | "year" => "date:",
        name => return nearest(name, FieldName::ALL.map(FieldName::as_str)).map(|field| format!("{field}:")),
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
