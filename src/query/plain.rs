//! A query taken as natural language: its words, and nothing else.
//!
//! For judged queries and pasted questions, whose marks mean nothing to a search engine.

use super::error::{Fault, ParseError};
use super::limits::{self, MAX_CLAUSES};
use super::{Group, Node, Query, Word};
use crate::analysis::words;

/// The words of `text`, any of which may match: the root is a group that has them in [`Group::any`].
///
/// Nothing is an operator. Words are cut as the index cuts them, so that `shock-wave` is two; one that stands twice is
/// there twice, each in its place. Marks do not count; a text without a word is an error.
pub fn plain(text: &str) -> Result<Query, ParseError> {
    root(text).map_err(|fault| fault.in_query(text))
}

fn root(text: &str) -> Result<Query, Fault> {
    limits::check_length(text)?;
    let mut any = Vec::new();
    // Where the last word began: in bytes, and in code points.
    let (mut bytes, mut points) = (0, 0);
    for (range, _) in words(text) {
        points += text.get(bytes..range.start).map_or(0, |between| between.chars().count());
        bytes = range.start;
        let word = text.get(range).unwrap_or_default();
        let at = points..points + word.chars().count();
        if any.len() == MAX_CLAUSES {
            let help = "search for a few of its sentences";
            return Err(Fault::new(at, format!("more than {MAX_CLAUSES} words"), help));
        }
        any.push(Node::Word(Word::stem(word, at)));
    }
    if any.is_empty() {
        let end = text.chars().count();
        return Err(Fault::new(0..end, "there is no word in it", "write a word with a letter or digit"));
    }
    Ok(Query { text: text.to_owned(), root: Node::Group(Group { any, ..Group::default() }) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
        let Node::Group(group) = plain(text).unwrap().root else { panic!("no group: {text}") };
        assert!(group.must.is_empty() && group.narrow.is_empty() && group.must_not.is_empty());
        let word = |node: &Node| match node {
            Node::Word(word) => (super::super::to_query_string(node), word.at.clone()),
            other => panic!("{other:?}"),
        };
        group.any.iter().map(word).collect()
    }

    #[test]
    fn a_question_is_its_words_each_in_its_place() {
        let words = typed("Ömer: what did he say -- he? (Rail-link)");

        let texts: Vec<&str> = words.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["Ömer", "what", "did", "he", "say", "he", "Rail", "link"]);
        assert_eq!(words[5].1, 25..27);
        assert_eq!(words[7].1, 35..39);
    }

    #[test]
    fn operators_are_words() {
        assert_eq!(typed("-vael AND (rail*)").len(), 3);
        assert_eq!(typed("railway").len(), 1);
    }

    #[test]
    fn a_text_without_a_word_is_refused() {
        for text in ["", "  ", "?!", "—"] {
            assert!(plain(text).unwrap_err().message.contains("no word"), "{text}");
        }
        assert!(plain(&"a ".repeat(1_001)).is_err());
        assert!(plain(&"a".repeat(1 << 20)).is_err());
    }
}
