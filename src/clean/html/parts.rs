//! The parts of the search for an article's body, each of which can be left out to measure what it gains.
//!
//! For evaluation: a run without a part beside the run with all of them is its ablation. Nothing else leaves
//! parts out.

/// A part of the search for the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Furniture by the names and tags of elements.
    Names,
    /// Names that cover too much of the page's prose are not believed.
    Doubt,
    /// Teasers by their repeated shape.
    Teasers,
    /// Candidates that are named as a body.
    NamedBodies,
    /// `article` and `main` elements as candidates.
    Semantics,
    /// The innermost element with most of the prose as a candidate.
    Density,
    /// The body that JSON-LD states, where the page shows it.
    Statement,
    /// The second, more generous choice where there is next to no prose.
    GenerousPass,
    /// The headline, repeated in the body, is dropped.
    Headline,
    /// Lines that their words give away are dropped.
    Phrases,
    /// Paragraphs that stood before are dropped.
    Repeated,
    /// Labels such as "Related links", with the links under them, are dropped.
    Sections,
    /// Paragraphs that are nothing but a link are dropped.
    Links,
    /// Headings and links after which nothing follows are dropped.
    Tail,
}

impl Part {
    /// Every part, in the order in which they work.
    pub const ALL: [Self; 14] = [
        Self::Names,
        Self::Doubt,
        Self::Teasers,
        Self::NamedBodies,
        Self::Semantics,
        Self::Density,
        Self::Statement,
        Self::GenerousPass,
        Self::Headline,
        Self::Phrases,
        Self::Repeated,
        Self::Sections,
        Self::Links,
        Self::Tail,
    ];
}
