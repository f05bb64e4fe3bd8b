//! What a citation says beside the fields of its format.

use crate::model::{Precision, Publication};
use crate::view::{Provenance, RankedHit};

/// Which passage is cited, and how to find it again.
pub(super) fn note(ranked: &RankedHit, provenance: &Provenance) -> String {
    format!(
        "Passage {}; found by {}: {}; index fingerprint {}",
        ranked.hit.passage.id, provenance.program, provenance.command, provenance.fingerprint
    )
}

/// `Ingrid Solvane, minister of water`, where somebody speaks the passage.
pub(super) fn said_by(ranked: &RankedHit) -> Option<String> {
    let speaker = &ranked.speaker.as_ref()?.speaker;
    let role = speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
    Some(format!("{}{role}", speaker.name))
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
