//! The way from a program's file to an executable.

use std::fmt::Display;
use std::path::Path;

use runahead::{Device, Executable, Program};

use crate::error::CliError;
use crate::text::one_line;

/// Compiles a program for a device.
///
/// # Errors
/// Where the program has what the device does not support; the message names it and its place.
pub(crate) fn compile(path: &Path, program: &Program, device: &Device) -> Result<Executable, CliError> {
    program.compile(device).map_err(|error| CliError::in_file(path, error))
}

/// The error that a program could not be executed.
pub(crate) fn failed(path: &Path, error: impl Display) -> CliError {
    CliError::in_file(path, one_line(&error.to_string()))
}
