//! Markup made fit for the parser: nothing in it that costs more than its length, or that nobody reads.
//!
//! The tree construction of the HTML standard is quadratic in places: scope checks walk the open
//! elements at every tag, open formatting elements are made anew in every paragraph, each attribute
//! is compared with those before it. One walk over the tags takes out what would make that matter;
//! markup alone is taken, its text stays. Elements that would swallow the rest of the page because
//! nothing closes them are taken out as well.
//!
//! Parsing is most of the cost of cleaning, and half of a news page's bytes are scripts, style sheets,
//! comments, drawings and attributes for browsers: the same walk leaves them out. JSON-LD is kept, and the
//! emptied elements stay, so that what stands around them stays where it is.

mod stack;
mod tag;

use std::borrow::Cow;
use std::collections::HashMap;

use stack::{Stack, Verdict};
use tag::{Class, Tag, find_close, last_close, read_tag};

use super::HtmlError;

/// Tags of one page, closing ones counted. Long live blogs have 40,000; the tree takes about 200
/// bytes a tag.
const MOST_TAGS: usize = 500_000;

/// `html` as the parser may have it.
pub(super) fn tame(html: &str) -> Result<Cow<'_, str>, HtmlError> {
    if html.contains('\0') {
        let without = html.replace('\0', "");
        return Ok(Cow::Owned(Guard::new(&without).run()?.into_owned()));
    }
    Guard::new(html).run()
}

/// The walk.
struct Guard<'h> {
    html: &'h str,
    stack: Stack,
    tags: usize,
    /// What is kept so far, once something was taken out, and from where on the page is to be added.
    kept: Option<String>,
    from: usize,
    /// Where the last closing tag of a swallowing element begins.
    last_close: HashMap<&'static str, Option<usize>>,
    /// Of the open templates, which are shadow roots.
    templates: Vec<bool>,
    /// Whether a drawing was met whose parts do not add up.
    unbalanced: bool,
}

impl<'h> Guard<'h> {
    fn new(html: &'h str) -> Self {
        Self {
            html,
            stack: Stack::default(),
            tags: 0,
            kept: None,
            from: 0,
            last_close: HashMap::new(),
            templates: Vec::new(),
            unbalanced: false,
        }
    }

    fn run(mut self) -> Result<Cow<'h, str>, HtmlError> {
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', self.html.as_bytes().get(at..).unwrap_or_default()) {
            let start = at + found;
            if start > at {
                self.stack.text();
            }
            at = self.markup(start);
            if self.tags > MOST_TAGS {
                return Err(HtmlError::TooManyTags { limit: MOST_TAGS });
            }
        }
        Ok(match self.kept {
            Some(mut kept) => {
                kept.push_str(&self.html[self.from..]);
                Cow::Owned(kept)
            }
            None => Cow::Borrowed(self.html),
        })
    }

    /// Reads what begins with the `<` at `start`; gives the place after it.
    fn markup(&mut self, start: usize) -> usize {
        let rest = &self.html[start..];
        if rest.starts_with("<!--") {
            let end = start + comment_length(rest);
            self.replace(start, end, "");
            return end;
        }
        let Some(tag) = read_tag(self.html, start) else {
            let bogus = matches!(rest.as_bytes().get(1), Some(b'!' | b'?' | b'/'));
            return if bogus { rest.find('>').map_or(self.html.len(), |close| start + close + 1) } else { start + 1 };
        };
        self.tags += 1;
        if tag.broken {
            self.replace(start, tag.end, " ");
            return tag.end;
        }
        if tag.class == Class::Swallowing("template") && self.is_shadow_root(start, &tag) {
            self.replace(start, tag.end, "");
            return tag.end;
        }
        match tag.class {
            Class::Plaintext => {
                self.replace(start, tag.end, " ");
                tag.end
            }
            Class::Raw(_) | Class::Drawing(_) | Class::Swallowing(_) if !tag.closing => self.swallowing(start, &tag),
            _ => self.ordinary(start, &tag),
        }
    }

    /// Whether a template's tag is that of a shadow root, which is what its host shows (HTML Living Standard,
    /// 4.12.3): only its tags are left out.
    fn is_shadow_root(&mut self, start: usize, tag: &Tag) -> bool {
        if tag.closing {
            return self.templates.pop().unwrap_or(false);
        }
        let written = self.html[start..tag.end].to_ascii_lowercase();
        let names = [" shadowrootmode", "\nshadowrootmode", "\tshadowrootmode", " shadowroot="];
        self.templates.push(names.iter().any(|name| written.contains(name)));
        self.templates.last() == Some(&true)
    }

    /// An element whose content is no markup, or no part of the page.
    fn swallowing(&mut self, start: usize, tag: &Tag) -> usize {
        let (Class::Raw(name) | Class::Drawing(name) | Class::Swallowing(name)) = tag.class else { return tag.end };
        let html = self.html;
        let last = *self.last_close.entry(name).or_insert_with(|| last_close(html, name));
        let closed = last.is_some_and(|last| last >= tag.end);
        match tag.class {
            Class::Drawing(_) if tag.self_closing => {
                self.replace(start, tag.end, "");
                tag.end
            }
            // An unclosed script is cut off with the page; its text is nobody's.
            Class::Raw("script" | "style") if !closed => self.html.len(),
            _ if !closed => {
                self.replace(start, tag.end, " ");
                tag.end
            }
            Class::Raw(_) => {
                self.trim(tag);
                let close = find_close(html, name, tag.end).unwrap_or(html.len());
                if is_unread(name, &html[start..tag.end], &html[tag.end..close]) {
                    self.replace(tag.end, close, "");
                }
                close
            }
            Class::Drawing(_) => {
                let end = self.drawing_end(name, tag.end);
                self.replace(start, end, "");
                end
            }
            _ => self.ordinary(start, tag),
        }
    }

    /// One past the closing tag of a drawing or formula, those in it counted.
    fn drawing_end(&mut self, name: &str, from: usize) -> usize {
        let after = |close: usize| self.html[close..].find('>').map_or(self.html.len(), |end| close + end + 1);
        let nearest = find_close(self.html, name, from).map_or(self.html.len(), after);
        let nested = tag::find_open(&self.html[..nearest], name, from).is_some();
        if !nested || self.unbalanced {
            return nearest;
        }
        let (mut depth, mut at) = (1_usize, from);
        while let Some(found) = self.html.get(at..).and_then(|rest| rest.find('<')) {
            at += found;
            match read_tag(self.html, at) {
                Some(tag) if tag.class == Class::of(name) => {
                    depth = if tag.closing { depth - 1 } else { depth + usize::from(!tag.self_closing) };
                    if depth == 0 {
                        return tag.end;
                    }
                    at = tag.end;
                }
                Some(tag) => at = tag.end,
                None => at += 1,
            }
        }
        self.unbalanced = true;
        nearest
    }

    fn ordinary(&mut self, start: usize, tag: &Tag) -> usize {
        let verdict = if tag.closing { self.stack.close(tag) } else { self.stack.open(tag) };
        match verdict {
            Verdict::Keep => self.trim(tag),
            Verdict::Drop if matches!(tag.class, Class::Formatting(_) | Class::Inline) => {
                self.replace(start, tag.end, "");
            }
            Verdict::Drop => self.replace(start, tag.end, " "),
        }
        if let Some(closing) = self.stack.exhausted() {
            self.replace(tag.end, tag.end, &closing);
        }
        tag.end
    }

    /// Takes out of a kept tag its values that are too long and its attributes that are too many.
    fn trim(&mut self, tag: &Tag) {
        for (from, to) in &tag.cuts {
            self.replace(*from, *to, "");
        }
    }

    fn replace(&mut self, from: usize, to: usize, with: &str) {
        if from == to && with.is_empty() {
            return;
        }
        let kept = self.kept.get_or_insert_with(|| String::with_capacity(self.html.len().min(1 << 20)));
        kept.push_str(&self.html[self.from..from]);
        kept.push_str(with);
        self.from = to;
    }
}

/// Whether a script or style sheet tells nothing of the article. One with a comment in it may be longer than
/// it seems (13.2.5.20 and after), and is left to the parser.
fn is_unread(name: &str, tag: &str, content: &str) -> bool {
    let read = |needle: &str, text: &str| memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some();
    name == "style" || name == "script" && !read("ld+json", tag) && !read("<!--", content)
}

/// How long the comment is with which `text` begins. `--!>` ends one as well.
fn comment_length(text: &str) -> usize {
    if text.starts_with("<!-->") {
        return 5;
    }
    let mut at = 3;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("--")) {
        at += found + 2;
        let rest = &text[at..];
        if rest.starts_with('>') {
            return at + 1;
        } else if rest.starts_with("!>") {
            return at + 2;
        }
        at -= 1;
    }
    text.len()
}

#[cfg(test)]
#[allow(clippy::format_collect, reason = "short pages")]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_usual_depth_is_left_alone() {
        let page = "<div>".repeat(100) + "<p>Velmar" + &"</div>".repeat(100) + "<p>".repeat(2000).as_str();

        assert!(matches!(tame(&page), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn items_that_close_each_other_do_not_nest() {
        let page = "<ul>".to_owned() + &"<li>Kesh<p>dry".repeat(2000) + "</ul><dl>" + &"<dt>a<dd>b".repeat(2000);
        let table = "<table>".to_owned() + &"<tr><td>Kesh<td><font>dry".repeat(2000) + "</table>";

        assert!(matches!(tame(&page), Ok(Cow::Borrowed(_))));
        assert!(matches!(tame(&table), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn deep_nesting_is_cut_and_the_text_stays() {
        let page = "<div class=\"a>b\">".repeat(50_000) + "Velmar" + &"</div>".repeat(50_000) + "<p>Kesh</p>";

        let tame = tame(&page).unwrap();

        assert_eq!(tame.matches("<div").count(), stack::DEEPEST);
        assert_eq!(tame.matches("</div").count(), stack::DEEPEST);
        assert!(tame.contains("Velmar") && tame.ends_with("<p>Kesh</p>"));
    }

    #[test]
    fn tags_in_a_script_do_not_count() {
        let page = format!("<script>var a = \"{}\";</script><p>Kesh", "<div>".repeat(1000));

        assert_eq!(tame(&page).unwrap(), "<script></script><p>Kesh");
    }

    #[test]
    fn an_element_that_nothing_closes_swallows_no_text() {
        for name in ["textarea", "title", "select", "template", "svg", "math", "plaintext", "xmp", "iframe"] {
            let page = format!("<p>Kesh<{name} a=b><p>Velmar");

            assert!(!tame(&page).unwrap().contains(name), "{name}");
        }
        assert_eq!(tame("<p>Kesh<script>var x").unwrap(), "<p>Kesh<script>var x");
        assert_eq!(tame("<a href=\"x>Kesh</a>").unwrap(), " Kesh</a>");
    }

    #[test]
    fn drawings_are_left_out_with_what_they_hold() {
        let page = "<p>Kesh<svg><title>icon</title><svg><g></g></svg><text>x</text></svg> is dry<svg/>.";

        assert_eq!(tame(page).unwrap(), "<p>Kesh is dry.");
    }

    #[test]
    fn long_values_and_many_attributes_are_cut() {
        let long = format!("<img src=\"{}\" alt=Kesh>", "A".repeat(100_000));
        let many = format!("<p {}>Kesh", (0..1000).map(|n| format!("a{n}=1 ")).collect::<String>());

        assert_eq!(tame(&long).unwrap(), "<img  alt=Kesh>");
        assert_eq!(tame(&long.replace("src", "href")).unwrap(), "<img href=\"\" alt=Kesh>");
        assert!(tame(&many).unwrap().len() < 1500 && tame(&many).unwrap().ends_with(">Kesh"));
    }

    #[test]
    fn open_formatting_is_not_made_anew_for_ever() {
        let fonts: String = (0..400).map(|n| format!("<font color={n}>")).collect();
        let page = format!("<p>{fonts}</p>{}", "<p>x</p>".repeat(100_000));

        let tame = tame(&page).unwrap();

        assert!(tame.matches("<font").count() < 40);
        assert!(tame.contains("</font>"), "the budget is spent, and what is open is closed");
    }

    #[test]
    fn a_page_of_too_many_tags_is_refused_with_the_limit() {
        let error = tame(&"<br>".repeat(MOST_TAGS + 1)).unwrap_err();

        assert!(error.to_string().contains("500000"), "{error}");
    }

    #[test]
    fn what_nobody_reads_is_left_out_and_statements_are_kept() {
        let page = "<head><style>p{}</style><script>a('<p>')</script><script type=application/ld+json>{}</script>\
                    </head><!-- <b> --><p title='<script>'>Kesh is dry</p>";

        assert_eq!(
            tame(page).unwrap(),
            "<head><style></style><script></script><script type=application/ld+json>{}</script>\
             </head><p title='<script>'>Kesh is dry</p>"
        );
        let odd = "<script><!-- <script> </script> --></script>";
        assert_eq!(tame(odd).unwrap(), odd);
    }

    #[test]
    fn attributes_for_browsers_are_left_out() {
        assert_eq!(
            tame("<p  onclick='a(\">\")' class = \"x y\" width=3 hidden style='color:red' data-type=b>Kesh").unwrap(),
            "<p   class = \"x y\"  hidden  data-type=b>Kesh"
        );
        assert_eq!(tame("<p style=display:none =a a=b/>").unwrap(), "<p style=display:none =a a=b/>");
        assert_eq!(tame("<img width=3/><br height>").unwrap(), "<img ><br >");
    }

    #[test]
    fn shadow_roots_are_shown_by_their_hosts_and_templates_are_not() {
        let page =
            "<x-a><template shadowrootmode=\"open\"><p>Kesh</p><template><p>row</p></template></template>is</x-a>";

        assert_eq!(tame(page).unwrap(), "<x-a><p>Kesh</p><template><p>row</p></template>is</x-a>");
    }

    #[test]
    fn pictures_written_out_are_left_out_wherever_they_stand() {
        let picture = format!("data:image/png;base64,{}", "iVBO".repeat(500));

        assert_eq!(
            tame(&format!("<link rel=icon href='{picture}'><a poster={picture} id=a>")).unwrap(),
            "<link rel=icon ><a  id=a>"
        );
    }

    #[test]
    fn comments_end_as_the_standard_says() {
        assert_eq!(["<!-->x", "<!--->x", "<!-- a --!>x", "<!-- a - -- b-->x"].map(comment_length), [5, 6, 11, 16]);
    }
}
