//! Titles, roles, bodies and given names, from `data/titles.toml` and `data/given_names.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::paragraph::Paragraph;
use super::tokens::{Token, TokenKind};
use super::words::{Word, lookup};

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

/// Ends of words that name a trade, and what a word without such an end is seen by.
struct Trades {
    ends: &'static [String],
    /// Bytes of the shortest end.
    shortest: usize,
    /// The ends' last letters, as bits.
    last: u32,
}

static TRADES: LazyLock<Trades> = LazyLock::new(|| {
    let ends = FILE.get("trades").map_or(&[][..], Vec::as_slice);
    let last = ends.iter().filter_map(|end| end.as_bytes().last()).fold(0, |bits, byte| bits | letter_bit(*byte));
    Trades { ends, shortest: ends.iter().map(String::len).min().unwrap_or(usize::MAX), last }
});

/// The bit of a letter of the alphabet; other bytes share them.
fn letter_bit(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// Word → bits of its lists.
pub(super) fn read() -> HashMap<String, u16> {
    let mut lists = HashMap::new();
    for (list, name) in List::NAMED {
        for word in FILE.get(name).into_iter().flatten() {
            *lists.entry(word.clone()).or_insert(0) |= list.bit();
        }
    }
    lists
}

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
    has(lookup(word), lists)
}

/// Whether an entry is in one of `lists`.
#[inline]
pub(super) fn has(word: &Word, lists: &[List]) -> bool {
    let bits = lists.iter().fold(0, |bits, list| bits | list.bit());
    word.lists & bits != 0
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
    is(word, &[List::Office, List::Role]) || is_trade(word)
}

fn is_trade(word: &str) -> bool {
    let trades = &*TRADES;
    let last = word.as_bytes().last().map_or(0, |byte| letter_bit(*byte));
    word.len() > trades.shortest
        && trades.last & last != 0
        && trades.ends.iter().any(|end| word.len() > end.len() && word.ends_with(end.as_str()))
}

impl Paragraph<'_> {
    /// Whether token `at` is in one of `lists`.
    pub(super) fn is_listed(&self, at: usize, lists: &[List]) -> bool {
        self.tokens.get(at).is_some_and(|token| has(token.word, lists))
    }

    /// Whether token `at` says what somebody is, as [`is_role`].
    pub(super) fn is_role(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_role)
    }
}

impl Token<'_> {
    /// Whether it says what somebody is, as [`is_role`].
    pub(super) fn is_role(&self) -> bool {
        has(self.word, &[List::Office, List::Role]) || self.kind == TokenKind::Word && is_trade(&self.lower)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words() {
        for (list, name) in List::NAMED {
            assert!(read().values().any(|bits| bits & list.bit() != 0), "{name}");
        }
        assert!(is_role("net-mender") && !is_role("mender"));
        assert_eq!(given_name("claire"), Some(Gender::Female));
        assert_eq!(given_name("teodor"), Some(Gender::Male));
    }
}
