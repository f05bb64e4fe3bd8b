//! How the model is learned from annotated articles, and held-out models by which it is measured.
//!
//! Every stage learns from the annotation's own choices in the stages before it ("teacher forcing"); the judge
//! learns from the finds of models that have not seen the article (stacking: Wolpert 1992, "Stacked
//! generalization"). The same articles give the same model, byte for byte.

mod align;
mod learner;
mod lessons;

use rayon::prelude::*;

use super::super::find::{self, Finder};
use super::super::paragraph::{Paragraph, lines};
use super::candidates::Edges;
use super::decode;
use super::features::{self, Cue};
use super::lexicon::Lexicon;
use super::scene::Scene;
use super::table::Table;
use super::{Model, finding};
use crate::model::{CodePoints, Span};
use align::Gold;
use learner::{Choices, Learning};
use lessons::Lessons;

/// An article and what is said in it, as people annotated it.
#[derive(Debug, Clone)]
pub struct AnnotatedText {
    /// The article; each line is a paragraph.
    pub text: String,
    /// What is said; spans in code points of the text.
    pub quotes: Vec<AnnotatedQuote>,
}

/// One thing said.
#[derive(Debug, Clone)]
pub struct AnnotatedQuote {
    /// The words said.
    pub spans: Vec<Span>,
    /// The words that introduce it.
    pub cue: Span,
    /// The words that name its source.
    pub mention: Option<Span>,
}

/// A model, and one for each fold of its articles that has not seen them.
pub struct Trained {
    /// The file of the model learned from all.
    pub file: Vec<u8>,
    /// What finds by that model.
    pub finder: Finder,
    /// Article `n` was held out from `n % FOLDS`.
    pub held_out: Vec<Finder>,
}

/// Folds of cross-validation.
pub const FOLDS: usize = 5;

/// Slots and passes of each table: as few as cost no quality in cross-validation on `PolNeAR`'s training part.
const HINT: Learning = Learning { bits: 16, epochs: 6 };
const CUE: Learning = Learning { bits: 19, epochs: 6 };
const RIGHT_START: Learning = Learning { bits: 18, epochs: 6 };
const RIGHT_END: Learning = Learning { bits: 19, epochs: 6 };
const LEFT: Learning = Learning { bits: 16, epochs: 6 };
const SOURCE: Learning = Learning { bits: 18, epochs: 6 };
const JUDGE: Learning = Learning { bits: 16, epochs: 6 };
/// Finds less likely than this teach the judge nothing.
const LEAST_LESSON: f32 = 0.02;

/// An article read for training.
struct Read<'t> {
    paragraphs: Vec<Paragraph<'t>>,
    gold: Vec<Gold>,
}

/// Learns a model, and those that hold out one fold each.
///
/// An error only where the model cannot be packed.
pub fn train(texts: &[AnnotatedText]) -> std::io::Result<Trained> {
    let read: Vec<Read<'_>> = texts.par_iter().map(read).collect();
    let heads = lessons::heads(read.iter());
    let lexicon_of = |fold: Option<usize>| {
        let seen = read.iter().enumerate().filter(|(at, _)| fold.is_none_or(|fold| at % FOLDS != fold));
        Lexicon::learn(&lessons::counts(seen.map(|(_, read)| read), &heads))
    };
    let lexicons: Vec<Lexicon> = (0..FOLDS).into_par_iter().map(|fold| lexicon_of(Some(fold))).collect();
    let edges = lessons::edges(&read, &heads, &lexicons);
    let taught = lessons::teach(&read, &heads, &lexicons, &edges);
    let held_out: Vec<Model> =
        (0..FOLDS).map(|fold| learn(&taught, lexicons[fold].clone(), edges.clone(), Some(fold))).collect();
    let verdicts = verdicts(&read, &held_out);
    let judge = |fold: Option<usize>| learner::classes::<2>(&verdicts, JUDGE, fold);
    let held_out = (0..FOLDS).into_par_iter().zip(held_out);
    let held_out = held_out.map(|(fold, model)| Finder::of(Model { judge: judge(Some(fold)), ..model })).collect();
    let model = Model { judge: judge(None), ..learn(&taught, lexicon_of(None), edges, None) };
    Ok(Trained { file: model.to_bytes()?, finder: Finder::of(model), held_out })
}

fn read(text: &AnnotatedText) -> Read<'_> {
    let points = CodePoints::new(&text.text);
    let lines = lines(&text.text);
    let paragraphs = (0..lines.len())
        .map(|line| Paragraph::read(&text.text, lines[line].clone(), lines.get(line + 1).cloned()))
        .collect();
    let gold = text.quotes.iter().map(|quote| Gold::new(quote, &points)).collect();
    Read { paragraphs, gold }
}

/// All stages but the judge's.
fn learn(lessons: &Lessons, lexicon: Lexicon, edges: Edges, held_out: Option<usize>) -> Model {
    let choices = |choices: &Choices, learning| learner::candidates(choices, learning, held_out);
    let hint = learner::classes::<2>(&lessons.hint, HINT, held_out);
    let (cue, [right_start, right_end, left_end, left_start, source]) = rayon::join(
        || learner::classes::<4>(&lessons.cue, CUE, held_out),
        || {
            [
                choices(&lessons.right_start, RIGHT_START),
                choices(&lessons.right_end, RIGHT_END),
                choices(&lessons.left_end, LEFT),
                choices(&lessons.left_start, LEFT),
                choices(&lessons.source, SOURCE),
            ]
        },
    );
    let judge = Table { bits: 0, classes: 2, scale: 0.0, weights: vec![0; 2] };
    Model { lexicon, edges, hint, cue, right_start, right_end, left_end, left_start, source, judge }
}

/// Which finds of the models that have not seen an article are right.
fn verdicts(read: &[Read<'_>], models: &[Model]) -> Choices {
    let of_article = |(at, article): (usize, &Read<'_>)| {
        let fold = at % FOLDS;
        article.paragraphs.iter().flat_map(|paragraph| verdicts_in(paragraph, &article.gold, &models[fold])).collect()
    };
    let verdicts: Vec<Vec<(Vec<u32>, bool)>> = read.par_iter().enumerate().map(of_article).collect();
    let mut choices = Choices::default();
    for (at, verdicts) in verdicts.iter().enumerate() {
        for (features, right) in verdicts {
            choices.push(std::slice::from_ref(features), usize::from(*right), at % FOLDS);
        }
    }
    choices
}

fn verdicts_in(paragraph: &Paragraph<'_>, gold: &[Gold], model: &Model) -> Vec<(Vec<u32>, bool)> {
    let reports = find::reports(paragraph, false);
    let scene = Scene::read(paragraph, &reports, &model.lexicon);
    let found = decode::around_cues(&scene, model);
    let companies = decode::companies(&found);
    let likely = found
        .iter()
        .zip(companies)
        .filter(|(one, _)| one.likelihood() >= LEAST_LESSON || one.proposal == decode::BY_RULE);
    likely
        .map(|(one, company)| {
            let mut described = Vec::new();
            features::judge(&Cue::new(&scene, one.cue), one, company, &mut described);
            let right =
                finding(&scene, one).is_some_and(|finding| gold.iter().any(|gold| gold.is(paragraph, &finding)));
            (described, right)
        })
        .collect()
}
