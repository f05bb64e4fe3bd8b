//! A raw source again, from the bytes that the archive kept of it.

use super::{Format, RawSource, SourceError, mhtml};

/// The source that [`super::split`] once gave: `path` and `format` as they were noted then, `bytes` as archived.
pub fn restore(path: &str, name: &str, format: Format, bytes: Vec<u8>) -> Result<RawSource, SourceError> {
    let about = match format {
        Format::Mhtml => mhtml::read(path, &bytes)?.1,
        _ => mhtml::About::default(),
    };
    Ok(RawSource {
        url: about.url,
        retrieved: about.retrieved,
        ..RawSource::new(path.to_owned(), name.to_owned(), format, bytes)
    })
}
