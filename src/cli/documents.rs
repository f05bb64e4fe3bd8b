//! The manual page, from the same descriptions as the help.

use std::io;

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::Cli;

/// Writes the page of the program and of each command, in roff.
pub(super) fn man(out: &mut Vec<u8>) -> io::Result<()> {
    let command = Cli::command();
    Man::new(command.clone()).render(out)?;
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = format!("rapporteur {}", command.get_name());
        Man::new(command.clone().display_name(name)).render(out)?;
    }
    Ok(())
}
