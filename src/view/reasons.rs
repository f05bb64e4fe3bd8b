//! Who speaks in a passage and why: each attribution with its evidence, and where all of it stands.
//!
//! Evidence may stand paragraphs before the passage; it is then quoted with the words around it and the
//! passage that holds it.

use serde::Serialize;

use crate::model::{Confidence, Evidence, Overridden, Passage, PassageId, QuoteId, QuoteKind, Span, Speaker, Why};

/// Code points shown on either side of evidence that stands elsewhere, before they are cut to whole words.
const AROUND: usize = 40;

/// What a passage's attributions rest on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PassageReasons {
    /// The passage.
    pub passage: PassageId,
    /// The turn's speaker first, then each quote, in the passage's order.
    pub attributions: Vec<Reasoned>,
    /// What of them stands in the passage, by place; the longer first where two begin together.
    pub marks: Vec<Mark>,
    /// What persons corrected of the passage and its quotes.
    pub overrides: Vec<Overridden>,
}

/// An attribution and all that it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reasoned {
    /// Its number in the passage, from 1.
    pub n: usize,
    /// The quote's id; `None` for a whole turn or a block set apart.
    pub id: Option<QuoteId>,
    /// The quote's kind; `None` for a whole turn or a block set apart.
    pub kind: Option<QuoteKind>,
    /// Where the quoted words stand, in code points of the article's text; none for a whole turn.
    pub spans: Vec<Span>,
    /// Who speaks; `None` where nobody is named.
    pub speaker: Option<Speaker>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The rule's name.
    pub rule: String,
    /// The reason, a sentence.
    pub reason: String,
    /// What it rests on, the strongest first.
    pub evidence: Vec<PlacedEvidence>,
}

/// A piece of evidence and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlacedEvidence {
    /// The part that it plays, its words and its span in the article's text.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// The words around it where it stands in another passage than the one shown.
    pub elsewhere: Option<Elsewhere>,
}

/// A place in another passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Elsewhere {
    /// The passage that holds it; `None` where it stands between passages, as a headline does.
    pub passage: Option<PassageId>,
    /// A few words before it.
    pub before: String,
    /// A few words after it.
    pub after: String,
}

/// A run of a passage's text that plays a part in an attribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// `content`, or the part of the evidence: `cue`, `mention`, `label` …
    pub part: String,
    /// The attribution's number.
    pub n: usize,
    /// Where it stands, in code points of the passage's own text.
    pub span: Span,
}

/// The reasons of `passage`, one of `article`, which are the article's passages in reading order.
pub fn reasons(article: &[Passage], passage: &Passage) -> PassageReasons {
    let mut attributions = Vec::new();
    // A passage that its longest quote speaks for says so by that quote.
    if let Some(own) = passage.turn() {
        attributions.push(Reasoned {
            speaker: Some(own.speaker.clone()),
            ..reasoned(article, passage, own.confidence, &own.why)
        });
    }
    for (id, quote) in QuoteId::all_of(passage.id).zip(&passage.quotes) {
        let mut found = Reasoned {
            id: Some(id),
            kind: Some(quote.kind),
            spans: quote.spans.clone(),
            speaker: quote.speaker.clone(),
            ..reasoned(article, passage, quote.confidence, &quote.why)
        };
        // A mention that the rule's evidence leaves out names the speaker all the same.
        if let Some(mention) = &quote.mention
            && found.evidence.iter().all(|placed| placed.evidence.span != Some(mention.span))
        {
            let evidence = Evidence::at("mention", mention.text.clone(), mention.span);
            found.evidence.push(placed(article, passage, evidence));
        }
        attributions.push(found);
    }
    for (n, attribution) in (1..).zip(&mut attributions) {
        attribution.n = n;
    }
    let marks = marks(passage, &attributions);
    PassageReasons { passage: passage.id, attributions, marks, overrides: passage.overrides.clone() }
}

/// The reason of an attribution whose number, words and speaker are still to be filled in.
fn reasoned(article: &[Passage], passage: &Passage, confidence: Confidence, why: &Why) -> Reasoned {
    Reasoned {
        n: 0,
        id: None,
        kind: None,
        spans: Vec::new(),
        speaker: None,
        confidence,
        rule: why.rule.to_string(),
        reason: why.text.clone(),
        evidence: why.evidence.iter().map(|evidence| placed(article, passage, evidence.clone())).collect(),
    }
}

fn placed(article: &[Passage], passage: &Passage, evidence: Evidence) -> PlacedEvidence {
    let elsewhere = evidence.span.filter(|span| !passage.span.covers(*span)).map(|span| elsewhere(article, span));
    PlacedEvidence { evidence, elsewhere }
}

fn elsewhere(article: &[Passage], span: Span) -> Elsewhere {
    let after = article.partition_point(|passage| passage.span.start <= span.start);
    let holder = after.checked_sub(1).and_then(|at| article.get(at)).filter(|passage| passage.span.covers(span));
    let Some(holder) = holder else {
        return Elsewhere { passage: None, before: String::new(), after: String::new() };
    };
    let (text, own) = (&holder.text, span.relative_to(holder.span.start));
    let before = Span::new(own.start.saturating_sub(AROUND), own.start);
    let after = Span::new(own.end, own.end.saturating_add(AROUND));
    let (lead, rest) = (before.slice(text), after.slice(text));
    // Half a word at a cut end would mislead.
    let lead = if before.start == 0 { lead } else { lead.split_once(' ').map_or("", |(_, whole)| whole) };
    let rest =
        if after.end >= text.chars().count() { rest } else { rest.rsplit_once(' ').map_or("", |(whole, _)| whole) };
    Elsewhere { passage: Some(holder.id), before: lead.to_owned(), after: rest.to_owned() }
}

fn marks(passage: &Passage, attributions: &[Reasoned]) -> Vec<Mark> {
    let mut marks = Vec::new();
    for attribution in attributions {
        let contents = attribution.spans.iter().map(|span| ("content", *span));
        let evidence = attribution
            .evidence
            .iter()
            .filter_map(|placed| placed.evidence.span.map(|span| (placed.evidence.part.as_ref(), span)));
        for (part, span) in contents.chain(evidence) {
            if passage.span.covers(span) && !span.is_empty() {
                let span = span.relative_to(passage.span.start);
                marks.push(Mark { part: part.to_owned(), n: attribution.n, span });
            }
        }
    }
    marks.sort_by(|a, b| {
        let key = |mark: &Mark| (mark.span.start, std::cmp::Reverse(mark.span.end), mark.n);
        key(a).cmp(&key(b)).then_with(|| a.part.cmp(&b.part))
    });
    marks.dedup();
    marks
}
