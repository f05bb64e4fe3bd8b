//! Words broken at a `<br>`, as pages made of print have them: made whole, and every place after them moved.

use std::ops::Range;

use crate::clean::hyphens::{Hyphens, Join};

/// What was cut out of a line's text, in order.
pub(super) struct Cuts(Vec<Range<usize>>);

/// Whether a line's text, in which a break is `\n`, may hold a broken word.
pub(super) fn is_broken(text: &str) -> bool {
    ["-\n", "\u{2010}\n", "\u{2011}\n"].iter().any(|end| text.contains(end))
}

/// Makes the broken words of `text` whole.
pub(super) fn mend(text: &mut String, hyphens: &Hyphens) -> Cuts {
    let mut cuts = Vec::new();
    for (at, _) in text.match_indices('\n') {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let hyphen = before.chars().next_back().map_or(0, char::len_utf8);
        match hyphens.join(before, after) {
            Join::Word => cuts.push(at - hyphen..at + 1),
            Join::Compound => cuts.push(at..at + 1),
            Join::Space => {}
        }
    }
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for cut in &cuts {
        mended.push_str(&text[from..cut.start]);
        from = cut.end;
    }
    mended.push_str(&text[from..]);
    *text = mended;
    Cuts(cuts)
}

impl Cuts {
    /// Moves ranges of the text to where their words stand now.
    pub(super) fn follow<'r>(&self, ranges: impl Iterator<Item = &'r mut Range<usize>>) {
        let sums: Vec<usize> = self
            .0
            .iter()
            .scan(0, |sum, cut| {
                *sum += cut.len();
                Some(*sum)
            })
            .collect();
        let moved = |at: usize| {
            let passed = self.0.partition_point(|cut| cut.end <= at);
            let whole = passed.checked_sub(1).map_or(0, |last| sums[last]);
            // A place within a cut moves to its beginning.
            let part = self.0.get(passed).map_or(0, |cut| at.saturating_sub(cut.start));
            at - whole - part
        };
        for range in ranges {
            *range = moved(range.start)..moved(range.end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_follow_their_words() {
        let mut text = "The rail-\nway of the north-\nsouth line".to_owned();
        let mut ranges = [4..13, 21..33];

        let hyphens = Hyphens::of(&text);
        mend(&mut text, &hyphens).follow(ranges.iter_mut());

        assert_eq!(text, "The railway of the north-south line");
        assert_eq!(ranges.map(|range| text[range].to_owned()), ["railway", "north-south"]);
    }
}
