//! `rapporteur.toml`: where the corpus and the index lie, and what unlabelled sources are taken for.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use super::error::{self, ConfigError};
use super::ranking::Ranking;

/// The settings file's name, looked for in the working folder and the folders above it.
pub const FILE_NAME: &str = "rapporteur.toml";

/// The settings in force. Relative paths of the file are taken from the file's folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The folder that source paths are shown relative to: that of the settings file.
    pub root: PathBuf,
    /// File or folder of sources.
    pub corpus: PathBuf,
    /// Folder of the index.
    pub index: PathBuf,
    /// `topics.toml`; where it does not exist, the built-in topics are used.
    pub topics: PathBuf,
    /// `speakers.toml`; where it does not exist, no speaker is known beforehand.
    pub speakers: PathBuf,
    /// `overrides.toml`; where it does not exist, nothing that is derived is corrected.
    pub overrides: PathBuf,
    /// `searches.toml`; needed by `alerts` alone.
    pub searches: PathBuf,
    /// Outlet of sources that name none.
    pub outlet: Option<String>,
    /// BCP 47 language of sources that declare none.
    pub language: String,
    /// What finds who said what, beside the rules.
    pub model: ModelChoice,
    /// IANA name of the zone in which a time without one is read; without it such times stay without one.
    pub time_zone: Option<String>,
    /// How matching passages are ordered.
    pub ranking: Ranking,
}

/// Which trained model weighs who said what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ModelChoice {
    /// The program's own.
    #[default]
    BuiltIn,
    /// None: the rules alone.
    None,
    /// One in a file.
    File(PathBuf),
}

/// `model = false`, `model = true`, `model = "own.model"`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "true, false or the path of a model")]
enum ModelValue {
    Switch(bool),
    Path(PathBuf),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    corpus: Option<PathBuf>,
    index: Option<PathBuf>,
    topics: Option<PathBuf>,
    speakers: Option<PathBuf>,
    overrides: Option<PathBuf>,
    searches: Option<PathBuf>,
    outlet: Option<String>,
    language: Option<Spanned<String>>,
    model: Option<ModelValue>,
    time_zone: Option<Spanned<String>>,
    ranking: Option<Spanned<Ranking>>,
}

impl Settings {
    /// The defaults, for paths below `root`.
    pub fn defaults(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            corpus: root.join("corpus"),
            index: root.join("index"),
            topics: root.join("topics.toml"),
            speakers: root.join("speakers.toml"),
            overrides: root.join("overrides.toml"),
            searches: root.join("searches.toml"),
            outlet: None,
            language: "en".into(),
            model: ModelChoice::BuiltIn,
            time_zone: None,
            ranking: Ranking::default(),
        }
    }

    /// Reads the settings file in `folder` or the nearest folder above it; the defaults for `folder`
    /// where there is none.
    pub fn find(folder: &Path) -> Result<Self, ConfigError> {
        match folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file()) {
            Some(path) => Self::read(&path),
            None => Ok(Self::defaults(folder)),
        }
    }

    /// Reads and checks `path`.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        Self::parse(path, &error::read(path)?)
    }

    /// Checks the file's `text`: no unknown key, a known time zone, a language tag.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let file: File = error::parse_toml(path, text)?;
        let check = |value: &Option<Spanned<String>>, refusal: fn(&str) -> Option<String>| match value {
            Some(value) => refusal(value.get_ref())
                .map_or(Ok(()), |message| Err(error::at(path, text, value.span().start, message))),
            None => Ok(()),
        };
        check(&file.language, language_refusal)?;
        check(&file.time_zone, time_zone_refusal)?;
        let ranking = match &file.ranking {
            None => Ranking::default(),
            Some(ranking) => match ranking.get_ref().refusal() {
                Some(message) => return Err(error::at(path, text, ranking.span().start, message)),
                None => *ranking.get_ref(),
            },
        };
        let root = path.parent().unwrap_or(Path::new("")).to_owned();
        let defaults = Self::defaults(&root);
        let placed = |path: Option<PathBuf>, default: PathBuf| path.map_or(default, |path| root.join(path));
        Ok(Self {
            corpus: placed(file.corpus, defaults.corpus),
            index: placed(file.index, defaults.index),
            topics: placed(file.topics, defaults.topics),
            speakers: placed(file.speakers, defaults.speakers),
            overrides: placed(file.overrides, defaults.overrides),
            searches: placed(file.searches, defaults.searches),
            outlet: file.outlet,
            language: file.language.map_or(defaults.language, Spanned::into_inner),
            model: match file.model {
                None | Some(ModelValue::Switch(true)) => ModelChoice::BuiltIn,
                Some(ModelValue::Switch(false)) => ModelChoice::None,
                Some(ModelValue::Path(path)) => ModelChoice::File(root.join(path)),
            },
            time_zone: file.time_zone.map(Spanned::into_inner),
            ranking,
            root,
        })
    }
}

/// Why `text` is no language tag, if it is none (BCP 47, RFC 5646: letters and digits joined by hyphens).
pub fn language_refusal(text: &str) -> Option<String> {
    let mut subtags = text.split('-');
    let primary = subtags.next().unwrap_or("");
    let ok = (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()));
    (!ok).then(|| format!("`{text}` is not a language tag; write one such as `en` or `en-GB`"))
}

/// Why `text` is no time zone, if it is none.
pub fn time_zone_refusal(text: &str) -> Option<String> {
    TimeZone::get(text)
        .is_err()
        .then(|| format!("`{text}` is not a known time zone; write an IANA name such as `UTC` or `Asia/Tashkent`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(Path::new("home/rapporteur.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn paths_are_taken_from_the_files_folder() {
        let settings = parse("corpus = \"texts\"\n").unwrap();

        assert_eq!(settings.corpus, Path::new("home/texts"));
        assert_eq!(settings.index, Path::new("home/index"));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_line() {
        let error = parse("corpus = \"texts\"\ncorpse = \"x\"\n").unwrap_err();

        assert!(error.starts_with("home/rapporteur.toml:2:1: "), "{error}");
        assert!(error.contains("corpse"), "{error}");
    }

    #[test]
    fn a_model_is_the_built_in_one_or_none_or_a_file_beside_the_settings() {
        assert_eq!(parse("").unwrap().model, ModelChoice::BuiltIn);
        assert_eq!(parse("model = false\n").unwrap().model, ModelChoice::None);
        assert_eq!(parse("model = \"own.model\"\n").unwrap().model, ModelChoice::File("home/own.model".into()));
        let error = parse("model = 3\n").unwrap_err();
        assert!(error.contains("true, false or the path of a model"), "{error}");
    }

    #[test]
    fn a_ranking_is_set_in_part_and_what_cannot_be_is_refused_with_its_line() {
        let ranking = parse("[ranking]\nk1 = 0.9\nfeedback = \"auto\"\n").unwrap().ranking;
        assert_eq!(ranking, Ranking { k1: 0.9, feedback: crate::config::Feedback::Auto, ..Ranking::default() });

        let error = parse("language = \"en\"\n[ranking]\nb = 1.5\n").unwrap_err();
        assert!(error.starts_with("home/rapporteur.toml:2:1: ") && error.contains("`b`"), "{error}");
        assert!(parse("[ranking]\nb1 = 1.5\n").unwrap_err().contains("b1"));
    }

    #[test]
    fn an_unknown_time_zone_is_refused_with_its_place() {
        let error = parse("time_zone = \"Mars/Olympus\"\n").unwrap_err();

        assert!(error.starts_with("home/rapporteur.toml:1:13: "), "{error}");
    }
}
