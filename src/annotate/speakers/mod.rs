//! Who said what, in one article.
//!
//! Finding and resolving are two steps: [`find`] gives what is said with the words that name the speaker, by rules
//! or by a trained model; [`resolve`] says which person those words mean.

mod affiliations;
mod antecedents;
mod attribute;
mod cast;
mod collectives;
mod complements;
mod cues;
mod denials;
mod find;
mod finding;
mod gazetteer;
mod grammar;
mod interview;
mod labels;
mod learned;
mod marks;
mod meanings;
mod mentions;
mod names;
mod nested;
mod paragraph;
mod parts;
mod reports;
mod resolve;
mod roles;
mod rules;
mod sources;
mod tokens;
mod turns;
mod words;
mod writer;

use crate::config::Authority;
use crate::model::{Article, Attribution, CodePoints, Quote, Span, Speaker, SpeakerId};
use attribute::Source;
use cast::Register;

pub(super) use affiliations::complete;
pub(super) use cues::follows_quotation;
pub use find::Finder;
pub use learned::training;
pub use learned::{ModelError, ModelProblem};
pub use mentions::{Named, Names, mentioned_within};
pub use rules::Rule;

/// Who speaks in an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SpeakerAnnotation {
    /// One for each block: the speaker of a turn (of all its paragraphs) and of a quote set apart;
    /// `None` for what is nobody's speech as a whole.
    pub turns: Vec<Option<Attribution>>,
    /// What is quoted or reported, in reading order; spans in code points of the article's text.
    pub quotes: Vec<Quote>,
    /// The persons of the article, by first mention.
    pub cast: Vec<CastMember>,
}

/// A person of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CastMember {
    /// From the authority file, or the slug of the fullest name in the article.
    pub id: SpeakerId,
    /// The fullest name.
    pub name: String,
    /// As the article gives it, else as the authority file does for the day.
    pub role: Option<String>,
    /// The names that the article uses, the fullest first.
    pub names: Vec<String>,
    /// Where they stand, in reading order.
    pub mentions: Vec<Span>,
}

impl CastMember {
    /// The member as somebody who speaks.
    pub fn speaker(&self) -> Speaker {
        Speaker::new(self.id.clone(), self.name.clone(), self.role.clone())
    }
}

/// Says who speaks in `article`; `on` is the day for which the authority file's roles are read.
pub fn annotate(
    article: &Article,
    authority: &Authority,
    finder: &Finder,
    on: Option<jiff::civil::Date>,
) -> SpeakerAnnotation {
    let points = CodePoints::new(&article.text);
    let source = Source {
        outlet: article.outlet.as_deref(),
        authors: &article.authors,
        title: article.title.as_deref(),
        blocks: article.blocks.len(),
    };
    let parts = parts::of_article(article, &points);
    let mut speech = attribute::attribute(&article.text, parts, Register { authority, finder, on }, source);
    affiliations::fill(&mut speech, authority, on);
    speech
}

/// Says who speaks in a text without any structure: each line is a paragraph.
///
/// Offsets are those of `text` itself.
pub fn annotate_text(
    text: &str,
    authority: &Authority,
    finder: &Finder,
    on: Option<jiff::civil::Date>,
) -> SpeakerAnnotation {
    let register = Register { authority, finder, on };
    let mut speech = attribute::attribute(text, parts::of_text(text), register, Source::default());
    affiliations::fill(&mut speech, authority, on);
    speech
}

#[cfg(test)]
mod tests;
