//! What `verify` found: as a table of what differs, and for programs.

use std::io::{self, Write};

use super::json::line;
use super::style::{STRONG, styled};
use crate::job::{Finding, Verdict, Verification};
use crate::model::single_line;

/// Each passage that is not what its original gives, with what differs, and a last line of counts.
pub fn verification_table(out: &mut dyn Write, found: &Verification) -> io::Result<()> {
    for finding in found.findings.iter().filter(|finding| finding.verdict != Verdict::Same) {
        let reason = finding.reason.as_deref().map(|reason| format!(": {}", single_line(reason))).unwrap_or_default();
        writeln!(out, "{} {}{reason}", styled(STRONG, &finding.id.to_string()), said(finding.verdict))?;
        for difference in &finding.differences {
            let shown =
                |value: &Option<String>| value.as_deref().map_or("none".into(), |text| single_line(text).into_owned());
            writeln!(out, "  {} claimed: {}", difference.field, shown(&difference.claimed))?;
            writeln!(out, "  {} derived: {}", difference.field, shown(&difference.derived))?;
        }
    }
    let same = found.findings.iter().filter(|finding| finding.verdict == Verdict::Same).count();
    writeln!(out, "{same} of {} passages are what their originals give", found.findings.len())?;
    if found.rules_changed {
        writeln!(
            out,
            "rules, overrides, model or settings have changed since the index was built; run `rapporteur index`"
        )?;
    }
    Ok(())
}

/// One finding a line.
pub fn verification_jsonl(out: &mut dyn Write, found: &Verification) -> io::Result<()> {
    found.findings.iter().try_for_each(|finding: &Finding| line(out, finding))
}

/// One object with the findings, the fingerprint, and whether rules have changed.
pub fn verification_json(out: &mut dyn Write, found: &Verification) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, found)?;
    writeln!(out)
}

fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "is the same",
        Verdict::Differs => "differs",
        Verdict::NotArchived => "has no archived original",
        Verdict::Damaged => "has a damaged original",
        Verdict::Unknown => "is not in the index",
    }
}
