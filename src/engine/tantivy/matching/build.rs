//! Clause of a query → plan: words are analysed, patterns expanded, and what cannot be combined is refused by name.

use tantivy::Term;
use tantivy::schema::Field;

use super::clause::{Clause, Positional};
use super::lexicon::{Lexicon, Shape};
use super::near::Reach;
use super::phrase::{Phrase, Slot};
use super::{Leaf, Plan};
use crate::analysis::{Analyzer, cut_off, exact_form, words};
use crate::engine::EngineError;
use crate::engine::tantivy::tokenizer::{PARAGRAPH, SENTENCE};
use crate::model::fold;
use crate::query::{self, Group, Node, Pattern, Place, Unit};

/// How many words a match of operators within each other may extend over. It bounds what is kept of each word of a
/// text, and five `NEAR/1000` are further than any passage is long.
const FARTHEST: u32 = 5_000;

/// Letters that no folding changes and no word boundary parts, in place of `*` and `?` while a pattern is cut into
/// words as texts are.
const ANY_LETTERS: char = '\u{a78f}';
const ANY_LETTER: char = '\u{a7f7}';

/// Which fields a plan looks in.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::tantivy) struct Searched {
    /// Stems.
    pub(in crate::engine::tantivy) stems: Field,
    /// Words as written and folded.
    pub(in crate::engine::tantivy) words: Field,
    /// Bounds of units.
    pub(in crate::engine::tantivy) bounds: Field,
}

/// Builds one plan.
pub(in crate::engine::tantivy) struct Builder<'i> {
    lexicon: Lexicon<'i>,
    analyzer: &'i Analyzer,
    searched: Searched,
    leaves: Vec<Vec<Term>>,
    /// Units within which something is to hold.
    units: Vec<Unit>,
}

impl<'i> Builder<'i> {
    pub(in crate::engine::tantivy) fn new(lexicon: Lexicon<'i>, analyzer: &'i Analyzer, searched: Searched) -> Self {
        Self { lexicon, analyzer, searched, leaves: Vec::new(), units: Vec::new() }
    }

    pub(in crate::engine::tantivy) fn plan(self, root: Clause) -> Plan {
        let bounds = |unit, term: &str| {
            let asked = self.units.contains(&unit).then(|| Term::from_field_text(self.searched.bounds, term));
            asked.into_iter().collect()
        };
        let (sentences, paragraphs) = (bounds(Unit::Sentence, SENTENCE), bounds(Unit::Paragraph, PARAGRAPH));
        Plan { leaves: self.leaves, sentences, paragraphs, root }
    }

    /// The plan of a whole query, for what it matches; `filter` gives each field clause the number of its filter.
    pub(in crate::engine::tantivy) fn whole(
        &mut self,
        node: &Node,
        filter: &mut impl FnMut(&query::FieldClause) -> Result<usize, EngineError>,
    ) -> Result<Clause, EngineError> {
        let mut each = |nodes: &[Node], filter: &mut _| -> Result<Vec<Clause>, EngineError> {
            nodes.iter().map(|node| self.whole(node, filter)).collect()
        };
        Ok(match node {
            Node::Word(_) | Node::Phrase(_) | Node::Near(_) | Node::Within(_) => self.leaf(node)?,
            Node::Field(clause) => Clause::Filter(filter(clause)?),
            Node::Boost(boost) => self.whole(&boost.clause, filter)?,
            Node::And(nodes) => Clause::And(each(nodes, filter)?),
            Node::Or(nodes) => Clause::Or(each(nodes, filter)?),
            Node::Not(node) => Clause::Not(Box::new(self.whole(node, filter)?)),
            Node::Group(Group { any, must, narrow, must_not }) => {
                let any = each(any, filter)?;
                let mut all = each(must, filter)?;
                let optional = !all.is_empty() || any.is_empty();
                all.push(if optional { Clause::Preferred(any) } else { Clause::Or(any) });
                all.extend(each(narrow, filter)?);
                all.extend(each(must_not, filter)?.into_iter().map(|clause| Clause::Not(Box::new(clause))));
                Clause::And(all)
            }
        })
    }

    /// A word, a phrase, `NEAR` or `WITHIN`.
    pub(in crate::engine::tantivy) fn leaf(&mut self, node: &Node) -> Result<Clause, EngineError> {
        match node {
            Node::Within(within) => {
                self.units.push(within.unit);
                Ok(Clause::Within(within.unit, Box::new(self.within(&within.clause, within)?)))
            }
            node => Ok(Clause::Positional(self.positional(node, &(0..0))?.0)),
        }
    }

    /// A clause within a unit of text.
    fn within(&mut self, node: &Node, whole: &query::Within) -> Result<Clause, EngineError> {
        let mut each = |nodes: &[Node]| -> Result<Vec<Clause>, EngineError> {
            nodes.iter().map(|node| self.within(node, whole)).collect()
        };
        let operator = match whole.unit {
            Unit::Sentence => "WITHIN SENTENCE",
            Unit::Paragraph => "WITHIN PARAGRAPH",
        };
        match node {
            Node::Word(_) | Node::Phrase(_) | Node::Near(_) => self.leaf(node),
            Node::And(nodes) => Ok(Clause::And(each(nodes)?)),
            Node::Or(nodes) => Ok(Clause::Or(each(nodes)?)),
            Node::Not(node) => Ok(Clause::Not(Box::new(self.within(node, whole)?))),
            Node::Group(Group { any, must, narrow, must_not }) => {
                let mut all = each(any)?;
                all.extend(each(must)?);
                all.extend(each(narrow)?);
                all.extend(each(must_not)?.into_iter().map(|clause| Clause::Not(Box::new(clause))));
                Ok(Clause::And(all))
            }
            Node::Field(clause) => Err(unsupported(
                &clause.at,
                format!(
                    "a field clause cannot stand in {operator}, for a field is the whole passage's; write it outside"
                ),
            )),
            Node::Boost(boost) => Err(unsupported(
                &boost.at,
                format!("a weight cannot stand in {operator}; write it behind the closing parenthesis"),
            )),
            Node::Within(within) => Err(unsupported(
                &within.at,
                format!("WITHIN cannot stand in {operator}; join the two by AND, or write the smaller unit alone"),
            )),
        }
    }

    /// A clause of words and how many words a match may extend over.
    fn positional(&mut self, node: &Node, operator: &Place) -> Result<(Positional, u32), EngineError> {
        match node {
            Node::Word(word) => {
                let run = self.run(&word.pattern, &word.at)?;
                let length = count(run.len());
                Ok(match run.as_slice() {
                    [leaf] => (Positional::Word(*leaf), 1),
                    _ => (Positional::Phrase(Phrase { slots: vec![Slot::Runs(vec![run])], slop: 0 }), length),
                })
            }
            Node::Phrase(phrase) => self.phrase(phrase),
            Node::Near(near) => {
                let (left, left_reach) = self.positional(&near.left, &near.at)?;
                let (right, right_reach) = self.positional(&near.right, &near.at)?;
                let reach = left_reach.saturating_add(right_reach).saturating_add(near.distance);
                let how = Reach { distance: near.distance, ordered: near.ordered };
                Ok((Positional::Near(Box::new([left, right]), how), within_reach(reach, &near.at)?))
            }
            Node::Or(nodes) => self.any(nodes, operator),
            Node::Group(group) if group.must.is_empty() && group.narrow.is_empty() && group.must_not.is_empty() => {
                self.any(&group.any, operator)
            }
            _ => Err(unsupported(
                operator,
                "NEAR and BEFORE join words, phrases and alternatives of them; write what else must hold outside, \
                 joined by AND"
                    .into(),
            )),
        }
    }

    fn any(&mut self, nodes: &[Node], operator: &Place) -> Result<(Positional, u32), EngineError> {
        let mut clauses = Vec::new();
        let mut farthest = 0;
        for node in nodes {
            let (clause, reach) = self.positional(node, operator)?;
            clauses.push(clause);
            farthest = farthest.max(reach);
        }
        Ok((Positional::Any(clauses), farthest))
    }

    fn phrase(&mut self, phrase: &query::Phrase) -> Result<(Positional, u32), EngineError> {
        let mut reach = phrase.slop;
        let mut slots = Vec::new();
        for slot in &phrase.slots {
            let query::Slot::Words(alternatives) = slot else {
                slots.push(Slot::Gap);
                reach = reach.saturating_add(1);
                continue;
            };
            let mut runs = Vec::new();
            for alternative in alternatives {
                let mut run = Vec::new();
                for pattern in alternative {
                    run.extend(self.run(pattern, &phrase.at)?);
                }
                runs.push(run);
            }
            reach = reach.saturating_add(count(runs.iter().map(Vec::len).max().unwrap_or(0)));
            slots.push(Slot::Runs(runs));
        }
        let ends = [slots.first(), slots.last()];
        if ends.iter().any(|slot| !matches!(slot, Some(Slot::Runs(_)))) {
            return Err(unsupported(
                &phrase.at,
                "a phrase begins and ends with words; leave out the `*` at its end".into(),
            ));
        }
        Ok((Positional::Phrase(Phrase { slots, slop: phrase.slop }), within_reach(reach, &phrase.at)?))
    }

    /// The words that one word of a query is cut into, each a leaf.
    fn run(&mut self, pattern: &Pattern, at: &Place) -> Result<Vec<Leaf>, EngineError> {
        Ok(self.known_terms(pattern, at)?.into_iter().map(|terms| self.known_leaf(terms)).collect())
    }

    /// The leaf of `terms`: a word that the query repeats is read once.
    fn known_leaf(&mut self, terms: Vec<Term>) -> Leaf {
        self.leaves.iter().position(|known| *known == terms).unwrap_or_else(|| {
            self.leaves.push(terms);
            self.leaves.len() - 1
        })
    }

    /// The terms of each word that `pattern` is cut into; the dictionary is asked once a search.
    fn known_terms(&self, pattern: &Pattern, at: &Place) -> Result<Vec<Vec<Term>>, EngineError> {
        if matches!(pattern, Pattern::Stem(_) | Pattern::Exact(_)) {
            return self.terms(pattern, at);
        }
        let key = (self.searched.words, format!("{pattern:?}"));
        if let Some(run) = self.lexicon.known.borrow().get(&key) {
            return Ok(run.clone());
        }
        let run = self.terms(pattern, at)?;
        self.lexicon.known.borrow_mut().insert(key, run.clone());
        Ok(run)
    }

    /// The terms of each word that `pattern` is cut into.
    fn terms(&self, pattern: &Pattern, at: &Place) -> Result<Vec<Vec<Term>>, EngineError> {
        let Searched { stems, words: field, .. } = self.searched;
        let (text, run): (&str, Vec<Vec<Term>>) = match pattern {
            Pattern::Stem(text) => {
                let stem = |token: crate::analysis::Token| vec![Term::from_field_text(stems, &token.term)];
                (text, self.analyzer.tokens(text).map(stem).collect())
            }
            Pattern::Exact(text) => {
                let exact = |bytes| vec![Term::from_field_text(field, &exact_form(&text[bytes]))];
                (text, words(text).map(|(bytes, _)| exact(bytes)).collect())
            }
            Pattern::Wildcard(text) => (text, self.wildcard(text, at)?),
            Pattern::Fuzzy { word: text, edits } => {
                let folded: Vec<String> = words(text).map(|(_, word)| word).collect();
                if let [several, _, ..] = folded.as_slice() {
                    return Err(unsupported(
                        at,
                        format!(
                            "`{}` is several words; write each as a fuzzy word, in quotes: `\"{several}~{edits} …\"`",
                            crate::model::single_line(text)
                        ),
                    ));
                }
                let expand = |word: &String| {
                    self.lexicon.expand(field, &Shape::fuzzy(word, *edits), &format!("{text}~{edits}"), at)
                };
                (text, folded.iter().map(expand).collect::<Result<_, _>>()?)
            }
            Pattern::Regex(text) => {
                let shape = Shape::regex(text, at)?;
                (text, vec![self.lexicon.expand(field, &shape, &format!("/{text}/"), at)?])
            }
        };
        if run.is_empty() {
            let text = crate::model::single_line(text);
            return Err(unsupported(
                at,
                format!("`{text}` holds no word to search for; write a word with a letter or digit"),
            ));
        }
        Ok(run)
    }

    /// A pattern is cut into words as a text is: `good-neighb*` is `good` and then `neighb*`.
    fn wildcard(&self, text: &str, at: &Place) -> Result<Vec<Vec<Term>>, EngineError> {
        let standing_in: String = text
            .chars()
            .map(|letter| match letter {
                '*' => ANY_LETTERS,
                '?' => ANY_LETTER,
                letter => letter,
            })
            .collect();
        let is_open = |letter: char| matches!(letter, ANY_LETTERS | ANY_LETTER);
        let mut pieces: Vec<String> = words(&standing_in).map(|(_, word)| word).collect();
        // In scripts whose every letter is a word, what follows one is no word of its own.
        if pieces.len() > 1 && pieces.iter().any(|piece| piece.chars().all(is_open)) {
            pieces = vec![fold(&standing_in)];
        }
        let expand = |piece: &String| {
            if !piece.contains(is_open) {
                return Ok(Lexicon::folded(self.searched.words, cut_off(piece)));
            }
            let pattern = piece.replace(ANY_LETTERS, "*").replace(ANY_LETTER, "?");
            self.lexicon.expand(self.searched.words, &Shape::wildcard(&pattern, at)?, text, at)
        };
        pieces.iter().map(expand).collect()
    }
}

fn count(words: usize) -> u32 {
    u32::try_from(words).unwrap_or(u32::MAX)
}

fn within_reach(reach: u32, at: &Place) -> Result<u32, EngineError> {
    if reach <= FARTHEST {
        return Ok(reach);
    }
    Err(unsupported(
        at,
        format!(
            "a match could extend over {reach} words, and {FARTHEST} is the most; write smaller distances, or join by AND"
        ),
    ))
}

fn unsupported(at: &Place, message: String) -> EngineError {
    EngineError::Unsupported { at: at.clone(), message }
}
