//! Filters given beside a query: they narrow it, as field clauses do.

use super::ast::{Constraint, DateRange, Group, Node, Query};
use crate::model::{PartialDate, PassageKind};

/// What `--speaker`, `--topic` and their like ask for. Absent ones ask for nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filters {
    /// By id, name or any alias.
    pub speaker: Option<String>,
    /// Words next to each other in the role of who speaks.
    pub role: Option<String>,
    /// Words next to each other in the name of the body for which somebody speaks.
    pub affiliation: Option<String>,
    /// Somebody mentioned, by id, name or any alias.
    pub about: Option<String>,
    /// By id or label.
    pub topic: Option<String>,
    /// By name.
    pub outlet: Option<String>,
    /// A name in the byline, or one of its words.
    pub author: Option<String>,
    /// By its ISO 639 code.
    pub lang: Option<String>,
    /// What the passage is.
    pub kind: Option<PassageKind>,
    /// Published on its first day or later.
    pub from: Option<PartialDate>,
    /// Published on its last day or earlier.
    pub to: Option<PartialDate>,
}

impl Filters {
    /// Each filter as the field clause that it stands for.
    pub fn constraints(&self) -> Vec<Constraint> {
        let published = DateRange { from: self.from, to: self.to };
        [
            self.speaker.clone().map(Constraint::Speaker),
            self.role.clone().map(Constraint::Role),
            self.affiliation.clone().map(Constraint::Affiliation),
            self.about.clone().map(Constraint::About),
            self.topic.clone().map(Constraint::Topic),
            self.outlet.clone().map(Constraint::Outlet),
            self.author.clone().map(Constraint::Author),
            self.lang.clone().map(Constraint::Lang),
            self.kind.map(Constraint::Kind),
            (published.from.is_some() || published.to.is_some()).then_some(Constraint::Published(published)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Query {
    /// The query narrowed by `filters`; a clause that stands for a filter has no place in the text.
    #[must_use]
    pub fn narrowed(self, filters: &Filters) -> Self {
        let narrow: Vec<Node> = filters.constraints().into_iter().map(Node::unplaced).collect();
        if narrow.is_empty() {
            return self;
        }
        let root = Node::Group(Group { any: vec![self.root], narrow, ..Group::default() });
        Self { text: self.text, root }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_filter_stands_for_its_clause() {
        let some = |text: &str| Some(text.to_owned());
        let filters = Filters {
            role: some("minister"),
            affiliation: some("Amber Bank"),
            about: some("omer-kaldan"),
            author: some("Holt"),
            lang: some("en"),
            ..Filters::default()
        };

        assert_eq!(
            filters.constraints(),
            [
                Constraint::Role("minister".into()),
                Constraint::Affiliation("Amber Bank".into()),
                Constraint::About("omer-kaldan".into()),
                Constraint::Author("Holt".into()),
                Constraint::Lang("en".into()),
            ]
        );
        assert_eq!(Filters::default().constraints(), []);
    }
}
