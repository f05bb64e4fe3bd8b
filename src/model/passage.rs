//! A passage: what a search returns.

use serde::{Deserialize, Serialize};

use super::{
    ArticleId, Attribution, DateMention, Mentioned, Overridden, PassageId, Publication, Quote, SourceRef, Span,
    TopicAssignment,
};

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// The outlet's own account.
    Narration,
    /// An interviewer's turn.
    Question,
    /// A turn of somebody who is interviewed, or who speaks in a transcript.
    Answer,
    /// A paragraph that is mostly one speaker's words.
    Quote,
    /// A picture's caption or credit.
    Caption,
    /// The editors speaking of the article.
    EditorNote,
    /// A subhead.
    Heading,
}

impl PassageKind {
    /// Every kind, in the order of the docs.
    pub const ALL: [Self; 7] =
        [Self::Narration, Self::Question, Self::Answer, Self::Quote, Self::Caption, Self::EditorNote, Self::Heading];

    /// Its name in queries and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Narration => "narration",
            Self::Question => "question",
            Self::Answer => "answer",
            Self::Quote => "quote",
            Self::Caption => "caption",
            Self::EditorNote => "editor_note",
            Self::Heading => "heading",
        }
    }
}

/// What a passage says of the article it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRef {
    /// The article.
    pub id: ArticleId,
    /// Headline.
    pub title: Option<String>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// Canonical URL.
    pub url: Option<String>,
    /// Persons named in the byline.
    pub authors: Vec<String>,
    /// Its language, as a BCP 47 tag; see [`ArticleRef::primary_language`].
    #[serde(default)]
    pub language: Option<String>,
}

impl ArticleRef {
    /// The language alone, without script and region: `pt` of `pt-BR`, in lower case.
    #[must_use]
    pub fn primary_language(&self) -> Option<String> {
        self.language.as_deref().map(primary_subtag).filter(|language| !language.is_empty())
    }
}

/// The primary subtag of a BCP 47 tag (RFC 5646, section 2.2.1), in lower case: `pt` of `pt-BR`.
#[must_use]
pub fn primary_subtag(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).trim().to_ascii_lowercase()
}

/// A citable piece of an article with who speaks, what it is about and when.
///
/// Spans within it (of quotes, dates, evidence) count from the beginning of the article's text;
/// [`Span::relative_to`] `self.span.start` gives them within `text`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// `<article id>.<n>`.
    pub id: PassageId,
    /// What it is.
    pub kind: PassageKind,
    /// The words.
    pub text: String,
    /// Where they stand in the article's text.
    pub span: Span,
    /// Who speaks, where one speaker holds the passage: a turn's speaker, or that of its longest quote.
    pub speaker: Option<Attribution>,
    /// What is quoted or reported within it.
    pub quotes: Vec<Quote>,
    /// Whom its text names, by the first mention of each; whose name labels a turn is not named by it.
    #[serde(default)]
    pub mentioned: Vec<Mentioned>,
    /// What it is about, the surest first.
    pub topics: Vec<TopicAssignment>,
    /// Dates that it mentions, in reading order.
    pub dates: Vec<DateMention>,
    /// When the article was published.
    pub published: Option<Publication>,
    /// The article.
    pub article: ArticleRef,
    /// Where the article came from.
    pub source: SourceRef,
    /// What persons corrected of it and its quotes, in order of id and field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Overridden>,
}

impl Passage {
    /// Who speaks the passage as a whole, as in a turn; `None` where one of its quotes says the same.
    #[must_use]
    pub fn turn(&self) -> Option<&Attribution> {
        let own = self.speaker.as_ref()?;
        self.quotes.iter().all(|quote| quote.attribution().as_ref() != Some(own)).then_some(own)
    }

    /// Everybody who speaks in it: its own speaker first, then those of its quotes, each once.
    #[must_use]
    pub fn speakers(&self) -> Vec<Attribution> {
        let mut speakers: Vec<Attribution> = Vec::new();
        for attribution in self.speaker.iter().cloned().chain(self.quotes.iter().filter_map(Quote::attribution)) {
            if speakers.iter().all(|known| known.speaker.id != attribution.speaker.id) {
                speakers.push(attribution);
            }
        }
        speakers
    }
}
