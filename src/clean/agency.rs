//! Agencies that articles are credited to: by name, or by the manner in which the credit is written.
//!
//! For every format. Names are data, in `data/agencies.toml`; a short name (`ap`, `pa`) counts only
//! where credits stand, never in running text.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::draft::Draft;
use crate::model::{BlockKind, Evidence, Reason, Why};

/// A longer line is no credit.
const LONGEST_CREDIT: usize = 160;
/// Credits stand in this many paragraphs at the end of an article.
const LAST: usize = 3;

/// The usual name of the agency that the whole of `text` names.
pub(super) fn known(text: &str) -> Option<&'static str> {
    let text = text.trim().trim_matches(|c: char| c.is_whitespace() || "()[]/.,;:|©—–-".contains(c));
    if text.len() > 60 {
        return None;
    }
    TABLE.names.get(&text.to_lowercase()).map(String::as_str)
}

/// The agency that a short line credits: `Reuters`, `Source: Xinhua`, `By Staff and AP`, `© dpa-infocom`.
pub(super) fn credited(line: &str) -> Option<String> {
    if line.len() > LONGEST_CREDIT {
        return None;
    }
    let whole = |part: &str| known(part).map(str::to_owned);
    let parts = line.split([',', ';', '|', '/', '•', '·', '—', '–', ':', '：', '(', ')', '[', ']', '（', '）', '\n']);
    let mut parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.find_map(|part| whole(part).or_else(|| after_joint(part)))
}

/// `Le Courrier avec AFP`, `Staff and Reuters`, `Copyright 2025 The Associated Press. All rights …`.
fn after_joint(part: &str) -> Option<String> {
    let after = || JOINT.as_ref()?.captures_iter(part).find_map(|found| known(found.get(1)?.as_str()));
    let joined = || BETWEEN.as_ref()?.split(part).find_map(known);
    joined().or_else(after).map(str::to_owned)
}

static JOINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|\s)(?:and|with|by|from|via|und|mit|von|et|avec|y|con|e|с|и|по материалам|©|copyright(?:\s+\d{4})?(?:\s+by)?|\d{4})\s+((?:the\s+)?[^\s.,]+(?:\s+[^\s.,]+)?)(?:[.,\s]|$)").ok()
});
/// What joins two that are credited.
static BETWEEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\s(?:and|with|und|mit|et|avec|y|con|e|с|и|&)\s").ok());
/// `TARNHAVEN, Nov 4 (Reuters) -`, `Velmar (dpa) –`, `ВЕЛМАР, 5 ноября. /ТАСС/.`, `UPPER KESH (AP) —`.
static DATELINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\p{Lu}[\p{L}\s.'’/-]{1,40}(?:,\s+[^()/]{2,30})?\s*(?:\((?P<round>[^()]{2,40})\)\s*[:—–.-]|/(?P<bars>[^/]{2,40})/)").ok()
});
/// `新华社多鲁纳11月4日电`.
static WIRE_ZH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[（(]?(\p{Han}{2,4}社)[^。]{0,20}\d+日(?:电|讯)").ok());
/// `Source: Xinhua`, `来源：新华社`, `Источник: ТАСС`.
static SOURCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:source|quelle|fuente|fonte|источник|来源|稿源|المصدر|kaynak)\s*[:：]\s*([^|·•,;\n]{2,60})").ok()
});

/// The agency in the dateline with which a story begins.
pub(super) fn dateline(text: &str) -> Option<String> {
    if let Some(found) = WIRE_ZH.as_ref()?.captures(text) {
        return known(found.get(1)?.as_str()).map(str::to_owned);
    }
    let found = DATELINE.as_ref()?.captures(text)?;
    let name = found.name("round").or_else(|| found.name("bars"))?.as_str().trim();
    let place = text.split(['(', '/', ',']).next().unwrap_or("").trim();
    let capitals = !place.chars().any(char::is_lowercase);
    known(name).map(str::to_owned).or_else(|| {
        let is_name = name.starts_with(char::is_uppercase) && !name.bytes().any(|byte| byte.is_ascii_digit());
        (capitals && is_name && found.name("round").is_some() && name.contains(' ')).then(|| name.to_owned())
    })
}

/// The agency that a line names as its source; one that is not listed has to call itself an agency.
pub(super) fn source(line: &str) -> Option<String> {
    let name = SOURCE.as_ref()?.captures(line)?.get(1)?.as_str().trim().trim_end_matches(['.', ')']);
    let first_word = name.split_whitespace().next().unwrap_or("");
    known(name).or_else(|| known(first_word)).map(str::to_owned).or_else(|| {
        let lower = name.to_lowercase();
        let own = TABLE.words.iter().any(|word| {
            lower.split_whitespace().any(|w| w == word) || word.contains(' ') && lower.contains(word.as_str())
        });
        own.then(|| name.to_owned())
    })
}

/// The credit that an article's text gives, with its reason.
pub(super) fn of_text(draft: &Draft) -> Option<(String, Reason)> {
    let because = |rule: &'static str, text: &'static str, agency: String, words: &str| {
        let words: String = words.chars().take(120).collect();
        (agency, Reason::new("syndication", Why::new(rule, text).with(Evidence::outside("text", words))))
    };
    let body: Vec<&str> = draft
        .pieces
        .iter()
        .filter(|piece| matches!(piece.kind, BlockKind::Paragraph | BlockKind::EditorNote | BlockKind::Credit))
        .map(|piece| piece.text.as_str())
        .collect();
    let opening = body.iter().take(2).find_map(|text| Some((dateline(text)?, *text)));
    if let Some((agency, text)) = opening {
        return Some(because("agency-dateline", "the dateline names the agency", agency, text));
    }
    let mut closing = body.iter().rev().take(LAST).filter(|text| text.len() <= LONGEST_CREDIT);
    let credit = closing.find_map(|text| Some((source(text).or_else(|| closing_credit(text))?, *text)));
    credit.map(|(agency, text)| because("agency-credit", "a line at the end credits the agency", agency, text))
}

/// `(Reuters)`, `— AP`, `© dpa-infocom, dpa:2511`: a last line that is nothing but a credit.
fn closing_credit(line: &str) -> Option<String> {
    let signs = line.starts_with(['(', '[', '—', '–', '-', '©', '/']) || line.to_lowercase().starts_with("copyright");
    known(line).map(str::to_owned).or_else(|| credited(line).filter(|_| signs))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    words: Vec<String>,
    agencies: HashMap<String, Vec<String>>,
}

struct Table {
    words: Vec<String>,
    /// The usual name by each variant.
    names: HashMap<String, String>,
}

#[expect(clippy::expect_used, reason = "the embedded table is checked by the tests of this file")]
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../data/agencies.toml")).expect("the table is TOML");
    let variants = file.agencies.into_iter().flat_map(|(name, variants)| {
        variants.into_iter().map(move |variant| (variant, name.clone())).collect::<Vec<_>>()
    });
    Table { words: file.words, names: variants.collect() }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_names_its_agency() {
        for (text, agency) in [
            ("TARNHAVEN, Nov 4 (Reuters) - Ships wait", Some("Reuters")),
            ("Velmar (dpa) – Zuerst", Some("dpa")),
            ("ВЕЛМАР, 5 ноября. /ТАСС/. Доруна", Some("TASS")),
            ("ALT-BULAK, June 17 (Corridor Wire) — Six", Some("Corridor Wire")),
            ("新华社多鲁纳11月4日电 六国", Some("Xinhua")),
            ("The bank (Amber Reserve) — a new one", None),
            ("Vael (52) - a minister", None),
        ] {
            assert_eq!(dateline(text).as_deref(), agency, "{text}");
        }
    }

    #[test]
    fn a_credit_line_names_its_agency() {
        assert_eq!(credited("Le Courrier de Kesh avec AFP").as_deref(), Some("AFP"));
        assert_eq!(credited("Lucía Fernández de Arce / EFE").as_deref(), Some("EFE"));
        assert_eq!(credited("Copyright 2025 The Associated Press. All rights reserved.").as_deref(), Some("AP"));
        assert_eq!(credited("By Nadia Ferrol and Teodor Ashby"), None);
        assert_eq!(source("Источник: ТАСС").as_deref(), Some("TASS"));
        assert_eq!(source("Source: Corridor Wire").as_deref(), Some("Corridor Wire"));
        assert_eq!(source("Source: Ministry of Water"), None);
    }
}
