//! The grammar of the query language (`docs/query-language.md`), by recursive descent.
//!
//! From loose to tight: clauses side by side, OR, AND, NOT and `-`. Depth, length and number of clauses
//! are bounded, so that neither parsing nor dropping a tree can exhaust the stack.

use super::error::{Fault, ParseError};
use super::lex::{Lexeme, Lexer, Token};
use super::limits::{self, MAX_CLAUSES, MAX_DEPTH};
use super::{Group, Node, Phrase, Place, Query, Word};

/// Reads a query.
///
/// Nothing that is typed is left out or weakened: what the language does not have is an error.
pub fn parse(text: &str) -> Result<Query, ParseError> {
    match root(text) {
        Ok(root) => Ok(Query { text: text.to_owned(), root }),
        Err(fault) => Err(fault.in_query(text)),
    }
}

fn root(text: &str) -> Result<Node, Fault> {
    limits::check_length(text)?;
    let mut lexer = Lexer::new(text);
    let ahead = lexer.next()?;
    if matches!(ahead.token, Token::End) {
        let help = "write a word, a \"phrase\" or a field such as `speaker:kaldan`";
        return Err(Fault::new(ahead.at, "the query is empty", help));
    }
    let mut parser = Parser { lexer, ahead, clauses: 0 };
    let clauses = parser.side_by_side(0)?;
    if matches!(parser.ahead.token, Token::Close) {
        let help = "remove it, or write the `(` that it closes";
        return Err(Fault::new(parser.ahead.at, "this parenthesis closes nothing", help));
    }
    Ok(group(clauses))
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
    fn side_by_side(&mut self, depth: usize) -> Result<Vec<Node>, Fault> {
        let mut clauses = Vec::new();
        while !matches!(self.ahead.token, Token::Close | Token::End) {
            clauses.push(self.either(depth)?);
        }
        Ok(clauses)
    }

    /// Alternatives joined by OR.
    fn either(&mut self, depth: usize) -> Result<Node, Fault> {
        let first = self.both(depth, None)?;
        let mut nodes = vec![first];
        while matches!(self.ahead.token, Token::Or) {
            let operator = self.take()?;
            nodes.push(self.both(depth, Some(&operator))?);
        }
        Ok(one_or(nodes, Node::Or))
    }

    /// Clauses joined by AND; `after` is the operator before them.
    fn both(&mut self, depth: usize, after: Option<&Lexeme>) -> Result<Node, Fault> {
        let first = self.clause(depth, after)?;
        let mut nodes = vec![first];
        while matches!(self.ahead.token, Token::And) {
            let operator = self.take()?;
            nodes.push(self.clause(depth, Some(&operator))?);
        }
        Ok(one_or(nodes, Node::And))
    }

    /// One clause with its negations; `after` is the operator before it.
    fn clause(&mut self, depth: usize, after: Option<&Lexeme>) -> Result<Node, Fault> {
        if matches!(self.ahead.token, Token::Close | Token::End | Token::And | Token::Or) {
            return Err(after.map_or_else(|| nothing_before(&self.ahead), nothing_after));
        }
        if depth > MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} parentheses and negations within each other");
            return Err(Fault::new(self.ahead.at.clone(), message, "write the query flatter"));
        }
        let Lexeme { token, at } = self.take()?;
        match token {
            Token::Minus | Token::Not => {
                let negation = Lexeme { token, at };
                Ok(Node::Not(Box::new(self.clause(depth + 1, Some(&negation))?)))
            }
            Token::Open => self.parenthesised(depth + 1, at),
            Token::Word(text) => self.leaf(at.clone(), Node::Word(Word::stem(text, at))),
            Token::Phrase(text) => self.leaf(at.clone(), Node::Phrase(Phrase::of(&text, at))),
            Token::Field(clause) => self.leaf(at, Node::Field(clause)),
            Token::Close | Token::End | Token::And | Token::Or => Err(nothing_before(&Lexeme { token, at })),
        }
    }

    /// What follows the parenthesis at `open`.
    fn parenthesised(&mut self, depth: usize, open: Place) -> Result<Node, Fault> {
        let clauses = self.side_by_side(depth)?;
        if !matches!(self.ahead.token, Token::Close) {
            return Err(Fault::new(
                open,
                "this parenthesis is never closed",
                "write the `)` that closes it, or remove it",
            ));
        }
        let close = self.take()?;
        if clauses.is_empty() {
            let at = open.start..close.at.end;
            return Err(Fault::new(at, "empty parentheses", "write the clauses between them, or remove them"));
        }
        Ok(group(clauses))
    }

    fn leaf(&mut self, at: Place, node: Node) -> Result<Node, Fault> {
        self.clauses += 1;
        if self.clauses <= MAX_CLAUSES {
            return Ok(node);
        }
        Err(Fault::new(at, format!("more than {MAX_CLAUSES} clauses"), "split the query into several"))
    }
}

/// Clauses side by side, each in its part of the group; a single one is itself.
pub(super) fn group(clauses: Vec<Node>) -> Node {
    one_or(clauses, |clauses| {
        let mut group = Group::default();
        for clause in clauses {
            match clause {
                Node::Not(excluded) => group.must_not.push(*excluded),
                clause if narrows(&clause) => group.narrow.push(clause),
                clause => group.any.push(clause),
            }
        }
        Node::Group(group)
    })
}

fn one_or(mut nodes: Vec<Node>, many: impl FnOnce(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        Some(last) => {
            nodes.push(last);
            many(nodes)
        }
        // An empty group, which no caller asks for: everything.
        None => many(nodes),
    }
}

/// Whether a clause holds no word to look for: fields and exclusions alone.
fn narrows(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Within(_) => false,
        Node::Field(_) | Node::Not(_) => true,
        Node::Boost(boost) => narrows(&boost.clause),
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(narrows),
        Node::Group(group) => group.any.iter().chain(&group.must).all(narrows),
    }
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
    use super::super::{Constraint, MAX_LEN, to_query_string};
    use super::*;

    /// The tree, in brackets: `any` plain, `must` after `+`, `must_not` after `-`.
    fn tree(query: &str) -> String {
        bracketed(&parse(query).unwrap_or_else(|error| panic!("{error}")).root)
    }

    fn bracketed(node: &Node) -> String {
        let all = |nodes: &[Node], sign: &str| -> Vec<String> {
            nodes.iter().map(|node| format!("{sign}{}", bracketed(node))).collect()
        };
        match node {
            Node::Word(_) | Node::Field(_) | Node::Near(_) | Node::Within(_) | Node::Boost(_) => to_query_string(node),
            Node::Phrase(_) => to_query_string(node).replace('"', "'"),
            Node::Not(node) => format!("not[{}]", bracketed(node)),
            Node::And(nodes) => format!("and[{}]", all(nodes, "").join(" ")),
            Node::Or(nodes) => format!("or[{}]", all(nodes, "").join(" ")),
            Node::Group(group) => {
                let parts = [all(&group.any, ""), all(&group.narrow, "+"), all(&group.must_not, "-")].concat();
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
        assert_eq!(tree("title:\"kind:quote (first) *\""), "title:\"kind:quote (first) *\"");
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
