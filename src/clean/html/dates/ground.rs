//! What a date of a page can rest on, how much each ground counts, and how often it was right.

use crate::model::Confidence;

/// What a date is a date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Publication.
    Published,
    /// The last change.
    Modified,
}

impl Field {
    /// The article's field.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Modified => "modified",
        }
    }
}

/// What a date rests on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// A line of text far from the headline.
    FarText,
    /// A `time` element or a date's class somewhere.
    FarMarkup,
    /// A meta tag that some sites set anew with every change.
    WeakMeta,
    /// A line far from the headline that says "published".
    Announced,
    /// A day in the address.
    Address,
    /// A line of text near the headline.
    NearText,
    /// A `time` element or a date's class near the headline.
    NearMarkup,
    /// Markup that says "published".
    PublishedMarkup,
    /// A meta tag.
    Meta,
    /// JSON-LD.
    Statement,
}

/// How many families there are.
pub(super) const FAMILIES: usize = 4;

impl Ground {
    pub(super) fn rule(self, field: Field) -> &'static str {
        match (field, self) {
            (Field::Published, Self::FarText) => "date-in-text",
            (Field::Published, Self::Announced) => "announced-in-text",
            (Field::Published, Self::FarMarkup) => "date-in-markup",
            (Field::Published, Self::Address) => "date-in-address",
            (Field::Published, Self::NearText) => "date-near-headline",
            (Field::Published, Self::NearMarkup) => "marked-date-near-headline",
            (Field::Published, Self::PublishedMarkup) => "marked-as-published",
            (Field::Published, Self::WeakMeta | Self::Meta) => "meta-tag",
            (Field::Published, Self::Statement) => "statement",
            (Field::Modified, Self::Statement) => "modified-statement",
            (Field::Modified, Self::WeakMeta | Self::Meta) => "modified-meta-tag",
            (Field::Modified, Self::FarText | Self::Announced | Self::NearText | Self::Address) => "update-in-text",
            (Field::Modified, _) => "marked-as-updated",
        }
    }

    pub(super) fn sentence(self, field: Field, place: &str) -> String {
        let as_what = match field {
            Field::Published => "",
            Field::Modified => " as that of the last change",
        };
        match self {
            Self::FarText => format!("a line of the page states this day{as_what}"),
            Self::Announced => "a line of the page states this day as that of publication".to_owned(),
            Self::FarMarkup => format!("the page marks this date{as_what}, in `{place}`"),
            Self::Address => "the page's address contains this day".to_owned(),
            Self::NearText => format!("a line near the headline states this day{as_what}"),
            Self::NearMarkup => format!("the page marks this day near its headline{as_what}, in `{place}`"),
            Self::PublishedMarkup => format!("the page marks this day as that of publication, in `{place}`"),
            Self::WeakMeta | Self::Meta => format!("the meta tag `{place}` states this day{as_what}"),
            Self::Statement => format!("the page's JSON-LD states this day as `{place}`"),
        }
    }

    /// For people, as the subject of a sentence.
    pub(super) fn name(self, place: &str) -> String {
        match self {
            Self::FarText | Self::Announced => "a line of the page".to_owned(),
            Self::FarMarkup => format!("a date marked in `{place}`"),
            Self::Address => "the page's address".to_owned(),
            Self::NearText => "the line near the headline".to_owned(),
            Self::NearMarkup | Self::PublishedMarkup => format!("the date marked in `{place}`"),
            Self::WeakMeta | Self::Meta => format!("the meta tag `{place}`"),
            Self::Statement => format!("JSON-LD's `{place}`"),
        }
    }

    /// Whether by it the page claims the date for itself.
    pub(super) fn is_claim(self) -> bool {
        self > Self::FarMarkup
    }

    /// Whether it is a tag that no reader sees.
    pub(super) fn is_machine(self) -> bool {
        matches!(self, Self::Statement | Self::Meta | Self::WeakMeta)
    }

    /// Whether the page marks the day where its headline stands, or as that of publication.
    pub(super) fn is_marked_near(self) -> bool {
        matches!(self, Self::NearMarkup | Self::PublishedMarkup)
    }

    /// Whether the page prints the day where a reader looks for its date.
    pub(super) fn is_printed_near(self) -> bool {
        self.is_marked_near() || matches!(self, Self::NearText | Self::FarMarkup)
    }

    /// Whether its day is one of the zone in which the page was written.
    pub(super) fn is_local(self) -> bool {
        self >= Self::Address
    }

    /// How much it counts against others. What is visible counts once, however it is marked.
    pub(super) fn weight(self) -> u32 {
        match self {
            Self::FarText | Self::FarMarkup => 1,
            Self::WeakMeta => 15,
            Self::Announced => 24,
            Self::Address => 20,
            Self::NearText => 22,
            Self::NearMarkup => 25,
            Self::PublishedMarkup => 27,
            Self::Meta => 30,
            Self::Statement => 31,
        }
    }

    /// Grounds of which a date counts the weightiest alone.
    pub(super) fn family(self) -> usize {
        match self {
            Self::Statement => 0,
            Self::Meta | Self::WeakMeta => 1,
            Self::Address => 2,
            _ => 3,
        }
    }

    /// The share of right days among those that it gave, `others` families agreeing: measured on the 475
    /// development pages of `eval_dates` rounded; a ground that was right each of n times
    /// counts as (n + 1) / (n + 2), Laplace's rule of succession.
    pub(super) fn confidence(self, others: usize) -> Confidence {
        Confidence::new(match (self, others) {
            (Self::Statement, 1..) => 0.98,
            (Self::Meta, 1..) => 0.96,
            (Self::Statement, 0) => 0.75,
            (Self::Meta | Self::Announced, 0) => 0.85,
            (Self::NearText | Self::NearMarkup | Self::PublishedMarkup, _) => 0.97,
            (Self::Announced, _) => 0.9,
            (Self::Address | Self::FarMarkup | Self::WeakMeta, _) => 0.8,
            (Self::FarText, _) => 0.7,
        })
    }
}
