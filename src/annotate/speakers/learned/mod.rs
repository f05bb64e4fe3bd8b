//! The trained finder: weighs words as cues by what stands around them, and for each where what is said
//! begins and ends and which word names its source.
//!
//! A chain of small choices, each by multinomial logistic regression over hashed features: is it a cue and on
//! which side stands its content; where does that begin; where does it end; who is its source. A last one
//! judges the whole beside the other finds of the paragraph; its probability is the confidence. What the rules
//! propose is among the features, so that the model learns where to trust them. [`training`] says how it is
//! learned, [`file`] how it is kept.

mod candidates;
mod decode;
mod features;
mod file;
mod lexicon;
mod scene;
mod table;
pub mod training;

use std::ops::Range;

use super::cues::Trait;
use super::find::{self, SPEECH_WORDS};
use super::finding::{Finding, Report, Weighed};
use super::paragraph::Paragraph;
use super::rules::Rule;
use candidates::{Edges, Frame};
use decode::{Found, Taken};
use lexicon::Lexicon;
use scene::{Scene, Tag};
use table::Table;

pub use file::{ModelError, ModelProblem};

/// Finds less likely than this are not given: near half of the best F1, where leaving out pays (Lipton,
/// Elkan, Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure").
const LEAST: f32 = 0.3;

/// A trained model.
#[derive(Debug, Clone)]
pub(super) struct Model {
    lexicon: Lexicon,
    edges: Edges,
    /// Whether a word is worth the look that `cue` takes.
    hint: Table,
    cue: Table,
    right_start: Table,
    right_end: Table,
    left_end: Table,
    left_start: Table,
    source: Table,
    judge: Table,
}

impl Model {
    /// What is said in `paragraph`, where the rules propose `reports`.
    pub(super) fn find(&self, paragraph: &Paragraph<'_>, reports: &[Report]) -> Vec<Finding> {
        if reports.is_empty() && scene::is_silent(paragraph, &self.lexicon) {
            return Vec::new();
        }
        let scene = Scene::read(paragraph, reports, &self.lexicon);
        // Labels and signatures need no weighing.
        let formal: Vec<&Report> = reports.iter().filter(|report| report.rule.is_formal()).collect();
        let as_written = Taken::of(formal.iter().flat_map(|report| &report.content));
        let mut found = decode::judge(&scene, self, decode::around_cues(&scene, self), LEAST);
        found.retain(|one| !as_written.clashes(one) && !announces(&scene, one));
        let claimed = Taken::of(found.iter().flat_map(|one| &one.content));
        // Quoted sentences that nobody is found for are still quoted; a phrase in quote marks is not.
        let alone = find::is_pure(paragraph, &(0..scene.len()));
        let whole = |piece: &Range<usize>| {
            !piece.is_empty()
                && find::is_pure(paragraph, &scene.sentence(piece.start))
                && (alone || scene.words(piece.clone()) >= SPEECH_WORDS)
        };
        let quoting = reports.iter().filter(|report| report.rule == Rule::Unattributed || report.rule.is_quoting());
        let mut loose: Vec<Range<usize>> = quoting
            .flat_map(|report| report.content.iter().cloned())
            .filter(whole)
            .filter(|piece| !claimed.overlaps(piece))
            .collect();
        loose.sort_unstable_by_key(|piece| piece.start);
        loose.dedup();
        let formal = formal.iter().filter_map(|report| (*report).clone().into_finding(paragraph));
        let mut findings: Vec<Finding> = found.iter().filter_map(|one| finding(&scene, one)).chain(formal).collect();
        findings.sort_by_key(|finding| (finding.spans[0].start, finding.spans[0].end));
        let attributed = findings.len();
        for piece in loose {
            let before = findings[..attributed]
                .partition_point(|finding| paragraph.token_at(finding.spans[0].start) < piece.start)
                .checked_sub(1);
            let follows = |finding: &Finding| {
                let last = finding.spans.last().map_or(0, |span| paragraph.token_at(span.end.saturating_sub(1)));
                finding.mention.is_some()
                    && last < piece.start
                    && scene.sentence_index(last) + 1 >= scene.sentence_index(piece.start)
            };
            let earlier = before.filter(|at| follows(&findings[*at]));
            let Some(loose) = find::unattributed(piece).into_finding(paragraph) else { continue };
            match earlier {
                Some(earlier) => findings[earlier].go_on(loose),
                None => findings.push(loose),
            }
        }
        findings
    }
}

/// Whether a find's words only announce the next paragraph's: `Vael put it this way:`
fn announces(scene: &Scene<'_, '_>, found: &Found) -> bool {
    let end = scene.len();
    let reaches = found.content.iter().any(|piece| piece.end + 1 == end && !scene.is_quoted(piece.end - 1));
    reaches && scene.tag(end, -1) == Tag::Colon
}

/// A find in bytes.
fn finding(scene: &Scene<'_, '_>, found: &Found) -> Option<Finding> {
    let report = scene.report_at(found.cue);
    let mention = decode::mention(scene, found);
    let agrees = |report: &&Report| {
        scene.hull(report.content.iter()) == scene.hull(found.content.iter())
            && report.source.is_some() == mention.is_some()
            && found.source.is_none_or(|head| report.source.as_ref().is_some_and(|source| source.contains(&head)))
    };
    let spoken = scene.paragraph.senses(found.cue).iter().any(|sense| sense.has(Trait::Speech));
    let quoted = found.content.iter().flat_map(Clone::clone).any(|at| scene.is_quoted(at));
    let rule = report.filter(agrees).map_or(
        match found.frame {
            Frame::Behind => Rule::LearnedBehind,
            Frame::Before => Rule::LearnedBefore,
            Frame::Around => Rule::LearnedAround,
        },
        |report| report.rule,
    );
    let [cue, content, source] = found.odds;
    let in_tokens = Report {
        content: found.content.iter().map(|piece| with_marks(scene, piece)).collect(),
        cue: report.map_or(found.cue..found.cue + 1, |report| report.cue.clone()),
        source: mention,
        rule,
        is_speech: report.map_or(spoken || quoted, |report| report.is_speech),
    };
    let weighed = Weighed { cue, content, source };
    in_tokens.into_finding(scene.paragraph).map(|finding| Finding {
        confidence: found.judged,
        weighed: Some(weighed),
        ..finding
    })
}

/// A piece with the quote marks and stops that belong to its first and last word.
fn with_marks(scene: &Scene<'_, '_>, piece: &Range<usize>) -> Range<usize> {
    let start = piece.start - usize::from(scene.tag(piece.start, -1) == Tag::Open);
    let last = piece.end - 1;
    let end = scene.quoted(last).filter(|quoted| quoted.last == last).map_or(piece.end, |quoted| quoted.end);
    start..end
}
