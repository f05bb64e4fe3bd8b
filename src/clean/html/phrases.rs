//! Lines that their words give away: "Read more: …", "Follow us on …", "All rights reserved".
//!
//! For sorting, on what stands inside the body without a name of its own. The phrases are data, in
//! `data/boilerplate_phrases.toml`.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

use super::lines::Line;

/// A line longer than this, in bytes, is somebody's sentence, whatever it begins with.
const LONGEST_BEGUN: usize = 260;
/// The same for phrases that stand anywhere.
const LONGEST_WITH: usize = 480;
/// The same for the label of a section.
const LONGEST_LABEL: usize = 60;

/// The rule by which `line` is boilerplate by itself, if it is.
pub(super) fn judge(line: &Line) -> Option<&'static str> {
    if line.text.len() > LONGEST_WITH {
        return None;
    }
    let words = comparable(&line.text);
    let table = &*PHRASES;
    let first =
        |set: &RegexSet, words: &str| set.matches(words).iter().next().and_then(|at| table.rules.get(at)).copied();
    first(&table.is, bare(&words))
        .or_else(|| first(&table.has, &words))
        .or_else(|| first(&table.begins, &words).filter(|_| words.len() <= LONGEST_BEGUN))
        .or_else(|| first(&table.begins_linked, &words).filter(|_| words.len() <= LONGEST_BEGUN && line.linked > 0))
}

/// Whether `line` is short and holds little but a day and a time.
pub(super) fn is_time_stamp(line: &Line) -> bool {
    static STAMP: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "a literal")]
        Regex::new(r"\b(?:19|20)\d\d\b.*\b\d{1,2}[:.h]\d\d|\b\d{1,2}[:.h]\d\d\b.*\b(?:19|20)\d\d\b").expect("a pattern")
    });
    line.text.len() <= 80 && !line.ends_sentence() && STAMP.is_match(&line.text)
}

/// The rule by which `line` is the label of a section of links, if it is.
pub(super) fn section(line: &Line) -> Option<&'static str> {
    if line.text.len() > LONGEST_LABEL {
        return None;
    }
    let words = comparable(&line.text);
    (PHRASES.section.is_match(bare(&words)) || PHRASES.section_begins.is_match(&words)).then_some("related")
}

/// Lower case, straight apostrophes, without signs before the first letter.
fn comparable(text: &str) -> String {
    let text = text.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '©');
    let mut words = text.to_lowercase();
    if words.contains(['’', '‘', '`']) {
        words = words.replace(['’', '‘', '`'], "'");
    }
    words
}

/// Without what stands after the last letter.
fn bare(words: &str) -> &str {
    words.trim_end_matches(|letter: char| !letter.is_alphanumeric())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    phrases: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    #[serde(rename = "rule")]
    name: String,
    #[serde(default)]
    begins: Vec<String>,
    #[serde(default)]
    is: Vec<String>,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    section: Vec<String>,
    #[serde(default)]
    section_begins: Vec<String>,
}

struct Phrases {
    rules: Vec<&'static str>,
    begins: RegexSet,
    begins_linked: RegexSet,
    is: RegexSet,
    has: RegexSet,
    section: Regex,
    section_begins: Regex,
}

#[expect(clippy::expect_used, reason = "the embedded table is checked by a test of this file")]
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../../data/boilerplate_phrases.toml")).expect("the table is TOML");
    let set = |source: &dyn Fn(&Rule) -> String| {
        RegexSet::new(file.phrases.iter().map(source)).expect("the patterns are phrases")
    };
    let labels: Vec<String> = file.phrases.iter().flat_map(|rule| rule.section.clone()).collect();
    let beginnings: Vec<String> = file.phrases.iter().flat_map(|rule| rule.section_begins.clone()).collect();
    let unlinked =
        |linked: bool| move |phrase: &&String| phrase.ends_with(|end: char| !end.is_alphanumeric()) != linked;
    Phrases {
        begins: set(&|rule| begun(rule.begins.iter().filter(unlinked(false)))),
        begins_linked: set(&|rule| begun(rule.begins.iter().filter(unlinked(true)))),
        is: set(&|rule| format!("^{}$", alternatives(rule.is.iter()))),
        has: set(&|rule| alternatives(rule.has.iter())),
        section: Regex::new(&format!("^{}$", alternatives(labels.iter()))).expect("the patterns are phrases"),
        section_begins: Regex::new(&begun(beginnings.iter())).expect("the patterns are phrases"),
        rules: file.phrases.iter().map(|rule| &*rule.name.clone().leak()).collect(),
    }
});

/// Phrases at a line's beginning, as whole words.
fn begun<'p>(phrases: impl Iterator<Item = &'p String>) -> String {
    format!(r"^{}(?:\b|\s|$)", alternatives(phrases))
}

/// Any of `phrases`; nothing at all where there are none.
fn alternatives<'p>(phrases: impl Iterator<Item = &'p String>) -> String {
    let phrases: Vec<String> = phrases.map(|phrase| regex::escape(phrase)).collect();
    if phrases.is_empty() { r"[^\s\S]".to_owned() } else { format!("(?:{})", phrases.join("|")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::draft::Strong;
    use crate::model::BlockKind;

    fn line(text: &str, linked: usize) -> Line {
        Line {
            text: text.into(),
            node: 1,
            kind: BlockKind::Paragraph,
            linked,
            anchors: Vec::new(),
            lead_link: 0,
            letters: text.replace(' ', "").len(),
            strong: Strong::None,
            head: 0,
            slanted: false,
            standfirst: false,
            after_rule: false,
            said: None,
            furniture: None,
        }
    }

    #[test]
    fn a_read_more_line_is_told_by_its_colon_or_its_link() {
        assert_eq!(judge(&line("READ MORE: Kastria opens its second rail yard", 0)), Some("read-more"));
        assert_eq!(judge(&line("» Lesen Sie auch Der Gipfel von Velmar", 12)), Some("read-more"));
        assert_eq!(judge(&line("Read more books, the minister told the pupils.", 0)), None);
    }

    #[test]
    fn a_label_is_a_section_only_as_a_line_of_its_own() {
        assert!(section(&line("Related links:", 0)).is_some());
        assert!(section(&line("Related links between the rail and the river were found", 0)).is_none());
    }

    #[test]
    fn somebodys_sentence_is_nobodys_boilerplate() {
        let sentence = "The share of rail freight, Vael said, rose to a third; the print of the treaty will follow.";

        assert_eq!(judge(&line(sentence, 0)), None);
    }
}
