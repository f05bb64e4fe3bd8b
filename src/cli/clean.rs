//! `rapporteur clean`: cleaned articles, without touching an index.

use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Exit;
use super::args::{CleanArgs, CleanFormat};
use super::output::{say, write};
use crate::clean::{CleanOptions, Cleaned, clean};
use crate::config::Settings;
use crate::job::clean_options;
use crate::model::single_line;
use crate::render::{self, Beside};
use crate::source::{self, RawSource, SourceError, SourceFile};

/// Files cleaned at a time, so that output begins early and memory stays bounded.
const BATCH: usize = 64;

pub(super) fn run(settings: &Settings, args: &CleanArgs) -> anyhow::Result<Exit> {
    let options = clean_options(settings);
    let (stdin, paths): (Vec<PathBuf>, Vec<PathBuf>) =
        args.paths.iter().cloned().partition(|path| path == Path::new("-"));
    let mut refused = 0;
    if !stdin.is_empty() {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        refused += print(args, clean_all(source::split("-", bytes), &options))?;
    }
    let found = source::find(&paths, &settings.root);
    refused += print(args, found.errors.into_iter().map(|error| Err(error.to_string())).collect())?;
    for batch in found.files.chunks(BATCH) {
        let cleaned = batch.par_iter().map(|file| clean_all(read(file), &options)).collect::<Vec<_>>();
        refused += print(args, cleaned.into_iter().flatten().collect())?;
    }
    Ok(if refused == 0 { Exit::Done } else { Exit::Quarantined })
}

fn read(file: &SourceFile) -> Vec<Result<RawSource, SourceError>> {
    match std::fs::read(&file.path) {
        Ok(bytes) => source::split(&file.shown, bytes),
        Err(error) => vec![Err(SourceError::Unreadable { path: file.shown.clone(), reason: error.to_string() })],
    }
}

fn clean_all(sources: Vec<Result<RawSource, SourceError>>, options: &CleanOptions) -> Vec<Result<Cleaned, String>> {
    let clean_one = |source: Result<RawSource, SourceError>| {
        let source = source.map_err(|error| error.to_string())?;
        clean(&source, options).map_err(|error| error.to_string())
    };
    sources.into_iter().map(clean_one).collect()
}

/// Prints the articles and says which sources gave none; their number.
fn print(args: &CleanArgs, cleaned: Vec<Result<Cleaned, String>>) -> anyhow::Result<usize> {
    let mut refused = 0;
    for cleaned in cleaned {
        match cleaned {
            Ok(cleaned) => {
                for warning in &cleaned.warnings {
                    say(&format!("warning: {}", single_line(warning)));
                }
                write(|out| match args.format {
                    CleanFormat::Text => render::article_text(
                        out,
                        &cleaned.article,
                        Beside { dropped: args.dropped, links: args.links, why: args.why },
                    ),
                    CleanFormat::Jsonl => render::article_jsonl(out, &cleaned.article, args.dropped),
                })?;
            }
            Err(reason) => {
                say(&format!("quarantined: {}", single_line(&reason)));
                refused += 1;
            }
        }
    }
    Ok(refused)
}
