//! Where a score came from, in words and numbers.

use crate::engine::{By, ScoreParts, WordPart};
use crate::model::single_line;

/// A line for each part of a score; the numbers before the colons sum to it.
pub(super) fn score_lines(parts: &ScoreParts, by: By) -> Vec<String> {
    let mut lines = vec![format!("score {:.3}, of which", parts.total)];
    let mut part = |amount: f64, what: String| {
        if amount != 0.0 {
            lines.push(format!("{amount:>8.3}: {what}"));
        }
    };
    for word in &parts.words {
        part(word.score, word_part(word));
    }
    let whole = match by {
        By::Passage => "the passage",
        By::Article => "the article",
    };
    part(parts.best_passage, "share of its best passage".into());
    part(parts.proximity, "words of the query that stand close to one another".into());
    part(parts.context, format!("share of the whole that {whole} is a part of"));
    if parts.kind_weight != 1.0 {
        lines.push(format!("all of it multiplied by {} for the kind of the passage", parts.kind_weight));
    }
    if let Some(sign) = parts.feedback {
        let done = if sign.used { "added" } else { "not added" };
        lines.push(format!(
            "words of the first results {done}: these hold {:.0} % of the query by rarity, {:.0} % are needed",
            sign.covered * 100.0,
            sign.needed * 100.0
        ));
    }
    if !parts.dropped.is_empty() {
        let dropped = parts.dropped.iter().map(|word| format!("`{}`", single_line(word))).collect::<Vec<_>>();
        lines.push(format!("left out of the score, since other words say more: {}", dropped.join(", ")));
    }
    lines
}

fn word_part(part: &WordPart) -> String {
    let places = [
        (part.text, "in the text"),
        (part.title, "in the title"),
        (part.speaker, "in a speaker's name"),
        (part.heading, "in the heading above"),
    ];
    let places: Vec<String> =
        places.into_iter().filter(|(count, _)| *count > 0).map(|(count, place)| format!("{count} {place}")).collect();
    let origin = if part.feedback { ", from the first results" } else { "" };
    let weight = if part.weight == 1.0 { String::new() } else { format!(", weight {:.2}", part.weight) };
    format!("`{}`{origin}: {}; rarity {:.2}{weight}", single_line(&part.word), places.join(", "), part.rarity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gave_nothing_is_not_named() {
        let word = |word: &str, score| WordPart {
            word: word.into(),
            feedback: false,
            text: 2,
            title: 0,
            speaker: 0,
            heading: 1,
            rarity: 3.5,
            weight: 1.0,
            score,
        };
        let parts = ScoreParts {
            total: 5.0,
            words: vec![word("quota", 4.0), word("herring", 0.0)],
            context: 1.0,
            kind_weight: 1.0,
            dropped: vec!["the".into()],
            ..ScoreParts::default()
        };

        assert_eq!(
            score_lines(&parts, By::Passage),
            [
                "score 5.000, of which",
                "   4.000: `quota`: 2 in the text, 1 in the heading above; rarity 3.50",
                "   1.000: share of the whole that the passage is a part of",
                "left out of the score, since other words say more: `the`",
            ]
        );
    }
}
