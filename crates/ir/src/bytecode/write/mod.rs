//! Portable artifacts, written.

/// Why a program cannot be written as a portable artifact of a version.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct WriteError(String);

impl WriteError {
    pub(super) fn new(message: impl Into<String>) -> WriteError {
        WriteError(message.into())
    }
}
