//! `rapporteur index`: bring the index up to date with the corpus.

use super::Exit;
use super::args::{IndexArgs, ReportFormat};
use super::output::{say, write};
use super::progress::Bar;
use crate::config::{Rules, Settings};
use crate::job::{self, Report};

pub(super) fn run(settings: &Settings, args: &IndexArgs) -> anyhow::Result<Exit> {
    let rules = Rules::load(settings)?;
    let report = update(settings, &rules, &args.paths)?;
    complain(&report);
    match args.format {
        ReportFormat::Json => write(|out| {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)
        })?,
        ReportFormat::Table => write(|out| writeln!(out, "{}", summary(&report)))?,
    };
    Ok(exit(&report))
}

/// Runs the job behind a progress bar.
pub(super) fn update(settings: &Settings, rules: &Rules, paths: &[std::path::PathBuf]) -> anyhow::Result<Report> {
    let bar = Bar::new();
    Ok(job::update(settings, rules, paths, &|progress| bar.update(progress))?)
}

/// Says on standard error what went wrong with single sources.
pub(super) fn complain(report: &Report) {
    for warning in &report.warnings {
        say(&format!("warning: {}", crate::model::single_line(warning)));
    }
    for duplicate in &report.duplicates {
        let paths = (crate::model::single_line(&duplicate.path), crate::model::single_line(&duplicate.of));
        say(&format!("note: {}: the same article as {}, indexed once", paths.0, paths.1));
    }
    for reason in &report.quarantined {
        say(&format!("quarantined: {}", crate::model::single_line(reason)));
    }
}

pub(super) fn exit(report: &Report) -> Exit {
    if report.quarantined.is_empty() { Exit::Done } else { Exit::Quarantined }
}

/// The report in a line each for the index, its files, its copies, and its corrections where there are any.
pub(super) fn summary(report: &Report) -> String {
    let rules = if report.rules_changed && report.changed > 0 {
        " (topics, speakers, settings or program changed)".to_owned()
    } else if report.corrected > 0 {
        format!(" ({} by overrides)", report.corrected)
    } else {
        String::new()
    };
    format!(
        "{} articles, {} passages, generation {}\nfiles: {} new, {} changed{rules}, {} unchanged, {} removed; {} sources quarantined\n\
         {}{}",
        report.articles,
        report.passages,
        report.generation,
        report.new,
        report.changed,
        report.unchanged,
        report.removed,
        report.quarantined.len(),
        near_duplicates(report.near_duplicate_groups, report.near_duplicate_articles),
        overrides(report)
    )
}

fn overrides(report: &Report) -> String {
    let tally = &report.overrides;
    if tally.total() == 0 {
        return String::new();
    }
    format!("\noverrides: {tally}")
}

fn near_duplicates(groups: usize, articles: usize) -> String {
    match groups {
        0 => "no near-duplicates".to_owned(),
        1 => format!("1 group of near-duplicates, {articles} articles"),
        _ => format!("{groups} groups of near-duplicates, {articles} articles"),
    }
}
