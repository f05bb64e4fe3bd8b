//! Where a hit's score came from: its parts, which sum to it.

use serde::Serialize;

/// Where a score came from. All amounts are points of the score, and sum to [`ScoreParts::total`].
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ScoreParts {
    /// The score.
    pub total: f64,
    /// What each word or clause of the query gave.
    pub words: Vec<WordPart>,
    /// What words close to one another gave.
    pub proximity: f64,
    /// The share of the score of the whole that the passage or article is a part of.
    pub context: f64,
    /// The share of the article's best passage, where articles are ranked.
    pub best_passage: f64,
    /// What the kind of the passage multiplied all of it by.
    pub kind_weight: f64,
    /// Words of the query that match but do not score, since other words say more.
    pub dropped: Vec<String>,
    /// Whether words of the first results were added to the query, and by what sign it was decided; `None` where it
    /// was not asked for.
    pub feedback: Option<FeedbackSign>,
}

/// What one word or clause gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordPart {
    /// As it stands in the query; a word of the first results as its term.
    pub word: String,
    /// Whether it comes from the first results rather than from the query.
    pub feedback: bool,
    /// How often it stands in the text, in the title, in speakers' names and in the heading above.
    pub text: u32,
    /// In the title.
    pub title: u32,
    /// In the names of those who speak.
    pub speaker: u32,
    /// In the heading above the passage.
    pub heading: u32,
    /// How rare it is: the inverse document frequency.
    pub rarity: f64,
    /// What it was multiplied by: boosts, and repeats in the query.
    pub weight: f64,
    /// What it gave.
    pub score: f64,
}

/// By what it was decided whether the first results give words to the query.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FeedbackSign {
    /// Whether they did.
    pub used: bool,
    /// The share of the query's rarity that the first results hold on average, from 0 to 1.
    pub covered: f64,
    /// What it had to be.
    pub needed: f64,
}
