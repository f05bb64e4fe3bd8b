//! Where an export comes from, so that its reader can ask for the same again.

use super::ViewError;
use crate::engine::EngineError;
use crate::model::ContentHash;
use crate::store::IndexFolder;

/// What makes an export repeatable: the same command on an index of the same fingerprint, by the same
/// program, gives the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The program and its version.
    pub program: String,
    /// The command as a shell takes it.
    pub command: String,
    /// Names the index, see [`crate::store::Manifest::fingerprint`].
    pub fingerprint: ContentHash,
}

/// The provenance of what the words of a command, the program's name apart, give from the index in `folder`.
pub fn provenance(folder: &IndexFolder, words: &[String]) -> Result<Provenance, ViewError> {
    let manifest =
        folder.manifest()?.ok_or_else(|| ViewError::Engine(EngineError::Missing(folder.path().to_owned())))?;
    let words = words.iter().map(|word| shell_word(word));
    Ok(Provenance {
        program: format!("rapporteur {}", env!("CARGO_PKG_VERSION")),
        command: std::iter::once("rapporteur".to_owned()).chain(words).collect::<Vec<_>>().join(" "),
        fingerprint: manifest.fingerprint(),
    })
}

/// `word` as a POSIX shell gives it back: as it is where nothing in it means anything, else in single quotes.
pub(super) fn shell_word(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:,+=@%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_where_a_shell_would_read_it_otherwise() {
        assert_eq!(shell_word("--top"), "--top");
        assert_eq!(shell_word("rail*"), "'rail*'");
        assert_eq!(shell_word("Kesh's"), r"'Kesh'\''s'");
        assert_eq!(shell_word(""), "''");
    }
}
