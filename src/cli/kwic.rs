//! `rapporteur kwic`: every match with what stands around it.

use super::Exit;
use super::args::{KwicArgs, KwicFormat, KwicSortArg};
use super::output::{say, width, words_of, write};
use crate::config::{Rules, Settings};
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{KwicRequest, KwicSort, kwic, provenance};

pub(super) fn run(settings: &Settings, args: &KwicArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let request = KwicRequest {
        asked: args.asked.asked(Some(&args.query)),
        context: args.context,
        sort: match args.sort {
            KwicSortArg::Position => KwicSort::Position,
            KwicSortArg::Left => KwicSort::Left,
            KwicSortArg::Right => KwicSort::Right,
            KwicSortArg::Date => KwicSort::Date,
            KwicSortArg::Speaker => KwicSort::Speaker,
        },
    };
    let from = provenance(&folder, &words_of(&request.asked))?;
    let mut view = kwic(&engine, &Rules::load(settings)?, &request)?;
    let exit = write(|out| match args.format {
        KwicFormat::Table => render::kwic_table(out, &mut view, width()),
        KwicFormat::Jsonl => render::kwic_jsonl(out, &mut view, &from),
        KwicFormat::Json => render::kwic_json(out, &mut view, &from),
        KwicFormat::Csv => render::kwic_csv(out, &mut view, &from),
        KwicFormat::Md => render::kwic_markdown(out, &mut view, &from),
    })?;
    match &view.explanation {
        Some(explanation) => say(&render::no_match(explanation, view.counts)),
        None => say(&render::match_counts(view.counts)),
    }
    Ok(exit)
}
