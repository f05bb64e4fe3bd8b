//! The choices that annotated articles teach, stage by stage.

use super::super::super::find;
use super::super::super::finding::Report;
use super::super::super::paragraph::Paragraph;
use super::super::super::words::number;
use super::super::candidates::{
    Edges, Head, head_of, heads as source_heads, is_candidate, left_ends, left_starts, right_ends, right_starts,
};
use super::super::features::{self, Cue};
use super::super::lexicon::{Counts, Lexicon};
use super::super::scene::{Scene, Tag};
use super::super::table::Borders;
use super::align::Aligned;
use super::learner::Choices;
use super::{FOLDS, Read};

/// Times that a border must have been seen.
const LEAST_SEEN: u32 = 2;
/// The same as a share of the places where its classes meet.
const LEAST_SHARE: f32 = 0.0005;
/// Sights of a word that count as none when its share of cues is taken.
const DISCOUNT: f32 = 3.0;

/// Choices of every stage but the last.
#[derive(Default)]
pub(super) struct Lessons {
    pub(super) hint: Choices,
    pub(super) cue: Choices,
    pub(super) right_start: Choices,
    pub(super) right_end: Choices,
    pub(super) left_end: Choices,
    pub(super) left_start: Choices,
    pub(super) source: Choices,
}

/// How often each word stands in a cue: of a cue's words, the one that does so most often stands for it.
pub(super) fn heads<'r, 't: 'r>(articles: impl Iterator<Item = &'r Read<'t>>) -> Counts {
    let mut counts = Counts::default();
    for article in articles {
        for paragraph in &article.paragraphs {
            let aligned: Vec<Aligned> = article.gold.iter().filter_map(|gold| gold.align(paragraph)).collect();
            let mut in_cue = vec![false; paragraph.tokens.len()];
            for place in aligned.iter().flat_map(|aligned| aligned.cue.clone()) {
                in_cue[place] = true;
            }
            for (at, in_cue) in in_cue.iter().enumerate().filter(|(at, in_cue)| **in_cue || !paragraph.is_quoted(*at)) {
                let count = counts.entry(number(paragraph.lower(at))).or_default();
                count.seen += 1;
                count.cue += u32::from(*in_cue);
            }
        }
    }
    counts
}

#[allow(clippy::cast_precision_loss, reason = "counts of words")]
fn head_in(paragraph: &Paragraph<'_>, aligned: &Aligned, heads: &Counts) -> usize {
    let share = |at: usize| {
        let count = heads.get(&number(paragraph.lower(at))).copied().unwrap_or_default();
        count.cue as f32 / (count.seen as f32 + DISCOUNT)
    };
    aligned.cue.clone().max_by(|a, b| share(*a).total_cmp(&share(*b))).unwrap_or(aligned.cue.start)
}

/// How often each word is the one that stands for a cue.
pub(super) fn counts<'r, 't: 'r>(articles: impl Iterator<Item = &'r Read<'t>>, heads: &Counts) -> Counts {
    let mut counts = Counts::default();
    for article in articles {
        for paragraph in &article.paragraphs {
            for at in (0..paragraph.tokens.len()).filter(|at| !paragraph.is_quoted(*at)) {
                counts.entry(number(paragraph.lower(at))).or_default().seen += 1;
            }
            for aligned in article.gold.iter().filter_map(|gold| gold.align(paragraph)) {
                let head = head_in(paragraph, &aligned, heads);
                counts.entry(number(paragraph.lower(head))).or_default().cue += 1;
            }
        }
    }
    counts
}

/// Calls `visit` with each paragraph as the model sees it, its reports of known cues, and the article's number.
fn each(
    articles: &[Read<'_>],
    heads: &Counts,
    lexicons: &[Lexicon],
    mut visit: impl FnMut(&Scene<'_, '_>, &[(usize, Aligned)], usize),
) {
    for (number, article) in articles.iter().enumerate() {
        for paragraph in &article.paragraphs {
            let reports: Vec<Report> = find::reports(paragraph, false);
            let scene = Scene::read(paragraph, &reports, &lexicons[number % FOLDS]);
            let mut known: Vec<(usize, Aligned)> = Vec::new();
            for aligned in article.gold.iter().filter_map(|gold| gold.align(paragraph)) {
                let head = head_in(paragraph, &aligned, heads);
                if known.iter().all(|(other, _)| *other != head) {
                    known.push((head, aligned));
                }
            }
            visit(&scene, &known, number);
        }
    }
}

/// Between which classes contents begin and end.
pub(super) fn edges(articles: &[Read<'_>], heads: &Counts, lexicons: &[Lexicon]) -> Edges {
    let mut met = Table::default();
    let [mut right_start, mut right_end, mut left_end, mut left_start] = [(); 4].map(|()| Table::default());
    each(articles, heads, lexicons, |scene, known, _| {
        let before = |at: usize| (scene.tag(at, -1), scene.tag(at, 0));
        let behind = |at: usize| (scene.tag(at, 0), scene.tag_in(at, 1));
        for at in 0..scene.len() {
            met.see(behind(at));
        }
        for (_, aligned) in known {
            if let Some(piece) = &aligned.right {
                right_start.see(before(piece.start));
                right_end.see(behind(piece.end - 1));
            }
            if let Some(piece) = &aligned.left {
                left_end.see((scene.tag(piece.end, -1), scene.tag(piece.end, 0)));
                let first = piece.start == scene.sentence(piece.start).start;
                let before = if first { Tag::Outside } else { scene.tag(piece.start, -1) };
                left_start.see((before, scene.tag(piece.start, 0)));
            }
        }
    });
    Edges {
        right_start: right_start.borders(&met),
        right_end: right_end.borders(&met),
        left_end: left_end.borders(&met),
        left_start: left_start.borders(&met),
    }
}

/// How often classes meet.
struct Table(Vec<u32>);

impl Default for Table {
    fn default() -> Self {
        Self(vec![0; Tag::COUNT * Tag::COUNT])
    }
}

impl Table {
    fn see(&mut self, (before, behind): (Tag, Tag)) {
        self.0[before as usize * Tag::COUNT + behind as usize] += 1;
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of tokens")]
    fn borders(&self, met: &Self) -> Borders {
        let often = |place: usize| {
            let (seen, all) = (self.0[place], met.0[place].max(self.0[place]));
            seen >= LEAST_SEEN && seen as f32 >= LEAST_SHARE * all as f32
        };
        let row = |before: usize| {
            (0..Tag::COUNT)
                .filter(|behind| often(before * Tag::COUNT + behind))
                .fold(0, |row, behind| row | 1_u64 << behind)
        };
        Borders { rows: (0..Tag::COUNT).map(row).collect() }
    }
}

/// The lessons of all articles.
pub(super) fn teach(articles: &[Read<'_>], heads: &Counts, lexicons: &[Lexicon], edges: &Edges) -> Lessons {
    let mut lessons = Lessons::default();
    each(articles, heads, lexicons, |scene, known, number| {
        let fold = number % FOLDS;
        for at in (0..scene.len()).filter(|at| is_candidate(scene, *at)) {
            let class = known.iter().find(|(head, _)| *head == at).map_or(0, |(_, aligned)| aligned.frame() as usize);
            let mut described = Vec::new();
            features::hint(scene, at, &mut described);
            lessons.hint.push(std::slice::from_ref(&described), usize::from(class > 0), fold);
            described.clear();
            features::cue(&Cue::new(scene, at), &mut described);
            lessons.cue.push(std::slice::from_ref(&described), class, fold);
        }
        for (head, aligned) in known {
            lessons.of_cue(&Cue::new(scene, *head), aligned, edges, fold);
        }
    });
    lessons
}

impl Lessons {
    fn of_cue(&mut self, cue: &Cue<'_, '_, '_>, known: &Aligned, edges: &Edges, fold: usize) {
        let frame = known.frame();
        if let Some(piece) = &known.right {
            let starts = right_starts(cue, edges);
            let right = starts.iter().position(|start| *start == piece.start);
            let describe = |start: &usize, out: &mut Vec<u32>| features::right_start(cue, frame, *start, out);
            self.right_start.add(&starts, right, fold, describe);
            let ends = right_ends(cue, piece.start, edges);
            let right = ends.iter().position(|(end, _)| *end + 1 == piece.end);
            self.right_end.add(&ends, right, fold, |(end, passed), out| {
                features::any_end(cue.scene, *end, out);
                features::right_end(cue, frame, piece.start..*end, *passed, out);
            });
        }
        if let Some(piece) = &known.left {
            let ends = left_ends(cue, edges);
            let right = ends.iter().position(|end| *end + 1 == piece.end);
            self.left_end.add(&ends, right, fold, |end, out| features::left_end(cue, frame, *end, out));
            let starts = left_starts(cue.scene, piece.end - 1, edges);
            let right = starts.iter().position(|start| *start == piece.start);
            self.left_start.add(&starts, right, fold, |start, out| {
                features::left_start(cue, frame, *start..piece.end - 1, out);
            });
        }
        let heads = source_heads(cue, &known.content());
        let head = known.mention.as_ref().map(|mention| head_of(cue.scene, mention));
        let right = heads.iter().position(|candidate: &Head| candidate.at == head);
        self.source.add(&heads, right, fold, |head, out| features::source(cue, frame, head, out));
    }
}
