//! Quotations, not passages: what was said, by whom, in what role, and where it was published first.
//!
//! All that matches is looked at ([`gather`]), and what several outlets carry becomes one entry ([`entries`]); only the
//! entries that are shown are read whole ([`read`]). Every quotation that matches is counted in exactly one entry, but
//! for one that merges two statements, which is counted in both.

mod entries;
mod gather;
mod permits;
mod read;

use std::collections::HashMap;
use std::fmt;

use serde::{Serialize, Serializer};

use self::entries::Entry;
use self::gather::Gathered;
use super::explain::{self, Explanation};
use super::reasons::Reasoned;
use super::{Asked, ViewError};
use crate::config::Rules;
use crate::engine::{Engine, Sort};
use crate::lineage::Statements;
use crate::model::{
    ArticleRef, Confidence, PassageId, PassageKind, Publication, QuoteId, QuoteKind, Span, Speaker, TopicId,
};

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotesRequest {
    /// Which passages; of these, the quotations that hold a match, or all where no words are asked for.
    pub asked: Asked,
    /// How the words may be given.
    pub kinds: Vec<SaidKind>,
    /// The least confidence that counts, from 0 to 1.
    pub min_confidence: Option<f32>,
    /// Which entries come first. By relevance they stand as their passages rank.
    pub sort: Sort,
    /// What entries are put together by.
    pub group: QuotesBy,
    /// How many entries at the most.
    pub top: usize,
    /// Whether the reasons are wanted.
    pub why: bool,
}

/// What quotations are put together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotesBy {
    /// Who speaks.
    Speaker,
    /// The surest topic of the passage.
    Topic,
    /// The article.
    Article,
}

impl QuotesBy {
    /// Its name in options and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Topic => "topic",
            Self::Article => "article",
        }
    }
}

/// How somebody's words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidKind {
    /// In quote marks, word for word.
    Direct,
    /// Reported, without quote marks.
    Indirect,
    /// Reported, with some words in quote marks.
    Mixed,
    /// A passage that one speaker holds: an answer of an interview, a speech in a record, words set apart.
    Turn,
    /// An interviewer's turn.
    Question,
}

impl SaidKind {
    /// What counts where nothing else is asked for: all but questions, which the press puts and no summit says.
    pub const USUAL: [Self; 4] = [Self::Direct, Self::Indirect, Self::Mixed, Self::Turn];

    /// Its name in options and outputs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
            Self::Turn => "turn",
            Self::Question => "question",
        }
    }

    fn of_quote(kind: QuoteKind) -> Self {
        match kind {
            QuoteKind::Direct => Self::Direct,
            QuoteKind::Indirect => Self::Indirect,
            QuoteKind::Mixed => Self::Mixed,
        }
    }

    fn of_turn(kind: PassageKind) -> Self {
        if kind == PassageKind::Question { Self::Question } else { Self::Turn }
    }
}

/// The id of something said: a quotation's, or for a turn that of its passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SaidId {
    /// A turn.
    Turn(PassageId),
    /// A quotation.
    Quote(QuoteId),
}

impl SaidId {
    /// The passage that it stands in.
    #[must_use]
    pub fn passage(self) -> PassageId {
        match self {
            Self::Turn(passage) => passage,
            Self::Quote(quote) => quote.passage,
        }
    }
}

impl fmt::Display for SaidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Turn(passage) => passage.fmt(f),
            Self::Quote(quote) => quote.fmt(f),
        }
    }
}

impl Serialize for SaidId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Something said, with all that says where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Its id.
    pub id: SaidId,
    /// How the words are given.
    pub kind: SaidKind,
    /// The words, ` … ` in place of a reporting clause between them; a turn's without its label.
    pub text: String,
    /// Where they stand in the article's text, in code points.
    pub spans: Vec<Span>,
    /// Where the query matches, in code points of `text`, in order and without overlap.
    pub highlights: Vec<Span>,
    /// Who speaks, in what role at that date; `None` where nobody is named.
    pub speaker: Option<Speaker>,
    /// How sure the quotation and its speaker are.
    pub confidence: Confidence,
    /// The topics of its passage, the surest first.
    pub topics: Vec<TopicId>,
    /// When its article was published.
    pub published: Option<Publication>,
    /// The article.
    pub article: ArticleRef,
}

/// A statement, by the first of its publications that match.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteEntry {
    /// Its place among all entries in the order that was asked for, from 1.
    pub rank: usize,
    /// What was said.
    pub said: Said,
    /// Whether it is the statement's first publication; else that is the first of the others, which does not match.
    pub is_first: bool,
    /// The other versions of the statement in the index, by time, whether they match or not.
    pub others: Vec<OtherVersion>,
    /// How many outlets carry it; articles without one count as one together.
    pub outlets: usize,
    /// The statement that this may report in other words, by its first publication.
    pub may_report: Option<QuoteId>,
    /// Why it is a quotation of this speaker; where that was asked for.
    pub why: Option<Reasoned>,
}

/// Another version of an entry's statement.
#[derive(Debug, Clone, PartialEq)]
pub struct OtherVersion {
    /// What was said.
    pub said: Said,
    /// Whether it matches as well.
    pub matches: bool,
}

impl QuoteEntry {
    /// How many of its versions match.
    #[must_use]
    pub fn matching(&self) -> usize {
        1 + self.others.iter().filter(|other| other.matches).count()
    }

    /// Where the statement was published first.
    #[must_use]
    pub fn first(&self) -> &Said {
        self.others.first().filter(|_| !self.is_first).map_or(&self.said, |other| &other.said)
    }
}

/// Entries of one speaker, topic or article.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotesGroup {
    /// The speaker's, topic's or article's id; `None` for entries that have none.
    pub key: Option<String>,
    /// The speaker's name, the topic's label, the article's title; `None` where there is none.
    pub name: Option<String>,
    /// How many entries it has in all.
    pub total: usize,
    /// Those shown, in order.
    pub entries: Vec<QuoteEntry>,
}

/// Quotations of passages that match, which are no answer: how many, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct LeftOut {
    /// Somebody else says them than is asked for.
    pub other_speakers: usize,
    /// They are of another kind.
    pub other_kinds: usize,
    /// They are less sure than is asked for.
    pub unsure: usize,
    /// No match lies in their words.
    pub without_match: usize,
}

/// What was said.
#[derive(Debug, Clone, PartialEq)]
pub struct QuotesView {
    /// The query, as typed; empty where there is none.
    pub query: String,
    /// What entries are put together by.
    pub by: QuotesBy,
    /// Passages that match.
    pub passages: usize,
    /// Quotations that match, each version counted.
    pub quotations: usize,
    /// Entries that these make.
    pub total: usize,
    /// Groups of these entries.
    pub groups_total: usize,
    /// The first entries, under headings: that of the first entry first.
    pub groups: Vec<QuotesGroup>,
    /// What the matching passages quote besides.
    pub left_out: LeftOut,
    /// Why no passage matches, where none does.
    pub explanation: Option<Explanation>,
}

impl QuotesView {
    /// The entries shown, group by group.
    pub fn entries(&self) -> impl Iterator<Item = (&QuotesGroup, &QuoteEntry)> {
        self.groups.iter().flat_map(|group| group.entries.iter().map(move |entry| (group, entry)))
    }
}

/// The quotations that `request` asks for; `statements` tell which of them are versions of one statement, `rules` what
/// an alias or a topic's label means.
pub fn quotes(
    engine: &dyn Engine,
    rules: &Rules,
    statements: &Statements,
    request: &QuotesRequest,
) -> Result<QuotesView, ViewError> {
    let query = request.asked.understood(rules)?;
    let Gathered { found, passages, left_out } = gather::gather(engine, &query, request)?;
    let explanation = if passages == 0 { Some(explain::explain(engine, &query)?) } else { None };
    let quotations = found.len();
    let entries = entries::entries(found, statements, request.sort);
    let mut totals: HashMap<Option<&str>, usize> = HashMap::new();
    for entry in &entries {
        *totals.entry(entry.key()).or_default() += 1;
    }
    let (total, groups_total) = (entries.len(), totals.len());
    let groups = groups(engine, rules, request, (&entries, &totals))?;
    let query = query.text;
    Ok(QuotesView {
        query,
        by: request.group,
        passages,
        quotations,
        total,
        groups_total,
        groups,
        left_out,
        explanation,
    })
}

/// The first entries, read and put together.
fn groups(
    engine: &dyn Engine,
    rules: &Rules,
    request: &QuotesRequest,
    (entries, totals): (&[Entry<'_>], &HashMap<Option<&str>, usize>),
) -> Result<Vec<QuotesGroup>, ViewError> {
    let mut groups: Vec<QuotesGroup> = Vec::new();
    let mut places: HashMap<Option<&str>, usize> = HashMap::new();
    for (rank, entry) in (1..).zip(entries.iter().take(request.top)) {
        let key = entry.key();
        // An index that was changed meanwhile may lack it.
        let Some(read) = read::entry(engine, rank, entry, request.why)? else { continue };
        let place = *places.entry(key).or_insert_with(|| {
            let name = name(rules, request.group, &read.said, key);
            let total = totals.get(&key).copied().unwrap_or_default();
            groups.push(QuotesGroup { key: key.map(str::to_owned), name, total, entries: Vec::new() });
            groups.len() - 1
        });
        groups[place].entries.push(read);
    }
    Ok(groups)
}

fn name(rules: &Rules, by: QuotesBy, said: &Said, key: Option<&str>) -> Option<String> {
    match by {
        QuotesBy::Speaker => said.speaker.as_ref().map(|speaker| speaker.name.clone()),
        QuotesBy::Topic => key.map(|id| rules.topics.find(id).map_or(id, |topic| topic.label.as_str()).to_owned()),
        QuotesBy::Article => said.article.title.clone(),
    }
}
