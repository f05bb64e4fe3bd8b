//! Dates that a text mentions, and when its article was published.
//!
//! A text is read once for the wording of its dates ([`find`]); what they mean is decided against the
//! day of publication ([`resolve`]), stated or found in a dateline, a caption or the opening
//! ([`anchor`]). What cannot be known is left out: a wrong date is worse than none.

mod anchor;
mod calendar;
mod dateline;
mod expression;
mod find;
mod publication;
mod resolve;
mod tense;
mod words;

use std::ops::Range;

use jiff::civil::Date;

use self::expression::{Expression, Found, Turn};
use self::resolve::{Basis, BasisKind, Reckoning};
use self::tense::{Tense, Told};
use crate::model::{Article, BlockKind, CodePoints, DateMention, Evidence, Publication};

/// What relative dates count from, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The day itself, as a rule that of publication.
    pub date: Date,
    /// What says so, such as `published 2025-06-18 (meta article:published_time)`.
    pub why: String,
}

/// What [`article`] found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ArticleDates {
    /// As the source states it, or else as the text lets infer.
    pub published: Option<Publication>,
    /// The dates of the whole text, in reading order.
    pub mentions: Vec<DateMention>,
}

/// A date's wording with what its sentence and block say of it.
#[derive(Debug, Clone)]
struct Noted {
    /// Bytes count from the beginning of the article's text.
    found: Found,
    told: Told,
    block: BlockKind,
    /// The block's place in the article, from 0.
    index: usize,
    /// A short line of its own near the top, such as `Velmar, 14 September 2023`: it dates the text.
    heads: bool,
}

/// The dates that `text` mentions, in reading order; spans count from the beginning of `text`.
///
/// Without an anchor only dates that state their year are found.
#[must_use]
pub fn mentions(text: &str, anchor: Option<&Anchor>) -> Vec<DateMention> {
    let basis = anchor.map(|anchor| Basis {
        date: anchor.date,
        kind: BasisKind::Published,
        name: format!("the publication day {}", anchor.date),
        evidence: Evidence::outside("anchor", anchor.why.clone()),
    });
    let reckoning = Reckoning { basis, year: None };
    let points = CodePoints::new(text);
    let noted = note(text, 0..text.len(), BlockKind::Paragraph, usize::MAX);
    resolve_all(&noted, &points, &reckoning).into_iter().map(|(_, mention)| mention).collect()
}

/// The dates that an article mentions, and when it was published.
#[must_use]
pub fn article(article: &Article) -> ArticleDates {
    let points = CodePoints::new(&article.text);
    let blocks = article.blocks.iter().enumerate();
    let noted: Vec<Noted> =
        blocks.flat_map(|(index, block)| note(&article.text, points.bytes(block.span), block.kind, index)).collect();
    let (reckoning, dateline) = anchor::reckon(article, &points, &noted);
    let resolved = resolve_all(&noted, &points, &reckoning);
    let published = article.published.clone().or(dateline).or_else(|| publication::infer(&resolved));
    ArticleDates { published, mentions: resolved.into_iter().map(|(_, mention)| mention).collect() }
}

/// The dates of one block, worded but not resolved.
fn note(text: &str, block: Range<usize>, kind: BlockKind, index: usize) -> Vec<Noted> {
    let from = block.start;
    let words = text.get(block).unwrap_or("");
    find::find(words)
        .into_iter()
        .map(|found| {
            let told = tense::told(words, &found.bytes);
            let can_head = kind.is_heading() || matches!(kind, BlockKind::Title | BlockKind::Paragraph);
            let heads = can_head && index < anchor::OPENING && anchor::heads(words, &found);
            let found = Found { bytes: from + found.bytes.start..from + found.bytes.end, ..found };
            Noted { found, told, block: kind, index, heads }
        })
        .collect()
}

/// Every date that can be known, the ends of each range in order.
fn resolve_all<'n>(
    noted: &'n [Noted],
    points: &CodePoints<'_>,
    reckoning: &Reckoning,
) -> Vec<(&'n Noted, DateMention)> {
    let mut resolved: Vec<(&Noted, DateMention)> = Vec::with_capacity(noted.len());
    for noted in noted {
        let Some(mention) = mention(noted, points, reckoning) else { continue };
        if let Some((first, start)) = resolved.last_mut()
            && first.found.bytes == noted.found.bytes
            && mention.date.first() < start.date.first()
            && let Some(earlier) = resolve::a_year_before(start.date)
        {
            start.date = earlier;
        }
        resolved.push((noted, mention));
    }
    resolved
}

fn mention(noted: &Noted, points: &CodePoints<'_>, reckoning: &Reckoning) -> Option<DateMention> {
    let span = points.span(&noted.found.bytes);
    // The dateline's own day is not counted from itself.
    let own = |basis: &Basis| basis.evidence.span.is_some_and(|anchor| anchor.covers(span));
    let of_year = || Reckoning { basis: None, year: reckoning.year.clone() }.resolve(&noted.found, Tense::Unknown);
    let of_itself = if reckoning.basis.as_ref().is_some_and(own) { of_year() } else { None };
    let (date, why) = of_itself.or_else(|| reckoning.resolve(&noted.found, noted.tense_of_year()))?;
    Some(DateMention { text: points.text().get(noted.found.bytes.clone())?.to_owned(), span, date, why })
}

impl Noted {
    /// Whether the day had come when the article was written: it is told as past, shown in a picture,
    /// or heads the text.
    fn has_passed(&self) -> bool {
        let coarse = !matches!(self.found.expression, Expression::Day { .. } | Expression::Weekday { .. });
        let of_picture = matches!(self.block, BlockKind::Caption | BlockKind::Credit);
        let range = self.found.part != expression::Part::Whole;
        match self.told.tense {
            // The verb of a coarse date must be its own: `agreed … October 2027` is no news of 2027.
            Tense::Past => (!self.told.open || range) && (self.told.near || !coarse),
            Tense::Unknown => (of_picture || self.heads) && !self.told.open,
            Tense::Forward => false,
        }
    }

    /// The tense that chooses the year of a date without one: a past verb far off, or before `until`,
    /// says little of it (`left the question to a meeting in October`).
    fn tense_of_year(&self) -> Tense {
        let without_year = matches!(
            self.found.expression,
            Expression::Day { year: None, .. } | Expression::Month { year: None, turn: Turn::Plain, .. }
        );
        let weak = self.told.tense == Tense::Past && (self.told.open || !self.told.near);
        if without_year && weak { Tense::Unknown } else { self.told.tense }
    }
}

#[cfg(test)]
mod tests;
