//! Why something was assigned: the rule, the evidence with its spans, and how sure it is.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Span;

/// How sure an assignment is: an estimate, from 0 to 1, of the share of such assignments that are right.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confidence(f32);

impl Confidence {
    /// Rounded to hundredths and kept within 0 to 1; not a number counts as 0.
    #[must_use]
    pub fn new(value: f32) -> Self {
        let value = if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
        Self((value * 100.0).round() / 100.0)
    }

    /// The number.
    #[must_use]
    pub fn value(self) -> f32 {
        self.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}

/// A piece of the article that an assignment rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What part it plays: `cue`, `mention`, `label`, `introduction`, `term`, `anchor` …
    pub part: Cow<'static, str>,
    /// The words as they stand in the text, or in the metadata.
    pub text: String,
    /// Where they stand in [`Article::text`](super::Article::text); `None` for metadata and settings.
    #[serde(flatten, with = "optional_span")]
    pub span: Option<Span>,
}

impl Evidence {
    /// Evidence in the article's text.
    #[must_use]
    pub fn at(part: &'static str, text: impl Into<String>, span: Span) -> Self {
        Self { part: Cow::Borrowed(part), text: text.into(), span: Some(span) }
    }

    /// Evidence outside the article's text: a tag, a settings file, a source's field.
    #[must_use]
    pub fn outside(part: &'static str, text: impl Into<String>) -> Self {
        Self { part: Cow::Borrowed(part), text: text.into(), span: None }
    }
}

/// The reason for an assignment, for machines (`rule`, `evidence`) and for people (`text`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The rule's name, in kebab case.
    pub rule: Cow<'static, str>,
    /// The reason in one English sentence without a full stop.
    pub text: String,
    /// What it rests on, the strongest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

impl Why {
    /// A reason without evidence yet; see [`Why::with`].
    #[must_use]
    pub fn new(rule: &'static str, text: impl Into<String>) -> Self {
        Self { rule: Cow::Borrowed(rule), text: text.into(), evidence: Vec::new() }
    }

    /// The same reason with one more piece of evidence.
    #[must_use]
    pub fn with(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }
}

/// Writes a span as `start` and `end` beside the other fields, and leaves both out where there is none.
mod optional_span {
    use serde::ser::SerializeMap;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::Span;

    #[derive(Deserialize)]
    struct Ends {
        start: Option<usize>,
        end: Option<usize>,
    }

    #[allow(clippy::ref_option, reason = "the signature that serde asks for")]
    pub(super) fn serialize<S: Serializer>(span: &Option<Span>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(span) = span {
            map.serialize_entry("start", &span.start)?;
            map.serialize_entry("end", &span.end)?;
        }
        map.end()
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Span>, D::Error> {
        let ends = Ends::deserialize(deserializer)?;
        Ok(ends.start.zip(ends.end).map(|(start, end)| Span::new(start, end)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_survives_json_with_and_without_spans() {
        let why = Why::new("interview-turn", "the turn is labelled `LD:`")
            .with(Evidence::at("label", "LD:", Span::new(4, 7)))
            .with(Evidence::outside("alias", "speakers.toml: lanqing-daily"));

        let json = serde_json::to_string(&why).unwrap();

        assert_eq!(serde_json::from_str::<Why>(&json).unwrap(), why);
        assert!(json.contains(r#""start":4,"end":7"#), "{json}");
    }

    #[test]
    fn a_confidence_stays_within_its_range() {
        assert_eq!(Confidence::new(f32::NAN).value(), 0.0);
        assert_eq!(Confidence::new(1.7).value(), 1.0);
        assert_eq!(Confidence::new(0.874).value(), 0.87);
    }
}
