//! Headings of groups of hits, the same for a terminal and a document.

use std::borrow::Cow;

use crate::model::single_line;
use crate::view::{GroupBy, HitGroup};

/// The group's name, or what its hits lack.
pub(super) fn name(group: &HitGroup) -> Cow<'_, str> {
    match (&group.name, group.by) {
        (Some(name), _) => single_line(name),
        (None, GroupBy::Speaker) => "nobody named".into(),
        (None, GroupBy::Article) => "(no title)".into(),
        (None, GroupBy::Outlet) => "no outlet".into(),
    }
}

/// `2 shown of 14 passages that match`.
pub(super) fn counts(group: &HitGroup) -> String {
    match group.matching {
        Some(1) => format!("{} shown of 1 passage that matches", group.shown),
        Some(matching) => format!("{} shown of {matching} passages that match", group.shown),
        None => format!("{} shown", group.shown),
    }
}
