//! One tag, as the guard needs it: what kind of element, where it ends, and what to cut from it.

use std::ops::Range;

use memchr::memmem;

/// Attributes of one tag; each is compared with those before it.
const MOST_ATTRIBUTES: usize = 200;
/// A longer value, in bytes, is an embedded picture or a program's state.
const LONGEST_VALUE: usize = 16 * 1024;
/// A longer value, in bytes, of an attribute of the page's own is a program or a picture.
const LONGEST_OWN_VALUE: usize = 300;
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
    "poster",
];
/// Longer names are no element's.
const LONGEST_NAME: usize = 32;

/// What tree construction makes of an element (HTML Living Standard, 13.2.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Never holds anything, or is ignored where it may not stand.
    Void,
    /// `p`
    Paragraph,
    /// `li`
    Item,
    /// `dd`, `dt`
    Definition,
    /// `ul`, `ol`
    List,
    /// `div`, `address`: blocks through which an item is still closed.
    Division,
    /// Other blocks.
    Block,
    /// `h1` to `h6`
    Heading,
    /// `table`
    Table,
    /// `tbody`, `thead`, `tfoot`
    Rows,
    /// `tr`
    Row,
    /// `td`, `th`, `caption`
    Cell,
    /// `object` and the like: no scope reaches through.
    Barrier,
    /// `button`
    Button,
    /// `option`, `optgroup`
    Choice,
    /// `b`, `font`, `a` and the like, which are opened anew where they were left open.
    Formatting(&'static str),
    /// Content is no markup.
    Raw(&'static str),
    /// `svg`, `math`: other rules hold inside, and nobody reads it.
    Drawing(&'static str),
    /// Swallows the rest of the page where nothing closes it.
    Swallowing(&'static str),
    /// Swallows the rest of the page.
    Plaintext,
    /// All others.
    Inline,
}

const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
const RAW: &[&str] = &["script", "style", "textarea", "title", "xmp", "noscript", "iframe", "noembed", "noframes"];
const DRAWING: &[&str] = &["svg", "math"];
const SWALLOWING: &[&str] = &["select", "template", "object", "canvas", "audio", "video", "datalist", "map"];

impl Class {
    /// Of a name in lower case.
    pub(super) fn of(name: &str) -> Self {
        let one_of = |names: &[&'static str]| names.iter().find(|other| **other == name).copied();
        if let Some(name) = one_of(FORMATTING) {
            return Self::Formatting(name);
        }
        match name {
            "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param"
            | "source" | "track" | "wbr" | "bgsound" | "basefont" | "keygen" | "frame" | "colgroup" | "image"
            | "html" | "head" | "body" | "frameset" => Self::Void,
            "p" => Self::Paragraph,
            "li" => Self::Item,
            "dd" | "dt" => Self::Definition,
            "ul" | "ol" => Self::List,
            "div" | "address" => Self::Division,
            "article" | "aside" | "blockquote" | "center" | "details" | "dialog" | "dir" | "dl" | "fieldset"
            | "figcaption" | "figure" | "footer" | "form" | "header" | "hgroup" | "listing" | "main" | "menu"
            | "nav" | "pre" | "search" | "section" | "summary" => Self::Block,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "table" => Self::Table,
            "tbody" | "thead" | "tfoot" => Self::Rows,
            "tr" => Self::Row,
            "td" | "th" | "caption" => Self::Cell,
            "applet" | "marquee" => Self::Barrier,
            "button" => Self::Button,
            "option" | "optgroup" => Self::Choice,
            "plaintext" => Self::Plaintext,
            _ => one_of(RAW)
                .map(Self::Raw)
                .or_else(|| one_of(DRAWING).map(Self::Drawing))
                .or_else(|| one_of(SWALLOWING).map(Self::Swallowing))
                .unwrap_or(Self::Inline),
        }
    }
}

/// A tag.
pub(super) struct Tag {
    pub(super) class: Class,
    /// Tells its name from others.
    pub(super) name: u64,
    pub(super) closing: bool,
    pub(super) self_closing: bool,
    /// One past its `>`.
    pub(super) end: usize,
    /// Whether a quote in it is never closed; then `end` is after the first `>`.
    pub(super) broken: bool,
    /// What to take out of it: values too long, attributes too many.
    pub(super) cuts: Vec<(usize, usize)>,
}

/// The tag that begins with the `<` at `start`, if one does.
pub(super) fn read_tag(html: &str, start: usize) -> Option<Tag> {
    let bytes = html.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let from = start + 1 + usize::from(closing);
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let length = bytes[from..].iter().position(is_end).unwrap_or(bytes.len() - from);
    let mut short = [0_u8; LONGEST_NAME];
    let class = match short.get_mut(..length) {
        Some(short) => {
            short.copy_from_slice(&bytes[from..from + length]);
            short.make_ascii_lowercase();
            Class::of(std::str::from_utf8(short).unwrap_or_default())
        }
        None => Class::Inline,
    };
    let mut tag = Tag {
        class,
        name: hash(&bytes[from..from + length]),
        closing,
        self_closing: false,
        end: 0,
        broken: false,
        cuts: Vec::new(),
    };
    if length > LONGEST_NAME {
        // The parser keeps a name of any length; the rest of it tells nobody anything.
        let cut = (from + LONGEST_NAME..from + length).find(|at| html.is_char_boundary(*at));
        tag.cuts.extend(cut.map(|cut| (cut, from + length)));
    }
    read_attributes(bytes, from + length, &mut tag);
    Some(tag)
}

/// FNV-1a, 64 bits, letters in lower case.
fn hash(name: &[u8]) -> u64 {
    name.iter().take(LONGEST_NAME).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Reads to the tag's end as the standard's tokenizer does (13.2.5.32 to 13.2.5.39).
fn read_attributes(bytes: &[u8], mut at: usize, tag: &mut Tag) {
    let mut count = 0;
    let mut too_many = None;
    let skip = |mut at: usize, wanted: fn(&u8) -> bool| {
        while bytes.get(at).is_some_and(wanted) {
            at += 1;
        }
        at
    };
    loop {
        at = skip(at, |byte| byte.is_ascii_whitespace() || *byte == b'/');
        match bytes.get(at) {
            None => break,
            Some(b'>') => {
                tag.self_closing = bytes[at - 1] == b'/';
                break;
            }
            Some(_) => {}
        }
        count += 1;
        if count > MOST_ATTRIBUTES && too_many.is_none() {
            too_many = Some(at);
        }
        let attribute = at;
        at = skip(at + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
        let name = &bytes[attribute..at.min(bytes.len())];
        let after_name = at;
        at = skip(at, u8::is_ascii_whitespace);
        if bytes.get(at) != Some(&b'=') {
            cut_attribute(tag, too_many, attribute..after_name, name, b"");
            continue;
        }
        at = skip(at + 1, u8::is_ascii_whitespace);
        let quote = bytes.get(at).filter(|byte| matches!(byte, b'"' | b'\''));
        let from = at + usize::from(quote.is_some());
        let Some(quote) = quote else {
            at = skip(at, |byte| !byte.is_ascii_whitespace() && *byte != b'>');
            if !cut_attribute(tag, too_many, attribute..at, name, &bytes[from..at.min(bytes.len())]) {
                cut_value(tag, too_many, from, at);
            }
            continue;
        };
        let Some(close) = bytes[from..].iter().position(|byte| byte == quote) else {
            let end = bytes[from..].iter().position(|byte| *byte == b'>');
            tag.broken = end.is_some();
            tag.end = end.map_or(bytes.len(), |end| from + end + 1);
            tag.cuts.clear();
            return;
        };
        at = from + close;
        if !cut_attribute(tag, too_many, attribute..at + 1, name, &bytes[from..at]) {
            cut_value(tag, too_many, from, at);
        }
        at += 1;
    }
    if let Some(from) = too_many {
        tag.cuts.push((from, at.min(bytes.len())));
    }
    tag.end = (at + 1).min(bytes.len());
}

/// Cuts an attribute that is for browsers and scripts alone; whether it is one.
fn cut_attribute(tag: &mut Tag, too_many: Option<usize>, whole: Range<usize>, name: &[u8], value: &[u8]) -> bool {
    let cut = too_many.is_none() && !tag.closing && is_unread(name, value);
    if cut {
        tag.cuts.push((whole.start, whole.end));
    }
    cut
}

fn is_unread(name: &[u8], value: &[u8]) -> bool {
    let begins = |prefix: &[u8]| name.len() >= prefix.len() && name[..prefix.len()].eq_ignore_ascii_case(prefix);
    if begins(b"on") || begins(b"data-src") || begins(b"aria-") && !begins(b"aria-hidden") && !begins(b"aria-label") {
        return true;
    }
    // A picture written out, wherever it stands.
    if value.len() > LONGEST_OWN_VALUE && value[..5].eq_ignore_ascii_case(b"data:") {
        return true;
    }
    if begins(b"data-") || name.eq_ignore_ascii_case(b"src") {
        return value.len() > LONGEST_OWN_VALUE;
    }
    // What hides an element is read.
    if name.eq_ignore_ascii_case(b"style") {
        return memmem::find(value, b"none").is_none() && memmem::find(value, b"hidden").is_none();
    }
    UNREAD.iter().any(|unread| name.eq_ignore_ascii_case(unread.as_bytes()))
}

fn cut_value(tag: &mut Tag, too_many: Option<usize>, from: usize, to: usize) {
    if too_many.is_none() && to - from > LONGEST_VALUE {
        tag.cuts.push((from, to));
    }
}

/// Where the next closing tag of an element begins.
pub(super) fn find_close(html: &str, name: &str, from: usize) -> Option<usize> {
    find(html, "</", name, from)
}

/// Where the next opening tag of an element begins.
pub(super) fn find_open(html: &str, name: &str, from: usize) -> Option<usize> {
    find(html, "<", name, from)
}

fn find(html: &str, before: &str, name: &str, mut at: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    loop {
        at += memchr::memchr(b'<', bytes.get(at..)?)?;
        if bytes[at..].starts_with(before.as_bytes()) && is_name(bytes, at + before.len(), name) {
            return Some(at);
        }
        at += 1;
    }
}

/// Where the last closing tag of an element begins.
pub(super) fn last_close(html: &str, name: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut end = bytes.len();
    while let Some(at) = memchr::memrchr(b'<', &bytes[..end]) {
        if bytes.get(at + 1) == Some(&b'/') && is_name(bytes, at + 2, name) {
            return Some(at);
        }
        end = at;
    }
    None
}

fn is_name(bytes: &[u8], at: usize, name: &str) -> bool {
    bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(at + name.len()).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
}
