//! Cuts a query into tokens, on demand, so that the leftmost fault is the one reported.
//!
//! Places are code points: the query is held as its characters, of which there are at most
//! [`MAX_LEN`](super::MAX_LEN).

use jiff::civil::Date;

use super::error::Fault;
use super::field::{self, Value};
use super::operator;
use super::{Constraint, FieldClause, FieldName, Pattern, Phrase, Place, Unit, Word, pattern, phrase, regular, word};

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
    Plus,
    And,
    Or,
    Not,
    /// `NEAR/5`, `BEFORE/5`.
    Near {
        distance: u32,
        ordered: bool,
    },
    /// `WITHIN SENTENCE`; a parenthesis follows.
    Within(Unit),
    /// `^2`, right behind a clause.
    Weight(f32),
    Word(Word),
    Phrase(Phrase),
    Field(FieldClause),
    /// `speaker:(`; what stands between the parentheses comes as clauses of the field.
    FieldOpen,
    /// The query's end.
    End,
}

/// Reads one query's tokens.
pub(super) struct Lexer {
    letters: Vec<char>,
    position: usize,
    previous: Edge,
    today: Option<Date>,
    /// The field whose parentheses are open, and how many of them.
    within: Option<(FieldName, usize)>,
}

/// What the last token allows to follow it without a space.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// Anything: the query's beginning, `(`, `-`, an operator.
    Free,
    /// `)`: an operator, a parenthesis or a weight.
    Closed,
    /// A word, phrase or field: `)` and a weight alone.
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
    /// `today` is what relative days are counted from.
    pub(super) fn new(text: &str, today: Option<Date>) -> Self {
        Self { letters: text.chars().collect(), position: 0, previous: Edge::Free, today, within: None }
    }

    /// The next token; [`Token::End`] again and again at the end.
    pub(super) fn next(&mut self) -> Result<Lexeme, Fault> {
        let spaced = self.skip_space();
        let start = self.position;
        let token = match self.peek() {
            None => Token::End,
            Some('(') => self.open(),
            Some(')') => self.close(),
            Some('-') => self.minus()?,
            Some('+') => self.plus()?,
            Some('^') => self.weight(spaced)?,
            Some(mark) if closers(mark).is_some() => self.phrase_token(start)?,
            Some('/') if self.within.is_none_or(|(field, _)| field == FieldName::Title) => {
                let pattern = self.regex()?;
                self.word_token(pattern, start)
            }
            Some(_) => self.run()?,
        };
        if !spaced {
            self.check_gap(&token, start)?;
        }
        self.previous = match token {
            Token::Word(_) | Token::Phrase(_) | Token::Field(_) | Token::Weight(_) => Edge::Solid,
            Token::Close => Edge::Closed,
            _ => Edge::Free,
        };
        Ok(Lexeme { token, at: start..self.position })
    }

    fn rest(&self) -> &[char] {
        self.letters.get(self.position..).unwrap_or(&[])
    }

    fn open(&mut self) -> Token {
        if let Some((_, depth)) = &mut self.within {
            *depth += 1;
        }
        self.single(Token::Open)
    }

    fn close(&mut self) -> Token {
        self.within = self.within.map(|(field, depth)| (field, depth - 1)).filter(|(_, depth)| *depth > 0);
        self.single(Token::Close)
    }

    fn weight(&mut self, spaced: bool) -> Result<Token, Fault> {
        let start = self.position;
        if spaced || self.previous == Edge::Free {
            let help = "write the weight right behind its clause: `railway^2`, `(road toll)^0.5`";
            return Err(Fault::new(start..start + 1, "`^` (weight) stands alone", help));
        }
        let (weight, len) = operator::weight(self.rest(), start)?;
        self.position += len;
        Ok(Token::Weight(weight))
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
            Token::End | Token::Close | Token::Weight(_) => true,
            Token::Open | Token::And | Token::Or | Token::Not | Token::Near { .. } | Token::Within(_) => {
                self.previous != Edge::Solid
            }
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

    fn plus(&mut self) -> Result<Token, Fault> {
        let start = self.position;
        let token = self.single(Token::Plus);
        match self.peek() {
            Some(next) if !matches!(next, ')' | '+') && !next.is_whitespace() => Ok(token),
            _ => Err(Fault::new(
                start..start + 1,
                "`+` stands alone",
                "write what must match right after it: `+railway`; a mark between words is left out",
            )),
        }
    }

    /// What stands between the quote marks ahead, and where it begins; the position moves behind them.
    fn quoted(&mut self) -> Result<(Vec<char>, usize), Fault> {
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
        self.position = start + len + 2;
        Ok((inner.iter().take(len).copied().collect(), start + 1))
    }

    /// The phrase in the quote marks ahead, with its slop.
    fn phrase(&mut self) -> Result<Phrase, Fault> {
        let from = self.position;
        let (inner, start) = self.quoted()?;
        let slots = phrase::slots(&inner, start)?;
        if slots.is_empty() {
            return Err(phrase::nothing(&inner, start));
        }
        let slop = match self.peek() {
            Some('~') => {
                let (slop, len) = operator::slop(self.rest(), self.position, &slots)?;
                self.position += len;
                slop
            }
            _ => 0,
        };
        Ok(Phrase { slots, slop, at: from..self.position })
    }

    /// The regular expression ahead.
    fn regex(&mut self) -> Result<Pattern, Fault> {
        let start = self.position;
        let rest = self.rest();
        let Some(len) = regular::closing(rest) else {
            let help = "close it with `/`; put a path or address in quotes, without its first `/`";
            let message = "this `/` opens a regular expression that is never closed";
            return Err(Fault::new(start..start + 1, message, help));
        };
        let text: String = rest.get(1..len).unwrap_or(&[]).iter().collect();
        let after = rest.get(len + 1..).unwrap_or(&[]);
        let tail = after.iter().take_while(|letter| !ends_run(**letter)).count();
        regular::check(&text, start + 1)?;
        if tail > 0 {
            return Err(regular::tail(after.get(..tail).unwrap_or(&[]), start + len + 1));
        }
        self.position += len + 1;
        Ok(Pattern::Regex(text))
    }

    /// Whatever reaches to the next space, parenthesis, quote mark or weight.
    fn letters_ahead(&self) -> Vec<char> {
        self.rest().iter().take_while(|letter| !ends_run(**letter)).copied().collect()
    }

    /// A word, an operator or a field.
    fn run(&mut self) -> Result<Token, Fault> {
        let start = self.position;
        let run = self.letters_ahead();
        let text: String = run.iter().collect();
        self.position = start + run.len();
        match text.as_str() {
            "AND" => return Ok(Token::And),
            "OR" => return Ok(Token::Or),
            "NOT" => return Ok(Token::Not),
            _ => {}
        }
        if let Some(near) = operator::near(&text, start) {
            let (distance, ordered) = near?;
            return self.outside(Token::Near { distance, ordered }, start);
        }
        if text == "WITHIN" || text.starts_with("WITHIN/") {
            let rest = if text.contains('/') { &[] } else { self.rest() };
            let (unit, len) = operator::unit(rest, start)?;
            self.position += len;
            return self.outside(Token::Within(unit), start);
        }
        if let Some(colon) = run.iter().position(|letter| *letter == ':') {
            return self.field(start, &run, colon);
        }
        if let Some((field, _)) = self.within {
            self.position = start;
            return self.value(field, start, start);
        }
        let pattern = pattern::read(&run, start)?;
        Ok(self.word_token(pattern, start))
    }

    /// `token`, which must not stand in a field's parentheses.
    fn outside(&self, token: Token, start: usize) -> Result<Token, Fault> {
        let Some((field, _)) = self.within else { return Ok(token) };
        let name = field.as_str();
        let help = if field == FieldName::Title {
            "write words near each other in a title as a phrase with slop: `title:\"free trade\"~5`".to_owned()
        } else {
            format!("it looks into the passage's text: write it outside of `{name}:(…)`")
        };
        Err(Fault::new(start..self.position, format!("this cannot stand in the parentheses of `{name}:`"), help))
    }

    /// The field clause, or a field's parenthesis, whose `run` begins at `start` and has its colon at `colon`.
    fn field(&mut self, start: usize, run: &[char], colon: usize) -> Result<Token, Fault> {
        let (name, rest) = run.split_at(colon);
        let bare: String = rest.iter().skip(1).collect();
        let value_start = start + colon + 1;
        if name.is_empty() {
            let help = "write the field before the colon: `speaker:kaldan`; or put the text in quotes";
            return Err(Fault::new(start..value_start, "`:` without a field", help));
        }
        if name.first() == Some(&'=') {
            let help =
                "it stands before a word, behind the colon: `title:=Rail`; names are compared as a whole without it";
            return Err(Fault::new(start..start + 1, "`=` (exact form) before a field", help));
        }
        word::check(name, start)?;
        let field = field::named(&name.iter().collect::<String>(), start, &bare)?;
        if let Some((outer, _)) = self.within {
            let message = format!("a field in the parentheses of `{}:`", outer.as_str());
            return Err(Fault::new(start..value_start, message, "close the parentheses before it"));
        }
        self.position = value_start;
        match self.peek() {
            Some('(') => {
                self.within = Some((field, 1));
                Ok(self.single(Token::FieldOpen))
            }
            _ => self.value(field, start, value_start),
        }
    }

    /// The value ahead, which begins at `from`, of a clause that begins at `start`.
    fn value(&mut self, field: FieldName, start: usize, from: usize) -> Result<Token, Fault> {
        let constraint = match self.peek() {
            Some(mark) if closers(mark).is_some() && field == FieldName::Title => {
                Constraint::TitlePhrase(self.phrase()?)
            }
            Some('/') if field == FieldName::Title => {
                let pattern = self.regex()?;
                Constraint::TitleWord(Word { pattern, at: from..self.position })
            }
            Some(mark) if closers(mark).is_some() => {
                let (inner, at) = self.quoted()?;
                if inner.iter().all(|letter| letter.is_whitespace()) {
                    return Err(phrase::nothing(&inner, at));
                }
                let value = Value { text: inner.into_iter().collect(), start: at, quoted: true };
                field::constraint(field, value, self.today)?
            }
            _ => {
                let run = self.letters_ahead();
                if run.is_empty() {
                    return Err(field::no_value(field, start..from));
                }
                self.position += run.len();
                match run.as_slice() {
                    ['*'] => Constraint::Exists(field),
                    _ if field == FieldName::Title => {
                        let pattern = pattern::read(&run, from)?;
                        Constraint::TitleWord(Word { pattern, at: from..self.position })
                    }
                    _ => {
                        let value = Value { text: run.into_iter().collect(), start: from, quoted: false };
                        field::constraint(field, value, self.today)?
                    }
                }
            }
        };
        Ok(Token::Field(FieldClause { constraint, at: start..self.position, value_at: from..self.position }))
    }

    fn phrase_token(&mut self, start: usize) -> Result<Token, Fault> {
        match self.within {
            Some((field, _)) => self.value(field, start, start),
            None => self.phrase().map(Token::Phrase),
        }
    }

    /// The word of `pattern`, which reaches from `start` to the position; in a field's parentheses one of its title.
    fn word_token(&self, pattern: Pattern, start: usize) -> Token {
        let at = start..self.position;
        let word = Word { pattern, at: at.clone() };
        if self.within.is_none() {
            return Token::Word(word);
        }
        Token::Field(FieldClause { constraint: Constraint::TitleWord(word), at: at.clone(), value_at: at })
    }
}

fn ends_run(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | ')' | '^') || closers(letter).is_some()
}
