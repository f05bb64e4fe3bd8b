//! `rapporteur attribute`: quotations and their speakers, JSONL in, JSONL out.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;

use super::Exit;
use super::args::{AttributeArgs, UsageError};
use super::output::{say, write};
use crate::annotate::speakers::{Finder, SpeakerAnnotation, annotate_text};
use crate::config::{Authority, Rules, Settings};
use crate::render;

/// Lines attributed at a time.
const BATCH: usize = 256;

/// A text to attribute.
#[derive(Deserialize)]
struct Text {
    id: serde_json::Value,
    text: String,
}

pub(super) fn run(settings: &Settings, args: &AttributeArgs) -> anyhow::Result<Exit> {
    let Rules { authority, model, .. } = Rules::load(settings)?;
    let finder = Finder::read(model.as_ref())?;
    let name = args.path.display().to_string();
    let mut lines: Box<dyn BufRead> = if args.path == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        let file = File::open(&args.path).map_err(|error| UsageError(format!("{name}: cannot be read: {error}")))?;
        Box::new(BufReader::new(file))
    };
    let (mut number, mut refused) = (0, 0);
    loop {
        let mut batch: Vec<(usize, Vec<u8>)> = Vec::new();
        while batch.len() < BATCH {
            let mut line = Vec::new();
            if lines.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            number += 1;
            if !line.trim_ascii().is_empty() {
                batch.push((number, line));
            }
        }
        if batch.is_empty() {
            return Ok(if refused == 0 { Exit::Done } else { Exit::Quarantined });
        }
        let attributed: Vec<_> =
            batch.par_iter().map(|(number, line)| attribute(&name, *number, line, &authority, &finder)).collect();
        for result in attributed {
            match result {
                Ok((text, found)) => {
                    write(|out| render::quotes_jsonl(out, &text.id, &text.text, &found.quotes))?;
                }
                Err(reason) => {
                    say(&format!("quarantined: {reason}"));
                    refused += 1;
                }
            }
        }
    }
}

fn attribute(
    name: &str,
    number: usize,
    line: &[u8],
    authority: &Authority,
    finder: &Finder,
) -> Result<(Text, SpeakerAnnotation), String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let text: Text = serde_json::from_slice(line)
        .map_err(|error| format!("{name}:{number}: not a record {{\"id\", \"text\"}}: {error}"))?;
    let found = annotate_text(&text.text, authority, finder, None);
    Ok((text, found))
}
