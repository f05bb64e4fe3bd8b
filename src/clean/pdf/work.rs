//! The work that one document may cost, counted and never timed, so that the outcome is everywhere the same.
//!
//! Every byte that is parsed or unpacked and every letter that is placed is charged. References make a small
//! file ask for the same megabyte a million times; the sum is what bounds that.

use std::cell::Cell;

/// Steps for one document: bytes parsed and unpacked, and letters by [`LETTER`]. A report of 500 pages takes
/// some 30 million; this many are a few seconds.
pub(super) const MOST_WORK: u64 = 400_000_000;
/// What placing one letter costs, in steps: it is kept, sorted and joined.
pub(super) const LETTER: u64 = 16;

/// Why reading stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The document's work is used up.
    Work,
    /// A page has more letters than this.
    Letters(usize),
    /// A stream unpacks to more than this many bytes.
    Stream(usize),
}

/// The work done so far.
#[derive(Debug, Default)]
pub(super) struct Work(Cell<u64>);

impl Work {
    /// Adds `steps`; an error where they are too many.
    pub(super) fn charge(&self, steps: u64) -> Result<(), Stop> {
        let done = self.0.get().saturating_add(steps);
        self.0.set(done);
        if done > MOST_WORK { Err(Stop::Work) } else { Ok(()) }
    }
}
