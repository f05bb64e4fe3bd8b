//! Puts speakers, dates and topics on the passages of an article.

use super::overrides::Corrector;
use super::speakers::{Finder, Names, SpeakerAnnotation};
use super::split::{self, Piece};
use super::topics::TopicTagger;
use super::{dates, speakers};
use crate::config::{Authority, Overrides, TopicSet};
use crate::model::{
    Article, ArticleRef, Attribution, CodePoints, DateMention, Passage, PassageId, PassageKind, Publication, Quote,
    QuoteKind, Span,
};

/// Share of a paragraph's characters that one speaker's direct quotes must hold for the paragraph to be
/// a quote rather than narration.
const MOSTLY_QUOTED: f64 = 0.5;

/// Turns articles into passages, by the authority file and the topics in force.
pub struct Annotator {
    authority: Authority,
    names: Names,
    finder: Finder,
    tagger: TopicTagger,
    overrides: Overrides,
}

/// What annotation adds to an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotated {
    /// When it was published, as stated or inferred.
    pub published: Option<Publication>,
    /// Its passages, in reading order.
    pub passages: Vec<Passage>,
}

impl Annotator {
    /// Prepares topics and authority file for many articles.
    pub fn new(authority: Authority, finder: Finder, topics: &TopicSet) -> Self {
        let (names, tagger) = (Names::new(&authority), TopicTagger::new(topics));
        Self { names, authority, finder, tagger, overrides: Overrides::default() }
    }

    /// The same, with what persons decided in the place of what is derived.
    #[must_use]
    pub fn corrected_by(self, overrides: Overrides) -> Self {
        Self { overrides, ..self }
    }

    /// The corrections in force.
    pub fn overrides(&self) -> &Overrides {
        &self.overrides
    }

    /// The authority file in force.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// The passages of `article`.
    pub fn annotate(&self, article: &Article) -> Annotated {
        let dates = dates::article(article);
        let on = dates.published.as_ref().map(|published| published.date.first());
        let speech = speakers::annotate(article, &self.authority, &self.finder, on);
        let named = self.names.named(article, &speech);
        let speaker = |block: usize| turn(&speech, block).map(|turn| turn.speaker.id.clone());
        let points = CodePoints::new(&article.text);
        let article_ref = ArticleRef {
            id: article.id,
            title: article.title.clone(),
            outlet: article.outlet.clone(),
            url: article.url.clone(),
            authors: article.authors.clone(),
            language: article.language.clone(),
        };
        let pieces = split::split(article, speaker);
        let texts: Vec<&str> = pieces.iter().map(|piece| points.slice(piece.span)).collect();
        let corrector = Corrector {
            decided: self.overrides.of(article.id).collect(),
            authority: &self.authority,
            tagger: &self.tagger,
            speech: &speech,
            on,
            texts: &texts,
        };
        let passages = (1..)
            .zip(pieces)
            .map(|(n, piece)| {
                let id = PassageId { article: article.id, n };
                let text = points.slice(piece.span);
                let mut quotes = within(&speech.quotes, piece.span);
                let overrides = corrector.quotes(id, text, piece.span.start, &mut quotes);
                let (kind, speaker) = kind_and_speaker(&piece, turn(&speech, piece.block), &quotes);
                let mut passage = Passage {
                    id,
                    kind,
                    text: text.to_owned(),
                    span: piece.span,
                    speaker,
                    quotes,
                    mentioned: speakers::mentioned_within(&named, piece.span),
                    topics: self.tagger.assign(text, piece.span.start),
                    dates: mentions_within(&dates.mentions, piece.span),
                    published: dates.published.clone(),
                    article: article_ref.clone(),
                    source: article.source.clone(),
                    overrides,
                };
                corrector.passage(&mut passage);
                passage
            })
            .collect();
        Annotated { published: dates.published, passages }
    }
}

fn turn(speech: &SpeakerAnnotation, block: usize) -> Option<&Attribution> {
    speech.turns.get(block).and_then(Option::as_ref)
}

/// The quotes of a passage, of each what begins in it.
fn within(quotes: &[Quote], passage: Span) -> Vec<Quote> {
    let part_of = |quote: &Quote| {
        let spans: Vec<Span> = quote.spans.iter().copied().filter(|span| begins_in(*span, passage)).collect();
        (!spans.is_empty()).then(|| Quote { spans, ..quote.clone() })
    };
    quotes.iter().filter_map(part_of).collect()
}

fn mentions_within(mentions: &[DateMention], passage: Span) -> Vec<DateMention> {
    mentions.iter().filter(|mention| begins_in(mention.span, passage)).cloned().collect()
}

fn begins_in(span: Span, passage: Span) -> bool {
    passage.start <= span.start && span.start < passage.end
}

/// A turn is its speaker's. Of narration, the speaker is whoever is quoted at the greatest length, and
/// where one speaker's direct quotes make up most of it, it is a quote.
fn kind_and_speaker(piece: &Piece, turn: Option<&Attribution>, quotes: &[Quote]) -> (PassageKind, Option<Attribution>) {
    match piece.kind {
        PassageKind::Caption | PassageKind::EditorNote | PassageKind::Heading => return (piece.kind, None),
        PassageKind::Question | PassageKind::Answer => return (piece.kind, turn.cloned()),
        PassageKind::Quote | PassageKind::Narration => {}
    }
    if let Some(turn) = turn {
        return (piece.kind, Some(turn.clone()));
    }
    let said = |id: &crate::model::SpeakerId, direct: bool| -> usize {
        quotes
            .iter()
            .filter(|quote| quote.speaker.as_ref().is_some_and(|speaker| speaker.id == *id))
            .filter(|quote| !direct || quote.kind == QuoteKind::Direct)
            .flat_map(|quote| &quote.spans)
            .map(|span| span.len())
            .sum()
    };
    let longest = quotes
        .iter()
        .filter_map(Quote::attribution)
        // The first of equals: `max_by_key` would take the last.
        .rev()
        .max_by_key(|attribution| said(&attribution.speaker.id, false));
    let Some(speaker) = longest else { return (piece.kind, None) };
    #[allow(clippy::cast_precision_loss, reason = "a paragraph's length is far below 2^52")]
    let share = said(&speaker.speaker.id, true) as f64 / piece.span.len().max(1) as f64;
    let kind = if share >= MOSTLY_QUOTED { PassageKind::Quote } else { piece.kind };
    (kind, Some(speaker))
}
