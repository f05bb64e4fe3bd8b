//! `rapporteur verify`: whether passages are what their archived originals give.

use std::path::Path;

use anyhow::Context;

use super::Exit;
use super::args::{UsageError, VerifyArgs, VerifyFormat};
use super::output::write;
use crate::config::{Rules, Settings};
use crate::engine::{Engine, TantivyEngine};
use crate::job::{Claimed, claims, verify};
use crate::model::{ArticleId, PassageId};
use crate::render;
use crate::store::{IndexFolder, Manifest};
use crate::view::{ViewError, unknown_article};

pub(super) fn run(settings: &Settings, args: &VerifyArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let claimed = match &args.file {
        Some(path) => exported(path)?,
        None if args.all => {
            let manifest = folder.manifest()?;
            let articles: Vec<ArticleId> =
                manifest.iter().flat_map(Manifest::indexed).map(|source| source.article).collect();
            claims(&engine, &articles)?
        }
        None => named(&engine, folder.manifest()?.as_ref(), &args.ids)?,
    };
    let found = verify(&folder, settings, &Rules::load(settings)?, claimed)?;
    write(|out| match args.format {
        VerifyFormat::Table => render::verification_table(out, &found),
        VerifyFormat::Json => render::verification_json(out, &found),
        VerifyFormat::Jsonl => render::verification_jsonl(out, &found),
    })?;
    Ok(if found.holds() { Exit::Done } else { Exit::Differs })
}

/// What the index says of the passages that `ids` name; an id that it does not have is refused.
fn named(engine: &dyn Engine, manifest: Option<&Manifest>, ids: &[String]) -> anyhow::Result<Vec<Claimed>> {
    let mut named = Vec::new();
    for id in ids {
        let passage: Option<PassageId> = id.parse().ok();
        let article = passage.map_or_else(|| id.parse().ok(), |passage| Some(passage.article));
        let article: ArticleId = article.ok_or_else(|| ViewError::NoId(crate::model::single_line(id).into_owned()))?;
        let before = named.len();
        let of_article = claims(engine, &[article])?;
        if of_article.is_empty() {
            return Err(unknown_article(manifest, article).into());
        }
        let has = of_article.len();
        named.extend(of_article.into_iter().filter(|claim| passage.is_none_or(|passage| claim.id == passage)));
        if named.len() == before {
            return Err(ViewError::UnknownId(format!("article {article} has {has} passages and not {id}")).into());
        }
    }
    Ok(named)
}

/// What an export says of its passages.
fn exported(path: &Path) -> anyhow::Result<Vec<Claimed>> {
    let text =
        if path == Path::new("-") { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(path) };
    let text = text.with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(n, line)| {
            Claimed::read(line).map_err(|reason| {
                UsageError(format!("{}:{n}: no record of `search --format jsonl`: {reason}", path.display())).into()
            })
        })
        .collect()
}
