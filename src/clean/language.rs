//! The language of an article: as it is declared, unless its text is plainly in another.
//!
//! Templates leave `lang="en"` on pages of other languages, so the text is asked as well. A short text is not
//! asked, and neighbours that trigrams confuse are not told apart.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::draft::Draft;
use crate::model::{Confidence, DetectedLanguage, Disagreement, Evidence, Reason, Why};

/// Letters that a text must have before its language is told.
const FEWEST_LETTERS: usize = 120;
/// Letters that are looked at; more make it no surer.
const MOST_LETTERS: usize = 4000;
/// Less sure than this is not told.
const SURE: f64 = 0.9;

/// Settles the language of `draft`: declared, detected, and what is taken; `fallback` where neither is known.
pub(super) fn settle(draft: &mut Draft, fallback: &str) {
    let detected = detect(&draft.body());
    let declared = draft.language.take();
    draft.metadata.declared_language.clone_from(&declared);
    let (language, why, confidence) = match (&declared, &detected) {
        (Some(declared), Some(found)) if contradicts(declared, &found.language) => {
            let why = Why::new("declared-language", "the text is plainly in another language than is declared")
                .with(Evidence::outside("declared", declared.clone()));
            draft.disagreements.push(Disagreement::new("language", declared.clone(), why));
            let why =
                Why::new("detected-language", "the letters of the text tell its language, against what is declared");
            (found.language.clone(), why, Some(found.confidence))
        }
        (Some(declared), _) => {
            let why = Why::new("declared-language", "the source declares it");
            (declared.clone(), why.with(Evidence::outside("declared", declared.clone())), None)
        }
        (None, Some(found)) => {
            let why = Why::new("detected-language", "the letters of the text tell its language; none is declared");
            (found.language.clone(), why, Some(found.confidence))
        }
        (None, None) => {
            let why = Why::new("settings-language", "the settings name it for sources that declare none");
            (fallback.to_owned(), why, None)
        }
    };
    draft.metadata.because(Reason { field: "language".into(), why, confidence });
    draft.metadata.detected_language = detected;
    draft.language = Some(language);
}

/// The language of a text; `None` where it is too short, or where no language is sure.
fn detect(text: &str) -> Option<DetectedLanguage> {
    let head: String = text.chars().take(MOST_LETTERS).collect();
    if head.chars().filter(|letter| letter.is_alphabetic()).count() < FEWEST_LETTERS {
        return None;
    }
    let found = whatlang::detect(&head)?;
    let sure = found.is_reliable() && found.confidence() >= SURE;
    let code = TABLE.codes.get(found.lang().code()).cloned().unwrap_or_else(|| found.lang().code().to_owned());
    #[expect(clippy::cast_possible_truncation, reason = "a share from 0 to 1")]
    let confidence = Confidence::new(found.confidence() as f32);
    sure.then_some(DetectedLanguage { language: code, confidence })
}

/// Whether a declared tag cannot be that of a text in `found`.
fn contradicts(declared: &str, found: &str) -> bool {
    let primary = declared.split(['-', '_']).next().unwrap_or(declared).to_ascii_lowercase();
    let alike = |one: &str, other: &str| {
        TABLE.alike.iter().any(|group| group.iter().any(|code| code == one) && group.iter().any(|code| code == other))
    };
    primary != found && !alike(&primary, found)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    alike: Vec<Vec<String>>,
    codes: HashMap<String, String>,
}

#[expect(clippy::expect_used, reason = "the embedded table is checked by the tests of this file")]
static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/languages.toml")).expect("the table is TOML"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::draft::Piece;
    use crate::model::BlockKind;

    const GERMAN: &str = "Die Eisenbahn von Kastria wird noch in diesem Jahr die Stadt Kesh erreichen, sagte die \
                          Ministerin am Montag vor der Presse, und niemand im Saal wollte ihr widersprechen, obwohl \
                          die Brücken fehlen.";

    fn settled(declared: Option<&str>, text: &str) -> Draft {
        let mut draft = Draft {
            language: declared.map(str::to_owned),
            pieces: vec![Piece::plain(BlockKind::Paragraph, text)],
            ..Draft::default()
        };
        settle(&mut draft, "en");
        draft
    }

    #[test]
    fn a_text_tells_its_language_where_none_or_another_is_declared() {
        assert_eq!(settled(None, GERMAN).language.as_deref(), Some("de"));
        assert_eq!(settled(Some("de-AT"), GERMAN).language.as_deref(), Some("de-AT"));
        let wrong = settled(Some("en"), GERMAN);
        assert_eq!(wrong.language.as_deref(), Some("de"));
        assert_eq!(wrong.disagreements[0].value, "en");
    }

    #[test]
    fn a_short_text_tells_nothing() {
        assert_eq!(settled(None, "Kesh wartet.").language.as_deref(), Some("en"));
        assert_eq!(settled(None, "Kesh wartet.").metadata.detected_language, None);
    }
}
