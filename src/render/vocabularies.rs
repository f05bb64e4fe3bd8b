//! Topics, outlets and words of an index: as tables and for programs.

use std::io::{self, Write};

use super::stamped::stamped_csv;
use super::style::{ASIDE, SPEAKER, STRONG, styled, wrapped, wrapped_in};
use crate::engine::WordCount;
use crate::model::{Span, TopicId};
use crate::view::{Extent, OutletView, OutletsView, Provenance, TermView, TermsView, TopicView, TopicsView};

const INDENT: &str = "    ";
/// Terms of a topic that a table names; the other formats have all.
const TERMS_NAMED: usize = 12;

/// First and last day, empty where there is none.
fn days(extent: &Extent) -> [String; 2] {
    let (first, last) = extent.published.unzip();
    [first, last].map(|day| day.map(|day| day.to_string()).unwrap_or_default())
}

fn published(extent: &Extent) -> String {
    match extent.published {
        None => "undated".into(),
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} … {last}"),
    }
}

/// Counts, then a name that wraps behind them, for lines of `width` columns.
fn head(out: &mut dyn Write, counts: &str, (name, rest): (&str, &str), width: usize) -> io::Result<()> {
    let columns = counts.chars().count();
    let marks = [Span::new(0, name.chars().count())];
    let lines =
        wrapped_in(SPEAKER, &format!("{name} {rest}"), &marks, width.saturating_sub(columns), &" ".repeat(columns));
    writeln!(out, "{counts}{}", lines.get(columns..).unwrap_or(&lines))
}

fn aside(out: &mut dyn Write, text: &str, width: usize) -> io::Result<()> {
    writeln!(out, "{ASIDE}{}{ASIDE:#}", wrapped(text, &[], width.saturating_sub(INDENT.len()), INDENT))
}

/// One topic a line, with what it means below it, for lines of `width` columns.
pub fn topics_table(out: &mut dyn Write, view: &TopicsView, width: usize) -> io::Result<()> {
    if view.topics.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", styled(STRONG, "passages  direct  articles  topic"))?;
    for topic in &view.topics {
        let counts = format!("{:>8}  {:>6}  {:>8}  ", topic.extent.passages, topic.direct, topic.extent.articles);
        let id = topic.id.as_str();
        head(out, &counts, (topic.label.as_deref().unwrap_or(id), &format!("[{id}]")), width)?;
        let mut facts = Vec::new();
        facts.extend((topic.extent.passages > 0).then(|| published(&topic.extent)));
        facts.extend((!topic.broader.is_empty()).then(|| format!("part of {}", ids(&topic.broader))));
        facts.extend(topic.iptc.clone());
        facts.extend((topic.extent.passages == 0).then(|| "no passage has it".to_owned()));
        facts.extend(topic.label.is_none().then(|| "the topics file no longer has it".to_owned()));
        aside(out, &facts.join(" · "), width)?;
        if !topic.terms.is_empty() {
            aside(out, &terms_named(&topic.terms), width)?;
        }
    }
    Ok(())
}

fn ids(topics: &[TopicId]) -> String {
    topics.iter().map(TopicId::as_str).collect::<Vec<_>>().join(", ")
}

/// `58 terms: railway, railroad, … and 46 more`.
fn terms_named(terms: &[TermView]) -> String {
    let named: Vec<&str> = terms.iter().take(TERMS_NAMED).map(|term| term.term.as_str()).collect();
    let more = terms.len() - named.len();
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    let noun = if terms.len() == 1 { "term" } else { "terms" };
    format!("{} {noun}: {}{rest}", terms.len(), named.join(", "))
}

/// One topic a row, under a header; lists are joined by `; `.
pub fn topics_csv(out: &mut dyn Write, view: &TopicsView, from: &Provenance) -> io::Result<()> {
    let row = |topic: &TopicView| {
        let terms: Vec<&str> = topic.terms.iter().map(|term| term.term.as_str()).collect();
        let [first, last] = days(&topic.extent);
        [
            topic.id.to_string(),
            topic.label.clone().unwrap_or_default(),
            topic.iptc.clone().unwrap_or_default(),
            ids(&topic.broader).replace(", ", "; "),
            terms.join("; "),
            topic.exclude.join("; "),
            topic.extent.passages.to_string(),
            topic.direct.to_string(),
            topic.extent.articles.to_string(),
            first,
            last,
        ]
    };
    let header =
        ["id", "label", "iptc", "broader", "terms", "exclude", "passages", "direct", "articles", "first", "last"];
    stamped_csv(out, header, view.topics.iter().map(row), from)
}

/// One outlet a line, with its dates and spellings below it, for lines of `width` columns.
pub fn outlets_table(out: &mut dyn Write, view: &OutletsView, width: usize) -> io::Result<()> {
    if view.outlets.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", styled(STRONG, "passages  articles  outlet"))?;
    for outlet in &view.outlets {
        let counts = format!("{:>8}  {:>8}  ", outlet.extent.passages, outlet.extent.articles);
        head(out, &counts, (&outlet.name, &format!("[{}]", outlet.key)), width)?;
        aside(out, &published(&outlet.extent), width)?;
        if outlet.is_default {
            aside(out, "the outlet of sources that name none, by the settings", width)?;
        }
        if outlet.spellings.len() > 1 {
            aside(out, &format!("written {}", spellings(outlet, ", ")), width)?;
        }
    }
    Ok(())
}

/// `The Velmar Courier (120), Velmar Courier (3)`.
fn spellings(outlet: &OutletView, between: &str) -> String {
    let spelling = outlet.spellings.iter().map(|spelling| format!("{} ({})", spelling.name, spelling.passages));
    spelling.collect::<Vec<_>>().join(between)
}

/// One outlet a row, under a header; spellings with their passages, joined by `; `.
pub fn outlets_csv(out: &mut dyn Write, view: &OutletsView, from: &Provenance) -> io::Result<()> {
    let row = |outlet: &OutletView| {
        let [first, last] = days(&outlet.extent);
        [
            outlet.key.clone(),
            outlet.name.clone(),
            spellings(outlet, "; "),
            outlet.is_default.to_string(),
            outlet.extent.passages.to_string(),
            outlet.extent.articles.to_string(),
            first,
            last,
        ]
    };
    let header = ["key", "name", "spellings", "is_default", "passages", "articles", "first", "last"];
    stamped_csv(out, header, view.outlets.iter().map(row), from)
}

/// One word a line.
pub fn terms_table(out: &mut dyn Write, view: &TermsView) -> io::Result<()> {
    let Some(longest) = view.terms.iter().map(|term| term.word.chars().count()).max() else { return Ok(()) };
    // The letters of a folded word take a column each; where some take two, its line is wider.
    let column = longest.max("word".len());
    writeln!(out, "{}", styled(STRONG, &format!("passages  occurrences  {:<column$}  searched as", "word")))?;
    for WordCount { word, stem, passages, occurrences } in &view.terms {
        let word = styled(SPEAKER, &format!("{word:<column$}"));
        writeln!(out, "{passages:>8}  {occurrences:>11}  {word}  {}", styled(ASIDE, stem))?;
    }
    Ok(())
}

/// One word a row, under a header.
pub fn terms_csv(out: &mut dyn Write, view: &TermsView, from: &Provenance) -> io::Result<()> {
    let row = |term: &WordCount| {
        [term.word.clone(), term.stem.clone(), term.passages.to_string(), term.occurrences.to_string()]
    };
    stamped_csv(out, ["word", "stem", "passages", "occurrences"], view.terms.iter().map(row), from)
}
