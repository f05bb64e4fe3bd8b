//! Markdown: quotations with their citation, to paste into a document.

use std::io::{self, Write};

use super::copies::also_in;
use super::group::{counts, name};
use crate::model::{ArticleRef, Publication, single_line};
use crate::view::{Provenance, SearchView};

/// One numbered quotation a hit, with speaker, title, outlet, date, link and passage id, and the index's fingerprint
/// below them.
pub fn search_markdown(out: &mut dyn Write, view: &SearchView, provenance: &Provenance) -> io::Result<()> {
    let mut group = None;
    for ranked in &view.hits {
        if let Some(opened) = view.group_of(ranked).filter(|_| ranked.group != group) {
            group = ranked.group;
            writeln!(out, "## {} ({})\n", escaped(&name(opened)), counts(opened))?;
        }
        let passage = &ranked.hit.passage;
        writeln!(out, "{}. > {}", ranked.rank, escaped(&passage.text))?;
        writeln!(out)?;
        let speaker = ranked.speaker.as_ref().map(|attribution| {
            let role = attribution.speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
            format!("**{}**{}", escaped(&attribution.speaker.name), escaped(&role))
        });
        let facts = citation(speaker, &passage.article, passage.published.as_ref(), &passage.id);
        writeln!(out, "   — {facts}\n")?;
        if let Some(also) = ranked.copies.as_deref().and_then(also_in) {
            writeln!(out, "   ({})\n", escaped(&also))?;
        }
    }
    writeln!(out, "Index fingerprint: `{}`", provenance.fingerprint)
}

/// Who said it, if anybody, where, when, and the id: `speaker` in Markdown, the others as they are.
pub(super) fn citation(
    speaker: Option<String>,
    article: &ArticleRef,
    published: Option<&Publication>,
    id: &impl std::fmt::Display,
) -> String {
    let title = escaped(article.title.as_deref().unwrap_or("(no title)"));
    let title = linked(&title, article.url.as_deref());
    let facts = speaker.into_iter().chain([title]).chain(article.outlet.as_deref().map(escaped));
    let last = [published.map_or("undated".into(), Publication::edtf), format!("`{id}`")];
    facts.chain(last).collect::<Vec<_>>().join(", ")
}

/// `text`, which is Markdown, as a link to `url` where that is one.
pub(super) fn linked(text: &str, url: Option<&str>) -> String {
    match url.filter(|url| is_plain_url(url)) {
        Some(url) => format!("[{text}](<{url}>)"),
        None => text.to_owned(),
    }
}

/// What repeats a document: the command, with query and filters, and the index's fingerprint.
pub(super) fn origin(out: &mut dyn Write, provenance: &Provenance) -> io::Result<()> {
    writeln!(out, "Index fingerprint: `{}`\n", provenance.fingerprint)?;
    writeln!(out, "Command: {}", code(&provenance.command))
}

/// `text` as a code span, whose fence is longer than any run of backticks in it (`CommonMark` 0.31, 6.1).
pub(super) fn code(text: &str) -> String {
    let text = single_line(text);
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // Of a space on both sides, Markdown takes one away.
    let gap = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// Text whose letters mean nothing to Markdown or HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in single_line(text).chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Canonical URLs are percent-encoded; one that is not would break out of the link.
fn is_plain_url(url: &str) -> bool {
    url.starts_with("http") && !url.contains(['<', '>', ' ', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_text_stays_text() {
        assert_eq!(code("search '<b>*'"), "`search '<b>*'`");
        assert_eq!(code("a ``b` c"), "```a ``b` c```");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(escaped("<b>*[x](y)*"), "&lt;b&gt;\\*\\[x\\](y)\\*");
    }
}
