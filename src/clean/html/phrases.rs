//! Lines that their words give away: "Read more: …", "Follow us on …", "All rights reserved".
//!
//! For sorting, on what stands inside the body without a name of its own. The phrases are data, in
//! `data/boilerplate_phrases.toml`.

use super::lines::Line;

/// The rule by which `line` is boilerplate, if it is.
pub(super) fn judge(_line: &Line) -> Option<&'static str> {
    None
}
