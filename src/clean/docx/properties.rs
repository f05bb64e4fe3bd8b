//! A document's core properties: its title and its author, where a person has set them.

use std::sync::LazyLock;

use super::xml::{self, Step};
use crate::clean::letters::collapse;

/// Names that programs and offices fill in, in lower case.
#[derive(serde::Deserialize)]
struct Placeholders {
    titles: Vec<String>,
    title_starts: Vec<String>,
    authors: Vec<String>,
}

static PLACEHOLDERS: LazyLock<Option<Placeholders>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../data/document_placeholders.toml")).ok());

/// A document's title and authors; empty where it states none of its own.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
}

impl Properties {
    /// Reads the core properties' part, as far as it is sound.
    pub(super) fn read(xml: &str) -> Self {
        let (mut title, mut creator) = (String::new(), String::new());
        let mut open = "";
        let _ = xml::walk(xml, |step| match step {
            Step::Open("title", _) => open = "title",
            Step::Open("creator", _) => open = "creator",
            Step::Close(_) | Step::Open(..) => open = "",
            Step::Text(text) => match open {
                "title" => title.push_str(text),
                "creator" => creator.push_str(text),
                _ => {}
            },
        });
        let authors = creator.split([';', ',']).map(collapse).filter(|name| is_person(name)).collect();
        Self { title: Some(collapse(&title)).filter(|title| is_title(title)), authors }
    }
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = lower.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "doc" | "docx" | "dotx" | "rtf"));
    let Some(placeholders) = PLACEHOLDERS.as_ref() else { return false };
    lower.chars().any(char::is_alphabetic)
        && !is_file
        && !placeholders.titles.contains(&lower)
        && !placeholders.title_starts.iter().any(|start| lower.starts_with(start.as_str()))
}

/// A name of two words or more; one word is an account.
fn is_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    (2..=5).contains(&name.split(' ').count())
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '\\' | '/' | '_'))
        && PLACEHOLDERS.as_ref().is_some_and(|placeholders| !placeholders.authors.contains(&lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_fill_in_is_no_statement() {
        let read = |title: &str, creator: &str| {
            let of = format!("<c><dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator></c>");
            let found = Properties::read(&of);
            (found.title, found.authors)
        };

        assert_eq!(read("Microsoft Word - Document1", "Microsoft Office User"), (None, Vec::new()));
        assert_eq!(read("speech_final.docx", "python-docx"), (None, Vec::new()));
        assert_eq!(
            read("Water &amp; rail", "Samira Holt; Jonas Pell"),
            (Some("Water & rail".into()), vec!["Samira Holt".into(), "Jonas Pell".into()])
        );
    }
}
