//! The day on which a page was saved, and its address, as the program that saved it noted in a comment.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::dates::day_of_stamp;

/// Such comments stand at the very beginning of a page, within so many bytes.
const HEAD: usize = 4096;

static NOTES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // SingleFile notes `saved date:`, HTTrack `Mirrored from … by HTTrack …, Fri, 20 Jun 2014 10:11:12 GMT`.
    Regex::new(r"(?s)<!--(?:[^>]{0,1000}?saved date:|\s*Mirrored from [^>]{0,600}?HTTrack[^>,]{0,100}(?:\[[^\]>]{0,60}\])?,)\s*([^\r\n>]{8,80})").ok()
});

static ADDRESSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    // SingleFile notes `url:`, browsers the "mark of the web", with the address's length in parentheses.
    Regex::new(r"(?s)<!--\s*(?:Page saved with SingleFile\s+url:\s*|saved from url=\([0-9]{1,6}\))(https?://[^\s<>]+)")
        .ok()
});

/// The day of retrieval, where a comment at the page's beginning states it.
pub(super) fn day(html: &str) -> Option<Date> {
    let head = head(html);
    if !head.contains("saved date:") && !head.contains("HTTrack") {
        return None;
    }
    day_of_stamp(NOTES.as_ref()?.captures(head)?.get(1)?.as_str())
}

/// The address from which the page was saved, where a comment at its beginning states it.
pub(super) fn address(html: &str) -> Option<String> {
    let head = head(html);
    if !head.contains("SingleFile") && !head.contains("saved from") {
        return None;
    }
    let address = ADDRESSES.as_ref()?.captures(head)?.get(1)?.as_str();
    Some(address.strip_suffix("--").unwrap_or(address).to_owned())
}

fn head(html: &str) -> &str {
    let mut end = html.len().min(HEAD);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    &html[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_page_savers_note_is_read() {
        let single = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://velmarcourier.example/rail \n saved date: Tue Jun 17 2025 10:02:11 GMT+0600 (Kastria Standard Time)\n-->";
        let mirrored = "<html>\n<!-- Mirrored from velmarcourier.example/rail.html by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 17 Jun 2025 10:11:12 GMT -->";

        assert_eq!(day(single).map(|day| day.to_string()).as_deref(), Some("2025-06-17"));
        assert_eq!(day(mirrored).map(|day| day.to_string()).as_deref(), Some("2025-06-17"));
    }

    #[test]
    fn the_address_is_read_from_what_page_savers_note() {
        let single = "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://velmarcourier.example/rail?a=1 \n saved date: x\n-->";
        let browser = "<!DOCTYPE html>\n<!-- saved from url=(0034)https://velmarcourier.example/rail -->\n<html>";

        assert_eq!(address(single).as_deref(), Some("https://velmarcourier.example/rail?a=1"));
        assert_eq!(address(browser).as_deref(), Some("https://velmarcourier.example/rail"));
        assert_eq!(address("<!-- saved from url=(0014)about:internet -->"), None);
        assert_eq!(address("<p>saved from url=(0034)https://velmarcourier.example/rail"), None);
    }

    #[test]
    fn a_page_that_talks_of_saved_dates_has_none() {
        assert_eq!(day("<p>saved date: Tue Jun 17 2025 10:02:11</p>"), None);
        assert_eq!(day("<!-- saved date: soon -->"), None);
    }
}
