//! Finds what is said in one paragraph: the reports of its sentences, and the quotations that belong
//! to them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::cues::Frame;
use super::finding::{Finding, Report, pieces};
use super::learned::{Model, ModelError};
use super::marks::Marked;
use super::paragraph::Paragraph;
use super::reports;
use super::rules::Rule;
use super::sources;
use crate::config::ModelFile;

/// Words from which a quotation without a cue counts as something said, not as a title or a word in
/// scare quotes.
pub(super) const SPEECH_WORDS: usize = 5;
/// The same for words that begin and end within a sentence.
const PHRASE_WORDS: usize = 8;

/// The longest label within quote marks, in tokens.
const LABEL: usize = 4;
/// Marks before a signature.
const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// What finds what is said: the rules alone, or a trained model that weighs what they propose among other things.
#[derive(Debug, Clone, Default)]
pub struct Finder(Option<Arc<Model>>);

impl Finder {
    /// The rules alone.
    pub fn rules() -> Self {
        Self(None)
    }

    /// The model of `file`, or the rules alone where there is none.
    pub fn read(file: Option<&ModelFile>) -> Result<Self, ModelError> {
        let model = file.map(|file| {
            let model = Model::from_bytes(&file.bytes);
            model.map(Arc::new).map_err(|problem| ModelError { name: file.name.clone(), problem })
        });
        model.transpose().map(Self)
    }

    pub(super) fn of(model: Model) -> Self {
        Self(Some(Arc::new(model)))
    }
}

/// What is said in `paragraph`, by the place of its first word.
///
/// A sentence that is nothing but a quotation joins the quotation before it.
///
/// In a turn (`in_turn`) words after a colon belong to whoever speaks there, not to the sentence's
/// subject: `An old saying comes to my mind: "…"`.
pub(super) fn find(paragraph: &Paragraph<'_>, in_turn: bool, finder: &Finder) -> Vec<Finding> {
    let reports = reports(paragraph, in_turn);
    let mut findings: Vec<Finding> = match &finder.0 {
        Some(model) => model.find(paragraph, &reports),
        None => reports.into_iter().filter_map(|report| report.into_finding(paragraph)).collect(),
    };
    findings.sort_by_key(|finding| (finding.spans[0].start, finding.spans[0].end));
    findings
}

/// What the rules find, in tokens, in no order.
pub(super) fn reports(paragraph: &Paragraph<'_>, in_turn: bool) -> Vec<Report> {
    if !in_turn && let Some(labelled) = labelled(paragraph) {
        return vec![labelled];
    }
    let mut reports: Vec<Report> = Vec::new();
    let mut loose: Vec<Report> = Vec::new();
    let mut open: Option<usize> = None;
    for sentence in &paragraph.sentences {
        let mut found = reports::in_sentence(paragraph, sentence);
        if !in_turn {
            found.extend(after_colon(paragraph, sentence, &found));
        }
        let claimed = |pair: &Marked| {
            found
                .iter()
                .flat_map(|report| &report.content)
                .any(|piece| piece.start <= pair.inner.start && pair.inner.end <= piece.end)
        };
        let unclaimed: Vec<&Marked> = paragraph.pairs_in(sentence).iter().filter(|pair| !claimed(pair)).collect();
        let quoting =
            found.iter().position(|report| report.content.iter().any(|piece| paragraph.count_words(piece).1 > 0));
        let pure = is_pure(paragraph, sentence);
        for pair in unclaimed {
            match open.filter(|_| pure) {
                Some(report) => reports[report].content.push(pair.inner.clone()),
                None if is_speech(paragraph, pair) || pure => loose.push(unattributed(pair.inner.clone())),
                None => {}
            }
        }
        let first = reports.len();
        reports.extend(found);
        if let Some(place) = quoting {
            open = Some(first + place);
        } else if !pure && reports.len() > first {
            open = None;
        }
    }
    signed(paragraph, &mut loose);
    adopt_leading(paragraph, &mut reports, &mut loose);
    reports.extend(loose);
    reports
}

/// `The mayor lost patience: "…"`: a colon and quoted words, whatever the verb.
fn after_colon(paragraph: &Paragraph<'_>, sentence: &Range<usize>, found: &[Report]) -> Option<Report> {
    let colon = sentence.clone().find(|at| paragraph.is_mark(*at, &[':']) && !paragraph.is_quoted(*at))?;
    let labelled = is_label(paragraph, sentence.start..colon);
    let pair = paragraph.pair_at(colon + 1).filter(|pair| labelled || is_speech(paragraph, pair))?;
    let claimed = found.iter().flat_map(|report| &report.content).any(|piece| piece.contains(&pair.inner.start));
    let source = sources::subject(paragraph, sentence, colon).filter(|_| !claimed)?;
    let cue = colon..colon + 1;
    let content = pieces(pair.outer.start..sentence.end, None);
    Some(Report { content, cue, source: Some(source), rule: Rule::CueThenQuote, is_speech: true })
}

/// `VAEL: It is late.`, `“VAEL: It is late.”`: a transcript's label, within quote marks or without.
fn labelled(paragraph: &Paragraph<'_>) -> Option<Report> {
    let start = usize::from(paragraph.is_quoted(0));
    let colon = (start..start + LABEL).find(|at| paragraph.is_mark(*at, &[':']))?;
    let shouted = |at: usize| {
        let token = &paragraph.tokens[at];
        token.is_capitalised() && !token.text.chars().any(char::is_lowercase)
    };
    let content = colon + 1..paragraph.tokens.len();
    (colon > start && (start..colon).all(shouted) && !content.is_empty()).then(|| Report {
        content: pieces(content, None),
        cue: colon..colon + 1,
        source: Some(start..colon),
        rule: Rule::Label,
        is_speech: true,
    })
}

/// Whether nothing but a name stands in `tokens`, after a bullet: `– Rashid Tamm: “It is safe.”`
fn is_label(paragraph: &Paragraph<'_>, tokens: Range<usize>) -> bool {
    let start = tokens.start + usize::from(paragraph.is_mark(tokens.start, &['-', '–', '—', '*', '•']));
    let name = start..tokens.end;
    (2..=4).contains(&name.len()) && name.into_iter().all(|at| paragraph.is_capitalised(at))
}

/// The cue and source of a paragraph that announces the next one's words: `Vael went on:`.
pub(super) fn announcement(paragraph: &Paragraph<'_>) -> Option<(Range<usize>, Range<usize>)> {
    let colon = paragraph.tokens.len().checked_sub(1).filter(|last| paragraph.is_mark(*last, &[':']))?;
    let sentence = paragraph.sentences.last()?;
    let cue = sentence
        .clone()
        .rev()
        .find(|at| !paragraph.is_quoted(*at) && paragraph.senses(*at).iter().any(|sense| sense.allows(Frame::Quote)));
    let source = cue
        .and_then(|cue| sources::before(paragraph, sentence, cue, false))
        .map(|source| source.mention)
        .or_else(|| sources::subject(paragraph, sentence, colon))?;
    Some((cue.map_or(colon..colon + 1, |cue| cue..cue + 1), source))
}

/// Quoted words that nobody is named with.
pub(super) fn unattributed(words: Range<usize>) -> Report {
    Report {
        cue: words.end..words.end,
        content: pieces(words, None),
        source: None,
        rule: Rule::Unattributed,
        is_speech: true,
    }
}

/// Whether every word of the sentence stands in quote marks.
pub(super) fn is_pure(paragraph: &Paragraph<'_>, sentence: &Range<usize>) -> bool {
    let (all, quoted) = paragraph.count_words(sentence);
    all > 0 && all == quoted
}

/// Whether a quotation without a cue looks like something said.
fn is_speech(paragraph: &Paragraph<'_>, pair: &Marked) -> bool {
    let words = paragraph.count_words(&pair.inner).0;
    let lower = pair.inner.clone().filter(|at| {
        paragraph.tokens[*at].is_word() && !paragraph.is_capitalised(*at) && paragraph.lower(*at).len() > 3
    });
    let sentence = paragraph.is_capitalised(pair.inner.start)
        || paragraph.is_mark(pair.inner.end.saturating_sub(1), &['.', ',', '!', '?', '…', '—']);
    lower.count() > 0 && (words >= SPEECH_WORDS && sentence || words >= PHRASE_WORDS)
}

/// `"…" — Solveig Marr`: the name after a dash at the paragraph's end.
fn signed(paragraph: &Paragraph<'_>, loose: &mut [Report]) {
    let Some(report) = loose.last_mut() else { return };
    let end = report.content.last().map_or(0, |piece| piece.end);
    let Some(dash) = (end..(end + 4).min(paragraph.tokens.len())).find(|at| paragraph.is_mark(*at, &DASHES)) else {
        return;
    };
    if let Some(name) = signature(paragraph, dash) {
        report.cue = dash..dash + 1;
        report.source = Some(name);
        report.rule = Rule::Signature;
    }
}

/// The name after the dash at `dash`.
pub(super) fn signature(paragraph: &Paragraph<'_>, dash: usize) -> Option<Range<usize>> {
    let name = dash + 1..(dash + 7).min(paragraph.tokens.len());
    let words = name.clone().take_while(|at| paragraph.is_capitalised(*at)).count();
    (paragraph.is_mark(dash, &DASHES) && words > 0).then_some(name.start..name.start + words)
}

/// A quoted sentence before one that names its speaker: `"Late." "Very late," she said.`
fn adopt_leading(paragraph: &Paragraph<'_>, reports: &mut [Report], loose: &mut Vec<Report>) {
    let quoted_first = |report: &Report| {
        let start = report.content.first().map(|piece| piece.start)?;
        (report.rule == Rule::QuoteThenCue && paragraph.is_quoted(start)).then_some(start)
    };
    let starts: HashMap<usize, usize> =
        reports.iter().enumerate().filter_map(|(index, report)| Some((quoted_first(report)?, index))).collect();
    // The last first, so that several in a row keep their order.
    let mut kept = Vec::new();
    for orphan in loose.drain(..).rev() {
        let end = orphan.content.last().map_or(0, |piece| piece.end);
        let next = (end..=end + 2).find_map(|start| starts.get(&start)).filter(|_| orphan.rule == Rule::Unattributed);
        match next {
            Some(next) => reports[*next].content.splice(0..0, orphan.content).for_each(drop),
            None => kept.push(orphan),
        }
    }
    kept.reverse();
    *loose = kept;
}
