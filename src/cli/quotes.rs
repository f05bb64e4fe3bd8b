//! `rapporteur quotes`: what was said, by whom, and where first.

use super::Exit;
use super::args::{QuoteKindArg, QuotesArgs, QuotesByArg, QuotesFormat};
use super::output::{say, width, words_of, write};
use crate::config::{Rules, Settings};
use crate::engine::TantivyEngine;
use crate::render;
use crate::store::IndexFolder;
use crate::view::{QuotesBy, QuotesRequest, SaidKind, provenance, quotes};

pub(super) fn run(settings: &Settings, args: &QuotesArgs) -> anyhow::Result<Exit> {
    let folder = IndexFolder::new(&settings.index);
    let engine = TantivyEngine::open(&folder.engine())?.ranked_by(settings.ranking);
    let statements = folder.statements()?;
    if statements.is_none() {
        say("note: versions of quotations were not looked for yet; run `rapporteur index`");
    }
    let request = request(args);
    let view = quotes(&engine, &Rules::load(settings)?, &statements.unwrap_or_default(), &request)?;
    let exit = if args.format == QuotesFormat::Text {
        write(|out| render::said_text(out, &view, args.expand, width()))?
    } else {
        let from = provenance(&folder, &words_of(&request.asked))?;
        write(|out| match args.format {
            QuotesFormat::Json => render::said_json(out, &view, args.expand, &from),
            QuotesFormat::Csv => render::said_csv(out, &view, args.expand, &from),
            QuotesFormat::Bibtex => render::said_bibtex(out, &view, &from),
            QuotesFormat::CslJson => render::said_csl_json(out, &view, &from),
            QuotesFormat::Md => render::said_markdown(out, &view, args.expand, &from),
            // Text is written before.
            QuotesFormat::Jsonl | QuotesFormat::Text => render::said_jsonl(out, &view, args.expand, &from),
        })?
    };
    match &view.explanation {
        Some(explanation) => say(&render::explanation(explanation)),
        None => say(&render::said_summary(&view)),
    }
    Ok(exit)
}

fn request(args: &QuotesArgs) -> QuotesRequest {
    let kind = |kind: &QuoteKindArg| match kind {
        QuoteKindArg::Direct => SaidKind::Direct,
        QuoteKindArg::Indirect => SaidKind::Indirect,
        QuoteKindArg::Mixed => SaidKind::Mixed,
        QuoteKindArg::Turn => SaidKind::Turn,
        QuoteKindArg::Question => SaidKind::Question,
    };
    QuotesRequest {
        asked: args.asked.asked(args.query.as_deref()),
        kinds: args.quote_kind.iter().map(kind).collect(),
        min_confidence: args.min_confidence,
        sort: args.sort.into(),
        group: match args.group {
            QuotesByArg::Speaker => QuotesBy::Speaker,
            QuotesByArg::Topic => QuotesBy::Topic,
            QuotesByArg::Article => QuotesBy::Article,
        },
        top: args.top as usize,
        why: args.why,
    }
}
