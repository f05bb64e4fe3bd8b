//! From a paragraph to what is said in it: the likeliest structures around each cue, judged beside each
//! other, and of those that clash the likeliest.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::finding::Report;
use super::super::rules::Rule;
use super::super::sources;
use super::Model;
use super::candidates::{Frame, Head, head_of, heads, is_candidate, left_ends, left_starts, right_ends, right_starts};
use super::features::{self, Company, Cue};
use super::scene::{Scene, Tag};

/// What may be said around one cue.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) cue: usize,
    pub(super) frame: Frame,
    /// One piece, or one before the cue and one behind it.
    pub(super) content: Vec<Range<usize>>,
    /// The word that names the source.
    pub(super) source: Option<usize>,
    /// Who proposes it: the model as its first choice (0) or its second (1), or a rule (2).
    pub(super) proposal: u32,
    /// That the cue is one with this frame, that the content is right in most of its words, and the source.
    pub(super) odds: [f32; 3],
    /// That all of it is right.
    pub(super) judged: f32,
}

impl Found {
    /// All of the odds together, before it is judged beside others.
    pub(super) fn likelihood(&self) -> f32 {
        self.odds.iter().product()
    }
}

/// A piece of a content, and how likely it is in most of its words.
type Likely = (Range<usize>, f32);

/// Words less likely than this to be cues by their first few features are not looked at.
const LEAST_HINT: f32 = 0.05;
/// Cues less likely than this are not looked at further.
const LEAST_CUE: f32 = 0.15;
/// The same for a side on which the content may stand, as a share of the cue's.
const LEAST_FRAME: f32 = 0.15;
/// The same for an edge from which the other edge is looked for.
const LEAST_EDGE: f32 = 0.15;
/// How likely a second choice must be, as a share of the first.
const LEAST_SECOND: f32 = 0.2;
/// The proposal of a rule, see [`Found::proposal`].
pub(super) const BY_RULE: u32 = 2;
/// Edges from which the other is looked for.
const BEAM: usize = 3;
/// The most that probabilities that add up to 1 do as sums of rounded numbers.
const MOST_MASS: f32 = 1.001;
/// Share of words by which two contents are the same, as `PolNeAR`'s scorer counts.
const SAME: f32 = 0.8;
/// Tokens between two words of one phrase.
const PHRASE: usize = 3;

/// The likeliest structures around each cue of a paragraph, a few for each.
pub(super) fn around_cues(scene: &Scene<'_, '_>, model: &Model) -> Vec<Found> {
    let mut found = Vec::new();
    for at in (0..scene.len()).filter(|at| is_candidate(scene, *at)) {
        let quoting = scene.report_at(at).is_some_and(|report| report.rule.is_quoting());
        if !quoting && model.hint.classify::<2>(|sum| features::hint(scene, at, sum))[1] < LEAST_HINT {
            continue;
        }
        let cue = Cue::new(scene, at);
        let classes: [f32; 4] = model.cue.classify(|sum| features::cue(&cue, sum));
        let is_cue = 1.0 - classes[0];
        if is_cue < LEAST_CUE && !quoting {
            continue;
        }
        let first = found.len();
        for frame in Frame::ALL.into_iter().filter(|frame| classes[*frame as usize] > LEAST_FRAME * is_cue) {
            for (rank, (content, content_odds)) in (0..).zip(likeliest_contents(&cue, model, frame)) {
                let (source, source_odds) = likeliest_source(&cue, model, frame, &content);
                let odds = [classes[frame as usize], content_odds, source_odds];
                found.push(Found { cue: at, frame, content, source, proposal: rank, odds, judged: 0.0 });
            }
        }
        let report = cue.report.filter(|_| quoting);
        let proposed = report.and_then(|report| proposed(&cue, model, report, &classes, &found[first..]));
        found.extend(proposed);
    }
    found
}

/// Judges each of `found`, all of one paragraph, and keeps those that are as likely as `least`, the
/// likelier of two that clash.
///
/// One that clashes may still have the content that the rules propose: `said that the pact was signed and added
/// that the ink was dry`.
pub(super) fn judge(scene: &Scene<'_, '_>, model: &Model, mut found: Vec<Found>, least: f32) -> Vec<Found> {
    let companies = companies(&found);
    for (one, company) in found.iter_mut().zip(companies) {
        one.judged = verdict(scene, model, one, company);
    }
    found.retain(|one| one.judged >= least);
    found.sort_by(|a, b| b.judged.total_cmp(&a.judged).then(a.cue.cmp(&b.cue)));
    let mut kept: Vec<Found> = Vec::new();
    let mut taken = Taken::default();
    let mut clashing: Vec<usize> = Vec::new();
    for one in found {
        if taken.clashes(&one) {
            clashing.push(one.cue);
        } else {
            taken.take(&one);
            kept.push(one);
        }
    }
    clashing.sort_unstable();
    clashing.dedup();
    let cues: BTreeSet<usize> = kept.iter().map(|one| one.cue).collect();
    for at in clashing.into_iter().filter(|at| !cues.contains(at)) {
        let cue = Cue::new(scene, at);
        let classes: [f32; 4] = model.cue.classify(|sum| features::cue(&cue, sum));
        let proposed = cue.report.and_then(|report| proposed(&cue, model, report, &classes, &[]));
        let Some(mut one) = proposed.filter(|one| !taken.clashes(one)) else { continue };
        one.judged = verdict(scene, model, &one, Company::default());
        if one.judged >= least {
            taken.take(&one);
            kept.push(one);
        }
    }
    kept
}

fn verdict(scene: &Scene<'_, '_>, model: &Model, found: &Found, company: Company) -> f32 {
    let cue = Cue::new(scene, found.cue);
    let odds: [f32; 2] = model.judge.classify(|sum| features::judge(&cue, found, company, sum));
    odds[1]
}

fn overlap(a: &Found, b: &Found) -> bool {
    a.content.iter().any(|a| b.content.iter().any(|b| a.start < b.end && b.start < a.end))
}

fn covers(a: &Found, cue: usize) -> bool {
    a.content.iter().any(|piece| piece.contains(&cue))
}

/// The cues and contents of finds that do not clash, so that the next one is held against all of them at once.
#[derive(Default)]
pub(super) struct Taken {
    cues: BTreeSet<usize>,
    /// Where each piece begins → where it ends; none overlaps another.
    pieces: BTreeMap<usize, usize>,
}

impl Taken {
    /// Contents whose cues do not matter; none overlaps another.
    pub(super) fn of<'r>(pieces: impl Iterator<Item = &'r Range<usize>>) -> Self {
        Self { cues: BTreeSet::new(), pieces: pieces.map(|piece| (piece.start, piece.end)).collect() }
    }

    fn take(&mut self, found: &Found) {
        self.cues.insert(found.cue);
        self.pieces.extend(found.content.iter().map(|piece| (piece.start, piece.end)));
    }

    /// Whether it has the cue of a find before it, words of its content, or its cue among them, or the other way round.
    pub(super) fn clashes(&self, found: &Found) -> bool {
        let cue_within =
            |piece: &Range<usize>| self.cues.range(piece.start..).next().is_some_and(|cue| *cue < piece.end);
        self.cues.contains(&found.cue)
            || self.overlaps(&(found.cue..found.cue + 1))
            || found.content.iter().any(|piece| self.overlaps(piece) || cue_within(piece))
    }

    /// Whether it has some of these tokens.
    pub(super) fn overlaps(&self, piece: &Range<usize>) -> bool {
        self.pieces.range(..piece.end).next_back().is_some_and(|(_, end)| *end > piece.start)
    }
}

/// What stands beside each of `found`: those of other cues that begin within reach of it.
pub(super) fn companies(found: &[Found]) -> Vec<Company> {
    let reach = |one: &Found| {
        let start = one.content.first().map_or(one.cue, |piece| piece.start.min(one.cue));
        let end = one.content.last().map_or(one.cue, |piece| piece.end.max(one.cue));
        start..end + 1
    };
    let reaches: Vec<Range<usize>> = found.iter().map(reach).collect();
    // Finds stand in the order of their cues: only a stretch of them can touch one.
    let longest = reaches.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
    found
        .iter()
        .map(|one| {
            let from = found.partition_point(|other| other.cue + longest < one.cue.saturating_sub(longest));
            let near = found[from..].iter().take_while(|other| other.cue <= one.cue + 2 * longest);
            let mut company = Company::default();
            for other in near.filter(|other| other.cue != one.cue) {
                let likely = other.likelihood();
                if covers(other, one.cue) {
                    company.covered = company.covered.max(likely);
                }
                if covers(one, other.cue) {
                    company.covers = company.covers.max(likely);
                }
                if overlap(one, other) {
                    company.overlaps = company.overlaps.max(likely);
                }
            }
            company
        })
        .collect()
}

/// What a rule proposes, with how likely the model takes it to be; `None` where one of `known` is just that.
fn proposed(
    cue: &Cue<'_, '_, '_>,
    model: &Model,
    report: &Report,
    classes: &[f32; 4],
    known: &[Found],
) -> Option<Found> {
    let scene = cue.scene;
    let left = scene.hull(report.content.iter().filter(|piece| piece.end <= cue.at));
    let right = scene.hull(report.content.iter().filter(|piece| piece.start > cue.at));
    let frame = match (&left, &right) {
        (Some(_), Some(_)) => Frame::Around,
        (Some(_), None) => Frame::Before,
        (None, Some(_)) => Frame::Behind,
        (None, None) => return None,
    };
    let content: Vec<Range<usize>> = left.iter().chain(&right).cloned().collect();
    let source = report.source.as_ref().map(|source| head_of(scene, source));
    if known.iter().any(|other| other.content == content && other.source == source) {
        return None;
    }
    let left_odds = left.map_or(1.0, |piece| left_odds(cue, model, frame, &piece));
    let right_odds = right.map_or(1.0, |piece| right_odds(cue, model, frame, &piece));
    let (heads, odds) = source_odds(cue, model, frame, &content);
    let source_odds = phrase_odds(&heads, &odds, source);
    let odds = [classes[frame as usize], left_odds * right_odds, source_odds];
    Some(Found { cue: cue.at, frame, content, source, proposal: BY_RULE, odds, judged: 0.0 })
}

/// The likeliest contents, and how likely each is to be right in most of its words: the likeliest piece on each
/// side, and with the second likeliest piece behind the cue, or else before it.
fn likeliest_contents(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame) -> Vec<(Vec<Range<usize>>, f32)> {
    let [left, right] = match frame {
        Frame::Behind => [Vec::new(), likeliest_right(cue, model, frame)],
        Frame::Before => [likeliest_left(cue, model, frame), Vec::new()],
        Frame::Around => [likeliest_left(cue, model, frame), likeliest_right(cue, model, frame)],
    };
    let join = |first: &Likely, second: &Likely| (vec![first.0.clone(), second.0.clone()], first.1 * second.1);
    match frame {
        Frame::Around => left.iter().take(1).flat_map(|left| right.iter().map(|right| join(left, right))).collect(),
        _ => left.into_iter().chain(right).map(|(piece, odds)| (vec![piece], odds)).collect(),
    }
}

/// The places of the likeliest of `odds`, best first.
fn likeliest(odds: &[f32]) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::with_capacity(BEAM + 1);
    for (place, likely) in odds.iter().enumerate() {
        let better = best.partition_point(|other| odds[*other].total_cmp(likely).is_ge());
        if better < BEAM {
            best.insert(better, place);
            best.truncate(BEAM);
        }
    }
    best
}

/// Whether an edge this likely, with whatever stands at the other, can be likelier than `best`.
fn can_win<T>(best: Option<&(T, f32)>, edge: f32) -> bool {
    best.is_none_or(|(_, most)| edge * MOST_MASS > *most)
}

/// How likely any edge is whose content has nearly the words of the one at `place`.
fn mass(lengths: &[usize], odds: &[f32], place: usize) -> f32 {
    lengths.iter().zip(odds).filter(|(length, _)| same_length(**length, lengths[place])).map(|(_, odds)| odds).sum()
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn same_length(a: usize, b: usize) -> bool {
    a.min(b) as f32 >= SAME * a.max(b) as f32
}

/// The edge for which contents with nearly its words are likeliest together.
fn likeliest_edge(lengths: &[usize], odds: &[f32]) -> Option<(usize, f32)> {
    likeliest(odds)
        .into_iter()
        .map(|place| (place, mass(lengths, odds, place)))
        .max_by(|a, b| (a.1 + odds[a.0]).total_cmp(&(b.1 + odds[b.0])))
}

/// The likeliest piece, and how likely it is in most of its words: from the likeliest edges `near` the cue, to the
/// likeliest of those that `pieces` gives for each. Behind it the next one from the same edge that has other words, where
/// either has quoted ones: whether `on a radio show` after a closing mark is still said, the whole tells better.
fn likeliest_piece(
    scene: &Scene<'_, '_>,
    near: &[usize],
    near_odds: &[f32],
    pieces: impl Fn(usize) -> (Vec<Range<usize>>, Vec<f32>),
) -> Vec<Likely> {
    let mut best: Option<(Vec<Likely>, f32)> = None;
    for place in likeliest(near_odds).into_iter().filter(|place| near_odds[*place] >= LEAST_EDGE) {
        if !can_win(best.as_ref(), near_odds[place]) {
            continue;
        }
        let (pieces, odds) = pieces(near[place]);
        let lengths = lengths(scene, &pieces);
        if let Some((piece, mass)) = likeliest_edge(&lengths, &odds) {
            let total = near_odds[place] * mass;
            if best.as_ref().is_none_or(|(_, most)| total > *most) {
                let mut both = vec![(pieces[piece].clone(), total)];
                let quoted = |piece: &Range<usize>| piece.clone().any(|at| scene.is_quoted(at));
                let second = second_edge(&lengths, &odds, piece);
                let second = second.map(|(second, mass)| (pieces[second].clone(), near_odds[place] * mass));
                both.extend(second.filter(|(second, likely)| {
                    *likely >= LEAST_SECOND * total && (quoted(second) || quoted(&both[0].0))
                }));
                best = Some((both, total));
            }
        }
    }
    best.map_or_else(Vec::new, |(both, _)| both)
}

/// The likeliest edge whose content has other words than the one at `first`.
fn second_edge(lengths: &[usize], odds: &[f32], first: usize) -> Option<(usize, f32)> {
    let others = (0..odds.len()).filter(|other| !same_length(lengths[*other], lengths[first]));
    let second = others.max_by(|a, b| odds[*a].total_cmp(&odds[*b]))?;
    Some((second, mass(lengths, odds, second)))
}

/// How likely the piece is nearly `piece`, of which the edge near the cue has the odds `near`.
fn piece_odds(scene: &Scene<'_, '_>, near: f32, pieces: &[Range<usize>], odds: &[f32], piece: &Range<usize>) -> f32 {
    let place = pieces.iter().position(|other| other == piece);
    place.map_or(0.0, |place| near * mass(&lengths(scene, pieces), odds, place))
}

fn lengths(scene: &Scene<'_, '_>, pieces: &[Range<usize>]) -> Vec<usize> {
    pieces.iter().map(|piece| scene.words(piece.clone())).collect()
}

/// Where a content behind the cue can begin, with the odds of each.
fn starts_behind(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame) -> (Vec<usize>, Vec<f32>) {
    let starts = right_starts(cue, &model.edges);
    let odds = model.right_start.choose(&starts, |_| 0, |start, sum| features::right_start(cue, frame, *start, sum));
    (starts, odds)
}

/// The pieces that begin at `start`, behind the cue, with the odds of each.
fn pieces_from(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame, start: usize) -> (Vec<Range<usize>>, Vec<f32>) {
    let ends = right_ends(cue, start, &model.edges);
    let around = |end: usize| model.right_end.sum::<1>(|sum| features::any_end(cue.scene, end, sum))[0];
    let odds = model.right_end.choose(
        &ends,
        |(end, _)| cue.scene.at_end(*end, || around(*end)),
        |(end, passed), sum| features::right_end(cue, frame, start..*end, *passed, sum),
    );
    (ends.iter().map(|(end, _)| start..end + 1).collect(), odds)
}

/// Where a content before the cue can end, with the odds of each.
fn ends_before(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame) -> (Vec<usize>, Vec<f32>) {
    let ends = left_ends(cue, &model.edges);
    let odds = model.left_end.choose(&ends, |_| 0, |end, sum| features::left_end(cue, frame, *end, sum));
    (ends, odds)
}

/// The pieces that end with `end`, before the cue, with the odds of each.
fn pieces_to(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame, end: usize) -> (Vec<Range<usize>>, Vec<f32>) {
    let starts = left_starts(cue.scene, end, &model.edges);
    let odds = model.left_start.choose(&starts, |_| 0, |start, sum| features::left_start(cue, frame, *start..end, sum));
    (starts.iter().map(|start| *start..end + 1).collect(), odds)
}

fn likeliest_right(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame) -> Vec<Likely> {
    let (starts, odds) = starts_behind(cue, model, frame);
    likeliest_piece(cue.scene, &starts, &odds, |start| pieces_from(cue, model, frame, start))
}

fn likeliest_left(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame) -> Vec<Likely> {
    let (ends, odds) = ends_before(cue, model, frame);
    likeliest_piece(cue.scene, &ends, &odds, |end| pieces_to(cue, model, frame, end))
}

/// How likely the content behind the cue is `piece`, nearly.
fn right_odds(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame, piece: &Range<usize>) -> f32 {
    let (starts, start_odds) = starts_behind(cue, model, frame);
    let Some(start) = starts.iter().position(|start| *start == piece.start) else { return 0.0 };
    let (pieces, odds) = pieces_from(cue, model, frame, piece.start);
    piece_odds(cue.scene, start_odds[start], &pieces, &odds, piece)
}

/// The same for the content before the cue.
fn left_odds(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame, piece: &Range<usize>) -> f32 {
    let (ends, end_odds) = ends_before(cue, model, frame);
    let Some(end) = ends.iter().position(|end| *end + 1 == piece.end) else { return 0.0 };
    let (pieces, odds) = pieces_to(cue, model, frame, piece.end - 1);
    piece_odds(cue.scene, end_odds[end], &pieces, &odds, piece)
}

/// The likeliest source, and how likely its phrase is.
fn likeliest_source(
    cue: &Cue<'_, '_, '_>,
    model: &Model,
    frame: Frame,
    content: &[Range<usize>],
) -> (Option<usize>, f32) {
    let (heads, odds) = source_odds(cue, model, frame, content);
    // `according to` says whose words they are.
    let named = cue.report.filter(|report| report.rule == Rule::AccordingTo).and_then(|report| report.source.as_ref());
    if let Some(head) = named.map(|source| head_of(cue.scene, source)) {
        return (Some(head), phrase_odds(&heads, &odds, Some(head)));
    }
    likeliest(&odds)
        .first()
        .map_or((None, 0.0), |place| (heads[*place].at, phrase_odds(&heads, &odds, heads[*place].at)))
}

fn source_odds(cue: &Cue<'_, '_, '_>, model: &Model, frame: Frame, content: &[Range<usize>]) -> (Vec<Head>, Vec<f32>) {
    let heads = heads(cue, content);
    let odds = model.source.choose(&heads, |_| 0, |head, sum| features::source(cue, frame, head, sum));
    (heads, odds)
}

/// How likely the source is `named` by a word of this one's phrase.
fn phrase_odds(heads: &[Head], odds: &[f32], named: Option<usize>) -> f32 {
    let same = |head: &Head| match (head.at, named) {
        (Some(a), Some(b)) => a.abs_diff(b) <= PHRASE,
        (a, b) => a == b,
    };
    heads.iter().zip(odds).filter(|(head, _)| same(head)).map(|(_, odds)| odds).sum()
}

/// The phrase whose head names the source of `found`: as the rules have it, or the noun phrase that ends there.
pub(super) fn mention(scene: &Scene<'_, '_>, found: &Found) -> Option<Range<usize>> {
    let head = found.source?;
    let proposed = scene.report_at(found.cue).and_then(|report| report.source.clone());
    if let Some(proposed) = proposed.filter(|source| source.contains(&head)) {
        return Some(proposed);
    }
    let sentence = scene.sentence(head);
    let floor = found.content.iter().map(|piece| piece.end).filter(|end| *end <= head).max().unwrap_or(0);
    let start =
        sources::ending_at(scene.paragraph, sentence.start, head).map_or(head, |phrase| phrase.start.max(floor));
    // The head is a phrase's last word, mostly; the model may have taken its first.
    let ahead = found.content.iter().map(|piece| piece.start).chain([found.cue, sentence.end]);
    let limit = ahead.filter(|start| *start > head).min().unwrap_or(head + 1);
    let opens = scene.tag(head, 0) == Tag::Determiner;
    let goes_on = |at: &usize| match scene.tag(*at, 0) {
        Tag::Name | Tag::Genitive => true,
        Tag::Word | Tag::Plural | Tag::CueNoun | Tag::Number => opens,
        _ => false,
    };
    let end = (head + 1..limit).take_while(goes_on).last().map_or(head + 1, |last| last + 1);
    Some(start..end)
}
