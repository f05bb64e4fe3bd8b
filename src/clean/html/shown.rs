//! Where a page shows its headline: found once, for all who ask.
//!
//! For the verdict, the sorting of lines, dates, authors and sections, which read what stands about it.

use super::lines::{Line, Lines};
use crate::model::fold_name;

/// A headline stands at most so many lines below the line with which its article begins.
const LATEST: usize = 10;
/// A longer line, in bytes, is no headline.
const LONGEST: usize = 500;

/// The lines that say what the headline says.
#[derive(Default)]
pub(super) struct Shown {
    /// The headline, folded; empty where the page has none.
    title: String,
    /// The lines that say it and nothing else, in order.
    lines: Vec<usize>,
}

impl Shown {
    /// Looks for the headline `title` among the page's lines.
    pub(super) fn find(lines: &Lines, title: Option<&str>) -> Self {
        let title = title.map(fold_name).unwrap_or_default();
        if title.is_empty() {
            return Self::default();
        }
        let says = |line: &Line| line.may_fold_to(&title) && fold_name(&line.text) == title;
        let found = lines.all.iter().enumerate().filter(|(_, line)| says(line)).map(|(at, _)| at).collect();
        Self { title, lines: found }
    }

    /// The headline, folded, where the page has one.
    pub(super) fn title(&self) -> Option<&str> {
        Some(self.title.as_str()).filter(|title| !title.is_empty())
    }

    /// Whether the line at `at` is the headline.
    pub(super) fn is(&self, at: usize) -> bool {
        self.lines.binary_search(&at).is_ok()
    }

    /// Every line that is the headline, in order.
    pub(super) fn all(&self) -> impl Iterator<Item = usize> + '_ {
        self.lines.iter().copied()
    }

    /// The line of the headline above the `body`'s first line, the last one where several show it; a kicker
    /// may stand in one line with it.
    pub(super) fn above(&self, lines: &Lines, body: usize) -> Option<usize> {
        let title = self.title()?;
        let end = (body + LATEST).min(lines.all.len());
        let sized = |line: &&Line| line.text.len() < LONGEST && line.text.len() * 2 >= title.len();
        let is_sized = |at: &usize| lines.all.get(*at).as_ref().is_some_and(sized);
        let ends_so =
            |at: &usize| lines.all.get(*at).filter(sized).is_some_and(|line| fold_name(&line.text).ends_with(title));
        let last = self.all().filter(|at| *at < end).filter(is_sized).last();
        last.or_else(|| (0..end).rev().find(ends_so)).or_else(|| self.all().find(is_sized))
    }
}

#[cfg(test)]
mod tests {
    use super::super::dom::Dom;
    use super::*;

    fn above(html: &str, body: usize) -> Option<usize> {
        let html = scraper::Html::parse_document(html);
        let lines = Lines::read(&Dom::new(&html));
        Shown::find(&lines, Some("Rail reaches Kesh")).above(&lines, body)
    }

    #[test]
    fn the_last_line_before_the_body_that_shows_the_headline_is_its_own() {
        let page = "<p>Rail reaches Kesh<p>Menu<h1>“Rail reaches Kesh”</h1><p>The line is 1,140 km long.";

        assert_eq!(above(page, 3), Some(2));
    }

    #[test]
    fn a_kicker_may_stand_in_one_line_with_the_headline() {
        assert_eq!(above("<p>Menu<h1>Transport: Rail reaches Kesh</h1><p>The line is long.", 2), Some(1));
        assert_eq!(above("<p>Menu<h1>Rail reaches Velmar</h1><p>The line is long.", 2), None);
    }
}
