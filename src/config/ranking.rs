//! `[ranking]` in `rapporteur.toml`: how matching passages are ordered. The defaults are chosen by evaluation
//! (`docs/evaluation.md`, "Ranking").

use serde::Deserialize;

/// How much each thing counts in a score. Weights are at least zero; a weight of zero takes its part out.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ranking {
    /// How soon further occurrences of a word stop adding (Robertson & Zaragoza 2009, "The probabilistic relevance
    /// framework: BM25 and beyond", section 3.4); above zero.
    pub k1: f64,
    /// How much long texts are marked down, from 0 to 1 (the same).
    pub b: f64,
    /// Weight of a word in the passage's text.
    pub text: f64,
    /// Weight of a word in the article's title.
    pub title: f64,
    /// Weight of a word in the name of somebody who speaks.
    pub speaker: f64,
    /// Weight of a word in the heading above the passage.
    pub heading: f64,
    /// The power to which a word's count in the query is raised: 0 counts it once, 1 in full.
    pub repeats: f64,
    /// Whether question and function words are left out of the score where other words remain.
    pub drop_function_words: bool,
    /// Weight of words of the query that stand close to one another.
    pub proximity: f64,
    /// Share of the score of the whole that a passage or article is a part of.
    pub context: f64,
    /// Where articles are ranked, the share of the best passage's score.
    pub best_passage: f64,
    /// How many of the best are weighed by proximity and context.
    pub depth: usize,
    /// Whether the words of the first results are added to the query.
    pub feedback: Feedback,
    /// How many of the first results give words.
    pub feedback_results: usize,
    /// How many words they give.
    pub feedback_words: usize,
    /// The share of the score that these words have, from 0 to below 1.
    pub feedback_share: f64,
}

/// Whether the words of the first results are added to the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Feedback {
    /// Always.
    On,
    /// Never.
    Off,
    /// Where the first results look good.
    Auto,
}

impl Ranking {
    /// What is wrong with the values, if anything is.
    pub(super) fn refusal(&self) -> Option<String> {
        let weights = [
            ("text", self.text),
            ("title", self.title),
            ("speaker", self.speaker),
            ("heading", self.heading),
            ("repeats", self.repeats),
            ("proximity", self.proximity),
            ("context", self.context),
            ("best_passage", self.best_passage),
        ];
        if let Some((name, _)) = weights.iter().find(|(_, weight)| !weight.is_finite() || *weight < 0.0) {
            return Some(format!("`{name}` is a weight; write a number that is not below zero"));
        }
        if !(self.k1.is_finite() && self.k1 > 0.0) {
            return Some("`k1` must be above zero; 1.2 is usual".into());
        }
        if !(0.0..=1.0).contains(&self.b) {
            return Some("`b` lies between 0 and 1; 0.75 is usual".into());
        }
        (!(0.0..1.0).contains(&self.feedback_share)).then(|| "`feedback_share` lies from 0 to below 1".into())
    }
}

impl Default for Ranking {
    fn default() -> Self {
        Self {
            k1: 1.2,
            b: 0.75,
            text: 1.0,
            title: 3.0,
            speaker: 0.5,
            heading: 0.5,
            repeats: 0.5,
            drop_function_words: true,
            proximity: 0.3,
            context: 0.3,
            best_passage: 0.3,
            depth: 100,
            feedback: Feedback::Off,
            feedback_results: 3,
            feedback_words: 10,
            feedback_share: 0.15,
        }
    }
}
