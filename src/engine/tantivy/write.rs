//! Writing: one writer at a time, opened late and closed by its commit.
//!
//! Two faults of Tantivy 0.27 are guarded against here. The first operation of a reopened writer gets
//! the last commit's opstamp, so that a delete in that place can be lost while a merge is pending: a
//! delete of an impossible term goes first. And a killed process leaves files that `meta.json` does
//! not name, one of which can block every later commit: they are collected before anything is written.

use std::path::Path;

use tantivy::directory::error::LockError;
use tantivy::{Index, IndexWriter, TantivyDocument, TantivyError, Term};

use super::backend;
use super::schema::Fields;
use crate::engine::EngineError;

/// Memory for building segments, in bytes, over all threads.
const WRITER_MEMORY: usize = 100_000_000;
/// Threads that build segments: what the machine has, at most this many.
const MOST_THREADS: usize = 8;
/// Tantivy asks for at least 15 MB a thread.
const MEMORY_PER_THREAD: usize = 15_000_000;

/// An open writer; dropping it without a commit loses what was put.
pub(super) struct Writer {
    writer: IndexWriter,
}

impl Writer {
    pub(super) fn open(index: &Index, folder: &Path) -> Result<Self, EngineError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = threads.clamp(1, MOST_THREADS.min(WRITER_MEMORY / MEMORY_PER_THREAD));
        let writer = index.writer_with_num_threads(threads, WRITER_MEMORY).map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => EngineError::Locked(folder.to_owned()),
            error => backend(error),
        })?;
        writer.garbage_collect_files().wait().map_err(backend)?;
        writer.delete_term(Term::from_field_text(Fields::new().id, "no passage has this id"));
        Ok(Self { writer })
    }

    /// Takes out the documents that hold `term` and adds `documents`.
    pub(super) fn replace(&self, term: Term, documents: Vec<TantivyDocument>) -> Result<(), EngineError> {
        self.writer.delete_term(term);
        for document in documents {
            self.writer.add_document(document).map_err(backend)?;
        }
        Ok(())
    }

    pub(super) fn commit(mut self) -> Result<(), EngineError> {
        self.writer.commit().map_err(backend)?;
        self.writer.wait_merging_threads().map_err(backend)
    }
}
