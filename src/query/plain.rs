//! Text as plain words: nothing in it is an operator.

use super::{Group, Node, Query, Word};

/// The words of `text` side by side, repeats kept, marks left out.
pub fn plain(text: &str) -> Query {
    let mut any = Vec::new();
    let mut word = String::new();
    for (at, letter) in text.chars().chain([' ']).enumerate() {
        if letter.is_alphanumeric() || (matches!(letter, '\'' | '’' | '.' | ',') && !word.is_empty()) {
            word.push(letter);
            continue;
        }
        let length = word.chars().count();
        let trimmed = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if !trimmed.is_empty() {
            let start = at - length;
            any.push(Node::Word(Word::stem(trimmed, start..start + trimmed.chars().count())));
        }
        word.clear();
    }
    Query { text: text.to_owned(), root: Node::Group(Group { any, ..Group::default() }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_and_marks_are_no_operators() {
        let query = plain("Was (Kesh) AND water, Kesh's \"U.S .\" -on: ?");

        let Node::Group(group) = &query.root else { panic!("{query:?}") };
        let words: Vec<String> = group.any.iter().map(crate::query::to_query_string).collect();
        assert_eq!(words.len(), 7, "{words:?}");
        assert_eq!(group.any[1], Node::Word(Word::stem("Kesh", 5..9)));
    }
}
