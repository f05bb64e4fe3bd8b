//! Markup made fit for the parser: no NUL, and no nesting beyond what any page means.
//!
//! Scope checks of the HTML standard's tree construction walk the open elements at every tag, so a
//! page of 100,000 open tags takes minutes. Browsers cap the depth at 512 (Blink's
//! `kMaximumHTMLParserDOMTreeDepth`); tags past that are left out here, their text stays.

use std::borrow::Cow;

/// Open elements at once, those that close themselves not counted.
const DEEPEST: usize = 400;

/// Elements that never hold anything, or that the parser closes by itself when the next one comes.
const UNCOUNTED: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p",
    "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "a", "html", "head", "body",
];

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noscript", "iframe", "noembed", "noframes"];

/// A tag, as far as the guard needs it.
pub(super) struct Tag {
    pub(super) name: Name,
    pub(super) closing: bool,
    /// One past its `>`.
    pub(super) end: usize,
}

/// A tag's name in lower case, as far as any that matters goes.
pub(super) struct Name {
    letters: [u8; LONGEST_NAME],
    length: usize,
}

/// The longest name of an element that matters is shorter, in bytes.
const LONGEST_NAME: usize = 32;

impl Name {
    pub(super) fn as_str(&self) -> &str {
        self.letters.get(..self.length).and_then(|letters| std::str::from_utf8(letters).ok()).unwrap_or("")
    }
}

/// `html` as the parser may have it.
pub(super) fn tame(html: &str) -> Cow<'_, str> {
    let html = if html.contains('\0') { Cow::Owned(html.replace('\0', "")) } else { Cow::Borrowed(html) };
    match shallow(&html) {
        Some(shallow) => Cow::Owned(shallow),
        None => html,
    }
}

/// `html` without the tags that nest too deeply; `None` where there are none.
fn shallow(html: &str) -> Option<String> {
    let (mut depth, mut refused) = (0usize, 0usize);
    let mut kept: Option<String> = None;
    let (mut from, mut at) = (0, 0);
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        if html[start..].starts_with("<!--") {
            at = html[start..].find("-->").map_or(html.len(), |close| start + close + 3);
            continue;
        }
        let Some(tag) = read_tag(html, start) else {
            at = start + 1;
            continue;
        };
        at = tag.end;
        if UNCOUNTED.contains(&tag.name.as_str()) {
            continue;
        }
        if RAW.contains(&tag.name.as_str()) {
            at = if tag.closing { tag.end } else { raw_end(html, &tag) };
            continue;
        }
        let refuse = match (tag.closing, refused > 0, depth >= DEEPEST) {
            (false, _, true) => {
                refused += 1;
                true
            }
            (true, true, _) => {
                refused -= 1;
                true
            }
            (false, _, false) => {
                depth += 1;
                false
            }
            (true, false, _) => {
                depth = depth.saturating_sub(1);
                false
            }
        };
        if refuse {
            let kept = kept.get_or_insert_with(|| String::with_capacity(html.len()));
            kept.push_str(&html[from..start]);
            kept.push(' ');
            from = tag.end;
        }
    }
    kept.map(|mut kept| {
        kept.push_str(&html[from..]);
        kept
    })
}

/// The tag that begins at `start`, if one does.
pub(super) fn read_tag(html: &str, start: usize) -> Option<Tag> {
    let bytes = html.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(closing);
    let length =
        bytes.get(name_start..)?.iter().take(LONGEST_NAME).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if length == 0 || !bytes[name_start].is_ascii_alphabetic() {
        return None;
    }
    let mut name = Name { letters: [0; LONGEST_NAME], length };
    for (letter, byte) in name.letters.iter_mut().zip(&bytes[name_start..name_start + length]) {
        *letter = byte.to_ascii_lowercase();
    }
    Some(Tag { name, closing, end: tag_end(bytes, name_start + length) })
}

/// One past the `>` that closes a tag, quoted values skipped.
fn tag_end(bytes: &[u8], mut at: usize) -> usize {
    let mut from = at;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr3(b'>', b'"', b'\'', rest)) {
        at += found;
        if bytes[at] == b'>' {
            return at + 1;
        }
        // A quote opens a value only after an equals sign.
        if bytes[from..at].trim_ascii_end().ends_with(b"=") {
            let Some(close) = memchr::memchr(bytes[at], &bytes[at + 1..]) else { return bytes.len() };
            at += 1 + close;
            from = at + 1;
        }
        at += 1;
    }
    bytes.len()
}

/// Where the content of a raw element ends: at its closing tag, or at the page's end.
fn raw_end(html: &str, tag: &Tag) -> usize {
    let bytes = html.as_bytes();
    let mut at = tag.end;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find("</")) {
        let name = at + found + 2;
        let matches = bytes
            .get(name..name + tag.name.length)
            .is_some_and(|b| b.eq_ignore_ascii_case(tag.name.as_str().as_bytes()));
        if matches {
            return at + found;
        }
        at = name;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_usual_depth_is_left_alone() {
        let page = "<div>".repeat(100) + "<p>Velmar" + &"</div>".repeat(100) + "<p>".repeat(2000).as_str();

        assert!(matches!(tame(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn deep_nesting_is_cut_and_the_text_stays() {
        let page = "<div class=\"a>b\">".repeat(50_000) + "Velmar" + &"</div>".repeat(50_000) + "<p>Kesh</p>";

        let tame = tame(&page);

        assert_eq!(tame.matches("<div").count(), DEEPEST);
        assert_eq!(tame.matches("</div").count(), DEEPEST);
        assert!(tame.contains("Velmar") && tame.ends_with("<p>Kesh</p>"));
    }

    #[test]
    fn tags_in_a_script_do_not_count() {
        let page = format!("<script>var a = \"{}\";</script><p>Kesh", "<div>".repeat(1000));

        assert!(matches!(tame(&page), Cow::Borrowed(_)));
    }
}
