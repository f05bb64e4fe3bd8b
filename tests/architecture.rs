//! The house's order, held by reading the code: a module imports only from stations above its own.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

use std::fs;
use std::path::{Path, PathBuf};

/// The stations, in the order of the data's way.
const STATIONS: [&str; 15] = [
    "model",
    "analysis",
    "config",
    "source",
    "clean",
    "annotate",
    "near_duplicates",
    "lineage",
    "store",
    "query",
    "engine",
    "job",
    "view",
    "render",
    "cli",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

fn station_of(path: &Path) -> Option<usize> {
    let first = path.strip_prefix("src").unwrap().components().next()?;
    let name = first.as_os_str().to_str()?.trim_end_matches(".rs");
    STATIONS.iter().position(|station| *station == name)
}

#[test]
fn a_module_imports_only_from_stations_before_it() {
    let mut wrong = Vec::new();
    for file in sources(Path::new("src")) {
        let Some(own) = station_of(&file) else { continue };
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap_or("");
            for used in code.split("crate::").skip(1) {
                let name = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
                if STATIONS.iter().position(|station| *station == name).is_some_and(|station| station > own) {
                    wrong.push(format!("{}:{}: {}", file.display(), number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run back up:\n{}", wrong.join("\n"));
}

#[test]
fn a_head_comment_says_what_each_file_is() {
    for file in sources(Path::new("src")) {
        assert!(fs::read_to_string(&file).unwrap().starts_with("//! "), "{} has no head comment", file.display());
    }
}

#[test]
fn no_file_outgrows_its_idea() {
    for file in sources(Path::new("src")) {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 600, "{} has {lines} lines; it holds two ideas", file.display());
    }
}
