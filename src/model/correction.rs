//! Corrections: what a person decided of a passage or quotation, and the trace that it leaves on the passage.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    ArticleId, ContentHash, IdError, PartialDate, Passage, PassageId, PassageKind, QuoteId, QuoteKind, TopicId, Why,
    fold_name,
};

/// What can be corrected: a passage, or a quotation within one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A passage.
    Passage(PassageId),
    /// A quotation.
    Quote(QuoteId),
}

impl Target {
    /// The passage, or the one that the quotation stands in.
    #[must_use]
    pub fn passage(self) -> PassageId {
        match self {
            Self::Passage(passage) => passage,
            Self::Quote(quote) => quote.passage,
        }
    }

    /// The article that it stands in.
    #[must_use]
    pub fn article(self) -> ArticleId {
        self.passage().article
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passage(passage) => passage.fmt(f),
            Self::Quote(quote) => quote.fmt(f),
        }
    }
}

impl FromStr for Target {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let quote = text.parse().map(Self::Quote);
        quote.or_else(|_| text.parse().map(Self::Passage)).map_err(|_: IdError| {
            IdError::new(text, "the id of a passage (`0b3k5m7p9r2t.4`) or quotation (`0b3k5m7p9r2t.4.q1`)")
        })
    }
}

/// Stands for words, such as those that a correction was made of: 16 hexadecimal digits, the first 64 bits of their
/// BLAKE3 hash (O'Connor et al. 2020). Two texts share them by chance once in 2⁶⁴ times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TextMark([u8; Self::BYTES]);

impl TextMark {
    const BYTES: usize = 8;
    /// Words from which on a text is taken to be said once in an article; `Yes, of course.` is said again and again.
    const LEAST_WORDS: usize = 6;

    /// The mark of `text` alone.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut first = [0; Self::BYTES];
        first.copy_from_slice(&ContentHash::of(text.as_bytes()).as_bytes()[..Self::BYTES]);
        Self(first)
    }

    /// The mark of the words of `text`, whatever their case, diacritics and punctuation.
    #[must_use]
    pub fn of_words(text: &str) -> Self {
        Self::of(&fold_name(text))
    }

    /// As bytes, for a file.
    #[must_use]
    pub fn to_bytes(self) -> [u8; Self::BYTES] {
        self.0
    }

    /// The mark of these bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// The mark of the `words` that `id` stands for, where `text_of` gives the passages of its article by number.
    ///
    /// Under six words are marked with what stands around them, so that none like them is taken for them: a quotation
    /// with its passage, a passage with the one before and the one after it.
    #[must_use]
    pub fn of_target<'t>(id: Target, words: &str, text_of: impl Fn(u32) -> Option<&'t str>) -> Self {
        let is_short = |text: &str| text.split_whitespace().nth(Self::LEAST_WORDS - 1).is_none();
        if !is_short(words) {
            return Self::of(words);
        }
        let n = id.passage().n;
        let own = matches!(id, Target::Quote(_)).then(|| text_of(n).unwrap_or_default());
        let mut marked = vec![words];
        marked.extend(own);
        if own.is_none_or(is_short) {
            marked.extend([n.checked_sub(1), n.checked_add(1)].map(|n| n.and_then(&text_of).unwrap_or_default()));
        }
        Self::of(&marked.join("\0"))
    }

    /// Every passage of an article and every quotation in them, with its mark.
    pub fn all_of(passages: &[Passage]) -> impl Iterator<Item = (Target, Self)> {
        let text_of = |n: u32| {
            let place = passages.binary_search_by_key(&n, |passage| passage.id.n).ok()?;
            Some(passages[place].text.as_str())
        };
        let mark = move |id: Target, words: &str| (id, Self::of_target(id, words, text_of));
        passages.iter().flat_map(move |passage| {
            let quotes = QuoteId::all_of(passage.id).zip(&passage.quotes);
            let quotes =
                quotes.map(move |(id, quote)| mark(Target::Quote(id), &quote.words(&passage.text, passage.span.start)));
            std::iter::once(mark(Target::Passage(passage.id), &passage.text)).chain(quotes)
        })
    }
}

impl From<TextMark> for String {
    fn from(mark: TextMark) -> Self {
        mark.to_string()
    }
}

impl TryFrom<String> for TextMark {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl fmt::Display for TextMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for TextMark {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = || IdError::new(text, "the mark of a text: 16 hexadecimal digits in lower case");
        let mut bytes = [0; Self::BYTES];
        for (place, byte) in bytes.iter_mut().enumerate() {
            let digits = text.get(2 * place..2 * place + 2).ok_or_else(error)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| error())?;
        }
        let mark = Self(bytes);
        // One spelling: no sign, no capitals, nothing after it.
        if mark.to_string() == text { Ok(mark) } else { Err(error()) }
    }
}

/// One thing that a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// Who speaks: an id of the authority file or a name; `None`: nobody that is named.
    Speaker(Option<String>),
    /// What the passage is.
    Kind(PassageKind),
    /// How the words are given.
    QuoteKind(QuoteKind),
    /// Whether the passage is about a topic.
    Topic {
        /// The topic.
        id: TopicId,
        /// Whether it is.
        holds: bool,
    },
    /// When it was published.
    Published(PartialDate),
}

impl Correction {
    /// The field: `speaker`, `kind`, `topic` or `published`.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Speaker(_) => "speaker",
            Self::Kind(_) | Self::QuoteKind(_) => "kind",
            Self::Topic { .. } => "topic",
            Self::Published(_) => "published",
        }
    }

    /// What it decides, of which there is one decision a target: the field, and which topic.
    #[must_use]
    pub fn subject(&self) -> Cow<'static, str> {
        match self {
            Self::Topic { id, .. } => Cow::Owned(format!("topic {id}")),
            other => Cow::Borrowed(other.field()),
        }
    }

    /// The value as the command line takes it; `None`: no speaker.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        match self {
            Self::Speaker(name) => name.clone(),
            Self::Kind(kind) => Some(kind.as_str().to_owned()),
            Self::QuoteKind(kind) => Some(kind.as_str().to_owned()),
            Self::Topic { id, holds } => Some(format!("{}{id}", if *holds { '+' } else { '-' })),
            Self::Published(date) => Some(date.to_string()),
        }
    }
}

/// What a person decided of one target, and on what grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Of what.
    pub id: Target,
    /// The mark of its words when it was decided: of other words it does not hold.
    pub text: TextMark,
    /// What was decided, at least one thing, no subject twice.
    pub corrections: Vec<Correction>,
    /// Who decided it.
    pub by: String,
    /// Why.
    pub because: String,
    /// When.
    pub on: Date,
}

/// The trace of a correction on a passage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overridden {
    /// What was corrected: the passage or one of its quotations.
    pub id: Target,
    /// The field: `speaker`, `kind`, `topic` or `published`.
    pub field: Cow<'static, str>,
    /// The value now; `None`: none.
    pub value: Option<String>,
    /// The value that was derived; `None`: none.
    pub former: Option<String>,
    /// Why that was derived, where there is a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former_why: Option<Why>,
    /// Who corrected it.
    pub by: String,
    /// Why.
    pub because: String,
    /// When.
    pub on: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_reads_back_from_its_id() {
        let passage = PassageId { article: ArticleId::derive("url", "x"), n: 4 };
        for target in [Target::Passage(passage), Target::Quote(QuoteId { passage, n: 2 })] {
            assert_eq!(target.to_string().parse(), Ok(target));
        }
        for wrong in [passage.article.to_string(), format!("{passage}.q"), format!("{passage}.q0"), "x".into()] {
            let error = wrong.parse::<Target>().unwrap_err().to_string();
            assert!(error.contains("0b3k5m7p9r2t.4.q1"), "{error}");
        }
    }

    #[test]
    fn few_words_are_marked_with_what_stands_around_them() {
        let passage = |n| PassageId { article: ArticleId::derive("url", "x"), n };
        let mark = |n, texts: &[&str]| {
            let text_of = |n: u32| texts.get((n as usize).checked_sub(1)?).copied();
            TextMark::of_target(Target::Passage(passage(n)), texts[n as usize - 1], text_of)
        };
        let quote = |n, words, text: &'static str| {
            TextMark::of_target(Target::Quote(QuoteId { passage: passage(n), n: 1 }), words, |_| Some(text))
        };

        let texts = ["Do you agree?", "Yes.", "Will you sign?", "Yes.", "All of it will be mended by autumn."];
        assert_ne!(mark(2, &texts), mark(4, &texts));
        assert_eq!(mark(3, &[&["Velmar"], &texts[..]].concat()), mark(2, &texts), "moved as a whole");
        assert_eq!(mark(5, &texts), TextMark::of(texts[4]));
        assert_ne!(quote(2, "Yes", "“Yes,” said Tamm to the first of them."), quote(2, "Yes", "“Yes,” said Moyle."));
    }

    #[test]
    fn a_mark_has_one_spelling_and_tells_texts_apart() {
        let mark = TextMark::of("It leans.");
        let text = mark.to_string();

        assert_eq!(text.len(), 16);
        assert_eq!(text.parse(), Ok(mark));
        assert_ne!(TextMark::of("It leans!"), mark);
        for wrong in [&text[..15], "+1+1+1+1+1+1+1+1", "not hexadecimal!", &format!("{text}0"), "é"] {
            assert!(wrong.parse::<TextMark>().is_err(), "{wrong}");
        }
        assert!(text.to_uppercase().parse::<TextMark>().is_err() || text.bytes().all(|byte| byte.is_ascii_digit()));
    }
}
