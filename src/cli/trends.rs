//! `rapporteur trends`: counts and shares by period.

use super::Exit;
use super::args::{ShareOfArg, TrendsArgs, TrendsFormat};
use super::output::{say, width, words_of, write};
use super::search::groups_for;
use crate::config::{Rules, Settings};
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{ShareOf, TrendsRequest, provenance, trends};

pub(super) fn run(settings: &Settings, args: &TrendsArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let copies = args.copies.value();
    let request = TrendsRequest {
        asked: args.asked.asked(Some(&args.query)),
        length: args.by.into(),
        per: args.per.map(Into::into),
        top: args.top as usize,
        share_of: match args.share_of {
            ShareOfArg::All => ShareOf::All,
            ShareOfArg::Series => ShareOf::Series,
        },
        copies,
    };
    let view = trends(&engine, &Rules::load(settings)?, &groups_for(settings, copies)?, &request)?;
    let from = provenance(&folder, &words_of(&request.asked))?;
    if let Some(explanation) = &view.explanation {
        say(&render::explanation(explanation));
    }
    write(|out| match args.format {
        TrendsFormat::Table => render::trends_text(out, &view, width()),
        TrendsFormat::Json => render::trends_json(out, &view, &from),
        TrendsFormat::Jsonl => render::trends_jsonl(out, &view, &from),
        TrendsFormat::Csv => render::trends_csv(out, &view, &from),
        TrendsFormat::Md => render::trends_markdown(out, &view, &from),
        TrendsFormat::Svg => render::trends_svg(out, &view, &from),
    })
}
