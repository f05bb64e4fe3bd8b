//! Titles, roles, bodies and given names, from `data/titles.toml` and `data/given_names.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

/// As far as `he` and `she` need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

/// A list of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Male,
    Female,
    Neutral,
    Office,
    Role,
    Rank,
    Interviewer,
    Body,
    QuestionerLabel,
    AnswererLabel,
    ModeratorLabel,
    AnonymousLabel,
    Credit,
    Indefinite,
}

impl List {
    const NAMED: [(Self, &'static str); 14] = [
        (Self::Male, "male"),
        (Self::Female, "female"),
        (Self::Neutral, "neutral"),
        (Self::Office, "offices"),
        (Self::Role, "roles"),
        (Self::Rank, "ranks"),
        (Self::Interviewer, "interviewers"),
        (Self::Body, "bodies"),
        (Self::QuestionerLabel, "questioner_labels"),
        (Self::AnswererLabel, "answerer_labels"),
        (Self::ModeratorLabel, "moderator_labels"),
        (Self::AnonymousLabel, "anonymous_labels"),
        (Self::Credit, "credits"),
        (Self::Indefinite, "indefinites"),
    ];

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

static FILE: LazyLock<HashMap<String, Vec<String>>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/titles.toml")).unwrap_or_default());

/// Ends of words that name a trade.
static TRADES: LazyLock<&[String]> = LazyLock::new(|| FILE.get("trades").map_or(&[], Vec::as_slice));

static LISTS: LazyLock<HashMap<String, u16, FixedState>> = LazyLock::new(|| {
    let mut lists = HashMap::default();
    for (list, name) in List::NAMED {
        for word in FILE.get(name).into_iter().flatten() {
            *lists.entry(word.clone()).or_insert(0) |= list.bit();
        }
    }
    lists
});

static GIVEN: LazyLock<HashMap<String, Gender, FixedState>> = LazyLock::new(|| {
    let file: HashMap<String, String> =
        toml::from_str(include_str!("../../../data/given_names.toml")).unwrap_or_default();
    let mut given = HashMap::default();
    for (list, gender) in [("male", Gender::Male), ("female", Gender::Female)] {
        for name in file.get(list).map_or("", String::as_str).split_whitespace() {
            given.insert(name.to_owned(), gender);
        }
    }
    given
});

/// Whether the lower-case `word` is in one of `lists`.
pub(super) fn is(word: &str, lists: &[List]) -> bool {
    let bits = lists.iter().fold(0, |bits, list| bits | list.bit());
    LISTS.get(word).is_some_and(|found| found & bits != 0)
}

/// The gender of a lower-case given name, where it has one.
pub(super) fn given_name(name: &str) -> Option<Gender> {
    GIVEN.get(name).copied()
}

/// The gender that a title or role word says: `Ms`, `spokeswoman`.
pub(super) fn titled(word: &str) -> Option<Gender> {
    if is(word, &[List::Male])
        || word.ends_with("sman")
        || word.ends_with("rman")
        || matches!(word, "businessman" | "son" | "husband" | "father" | "brother")
    {
        return Some(Gender::Male);
    }
    let female = is(word, &[List::Female]) || word.ends_with("woman");
    (female || matches!(word, "daughter" | "wife" | "mother" | "sister" | "actress")).then_some(Gender::Female)
}

/// Whether `word` says what somebody is: an office or another role, in the singular.
pub(super) fn is_role(word: &str) -> bool {
    is(word, &[List::Office, List::Role])
        || TRADES.iter().any(|trade| word.len() > trade.len() && word.ends_with(trade.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words() {
        for (list, name) in List::NAMED {
            assert!(LISTS.values().any(|bits| bits & list.bit() != 0), "{name}");
        }
        assert!(is_role("net-mender") && !is_role("mender"));
        assert_eq!(given_name("claire"), Some(Gender::Female));
        assert_eq!(given_name("teodor"), Some(Gender::Male));
    }
}
