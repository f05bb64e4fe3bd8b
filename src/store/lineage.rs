//! What is known of quotations on disk: their wordings, which finding versions in the next run needs, and the
//! statements that they make, which `lineage` reads.
//!
//! A wording of 25 words takes about 200 bytes; its words are hashes and cannot be compressed.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::packed::{Kind, Reader, count, number};
use super::{StoreError, atomic};
use crate::lineage::{Statements, Wording, Wordings};
use crate::model::{ArticleId, PassageId, QuoteId};

/// Begins the file of wordings.
const KIND: Kind = Kind { mark: b"rapporteur wordings", version: 1 };
/// Counts up whenever the layout of the statements changes.
const VERSION: u32 = 2;
/// Stands for no time.
const UNDATED: i64 = i64::MIN;

fn refuse(path: &Path, reason: &str) -> StoreError {
    StoreError::Lineage { path: path.to_owned(), reason: reason.to_owned() }
}

/// The wordings at `path`; `None` where there is no file.
pub(super) fn read_wordings(path: &Path) -> Result<Option<Wordings>, StoreError> {
    KIND.read(
        path,
        |reason| refuse(path, reason),
        |reader| {
            let mut wordings = Wordings::default();
            wordings.extend(reader.list(article)?);
            Some(wordings)
        },
    )
}

/// Puts `wordings` in the place of the file at `path`.
pub(super) fn write_wordings(path: &Path, wordings: &Wordings) -> Result<(), StoreError> {
    let mut bytes = KIND.begin();
    count(&mut bytes, wordings.articles().len());
    for (article, wordings) in wordings.articles() {
        bytes.extend(article.bits().to_le_bytes());
        count(&mut bytes, wordings.len());
        for wording in wordings {
            number(&mut bytes, wording.quote.passage.n);
            number(&mut bytes, wording.quote.n);
            bytes.push(u8::from(wording.direct));
            bytes.extend(wording.published.unwrap_or(UNDATED).to_le_bytes());
            for list in [&wording.speaker.into_iter().collect(), &wording.words, &wording.stems] {
                count(&mut bytes, list.len());
                for hash in list {
                    number(&mut bytes, *hash);
                }
            }
        }
    }
    Kind::write(path, bytes)
}

fn article(reader: &mut Reader<'_>) -> Option<(ArticleId, Vec<Wording>)> {
    let article = ArticleId::from_bits(u64::from_le_bytes(reader.bytes()?))?;
    Some((article, reader.list(|reader| wording(reader, article))?))
}

fn wording(reader: &mut Reader<'_>, article: ArticleId) -> Option<Wording> {
    let passage = PassageId { article, n: reader.number()? };
    let quote = QuoteId { passage, n: reader.number()? };
    let direct = match reader.bytes()? {
        [0] => false,
        [1] => true,
        _ => return None,
    };
    let published = Some(i64::from_le_bytes(reader.bytes()?)).filter(|published| *published != UNDATED);
    let speaker = reader.list(Reader::number)?.pop();
    let words = reader.list(Reader::number)?;
    Some(Wording { quote, direct, published, speaker, words, stems: reader.list(Reader::number)? })
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    statements: Statements,
}

/// The statements at `path`; `None` where there is no file.
pub(super) fn read_statements(path: &Path) -> Result<Option<Statements>, StoreError> {
    let Some(bytes) = atomic::read(path)? else { return Ok(None) };
    let file: File = serde_json::from_slice(&bytes).map_err(|error| refuse(path, &error.to_string()))?;
    if file.version != VERSION {
        return Err(refuse(path, &format!("it is of version {}, not {VERSION}", file.version)));
    }
    Ok(Some(file.statements))
}

/// Puts `statements` in the place of the file at `path`.
pub(super) fn write_statements(path: &Path, statements: &Statements) -> Result<(), StoreError> {
    atomic::write(path, |mut out| {
        serde_json::to_writer(&mut out, &File { version: VERSION, statements: statements.clone() })?;
        out.write_all(b"\n")
    })
}

#[cfg(test)]
mod tests {
    use super::super::packed::tests::is_refused_wherever_damaged;
    use super::*;
    use crate::analysis::Analyzer;

    fn wordings() -> Wordings {
        let analyzer = Analyzer::default();
        let mut wordings = Wordings::default();
        for number in 0..6_u32 {
            let article = ArticleId::derive("url", &(number / 2).to_string());
            let quote = QuoteId { passage: PassageId { article, n: 1 + number }, n: 1 };
            let said = "we will not sign a paper that nobody has read";
            let wording = Wording::of(quote, number > 1, said, &analyzer);
            let published = (number > 2).then_some(-86_400);
            wordings.put(article, vec![Wording { published, speaker: (number > 3).then_some(7), ..wording }]);
        }
        wordings.put(ArticleId::derive("url", "nothing is said"), Vec::new());
        wordings
    }

    #[test]
    fn wordings_and_statements_read_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("wordings"), folder.path().join("statements"));
        let written = wordings();
        assert!(read_wordings(&path).unwrap().is_none());
        assert!(read_statements(&other).unwrap().is_none());

        write_wordings(&path, &written).unwrap();
        write_statements(&other, &written.statements()).unwrap();

        assert_eq!(read_wordings(&path).unwrap(), Some(written.clone()));
        assert_eq!(read_statements(&other).unwrap(), Some(written.statements()));
        assert_eq!(written.statements().all().len(), 1);
    }

    #[test]
    fn a_damaged_file_is_refused_wherever_the_damage_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wordings");
        write_wordings(&path, &wordings()).unwrap();

        is_refused_wherever_damaged(&path, 23, || matches!(read_wordings(&path), Err(StoreError::Lineage { .. })));
    }
}
