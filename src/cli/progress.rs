//! A progress bar on standard error, on a terminal only.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::job::Progress;

/// Shows how far a run is.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// A bar that is invisible until there is something to read.
    pub(super) fn new() -> Self {
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new(0) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {wide_bar} {pos}/{len} files  {eta}") {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Takes what a run says of itself.
    pub(super) fn update(&self, progress: Progress) {
        match progress {
            Progress::Reading(files) => {
                self.bar.set_length(files as u64);
                self.bar.set_message("reading");
            }
            Progress::Read(files) => self.bar.inc(files as u64),
            Progress::Committing => self.bar.set_message("committing"),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
