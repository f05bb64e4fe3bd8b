//! Identifiers: short enough to cite, stable under re-ingest and under any order of files.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::correction::Target;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct IdError {
    text: String,
    expected: &'static str,
}

impl IdError {
    pub(super) fn new(text: &str, expected: &'static str) -> Self {
        Self { text: text.to_owned(), expected }
    }
}

/// The BLAKE3 hash of an original's bytes, in 64 lower-case hexadecimal digits when shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// Hashes `bytes` (BLAKE3, O'Connor et al. 2020).
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// Its 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The 64 hexadecimal digits.
    #[must_use]
    pub fn to_hex(self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

impl FromStr for ContentHash {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        blake3::Hash::from_hex(text)
            .map(|hash| Self(*hash.as_bytes()))
            .map_err(|_| IdError { text: text.to_owned(), expected: "a BLAKE3 hash of 64 hexadecimal digits" })
    }
}

impl Serialize for ContentHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Digits of an [`ArticleId`]: Crockford's base 32, which leaves out i, l, o and u.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Digits in an [`ArticleId`]; 12 × 5 = 60 bits, so that ten million articles collide with
/// probability below 5 × 10⁻⁵ (birthday bound).
pub(crate) const ARTICLE_DIGITS: usize = 12;

/// An article's identifier: 12 digits derived from its canonical URL, or else from its content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(u64);

impl ArticleId {
    /// The id of the article whose key (canonical URL or content) is `key`.
    ///
    /// `kind` keeps a URL and a content of the same spelling apart.
    #[must_use]
    pub fn derive(kind: &str, key: &str) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("rapporteur 2026 article id");
        hasher.update(kind.as_bytes());
        hasher.update(&[0]);
        hasher.update(key.as_bytes());
        let mut first = [0; 8];
        hasher.finalize_xof().fill(&mut first);
        Self(u64::from_le_bytes(first) >> (64 - 5 * ARTICLE_DIGITS))
    }

    /// The id of these bits; `None` where they are more than 60.
    #[must_use]
    pub fn from_bits(bits: u64) -> Option<Self> {
        (bits >> (5 * ARTICLE_DIGITS) == 0).then_some(Self(bits))
    }

    /// The 60 bits as a number; ordering ids orders these.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..ARTICLE_DIGITS).rev() {
            let digit = DIGITS[usize::try_from((self.0 >> (5 * place)) & 31).unwrap_or(0)];
            write!(f, "{}", char::from(digit))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ArticleId({self})")
    }
}

impl FromStr for ArticleId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = || IdError { text: text.to_owned(), expected: "an article id of 12 letters and digits" };
        if text.len() != ARTICLE_DIGITS {
            return Err(error());
        }
        let mut bits = 0;
        for byte in text.bytes() {
            let digit = DIGITS.iter().position(|d| *d == byte).ok_or_else(error)?;
            bits = bits << 5 | digit as u64;
        }
        Ok(Self(bits))
    }
}

/// A passage's identifier, `<article id>.<n>`, with `n` counted from 1 in reading order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageId {
    /// The article that the passage stands in.
    pub article: ArticleId,
    /// Its place among the article's passages, from 1.
    pub n: u32,
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.article, self.n)
    }
}

impl fmt::Debug for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PassageId({self})")
    }
}

impl FromStr for PassageId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = || IdError {
            text: text.to_owned(),
            expected: "a passage id such as `0b3k5m7p9r2t.4` (article id, point, number)",
        };
        let (article, n) = numbered(text, ".").ok_or_else(error)?;
        Ok(Self { article, n })
    }
}

/// The identifier of the whole and the number of the part, which `separator` parts; the number as it is printed, from 1.
fn numbered<T: FromStr>(text: &str, separator: &str) -> Option<(T, u32)> {
    let (whole, digits) = text.rsplit_once(separator)?;
    let n: u32 = digits.parse().ok()?;
    (n > 0 && digits == n.to_string()).then_some((whole.parse().ok()?, n))
}

/// A quotation's identifier, `<passage id>.q<n>`, with `n` counted from 1 in the passage's order.
///
/// Made of its place rather than of its words: a passage id is as stable as the article, and two quotations of the
/// same words in one passage stay apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuoteId {
    /// The passage that the quotation stands in.
    pub passage: PassageId,
    /// Its place among the passage's quotations, from 1.
    pub n: u32,
}

impl QuoteId {
    /// The ids of a passage's quotations, in the passage's order.
    pub fn all_of(passage: PassageId) -> impl Iterator<Item = Self> {
        (1..).map(move |n| Self { passage, n })
    }
}

impl fmt::Display for QuoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.q{}", self.passage, self.n)
    }
}

impl fmt::Debug for QuoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QuoteId({self})")
    }
}

impl FromStr for QuoteId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = || IdError {
            text: text.to_owned(),
            expected: "a quotation's id such as `0b3k5m7p9r2t.4.q1` (passage id, point, q, number)",
        };
        let (passage, n) = numbered(text, ".q").ok_or_else(error)?;
        Ok(Self { passage, n })
    }
}

/// Writes an identifier as its text in every serialised form.
macro_rules! serde_as_text {
    ($($id:ty),*) => {$(
        impl Serialize for $id {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $id {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
serde_as_text!(ArticleId, PassageId, QuoteId, Target);

/// Identifiers that people choose: lower-case words joined by hyphens.
macro_rules! chosen_id {
    ($(#[$doc:meta] $id:ident),*) => {$(
        #[$doc]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $id(String);

        impl $id {
            /// Takes `text` as it is.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The identifier's text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}
chosen_id!(
    /// A speaker's identifier, such as `omer-kaldan`: from the authority file, or the fullest name's slug.
    SpeakerId,
    /// A topic's identifier, such as `transport`, from `topics.toml`.
    TopicId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_id_reads_back_from_its_text() {
        let id = ArticleId::derive("url", "https://velmarcourier.example/a");

        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().len(), 12);
    }

    #[test]
    fn a_url_and_a_content_of_one_spelling_have_two_ids() {
        assert_ne!(ArticleId::derive("url", "x"), ArticleId::derive("content", "x"));
    }

    #[test]
    fn a_passage_id_has_one_spelling() {
        let id = PassageId { article: ArticleId::derive("url", "x"), n: 4 };

        assert_eq!(id.to_string().parse(), Ok(id));
        assert!(format!("{}.04", id.article).parse::<PassageId>().is_err());
        assert!(format!("{}.0", id.article).parse::<PassageId>().is_err());
        assert!("nonsense".parse::<PassageId>().is_err());
    }

    #[test]
    fn a_quote_id_has_one_spelling() {
        let passage = PassageId { article: ArticleId::derive("url", "x"), n: 4 };
        let id = QuoteId { passage, n: 2 };

        assert_eq!(id.to_string().parse(), Ok(id));
        for wrong in [format!("{passage}.q0"), format!("{passage}.q02"), passage.to_string(), format!("{passage}.2")] {
            assert!(wrong.parse::<QuoteId>().is_err(), "{wrong}");
        }
    }
}
