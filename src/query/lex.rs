//! Cuts a query into tokens, on demand, so that the leftmost fault is the one reported.
//!
//! Places are code points: the query is held as its characters, of which there are at most
//! [`MAX_LEN`](super::MAX_LEN).

use super::error::Fault;
use super::field::{Field, Value};
use super::{FieldClause, Place, word};

/// A token and its place.
#[derive(Debug)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) at: Place,
}

/// What the grammar is made of.
#[derive(Debug)]
pub(super) enum Token {
    Open,
    Close,
    Minus,
    And,
    Or,
    Not,
    Word(String),
    Phrase(String),
    Field(FieldClause),
    /// The query's end.
    End,
}

/// Reads one query's tokens.
pub(super) struct Lexer {
    letters: Vec<char>,
    position: usize,
    previous: Edge,
}

/// What the last token allows to follow it without a space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// Anything: the query's beginning, `(`, `-`, an operator.
    Free,
    /// `)`: an operator or a parenthesis.
    Closed,
    /// A word, phrase or field: `)` alone.
    Solid,
}

/// The marks that close a phrase opened by `open`; `None` where it opens none.
///
/// English, Swedish, German, Polish, French and Danish habits; marks of another habit are text inside.
pub(super) fn closers(open: char) -> Option<&'static [char]> {
    match open {
        '"' => Some(&['"']),
        '“' | '„' => Some(&['”', '“']),
        '”' => Some(&['”']),
        '«' => Some(&['»']),
        '»' => Some(&['«', '»']),
        _ => None,
    }
}

impl Lexer {
    pub(super) fn new(text: &str) -> Self {
        Self { letters: text.chars().collect(), position: 0, previous: Edge::Free }
    }

    /// The next token; [`Token::End`] again and again at the end.
    pub(super) fn next(&mut self) -> Result<Lexeme, Fault> {
        let spaced = self.skip_space();
        let start = self.position;
        let token = match self.peek() {
            None => Token::End,
            Some('(') => self.single(Token::Open),
            Some(')') => self.single(Token::Close),
            Some('-') => self.minus()?,
            Some(mark) if closers(mark).is_some() => Token::Phrase(self.phrase()?),
            Some(_) => self.run()?,
        };
        if !spaced {
            self.check_gap(&token, start)?;
        }
        self.previous = match token {
            Token::Word(_) | Token::Phrase(_) | Token::Field(_) => Edge::Solid,
            Token::Close => Edge::Closed,
            _ => Edge::Free,
        };
        Ok(Lexeme { token, at: start..self.position })
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.position).copied()
    }

    fn single(&mut self, token: Token) -> Token {
        self.position += 1;
        token
    }

    fn skip_space(&mut self) -> bool {
        let start = self.position;
        while self.peek().is_some_and(char::is_whitespace) {
            self.position += 1;
        }
        self.position > start
    }

    /// Two clauses that touch would be read as two where their writer may have meant one.
    fn check_gap(&self, token: &Token, start: usize) -> Result<(), Fault> {
        let allowed = match token {
            Token::End | Token::Close => true,
            Token::Open | Token::And | Token::Or | Token::Not => self.previous != Edge::Solid,
            _ => self.previous == Edge::Free,
        };
        if allowed {
            return Ok(());
        }
        let help = "put a space between two clauses; to search for the text as it stands, put all of it in quotes";
        Err(Fault::new(start..start + 1, "a space is missing before this", help))
    }

    fn minus(&mut self) -> Result<Token, Fault> {
        let start = self.position;
        let token = self.single(Token::Minus);
        match self.peek() {
            Some('-') => Err(Fault::new(
                start..start + 2,
                "`--` is not supported",
                "one `-` excludes: `-tunnel`; options such as `--top 5` stand outside the query",
            )),
            Some(next) if next != ')' && !next.is_whitespace() => Ok(token),
            _ => Err(Fault::new(
                start..start + 1,
                "`-` stands alone",
                "write what it excludes right after it: `-tunnel`; a dash between words is left out",
            )),
        }
    }

    /// The text of a phrase, its marks left out.
    fn phrase(&mut self) -> Result<String, Fault> {
        let start = self.position;
        let closers = self.peek().and_then(closers).unwrap_or(&[]);
        let inner = self.letters.get(start + 1..).unwrap_or(&[]);
        let Some(len) = inner.iter().position(|letter| closers.contains(letter)) else {
            let close = closers.first().copied().unwrap_or('"');
            return Err(Fault::new(
                start..start + 1,
                "this quote mark has no partner",
                format!("close the phrase with `{close}`, or leave the mark out"),
            ));
        };
        let text: String = inner.iter().take(len).collect();
        self.position = start + len + 2;
        if text.trim().is_empty() {
            let at = start..self.position;
            return Err(Fault::new(
                at,
                "an empty phrase",
                "write the words between the quote marks, or leave them out",
            ));
        }
        if !word::has_substance(&text) {
            return Err(word::nothing_to_search(&text, start + 1, len));
        }
        Ok(text)
    }

    /// A word, an operator or a field: whatever reaches to the next space, parenthesis or quote mark.
    fn run(&mut self) -> Result<Token, Fault> {
        let start = self.position;
        let ends = |letter: &char| letter.is_whitespace() || matches!(letter, '(' | ')') || closers(*letter).is_some();
        let rest = self.letters.get(start..).unwrap_or(&[]);
        let run: Vec<char> = rest.iter().take_while(|letter| !ends(letter)).copied().collect();
        self.position = start + run.len();
        let text: String = run.iter().collect();
        match text.as_str() {
            "AND" => return Ok(Token::And),
            "OR" => return Ok(Token::Or),
            "NOT" => return Ok(Token::Not),
            _ => {}
        }
        if matches!(text.as_str(), "NEAR" | "XOR") || text.starts_with("NEAR/") {
            return Err(Fault::new(
                start..self.position,
                format!("`{text}` is not supported"),
                "put words that stand next to each other in quotes; to search for the word, write it in lower case",
            ));
        }
        if let Some(colon) = run.iter().position(|letter| *letter == ':') {
            return self.field(start, &run, colon);
        }
        word::check(&run, start)?;
        Ok(Token::Word(text))
    }

    /// The field clause whose `run` begins at `start` and has its colon at `colon`.
    fn field(&mut self, start: usize, run: &[char], colon: usize) -> Result<Token, Fault> {
        let (name, rest) = run.split_at(colon);
        let bare: String = rest.iter().skip(1).collect();
        let value_start = start + colon + 1;
        if name.is_empty() {
            let help = "write the field before the colon: `speaker:kaldan`; or put the text in quotes";
            return Err(Fault::new(start..value_start, "`:` without a field", help));
        }
        word::check(name, start)?;
        let field = Field::named(&name.iter().collect::<String>(), start, &bare)?;
        let value = match self.peek() {
            _ if !bare.is_empty() => Value { text: bare, start: value_start, quoted: false },
            Some(mark) if closers(mark).is_some() => {
                Value { text: self.phrase()?, start: value_start + 1, quoted: true }
            }
            follows => return Err(no_value(field, start..value_start, follows)),
        };
        let constraint = field.constraint(value)?;
        Ok(Token::Field(FieldClause { constraint, at: start..self.position, value_at: value_start..self.position }))
    }
}

/// The complaint about a field with nothing, or a parenthesis, after its colon.
fn no_value(field: Field, at: Place, follows: Option<char>) -> Fault {
    let name = field.as_str();
    if follows == Some('(') {
        return Fault::new(
            at,
            format!("`{name}:` cannot be followed by a parenthesis"),
            format!("repeat the field: `({name}:… OR {name}:…)`"),
        );
    }
    let example = match field {
        Field::Speaker => "speaker:kaldan",
        Field::Topic => "topic:trade",
        Field::Outlet => "outlet:\"Corridor Wire\"",
        Field::Title => "title:railway",
        Field::Kind => "kind:quote",
        Field::Date => "date:2025-06-18",
        Field::Published => "published:2025-06",
    };
    let help = format!("write the value right after the colon, without a space: `{example}`");
    Fault::new(at, format!("`{name}:` without a value"), help)
}
