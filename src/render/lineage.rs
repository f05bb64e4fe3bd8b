//! The life of a quotation: as text, for programs, for spreadsheets and documents.
//!
//! In text, `[-words-]` are the first version's alone and `{+words+}` the other's alone, as wdiff writes them.

use std::io::{self, Write};

use serde::Serialize;

use super::markdown::{citation, escaped};
use super::stamped::{stamped_csv, stamped_json, stamped_jsonl};
use super::style::{ASIDE, SPEAKER, STRONG, styled, wrapped};
use crate::model::{ArticleRef, Confidence, Publication, QuoteId, QuoteKind, Span, Speaker};
use crate::view::{Change, Difference, Flag, LineageView, Provenance, QuoteView, StatementView, VersionView};

const INDENT: &str = "    ";

/// Each statement with its versions by time, and its candidates, for lines of `width` columns.
pub fn lineage_text(out: &mut dyn Write, view: &LineageView, width: usize) -> io::Result<()> {
    for (at, statement) in view.statements.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", styled(STRONG, &summary(statement)))?;
        for (number, version) in (1..).zip(&statement.versions) {
            let asked = if version.quote.id == view.quote { "*" } else { " " };
            writeln!(out, "\n{asked}{number:>2} {}", heading(&version.quote, &relation(version)))?;
            let (text, marks) = match &version.difference {
                None => (version.quote.text.clone(), Vec::new()),
                Some(difference) => marked(difference),
            };
            writeln!(out, "{}", wrapped(&text, &marks, width.saturating_sub(INDENT.len()), INDENT))?;
            for flag in version.difference.iter().flat_map(|difference| &difference.flags) {
                writeln!(out, "{INDENT}{}", styled(ASIDE, &flag_text(flag)))?;
            }
            for other in &version.also_of {
                writeln!(out, "{INDENT}{}", styled(ASIDE, &format!("also carries the statement of {other}")))?;
            }
        }
        if !statement.candidates.is_empty() {
            writeln!(out, "\n{}", styled(STRONG, "reports that may be of the same statement"))?;
        }
        for candidate in &statement.candidates {
            let asked = if candidate.id == view.quote { "*" } else { " " };
            writeln!(out, "\n{asked}   {}", heading(candidate, candidate.kind.as_str()))?;
            writeln!(out, "{}", wrapped(&candidate.text, &[], width.saturating_sub(INDENT.len()), INDENT))?;
        }
    }
    Ok(())
}

fn summary(statement: &StatementView) -> String {
    let count = |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    let mut parts = Vec::new();
    if !statement.versions.is_empty() {
        parts.push(count(statement.versions.len(), "version", "versions"));
    }
    if !statement.candidates.is_empty() {
        parts.push(count(statement.candidates.len(), "candidate", "candidates"));
    }
    if statement.versions.len() + statement.candidates.len() == 1 {
        parts.push("nothing else in the index carries it".into());
    }
    parts.join(", ")
}

fn heading(quote: &QuoteView, relation: &str) -> String {
    let article = &quote.article;
    let outlet = article.outlet.as_deref().unwrap_or("no outlet");
    let published = quote.published.as_ref().map_or("undated".into(), Publication::edtf);
    let role = quote.speaker.as_ref().and_then(|speaker| speaker.role.as_ref());
    let speaker = match &quote.speaker {
        Some(speaker) => styled(SPEAKER, &speaker.name),
        None => "nobody named".into(),
    };
    let role = role.map(|role| format!(", {role}")).unwrap_or_default();
    format!(
        "{}  {}  {speaker}{}  {relation}",
        styled(ASIDE, &quote.id.to_string()),
        styled(STRONG, &format!("{published} · {outlet}")),
        styled(ASIDE, &role)
    )
}

fn relation(version: &VersionView) -> String {
    let share = version
        .difference
        .as_ref()
        .map(|difference| format!(", {} of the first's {} words", difference.same_words, difference.first_words));
    format!("{}{}", version.relation.as_str(), share.unwrap_or_default())
}

/// The difference in one text, and where its marks stand, in code points.
fn marked(difference: &Difference) -> (String, Vec<Span>) {
    let (mut text, mut letters, mut marks) = (String::new(), 0, Vec::new());
    for (piece, is_mark) in pieces(difference) {
        if letters > 0 {
            text.push(' ');
            letters += 1;
        }
        let end = letters + piece.chars().count();
        marks.extend(is_mark.then(|| Span::new(letters, end)));
        text.push_str(&piece);
        letters = end;
    }
    (text, marks)
}

/// The runs of a difference, and whether each is a change.
fn pieces(difference: &Difference) -> Vec<(String, bool)> {
    let (deleted, inserted) = (|text: &str| format!("[-{text}-]"), |text: &str| format!("{{+{text}+}}"));
    let mut pieces = Vec::new();
    for change in &difference.changes {
        match change {
            Change::Same { text } => pieces.push((text.clone(), false)),
            Change::Deleted { text } => pieces.push((deleted(text), true)),
            Change::Inserted { text } => pieces.push((inserted(text), true)),
            Change::Changed { first, text } => pieces.extend([(deleted(first), true), (inserted(text), true)]),
        }
    }
    pieces
}

/// `negation: drops not; adds never`.
fn flag_text(flag: &Flag) -> String {
    let list = |verb: &str, words: &[String]| (!words.is_empty()).then(|| format!("{verb} {}", words.join(", ")));
    let parts: Vec<String> = [list("drops", &flag.dropped), list("adds", &flag.added)].into_iter().flatten().collect();
    format!("{}: {}", flag.kind.as_str(), parts.join("; "))
}

/// A version or a candidate as programs read it. Fields are written in this order.
#[derive(Serialize)]
struct Record<'v> {
    /// From 1.
    statement: usize,
    /// Its place by time among the versions, from 1; `null` for a candidate.
    version: Option<usize>,
    id: QuoteId,
    kind: QuoteKind,
    relation: &'static str,
    text: &'v str,
    speaker: Option<&'v Speaker>,
    confidence: Confidence,
    published: Option<String>,
    article: &'v ArticleRef,
    same_words: Option<usize>,
    first_words: Option<usize>,
    difference: Option<&'v [Change]>,
    flags: &'v [Flag],
    also_of: &'v [QuoteId],
}

impl<'v> Record<'v> {
    fn version(statement: usize, number: usize, version: &'v VersionView) -> Self {
        let difference = version.difference.as_ref();
        Self {
            version: Some(number),
            relation: version.relation.as_str(),
            same_words: difference.map(|difference| difference.same_words),
            first_words: difference.map(|difference| difference.first_words),
            difference: difference.map(|difference| difference.changes.as_slice()),
            flags: difference.map(|difference| difference.flags.as_slice()).unwrap_or_default(),
            also_of: &version.also_of,
            ..Self::candidate(statement, &version.quote)
        }
    }

    fn candidate(statement: usize, quote: &'v QuoteView) -> Self {
        Self {
            statement,
            version: None,
            id: quote.id,
            kind: quote.kind,
            relation: "candidate",
            text: &quote.text,
            speaker: quote.speaker.as_ref(),
            confidence: quote.confidence,
            published: quote.published.as_ref().map(Publication::edtf),
            article: &quote.article,
            same_words: None,
            first_words: None,
            difference: None,
            flags: &[],
            also_of: &[],
        }
    }
}

fn records(view: &LineageView) -> Vec<Record<'_>> {
    let mut records = Vec::new();
    for (at, statement) in (1..).zip(&view.statements) {
        records.extend((1..).zip(&statement.versions).map(|(number, version)| Record::version(at, number, version)));
        records.extend(statement.candidates.iter().map(|candidate| Record::candidate(at, candidate)));
    }
    records
}

/// One version or candidate a line.
pub fn lineage_jsonl(out: &mut dyn Write, view: &LineageView, from: &Provenance) -> io::Result<()> {
    stamped_jsonl(out, records(view), from)
}

/// One object with the quotation's id and the records.
pub fn lineage_json(out: &mut dyn Write, view: &LineageView, from: &Provenance) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'v> {
        quote: QuoteId,
        statements: usize,
        versions: Vec<Record<'v>>,
    }
    let whole = Whole { quote: view.quote, statements: view.statements.len(), versions: records(view) };
    stamped_json(out, &whole, from)
}

const HEADER: [&str; 18] = [
    "statement",
    "version",
    "id",
    "kind",
    "relation",
    "text",
    "difference",
    "flags",
    "same_words",
    "first_words",
    "speaker_id",
    "speaker",
    "role",
    "published",
    "article",
    "title",
    "outlet",
    "url",
];

/// One version or candidate a row, under a header; the difference with the marks of the text form.
pub fn lineage_csv(out: &mut dyn Write, view: &LineageView, from: &Provenance) -> io::Result<()> {
    let differences = view.statements.iter().flat_map(|statement| {
        let versions = statement.versions.iter().map(|version| version.difference.as_ref());
        versions.chain(statement.candidates.iter().map(|_| None))
    });
    let row = |(record, difference): (Record<'_>, Option<&Difference>)| {
        let number = |number: Option<usize>| number.map(|number| number.to_string()).unwrap_or_default();
        let owned = |text: Option<&String>| text.cloned().unwrap_or_default();
        [
            record.statement.to_string(),
            number(record.version),
            record.id.to_string(),
            record.kind.as_str().to_owned(),
            record.relation.to_owned(),
            record.text.to_owned(),
            difference.map(|difference| marked(difference).0).unwrap_or_default(),
            record.flags.iter().map(flag_text).collect::<Vec<_>>().join(" | "),
            number(record.same_words),
            number(record.first_words),
            record.speaker.map(|speaker| speaker.id.to_string()).unwrap_or_default(),
            owned(record.speaker.map(|speaker| &speaker.name)),
            owned(record.speaker.and_then(|speaker| speaker.role.as_ref())),
            record.published.clone().unwrap_or_default(),
            record.article.id.to_string(),
            owned(record.article.title.as_ref()),
            owned(record.article.outlet.as_ref()),
            owned(record.article.url.as_ref()),
        ]
    };
    stamped_csv(out, HEADER, records(view).into_iter().zip(differences).map(row), from)
}

/// Each statement as a list of quotations with their citation; what the first alone has is struck out, what a version
/// alone has is bold.
pub fn lineage_markdown(out: &mut dyn Write, view: &LineageView, from: &Provenance) -> io::Result<()> {
    for statement in &view.statements {
        writeln!(out, "**{}**\n", summary(statement))?;
        for (number, version) in (1..).zip(&statement.versions) {
            let text = version.difference.as_ref().map_or_else(|| escaped(&version.quote.text), markdown_difference);
            writeln!(out, "{number}. > {text}\n")?;
            writeln!(out, "   — {}, {}\n", cited(&version.quote), escaped(&relation(version)))?;
            for flag in version.difference.iter().flat_map(|difference| &difference.flags) {
                writeln!(out, "   - {}\n", escaped(&flag_text(flag)))?;
            }
        }
        for candidate in &statement.candidates {
            writeln!(out, "- > {}\n", escaped(&candidate.text))?;
            writeln!(out, "  — {}, candidate\n", cited(candidate))?;
        }
    }
    writeln!(out, "Index fingerprint: `{}`", from.fingerprint)
}

fn markdown_difference(difference: &Difference) -> String {
    let (deleted, inserted) =
        (|text: &str| format!("~~{}~~", escaped(text)), |text: &str| format!("**{}**", escaped(text)));
    let piece = |change: &Change| match change {
        Change::Same { text } => escaped(text),
        Change::Deleted { text } => deleted(text),
        Change::Inserted { text } => inserted(text),
        Change::Changed { first, text } => format!("{} {}", deleted(first), inserted(text)),
    };
    difference.changes.iter().map(piece).collect::<Vec<_>>().join(" ")
}

fn cited(quote: &QuoteView) -> String {
    let speaker = quote.speaker.as_ref().map(|speaker| format!("**{}**", escaped(&speaker.name)));
    citation(speaker, &quote.article, quote.published.as_ref(), &quote.id)
}
