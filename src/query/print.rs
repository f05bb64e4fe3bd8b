//! Writes a syntax tree as a query again, in one canonical form.
//!
//! What [`parse`](super::parse()) gives is read back as the same tree, places apart.

use super::lex::closers;
use super::{Constraint, DateRange, Group, Node, Pattern, Phrase, Slot, Unit, word};

/// How tightly what surrounds a node binds; a looser node needs parentheses there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    SideBySide,
    Or,
    And,
    Near,
    Not,
}

/// The query that `node` is the tree of.
///
/// Texts that cannot be typed (a phrase with quote marks of every kind) are written without their marks.
pub fn to_query_string(node: &Node) -> String {
    print(node, Binding::SideBySide)
}

/// `node` where nothing looser than `least` may stand bare.
fn print(node: &Node, least: Binding) -> String {
    let (binding, text) = match node {
        Node::Word(word) => (Binding::Not, pattern(&word.pattern, true)),
        Node::Phrase(words) => (Binding::Not, phrase(words)),
        Node::Near(near) => {
            let operator = if near.ordered { "BEFORE" } else { "NEAR" };
            let (left, right) = (print(&near.left, Binding::Near), print(&near.right, Binding::Not));
            (Binding::Near, format!("{left} {operator}/{} {right}", near.distance))
        }
        Node::Within(within) => {
            let unit = match within.unit {
                Unit::Sentence => "SENTENCE",
                Unit::Paragraph => "PARAGRAPH",
            };
            (Binding::Not, format!("WITHIN {unit} ({})", print(&within.clause, Binding::SideBySide)))
        }
        Node::Boost(boost) => (Binding::Not, format!("{}^{}", print(&boost.clause, Binding::Not), boost.factor)),
        Node::Field(clause) => (Binding::Not, field(&clause.constraint)),
        Node::Not(node) => (Binding::Not, format!("NOT {}", print(node, Binding::Not))),
        Node::And(nodes) => (Binding::And, join(nodes, Binding::Near, " AND ")),
        Node::Or(nodes) => (Binding::Or, join(nodes, Binding::And, " OR ")),
        Node::Group(group) => (Binding::SideBySide, side_by_side(group)),
    };
    if binding < least { format!("({text})") } else { text }
}

fn join(nodes: &[Node], least: Binding, operator: &str) -> String {
    let parts: Vec<String> = nodes.iter().map(|node| print(node, least)).collect();
    parts.join(operator)
}

fn side_by_side(group: &Group) -> String {
    let positive = group.any.iter().chain(&group.narrow).map(|node| print(node, Binding::Or));
    let required = group.must.iter().map(|node| format!("+{}", print(node, Binding::Not)));
    let negative = group.must_not.iter().map(|node| match node {
        // `-NOT x` would read badly.
        Node::Not(_) => format!("NOT {}", print(node, Binding::Not)),
        node => format!("-{}", print(node, Binding::Not)),
    });
    positive.chain(required).chain(negative).collect::<Vec<_>>().join(" ")
}

fn field(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Speaker(value) => format!("speaker:{}", bare_or_quoted(value, false)),
        Constraint::Topic(value) => format!("topic:{}", bare_or_quoted(value, false)),
        Constraint::Outlet(value) => format!("outlet:{}", bare_or_quoted(value, false)),
        Constraint::Role(value) => format!("role:{}", bare_or_quoted(value, false)),
        Constraint::Affiliation(value) => format!("affiliation:{}", bare_or_quoted(value, false)),
        Constraint::About(value) => format!("about:{}", bare_or_quoted(value, false)),
        Constraint::Author(value) => format!("author:{}", bare_or_quoted(value, false)),
        Constraint::Lang(value) => format!("lang:{value}"),
        Constraint::Id(value) => format!("id:{value}"),
        Constraint::Exists(field) => format!("{}:*", field.as_str()),
        Constraint::TitleWord(word) => format!("title:{}", pattern(&word.pattern, false)),
        Constraint::TitlePhrase(words) => format!("title:{}", phrase(words)),
        Constraint::Kind(kind) => format!("kind:{}", kind.as_str()),
        Constraint::Date(range) => format!("date:{}", dates(range)),
        Constraint::Published(range) => format!("published:{}", dates(range)),
    }
}

fn pattern(pattern: &Pattern, alone: bool) -> String {
    match pattern {
        Pattern::Stem(text) => bare_or_quoted(text, alone),
        Pattern::Exact(text) => format!("={text}"),
        Pattern::Wildcard(text) => text.clone(),
        Pattern::Fuzzy { word, edits } => format!("{word}~{edits}"),
        Pattern::Regex(text) => format!("/{text}/"),
    }
}

fn phrase(phrase: &Phrase) -> String {
    let run = |run: &Vec<Pattern>| run.iter().map(in_phrase).collect::<Vec<_>>().join(" ");
    let slots = phrase.slots.iter().map(|slot| match slot {
        Slot::Gap => "*".to_owned(),
        Slot::Words(alternatives) => match alternatives.as_slice() {
            [only] => run(only),
            several => format!("({})", several.iter().map(run).collect::<Vec<_>>().join("|")),
        },
    });
    let text = quoted(&slots.collect::<Vec<_>>().join(" "));
    if phrase.slop == 0 { text } else { format!("{text}~{}", phrase.slop) }
}

fn in_phrase(word: &Pattern) -> String {
    match word {
        Pattern::Stem(text) => text.clone(),
        other => pattern(other, false),
    }
}

fn dates(range: &DateRange) -> String {
    match (range.from, range.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (from, to) => {
            let text =
                |date: Option<_>| date.map(|date: crate::model::PartialDate| date.to_string()).unwrap_or_default();
            format!("{}..{}", text(from), text(to))
        }
    }
}

/// A word as it is, where it reads back as one; `alone` where it would be an operator otherwise.
fn bare_or_quoted(text: &str, alone: bool) -> String {
    let operator = alone && (matches!(text, "AND" | "OR" | "NOT" | "NEAR" | "XOR") || text.starts_with("NEAR/"));
    let letters: Vec<char> = text.chars().collect();
    if !operator && word::check(&letters, 0).is_ok() { text.to_owned() } else { quoted(text) }
}

/// `text` between the first pair of quote marks that it does not hold itself.
fn quoted(text: &str) -> String {
    let free = |open: char| !text.contains(closers(open).unwrap_or(&[]));
    match ['"', '“', '”', '«'].into_iter().find(|open| free(*open)) {
        Some('“') => format!("“{text}”"),
        Some('«') => format!("«{text}»"),
        Some(mark) => format!("{mark}{text}{mark}"),
        None => format!("\"{}\"", text.replace('"', " ")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse::group;
    use super::super::{FieldClause, Word, parse};
    use super::*;
    use crate::model::PassageKind;

    /// The tree without its places.
    fn placeless(node: Node) -> Node {
        let all = |nodes: Vec<Node>| nodes.into_iter().map(placeless).collect();
        match node {
            Node::Word(word) => Node::Word(Word { at: 0..0, ..word }),
            Node::Phrase(phrase) => Node::Phrase(Phrase { at: 0..0, ..phrase }),
            Node::Field(clause) => {
                let constraint = match clause.constraint {
                    Constraint::TitleWord(word) => Constraint::TitleWord(Word { at: 0..0, ..word }),
                    Constraint::TitlePhrase(phrase) => Constraint::TitlePhrase(Phrase { at: 0..0, ..phrase }),
                    other => other,
                };
                Node::Field(FieldClause { constraint, at: 0..0, value_at: 0..0 })
            }
            Node::Near(_) | Node::Within(_) | Node::Boost(_) => node,
            Node::And(nodes) => Node::And(all(nodes)),
            Node::Or(nodes) => Node::Or(all(nodes)),
            Node::Not(node) => Node::Not(Box::new(placeless(*node))),
            Node::Group(group) => Node::Group(Group {
                any: all(group.any),
                must: all(group.must),
                narrow: all(group.narrow),
                must_not: all(group.must_not),
            }),
        }
    }

    fn field(constraint: Constraint) -> Node {
        Node::Field(FieldClause { constraint, at: 0..0, value_at: 0..0 })
    }

    fn a_date() -> impl Strategy<Value = crate::model::PartialDate> {
        "20[0-9]{2}(-0[1-9](-[012][1-8])?)?".prop_map(|text| text.parse().unwrap())
    }

    fn a_range() -> impl Strategy<Value = DateRange> {
        prop_oneof![
            a_date().prop_map(|date| DateRange { from: Some(date), to: Some(date) }),
            a_date().prop_map(|date| DateRange { from: Some(date), to: None }),
            a_date().prop_map(|date| DateRange { from: None, to: Some(date) }),
        ]
    }

    fn a_leaf() -> impl Strategy<Value = Node> {
        let word = prop_oneof![
            "[a-zäöш]{1,6}",
            "[A-Z]{1,2}['’.-][a-z0-9]{1,4}",
            Just("and".to_owned()),
            Just("U.N.".to_owned())
        ];
        let phrase = "[a-zA-Z():*“«’-]{0,4} [a-z][a-zäö,.!?„»-]{0,5}";
        prop_oneof![
            4 => word.prop_map(|text| Node::Word(Word::stem(text, 0..0))),
            2 => phrase.prop_map(|text| Node::Phrase(Phrase::of(&text, 0..0))),
            1 => phrase.prop_map(|text| field(Constraint::Speaker(text))),
            1 => "[a-z]{1,5}(-[a-z]{1,3})?".prop_map(|text| field(Constraint::Topic(text))),
            1 => prop_oneof!["(AND|NOT|NEAR)", phrase].prop_map(|text| field(Constraint::TitlePhrase(Phrase::of(&text, 0..0)))),
            1 => (0..7usize).prop_map(|index| field(Constraint::Kind(PassageKind::ALL[index]))),
            1 => a_range().prop_map(|range| field(Constraint::Date(range))),
            1 => a_range().prop_map(|range| field(Constraint::Published(range))),
        ]
    }

    fn a_tree() -> impl Strategy<Value = Node> {
        a_leaf().prop_recursive(5, 40, 4, |inner| {
            let several = prop::collection::vec(inner.clone(), 2..5);
            prop_oneof![
                several.clone().prop_map(Node::And),
                several.clone().prop_map(Node::Or),
                several.prop_map(group),
                inner.prop_map(|node| Node::Not(Box::new(node))),
            ]
        })
    }

    /// What people and their keyboards produce: pieces of the language in any order.
    fn typed() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("AND "),
            Just(" OR "),
            Just("NOT "),
            Just("("),
            Just(")"),
            Just("-"),
            Just("\""),
            Just("“"),
            Just("”"),
            Just(" "),
            Just("a"),
            Just("Ö"),
            Just("e\u{301}"),
            Just("speaker:"),
            Just("date:"),
            Just("kind:quote"),
            Just(">="),
            Just("<"),
            Just(".."),
            Just("2025-06"),
            Just("9999"),
            Just("*"),
            Just("’"),
            Just("."),
            Just("\n"),
            Just("\u{200d}"),
        ];
        prop_oneof![prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat()), any::<String>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn a_printed_tree_is_read_back(tree in a_tree()) {
            let text = to_query_string(&tree);
            let read = parse(&text).map_err(|error| TestCaseError::fail(format!("{error}")))?;
            prop_assert_eq!(placeless(read.root), tree, "{}", text);
        }

        #[test]
        fn any_text_is_a_query_that_prints_back_or_an_error_within_it(text in typed()) {
            match parse(&text) {
                Ok(query) => {
                    let printed = to_query_string(&query.root);
                    let again = parse(&printed).map_err(|error| TestCaseError::fail(format!("{error}")))?;
                    prop_assert_eq!(placeless(again.root), placeless(query.root), "{}", printed);
                }
                Err(error) => {
                    prop_assert!(error.at.start <= error.at.end && error.at.end <= text.chars().count(), "{:?}", error);
                    prop_assert_eq!(error.to_string().lines().count(), 4, "{}", error);
                }
            }
        }
    }
}
