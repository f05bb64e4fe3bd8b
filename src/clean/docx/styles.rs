//! What a paragraph's style makes of it. Styles of any language and of a house's own stand on built-in ones.

use std::collections::HashMap;

use super::xml::{self, Step};

/// A style's place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    /// Running text.
    #[default]
    Body,
    Title,
    /// A heading, from 1.
    Heading(u8),
    ListItem,
    Quote,
    Caption,
    /// A line of a table of contents.
    Contents,
}

/// More styles than this do not stand on each other; a ring of them ends here.
const LONGEST_CHAIN: usize = 16;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Declared>,
    /// The document's language, as its defaults state it.
    pub(super) language: Option<String>,
}

#[derive(Debug, Default)]
struct Declared {
    own: Option<Style>,
    based_on: Option<String>,
}

impl Styles {
    /// Reads the styles' part, as far as it is sound.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut open: Option<(String, Declared)> = None;
        let mut in_defaults = false;
        let _ = xml::walk(xml, |step| match step {
            Step::Open("docDefaults", _) => in_defaults = true,
            Step::Close("docDefaults") => in_defaults = false,
            Step::Open("lang", attributes) if in_defaults => styles.language = attributes.get("val"),
            Step::Open("style", attributes) => {
                open = attributes.get("styleId").map(|id| (id, Declared::default()));
            }
            Step::Close("style") => styles.by_id.extend(open.take()),
            Step::Open(name, attributes) => {
                let Some((_, style)) = &mut open else { return };
                let value = || attributes.get("val");
                match name {
                    "name" => style.own = value().and_then(|name| built_in(&name)),
                    "basedOn" => style.based_on = value(),
                    "outlineLvl" => {
                        style.own = style.own.or(value().and_then(|level| heading(&level)));
                    }
                    "numPr" => style.own = style.own.or(Some(Style::ListItem)),
                    _ => {}
                }
            }
            _ => {}
        });
        styles
    }

    /// What the style of this id makes of a paragraph.
    pub(super) fn get(&self, id: &str) -> Style {
        let mut next = Some(id);
        for _ in 0..LONGEST_CHAIN {
            let Some(id) = next else { break };
            let Some(declared) = self.by_id.get(id) else { return built_in(id).unwrap_or_default() };
            if let Some(style) = declared.own {
                return style;
            }
            next = declared.based_on.as_deref();
        }
        Style::Body
    }
}

/// An outline level as its element states it, from 0; 9 is running text (17.9.21).
pub(super) fn heading(level: &str) -> Option<Style> {
    level.parse::<u8>().ok().filter(|level| *level < 9).map(|level| Style::Heading(level + 1))
}

/// The built-in styles, whose names a file keeps in English whatever the program's language (17.7.4.9);
/// `Quotations` is that of `LibreOffice`.
fn built_in(name: &str) -> Option<Style> {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let numbered = |prefix: &str| name.strip_prefix(prefix)?.parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    if let Some(level) = numbered("heading") {
        return Some(Style::Heading(level));
    }
    if numbered("toc").is_some() || matches!(name.as_str(), "tocheading" | "tableoffigures") {
        return Some(Style::Contents);
    }
    match name.as_str() {
        "title" => Some(Style::Title),
        "quote" | "intensequote" | "quotations" | "blocktext" => Some(Style::Quote),
        "caption" => Some(Style::Caption),
        // A `List Paragraph` is a list item only where it is numbered.
        "listparagraph" => None,
        name if name.starts_with("listbullet") || name.starts_with("listnumber") => Some(Style::ListItem),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_stand_on_built_in_ones_in_any_language() {
        let styles = Styles::read(
            "<w:styles><w:style w:styleId='berschrift2'><w:name w:val='heading 2'/></w:style>\
             <w:style w:styleId='Haus'><w:name w:val='House head'/><w:basedOn w:val='berschrift2'/></w:style>\
             <w:style w:styleId='Ring'><w:basedOn w:val='Ring'/></w:style>\
             <w:style w:styleId='Level'><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style></w:styles>",
        );

        assert_eq!(styles.get("Haus"), Style::Heading(2));
        assert_eq!(styles.get("Level"), Style::Heading(1));
        assert_eq!(styles.get("Ring"), Style::Body);
        assert_eq!(styles.get("IntenseQuote"), Style::Quote);
        assert_eq!(styles.get("ListParagraph"), Style::Body);
    }
}
