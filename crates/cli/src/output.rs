//! Standard output.

use std::fmt::Display;
use std::io::{self, ErrorKind, StdoutLock, Write};

use crate::error::CliError;

/// Standard output that may lose its reader.
///
/// Where nobody reads any more (`runahead check … | head`), what is written is dropped and the command goes on, so that
/// its exit status is right.
pub(crate) struct Output {
    stdout: StdoutLock<'static>,
}

impl Output {
    pub(crate) fn new() -> Output {
        Output { stdout: io::stdout().lock() }
    }

    /// Writes a line.
    ///
    /// # Errors
    /// Where it cannot be written, though someone reads: the disk is full.
    pub(crate) fn line(&mut self, text: impl Display) -> Result<(), CliError> {
        // Standard output passes every line on at its end, so that a line that is printed is a line that is seen.
        match writeln!(self.stdout, "{text}") {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(CliError::new(format!("cannot write to standard output: {error}")))
            }
            _ => Ok(()),
        }
    }
}
