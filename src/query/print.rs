//! Writes a syntax tree as a query again, in one canonical form.
//!
//! What [`parse`](super::parse()) gives is read back as the same tree, places apart.

use super::lex::closers;
use super::{Constraint, DateRange, Group, Node, Pattern, Phrase, Slot, Unit, operator, word};

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
/// Texts that cannot be typed (a name with quote marks of every kind) are written without their marks.
pub fn to_query_string(node: &Node) -> String {
    Printer { required: "+" }.print(node, Binding::SideBySide)
}

struct Printer {
    /// The sign of what must match: nothing where all must in any case.
    required: &'static str,
}

impl Printer {
    /// `node` where nothing looser than `least` may stand bare.
    fn print(&self, node: &Node, least: Binding) -> String {
        let (binding, text) = match node {
            Node::Word(word) => (Binding::Not, pattern(&word.pattern, true)),
            Node::Phrase(words) => (Binding::Not, phrase(words)),
            Node::Near(near) => {
                let operator = if near.ordered { "BEFORE" } else { "NEAR" };
                let (left, right) = (self.print(&near.left, Binding::Near), self.print(&near.right, Binding::Not));
                (Binding::Near, format!("{left} {operator}/{} {right}", near.distance))
            }
            Node::Within(within) => {
                let unit = match within.unit {
                    Unit::Sentence => "SENTENCE",
                    Unit::Paragraph => "PARAGRAPH",
                };
                let inside = Self { required: "" }.print(&within.clause, Binding::SideBySide);
                (Binding::Not, format!("WITHIN {unit} ({inside})"))
            }
            Node::Boost(boost) => {
                let clause = self.print(&boost.clause, Binding::Not);
                let clause = if matches!(*boost.clause, Node::Boost(_)) { format!("({clause})") } else { clause };
                (Binding::Not, format!("{clause}^{}", boost.factor))
            }
            Node::Field(clause) => (Binding::Not, field(&clause.constraint)),
            Node::Not(node) => (Binding::Not, format!("NOT {}", self.print(node, Binding::Not))),
            Node::And(nodes) => (Binding::And, self.join(nodes, Binding::Near, " AND ")),
            Node::Or(nodes) => (Binding::Or, self.join(nodes, Binding::And, " OR ")),
            Node::Group(group) => (Binding::SideBySide, self.side_by_side(group)),
        };
        if binding < least { format!("({text})") } else { text }
    }

    fn join(&self, nodes: &[Node], least: Binding, operator: &str) -> String {
        let parts: Vec<String> = nodes.iter().map(|node| self.print(node, least)).collect();
        parts.join(operator)
    }

    fn side_by_side(&self, group: &Group) -> String {
        let positive = group.any.iter().chain(&group.narrow).map(|node| self.print(node, Binding::Or));
        let required = group.must.iter().map(|node| match self.required {
            "" => self.print(node, Binding::Or),
            sign => format!("{sign}{}", self.print(node, Binding::Not)),
        });
        let negative = group.must_not.iter().map(|node| match node {
            // `-NOT x` would read badly.
            Node::Not(_) => format!("NOT {}", self.print(node, Binding::Not)),
            node => format!("-{}", self.print(node, Binding::Not)),
        });
        positive.chain(required).chain(negative).collect::<Vec<_>>().join(" ")
    }
}

fn field(constraint: &Constraint) -> String {
    let value = match constraint {
        Constraint::Speaker(value)
        | Constraint::Role(value)
        | Constraint::Affiliation(value)
        | Constraint::About(value)
        | Constraint::Topic(value)
        | Constraint::Outlet(value)
        | Constraint::Author(value)
        | Constraint::Id(value) => bare_or_quoted(value, false),
        Constraint::SpeakerId(id) => format!("={id}"),
        Constraint::TitleWord(word) => pattern(&word.pattern, false),
        Constraint::TitlePhrase(words) => phrase(words),
        Constraint::Kind(kind) => kind.as_str().to_owned(),
        Constraint::Lang(code) => code.clone(),
        Constraint::Date(range) | Constraint::Published(range) => dates(range),
        Constraint::Exists(_) => "*".to_owned(),
    };
    format!("{}:{value}", constraint.field().as_str())
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
    let operator = alone && operator::is_reserved(text);
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

    use super::super::parse::{Part, group, narrows};
    use super::super::{Boost, FieldClause, FieldName, Near, Within, Word, check, parse};
    use super::*;
    use crate::model::PassageKind;

    /// The tree without its places.
    fn placeless(mut node: Node) -> Node {
        match &mut node {
            Node::Word(word) => word.at = 0..0,
            Node::Phrase(phrase) => phrase.at = 0..0,
            Node::Near(near) => near.at = 0..0,
            Node::Within(within) => within.at = 0..0,
            Node::Boost(boost) => boost.at = 0..0,
            Node::Field(clause) => {
                (clause.at, clause.value_at) = (0..0, 0..0);
                match &mut clause.constraint {
                    Constraint::TitleWord(word) => word.at = 0..0,
                    Constraint::TitlePhrase(phrase) => phrase.at = 0..0,
                    _ => {}
                }
            }
            _ => {}
        }
        for child in node.children_mut() {
            *child = placeless(std::mem::replace(child, Node::Or(Vec::new())));
        }
        node
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

    /// A word of the text or of a title.
    fn a_pattern() -> impl Strategy<Value = Pattern> {
        prop_oneof![
            4 => prop_oneof!["[a-zäöш]{1,6}", "[A-Z]{1,2}['’.][a-z]{1,4}", Just("and".to_owned())].prop_map(Pattern::Stem),
            1 => "[A-Za-z]{2,5}".prop_map(Pattern::Exact),
            1 => "[a-z]{1,3}[*?][a-z]{1,3}|[*?][a-z]{2}|[a-zö]{2}\\*".prop_map(Pattern::Wildcard),
            1 => ("[a-zö]{4,6}", 1..3u8).prop_map(|(word, edits)| Pattern::Fuzzy { word, edits }),
            1 => prop_oneof![Just("rail(way)?"), Just("[bc]ar.+"), Just("a\\/b|c\"d")]
                .prop_map(|text| Pattern::Regex(text.to_owned())),
        ]
    }

    /// A quote mark in a regular expression ends a phrase, so that there is none.
    fn a_phrase() -> impl Strategy<Value = Phrase> {
        let quiet = |pattern: &Pattern| !matches!(pattern, Pattern::Regex(text) if text.contains('"'));
        let word = a_pattern().prop_filter("no quote mark", quiet).boxed();
        let runs = prop::collection::vec(prop::collection::vec(word.clone(), 1..3), 2..4);
        let slot = prop_oneof![
            4 => word.prop_map(|word| Slot::Words(vec![vec![word]])),
            1 => runs.prop_map(Slot::Words),
            1 => Just(Slot::Gap),
        ];
        (prop::collection::vec(slot, 1..5), prop_oneof![3 => Just(0u32), 1 => 1..100u32]).prop_map(
            |(mut slots, slop)| {
                let word = || Slot::Words(vec![vec![Pattern::Stem("end".to_owned())]]);
                if slots.first() == Some(&Slot::Gap) {
                    slots.insert(0, word());
                }
                if slots.last() == Some(&Slot::Gap) || slop > 0 {
                    slots.push(word());
                }
                Phrase { slots, slop, at: 0..0 }
            },
        )
    }

    fn a_field() -> impl Strategy<Value = Node> {
        let name = "[a-zA-Z():“«’,-]{0,4} [a-z][a-zäö,.!„»-]{0,5}";
        let names = [
            Constraint::Speaker,
            Constraint::Role,
            Constraint::Affiliation,
            Constraint::About,
            Constraint::Topic,
            Constraint::Outlet,
            Constraint::Author,
            Constraint::Id,
        ];
        let constraint = prop_oneof![
            4 => (name, prop::sample::select(names.to_vec())).prop_map(|(name, constraint)| constraint(name)),
            1 => "[a-z]{1,5}(-[a-z]{1,3})?".prop_map(Constraint::Topic),
            1 => prop_oneof![Just("AND".to_owned()), Just("NEAR".to_owned())].prop_map(Constraint::Speaker),
            1 => "[a-zö]{1,5}(-[a-z0-9]{1,3})?".prop_map(Constraint::SpeakerId),
            1 => "[a-z]{2,3}".prop_map(Constraint::Lang),
            2 => a_phrase().prop_map(Constraint::TitlePhrase),
            2 => a_pattern().prop_map(|pattern| Constraint::TitleWord(Word { pattern, at: 0..0 })),
            1 => (0..7usize).prop_map(|index| Constraint::Kind(PassageKind::ALL[index])),
            1 => a_range().prop_map(Constraint::Date),
            1 => a_range().prop_map(Constraint::Published),
            1 => prop::sample::select(FieldName::ALL.to_vec()).prop_map(Constraint::Exists),
        ];
        constraint.prop_map(field)
    }

    /// What stands in a text: words and phrases, near each other or not.
    fn a_match() -> impl Strategy<Value = Node> {
        let leaf = prop_oneof![
            3 => a_pattern().prop_map(|pattern| Node::Word(Word { pattern, at: 0..0 })),
            2 => a_phrase().prop_map(Node::Phrase),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            let several = prop::collection::vec(inner.clone(), 2..4);
            let near = (inner.clone(), inner, 1..100u32, any::<bool>());
            prop_oneof![
                2 => near.prop_map(|(left, right, distance, ordered)| {
                    Node::Near(Near { left: left.into(), right: right.into(), distance, ordered, at: 0..0 })
                }),
                1 => several.clone().prop_map(Node::Or),
                1 => several.prop_map(|nodes| group(nodes.into_iter().map(Part::plain).collect())),
            ]
        })
    }

    /// What stands within a sentence: side by side, all are required.
    fn a_within() -> impl Strategy<Value = Node> {
        let clause = a_match().prop_filter("side by side", |node| !matches!(node, Node::Group(_) | Node::Or(_)));
        let several = prop::collection::vec(clause, 2..4);
        let joined = several.prop_flat_map(|nodes| {
            let required = Group { must: nodes.clone(), ..Group::default() };
            prop_oneof![Just(Node::And(nodes.clone())), Just(Node::Or(nodes)), Just(Node::Group(required))]
        });
        (joined, any::<bool>()).prop_map(|(clause, sentence)| {
            let unit = if sentence { Unit::Sentence } else { Unit::Paragraph };
            Node::Within(Within { unit, clause: clause.into(), at: 0..0 })
        })
    }

    fn a_tree() -> impl Strategy<Value = Node> {
        let leaf = prop_oneof![3 => a_match(), 2 => a_field(), 1 => a_within()];
        leaf.prop_recursive(5, 40, 4, |inner| {
            let several = prop::collection::vec(inner.clone(), 2..5);
            let signed = prop::collection::vec((inner.clone(), any::<bool>()), 2..5);
            let part = |(node, plus): (Node, bool)| {
                let required = (plus && !matches!(node, Node::Not(_))).then_some(0..0);
                Part { node, required }
            };
            prop_oneof![
                1 => several.clone().prop_map(Node::And),
                1 => several.prop_map(Node::Or),
                2 => signed.prop_map(move |parts| group(parts.into_iter().map(part).collect())),
                1 => inner.clone().prop_map(|node| Node::Not(Box::new(without_weights(node)))),
                1 => (inner, 1..4000u16).prop_map(|(node, quarters)| weighed(node, f32::from(quarters) / 4.0)),
            ]
        })
    }

    /// What is excluded has no weight.
    fn without_weights(node: Node) -> Node {
        let mut node = match node {
            Node::Boost(boost) => without_weights(*boost.clause),
            node => node,
        };
        for child in node.children_mut() {
            *child = without_weights(std::mem::replace(child, Node::Or(Vec::new())));
        }
        node
    }

    /// `node` with a weight, if it may have one that multiplies to no more than is allowed.
    fn weighed(node: Node, factor: f32) -> Node {
        let weighed = Node::Boost(Boost { clause: Box::new(node.clone()), factor, at: 0..0 });
        if narrows(&node) || check::weights(&weighed).is_err() { node } else { weighed }
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
            Just("NEAR/2 "),
            Just("WITHIN SENTENCE ("),
            Just("title:"),
            Just("title:("),
            Just("+"),
            Just("^2"),
            Just("~1"),
            Just("rail"),
            Just("?"),
            Just("="),
            Just("/"),
            Just("|"),
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
