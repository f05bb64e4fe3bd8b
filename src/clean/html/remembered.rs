//! What was judged of a name once: classes and ids repeat a thousand times a page, and from page to page of one
//! outlet.

use std::cell::RefCell;
use std::collections::HashMap;

/// So many names are remembered before the memory is emptied: some megabytes.
const MOST_KNOWN: usize = 20_000;
/// A longer name, in bytes, is judged anew each time.
const LONGEST_KNOWN: usize = 200;

/// A judgement of names that remembers; one for each thread.
pub(super) struct Remembered<T> {
    known: RefCell<HashMap<String, T>>,
    judge: fn(&str) -> T,
}

impl<T: Copy> Remembered<T> {
    /// Remembers what `judge` says, which must depend on the name alone.
    pub(super) fn new(judge: fn(&str) -> T) -> Self {
        Self { known: RefCell::new(HashMap::new()), judge }
    }

    /// What is to be said of `name`.
    pub(super) fn of(&self, name: &str) -> T {
        if name.len() > LONGEST_KNOWN {
            return (self.judge)(name);
        }
        let mut known = self.known.borrow_mut();
        if let Some(judged) = known.get(name) {
            return *judged;
        }
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        let judged = (self.judge)(name);
        known.insert(name.to_owned(), judged);
        judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_judged_alike_before_and_after_it_is_known() {
        let long = Remembered::new(|name| name.len() > 3);

        for name in ["rail", "sea", "rail", &"x".repeat(1000)] {
            assert_eq!(long.of(name), name.len() > 3);
        }
    }
}
