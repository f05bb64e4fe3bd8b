//! What a citation says beside the fields of its format.

use crate::model::{ArticleRef, ContentHash, Precision, Publication, Speaker};
use crate::view::{Provenance, RankedHit, Said};

/// What is cited.
pub(super) struct Cited<'v> {
    /// `passage` or `quotation`.
    pub(super) what: &'static str,
    /// Its id.
    pub(super) id: String,
    pub(super) text: &'v str,
    pub(super) article: &'v ArticleRef,
    pub(super) published: Option<&'v Publication>,
    /// `Ingrid Solvane, minister of water`, where somebody speaks.
    pub(super) said_by: Option<String>,
    /// The hash of the archived original; `None` where the view does not have it.
    pub(super) original: Option<ContentHash>,
}

impl<'v> Cited<'v> {
    pub(super) fn hit(ranked: &'v RankedHit) -> Self {
        let passage = &ranked.hit.passage;
        Self {
            what: "passage",
            id: passage.id.to_string(),
            text: &passage.text,
            article: &passage.article,
            published: passage.published.as_ref(),
            said_by: ranked.speaker.as_ref().map(|attribution| with_role(&attribution.speaker)),
            original: Some(passage.source.blake3),
        }
    }

    pub(super) fn said(said: &'v Said) -> Self {
        Self {
            what: "quotation",
            id: said.id.to_string(),
            text: &said.text,
            article: &said.article,
            published: said.published.as_ref(),
            said_by: said.speaker.as_ref().map(with_role),
            original: None,
        }
    }

    /// Which passage or quotation is cited, and how to find it again.
    pub(super) fn note(&self, provenance: &Provenance) -> String {
        let what = if self.what == "passage" { "Passage" } else { "Quotation" };
        format!(
            "{what} {}; found by {}: {}; index fingerprint {}",
            self.id, provenance.program, provenance.command, provenance.fingerprint
        )
    }
}

fn with_role(speaker: &Speaker) -> String {
    let role = speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
    format!("{}{role}", speaker.name)
}

/// `2025-06 (to the month)`, `on or after 2025-06-18 (inferred)`, `undated`.
pub(super) fn date_in_words(published: Option<&Publication>) -> String {
    match published {
        None => "undated".into(),
        Some(publication) if publication.inferred => format!("on or after {} (inferred)", publication.date),
        Some(publication) => format!("{} (to the {})", publication.date, precision(publication)),
    }
}

/// How much of the date is stated.
pub(super) fn precision(publication: &Publication) -> &'static str {
    match publication.date.precision() {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Year => "year",
    }
}
