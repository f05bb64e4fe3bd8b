//! Character references in texts that should have none: `&#8217;` in a JSONL record's plain text.
//!
//! Feeds are often exported from HTML half-way: without its tags, with its references.

use std::borrow::Cow;

/// `text` with its references read, once, where it plainly was HTML: each `&` of it begins a reference, or one
/// is numeric, which no writer means. Otherwise `&amp;` may be what the text is about, and it stays.
pub(super) fn decode_once(text: &str) -> Cow<'_, str> {
    let references = || text.match_indices('&').map(|(at, _)| reference(&text[at..]));
    let numeric = references().flatten().any(|found| found.starts_with("&#"));
    if !(numeric || text.contains('&') && references().all(|found| found.is_some())) {
        return Cow::Borrowed(text);
    }
    // Only whole references are for the parser; it would read `&region` as `®ion`.
    let mut escaped = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '&' if reference(&text[at..]).is_none() => escaped.push_str("&amp;"),
            letter => escaped.push(letter),
        }
    }
    Cow::Owned(scraper::Html::parse_fragment(&escaped).root_element().text().collect())
}

/// The reference at the beginning of `text`, with its semicolon.
fn reference(text: &str) -> Option<&str> {
    let body = text.strip_prefix('&')?;
    // The longest name of the HTML standard has 31 letters.
    let end = body.bytes().take(33).position(|byte| byte == b';')?;
    let name = &body[..end];
    let well_formed = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => (1..=6).contains(&hex.len()) && hex.bytes().all(|digit| digit.is_ascii_hexdigit()),
            None => (1..=7).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit()),
        },
        None => name.len() > 1 && name.bytes().all(|letter| letter.is_ascii_alphanumeric()),
    };
    well_formed.then(|| &text[..end + 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_once() {
        assert_eq!(decode_once("Kesh&#8217;s rails &amp; roads&nbsp;rust"), "Kesh’s rails & roads\u{a0}rust");
        assert_eq!(decode_once("write &amp;lt; for less"), "write &lt; for less");
        assert_eq!(decode_once("a &lt;b&gt; c < d"), "a <b> c < d");
    }

    #[test]
    fn a_text_with_a_plain_ampersand_was_no_html() {
        assert_eq!(decode_once("Write &amp; where you mean &."), "Write &amp; where you mean &.");
        assert_eq!(decode_once("Vael & Co. bid"), "Vael & Co. bid");
    }

    #[test]
    fn a_numeric_reference_is_never_meant() {
        assert_eq!(decode_once("Holt & Sons&#x27; &region"), "Holt & Sons' &region");
    }
}
