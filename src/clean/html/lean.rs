//! Markup without what nobody reads: scripts, style sheets, comments, drawings, and attributes for browsers.
//!
//! Half of a news page's bytes are such, and parsing is most of the cost of cleaning. They are left out
//! before the parse; the elements themselves stay, empty, so that what stands around them stays where it is.
//! JSON-LD is kept. The scan knows quoted attribute values and raw elements as the HTML standard's tokenizer
//! does (13.2.5), and where a page is too odd to be sure of, it keeps everything from there on.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::depth::read_tag;

/// What may stand in a drawing that is left out; anything else could break out of it.
const DRAWN: &[&str] = &[
    "path",
    "g",
    "circle",
    "rect",
    "use",
    "line",
    "polygon",
    "polyline",
    "ellipse",
    "defs",
    "symbol",
    "title",
    "desc",
    "clippath",
    "mask",
    "lineargradient",
    "radialgradient",
    "stop",
    "style",
    "text",
    "tspan",
    "image",
    "filter",
    "animate",
    "animatetransform",
    "pattern",
];

/// Attributes that say how something looks or loads.
const UNREAD: &[&str] = &[
    "srcset",
    "sizes",
    "width",
    "height",
    "target",
    "loading",
    "decoding",
    "fetchpriority",
    "integrity",
    "crossorigin",
    "align",
    "valign",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "tabindex",
    "referrerpolicy",
    "d",
    "points",
];

/// A longer value, in bytes, of an attribute of the page's own is a program or a picture.
const LONGEST_VALUE: usize = 300;

/// Elements whose content is text, kept as it stands.
const TEXTS: &[&str] = &["textarea", "title", "xmp", "noscript", "iframe", "noembed", "noframes"];

/// `html` as far as it can be read.
pub(super) fn lean(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut kept = String::new();
    let mut unread: Vec<Range<usize>> = Vec::new();
    // What lies before `from` is kept or left out already.
    let (mut from, mut at) = (0, 0);
    // Of the open templates, which are shadow roots.
    let mut templates: Vec<bool> = Vec::new();
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        let start = at + found;
        unread.clear();
        let Some(end) = skip(html, start, &mut unread, &mut templates) else { break };
        for unread in unread.drain(..).filter(|unread| !unread.is_empty()) {
            if kept.is_empty() {
                kept.reserve(html.len() / 2);
            }
            kept.push_str(&html[from..unread.start]);
            from = unread.end;
        }
        at = end;
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[from..]);
    Cow::Owned(kept)
}

/// Adds to `unread` what begins at the `<` at `start` and is not read; where the scan goes on, or `None`
/// before markup that it does not understand for sure.
fn skip(html: &str, start: usize, unread: &mut Vec<Range<usize>>, templates: &mut Vec<bool>) -> Option<usize> {
    let bytes = html.as_bytes();
    let rest = &bytes[start..];
    if rest.starts_with(b"<!--") {
        // `<!-->` is a whole comment. One that `--!>` may close is too odd.
        let end = start + 2 + memmem::find(&rest[2..], b"-->")? + 3;
        unread.push(start..end);
        return memmem::find(&bytes[start..end], b"--!>").is_none().then_some(end);
    }
    let Some(tag) = read_tag(html, start) else { return Some(start + 1) };
    if tag.name.as_str() == "template" {
        // A shadow root is what its host shows (HTML Living Standard, 4.12.3): only its tags are left out.
        let is_shadow = if tag.closing {
            templates.pop().unwrap_or(false)
        } else {
            templates.push(is_shadow_root(&bytes[start..tag.end]));
            templates.last() == Some(&true)
        };
        if is_shadow {
            unread.push(start..tag.end);
            return Some(tag.end);
        }
    }
    if tag.closing {
        return Some(tag.end);
    }
    match tag.name.as_str() {
        "script" | "style" => {
            let close = closing(bytes, tag.end, tag.name.as_str())?;
            let content = &bytes[tag.end..close];
            // A comment in a script may hide its closing tag (13.2.5.20 and after).
            if tag.name.as_str() == "script" && memmem::find(content, b"<!--").is_some() {
                return None;
            }
            if memmem::find(&bytes[start..tag.end], b"ld+json").is_none() {
                unread.push(tag.end..close);
            }
            Some(close)
        }
        "svg" if bytes[tag.end - 1] == b'>' && bytes[tag.end - 2] != b'/' => {
            let close = closing(bytes, tag.end, "svg").filter(|close| is_drawn(html, tag.end, *close));
            unread.extend(close.map(|close| tag.end..close));
            Some(close.unwrap_or(tag.end))
        }
        "plaintext" => None,
        name if TEXTS.contains(&name) => closing(bytes, tag.end, name),
        name => {
            attributes(bytes, start + 1 + name.len()..tag.end, unread);
            Some(tag.end)
        }
    }
}

/// Whether a `<template …>` is a shadow root by declaration.
fn is_shadow_root(tag: &[u8]) -> bool {
    let lower = tag.to_ascii_lowercase();
    [&b" shadowrootmode"[..], b"\nshadowrootmode", b"\tshadowrootmode", b" shadowroot="]
        .iter()
        .any(|name| memmem::find(&lower, name).is_some())
}

/// Adds the attributes of a tag that are not read, each with the white space after it.
fn attributes(bytes: &[u8], tag: Range<usize>, unread: &mut Vec<Range<usize>>) {
    let mut at = tag.start;
    let run = |at: usize, is: fn(u8) -> bool| {
        at + bytes[at..tag.end].iter().position(|byte| !is(*byte)).unwrap_or(tag.end - at)
    };
    let space = |byte: u8| byte.is_ascii_whitespace();
    loop {
        at = run(at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        if at >= tag.end || bytes[at] == b'>' {
            return;
        }
        // An equals sign at the beginning belongs to the name.
        let named = run(at + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let equals = run(named, space);
        let (value, end) = if bytes.get(equals) == Some(&b'=') && equals < tag.end {
            let opens = run(equals + 1, space);
            if let Some(quote @ (b'"' | b'\'')) = bytes.get(opens) {
                let Some(close) = memchr::memchr(*quote, &bytes[opens + 1..tag.end]) else { return };
                (opens + 1..opens + 1 + close, opens + close + 2)
            } else {
                let close = run(opens, |byte| !byte.is_ascii_whitespace() && byte != b'>');
                (opens..close, close)
            }
        } else {
            (named..named, named)
        };
        if is_unread(&bytes[at..named], &bytes[value]) {
            unread.push(at..run(end, space));
        }
        at = end;
    }
}

/// Whether an attribute is for browsers and scripts alone.
fn is_unread(name: &[u8], value: &[u8]) -> bool {
    let begins = |prefix: &[u8]| name.len() >= prefix.len() && name[..prefix.len()].eq_ignore_ascii_case(prefix);
    if begins(b"on") || begins(b"data-src") || begins(b"aria-") && !begins(b"aria-hidden") {
        return true;
    }
    // A picture written out, wherever it stands.
    if value.len() > LONGEST_VALUE && value[..5].eq_ignore_ascii_case(b"data:") {
        return true;
    }
    if begins(b"data-") || name.eq_ignore_ascii_case(b"src") {
        return value.len() > LONGEST_VALUE;
    }
    // What hides an element is read.
    if name.eq_ignore_ascii_case(b"style") {
        return memmem::find(value, b"none").is_none() && memmem::find(value, b"hidden").is_none();
    }
    UNREAD.iter().any(|unread| name.eq_ignore_ascii_case(unread.as_bytes()))
}

/// Where the next closing tag of `name` begins.
fn closing(bytes: &[u8], mut at: usize, name: &str) -> Option<usize> {
    loop {
        let start = at + memmem::find(bytes.get(at..)?, b"</")?;
        let after = start + 2 + name.len();
        let named = bytes.get(start + 2..after)?.eq_ignore_ascii_case(name.as_bytes());
        if named && bytes.get(after).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')) {
            return Some(start);
        }
        at = start + 2;
    }
}

/// Whether only shapes stand between two bytes.
fn is_drawn(html: &str, from: usize, to: usize) -> bool {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..to]) {
        let start = at + found;
        let Some(tag) = read_tag(html, start).filter(|tag| DRAWN.contains(&tag.name.as_str()) && tag.end <= to) else {
            return false;
        };
        at = tag.end;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_reads_is_left_out_and_statements_are_kept() {
        let page = "<head><style>p{}</style><script>a('<p>')</script><script type=application/ld+json>{}</script>\
                    </head><!-- <b> --><p title='<script>'>Kesh <svg viewBox=0><path d=1 /></svg>is dry</p>";

        assert_eq!(
            lean(page),
            "<head><style></style><script></script><script type=application/ld+json>{}</script>\
             </head><p title='<script>'>Kesh <svg viewBox=0></svg>is dry</p>"
        );
    }

    #[test]
    fn attributes_for_browsers_are_left_out() {
        assert_eq!(
            lean("<p  onclick='a(\">\")' class = \"x y\" width=3 hidden style='color:red' data-type=b>Kesh"),
            "<p  class = \"x y\" hidden data-type=b>Kesh"
        );
        assert_eq!(lean("<p style=display:none =a a=b/>"), "<p style=display:none =a a=b/>");
        assert_eq!(lean("<img width=3/><br height>"), "<img ><br >");
    }

    #[test]
    fn shadow_roots_are_shown_by_their_hosts_and_templates_are_not() {
        assert_eq!(
            lean(
                "<x-a><template shadowrootmode=\"open\"><p>Kesh</p><template><p>row</p></template></template>is</x-a>"
            ),
            "<x-a><p>Kesh</p><template><p>row</p></template>is</x-a>"
        );
        assert!(matches!(lean("<template class=a><p>Kesh</template></template>"), Cow::Borrowed(_)));
    }

    #[test]
    fn pictures_written_out_are_left_out_wherever_they_stand() {
        let picture = format!("data:image/png;base64,{}", "iVBO".repeat(500));

        assert_eq!(
            lean(&format!("<link rel=icon href='{picture}'><a poster={picture} id=a>")),
            "<link rel=icon ><a id=a>"
        );
    }

    #[test]
    fn text_elements_hide_their_tags() {
        for page in ["<textarea><script></textarea><p>Kesh</p>", "<title><!-- </title><p>Kesh", "<p>2 < 3 <3 </p>"] {
            assert!(matches!(lean(page), Cow::Borrowed(_)), "{page}");
        }
    }

    #[test]
    fn odd_pages_are_kept_from_the_oddity_on() {
        let page = "<script>a</script><script><!-- <script> </script> --></script><style>b</style>";

        assert_eq!(lean(page), "<script></script><script><!-- <script> </script> --></script><style>b</style>");
        assert_eq!(lean("<svg><p>Kesh</svg>"), "<svg><p>Kesh</svg>");
        assert_eq!(lean("<style>never closed <p>Kesh"), "<style>never closed <p>Kesh");
    }
}
