//! Trains the model that weighs who said what on `PolNeAR`'s training part, and measures it by cross-validation.
//!
//!     cargo run --release --example train_quotes [-- --output FILE] [--data FILE]
//!
//! Writes `data/cues.model`, which the program holds: build it anew afterwards. The data lie outside the project,
//! in `../shared/eval/quotes`; without them it says so and ends. Of 840 articles it takes half a minute on two
//! cores; the same articles give the same file.

mod quotes;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use quotes::{Gold, Score};
use rapporteur::annotate::speakers::annotate_text;
use rapporteur::annotate::speakers::training::{AnnotatedQuote, AnnotatedText, FOLDS, train};
use rapporteur::config::Authority;
use rapporteur::model::Span;

fn main() -> Result<()> {
    let mut data = quotes::data("polnear-train.jsonl.gz");
    let mut output = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/cues.model");
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--data" => data = PathBuf::from(value),
            "--output" => output = PathBuf::from(value),
            other => anyhow::bail!("unknown argument `{other}`"),
        }
    }
    if !data.exists() {
        println!("{} is absent: nothing to learn from", data.display());
        return Ok(());
    }
    let articles = quotes::read(&data)?;
    let texts: Vec<AnnotatedText> = articles.iter().map(annotated).collect();
    let trained = train(&texts)?;
    std::fs::write(&output, &trained.file).with_context(|| format!("{} cannot be written", output.display()))?;
    println!("{}: {} bytes, learned from {} articles", output.display(), trained.file.len(), articles.len());
    println!("\n{FOLDS}-fold cross-validation:");
    let mut score = Score::default();
    for (at, article) in articles.iter().enumerate() {
        let finder = &trained.held_out[at % FOLDS];
        score.add(article, &annotate_text(&article.text, &Authority::default(), finder, None).quotes);
    }
    score.print();
    score.print_reliability();
    score.print_rules();
    Ok(())
}

fn annotated(article: &Gold) -> AnnotatedText {
    let quotes = article.quotes.iter().filter_map(|quote| {
        let (cue, start) = (quote.cue.as_ref()?, quote.cue_start?);
        Some(AnnotatedQuote {
            spans: quote.spans.iter().map(|[start, end]| Span::new(*start, *end)).collect(),
            cue: Span::new(start, start + cue.chars().count()),
            mention: quote.mention(),
        })
    });
    AnnotatedText { text: article.text.clone(), quotes: quotes.collect() }
}
