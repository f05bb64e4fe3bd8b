//! A run, from the files found to the manifest written.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use rayon::prelude::*;

use super::JobError;
use super::changes::{self, Changes};
use super::first_seen::Recorder;
use super::lineage;
use super::near_duplicates;
use super::overrides::{OverridesTally, StaleOverride, standings};
use super::owners::{Claim, Owners};
use super::prepare::{Prepared, PreparedArticle, Preparer, clean_options};
use super::report::{Duplicate, Progress, Report};
use crate::annotate::Annotator;
use crate::annotate::speakers::Finder;
use crate::config::{Overrides, Rules, Settings};
use crate::engine::{Engine, TantivyEngine};
use crate::lineage::Wording;
use crate::model::{ArticleId, Passage};
use crate::near_duplicates::Sketch;
use crate::source::{self, SourceFile, shown_path};
use crate::store::{FileEntry, IndexFolder, Manifest, SourceEntry};

/// Files prepared at a time: enough to keep the threads busy, few enough to bound memory.
const BATCH: usize = 64;

/// Brings the index up to date with the files below `paths`, or with the whole corpus where there are none.
///
/// With paths, what the index holds of other files is left alone. The run is over when the manifest is
/// written; one that is cut off before is finished by the next.
pub fn update(
    settings: &Settings,
    rules: &Rules,
    paths: &[PathBuf],
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Report, JobError> {
    let overrides = Overrides::read(&settings.overrides, rules)?;
    let whole_corpus = paths.is_empty();
    let paths = if whole_corpus { vec![settings.corpus.clone()] } else { paths.to_vec() };
    if let Some(missing) = paths.iter().find(|path| whole_corpus && !path.exists()) {
        return Err(JobError::NoCorpus(missing.clone()));
    }
    let found = source::find(&paths, &settings.root);
    if found.files.is_empty() && found.errors.is_empty() {
        return Err(JobError::EmptyCorpus(paths[0].clone()));
    }
    let folder = IndexFolder::new(&settings.index);
    let _lock = folder.lock()?;
    let mut warnings = Vec::new();
    let recorder = Recorder::open(&folder, &mut warnings)?;
    let mut manifest = folder.manifest()?.unwrap_or_else(|| begun(&recorder, rules));
    let rules_changed = manifest.rules != rules.hash;
    let mut report = Report { rules_changed, warnings, ..Report::default() };
    let unreadable: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
    let changes = changes::compare(found, &manifest, &paths, &settings.root, &overrides, rules_changed);
    let known = manifest.indexed().map(|source| source.article).collect();
    let mut run = Run {
        engine: TantivyEngine::open_or_create(&folder.engine())?,
        leaving: leaving(&mut manifest, &changes, &mut report),
        owners: Owners::of(&manifest),
        known,
        manifest,
        report,
        sketches: Vec::new(),
        wordings: Vec::new(),
        recorder,
        touched: false,
    };
    // The default file need not be there; one that was named should.
    if !settings.overrides.exists() && settings.overrides != Settings::defaults(&settings.root).overrides {
        let shown = shown_path(&settings.overrides, &settings.root);
        run.report
            .warnings
            .push(format!("there is no {shown}, the file of overrides that was named; nothing is corrected"));
    }
    run.report.corrected = run.corrected(&changes, &overrides);
    let annotator = Annotator::new(rules.authority.clone(), Finder::read(rules.model.as_ref())?, &rules.topics)
        .corrected_by(overrides);
    run.read(&changes, settings, &annotator, &folder, progress)?;
    progress(Progress::Committing);
    let shown = shown_path(&settings.overrides, &settings.root);
    run.finish(&folder, rules, (annotator.overrides(), &shown), unreadable)
}

/// Takes the changed and removed files out of the manifest, and gives the articles that they gave.
fn leaving(manifest: &mut Manifest, changes: &Changes, report: &mut Report) -> BTreeMap<String, FileEntry> {
    report.unchanged = changes.unchanged;
    report.removed = changes.removed.len();
    let read = changes.to_read.iter().map(|file| &file.shown);
    read.chain(&changes.removed).filter_map(|path| Some((path.clone(), manifest.files.remove(path)?))).collect()
}

/// The manifest of an index that begins. Where all of an index was removed but its record of first sightings, generations
/// go on from that, so that what is new can be told.
fn begun(recorder: &Recorder, rules: &Rules) -> Manifest {
    let mut manifest = Manifest::empty(rules.hash);
    manifest.generation = recorder.latest();
    manifest
}

/// Nanoseconds since 1970.
fn now() -> i64 {
    i64::try_from(jiff::Timestamp::now().as_nanosecond()).unwrap_or(i64::MAX)
}

/// A run that is under way.
struct Run {
    engine: TantivyEngine,
    manifest: Manifest,
    owners: Owners,
    /// The articles of the index as it was.
    known: HashSet<ArticleId>,
    /// What the manifest said of files that are read again or gone.
    leaving: BTreeMap<String, FileEntry>,
    report: Report,
    /// Of the articles that were put.
    sketches: Vec<Sketch>,
    /// Of their quotations.
    wordings: Vec<(ArticleId, Vec<Wording>)>,
    /// Of their passages, when they first came.
    recorder: Recorder,
    /// Whether anything was put or removed.
    touched: bool,
}

impl Run {
    fn read(
        &mut self,
        changes: &Changes,
        settings: &Settings,
        annotator: &Annotator,
        folder: &IndexFolder,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), JobError> {
        progress(Progress::Reading(changes.to_read.len()));
        let (options, archive) = (clean_options(settings), folder.archive());
        let preparer = Preparer { annotator, options: &options, archive: &archive };
        for batch in changes.to_read.chunks(BATCH) {
            let prepared: Vec<Result<Prepared, _>> = batch
                .par_iter()
                .map(|file| {
                    let prepared = preparer.prepare(file, self.known(file, annotator.overrides()));
                    progress(Progress::Read(1));
                    prepared
                })
                .collect();
            for (file, prepared) in batch.iter().zip(prepared) {
                self.apply(file, prepared?)?;
            }
        }
        Ok(())
    }

    /// What the manifest said of a file, where the same content would give the same again: not where the
    /// rules or corrections changed, nor where a duplicate may now stand for its article.
    fn known(&self, file: &SourceFile, overrides: &Overrides) -> Option<&FileEntry> {
        let entry = self.leaving.get(&file.shown)?;
        let alone = entry.sources.iter().all(|source| source.duplicate_of.is_none());
        (alone && !self.report.rules_changed && changes::is_corrected(entry, overrides)).then_some(entry)
    }

    fn apply(&mut self, file: &SourceFile, prepared: Prepared) -> Result<(), JobError> {
        let was_known = self.leaving.contains_key(&file.shown);
        let Prepared { mut entry, articles, warnings, same_content } = prepared;
        self.report.warnings.extend(warnings);
        match (same_content, was_known) {
            (true, _) => self.report.unchanged += 1,
            (false, true) => self.report.changed += 1,
            (false, false) => self.report.new += 1,
        }
        if same_content {
            for source in &mut entry.sources {
                self.claim(source);
            }
        } else {
            let alone = entry.sources.len() == 1;
            for (source, article) in entry.sources.iter_mut().zip(articles) {
                if self.claim(source) {
                    let PreparedArticle { id, passages, sketch, wordings, marks } = article;
                    let known = self.recorder.knows(id, &marks);
                    let before = if known { Vec::new() } else { self.before(file, id, alone)? };
                    self.recorder.put(id, &passages, &marks, &before);
                    self.engine.put(id, &passages)?;
                    self.sketches.push(sketch);
                    self.wordings.push((id, wordings));
                    self.touched = true;
                }
            }
        }
        self.manifest.files.insert(file.shown.clone(), entry);
        Ok(())
    }

    /// The passages that stood in the place of an article until this run: its own, or, where its file gave one article
    /// before and gives one now, `alone`, that article's. None where it is new.
    fn before(&self, file: &SourceFile, article: ArticleId, alone: bool) -> Result<Vec<Passage>, JobError> {
        let passages = if self.known.contains(&article) { self.engine.article(article)? } else { Vec::new() };
        match self.leaving.get(&file.shown).map(|entry| entry.sources.as_slice()) {
            Some([only]) if passages.is_empty() && alone => Ok(self.engine.article(only.article)?),
            _ => Ok(passages),
        }
    }

    /// Whether the source's article goes into the index.
    fn claim(&mut self, source: &mut SourceEntry) -> bool {
        match self.owners.claim(source.article, &source.path) {
            Claim::Granted => true,
            Claim::TakenFrom(owner) => {
                let others = self.manifest.files.values_mut().flat_map(|file| &mut file.sources);
                for other in others.filter(|other| other.article == source.article && other.path == owner) {
                    other.duplicate_of = Some(source.path.clone());
                }
                true
            }
            Claim::DuplicateOf(owner) => {
                source.duplicate_of = Some(owner);
                false
            }
        }
    }

    /// How many files are read again because of other corrections.
    fn corrected(&self, changes: &Changes, overrides: &Overrides) -> usize {
        let known = changes.to_read.iter().filter_map(|file| self.leaving.get(&file.shown));
        known.filter(|entry| !changes::is_corrected(entry, overrides)).count()
    }

    fn finish(
        mut self,
        folder: &IndexFolder,
        rules: &Rules,
        (overrides, shown): (&Overrides, &str),
        unreadable: Vec<String>,
    ) -> Result<Report, JobError> {
        let gone: Vec<ArticleId> = self
            .leaving
            .values()
            .flat_map(|entry| &entry.sources)
            .map(|source| source.article)
            .filter(|article| !self.owners.has(*article))
            .collect();
        for article in gone {
            self.engine.remove(article)?;
            self.touched = true;
        }
        if self.touched || self.manifest.generation == 0 {
            self.manifest.generation += 1;
        }
        self.engine.commit()?;
        self.manifest.rules = rules.hash;
        let Self { engine, manifest, mut report, sketches, wordings, recorder, touched, .. } = self;
        let groups = near_duplicates::update(folder, &engine, &manifest, sketches, touched, &mut report.warnings)?;
        let statements = lineage::update(folder, &engine, &manifest, wordings, touched, &mut report.warnings)?;
        recorder.finish(folder, &engine, &manifest, now())?;
        report.statements = statements.all().iter().filter(|statement| statement.versions.len() > 1).count();
        report.overrides = OverridesTally::of(&standings(&engine, &manifest, overrides)?);
        report.warnings.extend(report.overrides.stale.iter().map(|stale| {
            let StaleOverride { id, line, reason } = stale;
            format!("{shown}:{line}: the override of {id} is not applied: {reason}; correct it anew or remove it")
        }));
        folder.write_manifest(&manifest)?;
        report.near_duplicate_groups = groups.all().len();
        report.near_duplicate_articles = groups.articles();
        report.near_duplicates = groups.into();
        report.articles = manifest.indexed().count();
        report.passages = manifest.indexed().map(|source| source.passages).sum();
        report.quarantined = unreadable;
        report.quarantined.extend(manifest.files.values().flat_map(|file| file.quarantined.iter().cloned()));
        report.duplicates = manifest
            .sources()
            .filter_map(|source| Some(Duplicate { path: source.path.clone(), of: source.duplicate_of.clone()? }))
            .collect();
        report.generation = manifest.generation;
        report.fingerprint = Some(manifest.fingerprint());
        Ok(report)
    }
}
