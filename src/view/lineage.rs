//! The life of one quotation: the versions of the statement that it carries, by time, each with its difference to the
//! first, and reports that may be of the same statement.

use std::collections::BTreeSet;

use serde::Serialize;

use super::ViewError;
use super::difference::{Difference, difference};
use super::near::{MOST_NEAR, near_articles, unknown_article};
use crate::engine::Engine;
use crate::lineage::{Statement, Statements, quote_text};
use crate::model::{
    ArticleId, ArticleRef, Confidence, Passage, PassageId, Publication, QuoteId, QuoteKind, Speaker, fold_name,
    single_line,
};
use crate::store::Manifest;

/// Letters of a quotation that are shown beside its id.
const SHOWN_LETTERS: usize = 60;

/// What is known of a quotation's life.
#[derive(Debug, Clone, PartialEq)]
pub struct LineageView {
    /// The quotation that was asked for.
    pub quote: QuoteId,
    /// The statements that it carries, or may report: one, but for what merges several.
    pub statements: Vec<StatementView>,
}

/// A statement.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementView {
    /// The first publication, then the others by time.
    pub versions: Vec<VersionView>,
    /// Reported speech that may be of the same statement, by time.
    pub candidates: Vec<QuoteView>,
}

/// A quotation with all that says where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteView {
    /// Its id.
    pub id: QuoteId,
    /// Direct, indirect or mixed.
    pub kind: QuoteKind,
    /// The words.
    pub text: String,
    /// Who speaks, in what role; `None` where nobody is named.
    pub speaker: Option<Speaker>,
    /// How sure the quotation and its speaker are.
    pub confidence: Confidence,
    /// When its article was published.
    pub published: Option<Publication>,
    /// The article.
    pub article: ArticleRef,
}

/// A version of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionView {
    /// The quotation.
    pub quote: QuoteView,
    /// How it came from the first, as far as the words tell.
    pub relation: Relation,
    /// How it differs from the first; `None` for the first itself.
    pub difference: Option<Difference>,
    /// The first publications of other statements that it carries as well.
    pub also_of: Vec<QuoteId>,
}

/// What the words of a version are to those of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It is the first.
    First,
    /// The same words.
    Same,
    /// Some left out, none put in.
    Trimmed,
    /// Some put in, none left out.
    Longer,
    /// Some left out or changed, and some put in.
    Altered,
}

impl Relation {
    /// Its name in outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Same => "same",
            Self::Trimmed => "trimmed",
            Self::Longer => "longer",
            Self::Altered => "altered",
        }
    }

    fn of(difference: &Difference) -> Self {
        let kept = difference.same_words;
        match (kept == difference.first_words, kept == difference.words) {
            (true, true) => Self::Same,
            (false, true) => Self::Trimmed,
            (true, false) => Self::Longer,
            (false, false) => Self::Altered,
        }
    }
}

/// The life of the quotation that `id` names; `manifest` tells the nearest known articles of an unknown id.
pub fn lineage(
    engine: &dyn Engine,
    statements: &Statements,
    manifest: Option<&Manifest>,
    id: &str,
) -> Result<LineageView, ViewError> {
    let Ok(wanted) = id.parse::<QuoteId>() else { return Err(no_quotation(engine, manifest, id)?) };
    let Some(own) = quotation(engine, wanted)? else { return Err(no_quotation(engine, manifest, id)?) };
    let mut views = Vec::new();
    for statement in statements.of(wanted) {
        views.push(statement_view(engine, statements, statement)?);
    }
    if views.is_empty() {
        views.push(alone(own.0));
    }
    Ok(LineageView { quote: wanted, statements: views })
}

/// A quotation that nothing else carries.
fn alone(quote: QuoteView) -> StatementView {
    if quote.kind == QuoteKind::Direct {
        let only = VersionView { quote, relation: Relation::First, difference: None, also_of: Vec::new() };
        StatementView { versions: vec![only], candidates: Vec::new() }
    } else {
        StatementView { versions: Vec::new(), candidates: vec![quote] }
    }
}

fn statement_view(
    engine: &dyn Engine,
    statements: &Statements,
    statement: &Statement,
) -> Result<StatementView, ViewError> {
    let mut versions: Vec<VersionView> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for id in &statement.versions {
        // An index that was cut off in its making may lack one.
        let Some((quote, names)) = quotation(engine, *id)? else { continue };
        known.extend(names);
        let others = statements.of(*id).filter(|other| *other != statement);
        let also_of = others.filter_map(|other| other.versions.first().copied()).collect();
        versions.push(VersionView { quote, relation: Relation::First, difference: None, also_of });
    }
    if let Some((first, others)) = versions.split_first_mut() {
        for version in others {
            let difference = difference(&first.quote.text, &version.quote.text, &known);
            version.relation = Relation::of(&difference);
            version.difference = Some(difference);
        }
    }
    let mut candidates = Vec::new();
    for id in &statement.candidates {
        candidates.extend(quotation(engine, *id)?.map(|(quote, _)| quote));
    }
    Ok(StatementView { versions, candidates })
}

/// A quotation, and the folded words of the names that its passage knows.
fn quotation(engine: &dyn Engine, id: QuoteId) -> Result<Option<(QuoteView, Vec<String>)>, ViewError> {
    let Some(passage) = engine.passage(id.passage).map_err(ViewError::Engine)? else { return Ok(None) };
    let place = QuoteId::all_of(id.passage).zip(&passage.quotes).find(|(known, _)| *known == id);
    let Some((_, quote)) = place else { return Ok(None) };
    let named = passage.mentioned.iter().map(|mentioned| mentioned.name.as_str());
    let speakers =
        passage.quotes.iter().filter_map(|quote| quote.speaker.as_ref()).map(|speaker| speaker.name.as_str());
    let names =
        named.chain(speakers).flat_map(|name| fold_name(name).split(' ').map(str::to_owned).collect::<Vec<_>>());
    let names = names.collect();
    let view = QuoteView {
        id,
        kind: quote.kind,
        text: quote_text(&passage, quote),
        speaker: quote.speaker.clone(),
        confidence: quote.confidence,
        published: passage.published.clone(),
        article: passage.article.clone(),
    };
    Ok(Some((view, names)))
}

/// What to say of an id that no quotation has, with the nearest known ones.
fn no_quotation(engine: &dyn Engine, manifest: Option<&Manifest>, id: &str) -> Result<ViewError, ViewError> {
    let shown = single_line(id);
    let name = id.split('.').next().unwrap_or(id);
    if let Ok(article) = name.parse::<ArticleId>() {
        let passages = engine.article(article).map_err(ViewError::Engine)?;
        if !passages.is_empty() {
            return Ok(ViewError::UnknownId(of_article(&passages, &shown, article)));
        }
    }
    let near = near_articles(manifest, name);
    if near.is_empty() {
        return Ok(match id.parse::<QuoteId>() {
            Ok(quote) => unknown_article(manifest, quote.passage.article),
            Err(_) => ViewError::NoQuoteId(shown.into_owned()),
        });
    }
    let near: Vec<String> = near.iter().map(ToString::to_string).collect();
    Ok(ViewError::UnknownId(format!("no article `{}` in the index; nearest: {}", single_line(name), near.join(", "))))
}

/// The quotations of an article that are nearest to what was asked for.
fn of_article(passages: &[Passage], shown: &str, article: ArticleId) -> String {
    let asked: Vec<u32> =
        shown.split('.').skip(1).map(|part| part.trim_start_matches('q').parse().unwrap_or(0)).collect();
    let place = |at: usize| asked.get(at).copied().unwrap_or(0);
    let mut known: Vec<(u32, u32, QuoteId, String)> = Vec::new();
    for passage in passages {
        for (id, quote) in QuoteId::all_of(passage.id).zip(&passage.quotes) {
            let far = (id.passage.n.abs_diff(place(0)), id.n.abs_diff(place(1)));
            known.push((far.0, far.1, id, quote_text(passage, quote)));
        }
    }
    known.sort();
    if known.is_empty() {
        return format!("article {article} has no quotations");
    }
    let near: Vec<String> =
        known.iter().take(MOST_NEAR).map(|(_, _, id, text)| format!("{id} (“{}”)", beginning(text))).collect();
    let count = known.len();
    let noun = if count == 1 { "quotation" } else { "quotations" };
    let passage = shown.parse::<PassageId>().is_ok();
    let what = if passage || shown == article.to_string() { "is no quotation" } else { "is unknown" };
    format!("`{shown}` {what}; article {article} has {count} {noun}, nearest: {}", near.join(", "))
}

pub(super) fn beginning(text: &str) -> String {
    let line = single_line(text);
    let mut letters = line.chars();
    let start: String = letters.by_ref().take(SHOWN_LETTERS).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}
