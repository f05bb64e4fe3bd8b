//! Whether a query permits a speaker: of the quotations of one passage only some may be by whom it asks for.
//!
//! The query's tree is asked of one speaker alone. What it says of speakers, roles and affiliations holds or does not;
//! of all else it is only known that it may hold (Kleene 1952, the strong logic of three values).

use crate::analysis::Analyzer;
use crate::model::Speaker;
use crate::query::{Constraint, FieldName, Group, Node};

/// Who speaks, with what they are compared by.
pub(super) struct Voice<'s> {
    speaker: Option<&'s Speaker>,
    analyzer: &'s Analyzer,
}

/// Which of the two a clause can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Can {
    hold: bool,
    fail: bool,
}

impl Can {
    const EITHER: Self = Self { hold: true, fail: true };

    fn be(holds: bool) -> Self {
        Self { hold: holds, fail: !holds }
    }

    fn not(self) -> Self {
        Self { hold: self.fail, fail: self.hold }
    }

    fn all(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::be(true), |all, part| Self { hold: all.hold && part.hold, fail: all.fail || part.fail })
    }

    fn any(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::be(false), |any, part| Self { hold: any.hold || part.hold, fail: any.fail && part.fail })
    }
}

impl<'s> Voice<'s> {
    pub(super) fn new(speaker: Option<&'s Speaker>, analyzer: &'s Analyzer) -> Self {
        Self { speaker, analyzer }
    }

    /// Whether `node` may hold of what this speaker says.
    pub(super) fn permitted_by(&self, node: &Node) -> bool {
        self.asked(node).hold
    }

    fn asked(&self, node: &Node) -> Can {
        match node {
            Node::Field(clause) => self.constraint(&clause.constraint),
            Node::Boost(boost) => self.asked(&boost.clause),
            Node::Not(node) => self.asked(node).not(),
            Node::And(nodes) => Can::all(nodes.iter().map(|node| self.asked(node))),
            Node::Or(nodes) => Can::any(nodes.iter().map(|node| self.asked(node))),
            Node::Group(group) => self.group(group),
            _ => Can::EITHER,
        }
    }

    fn group(&self, group: &Group) -> Can {
        let Group { any, must, narrow, must_not } = group;
        let needed = must.iter().chain(narrow).map(|node| self.asked(node));
        let denied = must_not.iter().map(|node| self.asked(node).not());
        // Beside what must match, what may match adds to the score alone.
        let some = (must.is_empty() && !any.is_empty()).then(|| Can::any(any.iter().map(|node| self.asked(node))));
        Can::all(needed.chain(denied).chain(some))
    }

    fn constraint(&self, constraint: &Constraint) -> Can {
        match constraint {
            Constraint::Speaker(_) | Constraint::SpeakerId(_) => {
                Can::be(self.speaker.and_then(|speaker| constraint.asks_for(speaker)).unwrap_or(false))
            }
            Constraint::Role(words) => self.words(self.speaker.and_then(|speaker| speaker.role.as_deref()), words),
            Constraint::Affiliation(words) => {
                self.words(self.speaker.and_then(|speaker| speaker.affiliation.as_deref()), words)
            }
            Constraint::Exists(FieldName::Speaker) => Can::be(self.speaker.is_some()),
            Constraint::Exists(FieldName::Role) => Can::be(self.speaker.is_some_and(|speaker| speaker.role.is_some())),
            Constraint::Exists(FieldName::Affiliation) => {
                Can::be(self.speaker.is_some_and(|speaker| speaker.affiliation.is_some()))
            }
            _ => Can::EITHER,
        }
    }

    /// Whether the terms of `words` stand next to each other in `text`.
    fn words(&self, text: Option<&str>, words: &str) -> Can {
        let asked = self.analyzer.terms(words);
        let own = self.analyzer.terms(text.unwrap_or_default());
        Can::be(!asked.is_empty() && own.windows(asked.len()).any(|run| run == asked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SpeakerId;
    use crate::query::{Reading, parse_with};

    fn permits(query: &str, name: &str, role: &str) -> bool {
        let speaker = Speaker::new(SpeakerId::new("x"), name.into(), Some(role.into()));
        let query = parse_with(query, &Reading::default()).unwrap();
        Voice::new(Some(&speaker), &Analyzer::default()).permitted_by(&query.root)
    }

    #[test]
    fn only_whom_the_query_asks_for_is_permitted() {
        let kaldan = |query: &str| permits(query, "Ömer Kaldan", "foreign minister of Kastria");

        assert!(kaldan("speaker:kaldan railway"));
        assert!(kaldan("railway"));
        assert!(!kaldan("speaker:solvane railway"));
        assert!(kaldan("speaker:(solvane OR kaldan)"));
        assert!(kaldan("speaker:solvane OR topic:water"));
        assert!(!kaldan("-speaker:kaldan railway"));
        assert!(kaldan("NOT (speaker:kaldan AND topic:water)"));
        assert!(kaldan("role:\"foreign ministers\" speaker:*"));
        assert!(!kaldan("role:\"minister foreign\""));
        assert!(!kaldan("affiliation:Kastria"));
    }

    #[test]
    fn nobody_is_permitted_where_no_speaker_is_asked_for() {
        let query = |text: &str| parse_with(text, &Reading::default()).unwrap();
        let analyzer = Analyzer::default();
        let nobody = Voice::new(None, &analyzer);

        assert!(nobody.permitted_by(&query("railway").root));
        assert!(!nobody.permitted_by(&query("railway speaker:*").root));
    }
}
