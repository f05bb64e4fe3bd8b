//! Correcting what was derived: a person's decision, checked against the index, as an entry of `overrides.toml`; and
//! the entries that there are, with what became of each.

use serde::Serialize;

use super::ViewError;
use super::lineage::beginning;
use super::near::{distance, near_articles, unknown_article};
use crate::config::{Overrides, Rules, is_speaker_id, kind_of, published_of, topic_of};
use crate::engine::{By, Engine, EngineError, Page, Sort, Vocabulary};
use crate::job::{OverrideState, Standing, standings};
use crate::model::{
    ArticleId, Correction, Override, PartialDate, Passage, QuoteId, SpeakerId, Target, TextMark, single_line, slug,
};
use crate::query::{Constraint, Node, Query};
use crate::store::{IndexFolder, Manifest};

/// Ids suggested for one that is not known.
const MOST_NEAR: usize = 3;
/// Letters for each edit by which a suggested id may differ.
const LETTERS_PER_EDIT: usize = 4;

/// What a person wants corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRequest {
    /// A passage's or quotation's id.
    pub id: String,
    /// Who speaks, where that is to change.
    pub speaker: Option<Spoken>,
    /// The kind, by name, where that is to change.
    pub kind: Option<String>,
    /// Topics by id or label, `+` before those that it has and `-` before those that it has not.
    pub topics: Vec<String>,
    /// When it was published, where that is to change.
    pub published: Option<PartialDate>,
    /// Who says so.
    pub by: String,
    /// On what grounds.
    pub because: String,
    /// When it was decided.
    pub on: jiff::civil::Date,
}

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spoken {
    /// Somebody, by name, alias or id.
    By(String),
    /// Nobody that is named.
    ByNobody,
}

/// A correction that the index has the words for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The entry.
    pub entry: Override,
    /// The beginning of its words, for people.
    pub words: String,
    /// What a person should know of it.
    pub notes: Vec<String>,
}

/// An entry of `overrides.toml` and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverrideView {
    /// Of what.
    pub id: Target,
    /// Its line in the file, from 1.
    pub line: usize,
    /// What became of it.
    pub state: OverrideState,
    /// Why it is stale.
    pub reason: Option<String>,
    /// What was decided, each with its field and its value; `null` is no speaker.
    pub corrections: Vec<CorrectionView>,
    /// Who decided it.
    pub by: String,
    /// Why.
    pub because: String,
    /// When.
    pub on: jiff::civil::Date,
}

/// One thing that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionView {
    /// `speaker`, `kind`, `topic` or `published`.
    pub field: &'static str,
    /// The value; a topic's has a sign.
    pub value: Option<String>,
}

/// Checks what is asked for: the passage or quotation is in the index, kind and topics are known, a speaker's id too.
pub fn correct(
    engine: &dyn Engine,
    folder: &IndexFolder,
    rules: &Rules,
    request: &CorrectionRequest,
) -> Result<Corrected, ViewError> {
    let Found { id, words, mark } = found(engine, folder.manifest()?.as_ref(), &request.id)?;
    for (option, text) in [("--by", &request.by), ("--because", &request.because)] {
        if text.trim().is_empty() {
            return Err(ViewError::Correction(format!("{option} is empty; a correction says who made it and why")));
        }
    }
    let mut notes = Vec::new();
    let mut corrections = Vec::new();
    match &request.speaker {
        None => {}
        Some(Spoken::ByNobody) => corrections.push(Correction::Speaker(None)),
        Some(Spoken::By(name)) => {
            corrections.push(Correction::Speaker(Some(speaker(engine, rules, name, &mut notes)?)));
        }
    }
    if let Some(kind) = &request.kind {
        corrections.push(kind_of(id, kind).map_err(ViewError::Correction)?);
    }
    for topic in &request.topics {
        let correction = topic_of(id, topic, &rules.topics).map_err(ViewError::Correction)?;
        if corrections.iter().any(|other| other.subject() == correction.subject()) {
            return Err(ViewError::Correction(format!(
                "the {} is decided twice; once is enough",
                correction.subject()
            )));
        }
        corrections.push(correction);
    }
    if let Some(date) = request.published {
        corrections.push(published_of(id, date).map_err(ViewError::Correction)?);
    }
    if corrections.is_empty() {
        let message = "nothing to correct; give --speaker, --no-speaker, --kind, --topic or --date";
        return Err(ViewError::Correction(message.into()));
    }
    let entry = Override {
        id,
        text: mark,
        corrections,
        by: request.by.trim().to_owned(),
        because: request.because.trim().to_owned(),
        on: request.on,
    };
    Ok(Corrected { entry, words: beginning(&words), notes })
}

/// What is to be corrected, as the index has it.
struct Found {
    id: Target,
    words: String,
    mark: TextMark,
}

/// What `id` stands for, and its words.
fn found(engine: &dyn Engine, manifest: Option<&Manifest>, id: &str) -> Result<Found, ViewError> {
    let Ok(target) = id.parse::<Target>() else {
        let passages = match id.parse::<ArticleId>() {
            Ok(article) => engine.article(article).map_err(ViewError::Engine)?,
            Err(_) => Vec::new(),
        };
        if let (Some(first), Some(last)) = (passages.first(), passages.last()) {
            let (first, last) = (first.id, last.id);
            let message = format!("`{id}` is an article; correct its passages, {first} to {last}, or their quotations");
            return Err(ViewError::Correction(message));
        }
        let message = match near(manifest, id) {
            Some(near) => format!("`{}` is no id of a passage or quotation; nearest article: {near}", single_line(id)),
            None => {
                id.parse::<Target>().err().map(|error| single_line(&error.to_string()).into_owned()).unwrap_or_default()
            }
        };
        return Err(ViewError::Correction(message));
    };
    let passages = engine.article(target.article()).map_err(ViewError::Engine)?;
    if passages.is_empty() {
        return Err(unknown_article(manifest, target.article()));
    }
    let wanted = target.passage();
    let Some(passage) = passages.iter().find(|passage| passage.id == wanted) else {
        let nearest = passages.iter().min_by_key(|passage| passage.id.n.abs_diff(wanted.n));
        let nearest = nearest.map(|passage| format!("; nearest: {}", shown(passage.id, &passage.text)));
        let (article, count) = (target.article(), passages.len());
        return Err(ViewError::UnknownId(format!(
            "article {article} has {count} passages and none numbered {}{}",
            wanted.n,
            nearest.unwrap_or_default()
        )));
    };
    let words = match target {
        Target::Passage(_) => Ok(passage.text.clone()),
        Target::Quote(quote) => words_of(passage, quote),
    };
    let words = words.map_err(ViewError::UnknownId)?;
    let text_of = |n: u32| passages.iter().find(|passage| passage.id.n == n).map(|passage| passage.text.as_str());
    let mark = TextMark::of_target(target, &words, text_of);
    Ok(Found { id: target, words, mark })
}

/// The words of a passage's quotation; what there is instead where there is no such one.
fn words_of(passage: &Passage, wanted: QuoteId) -> Result<String, String> {
    let words = |quote: &crate::model::Quote| quote.words(&passage.text, passage.span.start);
    let known = || QuoteId::all_of(passage.id).zip(&passage.quotes);
    if let Some((_, quote)) = known().find(|(id, _)| *id == wanted) {
        return Ok(words(quote));
    }
    let listed: Vec<String> = known().take(MOST_NEAR).map(|(id, quote)| shown(id, &words(quote))).collect();
    Err(match listed.as_slice() {
        [] => format!("passage {0} has no quotations; correct the passage itself, {0}", passage.id),
        listed => format!("passage {} has no quotation {}; nearest: {}", passage.id, wanted.n, listed.join(", ")),
    })
}

fn shown(id: impl std::fmt::Display, words: &str) -> String {
    format!("{id} (“{}”)", beginning(words.trim_matches(['“', '”', '"', '«', '»'])))
}

fn near(manifest: Option<&Manifest>, id: &str) -> Option<String> {
    let near = near_articles(manifest, id.split('.').next().unwrap_or(id));
    (!near.is_empty()).then(|| near.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

/// How the file is to name a speaker: by the authority file's id, else by the name.
fn speaker(engine: &dyn Engine, rules: &Rules, given: &str, notes: &mut Vec<String>) -> Result<String, ViewError> {
    let given = given.trim();
    if let Some(person) = rules.authority.find(given) {
        return Ok(person.id.to_string());
    }
    let id = slug(given);
    if id.is_empty() {
        let message = format!("`{}` is a name without a letter; for nobody write --no-speaker", single_line(given));
        return Err(ViewError::Correction(message));
    }
    let heard = engine.vocabulary(Vocabulary::SpeakerIds).map_err(ViewError::Engine)?;
    if heard.iter().any(|(known, _)| *known == id) {
        // However it was typed, the file has the name that the index knows.
        return Ok(name_of(engine, &id)?.unwrap_or_else(|| given.to_owned()));
    }
    let persons = rules.authority.persons().iter().map(|person| person.id.as_str());
    let near = nearest(&id, heard.iter().map(|(id, _)| id.as_str()).chain(persons));
    let nearest = if near.is_empty() { String::new() } else { format!("; nearest: {}", near.join(", ")) };
    let shown = single_line(given);
    if is_speaker_id(given) {
        let message = format!("no speaker `{shown}` in speakers.toml or the index{nearest}");
        return Err(ViewError::Correction(message));
    }
    notes.push(format!("nobody is known as `{shown}` so far; the speaker stands alone, as {id}{nearest}"));
    Ok(given.to_owned())
}

/// The name under which the index knows a speaker.
fn name_of(engine: &dyn Engine, id: &str) -> Result<Option<String>, ViewError> {
    let root = Node::unplaced(Constraint::SpeakerId(id.to_owned()));
    let query = Query { text: String::new(), root };
    let page = Page { top: 1, by: By::Passage, sort: Sort::Relevance };
    let hits = engine.search(&query, page).map_err(ViewError::Engine)?.hits;
    let id = SpeakerId::new(id);
    let speakers = hits.iter().flat_map(|hit| hit.passage.speakers());
    Ok(speakers.map(|said| said.speaker).find(|speaker| speaker.id == id).map(|speaker| speaker.name))
}

fn nearest<'k>(id: &str, known: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    let allowed = (id.chars().count() / LETTERS_PER_EDIT).max(1);
    let mut near: Vec<(usize, &str)> = known.map(|known| (distance(id, known), known)).collect();
    near.retain(|(edits, _)| *edits <= allowed);
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(MOST_NEAR).map(|(_, known)| known).collect()
}

/// Every entry with what became of it, in the file's order.
pub fn overrides(
    engine: &dyn Engine,
    folder: &IndexFolder,
    overrides: &Overrides,
) -> Result<Vec<OverrideView>, ViewError> {
    let manifest =
        folder.manifest()?.ok_or_else(|| ViewError::Engine(EngineError::Missing(folder.path().to_owned())))?;
    let standings = standings(engine, &manifest, overrides).map_err(ViewError::Engine)?;
    Ok(standings.into_iter().map(OverrideView::of).collect())
}

impl OverrideView {
    fn of(standing: Standing) -> Self {
        let Standing { placed, state, reason } = standing;
        let entry = placed.entry;
        let view = |one: &Correction| CorrectionView { field: one.field(), value: one.value() };
        Self {
            id: entry.id,
            line: placed.line,
            state,
            reason,
            corrections: entry.corrections.iter().map(view).collect(),
            by: entry.by,
            because: entry.because,
            on: entry.on,
        }
    }
}
