//! Why a source could not be read. Each is counted and reported, and never ends a run.

/// Why a source, or one record of it, gave no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// The system refuses the file.
    #[error("{path}: cannot be read: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Nothing in it.
    #[error("{path}: the file is empty")]
    Empty {
        /// The file.
        path: String,
    },
    /// The compression is broken or cut off.
    #[error("{path}: the {method} data is damaged or cut off: {reason}; fetch the file again")]
    Compression {
        /// The file.
        path: String,
        /// `gzip`, `zstd` or `ZIP`.
        method: &'static str,
        /// What the decoder says.
        reason: String,
    },
    /// Larger than what is read into memory.
    #[error("{path}: larger than {limit} bytes unpacked; split the file")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// No text.
    #[error(
        "{path}: not text but {kind}; supported are HTML, MHTML, Word (.docx), PDF, plain text, Markdown and JSONL"
    )]
    Binary {
        /// The file.
        path: String,
        /// What it seems to be.
        kind: &'static str,
    },
    /// Text in no encoding that can be told.
    #[error("{path}: invalid UTF-8 at byte {at}, and no older encoding fits; convert the file to UTF-8")]
    Encoding {
        /// The file.
        path: String,
        /// The first byte that is no UTF-8, from 0.
        at: usize,
    },
    /// A document whose container is sound and whose content is not.
    #[error("{path}: the {kind} cannot be read: {reason}; save it again from its program")]
    Damaged {
        /// The file.
        path: String,
        /// What it is.
        kind: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A line of JSONL that is no JSON object.
    #[error("{path}: not a JSON object: {reason}")]
    Json {
        /// File and line.
        path: String,
        /// What is wrong, with the column.
        reason: String,
    },
    /// A record that lacks what every article has.
    #[error("{path}: the record has neither `text` nor `html`; one of them must hold the article")]
    NoText {
        /// File and line.
        path: String,
    },
}
