//! Measures attribution on `PolNeAR`'s development part, as the evaluation's own scorer does.
//!
//!     cargo run --release --example eval_quotes [-- --errors N] [--rules] [--no-model | --model FILE]
//!         [--data FILE] [--predictions FILE]
//!
//! The data lie outside the project, in `../shared/eval/quotes`; without them it says so and ends.

mod quotes;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use quotes::Score;
use rapporteur::annotate::speakers::{Finder, annotate_text};
use rapporteur::config::{Authority, ModelChoice, Rules, Settings};
use rapporteur::model::Quote;

const ANCHORS: &str = "\
for comparison (attributed F1 on the same articles)       all   direct  mixed  indirect
  60 lines of regular expressions                         .153   .318   .078   .066
  better regular expressions                              .245   .385   .222   .180
  Gender Gap Tracker on full parses                       .295   .325   .414   .261
  linear-chain CRF, words and shapes                      .441   .775   .629   .321
  human against human                                     .704   .955   .787   .640";

#[derive(Default)]
struct Options {
    errors: usize,
    rules: bool,
    model: ModelChoice,
    data: Option<PathBuf>,
    predictions: Option<PathBuf>,
}

fn main() -> Result<()> {
    let options = options()?;
    let data = options.data.clone().unwrap_or_else(|| quotes::data("polnear-dev.jsonl.gz"));
    if !data.exists() {
        println!("{} is absent: nothing to measure", data.display());
        return Ok(());
    }
    let settings =
        Settings { model: options.model.clone(), ..Settings::defaults(Path::new(env!("CARGO_MANIFEST_DIR"))) };
    let finder = Finder::read(Rules::load(&settings)?.model.as_ref())?;
    let mut score = Score::default();
    let mut predictions = String::new();
    for gold in quotes::read(&data)? {
        let quotes = annotate_text(&gold.text, &Authority::default(), &finder, None).quotes;
        predictions.push_str(&prediction(&gold.id, &quotes));
        score.add(&gold, &quotes);
    }
    if let Some(path) = &options.predictions {
        std::fs::File::create(path)?.write_all(predictions.as_bytes())?;
    }
    score.print();
    score.print_reliability();
    println!("\n{ANCHORS}");
    if options.rules {
        score.print_rules();
    }
    for error in score.errors.iter().take(options.errors) {
        println!("{error}");
    }
    Ok(())
}

fn options() -> Result<Options> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--errors" => options.errors = value()?.parse().context("--errors needs a number")?,
            "--rules" => options.rules = true,
            "--no-model" => options.model = ModelChoice::None,
            "--model" => options.model = ModelChoice::File(value()?.into()),
            "--data" => options.data = Some(value()?.into()),
            "--predictions" => options.predictions = Some(value()?.into()),
            other => anyhow::bail!("unknown argument `{other}`"),
        }
    }
    Ok(options)
}

/// One line as `rapporteur attribute` prints it, as far as the scorer reads it.
fn prediction(id: &str, quotes: &[Quote]) -> String {
    let quotes: Vec<serde_json::Value> = quotes
        .iter()
        .map(|quote| {
            let cue = quote.why.evidence.iter().find(|evidence| evidence.part == "cue").map(|evidence| &evidence.text);
            let spans: Vec<[usize; 2]> = quote.spans.iter().map(|span| [span.start, span.end]).collect();
            serde_json::json!({
                "start": quote.extent().start, "end": quote.extent().end, "spans": spans, "kind": quote.kind,
                "cue": cue, "rule": quote.why.rule,
                "speaker_text": quote.mention.as_ref().map(|mention| &mention.text),
                "speaker_start": quote.mention.as_ref().map(|mention| mention.span.start),
                "speaker_end": quote.mention.as_ref().map(|mention| mention.span.end),
            })
        })
        .collect();
    format!("{}\n", serde_json::json!({"id": id, "quotes": quotes}))
}
