//! `rapporteur collocates`: the words that keep company with the matches of a query.

use super::Exit;
use super::args::{CollocatesArgs, CollocatesFormat, MeasureArg};
use super::output::{say, width, words_of, write};
use crate::config::{Rules, Settings};
use crate::engine::{TantivyEngine, WordForm};
use crate::render;
use crate::store::IndexFolder;
use crate::view::{CollocatesRequest, CollocatesView, Measure, collocates, provenance};

pub(super) fn run(settings: &Settings, args: &CollocatesArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?;
    let request = CollocatesRequest {
        asked: args.asked.asked(Some(&args.query)),
        window: args.window,
        measure: match args.measure {
            MeasureArg::LogDice => Measure::LogDice,
            MeasureArg::LogLikelihood => Measure::LogLikelihood,
            MeasureArg::Pmi => Measure::Pmi,
        },
        min_count: args.min_count,
        top: args.top as usize,
        form: if args.stems { WordForm::Stem } else { WordForm::Folded },
        function_words: !args.no_function_words,
    };
    let from = provenance(&folder, &words_of(&request.asked))?;
    let view = collocates(&engine, &Rules::load(settings)?, &request)?;
    let exit = write(|out| match args.format {
        CollocatesFormat::Table => render::collocates_table(out, &view, width()),
        CollocatesFormat::Jsonl => render::collocates_jsonl(out, &view, &from),
        CollocatesFormat::Json => render::collocates_json(out, &view, &from),
        CollocatesFormat::Csv => render::collocates_csv(out, &view, &from),
        CollocatesFormat::Md => render::collocates_markdown(out, &view, &from),
    })?;
    tell_count(&view, args.min_count);
    Ok(exit)
}

fn tell_count(view: &CollocatesView, min_count: u64) {
    if let Some(explanation) = &view.explanation {
        return say(&render::no_match(explanation, view.counts));
    }
    let matches = render::match_counts(view.counts);
    match view.total {
        0 => say(&format!("no word stands {min_count} times near the {matches}; ask for fewer with --min-count")),
        total => say(&format!("{} of {total} words near {matches}", view.collocates.len())),
    }
}
