//! What an operator carries: the distance of `NEAR/5`, the unit of `WITHIN SENTENCE`, the slop and the weight.

use super::error::{Fault, shown};
use super::limits::{MAX_DISTANCE, MAX_WEIGHT};
use super::{Slot, Unit};

/// Words that are operators in capitals, apart from `AND`, `OR` and `NOT`; or operators of other engines.
const RESERVED: [&str; 6] = ["NEAR", "BEFORE", "WITHIN", "AFTER", "XOR", "ADJ"];

/// Whether a word in capitals is an operator, or would be one elsewhere: in the text it stands in quotes.
pub(super) fn is_reserved(word: &str) -> bool {
    let head = word.split('/').next().unwrap_or(word);
    matches!(word, "AND" | "OR" | "NOT") || RESERVED.contains(&head)
}

/// The distance of `NEAR/n` or `BEFORE/n`, and whether the order counts; `None` for any other word.
pub(super) fn near(text: &str, start: usize) -> Option<Result<(u32, bool), Fault>> {
    let (name, number) = text.split_once('/').map_or((text, None), |(name, number)| (name, Some(number)));
    let at = start..start + text.chars().count();
    let ordered = match name {
        "NEAR" => false,
        "BEFORE" => true,
        "AFTER" => {
            let help = "write BEFORE with its sides exchanged: `a AFTER/5 b` is `b BEFORE/5 a`; to search for the word, \
                        write it in lower case";
            return Some(Err(Fault::new(at, "`AFTER` is not supported", help)));
        }
        "XOR" | "ADJ" => {
            let help =
                "write `(a OR b) -(a AND b)` for XOR, a phrase for ADJ; to search for the word, write it in lower case";
            return Some(Err(Fault::new(at, format!("`{name}` is not supported"), help)));
        }
        _ => return None,
    };
    let lower = name.to_lowercase();
    Some(match number {
        None | Some("") => Err(Fault::new(
            at,
            format!("`{name}` without a number"),
            format!(
                "write how many words apart: `{name}/5`; to search for the word, write it in lower case: `{lower}`"
            ),
        )),
        Some(number) => distance(number).map(|distance| (distance, ordered)).ok_or_else(|| {
            Fault::new(at, not_a_distance(number), format!("write how many words apart they may be: `{name}/5`"))
        }),
    })
}

fn distance(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|distance| plain && (1..=MAX_DISTANCE).contains(distance))
}

fn not_a_distance(typed: &str) -> String {
    format!("`{}` is not a number of words from 1 to {MAX_DISTANCE}", shown(typed))
}

/// The unit behind the `WITHIN` that begins at `start`, and how many letters it takes; a parenthesis must follow.
pub(super) fn unit(rest: &[char], start: usize) -> Result<(Unit, usize), Fault> {
    let spaces = |letters: &[char]| letters.iter().take_while(|letter| letter.is_whitespace()).count();
    let before = spaces(rest);
    let name: String = rest.iter().skip(before).take_while(|letter| letter.is_alphanumeric()).take(10).collect();
    let end = before + name.chars().count();
    let after = rest.get(end..).unwrap_or(&[]);
    let opens = after.get(spaces(after)) == Some(&'(');
    let unit = match name.as_str() {
        "SENTENCE" => Some(Unit::Sentence),
        "PARAGRAPH" => Some(Unit::Paragraph),
        _ => None,
    };
    match unit {
        Some(unit) if opens => Ok((unit, end)),
        _ => Err(Fault::new(
            start..start + "WITHIN".len(),
            "`WITHIN` needs a unit and parentheses",
            "write `WITHIN SENTENCE (railway water)` or `WITHIN PARAGRAPH (…)`; for words at most five apart \
             `railway NEAR/5 water`; to search for the word, write it in lower case: `within`",
        )),
    }
}

/// The slop that `rest` begins with, and how many letters it takes.
pub(super) fn slop(rest: &[char], start: usize, slots: &[Slot]) -> Result<(u32, usize), Fault> {
    let (typed, at) = typed(rest, start);
    let len = at.len();
    if let [Slot::Words(_)] = slots {
        let help =
            "for similar words write `Kaldan~1`, without quote marks; slop is for phrases: `\"trade corridor\"~5`";
        return Err(Fault::new(at, "slop on a single word", help));
    }
    let help = "write how many words may stand in between: `\"trade corridor\"~5`";
    match distance(&typed) {
        Some(slop) => Ok((slop, len)),
        None if typed.is_empty() => Err(Fault::new(at, "`~` (slop) without a number", help)),
        None => Err(Fault::new(at, not_a_distance(&typed), help)),
    }
}

/// The weight that `rest` begins with, and how many letters it takes.
pub(super) fn weight(rest: &[char], start: usize) -> Result<(f32, usize), Fault> {
    let (typed, at) = typed(rest, start);
    let len = at.len();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = typed.split_once('.').map_or_else(|| digits(&typed), |(whole, part)| digits(whole) && digits(part));
    let limits = 1.0 / MAX_WEIGHT..=MAX_WEIGHT;
    let help =
        format!("write a number from {} to {MAX_WEIGHT} right behind it: `railway^2`, `road^0.5`", 1.0 / MAX_WEIGHT);
    match typed.parse::<f32>() {
        Ok(weight) if plain && limits.contains(&weight) => Ok((weight, len)),
        _ if typed.is_empty() => Err(Fault::new(at, "`^` (weight) without a number", help)),
        _ if typed.contains('~') => {
            Err(Fault::new(at, "`~` behind a weight", "write the weight last: `\"trade corridor\"~5^2`, `Kaldan~1^2`"))
        }
        _ => Err(Fault::new(at, format!("`{}` is not a weight", shown(&typed)), help)),
    }
}

/// What is written behind the sign at `rest[0]`, and the place of both.
fn typed(rest: &[char], start: usize) -> (String, std::ops::Range<usize>) {
    let ends = |letter: &char| letter.is_whitespace() || matches!(letter, '(' | ')' | '^' | '"');
    let text: String = rest.iter().skip(1).take_while(|letter| !ends(letter)).collect();
    let end = start + 1 + text.chars().count();
    (text, start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn distances_are_numbers_from_one_to_a_thousand() {
        assert_eq!(near("NEAR/5", 0).unwrap().unwrap(), (5, false));
        assert_eq!(near("BEFORE/1000", 0).unwrap().unwrap(), (1000, true));
        for text in
            ["NEAR", "BEFORE", "NEAR/", "NEAR/0", "NEAR/1001", "NEAR/+5", "NEAR/-1", "BEFORE/x", "AFTER/5", "XOR"]
        {
            assert!(near(text, 0).unwrap().is_err(), "{text}");
        }
        for text in ["near", "NEARBY", "Before", "NEARER/5"] {
            assert!(near(text, 0).is_none(), "{text}");
        }
    }

    #[test]
    fn weights_are_positive_decimals() {
        assert_eq!(weight(&letters("^2.5 x"), 0).unwrap(), (2.5, 4));
        for text in ["^", "^0", "^-1", "^1e3", "^inf", "^NaN", "^1001", "^0.0001", "^.5", "^5.", "^+2", "^2~1"] {
            assert!(weight(&letters(text), 0).is_err(), "{text}");
        }
    }

    #[test]
    fn a_unit_is_followed_by_a_parenthesis() {
        assert_eq!(unit(&letters(" SENTENCE ("), 0).unwrap(), (Unit::Sentence, 9));
        assert_eq!(unit(&letters(" PARAGRAPH("), 0).unwrap(), (Unit::Paragraph, 10));
        for text in ["", " (", " 5 b", " SENTENCE a", " sentence (a)", " SENTENCES (a)"] {
            assert!(unit(&letters(text), 0).is_err(), "{text}");
        }
    }
}
