//! Infers when an article appeared at the earliest, where nothing states it.

use super::Noted;
use super::tense::Tense;
use crate::model::{DateMention, Evidence, Precision, Publication, Why};

/// On or after the latest day that the text tells as past or shows; `None` without such a day.
///
/// What lies ahead (`in 2027`, `will meet on Friday`) bounds nothing, and a bare year says next to nothing.
pub(super) fn infer(mentions: &[(&Noted, DateMention)]) -> Option<Publication> {
    let passed =
        mentions.iter().filter(|(noted, mention)| noted.has_passed() && mention.date.precision() >= Precision::Month);
    // Of equal dates the more precise one, then the first in the text.
    let (noted, latest) = passed.rev().max_by_key(|(_, mention)| (mention.date.first(), mention.date.precision()))?;
    let words = latest.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = match (noted.told.tense, noted.heads) {
        (Tense::Past, _) => "is told as past",
        (_, true) => "heads the text",
        _ => "stands under a picture",
    };
    let text = format!("no publication date is stated; on or after {}: “{words}” {told}", latest.date);
    let why = Why::new("latest-past-day", text).with(Evidence::at("mention", latest.text.clone(), latest.span));
    let why = latest.why.evidence.iter().cloned().fold(why, Why::with);
    Some(Publication { inferred: true, ..Publication::stated(latest.date, why) })
}
