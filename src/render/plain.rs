//! For people at a terminal: hits, passages in their context, articles, and why nothing was found.

use std::io::{self, Write};

use super::copies::{also_in, copies_text};
use super::group::{counts, name};
use super::score::score_lines;
use super::style::{ASIDE, SPEAKER, STRONG, styled, wrapped};
use super::why::{Marking, legend, marked};
use crate::engine::By;
use crate::model::{
    Article, Attribution, BlockKind, CodePoints, Evidence, Passage, Publication, Span, Why, printable, single_line,
};
use crate::view::{PassageReasons, PassageView, RankedHit, SearchView, Shown};

/// Words of a passage that a list of hits shows; `show` gives the whole.
const SNIPPET_WORDS: usize = 60;
/// Columns before the text of a hit.
pub(super) const INDENT: &str = "    ";

/// Hits, best first, for lines of `width` columns; `explained`, with where their scores came from.
pub fn search_table(out: &mut dyn Write, view: &SearchView, width: usize, explained: bool) -> io::Result<()> {
    let mut group = None;
    for hit in &view.hits {
        if let Some(opened) = view.group_of(hit).filter(|_| hit.group != group) {
            group = hit.group;
            let counts = styled(ASIDE, &counts(opened));
            writeln!(out, "{} {counts}\n", styled(STRONG, &format!("{}: {}", opened.by.as_str(), name(opened))))?;
        }
        hit_lines(out, hit, view.by, width)?;
        if explained {
            for line in score_lines(&hit.hit.parts, view.by) {
                writeln!(out, "{INDENT}{}", styled(ASIDE, &line))?;
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn hit_lines(out: &mut dyn Write, ranked: &RankedHit, by: By, width: usize) -> io::Result<()> {
    let passage = &ranked.hit.passage;
    let rank = format!("{:>3}", ranked.rank);
    let article = &passage.article;
    let title = article.title.as_deref().unwrap_or("(no title)");
    let id = passage.id.to_string();
    writeln!(
        out,
        "{} {}  {}",
        styled(STRONG, &rank),
        styled(STRONG, title),
        styled(ASIDE, &format!("{id}  {:.2}", ranked.hit.score))
    )?;
    writeln!(out, "{INDENT}{}", facts(passage, ranked.speaker.as_ref()))?;
    let (text, marks) = snippet(&passage.text, &ranked.hit.highlights);
    writeln!(out, "{}", wrapped(&text, &marks, width.saturating_sub(INDENT.len()), INDENT))?;
    if !passage.topics.is_empty() {
        let topics: Vec<String> =
            passage.topics.iter().map(|topic| format!("{} {}", topic.id, topic.confidence)).collect();
        writeln!(out, "{INDENT}{}", styled(ASIDE, &format!("topics: {}", topics.join(", "))))?;
    }
    if by == By::Article && ranked.hit.more > 0 {
        let more = format!("and {} more of this article: `rapporteur show {}`", ranked.hit.more, article.id);
        writeln!(out, "{INDENT}{}", styled(ASIDE, &more))?;
    }
    if let Some(also) = ranked.copies.as_deref().and_then(also_in) {
        writeln!(out, "{ASIDE}{}{ASIDE:#}", wrapped(&also, &[], width.saturating_sub(INDENT.len()), INDENT))?;
    }
    Ok(())
}

/// Speaker with role, kind, date and outlet on one line.
pub(super) fn facts(passage: &Passage, speaker: Option<&Attribution>) -> String {
    let mut facts = Vec::new();
    if let Some(attribution) = speaker {
        let role = attribution.speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
        facts.push(format!(
            "{}{} {}",
            styled(SPEAKER, &attribution.speaker.name),
            single_line(&role),
            styled(ASIDE, &format!("({})", attribution.confidence))
        ));
    }
    facts.push(passage.kind.as_str().replace('_', " "));
    facts.push(published(passage));
    if let Some(outlet) = &passage.article.outlet {
        facts.push(single_line(outlet).into_owned());
    }
    facts.join(" · ")
}

fn published(passage: &Passage) -> String {
    day(passage.published.as_ref())
}

/// The day of publication in words, as far as it is known.
pub(super) fn day(published: Option<&Publication>) -> String {
    match published {
        Some(published) if published.inferred => format!("on or after {}", published.date.in_words()),
        Some(published) => published.date.in_words(),
        None => "undated".into(),
    }
}

/// The words of a long passage around its first highlights, and the highlights in them.
pub(super) fn snippet(text: &str, highlights: &[Span]) -> (String, Vec<Span>) {
    let words: Vec<Span> = words(text);
    if words.len() <= SNIPPET_WORDS {
        return (text.to_owned(), highlights.to_vec());
    }
    let begins: Vec<usize> =
        highlights.iter().map(|mark| words.partition_point(|word| word.end <= mark.start)).collect();
    let in_window = |first: usize| begins.iter().filter(|word| (first..first + SNIPPET_WORDS).contains(word)).count();
    let latest = words.len() - SNIPPET_WORDS;
    let lead = SNIPPET_WORDS / 6;
    let first = begins
        .iter()
        .map(|word| word.saturating_sub(lead).min(latest))
        .rev()
        .max_by_key(|first| in_window(*first))
        .unwrap_or(0);
    let window = Span::new(words[first].start, words[first + SNIPPET_WORDS - 1].end);
    let before = if first > 0 { "… " } else { "" };
    let after = if first < latest { " …" } else { "" };
    let shift = before.chars().count();
    let marks = highlights
        .iter()
        .filter(|mark| window.covers(**mark))
        .map(|mark| Span::new(mark.start - window.start + shift, mark.end - window.start + shift))
        .collect();
    (format!("{before}{}{after}", window.slice(text)), marks)
}

/// The words of `text`, as code points.
fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in text.chars().chain([' ']).enumerate() {
        match (letter.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// A passage in its context, or an article, with what is known of it; with `why`, what the attributions of
/// each passage rest on is marked in its text and listed below it.
pub fn shown_text(
    out: &mut dyn Write,
    shown: &Shown,
    why: Option<(&[PassageReasons], Marking)>,
    width: usize,
) -> io::Result<()> {
    let reasons_of = |passage: &Passage| {
        let (reasons, marking) = why?;
        Some((reasons.iter().find(|reasons| reasons.passage == passage.id)?, marking))
    };
    match shown {
        Shown::Passage(view) => passage_text(out, view, reasons_of(&view.passage), width),
        Shown::Article(view) => {
            let Some(first) = view.passages.first() else { return Ok(()) };
            article_head(out, first)?;
            for passage in &view.passages {
                writeln!(out, "\n{}", styled(ASIDE, &passage.id.to_string()))?;
                writeln!(out, "{}", facts(passage, passage.speaker.as_ref()))?;
                match reasons_of(passage) {
                    None => writeln!(out, "{}", wrapped(&passage.text, &[], width, ""))?,
                    Some((reasons, marking)) => {
                        writeln!(out, "{}", marked(&passage.text, &reasons.marks, marking, width))?;
                        legend(out, reasons)?;
                    }
                }
            }
            view.copies.as_ref().map_or(Ok(()), |copies| copies_text(out, copies))
        }
    }
}

fn article_head(out: &mut dyn Write, passage: &Passage) -> io::Result<()> {
    let article = &passage.article;
    writeln!(out, "{}", styled(STRONG, article.title.as_deref().unwrap_or("(no title)")))?;
    let mut field = |name: &str, value: Option<&str>| match value {
        Some(value) => writeln!(out, "{} {}", styled(ASIDE, &format!("{name:<10}")), single_line(value)),
        None => Ok(()),
    };
    field("article", Some(&article.id.to_string()))?;
    field("outlet", article.outlet.as_deref())?;
    field("authors", Some(article.authors.join(", ")).filter(|authors| !authors.is_empty()).as_deref())?;
    field("language", article.language.as_deref())?;
    field("published", Some(&published(passage)))?;
    field("", passage.published.as_ref().map(|published| published.why.text.as_str()))?;
    field("url", article.url.as_deref())?;
    field("source", Some(&passage.source.path))?;
    field("blake3", Some(&passage.source.blake3.to_hex()))
}

fn passage_text(
    out: &mut dyn Write,
    view: &PassageView,
    why: Option<(&PassageReasons, Marking)>,
    width: usize,
) -> io::Result<()> {
    let passage = &view.passage;
    article_head(out, passage)?;
    writeln!(out, "\n{}", styled(STRONG, &format!("passage {} of {}", passage.id, view.of)))?;
    for before in &view.before {
        writeln!(out, "{ASIDE}{}{ASIDE:#}\n", wrapped(&before.text, &[], width.saturating_sub(2), "  "))?;
    }
    let text = why.map_or_else(
        || wrapped(&passage.text, &[], width, ""),
        |(reasons, marking)| marked(&passage.text, &reasons.marks, marking, width),
    );
    writeln!(out, "{text}\n")?;
    for after in &view.after {
        writeln!(out, "{ASIDE}{}{ASIDE:#}\n", wrapped(&after.text, &[], width.saturating_sub(2), "  "))?;
    }
    writeln!(out, "{} {}", styled(STRONG, "kind"), passage.kind.as_str())?;
    match why {
        Some((reasons, _)) => legend(out, reasons)?,
        None => attributions(out, passage)?,
    }
    for mentioned in &passage.mentioned {
        let texts: Vec<&str> = mentioned.mentions.iter().map(|mention| mention.text.as_str()).collect();
        let line = format!("{} [{}] ({}): {}", mentioned.name, mentioned.id, mentioned.confidence, texts.join(", "));
        assignment(out, "mentioned", &line, &mentioned.why)?;
    }
    for topic in &passage.topics {
        assignment(out, "topic", &format!("{} ({})", topic.id, topic.confidence), &topic.why)?;
    }
    for mention in &passage.dates {
        assignment(out, "date", &format!("{} = {}", mention.text, mention.date), &mention.why)?;
    }
    view.copies.as_ref().map_or(Ok(()), |copies| copies_text(out, copies))
}

/// Who holds the passage, and who is quoted in it.
fn attributions(out: &mut dyn Write, passage: &Passage) -> io::Result<()> {
    if let Some(attribution) = &passage.speaker {
        assignment(out, "speaker", &speaker_line(attribution), &attribution.why)?;
    }
    for quote in &passage.quotes {
        let words: Vec<&str> =
            quote.spans.iter().map(|span| span.relative_to(passage.span.start).slice(&passage.text)).collect();
        let name = quote.attribution().map_or("nobody named".into(), |attribution| speaker_line(&attribution));
        let line = format!("{name}: {}", words.join(" … "));
        assignment(out, "quote", &line, &quote.why)?;
    }
    Ok(())
}

fn speaker_line(attribution: &Attribution) -> String {
    let speaker = &attribution.speaker;
    let role = speaker.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
    let body = speaker.affiliation.as_ref().map(|body| format!("; for {body}")).unwrap_or_default();
    format!("{}{role}{body} [{}] ({})", speaker.name, speaker.id, attribution.confidence)
}

/// An assignment and, below it, why it was made.
fn assignment(out: &mut dyn Write, name: &str, value: &str, why: &Why) -> io::Result<()> {
    writeln!(out, "{} {}", styled(STRONG, name), single_line(value))?;
    let evidence: Vec<String> = why.evidence.iter().map(evidence_text).collect();
    let basis = if evidence.is_empty() { String::new() } else { format!(" [{}]", evidence.join("; ")) };
    writeln!(out, "{INDENT}{}", styled(ASIDE, &format!("{}: {}{basis}", why.rule, why.text)))
}

fn evidence_text(evidence: &Evidence) -> String {
    match evidence.span {
        Some(span) => format!("{} “{}” at {}–{}", evidence.part, evidence.text, span.start, span.end),
        None => format!("{} “{}”", evidence.part, evidence.text),
    }
}

/// What is shown of a cleaned article beside its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// What cleaning left out, with the rules.
    pub dropped: bool,
    /// Where the links of each block lead.
    pub links: bool,
    /// What the source says of itself, each with its reason, and what was not taken.
    pub why: bool,
}

/// A cleaned article as plain text: its kept blocks, those that are not running text named.
pub fn article_text(out: &mut dyn Write, article: &Article, beside: Beside) -> io::Result<()> {
    let points = CodePoints::new(&article.text);
    let mut entry = 0;
    for block in &article.blocks {
        if let Some(opened) = block.entry.as_ref().filter(|opened| opened.n != entry) {
            entry = opened.n;
            writeln!(out, "{}\n", styled(ASIDE, &format!("[{}]", single_line(&opened.time))))?;
        }
        let name = match block.kind {
            BlockKind::Title => "# ",
            BlockKind::Heading | BlockKind::LiveEntry => "## ",
            BlockKind::ListItem if !points.slice(block.span).starts_with(['-', '•']) => "- ",
            BlockKind::Quote => "> ",
            BlockKind::Table => "| ",
            BlockKind::Caption => "[caption] ",
            BlockKind::Credit => "[credit] ",
            BlockKind::EditorNote => "[editor's note] ",
            BlockKind::Correction => "[correction] ",
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Answer | BlockKind::Question => "",
        };
        writeln!(out, "{}{}\n", styled(ASIDE, name), printable(points.slice(block.span)))?;
        if beside.links && !block.links.is_empty() {
            for link in &block.links {
                let words = single_line(points.slice(link.span));
                writeln!(out, "{}{words}: {}", styled(ASIDE, "[link] "), single_line(&link.url))?;
            }
            writeln!(out)?;
        }
    }
    for (name, date) in [("published", &article.published), ("modified", &article.modified)] {
        if let Some(date) = date {
            let value = date.time.map_or(date.edtf(), |time| time.to_string());
            writeln!(out, "{} {value}: {}\n", styled(ASIDE, &format!("[{name}]")), single_line(&date.why.text))?;
        }
    }
    if beside.why {
        statements(out, article)?;
    }
    if beside.dropped {
        for block in &article.dropped {
            writeln!(out, "{} {}\n", styled(ASIDE, &format!("[dropped: {}]", block.reason)), single_line(&block.text))?;
        }
    }
    Ok(())
}

/// What an article says of itself, field by field with its reason, and what was not taken.
fn statements(out: &mut dyn Write, article: &Article) -> io::Result<()> {
    let metadata = &article.metadata;
    let value = |field: &str| match field {
        "title" => article.title.clone(),
        "authors" => Some(article.authors.join("; ")),
        "outlet" => article.outlet.clone(),
        "url" => article.url.clone(),
        "language" => article.language.clone(),
        "section" => metadata.section.clone(),
        "keywords" => Some(metadata.keywords.join("; ")),
        "paywalled" => metadata.paywalled.map(|paid| if paid { "yes".into() } else { "no".into() }),
        "syndication" => metadata.syndication.clone(),
        _ => None,
    };
    for reason in &metadata.reasons {
        let value = single_line(&value(&reason.field).unwrap_or_default()).into_owned();
        assignment(out, &format!("[{}]", reason.field), &value, &reason.why)?;
    }
    for other in &article.disagreements {
        assignment(out, &format!("[not taken: {}]", other.field), &other.value, &other.why)?;
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_holds_the_highlights_and_keeps_their_places() {
        let text = format!("{}railway {}", "before ".repeat(100), "after ".repeat(100));
        let mark = Span::new(700, 707);

        let (snippet, marks) = snippet(&text, &[mark]);

        assert_eq!(mark.slice(&text), "railway");
        assert_eq!(marks[0].slice(&snippet), "railway");
        assert!(snippet.starts_with("… ") && snippet.ends_with(" …"));
    }
}
