//! The parts of a turn's label: a name, a title before it, a gloss behind it.

use super::gazetteer::{self, List};
use crate::model::fold_name;

/// The first letter of each part of a name.
pub(super) fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|word| word.chars().next()).collect()
}

/// A label without the marks that end it.
pub(super) fn trimmed(label: &str) -> &str {
    label.trim().trim_end_matches([':', '*', '.', ' ']).trim()
}

/// The label's own name and what stands behind it, in brackets or as a post: `KWAME ADLER, HOST`.
pub(super) fn parts_of(label: &str) -> (&str, Option<&str>) {
    let label = trimmed(label);
    let (name, gloss) = match label.split_once('(') {
        Some((name, gloss)) => {
            (name.trim().trim_end_matches('*').trim(), Some(gloss.trim_end_matches([')', '*', ' ']).trim()))
        }
        None => (label, None),
    };
    match (name.split_once(", "), gloss) {
        (Some((name, post)), gloss) => (name, gloss.or(Some(post))),
        // `The Minister of Works (Torvald Ekman)`: the office, then who holds it.
        (None, Some(holder)) if is_office(name) && is_full_name(holder) => (holder, Some(name)),
        (None, gloss) => (name, gloss),
    }
}

/// Whether a label names an office and nobody in it.
fn is_office(name: &str) -> bool {
    name.split(' ').any(|word| gazetteer::is(&word.to_lowercase(), &[List::Office]))
}

/// Whether a gloss is somebody's name: words in capitals, none of which a body or an office has.
fn is_full_name(gloss: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(char::is_uppercase) && !gazetteer::is(&word.to_lowercase(), &[List::Body, List::Office])
    };
    gloss.split(' ').count() > 1 && gloss.split(' ').all(word)
}

/// `A woman in the third row`, `UNIDENTIFIED PERSON`, `Speaker 4`: somebody whom the label does not name.
pub(super) fn is_anonymous(label: &str) -> bool {
    let folded = fold_name(parts_of(label).0);
    let mut words = folded.split(' ').skip_while(|word| matches!(*word, "a" | "an" | "the" | "one"));
    let first = words.next().unwrap_or("");
    let numbered = words.next().is_some_and(|word| word.chars().all(char::is_numeric));
    numbered && matches!(first, "speaker" | "voice" | "participant" | "guest" | "witness")
        || gazetteer::is(first, &[List::AnonymousLabel])
}

/// `T A M M`, letters spaced for emphasis, as one word.
pub(super) fn joined(name: &str) -> Option<String> {
    let spaced = name.contains(' ') && name.split(' ').all(|letter| letter.chars().count() == 1);
    spaced.then(|| name.split(' ').collect())
}

/// The gloss of a label, where it is a role.
pub(super) fn role_in(gloss: Option<&str>) -> Option<&str> {
    gloss.filter(|gloss| gloss.split(' ').any(|word| gazetteer::is_role(&word.to_lowercase())))
}

/// The name in a label, without title and gloss.
pub(super) fn bare(label: &str) -> String {
    untitled(parts_of(label).0).1
}

/// A label's title (in lower case, without honorifics) and the name after it.
pub(super) fn untitled(name: &str) -> (String, String) {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_title = |word: &&str| {
        let word = word.to_lowercase();
        gazetteer::is(&word, &[List::Office, List::Male, List::Female, List::Neutral])
            || matches!(word.as_str(), "prime" | "vice" | "foreign" | "deputy" | "the")
    };
    let titles = words.iter().take_while(|word| is_title(word)).count();
    if titles == words.len() {
        return (String::new(), name.to_owned());
    }
    let office = |word: &&&str| !gazetteer::is(&word.to_lowercase(), &[List::Male, List::Female, List::Neutral]);
    let title: Vec<String> = words[..titles].iter().filter(office).map(|word| word.to_lowercase()).collect();
    (title.join(" "), words[titles..].join(" "))
}

/// A name in capitals as names are written.
pub(super) fn capitalised(name: &str) -> String {
    name.split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect::<String>())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether `label` stands for `outlet`: `LD` for `Lanqing Daily`, `ABEND` for `Arvelle Abend`, `Kitchen Radio` for
/// `Kitchen Radio Magazine`.
pub(super) fn abbreviates(label: &str, outlet: &str) -> bool {
    let initials: String = outlet
        .split_whitespace()
        .filter_map(|word| word.chars().next())
        .filter(|letter| letter.is_uppercase())
        .collect();
    let short = label.chars().count() >= 2 && (initials == label || initials.strip_prefix('T') == Some(label));
    let (label, outlet) = (fold_name(label), fold_name(outlet));
    let part = outlet.rsplit(' ').next() == Some(label.as_str())
        || outlet.starts_with(&format!("{label} ")) && label.contains(' ');
    short || label.chars().count() >= FEWEST_LETTERS && part
}

/// Fewest letters of an outlet's last word that stands for the outlet.
const FEWEST_LETTERS: usize = 4;

/// `O.Kaldan`, `O. V. Kaldan`: the first initial and the surname.
pub(super) fn after_initials(name: &str) -> Option<(char, &str)> {
    let initial = name.chars().next().filter(|first| first.is_uppercase())?;
    let surname = name.rsplit('.').next()?.trim();
    let initials = &name[..name.len() - surname.len()];
    let only = !initials.is_empty() && initials.split('.').all(|letter| letter.trim().chars().count() <= 1);
    (only && surname.chars().count() > 2).then_some((initial, surname))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_taken_apart() {
        assert_eq!(parts_of("KWAME ADLER, HOST:"), ("KWAME ADLER", Some("HOST")));
        assert_eq!(parts_of("Tilman Brandt (dockers’ union):"), ("Tilman Brandt", Some("dockers’ union")));
        assert_eq!(parts_of("The Minister of Works (Torvald Ekman)"), ("Torvald Ekman", Some("The Minister of Works")));
        assert_eq!(parts_of("QUESTION (Corridor Wire)"), ("QUESTION", Some("Corridor Wire")));
        assert_eq!(after_initials("O.Kaldan"), Some(('O', "Kaldan")));
        assert_eq!(after_initials("Mr. Kaldan"), None);
    }

    #[test]
    fn nobodies_and_outlets_are_told() {
        assert!(is_anonymous("A woman in the third row") && is_anonymous("Speaker 4") && !is_anonymous("Speaker Orm"));
        assert!(abbreviates("LD", "Lanqing Daily") && abbreviates("ABEND", "Arvelle Abend"));
        assert!(!abbreviates("Arvelle", "Arvelle Abend"));
    }
}
