//! What an element's names – class, id, test id – say that it holds.
//!
//! For the reader of lines. The patterns are data, in `data/boilerplate_names.toml`; a name is judged
//! once a page, for pages repeat theirs a thousand times.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use scraper::node::Element;
use serde::Deserialize;

use super::remembered::Remembered;
use crate::clean::draft::Said;

/// What names say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a name may say several things")]
pub(super) struct Signs {
    /// Furniture, by this rule.
    pub(super) furniture: Option<&'static str>,
    /// The article proper.
    pub(super) body: bool,
    /// What stands under a picture.
    pub(super) caption: bool,
    /// Who made a picture.
    pub(super) credit: bool,
    /// What introduces the article, between headline and body.
    pub(super) standfirst: bool,
    /// A question or an answer.
    pub(super) said: Option<Said>,
}

thread_local! {
    static KNOWN: Remembered<Signs> = Remembered::new(|name| PATTERNS.judge(&words(name)));
}

/// A name longer than this is generated and says nothing.
const LONGEST_NAME: usize = 80;

/// What the names of an element say together: any of them may call it furniture.
pub(super) fn signs(element: &Element) -> Signs {
    let mut signs = Signs::default();
    for (key, value) in element.attrs() {
        match key {
            "class" | "id" | "data-testid" | "data-component" | "data-module" | "data-widget" | "data-type" => {
                // A page has few names that mean something past the first dozen.
                for name in value.split_ascii_whitespace().take(24) {
                    signs = signs.and(remembered(name));
                }
            }
            "itemprop" | "property" => signs = signs.and(of_property(value)),
            "role" => signs = signs.and(of_role(value)),
            "itemtype" if value.ends_with("/Comment") => signs.furniture = Some("comments"),
            "hidden" => signs.furniture = signs.furniture.or(Some("hidden")),
            "style" if hides(value) => signs.furniture = signs.furniture.or(Some("hidden")),
            _ => {}
        }
    }
    signs
}

/// What one name says.
fn remembered(name: &str) -> Signs {
    if name.len() > LONGEST_NAME { Signs::default() } else { KNOWN.with(|known| known.of(name)) }
}

impl Signs {
    fn and(self, other: Self) -> Self {
        Self {
            furniture: self.furniture.or(other.furniture),
            body: self.body || other.body,
            caption: self.caption || other.caption,
            credit: self.credit || other.credit,
            standfirst: self.standfirst || other.standfirst,
            said: self.said.or(other.said),
        }
    }
}

/// Schema.org and `RDFa` properties.
fn of_property(value: &str) -> Signs {
    let is =
        |names: &[&str]| value.split_ascii_whitespace().any(|name| names.iter().any(|n| name.eq_ignore_ascii_case(n)));
    Signs {
        furniture: is(&["author", "publisher", "datePublished", "dateModified", "comment"]).then_some("byline"),
        body: is(&["articleBody", "schema:articleBody", "content:encoded"]),
        caption: is(&["caption"]),
        credit: is(&["copyrightHolder"]),
        ..Signs::default()
    }
}

/// Landmark roles of WAI-ARIA.
fn of_role(value: &str) -> Signs {
    let furniture = match value {
        "navigation" | "menu" | "menubar" => Some("navigation"),
        "banner" | "contentinfo" => Some("footer"),
        "complementary" => Some("aside"),
        "dialog" | "alertdialog" | "tooltip" => Some("overlay"),
        "search" | "form" => Some("form"),
        _ => None,
    };
    Signs { furniture, ..Signs::default() }
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().take(200).filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// A name as its words between hyphens: `relatedPosts` gives `-related-posts-`.
pub(super) fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 8);
    words.push('-');
    let mut before_lower = false;
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            if letter.is_ascii_uppercase() && before_lower {
                words.push('-');
            }
            before_lower = letter.is_ascii_lowercase();
            words.push(letter.to_ascii_lowercase());
        } else {
            if !words.ends_with('-') {
                words.push('-');
            }
            before_lower = false;
        }
    }
    if !words.ends_with('-') {
        words.push('-');
    }
    words
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    body: Vec<String>,
    states: Vec<String>,
    caption: Vec<String>,
    credit: Vec<String>,
    standfirst: Vec<String>,
    question: Vec<String>,
    answer: Vec<String>,
    furniture: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    rule: String,
    patterns: Vec<String>,
}

struct Patterns {
    body: Regex,
    states: Regex,
    caption: Regex,
    credit: Regex,
    standfirst: Regex,
    question: Regex,
    answer: Regex,
    furniture: RegexSet,
    rules: Vec<&'static str>,
}

impl Patterns {
    fn judge(&self, words: &str) -> Signs {
        let body = self.body.is_match(words);
        if self.states.is_match(words) {
            return Signs { body, ..Signs::default() };
        }
        let furniture = self.furniture.matches(words).iter().next().and_then(|index| self.rules.get(index)).copied();
        Signs {
            furniture,
            body: body && furniture.is_none(),
            caption: self.caption.is_match(words),
            credit: self.credit.is_match(words),
            standfirst: furniture.is_none() && self.standfirst.is_match(words),
            said: [(&self.question, Said::Question), (&self.answer, Said::Answer)]
                .into_iter()
                .find_map(|(pattern, said)| pattern.is_match(words).then_some(said)),
        }
    }
}

#[expect(clippy::expect_used, reason = "the embedded table is checked by a test of this file")]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/boilerplate_names.toml")).expect("the table is TOML");
    let regex = |source: String| Regex::new(&source).expect("the patterns are words");
    Patterns {
        body: regex(alternatives(&file.body, "")),
        states: regex(alternatives(&file.states, "^")),
        caption: regex(alternatives(&file.caption, "")),
        credit: regex(alternatives(&file.credit, "")),
        standfirst: regex(alternatives(&file.standfirst, "")),
        question: regex(alternatives(&file.question, "")),
        answer: regex(alternatives(&file.answer, "")),
        furniture: RegexSet::new(file.furniture.iter().map(|rule| alternatives(&rule.patterns, "")))
            .expect("the patterns are words"),
        rules: file.furniture.into_iter().map(|rule| &*rule.rule.leak()).collect(),
    }
});

fn alternatives(patterns: &[String], anchor: &str) -> String {
    let mut source = format!("{anchor}-(?:");
    for (index, pattern) in patterns.iter().enumerate() {
        let stem = pattern.trim_end_matches('*');
        let tail = if pattern.ends_with('*') { "[a-z0-9]*" } else { "" };
        let _ = write!(source, "{}{}{tail}", if index == 0 { "" } else { "|" }, regex::escape(stem));
    }
    source.push_str(")-");
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(name: &str) -> Signs {
        PATTERNS.judge(&words(name))
    }

    #[test]
    fn names_are_read_by_words_whatever_joins_them() {
        for name in ["relatedPosts", "c-related_posts", "block__related"] {
            assert_eq!(judge(name).furniture, Some("related"), "{name}");
        }
        assert_eq!(judge("shadow").furniture, None);
        assert_eq!(judge("readability").furniture, None);
    }

    #[test]
    fn a_state_of_the_page_is_no_furniture() {
        assert_eq!(judge("has-sidebar").furniture, None);
        assert_eq!(judge("no-comments").furniture, None);
    }

    #[test]
    fn a_part_beside_the_body_is_not_the_body() {
        assert!(judge("article-body__section").body);
        assert!(!judge("article-body-tags").body);
    }
}
