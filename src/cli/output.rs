//! Standard output and error: data here, messages there; colours only for a terminal.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::Exit;
use super::args::UsageError;
use crate::view::Asked;

/// Columns of output that goes elsewhere than to a terminal.
const PLAIN_WIDTH: usize = 100;
/// Lines longer than this are hard to read, however wide the terminal.
const WIDEST: usize = 120;

/// Writes data to standard output: with styles stripped where it is no terminal or `NO_COLOR` is set.
pub(super) fn write(data: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    data(&mut out)?;
    out.flush()?;
    Ok(Exit::Done)
}

/// Refuses to write what is no text where a person would see it.
pub(super) fn refuse_terminal() -> Result<(), UsageError> {
    if io::stdout().is_terminal() {
        return Err(UsageError("this format is not for a terminal; write it to a file with `> FILE`".into()));
    }
    Ok(())
}

/// Writes bytes that are no text to standard output, as they are.
pub(super) fn write_bytes(data: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> anyhow::Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    data(&mut out)?;
    out.flush()?;
    Ok(Exit::Done)
}

/// The words of the command that runs, without the program's name.
pub(super) fn words() -> Vec<String> {
    std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect()
}

/// The same of a command that asks for passages: with the day that relative dates count from, so that it means the same
/// tomorrow.
pub(super) fn words_of(asked: &Asked) -> Vec<String> {
    let mut words = words();
    let says_now = words.iter().any(|word| word == "--now" || word.starts_with("--now="));
    if let Some(now) = asked.reading.now.filter(|_| !says_now && asked.is_relative()) {
        // Before the query: behind `--` it would be another one.
        let at = words.iter().position(|word| word == "--").unwrap_or(words.len());
        words.splice(at..at, ["--now".to_owned(), now.to_string()]);
    }
    words
}

/// Writes a message for a person to standard error; `text` from a source is made harmless.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", crate::model::printable(text));
}

/// How marked words are told apart: by colours only where they arrive.
pub(super) fn marking() -> crate::render::Marking {
    match anstream::AutoStream::choice(&io::stdout()) {
        anstream::ColorChoice::Never => crate::render::Marking::Brackets,
        _ => crate::render::Marking::Styles,
    }
}

/// How many columns text may take.
pub(super) fn width() -> usize {
    if !io::stdout().is_terminal() {
        return PLAIN_WIDTH;
    }
    terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0).clamp(40, WIDEST))
}
