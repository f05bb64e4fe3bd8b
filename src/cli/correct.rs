//! `rapporteur correct`: write a correction to `overrides.toml`, take one away, or list them.

use super::Exit;
use super::args::{CorrectArgs, CorrectFormat};
use super::output::{say, width, write};
use crate::config::{Overrides, Rules, Settings, added, removed};
use crate::engine::TantivyEngine;
use crate::model::{Override, Target, single_line};
use crate::render;
use crate::source::shown_path;
use crate::store::{IndexFolder, replace};
use crate::view::{ViewError, correct, overrides};

pub(super) fn run(settings: &Settings, args: &CorrectArgs) -> anyhow::Result<Exit> {
    let rules = Rules::load(settings)?;
    let text = Overrides::text(&settings.overrides)?;
    let file = File { settings, known: Overrides::parse(&settings.overrides, &text, &rules)?, text };
    match &args.id {
        None => file.list(args.format),
        Some(id) if args.remove => file.remove(id),
        Some(id) => file.add(&rules, id, args),
    }
}

/// The file of corrections as it was read.
struct File<'s> {
    settings: &'s Settings,
    text: String,
    known: Overrides,
}

impl File<'_> {
    fn shown(&self) -> String {
        shown_path(&self.settings.overrides, &self.settings.root)
    }

    fn list(&self, format: Option<CorrectFormat>) -> anyhow::Result<Exit> {
        let folder = IndexFolder::new(&self.settings.index);
        let engine = TantivyEngine::open(&folder.engine())?;
        let views = overrides(&engine, &folder, &self.known)?;
        let exit = write(|out| match format.unwrap_or(CorrectFormat::Table) {
            CorrectFormat::Table => render::overrides_table(out, &views, width()),
            CorrectFormat::Json => render::overrides_json(out, &views),
            CorrectFormat::Jsonl => render::overrides_jsonl(out, &views),
            CorrectFormat::Csv => render::overrides_csv(out, &views),
        })?;
        let noun = if views.len() == 1 { "override" } else { "overrides" };
        say(&format!("{} {noun} in {}", views.len(), self.shown()));
        Ok(exit)
    }

    fn add(&self, rules: &Rules, id: &str, args: &CorrectArgs) -> anyhow::Result<Exit> {
        let folder = IndexFolder::new(&self.settings.index);
        let engine = TantivyEngine::open(&folder.engine())?;
        let request = args.request(id, jiff::ZonedDateTime::now().date());
        let corrected = correct(&engine, &folder, rules, &request)?;
        let path = &self.settings.overrides;
        let text = added(path, &self.text, &self.known, &corrected.entry, &corrected.words)?;
        // What is written is what will be read: a mistake is found before it stands in the file.
        Overrides::parse(path, &text, rules)?;
        self.replace(&text)?;
        let shown = added(path, "", &Overrides::default(), &corrected.entry, &corrected.words)?;
        let exit = write(|out| write!(out, "{}", crate::model::printable(&shown)))?;
        for note in &corrected.notes {
            say(&format!("note: {note}"));
        }
        for other in self.replaced(&corrected.entry) {
            say(&format!("in place of what {} decided on {}", single_line(&other.by), other.on));
        }
        say(&format!("written to {}; `rapporteur index` applies it", self.shown()));
        Ok(exit)
    }

    /// Puts `text` in the file's place, unless somebody else wrote to it meanwhile.
    fn replace(&self, text: &str) -> anyhow::Result<()> {
        let path = &self.settings.overrides;
        if Overrides::text(path)? != self.text {
            anyhow::bail!("{} was changed by somebody else meanwhile; run the command again", self.shown());
        }
        Ok(replace(path, text)?)
    }

    /// The entries that decide something that `entry` now does.
    fn replaced<'f>(&'f self, entry: &Override) -> impl Iterator<Item = &'f Override> {
        let decided: Vec<String> = entry.corrections.iter().map(|one| one.subject().into_owned()).collect();
        let id = entry.id;
        let entries = self.known.all().iter().map(|placed| &placed.entry).filter(move |other| other.id == id);
        entries.filter(move |other| other.corrections.iter().any(|one| decided.contains(&one.subject().into_owned())))
    }

    fn remove(&self, id: &str) -> anyhow::Result<Exit> {
        let target: Target = id.parse().map_err(|error: crate::model::IdError| {
            ViewError::Correction(single_line(&error.to_string()).into_owned())
        })?;
        let removal = removed(&self.settings.overrides, &self.text, &self.known, target)?;
        if removal.entries == 0 {
            return Err(ViewError::UnknownId(self.nothing_of(target)).into());
        }
        self.replace(&removal.text)?;
        let noun = if removal.entries == 1 { "override" } else { "overrides" };
        let (count, shown) = (removal.entries, self.shown());
        say(&format!("{count} {noun} of {target} taken from {shown}; `rapporteur index` derives it as it was"));
        Ok(Exit::Done)
    }

    /// What to say where there is no entry of `id`: those of the same article.
    fn nothing_of(&self, id: Target) -> String {
        let mut known: Vec<Target> = self.known.of(id.article()).map(|entry| entry.id).collect();
        known.sort_unstable();
        known.dedup();
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        let nearest = if known.is_empty() {
            "; `rapporteur correct --list` lists them".into()
        } else {
            format!("; of its article there are {}", known.join(", "))
        };
        format!("no override of {id} in {}{nearest}", self.shown())
    }
}
