//! The command `runahead`: runs, checks, measures and inspects StableHLO programs.

mod args;
mod bench;
mod check;
mod compare;
mod devices;
mod error;
mod inputs;
mod inspect;
mod output;
mod program;
mod run;
mod text;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::Parser;
use error::CliError;

fn main() -> ExitCode {
    error::report_panics();
    // A panic on this thread has been reported by then, and ends the process as Rust lets it end.
    match execute(&Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            error::say(format_args!("error: {error}"));
            ExitCode::from(error::BAD_INPUT)
        }
    }
}

fn execute(command: &Command) -> Result<ExitCode, CliError> {
    match command {
        Command::Run(args) => run::run(args),
        Command::Check(args) => check::check(args),
        Command::Bench(args) => bench::bench(args),
        Command::Inspect(args) => inspect::inspect(args),
        Command::Devices => devices::devices(),
    }
}
