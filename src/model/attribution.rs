//! Who said something, and what was said.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Confidence, Span, SpeakerId, Why, fold_name};

/// A person or body that speaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Speaker {
    /// From the authority file, or the slug of the fullest name in the article.
    pub id: SpeakerId,
    /// The fullest name known.
    pub name: String,
    /// Role at the time of speaking, from the article first, then from the authority file.
    pub role: Option<String>,
    /// State, organisation or company for which it speaks, as the role in the article says, else as the authority
    /// file does.
    #[serde(default)]
    pub affiliation: Option<String>,
    /// Wikidata item, such as `Q42`, where the authority file has it.
    #[serde(default)]
    pub qid: Option<String>,
}

impl Speaker {
    /// A speaker of whose affiliation nothing is known yet.
    #[must_use]
    pub fn new(id: SpeakerId, name: String, role: Option<String>) -> Self {
        Self { id, name, role, affiliation: None, qid: None }
    }

    /// What it can be asked for by: the folded name, each of its words, and the id.
    ///
    /// A function of the speaker alone, never of the names that one article happens to use, so that a
    /// name finds the same passages everywhere.
    pub fn keys(&self) -> BTreeSet<String> {
        keys(&self.id, &self.name)
    }
}

/// The folded name, each of its words, and the id.
fn keys(id: &SpeakerId, name: &str) -> BTreeSet<String> {
    let name = fold_name(name);
    let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
    words.into_iter().chain([name, fold_name(id.as_str())]).collect()
}

/// A person or body whom a passage's text names, whoever speaks in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mentioned {
    /// From the authority file, or the slug of the fullest name in the article.
    pub id: SpeakerId,
    /// The fullest name known.
    pub name: String,
    /// Wikidata item, such as `Q42`, where the authority file has it.
    pub qid: Option<String>,
    /// Where the passage names them, in reading order; never empty.
    pub mentions: Vec<Mention>,
    /// How sure it is that these words mean them.
    pub confidence: Confidence,
    /// The reason, of the surest mention.
    pub why: Why,
}

impl Mentioned {
    /// What they can be asked for by, as speakers are: see [`Speaker::keys`].
    pub fn keys(&self) -> BTreeSet<String> {
        keys(&self.id, &self.name)
    }
}

/// Words in the article that name somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// As written: `Baktygulov`, `the minister`, `she`.
    pub text: String,
    /// Where it stands in the article's text.
    pub span: Span,
}

/// A speaker, how sure the assignment is, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who speaks.
    #[serde(flatten)]
    pub speaker: Speaker,
    /// How sure it is.
    pub confidence: Confidence,
    /// The reason.
    pub why: Why,
}

/// How somebody's words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// Word for word, in quote marks.
    Direct,
    /// Reported, without quote marks.
    Indirect,
    /// Reported, with some words in quote marks.
    Mixed,
}

impl QuoteKind {
    /// Every kind, in the order of the docs.
    pub const ALL: [Self; 3] = [Self::Direct, Self::Indirect, Self::Mixed];

    /// Its name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// Something said: a quotation or a report of speech.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// Where the words stand in the article's text; several spans where a reporting clause breaks them,
    /// in order and without overlap; never empty.
    pub spans: Vec<Span>,
    /// The words that name the speaker at this quote, if any.
    pub mention: Option<Mention>,
    /// The resolved speaker; `None` where nobody is named.
    pub speaker: Option<Speaker>,
    /// How sure the quote and its speaker are.
    pub confidence: Confidence,
    /// The reason.
    pub why: Why,
}

impl Quote {
    /// From the first to the last word, the reporting clause in between included.
    #[must_use]
    pub fn extent(&self) -> Span {
        let start = self.spans.first().map_or(0, |span| span.start);
        Span::new(start, self.spans.last().map_or(start, |span| span.end))
    }

    /// The quoted words themselves, without a reporting clause between them: those that stand in `passage`, which
    /// begins at `start` of the article's text.
    #[must_use]
    pub fn words(&self, passage: &str, start: usize) -> String {
        let pieces: Vec<&str> = self.spans.iter().map(|span| span.relative_to(start).slice(passage).trim()).collect();
        pieces.join(" ")
    }

    /// The quote's speaker as an attribution.
    #[must_use]
    pub fn attribution(&self) -> Option<Attribution> {
        let speaker = self.speaker.clone()?;
        Some(Attribution { speaker, confidence: self.confidence, why: self.why.clone() })
    }
}
