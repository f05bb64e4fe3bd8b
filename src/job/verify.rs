//! Derives passages again from their archived originals, by the same functions as a run, and compares.
//!
//! What is claimed of a passage (by the index, or by an export) is one thing, what its original gives by
//! the rules in force another; [`verify`] says whether they are the same, and if not, in what they differ.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::JobError;
use super::overrides::are_current;
use super::prepare::clean_options;
use crate::annotate::Annotator;
use crate::annotate::speakers::Finder;
use crate::clean;
use crate::config::{Overrides, Rules, Settings};
use crate::engine::Engine;
use crate::model::{ArticleId, ContentHash, Passage, PassageId};
use crate::source;
use crate::store::{Archive, IndexFolder, Manifest, SourceEntry, StoreError};

/// What is said of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The passage.
    pub id: PassageId,
    /// Its words.
    pub text: String,
    /// The id of who is said to speak; `None`: nobody.
    pub speaker: Option<String>,
    /// The hash of its original.
    pub blake3: ContentHash,
}

/// What became of one claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The original gives just this.
    Same,
    /// The original gives something else.
    Differs,
    /// The original is not in the archive.
    NotArchived,
    /// The archived bytes are not those of their name.
    Damaged,
    /// The article is not in the index.
    Unknown,
}

/// A field in which claim and derivation differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `passage`, `text`, `speaker` or `blake3`.
    pub field: &'static str,
    /// What is claimed.
    pub claimed: Option<String>,
    /// What the original gives.
    pub derived: Option<String>,
}

/// What was found of one passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The passage.
    pub id: PassageId,
    /// What became of it.
    pub verdict: Verdict,
    /// In what it differs.
    pub differences: Vec<Difference>,
    /// Why it could not be derived, in a sentence.
    pub reason: Option<String>,
}

/// What was found of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// One a passage, by id.
    pub findings: Vec<Finding>,
    /// Whether rules, corrections, model or settings have changed since the index was built, which may explain differences.
    pub rules_changed: bool,
    /// Names the index.
    pub fingerprint: ContentHash,
}

impl Verification {
    /// Whether every passage is what its original gives.
    pub fn holds(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdict == Verdict::Same)
    }
}

/// What the index says of the passages of `articles`.
pub fn claims(engine: &dyn Engine, articles: &[ArticleId]) -> Result<Vec<Claim>, JobError> {
    let mut claims = Vec::new();
    for article in articles {
        claims.extend(engine.article(*article)?.iter().map(Claim::of));
    }
    Ok(claims)
}

impl Claim {
    fn of(passage: &Passage) -> Self {
        Self {
            id: passage.id,
            text: passage.text.clone(),
            speaker: passage.speaker.as_ref().map(|said| said.speaker.id.to_string()),
            blake3: passage.source.blake3,
        }
    }

    /// Reads a line of `search --format jsonl`; the reason where it is none.
    pub fn read(line: &str) -> Result<Self, String> {
        let record: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let text = |at: &str| record.pointer(at).and_then(Value::as_str).ok_or(format!("it has no `{}`", &at[1..]));
        Ok(Self {
            id: text("/id")?.parse().map_err(|error: crate::model::IdError| error.to_string())?,
            text: text("/text")?.to_owned(),
            speaker: text("/speaker/id").ok().map(str::to_owned),
            blake3: text("/source/blake3")?.parse().map_err(|error: crate::model::IdError| error.to_string())?,
        })
    }
}

/// Compares `claims` with what the archived originals give by the rules in force; each original is read once.
pub fn verify(
    folder: &IndexFolder,
    settings: &Settings,
    rules: &Rules,
    claims: Vec<Claim>,
) -> Result<Verification, JobError> {
    let manifest = folder.manifest()?.unwrap_or_else(|| Manifest::empty(rules.hash));
    let sources: HashMap<ArticleId, &SourceEntry> = manifest.indexed().map(|entry| (entry.article, entry)).collect();
    let overrides = Overrides::read(&settings.overrides, rules)?;
    let rules_changed = manifest.rules != rules.hash || !are_current(&manifest, &overrides);
    let annotator = Annotator::new(rules.authority.clone(), Finder::read(rules.model.as_ref())?, &rules.topics)
        .corrected_by(overrides);
    let deriver = Deriver { archive: folder.archive(), annotator, options: clean_options(settings) };
    let mut by_article = BTreeMap::<ArticleId, Vec<Claim>>::new();
    for claim in claims {
        by_article.entry(claim.id.article).or_default().push(claim);
    }
    let by_article: Vec<(ArticleId, Vec<Claim>)> = by_article.into_iter().collect();
    let findings: Vec<Vec<Finding>> = by_article
        .par_iter()
        .map(|(article, claims)| {
            let derived = match sources.get(article) {
                Some(entry) => deriver.derive(entry),
                None => Err((Verdict::Unknown, format!("no article {article} in the index"))),
            };
            claims.iter().map(|claim| compare(claim, &derived)).collect()
        })
        .collect();
    let mut findings: Vec<Finding> = findings.into_iter().flatten().collect();
    findings.sort_by_key(|finding| finding.id);
    Ok(Verification { findings, rules_changed, fingerprint: manifest.fingerprint() })
}

/// The passages of an original, or why there are none.
type Derived = Result<Vec<Passage>, (Verdict, String)>;

/// What deriving needs.
struct Deriver {
    archive: Archive,
    annotator: Annotator,
    options: clean::CleanOptions,
}

impl Deriver {
    fn derive(&self, entry: &SourceEntry) -> Derived {
        let bytes = self.archive.get(entry.blake3).map_err(|error| {
            let verdict =
                if matches!(error, StoreError::NotArchived(_)) { Verdict::NotArchived } else { Verdict::Damaged };
            (verdict, error.to_string())
        })?;
        let differs = |error: String| (Verdict::Differs, format!("the original gives no article now: {error}"));
        let source = source::restore(&entry.path, &entry.name, entry.format, bytes)
            .map_err(|error| differs(error.to_string()))?;
        let cleaned = clean::clean(&source, &self.options).map_err(|error| differs(error.to_string()))?;
        Ok(self.annotator.annotate(&cleaned.article).passages)
    }
}

fn compare(claim: &Claim, derived: &Derived) -> Finding {
    let finding = |verdict, differences, reason| Finding { id: claim.id, verdict, differences, reason };
    let passages = match derived {
        Ok(passages) => passages,
        Err((verdict, reason)) => return finding(*verdict, Vec::new(), Some(reason.clone())),
    };
    let differences = if let Some(passage) = passages.iter().find(|passage| passage.id == claim.id) {
        differences(claim, passage)
    } else {
        let derived = passages.first().map(|passage| format!("{} of {} passages", passage.article.id, passages.len()));
        vec![Difference { field: "passage", claimed: Some(claim.id.to_string()), derived }]
    };
    let verdict = if differences.is_empty() { Verdict::Same } else { Verdict::Differs };
    finding(verdict, differences, None)
}

/// A search may name any speaker of a passage, the one that it asks for: each of them is right.
fn differences(claim: &Claim, passage: &Passage) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut differ = |field, claimed: Option<String>, derived: Option<String>| {
        if claimed != derived {
            differences.push(Difference { field, claimed, derived });
        }
    };
    differ("text", Some(claim.text.clone()), Some(passage.text.clone()));
    let own = passage.speaker.as_ref().map(|said| said.speaker.id.to_string());
    let said = claim
        .speaker
        .as_ref()
        .filter(|claimed| passage.speakers().iter().any(|said| said.speaker.id.as_str() == claimed.as_str()));
    differ("speaker", claim.speaker.clone(), said.cloned().or(own));
    differ("blake3", Some(claim.blake3.to_hex()), Some(passage.source.blake3.to_hex()));
    differences
}
