//! gzip and zstd, told by their first bytes, read transparently.

use std::io::Read;

use super::SourceError;

/// Bytes a file may have once unpacked. A gigabyte of zeros is a megabyte of gzip.
const LARGEST: u64 = 1 << 30;

/// The first bytes of a gzip member (RFC 1952, section 2.3.1) and of a zstd frame (RFC 8878, section 3.1.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// `bytes` without their compression, where they have one.
pub(super) fn unpack(path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, SourceError> {
    if bytes.starts_with(&GZIP) {
        return read_all(path, "gzip", flate2::read::MultiGzDecoder::new(bytes.as_slice()));
    }
    if bytes.starts_with(&ZSTD) {
        let decoder = zstd::Decoder::new(bytes.as_slice()).map_err(|error| damaged(path, "zstd", &error))?;
        return read_all(path, "zstd", decoder);
    }
    Ok(bytes)
}

fn read_all(path: &str, method: &'static str, decoder: impl Read) -> Result<Vec<u8>, SourceError> {
    let mut bytes = Vec::new();
    decoder.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| damaged(path, method, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(SourceError::TooLarge { path: path.to_owned(), limit: LARGEST });
    }
    Ok(bytes)
}

fn damaged(path: &str, method: &'static str, error: &std::io::Error) -> SourceError {
    SourceError::Compression { path: path.to_owned(), method, reason: error.to_string() }
}
