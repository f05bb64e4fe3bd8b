//! Copies of an article as text: below a hit, and where an article is shown.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::style::{ASIDE, STRONG, styled};
use crate::model::{Publication, single_line};
use crate::view::{CopiesView, Copy, CopyView};

/// Copies named below a hit of a list; JSON has them all.
const NAMED: usize = 5;

/// `also in 2 articles: Corridor Wire, 17 June 2025 (0b3k5m7p9r2t.3); …`, or nothing where there is none.
pub(super) fn also_in(copies: &[Copy]) -> Option<String> {
    let noun = match copies.len() {
        0 => return None,
        1 => "article",
        _ => "articles",
    };
    let mut named: Vec<String> = copies.iter().take(NAMED).map(copy).collect();
    if copies.len() > NAMED {
        named.push(format!("and {} more", copies.len() - NAMED));
    }
    Some(format!("also in {} {noun}: {}", copies.len(), named.join("; ")))
}

fn copy(copy: &Copy) -> String {
    let outlet = single_line(copy.outlet.as_deref().unwrap_or("no outlet"));
    format!("{outlet}, {} ({})", day(copy.published.as_ref()), copy_id(copy))
}

/// The passage that says the same, or the article where articles are ranked.
pub(super) fn copy_id(copy: &Copy) -> String {
    copy.passage.map_or_else(|| copy.article.to_string(), |passage| passage.to_string())
}

fn day(published: Option<&Publication>) -> String {
    published.map_or_else(|| "undated".into(), |published| published.date.in_words())
}

/// The group of a shown article, a member a line with its reason below it.
pub(super) fn copies_text(out: &mut dyn Write, copies: &CopiesView) -> io::Result<()> {
    let first = if copies.is_first { ", none known to be published before this one" } else { "" };
    writeln!(out, "\n{} {} articles{first}", styled(STRONG, "near-duplicates"), copies.articles)?;
    if let Some(why) = &copies.why {
        writeln!(out, "    {}", styled(ASIDE, &format!("this article: {}: {}", why.rule, why.text)))?;
    }
    for other in &copies.others {
        writeln!(out, "{}  {}", other.article.id, single_line(&line(other)))?;
        if let Some(why) = &other.why {
            writeln!(out, "    {}", styled(ASIDE, &format!("{}: {}", why.rule, why.text)))?;
        }
    }
    let shown = copies.others.len() + 1;
    if shown < copies.articles {
        writeln!(out, "and {} more", copies.articles - shown)?;
    }
    Ok(())
}

fn line(other: &CopyView) -> String {
    let title = other.article.title.as_deref().unwrap_or("(no title)");
    let outlet = other.article.outlet.as_deref().unwrap_or("no outlet");
    format!("{title} · {outlet} · {}", day(other.published.as_ref()))
}

/// The same as an object; `null` where there is no copy.
pub(super) fn copies_json(copies: Option<&CopiesView>) -> Value {
    let Some(copies) = copies else { return Value::Null };
    let others: Vec<Value> = copies
        .others
        .iter()
        .map(|other| {
            json!({
                "article": other.article,
                "published": other.published.as_ref().map(Publication::edtf),
                "similarity": other.similarity.map(hundredths),
                "why": other.why,
            })
        })
        .collect();
    json!({
        "articles": copies.articles,
        "first": copies.is_first,
        "similarity": copies.similarity.map(hundredths),
        "why": copies.why,
        "others": others,
    })
}

/// As it is written: the nearest double of 0.97 rather than of the single-precision number.
fn hundredths(share: f32) -> f64 {
    (f64::from(share) * 100.0).round() / 100.0
}
