//! A quotation as hashed words: what of it is compared with others.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::analysis::{self, Analyzer};
use crate::model::{Passage, Publication, Quote, QuoteId, QuoteKind};
use crate::near_duplicates::word_hash;

/// Words of a quotation that are compared; what a longer one has beyond them is not. A bound on the work: aligning
/// costs the product of two lengths, and a statement is known by its first pages.
pub(super) const MOST_WORDS: usize = 400;

/// What is kept of a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The quotation.
    pub quote: QuoteId,
    /// Whether it is in quote marks, word for word.
    pub direct: bool,
    /// When its article was published, in seconds since 1970; a day without a time counts from its beginning, and a
    /// time without a zone as Greenwich's.
    pub published: Option<i64>,
    /// The hash of the speaker's id.
    pub speaker: Option<u32>,
    /// The hashes of its words.
    pub words: Vec<u32>,
    /// The hashes of the stems of those words that carry meaning.
    pub stems: Vec<u32>,
}

impl Wording {
    /// The wordings of an article's quotations, by its passages.
    #[must_use]
    pub fn of_passages(passages: &[Passage]) -> Vec<Self> {
        let analyzer = Analyzer::default();
        let mut wordings = Vec::new();
        for passage in passages {
            let published = passage.published.as_ref().map(seconds);
            for (id, quote) in QuoteId::all_of(passage.id).zip(&passage.quotes) {
                let direct = quote.kind == QuoteKind::Direct;
                let wording = Self::of(id, direct, &quote_text(passage, quote), &analyzer);
                let speaker = quote.speaker.as_ref().map(|speaker| short(word_hash(speaker.id.as_str())));
                wordings.push(Self { published, speaker, ..wording });
            }
        }
        wordings
    }

    /// The wording of `text`, undated and of nobody.
    #[must_use]
    pub fn of(quote: QuoteId, direct: bool, text: &str, analyzer: &Analyzer) -> Self {
        let (mut words, mut stems) = (Vec::new(), Vec::new());
        for (_, word) in analysis::words(text).take(MOST_WORDS) {
            words.push(short(word_hash(&word)));
            if !is_function_word(&word) {
                stems.push(short(word_hash(&analyzer.term(&word))));
            }
        }
        Self { quote, direct, published: None, speaker: None, words, stems }
    }

    /// Whether two name speakers, and different ones.
    pub(super) fn contradicts(&self, other: &Self) -> bool {
        self.speaker.zip(other.speaker).is_some_and(|(one, other)| one != other)
    }
}

/// The quoted words themselves, without a reporting clause between them.
#[must_use]
pub fn quote_text(passage: &Passage, quote: &Quote) -> String {
    quote.words(&passage.text, passage.span.start)
}

/// When something was published, see [`Wording::published`].
#[must_use]
pub fn seconds(published: &Publication) -> i64 {
    let offset = |time: crate::model::StatedTime| time.zone().map_or(0, |(offset, _)| i64::from(offset.seconds()));
    let (at, offset) = match published.time {
        Some(time) => (time.civil(), offset(time)),
        None => (published.date.first().to_datetime(jiff::civil::Time::midnight()), 0),
    };
    let midnight = jiff::civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
    at.duration_since(midnight).as_secs() - offset
}

/// The upper half of a hash.
#[allow(clippy::cast_possible_truncation, reason = "the upper half is what is wanted")]
fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// Whether a folded word stands in any sentence, whatever it is about, or is one that reports put in.
#[must_use]
pub fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word)
}

static FUNCTION_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/lineage_function_words.txt").split_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, PartialDate, PassageId, StatedTime, Why};

    #[test]
    fn words_fold_and_function_words_are_no_stems() {
        let id = QuoteId { passage: PassageId { article: ArticleId::derive("url", "x"), n: 1 }, n: 1 };
        let of = |text| Wording::of(id, true, text, &Analyzer::default());

        assert_eq!(of("We WILL open the tunnel").words, of("We will open the tunnel,").words);
        assert_eq!(of("We will open the tunnels").stems, of("they opened a tunnel").stems);
    }

    #[test]
    fn a_stated_time_orders_within_its_day_and_across_zones() {
        let day: PartialDate = "2025-06-18".parse().unwrap();
        let plain = Publication::stated(day, Why::new("x", "x"));
        let at = |text: &str| Publication { time: Some(text.parse::<StatedTime>().unwrap()), ..plain.clone() };

        assert!(seconds(&plain) < seconds(&at("2025-06-18T07:00:00Z")));
        assert!(seconds(&at("2025-06-18T12:00:00+06:00")) < seconds(&at("2025-06-18T07:00:00Z")));
    }
}
