//! What is said when a command cannot be carried out.

use std::fmt;
use std::io::{self, Write};
use std::panic;
use std::path::Path;

use runahead::files::FileError;
use runahead::{DeviceError, ProgramError};

/// The exit status where a check failed.
pub(crate) const CHECK_FAILED: u8 = 1;
/// The exit status on bad input.
pub(crate) const BAD_INPUT: u8 = 2;

/// Why a command could not be carried out: one message that names the file, the place and the remedy.
#[derive(Debug)]
pub(crate) struct CliError(String);

impl CliError {
    pub(crate) fn new(message: impl Into<String>) -> CliError {
        CliError(message.into())
    }

    /// An error that concerns a file; its message is preceded by the file's name where it does not begin so.
    pub(crate) fn in_file(path: &Path, error: impl fmt::Display) -> CliError {
        let (start, message) = (format!("{}:", path.display()), error.to_string());
        CliError(if message.starts_with(&start) { message } else { format!("{start} {message}") })
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<FileError> for CliError {
    fn from(error: FileError) -> CliError {
        CliError::new(error.to_string())
    }
}

impl From<ProgramError> for CliError {
    fn from(error: ProgramError) -> CliError {
        CliError::new(error.to_string())
    }
}

impl From<DeviceError> for CliError {
    fn from(error: DeviceError) -> CliError {
        CliError::new(error.to_string())
    }
}

/// Writes a line on standard error; nowhere where that is closed.
pub(crate) fn say(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Lets every panic be reported on standard error, on one line, as the mistake in this program that it is.
pub(crate) fn report_panics() {
    panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("no message");
        let place = info.location().map_or_else(String::new, |place| format!(" at {place}"));
        say(format!("internal error{place}: {message}; please report it"));
    }));
}
