//! Hostile pages: each gives its article and nothing else, or a named reason.
//!
//! No time is asserted: a page that costs more than linear time would not let the test end.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a failure ends the program, which is the report")]

#[path = "hostile/cases.rs"]
mod cases;

use cases::{Case, Expected};
use rapporteur::clean::{CleanOptions, Cleaned, clean};
use rapporteur::source::split;

fn read(file: &str, bytes: Vec<u8>) -> Result<Cleaned, String> {
    let options = CleanOptions { outlet: None, language: "en".into(), time_zone: None };
    let source = split(file, bytes).remove(0).map_err(|error| error.to_string())?;
    clean(&source, &options).map_err(|error| error.to_string())
}

/// What is wrong with the outcome of a case, if something is.
fn complaint(case: Case) -> Option<String> {
    let outcome = read(case.file, case.bytes);
    let told = |what: String| Some(format!("{}: {what}", case.name));
    match (case.expected, outcome) {
        (Expected::Refused(reason), Err(error)) if error.contains(reason) => None,
        (Expected::Refused(reason), Err(error)) => told(format!("refused with {error:?}, not {reason:?}")),
        (Expected::Refused(_), Ok(cleaned)) => {
            told(format!("gave an article: {:?}", cleaned.article.body().chars().take(120).collect::<String>()))
        }
        (Expected::Article { .. }, Err(error)) => told(format!("refused: {error}")),
        (Expected::Article { has, without, warns }, Ok(cleaned)) => {
            let body = cleaned.article.body();
            let missing = has.iter().find(|text| !body.contains(**text));
            let rubbish = without.iter().find(|text| body.contains(**text));
            let unwarned = warns.filter(|warning| !cleaned.warnings.iter().any(|given| given.contains(warning)));
            let shown: String = body.chars().take(200).collect();
            missing
                .map(|text| format!("{}: lacks {text:?}: {shown:?}", case.name))
                .or(rubbish.map(|text| format!("{}: has {text:?}: {shown:?}", case.name)))
                .or(unwarned.map(|text| format!("{}: no warning of {text:?} in {:?}", case.name, cleaned.warnings)))
        }
    }
}

#[test]
fn each_hostile_page_gives_its_article_or_a_named_reason() {
    let cases = cases::all();
    assert!(cases.len() >= 60, "only {} cases", cases.len());

    println!("{} cases", cases.len());
    let complaints: Vec<String> = cases.into_iter().filter_map(complaint).collect();

    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}
