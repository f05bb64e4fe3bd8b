//! CSV that is safe to open in a spreadsheet: no cell of it becomes a formula.

use std::borrow::Cow;
use std::io::{self, Write};

use super::copies::copy_id;
use crate::model::Publication;
use crate::view::{Provenance, SearchView};

const HEADER: [&str; 23] = [
    "rank",
    "score",
    "id",
    "kind",
    "text",
    "speaker_id",
    "speaker",
    "role",
    "confidence",
    "topics",
    "published",
    "dates",
    "article",
    "title",
    "outlet",
    "url",
    "authors",
    "source",
    "blake3",
    "affiliation",
    "mentioned",
    "language",
    "fingerprint",
];

/// One hit a row, under a header; lists are joined by `; `. Where copies are collapsed, a further column
/// has their ids, and where hits are grouped, the last one the group's key.
pub fn search_csv(out: &mut dyn Write, view: &SearchView, provenance: &Provenance) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let grouped = view.groups.is_some();
    let last = view.collapsed.then_some("copies").into_iter().chain(grouped.then_some("group"));
    writer.write_record(HEADER.iter().copied().chain(last))?;
    for ranked in &view.hits {
        let passage = &ranked.hit.passage;
        let speaker = ranked.speaker.as_ref();
        let topics: Vec<&str> = passage.topics.iter().map(|topic| topic.id.as_str()).collect();
        let dates: Vec<String> = passage.dates.iter().map(|mention| mention.date.to_string()).collect();
        let mentioned: Vec<&str> = passage.mentioned.iter().map(|mentioned| mentioned.id.as_str()).collect();
        let row = [
            ranked.rank.to_string(),
            ranked.hit.score.to_string(),
            passage.id.to_string(),
            passage.kind.as_str().to_owned(),
            passage.text.clone(),
            speaker.map(|speaker| speaker.speaker.id.to_string()).unwrap_or_default(),
            speaker.map(|speaker| speaker.speaker.name.clone()).unwrap_or_default(),
            speaker.and_then(|speaker| speaker.speaker.role.clone()).unwrap_or_default(),
            speaker.map(|speaker| speaker.confidence.to_string()).unwrap_or_default(),
            topics.join("; "),
            passage.published.as_ref().map(Publication::edtf).unwrap_or_default(),
            dates.join("; "),
            passage.article.id.to_string(),
            passage.article.title.clone().unwrap_or_default(),
            passage.article.outlet.clone().unwrap_or_default(),
            passage.article.url.clone().unwrap_or_default(),
            passage.article.authors.join("; "),
            passage.source.path.clone(),
            passage.source.blake3.to_hex(),
            speaker.and_then(|speaker| speaker.speaker.affiliation.clone()).unwrap_or_default(),
            mentioned.join("; "),
            passage.article.language.clone().unwrap_or_default(),
            provenance.fingerprint.to_hex(),
        ];
        let copies = view.collapsed.then(|| {
            let copies = ranked.copies.iter().flatten();
            copies.map(copy_id).collect::<Vec<_>>().join("; ")
        });
        let group = view.group_of(ranked).map(|group| group.key.clone().unwrap_or_default());
        writer.write_record(
            row.iter().chain(copies.as_ref()).chain(group.as_ref()).map(|cell| cell_text(cell).into_owned()),
        )?;
    }
    writer.flush()
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it, as the Open Worldwide
/// Application Security Project advises against CSV injection. So does one that begins with apostrophes before
/// such a letter: taking one apostrophe away where a formula would follow gives every cell back.
pub(super) fn cell_text(cell: &str) -> Cow<'_, str> {
    if cell
        .trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
    {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_never_becomes_a_formula() {
        assert_eq!(cell_text("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(cell_text("-1"), "'-1");
        assert_eq!(cell_text("Velmar - Kesh"), "Velmar - Kesh");
    }

    #[test]
    fn a_cell_that_had_an_apostrophe_is_told_from_one_that_got_it() {
        assert_eq!(cell_text("'=1"), "''=1");
        assert_eq!(cell_text("'Good neighbours'"), "'Good neighbours'");
    }
}
