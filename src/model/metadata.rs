//! What a source says of itself beside headline, byline and date, why it is believed, and where it is
//! at odds with itself.

use serde::{Deserialize, Serialize};

use super::{Confidence, Why};

/// A statement about an article that was not taken: another goes before it, or it cannot hold.
///
/// The value that was taken stands in the article's own field; this is what a person needs in order
/// to doubt it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The field of the article, by its name in JSON: `published`, `title`, `language` …
    pub field: String,
    /// What is stated there instead, as the field would be written.
    pub value: String,
    /// What states it, and why it was not taken.
    pub why: Why,
}

/// What an article says of itself beyond what names it, and the reasons for all that it says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Metadata {
    /// The outlet's section, by the name that it gives it.
    pub section: Option<String>,
    /// Keywords, as the source lists them.
    pub keywords: Vec<String>,
    /// Whether readers have to pay for it; `None` where the source does not say.
    pub paywalled: Option<bool>,
    /// The agency that the article is credited to, by its usual name, also on the agency's own pages.
    pub syndication: Option<String>,
    /// The language that the source declares, as a BCP 47 tag.
    pub declared_language: Option<String>,
    /// The language that its body is written in.
    pub detected_language: Option<DetectedLanguage>,
    /// Why each field has its value, in the order of the fields; publication has its own reason.
    pub reasons: Vec<Reason>,
}

/// A language that was told by the text itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DetectedLanguage {
    /// ISO 639-1 code, or ISO 639-3 where there is none.
    pub language: String,
    /// The detector's own estimate; it is not calibrated.
    pub confidence: Confidence,
}

/// Why one field of an article has its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The field, by its name in JSON.
    pub field: String,
    /// What states it.
    pub why: Why,
    /// How sure it is, where that was estimated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
}

impl Reason {
    /// A reason without an estimate.
    #[must_use]
    pub fn new(field: &str, why: Why) -> Self {
        Self { field: field.to_owned(), why, confidence: None }
    }
}

impl Disagreement {
    /// A statement about `field` that was not taken.
    #[must_use]
    pub fn new(field: &str, value: impl Into<String>, why: Why) -> Self {
        Self { field: field.to_owned(), value: value.into(), why }
    }
}

impl Metadata {
    /// Gives the reason for a field, in place of an earlier one.
    pub fn because(&mut self, reason: Reason) {
        self.reasons.retain(|other| other.field != reason.field);
        self.reasons.push(reason);
    }

    /// The reason for a field, by its name in JSON.
    #[must_use]
    pub fn reason(&self, field: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.field == field)
    }
}
