//! What a date of a page can rest on, and how much each ground counts.

/// What a date rests on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ground {
    /// Meta tags and statements that say when the page was changed.
    Modified,
    /// A line of text far from the headline.
    FarText,
    /// A `time` element or a date's class somewhere.
    FarMarkup,
    /// Text near the headline that speaks of an update.
    NearUpdate,
    /// A meta tag that some sites set anew with every change.
    WeakMeta,
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

impl Ground {
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Modified => "modified-date",
            Self::FarText => "date-in-text",
            Self::FarMarkup => "date-in-markup",
            Self::NearUpdate => "update-near-headline",
            Self::Address => "date-in-address",
            Self::NearText => "date-near-headline",
            Self::NearMarkup => "marked-date-near-headline",
            Self::PublishedMarkup => "marked-as-published",
            Self::WeakMeta | Self::Meta => "meta-tag",
            Self::Statement => "statement",
        }
    }

    pub(super) fn sentence(self, place: &str) -> String {
        match self {
            Self::Modified => format!("the page states only when it was last changed, in `{place}`"),
            Self::FarText => "a line of the page states this day".to_owned(),
            Self::FarMarkup => format!("the page marks a date, in `{place}`"),
            Self::NearUpdate => "a line near the headline states this day as that of an update".to_owned(),
            Self::Address => "the page's address contains this day".to_owned(),
            Self::NearText => "a line near the headline states this day".to_owned(),
            Self::NearMarkup | Self::PublishedMarkup => format!("the page marks this day as its date, in `{place}`"),
            Self::WeakMeta | Self::Meta => format!("the meta tag `{place}` states this day"),
            Self::Statement => format!("the page's JSON-LD states this day as `{place}`"),
        }
    }

    /// How much it counts against others. What is visible counts once, however it is marked.
    pub(super) fn weight(self) -> u32 {
        match self {
            Self::Modified | Self::FarText | Self::FarMarkup => 1,
            Self::NearUpdate => 3,
            Self::WeakMeta => 15,
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
}
