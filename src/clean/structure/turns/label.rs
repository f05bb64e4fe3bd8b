//! What may stand before a turn and name its speaker: `LD:`, `PRESIDENT KALDAN:`, `The CHAIR.`, `Q`, `Hana Brisk 00:12`.
//!
//! A label alone proves nothing: [`super::speaking`] says which of them speak.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::Deserialize;

use crate::clean::draft::TurnLabel;

/// A name: one to six words that begin with a capital.
const WORDS: &str = r"(?:(?:al|el|ad|as|ash|an|ar|at|az)-)?\p{Lu}[\p{L}\p{M}\d.'’-]*(?:\s+(?:(?:(?:al|el|ad|as|ash|an|ar|at|az)-)?\p{Lu}|(?:de|van|von|der|al|bin|uulu|kyzy|of|from|the)\b)[\p{L}\p{M}\d.'’-]*){0,5}";

/// What may stand behind a name: a post, as radio has it (`, HOST`), and a role, an outlet or a constituency in
/// parentheses.
const GLOSS: &str = r"(?:,\s+(?P<post>\p{Lu}{3,}(?:\s\p{Lu}+)*|host|presenter|moderator|reporter|correspondent|interviewer))?(?:\s+\([^()]{1,60}\)){0,2}";

/// Somebody of whom no name is known: `A woman in the third row`, `Voice from the back`, `Speaker 4`.
const SOMEBODY: &str = r"(?:(?:An?|The|One)\s+)?(?:[Mm]an|[Ww]oman|[Vv]oices?|[Mm]ember|[Pp]erson|[Ss]tudent|[Ll]istener|[Cc]aller|[Cc]itizen|[Rr]esident|[Rr]eporter|[Jj]ournalist)\s+(?:at|in|from|of|on|by)(?:\s+\p{L}+){1,5}|(?:Speaker|Voice|Participant|Guest|Witness|SPEAKER|VOICE|PARTICIPANT|WITNESS)\s\d{1,2}";

/// A time in the recording.
const STAMP: &str = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?";

/// What stands before a label: a dash, the chevrons of captions, a time in the recording, the number of a question.
const BEFORE: &str = r"^(?:[–—-]\s*|>{1,3}\s*|[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s*|\d{1,2}[.)]\s+|Q\d{1,4}\.?\s+)?";

/// The label of a turn, however its end is marked.
static NAME: LazyLock<String> = LazyLock::new(|| format!("(?P<label>(?:{SOMEBODY}|{WORDS}{GLOSS}))"));

/// The asterisk of interpreted speech may stand before the colon.
static COLON: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"{BEFORE}{}\*?\s?[:：]\s*", *NAME)).ok());
/// `T A M M:`, letters spaced for emphasis.
static SPACED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"{BEFORE}(?P<label>\p{{Lu}}(?: \p{{Lu}}){{2,}})\s?:\s*")).ok());
/// The manner of records: `The CHAIR.`, `Mr. TAMM.`, and `Q` without any mark.
static RECORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<label>(?:The|Mr\.|Mrs\.|Ms\.|Miss|Dr\.|Prof\.|Senator|Chairman|Chairwoman|Chair) \p{Lu}[\p{Lu}'’-]+(?: \p{Lu}[\p{Lu}'’-]+)?)\.\s+|^(?P<bare>Q)(?:\.\s*|\s+)|^(?P<answer>A)\.\s+").ok()
});
/// The manner of transcribers: `Hana Brisk 00:12`, `Hana Brisk (00:12):`, before the words or on a line of its own.
static STAMPED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^(?P<stamped>{},?\s+{STAMP})(?:\s*[:：])?(?:\s+|$)", *NAME)).ok());
/// `[00:12] Hana Brisk` on a line of its own.
static STAMP_FIRST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^(?P<stamped>[\[(]\d{{1,2}}:\d{{2}}(?::\d{{2}})?[\])]\s+{})$", *NAME)).ok());
/// `Krull — Good evening.`
static DASHED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"^{}\s*[—–]\s+", *NAME)).ok());
/// A name and nothing else.
static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"^{}$", *NAME)).ok());
/// A name and what stands behind a comma, whatever it is.
static POSTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"^(?P<label>{WORDS},\s+[^:?!]{{2,60}})$")).ok());
/// Glued to the end of a sentence, with or without a space.
static GLUED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r#"[?!.…]["”’)]*\s?{}\*?[:：]\s?"#, *NAME)).ok());

#[derive(Deserialize, Default)]
#[serde(default)]
struct File {
    question_labels: BTreeSet<String>,
    answer_labels: BTreeSet<String>,
    no_speakers: BTreeSet<String>,
    follow_ups: BTreeSet<String>,
    asking_posts: BTreeSet<String>,
    host_phrases: BTreeSet<String>,
}

static FILE: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../../../data/interviews.toml")).unwrap_or_default());

/// What parts the cells of a table's row.
const CELLS: &str = " | ";

/// A longer label, in bytes, is none: a name, a post and two glosses.
const LONGEST: usize = 400;

/// A label at the beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label<'t> {
    /// The one who speaks, as it stands there.
    pub(super) name: &'t str,
    /// Where the label stands, in bytes: the name, and the time where one belongs to it.
    pub(super) at: Range<usize>,
    /// Where the words begin that it is before.
    pub(super) words: usize,
}

impl<'t> Label<'t> {
    /// The label at the beginning of `text`; `None` without one.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        // Most paragraphs have neither; looking is cheaper than matching.
        let colon = text.bytes().take(LONGEST).any(|byte| byte == b':') || text.contains('：');
        let record = text.starts_with(['T', 'M', 'D', 'P', 'S', 'C', 'Q', 'A']);
        let manners = [(&STAMPED, colon), (&STAMP_FIRST, colon), (&COLON, colon), (&SPACED, colon), (&RECORD, record)];
        let mut possible = manners.into_iter().filter(|(_, possible)| *possible);
        possible.find_map(|(manner, _)| Self::read(text, &manner.as_ref()?.captures(text)?))
    }

    /// The label at the beginning of `text` that ends with a dash.
    pub(super) fn dashed(text: &'t str) -> Option<Self> {
        Self::read(text, &DASHED.as_ref()?.captures(text)?)
    }

    /// The label that the first `lead` bytes of `text` are, set apart by type alone.
    pub(super) fn led(text: &'t str, lead: usize) -> Option<Self> {
        let set = text.get(..lead)?.trim_end();
        let label = Self::read(set, &ALONE.as_ref()?.captures(set)?)?;
        let words = text.len() - text[set.len()..].trim_start().len();
        Some(Self { words, ..label })
    }

    /// The label that the first `lead` bytes of `text` are, a colon behind it: `**Hélène Farrow, University of
    /// Tarnhaven:**`. Bold type says where it ends, so that anything may be the post.
    pub(super) fn posted(text: &'t str, lead: usize) -> Option<Self> {
        let set = text.get(..lead)?.trim_end();
        let set = set.strip_suffix(':').or_else(|| text[set.len()..].trim_start().starts_with(':').then_some(set))?;
        let label = Self::read(set, &POSTED.as_ref()?.captures(set)?)?;
        let words = text.len() - text[set.len()..].trim_start_matches([' ', ':']).len();
        Some(Self { words, ..label })
    }

    /// The label that is the first cell of a table's row.
    pub(super) fn cell(row: &'t str) -> Option<Self> {
        let (cell, words) = row.split_once(CELLS)?;
        let label = Self::read(cell, &ALONE.as_ref()?.captures(cell)?)?;
        Some(Self { words: row.len() - words.len(), ..label })
    }

    fn read(text: &'t str, found: &Captures<'t>) -> Option<Self> {
        let name = ["label", "bare", "answer"].into_iter().find_map(|group| found.name(group))?;
        let at = found.name("stamped").map_or(name.range(), |stamped| stamped.range());
        let words = found.get(0).map_or(text.len(), |all| all.end());
        // `Tarnhaven 11:05 A.M.` is when and where.
        let half = text[words..].get(..4).unwrap_or(&text[words..]).to_lowercase();
        let of_day = at.len() > name.len() && ["a.m.", "p.m."].contains(&half.as_str());
        // `Q` without a mark stands before a sentence: `Q (As interpreted.) Who pays?`
        let begins = |first: char| first.is_uppercase() || first.is_numeric() || "([\"“‘'".contains(first);
        let bare = found.name("label").is_none();
        if bare && !text[words..].starts_with(begins) {
            return None;
        }
        (!of_day && !is_no_speaker(name.as_str())).then(|| Self { name: name.as_str(), at, words })
    }

    /// The name that stands behind a label of those who ask, and nothing else: `MODERATOR: Ottoline Marsh (Port Reed
    /// Advertiser)` says who moderates.
    pub(super) fn casts(&self, text: &'t str) -> Option<String> {
        let words = text.get(self.words..)?.trim_end_matches('.');
        let name = Self::read(words, &ALONE.as_ref()?.captures(words)?)?;
        (asks(&self.key()) && name.key().contains(' ')).then(|| name.key())
    }

    /// The label for the piece that it stands in.
    pub(super) fn turn(&self) -> TurnLabel {
        TurnLabel { at: self.at.clone(), name: self.name.to_owned() }
    }

    /// The name as labels are compared.
    pub(super) fn key(&self) -> String {
        key(self.name)
    }
}

/// A name as labels are compared: without post and gloss, in lower case.
pub(super) fn key(name: &str) -> String {
    name.split(" (").flat_map(|name| name.split(", ")).next().unwrap_or(name).to_lowercase()
}

/// Whether a label says that its bearer asks for a living: `KWAME ADLER, HOST`.
pub(super) fn has_asking_post(name: &str) -> bool {
    let post = name.split(" (").next().and_then(|name| name.split_once(", ")).map(|(_, post)| post.to_lowercase());
    post.is_some_and(|post| post.split(' ').any(|word| FILE.asking_posts.contains(word)))
}

/// Whether somebody speaks as hosts do: `Welcome back. With me are …`
pub(super) fn hosts(words: &str) -> bool {
    let lower = words.to_lowercase().replace('’', "'");
    FILE.host_phrases.iter().any(|phrase| lower.contains(phrase.as_str()))
}

/// Whether the key is that of whoever asked before.
pub(super) fn follows_up(key: &str) -> bool {
    FILE.follow_ups.contains(key)
}

/// The labels glued to sentence ends within `text`: where each stands, its name, and whether the sentence asks.
pub(super) fn glued(text: &str) -> impl Iterator<Item = (Range<usize>, &str, bool)> {
    let possible = text.contains([':', '：']);
    let found = GLUED.as_ref().filter(|_| possible).into_iter().flat_map(move |glued| glued.captures_iter(text));
    found.filter_map(|found| {
        let (whole, label) = (found.get(0)?, found.name("label")?);
        (!is_no_speaker(label.as_str()) && ends_sentence(text, whole.start()))
            .then(|| (label.range(), label.as_str(), whole.as_str().starts_with('?')))
    })
}

/// Whether the mark at byte `at` ends a sentence: a point after a title or an initial does not.
fn ends_sentence(text: &str, at: usize) -> bool {
    const TITLES: [&str; 9] = ["mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "st"];
    let word = text[..at].rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or("");
    !text[at..].starts_with('.') || word.chars().count() > 1 && !TITLES.contains(&word.to_lowercase().as_str())
}

fn is_no_speaker(name: &str) -> bool {
    FILE.no_speakers.contains(&name.to_lowercase().replace('’', "'"))
}

/// Somebody of the audience: `a woman in the third row`; of a meeting, it is the audience that asks.
static AUDIENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:an?|the|one)\s)?(?:man|woman|voices?|person|student|listener|caller|citizen|resident)\s(?:at|in|from)\s")
        .ok()
});

/// Whether the key is that of somebody who asks, whoever it is: `q`, `reporter from corridor wire`.
pub(super) fn asks(key: &str) -> bool {
    FILE.question_labels.contains(key)
        || key.split(" from ").next().is_some_and(|first| first == "reporter")
        || AUDIENCE.as_ref().is_some_and(|audience| audience.is_match(key))
}

/// Whether the key is that of somebody who answers, whoever it is.
pub(super) fn answers(key: &str) -> bool {
    FILE.answer_labels.contains(key)
}

/// Key → the longer key that ends or begins with it, where there is exactly one.
pub(super) fn full_names<'l>(keys: &BTreeSet<&'l str>) -> BTreeMap<&'l str, &'l str> {
    let mut full: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for key in keys {
        let words: Vec<&str> = key.split(' ').collect();
        for cut in 1..words.len() {
            for part in [words[cut..].join(" "), words[..cut].join(" ")] {
                if let Some(part) = keys.get(part.as_str()) {
                    full.entry(part).and_modify(|known| *known = None).or_insert(Some(key));
                }
            }
        }
    }
    full.into_iter().filter_map(|(part, key)| Some((part, key?))).collect()
}

/// The key that `key` is short for, or itself.
pub(super) fn whole<'l>(full: &BTreeMap<&'l str, &'l str>, key: &'l str) -> &'l str {
    full.get(key).copied().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(texts: &[&'static str]) -> Vec<Option<&'static str>> {
        texts.iter().map(|text| Label::of(text).map(|label| label.name)).collect()
    }

    #[test]
    fn the_lists_are_read() {
        assert!(!FILE.question_labels.is_empty() && !FILE.answer_labels.is_empty() && !FILE.no_speakers.is_empty());
        assert!(!FILE.follow_ups.is_empty() && !FILE.asking_posts.is_empty() && !FILE.host_phrases.is_empty());
    }

    #[test]
    fn records_name_who_speaks_before_a_point() {
        assert_eq!(
            names(&["The CHAIR. Order.", "Mr. TAMM. Yes.", "Q Who pays?", "[00:01:02] Hana Brisk: Welcome."]),
            [Some("The CHAIR"), Some("Mr. TAMM"), Some("Q"), Some("Hana Brisk")]
        );
    }

    #[test]
    fn a_transcriber_puts_the_time_behind_the_name() {
        let texts = ["Hana Brisk 00:12", "Hana Brisk (00:01:12): Welcome.", "[0:12] Hana Brisk", "Hana 0:12 Welcome."];

        assert_eq!(names(&texts), [Some("Hana Brisk"), Some("Hana Brisk"), Some("Hana Brisk"), Some("Hana")]);
        let label = Label::of(texts[1]).unwrap();
        assert_eq!((&texts[1][label.at], &texts[1][label.words..]), ("Hana Brisk (00:01:12)", "Welcome."));
    }

    #[test]
    fn posts_numbers_and_nobodies_are_read() {
        let texts =
            ["KWAME ADLER, HOST:", "Q14 Jory Penn: Why?", "A woman in the third row: Why?", "Q (As read.) Why?"];

        assert_eq!(
            names(&texts),
            [Some("KWAME ADLER, HOST"), Some("Jory Penn"), Some("A woman in the third row"), Some("Q")]
        );
        assert!(has_asking_post("KWAME ADLER, HOST") && !has_asking_post("HAMISH ORDE"));
        assert_eq!(names(&["Q and A are letters.", "In May, he said: Why?"]), [None; 2]);
    }

    #[test]
    fn a_time_or_a_photo_label_is_no_speaker() {
        assert_eq!(names(&["Photo: Ke Ruo", "10:42 The train left.", "It began at 10:42 on Monday."]), [None; 3]);
        let label = Label::of("Temirbek uulu: Yes.").unwrap();
        assert_eq!((label.name, label.words), ("Temirbek uulu", 15));
    }
}
