//! The program: parses, runs, and ends with a documented exit code. Everything it does is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    rapporteur::cli::main()
}
