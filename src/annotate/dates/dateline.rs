//! The dateline of a wire story, `ALT-BULAK, June 17 (Corridor Wire) —`: place, day, agency.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A place in capitals or an agency in parentheses tells a dateline from `On Tuesday, June 17 — the day …`.
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^[ \t]*(?:(?P<place>\p{Lu}[\p{Lu}\p{M}.'’ -]{2,40})|\p{Lu}[\p{L}\p{M}.'’ -]{2,40})(?:,[ \t]*\p{Lu}[\p{L}. ]{1,30})?,[ \t]+(?P<date>[^()\n—–]{3,30}?)[ \t]*(?P<agency>\([^()\n]{2,60}\))?[ \t]*(?:—|–|--|[ \t]-[ \t])",
    )
    .ok()
});

/// The bytes of a block's dateline, and of the date within it.
pub(super) fn find(block: &str) -> Option<(Range<usize>, Range<usize>)> {
    let regex = DATELINE.as_ref()?;
    let captures = regex
        .captures_iter(block)
        .find(|captures| captures.name("place").is_some() || captures.name("agency").is_some())?;
    let whole = captures.get(0)?;
    Some((whole.start()..captures.name("agency").or(captures.name("date"))?.end(), captures.name("date")?.range()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_day_and_agency_make_a_dateline() {
        for text in [
            "By Samira Holt\nALT-BULAK, June 17 (Corridor Wire) — Six leaders met.",
            "Velmar, Sept. 12 (CW) -- Six leaders met.",
            "PORT SAINTE-MIRE, Arvelle, 3 May 2024 – Six leaders met.",
        ] {
            let (_, date) = find(text).unwrap();
            assert!(text[date].ends_with(|c: char| c.is_ascii_digit()), "{text}");
        }
    }

    #[test]
    fn a_sentence_with_a_dash_is_none() {
        assert_eq!(find("On Tuesday, June 17 — the day of rest — nobody met."), None);
    }
}
