//! The command line: one file a command, each parses, calls the library, renders, and says how it ended.

mod alerts;
mod args;
mod attribute;
mod batch;
mod clean;
mod collocates;
mod correct;
mod documents;
mod exit;
mod index;
mod kwic;
mod lineage;
mod matrix;
mod outlets;
mod output;
mod progress;
mod quotes;
mod search;
mod show;
mod speakers;
mod status;
mod terms;
mod topics;
mod trends;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use self::args::{Cli, Command};
pub use self::exit::Exit;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Clap knows whether it is help, which goes to stdout with success, or a mistake.
        Err(error) => {
            let code = if error.use_stderr() { Exit::Usage } else { Exit::Done };
            let _ = error.print();
            return code.into();
        }
    };
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(error) => {
            let exit = Exit::of(&error);
            if exit != Exit::Done {
                let _ = writeln!(anstream::stderr(), "error: {}", crate::model::printable(&format!("{error:#}")));
            }
            exit.into()
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Exit> {
    match cli.command {
        Command::Index(command) => index::run(&cli.settings.load()?, &command),
        Command::Search(command) => search::run(&cli.settings.load()?, &command),
        Command::Show(command) => show::run(&cli.settings.load()?, &command),
        Command::Lineage(command) => lineage::run(&cli.settings.load()?, &command),
        Command::Alerts(command) => alerts::run(&cli.settings.load()?, &command),
        Command::Correct(command) => correct::run(&cli.settings.load()?, &command),
        Command::Quotes(command) => quotes::run(&cli.settings.load()?, &command),
        Command::Matrix(command) => {
            let given = cli.settings.words();
            matrix::run(&cli.settings.load()?, given, &command)
        }
        Command::Trends(command) => trends::run(&cli.settings.load()?, &command),
        Command::Kwic(command) => kwic::run(&cli.settings.load()?, &command),
        Command::Collocates(command) => collocates::run(&cli.settings.load()?, &command),
        Command::Clean(command) => clean::run(&cli.settings.load()?, &command),
        Command::Attribute(command) => attribute::run(&cli.settings.load()?, &command),
        Command::Speakers(command) => speakers::run(&cli.settings.load()?, &command),
        Command::Topics(command) => topics::run(&cli.settings.load()?, &command),
        Command::Outlets(command) => outlets::run(&cli.settings.load()?, &command),
        Command::Terms(command) => terms::run(&cli.settings.load()?, &command),
        Command::Verify(command) => verify::run(&cli.settings.load()?, &command),
        Command::Status(command) => status::run(&cli.settings.load()?, &command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "rapporteur", &mut script);
            output::write(|out| out.write_all(&script))
        }
        Command::Man => {
            let mut page = Vec::new();
            documents::man(&mut page)?;
            output::write(|out| out.write_all(&page))
        }
    }
}
