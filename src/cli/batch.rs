//! `rapporteur search --batch`: many queries at once, answered in parallel and written in their order.

use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::Context;
use rayon::prelude::*;

use super::args::{SearchArgs, SearchFormat, SortArg, SyntaxArg, UsageError};
use super::output::{say, write};
use super::{Exit, search};
use crate::config::{Rules, Settings};
use crate::engine::{By, RankedName, TantivyEngine};
use crate::render;
use crate::source::{plain_text, shown_path};
use crate::view::{BatchQuery, SearchRequest, SearchView, ViewError, batch_queries, names, search as answer};

/// Queries that are answered before anything is written: enough to keep all processors at work, few enough to hold.
const CHUNK: usize = 256;

/// What one query gave.
enum Answer {
    Names(Vec<RankedName>),
    View(SearchView),
}

pub(super) fn run(settings: &Settings, args: &SearchArgs, path: &Path) -> anyhow::Result<Exit> {
    let trec = match args.format {
        SearchFormat::Trec => true,
        SearchFormat::Jsonl => false,
        _ => return Err(UsageError("a batch is written as --format trec or jsonl".into()).into()),
    };
    if trec && args.sort != SortArg::Relevance {
        let message = "whoever reads a run orders it by score; leave --sort out, or write --format jsonl";
        return Err(UsageError(message.into()).into());
    }
    let plain = match args.syntax {
        Some(syntax) => syntax == SyntaxArg::Plain,
        None if args.asked.plain => true,
        None if trec => {
            say("note: queries are read as plain words; --syntax query reads the query language");
            true
        }
        None => false,
    };
    let shown = shown_path(path, &settings.root);
    let (mut queries, mut wrong) = (Vec::new(), 0);
    for query in batch_queries(&shown, &plain_text(&shown, read(path)?)?) {
        match query {
            Ok(query) => queries.push(query),
            Err(error) => complain(&mut wrong, &error.to_string()),
        }
    }
    let rules = Rules::load(settings)?;
    let (engine, exit) = search::open_or_build(settings, args, &rules)?;
    let mut request = search::request(args, "");
    request.asked.reading.plain = plain;
    let batch = Batch { engine: &engine, rules: &rules, request, trec, shown: &shown };
    write(|out| batch.answer_all(out, &queries, &mut wrong))?;
    Ok(if wrong > 0 { Exit::Quarantined } else { exit })
}

/// The bytes of a file, or of standard input.
fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(path).with_context(|| path.display().to_string())
}

fn complain(wrong: &mut usize, message: &str) {
    *wrong += 1;
    say(&format!("error: {message}"));
}

struct Batch<'b> {
    engine: &'b TantivyEngine,
    rules: &'b Rules,
    /// What is asked, but for the query.
    request: SearchRequest,
    trec: bool,
    shown: &'b str,
}

impl Batch<'_> {
    fn answer_all(&self, out: &mut dyn Write, queries: &[BatchQuery], wrong: &mut usize) -> io::Result<()> {
        for chunk in queries.chunks(CHUNK) {
            let answers: Vec<Result<Answer, ViewError>> = chunk.par_iter().map(|query| self.answer(query)).collect();
            for (query, answer) in chunk.iter().zip(answers) {
                match answer {
                    Ok(Answer::Names(names)) => {
                        render::trec_run(out, &query.id, &names, self.request.page.by == By::Article)?;
                    }
                    Ok(Answer::View(view)) => render::batch_jsonl(out, &query.id, &view)?,
                    Err(error) => complain(wrong, &format!("{}:{}: {error}", self.shown, query.line)),
                }
            }
        }
        Ok(())
    }

    fn answer(&self, query: &BatchQuery) -> Result<Answer, ViewError> {
        let mut request = self.request.clone();
        request.asked.query = Some(query.query.clone());
        Ok(if self.trec {
            Answer::Names(names(self.engine, self.rules, &request)?)
        } else {
            Answer::View(answer(self.engine, self.rules, &request)?)
        })
    }
}
