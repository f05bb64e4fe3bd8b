//! The grammar of the query language (`docs/query-language.md`), by recursive descent.
//!
//! From loose to tight: clauses side by side, OR, AND, NEAR and BEFORE, then NOT, `-`, `+` and weights. Depth, length
//! and number of clauses are bounded, so that neither parsing nor dropping a tree can exhaust the stack.

use jiff::civil::Date;

use super::check;
use super::error::{Fault, ParseError};
use super::lex::{Lexeme, Lexer, Token};
use super::limits::{self, MAX_CLAUSES, MAX_DEPTH};
use super::{Boost, Constraint, Group, Near, Node, Phrase, Place, Query, Slot, Unit, Within, plain};

/// How a text is to be read as a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// Whether clauses side by side must all match, where any may otherwise.
    pub all: bool,
    /// Whether the text is natural language: words alone, no operators ([`plain()`]).
    pub plain: bool,
    /// The day that `yesterday` and its like are counted from; without one they are errors.
    pub now: Option<Date>,
}

/// Reads a query that knows no today and of which any clause may match.
///
/// Nothing that is typed is left out or weakened: what the language does not have is an error.
pub fn parse(text: &str) -> Result<Query, ParseError> {
    parse_with(text, &Reading::default())
}

/// Reads a query as `reading` says.
pub fn parse_with(text: &str, reading: &Reading) -> Result<Query, ParseError> {
    let mut query = if reading.plain {
        plain(text)?
    } else {
        let root = root(text, reading.now).map_err(|fault| fault.in_query(text))?;
        Query { text: text.to_owned(), root }
    };
    if reading.all {
        require_all(&mut query.root);
    }
    Ok(query)
}

fn root(text: &str, now: Option<Date>) -> Result<Node, Fault> {
    limits::check_length(text)?;
    let mut lexer = Lexer::new(text, now);
    let ahead = lexer.next()?;
    if matches!(ahead.token, Token::End) {
        let help = "write a word, a \"phrase\" or a field such as `speaker:kaldan`";
        return Err(Fault::new(ahead.at, "the query is empty", help));
    }
    let mut parser = Parser { lexer, ahead, clauses: 0 };
    let parts = parser.side_by_side(0)?;
    if matches!(parser.ahead.token, Token::Close) {
        let help = "remove it, or write the `(` that it closes";
        return Err(Fault::new(parser.ahead.at, "this parenthesis closes nothing", help));
    }
    let root = group(parts);
    check::weights(&root)?;
    check::distances(&root)?;
    Ok(root)
}

/// A clause as it stands beside others.
pub(super) struct Part {
    pub(super) node: Node,
    /// Where its `+` stands.
    pub(super) required: Option<Place>,
}

impl Part {
    pub(super) fn plain(node: Node) -> Self {
        Self { node, required: None }
    }
}

struct Parser {
    lexer: Lexer,
    ahead: Lexeme,
    clauses: usize,
}

impl Parser {
    /// Takes the token ahead.
    fn take(&mut self) -> Result<Lexeme, Fault> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.ahead, next))
    }

    /// Clauses up to a closing parenthesis or the end.
    fn side_by_side(&mut self, depth: usize) -> Result<Vec<Part>, Fault> {
        let mut parts = Vec::new();
        while !matches!(self.ahead.token, Token::Close | Token::End) {
            parts.push(self.either(depth)?);
        }
        Ok(parts)
    }

    /// Alternatives joined by OR.
    fn either(&mut self, depth: usize) -> Result<Part, Fault> {
        let mut parts = vec![self.both(depth, None)?];
        while matches!(self.ahead.token, Token::Or) {
            let operator = self.take()?;
            parts.push(self.both(depth, Some(&operator))?);
        }
        joined(parts, "OR", Node::Or)
    }

    /// Clauses joined by AND; `after` is the operator before them.
    fn both(&mut self, depth: usize, after: Option<&Lexeme>) -> Result<Part, Fault> {
        let mut parts = vec![self.near(depth, after)?];
        while matches!(self.ahead.token, Token::And) {
            let operator = self.take()?;
            parts.push(self.near(depth, Some(&operator))?);
        }
        joined(parts, "AND", Node::And)
    }

    /// Clauses joined by NEAR and BEFORE, the left ones first; `after` is the operator before them.
    fn near(&mut self, depth: usize, after: Option<&Lexeme>) -> Result<Part, Fault> {
        let mut left = self.clause(depth, after)?;
        while let Token::Near { distance, ordered } = self.ahead.token {
            let operator = self.take()?;
            let right = self.clause(depth, Some(&operator))?;
            refuse_plus([&left, &right], "NEAR")?;
            let (one, other) = (Box::new(left.node), Box::new(right.node));
            left = Part::plain(Node::Near(Near { left: one, right: other, distance, ordered, at: operator.at }));
            check::near(&left.node)?;
        }
        Ok(left)
    }

    /// One clause with its signs and its weight; `after` is the operator before it.
    fn clause(&mut self, depth: usize, after: Option<&Lexeme>) -> Result<Part, Fault> {
        let misses =
            matches!(self.ahead.token, Token::Close | Token::End | Token::And | Token::Or | Token::Near { .. });
        if misses {
            return Err(after.map_or_else(|| nothing_before(&self.ahead), nothing_after));
        }
        if depth > MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} parentheses and negations within each other");
            return Err(Fault::new(self.ahead.at.clone(), message, "write the query flatter"));
        }
        let Lexeme { token, at } = self.take()?;
        let node = match token {
            Token::Minus | Token::Not => return self.excluded(depth + 1, &Lexeme { token, at }),
            Token::Plus => return self.required(depth + 1, &Lexeme { token, at }),
            Token::Open | Token::FieldOpen => self.parentheses(depth + 1, at)?.0,
            Token::Within(unit) => self.within(depth + 1, unit, at)?,
            Token::Word(word) => self.leaf(Node::Word(word), at)?,
            Token::Phrase(phrase) => self.leaf(Node::Phrase(phrase), at)?,
            Token::Field(clause) => self.leaf(Node::Field(clause), at)?,
            token => return Err(nothing_before(&Lexeme { token, at })),
        };
        self.weighed(node).map(Part::plain)
    }

    /// What follows the `-` or `NOT` of `sign`.
    fn excluded(&mut self, depth: usize, sign: &Lexeme) -> Result<Part, Fault> {
        let part = self.clause(depth, Some(sign))?;
        if let Some(plus) = part.required {
            return Err(contradiction(plus));
        }
        check::excluded(&part.node)?;
        Ok(Part::plain(Node::Not(Box::new(part.node))))
    }

    /// What follows the `+` of `sign`.
    fn required(&mut self, depth: usize, sign: &Lexeme) -> Result<Part, Fault> {
        let part = self.clause(depth, Some(sign))?;
        if matches!(part.node, Node::Not(_)) || part.required.is_some() {
            return Err(contradiction(sign.at.clone()));
        }
        Ok(Part { node: part.node, required: Some(sign.at.clone()) })
    }

    /// `node` with the weight behind it, if there is one.
    fn weighed(&mut self, node: Node) -> Result<Node, Fault> {
        let Token::Weight(factor) = self.ahead.token else { return Ok(node) };
        let at = self.take()?.at;
        if let Token::Weight(_) = self.ahead.token {
            return Err(Fault::new(self.ahead.at.clone(), "a second weight on one clause", "write one number"));
        }
        check::weighable(&node, &at)?;
        Ok(Node::Boost(Boost { clause: Box::new(node), factor, at }))
    }

    /// What follows the parenthesis at `open`, and where it is closed.
    fn parentheses(&mut self, depth: usize, open: Place) -> Result<(Node, usize), Fault> {
        let parts = self.side_by_side(depth)?;
        if !matches!(self.ahead.token, Token::Close) {
            return Err(Fault::new(
                open,
                "this parenthesis is never closed",
                "write the `)` that closes it, or remove it",
            ));
        }
        let close = self.take()?;
        if parts.is_empty() {
            let at = open.start..close.at.end;
            return Err(Fault::new(at, "empty parentheses", "write the clauses between them, or remove them"));
        }
        Ok((group(parts), close.at.end))
    }

    /// The parentheses of a `WITHIN`; side by side in them, all must match.
    fn within(&mut self, depth: usize, unit: Unit, at: Place) -> Result<Node, Fault> {
        let open = self.take()?;
        let (mut clause, end) = self.parentheses(depth, open.at)?;
        check::within(&clause)?;
        require_all(&mut clause);
        Ok(Node::Within(Within { unit, clause: Box::new(clause), at: at.start..end }))
    }

    fn leaf(&mut self, node: Node, at: Place) -> Result<Node, Fault> {
        self.clauses += size(&node);
        if self.clauses <= MAX_CLAUSES {
            return Ok(node);
        }
        Err(Fault::new(at, format!("more than {MAX_CLAUSES} clauses"), "split the query into several"))
    }
}

/// How many words a leaf stands for; a field is one.
fn size(leaf: &Node) -> usize {
    let words = |phrase: &Phrase| {
        let slot = |slot: &Slot| match slot {
            Slot::Gap => 1,
            Slot::Words(runs) => runs.iter().map(Vec::len).sum(),
        };
        phrase.slots.iter().map(slot).sum()
    };
    match leaf {
        Node::Phrase(phrase) => words(phrase),
        Node::Field(clause) => match &clause.constraint {
            Constraint::TitlePhrase(phrase) => words(phrase),
            _ => 1,
        },
        _ => 1,
    }
}

/// Several parts under one operator, where `+` says nothing; a single one is itself.
fn joined(mut parts: Vec<Part>, operator: &str, many: impl FnOnce(Vec<Node>) -> Node) -> Result<Part, Fault> {
    match parts.pop() {
        Some(only) if parts.is_empty() => return Ok(only),
        last => parts.extend(last),
    }
    refuse_plus(&parts, operator)?;
    Ok(Part::plain(many(parts.into_iter().map(|part| part.node).collect())))
}

/// Refuses a `+` on what an operator joins.
fn refuse_plus<'p>(parts: impl IntoIterator<Item = &'p Part>, operator: &str) -> Result<(), Fault> {
    let Some(plus) = parts.into_iter().find_map(|part| part.required.clone()) else { return Ok(()) };
    let help = match operator {
        "AND" => "AND requires both sides already: leave it out",
        "OR" => "put parentheses around what is required: `+(road OR rail)`; or choose AND",
        _ => "put parentheses around what is required: `+(road NEAR/5 rail)`",
    };
    Err(Fault::new(plus, format!("`+` (required) beside {operator}"), help))
}

/// Clauses side by side, each in its part of the group; a single one is itself.
pub(super) fn group(mut parts: Vec<Part>) -> Node {
    match parts.pop() {
        Some(only) if parts.is_empty() => return only.node,
        last => parts.extend(last),
    }
    let mut group = Group::default();
    for Part { node, required } in parts {
        match node {
            Node::Not(excluded) => group.must_not.push(*excluded),
            node if narrows(&node) => group.narrow.push(node),
            node if required.is_some() => group.must.push(node),
            node => group.any.push(node),
        }
    }
    Node::Group(group)
}

/// Makes all that stands side by side required. Inside NEAR it stays: there it names the words of one side.
fn require_all(node: &mut Node) {
    match node {
        Node::Near(_) => return,
        Node::Group(group) => {
            let mut all = std::mem::take(&mut group.any);
            all.append(&mut group.must);
            group.must = all;
        }
        _ => {}
    }
    node.children_mut().into_iter().for_each(require_all);
}

/// Whether a clause holds no word to look for: fields and exclusions alone.
pub(super) fn narrows(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Within(_) => false,
        Node::Field(_) | Node::Not(_) => true,
        Node::Boost(boost) => narrows(&boost.clause),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(narrows),
        Node::Group(group) => group.any.iter().chain(&group.must).all(narrows),
    }
}

fn contradiction(plus: Place) -> Fault {
    let help = "write `+` for what must match, `-` for what must not, one of them once";
    Fault::new(plus, "`+` (required) beside another sign", help)
}

fn nothing_after(operator: &Lexeme) -> Fault {
    dangling(operator, "after")
}

fn nothing_before(operator: &Lexeme) -> Fault {
    dangling(operator, "before")
}

fn dangling(operator: &Lexeme, side: &str) -> Fault {
    let at = operator.at.clone();
    let (name, word) = match operator.token {
        Token::Near { ordered: false, .. } => ("NEAR", "near"),
        Token::Near { ordered: true, .. } => ("BEFORE", "before"),
        Token::Plus => {
            let help = "write what must match right after it: `+railway`; operators cannot be required";
            return Fault::new(at, "`+` has nothing to require", help);
        }
        Token::And => ("AND", "and"),
        Token::Or => ("OR", "or"),
        Token::Not => ("NOT", "not"),
        _ => {
            let help = "write what it excludes right after it: `-tunnel`; operators cannot be excluded";
            return Fault::new(at, "`-` has nothing to exclude", help);
        }
    };
    let help = format!("write a clause {side} it; to search for the word, write it in lower case: `{word}`");
    Fault::new(at, format!("`{name}` has nothing {side} it"), help)
}

#[cfg(test)]
mod tests {
    use super::super::{Constraint, MAX_LEN, Word, to_query_string};
    use super::*;

    /// The tree, in brackets: `any` plain, `must` after `!`, `narrow` after `+`, `must_not` after `-`.
    fn tree(query: &str) -> String {
        bracketed(&parse(query).unwrap_or_else(|error| panic!("{error}")).root)
    }

    fn bracketed(node: &Node) -> String {
        let all = |nodes: &[Node], sign: &str| -> Vec<String> {
            nodes.iter().map(|node| format!("{sign}{}", bracketed(node))).collect()
        };
        match node {
            Node::Word(_) | Node::Field(_) => to_query_string(node),
            Node::Near(near) => {
                let sign = if near.ordered { "before" } else { "near" };
                format!("{sign}{}[{} {}]", near.distance, bracketed(&near.left), bracketed(&near.right))
            }
            Node::Within(within) => format!("{:?}[{}]", within.unit, bracketed(&within.clause)),
            Node::Boost(boost) => format!("{}^{}", bracketed(&boost.clause), boost.factor),
            Node::Phrase(_) => to_query_string(node).replace('"', "'"),
            Node::Not(node) => format!("not[{}]", bracketed(node)),
            Node::And(nodes) => format!("and[{}]", all(nodes, "").join(" ")),
            Node::Or(nodes) => format!("or[{}]", all(nodes, "").join(" ")),
            Node::Group(group) => {
                let required = [all(&group.must, "!"), all(&group.narrow, "+")].concat();
                let parts = [all(&group.any, ""), required, all(&group.must_not, "-")].concat();
                format!("[{}]", parts.join(" "))
            }
        }
    }

    #[test]
    fn operators_bind_not_then_and_then_or_then_side_by_side() {
        assert_eq!(tree("a b AND c"), "[a and[b c]]");
        assert_eq!(tree("a OR b AND NOT c d"), "[or[a and[b not[c]]] d]");
        assert_eq!(tree("(a OR b) AND (c d)"), "and[or[a b] [c d]]");
        assert_eq!(tree("(a)AND(b)"), "and[a b]");
        assert_eq!(tree("a AND b AND c"), "and[a b c]");
    }

    #[test]
    fn operators_are_capitals_and_anything_else_is_a_word() {
        assert_eq!(tree("bread and Butter Or not"), "[bread and Butter Or not]");
        assert_eq!(tree("\"water AND energy\""), "'water AND energy'");
    }

    #[test]
    fn a_single_clause_is_itself_whatever_its_parentheses() {
        assert_eq!(tree("((railway))"), "railway");
        assert_eq!(tree("-railway"), "not[railway]");
        assert_eq!(tree("kind:quote"), "kind:quote");
        assert_eq!(tree("NOT -a"), "not[not[a]]");
    }

    #[test]
    fn beside_words_fields_narrow_and_exclusions_exclude() {
        assert_eq!(
            tree("railway speaker:kaldan -tunnel NOT kind:caption"),
            "[railway +speaker:kaldan -tunnel -kind:caption]"
        );
        assert_eq!(tree("(speaker:vael OR speaker:kaldan) railway"), "[railway +or[speaker:vael speaker:kaldan]]");
        assert_eq!(tree("speaker:vael OR speaker:kaldan railway"), "[railway +or[speaker:vael speaker:kaldan]]");
        assert_eq!(tree("(speaker:vael -tunnel) railway"), "[railway +[+speaker:vael -tunnel]]");
        assert_eq!(tree("(speaker:vael OR tunnel) railway"), "[or[speaker:vael tunnel] railway]");
        assert_eq!(tree("-a -b"), "[-a -b]");
    }

    #[test]
    fn plus_requires_and_leaves_the_others_optional() {
        assert_eq!(tree("+a b -c"), "[b !a -c]");
        assert_eq!(tree("+(a OR b) c +\"d e\""), "[c !or[a b] !'d e']");
        assert_eq!(tree("+speaker:kaldan a"), "[a +speaker:kaldan]");
        assert_eq!(tree("+a"), "a");
    }

    #[test]
    fn all_requires_what_stands_side_by_side_at_every_level_but_within_near() {
        let all = |query: &str| {
            let reading = Reading { all: true, ..Reading::default() };
            bracketed(&parse_with(query, &reading).unwrap_or_else(|error| panic!("{error}")).root)
        };

        assert_eq!(all("a b OR (c +d) -e kind:quote"), "[!a !or[b [!c !d]] +kind:quote -e]");
        assert_eq!(all("(a b) NEAR/5 c d"), "[!near5[[a b] c] !d]");
        assert_eq!(all("a"), "a");
        let plain = Reading { all: true, plain: true, now: None };
        assert_eq!(bracketed(&parse_with("a -b", &plain).unwrap().root), "[!a !b]");
    }

    #[test]
    fn near_binds_tighter_than_and_and_reads_from_the_left() {
        assert_eq!(tree("a AND b NEAR/5 c"), "and[a near5[b c]]");
        assert_eq!(tree("a NEAR/5 b BEFORE/2 c d"), "[before2[near5[a b] c] d]");
        assert_eq!(tree("a NEAR/5 (b NEAR/2 c)"), "near5[a near2[b c]]");
        assert_eq!(tree("(a b) NEAR/1 (c OR \"d e\")"), "near1[[a b] or[c 'd e']]");
        assert_eq!(tree("-(a NEAR/5 b) NOT c"), "[-near5[a b] -c]");
        let chain = |links: usize| format!("a{}", " NEAR/5 a".repeat(links));
        assert!(parse(&chain(MAX_DEPTH)).is_ok());
        assert!(parse(&chain(MAX_DEPTH + 1)).unwrap_err().message.contains("NEAR"));
    }

    #[test]
    fn within_requires_what_stands_side_by_side() {
        assert_eq!(tree("WITHIN SENTENCE (a b -c) d"), "[Sentence[[!a !b -c]] d]");
        assert_eq!(tree("NOT WITHIN PARAGRAPH(a AND b)"), "not[Paragraph[and[a b]]]");
        assert_eq!(tree("WITHIN SENTENCE (a OR (b c))^2"), "Sentence[or[a [!b !c]]]^2");
    }

    #[test]
    fn weights_stand_behind_words_phrases_and_parentheses() {
        assert_eq!(tree("a^2 \"b c\"~5^0.5 (d e)^3"), "[a^2 'b c'~5^0.5 [d e]^3]");
        assert_eq!(tree("+a^2 b"), "[b !a^2]");
        assert_eq!(tree("(a NEAR/5 b)^2 OR c"), "or[near5[a b]^2 c]");
        assert_eq!(tree("(a kind:quote)^2"), "[a +kind:quote]^2");
    }

    #[test]
    fn a_field_before_parentheses_stands_before_each_value() {
        assert_eq!(tree("title:(summit OR forum)"), "or[title:summit title:forum]");
        assert_eq!(
            tree("a title:(rail* -\"b c\"~2 (=D AND /e.+/)) f"),
            "[a f +[+title:rail* +and[title:=D title:/e.+/] -title:\"b c\"~2]]"
        );
        assert_eq!(tree("speaker:(\"Lin Meixia\" OR vael)"), "or[speaker:\"Lin Meixia\" speaker:vael]");
        assert_eq!(tree("published:(2025 OR >=2026-02)"), "or[published:2025 published:2026-02..]");
        assert_eq!(tree("NOT kind:(quote OR answer)"), "not[or[kind:quote kind:answer]]");
        assert_eq!(tree("speaker:(a) b"), "[b +speaker:a]");
    }

    #[test]
    fn quote_marks_of_several_habits_make_phrases() {
        for query in [
            "\"lasting peace\"",
            "“lasting peace”",
            "„lasting peace“",
            "«lasting peace»",
            "»lasting peace«",
            "”lasting peace”",
        ] {
            assert_eq!(tree(query), "'lasting peace'", "{query}");
        }
        assert_eq!(tree("outlet:“Corridor Wire”"), "outlet:\"Corridor Wire\"");
        assert_eq!(tree("title:\"kind:quote (first) AND\""), "title:\"kind:quote first AND\"");
    }

    #[test]
    fn places_count_code_points() {
        let query = parse("Ömer published:>2025-06 „Kesh“").unwrap();

        let Node::Group(group) = query.root else { panic!("{query:?}") };
        assert_eq!(group.any[0], Node::Word(Word::stem("Ömer", 0..4)));
        assert_eq!(group.any[1], Node::Phrase(Phrase::of("Kesh", 24..30)));
        let Node::Field(field) = &group.narrow[0] else { panic!("{group:?}") };
        assert_eq!((field.at.clone(), field.value_at.clone()), (5..23, 15..23));
        assert!(matches!(field.constraint, Constraint::Published(range) if range.to.is_none()));
    }

    #[test]
    fn limits_hold_at_once_and_not_before() {
        let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));

        assert!(parse(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(parse(&nested(MAX_DEPTH + 1)).unwrap_err().at, MAX_DEPTH + 1..MAX_DEPTH + 2);
        assert!(parse(&"NOT ".repeat(2_000)).unwrap_err().message.contains("negations"));
        assert!(parse(&"(".repeat(10_000)).unwrap_err().message.contains("parentheses"));
        assert!(parse(&"a ".repeat(MAX_CLAUSES)).is_ok());
        assert!(parse(&"a ".repeat(MAX_CLAUSES + 1)).unwrap_err().message.contains("clauses"));
        assert!(parse(&"ö".repeat(MAX_LEN)).is_ok());
        assert!(parse(&"a".repeat(1 << 20)).unwrap_err().message.contains("longer"));
    }
}
