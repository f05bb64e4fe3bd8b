//! Encryption: told and refused by name.

use super::error::PdfError;
use super::syntax::{Dict, Object};

/// How a document's texts and streams are decrypted.
pub(super) struct Cipher {}

impl Cipher {
    /// Opens a document with the empty password.
    pub(super) fn open(_encrypt: &Dict, _id: Option<&Object>) -> Result<Self, PdfError> {
        Err(PdfError::Password)
    }

    pub(super) fn decrypt_texts(&self, _object: &mut Object, _number: u32, _generation: u16) {}

    pub(super) fn decrypt_stream(&self, _dict: &Dict, raw: &[u8], _number: u32, _generation: u16) -> Vec<u8> {
        raw.to_vec()
    }
}
