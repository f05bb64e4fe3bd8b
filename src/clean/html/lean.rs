//! Markup without what nobody reads: scripts, style sheets, comments, drawings.
//!
//! Half of a news page's bytes are such, and parsing is most of the cost of cleaning. They are left out
//! before the parse; the elements themselves stay, empty, so that what stands around them stays where it is.
//! JSON-LD is kept. The scan knows quoted attribute values and raw elements as the HTML standard's tokenizer
//! does (13.2.5), and where a page is too odd to be sure of, it keeps everything from there on.

use std::borrow::Cow;

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

/// Elements whose content is text, kept as it stands.
const TEXTS: &[&str] = &["textarea", "title", "xmp", "noscript", "iframe", "noembed", "noframes"];

/// `html` as far as it can be read.
pub(super) fn lean(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut kept = String::new();
    // What lies before `from` is kept or left out already.
    let (mut from, mut at) = (0, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        let start = at + found;
        let (end, unread) = match skip(html, start) {
            Next::At(end) => (end, None),
            Next::Unread(unread, end) => (end, Some(unread)),
            Next::Odd => break,
        };
        if let Some(unread) = unread.filter(|unread| !unread.is_empty()) {
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

/// What comes at a `<`.
enum Next {
    /// Nothing to leave out before this byte.
    At(usize),
    /// These bytes are not read; the scan goes on at the other.
    Unread(std::ops::Range<usize>, usize),
    /// Markup that the scan does not understand for sure.
    Odd,
}

fn skip(html: &str, start: usize) -> Next {
    let bytes = html.as_bytes();
    let rest = &bytes[start..];
    if rest.starts_with(b"<!--") {
        // `<!-->` is a whole comment. One that `--!>` may close is too odd.
        let Some(close) = memmem::find(&rest[2..], b"-->") else { return Next::Odd };
        let end = start + 2 + close + 3;
        let odd = memmem::find(&bytes[start..end], b"--!>").is_some();
        return if odd { Next::Odd } else { Next::Unread(start..end, end) };
    }
    let Some(tag) = read_tag(html, start) else { return Next::At(start + 1) };
    if tag.closing {
        return Next::At(tag.end);
    }
    match tag.name.as_str() {
        "script" | "style" => {
            let Some(close) = closing(bytes, tag.end, tag.name.as_str()) else { return Next::Odd };
            let content = &bytes[tag.end..close];
            // A comment in a script may hide its closing tag (13.2.5.20 and after).
            if tag.name.as_str() == "script" && memmem::find(content, b"<!--").is_some() {
                return Next::Odd;
            }
            let stated = memmem::find(&bytes[start..tag.end], b"ld+json").is_some();
            if stated { Next::At(close) } else { Next::Unread(tag.end..close, close) }
        }
        "svg" if bytes[tag.end - 1] == b'>' && bytes[tag.end - 2] != b'/' => match closing(bytes, tag.end, "svg") {
            Some(close) if is_drawn(html, tag.end, close) => Next::Unread(tag.end..close, close),
            _ => Next::At(tag.end),
        },
        "plaintext" => Next::Odd,
        name if TEXTS.contains(&name) => closing(bytes, tag.end, name).map_or(Next::Odd, Next::At),
        _ => Next::At(tag.end),
    }
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
