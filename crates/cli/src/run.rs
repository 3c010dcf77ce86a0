//! `runahead run`: a program on its inputs, once or for block after block of a stream.

use std::process::ExitCode;

use crate::args::RunArgs;
use crate::error::CliError;

/// Runs a program.
///
/// # Errors
/// On bad input.
pub(crate) fn run(args: &RunArgs) -> Result<ExitCode, CliError> {
    let RunArgs { program, .. } = args;
    Err(CliError::new(format!("{}: this build does not run programs", program.display())))
}
